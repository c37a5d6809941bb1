"""``python -m hrdresearch.cli``."""

from hrdresearch.cli import main

main()
