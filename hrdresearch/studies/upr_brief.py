"""UPR: the brief for one State, on two pages: asked, by whom, answered how, asked again when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.studies.upr_counts import cell, named
from hrdresearch.vocab import label
from hrdresearch.vocab.states import short_name

if TYPE_CHECKING:
    from hrdresearch.studies.upr import Upr

LONGEST = 170  # characters of a text; the whole stands in the source
MOST_ROWS = 24  # what fits on two pages
EMPTY = "–"


def brief(study: Upr) -> Finding:
    """Each recommendation on defenders to the State, newest first; empty for many States."""
    rows: list[list[Cell]] = []
    left = 0
    if study.params.get("state", "all") != "all":
        for p in study.populations:
            frame = study.defender_recommendations(p).frame
            frame = frame.sort_values(["session", "source_row"], ascending=[False, True])
            left += max(len(frame) - MOST_ROWS, 0)
            later = dict(zip(frame["repeat_of"], frame["session"], strict=True))
            for _, r in frame.head(MOST_ROWS).iterrows():
                rows.append([
                    named(_when(r)), named(_short(str(r["text"]))), named(_states(r)),
                    named(label("upr_response", r["response_code"])
                          + (" (interim)" if r["position_status_code"] == "draft" else "")),
                    named(r["action_code"]), named(_again(r, later)),
                ])  # fmt: skip
    columns = [
        Column("when", "Session", "label"), Column("label", "Asked", "label"),
        Column("by", "By", "label"), Column("answer", "Position", "label"),
        Column("category", "Category", "label"), Column("again", "Asked again", "label"),
    ]  # fmt: skip
    notes = ["Texts are shortened; the source holds them whole. Supported is not implemented."]
    if left:
        notes.append("The newest recommendations are shown; the source holds the others.")
    return study.finding("brief", "Recommendations on defenders to the State", columns, rows, (),
                         unit="recommendations", notes=tuple(notes))  # fmt: skip


def facts(study: Upr) -> Finding:
    """Numbers of the State beside those of all States in the build."""
    claims: list[Claim] = []
    rows = []
    if study.params.get("state", "all") != "all":
        for p in study.populations:
            ours, every = study.defender_pairs(p), study.all_pairs(p)
            n, whole = ours.count("brief.pairs", "on defenders"), every.count("brief.all", "all")
            part = every.share("brief.share", n, whole, "on defenders, in per cent of all")
            own, _ = ours.supported("brief", {}, "pairs on defenders")
            others = study.build.table("pairs")
            others = others[others["source"] == p.slug]
            hrd = others[others["concern_code"] == "explicit"]
            answered = hrd["response_code"].isin(("supported", "noted", "mixed"))
            cells = [n, part, own]
            for key, value, words in (
                ("share", 100 * len(hrd) / len(others), "on defenders, in per cent of all pairs"),
                ("supported", 100 * float((hrd["response_code"] == "supported").sum())
                 / max(int(answered.sum()), 1), "supported, in per cent of those with a position"),
            ):  # fmt: skip
                cells.append(
                    ours.number(
                        f"brief.every.{key}",
                        value,
                        "per_cent",
                        f"all States in the build: {words}",
                        rows=len(hrd),
                    )
                )
            rows.append([named(p.title), *map(cell, cells)])
            claims += [*ours.claims, *every.claims]
    columns = [
        Column("label", "Source", "label"), Column("pairs", "Pairs on defenders"),
        Column("share", "Per cent of all"), Column("supported", "Supported, per cent"),
        Column("all_share", "All States: per cent of all"),
        Column("all_supported", "All States: supported, per cent"),
    ]  # fmt: skip
    return study.finding("brief_facts", "The State beside all States of the build", columns, rows,
                         claims, unit="pairs")  # fmt: skip


def context(study: Upr) -> Finding:
    """Ratifications and indicators of the State, from sources of context in the build."""
    state = str(study.params.get("state") or "all")
    held = study.build.table("context")
    held = held[held["state_iso3"] == state].sort_values("indicator")
    citations = {f["slug"]: str(f["citation"]) for f in study.build.facts()}
    rows = [
        [named(r["indicator"]),
         named(str(r["indicator_year"]) if pd.notna(r["indicator_year"]) else EMPTY),
         named(r["value"]), named(citations[r["source"]])]
        for _, r in held.iterrows()
    ]  # fmt: skip
    columns = [
        Column("label", "Ratification or indicator", "label"), Column("year", "Year", "label"),
        Column("value", "Value", "label"), Column("citation", "Citation", "label"),
    ]  # fmt: skip
    return study.finding(
        "context", "Ratifications and context indicators", columns, rows, (), unit="",
        period="as dated", notes=("As their makers publish them; none is a measure by the mandate.",),
    )  # fmt: skip


def _when(r: pd.Series) -> str:
    paragraph = f", {r['paragraph']}" if r["paragraph"] else ""
    return f"{r['session'] if pd.notna(r['session']) else EMPTY}{paragraph}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def _states(r: pd.Series) -> str:
    known = [short_name(code) for code in r["recommending_codes"].split("|") if code]
    return "; ".join(known) or "not known"


def _again(r: pd.Series, later: dict[str, int]) -> str:
    words = []
    if pd.notna(r["repeat_of"]):
        words.append("repeats an earlier cycle")
    if r["recommendation_id"] in later:
        words.append(f"again in session {later[r['recommendation_id']]}")
    return "; ".join(words) or EMPTY
