"""Finds rows that may be the same person, and texts or recommendations that are the same."""

from hrdresearch.linkage.duplicates import (
    FEW_DAYS,
    find_possible_duplicates,
    find_repeated_attacks,
    find_repeated_detentions,
)

__all__ = [
    "FEW_DAYS",
    "find_possible_duplicates",
    "find_repeated_attacks",
    "find_repeated_detentions",
]
