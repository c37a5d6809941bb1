"""Real decisions of treaty bodies and a real review: their numbers again by code of another kind."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.run.build import SourceFile, build
from hrdresearch.studies.ground.build import Build, current_build
from hrdresearch.studies.views.study import Views

pytestmark = pytest.mark.real
VIEWS = "un_treaty_views"
REVIEW = "upr_cycle1_report_and_addendum"
ANSWERED = {"supported": 89, "noted": 4, "mixed": 3, "not_recorded": 1}  # of 97, read by a person


@pytest.fixture
def texts(real_data: Callable[[str], Path]) -> dict[str, list[str]]:
    """Paragraphs of each document but opinions of members, by the name of the document."""
    folder = real_data(f"{VIEWS}/SOURCE.txt").parent
    (shard,) = folder.glob("shard_*.json")
    held: dict[str, list[str]] = {}
    for one in json.loads(shard.read_text("utf-8"))["paragraphs"]:
        if "opinion" not in str(one["section"]).casefold():
            held.setdefault(one["docId"], []).append(one["text"])
    for path in sorted((folder / "cases").glob("*.json")):
        own = [
            p["Text"]
            for p in json.loads(path.read_text("utf-8"))
            if "opinion" not in str(p["Section"]).casefold()
        ]
        held.setdefault(path.stem, own)
    return held


@pytest.fixture
def decisions(real_data: Callable[[str], Path], tmp_path: Path) -> Iterator[Build]:
    folder, home = real_data(f"{VIEWS}/SOURCE.txt").parent, tmp_path
    lists = home / "decisions"
    lists.mkdir()
    for path in (*folder.glob("shard_*.json"), *(folder / "cases").glob("*.json")):
        shutil.copyfile(path, lists / path.name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HRD_KEYS", str(home / "keys"))
        build("views", [SourceFile("treaty-views", lists)], home / "work")
        yield current_build("views", home / "work")


def outcome(paragraphs: list[str]) -> str:
    """Outcome of a decision by expressions of its own, over the paragraphs from the last to the first."""
    for words in reversed(paragraphs):
        if re.search(r"decided .{0,60}to discontinue|decided to discontinue", words):
            return "discontinued"
        acts = re.search(
            r"acting under article|of the (view|opinion) that|finds that the State", words
        )
        acts = acts or re.search(r"Committee concludes that", words)
        if acts and re.search(r"not (disclose|reveal|constitute|violate)|would not", words):
            return "no_violation"
        if acts and re.search(r"would .{0,40}(violat|breach)", words):
            return "would_violate"
        if acts and re.search(r"violat|breach", words):
            return "violation"
        if re.search(
            r"decides: ?\(a\) That the (\d+ )?communications? (is|are) inadmissible", words
        ):
            return "inadmissible"
        if re.search(r"That the (\d+ )?communications? (is|are) admissible insofar", words):
            return "admissible"
    return "not_recorded"


def test_outcomes_of_real_decisions_are_those_of_other_expressions_and_none_has_a_grade(
    texts: dict[str, list[str]], decisions: Build
) -> None:
    views = decisions.table("views")
    names = {
        view: re.sub(r"[/.]", "-", view.lower()).replace("-rev-", "-rev-")
        for view in views["view_id"]
    }
    by_numbers = {tuple(re.findall(r"\d+-\d{4}", name)): name for name in texts}
    found = {
        view: outcome(texts.get(name) or texts[by_numbers[tuple(re.findall(r"\d+-\d{4}", name))]])
        for view, name in names.items()
    }
    ours = views.set_index("view_id")["view_outcome_code"].to_dict()
    assert found == ours
    assert Counter(ours.values()) == {
        "violation": 37, "would_violate": 4, "no_violation": 6,
        "inadmissible": 24, "admissible": 2, "discontinued": 61
    }  # fmt: skip
    ended = views.loc[views["view_outcome_code"] == "discontinued", "view_ended_code"]
    assert ended.value_counts().to_dict() == {
        "contact_lost": 29, "not_removed": 23, "asked": 6, "settled": 2, "not_recorded": 1
    }  # fmt: skip
    study = Views(decisions, {})
    found = {c.name: c.value for f in (study.extent(), study.measures()) for c in f.claims}
    assert (found["extent.decisions"], found["extent.explicit"], found["extent.implicit"]) == (
        134,
        16,
        19,
    )
    assert found["measures.all.half_year"] == 35 and found["measures.explicit.of"] == 13
    assert (found["measures.explicit.list_missing"], found["extent.alone"]) == (1, 35)
    assert decisions.table("views")["follow_up_grade_code"].eq("not_in_file").all()


@pytest.mark.parametrize("kind", ["pdf", "txt"])
def test_a_real_addendum_answers_each_recommendation(
    real_data: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    folder = real_data(f"{REVIEW}/SOURCE.txt").parent
    review = tmp_path / "review"
    review.mkdir()
    for name in ("g1012049", "g1012465"):
        inside = folder / "text" if kind == "txt" else folder
        shutil.copyfile(inside / f"{name}.{kind}", review / f"{name}.{kind}")
    build("upr", [SourceFile("upr-report", review)], tmp_path / "work")
    built = current_build("upr", tmp_path / "work")
    rows: pd.DataFrame = built.table("recommendations")
    assert rows["response_code"].value_counts().to_dict() == ANSWERED
    assert rows["paragraph"].tolist() == [f"111.{n}" for n in range(1, 98)]
    assert rows["recommending_codes"].ne("").all() and rows["response_raw"].ne("").all()
