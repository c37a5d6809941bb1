"""UPR: the brief for one State, on two pages: asked, by whom, answered how, asked again when."""

from __future__ import annotations

import pandas as pd

from hrdresearch.findings.empty_cells import NO_SHARE, NOT_KNOWN, TOO_FEW
from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Cell, Finding
from hrdresearch.findings.publication_limits import why_no_share
from hrdresearch.studies.shapes.count_tables import Content, Share, column_heads, text_columns
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import (
    ALL,
    ANSWERED,
    KNOWN,
    ON_DEFENDERS,
    RECOMMENDATIONS,
    REVIEW,
    SUPPORTED,
    RowsAndHidden,
    count_in_both_units,
    count_of,
    filter_on_defenders,
    has_no_known_position,
    share_supported_in_both_units,
    table_by_source,
)
from hrdresearch.studies.upr.printed_tables import as_printed
from hrdresearch.tables import match_rows
from hrdresearch.vocab import label
from hrdresearch.vocab.states import short_name

LONGEST = 110  # characters of a text; the whole stands in the source
MOST_ROWS = 18  # with title, summary and the other tables, what fits on two printed pages
MOST_SENDERS = 3
FEWEST_OTHERS = 10  # reviews of others; fewer are no measure of all States
CATEGORIES = "; ".join(f"{c} {label('upr_action', c).lower()}" for c in "12345")
EMPTY = "–"


def brief(study: UprStudy) -> Finding:
    """Each recommendation on defenders to the State, newest first; no rows for many States."""
    rows: list[list[Cell]] = []
    notes = [
        "When: session, and paragraph where known. Texts are shortened. Supported is not implemented. "
        f"What stands in two sources is listed once. Category: {CATEGORIES}."
    ]
    if _state(study) != "all":
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
    return study.finding(
        "brief",
        "Recommendations on defenders to the State",
        text_columns(
            when="When", label="Asked, and asked again", by="By", answer="Position, category"
        ),
        rows,
        (),
        unit="recommendations",
        notes=tuple(notes),
    )


def compare_with_other_states(study: UprStudy) -> Finding:
    """Numbers of the State beside those of the other States that the same source holds."""
    finding = table_by_source(
        study,
        "brief_facts",
        "The State beside the other States of the source",
        column_heads(
            "Source",
            recommendations="Recom. on defenders",
            all="All recom.",
            share="Per cent",
            yes="Supported",
            supported="Supported, per cent",
            pairs="Pairs on defenders",
            other_share="Other States: per cent of all",
            other_supported="Other States: supported, per cent",
        ),
        _state_in_source,
        names_lists=True,
        notes=(
            "Other States: those that the same source holds, in all its sessions; none where it holds "
            f"fewer than {FEWEST_OTHERS} reviews of others, which are no measure of all States.",
            KNOWN,
        ),
    )
    return as_printed(finding)


def _state_in_source(study: UprStudy, p: Population) -> RowsAndHidden:
    if _state(study) == "all":
        return [], []
    ours = count_in_both_units(ON_DEFENDERS, "brief.pairs", "on defenders", {})
    every = count_in_both_units(ALL, "brief.all", "all", {})
    shares = share_supported_in_both_units(ON_DEFENDERS, "brief", {}, "on defenders")
    supported = count_of(
        RECOMMENDATIONS + ON_DEFENDERS,
        "brief.recommendations.supported",
        "on defenders, supported",
        SUPPORTED,
    )
    is_unknown = has_no_known_position(study.frame(p, RECOMMENDATIONS + ON_DEFENDERS))
    row = (
        p.title,
        ours[0],
        every[0],
        Share(ours[0], every[0], "on defenders, in per cent of all", "brief.recommendations.share"),
        NOT_KNOWN if is_unknown else supported,
        shares[0],
        ours[1],
        *_others(study, p),
    )
    pairs = Share(ours[1], every[1], "pairs on defenders, in per cent of all", "brief.share")
    return [row], [supported, shares[1], pairs]


def _others(study: UprStudy, p: Population) -> list[Content]:
    """Share of recommendations on defenders, and share supported, over all other States of a source."""
    texts = study.rows_counted(p, RECOMMENDATIONS)
    frame = study.build.table(RECOMMENDATIONS)
    others = frame[(frame["source"] == p.slug) & (frame["state_iso3"] != _state(study))]
    if others[REVIEW].nunique() < FEWEST_OTHERS:
        return [TOO_FEW, TOO_FEW]
    ours = others[match_rows(others, filter_on_defenders(p))]
    known = ours[ours["response_code"].isin(ANSWERED)]
    supported = int((known["response_code"] == "supported").sum())
    on_all = "on defenders, in per cent of all"
    on_known = "on defenders: supported, in per cent of those with a known position"
    return [
        NO_SHARE
        if why_no_share(whole, asked)
        else measured_claim(
            texts,
            f"brief.others.{key}",
            100 * part / whole,
            "per_cent",
            f"other States of the source: {words}",
            "computed",
            rows=whole,
            filter={"source": p.slug, **filter_on_defenders(p)},
        )
        for key, part, whole, asked, words in (
            ("share", len(ours), len(others), len(others), on_all),
            ("supported", supported, len(known), len(ours), on_known),
        )
    ]


def _state(study: UprStudy) -> str:
    """ISO3 code of the State under review, or ``all``."""
    return str(study.params.get("state") or "all")


def _listed(study: UprStudy) -> pd.DataFrame:
    """Recommendations on defenders in scope, newest first, each once."""
    frames = [study.frame(p, RECOMMENDATIONS + ON_DEFENDERS) for p in study.populations]
    frame = pd.concat(frames, ignore_index=True)
    frame = frame[~frame["same_as"].isin(set(frame["recommendation_id"]))]
    return frame.sort_values(["session", "source_row"], ascending=[False, True])


def _answers(study: UprStudy) -> dict[str, str]:
    """Session and answer of every recommendation, in words."""
    frame = study.build.table(RECOMMENDATIONS)
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
    is_coded = r["source_action_code"] != "not_asked"
    category = r["source_action_code" if is_coded else "action_code"]
    position = f"{label('upr_response', r['response_code'])}{interim}, {category}"
    return [Cell(text=text) for text in (_when(r), asked, _states(r), position)]


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
    return "; ".join(known) or NOT_KNOWN
