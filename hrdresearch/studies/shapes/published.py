"""Published figures beside those computed here: each with its citation and the difference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import NOT_COMPUTABLE, CountDraft, text_where_withheld
from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.findings.numbers import number_in_table
from hrdresearch.findings.sentences import claim_tag, join_with_and
from hrdresearch.findings.typed_digits import find_typed_digits
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import text_columns
from hrdresearch.vocab.reference import reference_path

NO_TOTAL = "No published total is of the scope of this draft, so none is computed beside it."


def published_finding(study: Study, measure: str = "killings") -> Finding:
    """Finding: published totals, the totals computed here, and their difference.

    measure: rows of published.csv with this measure. A total is computed only for the list that
    the figure was published for, and only if the report is restricted by years at most. Empty where no
    figure is of a list of the report: totals of other lists say nothing of these.
    """
    table = pd.read_csv(reference_path("published.csv"), dtype=str, keep_default_na=False)
    table = table[table["measure"].eq(measure) & table["unit"].eq("victims")]
    lines = []
    for row in table.to_dict("records"):
        record = {str(key): str(value) for key, value in row.items()}
        cells = (record["population"], record["period"].replace("/", "–"))
        citation = f"{record['citation']} ({record['how_known']})"
        lines.append((cells, published_claim(record), _computed(study, record), citation))
    compared = [line for line in lines if line[2]]
    told = {slug for *_, claim, _ in compared if claim for slug in claim.sources}
    others = [p.name_in_prose for p in study.populations if p.slug not in told] if told else []
    made = beside_published(
        study,
        "Published totals beside the totals computed here",
        text_columns(label="Population", period="Period"),
        compared or lines,
        notes=(
            "A total is computed only for the list that the figure was published for, and "
            "only where the report covers that period without further restriction.",
        ),
    )
    known = set(table["source"])
    if not any(p.slug in known for p in study.populations):
        return replace(made, rows=(), statements=())
    if not others:
        return made
    none = f" No published total was compared for {join_with_and(others)}."
    return replace(made, statements=tuple(f"{text}{none}" for text in made.statements))


def beside_published(
    study: Study,
    title: str,
    front: Sequence[Column],
    lines: Iterable[tuple[Sequence[str], Claim, Claim | None, str]],
    **more: Any,
) -> Finding:
    """Finding ``published``: published figure, computed one, their difference, citation.

    lines: cells in front, published claim, computed claim or None, citation. Where nothing is computed the
    table has the published figures alone, and its title ends before "beside".
    """
    claims: list[Claim] = []
    rows = []
    told: dict[str, list[str]] = {}
    lines = list(lines)
    is_compared = any(computed for _, _, computed, _ in lines)
    for words, published, computed, citation in lines:
        cells = [*(Cell(text=w) for w in words), Cell(claim=published.name)]
        claims.append(published)
        here = [Cell(text="not computed"), Cell(text="–")]
        if computed is not None:
            difference = _difference(computed, published)
            claims += [computed, difference]
            here = [Cell(claim=computed.name), Cell(claim=difference.name)]
            beside = f", where {claim_tag(published)} are published" * (difference.value != 0)
            told.setdefault(_kept(words[0]), []).append(
                f"{claim_tag(computed)}{_period(words[1:])}{beside}"
            )
        cells += here if is_compared else []
        rows.append([*cells, Cell(text=citation)])
    computed_columns = (Column("computed", "Computed here"), Column("difference", "Difference"))
    columns = [
        *front,
        Column("published", "Published"),
        *(computed_columns if is_compared else ()),
        Column("citation", "Citation, and how it is known", "label"),
    ]
    totals = "; ".join(f"{of or 'all'}: {join_with_and(items)}" for of, items in told.items())
    verb = "are of" if "where" in totals else "equal those published of"
    said = f"The totals counted here {verb} {totals}." if told else NO_TOTAL
    more.setdefault("statements", (said,))
    title = title if is_compared else title.partition(" beside ")[0]
    return study.finding("published", title, columns, rows, claims, **more)


def _kept(word: str) -> str:
    """What a published figure counts, shortened for a sentence."""
    return "" if find_typed_digits(word) else word


def _period(words: Sequence[str]) -> str:
    """Period of a published figure: " in 2012–2021"."""
    return next((f" in {w}" for w in words if w[:1].isdigit() and _kept(f"in {w}")), "")


def published_claim(record: Mapping[str, str]) -> Claim:
    """A published figure as a claim ``published.KEY``, with its citation as definition."""
    value = float(record["value"])
    number = int(value) if value.is_integer() else value
    unit = {"victims": "victim", "per cent": "per_cent"}.get(record["unit"], "case")
    definition = (
        f"{record['population']}, {record['period']}: {record['citation']} ({record['how_known']})"
    )
    return published_number(f"published.{record['key']}", number, unit, definition)


def published_number(
    name: str, number: int | float, unit: str, definition: str, text: str = ""
) -> Claim:
    """Claim of a number that others published; its definition holds the citation.

    text: the number as the table prints it; if empty, in the style of the unit.
    """
    return Claim(
        name=name,
        value=number,
        unit=unit,
        rows=None,
        text=text or number_in_table(number, unit),
        measure="published",
        definition=definition,
    )


def _computed(study: Study, record: Mapping[str, Any]) -> Claim | None:
    """The total of the published period; None for demo rows, another list, or a narrower report."""
    population = next((p for p in study.populations if p.slug == record["source"]), None)
    if population is None or study.is_demo or not record["year_from"]:
        return None
    if set(study.scope.filter) - {"event_year"}:
        return None
    first, last = int(record["year_from"]), int(record["year_to"])
    wanted = study.scope.filter.get("event_year") or {}
    if (wanted.get("from") or first) > first or (wanted.get("to") or last) < last:
        return None
    draft = CountDraft(
        f"computed.{record['key']}",
        f"{population.title}: victims from {first} to {last}, computed from the file",
        {"event_year": {"from": first, "to": last}},
    )
    return study.count(population, [draft])[draft.name]


def _difference(computed: Claim, published: Claim) -> Claim:
    base: dict[str, Any] = {
        "name": f"difference.{published.name.removeprefix('published.')}",
        "unit": published.unit,
        "sources": computed.sources,
        "definition": "Computed total less the published one",
        "measure": "difference",
    }
    if computed.status != "shown":
        text = text_where_withheld(computed, of_few=NOT_COMPUTABLE)
        return Claim(**base, value=None, rows=None, text=text, status="suppressed")
    assert isinstance(computed.value, int | float) and isinstance(published.value, int | float)
    value = int(computed.value - published.value)
    return Claim(**base, value=value, rows=None, text=number_in_table(value, published.unit))
