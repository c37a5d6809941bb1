"""Imprisonment: codes sentences and charges, follows persons across censuses, and removes names.

It makes two tables whose rows are never added together: ``census`` (a person on a census day) and
``detentions`` (a detention with its dates). Uncertain matches of persons go to a restricted review sheet;
decisions on them are kept in ``decisions/same_person.csv`` and can be reversed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from hrdresearch.coding.bands import band_agreement, reconcile_with_band
from hrdresearch.coding.pretext import Pretext, code_charges, parts_without_code
from hrdresearch.coding.sentence import Sentence, parse_sentence, parse_sentences
from hrdresearch.linkage import FEW_DAYS, find_repeated_detentions
from hrdresearch.linkage.prisoners import (
    JOINED,
    charge_unit_keys,
    is_return,
    join_units,
    pairs_to_review,
    person_name_keys,
)
from hrdresearch.names.row_keys import row_keys
from hrdresearch.privacy.build_names_index import NameEntry
from hrdresearch.privacy.keys import Key, pseudonym
from hrdresearch.run.filled_sheets import last_decisions
from hrdresearch.run.steps import (
    Built,
    contributors_sheets,
    name_entries,
    persons_sheet,
    published_names,
    record_digests,
)
from hrdresearch.run.steps.detentions import detention_sheets, make_detention_table
from hrdresearch.run.unread_sentences import note_unread_texts
from hrdresearch.sources import Loaded, is_own
from hrdresearch.tables import TABLES
from hrdresearch.tables.census import CONFLICTS, OF_A_SENTENCE, UNSENTENCED

DECISIONS = "same_person.csv"
OF_A_READING = ["codes", "minimum_years", "maximum_years", "evidence"]  # columns of a coded text
REVIEW_COLUMNS = [
    "pair_id",
    "source",
    "state_iso3",
    "why",
    "score",
    "rows_a",
    "rows_b",
    "years_a",
    "years_b",
    "charges_a",
    "charges_b",
    "decision",
]


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:
    """Make the tables ``census``, ``detentions`` and ``opinions``, if given, and sheets to check."""
    census = [code_rows(x.accepted) for x in loaded if x.facts.table == "census"]
    spells = [x for x in loaded if x.facts.table == "detentions"]
    tables: dict[str, pd.DataFrame] = {}
    restricted: dict[str, pd.DataFrame] = {}
    if census:
        rows = pd.concat(census, ignore_index=True)
        decided = last_decisions(decisions / DECISIONS, "pair_id", "decision")
        tables["census"], restricted["same_person_review"] = make_census_table(rows, key, decided)
    registers = [x for x in loaded if x.facts.table == "opinions"]
    if registers:
        own = TABLES["opinions"].columns
        tables["opinions"] = pd.concat([x.accepted for x in registers], ignore_index=True)[own]
    doubles = {
        x.facts.slug: find_repeated_detentions(x.accepted, FEW_DAYS if is_own(x.facts.slug) else 0)
        for x in spells
    }
    if spells:
        restricted["possible_duplicates"] = pd.concat([*doubles.values()], ignore_index=True)
        together = pd.concat([code_rows(x.accepted) for x in spells], ignore_index=True)
        tables["detentions"] = make_detention_table(together, key)
        restricted |= contributors_sheets(spells, key)
        restricted |= detention_sheets(spells, code_rows, key)
    # The rows of each table are in the order of its lists.
    persons = {name: table for name, table in tables.items() if "person_id" in table}
    kinds = [[x for x in loaded if x.facts.table == table] for table in persons]
    restricted["persons"] = pd.concat(
        [
            persons_sheet(
                table["person_id"], published_names(own), key, record_digests(own, key)
            ).drop_duplicates()
            for own, table in zip(kinds, persons.values(), strict=True)
        ]
        or [persons_sheet(pd.Series(dtype="object"), pd.Series(dtype="object"), key)],
        ignore_index=True,
    )
    lists = [x for x in loaded if x.facts.table != "opinions"]
    restricted |= list_codings(lists)
    notes = {x.facts.slug: note_unread_texts(x.accepted) for x in lists}
    return Built(
        tables=tables,
        names=[*name_entries(lists), *_names_of_opinions(registers)],
        restricted=restricted,
        notes=notes,
        files={x.facts.slug: x.path.name for x in loaded},
        uncoded={x.facts.slug: charges_without_code(x) for x in lists if is_own(x.facts.slug)},
        lines=tuple(_may_be_one(slug, len(pairs)) for slug, pairs in doubles.items() if len(pairs)),
    )


def charges_without_code(loaded: Loaded) -> dict[str, int]:
    """Rows of a list of which one charge beside others has no code; empty for none."""
    charges = loaded.accepted[["charge_text", "state_iso3"]].itertuples(index=False, name=None)
    n = sum(bool(parts_without_code(text, state)) for text, state in charges)
    return {"pretext_codes": n} if n else {}


def _may_be_one(slug: str, pairs: int) -> str:
    return (
        f"Look: {slug}: {pairs} pair(s) of rows may be one detention told twice; all are counted. Their rows "
        "are listed in restricted/possible_duplicates.csv; delete duplicates in the list"
    )


def _names_of_opinions(registers: Sequence[Loaded]) -> list[NameEntry]:
    """Names on registers of opinions, published by the United Nations; a cell may hold several names."""
    cells = (cell for x in registers for cell in x.accepted["name_as_published"])
    names = dict.fromkeys(part.strip() for cell in cells for part in cell.split(";"))
    return [NameEntry(name, True, None, True) for name in names if name]


def code_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Code charges and sentences of rows from their texts; each distinct text is read once.

    If the source itself gives the kind of sentence (``sentence_kind_as_published``), its text is not read.
    """
    empty = pd.Series("", index=rows.index)
    columns = (rows["sentence_text"], rows.get("band_text", empty))
    given = rows.get("sentence_kind_as_published", empty)
    texts = list(zip(*columns, given, strict=True))
    unlike = list(dict.fromkeys(texts))
    parsed = parse_sentences(text for text, _, _ in unlike)
    sentences = {text: _sentence_in_force(s, *text) for s, text in zip(parsed, unlike, strict=True)}
    charges = list(zip(rows["charge_text"], rows["state_iso3"], strict=True))
    distinct = list(dict.fromkeys(charges))
    pretexts = {
        charge: "|".join(p.code for p in found) or "not_recorded"
        for charge, found in zip(distinct, code_charges(distinct), strict=True)
    }
    read = [sentences[text] for text in texts]
    return rows.assign(
        row_key=row_keys(rows),
        pretext_codes=[pretexts[charge] for charge in charges],
        sentence_kind_code=[s.kind for s in read],
        is_length_read=[s.is_length_read for s in read],
        sentence_min_years=pd.array([_float(s.minimum) for s in read], dtype="float64"),
        sentence_max_years=pd.array([_float(s.maximum) for s in read], dtype="float64"),
        bound_min_years=[s.bounds[0] for s in read],
        bound_max_years=[s.bounds[1] for s in read],
    )


def make_census_table(
    rows: pd.DataFrame, key: Key, decided: Mapping[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make the table ``census`` and the review sheet of matches, both without names.

    decided: pair -> decision of a person, "same" or "different".
    """
    names = person_name_keys(rows)
    units = charge_unit_keys(rows, names)
    pairs = pairs_to_review(rows, names, units)
    ids = [pseudonym(key, "pair", a, b) for a, b in zip(pairs["a"], pairs["b"], strict=True)]
    pairs = pairs.assign(pair_id=ids)
    decision = pd.Series([decided.get(i, "") for i in ids], index=pairs.index, dtype="object")
    joined = pairs[(decision == "same") | (pairs["why"].isin(JOINED) & (decision != "different"))]
    stands_for = join_units(list(units.unique()), list(zip(joined["a"], joined["b"], strict=True)))
    persons = units.map(stands_for)
    table = rows.assign(
        row_id=[pseudonym(key, s, r) for s, r in zip(rows["source"], rows["row_key"], strict=True)],
        name_id=names.map({n: pseudonym(key, "name", n) for n in names.unique()}),
        person_id=persons.map({p: pseudonym(key, "person", p) for p in persons.unique()}),
        censuses_of_name=rows.groupby(names)["census_year"].transform("nunique"),
        censuses_of_person=rows.groupby(persons)["census_year"].transform("nunique"),
        is_return=is_return(units, joined),
    )
    agreement = [
        band_agreement(parse_sentence(s), b) if s.strip() else ("not_compared", False)
        for s, b in zip(rows["sentence_text"], rows["band_text"], strict=True)
    ]
    kinds = table["sentence_kind_code"]
    is_unread = kinds.isin((*OF_A_SENTENCE, *CONFLICTS)) & ~table["is_length_read"]
    longest = table["bound_min_years"].groupby(names).transform("max")
    table = table.assign(
        band_agreement_code=[code for code, _ in agreement],
        is_band_same=[same_class for _, same_class in agreement],
        is_never_sentenced=kinds.isin(UNSENTENCED).groupby(persons).transform("all"),
        longest_min_years=longest.fillna(0.0).mask(is_unread.groupby(names).transform("any")),
    )
    return table[TABLES["census"].columns], _review_sheet(rows, units, pairs)


def list_codings(loaded: Sequence[Loaded]) -> dict[str, pd.DataFrame]:
    """Sheets on the coding of sentences and charges, for a person to check.

    ``coding``: each distinct text, its codes, and the words behind them. ``unread``: texts that no rule
    reads in full, or that name no charge. ``band_contradictions``: sentences against the publisher's class
    of length.
    """
    texts = [
        (x.facts.slug, row, kind, t, state if kind == "charge" else "")
        for x in loaded
        for kind in ("sentence", "charge")
        for row, t, state in zip(
            *(x.accepted[c] for c in ("source_row", f"{kind}_text", "state_iso3")), strict=True
        )
        if t.strip()
    ]
    frame = pd.DataFrame(texts, columns=["source", "row", "kind", "text", "state"])
    keys = list(zip(frame["kind"], frame["text"], frame["state"], strict=True))
    charges = list(dict.fromkeys((t, state) for kind, t, state in keys if kind == "charge"))
    sentences = list(dict.fromkeys(t for kind, t, _ in keys if kind == "sentence"))
    read = {
        **{
            ("charge", *charge): _of_charge(found)
            for charge, found in zip(charges, code_charges(charges), strict=True)
        },
        **{
            ("sentence", t, ""): (s.kind, _float(s.minimum), _float(s.maximum), s.evidence)
            for t, s in zip(sentences, parse_sentences(sentences), strict=True)
        },
    }
    readings = pd.DataFrame([read[key] for key in keys], frame.index, OF_A_READING)
    frame = frame.join(readings)
    distinct = frame.groupby(["source", "kind", "text", *OF_A_READING], sort=False, dropna=False)
    sheet = distinct["row"].agg(rows="size", first_row="min").reset_index()
    sheet = sheet[["source", "kind", "text", "rows", "first_row", *OF_A_READING]]
    in_part = {text for text, state in charges if parts_without_code(text, state)}
    is_in_part = sheet["kind"].eq("charge") & sheet["text"].isin(in_part)
    unread = sheet[sheet["codes"].isin(["unparsed", "other", ""]) | is_in_part]
    return {"coding": sheet, "unread": unread, "band_contradictions": _contradictions(loaded)}


def _of_charge(found: Sequence[Pretext]) -> tuple[str, float, float, str]:
    evidence = "; ".join(p.evidence for p in found)
    return "|".join(p.code for p in found), np.nan, np.nan, evidence


def _contradictions(loaded: Sequence[Loaded]) -> pd.DataFrame:
    """Rows whose sentence contradicts the publisher's own class of length."""
    rows = [
        (x.facts.slug, row, sentence, band)
        for x in loaded
        if "band_text" in x.accepted
        for row, sentence, band in zip(
            x.accepted["source_row"],
            x.accepted["sentence_text"],
            x.accepted["band_text"],
            strict=True,
        )
        if sentence.strip() and band_agreement(parse_sentence(sentence), band)[0] == "contradiction"
    ]
    return pd.DataFrame(rows, columns=["source", "row", "sentence", "class_of_the_publisher"])


def _review_sheet(rows: pd.DataFrame, units: pd.Series, pairs: pd.DataFrame) -> pd.DataFrame:
    """Pairs to review, with row numbers, years and charges; names are in the published file only."""
    by_unit = rows.assign(unit=units).groupby("unit")
    facts = {
        unit: (
            _listed(g["source_row"]),
            _listed(g.get("census_year", g["source_row"])),
            _listed(g["pretext_codes"]),
        )
        for unit, g in by_unit
        if unit in set(pairs["a"]) | set(pairs["b"])
    }
    sheet = pairs.assign(decision="")
    for n, name in enumerate(("rows", "years", "charges")):
        for side in "ab":
            sheet[f"{name}_{side}"] = [facts[unit][n] for unit in pairs[side]]
    return sheet[REVIEW_COLUMNS]


def _listed(cells: pd.Series) -> str:
    return ", ".join(str(c) for c in dict.fromkeys(cells))


def _sentence_in_force(read: Sentence, text: str, band: str, given: str) -> Sentence:
    """The sentence to use: the kind that the source gives, or the text read with the publisher's class."""
    if given:
        return Sentence(given, evidence=text)
    if text.strip():
        return reconcile_with_band(read, band)
    of_class = reconcile_with_band(Sentence("not_disclosed"), band)
    return replace(of_class, kind="not_recorded") if of_class.kind == "not_disclosed" else of_class


def _float(value: float | None) -> float:
    return np.nan if value is None else float(value)
