"""Claims on persons with an earlier record who are followed on a list of killed persons."""

from __future__ import annotations

from collections.abc import Sequence

from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim
from hrdresearch.findings.model import Claim
from hrdresearch.stats.follow_up import FOLLOWED, READINGS, observed_spells
from hrdresearch.studies.warnings.curves import (
    DAYS_A_YEAR,
    HORIZONS,
    OPEN_KILLED,
    PARTS,
    LowAndHighCurves,
)
from hrdresearch.studies.warnings.followed_sentences import (
    persons_followed,
)
from hrdresearch.studies.warnings.part import (
    PERSON,
    slug_in_names,
)


def counts_of_followed(k: Population) -> list[CountDraft]:
    """Counts of the persons who are followed on a list of killed persons, and of those of them killed."""
    own, is_in = f"share.{slug_in_names(k)}", {"killed_list": k.slug, "follow_up_code": FOLLOWED}
    return [
        CountDraft(
            f"{own}.followed", f"persons followed by {k.list_in_prose}", is_in, "person", PERSON
        ),
        *(
            CountDraft(
                f"{own}.killed.{reading}",
                f"persons followed and recorded as killed on {k.list_in_prose}, {PARTS[reading]}",
                {**is_in, f"{reading}_is_killed": True},
                "person",
                PERSON,
            )
            for reading in READINGS
        ),
    ]


def stated_years(p: Population, fitted: Sequence[tuple[Population, LowAndHighCurves]]) -> Claim:
    """Number of times (one, two, five years) for which a share is given, over lists of killed persons."""
    stated = sum(not readings.why_not(y) for _, readings in fitted for y in HORIZONS)
    words = "times from the first record for which a share is stated, over lists of killed persons"
    return measured_claim(p, "share.stated", stated, "number", words, "computed")


def killed_within(p: Population, k: Population, fitted: LowAndHighCurves) -> list[Claim]:
    """Persons behind each stated share, in both readings."""
    return [
        measured_claim(
            p,
            f"share.{slug_in_names(k)}.y{y}.killed.{reading}",
            count,
            "person",
            f"persons recorded as killed on {k.list_in_prose} within {HORIZONS[y]}, {PARTS[reading]}",
            "computed",
        )
        for y in HORIZONS
        if fitted.why_not(y) in ("", OPEN_KILLED)
        for reading, count in zip(READINGS, fitted.killed(y), strict=True)
    ]


def watched_for_less(p: Population, k: Population, fitted: LowAndHighCurves) -> list[Claim]:
    """Persons whom the list of killed persons covers for less than each time, and records as living."""
    rows = observed_spells(persons_followed(p, k), "low")
    return [
        measured_claim(
            p,
            f"share.{slug_in_names(k)}.y{y}.short",
            int((rows["cause"].eq("") & (rows["exit"] < y * DAYS_A_YEAR)).sum()),
            "person",
            f"persons followed by {k.list_in_prose} for less than {HORIZONS[y]} and not recorded as killed",
            "computed",
        )
        for y in HORIZONS
        if not fitted.why_not(y)
    ]


def claims_within(
    p: Population, k: Population, fitted: LowAndHighCurves, years: int
) -> dict[str, Claim]:
    """Figures of both readings so many years after the first record, of each thousand persons followed."""
    words = (
        f"of each thousand persons followed, recorded as killed on {k.list_in_prose} within "
        f"{HORIZONS[years]} of the first record"
    )
    return {
        key: measured_claim(
            p,
            f"share.{slug_in_names(k)}.y{years}.{key}",
            value,
            "per_thousand",
            f"{words}, {PARTS[key]}",
            "aalen_johansen",
            text="" if value >= 1 else "fewer than 1",
        )
        for key, value in fitted.figures(years).items()
    }
