"""Makes a ``Population``: one list of a build, narrowed to the scope of a run, with its policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from hrdresearch.findings.coverage import Coverage
from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import SourceNote
from hrdresearch.privacy.policy import Policy
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.ground.releases import is_in_plan, released
from hrdresearch.tables import TABLES, match_rows

# What a column holds where the list gives no answer; "killing" is every row of table cases.
NO_ANSWER = {"not_asked", "not_recorded", "not_assessed", "not_applicable", "killing"}
NO_ANSWER_IN = {
    "motive_link_code": {"unknown"},
    "event_date_precision": {"month", "year", "unknown"},
}
CODED = ("threats_before", "event_date_precision")
PLAIN = ("admin1_name", "age_years")
BY_CHANCE = 0.001  # chance below which a last year that ends early is taken to be cut off


def population_of(
    build: Build,
    facts: Mapping[str, Any],
    frame: pd.DataFrame,
    scope: Mapping[str, Any],
    table: str,
    is_one_of_several: bool,
) -> Population:
    """One list of the build as a ``Population``, with its rows in scope.

    facts: what the build recorded of the list. frame: rows of all lists. scope: row filter of the
    run. is_one_of_several: claims then carry the name of the list. A restricted list speaks through
    its release; where it has none, or the scope is not in its plan, its policy is internal: exact
    numbers, for a report that does not leave.
    """
    slug = str(facts["slug"])
    whole = frame[frame["source"] == slug]
    classes = _classes(whole)
    policy = Policy.from_dict(facts["policy"])
    release = released(build, slug) if policy.leaves else None
    if policy.leaves and (release is None or not is_in_plan(scope, release)):
        release, policy = None, replace(policy, is_internal=True)
    in_scope = whole[match_rows(whole, scope)]
    return Population(
        slug=slug,
        title=str(facts["publisher"]),
        prefix=_prefix(slug) if is_one_of_several else "",
        unknown_as=facts.get("unknown_as", {}),
        singular=str(facts["singular"]),
        plural=str(facts["plural"]),
        note=source_note(facts),
        frame=in_scope.iloc[:0] if release else in_scope,
        classes=dict.fromkeys(classes, frozenset()) if release else classes,
        scope=scope,
        asked=frozenset(facts["asked"]),
        policy=policy,
        release=release,
        named=_named(in_scope),
        table=table,
        coverage=_reach(facts.get("covers", {}), whole, table, policy.prints_exact_numbers),
        answered=frozenset() if release else _answered(whole, classes),
        recording=facts.get("recording", {}),
        remarks=facts.get("remarks", {}),
        called=facts.get("called", {}),
        declared=facts.get("classes", {}),
        article=str(facts.get("article", "")),
        full_name=str(facts.get("full_name", "")),
        owner="" if facts["policy"].get("public_by_name") else str(facts.get("owner", "")),
    )


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of persons who may be named: with consent, or published by the United Nations."""
    if "name_basis_code" not in rows:
        return rows.iloc[:0]
    return rows[rows["name_basis_code"].ne("none")]


def _reach(
    declared: Mapping[str, Any], whole: pd.DataFrame, table: str, is_exact: bool
) -> Coverage:
    """What a list covers, and the years that it holds in part only.

    A year is held in part where the list has cases of it but does not cover it. The last year is held
    in part where its last case is so early that, with cases spread evenly over a whole year, this would
    have a chance below ``BY_CHANCE``. The years of a restricted list are never shown.
    """
    years = _years(whole, table) if is_exact else (None, None)
    reach = Coverage.from_declared(declared, years)
    column = TABLES[table].year_column
    if not is_exact or column is None or "event_date_precision" not in whole:
        return reach
    beyond = {int(y) for y in whole[column].dropna().unique() if not reach.includes_year(int(y))}
    is_dated = (whole[column] == reach.last) & whole["event_date_precision"].eq("day")
    days = whole.loc[
        is_dated, "event_date"
    ].dt.day_of_year.unique()  # victims of one day are no chance
    if reach.last is not None and len(days) and (days.max() / 365) ** len(days) < BY_CHANCE:
        beyond.add(reach.last)
    return replace(reach, part_years=frozenset(beyond))


def with_list_names(*lists: Population) -> tuple[Population, ...]:
    """The lists of all parts of a study; if there are several, claims carry the name of their list.

    Without that, two parts would give one name to the numbers on their files.
    """
    return lists if len(lists) == 1 else tuple(replace(p, prefix=_prefix(p.slug)) for p in lists)


def _prefix(slug: str) -> str:
    return f"by_source.{slug.replace('-', '_')}."


def source_note(facts: Mapping[str, Any]) -> SourceNote:
    """Title, citation, definition and hash of a list, for the footnotes of a report."""
    return SourceNote(
        slug=str(facts["slug"]),
        title=str(facts["title"]),
        citation=str(facts["citation"]),
        population=str(facts["definition"]),
        sha256=str(facts["sha256"]),
        coverage=str(facts["coverage"]),
    )


def _classes(whole: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Codes that a list uses in each coded column, whatever the scope of the run."""
    coded = [c for c in whole.columns if c.endswith(("_code", "_codes"))]
    coded += [c for c in CODED if c in whole.columns]
    return {c: frozenset("|".join(whole[c].unique()).split("|")) for c in coded}


def _years(whole: pd.DataFrame, table: str) -> tuple[int | None, int | None]:
    """First and last year of a list, whatever the scope of the run."""
    column = TABLES[table].year_column
    years = whole[column].dropna() if column else pd.Series(dtype="Int64")
    return (None, None) if years.empty else (int(years.min()), int(years.max()))


def _answered(whole: pd.DataFrame, classes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Columns in which any row of the list holds an answer."""
    told = {c for c, held in classes.items() if held - NO_ANSWER - NO_ANSWER_IN.get(c, set())}
    return frozenset(told | {c for c in PLAIN if c in whole and whole[c].notna().any()})
