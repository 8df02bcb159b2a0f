"""The steps by which Word files are made, singly."""

from planforge.letters_word.splice import Splicer as Splicer
from planforge.writers.word import write as write
