"""Papers made of blocks: what each shows of the case, and when it exists. Draws nothing, decides nothing."""
