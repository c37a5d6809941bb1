"""A build links the persons of its public lists, and keeps pairs and persons without names."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.privacy.keys import Key
from hrdresearch.run import rows
from hrdresearch.run.errors import RunError
from hrdresearch.run.linked_persons import link_persons
from hrdresearch.run.person_decisions import REVIEW, SIDES, keep_person_decisions
from hrdresearch.run.steps import Built, load_steps
from hrdresearch.sources import Loaded, load
from hrdresearch.studies.ground.linked import CLUSTERS, ELSEWHERE, PAIRS

GW = (
    "id,date,name,gender,age,person_characteristics,industry_driver,perpetrator_type,"
    "continent,country,country_numeric,local_region,number_of_victims\n"
    "1,2019-03-04,Arulin Kelvaridemo Toruspedemo,Male,40,Other,Other,,Americas,Colombia,170,Cauca,1\n"
    "2,2019-05-06,Belovia Vaselkademo,Female,,Other,Other,,Americas,Colombia,170,Cauca,1\n"
    "3,2019-07-08,Unnamed,Male,,Other,Other,,Americas,Colombia,170,Cauca,1\n"
)
LIDERES = (
    "id,nombre,fuentes,genero,fecha,municipio,departamento,tipo_de_lider,cargo,fuentes_prensa\n"
    "a,Arulin Kelvaridemo,Prensa,Masculino,2019-03-04,San Demo,Cauca,Líder comunitario,,\n"
    "b,Dorvazor Bravuspedemo,Prensa,Masculino,2018-03-04,San Demo,Cauca,Líder comunitario,,\n"
    "c,Dorvazor Bravuspedemo,Prensa,Masculino,2018-03-04,San Demo,Cauca,Líder comunitario,,\n"
    "d,Sin identificar,Prensa,Masculino,2019-07-08,San Demo,Cauca,Líder comunitario,,\n"
)
KEY = Key("killings", b"a" * 32)


def lists(folder: Path) -> list[Loaded]:
    found = []
    for slug, text in (("global-witness", GW), ("lideres-colombia", LIDERES)):
        file = folder / f"{slug}.csv"
        file.write_text(text, encoding="utf-8")
        found.append(load(slug, file))
    return found


def built(loaded: list[Loaded], folder: Path, key: Key = KEY) -> Built:
    return load_steps("killings")(loaded, key, folder)


def link(made: Built, loaded: list[Loaded], folder: Path, key: Key = KEY) -> Built:
    return link_persons("killings", made, loaded, key, folder / "decisions")


def rows_linked(made: Built) -> set[frozenset[tuple[str, int]]]:
    """Rows of each pair, by list and number in the file, whatever their pseudonyms."""
    row = made.tables["cases"].set_index("victim_id")["source_row"]  # type: ignore[union-attr]
    pairs = made.restricted[PAIRS]
    return {
        frozenset({(a, int(row[x])), (b, int(row[y]))})
        for a, x, b, y in pairs[["list_a", "row_a", "list_b", "row_b"]].itertuples(index=False)
    }


ONE_PERSON = frozenset({("global-witness", 2), ("lideres-colombia", 2)})
TWICE = frozenset({("lideres-colombia", 3), ("lideres-colombia", 4)})


def test_persons_of_two_lists_are_linked_and_those_of_a_list_that_holds_duplicates(
    tmp_path: Path,
) -> None:
    loaded = lists(tmp_path)
    made = link(built(loaded, tmp_path), loaded, tmp_path)
    assert rows_linked(made) == {ONE_PERSON, TWICE}
    clusters = made.restricted[CLUSTERS]
    assert (len(clusters), clusters["likely"].nunique(), clusters["draw_1"].notna().all()) == (
        5,
        3,
        True,
    )
    assert made.lines[-1].startswith("Persons linked across 2 lists in ")
    assert "1 pair(s) of rows may be the same person" in made.lines[0]


def test_pairs_say_why_in_words_and_hold_no_name(tmp_path: Path) -> None:
    loaded = lists(tmp_path)
    made = link(built(loaded, tmp_path), loaded, tmp_path)
    text = "".join(made.restricted[name].to_csv() for name in (PAIRS, CLUSTERS))
    assert "more words in one name" in text and "the same day" in text
    assert "demo" not in text.casefold()


def test_no_secret_key_decides_a_link(tmp_path: Path) -> None:
    loaded = lists(tmp_path)
    others = Key("killings", b"b" * 32)
    one, other = (
        link(built(loaded, tmp_path, key), loaded, tmp_path, key) for key in (KEY, others)
    )
    assert rows_linked(one) == rows_linked(other)
    pd.testing.assert_frame_equal(
        *(made.restricted[PAIRS].drop(columns=["row_a", "row_b"]) for made in (one, other))
    )


def test_a_row_that_left_the_table_links_with_nobody(tmp_path: Path) -> None:
    loaded = lists(tmp_path)
    made = built(loaded, tmp_path)
    cases = made.tables["cases"]
    assert isinstance(cases, pd.DataFrame)
    without = replace(made, tables={"cases": cases.drop(index=0)})
    assert rows_linked(link(without, loaded, tmp_path)) == {TWICE}


def in_confidence(loaded: list[Loaded], *slugs: str) -> list[Loaded]:
    return [
        replace(x, facts=replace(x.facts, policy=replace(x.facts.policy, public_by_name=False)))
        if x.facts.slug in slugs
        else x
        for x in loaded
    ]


def elsewhere(made: Built) -> dict[tuple[str, int], str]:
    cases = made.tables["cases"]
    assert isinstance(cases, pd.DataFrame)
    columns = ["source", "source_row", ELSEWHERE]
    return {(s, int(row)): codes for s, row, codes in cases[columns].itertuples(index=False)}


@pytest.mark.parametrize("slug", ["global-witness", "lideres-colombia"])
def test_of_a_list_shared_in_confidence_only_its_own_rows_tell_of_a_link(
    tmp_path: Path, slug: str
) -> None:
    loaded = in_confidence(lists(tmp_path), slug)
    made = link(built(loaded, tmp_path), loaded, tmp_path)
    assert PAIRS not in made.restricted or rows_linked(made) == {TWICE}
    other = {"global-witness": "lideres-colombia", "lideres-colombia": "global-witness"}[slug]
    told = elsewhere(made)
    assert told[slug, 2] == "public_list"
    assert told[slug, 3] == "no_other_list"
    assert told["global-witness", 4] == told["lideres-colombia", 5] == "not_assessed"
    assert {told[o, row] for o, row in told if o == other} <= {"no_other_list", "not_assessed"}
    assert made.lines[-1] == "1 lists shared in confidence were compared with all others"


def test_two_lists_shared_in_confidence_tell_of_each_other(tmp_path: Path) -> None:
    loaded = in_confidence(lists(tmp_path), "global-witness", "lideres-colombia")
    made = link(built(loaded, tmp_path), loaded, tmp_path)
    assert elsewhere(made) == {
        ("global-witness", 2): "other_restricted",
        ("global-witness", 3): "no_other_list",
        ("global-witness", 4): "not_assessed",
        ("lideres-colombia", 2): "other_restricted",
        ("lideres-colombia", 3): "no_other_list",
        ("lideres-colombia", 4): "no_other_list",
        ("lideres-colombia", 5): "not_assessed",
    }
    assert PAIRS not in made.restricted


def test_what_a_person_decided_on_a_row_shared_in_confidence_wins(tmp_path: Path) -> None:
    loaded = lists(tmp_path)
    pair = link(built(loaded, tmp_path), loaded, tmp_path).restricted[PAIRS]
    pair = pair.query("list_a != list_b").iloc[0]
    sides = {
        f"{s}_key": f"{pair[f'list_{e}']}:{pair[f'row_{e}']}"
        for s, e in zip(SIDES, "ab", strict=True)
    }
    said = {**sides, "decision": "different", "by": "desk-4", "why": "", "at": "2026-01-02"}
    keep_person_decisions(tmp_path / "decisions", [said])
    loaded = in_confidence(loaded, "global-witness")

    made = link(built(loaded, tmp_path), loaded, tmp_path)

    assert elsewhere(made)["global-witness", 2] == "no_other_list"
    kept = made.restricted[REVIEW].set_index("kind").loc["decided"]
    assert {kept["left_key"], kept["right_key"]} == set(sides.values())
    assert made.lines[-1].startswith("1 decisions of persons on pairs were applied; 0 name a row")


def test_what_a_person_decided_wins_and_what_names_a_row_that_is_gone_is_told(
    tmp_path: Path,
) -> None:
    loaded = lists(tmp_path)
    before = link(built(loaded, tmp_path), loaded, tmp_path)
    pair = before.restricted[PAIRS].query("list_a != list_b").iloc[0]
    left, right = (f"{pair[f'list_{end}']}:{pair[f'row_{end}']}" for end in "ab")
    given = {"decision": "different", "by": "desk-4", "why": "", "at": "2026-01-02"}
    keep_person_decisions(
        tmp_path / "decisions",
        [
            {**given, "left_key": left, "right_key": right},
            {**given, "left_key": left, "right_key": "lideres-colombia:gone"},
        ],
    )

    made = link(built(loaded, tmp_path), loaded, tmp_path)

    assert before.restricted[CLUSTERS]["likely"].nunique() == 3
    assert made.restricted[CLUSTERS]["likely"].nunique() == 4
    assert made.restricted[PAIRS].set_index("decided")["probability"]["different"] == 0
    assert made.restricted[REVIEW]["kind"].tolist()[-1] == "decided"
    assert any(
        line.startswith("1 decisions of persons on pairs were applied; 1 name a row")
        for line in made.lines
    )


WITHOUT_NUMBERS = LIDERES.replace("\na,", "\n,").replace("\nb,", "\n,").replace("\nc,", "\n,")


@pytest.mark.parametrize("old_file_stays", [True, False])
def test_a_decision_follows_its_row_into_an_edition_that_mends_a_date(
    tmp_path: Path, old_file_stays: bool
) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(WITHOUT_NUMBERS, encoding="utf-8")
    other, _ = lists(tmp_path)
    before = [other, load("lideres-colombia", first)]
    pair = link(built(before, tmp_path), before, tmp_path).restricted[PAIRS]
    pair = pair.query("list_a != list_b").iloc[0]
    sides = {
        f"{s}_key": f"{pair[f'list_{e}']}:{pair[f'row_{e}']}"
        for s, e in zip(SIDES, "ab", strict=True)
    }
    said = {**sides, "decision": "different", "by": "desk-4", "why": "", "at": "2026-01-02"}
    keep_person_decisions(tmp_path / "decisions", [said])
    (tmp_path / "build").mkdir()
    facts = [{"slug": x.facts.slug, "sha256": x.sha256, "file": x.path.name} for x in before]
    (tmp_path / "build" / "sources.json").write_text(json.dumps(facts), encoding="utf-8")
    folders = {x.facts.slug: {"folder": str(tmp_path)} for x in before}
    (tmp_path / "build" / "files.json").write_text(json.dumps(folders), encoding="utf-8")
    mended = WITHOUT_NUMBERS.replace("2019-03-04", "2019-03-05").replace(
        "San Demo", "San Demo (Cauca)"
    )
    second.write_text(mended, encoding="utf-8")
    if not old_file_stays:
        first.write_text(mended, encoding="utf-8")
    after = [other, load("lideres-colombia", second)]

    made = link(built(after, tmp_path), after, tmp_path)

    moved, waiting = (1, 0) if old_file_stays else (0, 1)
    assert made.lines[-1].startswith(
        f"{moved} decisions on persons were carried over to a new edition; {waiting} name a row"
    )
    decided = made.restricted[PAIRS].query("list_a != list_b")["decided"].tolist()
    assert decided == (["different"] if old_file_stays else [""])
    again = link(built(after, tmp_path), after, tmp_path)
    assert again.restricted[PAIRS].query("list_a != list_b")["decided"].tolist() == decided


def test_rows_of_a_number_that_rests_on_links_are_looked_for_in_the_sheets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = {"study": "killings", "filter": {"state_iso3": "COL"}, "measure": "linked"}
    claims = {"union.persons.least": {**claim, "definition": "different persons"}}
    monkeypatch.setattr(rows, "find_report", lambda path: path)
    monkeypatch.setattr(rows, "read_json", lambda _: {"claims": claims})
    with pytest.raises(RunError, match=r"person_clusters\.csv"):
        rows.rows_of_claim(tmp_path, "union.persons.least", tmp_path)
