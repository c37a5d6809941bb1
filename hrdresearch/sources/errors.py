"""Errors of a source file, in a researcher's words and without any person's data."""

from __future__ import annotations


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


class UnknownSourceError(SourceError):
    """No source has this slug."""
