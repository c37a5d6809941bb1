"""A fact by groups: of the known cases of each group, the number and share in which the fact is present.

The groups stand in alphabetical order, not by size of their share, and only those with as many known
cases as a share needs. Two shares side by side are given without a word that compares them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim, share_claim
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.publication_limits import LEAST_KNOWN_SHARE
from hrdresearch.findings.sentences import (
    is_printed,
    join_with_and,
    label_in_sentence,
    paragraphs_of_sentences,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import table_of_counts, text_columns
from hrdresearch.studies.shapes.fact_by_groups_sentences import (
    NOTE_ON_DIFFERENCES,
    CountsWithoutEvent,
    Fact,
    GroupCounts,
    fewest_known,
    group_sentences,
    has_difference,
)
from hrdresearch.studies.shapes.groups import NOT_GIVEN, Group, Grouping
from hrdresearch.studies.shapes.one_state_and_year import FEWEST_IN_A_CLASS, large_state_and_year
from hrdresearch.tables import match_rows


def fact_by_groups(
    study: Study,
    name: str,
    title: str,
    fact: Fact,
    groupings: Sequence[Grouping],
    *,
    notes: Sequence[str] = (),
    **more: Any,
) -> Finding:
    """Known cases, cases in which a fact is present, and their share, for each group of each list.

    Claims: ``NAME.GROUPING.GROUP.known``, ``.CODE`` and ``.CODE.share``, such as
    ``threats_by_group.state.bra.yes``. Where one State and year makes a fifth of the other cases of
    a group, and ten or more: ``NAME.one_state_and_year.KEY`` (all its known cases), and
    ``NAME.GROUPING.GROUP.without`` and ``.CODE.without`` for the group without them. Two classes side
    by side: ``NAME.GROUPING.difference``, ``.low`` and ``.high``, in points. Lists that do not ask the
    fact, or that carry it by their definition, have no rows. A group has a row where its printed
    number of known cases is 30 or more (50 on a restricted list), and that of another group of its
    kind too. A grouping is left out that a public list records for fewer than half of the cases in
    which the fact is absent.
    """
    asking = [
        p
        for p in study.populations
        if p.covers() and p.has_answers(fact.column, fact.column) and fact.column not in p.recording
    ]
    left_out = {p.slug: [g for g in groupings if _is_one_sided(study, p, g, fact)] for p in asking}
    made = {
        p.slug: _counted(study, p, name, fact, [g for g in groupings if g not in left_out[p.slug]])
        for p in asking
    }
    large = {p.slug: _large(study, p, name, fact, made[p.slug]) for p in asking}
    said = {p.slug: group_sentences(p, name, fact, made[p.slug], large[p.slug]) for p in asking}
    return table_of_counts(
        study,
        name,
        title,
        [
            *text_columns(label="By", group="Group"),
            Column("known", "Known cases"),
            Column("yes", fact.heading),
            Column("share", "Per cent of known"),
        ],
        lambda p: [
            (heading, one.group.cell, one.known, one.yes, one.share)
            for heading, counted in made.get(p.slug, {}).items()
            for one in counted
        ],
        beside=lambda p: (*said[p.slug].claims, *_without(made[p.slug])) if p.slug in said else (),
        statements=paragraphs_of_sentences(said.values()),
        notes=(
            *(notes if any(_may_hold_several(own) for own in made.values()) else ()),
            *(_note(p, left_out[p.slug]) for p in asking if left_out[p.slug]),
            *([NOTE_ON_DIFFERENCES] if any(has_difference(s) for s in said.values()) else []),
            *(_note_on_large(p, fact, made[p.slug]) for p in asking if large[p.slug]),
        ),
        **more,
    )


def _may_hold_several(made: Mapping[str, Sequence[GroupCounts]]) -> bool:
    """Whether a case may stand in several groups of a table, as a column may hold several codes."""
    filters = [one.group.filter for counted in made.values() for one in counted]
    return any(column.endswith("_codes") for filter_ in filters for column in filter_)


def _counted(
    study: Study, p: Population, name: str, fact: Fact, groupings: Sequence[Grouping]
) -> dict[str, list[GroupCounts]]:
    """Groups of one list with enough known cases, by the heading of their grouping."""
    over = fact.over(p)
    known, yes = {**over, fact.column: list(fact.known)}, {**over, fact.column: fact.yes}
    least = fewest_known(p)
    answered = p.frame[match_rows(p.frame, known)]
    drafts: list[CountDraft] = []
    wanted: list[tuple[str, Group, str]] = []
    for grouping in groupings:
        for group in grouping.of(study, p):
            if not p.release and int(match_rows(answered, group.filter).sum()) < least:
                continue
            stem = f"{name}.{grouping.key}.{group.key}"
            wanted.append((grouping.heading, group, stem))
            words = f"{p.title}: {{}}, {grouping.heading.lower()}: {group.defined}"
            drafts += [
                CountDraft(
                    f"{stem}.known", words.format(fact.whole_of(p)), {**known, **group.filter}
                ),
                CountDraft(
                    f"{stem}.{fact.yes}", words.format(fact.clause), {**yes, **group.filter}
                ),
            ]
    claims = study.count(p, drafts) if drafts else {}
    made: dict[str, list[GroupCounts]] = {}
    for heading, group, stem in wanted:
        whole, part = claims[f"{stem}.known"], claims[f"{stem}.{fact.yes}"]
        if is_printed(whole, least):
            share_name, words = f"{stem}.{fact.yes}.share", f"{part.definition}, in per cent"
            share = share_claim(p, share_name, part, whole, words)
            one = GroupCounts(group, whole, part, share)
            made.setdefault(heading, []).append(_with_large(p, stem, fact, answered, one))
    return {heading: counted for heading, counted in made.items() if len(counted) > 1}


def _with_large(
    p: Population, stem: str, fact: Fact, answered: pd.DataFrame, one: GroupCounts
) -> GroupCounts:
    """Add the numbers without all cases of one State and year, where these are a large part of a group."""
    if not p.policy.prints_exact_numbers or p.frame["event_year"].nunique() < 2:
        return one
    rows = answered[match_rows(answered, one.group.filter)]
    found = large_state_and_year(p, rows[rows[fact.column].ne(fact.yes)])
    if found is None or found.cases < FEWEST_IN_A_CLASS:
        return one
    rest = rows[~(rows["state_iso3"].eq(found.iso3) & rows["event_year"].eq(found.year))]
    words = f"{one.known.definition}, without all {found.words}"
    without, left = (
        measured_claim(p, f"{stem}.{key}", len(kept), one.known.unit, said, "computed")
        for key, kept, said in (
            ("without", rest, words),
            (
                f"{fact.yes}.without",
                rest[rest[fact.column].eq(fact.yes)],
                f"{words}: {fact.clause}",
            ),
        )
    )
    name = f"{stem}.{fact.yes}.share_without"
    share = share_claim(p, name, left, without, f"{words}: {fact.clause}, in per cent")
    return replace(one, large=found, without=CountsWithoutEvent(without, left, share))


def _large(
    study: Study, p: Population, name: str, fact: Fact, made: Mapping[str, Sequence[GroupCounts]]
) -> dict[str, Claim]:
    """Claims of the known cases of each State and year that makes a large part of a group, by its key."""
    found = {one.large.key: one.large for c in made.values() for one in c if one.large}
    drafts = {
        key: CountDraft(
            f"{name}.one_state_and_year.{key}",
            f"{p.title}: {fact.whole_of(p)}, {large.words}",
            {
                **fact.over(p),
                fact.column: list(fact.known),
                "state_iso3": large.iso3,
                "event_year": large.year,
            },
        )
        for key, large in sorted(found.items())
    }
    counted = study.count(p, list(drafts.values())) if drafts else {}
    return {key: counted[draft.name] for key, draft in drafts.items()}


def _without(made: Mapping[str, Sequence[GroupCounts]]) -> list[Claim]:
    every = [one.without for counted in made.values() for one in counted if one.without]
    return [claim for w in every for claim in (w.known, w.yes, w.share)]


def _note_on_large(p: Population, fact: Fact, made: Mapping[str, Sequence[GroupCounts]]) -> str:
    """Note on each State and year that makes a large part of the other cases of some groups."""
    groups: dict[str, list[str]] = {}
    for one in (one for counted in made.values() for one in counted):
        if one.large:
            groups.setdefault(one.large.words, []).append(one.group.cell.text)
    told = [
        f"{words} (row{'s' if len(names) > 1 else ''} {join_with_and(names)})"
        for words, names in sorted(groups.items())
    ]
    return (
        f"{p.title}: in some rows at least a fifth of the cases {fact.other} are of one State and year. "
        f"The largest part is {'; '.join(told)}."
    )


def _is_one_sided(study: Study, p: Population, grouping: Grouping, fact: Fact) -> bool:
    """Whether a public list records the group for fewer than half of the cases without the fact.

    Its groups would then hold mostly cases with the fact, and their shares would mislead.
    """
    no = [code for code in fact.known if code != fact.yes]
    others = p.frame[match_rows(p.frame, {**fact.over(p), fact.column: no})]
    groups = [g for g in grouping.of(study, p) if g.key != NOT_GIVEN]
    if not p.policy.prints_exact_numbers or others.empty or not groups or not grouping.is_coded:
        return False
    known = pd.concat([match_rows(others, g.filter) for g in groups], axis=1).any(axis=1)
    return bool(known.mean() < LEAST_KNOWN_SHARE)


def _note(p: Population, left_out: Sequence[Grouping]) -> str:
    facts = join_with_and([label_in_sentence(grouping.heading) for grouping in left_out])
    return (
        f"{p.title}: no groups by {facts}; these are recorded for fewer than half of the cases in "
        "which the fact of this table is not so, and shares of the others would say nothing of it."
    )
