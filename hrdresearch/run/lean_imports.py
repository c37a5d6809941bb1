"""Saves start-up time: nbformat is imported without a library that is not needed, and gc runs rarely.

jsonschema, which nbformat uses, takes along a grammar of web addresses that each process builds again.
"""

from __future__ import annotations

import gc

from hrdresearch.tables.lean_imports import import_without

SELDOM = (100_000, 50, 100)  # thresholds of the garbage collector; Python's own are 700, 10, 10


def collect_garbage_seldom() -> None:
    """Let Python collect garbage less often, which makes a process about a tenth faster."""
    gc.set_threshold(*SELDOM)


def import_nbformat() -> None:
    """Import nbformat without the grammar of web addresses."""
    import_without("nbformat", "rfc3987_syntax")


def begin_lean() -> None:
    """Begin a process of work: garbage is collected seldom, nbformat is imported lean."""
    collect_garbage_seldom()
    import_nbformat()
