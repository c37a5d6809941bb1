"""UPR: the brief for one State, on two pages: asked, by whom, answered how, asked again when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from hrdresearch.findings.model import Cell, Claim, Column, Finding, SourceNote
from hrdresearch.studies.upr_counts import cell, named
from hrdresearch.vocab import label
from hrdresearch.vocab.states import short_name

if TYPE_CHECKING:
    from hrdresearch.studies.upr import Upr

LONGEST = 110  # characters of a text; the whole stands in the source
MOST_ROWS = 18  # with title, summary and the other tables, what fits on two printed pages
MOST_SENDERS = 3
EMPTY = "–"
TREATY = "Treaty: "


def brief(study: Upr) -> Finding:
    """Each recommendation on defenders to the State, newest first; empty for many States."""
    rows: list[list[Cell]] = []
    notes = ["When: session of the Working Group, and paragraph where it is known. Texts are shortened; "
             "the source holds them whole. Supported is not implemented. What stands in two sources is "
             "listed once."]  # fmt: skip
    if study.params.get("state", "all") != "all":
        frame = _listed(study)
        answers = _answers(study)
        again = {
            before: identifier
            for before, identifier in zip(
                frame["repeat_of"], frame["recommendation_id"], strict=True
            )
            if pd.notna(before)
        }
        rows = [_row(r, again, answers) for _, r in frame.head(MOST_ROWS).iterrows()]
        if len(frame) > MOST_ROWS:
            notes.append("The newest recommendations are shown; the source holds the others.")
    columns = [
        Column("when", "When", "label"), Column("label", "Asked, and asked again", "label"),
        Column("by", "By", "label"), Column("answer", "Position, category", "label"),
    ]  # fmt: skip
    return study.finding("brief", "Recommendations on defenders to the State", columns, rows, (),
                         unit="recommendations", notes=tuple(notes))  # fmt: skip


def facts(study: Upr) -> Finding:
    """Numbers of the State beside those of all States in the build."""
    claims: list[Claim] = []
    rows = []
    if study.params.get("state", "all") != "all":
        for p in study.populations:
            ours, every = study.defender_pairs(p), study.all_pairs(p)
            texts = study.defender_recommendations(p)
            told = texts.count("brief.recommendations", "on defenders")
            n, whole = ours.count("brief.pairs", "on defenders"), every.count("brief.all", "all")
            part = every.share("brief.share", n, whole, "on defenders, in per cent of all")
            own, _ = ours.supported("brief", {}, "pairs on defenders")
            others = study.build.table("pairs")
            others = others[others["source"] == p.slug]
            hrd = others[others["concern_code"] == "explicit"]
            answered = hrd["response_code"].isin(("supported", "noted", "mixed"))
            cells = [told, n, part, own]
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
            claims += [*texts.claims, *ours.claims, *every.claims]
    columns = [
        Column("label", "Source", "label"), Column("recommendations", "Recom. on defenders"),
        Column("pairs", "Pairs"),
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
    is_treaty = held["indicator"].str.startswith(TREATY)
    rows = [
        [named(f"Treaties, {status}"), named("; ".join(_dated(r) for _, r in own.iterrows()))]
        for status, own in held[is_treaty].groupby("value")
    ] + [
        [named(r["indicator"]), named(f"{r['value']}{_in_year(r)}")]
        for _, r in held[~is_treaty].iterrows()
    ]  # fmt: skip
    columns = [
        Column("label", "Ratification or indicator", "label"), Column("value", "Value", "label"),
    ]  # fmt: skip
    finding = study.finding(
        "context", "Ratifications and context indicators", columns, rows, (), unit="",
        period="as dated", notes=("As their makers publish them; none is a measure by the mandate.",),
    )  # fmt: skip
    own = set(held["source"])
    return replace(finding, sources=tuple(
        SourceNote(f["slug"], f["title"], f["citation"], f["definition"], f["sha256"])
        for f in study.build.facts() if f["slug"] in own
    ))  # fmt: skip


def _listed(study: Upr) -> pd.DataFrame:
    """Recommendations on defenders in scope, newest first, each once."""
    frames = [study.defender_recommendations(p).frame for p in study.populations]
    frame = pd.concat(frames, ignore_index=True)
    frame = frame[~frame["same_as"].isin(set(frame["recommendation_id"]))]
    return frame.sort_values(["session", "source_row"], ascending=[False, True])


def _answers(study: Upr) -> dict[str, str]:
    """Session and answer of every recommendation, in words."""
    frame = study.build.table("recommendations")
    return {
        identifier: f"session {session if pd.notna(session) else EMPTY}, "
        f"{label('upr_response', response).lower()}"
        for identifier, session, response in zip(
            frame["recommendation_id"], frame["session"], frame["response_code"], strict=True
        )
    }


def _row(r: pd.Series, again: dict[str, str], answers: dict[str, str]) -> list[Cell]:
    asked = _short(str(r["text"]))
    if pd.notna(r["repeat_of"]):
        asked += f" [asked before: {answers[r['repeat_of']]}]"
    if r["recommendation_id"] in again:
        asked += f" [asked again: {answers[again[r['recommendation_id']]]}]"
    interim = " (interim)" if r["position_status_code"] == "draft" else ""
    position = f"{label('upr_response', r['response_code'])}{interim}, {r['action_code']}"
    return [named(_when(r)), named(asked), named(_states(r)), named(position)]


def _dated(r: pd.Series) -> str:
    return f"{r['indicator'].removeprefix(TREATY)}{_in_year(r)}"


def _in_year(r: pd.Series) -> str:
    return f" ({r['indicator_year']})" if pd.notna(r["indicator_year"]) else ""


def _when(r: pd.Series) -> str:
    paragraph = f", {r['paragraph']}" if r["paragraph"] else ""
    return f"{r['session'] if pd.notna(r['session']) else EMPTY}{paragraph}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def _states(r: pd.Series) -> str:
    known = [short_name(code) for code in r["recommending_codes"].split("|") if code]
    if len(known) > MOST_SENDERS:
        return f"{'; '.join(known[:MOST_SENDERS])} and others"
    return "; ".join(known) or "not known"
