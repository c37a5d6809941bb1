"""Keeps statements that the owner of a user's own list publishes it with names.

The line ``public_by_name: true`` in a user's source.yml is not enough. Exact numbers are printed only after
a person has typed the name of the list to confirm it; where desks have keys, two desks must confirm. A
statement covers the texts that the page prints about the list; if these texts change, it must be stated
again. File: ``WORK/<study>/decisions/public_lists.json``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hrdresearch.privacy.desk_keys import read_desk_keys, sign_as_desk, signed_approvals
from hrdresearch.privacy.vault import is_sealed, is_stored, read_stored, sealed_name
from hrdresearch.privacy.vault_session import live_session
from hrdresearch.run.decisions import check_desk
from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import write_kept
from hrdresearch.run.registry import study_entry
from hrdresearch.sources import get_facts, is_own
from hrdresearch.studies.ground.build import Build
from hrdresearch.tables.case_editions import parse_edition

BOOK = "public_lists.json"
DESKS = 2
TEXTS = ("title", "publisher", "definition", "coverage", "citation", "licence")


def refuse_in_vault(slug: str, path: Path) -> None:
    """RunError for a user's own list that is public by name but whose file is kept in the vault."""
    if is_own(slug) and get_facts(slug).policy.public_by_name and _is_in_vault(path):
        raise RunError(
            f"{slug}: its file is kept in the vault, but its source.yml says public_by_name: true. A sealed "
            "list was shared in confidence: take the policy out of source.yml"
        )


def refuse_unstated(study: str, facts: Iterable[Mapping[str, Any]], home: Path) -> None:
    """RunError for a user's own public list if nobody has stated that its owner publishes it.

    facts: facts of the lists of a build. home: ``WORK/<study>``.
    """
    for one in _own_and_public(facts):
        if missing := _missing(one, _read(home)):
            raise RunError(
                f"{one['slug']}: its source.yml says public_by_name: true, and {missing}. If its owner "
                "publishes it with the names: "
                f"hrdresearch consents {study} --of {one['slug']} --basis public"
                f"{' --desk desk-4' if read_desk_keys() else ''}. If not: take the policy out of source.yml "
                "(docs/how-to/own-list.md)"
            )


def public_own_lists(build: Build) -> Iterator[str]:
    """A line for the screen for each of the user's own lists that is printed with exact numbers."""
    for one in _own_and_public(build.facts()):
        yield f"Exact numbers and names of {one['slug']} may be published"


def what_is_stated(source: str) -> Iterator[str]:
    """Lines that a person reads before confirming; RunError if the list is not one's own and public."""
    facts = _facts_of(source)
    yield (
        f"Exact numbers and names of {source} may then be published, and its files are not sealed. The "
        "page says:"
    )
    yield from (f"  {key}: {facts[key]}" for key in TEXTS if str(facts[key]).strip())
    yield f"  reason: {facts['policy']['reason']}"


def state_public(
    study: str, work: Path, source: str, typed: str, desk: str | None = None, passphrase: str = ""
) -> str:
    """Record that the owner of a list publishes it with the names, and say what is still missing.

    typed: the name of the list, as a person typed it. desk, passphrase: needed where desks have keys.
    RunError if another name was typed, or if the list's source.yml does not say that it is public.
    """
    study_entry(study)
    facts = _facts_of(source)
    if typed.strip() != source:
        raise RunError(f"Nothing was stated: you did not type the name of the list ({source})")
    if read_desk_keys() and not desk:
        raise RunError(
            "Desks have keys here: two desks must state it, each with --desk and its passphrase"
        )
    check_desk(desk)
    digest = _digest(facts)
    signature = sign_as_desk(desk, f"{_place(source)}/{digest}", passphrase) if desk else ""
    book = _read(work / study)
    held = book.setdefault(source, {"stated": {}, "signatures": {}})
    held["stated"][desk or ""] = digest
    held["signatures"][desk or ""] = signature
    text = json.dumps(book, indent=1, sort_keys=True) + "\n"
    write_kept(work / study / "decisions" / BOOK, text, work / study)
    missing = _missing(facts, book)
    return f"{source}: {missing or f'stated as published with the names. Build {study} again'}"


def _facts_of(source: str) -> dict[str, Any]:
    if not is_own(source) or not get_facts(source).policy.public_by_name:
        raise RunError(
            f"{source} is not a list of your own whose source.yml says public_by_name: true "
            "(docs/how-to/own-list.md)"
        )
    return get_facts(source).to_dict()


def _own_and_public(facts: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for one in facts:
        slug, edition = parse_edition(one["slug"])  # a statement covers all editions of a list
        if is_own(slug) and one["policy"]["public_by_name"] and not (one["is_demo"] or edition):
            yield one


def _missing(facts: Mapping[str, Any], book: Mapping[str, Any]) -> str:
    """What a statement still needs, in words; "" if the list was stated with its present texts."""
    slug = str(facts["slug"])
    held = book.get(slug, {"stated": {}, "signatures": {}})
    standing = signed_approvals(held["stated"], held["signatures"], _place(slug))
    said = [desk for desk, digest in standing.items() if digest == _digest(facts)]
    if not read_desk_keys():
        return "" if said else "nobody has confirmed this for the present texts of source.yml"
    left = DESKS - len(said)
    return "" if left <= 0 else f"{left} more desk(s) must confirm it, each with its key"


def _digest(facts: Mapping[str, Any]) -> str:
    told = [str(facts["slug"]), str(facts["policy"]["reason"]), *(str(facts[t]) for t in TEXTS)]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _place(slug: str) -> str:
    return f"public/{slug}"


def _read(home: Path) -> dict[str, Any]:
    file = home / "decisions" / BOOK
    if not is_stored(file):
        return {}
    try:
        book: dict[str, Any] = json.loads(read_stored(file))
    except ValueError:
        raise RunError(f"{BOOK} is damaged: delete it, then make the statements again") from None
    return book


def _is_in_vault(path: Path) -> bool:
    files = [p for p in path.iterdir() if p.is_file()] if path.is_dir() else [path]
    if any(is_sealed(file) or sealed_name(file).is_file() for file in files):
        return True
    session = live_session()
    return session is not None and session.folder.resolve() in path.resolve().parents
