"""Finds rows that may be the same person, event, text or recommendation."""

from hrdresearch.linkage.duplicates import find_possible_duplicates

__all__ = ["find_possible_duplicates"]
