"""Finding and Claim, numbers in UN style, and the small grammar of numbers in prose."""

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
