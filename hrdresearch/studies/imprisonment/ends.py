"""Sentences given as the date on which they end, and the deaths that a list records."""

from __future__ import annotations

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Finding
from hrdresearch.studies.imprisonment.time_held import TimeHeld, recorded, spells
from hrdresearch.studies.shapes.count_tables import (
    Row,
    column_heads,
    row_from_draft,
    table_of_counts,
)
from hrdresearch.vocab import codes

DIED = ["died_in_custody", "died_not_stated"]
NOT_DIED = [k for k in codes("detention_exit") if k not in DIED]


def end_dates(part: TimeHeld) -> Finding:
    """Sentences given as an end date: how exact, and which still run on the as-of date."""
    dated = recorded("sentence_end_date")
    drafts = [
        spells("end_dates.total", "sentences given as an end date", dated),
        *(
            spells(
                f"end_dates.{exact}",
                f"end known to the {exact}",
                {**dated, "sentence_end_precision": exact},
            )
            for exact in ("day", "month", "year")
        ),
    ]
    if part.as_of is not None:
        later = {"sentence_end_date": {"from": part.before(0, days=-1)}}
        alive = {**later, "exit_code": NOT_DIED}
        drafts += [
            spells("end_dates.running", f"end after {part.as_of_words}", later),
            spells("end_dates.running_alive", "of these, with no death recorded", alive),
        ]
    return table_of_counts(
        part,
        "end_dates",
        "Sentences given as the date on which they end",
        column_heads("End of the sentence", value="Detentions"),
        [row_from_draft(d) for d in drafts],
        empty="drop lists",
        notes=(
            "Where there is no date of arrest, an end date gives no length, and the sentence "
            "counts at no threshold. A month or year is taken at its first day. Whether a "
            "person was freed on that day is not said.",
        ),
    )


def deaths(part: TimeHeld) -> Finding:
    """Deaths that the list records, beside the end of the sentence; claims ``deaths.*``."""
    died = {"exit_code": DIED}
    both = {**died, **recorded("sentence_end_date")}
    beside_end = [
        spells("deaths.with_end_date", "deaths with an end date of the sentence", both),
        spells(
            "deaths.before_end",
            "of these, before the end of the sentence",
            {**both, "died_before_end_code": "yes"},
        ),
        spells(
            "deaths.end_not_exact",
            "of these, the dates are not exact enough to tell",
            {**both, "died_before_end_code": "unknown"},
        ),
    ]
    where = {"in_custody": "died in custody", "not_stated": "died, where is not stated"}

    def rows(p: Population) -> list[Row]:
        drafts = [
            spells("deaths.total", "deaths that the list records", died),
            *(
                spells(f"deaths.{key}", where[key], {"exit_code": code})
                for key, code in zip(where, DIED, strict=True)
                if p.frame["exit_code"].eq(code).any()  # what a list never says is not none
            ),
        ]
        has_ends = p.frame["sentence_end_date"].notna().any()
        return [row_from_draft(d) for d in (*drafts, *(beside_end if has_ends else ()))]

    return table_of_counts(
        part,
        "deaths",
        "Deaths that the lists record",
        column_heads("Death", value="Detentions"),
        rows,
        empty="drop lists",
        notes=("A death that nobody recorded is not here; the cause is not told.",),
    )
