"""Review of rows that were read from texts on attacks: a person accepts, changes or refuses each row.

``write_proposals`` writes a page and a spreadsheet. Both hold the texts, may name persons at risk and are
restricted; they are in the opened vault, or without one in the work folder. ``accept_rows`` reads the
filled spreadsheet, or the file that the page saves, and writes the accepted rows as a list of the source
``accepted-incidents``: one row for each victim, without texts and names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from hrdresearch.coding.narratives import FIELDS, SEPARATOR, ProposedRow, propose_rows
from hrdresearch.privacy.keys import Key, pseudonym, study_key
from hrdresearch.privacy.vault_session import copy_in_memory
from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import (
    no_formula,
    read_filled_sheet,
    read_kept_rows,
    table_text,
    write_private,
)
from hrdresearch.run.incident_texts import IncidentText
from hrdresearch.run.reviews.incident_page import proposals_page
from hrdresearch.run.sealed_lists import refuse_on_disk
from hrdresearch.vocab import codes
from hrdresearch.vocab.states import all_codes

FOLDER, SHEET, PAGE, ACCEPTED = "read", "proposals.csv", "proposals.html", "accepted.csv"
DECISIONS = ("accept", "change", "refuse", "")
COLUMNS = ("incident_id", *FIELDS, "decision")
SHOWN = ("file", "row", "published", *COLUMNS, "evidence", "text")
KEPT = ("case_id", "incident_id", *FIELDS, "name")  # a name is only added by hand, if it is allowed
MOST_VICTIMS = 1000
_DATE = re.compile(r"(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?")


def write_proposals(texts: Iterable[IncidentText], work: Path) -> tuple[Path, Path, int]:
    """Propose rows for texts and write them; returns page, spreadsheet and number of rows."""
    key = study_key(FOLDER)  # keyed, so that a person with a text cannot compute the id of its row
    given = list(texts)
    proposed = propose_rows([(text.text, text.published) for text in given])
    rows = [_as_row(text, row, key) for text, row in zip(given, proposed, strict=True)]
    if not rows:
        raise RunError("These files hold no text: check the files, or the column named by --column")
    page, sheet = _place(work, PAGE), _place(work, SHEET)
    write_private(page, proposals_page(rows).encode())
    safe = [{c: no_formula(r[c]) for c in SHOWN} for r in rows]
    write_private(sheet, table_text(SHOWN, safe).encode())
    return page, sheet, len(rows)


def accept_rows(filled: Path, work: Path) -> tuple[Path, int, int]:
    """Keep the accepted rows of a filled sheet or page; returns the list, number of texts, number of rows.

    A later decision on a text replaces an earlier one. RunError names a wrong row.
    """
    sheet = read_filled_sheet(filled, COLUMNS, "the sheet of proposals")
    decided = [{c: str(r[c]).strip() for c in COLUMNS} for r in sheet.to_dict("records")]
    for number, row in enumerate(decided, start=2):
        _check(row, f"{filled.name}, row {number}")
    file = _place(work, ACCEPTED)
    new = {row["incident_id"] for row in decided if row["decision"]}
    kept = [row for row in read_kept_rows(file) if row["incident_id"] not in new]
    taken = [row for row in decided if row["decision"] in ("accept", "change")]
    rows = [*kept, *(victim for row in taken for victim in _victims(row))]
    write_private(file, table_text(KEPT, rows).encode())
    return file, len({row["incident_id"] for row in rows}), len(rows)


def _as_row(text: IncidentText, row: ProposedRow, key: Key) -> dict[str, str]:
    evidence = [
        {"field": e.field, "value": e.value, "at": [e.start, e.end], "sentence": e.sentence}
        | {"rule": e.rule}
        for e in row.evidence
    ]
    return {
        "incident_id": pseudonym(key, text.text),
        "file": text.file,
        "row": text.row,
        "published": text.published,
        **row.values,
        "decision": "",
        "evidence": json.dumps(evidence, ensure_ascii=False),
        "text": text.text,
    }


def _victims(row: dict[str, str]) -> Iterator[dict[str, str]]:
    """One row for each victim; one row if the number of victims is not known."""
    for number in range(1, int(row["number_of_victims"] or 1) + 1):
        yield {**row, "name": "", "case_id": f"{row['incident_id']}-{number}"}


def _check(row: dict[str, str], where: str) -> None:
    """RunError if a decided row holds a value that is not allowed."""
    if row["decision"] not in DECISIONS:
        raise RunError(f"{where}: decision must be accept, change, refuse or empty")
    if row["decision"] not in ("accept", "change"):
        return
    known = {
        "state_iso3": all_codes(),
        "perpetrator_kind": codes("perpetrator"),
        "acts": codes("incident_act"),
        **{f"{k}s": _parts(k) for k in ("violation", "victim")},
        "perpetrator": _parts("perpetrator"),
    }
    for field, allowed in known.items():
        if set(filter(None, row[field].split(SEPARATOR))) - set(allowed):
            raise RunError(f"{where}: {field} holds a code that does not exist")
    if not _DATE.fullmatch(row["date"]):
        raise RunError(f"{where}: write the date as 2021-02-26, 2021-02 or 2021, or leave it empty")
    number = row["number_of_victims"] or "1"
    if not number.isdecimal() or not 1 <= int(number) <= MOST_VICTIMS:
        raise RunError(f"{where}: number_of_victims must be 1 to {MOST_VICTIMS}, or empty")


def _parts(kind: str) -> Sequence[str]:
    found = (code.partition(".") for code in codes("incident"))
    return [part for name, _, part in found if name == kind]


def _place(work: Path, name: str) -> Path:
    """Path of a restricted file: in the opened vault, or without one in the work folder.

    VaultProblem if the killings of the work folder are sealed and the vault is not open.
    """
    file = work / FOLDER / name
    file = copy_in_memory(file) or file
    refuse_on_disk(work / "killings", file)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return file
