"""The pack for SDG indicator 16.10.1: candidates, never its value; no names; it fits its own "
"schema. All invented."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.run.sdg_pack import write_pack
from hrdresearch.run.sdg_pack.pack_schema import pack_schema
from hrdresearch.vocab import vocabulary

HEAD = "case_id,name,victim,state,date,act,sex,identity,perpetrator,documented_by"
PUBLIC = """
like: attacks
title: Invented public list
publisher: Invented List
definition: Invented attacks.
coverage: Nowhere.
citation: Invented list
licence: Public, invented
url: https://example.org
policy: {public_by_name: true, reason: Every person in it is invented.}
layouts:
  own: {title: In the columns of the template, kinds: [csv]}
"""
ROWS = [
    "K1,Zunela Testal,person,Kenya,2020-01-01,arbitrary_detention;threat,female,journalist,unknown,One;Two",
    "K2,Zunela Testal,person,Kenya,2020-03,arrest,female,journalist,police,",
    "K3,Orvo Inventado,person,Uganda,2021,physical_attack,,trade_unionist,,",
    "K4,Pelgru Maxfe,person,Uganda,2021-05-01,torture,male,farmer,police,",  # no group of the indicator
    "K5,Invented Association,organization,Uganda,2021-05-01,closure,,,,",
]
DAY = dt.date(2026, 11, 30)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A build of a list that is public by name."""
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    (tmp_path / "sources" / "open-list").mkdir(parents=True)
    (tmp_path / "sources" / "open-list" / "source.yml").write_text(PUBLIC, encoding="utf-8")
    (tmp_path / "list.csv").write_text("\n".join([HEAD, *ROWS]), encoding="utf-8")
    build("attacks", [SourceFile("open-list", tmp_path / "list.csv", True)], tmp_path / "work")
    return tmp_path / "work"


def written(work: Path, to: Path) -> dict[str, Any]:
    folder, _ = write_pack(to, work, DAY)
    return json.loads((folder / "candidates.json").read_text(encoding="utf-8"))


def test_the_pack_fits_its_own_schema_and_a_changed_one_does_not(
    work: Path, tmp_path: Path
) -> None:
    pack = written(work, tmp_path / "pack")
    schema = json.loads((tmp_path / "pack" / "candidates.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(pack, schema)
    first = pack["records"][0]
    for wrong in (
        {**pack, "status": "verified cases"},
        {**pack, "value": 3},
        {**pack, "records": [{**first, "name": "Zunela Testal"}]},
        {**pack, "records": [{**first, "record_id": "Zunela Testal"}]},
        {**pack, "records": [{**first, "acts": ["threat"]}]},
        {
            **pack,
            "records": [
                {**first, "facts": {**first["facts"], "sex": {"state": "recorded", "values": []}}}
            ],
        },
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)


def test_records_are_of_persons_of_the_three_groups_and_acts_stand_apart(
    work: Path, tmp_path: Path
) -> None:
    records = written(work, tmp_path / "pack")["records"]
    assert [(r["part"], r["acts"], r["groups"]) for r in records] == [
        ("adopted", ["arbitrary_detention"], ["journalist"]),
        ("arrest_not_assessed", ["arrest_not_assessed"], ["journalist"]),
        ("other_harmful", ["other_harmful"], ["trade_unionist"]),
    ]
    assert records[0]["person_id"] == records[1]["person_id"] != records[2]["person_id"]


def test_each_fact_says_whether_it_is_recorded_unknown_not_recorded_or_not_asked(
    work: Path, tmp_path: Path
) -> None:
    facts = [r["facts"] for r in written(work, tmp_path / "pack")["records"]]
    assert [f["date"]["values"] for f in facts] == [["2020-01-01"], ["2020-03"], ["2021"]]
    assert [f["perpetrator"]["state"] for f in facts] == ["unknown", "recorded", "not_recorded"]
    assert [f["sex"]["state"] for f in facts] == ["recorded", "recorded", "not_recorded"]
    assert facts[0]["link"]["state"] == "not_recorded"
    assert [f["act"]["sources_of_list"] for f in facts] == [2, None, None]


def test_no_name_and_no_value_stand_in_any_file(work: Path, tmp_path: Path) -> None:
    written(work, tmp_path / "pack")
    book = openpyxl.load_workbook(tmp_path / "pack" / "candidates.xlsx")
    cells = " ".join(
        str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row
    )
    texts = [p.read_text(encoding="utf-8") for p in (tmp_path / "pack").glob("*.[jcm]*")]
    everything = " ".join([cells, *texts])
    for word in ("Zunela", "Testal", "Inventado", "Association", "K1"):
        assert word not in everything
    assert book.worksheets[0]["A1"].value == "SDG indicator 16.10.1: candidate cases, not verified"
    assert "invented" in texts[-1] or "invented" in everything


def test_a_check_on_two_independent_sources_is_told_and_is_not_called_verified(
    work: Path, tmp_path: Path
) -> None:
    record = written(work, tmp_path / "pack")["records"][0]["record_id"]
    sheet = tmp_path / "checks.csv"
    with (tmp_path / "pack" / "checks.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {r["fact"] for r in rows} == set(vocabulary("sdg_check")["needed"])
    for row in rows:
        if row["record_id"] == record:
            row |= {"sources": "2", "independent": "yes", "desk": "desk-4", "day": "2026-11-30"}
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    kept = CliRunner().invoke(app, ["sdg-pack", "--checks", str(sheet), "--work", str(work)])
    assert kept.exit_code == 0 and "6 facts kept" in kept.output
    build("attacks", [SourceFile("open-list", tmp_path / "list.csv", True)], work)

    pack = written(work, tmp_path / "second")
    assert [r["check"] for r in pack["records"]] == ["checked", "not_checked", "not_checked"]
    assert pack["records"][0]["facts"]["date"]["check"]["independent"] is True
    assert pack["status"] == "candidate cases, not verified"
    jsonschema.validate(pack, pack_schema())


def test_of_a_list_shared_in_confidence_no_row_leaves(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [
        SourceFile("open-list", tmp_path / "list.csv", True),
        SourceFile("attacks", tmp_path / "list.csv", True),
    ]
    build("attacks", both, work)
    folder, lines = write_pack(tmp_path / "pack", work, DAY)
    pack = json.loads((folder / "candidates.json").read_text(encoding="utf-8"))
    assert (
        {r["list"] for r in pack["records"]} == {"open-list"} == {x["slug"] for x in pack["lists"]}
    )
    assert any(line.startswith("Left out, shared in confidence") for line in lines)

    build("attacks", both[1:], work)
    with pytest.raises(RunError, match="shared in confidence may not be published"):
        write_pack(tmp_path / "other", work, DAY)
    assert not (tmp_path / "other").exists()


def test_a_pack_is_never_overwritten_and_holds_back_when_a_name_is_found(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(work, tmp_path / "pack")
    with pytest.raises(RunError, match="never overwritten"):
        write_pack(tmp_path / "pack", work, DAY)
    source = tmp_path / "sources" / "open-list" / "source.yml"
    named = PUBLIC.replace("Invented attacks.", "Attacks on Zunela Testal.")
    source.write_text(named, encoding="utf-8")
    build("attacks", [SourceFile("open-list", tmp_path / "list.csv", True)], work)
    with pytest.raises(RunError, match="The pack may hold a name of the build") as told:
        write_pack(tmp_path / "other", work, DAY)
    for file in ("candidates.json", "cells of candidates.xlsx", "method_note.md"):
        assert file in str(told.value)
    assert "Zunela" not in str(told.value) and not (tmp_path / "other").exists()
