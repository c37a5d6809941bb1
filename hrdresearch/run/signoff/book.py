"""Reads and writes the review of an edition: ``OUT/<study>/<report>/<edition>.review.yml``.

The file is outside the folder of the edition, because that folder is signed by the run and never changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from hrdresearch.run.errors import RunError
from hrdresearch.run.files import replace_text
from hrdresearch.run.run_folders import folder_lock

SUFFIX = ".review.yml"
HEAD = "# Review of this edition, written by 'hrdresearch review'; it is not part of the edition.\n"


@dataclass(frozen=True)
class Comment:
    """A comment on a paragraph.

    begins: first words of the paragraph. by, at: desk and time (UTC). closed_by: "" while it is open.
    """

    number: int
    paragraph: str
    begins: str
    by: str
    at: str
    text: str
    closed_by: str = ""
    closed_at: str = ""


@dataclass(frozen=True)
class SignOff:
    """A desk's signature over the hash of page and numbers.

    role: label of the desk. key, signature: hexadecimal, or "" if the desk has no key.
    """

    role: str
    at: str
    hash: str
    key: str = ""
    signature: str = ""


@dataclass(frozen=True)
class Review:
    """All comments on an edition and all signatures."""

    comments: tuple[Comment, ...] = ()
    signatures: tuple[SignOff, ...] = field(default=())

    @property
    def open_comments(self) -> tuple[Comment, ...]:
        """Comments that are not closed."""
        return tuple(c for c in self.comments if not c.closed_by)


def book_of(edition: Path) -> Path:
    """Path of the review file of an edition."""
    return edition.with_name(f"{edition.name}{SUFFIX}")


def read_review(edition: Path) -> Review:
    """Read the review of an edition; empty without a file. RunError for a damaged file."""
    path = book_of(edition)
    try:
        held = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Review(
            tuple(Comment(**_texts(c)) for c in held["comments"]),
            tuple(SignOff(**_texts(s)) for s in held["signatures"]),
        )
    except FileNotFoundError:
        return Review()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, yaml.YAMLError):
        raise RunError(
            f"{path.name} cannot be read: it was changed by hand, or is damaged. Correct it, or remove it "
            "and begin the review again"
        ) from None


@contextmanager
def changed_review(edition: Path) -> Iterator[list[Review]]:
    """Change the review of an edition: replace the one element of the list; it is written at the end.

    If two reviewers write at the same time, one waits for the other.
    """
    with folder_lock(edition.parent):
        held = [read_review(edition)]
        yield held
        body = yaml.safe_dump(
            {"edition": edition.name, **_plain(held[0])},
            allow_unicode=True, sort_keys=False, width=100,
        )  # fmt: skip
        replace_text(book_of(edition), HEAD + body)


def now() -> str:
    """The present time in UTC, as text."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(review: Review) -> dict[str, Any]:
    """The review as plain values, without empty fields."""
    told = asdict(review)
    return {
        k: [{f: v for f, v in e.items() if v != ""} for e in entries] for k, entries in told.items()
    }


def _texts(entry: dict[str, Any]) -> dict[str, Any]:
    """Convert fields to text, because YAML may have read a day or a number; ``number`` stays a number."""
    return {name: value if name == "number" else str(value) for name, value in entry.items()}
