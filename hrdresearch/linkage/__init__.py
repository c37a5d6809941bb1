"""Finds rows that may be the same person, event, text or recommendation."""

from hrdresearch.linkage.duplicates import possible_duplicates

__all__ = ["possible_duplicates"]
