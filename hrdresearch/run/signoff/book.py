"""The review of an edition, a plain file beside it: ``OUT/<study>/<report>/<edition>.review.yml``.

It lies outside the folder of the edition, which is signed by the run and never changes.
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
HEAD = "# What reviewers said of this edition. Written by 'hrdresearch review'; no part of the edition.\n"


@dataclass(frozen=True)
class Comment:
    """A comment on a paragraph; begins: its first words then. closed_by: "" while it is open."""

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
    """A role's signature over the hash of page and numbers; key and signature are "" where it has no key."""

    role: str
    at: str
    hash: str
    key: str = ""
    signature: str = ""


@dataclass(frozen=True)
class Review:
    """All that reviewers said of an edition."""

    comments: tuple[Comment, ...] = ()
    signatures: tuple[SignOff, ...] = field(default=())

    @property
    def open_comments(self) -> tuple[Comment, ...]:
        """Comments that nobody has closed."""
        return tuple(c for c in self.comments if not c.closed_by)


def book_of(edition: Path) -> Path:
    """File of the review of an edition."""
    return edition.with_name(f"{edition.name}{SUFFIX}")


def read_review(edition: Path) -> Review:
    """What reviewers said of an edition; nothing where there is no file. RunError for a damaged one."""
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
            f"{path.name} cannot be read: it was changed by hand, or is damaged. Mend it, or remove it and "
            "begin the review anew"
        ) from None


@contextmanager
def changed_review(edition: Path) -> Iterator[list[Review]]:
    """The review in a list of one, to be replaced there; written at the end, in one step.

    Two reviewers at once write one after the other.
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
    """The time of writing, UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(review: Review) -> dict[str, Any]:
    """Without fields that are empty."""
    told = asdict(review)
    return {
        k: [{f: v for f, v in e.items() if v != ""} for e in entries] for k, entries in told.items()
    }


def _texts(entry: dict[str, Any]) -> dict[str, Any]:
    """Fields as texts, also where YAML reads a day or a number."""
    return {name: value if name == "number" else str(value) for name, value in entry.items()}
