"""Counts by the codes of a column, with the share among the cases in which the fact is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hrdresearch.findings.make import Draft, Population, share
from hrdresearch.findings.model import Cell, Claim, Finding, Known
from hrdresearch.studies.lines import heads, is_nothing, term, value_columns
from hrdresearch.vocab import codes, label

if TYPE_CHECKING:
    from hrdresearch.studies.base import Study

LAST_CODES = ("unknown", "not_confirmed", "not_recorded", "not_asked")
NO_CLASS = "–"
NO_ANSWER = ("not_asked", "not_recorded", "killing")  # "killing" is every row of table cases


def tabulated(
    study: Study,
    name: str,
    title: str,
    column: str,
    vocabulary: str,
    *,
    asked_as: str | None = None,
    unknown: Sequence[str] = LAST_CODES,
    unit: str = "victim",
    known_words: str = "cases in which this is known",
    notes: Sequence[str] = (),
    drawing: str = "bars",
) -> Finding:
    """Victims by the codes of one column, with the share among cases where it is known.

    Claims: ``NAME.CODE``, ``NAME.CODE.share``, ``NAME.known`` (cases with a known value),
    ``NAME.of`` (all cases in scope). A list that does not ask the fact gets no numbers.

    asked_as: the fact as lists name it in ``asked``; None where every list says it.
    unknown: codes that say that the fact is not known; they stand last and have no share.
    """
    asking = [p for p in study.populations if not asked_as or _asks(p, asked_as, column)]
    made = {p.slug: _counts(study, p, name, column, vocabulary, unknown, unit) for p in asking}
    # Largest first over all lists; what is not known stands last.
    ordered = sorted(
        (c for c in codes(vocabulary) if not all(is_nothing(own[c]) for own in made.values())),
        key=lambda c: (c in unknown, -max(float(own[c].value or 0) for own in made.values())),
    )
    rows = [
        [
            term(vocabulary, code),
            *(c for p in study.populations for c in _cells(study, p, made, column, code, unknown)),
        ]
        for code in ordered
    ]
    heading = title.split(" by ")[-1].capitalize()
    columns = heads(heading, value=study.counted, share="Per cent of known")
    if not study.one:
        columns = [*heads(heading), *value_columns(study)]
        # The known denominators stand in the table, a row each.
        for key, words in (("known", known_words), ("of", "all cases in scope")) if rows else ():
            cells = (_cell(made.get(p.slug), key) for p in study.populations)
            rows.append([Cell(text=f"Denominator: {words}"), *cells])
    return study.finding(
        name,
        title,
        columns,
        rows,
        [claim for own in made.values() for claim in own.values()],
        known=_known(study, name, asking, known_words),
        statements=_silence(study, asking, title),
        # Four small charts of twenty bars say less than one table.
        drawing=study._drawing(drawing if study.one else "table"),
        notes=tuple(notes) + _unasked(study, asking) + _unused(study),
    )


def _silence(study: Study, asking: Sequence[Population], title: str) -> tuple[str, ...]:
    """Where the only list does not ask the fact, the page says so instead of showing nothing."""
    if asking or not study.one:
        return ()
    what, _, by = title.partition(" by ")
    subject = by if what in ("Victims", "Imprisoned persons") else what[:1].lower() + what[1:]
    return (f"{study.one.title} does not ask for this: {subject}. Not asked does not mean no.",)


def _counts(
    study: Study,
    p: Population,
    name: str,
    column: str,
    vocabulary: str,
    unknown: Sequence[str],
    unit: str,
) -> dict[str, Claim]:
    """Claims of one list; keys are the codes, ``CODE.share``, ``known`` and ``of``."""
    labels = {code: label(vocabulary, code) for code in codes(vocabulary)}
    known = [code for code in labels if code not in unknown]
    wanted: dict[str, tuple[str, dict[str, Any]]] = {
        **{code: (words, {column: code}) for code, words in labels.items()},
        "known": ("cases in which this is known", {column: known}),
        "of": ("all cases in scope", {}),
    }
    counted = study.count(
        p,
        [
            Draft(f"{name}.{key}", f"{p.title}: {words}", filter_, unit)
            for key, (words, filter_) in wanted.items()
        ],
    )
    made = {key: counted[f"{name}.{key}"] for key in wanted}
    for code in known:
        key = f"{code}.share"
        words = f"{labels[code]}, in per cent of the cases in which this is known"
        made[key] = share(p, f"{name}.{key}", made[code], made["known"], f"{p.title}: {words}")
    return made


def _cells(
    study: Study,
    p: Population,
    made: Mapping[str, Mapping[str, Claim]],
    column: str,
    code: str,
    unknown: Sequence[str],
) -> list[Cell]:
    own = made.get(p.slug)
    if study.one:
        is_known = code not in unknown
        return [_cell(own, code), _cell(own, f"{code}.share") if is_known else Cell(text="–")]
    if own and p.frame.empty:
        return [Cell(text="no case")]
    if own and code not in (*p.classes[column], *unknown):
        return [Cell(text=NO_CLASS)]
    return [_cell(own, code)]


def _cell(own: Mapping[str, Claim] | None, key: str) -> Cell:
    return Cell(claim=own[key].name) if own else Cell(text="not asked")


def _known(study: Study, name: str, asking: Sequence[Population], words: str) -> Known | None:
    if not study.one or not asking:
        return None
    return Known(f"{name}.known", f"{name}.of", words)


def _unasked(study: Study, asking: Sequence[Population]) -> tuple[str, ...]:
    silent = [p.title for p in study.populations if p not in asking]
    if not silent:
        return ()
    return (f"Not asked by: {', '.join(silent)}. Not asked does not mean no.",)


def _unused(study: Study) -> tuple[str, ...]:
    if study.one:
        return ()
    return (f"{NO_CLASS}: a class that the list does not use, which is not zero.",)


def _asks(population: Population, fact: str, column: str) -> bool:
    """Whether a list asks a fact, or answers it by its own definition."""
    if fact in population.asked:
        return True
    return not population.frame[column].isin(NO_ANSWER).all()
