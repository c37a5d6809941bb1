"""State of the review of an edition: which signatures are valid, what they prove, and which are void."""

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

DESKS_NEEDED = (
    2  # number of different desks that must sign, each with its own key if desks have keys
)
SIGNED_FILES = ("report.html", "claims.json")
BY_LABEL = "by label: no key shows who it was"


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
