"""Persons whom several lists document: how many, what each list misses, and when there is no estimate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from study_builds import RESTRICTED, facts, make_build

from hrdresearch.findings.model import Finding
from hrdresearch.findings.prose import fill_in_prose, names_for_prose, strip_markdown
from hrdresearch.privacy.policy import ReleasePlan
from hrdresearch.report.charts import build_chart
from hrdresearch.studies.ground.linked import CLUSTERS, PAIRS
from hrdresearch.studies.killings.study import Killings

DRAWS = [f"draw_{n}" for n in range(1, 6)]
Row = tuple[str, int, int, dict[str, Any]]  # list, person by sure links, by likely links, fields


def linked(
    tmp_path: Path,
    rows: Sequence[Row],
    pairs: Sequence[tuple[int, int, float]] = (),
    lists: Sequence[Mapping[str, Any]] = (),
    **params: Any,
) -> Killings:
    """A study over invented rows that the build linked; pairs: numbers of two rows, and probability."""
    build = make_build(tmp_path, [{"source": row[0], **row[3]} for row in rows], lists or abc())
    ids = [f"v{i:04d}" for i in range(len(rows))]
    clusters = pd.DataFrame(
        [(row[0], id_, *row[1:3], *[row[2]] * 5) for id_, row in zip(ids, rows, strict=True)],
        columns=["list", "row", "sure", "likely", *DRAWS],
    )
    found = [(rows[a][0], ids[a], rows[b][0], ids[b], p) for a, b, p in pairs]
    columns = ["list_a", "row_a", "list_b", "row_b", "probability"]
    folder = build.folder / "restricted"
    folder.mkdir()
    named = [not row[3].get("is_unidentified") for row in rows]
    clusters[named].to_csv(folder / f"{CLUSTERS}.csv", index=False)
    pd.DataFrame(found, columns=columns).to_csv(folder / f"{PAIRS}.csv", index=False)
    return Killings(build, params)


def abc(**more: Any) -> list[dict[str, Any]]:
    names = {"list-a": "One", "list-b": "Two", "list-c": "Three"}
    return [facts(slug, publisher=name, **more) for slug, name in names.items()]


def values(finding: Finding) -> dict[str, Any]:
    return {claim.name: claim.value for claim in finding.claims}


def said(finding: Finding) -> str:
    return strip_markdown(fill_in_prose(f"{{{{> {finding.name}}}}}", names_for_prose([finding])))


ROWS: list[Row] = [
    ("list-a", 1, 1, {}),
    ("list-b", 1, 1, {}),
    ("list-a", 2, 2, {}),
    ("list-c", 3, 2, {}),
    ("list-b", 4, 4, {}),
    ("list-c", 0, 0, {"is_unidentified": True}),
]
LINKS = [(0, 1, 0.99), (2, 3, 0.7)]


def test_persons_are_a_range_from_all_likely_links_to_the_sure_ones_alone(tmp_path: Path) -> None:
    finding = linked(tmp_path, ROWS, LINKS).union()
    assert values(finding) == {
        "union.persons.least": 3,
        "union.persons.most": 4,
        "union.undecided": 1,
        "union.decided": 0,
        "union.unnamed": 1,
        "union.lists": 3,
        "union.on.list_a.list_b": 1,
        "union.on.list_a.list_b.sure": 1,
        "union.on.list_a.list_c": 1,
        "union.on.list_a.list_c.sure": 0,
        "by_source.list_a.union.alone": 0,
        "by_source.list_a.union.alone.sure": 1,
        "by_source.list_b.union.alone": 1,
        "by_source.list_b.union.alone.sure": 1,
        "by_source.list_c.union.alone": 0,
        "by_source.list_c.union.alone.sure": 1,
    }
    assert said(finding) == (
        "The three lists together document three different persons by name, or four if only "
        "the sure links between their rows are right. Of one pair of rows nobody has yet decided "
        "whether they are one person. Links that were missed make the number too high. Left out: one "
        "row without the name of a person."
    )


def test_a_pair_that_somebody_decided_is_not_undecided(tmp_path: Path) -> None:
    study = linked(tmp_path, ROWS, LINKS)
    file = study.build.folder / "restricted" / f"{PAIRS}.csv"
    pd.read_csv(file).assign(decided=["", "same"], probability=[0.99, 1.0]).to_csv(
        file, index=False
    )
    finding = study.union()
    found = values(finding)
    assert (found["union.undecided"], found["union.decided"]) == (0, 1)
    assert "People decided one pair." in said(finding)


def test_the_figure_has_a_row_of_dots_for_each_list(tmp_path: Path) -> None:
    finding = linked(tmp_path, ROWS, LINKS).union()
    assert [c.label for c in finding.columns if c.role == "code"] == ["One", "Two", "Three"]
    alt = "".join(text for text, _ in build_chart(finding).alt)
    assert "One and Two 1" in alt and "Two alone 1" in alt


def test_a_plan_without_counts_of_other_lists_tells_none_and_the_page_says_so(
    tmp_path: Path,
) -> None:
    lists = [*abc()[:2], facts("list-c", RESTRICTED, publisher="Three")]
    finding = linked(tmp_path, ROWS[:3], LINKS[:1], lists).listed_elsewhere()
    assert not any("list_c" in name for name in values(finding))
    assert said(finding).endswith(
        "The list of Three was shared in confidence; how many of its persons stand on other lists is "
        "not among the figures that may leave for this report."
    )


ELSEWHERE_PLAN = replace(RESTRICTED, leaves=ReleasePlan(whole_list=("listed_elsewhere_codes",)))


def shared_in_confidence(tmp_path: Path, **params: Any) -> Killings:
    """One public list, and one in confidence: 31 persons on it too, 24 on no list, 6 without a name."""
    lists = [facts("list-a", publisher="One"), facts("list-c", ELSEWHERE_PLAN, publisher="Three")]
    codes = ["public_list"] * 31 + ["no_other_list"] * 24 + ["not_assessed"] * 6
    rows: list[Row] = [("list-c", n, n, {"listed_elsewhere_codes": c}) for n, c in enumerate(codes)]
    return linked(tmp_path, [("list-a", 0, 0, {}), *rows], (), lists, **params)


def test_of_a_list_shared_in_confidence_rounded_numbers_are_told_over_the_whole_list(
    tmp_path: Path,
) -> None:
    finding = shared_in_confidence(tmp_path).listed_elsewhere()
    found = {k.rpartition(".")[2]: v for k, v in values(finding).items() if "elsewhere" in k}
    assert found == {"compared": 55, "public": 30, "none": 25}
    assert said(finding).endswith(
        "Of about 55 persons on the list of Three, compared in confidence, about 30 stand on a public "
        "list too and about 25 on no other list that was compared."
    )


def test_two_lists_shared_in_confidence_tell_once_what_they_have_in_common(tmp_path: Path) -> None:
    lists = [
        facts(slug, ELSEWHERE_PLAN, publisher=slug[-1].upper()) for slug in ("list-a", "list-b")
    ]
    on_both = {"listed_elsewhere_codes": "other_restricted"}
    alone = {"listed_elsewhere_codes": "no_other_list"}
    rows: list[Row] = [
        *(("list-a", n, n, on_both if n < 21 else alone) for n in range(60)),
        *(("list-b", n, n, on_both if n < 21 else alone) for n in range(35)),
    ]
    finding = linked(tmp_path, rows, (), lists).listed_elsewhere()
    assert [name for name in values(finding) if name.endswith(".restricted")] == [
        "by_source.list_a.listed_elsewhere.restricted"
    ]
    assert " ".join(said(finding).split()) == (
        "Of about 60 persons on the list of A, compared in confidence, fewer than 5 stand on a public "
        "list too, about 20 on another list shared in confidence and about 40 on no other list that was "
        "compared. Of about 35 persons on the list of B, compared in confidence, fewer than 5 stand on a "
        "public list too and about 15 on no other list that was compared."
    )


def test_of_a_part_of_a_list_shared_in_confidence_nothing_is_told_of_other_lists(
    tmp_path: Path,
) -> None:
    finding = shared_in_confidence(tmp_path, state="COL").listed_elsewhere()
    assert "elsewhere" not in "".join(values(finding))
    assert "compared in confidence" not in said(finding)


def test_a_report_on_one_list_and_a_build_without_links_say_nothing(tmp_path: Path) -> None:
    alone = linked(tmp_path / "a", ROWS, LINKS, sources="list-a")
    unlinked = Killings(make_build(tmp_path / "b", [{}, {"source": "list-b"}], abc()), {})
    for study in (alone, unlinked):
        for finding in (study.union(), study.pairs_of_lists(), study.disagreements()):
            assert (finding.rows, finding.statements) == ((), ())


def test_two_lists_are_compared_within_the_place_and_whole_years_of_both(tmp_path: Path) -> None:
    brazil = {"state_iso3": "BRA", "state_m49": 76}
    lists = [
        facts("list-a", publisher="One"),
        facts("list-b", publisher="Two", covers={"states": ["BRA"], "years": {"from": 2019}}),
    ]
    rows: list[Row] = [
        ("list-a", 1, 1, {**brazil, "event_year": 2020}),
        ("list-b", 1, 1, {**brazil, "event_year": 2019}),
        ("list-a", 2, 2, {**brazil, "event_year": 2020}),
        ("list-a", 3, 3, {**brazil, "event_year": 2018}),
        ("list-a", 4, 4, {"event_year": 2020}),
        ("list-b", 5, 5, {**brazil, "event_year": 2020}),
    ]
    finding = linked(tmp_path, rows, [(0, 1, 0.99)], lists).pairs_of_lists()
    stem = "union.pairs.list_a.list_b"
    found = values(finding)
    assert [found[f"{stem}.{key}"] for key in ("both", "only_first", "only_second")] == [1, 1, 1]
    assert [cell.text for cell in finding.rows[0]][:2] == ["One and Two", "Brazil, 2019–2020"]


def test_what_two_lists_record_otherwise_is_counted_of_what_both_record(tmp_path: Path) -> None:
    day = pd.Timestamp("2020-05-04")
    rows: list[Row] = []
    for n, (other, division, sex) in enumerate(
        [(0, "Cauca", "male"), (8, "Cauca", "male"), (7, "Meta", "unknown"), (0, None, "female")]
    ):
        rows.append(("list-a", n, n, {"event_date": day, "admin1_name": "Cauca"}))
        shifted = {"event_date": day + pd.Timedelta(days=other), "admin1_name": division}
        rows.append(("list-b", n, n, {**shifted, "sex_code": sex}))
    links = [(2 * n, 2 * n + 1, 0.99) for n in range(4)]
    found = values(linked(tmp_path, rows, links).disagreements())
    counts = {
        key: (
            found[f"union.differ.list_a.list_b.{key}"],
            found[f"union.differ.list_a.list_b.{key}.known"],
        )
        for key in ("day", "division", "sex")
    }
    assert counts == {"day": (1, 4), "division": (1, 3), "sex": (1, 3)}


def test_what_a_list_says_of_every_case_by_definition_disagrees_with_nobody(tmp_path: Path) -> None:
    rows: list[Row] = [
        ("list-a", 1, 1, {"identity_codes": "journalist"}),
        ("list-b", 1, 1, {"identity_codes": "indigenous"}),
    ]
    found = {}
    for how in ("when_present", "by_definition"):
        lists = [facts("list-a", recording={"identity_codes": how}), *abc()[1:2]]
        finding = linked(tmp_path / how, rows, LINKS[:1], lists).disagreements()
        found[how] = values(finding).get("union.differ.list_a.list_b.indigenous")
    assert found == {"when_present": 1, "by_definition": None}


def test_two_lists_give_no_estimate_and_the_reasons_are_told(tmp_path: Path) -> None:
    uses = {"list-b": "its makers say so"}
    lists = [facts("list-a", publisher="One", uses=uses), *abc()[1:2]]
    finding = linked(tmp_path, ROWS[:3], LINKS[:1], lists).undocumented()
    assert values(finding) == {}
    assert said(finding) == (
        "No number of killings that nobody documented is given: two lists alone cannot show whether "
        "each found its cases independently of the other; some take over cases of others, so that a "
        "person on both was not found twice; for some two of them nobody has measured how many "
        "persons on both are recognized as one. Needed are three lists or more of the same persons, "
        "place and period that do not rest on one another, and measured links."
    )
    assert "One takes over cases of Two (its makers say so)" in finding.rows[0][1].text


@pytest.mark.parametrize("what", ["target", "linked_with"])
def test_an_estimate_needs_one_target_and_measured_links(tmp_path: Path, what: str) -> None:
    lists = measured()
    lists[0] = {key: value for key, value in lists[0].items() if key != what}
    if what == "target":
        lists[0]["plural"] = "others"
    finding = linked(tmp_path, overlapping(), lists=lists).undocumented()
    assert values(finding) == {}
    assert finding.statements[0].startswith("No number of killings that nobody documented is given")


@pytest.mark.long
def test_where_the_rules_allow_it_an_estimate_has_an_interval_and_its_assumption(
    tmp_path: Path,
) -> None:
    finding = linked(tmp_path, overlapping(), lists=measured()).undocumented()
    found = values(finding)
    listed = found["undocumented.all.listed"]
    assert 50 <= listed <= len({row[2] for row in overlapping()})  # some links were missed
    assert listed <= found["undocumented.all.low"] < found["undocumented.all.total"]
    assert found["undocumented.all.total"] < found["undocumented.all.high"]
    text = said(finding)
    assert "No table can show whether that is so" in text and "nobody was left to tell" in text
    assert "95 per cent were recognized" in text
    assert "make up for pairs that were missed" in text
    lowest, highest = (found[f"undocumented.all.{end}"] for end in ("lowest", "highest"))
    assert lowest < highest
    assert f"models give from {lowest} (" in text and f"to {highest} (" in text


def measured() -> list[dict[str, Any]]:
    """Three lists of one target whose links were measured."""
    how = {"recall": 0.95, "precision": 0.99, "how": "by an invented sample"}
    others = {"list-a": ["list-b", "list-c"], "list-b": ["list-c"], "list-c": []}
    return [
        {
            **own,
            "target": "invented persons",
            "linked_with": dict.fromkeys(others[own["slug"]], how),
        }
        for own in abc()
    ]


def overlapping() -> list[Row]:
    """Rows of 8 in each pattern of three lists but the pattern of all, which has four."""
    patterns = ["a", "b", "c", "ab", "ac", "bc"] * 8 + ["abc"] * 4
    return [(f"list-{one}", n, n, {}) for n, on in enumerate(patterns) for one in on]
