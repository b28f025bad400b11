"""The interview in a terminal: what is asked in each part, and where each answer goes."""
