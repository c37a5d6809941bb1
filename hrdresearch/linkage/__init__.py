"""Which rows of which lists are the same person or event. Pairs to look at; nothing is merged."""

from hrdresearch.linkage.duplicates import possible_duplicates, shared_names

__all__ = ["possible_duplicates", "shared_names"]
