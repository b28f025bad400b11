"""The interview's order and its questions, worked out from the records alone; asking is the command line's part."""
