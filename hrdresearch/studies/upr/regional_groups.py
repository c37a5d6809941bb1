"""UPR: recommendations on defenders by electoral group of the United Nations, received and made.

A recommendation is on defenders by the tag of the source where it tags, else by the rules of this project.
"""

from __future__ import annotations

from functools import partial

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Cell, Column, Finding
from hrdresearch.studies.shapes.count_tables import Content, Row, Share
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import (
    KNOWN,
    ON_DEFENDERS,
    PAIRS,
    RECOMMENDATIONS,
    RowsAndHidden,
    count_of,
    share_supported,
    table_by_source,
)
from hrdresearch.studies.upr.sentences_by_list import say_for_each_list
from hrdresearch.studies.upr.sentences_on_states import regional_group_sentences
from hrdresearch.tables import match_rows
from hrdresearch.vocab.regions import region_scheme

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
