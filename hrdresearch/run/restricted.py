"""Restricted lists are read from, and written to, sealed files only."""

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
    """How a list is read: through the vault where it is restricted, else as it lies there.

    VaultProblem when a restricted list lies open on the disk, or its identity is missing or kept
    beside it. Invented demo lists are exempt, and so is an open file of a list whose source.yml
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
    """As ``opener_for``, for a list that is too large to be in memory whole."""
    opener = opener_for(slug, path, work, is_demo)
    identity = identity_path()
    if opener is Path.read_bytes or identity is None:
        return lambda file: file.open("rb")
    return lambda file: open_stream(file, identity)


def recipient_for(slugs: Iterable[str]) -> str | None:
    """For whom a build is sealed: the owner of the identity where a list is restricted."""
    restricted = [s for s in slugs if not get_facts(s).policy.public_by_name]
    identity = identity_path()
    return recipient_of(identity) if restricted and identity is not None else None
