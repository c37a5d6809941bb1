"""What the two parts of the study share: scope, and lists that may be several.

A part counts one table (``census`` or ``detentions``); numbers of the two are never added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hrdresearch.findings.make import Draft, Population
from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.studies.base import Scope, ScopeError, Study
from hrdresearch.tables import TABLES
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import RegionScheme, region_scheme, short_name

THRESHOLDS = (5, 8, 10, 15)


class Part(Study):
    """One table of the study; without a list in the build it gives empty findings."""

    name = "imprisonment"
    person_column = "person_id"

    def scope_of(self, params: Mapping[str, Any]) -> Scope:
        """Years, region or State, sex and pretext, as one row filter."""
        self.regions: RegionScheme = region_scheme(str(params.get("region_scheme", "report")))
        self.threshold = int(params.get("long_term_years") or 10)
        filter_: dict[str, Any] = {}
        words: list[str] = []
        first, last = params.get("year_from"), params.get("year_to")
        if first is not None and last is not None and int(first) > int(last):
            raise ScopeError(f"year_from {first} is after year_to {last}")
        if first is not None or last is not None:
            filter_[str(TABLES[self.table].year_column)] = {"from": first, "to": last}
            words.append(f"years {first or 'first'}–{last or 'last'}")
        if params.get("region", "all") != "all":
            code = str(params["region"])
            if code not in self.regions.labels:
                raise ScopeError(
                    f"region={code!r}: scheme {self.regions.name} has "
                    f"{', '.join(self.regions.labels)}"
                )
            filter_["state_iso3"] = [i for i, r in self.regions.of.items() if r == code]
            words.append(self.regions.labels[code])
        if params.get("state", "all") != "all":
            filter_["state_iso3"] = str(params["state"])
            words.append(short_name(str(params["state"])))
        for key, column in (("sex", "sex_code"), ("pretext", "pretext_codes")):
            if params.get(key, "all") != "all":
                filter_[column] = str(params[key])
                words.append(label(key, str(params[key])))
        return Scope(filter_, "; ".join(words))

    def own_facts(self, chosen: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Lists of this part's table."""
        return [f for f in chosen if f["table"] == self.table]

    def refuse_empty(self) -> None:
        """A part may be empty; the study refuses when both are."""

    @property
    def is_present(self) -> bool:
        """Whether the scope leaves any row of this part."""
        return any(len(p.frame) for p in self.populations)

    @property
    def thresholds(self) -> tuple[int, ...]:
        """Thresholds that the report shows, the chosen one among them."""
        return tuple(sorted({*THRESHOLDS, self.threshold}))

    def period(self, populations: Iterable[Population] | None = None) -> str:
        """First to last year in scope; nothing where the part has no list."""
        listed = list(populations or self.populations)
        return super().period(listed) if listed else "no year recorded"

    def head(self, *columns: Column) -> list[Column]:
        """Columns of a table, with the list in front where there are several."""
        return [*([] if self.one else [Column("list", "List", "label")]), *columns]

    def line(self, p: Population, *cells: Cell) -> list[Cell]:
        """Cells of a row, with the list in front where there are several."""
        return [*([] if self.one else [Cell(text=p.title)]), *cells]

    def persons(
        self, name: str, words: str, filter_: Mapping[str, Any], unit: str = "person"
    ) -> Draft:
        """Distinct persons whose rows a filter finds."""
        return Draft(name, words, filter_, unit, column=self.person_column)

    def persons_by_code(
        self,
        name: str,
        title: str,
        column: str,
        vocabulary: str,
        notes: Sequence[str] = (),
        within: Mapping[str, Any] | None = None,
        heading: str = "",
    ) -> Finding:
        """Distinct persons by the codes of a column; a person may stand under several codes."""
        rows: list[list[Cell]] = []
        claims: list[Claim] = []
        for p in self.populations:
            made = self.count(
                p,
                [
                    self.persons(
                        f"{name}.{code}",
                        f"{p.title}: persons, {label(vocabulary, code)}",
                        {**(within or {}), column: code},
                    )
                    for code in codes(vocabulary)
                ],
            )
            claims += made.values()
            held = [c for c in codes(vocabulary) if _is_there(made[f"{name}.{c}"])]
            held.sort(key=lambda c: -_size(made[f"{name}.{c}"]))
            rows += [
                self.line(
                    p,
                    Cell(text=label(vocabulary, c), vocabulary=vocabulary),
                    Cell(claim=made[f"{name}.{c}"].name),
                )
                for c in held
            ]
        return self.finding(
            name,
            title,
            self.head(
                Column("label", heading or title.split(" by ")[-1].capitalize(), "label"),
                Column("value", "Persons"),
            ),
            rows,
            claims,
            unit="persons",
            notes=tuple(notes),
            drawing=self._drawing("bars") if self.one else self._drawing("table"),
        )


def is_nothing(claim: Claim) -> bool:
    """Whether a count is shown and zero."""
    return claim.status == "shown" and not claim.value


def _is_there(claim: Claim) -> bool:
    return claim.status != "shown" or bool(claim.value)


def _size(claim: Claim) -> float:
    return float(claim.value) if isinstance(claim.value, int | float) else 0.5
