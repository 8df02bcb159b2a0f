"""The version of planforge, in one place: the package's metadata, manifests and reports take it from here."""

__version__ = "0.2.0"
