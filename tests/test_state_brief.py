"""The brief on one State: which studies and lists it tells, what it leaves out, what it says of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from study_builds import RESTRICTED, facts, make_build
from upr_builds import study_of_rows

from hrdresearch.findings import Finding
from hrdresearch.findings.prose import fill_in_prose, names_for_prose, strip_markdown
from hrdresearch.findings.questions import build_question_table, write_question_texts
from hrdresearch.findings.several_studies import add_study_prefix
from hrdresearch.report.document import Prose, ShownFinding
from hrdresearch.report.sections import without_empty_sections
from hrdresearch.run.batch import reports_over, states_of_builds
from hrdresearch.run.errors import RunError
from hrdresearch.run.execute import builds_of_entry
from hrdresearch.run.registry import study_entry
from hrdresearch.studies.ground.build import NoBuildError
from hrdresearch.studies.ground.scope import ScopeError
from hrdresearch.studies.state_brief.study import NothingToPrint, StateBrief, open_brief

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
OPENED = study_entry("state-brief").studies


def texts(finding: Finding) -> dict[str, str]:
    return {claim.name: claim.text for claim in finding.claims}


def build_of_two_lists(work: Path, rows_of_b: int, **more: object) -> None:
    """An invented public list of Colombia and Brazil, and list B with rows of Colombia alone."""
    brazil = {"state_iso3": "BRA", "state_m49": 76}
    rows = [{}, {}, brazil, *[{"source": "list-b"}] * rows_of_b]
    make_build(work, rows, [facts(publisher="Ana"), facts("list-b", publisher="Bea", **more)])


def brief_on(work: Path, state: str) -> StateBrief:
    return open_brief(*OPENED, work=work, state=state)


def test_a_brief_tells_the_lists_with_an_entry_on_the_state_and_names_the_others(
    tmp_path: Path,
) -> None:
    build_of_two_lists(tmp_path, 3)
    on_colombia, on_brazil = brief_on(tmp_path, "COL"), brief_on(tmp_path, "BRA")

    lists = on_colombia.lists()
    assert [[cell.text for cell in row[:3]] for row in lists.rows] == [
        ["Ana", "invented persons, killed", "2020"],
        ["Bea", "invented persons, killed", "2020"],
    ]
    assert [texts(lists)[str(row[3].claim)] for row in lists.rows] == ["2", "3"]
    assert [row[0].text for row in on_brazil.lists().rows] == ["Ana"]
    assert texts(on_brazil.card())["params.without_entry"] == "List b"
    assert (
        "imprisonment; the Universal Periodic Review" in texts(on_brazil.card())["params.not_built"]
    )


def test_a_list_that_covers_other_states_is_not_said_to_be_without_an_entry(tmp_path: Path) -> None:
    build_of_two_lists(tmp_path, 3, covers={"states": ["COL"]})
    said = texts(brief_on(tmp_path, "BRA").card())
    assert (said.get("params.without_entry"), said["params.of_others"]) == (None, "List b")


def test_a_list_of_reviews_without_one_of_the_state_is_not_said_to_be_without_an_entry(
    tmp_path: Path,
) -> None:
    """It never looked at the State; and of the State's own reviews the years that were read are named."""
    rows = [{"state_iso3": "FJI", "review_year": year} for year in (2008, 2014)]
    rows += [{"source": "list-b", "state_iso3": "NRU"}]
    study_of_rows(tmp_path, rows, publishers={"list-a": "An index", "list-b": "Drafts"})
    (tmp_path / "upr" / "current").write_text("b1")
    said = texts(brief_on(tmp_path, "FJI").card())
    assert (said["params.without_review"], said["params.reviews"]) == (
        "List b",
        "those of 2008 and 2014",
    )
    assert "params.without_entry" not in said and "scope.persons" not in said
    on_region = open_brief(*OPENED, work=tmp_path, region="asia_pacific")
    assert "params.reviews" not in texts(on_region.card())


def test_a_restricted_list_whose_state_does_not_stand_alone_is_not_told(tmp_path: Path) -> None:
    """Neither its numbers nor its name, and the brief is no internal report."""
    build_of_two_lists(tmp_path, 9, policy=RESTRICTED)
    brief = brief_on(tmp_path, "COL")
    shown = [brief.card(), brief.lists(), brief.killings.by_year(), brief.killings.extent()]
    assert not any("list-b" in str(finding.to_json()) for finding in shown)
    assert not any("Bea" in str(finding.to_json()) for finding in shown)
    assert not any(finding.policy["is_internal"] for finding in shown)


def test_a_state_without_an_entry_has_an_empty_brief_that_says_so(tmp_path: Path) -> None:
    build_of_two_lists(tmp_path, 3)
    brief = brief_on(tmp_path, "NRU")
    assert brief.lists().rows == ()
    assert brief.killings.by_sex() == NothingToPrint("killings").by_sex()
    assert texts(brief.card())["params.without_entry"] == "List a; List b"
    assert "scope.persons" not in texts(brief.card())
    assert "scope.lists" not in texts(brief.card())


def test_of_a_list_with_few_entries_a_brief_tells_the_number_alone(tmp_path: Path) -> None:
    build_of_two_lists(tmp_path, 12)
    brief = brief_on(tmp_path, "COL")
    assert [p.slug for p in brief.in_detail("killings").populations] == ["list-b"]
    assert len(brief.lists().rows) == 2
    assert brief_on(tmp_path, "BRA").in_detail("killings").by_sex().rows == ()


def test_a_brief_names_the_lists_without_a_field_as_another_of_few_entries_may_have_it(
    tmp_path: Path,
) -> None:
    rows = [
        {"source": f"list-{of}"} for of, n in (("a", 12), ("b", 12), ("c", 2)) for _ in range(n)
    ]
    held = {"list-a": "Ana", "list-b": "Bea", "list-c": "Cleo"}
    make_build(tmp_path, rows, [facts(slug, publisher=who, asked=[]) for slug, who in held.items()])
    (said,) = brief_on(tmp_path, "COL").in_detail("killings").threats().statements
    assert said == (
        "The files read of Ana and Bea have no field for threats before the killing, which says nothing "
        "either way."
    )


def test_a_brief_is_on_one_state_or_one_region(tmp_path: Path) -> None:
    build_of_two_lists(tmp_path, 3)
    for wrong in ({}, {"state": "COL", "region": "americas"}):
        with pytest.raises(ScopeError, match="one State or one region"):
            open_brief(*OPENED, work=tmp_path, **wrong)
    with pytest.raises(ScopeError, match="no ISO 3166"):
        brief_on(tmp_path, "QQQ")
    on_region = open_brief(*OPENED, work=tmp_path, region="americas")
    assert len(on_region.lists().rows) == 2
    assert texts(on_region.card())["params.place_in_sentence"] == "the Americas"


def test_the_entry_of_the_brief_takes_whichever_builds_there_are(tmp_path: Path) -> None:
    with pytest.raises(NoBuildError):
        builds_of_entry(study_entry("state-brief"), tmp_path)
    build_of_two_lists(tmp_path, 3)
    assert [b.study for b in builds_of_entry(study_entry("state-brief"), tmp_path)] == ["killings"]
    with pytest.raises(NoBuildError):
        builds_of_entry(study_entry("upr"), tmp_path)


def test_numbers_of_the_table_of_lists_keep_the_study_that_made_them(tmp_path: Path) -> None:
    build_of_two_lists(tmp_path, 3)
    brief = brief_on(tmp_path, "COL")
    findings = add_study_prefix([brief.killings.glance(), brief.card(), brief.lists()])
    names = {claim.name for finding in findings for claim in finding.claims}
    assert "killings.by_source.list_a.victims" in names
    assert not any(name.startswith("state_brief.killings") for name in names)
    assert build_question_table(findings) is None
    context = names_for_prose(findings)
    said = strip_markdown(fill_in_prose(write_question_texts(findings)["key_points"], context, "x"))
    assert said.startswith("Ana documented at least two invented persons killed")


def test_a_heading_with_nothing_beneath_it_is_not_printed(tmp_path: Path) -> None:
    build_of_two_lists(tmp_path, 3)
    full, empty = brief_on(tmp_path, "COL").lists(), NothingToPrint("killings").by_sex()
    blocks = [
        Prose("# One\n\n## Empty"),
        ShownFinding(empty),
        Prose("## Full\n\nText"),
        Prose("# Two\n\n## Table"),
        ShownFinding(full),
        Prose("# Three"),
    ]
    kept = [b.markdown.strip() for b in without_empty_sections(blocks) if isinstance(b, Prose)]
    assert kept == ["# One", "## Full\n\nText", "# Two", "## Table"]


def test_a_batch_over_all_states_makes_a_brief_for_each_state_of_the_builds(tmp_path: Path) -> None:
    build_of_two_lists(tmp_path, 3)
    assert states_of_builds(study_entry("state-brief"), tmp_path) == ["BRA", "COL"]
    over = reports_over(["state-brief", "killings"], "state=all", tmp_path)
    assert over == [
        (study, {"state": state})
        for study in ("state-brief", "killings")
        for state in ("BRA", "COL")
    ]
    assert reports_over(["state-brief"], "state=NRU", tmp_path) == [
        ("state-brief", {"state": "NRU"})
    ]
    for wrong in ("state", "region=all"):
        with pytest.raises(RunError, match="--over"):
            reports_over(["state-brief"], wrong, tmp_path)


@pytest.mark.parametrize(
    ("told", "heading"),
    [
        (("visits", "promises"), "Visits, and laws that concern defenders"),
        (("visits",), "Visits"),
        (("promises",), "Laws that concern defenders"),
    ],
)
def test_the_heading_on_visits_and_laws_names_what_the_lists_hold(
    told: tuple[str, ...], heading: str
) -> None:
    made = {
        "visits.extent": NothingToPrint("visits").extent(),
        "visits.outstanding": NothingToPrint("visits").outstanding(),
        "promises.laws_of_state": NothingToPrint("promises").laws_of_state(),
    }
    findings = [
        replace(f, name=name, statements=("Something.",) if name.split(".")[0] in told else ())
        for name, f in made.items()
    ]
    notebook = json.loads((NOTEBOOKS / "state_brief.ipynb").read_text("utf-8"))
    cell = next("".join(c["source"]) for c in notebook["cells"] if c["id"] == "brief-25")
    said = fill_in_prose(cell, names_for_prose(findings), "x")
    assert said.splitlines()[0] == f"## {heading}"
