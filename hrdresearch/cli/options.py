"""Options of several commands: folders, key=value pairs, and a progress sign on a terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

Work = Annotated[Path, typer.Option(help="Work folder (restricted); default data/processed")]
Out = Annotated[Path, typer.Option(help="Folder of reports; default reports")]
DEFAULT_WORK, DEFAULT_OUT = Path("data/processed"), Path("reports")
RAW = Path("data/raw")


def parse_pairs(given: list[str]) -> dict[str, str]:
    """Parameters from texts ``key=value``; BadParameter for another form.

    >>> parse_pairs(["state=MEX"])
    {'state': 'MEX'}
    """
    pairs = {}
    for item in given:
        key, equals, value = item.partition("=")
        if not equals or not key:
            raise typer.BadParameter(f"{item!r} is not key=value")
        pairs[key.strip()] = value.strip()
    return pairs


def passphrase_of_desk(desk: str) -> str:
    """The passphrase of a desk, asked for where desks approve with their keys; else empty."""
    from hrdresearch.privacy.desk_keys import read_desk_keys

    return str(typer.prompt(f"Passphrase of {desk}", hide_input=True)) if read_desk_keys() else ""


def new_passphrase() -> str:
    """A passphrase that is asked for twice; VaultProblem for one that can be guessed."""
    from hrdresearch.privacy.identity import refuse_weak

    words = "New passphrase, such as six words drawn by chance"
    passphrase = str(typer.prompt(words, hide_input=True, confirmation_prompt=True))
    refuse_weak(passphrase)
    return passphrase


def spinner(words: str) -> Any:
    """A progress sign while a command works; prints nothing when the output is a log file."""
    from contextlib import nullcontext

    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(words)
