"""Time from an earlier record of a person to the killing, in days or else in years."""

from __future__ import annotations

import pandas as pd

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Claim
from hrdresearch.studies.warnings.part import (
    PERSON,
)

LATER = {"after_warning_code": "killed_later"}
LEAST_TOLD = 10  # persons; of fewer, days or a type of death could tell of one
COUNTED = {  # by the code of ``after_warning``
    "killed": ("killed_later", "persons recorded as killed after a record"),
    "unclear": ("order_unclear", "persons recorded as killed on a day that leaves the order open"),
    "earlier": ("killed_before", "persons recorded as killed before the day of a record"),
    "another": ("another_person", "persons of whose name another one was killed long before"),
    "to_look_at": ("to_look_at", "persons with a name like one on a list of killed persons"),
}


def _of_code(p: Population, code: str) -> pd.DataFrame:
    rows: pd.DataFrame = p.frame[p.frame["after_warning_code"].eq(code)]
    return rows


def killed_later(p: Population) -> pd.DataFrame:
    """Records after which the person is recorded as killed."""
    return _of_code(p, LATER["after_warning_code"])


def times_to_killing(p: Population) -> dict[str, Claim]:
    """Days, or else years, from the records to the killing; of fewer than ten persons their number alone."""
    later = killed_later(p)
    days = later.dropna(subset=["days_before"]).groupby(PERSON)["days_before"]
    own = p.frame[p.frame[PERSON].isin(later[PERSON]) & p.frame["killed_year"].notna()]
    own = own[own["warned_year"] <= own["killed_year"]]
    years = (own["killed_year"] - own["warned_year"]).groupby(own[PERSON])
    both = {
        k: later.loc[later[PERSON].isin(_of_code(p, COUNTED[k][0])[PERSON]), PERSON].nunique()
        for k in ("unclear", "earlier")
    }
    wanted: dict[str, tuple[float, str, str]] = {
        "first_year": (
            int(p.frame["warned_year"].min()),
            "calendar_year",
            "first year of the records",
        ),
        "dated": (len(days), "person", "of those killed later, with both days known"),
        **{
            f"{k}.both": (
                n,
                "person",
                f"of {COUNTED[k][1]}, also recorded as killed after another one",
            )
            for k, n in both.items()
        },
    }
    for spans, unit, names in (
        (days, "day", ("days", "shortest", "longest", "last_days")),
        (years, "year", ("years", "fewest_years", "most_years", "last_years")),
    ):
        if len(spans) >= LEAST_TOLD and not (unit == "year" and "days" in wanted):
            last, first = spans.min(), spans.max()
            words = f"{unit}s from the {{}} record to the killing, {{}}"
            found = (
                (_whole(first.median()), words.format("first", "median")),
                (int(first.min()), words.format("first", "fewest")),
                (int(first.max()), words.format("first", "most")),
                (_whole(last.median()), words.format("last", "median")),
            )
            wanted |= {k: (v, unit, w) for k, (v, w) in zip(names, found, strict=True)}
    return {
        k: measured_claim(p, f"before.{k}", value, unit, words, "computed")
        for k, (value, unit, words) in wanted.items()
    }


def _whole(number: float) -> float:
    """The same as a whole number where it is one, so that it is printed like the others."""
    return int(number) if float(number).is_integer() else float(number)
