"""The basis on which the cases of a whole list are counted: stated once, and needed for each report."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from hrdresearch.privacy.consent import (
    COLUMNS,
    GIVEN_FOR,
    answers_in_force,
    read_consent,
)
from hrdresearch.privacy.keys import Key, record_digest, study_key
from hrdresearch.privacy.vault import identity_path, is_stored, recipient_of
from hrdresearch.run.consents import SHEET, STATED, Answer, read_answers, refuse_without_effect
from hrdresearch.run.errors import OtherListError, RunError
from hrdresearch.run.files import read_json, replace_text
from hrdresearch.run.filled_sheets import read_filled_sheet, table_text, write_kept
from hrdresearch.run.own_lists.prompts import told
from hrdresearch.sources import Loaded, get_facts
from hrdresearch.sources.loading import NAME_FIELDS
from hrdresearch.sources.model import SourceFacts
from hrdresearch.sources.reads_declared import columns_of
from hrdresearch.sources.registry import get_spec
from hrdresearch.studies.ground.build import Build

FILE = "basis_lists.json"
SAME = 2 / 3  # share of the longer header's columns that two editions of one list have in common
Marks: TypeAlias = dict[str, Any]  # what is remembered of a list whose basis was stated


def lacks_basis(study: str, work: Path, slug: str) -> bool:
    """Whether a list is restricted and nobody has stated on what basis a study may count its cases."""
    answers = read_answers(work / study, study_key(study))
    return _lacks_basis(get_facts(slug), answers, dt.datetime.now(dt.UTC).date())


def _lacks_basis(facts: SourceFacts, answers: Sequence[Answer], day: dt.date) -> bool:
    if facts.policy.leaves is None or facts.basis or facts.consent:
        return False
    own = [a.consent for a in answers if a.source == facts.slug and not a.consent.person]
    return not answers_in_force(own, "counts", day)


def refuse_without_basis(
    loaded: Sequence[Loaded], answers: Sequence[Answer], demo: Collection[str], day: dt.date
) -> None:
    """RunError for a restricted list if nobody has stated on what basis it is counted.

    demo: slugs of invented lists, which need no basis.
    """
    for facts in (x.facts for x in loaded):
        if facts.slug not in demo and _lacks_basis(facts, answers, day):
            raise RunError(
                f"{facts.slug}: nobody has stated on what basis its cases are counted, and the program "
                f"assumes none. State it: hrdresearch consents STUDY --of {facts.slug} --basis agreement "
                "--date 2026-01-31 (or --basis consent, if each case has its own; or other; see "
                "docs/how-to/consent.md)"
            )


def state_basis(study: str, work: Path, source: str, basis: str, date: str, words: str) -> str:
    """Add a row to the sheet of a study: on what basis the cases of a list are counted.

    basis: "agreement" with the organization that shared the list, "consent" (each case has its own
    row), or "other" (nobody can be asked). date: day of the agreement or decision, as YYYY-MM-DD.
    words: explanation for the desks; not needed for "consent". RunError for a value that is not valid.
    """
    home, file = work / study, work / study / "decisions" / SHEET
    if basis not in STATED:
        raise RunError(f"--basis must be one of {', '.join(STATED)}")
    row = dict.fromkeys(COLUMNS, "") | {
        "source": source, "purpose": "counts", "answer": "given", "date": date,
        "given_by": GIVEN_FOR[basis][0], "basis": basis, "basis_words": words,
    }  # fmt: skip
    try:
        if read_consent(row, "").date > dt.date.today():
            raise ValueError("--date is in the future: give the day of the agreement or decision")
        refuse_without_effect(source, "counts")
    except ValueError as wrong:
        raise RunError(str(wrong)) from None
    columns, rows = list(COLUMNS), []
    if is_stored(file):
        sheet = read_filled_sheet(file, COLUMNS, "the sheet of consents")
        columns = list(map(str, sheet.columns))
        rows = [{str(k): str(v) for k, v in r.items()} for r in sheet.to_dict("records")]
    identity = identity_path()
    recipient = recipient_of(identity) if identity else None
    write_kept(file, table_text(columns, [*rows, row]), home, recipient)
    return f"{source}: counted by {STATED[basis]}, dated {date}"


def basis_said(build: Build, facts: Mapping[str, Any]) -> str:
    """A line for the desk: the stated basis of a list, its date and its explanation."""
    if facts["is_demo"]:
        return "Basis: invented cases, none is needed"
    answers = read_answers(build.folder.parent, study_key(build.study))
    own = [a.consent for a in answers if a.source == facts["slug"] and not a.consent.person]
    found = answers_in_force(own, "counts", dt.datetime.now(dt.UTC).date())
    if not found:
        return f"Basis, as source.yml says: {facts['basis'] or 'each case by its own consent'}"
    if (one := found[""]) is None:
        return "Basis: none in force; the stated one was refused or revoked, or has ended"
    words = f": {one.basis_words.strip()}" if one.basis_words.strip() else ""
    return f"Basis, dated {one.date}: {STATED.get(one.basis, one.basis)}{words}"


def bases_taken(
    loaded: Sequence[Loaded],
    answers: Sequence[Answer],
    demo: Collection[str],
    home: Path,
    key: Key,
    day: dt.date,
) -> list[str]:
    """A line for each list that is counted on a stated basis, with the date of that basis.

    home: ``WORK/<study>``. demo: slugs of invented lists, which need no basis. OtherListError if the owner or
    too many columns have changed and the basis was not stated again since. A basis holds where two thirds of
    the columns and those of names and identifiers are the same; then a line says so.
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
            raise OtherListError(
                told(
                    "basis_changed",
                    slug=x.facts.slug,
                    basis=basis,
                    date=stated.date,
                    changed=told("and").join(map(told, changed)),
                    study=home.name,
                    kind=stated.basis,
                ),
                stated.basis,
                str(stated.date),
                stated.basis_words.strip(),
            )
        if now["statements"] == before["statements"] and before["columns"] != now["columns"]:
            lines.append(told("basis_holds", slug=x.facts.slug, date=stated.date))
        if before["columns"] == now["columns"]:
            before = {**now, **{part: before[part] for part in ("owner", "statements")}}
        known[x.facts.slug] = now if now["statements"] > before["statements"] else before
        known[x.facts.slug]["owner"] = now["owner"] or before["owner"]
        lines.append(f"{x.facts.slug}: counted by {basis}, dated {stated.date}")
    if lines:
        replace_text(file, json.dumps(known, indent=1, sort_keys=True) + "\n")
    return lines


def _marks(x: Loaded, key: Key) -> Marks:
    """Keyed hashes of a list's owner ("" if source.yml does not name one), of all its columns together, of
    each, and of those that hold names and identifiers in a user's own list.
    """
    owner = "" if x.facts.owner.startswith("the owner of ") else x.facts.owner

    def hashed(kind: str, words: str) -> str:
        return record_digest(x.facts.slug, f"{kind} {words}", key) or ""

    layouts = [one for one in get_spec(x.facts.slug).layouts if one.name == x.layout]
    reads = layouts[0].reads if layouts else {}
    names = [c for f in NAME_FIELDS for c in columns_of(reads.get(f, {}))]
    of_persons = [*names, *columns_of(reads.get("case_id", {}))] if names else []
    return {
        "owner": hashed("owner", owner) if owner else "",
        "columns": hashed("columns", "\n".join(sorted(x.columns))),
        "each": sorted(hashed("column", column) for column in set(x.columns)),
        "of_persons": sorted(hashed("column", column) for column in set(of_persons)),
    }


def _changed(before: Marks, now: Marks) -> Iterator[str]:
    """Keys of the words on what has changed: the owner, or so many columns that it may be another list."""
    if now["statements"] != before["statements"]:
        return
    if before["owner"] and now["owner"] and before["owner"] != now["owner"]:
        yield "basis_other_owner"
    if before["columns"] != now["columns"] and not _is_same_list(before, now):
        yield "basis_other_columns"


def _is_same_list(before: Marks, now: Marks) -> bool:
    if not before.get("of_persons") or before["of_persons"] != now["of_persons"]:
        return False
    old, new = set(before["each"]), set(now["each"])
    return len(old & new) >= SAME * max(len(old), len(new))
