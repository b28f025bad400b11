"""Writing records: new ones, changes of old ones, a new case. Plain arguments in, a result out; nothing is asked or printed."""
