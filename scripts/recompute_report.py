"""The tables of a report's build, read in plain pandas for ``recompute_measures.py``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

DEFENDERS = {"source": "register", "has_this_mandate": True, "addressee_code": "state"}
YEAR = 365.25


@dataclass(frozen=True)
class Report:
    """A claim of a report, all its claims, the tables of the build of its study, and the build's folder."""

    claims: dict[str, Any]
    claim: dict[str, Any]
    tables: dict[str, pd.DataFrame]
    build: Path

    def value(self, name: str) -> Any:
        """Value of another claim of the report."""
        return self.claims[name]["value"]

    @property
    def slug(self) -> str:
        """The one list that the claim rests on."""
        (slug,) = self.claim["sources"]
        return str(slug)

    def rows(self, table: str, slug: str) -> pd.DataFrame:
        """Rows of one list, its name as claims write it."""
        frame = self.tables[table]
        return frame[frame["source"].str.replace("-", "_") == slug]

    def letters(self) -> pd.DataFrame:
        """Letters to States of this mandate, in the period of the report."""
        frame = self.tables["communications"]
        for column, wanted in DEFENDERS.items():
            frame = frame[frame[column] == wanted]
        within = self.claims["by_region.of"]["filter"]["sent_date"]
        return frame[frame["sent_date"].between(within["from"], within["to"])]

    def cut_off(self) -> pd.Timestamp:
        """Day to which replies count: the end of the filter of those received."""
        return pd.Timestamp(self.claims["matured.received"]["filter"]["first_reply_date"]["to"])

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

    def coded(self) -> pd.DataFrame:
        """Replies of States to these letters by the cut-off."""
        replies = self.tables["replies"].query("source == 'register'")
        return replies[
            replies["letter_id"].isin(self.letters()["letter_id"])
            & replies["reply_date"].le(self.cut_off())
        ]

    def visits(self) -> pd.DataFrame:
        """Requests for visits, with what had happened by the last day on record."""
        visits = self.tables["visits"].copy()
        day = self.last_day(visits)
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
        files = {s["file"] for s in sources if s["slug"] == self.slug}
        sheet = self.build / "restricted" / f"{what}.csv"
        return int(pd.read_csv(sheet)["file"].isin(files).sum()) if sheet.exists() else 0

    def accepted(self, kind: str | None) -> int:
        """Rows of a kind that has a table; else rows of the list that made a row of any table."""
        if kind in self.tables:
            return len(self.tables[kind])
        held = [
            f.loc[f["source"] == self.slug, [c for c in ("source_file", "source_row") if c in f]]
            for name, f in self.tables.items()
            if {"source", "source_row"} <= set(f) and not name.startswith("fixture")
        ]
        return max((len(h.drop_duplicates()) for h in held), default=0)

    def sampled(self, filter_: dict[str, Any]) -> pd.DataFrame:
        """First labels of the messages drawn by chance, with the weight of each."""
        labels = self.tables["post_labels"]
        labels = labels[labels["is_sampled"] & labels["coder"].eq("first")].copy()
        labels["weight"] = labels["stratum_size"] / labels.groupby("stratum")["post_id"].transform(
            "size"
        )
        wanted = set(filter_["kind_codes"])
        labels["holds"] = labels["kind_codes"].map(lambda c: bool(wanted & set(str(c).split("|"))))
        language = filter_.get("language_code")
        return labels[labels["language_code"] == language] if language else labels
