"""Imports spaCy's French without compiling an expression that takes two seconds and is not used here.

It is a regular expression of a million characters, of French words that contain hyphens. The pipelines of
this project split words at hyphens and need none of it; a pipeline that needs it compiles it at the first
match.
"""

from __future__ import annotations

import re
from functools import cache
from types import SimpleNamespace
from typing import Any

LONG = 1_000_000  # characters of an expression
_COMPILE = re.compile


@cache
def import_french() -> None:
    """Import ``spacy.lang.fr``; its long expression is compiled at its first match."""
    re.compile = _compile_or_wait
    try:
        import spacy.lang.fr  # noqa: F401
    finally:
        re.compile = _COMPILE


def _compile_or_wait(pattern: Any, flags: int = 0) -> Any:
    compiled = cache(lambda: _COMPILE(pattern, flags))
    waits = len(pattern) > LONG
    return SimpleNamespace(match=lambda text: compiled().match(text)) if waits else compiled()
