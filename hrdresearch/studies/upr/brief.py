"""UPR: the brief for one State, on two pages: asked, by whom, answered how, asked again when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from hrdresearch.findings.empty_cells import NO_SHARE, NOT_COVERED
from hrdresearch.findings.model import Cell, Claim, Column, Finding, SourceNote
from hrdresearch.findings.publication_limits import why_no_share
from hrdresearch.studies.upr.counts import (
    ANSWERED,
    KNOWN,
    NOT_KNOWN,
    REVIEW,
    Counts,
    as_printed,
    cell,
    named,
)
from hrdresearch.vocab import label
from hrdresearch.vocab.states import short_name

if TYPE_CHECKING:
    from hrdresearch.findings.make_claims import Population
    from hrdresearch.studies.upr.basis import UprStudy

LONGEST = 110  # characters of a text; the whole stands in the source
MOST_ROWS = 18  # with title, summary and the other tables, what fits on two printed pages
MOST_SENDERS = 3
FEWEST_OTHERS = 10  # reviews of others; fewer are no measure of all States
CATEGORIES = "; ".join(f"{c} {label('upr_action', c).lower()}" for c in "12345")
EMPTY = "–"
TREATY = "Treaty: "


def brief(study: UprStudy) -> Finding:
    """Each recommendation on defenders to the State, newest first; empty for many States."""
    rows: list[list[Cell]] = []
    notes = ["When: session, and paragraph where known. Texts are shortened. Supported is not implemented. "
             f"What stands in two sources is listed once. Category: {CATEGORIES}."]  # fmt: skip
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
            notes.append(
                f"The newest {MOST_ROWS} recommendations are shown; the source holds the others."
            )
    columns = [
        Column("when", "When", "label"), Column("label", "Asked, and asked again", "label"),
        Column("by", "By", "label"), Column("answer", "Position, category", "label"),
    ]  # fmt: skip
    return study.finding("brief", "Recommendations on defenders to the State", columns, rows, (),
                         unit="recommendations", notes=tuple(notes))  # fmt: skip


def facts(study: UprStudy) -> Finding:
    """Numbers of the State beside those of the other States that the same source holds."""
    claims: list[Claim] = []
    rows = []
    state = str(study.params.get("state") or "all")
    for p in study.populations if state != "all" else ():
        ours, every = study.on_defenders_of(p), study.everything(p)
        told, n = ours.count("brief.pairs", "on defenders", {})
        texts, whole = every.count("brief.all", "all", {})
        part = every.texts.share("brief.recommendations.share", told, texts,
                                 "on defenders, in per cent of all")  # fmt: skip
        every.pairs.share("brief.share", n, whole, "pairs on defenders, in per cent of all")
        own, _ = ours.supported("brief", {}, "on defenders")
        yes = ours.texts.count("brief.recommendations.supported", "on defenders, supported",
                               {"response_code": "supported"})  # fmt: skip
        known = own.text != NOT_KNOWN
        rows.append([
            named(p.title), *map(cell, (told, texts, part)), cell(yes) if known else own, own, cell(n),
            *_others(study, p, every.texts),
        ])  # fmt: skip
        claims += [*ours.claims, *every.claims]
    columns = [
        Column("label", "Source", "label"), Column("recommendations", "Recom. on defenders"),
        Column("all", "All recom."), Column("share", "Per cent"),
        Column("yes", "Supported"), Column("supported", "Supported, per cent"),
        Column("pairs", "Pairs on defenders"),
        Column("other_share", "Other States: per cent of all"),
        Column("other_supported", "Other States: supported, per cent"),
    ]  # fmt: skip
    notes = (
        "Other States: those that the same source holds, in all its sessions; none where it holds "
        f"fewer than {FEWEST_OTHERS} reviews of others, which are no measure of all States.",
        KNOWN,
    )
    return as_printed(
        study.finding(
            "brief_facts",
            "The State beside the other States of the source",
            columns,
            rows,
            claims,
            unit="recommendations; pairs",
            notes=notes,
        )
    )


def _others(study: UprStudy, p: Population, made: Counts) -> list[Cell]:
    """Share on defenders and share supported over all other States of a source."""
    frame = study.build.table("recommendations")
    others = frame[(frame["source"] == p.slug) & (frame["state_iso3"] != study.params["state"])]
    if others[REVIEW].nunique() < FEWEST_OTHERS:
        return [named(NOT_COVERED)] * 2
    hrd = others[others["concern_code"] == "explicit"]
    known = hrd[hrd["response_code"].isin(ANSWERED)]
    yes = int((known["response_code"] == "supported").sum())
    out = []
    for key, part, whole, asked, words in (
        ("share", len(hrd), len(others), len(others), "on defenders, in per cent of all"),
        ("supported", yes, len(known), len(hrd), "on defenders: supported, in per cent of those with "
         "a known position"),
    ):  # fmt: skip
        if why_no_share(whole, asked):
            out.append(named(NO_SHARE))
            continue
        out.append(cell(made.number(
            f"brief.others.{key}", 100 * part / whole, "per_cent", f"other States of the source: {words}",
            rows=whole, filter={"source": p.slug, "concern_code": "explicit"},
        )))  # fmt: skip
    return out


def context(study: UprStudy) -> Finding:
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


def _listed(study: UprStudy) -> pd.DataFrame:
    """Recommendations on defenders in scope, newest first, each once."""
    frames = [study.defender_recommendations(p).frame for p in study.populations]
    frame = pd.concat(frames, ignore_index=True)
    frame = frame[~frame["same_as"].isin(set(frame["recommendation_id"]))]
    return frame.sort_values(["session", "source_row"], ascending=[False, True])


def _answers(study: UprStudy) -> dict[str, str]:
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
