"""Where the review of an edition stands: which signatures count, what they prove, and what is void."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrdresearch.privacy.desk_keys import read_desk_keys, signature_fits
from hrdresearch.privacy.release_key import PublicKey
from hrdresearch.run.files import sha256
from hrdresearch.run.signoff.book import Comment, Review, SignOff, read_review

ROLES = 2  # different ones, each with a key of its own where roles have keys
SIGNED_FILES = ("report.html", "claims.json")
BY_LABEL = "by label: no key shows who it was"


@dataclass(frozen=True)
class Standing:
    """Of one edition.

    signed: role -> what its signature proves, in words. void: a line for each signature that no longer
    counts, and why. comments: those that are open. is_begun: somebody has said something.
    """

    signed: Mapping[str, str]
    void: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    is_begun: bool = False

    @property
    def is_signed(self) -> bool:
        """Whether two different roles have signed the page and the numbers as they are."""
        return len(self.signed) >= ROLES

    @property
    def waits_for(self) -> str:
        """What is missing, in words; "" where nothing is."""
        if self.is_signed:
            return ""
        so_far = [f"{role} has signed, one other role is needed" for role in self.signed]
        return "; ".join((*so_far, *self.void)) or "nobody has signed it"


def hash_to_sign(edition: Path) -> str:
    """Hash of the page and the numbers of an edition, over the hashes of both files."""
    lines = "".join(f"{sha256(edition / name)}  {name}\n" for name in SIGNED_FILES)
    return hashlib.sha256(lines.encode()).hexdigest()


def said_of(manifest: Mapping[str, Any], digest: str) -> str:
    """What a role signs: which report, which edition, and the hash."""
    return f"report/{manifest['study']}/{manifest['parameter_slug']}/{manifest['edition']}/{digest}"


def standing_of(
    edition: Path, manifest: Mapping[str, Any], review: Review | None = None
) -> Standing:
    """Where the review of an edition stands.

    Where desks have keys on this machine, a signature by label alone does not count. RunError where the file
    of the review is damaged.
    """
    review = read_review(edition) if review is None else review
    if not review.comments and not review.signatures:
        return Standing({})
    try:
        digest = hash_to_sign(edition)
    except OSError:
        digest = ""  # a file is gone: nothing that was signed is there
    known = {key.raw.hex() for key in read_desk_keys()}
    signed: dict[str, str] = {}
    keys: set[str] = set()
    void: dict[str, str] = {}
    for one in review.signatures:
        fault = _fault(one, digest, said_of(manifest, one.hash), known)
        if not fault and one.key and one.key in keys:
            fault = "it is by the key of another role"
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
