"""Imports without the libraries that other libraries take along, and memory looked through seldom.

pandera takes dask along, and jsonschema (of nbformat) a grammar of web addresses that it makes anew in each
process: a second or more, for nothing that a report needs.
"""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager

TAKEN_ALONG = {"nbformat": "rfc3987_syntax", "pandera.typing.dask": "dask"}


SELDOM = (100_000, 50, 100)  # of Python's 700, 10, 10


def collect_garbage_seldom() -> None:
    """Let Python look for unused objects after many new ones only, which saves a process of work a tenth."""
    gc.set_threshold(*SELDOM)


def import_lean(*modules: str) -> None:
    """Import modules of ``TAKEN_ALONG``, without what they take along where it is not loaded yet."""
    for module in modules:
        with _hidden(TAKEN_ALONG[module]):
            importlib.import_module(module)


@contextmanager
def _hidden(module: str) -> Iterator[None]:
    """Whoever imports the module inside is told that it is not there; afterwards it is again."""
    is_loaded = module in sys.modules
    if not is_loaded:
        sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if not is_loaded:
            del sys.modules[module]
