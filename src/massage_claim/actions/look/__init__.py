"""Looking at a case without changing it: what blocks, what is due, what it cost, what a word means."""
