"""planforge: one school profile becomes every document of a term, in Word and in PDF."""

__version__ = "0.1.0"
