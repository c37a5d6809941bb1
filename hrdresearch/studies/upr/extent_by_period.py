"""UPR: how many recommendations and pairs, how many on defenders, by cycle and session."""

from __future__ import annotations

from hrdresearch.findings.empty_cells import NOT_ASKED
from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Column, Drawing, Finding
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    Share,
    column_heads,
    text_columns,
)
from hrdresearch.studies.shapes.side_by_side_tables import columns_side_by_side
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import (
    ALL,
    KNOWN,
    ON_DEFENDERS,
    PAIRS,
    PLEDGES,
    RECOMMENDATIONS,
    TAGGED,
    WORD,
    RowsAndHidden,
    count_in_both_units,
    count_of,
    count_reviews,
    filter_implicit,
    filter_with_the_word,
    is_tagged,
    share_supported,
    share_supported_in_both_units,
    table_by_source,
)
from hrdresearch.studies.upr.printed_tables import draw_several_rows
from hrdresearch.studies.upr.sentences_by_list import (
    say_for_each_list,
)
from hrdresearch.studies.upr.sentences_on_extent import (
    cycle_sentences,
    extent_sentences,
    session_sentences,
)
from hrdresearch.studies.upr.source_index import notes_on_indexes

SAME_TEXT = (
    "A recommendation is one text to one State in one session; texts that differ only in capitals, "
    "accents or punctuation are one, and a text that received two answers counts as supported in part."
)
OTHER_SESSIONS = (
    "Pledges are counted in every session of the file, also where it holds no recommendation of that "
    "session: some may lie outside the period of the table."
)


def extent(study: UprStudy) -> Finding:
    """Recommendations of each source, those on defenders, and pledges."""
    finding = table_by_source(
        study,
        "extent",
        "Recommendations and pledges by source",
        column_heads(
            "Source",
            reviews="Reviews",
            recommendations="Recommendations",
            hrd_recommendations="On defenders",
            implicit="Implicitly",
            pledges="Voluntary pledges",
        ),
        _extent_of_source,
        names_lists=True,
        unit=RECOMMENDATIONS,
        notes=(
            SAME_TEXT,
            *notes_on_indexes(study),
            *([OTHER_SESSIONS] if any(_pledges_alone(study, p) for p in study.populations) else []),
        ),
    )
    return say_for_each_list(study, finding, extent_sentences)


def _extent_of_source(study: UprStudy, p: Population) -> RowsAndHidden:
    texts, pairs = RECOMMENDATIONS, PAIRS
    on_texts, on_pairs = texts + ON_DEFENDERS, pairs + ON_DEFENDERS
    explicit = "explicitly on human rights defenders"
    counts = (
        count_of(texts, "extent.recommendations", "told apart by State, session and text"),
        count_of(on_texts, "hrd.recommendations", explicit),
        count_of(
            texts,
            "hrd.implicit",
            "implicitly on defenders: civil society space, journalists, reprisals",
            filter_implicit(p),
        ),
        count_of(pairs, "extent.pairs", "one a recommendation and recommending State"),
        count_of(on_pairs, "hrd.pairs", explicit),
    )
    reviews = count_reviews(texts, "extent.reviews", "that the source holds")
    raised = count_reviews(on_texts, "hrd.reviews", "with a recommendation on defenders")
    hidden: list[Content] = [
        Share(
            counts[1],
            counts[0],
            "recommendations on defenders, in per cent of all recommendations",
            "hrd.share",
        ),
        Share(
            raised,
            reviews,
            "reviews with a recommendation on defenders, in per cent of all reviews",
        ),
    ]
    hidden += [
        count_of(rows, name, words, unit=unit, column=column)
        for rows, name, words, unit, column in (
            (pairs, "extent.states_under_review", "States under review", "state", "state_iso3"),
            (pairs, "extent.sessions", "sessions of the Working Group", "session", "session"),
            (
                on_pairs,
                "hrd.states_under_review",
                "States under review that received one on defenders",
                "state",
                "state_iso3",
            ),
            (
                on_pairs,
                "hrd.recommending_states",
                "States that made one on defenders",
                "state",
                "recommending_iso3",
            ),
        )
    ]
    pledges: Content = NOT_ASKED
    if p.slug in set(study.build.table(PLEDGES)["source"]):
        pledges = count_of(PLEDGES, "extent.pledges", "which nobody recommended, apart")
        for name, code in (("on_defenders", "explicit"), ("implicit", "implicit")):
            words = f"{code}ly on defenders"
            hidden.append(
                count_of(PLEDGES, f"extent.pledges.{name}", words, {"concern_code": code})
            )
        hidden.append(
            count_of(
                PLEDGES,
                "extent.pledges.other_sessions",
                "in sessions of which the source holds no recommendation",
                {"session": _pledges_alone(study, p)},
            )
        )
    return [(p.title, reviews, *counts[:3], pledges)], [*hidden, *counts[3:]]


def _pledges_alone(study: UprStudy, p: Population) -> list[int]:
    """Sessions in which a source has pledges and no recommendation."""
    sessions = study.frame(p, PLEDGES)["session"].dropna()
    return sorted(map(int, set(sessions) - set(study.reviewed_pairs(p)["session"].dropna())))


def by_cycle(study: UprStudy) -> Finding:
    """Share of all recommendations that are on defenders, and shares supported, for each cycle."""
    finding = table_by_source(
        study,
        "by_cycle",
        "Recommendations on defenders by cycle",
        [
            Column("cycle", "Cycle", "label"),
            *column_heads(
                "",
                recommendations="Recommendations",
                hrd="On defenders",
                share="Per cent",
                supported="All: supported, per cent",
                hrd_supported="On defenders: supported, per cent",
            )[1:],
        ],
        _cycles_of_source,
        names_lists=True,
        unit=RECOMMENDATIONS,
        notes=(
            "A cycle that the source does not hold whole is not comparable with one that it does.",
            KNOWN,
        ),
    )
    return say_for_each_list(study, finding, cycle_sentences)


def _cycles_of_source(study: UprStudy, p: Population) -> RowsAndHidden:
    rows: list[Row] = []
    hidden: list[Content] = []
    has_word = filter_with_the_word(study.frame(p, RECOMMENDATIONS))
    for cycle in sorted(p.frame["cycle"].dropna().unique()):
        where, stem = {"cycle": int(cycle)}, f"by_cycle.{cycle}"
        words, on_words = f"in cycle {cycle}", f"on defenders in cycle {cycle}"
        texts = count_of(RECOMMENDATIONS, f"{stem}.recommendations", words, where)
        on_texts = count_of(
            RECOMMENDATIONS + ON_DEFENDERS, f"{stem}.hrd_recommendations", on_words, where
        )
        share = Share(
            on_texts,
            texts,
            f"on defenders, in per cent of all recommendations of cycle {cycle}",
            f"{stem}.hrd_share",
            decimals=1,
        )
        every = share_supported_in_both_units(ALL, f"{stem}.all", where, f"all, cycle {cycle}")
        ours = share_supported_in_both_units(
            ON_DEFENDERS, f"{stem}.hrd", where, f"on defenders, cycle {cycle}"
        )
        key, narrower, how = (
            ("tagged", TAGGED, "tagged by the source")
            if is_tagged(p)
            else ("with_the_word", has_word, f"with the word “{WORD}”")
        )
        name, narrowed = f"{stem}.{key}.recommendations", {**where, **narrower}
        how = f"{how}, cycle {cycle}"
        hidden += [
            share_supported(RECOMMENDATIONS, name, narrowed, how),
            count_of(RECOMMENDATIONS, name, how, narrowed),
        ]
        rows.append(
            (
                str(cycle) if study.only_list else f"{p.title}, cycle {cycle}",
                texts,
                on_texts,
                share,
                every[0],
                ours[0],
            )
        )
        hidden += [
            every[1],
            ours[1],
            count_of(PAIRS, f"{stem}.pairs", words, where),
            count_of(PAIRS + ON_DEFENDERS, f"{stem}.hrd_pairs", on_words, where),
        ]
    return rows, hidden


def by_session(study: UprStudy) -> Finding:
    """Recommendations on defenders by session; a session that a source does not hold is not a zero."""
    counts = {
        p.slug: {
            session: count_in_both_units(
                ON_DEFENDERS,
                f"by_session.{session}",
                f"on defenders, session {session}",
                {"session": session},
            )
            for session in map(int, study.reviewed_pairs(p)["session"].dropna().unique())
        }
        for p in study.populations
    }
    one_list = study.only_list is not None
    finding = columns_side_by_side(
        study,
        "by_session",
        "Recommendations on defenders by session of the Working Group",
        text_columns(label="Session"),
        lambda p: (
            [Column(p.slug, "Recommendations"), Column("pairs", "Pairs")]
            if one_list
            else [Column(p.slug, p.title)]
        ),
        [((str(s),), s) for s in sorted({s for own in counts.values() for s in own})],
        {
            slug: {session: both[: 2 if one_list else 1] for session, both in own.items()}
            for slug, own in counts.items()
        },
        beside=lambda p: [pairs for _, pairs in counts[p.slug].values()],
        unit="recommendations",
        drawing=Drawing(
            "table", "label", tuple(p.slug for p in study.populations), panels=not one_list
        ),
        notes=(
            "Which States are reviewed differs from session to session; a difference between "
            "sessions is no trend.",
        ),
    )
    finding = say_for_each_list(study, finding, session_sentences)
    return draw_several_rows(finding, "columns")
