"""Imposition: how copies of a letter lie on sheets of paper, one or several a side, on one side or both."""
