"""An invented casebook of 500 cases: template, load, update, build, report, withdrawal, retention."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
import yaml
from casebook_files import write_book
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.privacy.retention import RetentionTerm
from hrdresearch.privacy.vault import make_identity, unseal_file
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.due_rows import apply_decision
from hrdresearch.run.execute import run
from hrdresearch.run.files import read_json
from hrdresearch.run.registry import studies
from hrdresearch.run.release_desk import approve_release, show_releases
from hrdresearch.run.retention import approve, declare, propose
from hrdresearch.run.withdraw import withdraw
from hrdresearch.studies.ground.build import current_build

REPOSITORY = Path(__file__).resolve().parents[1]
KILLED, HELD, STATES = 300, 200, ("Kenya", "Uganda", "Brazil", "Colombia")
SYLLABLES = (
    "bra",
    "zor",
    "quen",
    "dal",
    "vim",
    "tos",
    "pel",
    "gru",
    "nax",
    "fe",
    "lor",
    "mi",
    "sut",
    "ka",
)
LISTS = {"killings": "killings", "imprisonment": "detentions", "case-status": "status"}
TABLES = {"killings": "cases", "imprisonment": "detentions", "case-status": "case_outcomes"}
DRAFT = [
    ("markdown", "# A short report\nDraft for a test"),
    ("parameters", 'state = "all"'),
    ("code", 'from hrdresearch import cite, open_study, show\nstudy = open_study("killings")'),
    ("code", "show(study.by_sex())\nshow(study.quality())"),
    ("code", "cite(study.extent())"),
    ("markdown", "## Extent\n\n{{> extent}}\n\n{{> by_sex}}"),
]


def name_of(n: int) -> str:
    """An invented name; no two are alike in all their words."""
    chance = random.Random(n)
    return " ".join("".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(3))


def casebook(changed: bool = False) -> dict[str, list[dict[str, Any]]]:
    """500 cases; the newer version corrects one person and one outcome, and has a person more."""
    total = KILLED + HELD + (1 if changed else 0)
    rows: dict[str, list[dict[str, Any]]] = {
        "persons": [], "cases": [], "allegations": [], "detentions": [], "outcomes": [],
        "sources": [{"source_id": "S-1", "source_kind": "interview", "reliability": "known"}],
    }  # fmt: skip
    for n in range(total):
        person, case, state = f"P-{n}", f"C-{n}", STATES[n % len(STATES)]
        sex = "male" if n % 3 else "female"
        rows["persons"].append({"person_id": person, "name": name_of(n), "sex": sex})
        day = (dt.date(2015, 1, 5) + dt.timedelta(days=5 * n)).isoformat()
        facts = {"case_id": case, "date": day, "state": state, "contributor": f"Group {n % 4}"}
        rows["cases"].append(facts)
        of = {"person_id": person, "case_id": case, "source_id": "S-1"}
        if n < KILLED or n >= KILLED + HELD:
            rows["allegations"].append({"allegation_id": f"A-{n}", **of, "act": "killed"})
        else:
            held = {"state": state, "arrest_date": day, "charge": "sedition", "sentence": "5 years"}
            rows["detentions"].append({"detention_id": f"D-{n}", **of, **held})
            rows["outcomes"].append({"outcome_id": f"O-{n}", **of, "outcome": "nothing"})
    if changed:
        rows["persons"][0]["sex"] = "male"
        rows["outcomes"][0] |= {"outcome": "released", "outcome_date": "2024-03-04"}
    return rows


@pytest.fixture
def identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "away" / "identity.txt"
    make_identity(path)
    for name, value in {
        "HRD_IDENTITY": path,
        "HRD_KEYS": tmp_path / "keys",
        "HRD_SOURCES": tmp_path / "sources",
        "HRD_PROJECT": short_project(tmp_path / "project"),
    }.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.chdir(tmp_path)
    studies.cache_clear()
    yield path
    studies.cache_clear()  # other tests have other studies


def short_project(folder: Path) -> Path:
    """The project with a short draft on killings: its run goes through each step of a long one."""
    (folder / "notebooks").mkdir(parents=True)
    entries = yaml.safe_load((REPOSITORY / "studies.yml").read_text(encoding="utf-8"))
    entries = {study: entries[study] for study in LISTS}
    entries["killings"]["parameters"] = {
        "state": {"type": "string", "default": "all", "help": "State"}
    }
    (folder / "studies.yml").write_text(yaml.safe_dump(entries), encoding="utf-8")
    draft = nbformat.v4.new_notebook()
    for kind, source in DRAFT:
        make = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
        draft.cells.append(make(source, metadata={"tags": ["parameters"] * (kind == "parameters")}))
    nbformat.write(draft, folder / entries["killings"]["notebook"])
    return folder


def load_book(rows: dict[str, list[dict[str, Any]]]) -> str:
    """What the command says; the workbook that lay open is deleted, as the page tells one to do."""
    book = write_book(Path("book.xlsx"), rows)
    words = ["casebook", "load", str(book), "--name", "ours", "--into", "raw", "--work", "work"]
    made = CliRunner().invoke(app, [*words, "--apply", "--ask"], input="different\n" * 200)
    book.unlink()
    assert made.exit_code == 0, made.output
    return made.output


def built(study: str) -> int:
    """Rows of the table of a study, built from the casebook."""
    work, table = Path("work"), TABLES[study]
    build(study, [SourceFile(f"ours-{LISTS[study]}", Path("raw/ours.csv.age"))], work)
    return len(current_build(study, work).table(table))


def kept(identity: Path) -> pd.DataFrame:
    data = unseal_file(Path("raw/ours.csv.age"), identity)
    return pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False, skip_blank_lines=True)


@pytest.mark.long
def test_a_casebook_of_500_cases_goes_through_all_its_life(identity: Path, tmp_path: Path) -> None:
    said = load_book(casebook())
    assert f"persons: added {KILLED + HELD}" in said and "To correct" not in said

    said = load_book(casebook(changed=True))
    assert "persons: added 1" in said and "persons: changed 1" in said
    assert "  persons, row 2, P-0: sex changed" in said
    assert "  outcomes, row 2, O-300: outcome changed" in said
    assert [built(study) for study in LISTS] == [KILLED + 1, HELD, KILLED + HELD + 1]

    work, out = Path("work"), Path("out")
    followed = current_build("case-status", work).table("case_outcomes")["case_outcome_codes"]
    assert followed.value_counts().to_dict() == {
        "not_recorded": KILLED + 1, "nothing": HELD - 1, "released": 1
    }  # fmt: skip
    for desk in ("desk-1", "desk-2"):
        code = list(show_releases("killings", work, desk))[-1].rpartition(" ")[2]
        approve_release("killings", work, desk, code)
    report = run("killings", {}, work, out)
    assert not report.is_internal and report.folder.is_relative_to(out)
    claims = read_json(report.folder / "claims.json")["claims"]
    assert claims["extent.victims"]["value"] % 5 == 0

    gone = {"name": name_of(0), "pseudonym": None, "apply": True, "raw": [Path("raw/ours.csv.age")]}
    list(withdraw("killings", work, out, **gone))
    assert "P-0" not in set(kept(identity)["of_person"])
    said = load_book(casebook(changed=True))
    assert "4 rows are not loaded" not in said and "3 rows are not loaded" in said
    assert [built(study) for study in LISTS] == [KILLED, HELD, KILLED + HELD]

    home, source, later = work / "imprisonment", "ours-detentions", dt.date.today()
    declare(home, RetentionTerm(source, 12, 120, "agreement", "desk-1", later.isoformat()))
    later += dt.timedelta(days=700)
    list(propose(home, later))
    for desk in ("desk-1", "desk-2"):
        approve(home, source, desk, False)
    said = "\n".join(apply_decision(home, source, [Path("raw/ours.csv.age")], later))
    assert f"{HELD} rows are deleted" in said
    left = kept(identity)
    assert set(left["sheet"]) == {"persons", "cases", "sources", "allegations", "status"}
    assert (left["sheet"] == "persons").sum() == KILLED
    assert names_open(tmp_path) == []


def names_open(folder: Path) -> list[str]:
    """Files that hold the name of a person of the casebook, open."""
    words = {word.encode() for n in range(0, KILLED + HELD, 50) for word in name_of(n).split()}
    files = [p for p in folder.rglob("*") if p.is_file()]
    return [p.name for p in files if any(word in p.read_bytes() for word in words)]
