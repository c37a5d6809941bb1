"""The UPR study from the demo files to findings, and its readers on small files of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from hrdresearch.findings import Finding
from hrdresearch.linkage.repeats import find_repeats
from hrdresearch.linkage.same_recommendation import same_recommendations
from hrdresearch.report.charts import draw
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.demo import demo_files
from hrdresearch.run.errors import RunError
from hrdresearch.run.reviews.upr import export, feed
from hrdresearch.run.tasks.upr_action import train
from hrdresearch.sources import SourceError, load
from hrdresearch.studies.base import ScopeError
from hrdresearch.studies.build import current_build
from hrdresearch.studies.upr import Upr

REPOSITORY = Path(__file__).resolve().parents[1]
DEMO = REPOSITORY / "data" / "raw" / "demo" / "upr"


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A work folder with the demo built."""
    folder = tmp_path_factory.mktemp("upr")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HRD_KEYS", str(folder / "keys"))
        build("upr", demo_files("upr"), folder / "work")
        yield folder / "work"


def study(work: Path, **params: Any) -> Upr:
    return Upr(current_build("upr", work), params)


def values(*findings: Finding) -> dict[str, Any]:
    return {c.name: c.value for f in findings for c in f.claims}


def test_the_demo_is_remade_byte_by_byte(tmp_path: Path) -> None:
    script = REPOSITORY / "scripts" / "make_demo_upr.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    for made in tmp_path.iterdir():
        assert made.read_bytes() == (DEMO / made.name).read_bytes(), made.name
    assert {p.name for p in tmp_path.iterdir()} == {p.name for p in DEMO.iterdir()}


def test_one_source_has_totals_in_both_units(work: Path) -> None:
    found = values(
        study(work, sources="upr-info").extent(), study(work, sources="upr-info").index()
    )
    assert found["extent.pairs"] == 829
    assert found["extent.recommendations"] < found["extent.pairs"]
    assert found["hrd.source_tagged"] == found["hrd.source_accepted"] + found["hrd.source_noted"]


def test_several_sources_are_never_added(work: Path) -> None:
    found = values(study(work).extent())
    assert "extent.pairs" not in found
    assert found["by_source.upr_info.pairs"] == 829


def test_pairs_of_a_draft_say_that_they_are_interim(work: Path) -> None:
    draft = study(work, sources="wg-draft")
    assert "scope.draft" in values(draft.card())
    assert {r["position_status_code"] for _, r in draft.populations[0].frame.iterrows()} == {
        "draft"
    }
    assert set(draft.populations[0].frame["response_code"]) == {"pending"}


def test_a_brief_holds_the_numbers_of_the_report_but_shows_one_state_only(work: Path) -> None:
    brief = study(work, sources="upr-info", state="MEX", form="brief")
    assert not brief.by_category().rows
    assert brief.by_category().claims
    assert 0 < len(brief.brief().rows) <= 18
    assert brief.context().rows
    assert {s.slug for s in brief.context().sources} == {"state-indicators"}


def test_a_brief_needs_a_state(work: Path) -> None:
    with pytest.raises(ScopeError, match="give state"):
        study(work, form="brief")


def test_flows_and_intervals_are_drawn_and_described(work: Path) -> None:
    for finding in (study(work, sources="upr-info").flows(),
                    study(work, sources="upr-info").drafting_intervals()):  # fmt: skip
        picture = draw(finding)
        assert picture.wide.startswith("<svg")
        assert finding.title in picture.alt_text()


def test_a_decision_by_hand_wins_at_the_next_build(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    queue = tmp_path / "queue.csv"
    assert export(current_build("upr", work), queue, 5) == 5
    filled = pd.read_csv(queue, dtype=str, keep_default_na=False)
    filled.loc[0, ["concern_decision", "action_decision"]] = ["no", "3"]
    filled.to_csv(queue, index=False)
    files = demo_files("upr")
    build("upr", files, tmp_path / "work")
    assert feed(queue, tmp_path / "work" / "upr" / "decisions") == 2
    build("upr", files, tmp_path / "work")
    rows = current_build("upr", tmp_path / "work").table("recommendations")
    row = rows[rows["recommendation_id"] == filled.loc[0, "recommendation_id"]].iloc[0]
    assert (row["concern_code"], row["concern_given_by"]) == ("no", "hand")
    assert (row["action_code"], row["action_given_by"]) == ("3", "hand")


def test_a_decision_that_is_no_code_is_refused_with_its_row(tmp_path: Path) -> None:
    queue = tmp_path / "queue.csv"
    queue.write_text("recommendation_id,concern_decision,action_decision\nabc,perhaps,\n")
    with pytest.raises(RunError, match="row 2"):
        feed(queue, tmp_path / "decisions")


def test_records_of_the_index_keep_the_states_that_its_column_loses(tmp_path: Path) -> None:
    records = [
        {"countries": ["Fiji"], "text": "1.1 Protect defenders (Chile) (France);", "body": "UPR",
         "annotation_type": "Recommendations", "upr_recommending_country": ["France"],
         "upr_position": "Supported/Noted", "symbol": "A/HRC/43/8"},
        {"countries": ["Fiji"], "text": "The Committee recommends.", "body": "CAT",
         "annotation_type": "Recommendations", "upr_recommending_country": []},
    ]  # fmt: skip
    file = tmp_path / "records.json"
    file.write_text(json.dumps(records))
    loaded = load("uhri", file)
    row = loaded.accepted.iloc[0]
    assert len(loaded.accepted) == 1
    assert (row["recommending"], row["paragraph"], row["session"]) == ("CHL|FRA", "1.1", 34)
    assert (row["response_code"], row["response_raw"]) == ("mixed", "Supported/Noted")
    assert len(loaded.notes) == 1


def test_a_folder_is_one_source_only_where_the_source_says_so(tmp_path: Path) -> None:
    header = "To,Text,From,Response,Action,Issue,Session\r"
    for name, session in (("a.csv", 1), ("b.csv", 2)):
        line = f"Fiji,Ratify the treaty,Chile,Accepted,5,Other,{session}\r"
        (tmp_path / name).write_text(header + line, newline="")
    (tmp_path / "SOURCE.txt").write_text("where the files come from")
    assert load("upr-info", tmp_path).rows_in == 2
    with pytest.raises(SourceError, match="published in one file"):
        load("cpj", tmp_path)


def test_a_request_of_a_later_cycle_points_to_the_first_of_its_chain() -> None:
    text = "Protect human rights defenders from attacks and threats"
    rows = pd.DataFrame({
        "recommendation_id": ["a", "b", "c", "d"],
        "state_iso3": ["FJI", "FJI", "FJI", "CHL"],
        "cycle": pd.array([1, 2, 3, 3], dtype="Int64"),
        "text": [text, f"{text}.", text, text],
        "subject_codes": [""] * 4,
    })  # fmt: skip
    found = find_repeats(rows)
    assert found["repeat_of"].tolist()[1] == "a"
    assert found["chain_id"].tolist()[:3] == ["a", "a", "a"]
    assert pd.isna(found["repeat_of"].tolist()[3])


def test_the_same_recommendation_in_two_sources_is_told_by_symbol_and_paragraph() -> None:
    rows = pd.DataFrame({
        "recommendation_id": ["a", "b", "c"], "source": ["one", "two", "two"],
        "state_iso3": "FJI", "session": pd.array([34, 34, 34], dtype="Int64"),
        "document_symbol": ["A/HRC/43/8", "A/HRC/43/8/Add.1", ""],
        "paragraph": ["1.1", "1.1", ""], "text": ["Ratify it", "Ratify it now", "Another"],
        "response_code": ["noted", "supported", "noted"], "recommending_codes": "CHL",
    })  # fmt: skip
    same, told = same_recommendations(rows)
    assert same.tolist()[1] == "a"
    assert told == [{"a": "one", "b": "two", "same": 1, "only_a": 0, "only_b": 1,
                     "other_position": 1, "other_states": 0, "other_wording": 1}]  # fmt: skip


def test_a_model_is_trained_used_doubted_and_overruled_by_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    work, file, queue = tmp_path / "work", tmp_path / "index.csv", tmp_path / "queue.csv"
    asked = (("Ratify the treaty", "5"), ("Ensure the safety", "4"), ("Consider a law", "3"),
             ("Honour the pledge", "2"))  # fmt: skip  # the rules say 4
    things = ("land", "water", "women", "workers", "forests", "villages")
    rows = "".join(f"Fiji,{text} for defenders of {thing},Norway,Accepted,{code},Other,3\r"
                   for text, code in asked for thing in things)  # fmt: skip
    file.write_text(f"To,Text,From,Response,Action,Issue,Session\r{rows}", newline="")
    sources = [SourceFile("upr-info", file)]
    decisions = work / "upr" / "decisions"
    assert "24 labelled texts" in train(file, "upr-info", decisions / "model")

    def honour() -> pd.Series:
        build("upr", sources, work)
        table = current_build("upr", work).table("recommendations")
        return table[table["text"].str.startswith("Honour")].iloc[0]

    row = honour()
    assert (row["rule_action_code"], row["model_action_code"]) == ("4", "2")
    assert (row["action_code"], row["action_given_by"]) == ("2", "model")
    assert export(current_build("upr", work), queue, 200) == 24
    filled = pd.read_csv(queue, dtype=str, keep_default_na=False)
    mine = filled["recommendation_id"] == row["recommendation_id"]
    assert "rules and model differ" in filled.loc[mine, "reason"].item()
    filled.loc[mine, "action_decision"] = "1"
    filled.to_csv(queue, index=False)
    assert feed(queue, decisions) == 1
    row = honour()
    assert (row["action_code"], row["action_given_by"]) == ("1", "hand")
    assert export(current_build("upr", work), queue, 200) == 24  # its tag is still open
    again = pd.read_csv(queue, dtype=str, keep_default_na=False).set_index("recommendation_id")
    assert (
        again.loc[row["recommendation_id"], "reason"] == "the source's index differs on defenders"
    )


def test_a_recommendation_that_a_person_calls_explicit_gets_its_codes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    file = tmp_path / "own.csv"
    file.write_text("state,session,text,recommending,position\n"
                    "FJI,34,Release the women who spoke for the river,CHL,noted\n")  # fmt: skip
    for decided in ("", "explicit"):
        build("upr", [SourceFile("recommendations", file)], tmp_path / "work")
        row = current_build("upr", tmp_path / "work").table("recommendations").iloc[0]
        queue = tmp_path / "queue.csv"
        queue.write_text("recommendation_id,concern_decision,action_decision\n"
                         f"{row['recommendation_id']},explicit,\n")  # fmt: skip
        assert (row["concern_code"], row["ask_codes"]) == (
            ("explicit", "release") if decided else ("no", "not_asked"))  # fmt: skip
        feed(queue, tmp_path / "work" / "upr" / "decisions")
    assert (row["concern_given_by"], row["concern_rule"]) == ("hand", "by_hand")


def printed(finding: Finding) -> list[list[str]]:
    """Rows of a finding as a table prints them."""
    texts = {c.name: c.text for c in finding.claims}
    return [[cell.text or texts.get(cell.claim or "", "") for cell in row] for row in finding.rows]


def test_each_document_says_what_was_found_in_it_and_in_words_what_was_not(work: Path) -> None:
    rows = {row[0]: row[1:] for row in printed(study(work).documents())}
    assert rows["Kenya"][-1] == "To be examined later"
    assert rows["Fiji, A/HRC/43/8/Add.1"][-1] == "Noted, Supported"
    assert {tuple(row[3:5]) for row in rows.values()} == {("0", "0")}  # gaps, without a State


def test_a_draft_without_positions_has_no_columns_of_them(work: Path) -> None:
    draft = study(work, sources="wg-draft")
    assert [c.key for c in draft.by_category().columns] == ["label", "pairs", "share"]
    assert not draft.unspecific().rows
    assert printed(draft.repeats())[-1] == ["All that were asked again", "7"]
    assert all("to be examined later" in row[0] for row in printed(draft.repeats())[:-1])
    flags = values(draft.card())
    assert "scope.answered" not in flags
    assert "scope.drafting" not in flags


def test_the_annex_tells_agreement_and_which_vocabularies_are_validated(work: Path) -> None:
    whole = study(work)
    assert {row[1] for row in printed(whole.coding())} >= {
        "Explicitly on defenders",
        "Action category",
    }
    assert all(row[2] for row in printed(whole.coding_elsewhere()))
    told = {(row[1], row[4]) for row in printed(whole.languages())}
    assert all("unvalidated" in status for name, status in told if name != "English")


def test_a_share_over_few_pairs_is_not_printed_but_its_counts_are(work: Path) -> None:
    finding = study(work, sources="upr-info").by_category()
    known = values(finding)
    few = [row for row in printed(finding) if row[3] == "–"]
    assert [row[0][0] for row in few] == ["1"]
    assert any(name.endswith(".answered") and 0 < value < 10 for name, value in known.items())


def test_a_source_without_a_row_for_the_recommending_state_is_still_drawn(work: Path) -> None:
    finding = study(work, recommending_state="NOR").receiving()
    assert set(finding.drawing.values) <= {column.key for column in finding.columns}
    assert draw(finding).wide.startswith("<svg")


def test_agreement_measured_elsewhere_names_no_source_of_the_report(work: Path) -> None:
    finding = study(work, sources="wg-draft").coding_elsewhere()
    assert finding.sources == ()
    assert all("UPR Info" in row[-1] for row in printed(finding))
