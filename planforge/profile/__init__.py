"""The profile as people write it: its model, its reading, its checks, its blank form."""
