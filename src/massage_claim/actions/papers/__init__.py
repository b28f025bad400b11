"""One paper alone: what it is about, whether it may be made, and its words to change."""
