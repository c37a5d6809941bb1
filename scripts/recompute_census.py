"""Numbers on persons of a prison census, again, in plain pandas: for ``recompute_measures.py``."""

from __future__ import annotations

import json

import pandas as pd
from recompute_ledgers import Measure
from recompute_report import ROOT, Report, holding

FEWEST = 30  # known cases of a census below which no share is printed


def _persons(r: Report) -> pd.DataFrame:
    """One row for each person of the census: longest bounds, whether any sentence was read, the charges."""
    return (
        _census_rows(r)
        .groupby("person_id")
        .agg(
            read=("is_length_read", "any"),
            low=("bound_min_years", "max"),
            held=("census_year", "nunique"),
            unread=(
                "sentence_kind_code",
                lambda kinds: kinds.isin(["unparsed", "indefinite", "not_disclosed"]).any(),
            ),
            charges=("pretext_codes", lambda cells: set("|".join(cells.astype(str)).split("|"))),
        )
    )


def _censuses(r: Report, are_long: bool) -> int:
    """Censuses on which persons stand, on average: those under a long sentence, or under another."""
    persons = _persons(r)
    persons = persons[persons["read"]]
    return round(float(persons["held"][persons["low"].ge(10) == are_long].mean()))


def _apart_from_security(r: Report, code: str, what: str) -> int:
    """Persons with a sentence read, or a long one, in a row with a charge, and in none with security too."""
    rows = _census_rows(r)
    rows = rows[rows["is_length_read"] if what == "read" else rows["bound_min_years"].ge(10)]
    on = rows[holding(rows["pretext_codes"], [code])]
    both = on[holding(on["pretext_codes"], ["national_security"])]
    return len({*on["person_id"]} - {*both["person_id"]})


def _in_one_state(r: Report, stem: str) -> int:
    """Most persons of a class that one State holds."""
    return int(r.filtered(stem).groupby("state_iso3")["person_id"].nunique().max())


def _shares_by_census(r: Report) -> tuple[pd.Series, pd.Series]:
    """By census: the share whose sentence or its absence is recorded, and of them not sentenced."""
    rows = _census_rows(r)
    unknown = rows["sentence_kind_code"].isin(r.vocabulary("sentence_kind")["not_known"])
    recorded = (~unknown).groupby(rows["census_year"]).mean()
    pending = rows["sentence_kind_code"].eq("pending")[~unknown].groupby(rows["census_year"])
    return recorded, pending.mean()[pending.size() >= FEWEST]


def _recorded_from(r: Report) -> int:
    recorded, _ = _shares_by_census(r)
    poor = recorded[recorded < 0.9]
    return int(
        recorded.index[recorded.index > poor.index.max()].min()
        if len(poor)
        else recorded.index.min()
    )


def _census_of_share(r: Report, end: str) -> int:
    """Census with the highest or the lowest share not sentenced, of those well recorded."""
    shares = _shares_by_census(r)[1]
    shares = shares[shares.index >= _recorded_from(r)]
    return int(shares.idxmax() if end == "highest" else shares.idxmin())


def _census_rows(r: Report) -> pd.DataFrame:
    rows = r.tables["census"]
    return rows[rows["source"] == r.slug]


def _announced(r: Report, what: str) -> int:
    """Censuses whose announced total was looked up, those of which the list holds more, the widest."""
    table = pd.read_csv(ROOT / "data" / "reference" / "prison_census.csv")
    first = table[table["revision"].isna()].set_index("year")["value"]
    held = _census_rows(r).groupby("census_year").size()
    more = (held - first).dropna()
    return {
        "looked_up": len(more),
        "more": int((more > 0).sum()),
        "widest": int(more.idxmax()),
    }[what]


def _times_pending(r: Report, least: int) -> int:
    """Persons not sentenced on the last census who stand so on at least so many censuses."""
    rows = _census_rows(r)
    rows = rows[rows["sentence_kind_code"] == "pending"]
    last = rows[rows["census_year"] == _census_rows(r)["census_year"].max()]
    times = rows[rows["person_id"].isin(last["person_id"])].groupby("person_id").size()
    return int((times >= least).sum())


def _long_on_charge(r: Report, code: str, state: str) -> int:
    """Persons of a State sentenced to 10 years or longer in a row with a charge."""
    rows = _census_rows(r)
    here = rows[rows["bound_min_years"].ge(10) & rows["state_iso3"].eq(state.upper())]
    return int(here[holding(here["pretext_codes"], [code])]["person_id"].nunique())


def _published(_: Report, year: str, revised: str | None) -> int:
    table = pd.read_csv(ROOT / "data" / "reference" / "prison_census.csv")
    rows = table[table["year"].eq(int(year)) & table["revision"].notna().eq(bool(revised))]
    return int(rows["value"].iloc[0])


def _absent(r: Report) -> int:
    """Persons missing from a census between two on which they stand, or marked as returned."""
    held = (
        _census_rows(r)
        .groupby("person_id")
        .agg(
            first=("census_year", "min"),
            last=("census_year", "max"),
            n=("census_year", "nunique"),
            back=("is_return", "any"),
        )
    )
    return int(((held["last"] - held["first"] + 1 > held["n"]) | held["back"]).sum())


def _contradicted(r: Report) -> int:
    """Persons whose every entry under a long sentence contradicts the publisher's class."""
    rows = _census_rows(r)
    rows = rows[rows["bound_min_years"].ge(10)]
    is_clash = rows["band_agreement_code"].eq("contradiction")
    return int(is_clash.groupby(rows["person_id"]).all().sum())


def _without_a_word(r: Report) -> int:
    rows = _census_rows(r)
    is_silent = rows["sentence_kind_code"].eq("not_recorded")
    return int(is_silent.groupby(rows["person_id"]).all().sum())


def _later_year(r: Report) -> int:
    """The year after that of the report, which is that of the run unless a parameter says otherwise."""
    made = json.loads((r.folder / "manifest.json").read_text(encoding="utf-8"))["created"]
    return int(r.parameter("report_year", None) or made[:4]) + 1


CENSUS: dict[str, Measure] = {
    r"(.*)\.one_state": _in_one_state,
    r"by_sentence_kind\.recorded_from": _recorded_from,
    r"by_sentence_kind\.(highest|lowest)_share_year": _census_of_share,
    r"long_term\.no_length": lambda r: int((~_persons(r)["read"]).sum()),
    r"long_term\.not_read": lambda r: int((~_persons(r)["read"] & _persons(r)["unread"]).sum()),
    r"long_term\.censuses_(long|others)": lambda r, which: _censuses(r, which == "long"),
    r"long_term\.contradicted": _contradicted,
    r"long_term\.no_word": _without_a_word,
    r"rearrests\.absent": _absent,
    r"published\.census\.(\d{4})(\.revised)?": _published,
    r"long_term\.others": lambda r: int((p := _persons(r))["read"].sum() - p["low"].ge(10).sum()),
    r"published\.(looked_up|more|widest)": _announced,
    r"longest\.on_last\.from_(\d)": lambda r, n: _times_pending(r, int(n)),
    r"sentences_by_charge\.(\w+)\.long\.(\w{3})": _long_on_charge,
    r"sentences_by_charge\.(\w+)\.apart\.(read|long)": _apart_from_security,
    r"end_dates\.next_year": _later_year,
    r"end_schedule\.later_from": lambda r: int(r.tables["detentions"]["ended_date"].max().year) + 4,
    r"end_schedule\.last_year": lambda r: int(
        r.tables["detentions"]["sentence_end_date"].max().year
    ),
}
