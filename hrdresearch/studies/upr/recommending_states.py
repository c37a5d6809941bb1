"""UPR: which States recommend on defenders, over the reviews in which they could; and by regional group."""

from __future__ import annotations

from functools import partial

import pandas as pd

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Cell, Claim, Column, Drawing, Finding
from hrdresearch.findings.publication_limits import FEWEST_KNOWN
from hrdresearch.studies.shapes.count_tables import Content, Row, Share, column_heads, state_cell
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import (
    KNOWN,
    ON_DEFENDERS,
    PAIRS,
    RECOMMENDATIONS,
    REVIEW,
    TAGGED,
    RowsAndHidden,
    count_of,
    count_reviews,
    is_tagged,
    share_supported,
    table_by_source,
)
from hrdresearch.studies.upr.sentences_by_list import say_for_each_list
from hrdresearch.studies.upr.sentences_on_states import maker_sentences, regional_group_sentences
from hrdresearch.studies.upr.source_index import makers_tagged
from hrdresearch.tables import match_rows
from hrdresearch.vocab.regions import region_scheme
from hrdresearch.vocab.states import alphabetical_key, short_name

SCHEME = "un-groups"
SHORT = (
    "Received: recommendations on defenders; supported of these, and in per cent. Pairs: made on "
    "defenders. All subjects: whatever was recommended."
)
HOW = "A recommendation that States of two groups made stands as a pair of each."
GROUPS = (
    "The groups are those in which States vote in the General Assembly, each State once. Pairs by "
    "observers, and by nobody who is named, stand in no group. Few States stand behind each share: no "
    "interval is given, and no difference between groups is stated."
)
MOST_STATES = 25


def recommending(study: UprStudy) -> Finding:
    """Recommending States: their pairs on defenders, the reviews with such a pair, and all their pairs."""
    finding = table_by_source(
        study,
        "recommending",
        "States that recommend on defenders",
        column_heads(
            "Recommending State",
            pairs="Pairs on defenders",
            reviews="Reviews with one",
            possible="Reviews of others",
            rate="Per cent of reviews",
            all="All its pairs",
            share="Per cent of pairs",
        ),
        _makers_of_source,
        unit="pairs",
        drawing=Drawing("table", "label", ("pairs",)),
        notes=(
            f"At most the {MOST_STATES} States with most pairs, and those with as many as the last of "
            "them, in alphabetical order; no ranking is implied. A pair is one recommendation and one "
            "State that made it. Reviews of others are all that the source holds but those of the "
            "State itself.",
            f"No share is given of fewer than {FEWEST_KNOWN} reviews or pairs.",
        ),
    )
    return say_for_each_list(study, finding, maker_sentences)


def _makers_of_source(study: UprStudy, p: Population) -> RowsAndHidden:
    on_pairs, reviewed = PAIRS + ON_DEFENDERS, study.reviewed_pairs(p)
    ours = study.frame(p, on_pairs)["recommending_iso3"].value_counts()
    every = study.frame(p, PAIRS)["recommending_iso3"].value_counts()
    rows: list[Row] = []
    for state in sorted(
        map(str, ours.nlargest(MOST_STATES, keep="all").index), key=alphabetical_key
    ):
        where, stem = {"recommending_iso3": state}, f"recommending.{state.lower()}"
        said = f"made by {short_name(state)}"
        n = count_of(on_pairs, stem, f"on defenders, {said}", where, count=int(ours[state]))
        whole = count_of(PAIRS, f"{stem}.all", said, where, count=int(every[state]))
        raised = count_reviews(on_pairs, f"{stem}.reviews", f"with one on defenders {said}", where)
        possible = _reviews_of_others(p, reviewed, state)
        rate = Share(
            raised,
            possible,
            f"reviews with one on defenders {said}, in per cent of reviews of others",
        )
        share = Share(n, whole, f"on defenders, in per cent of all {said}")
        rows.append((state_cell(state), n, raised, possible, rate, whole, share))
    return rows, [
        count_of(
            on_pairs,
            "hrd.recommending_states",
            "States that made one on defenders",
            unit="state",
            column="recommending_iso3",
        ),
        *(_makers_of_tagged(study, p, reviewed) if is_tagged(p) else []),
    ]


def _reviews_of_others(p: Population, reviewed: pd.DataFrame, state: str) -> Claim:
    """Reviews in which a State could recommend: all that the source holds but its own."""
    return measured_claim(
        p,
        f"recommending.{state.lower()}.possible",
        reviewed.loc[reviewed["state_iso3"] != state, REVIEW].nunique(),
        "review",
        "reviews of other States that the source holds",
        "computed",
    )


def _makers_of_tagged(study: UprStudy, p: Population, reviewed: pd.DataFrame) -> list[Content]:
    """Counts of the States that made tagged recommendations, and of the reviews in which each did."""
    tagged = match_rows(study.frame(p, PAIRS), TAGGED)
    makers = study.frame(p, PAIRS).loc[tagged, "recommending_iso3"].dropna().unique()
    found: list[Content] = [makers_tagged()]
    for state in sorted(map(str, makers)):
        raised = count_reviews(
            PAIRS,
            f"recommending.{state.lower()}.tagged.reviews",
            f"with one tagged by the source made by {short_name(state)}",
            {"recommending_iso3": state, **TAGGED},
        )
        possible = _reviews_of_others(p, reviewed, state)
        words = "reviews with one so tagged, in per cent of reviews of others"
        found += [Share(raised, possible, words), possible]
    return found


def regional_groups(study: UprStudy) -> Finding:
    """Recommendations on defenders that each group received and supported, and the pairs it made."""
    scheme = region_scheme(SCHEME)
    finding = table_by_source(
        study,
        "regional_groups",
        "Recommendations on defenders by regional group of the United Nations",
        [
            Column("label", "Group", "label"),
            Column("received", "Received"),
            Column("supported", "Supported"),
            Column("share", "Per cent"),
            Column("every", "All subjects, per cent"),
            Column("made", "Pairs made"),
            Column("made_share", "Per cent of pairs"),
            Column("made_every", "All subjects, per cent of pairs"),
        ],
        _groups_of_source,
        notes=(SHORT, HOW, GROUPS, KNOWN),
    )
    return say_for_each_list(study, finding, partial(regional_group_sentences, scheme.labels))


def _groups_of_source(study: UprStudy, p: Population) -> RowsAndHidden:
    scheme = region_scheme(SCHEME)
    texts, pairs = RECOMMENDATIONS + ON_DEFENDERS, PAIRS + ON_DEFENDERS
    frame = study.frame(p, pairs)
    whole = count_of(pairs, "groups.made", "on defenders")
    every = count_of(PAIRS, "groups.made_every", "whatever the subject")
    rows: list[Row] = []
    asked = count_of(texts, "groups.asked", "on defenders, received by all")
    hidden: list[Content] = [whole, every, asked]
    for code, name in scheme.labels.items():
        stem, members = f"groups.{code}", scheme.members(code)
        received, made = ({c: members} for c in ("state_iso3", "recommending_iso3"))
        if not (match_rows(frame, received) | match_rows(frame, made)).any():
            continue
        share = share_supported(texts, stem, received, f"on defenders, received by {name}")
        count = count_of(pairs, f"{stem}.made", f"on defenders, made by {name}", made)
        assert share.asked is not None
        rows.append(
            (
                Cell(text=name, vocabulary="region"),
                share.asked,
                share.part,
                share,
                share_supported(RECOMMENDATIONS, f"{stem}.every", received, f"received by {name}"),
                count,
                Share(count, whole, f"made by {name}, in per cent of pairs on defenders"),
                Share(
                    count_of(PAIRS, f"{stem}.made_every", f"made by {name}", made),
                    every,
                    f"made by {name}, in per cent of all pairs",
                ),
            )
        )
    return rows, hidden
