"""The commands, one file each: options in, an exit code out."""
