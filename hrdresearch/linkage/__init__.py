"""Finds rows that may be the same person, and texts or recommendations that are the same."""

from hrdresearch.linkage.duplicates import find_possible_duplicates

__all__ = ["find_possible_duplicates"]
