"""What several commands share: their folders, key=value pairs, and progress on a terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

Work = Annotated[Path, typer.Option(help="Work folder (restricted); default data/processed")]
Out = Annotated[Path, typer.Option(help="Folder of reports; default reports")]
DEFAULT_WORK, DEFAULT_OUT = Path("data/processed"), Path("reports")


def parse_pairs(given: list[str]) -> dict[str, str]:
    """Parameters given as key=value."""
    pairs = {}
    for item in given:
        key, equals, value = item.partition("=")
        if not equals or not key:
            raise typer.BadParameter(f"{item!r} is not key=value")
        pairs[key.strip()] = value.strip()
    return pairs


def spinner(words: str) -> Any:
    """Progress on a terminal; silence in a log."""
    from contextlib import nullcontext

    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(words)
