"""Pages on letters and ledgers from the invented demo: prose holds in every scope of a run."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest

from hrdresearch.findings.prose import fill_in_prose, names_for_prose
from hrdresearch.findings.questions import write_question_texts
from hrdresearch.run.check import check
from hrdresearch.run.execute import run
from hrdresearch.run.registry import study_entry
from hrdresearch.studies.communications.study import Communications
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.registers.promises import Promises
from hrdresearch.studies.registers.reprisals import Reprisals
from hrdresearch.studies.registers.visits import Visits

STUDIES = {s.name: s for s in (Communications, Visits, Reprisals, Promises)}
SCOPES = [
    ("communications", {}),
    ("communications", {"period_from": "2020-05-01", "period_to": "2020-06-30"}),
    ("communications", {"period_from": "2020-05-01", "cut_off": "2020-05-20"}),
    ("communications", {"cut_off": "2019-01-10"}),
    ("communications", {"sources": "spcommreports", "region_scheme": "un-groups"}),
    ("communications", {"state": "FJI", "letter_type": "urgent_appeals"}),
    ("communications", {"region": "africa"}),
    ("visits", {}),
    ("visits", {"cut_off": "2006-12-31", "region": "africa"}),
    ("visits", {"state": "NRU"}),
    ("reprisals", {}),
    ("reprisals", {"year_from": 2022, "region": "americas"}),
    ("promises", {}),
    ("promises", {"cut_off": "2021-01-01", "kind": "promise"}),
]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory, demo_build: Callable[[str, Path], Path]) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for study in STUDIES:
        demo_build(study, folder)
    return folder / "work"


def page(study: str, params: dict[str, Any], work: Path) -> str:
    """The prose of a notebook, resolved with the findings that its cells call, without a kernel."""
    opened = STUDIES[study](current_build(study, work), params)
    cells = nbformat.read(study_entry(study).notebook, 4)["cells"]
    code = "\n".join(c["source"] for c in cells if c["cell_type"] == "code")
    made = {name: getattr(opened, name)() for name in re.findall(r"study\.(\w+)\(\)", code)}
    findings = [opened.card(), *made.values()]
    context = replace(names_for_prose(findings), texts=write_question_texts(findings))
    return "\n\n".join(
        fill_in_prose(c["source"], context, f"cell {i}")
        for i, c in enumerate(cells)
        if c["cell_type"] == "markdown"
    )


@pytest.mark.parametrize(("study", "params"), SCOPES)
def test_the_prose_holds_in_every_scope(study: str, params: dict[str, Any], work: Path) -> None:
    text = re.sub(r"\[(.*?)\]\{\.claim[^}]*\}", r"\1", page(study, params, work))
    for wrong in ("{{", "not computable persons", "not computable letters", "not computable days",
                  "withheld persons", "one letters", "one States", "None", "nan"):  # fmt: skip
        assert wrong not in text, wrong
    assert not re.search(r"(?<=[.!?] )[a-z]+ (?:letters|persons|States) ", text)


@pytest.mark.long
def test_the_page_answers_who_owes_a_reply_since_when_and_for_whom(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(work.parent / "keys"))
    result = run("communications", {}, work, work.parent / "out")
    html = (result.folder / "report.html").read_text(encoding="utf-8")
    table = html[html.index("States that owe a reply, in alphabetical order") :]
    cells = [re.sub(r"<[^>]+>", "", c).strip() for c in re.findall(r"<t[hd].*?</t[hd]>", table,
                                                                   re.DOTALL)[:16]]  # fmt: skip
    assert cells[:8] == ["State", "Letters without a reply",
                         "Public letters past the deadline that it replied to", "Oldest reply due by",
                         "Days since, oldest letter", "Persons", "Women",
                         "Letters on reprisals"]  # fmt: skip
    assert re.fullmatch(r"[A-Z].*", cells[8])
    assert re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{4}", cells[11])
    assert all(
        re.fullmatch(r"(more than |at least )?[\d,]+", c) for c in (*cells[9:11], *cells[12:16])
    )
    assert result.names_checked > 500
    assert check(result.folder, work).exit_code == 0


def test_what_the_public_database_does_not_ask_is_no_zero(work: Path) -> None:
    params = {"sources": "spcommreports"}
    study = Communications(current_build("communications", work), params)
    findings = [study.extent(), study.persons(), study.owing(), study.replies()]
    told = {c.name: (c.value, c.text) for f in findings for c in f.claims}
    for name in ("extent.letters_to_companies", "persons.total", "persons.women", "owing.women",
                 "reprisals.letters", "owing.reprisals", "replies.followed_up"):  # fmt: skip
        assert told[name] == (None, "not asked"), name
    assert not any(name.endswith(("_silent", ".not_recorded")) for name in told)
    assert "which the list does not tell apart" in page("communications", params, work)
