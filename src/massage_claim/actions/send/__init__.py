"""What leaves the house: what to see to before, and the frozen record of what was sent or handed out."""
