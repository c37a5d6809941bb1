"""Writes the pack of candidate records: JSON with its schema, a workbook, a sheet of checks, a method note.

The pack is searched for names of the build before it is put in its place; if one is found, nothing is
written. It is a folder for the custodian and not a report: none of its numbers is the indicator's value.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from hrdresearch.privacy.scan import scan_report
from hrdresearch.run.build_files import read_names_index
from hrdresearch.run.errors import RunError
from hrdresearch.run.fact_checks import COLUMNS as CHECK_COLUMNS
from hrdresearch.run.fact_checks import FACTS, checks_by_record, record_number
from hrdresearch.run.files import written_in_one_step
from hrdresearch.run.sdg_pack.pack_schema import PARTS, STATUS, pack_schema
from hrdresearch.run.sdg_pack.records import candidate_records
from hrdresearch.studies.ground.build import Build, current_build
from hrdresearch.vocab import label, vocabulary

OF_RECORD = ("record_id", "person_id", "incident_id", "part", "acts", "groups", "list", "check")
HEADS = {
    "adopted": "Five adopted acts",
    "arrest_not_assessed": "Arrests that nobody assessed",
    "other_harmful": "Other harmful acts (proposed refinement)",
}
STUDY, WORKBOOK = "attacks", "candidates.xlsx"
INVENTED = "**Demonstration: every person and case in this pack is invented.** "


def write_pack(to: Path, work: Path, today: dt.date) -> tuple[Path, list[str]]:
    """Write the pack of the current build of attacks into a new folder; returns it, and lines to print.

    RunError if the folder exists, no list of the build is public by name, or the pack holds a name of the
    build.
    """
    if to.exists():
        raise RunError(f"{to} exists already, and a pack is never overwritten: give another name")
    build = current_build(STUDY, work)
    checks = checks_by_record(build.folder.parent / "decisions")
    records, left_out = candidate_records(build, checks)
    lists = _lists(build)
    if not lists:
        raise RunError(
            "No list of this build is public by name, and rows of a list shared in confidence may not be "
            "published. A report gives rounded numbers: hrdresearch run attacks"
        )
    is_invented = any(
        bool(f["is_demo"]) for f in build.facts() if f["slug"] in {x["slug"] for x in lists}
    )
    pack = {
        "status": STATUS,
        "is_invented": is_invented,
        "indicator": "16.10.1",
        "made_on": str(today),
        "build": record_number(build.build_id),
        "lists": lists,
        "records": records,
    }
    to.parent.mkdir(parents=True, exist_ok=True)
    with written_in_one_step(to) as staging:
        _write_json(staging / "candidates.json", pack)
        _write_json(staging / "candidates.schema.json", pack_schema())
        _write_checks(staging / "checks.csv", records)
        (staging / "method_note.md").write_text(_note(pack, left_out), encoding="utf-8")
        book = make_workbook(records, lists, is_invented)
        _refuse_names(staging, book, build)  # before saving, because XLSX files are compressed
        book.save(staging / WORKBOOK)
    lines = [
        f"{n} records: {HEADS[part].lower()} (not verified)"
        for part, n in count_by_part(records).items()
    ]
    lines += [f"Left out, shared in confidence: {title}" for title in left_out]
    return to, lines


def _lists(build: Build) -> list[dict[str, str]]:
    table = build.table(STUDY)
    return [
        {
            **{key: str(f[key]) for key in ("slug", "title", "citation", "definition", "coverage")},
            "reliability": str(rows["source_reliability_code"].iloc[0]),
            "independence": str(rows["source_independence_code"].iloc[0]),
        }
        for f in build.facts()
        if f["table"] == STUDY and f["policy"]["public_by_name"]
        for rows in [table[table["source"] == f["slug"]]]
        if len(rows)
    ]


def _refuse_names(folder: Path, book: Any, build: Build) -> None:
    """RunError if a file of the pack, or a cell of its workbook, holds a name."""
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    cells = "\n".join(str(cell) for row in rows for cell in row if cell is not None)
    hits = scan_report(folder, read_names_index(build.folder), {f"cells of {WORKBOOK}": cells})
    if hits:
        where = sorted({f"{hit.file} ({hit.kind})" for hit in hits})
        raise RunError(
            "The pack may hold a name of the build, so no pack was written: " + "; ".join(where)
        )


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _write_checks(path: Path, records: Sequence[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(check_rows(records))


def _note(pack: Mapping[str, Any], left_out: Sequence[str]) -> str:
    template = (files(__package__) / "method_note.md").read_text(encoding="utf-8")
    records = pack["records"]
    counts = [f"- {HEADS[part]}: {n} records" for part, n in count_by_part(records).items()]
    by_act = Counter(act for record in records for act in record["acts"])
    counts += [f"  - {label('sdg_act', act)}: {n}" for act, n in sorted(by_act.items())]
    checked = sum(record["check"] == "checked" for record in records)
    return template.format(
        status=STATUS,
        invented=INVENTED if pack["is_invented"] else "",
        day=pack["made_on"],
        build=pack["build"],
        counts="\n".join(counts),
        checked=f"It holds for {checked} of {len(records)} records.",
        left_out="".join(
            f"- {title}: shared in confidence, so none of its rows is here.\n" for title in left_out
        ),
        lists="\n".join(
            f"- {x['title']}: {x['definition']} {x['coverage']} ({x['citation']})"
            for x in pack["lists"]
        ),
    )


def make_workbook(
    records: Sequence[Mapping[str, Any]],
    lists: Sequence[Mapping[str, str]],
    is_invented: bool,
) -> Any:
    """Make the workbook: sheets with the status, the records, the lists, and the checks to fill in."""
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook()
    first = book.active
    first.title = "Status"
    first.append([f"SDG indicator 16.10.1: {STATUS}"])
    first.append(
        ["The value of the indicator is computed by its custodian from verified cases only."]
    )
    if is_invented:
        first.append(["Demonstration: every person and case is invented."])
    for part, n in count_by_part(records).items():
        first.append([HEADS[part], n])
    sheet = book.create_sheet("Candidate records")
    sheet.append(
        [*OF_RECORD, *(f"{fact}{end}" for fact in FACTS for end in ("", "_state", "_check"))]
    )
    for record in records:
        sheet.append([*(_cell(record[key]) for key in OF_RECORD), *_fact_cells(record["facts"])])
    sheet.freeze_panes = "B2"
    about = book.create_sheet("Lists")
    about.append(list(lists[0]))
    for one in lists:
        about.append(list(one.values()))
    checks = book.create_sheet("Checks")
    for row in check_rows(records):
        checks.append(list(row))
    return book


def _fact_cells(facts: Mapping[str, Any]) -> list[str]:
    cells: list[str] = []
    for fact in FACTS:
        check = facts[fact]["check"]
        told = (
            f"{check['sources']} sources, {'independent' if check['independent'] else 'not independent'}"
            if check
            else ""
        )
        cells += [_cell(facts[fact]["values"]), facts[fact]["state"], told]
    return cells


def _cell(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)


def check_rows(records: Iterable[Mapping[str, Any]]) -> Iterable[Sequence[str]]:
    """Rows of the sheet to fill in: the column names, then one row for each needed fact of each record."""
    yield CHECK_COLUMNS
    for record in records:
        for fact in vocabulary("sdg_check")["needed"]:
            yield record["record_id"], fact, "", "", "", ""


def count_by_part(records: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Number of records in each part of a pack, in the order of the parts."""
    counted = Counter(record["part"] for record in records)
    return {part: counted[part] for part in PARTS}
