"""Views: codes decisions of treaty bodies, adds follow-up grades from a ledger, and removes texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.coding.views import authors_of, code_view
from hrdresearch.privacy.build_names_index import NameEntry
from hrdresearch.privacy.keys import Key
from hrdresearch.run.errors import RunError
from hrdresearch.run.steps import Built
from hrdresearch.sources import Loaded
from hrdresearch.sources.treaty_views import split_paragraphs
from hrdresearch.tables import TABLES
from hrdresearch.tables.table import CODE_SEPARATOR

NO_GRADE = "not_in_file"
AGAIN = ": the communication was decided in {} too, which is counted."


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:  # noqa: ARG001
    """Make the tables ``views`` and ``view_grades``; of two documents on a communication, the last counts."""
    lists = [x for x in loaded if x.facts.table == "views"]
    if not lists:
        raise RunError("A build of views needs decisions of treaty bodies")
    grades = [x.accepted for x in loaded if x.facts.table == "view_grades"]
    graded = pd.concat([*grades, TABLES["view_grades"].empty()], ignore_index=True)
    rows = pd.concat([x.accepted for x in lists], ignore_index=True)
    rows["documents_in_file"] = rows.groupby(["source", "source_file"])["view_id"].transform("size")
    later = _decided_again(rows)
    files = {x.facts.slug: x.path.name for x in loaded}
    aside = pd.DataFrame(
        {
            "file": rows.loc[later.notna(), "source"].map(files),
            "row": rows.loc[later.notna(), "source_row"],
            "reason": rows.loc[later.notna(), "source_file"] + later.dropna().map(AGAIN.format),
        }
    )
    kept = rows[later.isna()].reset_index(drop=True)
    texts = kept["paragraphs"].map(split_paragraphs)
    read = pd.DataFrame([_codes(text) for text in texts], index=kept.index)
    named = [name for text in texts for name in authors_of(text)]
    views = pd.concat([kept.drop(columns=["paragraphs"]), read], axis=1)
    views["state_given_by"] = views["state_read_by"].mask(views["state_iso3"].notna(), "file")
    views["state_iso3"] = views["state_iso3"].where(
        views["state_iso3"].notna(), views["state_read"]
    )
    views = views.join(_last_grades(views, graded))
    return Built(
        tables={
            "views": views[TABLES["views"].columns],
            "view_grades": graded[TABLES["view_grades"].columns],
        },
        names=[NameEntry(name, True) for name in dict.fromkeys(named)],
        files=files,
        set_aside=aside,
    )


def _codes(paragraphs: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    """Columns of the table ``views`` that are coded from the text of one document."""
    said = code_view(paragraphs)
    return {
        "adopted_date": pd.Timestamp(said.day) if said.day else pd.NaT,
        "view_outcome_code": said.outcome,
        "view_ended_code": said.ended,
        "outcome_paragraph": said.outcome_paragraph.rstrip("."),
        "claimed_articles": CODE_SEPARATOR.join(said.claimed),
        "violated_articles": CODE_SEPARATOR.join(said.violated),
        "view_remedy_codes": CODE_SEPARATOR.join(said.remedies),
        "remedy_paragraphs": CODE_SEPARATOR.join(p.rstrip(".") for p in said.remedy_paragraphs),
        "answer_within_days": said.answer_within or pd.NA,
        "view_concern_code": said.concern,
        "concern_rule": said.concern_rule,
        "concern_paragraph": said.concern_paragraph.rstrip("."),
        "state_read": said.state_iso3,
        "state_read_by": said.state_given_by,
    }


def _decided_again(rows: pd.DataFrame) -> pd.Series:
    """Symbol of the document that counts instead of each row; empty if the row itself counts.

    Rows with the same first communication are compared: the last session counts, then the longest text.
    """
    first = rows["communications"].str.partition(CODE_SEPARATOR)[0]
    ordered = rows.assign(first=first, length=rows["paragraphs"].str.len(), place=rows.index)
    ordered = ordered.sort_values(["session", "length"], kind="stable")
    last = ordered.groupby(["committee_code", "first"])[["view_id", "place"]].transform("last")
    last = last.reindex(rows.index)
    return last["view_id"].where(last["place"] != rows.index)


def _last_grades(views: pd.DataFrame, grades: pd.DataFrame) -> pd.DataFrame:
    """The last follow-up grade of any communication of each document, and its day."""
    one = views["communications"].str.split(CODE_SEPARATOR, regex=False).explode()
    keys = pd.DataFrame(
        {"committee_code": views["committee_code"].reindex(one.index), "communication": one}
    )
    columns = ["follow_up_grade_code", "graded_date"]
    ordered = grades.sort_values("graded_date", na_position="first", kind="stable")
    last = ordered.drop_duplicates(["committee_code", "communication"], keep="last")
    held = keys.reset_index().merge(last, on=["committee_code", "communication"])
    found = held.sort_values("graded_date", na_position="first", kind="stable")
    by_view = found.drop_duplicates("index", keep="last").set_index("index")[columns]
    return by_view.reindex(views.index).fillna({"follow_up_grade_code": NO_GRADE})
