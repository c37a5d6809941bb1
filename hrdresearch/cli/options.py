"""Options of several commands: folders, what a list is, key=value pairs, and a progress sign."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

Work = Annotated[Path, typer.Option(help="Work folder (restricted); default data/processed")]
Out = Annotated[Path, typer.Option(help="Folder of reports; default reports")]
ListFile = Annotated[Path, typer.Argument(help="A list: CSV, XLSX, JSON; sealed or open")]
ListName = Annotated[str, typer.Option("--name", help="What the list is called (my-list)")]
ListTable = Annotated[
    str,
    typer.Option(
        "--table",
        help="killings, detentions, attacks, or messages (source new); without it the columns tell",
    ),
]
ListState = Annotated[
    str, typer.Option("--state", help="ISO3 code of the State, where no column holds it")
]
ListEncoding = Annotated[
    str,
    typer.Option(
        "--encoding", help="Of a text that is not UTF-8: cp1252, cp1251, cp1256, mac_roman"
    ),
]
ListTitle = Annotated[str, typer.Option("--title", help="What the report calls the list")]


def _language(said: str) -> str:
    """A language in which the program speaks, or ""; BadParameter for another word."""
    from hrdresearch.run.own_lists.prompts import LANGUAGES

    if said and said not in LANGUAGES:
        raise typer.BadParameter(f"--language is one of {', '.join(LANGUAGES)}")
    return said


ListLanguage = Annotated[
    str,
    typer.Option(
        "--language",
        help="Of what is said and asked: en, es, fr, ar, ru; default the list's",
        callback=_language,
    ),
]
ListSheet = Annotated[
    str, typer.Option("--sheet", help="Name or number of the sheet; default that with most rows")
]
ListAsk = Annotated[
    bool,
    typer.Option(
        "--ask",
        help="Ask about each guess, column left out that may be read, and value without a code",
    ),
]
DEFAULT_WORK, DEFAULT_OUT = Path("data/processed"), Path("reports")
RAW = Path("data/raw")


def parse_pairs(given: list[str]) -> dict[str, str]:
    """Read parameters written ``key=value``; BadParameter for any other form.

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
    """Ask for the passphrase of a desk; empty, without asking, where desks have no keys.

    RunError, before anything is asked, for a label that names no desk.
    """
    from hrdresearch.privacy.desk_keys import read_desk_keys
    from hrdresearch.run.decisions import check_desk

    check_desk(desk)
    return str(typer.prompt(f"Passphrase of {desk}", hide_input=True)) if read_desk_keys() else ""


def new_passphrase() -> str:
    """Ask twice for a new passphrase; VaultProblem for one that is easy to guess."""
    from hrdresearch.privacy.identity import refuse_weak

    words = "New passphrase, such as six randomly chosen words"
    passphrase = str(typer.prompt(words, hide_input=True, confirmation_prompt=True))
    refuse_weak(passphrase)
    return passphrase


def spinner(words: str) -> Any:
    """Show a progress sign while a command works; nothing when the output is a log file."""
    from contextlib import nullcontext

    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(words)
