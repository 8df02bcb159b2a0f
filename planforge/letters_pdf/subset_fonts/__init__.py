"""Fonts as a file of letters carries them: the outlines of its own characters, and nothing else of the font."""
