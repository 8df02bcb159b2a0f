"""Papers that a school has already, read into pieces of text with their places: the mirror of the writers."""

from planforge.readers.old_paper import SUFFIXES, read_paper, read_paper_bytes
from planforge.readers.paper import OldPaper, Piece

__all__ = ["SUFFIXES", "OldPaper", "Piece", "read_paper", "read_paper_bytes"]
