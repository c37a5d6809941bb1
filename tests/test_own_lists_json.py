# ruff: noqa: E501 - records stand as they are
"""JSON of a list of one's own: objects and lists within records become columns, nothing is lost in silence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hrdresearch.run.own_lists import look_at_list, propose_columns
from hrdresearch.sources.reading import read_rows

PERSON = {"name": "Ann Example", "sex": "F"}


def table(folder: Path, value: Any) -> tuple[list[list[str]], tuple[str, ...]]:
    path = folder / "list.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    rows = read_rows(path)
    return [cells for _, cells in rows.rows], rows.said


@pytest.mark.parametrize(
    ("record", "columns", "cells"),
    [
        ({"id": 1, "victim": PERSON}, ["id", "victim.name", "victim.sex"], ["1", "Ann Example", "F"]),
        ({"a": {"b": {"c": 1}}, "d": None}, ["a.b.c", "d"], ["1", ""]),
        ({"id": 1, "cause": ["land", "water"]}, ["id", "cause"], ["1", "land; water"]),
        ({"id": 1, "cause": [], "who": ["army"]}, ["id", "who"], ["1", "army"]),
        ({"who": [{"kind": "army"}, {"kind": "police", "n": 2}]}, ["who.kind", "who.n"], ["army; police", "2"]),
        ({"a.b": 1, "a": {"b": 2}}, ["a.b"], ["1; 2"]),
        ({"point": [[1, 2], [3, 4]]}, ["point"], ["1; 2; 3; 4"]),
    ],
)  # fmt: skip
def test_objects_and_lists_within_a_record_become_columns(
    record: dict[str, Any], columns: list[str], cells: list[str], tmp_path: Path
) -> None:
    assert table(tmp_path, [record])[0] == [columns, cells]


@pytest.mark.parametrize(
    "whole",
    [
        [{"victim": PERSON}] * 2,
        {"as_of": "2024", "entries": [{"victim": PERSON}] * 2},
        {"a": {"entries": [{"victim": PERSON}]}, "b": {"entries": [{"victim": PERSON}]}},
    ],
)
def test_the_list_is_found_at_the_top_and_below_keys(whole: Any, tmp_path: Path) -> None:
    rows = table(tmp_path, whole)[0]
    assert rows == [["victim.name", "victim.sex"], *[["Ann Example", "F"]] * 2]


def test_a_flat_record_beside_nested_ones_is_no_list_of_its_own(tmp_path: Path) -> None:
    rows, _ = table(tmp_path, [{"id": 1, "cause": ["land"]}, {"id": 2, "cause": "water"}])
    assert rows == [["id", "cause"], ["1", "land"], ["2", "water"]]


def test_what_is_joined_or_not_read_is_said(tmp_path: Path) -> None:
    other = [{"id": "x"}]
    people = [{"who": [{"kind": "army"}, {"kind": "police"}], "id": n} for n in range(3)]
    _, said = table(tmp_path, {"people": people, "sources": other})

    assert said == (
        "Column 'who.kind' is of lists of objects: their values are joined by ';'.",
        "1 records under 'sources' are not read.",
    )
    remarks = look_at_list(tmp_path / "list.json").remarks
    assert [any(words in remark for remark in remarks) for words in ("who.kind", "'sources'")] == [
        True,
        True,
    ]


def test_headings_of_nested_records_tell_their_fields(tmp_path: Path) -> None:
    record = {
        "ref": "A-1",
        "victim": {"full_name": "Ann Example", "m_f": "F"},
        "incident": {"when": "2020-02-13", "country": "Brazil"},
        "alleged": {"perpetrators": ["police", "army"]},
    }
    path = tmp_path / "list.json"
    path.write_text(
        json.dumps(
            [record, {**record, "ref": "A-2", "victim": {"full_name": "Ben Sample", "m_f": "M"}}]
        )
    )
    frame = propose_columns(path)
    assert frame["field"].tolist() == ["case_id", "name", "sex", "date", "state", "perpetrator"]
    assert frame["split"].tolist()[-1] == ";"
