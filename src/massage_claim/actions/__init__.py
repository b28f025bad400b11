"""What the commands do, in rooms by subject: plain arguments in, a result out; nothing is asked or printed."""
