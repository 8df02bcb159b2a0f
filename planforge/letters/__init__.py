"""Letters to many recipients: values in the fields of a document tree, and the plain way to write one letter."""
