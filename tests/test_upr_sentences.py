"""Sentences of the UPR study: templates, the gap to other recommendations, the first page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from upr_builds import said, study, study_of_rows

from hrdresearch.findings.model import Claim
from hrdresearch.findings.numbers import number_in_prose, printed_forms
from hrdresearch.findings.questions import build_question_table, write_question_texts
from hrdresearch.findings.speech_rules import find_speech_faults
from hrdresearch.linkage.repeats import ALIKE, ALIKE_ON_SUBJECT
from hrdresearch.report.short_tables import shorten_table
from hrdresearch.stats.clustered_share import clustered_difference, clustered_share
from hrdresearch.studies.upr.gap_to_others import mean_gap
from hrdresearch.studies.upr.kinds_of_requests import model_wordings
from hrdresearch.studies.upr.sentences_by_list import NumbersOfList
from hrdresearch.studies.upr.sentences_on_answers import response_sentences
from hrdresearch.studies.upr.study import Upr
from hrdresearch.vocab.regions import region_scheme


def numbers(upr_work: Path, **values: float | None) -> NumbersOfList:
    p = study(upr_work, sources="upr-info").populations[0]
    claims = [
        Claim(
            name.replace("__", "."),
            value,
            "recommendation",
            None,
            str(value),
            "test",
            status="shown" if value is not None else "suppressed",
        )
        for name, value in values.items()
    ]
    return NumbersOfList(p, claims)


def test_a_sentence_is_said_only_where_all_its_numbers_are_shown(upr_work: Path) -> None:
    n = numbers(upr_work, a__supported=3, a__answered=5, a__asked=5, a__hidden=None)
    assert n.say("Of <a.answered>, <a.supported> <a.supported|agree:was:were> noted.").text == (
        "Of {{ a.answered }}, {{ a.supported }} {{ a.supported|agree:was:were }} noted."
    )
    assert not n.say("Of <a.answered>, <a.hidden> were noted.").text
    assert not n.say("Of <a.missing>, <a.answered> were noted.").text


def test_a_position_that_is_not_known_is_never_told_as_not_supported(upr_work: Path) -> None:
    known = numbers(upr_work, a__supported=3, a__answered=5, a__asked=9)
    assert known.supported("a") == (
        "of which {{ a.supported }} of the {{ a.answered }} with a known position "
        "{{ a.supported|agree:was:were }} supported"
    )
    none = numbers(upr_work, a__supported=0, a__answered=5, a__asked=5)
    assert none.supported("a") == "of which none was supported"
    unknown = numbers(upr_work, a__supported=0, a__answered=0, a__asked=5)
    assert unknown.supported("a") == "with no position that is known"


def test_the_gap_compares_with_the_same_review_and_category() -> None:
    rows = [
        (f"s{i}", f"r{i}", "4", concern, "supported" if good else "noted")
        for i in range(30)
        for concern, good in (("explicit", i % 2), ("no", True), ("no", True))
    ]
    rows += [("s0", "r0", "5", "explicit", "supported")]  # nothing to set it beside
    frame = pd.DataFrame(
        rows, columns=["state_iso3", "review_id", "action_code", "concern_code", "response_code"]
    )
    found = mean_gap(frame)
    assert found is not None
    compared, value, low, high = found
    assert (compared, value) == (30, pytest.approx(-50))
    assert low < -50 < high
    assert mean_gap(frame[frame["review_id"] != "r1"]) is None  # fewer than 30 States
    assert (
        mean_gap(frame.replace("s1", "s0")) is None
    )  # two reviews of one State are not independent


def test_the_summary_leads_with_the_tag_of_the_index_and_says_where_the_rules_differ(
    upr_work: Path,
) -> None:
    upr = study(upr_work, sources="upr-info")
    said = upr.index().key_sentences
    assert said[0].startswith("UPR Info (invented) tags {{ hrd.source_tagged.rec")
    assert "of_accepted.share|bracketed" in said[1]
    (other,) = upr.two_readings().statements
    assert "index.by_rules" in other and "also tagged" in other


def test_text_tables_and_map_count_by_one_reading_of_a_source(tmp_path: Path) -> None:
    tagged = {"is_source_tagged": "yes", "source_action_code": "5"}
    untagged = {"is_source_tagged": "no", "source_action_code": "4"}
    index = study_of_rows(tmp_path, [{**tagged, **EXPLICIT}, tagged, tagged,
                                     {**untagged, **EXPLICIT}, {**untagged, **EXPLICIT}])  # fmt: skip
    receiving, recommending = index.receiving(), index.recommending()
    found = {c.name: c.value for f in (receiving, recommending, index.extent(), index.two_readings(),
                                       index.by_category()) for c in f.claims}  # fmt: skip
    same = ("receiving.fji.recommendations", "receiving.fji.tagged.recommendations.asked",
            "hrd.recommendations", "readings.tag.recommendations", "by_category.5.recommendations",
            "recommending.nor")  # fmt: skip
    assert [found[name] for name in same] == [3] * len(same)
    assert (found["readings.rules.recommendations"], found["readings.both.recommendations"]) == (
        3,
        1,
    )
    assert "by the rules" not in said(receiving) + said(recommending)
    assert said(index.two_readings()) == (
        "By the terms in the annex on words, three in An index are on defenders, one of them also "
        "tagged; they differ in two by the rules only and two by the tag only; the text, the tables and "
        "the map count by the tag."
    )


def test_no_sentence_breaks_a_rule_of_speech(upr_work: Path) -> None:
    upr = study(upr_work)
    for question in (upr.extent, upr.index, upr.by_cycle, upr.responses, upr.asks, upr.women,
                     upr.repeats, upr.recommending, upr.receiving, upr.unspecific):  # fmt: skip
        finding = question()
        assert finding.statements, finding.name
        for text in finding.statements:
            assert not list(find_speech_faults(text)), text


def test_a_brief_has_no_table_of_questions(upr_work: Path) -> None:
    brief = study(upr_work, sources="upr-info", state="MEX", form="brief")
    report = study(upr_work, sources="upr-info")
    assert build_question_table([brief.card(), brief.extent()]) is None
    assert build_question_table([report.card(), report.extent()]) is not None
    assert "follow" not in write_question_texts([report.extent()])["draft_recommendations"]


def test_model_wordings_name_no_state_and_ask_for_no_release() -> None:
    for entry in model_wordings():
        assert entry["wording"].endswith(".") and entry["check"]
        assert "releas" not in entry["wording"].casefold()


EXPLICIT, IMPLICIT = {"concern_code": "explicit"}, {"concern_code": "implicit"}


@pytest.mark.parametrize(
    ("pledges", "sentence"),
    [
        ([EXPLICIT, EXPLICIT, IMPLICIT, {}, {}],
         "stand apart: five, of which two speak of defenders by the rules of this draft and one implicitly."),
        ([EXPLICIT, {}, {}, {}, {}],
         "stand apart: five, of which one speaks of defenders by the rules of this draft and none "
         "implicitly."),
        ([], ""),
    ],
)  # fmt: skip
def test_pledges_stand_apart_and_are_never_counted_as_recommendations(
    tmp_path: Path, pledges: list[dict[str, str]], sentence: str
) -> None:
    text = said(study_of_rows(tmp_path, [EXPLICIT, {}, {}, {}, {}], pledges).extent())
    assert "From An index, five recommendations were read, from" in text
    assert sentence in text
    assert ("pledges" in text) == bool(pledges)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([IMPLICIT, IMPLICIT, EXPLICIT, {}, {}], "A further two speak of civil society space, "
         "journalists or reprisals without saying defenders, and are counted as implicit."),
        ([IMPLICIT, EXPLICIT, EXPLICIT, {}, {}], "A further one speaks of civil society space, "
         "journalists or reprisals without saying defenders, and is counted as implicit."),
        ([EXPLICIT, EXPLICIT, {}, {}, {}], ""),
    ],
)  # fmt: skip
def test_implicit_ones_are_counted_beside_those_on_defenders(
    tmp_path: Path, rows: list[dict[str, str]], sentence: str
) -> None:
    text = said(study_of_rows(tmp_path, rows).extent())
    explicit = sum(row == EXPLICIT for row in rows)
    assert f"Of them, {'one is' if explicit == 1 else 'two are'} on defenders by the rules" in text
    assert sentence in text
    assert ("implicit" in text) == bool(sentence)


def test_that_none_is_on_defenders_is_said_and_stands_among_the_key_findings(
    tmp_path: Path,
) -> None:
    extent = study_of_rows(tmp_path, [IMPLICIT, {}, {}]).extent()
    sentence = (
        "Of the three recommendations in An index, none is on defenders by the rules of this draft."
    )
    assert sentence in said(extent)
    assert len(extent.key_sentences) == 1


def test_three_or_more_sessions_are_told_by_their_range_and_none_is_named(tmp_path: Path) -> None:
    rows = [{**EXPLICIT, "session": session} for session in (1, 2, 2, 2, 3)]
    rows[4] |= {"concern_code": "no"}
    assert said(study_of_rows(tmp_path / "three", rows).by_session()) == (
        "Of those on defenders, between 0 and 3 were made in each of three sessions."
    )
    two = [{**EXPLICIT, "session": session} for session in (1, 2, 2, 2, 2)]
    assert said(study_of_rows(tmp_path / "two", two).by_session()) == ""


def test_groups_of_sessions_are_told_by_the_range_of_their_shares_with_counts(
    tmp_path: Path,
) -> None:
    rows = [
        {"session": session, "action_code": "5" if at < specific else "4"}
        for session, specific in ((1, 8), (3, 16), (5, 24))
        for at in range(32)
    ]
    assert said(study_of_rows(tmp_path / "three", rows).specificity()) == (
        "Of all in An index, by the rules of this draft, between eight (25 per cent) of 32 and 24 (75 "
        "per cent) of 32 ask for specific action in each of three groups of sessions. Other States are "
        "reviewed in each, so that no group is set against another."
    )
    two = [row for row in rows if row["session"] != 3]
    assert said(study_of_rows(tmp_path / "two", two).specificity()) == ""


def test_a_paragraph_says_which_sessions_of_a_cycle_are_held(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [{"state_iso3": "MEX", "session": at} for at in range(1, 13)]
    rows += [{"session": at, "cycle": 2, "review_year": 2013 + (at > 17)} for at in (15, 16, 18)]
    rows[-1] |= {"state_iso3": "KEN"}
    assert (
        "The recommendations in An index are of all 12 sessions of the first cycle (sessions 1–12, 2008) "
        "and three of the 14 sessions of the second cycle (sessions 15–16 and 18, 2013–2014)."
    ) in said(study_of_rows(tmp_path / "several", rows).by_cycle())
    alone = said(study_of_rows(tmp_path / "one", rows[:12]).by_cycle())
    assert "cycle (" not in alone  # the reviews of one State say nothing of the sessions


def test_pledges_of_sessions_without_a_recommendation_are_noted(tmp_path: Path) -> None:
    pledges = [{**IMPLICIT, "session": 1}, {**EXPLICIT, "session": 20}]
    extent = study_of_rows(tmp_path, [EXPLICIT, {}, {}, {}, {}], pledges).extent()
    assert "stand apart: two, of which one speaks of defenders" in said(extent)
    assert {c.name: c.value for c in extent.claims}["extent.pledges.other_sessions"] == 1
    assert any("outside the period" in note for note in extent.notes)


def test_answers_to_implicit_ones_stand_beside_those_on_defenders(tmp_path: Path) -> None:
    rows = [{**EXPLICIT}, {**IMPLICIT}, {**IMPLICIT, "response_code": "noted"}, {}, {}]
    assert (
        "Of the two that speak of civil society space, journalists or reprisals without saying "
        "defenders, one was supported."
    ) in said(study_of_rows(tmp_path / "some", rows).responses())
    unknown = [{**row, "response_code": "pending"} if row.get("concern_code") == "implicit" else row
               for row in rows]  # fmt: skip
    assert "journalists" not in said(study_of_rows(tmp_path / "none", unknown).responses())


def test_women_defenders_and_their_rights_are_told_apart_as_the_table_counts_them(
    tmp_path: Path,
) -> None:
    rows = [{**EXPLICIT, "is_women_defenders": women, "cause_codes": cause}
            for women, cause in ((True, "womens_rights"), (True, "not_recorded"),
                                 (False, "womens_rights"), (False, "womens_rights"),
                                 (False, "not_recorded"))]  # fmt: skip
    finding = study_of_rows(tmp_path / "both", rows).women()
    assert said(finding).startswith(
        "Of the five on defenders, four name women defenders (two) or women's rights as what defenders "
        "work for (three), all of which were supported; they were identified by words and not verified."
    )
    in_table = {c.name: c.value for c in finding.claims}
    shown = [row[1].claim for row in finding.rows]
    assert [in_table[name] for name in shown if name] == [2, 3]
    alone = study_of_rows(tmp_path / "one", [rows[1], rows[4]]).women()
    assert (
        "one names women defenders, which was supported, and none names women's rights as what "
        "defenders work for; they were" in said(alone)
    )


def test_specific_and_general_action_are_set_side_by_side_with_their_intervals(
    tmp_path: Path,
) -> None:
    rows = [{**EXPLICIT, "state_iso3": state, "action_code": action,
             "response_code": "noted" if at % int(action) == 0 else "supported"}
            for at, state in enumerate(sorted(region_scheme("un-groups").members("african"))[:40])
            for action in "45"]  # fmt: skip
    drafting = said(study_of_rows(tmp_path, rows).drafting())
    assert (
        "note that 32 (80 per cent) of 40 specific requests on defenders and 30 (75 per cent) of 40 "
        "general ones were supported; no difference is shown (5 points lower; interval: "
    ) in drafting


def source_of_few_reviews(tmp_path: Path) -> Upr:
    """An index of 30 reviews, and a list with two reviews of one State, one of them in both."""
    states = sorted(region_scheme("un-groups").members("african"))[:29]
    rows: list[dict[str, Any]] = [{**EXPLICIT, "state_iso3": state} for state in [*states, "CHN"]]
    rows += [
        {"source": "list-b", "state_iso3": "CHN", "session": session, "review_year": year,
         "cycle": cycle, **told}
        for session, year, cycle, told in ((1, 2008, 1, {}), (1, 2008, 1, EXPLICIT),
                                           (31, 2018, 3, {"response_code": "noted"}))
    ]  # fmt: skip
    return study_of_rows(tmp_path, rows, publishers={"list-a": "An index", "list-b": "Matrices"})


def test_a_source_of_few_reviews_stands_in_no_column_of_the_others(tmp_path: Path) -> None:
    upr = source_of_few_reviews(tmp_path)
    for finding in (upr.extent(), upr.by_cycle(), upr.by_session(), upr.asks(), upr.receiving(),
                    upr.responses(), upr.women(), upr.drafting()):  # fmt: skip
        used = {slug for claim in finding.claims for slug in claim.sources}
        assert used == {"list-a"}, finding.name
        assert "Matrices" not in said(finding)
    assert (upr.period(), upr.only_list is not None) == ("2008", True)
    card = {c.name: c.text for c in upr.card().claims}
    assert card["params.lists_with_periods"] == "An index (session 1, 2008)"
    assert card["params.reviews_apart"] == "China in 2008 and 2018"


def test_a_source_of_few_reviews_is_told_in_a_paragraph_of_its_own(tmp_path: Path) -> None:
    finding = source_of_few_reviews(tmp_path).apart()
    assert said(finding) == (
        "From Matrices, two reviews were read, of China in 2008 and 2018; they enter no other number. "
        "Whatever the subject, there are two to China in 2008, both of which were supported; and one to "
        "China in 2018, which was not supported. On defenders by the rules of this draft are one to "
        "China in 2008, which was supported."
    )
    assert [row[0].text for row in finding.rows] == [
        "Matrices: China, session 1 (2008)",
        "Matrices: China, session 31 (2018)",
    ]


def test_reviews_of_one_year_without_a_position_are_listed_without_repeating_it(
    tmp_path: Path,
) -> None:
    states = sorted(region_scheme("un-groups").members("african"))[:30]
    rows: list[dict[str, Any]] = [{"state_iso3": state} for state in states]
    rows += [{"source": "list-b", "state_iso3": state, "session": 52, "review_year": 2026, "cycle": 4,
              "response_code": "pending"} for state in ("EST", "LVA")]  # fmt: skip
    upr = study_of_rows(tmp_path, rows, publishers={"list-a": "An index", "list-b": "Drafts"})
    assert said(upr.apart()).endswith(
        "Whatever the subject, there are one to Estonia and one to Latvia; no position on any of them "
        "is known."
    )


def test_sources_of_one_state_stand_side_by_side_in_a_report_on_it(tmp_path: Path) -> None:
    upr = source_of_few_reviews(tmp_path)
    china = Upr(upr.build, {"state": "CHN"})
    assert [p.slug for p in china.populations] == ["list-a", "list-b"]
    assert not china.told_apart
    assert china.apart().rows == ()


def test_the_text_leads_with_the_tag_and_says_where_it_counts_by_rules(tmp_path: Path) -> None:
    tagged = {"is_source_tagged": "yes", "state_iso3": "MEX"}
    rows = [tagged, {**tagged, **EXPLICIT}, {**EXPLICIT, "is_source_tagged": "no"}]
    rows += [{"is_source_tagged": "no", "text": "The defenders."}, {"is_source_tagged": "no"}]
    index = study_of_rows(tmp_path / "tagged", rows)
    assert said(index.recommending()) == "Recommendations on defenders were made by one State."
    assert {c.name: c.value for c in index.index().claims}["index.word_only"] == 1
    assert "two would be counted, one of them also tagged." in said(index.index())
    plain = study_of_rows(tmp_path / "plain", [EXPLICIT, EXPLICIT, {}, {}, {"text": "A defender."}])
    assert said(plain.receiving()) == (
        "In An index, Fiji alone was under review; it received two on defenders by the rules of this "
        "draft, both of which were supported."
    )
    assert "The word “defender” stands in one in the first cycle" in said(plain.by_cycle())


def test_groups_are_told_by_what_they_received_and_what_they_made(tmp_path: Path) -> None:
    states = ("MEX", "MEX", "KEN", "KEN", "FJI")
    rows = [
        {**EXPLICIT, "state_iso3": state, "recommending_codes": codes, "response_code": position}
        for state, codes, position in zip(
            states,
            ("NOR|CHE", "NOR", "NOR", "POL", "CHL"),
            ("supported", "noted", "supported", "supported", "noted"),
            strict=True,
        )
    ]
    assert said(study_of_rows(tmp_path, rows).regional_groups()) == (
        "Of the six pairs (a recommendation and a State that made it) on defenders, Eastern European States "
        "made one, Latin American and Caribbean States made one and Western European and other States made "
        "four. Of the five recommendations themselves, these received: African States two, Asia-Pacific "
        "States one and Latin American and Caribbean States two. Whatever the subject, of all six pairs: "
        "Eastern European States one, Latin American and Caribbean States one and Western European and other "
        "States four."
    )


def test_states_that_received_many_are_left_out_by_what_they_received_and_not_by_their_answers(
    tmp_path: Path,
) -> None:
    states = ["COL"] * 15 + ["CUB"] * 11 + ["PER"] * 9 + ["CHL"] * 10 + ["GTM"] * 30
    rows = [{**EXPLICIT, "state_iso3": state, "response_code": "supported" if state in
             ("COL", "PER") or (at % 2 and state != "CUB") else "noted"}
            for at, state in enumerate(states)]  # fmt: skip
    assert (
        "Of four States that received ten or more, one supported all of them and one supported none; "
        "without the four, all nine were supported."
    ) in said(study_of_rows(tmp_path / "many", rows).responses())
    few = [row for row in rows if row["state_iso3"] == "PER"]
    assert "without the" not in said(study_of_rows(tmp_path / "few", few).responses())


@pytest.mark.parametrize(
    ("gained", "lost", "told"),
    [(1, 1, "two of these received one again; one received one in the later cycle only."),
     (0, 2, "two of these received one again; none received one in the later cycle only.")],
)  # fmt: skip
def test_the_same_states_are_set_beside_themselves_in_two_cycles(
    tmp_path: Path, gained: int, lost: int, told: str
) -> None:
    states = sorted(region_scheme("un-groups").members("african"))
    kinds = [(EXPLICIT, EXPLICIT)] * 2 + [({}, EXPLICIT)] * gained + [(EXPLICIT, {})] * lost
    rows = [{"state_iso3": state, "cycle": cycle, "session": 1 if cycle == 1 else 13, **of}
            for state, both in zip(states, [*kinds, ({}, {})], strict=False)
            for cycle, of in enumerate(both, start=1)]  # fmt: skip
    upr = study_of_rows(tmp_path, rows)
    text, found = said(upr.repeats()), {c.name: c.value for c in upr.repeats().claims}
    keys = ("reviewed_twice", "reviewed_again", "received_any_later", "received_again")
    assert [found[f"repeats.{key}"] for key in keys] == [3 + gained + lost, 2 + lost, 2 + gained, 2]
    assert told in text
    assert f"of {ALIKE} or more, or {ALIKE_ON_SUBJECT} where" in upr.repeats().notes[0]


def test_what_asks_for_no_specific_action_stands_beside_all_and_those_noted(tmp_path: Path) -> None:
    rows = [{**EXPLICIT, "action_code": action, "response_code": position}
            for action, position in (("4", "supported"), ("4", "supported"), ("5", "supported"),
                                     ("4", "noted"), ("5", "noted"))]  # fmt: skip
    assert (
        "that were supported, two ask for no specific action; of all five, three; of the two noted, "
        "one. Of the two that ask for specific action, one was noted."
    ) in said(study_of_rows(tmp_path, rows).unspecific())


def test_a_short_table_of_recommending_states_is_chosen_by_those_on_defenders(
    tmp_path: Path,
) -> None:
    makers = [*sorted(region_scheme("un-groups").members("weog"))[:26], "CZE"]
    rows = [{"recommending_codes": maker} for maker in makers if maker != "NOR" for _ in range(9)]
    rows += [{**EXPLICIT, "recommending_codes": maker} for maker in makers]
    rows += [{**EXPLICIT, "recommending_codes": maker} for maker in ("NOR", "IRL", "CZE")] * 4
    short, words = shorten_table(study_of_rows(tmp_path, rows).recommending())
    assert [row[0].text for row in short.rows] == ["Czechia", "Ireland", "Norway"]
    assert "at least 2 pairs" in words


def test_each_source_has_its_own_period(upr_work: Path) -> None:
    both = study(upr_work, sources="recommendations,wg-draft")
    alone = [study(upr_work, sources=slug).period() for slug in ("recommendations", "wg-draft")]
    titles = [p.title for p in both.populations]
    assert both.period() == "; ".join(
        f"{years} ({title})" for years, title in zip(alone, titles, strict=True)
    )


def test_years_that_do_not_follow_one_another_are_no_range(tmp_path: Path) -> None:
    apart = [{"review_year": year} for year in (2013, 2013, 2018)]
    assert study_of_rows(tmp_path / "apart", apart).period() == "2013 and 2018"
    in_a_row = [{"review_year": year} for year in (2008, 2009, 2010)]
    assert study_of_rows(tmp_path / "row", in_a_row).period() == "2008–2010"


def test_a_difference_may_be_nil_only_where_its_interval_before_rounding_holds_zero(
    upr_work: Path,
) -> None:
    def text(low: float, high: float) -> str:
        n = numbers(upr_work, gap__points=-6, gap__size=6, gap__low=low, gap__high=high,
                    gap__low__size=abs(low), gap__high__size=abs(high),
                    responses__hrd__recommendations__answered=40)  # fmt: skip
        return " ".join(one.text for one in response_sentences(n))

    assert (
        "no difference is shown for those on defenders ({{ gap.size }} points lower; interval: "
        in (text(-12, 0))
    )
    for high in (-2, -0.36):
        assert (
            "less often, by {{ gap.size }} points (interval: {{ gap.high.size }} to {{ gap.low"
            in (text(-12.7, high))
        )


def test_an_end_of_an_interval_that_is_not_zero_is_never_printed_as_zero() -> None:
    ends = (-12.7, -0.36, 0.0, -0.01, 0.04, 9.6)
    forms = [printed_forms(end, "points", "") for end in ends]
    assert [end for end, form in zip(ends, forms, strict=True) if "0" in form] == [0.0]
    assert [number_in_prose(end, "points") for end in ends] == [
        "-13", "-0.4", "0", "just below 0", "just above 0", "10"]  # fmt: skip


def test_a_difference_of_two_kinds_of_the_same_reviews_is_computed_over_these_reviews() -> None:
    review = pd.Series([at // 2 for at in range(80)])
    general = pd.Series([at % 2 == 0 for at in range(80)])
    supported = pd.Series([at // 2 % 2 == 0 or at % 8 == 2 for at in range(80)])
    found = clustered_difference(supported, general, review)
    assert found is not None
    assert (found.value, found.clusters) == (pytest.approx(0.25), 40)
    alone = [clustered_share(supported[kind], review[kind]) for kind in (general, ~general)]
    assert alone[0].low is not None and alone[1].high is not None
    assert alone[0].low < alone[1].high and found.low > 0  # the two intervals overlap all the same
    assert clustered_difference(supported[:50], general[:50], review[:50]) is None
