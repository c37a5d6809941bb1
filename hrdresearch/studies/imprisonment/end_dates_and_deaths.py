"""Sentences recorded by the date on which they end, and deaths that a list records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import ListSentences, claim_tag, is_printed, join_with_and
from hrdresearch.studies.imprisonment.detention_sentences import (
    end_date_sentences,
    sentences_on_deaths,
)
from hrdresearch.studies.imprisonment.time_held import TimeHeld, count_spells, where_recorded
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    column_heads,
    row_from_draft,
    table_of_counts,
)
from hrdresearch.vocab import codes

DUE = "were due to end "
NEXT_YEARS = 4  # told one by one in the sentence; the table gives all
DIED = ["died_in_custody", "died_not_stated"]
NOT_DIED = [k for k in codes("detention_exit") if k not in DIED]


def end_dates(part: TimeHeld) -> Finding:
    """Sentences recorded by their end date: how exact it is, and how many end after the as-of date."""
    dated = where_recorded("sentence_end_date")
    drafts = [
        count_spells("end_dates.total", "sentences given as an end date", dated),
        *(
            count_spells(
                f"end_dates.{exact}",
                f"end known to the {exact}",
                {**dated, "sentence_end_precision": exact},
            )
            for exact in ("day", "month", "year")
        ),
    ]
    if part.as_of is not None:
        later = {"sentence_end_date": {"from": part.day_before_as_of(0, days=1)}}
        drafts += [
            count_spells("end_dates.running", f"end after {part.as_of_words}", later),
            running_alive(part),
            running_beyond(part),
        ]
    finding = table_of_counts(
        part,
        "end_dates",
        "Sentences given as the date on which they end",
        column_heads("End of the sentence", value="Detentions"),
        [row_from_draft(d) for d in drafts],
        beside=lambda p: [
            count_spells("detentions.total", "spells of detention", {}),
            *(_may_run(part) if p.policy.prints_exact_numbers else ()),
        ],
        sentence=lambda p, claims: end_date_sentences(
            p, claims, part.as_of_words, part.next_year_claim(p)
        ),
        empty="drop lists",
        notes=(
            "Where there is no date of arrest, an end date gives no length, and the sentence "
            "counts at no threshold. A month or year is taken at its first day, so the numbers "
            "after a day are the least. Whether a person was freed on that day is not said.",
        ),
    )
    totals = [c for c in finding.claims if c.name.endswith("end_dates.total")]
    is_given = any(c.value or c.status == "suppressed" for c in totals)
    return finding if is_given else replace(finding, rows=())


def running_alive(part: TimeHeld) -> CountDraft:
    """Count of the sentences that end after the as-of date, of persons with no death recorded."""
    later = {"sentence_end_date": {"from": part.day_before_as_of(0, days=1)}}
    return count_spells(
        "end_dates.running_alive",
        "of these, with no death recorded",
        {**later, "exit_code": NOT_DIED},
    )


def running_beyond(part: TimeHeld) -> CountDraft:
    """Count of these that end after the year of the report: a call for release may still concern them."""
    after = max(f"{part.report_year + 1}-01-01", part.day_before_as_of(0, days=1))
    return count_spells(
        "end_dates.beyond",
        f"of these, end after {part.report_year}",
        {"sentence_end_date": {"from": after}, "exit_code": NOT_DIED},
    )


def _may_run(part: TimeHeld) -> list[CountDraft]:
    """Counts of end dates known only to the year, or month, in which the as-of date lies.

    Such a date is read as the first day of its year or month, so it is not after the as-of date; the
    true end may be.
    """
    if part.as_of is None:
        return []
    day = part.as_of
    is_over = {
        "year": (day.month, day.day) == (12, 31),
        "month": day == day + pd.offsets.MonthEnd(0),
    }
    first = {"year": day.replace(month=1, day=1), "month": day.replace(day=1)}
    return [
        count_spells(
            f"end_dates.may_run_{exact}",
            f"ends known to the {exact} only that may lie before or after {part.as_of_words}",
            {
                "sentence_end_date": {"from": str(first[exact].date()), "to": str(day.date())},
                "sentence_end_precision": exact,
            },
        )
        for exact in ("year", "month")
        if not is_over[exact]
    ]


def end_schedule(part: TimeHeld) -> Finding:
    """Sentences that end after the as-of date, by the year of the end; claims ``end_schedule.YEAR``.

    A sentence of a person whose death is recorded is left out.
    """

    def years(p: Population) -> list[int]:
        if part.as_of is None:
            return []
        coming = p.frame["sentence_end_date"]
        last = coming[coming > part.as_of].max()
        return [] if pd.isna(last) else list(range(part.as_of.year, last.year + 1))

    def draft(year: int) -> CountDraft:
        first = max(f"{year}-01-01", part.day_before_as_of(0, days=1))
        where = {"sentence_end_date": {"from": first, "to": f"{year}-12-31"}, "exit_code": NOT_DIED}
        return count_spells(f"end_schedule.{year}", f"sentences that end in {year}", where)

    def of_later_years(p: Population) -> list[Content]:
        """Counts of ends after the years that are named one by one, and the last year of all."""
        held = years(p)
        if len(held) <= NEXT_YEARS or not p.policy.prints_exact_numbers:
            return []
        first, last = held[NEXT_YEARS], held[-1]
        where = {"sentence_end_date": {"from": f"{first}-01-01"}, "exit_code": NOT_DIED}
        words = "year of the last end of a sentence"
        return [
            count_spells("end_schedule.later", f"sentences that end in {first} or later", where),
            *(
                measured_claim(p, f"end_schedule.{key}", year, "calendar_year", words, "computed")
                for key, year in (("later_from", first), ("last_year", last))
            ),
        ]

    def said(p: Population, claims: Mapping[str, Claim]) -> list[ListSentences]:
        alive = claims.get("end_dates.running_alive")
        coming = [y for y in years(p)[:NEXT_YEARS] if is_printed(claims[f"end_schedule.{y}"])]
        if alive is None or not is_printed(alive):
            return []
        items = [
            f"{claim_tag(claims[f'end_schedule.{y}'])} {'' if i else DUE}in "
            f"{'the rest of ' * (y == years(p)[0])}{y}"
            for i, y in enumerate(coming)
        ]
        next_year, later = part.next_year_claim(p), claims.get("end_schedule.later")
        if later and is_printed(later):
            first, last = (
                p.claim_name(f"end_schedule.{key}") for key in ("later_from", "last_year")
            )
            items.append(
                f"{claim_tag(later)} {'' if items else DUE}from {claim_tag(first)} to {claim_tag(last)}"
            )
        if not items:
            return []
        text = f"Of the {claim_tag(alive)}, at least {join_with_and(items)}"
        beyond = claims["end_dates.beyond"]
        if later and is_printed(beyond) and float(beyond.value or 0) <= float(later.value or 0):
            text += f", of which {claim_tag(beyond)} in {claim_tag(next_year)} or later"
        return [ListSentences(f"{text}.", (next_year,))]

    return table_of_counts(
        part,
        "end_schedule",
        f"Sentences that end after {part.as_of_words}, by year of the end",
        column_heads("Year", value="Sentences"),
        lambda p: [
            (f"{year}{' *' if year > part.report_year else ''}", draft(year)) for year in years(p)
        ],
        beside=lambda p: (
            [running_alive(part), running_beyond(part), *of_later_years(p)] if years(p) else []
        ),
        sentence=said,
        empty="drop rows",
        notes=(
            f"The first year counts from the day after {part.as_of_words}. An end known to the month "
            "or year only is taken at its first day. Whether a person was freed is not said. "
            f"* After {part.report_year}, the year of this draft.",
        ),
    )


def deaths(part: TimeHeld) -> Finding:
    """Deaths that the list records, and how many came before the end of the sentence.

    A death "in custody" or "place not stated" has a row only if the list uses that code. Claims
    ``deaths.*``.
    """
    died = {"exit_code": DIED}
    both = {**died, **where_recorded("sentence_end_date")}
    before_sentence_end = [
        count_spells("deaths.with_end_date", "deaths with an end date of the sentence", both),
        count_spells(
            "deaths.before_end",
            "of these, before the end of the sentence",
            {**both, "died_before_end_code": "yes"},
        ),
        count_spells(
            "deaths.after_end",
            "of these, not before the end of the sentence",
            {**both, "died_before_end_code": "no"},
        ),
        count_spells(
            "deaths.end_not_exact",
            "of these, the dates are not exact enough to tell",
            {**both, "died_before_end_code": "unknown"},
        ),
    ]
    life = count_spells(
        "deaths.life", "deaths under a life sentence", {**died, "sentence_kind_code": "life"}
    )
    where = {"in_custody": "died in custody", "not_stated": "died, where is not stated"}

    def rows(p: Population) -> list[Row]:
        drafts = [
            count_spells("deaths.total", "deaths that the list records", died),
            *(
                count_spells(f"deaths.{key}", where[key], {"exit_code": code})
                for key, code in zip(where, DIED, strict=True)
                if p.frame["exit_code"]
                .eq(code)
                .any()  # a code that the list does not use is not zero
            ),
        ]
        has_ends = p.frame["sentence_end_date"].notna().any()
        return [row_from_draft(d) for d in (*drafts, *(before_sentence_end if has_ends else ()))]

    finding = table_of_counts(
        part,
        "deaths",
        "Deaths that the lists record",
        column_heads("Death", value="Detentions"),
        rows,
        beside=lambda p: [life] if p.policy.prints_exact_numbers else [],
        sentence=sentences_on_deaths,
        empty="drop lists",
        notes=("A death that nobody recorded is not here; the cause is not told.",),
    )
    return part.without_short_table(finding, most=len(finding.rows))
