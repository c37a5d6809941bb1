"""UPR: makes recommendations and pairs from rows of all sources, codes them, and links repeats.

Recommendations and positions are public acts of States, so their texts are kept. Decisions by hand
(``WORK/upr/decisions``) override rules and model, and the row says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.coding.action import Evidence
from hrdresearch.coding.disagreements import disagreements
from hrdresearch.coding.recommendations import (
    CodedRecommendation,
    code_concern,
    code_recommendation,
    code_recommendations,
    language_of,
)
from hrdresearch.linkage.repeats import find_repeats
from hrdresearch.linkage.same_recommendation import comparable_text, match_recommendations
from hrdresearch.linkage.versions import keep_latest_versions, take_answers
from hrdresearch.privacy.keys import Key
from hrdresearch.run.errors import RunError
from hrdresearch.run.reviews.upr import read_decisions
from hrdresearch.run.steps import Built
from hrdresearch.run.steps.upr_tracking import tracked_rows
from hrdresearch.sources import Loaded
from hrdresearch.tables import TABLES

DEFENDERS_TAG = "Human rights defenders"
SEVERAL_ANSWERS = "mixed"
MODEL = "model"
SURE = 0.6  # below this probability of the model, the rules decide


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:  # noqa: ARG001
    """Make the tables of recommendations, pairs, pledges and others, and note differences of sources."""
    sources = [x for x in loaded if x.facts.table == "pairs"]
    if not sources:
        raise RunError("Give at least one source of recommendations (upr-info, wg-draft, uhri ...)")
    read = pd.concat([x.accepted for x in sources], ignore_index=True)
    answered, used, unmatched = take_answers(read)
    rows, documents = keep_latest_versions(answered)
    tagging = {x.facts.slug for x in sources if "is_source_tagged" in x.facts.asked}
    rows = _add_codes(_add_ids(rows), tagging, decisions)
    published = rows[rows["kind"] == "recommendation"].drop(columns="kind").reset_index(drop=True)
    pledges = rows[rows["kind"] == "pledge"].reset_index(drop=True)
    recommendations = _one_row_each(published)
    explicit = recommendations["concern_code"] == "explicit"
    subject = recommendations["ask_codes"].where(explicit, "")
    repeats = find_repeats(recommendations.assign(subject_codes=subject))
    recommendations[repeats.columns] = repeats
    recommendations["same_as"], differences = match_recommendations(recommendations)
    linked = recommendations.set_index("recommendation_id")
    for column in (*repeats.columns, "same_as"):
        published[column] = published["recommendation_id"].map(linked[column])
        pledges[column] = None
    return Built(
        tables={
            "recommendations": _columns("recommendations", recommendations),
            "pairs": _columns("pairs", _pairs(published)),
            "pledges": _columns("pledges", pledges),
            "context": _latest_context(loaded),
            "upr_tracking": tracked_rows(loaded, recommendations),
            "upr_questions": _questions(loaded),
            "upr_answers": _columns("upr_answers", used),
        },
        extras={"differences": differences, "documents": documents},
        restricted={"disagreements": disagreements(recommendations)},
        set_aside=unmatched,
    )


def _questions(loaded: Sequence[Loaded]) -> pd.DataFrame:
    """Advance questions of States, coded for whether they concern defenders; texts are removed."""
    parts = [x.accepted for x in loaded if x.facts.table == "upr_questions"]
    if not parts:
        return TABLES["upr_questions"].empty()
    rows = pd.concat(parts, ignore_index=True)
    concerns = [code_concern(text, language_of(text)).code for text in rows["text"]]
    names = rows["source_file"] + ":" + rows["source_row"].astype(str)
    return rows.assign(question_id=names, concern_code=concerns)[TABLES["upr_questions"].columns]


def _latest_context(loaded: Sequence[Loaded]) -> pd.DataFrame:
    """The latest value of each indicator and State."""
    parts = [x.accepted for x in loaded if x.facts.table == "context"]
    if not parts:
        return TABLES["context"].empty()
    rows = pd.concat(parts, ignore_index=True)
    rows = rows.sort_values(["indicator", "indicator_year"], kind="stable", na_position="first")
    return rows.drop_duplicates(["state_iso3", "indicator"], keep="last")[TABLES["context"].columns]


def _add_ids(rows: pd.DataFrame) -> pd.DataFrame:
    """Add identifiers: one for the same text to the same State in one session of one source."""
    ids = [
        hashlib.sha256(f"{a}|{b}|{c}|{d}|{comparable_text(t)}".encode()).hexdigest()[:16]
        for a, b, c, d, t in zip(
            rows["source"],
            rows["state_iso3"],
            rows["session"].astype("string").fillna(""),
            rows["paragraph"],
            rows["text"],
            strict=True,
        )
    ]
    sessions = rows["session"].astype("string").fillna("unknown")
    return rows.assign(recommendation_id=ids, review_id=rows["state_iso3"] + "-" + sessions)


def _add_codes(rows: pd.DataFrame, tagging: set[str], decisions: Path) -> pd.DataFrame:
    texts = rows["text"].unique()
    coded = dict(zip(texts, code_recommendations(texts), strict=True))
    concerns = read_decisions(decisions).get("concern", {})
    of_row = [
        code_recommendation(text, concerns[name]) if name in concerns else coded[text]
        for name, text in zip(rows["recommendation_id"], rows["text"], strict=True)
    ]
    rows = rows.assign(
        is_source_tagged=[
            ("yes" if DEFENDERS_TAG in issues.split("|") else "no")
            if slug in tagging
            else "not_asked"
            for slug, issues in zip(rows["source"], rows["source_issues"], strict=True)
        ],
        source_action_code=rows["source_action_code"].replace("", "not_asked"),
        recommending_codes=rows["recommending"],
        language_code=[c.language for c in of_row],
        concern_code=[c.concern.code for c in of_row],
        concern_span=[_span(c.concern) for c in of_row],
        concern_rule=[c.concern.rule for c in of_row],
        concern_given_by="rule",
        identity_codes=[_join_codes(c.identity, "not_recorded") for c in of_row],
        cause_codes=[_join_codes(c.cause, "not_recorded") for c in of_row],
        axes_evidence=[_join_evidence((*c.identity, *c.cause)) for c in of_row],
        is_women_defenders=[_concerns_women(c) for c in of_row],
        ask_codes=[_join_codes(c.asks, "not_asked") for c in of_row],
        ask_evidence=[_join_evidence(c.asks) for c in of_row],
        action_code=[c.action.code for c in of_row],
        action_span=[f"{c.action.start}-{c.action.end}" if c.action.end else "" for c in of_row],
        action_rule=[c.action.rule for c in of_row],
        action_given_by="rule",
        rule_action_code=[c.action.code for c in of_row],
        model_action_code="no_model",
        model_confidence=float("nan"),
    )
    return _apply_decisions(_apply_model(rows, decisions / MODEL), decisions)


def _apply_model(rows: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Add the categories of a trained model, if there is one; it decides where it is sure enough."""
    if not folder.is_dir():
        return rows
    from hrdresearch.run.models import load_action_model

    texts = list(rows["text"].unique())
    given = dict(zip(texts, load_action_model(folder).predict(texts), strict=True))
    rows = rows.assign(
        model_action_code=[given[t][0] for t in rows["text"]],
        model_confidence=[given[t][1] for t in rows["text"]],
    )
    is_sure = rows["model_confidence"] >= SURE
    return rows.assign(
        action_code=rows["action_code"].mask(is_sure, rows["model_action_code"]),
        action_given_by=rows["action_given_by"].mask(is_sure, MODEL),
    )


def _apply_decisions(rows: pd.DataFrame, decisions: Path) -> pd.DataFrame:
    """Replace codes by those that a person decided, and mark them ``hand``."""
    for field, by_id in read_decisions(decisions).items():
        decided = rows["recommendation_id"].map(by_id)
        rows[f"{field}_code"] = decided.fillna(rows[f"{field}_code"])
        rows[f"{field}_given_by"] = rows[f"{field}_given_by"].mask(decided.notna(), "hand")
    return rows


def _one_row_each(published: pd.DataFrame) -> pd.DataFrame:
    """One row for each recommendation, with its States joined; different answers become "mixed"."""
    groups = published.groupby("recommendation_id", sort=False)
    first = groups.head(1).set_index("recommendation_id")
    states: dict[str, dict[str, None]] = {name: {} for name in first.index}
    for name, cell in zip(published["recommendation_id"], published["recommending"], strict=True):
        states[name].update(dict.fromkeys(code for code in cell.split("|") if code))
    is_one_answer = groups["response_code"].nunique() == 1
    is_tagged = (
        published["is_source_tagged"].eq("yes").groupby(published["recommendation_id"]).any()
    )
    return first.assign(
        recommending_codes=["|".join(codes) for codes in states.values()],
        response_code=first["response_code"].where(is_one_answer, SEVERAL_ANSWERS),
        is_source_tagged=first["is_source_tagged"].mask(is_tagged, "yes"),
    ).reset_index()


def _pairs(published: pd.DataFrame) -> pd.DataFrame:
    """One row for each recommendation and recommending State; without a known State, one row."""
    pairs = published.assign(recommending_iso3=published["recommending"].str.split("|")).explode(
        "recommending_iso3", ignore_index=True
    )
    pairs["recommending_iso3"] = pairs["recommending_iso3"].replace("", None)
    pairs["pair_id"] = [
        f"{a}-{b}-{c}-{d}"
        for a, b, c, d in zip(
            pairs["source"],
            pairs["source_file"],
            pairs["source_row"],
            pairs["recommending_iso3"].fillna("none"),
            strict=True,
        )
    ]
    return pairs


def _columns(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    return frame[TABLES[table].columns]


def _span(evidence: Evidence) -> str:
    return f"{evidence.start}-{evidence.end}" if evidence.end else ""


def _join_codes(found: Sequence[Evidence], default: str) -> str:
    return "|".join(e.code for e in found) or default


def _join_evidence(found: Sequence[Evidence]) -> str:
    return "; ".join(f"{e.code}@{e.start}-{e.end}:{e.rule}" for e in found if e.end)


def _concerns_women(coded: CodedRecommendation) -> bool:
    return any(e.code == "women" for e in coded.identity)
