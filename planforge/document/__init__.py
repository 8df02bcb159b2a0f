"""The document tree, its numbering and its look. This room has never heard of schools."""
