"""Finds rows that may be the same person, event, text or recommendation."""

from hrdresearch.linkage.duplicates import possible_duplicates, shared_names

__all__ = ["possible_duplicates", "shared_names"]
