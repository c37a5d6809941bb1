"""UPR: sources that hold few reviews, in a table and paragraphs of their own.

The answers of one State under review, or of a handful, cannot stand in parallel with those of most
States: such a source is left out of the axes and columns of all other findings.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from hrdresearch.findings.make_claims import Population, text_claim
from hrdresearch.findings.model import SCOPE, Claim, Finding
from hrdresearch.findings.sentences import MOST_NAMED, ListSentences, claim_tag, join_with_and
from hrdresearch.studies.shapes.count_tables import Content, Row, column_heads
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import (
    ALL,
    KNOWN,
    ON_DEFENDERS,
    PAIRS,
    RECOMMENDATIONS,
    REVIEW,
    WORD,
    RowsAndHidden,
    count_of,
    count_reviews,
    filter_with_the_word,
    share_supported,
    table_by_source,
)
from hrdresearch.studies.upr.sentences_by_list import NumbersOfList, say_for_each_list
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence, short_name


def apart(study: UprStudy) -> Finding:
    """Each review of the sources with few of them: recommendations, and how many were supported."""
    few = study.over(study.told_apart)
    finding = table_by_source(
        few,
        "apart",
        "Sources that hold few reviews, by review",
        column_heads(
            "Source and review",
            recommendations="Recommendations",
            supported="Supported",
            share="Per cent",
            hrd="On defenders",
            hrd_supported="Supported",
        ),
        _reviews_of_source,
        names_lists=True,
        unit=RECOMMENDATIONS,
        notes=(KNOWN,),
    )
    return say_for_each_list(few, finding, sentences_apart)


def _reviews_of_source(study: UprStudy, p: Population) -> RowsAndHidden:
    rows: list[Row] = []
    word = filter_with_the_word(study.frame(p, RECOMMENDATIONS))
    hidden: list[Content] = [
        count_of(
            RECOMMENDATIONS, "extent.recommendations", "told apart by State, session and text"
        ),
        count_reviews(RECOMMENDATIONS, "extent.reviews", "that the source holds"),
        count_of(
            RECOMMENDATIONS + ON_DEFENDERS, "hrd.recommendations", "on human rights defenders"
        ),
        count_of(PAIRS + ON_DEFENDERS, "hrd.pairs", "on human rights defenders"),
    ]
    for review, said in _reviews(p.frame).items():
        where, stem = {REVIEW: review}, _stem(review)
        every, ours, named = (
            share_supported(
                RECOMMENDATIONS + subject, f"{stem}.{key}", {**where, **narrower}, words
            )
            for subject, key, narrower, words in (
                (ALL, "recommendations", {}, f"review of {said}"),
                (ON_DEFENDERS, "hrd", {}, f"on defenders, review of {said}"),
                (ALL, "with_the_word", word, f"with the word “{WORD}”, review of {said}"),
            )
        )
        assert every.asked is not None and ours.asked is not None
        pairs = count_of(PAIRS, f"{stem}.pairs", f"review of {said}", where)
        rows.append((f"{p.title}: {said}", every.asked, every.part, every,
                     ours.asked, ours.part))  # fmt: skip
        hidden += [ours, named, pairs]
    return rows, hidden


def sentences_apart(n: NumbersOfList) -> list[ListSentences]:
    """Which reviews a source holds, how each was answered, and what is on defenders."""
    reviews = {_stem(review): said for review, said in _reviews(n.p.frame, in_prose=True).items()}
    held = _in_words(n.p, "apart.reviews", reviews_in_words(n.p.frame))
    words = {stem: _in_words(n.p, f"{stem}.review", said) for stem, said in reviews.items()}
    first = ListSentences(
        f"From {n.p.name_in_prose}, {claim_tag(n.p.claim_name('extent.reviews'), 'of:review')} "
        f"{n.fill_in('<extent.reviews|agree:was:were>')} read, of {claim_tag(held)}; "
        f"{n.fill_in('<extent.reviews|agree:it enters:they enter>')} no other number.",
        (held, *words.values()),
    )
    if len(reviews) > MOST_NAMED:
        return [first]
    return [
        first,
        _by_review(n, "recommendations", "Whatever the subject, there are ", words),
        _by_review(n, "hrd", f"{n.how[:1].upper()}{n.how[1:]} are ", words),
    ]


def _by_review(
    n: NumbersOfList, key: str, start: str, reviews: Mapping[str, Claim]
) -> ListSentences:
    """How many recommendations of one kind each review holds, and how many were supported."""
    known = any(n.has(f"{stem}.{key}.answered") for stem in reviews)
    items = [
        f"<{stem}.{key}.asked> to {claim_tag(review)}"
        + (f", {n.supported(f'{stem}.{key}')}" if known else "")
        for stem, review in reviews.items()
        if n.has(f"{stem}.{key}.asked")
    ]
    return n.say_listed(start, items, "." if known else "; no position on any of them is known.")


def _in_words(p: Population, name: str, words: str) -> Claim:
    return text_claim(p.claim_name(name), words, f"{p.title}: what it holds", SCOPE)


def reviews_in_words(frame: pd.DataFrame) -> str:
    """States and years of the reviews in these rows: ``China in 2013 and 2018``.

    Of more States than a sentence may name, their number: ``11 States``.
    """
    years = frame.groupby("state_iso3")["review_year"].agg(
        lambda held: join_with_and([str(int(year)) for year in sorted(held.dropna().unique())])
    )
    if len(years) > MOST_NAMED:
        return f"{len(years)} States"
    by_years: dict[str, list[str]] = {}
    for state in sorted(map(str, years.index), key=alphabetical_key):
        by_years.setdefault(years[state], []).append(name_in_sentence(state))
    return join_with_and(
        [
            f"{join_with_and(names)}{f' in {when}' if when else ''}"
            for when, names in by_years.items()
        ]
    )


def _reviews(frame: pd.DataFrame, *, in_prose: bool = False) -> dict[str, str]:
    """Reviews in the order of States and sessions, each with its State, session and year in words.

    in_prose: as a sentence names them, by the State, and the year where years differ.
    """
    of_one_year = frame["review_year"].nunique() < 2
    told = frame.drop_duplicates(REVIEW).sort_values(["state_iso3", "session"])
    words = {}
    for review, state, session, year in zip(
        told[REVIEW], told["state_iso3"], told["session"], told["review_year"], strict=True
    ):
        if in_prose:
            when = "" if of_one_year or pd.isna(year) else f" in {year}"
            words[str(review)] = f"{name_in_sentence(state)}{when}"
            continue
        when = "" if pd.isna(session) else f", session {session}"
        words[str(review)] = f"{short_name(state)}{when}{'' if pd.isna(year) else f' ({year})'}"
    return words


def _stem(review: str) -> str:
    return f"apart.{review.lower().replace('-', '_')}"
