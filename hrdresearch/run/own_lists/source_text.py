"""Writes the source.yml of a list from what was proposed, with comments that say what is a guess."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from hrdresearch.run.errors import RunError
from hrdresearch.run.files import replace_text
from hrdresearch.run.own_lists.prompts import language_of, owner_part, told
from hrdresearch.run.own_lists.proposals import (
    GUESS,
    LEFT_OUT,
    SURE,
    ListLook,
    Proposal,
    look_at_list,
)
from hrdresearch.run.own_lists.releases import empty_releases
from hrdresearch.run.own_lists.values import Crosswalk
from hrdresearch.sources.own_folder import BY_WORDS, SLUG, TEMPLATES, own_folder
from hrdresearch.sources.reads_declared import OPEN, fields_of
from hrdresearch.vocab import codes as codes_of
from hrdresearch.vocab import label, vocabulary

OWN_DIVISIONS = (
    "The program does not know the divisions of this State: these are the list's own words. Write one",
    "spelling for each, and take out what is no division.",
)
AS_YOU_SAID = "as you said"
GUESSED = "GUESS:"
STATUS = "list_status"  # a row whose value has no code there is set aside
MOST_VALUES = 60  # without a code, that are written down
WIDTH = 104  # letters of a line of comment
OTHER_VALUES = """\
# Values that do not stand above, most of them in one row alone, are read by the words of the vocabulary:
# 'source check --show' shows them. To say otherwise, write a value above with its code, or "?" for none."""
COLUMNS = ["column", "field", "sure", "why", "order", "calendar", "split", "unit"]
OWNER = """\
# The list is restricted: only rounded counts of its plan leave. If its owner publishes it with the names,
# docs/how-to/own-list.md (4) says what has to be written and stated first.
"""


def propose_columns(
    file: str | Path,
    table: str = "",
    opener: Callable[[Path], bytes] = Path.read_bytes,
    encoding: str = "",
) -> pd.DataFrame:
    """What each column of a list may be, a row for each column, for a researcher to change.

    file: CSV, XLSX or JSON. table: "cases" (killings), "detentions" or "" (the columns decide). The frame has
    ``column`` (heading), ``field`` (of vocabulary list_fields; empty: left out), ``sure``, ``why``, ``order``
    (dmy, mdy, ymd), ``calendar``, ``split`` and ``unit``; "?" is a question for you. No cell of the list is
    in it. encoding: of a text that is not UTF-8. Give the changed frame to ``write_source``. Raises
    SourceError for a file that is no list.
    """
    look = look_at_list(Path(file), table, opener, encoding)
    rows = [
        [p.column, p.field, p.sure, p.why, *(str(p.how.get(k, "")) for k in COLUMNS[4:])]
        for p in look.proposals
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def write_source(
    file: str | Path,
    slug: str,
    frame: pd.DataFrame | None = None,
    table: str = "",
    state: str = "",
    opener: Callable[[Path], bytes] = Path.read_bytes,
    encoding: str = "",
) -> Path:
    """Write ``<folder of own sources>/<slug>/source.yml`` and return its path.

    frame: as ``propose_columns`` gives it, changed or not; without it all is as proposed. state: ISO3 code
    of the State where no column holds it. Raises RunError for a source that exists, or a slug of other signs.
    """
    look = look_at_list(Path(file), table, opener, encoding)
    if frame is not None:
        look = with_changes(look, frame)
    if state:
        look = replace(look, state=state, state_why=AS_YOU_SAID)
    return write_look(look, slug)


def write_look(look: ListLook, slug: str, is_replaced: bool = False, language: str = "") -> Path:
    """Write the source.yml of a list; see ``write_source``."""
    if not SLUG.fullmatch(slug):
        raise RunError(
            f"A list is called by small letters, digits and hyphens (my-list), not {slug!r}"
        )
    path = own_folder() / slug / "source.yml"
    if path.exists() and not is_replaced:
        raise RunError(
            f"{path} exists. Change it, or take another name, or say --replace to lose it"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_text(path, source_text(look, slug, language))
    return path


def with_changes(look: ListLook, frame: pd.DataFrame) -> ListLook:
    """The look with what a researcher changed in the frame of proposals."""
    rows: Any = frame.fillna("").astype(str).set_index("column").to_dict("index")
    return look.with_proposals([_changed(p, rows[p.column], look.table) for p in look.proposals])


def _changed(p: Proposal, row: Mapping[str, Any], table: str) -> Proposal:
    how = {k: row[k] for k in COLUMNS[4:] if row.get(k)}
    if row["field"] == p.field and all(
        str(p.how.get(k, "")) == row.get(k, "") for k in COLUMNS[4:]
    ):
        return p
    if row["field"] and row["field"] not in fields_of(table):
        raise RunError(f"{row['field']!r} is none of {', '.join(fields_of(table))}")
    if not row["field"]:
        return replace(p, field="", how={}, sure=LEFT_OUT, why=AS_YOU_SAID)
    return replace(
        p, field=row["field"], how={"column": p.column, **how}, sure=SURE, why=AS_YOU_SAID
    )


def source_text(look: ListLook, slug: str, language: str = "") -> str:
    """Text of the source.yml of a list. language: of its explanations; default that of the headings."""
    language = language or language_of(p.column for p in look.proposals)
    lines = [
        *told("head", language, slug=slug).splitlines(),
        f"like: {TEMPLATES[look.table]}  # {_table_words(look)}",
        f"title: {quoted(look.said.get('title') or slug.replace('-', ' ').capitalize())}"
        "  # what the report calls the list",
        *owner_part(language, look.said),
        *OWNER.splitlines(),
        "layouts:",
        "  list:",
        f"    title: {quoted(f'{slug} ({look.kind.upper()})')}",
        f"    kinds: [{', '.join(_kinds(look.kind))}]",
        *([f"    sheet: {look.sheet}"] if look.sheet > 1 or look.other_sheets else []),
        *([f"    header: [{', '.join(map(str, look.header))}]"] if look.header != (1,) else []),
        *(
            [f"    case: {quoted(look.case)}  # GUESS: rows of one case are joined"]
            if look.case
            else []
        ),
        *(
            [f"    facts: {{delimiter: {quoted(look.delimiter)}}}"]
            if look.delimiter.strip(",")
            else []
        ),
        *([f"    encoding: {look.encoding}"] if look.encoding not in ("", "utf-8") else []),
        "    reads:",
        *_reads(look, language),
        *_left_out(look),
        *_crosswalks(look.crosswalks_written),
        *_other_values(look.crosswalks_written),
    ]
    return "\n".join(lines) + "\n"


def _table_words(look: ListLook) -> str:
    taken = {
        "cases": "persons killed",
        "detentions": "persons who are or were detained",
        "attacks": "attacks of every kind; it holds living persons at risk, so keep it sealed",
    }
    others = {"cases": "killings", "detentions": "detentions", "attacks": "attacks"}
    other = " or ".join(words for table, words in others.items() if table != look.table)
    return f"a list of {taken[look.table]}. Is it one of {other}? source new --table"


def _kinds(kind: str) -> list[str]:
    return ["csv", "xlsx"] if kind in ("csv", "xlsx") else [kind]


def _reads(look: ListLook, language: str) -> list[str]:
    by_field: dict[str, list[Proposal]] = {}
    for p in look.proposals:
        if p.field:
            by_field.setdefault(p.field, []).append(p)
    lines = []
    for field in fields_of(look.table):
        if field in by_field:
            several = by_field[field]
            said = dict.fromkeys(p.why for p in several if p.sure == GUESS)
            lines += [f"      # {GUESSED} {why}" for why in said]
            line = f"{field}: {_flow(_how(several))}"
            if field == "release_date" and (found := empty_releases(look)).empty:
                held = f"{field}: {_flow({**_how(several), 'empty': 'held'})}"
                asked = told("open_empty", language, n=found.empty, of=found.rows, line="|")
                before, after = asked.split("|")
                lines += [*_comment_lines(before), f"      # {held}", *_comment_lines(after)]
            lines.append(f"      {line}")
    start = by_field.get("arrest_date", [])
    if start and "part" in start[0].how and "release_date" not in by_field:
        lines.append("      # GUESS: the second date of the cell is the day of release")
        lines.append(f"      release_date: {_flow({**_how(start), 'part': 2})}")
    if not look.has_state:
        mark = (
            'A question: write the ISO3 code of the State in place of "?".'
            if look.state == OPEN
            else ""
            if look.state_why == AS_YOU_SAID
            else GUESSED
        )
        lines += [
            *([f"      # {mark} {look.state_why}"] if mark else []),
            f"      state: {{value: {quoted(look.state)}}}",
        ]
    return lines


def _comment_lines(words: str) -> list[str]:
    wrapped = textwrap.wrap(words, WIDTH, break_long_words=False, break_on_hyphens=False)
    return [f"      # {line}" for line in wrapped]


def _how(several: list[Proposal]) -> dict[str, Any]:
    if "yes_in" in several[0].how:
        return {"yes_in": {p.column: p.how["yes_in"] for p in several}}
    rest = {k: v for p in reversed(several) for k, v in p.how.items() if k != "column"}
    columns = [p.column for p in several]
    return {**({"column": columns[0]} if len(columns) == 1 else {"columns": columns}), **rest}


def _left_out(look: ListLook) -> list[str]:
    left = [p for p in look.proposals if not p.field]
    if not left:
        return []
    return ["    left_out:", *(f"      - {quoted(p.column)}  # {p.why}" for p in left)]


def _crosswalks(crosswalks: Mapping[str, Crosswalk]) -> list[str]:
    if not any(c.sure or c.guessed or c.without for c in crosswalks.values()):
        return []
    lines = ["# Values of the list and their codes; several codes of one value as [a, b]."]
    lines.append("crosswalks:")
    for name, c in crosswalks.items():
        if not (c.sure or c.guessed or c.without):
            lines.append(f"  {name}: {{}}")
        else:
            lines.append(f"  {name}:")
        if name == "admin1" and c.sure:
            lines += [f"    # {line}" for line in OWN_DIVISIONS]
        for found, mark in ((c.sure, ""), (c.guessed, "GUESS")):
            lines += [
                f"    {quoted(v)}: {_codes(codes)}{_comment(mark, _meaning(name, codes))}"
                for v, codes in found.items()
            ]
        without = list(c.without.items())
        if without and name == STATUS:
            lines.append(f"    # of {sum(c.without.values())} rows the value has no code:")
        if without or c.once:
            lines += allowed_codes(name)
        lines += [
            f'    {quoted(v)}: "{OPEN}"  # {f"{n} rows have " if n > 1 else ""}no code'
            for v, n in without[:MOST_VALUES]
        ]
        if len(without) > MOST_VALUES:
            lines.append(f"    # and {len(without) - MOST_VALUES} values more")
        if c.once:
            lines.append(
                f"    # {_once(c.once)} not written here: 'source check' names the rows "
                "of those without a code"
            )
    return lines


def _other_values(crosswalks: Mapping[str, Crosswalk]) -> list[str]:
    """Lines that have values of one row, which are not written here, read by their words at each build."""
    of = {name: c for name, c in crosswalks.items() if name != "admin1"}
    lines = [
        f"  {name}: {BY_WORDS}{_comment('GUESS', f'{c.by_part} values') if c.by_part else ''}"
        for name, c in of.items()
    ]
    return [*OTHER_VALUES.splitlines(), "other_values:", *lines] if lines else []


def allowed_codes(name: str) -> list[str]:
    """Comments with the codes that a value may have, each in plain words; none of divisions."""
    if name == "admin1":
        return []
    told = ", ".join(codes_in_words(name))
    where = f"Its codes (data dictionary, '{vocabulary(name)['title']}'): {told}"
    lines = textwrap.wrap(where, WIDTH, break_long_words=False, break_on_hyphens=False)
    return [f"    # {line}" for line in lines]


def codes_in_words(name: str) -> list[str]:
    """Codes of a vocabulary, each with its label in brackets where that is more than its words."""
    return [f"{code}{_in_brackets(_meaning(name, (code,)))}" for code in codes_of(name)]


def _in_brackets(words: str) -> str:
    return f" ({words})" if words else ""


def _once(values: int) -> str:
    if values == 1:
        return "1 value of one row, or one that may be a name, is"
    return f"{values} values of one row each, or that may be names, are"


def _comment(*parts: str) -> str:
    told = ": ".join(filter(None, parts))
    return f"  # {told}" if told else ""


def _meaning(name: str, found: Sequence[str]) -> str:
    """What codes stand for, where that is more than their words ("escaped" is also "exchanged")."""
    if name == "admin1":
        return ""
    labels = [label(name, code) for code in found]
    alike = [
        said.casefold() == code.replace("_", " ") for said, code in zip(labels, found, strict=True)
    ]
    return "" if all(alike) else "; ".join(labels)


def _codes(found: tuple[str, ...]) -> str:
    written = [quoted(code) for code in found]
    return written[0] if len(written) == 1 else f"[{', '.join(written)}]"


def _flow(how: Mapping[str, Any]) -> str:
    parts = []
    for key, value in how.items():
        if isinstance(value, Mapping):
            text = "{" + ", ".join(f"{quoted(k)}: {quoted(v)}" for k, v in value.items()) + "}"
        elif isinstance(value, list):
            text = "[" + ", ".join(map(quoted, value)) + "]"
        else:
            text = quoted(value)
        parts.append(f"{key}: {text}")
    return "{" + ", ".join(parts) + "}"


def quoted(text: Any) -> str:
    """A text as YAML writes it: bare where it is a plain word, else between quotes."""
    words = str(text)
    if re.fullmatch(r"[^\W\d_][\w-]*(?: [\w-]+)*", words) and yaml.safe_load(words) == words:
        return words
    dumped: str = yaml.safe_dump(words, allow_unicode=True, default_style='"', width=10**6).strip()
    return dumped
