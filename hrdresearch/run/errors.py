"""Errors of builds, runs and checks; the command line prints them without a traceback."""

from __future__ import annotations


class RunError(RuntimeError):
    """A build, run or check cannot go on; the message is for a researcher."""


class WrongWordsError(RunError):
    """A word of the user cannot be understood: a time, or a file of reports or of the schedule."""


class OtherListError(RunError):
    """A list has changed so much that its basis must be stated again; basis, date, words: what was stated."""

    def __init__(self, message: str, basis: str, date: str, words: str) -> None:
        super().__init__(message)
        self.basis, self.date, self.words = basis, date, words


class BusyError(RunError):
    """Another build, report or scheduled run is running; try again later."""


class LeakError(RunError):
    """A name of a person is in a report about to be published; the message does not repeat it."""
