"""Reads and writes the review of an edition, and tells which of its signatures are valid.

It is kept in ``OUT/<study>/<report>/<edition>.review.yml``.

The file is outside the folder of the edition, because that folder is signed by the run and never changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from hrdresearch.privacy.desk_keys import read_desk_keys, signature_fits
from hrdresearch.privacy.release_key import PublicKey
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import replace_text, sha256
from hrdresearch.run.run_folders import folder_lock

DESKS_NEEDED = (
    2  # number of different desks that must sign, each with its own key if desks have keys
)
SIGNED_FILES = ("report.html", "claims.json")
BY_LABEL = "by label: no key shows who it was"
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


@dataclass(frozen=True)
class Standing:
    """State of the review of one edition.

    signed: desk -> what its signature proves, in words. void: lines on signatures that are no longer valid,
    and why. comments: open comments. is_begun: whether there is any comment or signature.
    """

    signed: Mapping[str, str]
    void: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    is_begun: bool = False

    @property
    def is_signed(self) -> bool:
        """Whether two different desks have signed the present page and numbers."""
        return len(self.signed) >= DESKS_NEEDED

    @property
    def waits_for(self) -> str:
        """What is missing, in words; "" if the edition is signed."""
        if self.is_signed:
            return ""
        so_far = [f"{role} has signed, one other desk is needed" for role in self.signed]
        return "; ".join((*so_far, *self.void)) or "nobody has signed it"


def hash_to_sign(edition: Path) -> str:
    """Hash of the page and the numbers of an edition, made from the hashes of both files."""
    lines = "".join(f"{sha256(edition / name)}  {name}\n" for name in SIGNED_FILES)
    return hashlib.sha256(lines.encode()).hexdigest()


def said_of(manifest: Mapping[str, Any], digest: str) -> str:
    """The text that a desk signs: report, edition and hash."""
    return f"report/{manifest['study']}/{manifest['parameter_slug']}/{manifest['edition']}/{digest}"


def standing_of(
    edition: Path, manifest: Mapping[str, Any], review: Review | None = None
) -> Standing:
    """State of the review of an edition.

    If desks have keys on this machine, a signature by label alone does not count. RunError if the review
    file is damaged.
    """
    review = read_review(edition) if review is None else review
    if not review.comments and not review.signatures:
        return Standing({})
    try:
        digest = hash_to_sign(edition)
    except OSError:
        digest = ""  # a file is missing, so no signature is valid
    known = {key.raw.hex() for key in read_desk_keys()}
    signed: dict[str, str] = {}
    keys: set[str] = set()
    void: dict[str, str] = {}
    for one in review.signatures:
        fault = _fault(one, digest, said_of(manifest, one.hash), known)
        if not fault and one.key and one.key in keys:
            fault = "it was made with the key of another desk"
        if fault:
            void[one.role] = (
                f"the signature of {one.role} of {one.at[:10]} is void, because {fault}"
            )
            continue
        keys.add(one.key)
        signed[one.role] = _guarantee(one)
    return Standing(signed, tuple(void.values()), review.open_comments, True)


def _fault(one: SignOff, digest: str, said: str, known: set[str]) -> str:
    if one.hash != digest:
        return "the report was changed after it"
    if not one.key:
        return "desks sign with their keys here" if known else ""
    if not signature_fits(PublicKey(one.role, bytes.fromhex(one.key)), said, one.signature):
        return "it does not fit its key"
    return "" if not known or one.key in known else "its key is not known here"


def _guarantee(one: SignOff) -> str:
    if not one.key:
        return BY_LABEL
    key = PublicKey(one.role, bytes.fromhex(one.key))
    return f"with a key of its own (fingerprint {key.fingerprint})"
