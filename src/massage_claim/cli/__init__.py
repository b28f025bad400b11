"""The command line: arguments in, a screen and an exit code out. Nothing else prints or asks."""
