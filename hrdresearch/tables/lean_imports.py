"""Imports a library without a dependency that it takes along, and that nothing here needs."""

from __future__ import annotations

import importlib
import sys


def import_without(module: str, left_out: str) -> None:
    """Import a module as if the one that is left out were not installed; if it is loaded, it is taken."""
    is_loaded = left_out in sys.modules
    if not is_loaded:
        sys.modules[left_out] = None  # type: ignore[assignment]
    try:
        importlib.import_module(module)
    finally:
        if not is_loaded:
            del sys.modules[left_out]
