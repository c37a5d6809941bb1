"""Comparisons that several studies need: published totals, overlap of lists, fate of the rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from hrdresearch.findings.make import Draft, Population
from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.findings.numbers import in_table
from hrdresearch.studies.lines import texts
from hrdresearch.vocab.reference import reference_path
from hrdresearch.vocab.states import short_name

if TYPE_CHECKING:
    from hrdresearch.studies.base import Study

SMALLEST_OVERLAP = 5  # names shared by two lists are told from this number on


def published_finding(study: Study, measure: str = "killings") -> Finding:
    """Published totals beside computed ones.

    A total is computed only where the report has no other restriction than years and the list is
    the one that the figure was published for; the difference is printed, whatever it is.
    """
    table = pd.read_csv(reference_path("published.csv"), dtype=str, keep_default_na=False)
    table = table[table["measure"].eq(measure) & table["unit"].eq("victims")]
    lines = []
    for row in table.to_dict("records"):
        record = {str(key): str(value) for key, value in row.items()}
        cells = (record["population"], record["period"].replace("/", "–"))
        citation = f"{record['citation']} ({record['how_known']})"
        lines.append((cells, published_claim(record), _computed(study, record), citation))
    return beside_published(
        study,
        "Published totals beside the totals computed here",
        texts(label="Population", period="Period"),
        lines,
        notes=(
            "A total is computed only for the list that the figure was published for, and "
            "only where the report covers that period without further restriction.",
        ),
    )


def beside_published(
    study: Study,
    title: str,
    front: Sequence[Column],
    lines: Iterable[tuple[Sequence[str], Claim, Claim | None, str]],
    **more: Any,
) -> Finding:
    """Finding ``published``: published figure, computed one, their difference, citation.

    lines: what stands in front; published figure; computed figure, if there is one; citation.
    """
    claims: list[Claim] = []
    rows = []
    for words, published, computed, citation in lines:
        cells = [*(Cell(text=w) for w in words), Cell(claim=published.name)]
        claims.append(published)
        if computed is None:
            cells += [Cell(text="not computed"), Cell(text="–")]
        else:
            difference = _difference(computed, published)
            claims += [computed, difference]
            cells += [Cell(claim=computed.name), Cell(claim=difference.name)]
        rows.append([*cells, Cell(text=citation)])
    columns = [
        *front,
        Column("published", "Published"),
        Column("computed", "Computed here"),
        Column("difference", "Difference"),
        Column("citation", "Citation, and how it is known", "label"),
    ]
    return study.finding("published", title, columns, rows, claims, **more)


def published_claim(record: Mapping[str, str]) -> Claim:
    """A published figure as a claim ``published.KEY``, with its citation as definition."""
    value = float(record["value"])
    number = int(value) if value.is_integer() else value
    unit = {"victims": "victim", "per cent": "per_cent"}.get(record["unit"], "case")
    return Claim(
        name=f"published.{record['key']}",
        value=number,
        unit=unit,
        rows=None,
        text=in_table(number, unit),
        measure="published",
        definition=f"{record['population']}, {record['period']}: {record['citation']} "
        f"({record['how_known']})",
    )


def overlap_finding(study: Study) -> Finding:
    """Distinct full names that stand in two lists, by State, counted while names were there."""
    pairs = study.build.extras("overlap") or []
    slugs = {p.slug: p for p in study.populations}
    state = study.params.get("state", "all")
    rows, claims = [], []
    for pair in pairs:
        if not {pair["a"], pair["b"]} <= set(slugs) or pair["shared"] < SMALLEST_OVERLAP:
            continue
        if state not in ("all", pair["state_iso3"]):
            continue
        a, b = slugs[pair["a"]], slugs[pair["b"]]
        stem = ".".join(("overlap", _slug(a), _slug(b), pair["state_iso3"].lower()))
        cells = [
            Cell(text=f"{a.title} and {b.title}"),
            Cell(text=short_name(pair["state_iso3"]), vocabulary="state"),
        ]
        for key, words in (
            ("names_a", f"distinct full names on the list of {a.title}"),
            ("names_b", f"distinct full names on the list of {b.title}"),
            (
                "shared",
                "distinct full names on both lists, letter for letter "
                "after accents and case are set aside",
            ),
        ):
            claim = Claim(
                name=f"{stem}.{key}",
                value=int(pair[key]),
                unit="name",
                rows=int(pair[key]),
                text=in_table(int(pair[key]), "name"),
                measure="names",
                definition=f"{short_name(pair['state_iso3'])}: {words}",
                sources=(a.slug, b.slug),
            )
            claims.append(claim)
            cells.append(Cell(claim=claim.name))
        rows.append(cells)
    columns = [
        Column("label", "Lists", "label"),
        Column("state", "State or territory", "label"),
        Column("names_a", "Names on the first"),
        Column("names_b", "Names on the second"),
        Column("shared", "On both"),
    ]
    return study.finding(
        "overlap",
        "Names that stand in two lists",
        columns,
        rows,
        claims,
        unit="distinct names",
        notes=(
            "Equal full names in one State, over all years of the build, before any person "
            "was matched: a lower bound of the overlap, and the reason why lists are not "
            "added. Pairs of lists that share fewer than five names in a State are left out.",
        ),
    )


def quality_finding(study: Study) -> Finding:
    """Rows of each file: read, accepted, set aside; values corrected or doubted."""
    quality = {q["slug"]: q for q in study.build.extras("quality") or []}
    rows, claims, statements = [], [], []
    for population in study.populations:
        record = quality.get(population.slug)
        if record is None:
            continue
        cells = [Cell(text=population.title)]
        for key, words in (
            ("rows_in", "rows in the file"),
            ("accepted", "rows accepted"),
            ("set_aside", "rows set aside with their reason"),
            ("issues", "values corrected, emptied or doubted"),
        ):
            claim = Claim(
                name=population.named(f"quality.{key}"),
                value=int(record[key]),
                unit="row",
                rows=int(record[key]),
                text=in_table(int(record[key]), "row"),
                definition=f"{population.title}: {words}, whatever the scope of the report",
                measure="build",
                sources=(population.slug,),
            )
            claims.append(claim)
            cells.append(Cell(claim=claim.name))
        rows.append(cells)
        for number, note in enumerate(record["notes"], start=1):
            statement, told = _told(population, number, note)
            statements.append(statement)
            claims += told
    columns = [
        Column("label", "List", "label"),
        Column("rows_in", "Rows in the file"),
        Column("accepted", "Accepted"),
        Column("set_aside", "Set aside"),
        Column("issues", "Values corrected or doubted"),
    ]
    return study.finding(
        "quality",
        "What became of the rows of each file",
        columns,
        rows,
        claims,
        unit="rows",
        statements=tuple(statements),
    )


def _told(population: Population, number: int, note: str) -> tuple[str, list[Claim]]:
    """A note of the build as a sentence whose numbers are claims like any other."""
    claims: list[Claim] = []

    def claim(found: re.Match[str]) -> str:
        value = int(found.group())
        unit = "calendar_year" if 1900 <= value <= 2100 else "row"
        made = Claim(
            name=population.named(f"quality.note_{number}.number_{len(claims) + 1}"),
            value=value,
            unit=unit,
            rows=None,
            text=in_table(value, unit),
            definition=f"{population.title}: number told by a note of the build",
            measure="build",
            sources=(population.slug,),
        )
        claims.append(made)
        return f"{{{{ {made.name} }}}}"

    return f"{population.title}: {re.sub(r'[0-9]+', claim, note)}", claims


def _computed(study: Study, record: Mapping[str, Any]) -> Claim | None:
    population = next((p for p in study.populations if p.slug == record["source"]), None)
    if population is None or study.is_demo or not record["year_from"]:
        return None
    if set(study.scope.filter) - {"event_year"}:
        return None
    first, last = int(record["year_from"]), int(record["year_to"])
    wanted = study.scope.filter.get("event_year") or {}
    if (wanted.get("from") or first) > first or (wanted.get("to") or last) < last:
        return None
    draft = Draft(
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
        return Claim(**base, value=None, rows=None, text="withheld", status="suppressed")
    assert isinstance(computed.value, int | float) and isinstance(published.value, int | float)
    value = int(computed.value - published.value)
    return Claim(**base, value=value, rows=None, text=in_table(value, published.unit))


def _slug(population: Population) -> str:
    return population.slug.replace("-", "_")
