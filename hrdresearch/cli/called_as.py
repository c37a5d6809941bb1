"""Prints commands in messages with the program name that the user typed, so that they can be copied."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Any

PROGRAM = "hrdresearch"


def name_called(argument: str) -> str:
    """The name to type for the program, from the first argument of the process.

    >>> name_called(".venv/bin/hrdresearch")
    '.venv/bin/hrdresearch'
    """
    if Path(argument).stem != PROGRAM:
        return f"python -m {PROGRAM}.cli"
    found = shutil.which(PROGRAM)
    on_path = found is not None and Path(found).resolve() == Path(argument).resolve()
    return PROGRAM if on_path else shlex.quote(argument)


def as_called(text: str, name: str, commands: Collection[str]) -> str:
    """Replace the program name in commands of a message by the name to type.

    >>> as_called("Then: hrdresearch run killings", ".venv/bin/hrdresearch", ["run"])
    'Then: .venv/bin/hrdresearch run killings'
    """
    known = "|".join(map(re.escape, commands))
    return re.sub(rf"(?<![\w./\\-]){PROGRAM}(?= (?:{known})\b)", lambda _: name, text)


def file_in_pieces(arguments: Sequence[str]) -> str:
    """Name of a file that exists and that was cut by its spaces, without quotation marks; else ""."""
    ends = [(a, b) for a in range(len(arguments)) for b in range(a + 2, len(arguments) + 1)]
    names = (" ".join(arguments[a:b]) for a, b in ends)
    return next((name for name in names if Path(name).is_file()), "")


def echo_as_called(
    echo: Callable[..., None], argument: str, commands: Collection[str]
) -> Callable[..., None]:
    """A ``typer.echo`` that prints messages with the name to type."""
    return partial(_echo, echo, name_called(argument), tuple(commands))


def _echo(
    echo: Callable[..., None], name: str, commands: Collection[str], message: Any = "", **how: Any
) -> None:
    is_text = isinstance(message, str) and PROGRAM in message
    echo(as_called(message, name, commands) if is_text else message, **how)
