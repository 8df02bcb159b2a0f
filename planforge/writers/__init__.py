"""From the tree to Word, PDF, HTML and plain text; writers read the tree and the look, nothing else."""
