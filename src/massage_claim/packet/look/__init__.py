"""What a file is: examined by a bounded child process, never here."""
