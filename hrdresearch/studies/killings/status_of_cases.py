"""What a list records of what followed a killing: by State, by age of the case, and for how many at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hrdresearch.findings.empty_cells import NO_CLASS, NOT_ASKED
from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Column, Finding
from hrdresearch.findings.sentences import (
    capitalized,
    claim_tag,
    join_with_and,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.killings.accountability import CLASSED, FACT, MURDERS
from hrdresearch.studies.killings.status_sentences import (
    AGE,
    OLD,
    age_sentences,
    recorded_sentences,
    state_sentences,
    states_with_a_class,
)
from hrdresearch.studies.shapes.by_code_notes import class_counted_over
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    Share,
    code_cell,
    column_heads,
    state_cell,
    table_of_counts,
)
from hrdresearch.studies.shapes.extent import victims_draft
from hrdresearch.vocab import label, vocabulary
from hrdresearch.vocab.states import short_name

CLASS = {FACT: CLASSED}
AT_THE_DATE = "As each list classes it, at the date of its file."
NOT_RANKED = (
    "States stand in alphabetical order. Which cases a list learns of and follows differs "
    "between States, so the "
    "numbers do not rank them."
)


def by_state_finding(study: Study) -> Finding:
    """Killings by State and class of accountability; of a restricted list what its plan allows.

    Claims: ``accountability_by_state.ISO3`` (with a class), ``.CODE``, ``.older`` (with a class, of the year
    ten years before the last one covered or earlier) and ``.complete.older``. A report on one State
    has no rows.
    """
    held = _classes_in_use(study)
    name = "accountability_by_state"

    def row(p: Population, iso3: str) -> Row:
        own, words = f"{name}.{iso3.lower()}", short_name(iso3)
        within = {"state_iso3": iso3}
        old = _of_age(p, OLD, None)
        older: list[Content] = [NOT_ASKED] * 2
        if old is not None:
            told, known = f"ten years old or more, {words}", {**within, **old}
        older = [
            _count(p, f"{own}.older", f"with a class, {told}", CLASS | known),
            _count(
                p,
                f"{own}.complete.older",
                f"in complete impunity, {told}",
                {FACT: "complete", **known},
            ),
        ]
        return (
            iso3,
            state_cell(iso3),
            _count(p, own, f"with a class, {words}", CLASS | within),
            *(_class_or_word(p, f"{own}.{c}", c, words, within) for c in held),
            *older,
        )

    return table_of_counts(
        study,
        name,
        "Killings by State and class of accountability",
        [
            Column("iso3", "ISO3", "code"),
            *column_heads("State or territory", known="With a class"),
            *(Column(c, label("impunity", c)) for c in held),
            Column("older", "With a class, ten years old or more"),
            Column("complete_older", "Of these in complete impunity"),
        ],
        lambda p: [row(p, iso3) for iso3 in states_with_a_class(study, p)],
        empty="drop rows",
        sentence=lambda p, made: [state_sentences(study, p, made, name)],
        notes=(AT_THE_DATE, NOT_RANKED, _on_age(study)),
    )


def by_age_finding(study: Study) -> Finding:
    """Killings by age of the case and class of accountability, with the share in complete impunity.

    The age is counted in years from the year of the killing to the last year that the list covers.
    Claims: ``accountability_by_age.AGE``, ``.AGE.CODE`` and ``.AGE.complete.share``.
    """
    held = _classes_in_use(study)
    name, starts = "accountability_by_age", vocabulary(AGE)["from_years"]
    ends = dict(zip(starts, [*list(starts.values())[1:], None], strict=True))

    def rows(p: Population) -> list[Row]:
        found: list[Row] = []
        for code, first in starts.items():
            where = _of_age(p, first, ends[code])
            if where is None or not p.has_answers(FACT, FACT):
                continue
            words, own = label(AGE, code).lower(), f"{name}.{code}"
            known = _count(p, own, f"with a class, {words}", CLASS | where)
            counts = [_class_or_word(p, f"{own}.{c}", c, words, where) for c in held]
            complete = _count(
                p, f"{own}.complete", f"complete impunity, {words}", {FACT: "complete", **where}
            )
            share = Share(
                complete, known, f"complete impunity in per cent of those with a class, {words}"
            )
            found.append((code_cell(AGE, code), known, *counts, share))
        return found

    return table_of_counts(
        study,
        name,
        "Killings by age of the case and class of accountability",
        [
            *column_heads("Age of the case", known="With a class"),
            *(Column(c, label("impunity", c)) for c in held),
            Column("share", "Complete impunity, per cent"),
        ],
        rows,
        empty="drop rows",
        sentence=lambda _, made: [age_sentences(made, name, starts)],
        notes=(AT_THE_DATE, _on_age(study)),
    )


def recorded_finding(study: Study) -> Finding:
    """For how many victims a list records what followed; nothing of a list without such a field.

    Claims: ``status_recorded.classed``, ``.unknown`` and ``.not_asked``.
    """
    name = "status_recorded"

    def row(p: Population) -> Row:
        if not p.has_answers(FACT, FACT):
            return p.title, victims_draft(p), *[NOT_ASKED] * 3
        return (
            p.title,
            victims_draft(p),
            CountDraft(f"{name}.classed", "with a class of accountability", CLASS),
            CountDraft(f"{name}.unknown", "asked, and the class not known", {FACT: "unknown"}),
            CountDraft(f"{name}.not_asked", "accountability not asked", {FACT: "not_asked"}),
        )

    made = table_of_counts(
        study,
        name,
        "For how many victims a list says what followed",
        column_heads(
            "List", victims="Victims", classed="With a class", unknown="Not known", none="Not asked"
        ),
        lambda p: [row(p)],
        names_lists=True,
        sentence=lambda p, made: [recorded_sentences(p, made, name)],
        notes=(
            "Where a list says nothing of what followed, that is neither impunity nor justice.",
        ),
    )
    made = replace(made, key_sentences=_who_records(study))
    silent = [p for p in study.populations if p.covers() and not p.has_answers(FACT, FACT)]
    if not silent:
        return made
    told = [
        f"{p.name_in_prose} ({claim_tag(p.claim_name('extent.victims'), 'of:victim')})"
        for p in silent
    ]
    have = "has no field for it and says" if len(told) == 1 else "have no field for it and say"
    text = f"{join_with_and(told)} {have} nothing either way."
    return replace(made, statements=(*made.statements, capitalized(text)))


# -- private ---------------------------------------------------------------------------


def _count(p: Population, name: str, words: str, filter_: Mapping[str, Any]) -> CountDraft:
    over = class_counted_over(p, MURDERS)
    return CountDraft(
        name, f"killings {words}{', murders only' if over else ''}", {**over, **filter_}
    )


def _class_or_word(
    p: Population, name: str, code: str, words: str, where: Mapping[str, Any]
) -> Content:
    if code not in p.classes[FACT] and code not in p.declared.get(FACT, ()):
        return NO_CLASS
    return _count(p, name, f"{label('impunity', code).lower()}, {words}", {FACT: code, **where})


def _classes_in_use(study: Study) -> list[str]:
    """Classes that a list of the report has given to a case, or that a restricted list may use."""
    told = [p for p in study.populations if p.has_answers(FACT, FACT)]
    used = {c for p in told for c in (p.declared.get(FACT, ()) if p.release else p.classes[FACT])}
    return [c for c in CLASSED if c in used]


def _of_age(p: Population, first: int, end: int | None) -> dict[str, Any] | None:
    """Row filter of cases of ``first`` years or more and under ``end``; None where no last year is known."""
    last = p.coverage.last
    if last is None:
        return None
    latest = None if first == 0 else last - first
    return {"event_year": {"from": None if end is None else last - end + 1, "to": latest}}


def _on_age(study: Study) -> str:
    years = {
        p.coverage.last for p in study.populations if p.coverage.last and p.has_answers(FACT, FACT)
    }
    which = join_with_and([str(year) for year in sorted(years)])
    to = "the last year that the list covers"
    return f"Age: years from the killing to {to}{f' ({which})' if which else ''}."


def _who_records(study: Study) -> tuple[str, ...]:
    """Sentence on which of several lists record what followed; empty where all do, or none."""
    asking = [p for p in study.populations if p.has_answers(FACT, FACT)]
    silent = [p for p in study.populations if p not in asking]
    if not asking or not silent:
        return ()
    only = "only " if len(asking) < len(silent) else ""
    told = join_with_and([f"{p.list_in_prose} (of {p.plural})" for p in asking])
    others = join_with_and([p.name_in_prose for p in silent])
    field, whose = (
        ("has no field for it", "its") if len(silent) == 1 else ("have no field for it", "their")
    )
    return (
        f"Of the lists of killings read, {only}{told} {'says' if len(asking) == 1 else 'say'} what "
        f"followed; {others} {field}, so of {whose} cases nothing is known.",
    )
