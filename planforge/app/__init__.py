"""The ways through the program: a school's form becomes checked documents, files, letters."""
