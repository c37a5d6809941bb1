"""A person of a list keeps the pseudonym when other rows are added, removed or moved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch.names.row_keys import row_keys
from hrdresearch.privacy.keys import Key
from hrdresearch.run.steps import load_steps
from hrdresearch.sources import load

LISTS: dict[str, tuple[str, str, str, list[str]]] = {
    "restricted-list": (
        "killings",
        "victim_id",
        "case_id,date,state,name,sex,age,identity,cause,perpetrator,defender,motive,threats,"
        "accountability,place",
        [
            "k-1,2020-05-01,Kenya,Aru Kelvaridemo,female,30,,,,,,,,Testtown",
            ",2020-05-01,Kenya,Bem Talvaridemo,male,31,,,,,,,,Testtown",
            ",2020-05-02,Kenya,,male,,,,,,,,,Testtown",
            ",2020-05-02,Kenya,,female,,,,,,,,,Testtown",
            "k-2,2021-01-09,Uganda,,male,,,,,,,,,",
        ],
    ),
    "detentions": (
        "imprisonment",
        "person_id",
        "case_id,name,state,arrest_date,charge,sentence,sex",
        [
            "d-1,Aru Kelvaridemo,Egypt,2015-03-04,treason,ten years,female",
            ",Bem Talvaridemo,Egypt,2016-03-04,treason,ten years,male",
            ",,Egypt,2017-03-04,treason,ten years,male",
            ",,Egypt,2017-03-04,treason,five years,male",
            "d-2,,Egypt,2018-03-04,treason,two years,female",
        ],
    ),
    "reprisals-ledger": (
        "reprisals",
        "person_id",
        "case_number,reported,state,name,sex,forms,space,bodies,status,letter",
        [
            "c-1,2021-03-01,Peru,Aru Kelvaridemo,female,smear,online,treaty_body,raised,yes",
            "c-1,2021-03-01,Peru,,male,smear,online,treaty_body,raised,yes",
            "c-1,2021-03-01,Peru,,female,smear,online,treaty_body,raised,yes",
            ",2021-04-01,Peru,,female,smear,online,treaty_body,raised,no",
            "c-2,2021-05-01,Peru,Bem Talvaridemo,male,smear,online,treaty_body,raised,yes",
        ],
    ),
}
ADDED = {
    "restricted-list": "k-9,2019-05-01,Kenya,Sol Marvaridemo,female,30,,,,,,,,",
    "detentions": "d-9,Sol Marvaridemo,Egypt,2011-03-04,treason,ten years,female",
    "reprisals-ledger": "c-9,2021-02-01,Peru,Sol Marvaridemo,male,smear,online,treaty_body,raised,no",
}


def persons(slug: str, folder: Path, rows: list[str]) -> set[tuple[Any, ...]]:
    """Pseudonyms with facts of the persons, as a build makes them."""
    study, person, head, _ = LISTS[slug]
    path = folder / "list.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    built = load_steps(study)([load(slug, path)], Key(study, b"k" * 32), folder / "none")
    table = next(iter(built.tables.values()))
    assert isinstance(table, pd.DataFrame)
    facts = [
        c for c in table if c in (person, "row_id", "case_id", "sex_code", "sentence_min_years")
    ]
    return set(table[facts].astype(str).itertuples(index=False, name=None))


@pytest.mark.parametrize("slug", LISTS)
def test_a_row_added_at_the_top_removed_or_moved_changes_no_other_person(
    slug: str, tmp_path: Path
) -> None:
    rows = LISTS[slug][3]
    before = persons(slug, tmp_path, rows)
    assert len(before) == len(rows)
    assert persons(slug, tmp_path, rows[::-1]) == before
    more = persons(slug, tmp_path, [ADDED[slug], *rows])
    assert more > before and len(more - before) == 1
    fewer = persons(slug, tmp_path, rows[1:])
    assert fewer < before and len(before - fewer) == 1


def test_persons_of_one_name_are_told_apart_in_any_order(tmp_path: Path) -> None:
    row = "{id},Aru Kelvaridemo,Egypt,201{id}-03-04,treason,ten years,{sex}"
    rows = [row.format(id=n, sex=sex) for n, sex in enumerate(("male", "female", "unknown"))]
    before = persons("detentions", tmp_path, rows)
    assert len({person for _, person, *_ in before}) == 2
    assert persons("detentions", tmp_path, rows[::-1]) == before


CELL = st.sampled_from(["", "a", "b"])


@given(
    st.lists(st.tuples(CELL, CELL, CELL), max_size=8),
    st.tuples(CELL, CELL, CELL),
    st.randoms(use_true_random=False),
)
def test_a_row_changes_at_most_the_keys_of_one_row_like_it(
    cells: list[tuple[str, str, str]], added: tuple[str, str, str], random: Any
) -> None:
    columns = ["record_id", "name_as_published", "sex_code"]

    def keys(rows: list[tuple[str, str, str]]) -> set[str]:
        frame = pd.DataFrame(rows, columns=columns, dtype=str).assign(source_row=range(len(rows)))
        found = row_keys(frame)
        assert found.is_unique
        return set(found)

    before, moved = keys(cells), cells[:]
    random.shuffle(moved)
    assert keys(moved) == before
    moved.insert(random.randint(0, len(moved)), added)
    # By identifier and by name: one row each that the new row can no longer be told from.
    assert len(before - keys(moved)) <= 2
