"""A batch: which letters go into which files, who makes them, what is there already and goes on after a stop."""
