"""How the file of a list is opened: restricted lists are read from sealed files only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from hrdresearch.privacy.vault import (
    identity_path,
    is_sealed,
    open_sealed,
    open_stream,
    recipient_of,
    require_vault,
)
from hrdresearch.sources import get_facts


def opener_for(slug: str, path: Path, work: Path, is_demo: bool) -> Callable[[Path], bytes]:
    """A function that reads a file of the list as bytes; a sealed file is decrypted.

    Raises VaultProblem when a restricted list is not sealed, or when the identity that opens it is
    missing or kept beside it. Invented demo lists may be open, and so may a list whose source.yml
    says ``may_lie_open``.
    """
    facts = get_facts(slug)
    if facts.may_lie_open and not is_sealed(path):
        return Path.read_bytes
    identity = identity_path()
    sealed = require_vault(
        not facts.policy.public_by_name, path, identity, is_demo=is_demo, forbidden=(work,)
    )
    if not sealed or identity is None:
        return Path.read_bytes
    return lambda file: open_sealed(file, identity)


def stream_for(slug: str, path: Path, work: Path, is_demo: bool) -> Callable[[Path], BinaryIO]:
    """Like ``opener_for``, but the function gives a stream, for a list too large for memory."""
    opener = opener_for(slug, path, work, is_demo)
    identity = identity_path()
    if opener is Path.read_bytes or identity is None:
        return lambda file: file.open("rb")
    return lambda file: open_stream(file, identity)


def recipient_for(slugs: Iterable[str]) -> str | None:
    """Recipient that the files of a build are sealed for; None when no list is restricted."""
    restricted = [s for s in slugs if not get_facts(s).policy.public_by_name]
    identity = identity_path()
    return recipient_of(identity) if restricted and identity is not None else None
