"""Mail merge into PDF: paragraphs that are equally wide are laid out once, and their glyphs replaced in place."""
