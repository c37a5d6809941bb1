"""The one family of errors that the command line prints without a traceback."""

from __future__ import annotations


class RunError(RuntimeError):
    """A build, run or check cannot go on; the message is for a researcher."""


class BusyError(RunError):
    """Another build of the same study is at work."""


class LeakError(RunError):
    """A name stands in what would have been published; the message does not repeat it."""
