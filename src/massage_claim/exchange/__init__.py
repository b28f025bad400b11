"""What goes out in other programs' formats. Takes neutral blocks, gives bytes. Decides nothing; knows no records."""
