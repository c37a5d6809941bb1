"""Exit statuses of all commands, and the message printed for each kind of error."""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from enum import IntEnum
from pathlib import Path

TRACEBACK = "HRD_TRACEBACK"


class ExitStatus(IntEnum):
    """Exit status of a command, a batch or a scheduled run (docs/how-to/schedule.md)."""

    DONE = 0
    FAILED = 1
    WRONG_WORDS = (
        2  # arguments, parameters, a time, a file of reports; of ``check``: names were not checked
    )
    CANNOT_READ = 3  # a list cannot be read
    LEAK_STOPPED = 4  # a report would publish a name; it was not published
    BUSY = 5  # another one is running: try again
    NO_BUILD = 6  # no build, or a damaged one
    NO_KEY = 7  # a key or the vault is missing or wrong
    SOME_FAILED = 8  # done, with failures
    NOTHING_NEW = 9  # nothing was made, because everything is up to date
    FAULT = 70  # an error of the program
    STOPPED = 143  # ended by a signal


KINDS = {
    "ParameterError": ExitStatus.WRONG_WORDS,
    "WrongWordsError": ExitStatus.WRONG_WORDS,
    "UnknownSourceError": ExitStatus.WRONG_WORDS,
    "SourceError": ExitStatus.CANNOT_READ,
    "LeakError": ExitStatus.LEAK_STOPPED,
    "BusyError": ExitStatus.BUSY,
    "NoBuildError": ExitStatus.NO_BUILD,
    "DamagedBuildError": ExitStatus.NO_BUILD,
    "KeyProblem": ExitStatus.NO_KEY,
    "VaultProblem": ExitStatus.NO_KEY,
}


def status_of(error: BaseException) -> ExitStatus:
    """Exit status of an error, by its class."""
    known = [KINDS[cls.__name__] for cls in type(error).__mro__ if cls.__name__ in KINDS]
    if known:
        return known[0]
    return ExitStatus.FAILED if _is_told(error) else ExitStatus.FAULT


def status_of_many(made: int, failed: Iterable[int]) -> ExitStatus:
    """Exit status of a batch, from the number of reports made and the status of each failure.

    The gravest failure counts: a stopped leak, then a list that cannot be read, then a missing key.

    >>> status_of_many(3, [1, 4]).name, status_of_many(3, [6]).name, status_of_many(0, []).name
    ('LEAK_STOPPED', 'SOME_FAILED', 'NOTHING_NEW')
    """
    ended = set(failed)
    for grave in (ExitStatus.LEAK_STOPPED, ExitStatus.CANNOT_READ, ExitStatus.NO_KEY):
        if grave in ended:
            return grave
    if ended:
        return ExitStatus.SOME_FAILED
    return ExitStatus.DONE if made else ExitStatus.NOTHING_NEW


def words_of(error: BaseException) -> str:
    """Message of an error for a researcher; for a fault of the program, only its class and place."""
    if _is_own(error):
        return str(error.args[0] if error.args else error)
    if _is_told(error):
        at = f"{error.filename}: " if error.filename else ""  # type: ignore[attr-defined]
        return f"{at}{error.strerror or type(error).__name__}"  # type: ignore[attr-defined]
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "hrdresearch" in Path(frame.filename).parts] or frames
    place = f" in {Path(own[-1].filename).name}, line {own[-1].lineno}" if own else ""
    return (
        f"a fault of the program ({type(error).__name__}{place}), not of your command. Nothing half made "
        f"was kept. Tell the maintainers. On invented cases only, {TRACEBACK}=1 prints more: the output "
        "may hold persons' data"
    )


def _is_own(error: BaseException) -> bool:
    """Whether the error is one of ours, whose message is written for a researcher."""
    return any(cls.__module__.startswith("hrdresearch.") for cls in type(error).__mro__)


def _is_told(error: BaseException) -> bool:
    """Whether the message may be printed: our errors, and errors of the disk (no space, no such file)."""
    return _is_own(error) or isinstance(error, OSError)
