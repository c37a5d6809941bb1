"""The imprisonment study on invented rows: arms, thresholds, time served, who may be named."""

from __future__ import annotations

import math
import re
from operator import attrgetter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from imprisonment_builds import RESTRICTED, make_build

from hrdresearch.findings import Finding
from hrdresearch.findings.empty_cells import NOT_IN_PLAN, NOT_RECORDED
from hrdresearch.findings.prose import fill_in_prose, names_for_prose, strip_markdown
from hrdresearch.findings.questions import build_question_table, write_question_texts
from hrdresearch.run.files import read_json, write_json
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.ground.study import ScopeError
from hrdresearch.studies.imprisonment.study import Imprisonment
from hrdresearch.tables import filter_in_words, match_rows

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "imprisonment.ipynb"


def values(finding: Finding) -> dict[str, Any]:
    return {c.name: c.value for c in finding.claims}


def term(low: float, high: float | None = None, **more: Any) -> dict[str, Any]:
    top = low if high is None else high
    return {"sentence_min_years": low, "sentence_max_years": top, "bound_min_years": low,
            "bound_max_years": top, "longest_min_years": low, **more}  # fmt: skip


LIFE = {"sentence_kind_code": "life", "bound_min_years": math.inf, "bound_max_years": math.inf}
UNSENTENCED = {"sentence_kind_code": "pending", "is_never_sentenced": True}


def spell(**more: Any) -> dict[str, Any]:
    more.pop("longest_min_years", None)
    return more


def test_the_two_arms_of_long_term_are_counted_apart_and_the_threshold_is_inclusive(
    tmp_path: Path,
) -> None:
    build = make_build(tmp_path, [
        term(10), term(9.99), term(3, 12), LIFE, {"sentence_kind_code": "suspended"},
        {**UNSENTENCED, "censuses_of_person": 10}, {**UNSENTENCED, "censuses_of_person": 9},
    ])  # fmt: skip
    found = values(Imprisonment(build, {}).census.long_term())
    assert (found["long_term.persons"], found["long_term.range"]) == (2, 1)
    assert found["long_term.unsentenced"] == 1
    assert [found[f"long_term.at_{t}.persons"] for t in (5, 8, 10, 15)] == [3, 3, 2, 1]


def test_the_threshold_is_a_parameter_and_shown_beside_the_others(tmp_path: Path) -> None:
    build = make_build(tmp_path, [term(12), term(13)])
    finding = Imprisonment(build, {"long_term_years": 13}).census.long_term()
    assert values(finding)["long_term.persons"] == 1
    assert [row[0].text for row in finding.rows] == [
        f"{t} years or longer" for t in (5, 8, 10, 13, 15)
    ]


def test_a_person_in_several_censuses_is_one_person_and_several_prisoner_years(
    tmp_path: Path,
) -> None:
    same = {"person_id": "p", "censuses_of_name": 2, "censuses_of_person": 2}
    build = make_build(tmp_path, [{**same, "census_year": 2018}, same])
    part = Imprisonment(build, {}).census
    found = values(part.extent()) | values(part.by_year()) | values(part.tracked())
    assert (found["extent.prisoner_years"], found["extent.persons"]) == (2, 1)
    assert (found["census.2018"], found["census.2019"]) == (1, 1)
    assert (found["tracked.at_least_2"], found["tracked.at_least_3"]) == (1, 0)
    assert [c.key for c in part.tracked().columns] == ["label", "names", "never"]


def test_censuses_and_detentions_are_never_added(tmp_path: Path) -> None:
    study = Imprisonment(make_build(tmp_path, [{}, {}], [{}]), {})
    assert values(study.census.extent())["extent.persons"] == 2
    assert values(study.detained.extent())["detentions.persons"] == 1
    census = values(study.census.by_state()) | values(study.census.long_term())
    spells = values(study.detained.by_state()) | values(study.detained.long_term())
    assert not set(census) & set(spells)


def test_a_build_of_one_table_leaves_the_findings_of_the_other_empty(tmp_path: Path) -> None:
    study = Imprisonment(make_build(tmp_path, spells=[{}]), {})
    assert study.census.by_year().rows == ()
    flags = {c.name for c in study.card().claims}
    assert "scope.detentions" in flags
    assert "scope.census" not in flags


def test_each_count_is_what_its_filter_finds_again(tmp_path: Path) -> None:
    study = Imprisonment(make_build(
        tmp_path,
        [term(12), {**UNSENTENCED, "censuses_of_person": 11}, {"census_year": 2018}],
        [spell(**term(12)), spell(sentence_kind_code="pending", pretrial_days=400)],
    ), {"as_of": "2021-01-01"})  # fmt: skip
    c, d = study.census, study.detained
    checked = 0
    for make in (c.extent, c.by_year, c.by_state, c.by_region, c.long_term, c.tracked, c.by_pretext,
                 c.by_sex, c.reading, c.release, d.extent,
                 d.by_state, d.long_term, d.time_served, d.pretrial, d.against_sentence,
                 d.proceedings, d.wgad, d.release, d.doubts, d.end_dates, d.deaths,
                 c.rearrests, c.last_census, c.last_charges, c.sentences_by_charge, c.charges_by_state,
                 c.longest_unsentenced, c.death_sentences, c.by_pretext_region_time,
                 d.end_schedule):  # fmt: skip
        for claim in make().claims:
            if claim.measure == "rows" or claim.measure.startswith("distinct:"):
                if not claim.filter:
                    continue
                frame = study.build.table(claim.table)
                rows = frame[match_rows(frame, claim.filter)]
                column = claim.measure.partition(":")[2]
                assert claim.value == (rows[column].nunique() if column else len(rows)), claim.name
                checked += 1
    assert checked > 150


def test_held_long_without_a_sentence_is_counted_to_the_as_of_date(tmp_path: Path) -> None:
    build = make_build(tmp_path, spells=[
        {"sentence_kind_code": "pending", "began_date": pd.Timestamp("2010-06-01")},
        {"sentence_kind_code": "pending", "began_date": pd.Timestamp("2012-06-01")},
        {"sentence_kind_code": "pending", "began_date": pd.Timestamp("2009-06-01"),
         "ended_date": pd.Timestamp("2019-09-01"), "exit_code": "released",
         "open_until_date": pd.Timestamp("2019-09-01")},
    ])  # fmt: skip

    def unsentenced(day: str) -> Any:
        part = Imprisonment(build, {"as_of": day}).detained
        return values(part.long_term())["detained_long_term.unsentenced"]

    assert [unsentenced(d) for d in ("2019-08-01", "2020-06-01", "2022-06-01")] == [1, 1, 2]


def test_a_sentence_on_persons_held_without_a_sentence_alone_begins_with_a_capital(
    tmp_path: Path,
) -> None:
    held = {"sentence_kind_code": "pending", "began_date": pd.Timestamp("2001-06-01")}
    build = make_build(tmp_path, spells=[held, held])
    study = Imprisonment(build, {"as_of": "2020-06-01"})
    said = sentences(study, study.detained.long_term())
    alone = [text for text in said if "recorded as not sentenced" in text]
    assert alone and all(text[0].isupper() for text in said), said


def test_time_held_is_set_against_the_sentence(tmp_path: Path) -> None:
    day = pd.Timestamp
    build = make_build(tmp_path, spells=[
        spell(**term(20), term_half_date=day("2020-01-01"), term_ends_date=day("2030-01-01")),
        spell(**term(30), term_half_date=day("2025-01-01"), term_ends_date=day("2040-01-01")),
        spell(**term(5), term_half_date=day("2012-06-01"), term_ends_date=day("2015-01-01")),
        spell(**LIFE), spell(sentence_kind_code="pending"),
    ])  # fmt: skip
    found = values(Imprisonment(build, {"as_of": "2021-01-01"}).detained.against_sentence())
    assert found == {"served.under_half": 1, "served.over_half": 1, "served.beyond": 1,
                     "served.life": 1, "served.death": 0, "served.none": 1,
                     "served.not_known": 0, "served.of": 5}  # fmt: skip


def test_days_held_are_counted_to_the_as_of_date(tmp_path: Path) -> None:
    build = make_build(tmp_path, spells=[{"began_date": pd.Timestamp("2020-12-22")}] * 3)
    found = values(Imprisonment(build, {"as_of": "2021-01-01"}).detained.time_served())
    assert (found["time_served.from_0"], found["time_served.median_days"]) == (3, 10)


def test_only_a_person_with_a_basis_is_named(tmp_path: Path) -> None:
    build = make_build(tmp_path, spells=[
        spell(**term(12), public_name="Aru Kelvaridemo", name_basis_code="un_publication",
              un_symbol="A/HRC/WGAD/0000/1"),
        spell(**term(15)),
    ])  # fmt: skip
    part = Imprisonment(build, {"as_of": "2021-01-01"}).detained
    assert [[cell.text for cell in row[:2]] for row in part.release_named().rows] == [
        ["Aru Kelvaridemo", "Egypt"]
    ]
    assert values(part.release())["release.detained.egy.persons"] == 2


def test_a_restricted_list_prints_its_plan_and_neither_exact_medians_nor_ways_out(
    tmp_path: Path,
) -> None:
    freed = {"exit_code": "released", "ended_date": pd.Timestamp("2010-07-01"),
             "open_until_date": pd.Timestamp("2010-07-01")}  # fmt: skip
    spells = [spell(**term(12))] * 20 + [freed] * 40
    build = make_build(tmp_path, spells=spells, policy=RESTRICTED)
    part = Imprisonment(build, {}).detained
    found = values(part.long_term())
    assert found["detained_long_term.persons"] == 20
    assert found["detained_long_term.range"] is None
    assert [c for f in (part.time_served(), part.ways_out()) for c in f.claims if c.value] == []


def test_a_scope_without_rows_in_either_table_says_so(tmp_path: Path) -> None:
    build = make_build(tmp_path, [{}], [{}])
    assert Imprisonment(build, {"state": "CHN"}).detained.by_state().rows == ()
    with pytest.raises(ScopeError, match="No row"):
        Imprisonment(build, {"state": "FRA"})


UNDATED = {"began_date": pd.NaT, "began_precision": "unknown", "began_year": None,
           "open_until_date": pd.NaT, "exit_code": "not_recorded",
           "pretext_codes": "not_recorded"}  # fmt: skip
END = {"is_length_read": False, "sentence_end_date": pd.Timestamp("2031-05-01"),
       "sentence_end_precision": "month"}  # fmt: skip
GONE = {"exit_code": "died_not_stated", "ended_date": pd.Timestamp("2020-03-04"),
        "ended_precision": "day", "open_until_date": pd.Timestamp("2020-03-04")}  # fmt: skip


def undated(work: Path, **more: Any) -> Any:
    """The part on a list without dates of arrest: three end dates, one life, one detention.

    more: further facts of the list.
    """
    rows = [
        {**UNDATED, **END},
        {**UNDATED, **END, **GONE, "died_before_end_code": "yes"},
        {**UNDATED, **END, "sentence_end_date": pd.Timestamp("2015-05-01")},
        {**UNDATED, **LIFE},
        {**UNDATED, "sentence_kind_code": "detained"},
    ]
    build = make_build(work, spells=rows)
    told = [facts | more for facts in build.facts()]
    write_json(build.folder / "sources.json", told)
    return Imprisonment(Build(build.study, build.build_id, build.folder), {}).detained


def test_a_list_without_dates_of_arrest_says_nothing_of_how_long_anybody_is_held(
    tmp_path: Path,
) -> None:
    part = undated(tmp_path, remarks={"extent": "Who compiles it is not stated."})
    extent = part.extent()
    assert extent.statements[0].endswith("arrested again. Who compiles it is not stated.")
    assert extent.rows == ()  # the sentence holds all that the list tells
    assert (
        "cannot tell how long a person was held, or whether one was arrested again"
        in extent.statements[0]
    )
    assert not {"detentions.open", "detentions.dated"} & set(values(extent))
    assert part.release().rows == ()
    assert part.by_pretext().rows == ()
    assert part.by_pretext().statements == ("The list of Nobody list-d records no charges.",)


def test_a_list_of_end_dates_says_which_sentences_may_still_run(tmp_path: Path) -> None:
    end = {**UNDATED, **END, "sentence_end_date": pd.Timestamp("2031-05-01")}
    rows = [end, {**end, **GONE}, {**UNDATED, **LIFE}, {**UNDATED, **LIFE, **GONE}]
    scope = {"as_of": "2020-03-31", "report_year": 2026}
    study = Imprisonment(make_build(tmp_path, spells=rows), scope)
    (told,) = sentences(study, study.detained.release())
    assert told == (
        "The list of Nobody list-d, read as at 31 March 2020, records no death for one whose sentence was "
        "due to end after that day; and one under a life sentence, which has no end date. By the end dates, "
        "at least one of the one was due to end in 2027 or later. Whether any of these persons was freed "
        "is not recorded."
    )


def test_sentences_that_end_after_the_year_of_the_report_are_counted_apart(tmp_path: Path) -> None:
    ends = ["2026-12-31", "2027-01-01", "2031-05-01"]
    rows = [{**UNDATED, **END, "sentence_end_date": pd.Timestamp(day)} for day in ends]
    build = make_build(tmp_path, spells=rows)
    for year, beyond in ((2026, 2), (2027, 1), (2031, 0)):
        part = Imprisonment(build, {"as_of": "2020-03-31", "report_year": year}).detained
        assert values(part.end_dates())["end_dates.beyond"] == beyond
    part = Imprisonment(build, {"as_of": "2020-03-31", "report_year": 2026}).detained
    assert [row[0].text for row in part.end_schedule().rows] == ["2026", "2027 *", "2031 *"]


def test_a_word_that_is_not_defined_stands_beside_the_deaths_recorded_with_it(
    tmp_path: Path,
) -> None:
    word = {**UNDATED, "sentence_kind_code": "not_defined", **GONE}
    for died, is_told in (([word, word], True), ([word, {**word, "exit_code": "held"}], False)):
        study = Imprisonment(make_build(tmp_path / str(is_told), spells=died), {})
        told = sentences(study, study.detained.by_sentence_kind())[0]
        assert ("All two with that word are recorded as having died." in told) is is_told


def test_who_may_have_been_freed_is_neither_held_nor_released_and_is_told(tmp_path: Path) -> None:
    unknown = {"exit_code": "unknown", "open_until_date": pd.NaT}
    study = Imprisonment(make_build(tmp_path, spells=[spell(), spell(**unknown)]), {})
    extent = study.detained.extent()
    assert values(extent)["detentions.open"] == values(extent)["detentions.end_not_known"] == 1
    assert "Of one the list does not know whether the person is still held: it counts neither" in (
        " ".join(sentences(study, extent))
    )
    assert values(study.detained.time_served())["time_served.of"] == 1


def test_what_a_list_of_detentions_does_not_ask_has_no_number(tmp_path: Path) -> None:
    part = undated(tmp_path)
    for finding in (part.time_served(), part.pretrial(), part.against_sentence(),
                    part.proceedings(), part.wgad()):  # fmt: skip
        assert (finding.claims, finding.rows) == ((), ()), finding.name
    assert "detained_long_term.whereabouts" not in values(part.long_term())


def test_each_number_says_which_census_and_state_it_is_of(tmp_path: Path) -> None:
    part = Imprisonment(make_build(tmp_path, [term(12), term(3)]), {}).census
    said = {c.name: c.definition for f in (part.long_term(), part.release()) for c in f.claims}
    assert said["long_term.last.persons"].endswith(", census day of 2019")
    assert said["long_term.last.unsentenced"].endswith(", census day of 2019")
    assert said["release.chn.persons"].endswith(", China, census day of 2019")


def test_so_many_censuses_are_one_year_less_and_returns_are_the_least(tmp_path: Path) -> None:
    part = Imprisonment(make_build(tmp_path, [{"is_return": True}]), {}).census
    assert any("at least one year less" in note for note in part.long_term().notes)
    assert "At least {{ rearrests.absent" in part.rearrests().statements[0]
    assert "held for at least nine years" in NOTEBOOK.read_text(encoding="utf-8")


def test_the_map_of_detentions_says_that_it_shows_persons(tmp_path: Path) -> None:
    rows = [{}, {"state_iso3": "ERI", "state_m49": 232}]
    finding = Imprisonment(make_build(tmp_path, spells=rows), {}).detained.by_state()
    assert (finding.drawing.values, finding.unit) == (("persons",), "persons")
    assert finding.title == "Detained persons by State or territory"


def test_a_list_of_one_state_has_no_map(tmp_path: Path) -> None:
    assert undated(tmp_path).by_state().drawing.kind == "table"


def test_terms_that_run_beyond_the_as_of_date_and_deaths_are_printed(tmp_path: Path) -> None:
    part = undated(tmp_path)
    found = values(part.end_dates()) | values(part.deaths())
    assert (found["end_dates.running"], found["end_dates.running_alive"]) == (2, 1)
    assert {k: v for k, v in found.items() if k.startswith("deaths.")} == {
        "deaths.total": 1, "deaths.not_stated": 1,
        "deaths.with_end_date": 1, "deaths.before_end": 1, "deaths.end_not_exact": 0,
        "deaths.after_end": 0, "deaths.life": 0,
    }  # fmt: skip


def test_no_threshold_is_printed_where_fewer_than_half_of_the_sentences_are_read(
    tmp_path: Path,
) -> None:
    finding = undated(tmp_path).long_term()
    assert finding.rows == ()
    found = values(finding)
    assert (found["detained_long_term.read"], found["detained_long_term.with_sentence"]) == (1, 4)
    assert not [name for name in found if ".at_" in name or name.endswith(".persons")]
    assert finding.statements[0] == (
        "As the list gives end dates but no dates of arrest, the length of "
        "{{ detained_long_term.by_end|of:sentence }} cannot be known. The "
        "{{ detained_long_term.life }} life sentences count as long."
    )


def test_every_threshold_says_over_how_many_sentences_it_is_stated(tmp_path: Path) -> None:
    unread = {"sentence_kind_code": "unparsed", "is_length_read": False,
              "longest_min_years": math.nan}  # fmt: skip
    build = make_build(tmp_path, [
        term(12), term(3), {**unread, "censuses_of_name": 10, "censuses_of_person": 10},
        {**UNSENTENCED, "longest_min_years": 0.0, "censuses_of_name": 10},
    ])  # fmt: skip
    part = Imprisonment(build, {}).census
    finding = part.long_term()
    found = values(finding)
    assert (found["long_term.read"], found["long_term.with_sentence"]) == (2, 3)
    assert (
        "{{ long_term.read }} of the {{ long_term.with_sentence }}"
        in part.sentences_read().statements[0]
    )
    assert found["long_term.unsentenced"] == 0  # an unread sentence is a sentence
    tracked = values(part.tracked())
    assert tracked["tracked.at_least_10"] == 2
    assert tracked["tracked.at_least_10.never_long"] == 1  # and is not below a threshold


def test_a_long_sentence_that_the_class_contradicts_and_the_bias_of_the_share_are_told(
    tmp_path: Path,
) -> None:
    clash = term(12, person_id="a", band_agreement_code="contradiction")
    rows = [{**clash, "census_year": 2018}, clash, term(15), term(15, person_id="c"), term(3)]
    rows += [term(15, person_id="c", census_year=2017, band_agreement_code="contradiction")]
    study = Imprisonment(make_build(tmp_path, rows), {})
    told = sentences(study, study.census.long_term())[0]
    assert (
        "Persons under such a sentence stand on about two censuses each and the other one on about one, so "
        "the share is one of the persons listed"
    ) in told
    assert sentences(study, study.census.sentences_read())[1] == (
        "Of three persons under a sentence of 10 years or longer, life or death, one is counted by the "
        "wording of the sentence, which the list's own class of length contradicts on each such census."
    )


def test_a_conflict_over_death_is_shown_and_counted_neither_way(tmp_path: Path) -> None:
    conflict = {"sentence_kind_code": "conflict_death", "is_length_read": False,
                "censuses_of_person": 12}  # fmt: skip
    build = make_build(tmp_path, [term(12), term(3), conflict])
    part = Imprisonment(build, {}).census
    finding = part.long_term()
    found = values(finding)
    assert (found["long_term.conflict_death"], found["long_term.conflict_life"]) == (1, 0)
    assert (found["long_term.persons"], found["long_term.unsentenced"]) == (1, 0)
    assert "conflict over death" in part.sentences_read().statements[0]
    assert "conflict over life" not in part.sentences_read().statements[0]
    assert values(part.by_sentence_kind())["by_sentence_kind.conflict_death"] == 1


def test_a_return_on_a_new_charge_is_one_person_and_a_pattern(tmp_path: Path) -> None:
    same = {"person_id": "p", "censuses_of_name": 2, "censuses_of_person": 2}
    build = make_build(
        tmp_path, [{**same, "census_year": 2010}, {**same, "is_return": True}, {}, {}]
    )
    part = Imprisonment(build, {}).census
    assert values(part.extent())["extent.persons"] == 3
    assert values(part.rearrests()) == {
        "rearrests.persons": 1, "rearrests.chn": 1, "rearrests.absent": 1,
    }  # fmt: skip


def test_no_number_of_one_part_has_the_name_of_a_number_of_the_other(tmp_path: Path) -> None:
    build = make_build(tmp_path, [{}, {}], [{}])
    fates = {"rows_in": 2, "accepted": 2, "set_aside": 0, "issues": 0, "notes": []}
    lists = [{"slug": "list-c", **fates}, {"slug": "list-d", **fates, "rows_in": 1, "accepted": 1}]
    write_json(build.folder / "quality.json", lists)
    study = Imprisonment(build, {})
    found = values(study.quality())
    assert found["by_source.list_c.quality.rows_in"] == 2
    assert found["by_source.list_d.quality.rows_in"] == 1
    made: dict[str, Any] = {}
    for call in re.findall(r"show\(study\.(.*?)\(\)\)", NOTEBOOK.read_text(encoding="utf-8")):
        for claim in attrgetter(call)(study)().claims:
            assert made.setdefault(claim.name, claim) == claim, claim.name
    assert len(made) > 100


def test_figures_on_ways_out_that_rest_on_few_persons_become_a_sentence(tmp_path: Path) -> None:
    freed = {"exit_code": "released", "ended_date": pd.Timestamp("2010-01-06"),
             "open_until_date": pd.Timestamp("2010-01-06")}  # fmt: skip
    late = {"entered_date": pd.Timestamp("2010-03-01")}
    build = make_build(tmp_path, spells=[freed, *[late] * 40])
    finding = Imprisonment(build, {"as_of": "2021-01-01"}).detained.ways_out()
    assert finding.rows == ()  # one release on the fifth day is not 100 per cent
    assert "ways_out.released.y1" not in values(finding)
    assert "fewer than ten persons were under observation" in finding.statements[0]


def test_an_interval_wider_than_fifty_points_becomes_a_sentence(tmp_path: Path) -> None:
    """Ten persons are at risk throughout: one leaves every ten days, and one is taken up."""

    def freed(day: int) -> dict[str, Any]:
        end = pd.Timestamp("2010-01-01") + pd.Timedelta(days=day)
        return {"exit_code": "released", "ended_date": end, "open_until_date": end}

    def taken_up(day: int) -> dict[str, Any]:
        return {"entered_date": pd.Timestamp("2010-01-01") + pd.Timedelta(days=day)}

    left = [freed(5 + 10 * n) for n in range(5)]
    spells = [*left, *(taken_up(10 * n) for n in range(1, 6)), *[{}] * 5]
    finding = Imprisonment(
        make_build(tmp_path, spells=spells), {"as_of": "2021-01-01"}
    ).detained.ways_out()
    assert finding.rows == ()
    assert "“released” within one year or two years" in finding.statements[0]
    assert "wider than fifty points" in finding.statements[0]


def test_the_last_census_is_told_alone(tmp_path: Path) -> None:
    build = make_build(tmp_path, [
        {"census_year": 2018, **UNSENTENCED}, {"census_year": 2018, **UNSENTENCED},
        term(12), term(3), {**LIFE, "sex_code": "female"}, UNSENTENCED,
        {**UNSENTENCED, "sentence_kind_code": "not_recorded"},
    ])  # fmt: skip
    finding = Imprisonment(build, {}).census.last_census()
    found = values(finding)
    keys = ("persons", "sentence_known", "not_sentenced", "sentenced", "long", "life", "female")
    assert [found[f"last_census.{key}"] for key in keys] == [5, 4, 1, 3, 2, 1, 1]
    assert finding.period == "2019"
    cells = re.findall(
        r"(?:show|cite)\(study\.census\.(\w+)\(\)\)", NOTEBOOK.read_text(encoding="utf-8")
    )
    assert cells.index("last_census") < cells.index("by_state")


def test_persons_without_a_sentence_to_read_and_without_a_word_are_told(tmp_path: Path) -> None:
    silent = {**UNSENTENCED, "sentence_kind_code": "not_recorded"}
    build = make_build(tmp_path, [term(12), UNSENTENCED, silent])
    finding = Imprisonment(build, {}).census.sentences_read()
    found = values(finding)
    keys = ("of", "no_length", "not_read", "no_sentence", "no_word")
    assert [found[f"long_term.{k}"] for k in keys] == [3, 2, 0, 2, 1]
    assert (
        "a sentence without a length is recorded for {{ long_term.not_read|none }}, and no sentence that can "
        "be counted for {{ long_term.no_sentence|none }}" in finding.statements[0]
    )


def test_a_charge_before_its_first_census_is_not_covered_and_an_unused_one_has_no_claim(
    tmp_path: Path,
) -> None:
    rows = [{"census_year": year} for year in range(2012, 2020)]
    rows.append({"census_year": 2016, "pretext_codes": "not_disclosed"})
    part = Imprisonment(make_build(tmp_path, rows), {}).census
    finding = part.by_pretext_region_time()
    late = next(row for row in finding.rows if row[1].text == "Charge not disclosed")
    assert [cell.text or "number" for cell in late[2:]] == ["not covered"] * 2 + ["number"] * 2
    assert "by_pretext.terrorism" not in values(part.by_pretext())
    assert "by_pretext.not_disclosed" in values(part.by_pretext())


def test_headings_periods_and_names_say_what_they_are_of(tmp_path: Path) -> None:
    study = Imprisonment(make_build(tmp_path, [{}], [UNDATED]), {})
    assert study.census.by_sentence_kind().columns[1].label == "Held"
    assert study.detained.by_sentence_kind().columns[1].label == "Detentions"
    assert study.detained.deaths().period == "no year of arrest recorded"


def test_censuses_whose_recording_differs_are_not_added_up(tmp_path: Path) -> None:
    old = [{"census_year": 2017, "sentence_kind_code": "not_recorded"}] * 2 + [
        {"census_year": 2017}
    ]
    rows = [{"census_year": 2018}] * 40 + [{**UNSENTENCED, "census_year": 2018}] * 10
    rows += [{}] * 20 + [UNSENTENCED] * 20 + [LIFE]
    study = Imprisonment(make_build(tmp_path, [*old, *rows]), {})
    finding = study.census.by_sentence_kind()
    assert sentences(study, finding) == [
        "From 2018 on, each census records for nine in ten or more whether they were sentenced; of these, "
        "the share not sentenced was lowest in 2018 (20 per cent) and highest in 2019 (49 per cent). "
        "Recording was poorer before 2018, and the censuses are not added up. Over all censuses, the list "
        "records one person under a life sentence."
    ]
    texts = {claim.name: claim.text for claim in finding.claims}
    assert [[texts.get(cell.claim, cell.text) for cell in row] for row in finding.rows] == [
        ["2017", "3", "1", "0", "no share"],
        ["2018", "50", "50", "10", "20"],
        ["2019", "41", "41", "20", "49"],
    ]


def test_the_censuses_between_the_lowest_and_the_highest_share_are_told_where_these_are_the_ends(
    tmp_path: Path,
) -> None:
    rows = [
        {**(UNSENTENCED if n < pending else {}), "census_year": year}
        for year, pending in ((2016, 4), (2017, 20), (2018, 12), (2019, 30))
        for n in range(40)
    ]
    study = Imprisonment(make_build(tmp_path, rows), {})
    assert sentences(study, study.census.by_sentence_kind()) == [
        "From 2016 on, each census records for nine in ten or more whether they were sentenced; of these, "
        "the share not sentenced was lowest in 2016 (10 per cent) and highest in 2019 (75 per cent). On the "
        "censuses between, it lay between 30 per cent and 50 per cent."
    ]


def test_the_lineage_says_in_words_what_is_counted(tmp_path: Path) -> None:
    study = Imprisonment(make_build(tmp_path, [term(12), UNSENTENCED], [{}]), {})
    made = (study.census.long_term(), study.census.by_region(), study.census.tracked(),
            study.census.by_state(), study.detained.by_sex(), study.detained.deaths())  # fmt: skip
    words = {c.name: filter_in_words(c.filter) for f in made for c in f.claims}
    said = words["long_term.at_10.persons"]
    assert said.endswith("(life and death are longer than any): 10 or more")
    assert words["long_term.unsentenced"].endswith("no sentence had been passed: yes")
    assert "State or territory: China" in words["by_state.chn"]
    assert "any of 49 States and territories" in words["by_region.africa.persons"]
    codes_seen = [w for w in words.values() if re.search(r"_|True|False|iso3|\bfirst\b|–", w)]
    assert codes_seen == []


def test_a_public_list_beside_a_restricted_one_has_no_zero_for_a_charge_it_has_no_class_for(
    tmp_path: Path,
) -> None:
    census = [{"pretext_codes": "false_news"}] * 9
    build = make_build(tmp_path, census, [{}] * 9, RESTRICTED)
    finding = Imprisonment(build, {}).census.last_charges()
    assert [row[0].text for row in finding.rows] == ["False news"]


def sentences(study: Imprisonment, *findings: Finding) -> list[str]:
    """Sentences of findings as the page prints them."""
    names = names_for_prose([study.card(), study.census.extent(), *findings])
    return [
        strip_markdown(fill_in_prose(text, names, "a test"))
        for finding in findings
        for text in finding.statements
    ]


NOBODY = "Nobody list-c"
LIST = f"the list of {NOBODY}"


def test_the_last_census_is_told_in_sentences(tmp_path: Path) -> None:
    build = make_build(tmp_path, [
        {"census_year": 2018}, term(12, pretext_codes="no_charge"), term(3),
        {**LIFE, "sex_code": "female"}, {**UNSENTENCED, "pretext_codes": "not_disclosed"},
    ])  # fmt: skip
    study = Imprisonment(build, {})
    finding = study.census.last_census()
    assert (finding.rows, finding.drawing.kind) == ((), "table")
    assert sentences(study, finding, study.census.last_charges()) == [
        f"The {NOBODY} census of 1 December 2019 lists four invented prisoners in one State or territory. Of "
        "the four on the census of 2019 for whom it is recorded whether they were sentenced, one is recorded "
        "as not sentenced and three as sentenced, of whom two to 10 years or longer, life or death: one to "
        "life and none to death. Of the one not sentenced, one was recorded with no charge, or with none "
        "that is disclosed. Of the four on the census of 2019, one was recorded as a woman.",
        "Of the four on the census of 2019, two are recorded as held on national security or anti-State "
        "charges; for one no charge is disclosed and for one none was brought. A person may be held on "
        "several.",
    ]


def test_many_charges_are_told_in_two_sentences_of_which_the_summary_has_the_first(
    tmp_path: Path,
) -> None:
    held = {"national_security": 10, "insult_defamation": 6, "false_news": 3, "censorship": 3}
    rows = [{"pretext_codes": code} for code, n in held.items() for _ in range(n)]
    study = Imprisonment(make_build(tmp_path, [*rows, {"pretext_codes": "not_disclosed"}]), {})
    finding = study.census.last_charges()
    [told] = sentences(study, finding)
    first = (
        "Of the 23 on the census of 2019, 10 are recorded as held on national security or anti-State charges "
        "and six on charges of insult or defamation; for one no charge is disclosed. A person may be held on "
        "several."
    )
    assert told.startswith(first + " Of the 23, three are recorded as held on charges of ")
    assert len(finding.key_sentences) == 1 and "Of the 23, three" not in finding.key_sentences[0]


def test_charges_stand_by_size_and_those_classed_as_retaliatory_among_them(tmp_path: Path) -> None:
    codes = ["false_news"] * 2 + ["retaliation"] * 3 + ["national_security"] * 5
    study = Imprisonment(make_build(tmp_path, [{"pretext_codes": c} for c in codes]), {})
    assert sentences(study, study.census.last_charges(), study.census.by_pretext()) == [
        "Of the 10 on the census of 2019, five are recorded as held on national security or anti-State "
        f"charges, three on charges that {NOBODY} classes as retaliatory and two on charges of false news. A "
        "person may be held on several.",
        f"Of the 10 persons on {LIST} with an entry on charges, "
        f"five are recorded as held on national security or anti-State charges, three on charges that "
        f"{NOBODY} classes as retaliatory and two on charges of false news.",
    ]
    assert any(n.startswith("“Retaliatory” is a class") for n in study.census.last_charges().notes)


def held_long(name: str, censuses: int, year: int = 2019, **more: Any) -> dict[str, Any]:
    return {"person_id": name, "censuses_of_person": censuses, "census_year": year,
            "state_iso3": "ERI", "state_m49": 232, "pretext_codes": "not_disclosed",
            **UNSENTENCED, **more}  # fmt: skip


def test_who_is_held_longest_without_a_sentence_is_told_by_state_and_never_by_name(
    tmp_path: Path,
) -> None:
    five = [held_long(f"p{n}", 10 + n) for n in range(5)]
    build = make_build(tmp_path, [
        *five, held_long("gone", 11, 2018), held_long("short", 9),
        held_long("alone", 12, state_iso3="MMR", state_m49=104),
    ])  # fmt: skip
    study = Imprisonment(build, {})
    finding = study.census.longest_unsentenced()
    assert sentences(study, finding) == [
        f"On {NOBODY} censuses, seven persons stand 10 times or more, each time as not sentenced: six in "
        "Eritrea and one in Myanmar. Of the six in Eritrea, five are on the census of 2019: they stand on "
        "between 10 and 14 censuses, on none with a sentence or a disclosed charge."
    ]
    assert len(finding.key_sentences) == 1
    # of one or two persons, State and number are told only
    assert [cell.text for cell in finding.rows[1][3:]] == ["–", "–", "–"]


def test_a_charge_on_any_census_is_told_of_those_held_longest(tmp_path: Path) -> None:
    five = [held_long(f"p{n}", 12) for n in range(5)]
    earlier = held_long("p0", 12, 2010, pretext_codes="false_news")
    study = Imprisonment(make_build(tmp_path, [*five, earlier]), {})
    finding = study.census.longest_unsentenced()
    assert values(finding)["longest.eri.charged"] == 1
    assert "censuses, on none with a sentence." in sentences(study, finding)[0]


def test_fields_that_conflict_over_death_are_both_printed_and_left_to_a_person(
    tmp_path: Path,
) -> None:
    build = make_build(tmp_path, [
        {"sentence_kind_code": "death", "bound_min_years": math.inf, "bound_max_years": math.inf},
        {"sentence_kind_code": "conflict_death", "is_length_read": False, "census_year": 2018,
         "state_iso3": "MRT", "state_m49": 478},
    ])  # fmt: skip
    study = Imprisonment(build, {})
    assert sentences(study, study.census.death_sentences()) == [
        f"{NOBODY} records, under a sentence of death, one person in China, last on the census of 2019. It "
        "also lists one person in Mauritania, last on the census of 2018, whose two entries on the sentence "
        "disagree over death; this person is not counted."
    ]


def test_persons_under_a_sentence_of_death_or_for_life_are_counted_once(tmp_path: Path) -> None:
    death = {"sentence_kind_code": "death", "bound_min_years": math.inf}
    one = {**death, "person_id": "p1", "name_id": "n1"}
    rows = [{**one, "census_year": year} for year in (2018, 2019)]
    study = Imprisonment(make_build(tmp_path, [*rows, LIFE, term(3)]), {})
    assert sentences(study, study.census.by_sentence_kind()) == [
        "Over all censuses, the list records one person under a life sentence and one person under a "
        "sentence of death."
    ]


def test_sentences_stand_by_the_charge_of_the_same_row(tmp_path: Path) -> None:
    rows = [term(12)] * 10 + [term(3)] * 20 + [UNSENTENCED] * 2
    rows += [term(15, pretext_codes="retaliation")] * 9 + [
        term(3, pretext_codes="retaliation")
    ] * 21
    rows += [term(15, pretext_codes="false_news")] * 29
    study = Imprisonment(make_build(tmp_path, rows), {})
    assert sentences(study, study.census.sentences_by_charge()) == [
        f"Of those on {LIST} whose sentence is known, sentences of 10 years or longer, life or death are "
        "recorded for 10 (33 per cent) of 30 held on national security or anti-State charges and nine (30 "
        f"per cent) of 30 held on charges that {NOBODY} classes as retaliatory."
    ]


def test_no_share_is_given_where_the_sentence_is_known_for_fewer_than_half(tmp_path: Path) -> None:
    unread = {**UNSENTENCED, "is_length_read": False, "pretext_codes": "false_news"}
    rows = [term(12)] * 40 + [term(15, pretext_codes="false_news")] * 30 + [unread] * 40
    study = Imprisonment(make_build(tmp_path, rows), {})
    assert sentences(study, study.census.sentences_by_charge())[0].endswith(
        "The sentence is known for 30 of 70 held on charges of false news: fewer than half, so no share is "
        "stated."
    )


def test_who_stands_under_two_charges_is_told_and_left_out_of_the_second_row(
    tmp_path: Path,
) -> None:
    rows = [term(12, pretext_codes="false_news|national_security")] * 20
    rows += [term(3, pretext_codes="false_news")] * 20 + [term(3)] * 20
    study = Imprisonment(make_build(tmp_path, rows), {})
    finding = study.census.sentences_by_charge()
    assert (
        "A person may be held on several: without those also held on national security or anti-State "
        "charges, such sentences are recorded for none of 20 on charges of false news."
    ) in sentences(study, finding)[0]
    assert "held on several" in finding.key_sentences[0]


def test_regions_and_periods_of_a_charge_stand_in_one_table(tmp_path: Path) -> None:
    rows = [{"census_year": year} for year in range(2012, 2020)]
    study = Imprisonment(make_build(tmp_path, rows), {})
    finding = study.census.by_pretext_region_time()
    assert [column.label for column in finding.columns] == [
        "Region", "Charges as brought", "2012–2013", "2014–2015", "2016–2017", "2018–2019",
    ]  # fmt: skip
    found = values(finding)
    assert found["by_pretext_region_time.asia_pacific.national_security.2012_2013"] == 2


def test_ends_of_sentences_to_come_are_told_by_year_and_the_dead_left_out(tmp_path: Path) -> None:
    part = undated(tmp_path)
    found = values(part.end_schedule())
    years = {name: n for name, n in found.items() if name[-4:].isdigit() and n}
    assert years == {"end_schedule.2031": 1}
    study = Imprisonment(part.build, {"report_year": 2026})
    assert sentences(study, part.deaths()) == [
        "The list of Nobody list-d records one death and not whether it occurred in custody. Of the one "
        "with an end date of the sentence, one died before that date."
    ]
    assert sentences(study, study.detained.end_schedule()) == [
        "Of the one, at least one were due to end from 2024 to 2031, of which one in 2027 or later."
    ]


def test_re_arrest_is_said_not_to_be_recorded(tmp_path: Path) -> None:
    study = Imprisonment(make_build(tmp_path, [{"is_return": True}], [UNDATED]), {})
    told = sentences(study, study.census.rearrests(), study.detained.extent())
    assert "so re-arrest is not recorded. At least one person left the census" in told[0]
    assert told[1].endswith("or whether one was arrested again.")


def test_a_call_for_release_stands_beside_the_date_of_its_data(tmp_path: Path) -> None:
    spells = [spell(**term(12), public_name="Aru Kelvaridemo", name_basis_code="un_publication",
                    un_symbol="A/HRC/WGAD/0000/1", last_known_date=pd.Timestamp("2020-05-04"))]  # fmt: skip
    study = Imprisonment(make_build(tmp_path, [term(12)], spells), {"as_of": "2021-01-01"})
    told = sentences(study, study.census.release(), study.detained.release())
    assert told[0].startswith(
        f"On 1 December 2019, the day of the last census of {NOBODY} read here, one person in one State or "
        "territory was held"
    )
    assert "as it stood on 1 January 2021" in told[1]
    named = study.detained.release_named()
    assert named.rows[0][5].text == "4 May 2020"


def test_charges_of_half_of_those_held_are_told_by_state(tmp_path: Path) -> None:
    china = [{"pretext_codes": "false_news"}] * 4 + [{"pretext_codes": "assembly"}]
    eritrea = [{"state_iso3": "ERI", "state_m49": 232, "pretext_codes": "not_disclosed"}] * 5
    study = Imprisonment(make_build(tmp_path, [*china, *eritrea]), {})
    assert sentences(study, study.census.charges_by_state()) == [
        "In the States or territories with five or more on the census of 2019, half or more of those held "
        "were recorded with charges of false news in China (four of five); with no charge, or none that is "
        "disclosed, in Eritrea (all five)."
    ]
    assert study.census.charges_by_state().rows == ()


def test_a_restricted_list_is_told_in_printed_numbers_only(tmp_path: Path) -> None:
    build = make_build(tmp_path, spells=[spell(**term(12))] * 3 + [{}] * 9, policy=RESTRICTED)
    part = Imprisonment(build, {"as_of": "2021-01-01"}).detained
    for finding in (part.long_term(), part.by_sentence_kind(), part.by_sex(), part.deaths()):
        shown = {c.name for c in finding.claims if c.status != "suppressed"}
        tags = set(re.findall(r"{{ ([a-z0-9_.]+)", " ".join(finding.key_sentences)))
        assert tags <= shown | {"params.long_term_years"}


def test_where_nobody_is_charged_or_sentenced_the_sentences_still_stand_by_themselves(
    tmp_path: Path,
) -> None:
    study = Imprisonment(make_build(tmp_path, [held_long("a", 12), held_long("b", 11)]), {})
    census = study.census
    told = sentences(
        study, census.last_census(), census.last_charges(), census.longest_unsentenced()
    )
    assert told[0].endswith("Of the two on the census of 2019, none were recorded as women.")
    assert told[1] == "Of the two on the census of 2019, for two no charge is disclosed."
    assert told[2].endswith("each time as not sentenced, in Eritrea.")


def test_a_question_is_answered_by_the_list_that_holds_its_numbers(tmp_path: Path) -> None:
    study = Imprisonment(make_build(tmp_path, [term(12)] * 2, [{}]), {"as_of": "2021-01-01"})
    findings = [study.card(), study.census.extent(), study.census.by_sex(), study.quality(),
                study.detained.extent(), study.census.long_term()]  # fmt: skip
    table = build_question_table(findings)
    assert table is not None
    answers = {row[1].text: row[2].text for row in table.rows}
    assert answers["Are the most exposed groups among those held?"] == "List list-c"
    asked = write_question_texts(findings)["for_a_person"]
    assert "{{ long_term.last.persons }}" in asked and "{{ detentions.open }}" in asked


def test_who_left_the_list_and_returned_is_counted_whatever_the_charge(tmp_path: Path) -> None:
    rows = [{"person_id": "a", "census_year": 2010}, {"person_id": "a", "census_year": 2012},
            {"person_id": "b", "census_year": 2010}, {"person_id": "b", "census_year": 2011}]  # fmt: skip
    study = Imprisonment(make_build(tmp_path / "one", rows), {})
    assert sentences(study, study.census.rearrests())[0].endswith(
        "At least one person left the census for a year or more and returned, none of them on a charge that "
        "shares nothing with the earlier ones."
    )
    rows += [{"person_id": "c", "census_year": 2010}, {"person_id": "c", "is_return": True}]
    study = Imprisonment(make_build(tmp_path / "two", rows), {})
    assert (
        "At least two persons left the census for a year or more and returned, one of them on a charge"
    ) in sentences(study, study.census.rearrests())[0]


def test_who_has_no_charge_on_a_census_and_who_has_none_recorded_at_all(tmp_path: Path) -> None:
    rows = [
        {"pretext_codes": "false_news", "person_id": "a"},
        {"pretext_codes": "not_recorded", "person_id": "a", "census_year": 2018},
        {"pretext_codes": "no_charge"},
        {
            "pretext_codes": "not_disclosed",
            "sentence_kind_code": "pending",
            "is_length_read": False,
        },
        {"pretext_codes": "not_recorded"},
    ]
    study = Imprisonment(make_build(tmp_path, rows), {})
    assert sentences(study, study.census.by_pretext()) == [
        f"Of the three persons on {LIST} with an entry on charges, "
        "one is recorded as held on charges of false news. No charge, or none disclosed, is "
        "recorded for two persons on at least one census; of the four persons, nothing on a charge is "
        "recorded for one. Of the one recorded with no charge, one has a sentence in the same entry: the "
        "list's two fields conflict."
    ]


def test_one_state_that_makes_more_than_half_of_a_region_is_named(tmp_path: Path) -> None:
    viet_nam = {"state_iso3": "VNM", "state_m49": 704}
    study = Imprisonment(make_build(tmp_path, [{}] * 11 + [viet_nam] * 9), {})
    assert sentences(study, study.census.by_pretext_region_time()) == [
        "Of those recorded on national security or anti-State charges over all censuses, one State held more "
        "than half in these regions: 11 of 20 in Asia-Pacific (China)."
    ]
    halves = Imprisonment(make_build(tmp_path / "b", [{}] * 10 + [viet_nam] * 10), {})
    assert sentences(halves, halves.census.by_pretext_region_time()) == []


def test_kinds_of_sentence_of_detentions_are_counts_without_shares(tmp_path: Path) -> None:
    finding = undated(tmp_path).by_sentence_kind()
    assert [column.key for column in finding.columns] == ["label", "value"]
    assert "share" not in finding.statements[0]
    assert (
        "given as detention only for {{ detained_by_sentence_kind.detained" in finding.statements[0]
    )


def test_an_end_known_to_the_year_only_makes_the_number_after_a_day_the_least(
    tmp_path: Path,
) -> None:
    end = {**UNDATED, "sentence_kind_code": "term"}
    rows = [
        {**end, "sentence_end_date": pd.Timestamp("2020-01-01"), "sentence_end_precision": "year"},
        {**end, "sentence_end_date": pd.Timestamp("2021-05-01"), "sentence_end_precision": "day"},
    ]
    study = Imprisonment(
        make_build(tmp_path, spells=rows), {"as_of": "2020-03-31", "report_year": 2026}
    )
    assert sentences(study, study.detained.end_dates())[0].endswith(
        "Of persons with no death recorded, at least one was due to end after 31 March 2020, and none of "
        "these in 2027 or later; one more, of which only the year is known, may end before or after that day."
    )


def test_the_period_names_the_years_of_each_kind_of_list(tmp_path: Path) -> None:
    study = Imprisonment(make_build(tmp_path, [{}], [UNDATED]), {})
    assert study.period() == "censuses of 2019; detentions, no year of arrest recorded"


def test_what_is_not_in_the_plan_of_a_restricted_list_has_no_table(tmp_path: Path) -> None:
    study = Imprisonment(make_build(tmp_path, spells=[{}] * 9, policy=RESTRICTED), {})
    finding = study.detained.end_dates()
    assert (finding.rows, finding.statements) == ((), ())


def test_dates_that_do_not_leave_a_restricted_list_are_not_said_to_be_unrecorded(
    tmp_path: Path,
) -> None:
    build = make_build(
        tmp_path, spells=[{"began_date": pd.Timestamp("2005-05-01")}] * 70, policy=RESTRICTED
    )
    asks = [{**f, "asked": ["sex_code", "dates"]} for f in read_json(build.folder / "sources.json")]
    write_json(build.folder / "sources.json", asks)
    study = Imprisonment(build, {"as_of": "2021-01-01"})
    for finding in (study.detained.extent(), study.detained.long_term()):
        texts = [cell.text for row in finding.rows for cell in row if not cell.vocabulary]
        assert NOT_RECORDED not in texts and NOT_IN_PLAN in texts


def test_an_internal_report_on_a_list_of_detentions_is_not_said_to_be_rounded(
    tmp_path: Path,
) -> None:
    build = make_build(tmp_path, spells=[{"state_iso3": "EGY"}] * 9, policy=RESTRICTED)
    flags = {c.name: c.value for c in Imprisonment(build, {"state": "EGY"}).card().claims}
    assert not flags.get("scope.withheld")
    whole = {c.name: c.value for c in Imprisonment(build, {}).card().claims}
    assert whole["scope.withheld"]


def test_persons_of_an_area_are_not_called_detentions(tmp_path: Path) -> None:
    spells = [{"person_id": f"p{n % 30}"} for n in range(40)]
    build = make_build(tmp_path, spells=spells, policy=RESTRICTED)
    finding = Imprisonment(build, {}).detained.by_area()
    assert (finding.title.partition(" by ")[0], finding.columns[-1].label) == ("Persons", "Persons")


def test_a_list_without_end_dates_says_so_under_its_heading(tmp_path: Path) -> None:
    study = Imprisonment(make_build(tmp_path, spells=[{}] * 9), {})
    assert study.detained.end_dates().statements == (
        "The list of Nobody list-d gives no date on which a sentence ends.",
    )


def test_medians_of_a_restricted_list_are_classes_and_its_last_day_is_not_told(
    tmp_path: Path,
) -> None:
    seen_last = {"last_known_date": pd.Timestamp("2013-04-17"), "age_years": 24}
    spells = [
        {"began_date": pd.Timestamp("2010-05-01")},
        {"began_date": pd.Timestamp("2005-05-01")},
    ]
    build = make_build(
        tmp_path, spells=[seen_last | spells[n % 10 == 0] for n in range(70)], policy=RESTRICTED
    )
    finding = Imprisonment(build, {}).detained.medians()
    assert [[cell.text or values(finding)[cell.claim] for cell in row] for row in finding.rows] == [
        ["Age", "from 18 to under 30 years"],
        ["Time held", "from 2 to under 5 years"],
    ]
    assert "2013" not in str(finding.to_json())
    in_egypt = Imprisonment(build, {"state": "EGY"})
    assert in_egypt.detained.medians().rows == ()


def test_who_is_on_the_last_census_for_the_first_time_is_told(tmp_path: Path) -> None:
    often = [
        {"person_id": "a", "censuses_of_name": 5, "censuses_of_person": 5, "census_year": year}
        for year in range(2015, 2020)
    ]
    study = Imprisonment(make_build(tmp_path, [*often, {}, {}]), {})
    assert sentences(study, study.census.tracked()) == [
        f"Distinguished by State and name, one person stands on five or more {NOBODY} censuses and none on "
        "ten or more. Of the three on the census of 2019, two were on one for the first time."
    ]


def test_of_those_not_sentenced_on_the_last_census_it_is_told_on_how_many_they_stood_so(
    tmp_path: Path,
) -> None:
    rows = [{**UNSENTENCED, "person_id": "a", "census_year": year} for year in (2017, 2018, 2019)]
    rows += [{**UNSENTENCED, "person_id": "b"}, {**UNSENTENCED, "census_year": 2018}]
    study = Imprisonment(make_build(tmp_path, rows), {})
    assert sentences(study, study.census.longest_unsentenced())[0].endswith(
        "Of the two recorded as not sentenced on the census of 2019, one had been recorded so on two "
        "censuses or more and one on three or more."
    )


def test_the_conclusions_give_the_last_census_in_sum(tmp_path: Path) -> None:
    rows = [held_long(f"p{n}", 12) for n in range(20)] + [term(3)] * 20
    study = Imprisonment(make_build(tmp_path, rows), {})
    assert sentences(study, study.conclusions()) == [
        "On the last census, 20 of the 40 for whom it is recorded (50 per cent) had not been sentenced and "
        "20 of the 40 held (50 per cent) were held on national security or anti-State charges. In Eritrea, "
        "20 persons had by then been listed on 12 censuses, on none with a sentence or a "
        "disclosed charge."
    ]


def test_facts_of_a_detention_are_counted_over_those_in_which_they_are_recorded(
    tmp_path: Path,
) -> None:
    spells = [{"ill_treated_code": c} for c in ("yes", "yes", "no", "unknown", "not_recorded")]
    finding = Imprisonment(make_build(tmp_path, spells=spells), {}).detained.proceedings()
    found = {k: v for k, v in values(finding).items() if "share" not in k}
    keys = [f"proceedings.ill_treated.{key}" for key in ("yes", "no", "known")]
    assert [found[key] for key in keys] == [2, 1, 3]
    assert not any("lawyer_absent" in name for name in found)  # nobody recorded it


def test_not_asked_and_not_known_stand_beside_yes_and_no(tmp_path: Path) -> None:
    spells = [{"lawyer_absent_code": c} for c in ("yes", "unknown", "not_asked", "not_asked")]
    finding = Imprisonment(make_build(tmp_path, spells=spells), {}).detained.proceedings()
    found = values(finding)
    assert {
        k: found[f"proceedings.lawyer_absent.{k}"] for k in ("yes", "unknown", "not_asked")
    } == {
        "yes": 1,
        "unknown": 1,
        "not_asked": 2,
    }


def test_days_disappeared_are_told_of_those_for_whom_they_are_recorded(tmp_path: Path) -> None:
    spells = [{"disappeared_days": n} for n in (4, 30, 400, 0, None)]
    study = Imprisonment(make_build(tmp_path, spells=spells), {})
    assert sentences(study, study.detained.days_disappeared()) == [
        "For three detentions the list of Nobody list-d records how many days passed before the detention "
        "was acknowledged: from 4 to 400, the median being 30."
    ]


def test_of_a_confidential_list_no_days_of_one_person_leave(tmp_path: Path) -> None:
    spells = [{"disappeared_days": n} for n in (4, 30, 400)]
    build = make_build(tmp_path, spells=spells, policy=RESTRICTED)
    finding = Imprisonment(build, {}).detained.days_disappeared()
    assert not {"disappeared_days.median", "disappeared_days.max"} & set(values(finding))


def test_opinions_of_a_register_are_counted_once_and_apart_from_persons(tmp_path: Path) -> None:
    row = {
        "opinion_id": "12/2020", "opinion_year": 2020, "adopted_date": pd.NaT, "state_iso3": "EGY",
        "persons_named": 2, "category_codes": "i|ii", "outcome_code": "arbitrary",
        "follow_up_codes": "released",
    }  # fmt: skip
    rows = [
        row,
        row | {"state_iso3": "SAU"},
        row | {"opinion_id": "3/2021", "outcome_code": "closed"},
    ]
    study = Imprisonment(make_build(tmp_path, spells=[{}], opinions=rows), {})
    finding = study.opinions.register()
    assert sentences(study, finding) == [
        "The list of Nobody list-w holds two opinions of the Working Group on Arbitrary Detention that "
        "concern two States; in one the Working Group found the detention arbitrary, and after two a "
        "release is recorded."
    ]
    assert values(study.detained.extent())["detentions.total"] == 1


def test_who_the_detained_are_and_who_arrested_them_is_told_where_a_list_records_it(
    tmp_path: Path,
) -> None:
    spells = [
        {"person_id": f"p{n}", "identity_codes": who, "cause_codes": cause, "perpetrator_codes": by}
        for n, (who, cause, by) in enumerate(
            (
                ("indigenous", "land_environment", "police"),
                ("indigenous|lawyer", "land_environment", "police|private_security"),
                ("lawyer", "other", "armed_forces"),
                ("not_recorded", "labour_rights", "police"),
                ("other", "not_recorded", "unknown"),
            )
        )
    ]
    study = Imprisonment(make_build(tmp_path, spells=spells), {})
    detained = study.detained
    findings = (detained.by_identity(), detained.by_cause(), detained.by_authority())
    found = {k: v for f in findings for k, v in values(f).items() if not k.endswith(".share")}

    assert sentences(study, findings[2]) == [
        "Of the four persons on the list of Nobody list-d for whom the list records who arrested them, three "
        "are recorded as arrested by police, one as arrested by armed forces and one as arrested by private "
        "security guards. Who arrested is recorded as unknown for one."
    ]
    assert found["detained_by_identity.known"] == 4
    assert found["detained_by_identity.indigenous"] == found["detained_by_identity.lawyer"] == 2
    assert found["detained_by_cause.known"] == 4
    assert found["detained_by_cause.land_environment"] == 2
    assert found["detained_by_authority.known"] == 4
    assert found["detained_by_authority.police"] == 3


def test_a_list_that_does_not_record_who_arrested_has_no_table_and_no_sentence(
    tmp_path: Path,
) -> None:
    detained = Imprisonment(make_build(tmp_path, spells=[{}, {}]), {}).detained

    of_course = (detained.by_stage(), detained.by_measure(), detained.by_place())
    for finding in (
        detained.by_identity(),
        detained.by_cause(),
        detained.by_authority(),
        *of_course,
    ):
        assert (finding.rows, finding.statements) == ((), ())


def test_stage_measure_and_place_are_told_with_those_not_recorded_apart(tmp_path: Path) -> None:
    spells = [
        {"person_id": f"p{n}", "proceedings_stage_code": stage, "custody_measure_code": measure}
        for n, (stage, measure) in enumerate(
            (
                ("investigation", "remand"),
                ("investigation", "house_arrest"),
                ("trial", "remand"),
                ("not_recorded", "not_recorded"),
            )
        )
    ]
    study = Imprisonment(make_build(tmp_path, spells=spells), {})
    stage, measure = study.detained.by_stage(), study.detained.by_measure()

    assert sentences(study, stage) == [
        "Of the three persons on the list of Nobody list-d for whom the list records how far the case has "
        "gone, two are recorded as under investigation or awaiting trial and one as on trial. The stage of "
        "the proceedings is not recorded for one."
    ]
    assert values(measure)["detained_by_measure.house_arrest"] == 1
    assert values(measure)["detained_by_measure.not_recorded"] == 1
    assert study.detained.by_place().rows == ()


def test_stage_measure_and_place_are_read_as_sentences_and_in_order(tmp_path: Path) -> None:
    coded = {
        "proceedings_stage_code": [
            "final",
            "investigation",
            "final",
            "not_recorded",
            "not_recorded",
        ],
        "custody_measure_code": ["house_arrest", "remand", "remand", "none", "not_recorded"],
        "detention_place_code": ["prison", "prison", "home", "not_disclosed", "unknown"],
    }
    spells = [dict(zip(coded, row, strict=True)) for row in zip(*coded.values(), strict=True)]
    study = Imprisonment(make_build(tmp_path, spells=spells), {})
    stage, measure, place = (
        study.detained.by_stage(), study.detained.by_measure(), study.detained.by_place()
    )  # fmt: skip
    assert [row[0].text for row in stage.rows] == [
        "Under investigation, or awaiting trial", "Under a judgment in force", "Not recorded"]  # fmt: skip
    assert "one is recorded as under investigation or awaiting trial and two as under" in " ".join(
        sentences(study, stage)
    )
    assert "one with no measure" in " ".join(sentences(study, measure))
    assert "one as under house arrest" in " ".join(sentences(study, measure))
    said = " ".join(sentences(study, place))
    assert (
        "two are recorded in a prison or penal colony, one at home and one in a place not" in said
    )
    assert place.rows[-1][0].text == "Recorded as unknown"


def test_open_detentions_are_told_against_the_sentence_with_their_whole(tmp_path: Path) -> None:
    life = spell(sentence_kind_code="life")
    spells = [life, life, spell(sentence_kind_code="not_disclosed")]
    study = Imprisonment(make_build(tmp_path, spells=spells), {})
    (said,) = sentences(study, study.detained.against_sentence())
    assert said.startswith("Of the three detentions on ") and said.endswith(
        "two were under a life sentence; of the others the sentence, its length or the beginning is not "
        "known."
    )


def test_what_was_last_recorded_adds_up_to_all_persons_and_agrees_with_the_held(
    tmp_path: Path,
) -> None:
    over = {"open_until_date": pd.Timestamp("2015-01-01"), "ended_date": pd.Timestamp("2015-01-01")}
    undated = {"began_date": pd.NaT, "began_year": None, "began_precision": "unknown"}
    lost = {"exit_code": "unknown", "open_until_date": pd.NaT, "whereabouts_known_code": "no"}
    spells = [
        {"person_id": "p0", "exit_code": "released", **over},
        {"person_id": "p0", "began_date": pd.Timestamp("2016-01-01"), "began_year": 2016},
        {"person_id": "p1", **undated},
        {"person_id": "p2", "exit_code": "banished", **over},
        {"person_id": "p3", "exit_code": "released", **over},
        {"person_id": "p3", "exit_code": "unknown", **undated, **lost},
        {"person_id": "p4", **lost},
        {"person_id": "p5", "exit_code": "not_recorded", "open_until_date": pd.NaT},
    ]
    study = Imprisonment(make_build(tmp_path, spells=spells), {})
    finding = study.detained.by_situation()
    found = {k.removeprefix("detained_by_situation."): v for k, v in values(finding).items()}
    every, not_traced = found.pop("of"), found.pop("not_traced")

    assert not_traced == 2
    assert {k: v for k, v in found.items() if v} == {
        "held": 2, "banished": 1, "released": 1, "unknown": 1, "not_recorded": 1,
    }  # fmt: skip
    assert sum(found.values()) == every == 6
    assert found["held"] == values(study.detained.extent())["detentions.open"]
    assert sentences(study, finding) == [
        "What is last recorded of the six persons on the list of Nobody list-d: two still held; one released "
        "before the end of the term, or without one; one banished, deported or released into exile; one of "
        "whom the list does not know what followed; and one of whom nothing is recorded. The whereabouts of "
        "two persons are recorded as not known."
    ]


def test_persons_stand_by_year_of_arrest_with_those_not_recorded_apart(tmp_path: Path) -> None:
    undated = {"began_date": pd.NaT, "began_year": None, "began_precision": "unknown"}
    years = [{"person_id": f"p{y}", "began_year": y} for y in (2010, 2013)]
    again = {"person_id": "p2010", "began_year": 2013}
    study = Imprisonment(make_build(tmp_path, spells=[*years, again, undated]), {})
    finding = study.detained.by_year()

    assert [[cell.text for cell in row[:1]] for row in finding.rows] == [
        ["2010"], ["2011"], ["2012"], ["2013"], ["Not recorded"],
    ]  # fmt: skip
    found = {k.removeprefix("detained_by_year."): v for k, v in values(finding).items()}
    assert found == {
        "2010": 1, "2011": 0, "2012": 0, "2013": 2, "not_recorded": 1, "known": 2, "of": 3,
    }  # fmt: skip
    nobody = Imprisonment(make_build(tmp_path / "b", spells=[undated]), {}).detained.by_year()
    assert (nobody.rows, nobody.statements) == ((), ())
