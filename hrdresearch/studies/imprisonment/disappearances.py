"""Days that persons had disappeared for before their detention was acknowledged, where recorded."""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import ListSentences, claim_tag, is_printed, join_with_and
from hrdresearch.studies.imprisonment.time_held import TimeHeld, count_spells
from hrdresearch.studies.shapes.count_tables import Row, column_heads, table_of_counts

DAYS = "disappeared_days"
AT_LEAST = {30: "30 days or longer", 90: "90 days or longer", 365: "A year or longer"}
OF_ALL = {"median": "Median, days", "min": "Shortest, days", "max": "Longest, days"}


def days_disappeared(part: TimeHeld) -> Finding:
    """For how many detentions days disappeared are recorded; their median and range, of public lists.

    Claims ``disappeared_days.known``, ``.from_30``, ``.median``, ``.min``, ``.max``. Of a confidential
    list only counts leave.
    """
    known = count_spells(
        "disappeared_days.known",
        "detentions with a number of days disappeared",
        {DAYS: {"from": 1}},
    )
    longer = [
        (
            words,
            count_spells(f"{DAYS}.from_{n}", f"disappeared, {words.lower()}", {DAYS: {"from": n}}),
        )
        for n, words in AT_LEAST.items()
    ]

    def rows(p: Population) -> list[Row]:
        is_recorded = p.frame[DAYS].gt(0).any() or p.release is not None
        return [("Days recorded", known), *longer, *_of_all(p)] if is_recorded else []

    return table_of_counts(
        part,
        "days_disappeared",
        "Days disappeared before the detention was acknowledged",
        column_heads("Days disappeared", value="Detentions"),
        rows,
        sentence=_sentences,
        empty="drop lists",
        notes=("Only detentions for which the list gives a number of days above zero.",),
    )


def _of_all(p: Population) -> list[Row]:
    """Median and range of the recorded days, of a public list."""
    days = p.frame[DAYS].dropna()
    days = days[days > 0].astype("float64")
    if not p.policy.prints_exact_numbers or days.empty:
        return []
    values = {"median": days.median(), "min": days.min(), "max": days.max()}
    return [
        (
            OF_ALL[measure],
            measured_claim(
                p, f"{DAYS}.{measure}", float(value), "day", f"{measure} of days disappeared",
                f"{measure}:{DAYS}", text=f"{value:,.10g}", rows=len(days),
            ),
        )
        for measure, value in values.items()
    ]  # fmt: skip


def _sentences(p: Population, claims: Mapping[str, Claim]) -> list[ListSentences]:
    known = claims.get(f"{DAYS}.known")
    if not known or not is_printed(known) or not known.value:
        return []
    own = {
        row[1].name.rpartition(".")[2]: row[1] for row in _of_all(p) if isinstance(row[1], Claim)
    }
    whole = (
        f"For {claim_tag(known, 'of:detention')} {p.list_in_prose} records how many days passed before the "
        "detention was acknowledged"
    )
    if own:
        middle, low, high = (claim_tag(own[key]) for key in ("median", "min", "max"))
        return [
            ListSentences(f"{whole}: from {low} to {high}, the median being {middle}.", is_key=True)
        ]
    longer = {words: claims.get(f"{DAYS}.from_{n}") for n, words in AT_LEAST.items()}
    shown = [
        f"{words.lower()} in {claim_tag(c)}" for words, c in longer.items() if c and is_printed(c)
    ]
    return [
        ListSentences(f"{whole}{': ' if shown else ''}{join_with_and(shown) if shown else ''}.")
    ]
