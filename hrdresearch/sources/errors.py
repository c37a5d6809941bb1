"""Errors of a source file, in a researcher's words and without any person's data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class SourceError(Exception):
    """A source file cannot be used as it is; the message says how to mend it."""


class UnknownLayoutError(SourceError):
    """The columns of a file are those of no published layout."""


class UnreadableFileError(SourceError):
    """The file is empty, in another encoding, damaged, too large or no table."""


class FileChangedError(SourceError):
    """The file changed while it was read."""


class CorrectionError(SourceError):
    """A correction by hand expects a value that the source no longer holds."""


class SourceFactsError(SourceError):
    """source.yml of a source lacks a key, or holds a code that is not allowed there."""


class UnknownSourceError(SourceError):
    """No source has this slug."""


@contextmanager
def unreadable_if_damaged(message: str) -> Iterator[None]:
    """Turn any error that a library raises on a damaged file into an UnreadableFileError.

    message: text of the error for the researcher. SourceError and interruptions pass unchanged.
    """
    try:
        yield
    except (SourceError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a reader written in another language has errors of its own
        raise UnreadableFileError(message) from error
