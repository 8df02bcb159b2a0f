"""`python -m planforge.cli`."""

from planforge.cli import main

main()
