"""Makes the table of follow-up: one row for each recommendation and reporter."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from hrdresearch.coding.recommendations import code_concern, language_of
from hrdresearch.linkage.same_recommendation import comparable_text
from hrdresearch.sources import Loaded
from hrdresearch.sources.upr_tracking import NOT_KNOWN, REPORTERS
from hrdresearch.tables import TABLES
from hrdresearch.vocab import codes

ALONE, SAME = "alone", "same"


def tracked_rows(loaded: Sequence[Loaded], recommendations: pd.DataFrame) -> pd.DataFrame:
    """Make the table ``upr_tracking``: what each reporter says about each recommendation of the ledgers.

    A row is linked with a recommendation of the build if State, session and text are the same, or State,
    session and paragraph.
    """
    columns = TABLES["upr_tracking"].columns
    parts = [x.accepted for x in loaded if x.facts.table == "upr_tracking"]
    if not parts:
        return TABLES["upr_tracking"].empty()
    rows = pd.concat(parts, ignore_index=True)
    rows["tracked_id"] = rows["source"] + "-" + rows["source_row"].astype(str)
    rows["recommendation_id"] = _same_recommendation(rows, recommendations)
    rows["concern_code"] = [code_concern(t, language_of(t)).code for t in rows["text"]]
    rows["upr_beside_code"] = [
        _beside(a, b) for a, b in zip(rows["state_code"], rows["others_code"], strict=True)
    ]
    told = [
        rows.assign(
            upr_reporter_code=reporter,
            implementation_code=rows[f"{reporter}_code"],
            reported_date=rows[f"{reporter}_date"],
            has_source=rows[f"{reporter}_has_source"],
        )
        for reporter in REPORTERS
    ]
    return pd.concat(told, ignore_index=True)[columns]


def _beside(state: str, others: str) -> str:
    """Whether the State or others report more as done; ``alone`` if one of them reports nothing."""
    if NOT_KNOWN in (state, others):
        return ALONE
    order = codes("upr_implementation").index  # from done to not done
    further = "state_further" if order(state) < order(others) else "others_further"
    return SAME if state == others else further


def _same_recommendation(rows: pd.DataFrame, recommendations: pd.DataFrame) -> list[str | None]:
    """Identifier of the same recommendation in the build, for each row; None if there is none."""
    by_text: dict[tuple[object, ...], str] = {}
    by_number: dict[tuple[object, ...], str] = {}
    held = recommendations[["state_iso3", "session", "text", "paragraph", "recommendation_id"]]
    for iso3, session, text, number, name in held.itertuples(index=False, name=None):
        by_text.setdefault((iso3, _whole(session), comparable_text(text)), name)
        if number:
            by_number.setdefault((iso3, _whole(session), number), name)
    return [
        by_text.get((iso3, _whole(session), comparable_text(text)))
        or by_number.get((iso3, _whole(session), number))
        for iso3, session, text, number in zip(
            rows["state_iso3"], rows["session"], rows["text"], rows["paragraph"], strict=True
        )
    ]


def _whole(session: object) -> int | None:
    return None if pd.isna(session) else int(session)  # type: ignore[call-overload]
