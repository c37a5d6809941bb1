"""Review of inputs: codes that coders disagree on, and codes and names proposed from the texts.

The queue shows the texts, because they are needed for the decision, and is restricted. Decisions are kept
in ``decisions/input_codes.csv`` and ``input_names.csv``; the last decision on an item counts, and earlier
ones stay as a record. If a queue has a fault, nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hrdresearch.coding.disagreements import REASON_COLUMN
from hrdresearch.coding.proposed_codes import ProposedCode, phrases_of, propose_codes
from hrdresearch.names.identifiers import likely_identifiers
from hrdresearch.privacy.keys import Key, pseudonym, study_key
from hrdresearch.privacy.names_index import NamesIndex
from hrdresearch.privacy.release_key import DESK
from hrdresearch.run.build_files import read_names_index
from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import (
    no_formula,
    read_filled_sheet,
    read_kept_rows,
    table_text,
    write_kept,
    write_private,
)
from hrdresearch.run.input_texts import InputText, read_input_texts, restricted_rows
from hrdresearch.run.reviews.input_page import PAGE_COLUMNS, inputs_page
from hrdresearch.run.steps.submissions import APART, CODES_DECIDED, NAMES_DECIDED, read_decided
from hrdresearch.studies.ground.build import Build
from hrdresearch.text.persons import names_in_texts, person_model

SHOWN = (*PAGE_COLUMNS, "input", "question", "reason", "text")
KEPT = ("submission_id", "value", "decision", "by", "why", "at")
FILES = {"code": CODES_DECIDED, "name": NAMES_DECIDED}
WORDS = ("yes", "no", "open", "")
READ = "read by the English model of spaCy, which misses some names"
NOT_COVERED = "not covered: there is no model of names for this language"
Item = dict[str, str]


def export(build: Build, file: Path, most: int) -> int:
    """Write the open items: disagreements of coders, then proposed codes, then proposed names.

    file: ``.html`` for a page in the browser, otherwise a CSV spreadsheet. Returns how many.
    """
    key, home = study_key(build.study), build.folder.parent / "decisions"
    decided = {kind: set(read_decided(home, name)) for kind, name in FILES.items()}
    items = [
        {**item, "item_id": _item_id(key, item), "by": "", "why": "", "decision": ""}
        for item in _waiting(build)
        if (item["submission_id"], item["value"]) not in decided[item["kind"]]
    ][:most]
    if file.suffix.lower() == ".html":
        write_private(file, inputs_page(items).encode())
    else:
        rows = [{column: no_formula(item[column]) for column in SHOWN} for item in items]
        write_private(file, table_text(SHOWN, rows).encode())
    return len(items)


def feed(file: Path, decisions: Path) -> int:
    """Keep the decisions of a filled queue; returns how many.

    RunError names a wrong row; nothing is kept then.
    """
    key, now = study_key(decisions.parent.name), datetime.now(UTC).isoformat(timespec="seconds")
    sheet = read_filled_sheet(file, PAGE_COLUMNS, "the queue")
    rows = [
        {c: str(r[c]).strip().removeprefix("'") for c in PAGE_COLUMNS}
        for r in sheet.to_dict("records")
    ]
    for number, row in enumerate(rows, start=2):
        _check(row, key, f"{file.name}, row {number}")
    given = [kept for row in rows if row["decision"] for kept in _kept_rows(row, now)]
    for kind, name in FILES.items():
        if own := [row for row in given if row["kind"] == kind]:
            kept = [*read_kept_rows(decisions / name), *own]
            write_kept(decisions / name, table_text(KEPT, kept), decisions.parent)
    return sum(1 for row in rows if row["decision"])


def _waiting(build: Build) -> Iterator[Item]:
    """Items of the queue: kind, input, value, question, reason and text."""
    book = {str(entry["code"]): entry for entry in build.table("codebook").to_dict("records")}
    codings = build.table("submission_codings")
    given = set(codings[["submission_id", "code"]].itertuples(index=False, name=None))
    texts = {text.submission_id: text for text in read_input_texts(build)}
    questions = {code: _question(entry) for code, entry in book.items()}
    for row in restricted_rows(build, APART).to_dict("records"):
        parts = [p for p in row["segments"].split(", ") if p]
        text = texts.get(row["submission_id"])
        yield {
            **_code_item(row["submission_id"], row["input"], row["code"], questions),
            "reason": f"{row[REASON_COLUMN]}; part {', '.join(parts) or 'not noted'}",
            "text": _parts(text, parts) if text else "",
        }
    phrases = phrases_of({code: str(entry["phrases"]) for code, entry in book.items()})
    for text in texts.values():
        yield from _proposed(text, phrases, given, questions)
    for text in texts.values():
        yield from _names(text, read_names_index(build.folder))


def _code_item(submission_id: str, own: str, code: str, questions: Mapping[str, str]) -> Item:
    question = questions.get(code, f"{code}: a code that is not in the codebook")
    return {
        "kind": "code", "submission_id": submission_id, "input": own, "value": code, "written": "",
        "question": question,
    }  # fmt: skip


def _question(entry: Mapping[Hashable, Any]) -> str:
    """A code in words: label, definition, when to use it and when not."""
    lines = (
        f"{entry['label']}: {entry['definition']}.",
        f"Use: {entry['use_when']}." if entry["use_when"] else "",
        f"Not: {entry['not_when']}." if entry["not_when"] else "",
    )
    return " ".join(filter(None, lines))


def _proposed(
    text: InputText,
    phrases: Mapping[str, list[str]],
    given: Collection[tuple[str, str]],
    questions: Mapping[str, str],
) -> Iterator[Item]:
    """Codes that phrases propose and no coder gave: one item for each code, with all its evidence."""
    found: dict[str, list[ProposedCode]] = {}
    for one in propose_codes(text.paragraphs, phrases, text.language):
        found.setdefault(one.code, []).append(one)
    for code, evidence in found.items():
        if (text.submission_id, code) not in given:
            words = [
                f"“{one.words}” in part {one.segment}{' (denied there)' if one.is_denied else ''}"
                for one in evidence
            ]
            yield {
                **_code_item(text.submission_id, text.record_id, code, questions),
                "reason": f"proposed by {'; '.join(words)}",
                "text": _parts(text, [str(one.segment) for one in evidence]),
            }


def _names(text: InputText, index: NamesIndex | None) -> Iterator[Item]:
    """Names that a model found in a text and the build does not know; then the text, to find other names."""
    model = person_model(text.language)
    listed = list(names_in_texts(text.paragraphs, model)) if model else []
    shared = {
        "kind": "name", "submission_id": text.submission_id, "input": text.record_id, "written": "",
    }  # fmt: skip
    seen: set[str] = set()
    for paragraph, names in zip(text.paragraphs, listed, strict=False):
        for name in names:
            if name not in seen and not (index and index.find(name)):
                seen.add(name)
                yield {
                    **shared,
                    "value": name,
                    "question": "Is this a name to be withheld?",
                    "reason": "found by the English model of spaCy",
                    "text": paragraph,
                }
    marks = sum(1 for paragraph in text.paragraphs for _ in likely_identifiers(paragraph))
    yield {
        **shared,
        "value": "",
        "question": "Which names in this text are to be withheld? Write them, separated by ;",
        "reason": f"{READ if model else NOT_COVERED}. Telephone numbers, addresses and accounts, which are "
        f"always withheld from quotes: {marks}",
        "text": _parts(text, [str(n) for n in range(1, len(text.paragraphs) + 1)]),
    }


def _parts(text: InputText, parts: Iterable[str]) -> str:
    """Paragraphs of a text by their numbers; unknown numbers are left out."""
    numbers = sorted(
        {int(p) for p in parts if p.isdecimal()} & set(range(1, len(text.paragraphs) + 1))
    )
    return "\n".join(f"{n}. {text.paragraphs[n - 1]}" for n in numbers)


def _item_id(key: Key, item: Mapping[str, str]) -> str:
    return pseudonym(key, "item", item["kind"], item["submission_id"], item["value"])


def _check(row: dict[str, str], key: Key, where: str) -> None:
    """RunError if the identifiers of a row were changed, or if its decision is not allowed."""
    row["decision"] = row["decision"].casefold()
    if row["item_id"] != _item_id(key, row):
        raise RunError(f"{where}: its identifiers do not belong together; export the queue again")
    if row["decision"] not in WORDS:
        raise RunError(
            f"{where}: decision must be yes, no, open (to take an earlier one back) or empty"
        )
    if row["decision"] and not DESK.fullmatch(row["by"]):
        raise RunError(
            f"{where}: write into by which desk decided, such as desk-4, never a person's name"
        )
    if row["written"] and (row["kind"] != "name" or row["decision"] != "yes"):
        raise RunError(
            f"{where}: names may be written only in a row on names with the decision yes"
        )


def _kept_rows(row: Mapping[str, str], now: str) -> list[Item]:
    """Rows to keep for a decision: the row itself, and one for each name written in it."""
    written = [name.strip() for name in row["written"].split(";") if name.strip()]
    own = {**row, "at": now}
    return [own, *({**own, "value": name} for name in written if name != row["value"])]
