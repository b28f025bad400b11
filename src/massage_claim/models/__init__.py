"""What a record is: each kind of file in the person's folder, each field declared once."""
