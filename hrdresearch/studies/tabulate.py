"""Counts by the codes of a column, with the share among the cases in which the fact is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from hrdresearch.findings.make import Draft, Population, share
from hrdresearch.findings.model import Cell, Claim, Column, Finding, Known
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
    per_list = {
        p.slug: _code_claims(study, p, name, column, vocabulary, unknown, unit) for p in asking
    }
    claims = [claim for made in per_list.values() for claim in made.values()]
    present = [
        code
        for code in codes(vocabulary)
        if any(
            (c := made[f"{name}.{code}"]).status != "shown" or c.value for made in per_list.values()
        )
    ]
    ordered = _by_size(present, name, per_list, unknown)
    rows = [
        [
            Cell(text=label(vocabulary, code), vocabulary=vocabulary),
            *_cells(study, name, column, code, per_list, unknown),
        ]
        for code in ordered
    ]
    if rows and not study.one:
        rows += _denominators(name, study.populations, per_list, known_words)
    return study.finding(
        name,
        title,
        _columns(study, label_of=title.split(" by ")[-1].capitalize()),
        rows,
        claims,
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


def _code_claims(
    study: Study,
    population: Population,
    name: str,
    column: str,
    vocabulary: str,
    unknown: Sequence[str],
    unit: str,
) -> dict[str, Claim]:
    """Claims of one list, by their short names (``NAME.CODE``, ``NAME.known`` ...)."""
    all_codes = codes(vocabulary)
    known = [c for c in all_codes if c not in unknown]
    drafts = [
        Draft(
            f"{name}.{code}",
            f"{population.title}: {label(vocabulary, code)}",
            {column: code},
            unit,
        )
        for code in all_codes
    ]
    drafts += [
        Draft(
            f"{name}.known",
            f"{population.title}: cases in which this is known",
            {column: known},
            unit,
        ),
        Draft(f"{name}.of", f"{population.title}: all cases in scope", {}, unit),
    ]
    made = study.count(population, drafts)
    for code in known:
        key = f"{name}.{code}.share"
        made[key] = share(
            population,
            key,
            made[f"{name}.{code}"],
            made[f"{name}.known"],
            f"{population.title}: {label(vocabulary, code)}, in per cent of the cases in "
            "which this is known",
        )
    return made


def _by_size(
    present: Sequence[str],
    name: str,
    per_list: Mapping[str, Mapping[str, Claim]],
    unknown: Sequence[str],
) -> list[str]:
    """Largest first over all lists' own order; what is not known stands last."""

    def size(code: str) -> tuple[bool, float]:
        values = [made[f"{name}.{code}"].value for made in per_list.values()]
        return code in unknown, -max((float(v) for v in values if v is not None), default=0.0)

    return sorted(present, key=size)


def _columns(study: Study, label_of: str) -> list[Column]:
    columns = [Column("label", label_of, "label")]
    if study.one:
        return [*columns, Column("value", study.counted), Column("share", "Per cent of known")]
    return columns + [Column(p.slug, p.title) for p in study.populations]


def _cells(
    study: Study,
    name: str,
    column: str,
    code: str,
    per_list: Mapping[str, Mapping[str, Claim]],
    unknown: Sequence[str],
) -> list[Cell]:
    cells = []
    for population in study.populations:
        made = per_list.get(population.slug)
        if made is None:
            cells.append(Cell(text="not asked"))
            continue
        if not study.one and population.frame.empty:
            cells.append(Cell(text="no case"))
            continue
        if not study.one and code not in (*population.classes[column], *unknown):
            cells.append(Cell(text=NO_CLASS))
            continue
        cells.append(Cell(claim=made[f"{name}.{code}"].name))
        if study.one:
            known = code not in unknown
            cells.append(Cell(claim=made[f"{name}.{code}.share"].name) if known else Cell(text="–"))
    return cells or [Cell(text="not asked"), Cell(text="–")]


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


def _denominators(
    name: str,
    populations: Sequence[Population],
    per_list: Mapping[str, Mapping[str, Claim]],
    known_words: str,
) -> list[list[Cell]]:
    """Over several lists the known denominators stand in the table, a row each."""
    rows = []
    for key, words in (("known", known_words), ("of", "all cases in scope")):
        cells = [
            Cell(claim=made[f"{name}.{key}"].name) if made else Cell(text="not asked")
            for made in (per_list.get(p.slug) for p in populations)
        ]
        rows.append([Cell(text=f"Denominator: {words}"), *cells])
    return rows
