"""Findings and the claims that they hold: named numbers with their lineage, printed in UN style."""

from hrdresearch.findings.display import cite, show
from hrdresearch.findings.model import (
    FINDING_MIME,
    Cell,
    Claim,
    Column,
    Drawing,
    Finding,
    KnownCases,
    SourceNote,
)

__all__ = [
    "FINDING_MIME",
    "Cell",
    "Claim",
    "Column",
    "Drawing",
    "Finding",
    "KnownCases",
    "SourceNote",
    "cite",
    "show",
]
