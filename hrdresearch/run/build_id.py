"""The build id: a hash of everything that shapes a build, so that the same input gives the same id."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hrdresearch.privacy.keys import pseudonym, study_key
from hrdresearch.privacy.vault import is_stored, read_stored, unsealed_name
from hrdresearch.privacy.vault_session import copy_in_memory
from hrdresearch.privacy.withdraw import MARKS
from hrdresearch.run.consents import read_answers, state_of_answers
from hrdresearch.run.files import content_hash
from hrdresearch.run.sealed_lists import CORRECTIONS, Keeping
from hrdresearch.run.steps import linked_builds
from hrdresearch.run.version import code_version
from hrdresearch.run.withdrawn_names import NAMES
from hrdresearch.sources import get_facts
from hrdresearch.sources.own_folder import own_hash


def build_id_of(
    study: str, lists: Mapping[str, tuple[Path, bool]], work: Path, keeping: Keeping
) -> str:
    """Hash of files, code, corrections, decisions, withdrawals, consents, and of how files are kept.

    lists: by slug, the file of the list and whether it is invented. Returns 16 hexadecimal digits.
    """
    home, corrections = work / study, work / CORRECTIONS
    withdrawn = home / MARKS
    content: dict[str, Any] = {
        "study": study,
        "sources": [[slug, content_hash(path), demo] for slug, (path, demo) in lists.items()],
        "code": code_version(),
        "corrections": _hash(corrections) if is_stored(corrections) else None,
        "decisions": hash_of_kept(home / "decisions"),
        "withdrawn": _hash(withdrawn) if is_stored(withdrawn) else None,
    }
    if is_stored(home / NAMES):
        content["withdrawn_names"] = _hash(home / NAMES)
    if own := {slug: own_hash(slug) for slug in lists if own_hash(slug)}:
        content["own_sources"] = own
    answers = read_answers(home, study_key(study))
    if answers:
        content["answers"] = state_of_answers(answers, dt.datetime.now(dt.UTC).date())
    if keeping.lies_open:
        content["lies_open"] = True
    if not all(get_facts(slug).policy.public_by_name for slug in lists):
        # The id is printed: without this secret, a person with a copy of the list could recognize it.
        content["secret"] = pseudonym(study_key(study), "build")
    if linked := linked_builds(study, list(lists), work):
        content["linked"] = dict(linked)
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def hash_of_kept(folder: Path) -> str | None:
    """Hash of the files of a folder in the work folder, open or sealed; None if there is no file.

    The hash is of the opened content: sealing a file again does not change it.
    """
    names = {
        unsealed_name(path).relative_to(place)
        for place in (folder, copy_in_memory(folder))
        if place is not None and place.is_dir()
        for path in place.rglob("*")
        if path.is_file()
    }
    lines = [f"{name.as_posix()} {_hash(folder / name)}\n" for name in sorted(names)]
    return hashlib.sha256("".join(lines).encode()).hexdigest() if lines else None


def _hash(path: Path) -> str:
    return hashlib.sha256(read_stored(path)).hexdigest()
