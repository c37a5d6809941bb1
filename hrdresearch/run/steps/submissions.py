"""Inputs to calls: replaces submitters and inputs by pseudonyms, removes names, and settles codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.coding.coders import Pair, coders_apart, settle_codes, state_of_texts
from hrdresearch.privacy.build_names_index import NameEntry
from hrdresearch.privacy.keys import Key, pseudonym
from hrdresearch.run.filled_sheets import read_kept_rows
from hrdresearch.run.steps import (
    Built,
    contributor_key,
    persons_sheet,
    published_names,
    record_digests,
)
from hrdresearch.sources import Loaded
from hrdresearch.tables import TABLES
from hrdresearch.tables.table import CODE_SEPARATOR

CODES_DECIDED, NAMES_DECIDED = "input_codes.csv", "input_names.csv"  # files of decisions
NOT_CODED = "not_assessed"
APART, TEXTS = "codes_apart", "texts_of_inputs"  # restricted sheets
INTAKE, CODINGS, CODEBOOK, ASKED = (
    *("submissions", "submission_codings", "codebook", "submission_requests"),
)


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:
    """Make the tables of inputs, codings, codebook and requests, and a sheet of coders' disagreements."""
    intake = _of_table(loaded, INTAKE)
    inputs = pd.concat([_inputs(x, key) for x in intake], ignore_index=True)
    codings, aside = _codings(_of_table(loaded, CODINGS), inputs, key)
    books = [x.accepted for x in _of_table(loaded, CODEBOOK)]
    codebook = pd.concat([*books, TABLES[CODEBOOK].empty()], ignore_index=True).drop_duplicates(
        "code"
    )
    decided = read_decided(decisions, CODES_DECIDED)
    settled = settle_codes(codings, decided, "submission_id", "coder_id")
    themes = dict(zip(codebook["code"], codebook["submission_theme_code"], strict=True))
    states = state_of_texts(settled, codings, "submission_id", "coder_id")
    coded = inputs.assign(
        submission_theme_codes=_themes(inputs["submission_id"], settled, themes, states),
        coding_state_code=[states.get(i, NOT_CODED) for i in inputs["submission_id"]],
    )
    own = dict(zip(inputs["submission_id"], inputs["record_id"], strict=True))
    asked = [x.accepted for x in _of_table(loaded, ASKED)]
    tables = {
        INTAKE: coded,
        CODINGS: codings,
        CODEBOOK: codebook,
        ASKED: pd.concat([*asked, TABLES[ASKED].empty()], ignore_index=True),
    }
    apart = coders_apart(settled, codings, "submission_id").rename(
        columns={"text": "submission_id"}
    )
    return Built(
        tables={name: rows[TABLES[name].columns] for name, rows in tables.items()},
        names=[*_names(inputs), *_withheld(read_decided(decisions, NAMES_DECIDED))],
        restricted={
            "persons": persons_sheet(
                inputs["submitter_id"], published_names(intake), key, record_digests(intake, key)
            ).drop_duplicates(),
            APART: apart.assign(input=apart["submission_id"].map(own)),
            TEXTS: inputs[["submission_id", "record_id", "source", "source_row", "text_file"]],
        },
        files={x.facts.slug: x.path.name for x in loaded},
        set_aside=aside,
    )


def read_decided(decisions: Path, name: str) -> dict[Pair, bool]:
    """Read decisions on codes or names of inputs: (input, code or name) -> whether it is right.

    The last decision on each counts; ``open`` takes earlier decisions back.
    """
    last = {
        (r["submission_id"], r["value"]): r["decision"] for r in read_kept_rows(decisions / name)
    }
    return {pair: decision == "yes" for pair, decision in last.items() if decision != "open"}


def _withheld(decided: Mapping[Pair, bool]) -> list[NameEntry]:
    """Entries of the names index for names in texts that a person decided to withhold."""
    names = sorted({name for (_, name), holds in decided.items() if holds and name})
    return [NameEntry(name, is_public=False) for name in names]


def _of_table(loaded: Sequence[Loaded], table: str) -> list[Loaded]:
    return [x for x in loaded if x.facts.table == table]


def _inputs(loaded: Loaded, key: Key) -> pd.DataFrame:
    """Inputs of one list with pseudonyms; spellings of one submitter get the same pseudonym."""
    rows, slug = loaded.accepted, loaded.facts.slug
    who = [
        pseudonym(key, slug, "submitter", contributor_key(name) or f"input {record}")
        for name, record in zip(rows["submitter"], rows["record_id"], strict=True)
    ]
    inputs = [pseudonym(key, slug, "input", record) for record in rows["record_id"]]
    return _named_alike(rows.assign(submitter_id=who, submission_id=inputs))


def _named_alike(rows: pd.DataFrame) -> pd.DataFrame:
    """Give all inputs of a submitter the same basis for the name; a "no" in any row cancels the consent."""
    refused = set(rows.loc[rows["name_consent"] == "no", "submitter_id"])
    is_held = rows["name_basis_code"].eq("un_publication") | (
        rows["name_basis_code"].eq("consent") & ~rows["submitter_id"].isin(refused)
    )
    first = rows[is_held].drop_duplicates("submitter_id").set_index("submitter_id")
    alike = {
        column: [first[column].get(one, without) for one in rows["submitter_id"]]
        for column, without in (("public_name", ""), ("un_symbol", ""), ("name_basis_code", "none"))
    }
    return rows.assign(**alike)


def _names(inputs: pd.DataFrame) -> list[NameEntry]:
    """Entries of the names index: persons in all forms of the name, organizations only as a whole."""
    columns = ["name_as_published", "name_is_person", "public_name"]
    return [
        NameEntry(name, permitted=public or None, is_public=False, only_whole=not is_person)
        for name, is_person, public in inputs[columns].drop_duplicates().to_numpy()
        if name
    ]


def _codings(
    loaded: Sequence[Loaded], inputs: pd.DataFrame, key: Key
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Codings of the inputs, and rows set aside because their input is unknown, or not unique."""
    times = Counter(inputs["record_id"])
    by_id = inputs.set_index("record_id")[["submission_id", "submitter_id"]]
    kept, aside = [], []
    for x in loaded:
        known = x.accepted["record_id"].map(times).eq(1)
        left = x.accepted.loc[~known, "source_row"]
        reason = "No input of the intake sheet has this identifier, or two have it."
        aside.append(pd.DataFrame({"file": x.path.name, "row": left, "reason": reason}))
        rows = x.accepted[known].merge(by_id, left_on="record_id", right_index=True)
        kept.append(rows.assign(coder_id=[pseudonym(key, "coder", c) for c in rows["coder"]]))
    empty = pd.DataFrame(columns=["file", "row", "reason"])
    return (
        pd.concat([*kept, TABLES[CODINGS].empty()], ignore_index=True)[TABLES[CODINGS].columns],
        pd.concat([*aside, empty], ignore_index=True),
    )


def _themes(
    inputs: pd.Series, settled: pd.DataFrame, themes: Mapping[str, str], states: Mapping[str, str]
) -> list[str]:
    """Themes of each input, from its settled codes; ``none_of_these`` if no code belongs to a theme."""
    found: dict[str, dict[str, None]] = {}
    for text, code in settled.loc[settled["holds"], ["text", "code"]].to_numpy():
        if (theme := themes.get(code, NOT_CODED)) != NOT_CODED:
            found.setdefault(text, {})[theme] = None
    none = {one: "none_of_these" if states.get(one) else NOT_CODED for one in inputs}
    return [CODE_SEPARATOR.join(found.get(one, ())) or none[one] for one in inputs]
