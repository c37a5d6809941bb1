"""spaCy's French, imported without what takes two seconds and is not used here.

spaCy compiles for French an expression of a million signs, of words that hyphens hold together. The
pipelines of this project part words at hyphens; others compile it when they first match with it.
"""

from __future__ import annotations

import re
from functools import cache
from types import SimpleNamespace
from typing import Any

LONG = 1_000_000  # signs
_COMPILE = re.compile


@cache
def import_french() -> None:
    """Import ``spacy.lang.fr``; its long expression is compiled when something is matched with it."""
    re.compile = _compile_or_wait
    try:
        import spacy.lang.fr  # noqa: F401
    finally:
        re.compile = _COMPILE


def _compile_or_wait(pattern: Any, flags: int = 0) -> Any:
    compiled = cache(lambda: _COMPILE(pattern, flags))
    waits = len(pattern) > LONG
    return SimpleNamespace(match=lambda text: compiled().match(text)) if waits else compiled()
