"""The UPR study from the demo files to findings, and its readers on small files of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from upr_builds import study

from hrdresearch.findings import Finding
from hrdresearch.linkage.repeats import find_repeats
from hrdresearch.linkage.same_recommendation import match_recommendations
from hrdresearch.report.charts import draw_finding
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.run.recount import recount_problems
from hrdresearch.run.reviews.upr import export, feed
from hrdresearch.run.source_files import demo_files
from hrdresearch.run.tasks.upr_action import train
from hrdresearch.sources import SourceError, load
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.ground.study import ScopeError
from hrdresearch.studies.upr.study import Upr
from hrdresearch.vocab.regions import region_scheme

REPOSITORY = Path(__file__).resolve().parents[1]
DEMO = REPOSITORY / "data" / "raw" / "demo" / "upr"


def values(*findings: Finding) -> dict[str, Any]:
    return {c.name: c.value for f in findings for c in f.claims}


def test_the_demo_is_remade_byte_by_byte(tmp_path: Path) -> None:
    script = REPOSITORY / "scripts" / "make_demo_upr.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    for made in tmp_path.iterdir():
        assert made.read_bytes() == (DEMO / made.name).read_bytes(), made.name
    assert {p.name for p in tmp_path.iterdir()} == {p.name for p in DEMO.iterdir()}


def test_one_source_has_totals_in_both_units(upr_work: Path) -> None:
    found = values(
        study(upr_work, sources="upr-info").extent(), study(upr_work, sources="upr-info").index()
    )
    assert found["extent.pairs"] == 829
    assert found["extent.recommendations"] < found["extent.pairs"]
    assert found["hrd.source_tagged"] == found["hrd.source_accepted"] + found["hrd.source_noted"]


def test_several_sources_are_never_added(upr_work: Path) -> None:
    found = values(study(upr_work).extent())
    assert "extent.pairs" not in found
    assert found["by_source.upr_info.pairs"] == 829


def test_pairs_of_a_draft_say_that_they_are_interim(upr_work: Path) -> None:
    draft = study(upr_work, sources="wg-draft")
    assert "scope.draft" in values(draft.card())
    assert {r["position_status_code"] for _, r in draft.populations[0].frame.iterrows()} == {
        "draft"
    }
    assert set(draft.populations[0].frame["response_code"]) == {"pending"}


def test_a_brief_holds_the_numbers_of_the_report_but_shows_one_state_only(upr_work: Path) -> None:
    brief = study(upr_work, sources="upr-info", state="MEX", form="brief")
    assert not brief.by_category().rows
    assert brief.by_category().claims
    assert 0 < len(brief.brief().rows) <= 18
    assert brief.context().rows
    assert {s.slug for s in brief.context().sources} == {"state-indicators"}


def test_a_brief_needs_a_state(upr_work: Path) -> None:
    with pytest.raises(ScopeError, match="give state"):
        study(upr_work, form="brief")


def test_flows_and_intervals_are_drawn_and_described(upr_work: Path) -> None:
    for finding in (study(upr_work, sources="upr-info").flows(),
                    study(upr_work, sources="upr-info").drafting_intervals()):  # fmt: skip
        picture = draw_finding(finding)
        assert picture.wide.startswith("<svg")
        assert finding.title in picture.alt_text()


def test_a_decision_by_hand_wins_at_the_next_build(
    demo_build: Callable[[str, Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    work, queue = demo_build("upr", tmp_path), tmp_path / "queue.csv"
    assert export(current_build("upr", work), queue, 5) == 5
    filled = pd.read_csv(queue, dtype=str, keep_default_na=False)
    filled.loc[0, ["concern_decision", "action_decision"]] = ["no", "3"]
    filled.to_csv(queue, index=False)
    assert feed(queue, work / "upr" / "decisions") == 2
    build("upr", demo_files("upr"), work)
    rows = current_build("upr", work).table("recommendations")
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
    same, told = match_recommendations(rows)
    assert same.tolist()[1] == "a"
    assert told == [{"a": "one", "b": "two", "reviews": 1, "in_a": 1, "supported_a": 0, "in_b": 2,
                     "supported_b": 1, "same": 1, "part_a": 0, "part_b": 0, "only_a": 0, "only_b": 1,
                     "other_position": 1, "other_states": 0, "other_wording": 1}]  # fmt: skip


def test_texts_that_another_source_begins_or_splits_otherwise_are_not_in_one_source_alone() -> None:
    mend = "looms and the arrest of those who mend them by night in the old town"
    listed = ("Protect the weavers", "Repeal the law on looms; end the raids on the looms",
              "Free all who wove", f"End the search of the {mend}")  # fmt: skip
    printed = ("To protect the weavers.", "To repeal the law on looms", "To end the raids on the looms",
               f"End the search of {mend}", "Free all who spun")  # fmt: skip
    rows = pd.DataFrame({
        "recommendation_id": list("abcdvwxyz"), "source": ["one"] * 4 + ["two"] * 5, "state_iso3": "FJI",
        "session": pd.array([7] * 9, dtype="Int64"), "document_symbol": "", "paragraph": "",
        "text": [*listed, *printed], "response_code": "supported", "recommending_codes": "CHL",
    })  # fmt: skip
    same, (told,) = match_recommendations(rows)
    assert same.tolist() == [None, None, None, None, "a", None, None, "d", None]
    assert {key: told[key] for key in ("same", "part_a", "part_b", "only_a", "only_b")} == {
        "same": 2, "part_a": 1, "part_b": 2, "only_a": 1, "only_b": 1}  # fmt: skip
    assert (told["other_wording"], told["other_position"]) == (1, 0)


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


def test_each_document_says_what_was_found_in_it_and_in_words_what_was_not(upr_work: Path) -> None:
    rows = {row[0]: row[1:] for row in printed(study(upr_work).documents())}
    assert rows["Kenya"][-1] == "To be examined later"
    assert rows["Fiji, A/HRC/43/8/Add.1"][-1] == "Noted, Supported"
    assert {tuple(row[3:5]) for row in rows.values()} == {("0", "0")}  # gaps, without a State


def test_a_draft_without_positions_has_no_columns_of_them(upr_work: Path) -> None:
    draft = study(upr_work, sources="wg-draft")
    assert [c.key for c in draft.by_category().columns] == ["label", "recommendations"]
    assert not draft.unspecific().rows
    assert printed(draft.repeats())[-1] == ["All that were asked again", "7"]
    assert all("to be examined later" in row[0] for row in printed(draft.repeats())[:-1])
    flags = values(draft.card())
    assert "scope.answered" not in flags
    assert "scope.drafting" not in flags


def test_the_annex_tells_agreement_and_which_vocabularies_are_validated(upr_work: Path) -> None:
    whole = study(upr_work)
    assert {row[0] for row in printed(whole.coding())} >= {
        "Explicitly on defenders",
        "Action category",
    }
    assert all(row[2] for row in printed(whole.coding_elsewhere()))
    told = {(row[1], row[4]) for row in printed(whole.languages())}
    assert all("unvalidated" in status for name, status in told if name != "English")


def test_a_share_of_few_known_positions_is_not_printed_but_its_counts_are(upr_work: Path) -> None:
    finding = study(upr_work, sources="upr-info").by_category()
    told = {c.name: c for c in finding.claims}
    for code in "12345":
        stem = f"by_category.{code}.hrd.recommendations"
        known, share = told[f"{stem}.answered"].value, told[f"{stem}.supported.share"]
        assert isinstance(known, int)
        assert (share.status == "shown") == (known >= 30), code
    assert {c.status for name, c in told.items() if name.endswith("supported.share")} == {
        "shown", "not_computable"}  # fmt: skip


def test_a_source_without_a_row_for_the_recommending_state_is_still_drawn(upr_work: Path) -> None:
    finding = study(upr_work, recommending_state="NOR").receiving()
    assert set(finding.drawing.values) <= {column.key for column in finding.columns}
    assert draw_finding(finding).wide.startswith("<svg")


def test_agreement_measured_elsewhere_names_no_source_of_the_report(upr_work: Path) -> None:
    finding = study(upr_work, sources="wg-draft").coding_elsewhere()
    assert finding.sources == ()
    assert all("UPR Info" in row[-1] for row in printed(finding))


HEADER = "state,session,text,recommending,position,status\n"


def of_own_rows(tmp_path: Path, rows: str, monkeypatch: pytest.MonkeyPatch, **params: Any) -> Upr:
    """The study over a small list of our own."""
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    file = tmp_path / "own.csv"
    file.write_text(HEADER + rows)
    build("upr", [SourceFile("recommendations", file)], tmp_path / "work")
    return Upr(current_build("upr", tmp_path / "work"), params)


REVIEWS = [(state, session) for state in ("FJI", "CHL", "KEN", "PER") for session in (6, 20, 34)]
AFRICAN = sorted(region_scheme("un-groups").members("african"))[:30]
MANY = [(state, (6, 20, 34)[at % 3]) for at, state in enumerate(AFRICAN)]
ONE = "{},{},Protect human rights defender{},{},{},adopted\n"


def test_recommendations_are_counted_before_pairs_and_intervals_are_by_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(
        ONE.format(state, session, f"s of group {n}", "NOR;FRA", "supported" if n >= i % 3 else "noted")
        for i, (state, session) in enumerate(MANY) for n in range(4)
    )  # fmt: skip
    made = of_own_rows(tmp_path, rows, monkeypatch)
    told = values(made.responses())
    assert (told["responses.hrd.recommendations.supported"], told["responses.hrd.supported"]) == (
        90,
        180,
    )
    assert told["responses.hrd.recommendations.supported.share"] == 75
    assert told["responses.hrd.interval.low"] < 75 < told["responses.hrd.interval.high"]
    assert values(made.extent())["hrd.reviews"] == 30
    assert [row[:3] for row in printed(made.by_session())] == [
        [str(session), "40", "80"] for session in (6, 20, 34)]  # fmt: skip


def test_below_thirty_states_a_share_stands_without_interval_and_a_sentence_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = "".join(ONE.format(state, session, f"s of group {n}", "NOR", ("noted", "supported")[n % 2])
                  for state, session in MANY[:29] for n in range(2))  # fmt: skip
    made = of_own_rows(tmp_path, few, monkeypatch)
    told, drafting = made.responses(), made.drafting()
    assert values(told)["responses.hrd.recommendations.answered"] == 58
    assert values(told)["responses.hrd.interval.share"] == 50
    assert values(told)["responses.hrd.interval.low"] is None
    assert "interval, from" not in str(printed(told))
    assert values(drafting)["drafting.category_4.share"] == 50
    assert [c.key for c in drafting.columns][2:5] == ["supported", "share", "both"]
    assert any("Category 4" in n and "below 30 States" in n for n in drafting.notes)
    sizes = [20, *[1] * 29]  # one State holds most of the answers
    wide = "".join(ONE.format(state, session, f"s of group {n}", "NOR", ("noted", "supported")[i % 2])
                   for i, (state, session) in enumerate(MANY) for n in range(3 * sizes[i]))  # fmt: skip
    drafting = of_own_rows(tmp_path, wide, monkeypatch).drafting()
    assert values(drafting)["drafting.category_4.share"] == pytest.approx(100 * 45 / 147)
    assert values(drafting)["drafting.category_4.low"] is None
    assert any("Category 4" in note and "wider than 50 points" in note for note in drafting.notes)


def test_every_count_of_a_narrow_report_is_found_again_by_its_filter(upr_work: Path) -> None:
    build_ = current_build("upr", upr_work)
    state, sender = (
        str(build_.table("pairs")[c].mode()[0]) for c in ("state_iso3", "recommending_iso3")
    )
    for scope in (
        {"state": state},
        {"recommending_state": sender},
        {"session_from": 4, "session_to": 15},
    ):
        made = Upr(build_, scope)
        found = (made.extent(), made.flows(), made.receiving(), made.recommending(),
                 made.specificity(), made.by_session(), made.by_cycle())  # fmt: skip
        claims = {c.name: {"measure": c.measure, "status": c.status, "filter": c.filter, "value": c.value,
                           "text": c.text, "sources": c.sources, "table": c.table}
                  for f in found for c in f.claims}  # fmt: skip
        assert recount_problems(build_, claims) == [], scope


def test_states_with_as_many_pairs_as_the_last_are_not_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    senders = "NOR FRA DEU ESP ITA IRL CAN USA BRA ARG URY PRY BOL ECU COL VEN CUB JAM HTI DOM PAN CRI " \
              "NIC HND SLV GTM MEX"  # fmt: skip
    rows = "".join(ONE.format("FJI", 20, f"s of {s}", s, "noted") for s in senders.split())
    assert len(of_own_rows(tmp_path, rows, monkeypatch).recommending().rows) == 27


def test_a_brief_says_what_its_categories_are(upr_work: Path) -> None:
    notes = " ".join(study(upr_work, sources="upr-info", state="MEX", form="brief").brief().notes)
    assert "4 general action; 5 specific action" in notes


def test_where_most_positions_are_not_recorded_counts_stand_without_a_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(
        ONE.format(state, session, f"s of group {n}", "NOR", "supported" if n < 3 else "")
        for state, session in REVIEWS for n in range(8)
    )  # fmt: skip
    told = values(of_own_rows(tmp_path, rows, monkeypatch).responses())
    assert told["responses.hrd.recommendations.supported"] == 36
    assert told["responses.not_recorded.recommendations"] == 60
    assert told["responses.hrd.recommendations.supported.share"] is None


def test_reviews_in_which_a_state_recommended_nothing_count_in_its_rate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(
        ONE.format(state, session, "s", "NOR" if session == 6 else "FRA", "noted")
        for state, session in REVIEWS
    )
    made = of_own_rows(tmp_path, rows, monkeypatch, recommending_state="NOR")
    told = values(made.recommending())
    assert (told["recommending.nor.reviews"], told["recommending.nor.possible"]) == (4, 12)
    assert [row[:2] for row in printed(made.by_session())] == [["6", "4"], ["20", "0"], ["34", "0"]]


def test_a_state_is_compared_with_others_only_where_the_source_holds_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = "".join(ONE.format("FJI", session, f"s of {n}", "NOR", "noted")
                    for session in (6, 20, 34) for n in range(20))  # fmt: skip
    finding = of_own_rows(tmp_path, alone, monkeypatch, state="FJI", form="brief").brief_facts()
    assert printed(finding)[0][-2:] == ["too few", "too few"]
    assert not any("others" in name for name in values(finding))
    others = "".join(ONE.format(state, session, f"s of {n}", "NOR", "noted")
                     for state, session in REVIEWS[3:] * 1 for n in range(5))  # fmt: skip
    more = "".join(ONE.format("MEX", session, f"s of {n}", "NOR", "supported")
                   for session in (7, 21, 35) for n in range(5))  # fmt: skip
    finding = of_own_rows(
        tmp_path, alone + others + more, monkeypatch, state="FJI", form="brief"
    ).brief_facts()
    assert values(finding)["brief.others.share"] == 100
    assert values(finding)["brief.others.supported"] == 25


def test_a_state_that_a_source_does_not_hold_is_not_covered_and_one_without_is_zero(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    own, index = tmp_path / "own.csv", tmp_path / "index.csv"
    own.write_text(HEADER + ONE.format("FJI", 20, "s", "NOR", "noted")
                   + "CHL,20,Build wells,NOR,noted,adopted\n")  # fmt: skip
    index.write_text("To,Text,From,Response,Action,Issue,Session\r" + "".join(
        f"{state},Protect human rights defenders,Chile,Accepted,4,Human rights defenders,20\r"
        for state in ("Chile", "Kenya")), newline="")  # fmt: skip
    build("upr", [SourceFile("recommendations", own), SourceFile("upr-info", index)],
          tmp_path / "work")  # fmt: skip
    rows = {row[1]: row[2:] for row in printed(
        Upr(current_build("upr", tmp_path / "work"), {}).receiving())}  # fmt: skip
    own_recs, index_recs = 0, len(next(iter(rows.values()))) // 2
    assert [rows[s][own_recs] for s in ("Fiji", "Chile", "Kenya")] == ["1", "0", "not covered"]
    assert [rows[s][index_recs] for s in ("Fiji", "Chile", "Kenya")] == ["not covered", "1", "1"]


def test_what_the_prose_announces_as_counted_apart_stands_in_the_table(
    upr_work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = study(upr_work, sources="wg-draft,recommendations")
    columns = [c.key for c in beside.extent().columns]
    draft = next(p.title for p in beside.populations if p.slug == "wg-draft")
    told = {row[0]: dict(zip(columns, row, strict=True)) for row in printed(beside.extent())}
    assert told[draft]["pledges"] == "not asked"
    assert int(told[draft]["implicit"]) > 0
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    file = tmp_path / "index.csv"
    file.write_text("To,Text,From,Response,Action,Issue,Session\r"
                    "Fiji,Protect the freedom of journalists,Chile,Noted,4,Other,20\r"
                    "Fiji,Build wells,Fiji,Voluntary Pledge,5,Other,20\r"
                    "Chile,Dig wells,Chile,Voluntary Pledge,5,Other,21\r", newline="")  # fmt: skip
    build("upr", [SourceFile("upr-info", file)], tmp_path / "work")
    finding = Upr(current_build("upr", tmp_path / "work"), {}).extent()
    made = values(finding)
    assert (made["extent.recommendations"], made["hrd.implicit"], made["extent.pledges"]) == (
        1,
        1,
        2,
    )
    assert made["extent.pledges.other_sessions"] == 1
    assert any("outside the period" in note for note in finding.notes)


def test_a_source_that_holds_nothing_in_scope_is_named(upr_work: Path) -> None:
    card = study(upr_work, state="MEX").card()
    held = values(card)
    assert "scope.left_out" in held
    assert held["params.left_out"]
    assert held["params.left_out"] not in held["params.lists"]


def test_a_text_that_received_two_answers_has_a_row_of_its_own(upr_work: Path) -> None:
    made = study(upr_work, sources="upr-info")
    told = values(made.responses(), made.extent(), made.index())
    rows = {row[0]: row[1] for row in printed(made.responses())}
    known = ("Supported", "Noted", "Supported in part")
    assert int(rows["Supported in part"]) == told["responses.mixed.recommendations"] > 0
    assert sum(int(rows[name]) for name in known) == told["hrd.recommendations"]
    tagged = [told[f"hrd.source_{key}.recommendations"] for key in ("accepted", "noted")]
    both = told["hrd.source_tagged.in_part.recommendations"]
    assert sum(tagged) + both == told["hrd.source_tagged.recommendations"]
