"""Saves start-up time: imports libraries without dependencies that are not needed, and runs gc rarely.

pandera imports dask, and jsonschema (used by nbformat) a grammar of web addresses that each process builds
again. Together this takes a second or more, and no report needs it.
"""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager

TAKEN_ALONG = {"nbformat": "rfc3987_syntax", "pandera.typing.dask": "dask"}  # module -> left out
SELDOM = (100_000, 50, 100)  # thresholds of the garbage collector; Python's own are 700, 10, 10


def collect_garbage_seldom() -> None:
    """Let Python collect garbage less often, which makes a process about a tenth faster."""
    gc.set_threshold(*SELDOM)


def begin_lean(*modules: str) -> None:
    """Begin a process of work: garbage is collected seldom, these modules (or all) are imported lean."""
    collect_garbage_seldom()
    import_lean(*(modules or TAKEN_ALONG))


def import_lean(*modules: str) -> None:
    """Import modules of ``TAKEN_ALONG`` without the dependency, unless it is already loaded."""
    for module in modules:
        with _hidden(TAKEN_ALONG[module]):
            importlib.import_module(module)


@contextmanager
def _hidden(module: str) -> Iterator[None]:
    """While the block runs, importing the module fails as if it were not installed."""
    is_loaded = module in sys.modules
    if not is_loaded:
        sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if not is_loaded:
            del sys.modules[module]
