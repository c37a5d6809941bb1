"""Aliases, contributors and places of a restricted list do not pass the scan. All invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from test_run_build import HEADER, ROW, work  # noqa: F401
from test_run_build_names_aside import FIVE, passes

from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.other_entries import other_entries
from hrdresearch.sources import get_facts, load
from hrdresearch.sources.registry import _package_specs, get_spec

HEAD = (
    "case_id,date,state,name,sex,age,identity,cause,perpetrator,defender,motive,threats,accountability,"
    "place,contributor,alias,status\n"
)
LINE = (
    "{id},2020-03-01,Colombia,{name},female,40,lawyer,human_rights,unknown,mandate,confirmed,yes,"
    "complete,{place},{contributor},{alias},{status}\n"
)
PLACES = ("Quevelandia", "San Morelo de Ulpa", "Antioquia", "Police", "Ostrovana")
CONTRIBUTORS = ("Red Zumala por la Vida", "VIDAZUL", "Global Witness", "", "Casa Yumbera")
ALIASES = ("Zarpelin", "El Tuvelo; Morocha Linda", "", "Police", "Gavrolas")


def listed(folder: Path) -> SourceFile:
    rows = zip(FIVE, PLACES, CONTRIBUTORS, ALIASES, strict=True)
    lines = [
        LINE.format(id=f"c{n}", name=name, place=place, contributor=who, alias=alias,
                    status="living" if n == 4 else "killed")
        for n, (name, place, who, alias) in enumerate(rows)
    ]  # fmt: skip
    path = folder / "ours.csv"
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return SourceFile("restricted-list", path)


FOUND = (
    *("a case from Quevelandia.", "QUEVELANDIA", "a case in San Morelo de Ulpa", "Ostrovana"),
    *("of Red Zumala por la Vida.", "Zumala por la Vida Red", "told by VIDAZUL.", "Casa Yumbera"),
    *("known as Zarpelin.", "Morocha Linda", "Linda, called Morocha", "M. Linda", "Gavrolas came"),
)
NOT_FOUND = (
    *("Most were killed in Antioquia.", "The Police came.", "Global Witness has 3 cases."),
    *("Morelo was not told.", "Red is a colour.", "a quevelandia of its own"),
)


def test_what_tells_of_a_restricted_row_does_not_pass_and_words_of_the_page_do(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    made = build("killings", [listed(tmp_path)], work, open_on_this_machine=True)
    assert (made.quality[0]["accepted"], made.quality[0]["set_aside"]) == (4, 1)
    wrong = [t for t in FOUND if passes(made.folder, tmp_path, f"Then, {t}")]
    wrong += [t for t in NOT_FOUND if not passes(made.folder, tmp_path, f"Then, {t}")]
    assert wrong == []


def test_a_place_that_a_public_list_of_the_build_prints_passes(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    row = ROW.format(id="r1", date="2020-01-02", name="Ana Inventada Demo")
    (tmp_path / "list.csv").write_text(HEADER + row.replace("Cauca", "Quevelandia"), "utf-8")
    both = [listed(tmp_path), SourceFile("global-witness", tmp_path / "list.csv")]
    made = build("killings", both, work, open_on_this_machine=True)
    assert passes(made.folder, tmp_path, "Quevelandia") and not passes(
        made.folder, tmp_path, "Ostrovana"
    )


def test_contributors_are_not_looked_for_where_the_policy_says_that_they_are_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    facts = get_facts("restricted-list")
    given = listed(tmp_path).path
    one = load("restricted-list", given)
    named = replace(facts.policy, names_contributors=True)
    spec = replace(get_spec("restricted-list"), facts=replace(facts, policy=named))
    monkeypatch.setitem(_package_specs(), "restricted-list", spec)
    two = load("restricted-list", given)
    monkeypatch.undo()
    before, after = ({entry.name for entry in other_entries([x])} for x in (one, two))
    assert before - after == {"Red Zumala por la Vida", "VIDAZUL", "Casa Yumbera"}


def test_a_list_that_is_public_gives_no_such_words(tmp_path: Path) -> None:
    row = ROW.format(id="r1", date="2020-01-02", name="Ana Inventada Demo")
    (tmp_path / "list.csv").write_text(HEADER + row, encoding="utf-8")
    assert list(other_entries([load("global-witness", tmp_path / "list.csv")])) == []


@pytest.mark.parametrize("damage", ["Colombia;Atlantis", "killed;living"])
def test_a_name_of_one_word_in_a_row_that_is_set_aside_counts_as_a_surname_alone(
    work: Path,  # noqa: F811
    tmp_path: Path,
    damage: str,
) -> None:
    given = listed(tmp_path)
    head, *rows = given.path.read_text("utf-8").splitlines()
    for at, name in ((0, "Zumbelina"), (2, "Police")):
        rows[at] = rows[at].replace(*damage.split(";")).replace(FIVE[at], name)
    given.path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    made = build("killings", [given], work, open_on_this_machine=True)
    assert made.quality[0]["set_aside"] == 3
    assert not passes(made.folder, tmp_path, "They met Zumbelina.")
    assert passes(made.folder, tmp_path, "The Police met a zumbelina.")
