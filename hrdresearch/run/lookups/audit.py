"""Keeps a sealed record of look-ups: who looked up a name, and when, with a keyed hash of the name."""

from __future__ import annotations

import datetime as dt
import getpass
import json
import secrets
from collections.abc import Iterator
from pathlib import Path

from hrdresearch.privacy.keys import name_digest, study_key
from hrdresearch.privacy.vault import (
    SUFFIX,
    VaultProblem,
    identity_path,
    read_stored,
    recipient_of,
    unsealed_name,
    write_stored,
)
from hrdresearch.privacy.vault_session import live_session
from hrdresearch.run.lookups.lists import holds_only_invented, is_vault_open

FOLDER = Path("lookups") / "audit"  # below the work folder; the opened vault does not show it
KEY = "lookups"


def audit_recipient(work: Path) -> str | None:
    """Public key that an entry is sealed for, even while the vault is locked; None if all lists are invented.

    VaultProblem if lists are real and there is no vault.
    """
    session, identity = live_session(), identity_path()
    if session is not None:
        return session.recipient
    if identity is not None:
        return recipient_of(identity)
    if holds_only_invented(work):
        return None
    raise VaultProblem(
        "Look-ups are recorded in the vault, and there is none. Make one: hrdresearch vault init"
    )


def note_lookup(name: str, hits: int, work: Path, recipient: str) -> None:
    """Write an entry: time, user of the machine, keyed hash of the name, number of hits."""
    now = dt.datetime.now(dt.UTC)
    entry = {
        "when": now.isoformat(timespec="seconds"),
        "who": getpass.getuser(),
        "asked": name_digest(name, study_key(KEY)),
        "hits": hits,
    }
    folder = work / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}.json"
    write_stored(file, json.dumps(entry).encode("utf-8"), recipient)


def read_audit(work: Path) -> Iterator[str]:
    """Read the entries as lines, oldest first; VaultProblem while the vault is locked."""
    if not is_vault_open(work):
        raise VaultProblem(
            "The record of look-ups is in the vault. Open it: hrdresearch vault open"
        )
    for file in sorted((work / FOLDER).glob(f"*.json{SUFFIX}")):
        entry = json.loads(read_stored(unsealed_name(file)))
        yield f"{entry['when']} {entry['who']} {entry['asked'][:8]} hits: {entry['hits']}"
