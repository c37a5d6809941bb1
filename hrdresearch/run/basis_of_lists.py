"""Checks that the stated basis belongs to this list, and not to another list with the same name.

For each list, a study keeps keyed hashes of its owner and its columns, and how often its basis had been
stated when they were noted (``WORK/<study>/basis_lists.json``).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from hrdresearch.privacy.consent import answers_in_force
from hrdresearch.privacy.keys import Key, record_digest
from hrdresearch.run.consents import STATED, Answer
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import read_json, replace_text
from hrdresearch.sources import Loaded

FILE = "basis_lists.json"


def bases_taken(
    loaded: Sequence[Loaded],
    answers: Sequence[Answer],
    demo: Collection[str],
    home: Path,
    key: Key,
    day: dt.date,
) -> list[str]:
    """A line for each list that is counted on a stated basis, with the date of that basis.

    home: ``WORK/<study>``. demo: slugs of invented lists, which need no basis. RunError if owner or columns
    have changed and the basis was not stated again since.
    """
    file = home / FILE
    known = read_json(file) if file.is_file() else {}
    lines = []
    for x in loaded:
        own = [a.consent for a in answers if a.source == x.facts.slug and not a.consent.person]
        stated = answers_in_force(own, "counts", day).get("")
        if x.facts.slug in demo or stated is None:
            continue
        now = {**_marks(x, key), "statements": len(own)}
        before = known.get(x.facts.slug, now)
        basis = STATED.get(stated.basis, stated.basis)
        if changed := [*_changed(before, now)]:
            raise RunError(
                f"{x.facts.slug}: its basis ({basis}, dated {stated.date}) was stated for a list with "
                f"{' and '.join(changed)}. Is it another list? Give it a name of its own (hrdresearch source "
                "new FILE --name OTHER). Is it the same one? State its basis again: hrdresearch consents "
                f"{home.name} --of {x.facts.slug} --basis {stated.basis} --date {stated.date}"
            )
        known[x.facts.slug] = now if now["statements"] > before["statements"] else before
        known[x.facts.slug]["owner"] = now["owner"] or before["owner"]
        lines.append(f"{x.facts.slug}: counted by {basis}, dated {stated.date}")
    if lines:
        replace_text(file, json.dumps(known, indent=1, sort_keys=True) + "\n")
    return lines


def _marks(x: Loaded, key: Key) -> dict[str, str | int]:
    """Keyed hashes of a list's owner ("" if source.yml does not name one) and of its columns."""
    owner = "" if x.facts.owner.startswith("the owner of ") else x.facts.owner
    columns = "\n".join(sorted(x.columns))
    return {
        "owner": record_digest(x.facts.slug, f"owner {owner}", key) or "" if owner else "",
        "columns": record_digest(x.facts.slug, f"columns {columns}", key) or "",
    }


def _changed(before: dict[str, str | int], now: dict[str, str | int]) -> Iterator[str]:
    if now["statements"] != before["statements"]:
        return
    if before["owner"] and now["owner"] and before["owner"] != now["owner"]:
        yield "another owner"
    if before["columns"] != now["columns"]:
        yield "other columns"
