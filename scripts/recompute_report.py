"""The tables of a report's build, read in plain pandas for ``recompute_measures.py``."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

DEFENDERS = {"source": "register", "has_this_mandate": True, "addressee_code": "state"}
YEAR = 365.25
OF_A_ROW = (
    "source_file",
    "source_row",
    "indicator",
    "indicator_year",
)  # of one file, or of a folder
ROOT = Path(__file__).resolve().parents[1]


def holding(cells: pd.Series, codes: Sequence[str]) -> pd.Series:
    """Whether each cell of codes, joined by ``|``, holds one of these."""
    return cells.map(lambda cell: bool(set(codes) & set(str(cell).split("|")))).astype(bool)


@dataclass(frozen=True)
class Report:
    """A claim of a report, with all that its number can be computed from.

    claims: of the report. name: of the claim, without its study. tables, build: of the build of its
    study, and its folder. folder: of the report. held: what several claims of it need. whole: of a
    brief, the tables with the rows of all States; ``tables`` are those of its State or region.
    """

    claims: dict[str, Any]
    name: str
    tables: dict[str, pd.DataFrame]
    build: Path
    folder: Path
    held: dict[Hashable, Any] = field(default_factory=dict)
    whole: dict[str, pd.DataFrame] = field(default_factory=dict)

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What ``make`` returns, made once for all claims of the report."""
        if key not in self.held:
            self.held[key] = make()
        return self.held[key]

    @property
    def claim(self) -> Any:
        """The claim itself."""
        return self.claims[self.name]

    def value(self, name: str) -> Any:
        """Value of another claim of the same study in the report."""
        study = f"{self.claim['study']}."
        return self.claims[study * self.name.startswith(study) + name]["value"]

    def record(self, name: str) -> Any:
        """What the build wrote beside its tables."""
        return json.loads((self.build / f"{name}.json").read_text(encoding="utf-8"))

    def parameter(self, name: str, otherwise: Any) -> Any:
        """A parameter of the report."""
        manifest = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        return manifest["parameters"].get(name, otherwise)

    @property
    def slug(self) -> str:
        """The one list that the claim rests on."""
        (slug,) = self.claim["sources"]
        return str(slug)

    def fact(self, slug: str) -> dict[str, Any]:
        """What the build records of a list."""
        return next(s for s in self.record("sources") if s["slug"] == slug)

    def reference(self, name: str) -> Any:
        """A YAML file of the project's published figures."""
        return yaml.safe_load((ROOT / "data" / "reference" / name).read_text(encoding="utf-8"))

    def vocabulary(self, name: str) -> Any:
        """A vocabulary of the project."""
        (file,) = ROOT.glob(f"*/vocab/{name}.yml")
        return yaml.safe_load(file.read_text(encoding="utf-8"))

    def filtered(self, name: str) -> pd.DataFrame:
        """Rows that another claim of the report counts."""
        claim = self.claims[name]
        return kept_rows(self.tables[claim["table"]], claim["filter"])

    def cases(self, *, everywhere: bool = False) -> pd.DataFrame:
        """Rows of the table and of the one list that the claim rests on."""
        tables = self.whole if everywhere and self.whole else self.tables
        frame = tables[self.claim["table"]]
        return frame[frame["source"] == self.slug]

    def covered(self) -> pd.Series:
        """Years that the list covers, as its facts say it, of those that it holds."""
        limits = self.fact(self.slug)["covers"].get("years", {})
        column = "census_year" if self.claim["table"] == "census" else "event_year"
        years = self.cases(everywhere=True)[column].dropna().astype(int)
        return years[years.between(limits.get("from", 0), limits.get("to", 9999))]

    def restricted(self) -> list[str]:
        """Lists whose rows may not be told by name."""
        return [s["slug"] for s in self.record("sources") if not s["policy"]["public_by_name"]]

    def pairs(self) -> pd.DataFrame:
        """Pairs of recommendation and State of the one list."""
        frame = self.tables["pairs"]
        return frame[frame["source"] == self.slug]

    def on_defenders(self, rows: pd.DataFrame) -> pd.Series:
        """Rows on defenders: by the tag of the list, or by the coding where it has none."""
        tagged = rows["is_source_tagged"].eq("yes")
        return tagged if tagged.any() else rows["concern_code"].eq("explicit")

    def marked(self, posts: pd.DataFrame) -> pd.DataFrame:
        """Messages, and whether the coder found an attack in each."""
        return posts.assign(is_marked=posts["band_code"].ne("low"))

    def rows(self, table: str, slug: str) -> pd.DataFrame:
        """Rows of one list, its name as claims write it."""
        frame = self.tables[table]
        return frame[frame["source"].str.replace("-", "_") == slug]

    def letters(self) -> pd.DataFrame:
        """Letters to States of this mandate, in the period of the report."""
        frame = self.tables["communications"]
        for column, wanted in DEFENDERS.items():
            frame = frame[frame[column] == wanted]
        within = self._of_filter("sent_date")
        return frame[frame["sent_date"].between(within["from"], within["to"])]

    def cut_off(self) -> pd.Timestamp:
        """Day to which replies count: the end of the filter of those received."""
        return pd.Timestamp(self._of_filter("first_reply_date")["to"])

    def _of_filter(self, column: str) -> dict[str, str]:
        """What the filters of all claims on letters say of a column: the same everywhere."""
        filters = (c["filter"] for c in self.claims.values() if c["table"] == "communications")
        (found,) = {json.dumps(f[column], sort_keys=True) for f in filters if column in f}
        return json.loads(found)

    def due(self, iso3: str = "") -> pd.DataFrame:
        """Public letters whose deadline has passed, to one State or to all."""
        letters, day = self.letters(), self.cut_off()
        due = letters[(letters["deadline_date"] < day) & (letters["published_date"] <= day)]
        return due[due["state_iso3"] == iso3.upper()] if iso3 else due

    def owing(self, iso3: str = "") -> pd.DataFrame:
        """Of these, letters without a reply by the cut-off."""
        due = self.due(iso3)
        answered = due["first_reply_date"].le(self.cut_off()) | due["is_reply_undated"].astype(bool)
        return due[~answered]

    def persons(self, letters: pd.DataFrame, what: str) -> int:
        """Persons, or women, of whom letters speak; who is named in two of them counts once."""
        numbered = letters.loc[letters[what].notna(), "letter_id"]
        named = self.tables["addressed_persons"].query(
            "letter_id in @n", local_dict={"n": list(numbered)}
        )
        named = named[named["sex_code"] == "female"] if what == "women" else named
        return int(letters[what].sum()) - int(named["person_id"].duplicated().sum())

    def coded(self, cases: str | None = None) -> pd.DataFrame:
        """Replies of States to these letters by the cut-off; cases: to letters on cases alone."""
        replies = self.tables["replies"].query("source == 'register'")
        letters = self.letters()
        if cases:
            letters = letters.query("type_code in ('urgent_appeals', 'letters_of_allegation')")
        return replies[
            replies["letter_id"].isin(letters["letter_id"])
            & replies["reply_date"].le(self.cut_off())
        ]

    def visits(self) -> pd.DataFrame:
        """Requests for visits, with what had happened by the last day on record."""
        return self.visits_on(
            self.tables["visits"], self.last_day((self.whole or self.tables)["visits"])
        )

    def visits_on(self, visits: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
        """Requests for visits, with what had happened by a day."""
        visits = visits.copy()
        for status in ("requested", "invited", "visited", "followed_up"):
            dates = visits[f"{status}_date"]
            visits[status] = visits[f"is_{status}"].astype(bool) & ~(dates > day)
        visits["outstanding"] = visits["requested"] & ~visits["visited"]
        visits["years"] = (day - visits["requested_date"]).dt.days / YEAR
        return visits

    def last_day(self, frame: pd.DataFrame) -> pd.Timestamp:
        """Last day of any date of a ledger."""
        return pd.Timestamp(
            max(frame[c].max() for c in frame if c.endswith("_date") and frame[c].notna().any())
        )

    def assessed(self) -> pd.DataFrame:
        """Commitments with the status that they had by the cut-off."""
        return self.tables["commitments"]

    def noted(self, what: str) -> int:
        """Rows on the file of the list in a sheet of the build (set_aside, issues)."""
        sources = json.loads((self.build / "sources.json").read_text(encoding="utf-8"))
        sheet = self.build / "restricted" / f"{what}.csv"
        rows = pd.read_csv(sheet) if sheet.exists() else pd.DataFrame(columns=["file"])
        own = [s for s in sources if s["slug"] == self.slug]
        # Rows of a folder name the files in it, not the folder.
        if len(sources) == 1 or any(s["layout"] == "several" for s in own):
            return int((~rows["file"].isin({s["file"] for s in sources if s not in own})).sum())
        return int(rows["file"].isin({s["file"] for s in own}).sum())

    def accepted(self, kind: str | None) -> int:
        """Rows of a kind that has a table; else rows of the list that made a row of any table."""
        if kind in self.tables:
            return len(self.tables[kind])
        base, _, edition = self.slug.partition("@")
        every = self.whole or self.tables
        if "case_editions" in every:
            rows = every["case_editions"]
            return int((rows["source"].eq(base) & rows["edition"].eq(edition or "newest")).sum())
        held = [
            f.loc[f["source"] == self.slug, [c for c in OF_A_ROW if c in f]]
            for name, f in self.tables.items()
            if {"source", "source_row"} <= set(f) and not name.startswith("fixture")
        ]
        by_file = [
            h for h in held if "source_file" in h
        ]  # answers and what they answer: two tables
        held += [pd.concat(by_file)] if by_file else []
        return max((len(h.drop_duplicates()) for h in held), default=0)

    def sampled(self) -> pd.DataFrame:
        """First labels of the messages drawn by chance."""
        labels = self.tables["post_labels"]
        return labels[labels["is_sampled"] & labels["coder"].eq("first")].reset_index(drop=True)


def of_brief(
    tables: dict[str, pd.DataFrame], parameters: dict[str, Any], claims: dict[str, Any]
) -> dict[str, pd.DataFrame]:
    """Rows on the State of a brief, or on the States of its region, which a filter of a claim lists."""
    wanted: Any = [parameters["state"]]
    if parameters["state"] == "all":
        filters = (claim["filter"].get("state_iso3") for claim in claims.values())
        wanted = max((f for f in filters if isinstance(f, list)), key=len)
    return {
        name: table[table["state_iso3"].isin(wanted)] if "state_iso3" in table else table
        for name, table in tables.items()
    }


def kept_rows(frame: pd.DataFrame, filter_: dict[str, Any]) -> pd.DataFrame:
    """Rows that the filter of a claim keeps."""
    for column, wanted in filter_.items():
        frame = frame[_kept(frame[column], wanted, column.endswith("_codes"))]
    return frame


def _kept(cells: pd.Series, wanted: object, several: bool) -> pd.Series:
    """Which rows a filter keeps, read from the words of the data dictionary."""
    if isinstance(wanted, dict):
        if "all" in wanted:
            kept = pd.Series(True, index=cells.index)
            for each in wanted["all"]:
                kept &= _kept(cells, each, several)
            return kept
        if "recorded" in wanted:
            return cells.notna() == wanted["recorded"]
        if "joined" in wanted:
            how_many = cells.str.count(r"\|").add(1).astype("Int64")
            return _kept(how_many, wanted["joined"], False)
        if "holds" in wanted:
            return cells.map(lambda c: wanted["holds"] in str(c).split("|")).astype(bool)
        if unknown := set(wanted) - {"from", "to", "below"}:
            raise ValueError(f"a filter says {', '.join(sorted(unknown))}: not known here")
        kept = cells.notna()
        for key, compare in (("from", "ge"), ("to", "le"), ("below", "lt")):
            if wanted.get(key) is not None:
                limit = pd.Timestamp(wanted[key]) if cells.dtype.kind == "M" else wanted[key]
                kept &= getattr(cells, compare)(limit).fillna(False).astype(bool)
        return kept
    values = wanted if isinstance(wanted, list) else [wanted]
    empty = cells.isna() if None in values else pd.Series(False, index=cells.index)
    chosen = {str(v) for v in values if v is not None}
    if several:
        return empty | cells.map(lambda c: bool(chosen & set(str(c).split("|")))).astype(bool)
    return empty | (cells.notna() & cells.astype(str).isin(chosen))
