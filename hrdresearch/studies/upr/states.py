"""UPR: who recommends and who receives, over the reviews in which they could, and between regions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hrdresearch.findings.empty_cells import NOT_COVERED
from hrdresearch.findings.model import Cell, Column, Drawing, Finding
from hrdresearch.findings.publication_limits import FEWEST_KNOWN
from hrdresearch.studies.upr.counts import (
    KNOWN,
    NOT_KNOWN,
    REVIEW,
    cell,
    named,
    source_cells,
    source_columns,
)
from hrdresearch.tables import select
from hrdresearch.vocab.states import alphabetical_key, short_name

if TYPE_CHECKING:
    from hrdresearch.studies.upr.basis import UprStudy

MOST_STATES = 25
OTHER, NO_REGION = "not_in_a_region", "No region of the scheme, or State not known"
BY_SEVERAL = "A recommendation that States of two regions made stands in the row of each."


def flows(study: UprStudy) -> Finding:
    """Recommendations on defenders from region to region, and the share supported."""
    claims, rows = [], []
    groups: dict[str, list[Any]] = {
        code: [iso3 for iso3, of in study.regions.of.items() if of == code]
        for code in study.regions.labels
    }
    for p in study.populations:
        ours = study.on_defenders_of(p)
        made_by = ours.pairs.frame["recommending_iso3"]
        senders = groups | {OTHER: [s for s in [*made_by.dropna().unique(), None]
                                    if study.regions.of.get(s or "") is None]}  # fmt: skip
        for source, by in senders.items():
            for target, receivers in groups.items():
                where = {"recommending_iso3": by, "state_iso3": receivers}
                named_source = study.regions.labels.get(source, NO_REGION)
                said = f"from {named_source} to {study.regions.labels[target]}"
                if not select(ours.pairs.frame, where).any():
                    continue
                stem = f"flows.{source}.{target}"
                n, pairs = ours.count(stem, f"on defenders, {said}", where)
                share = ours.supported(stem, where, said)[0]
                rows.append([
                    *source_cells(study, p.title), named(named_source, "region"),
                    named(study.regions.labels[target], "region"), cell(n), share, cell(pairs),
                ])  # fmt: skip
        claims += ours.claims
    columns = [
        *source_columns(study),
        Column("from", "Recommending region", "label"), Column("to", "Region under review", "label"),
        Column("recommendations", "Recommendations"), Column("supported", "Supported, per cent"),
        Column("pairs", "Pairs"),
    ]  # fmt: skip
    kind = "flow" if study.only_list and len(rows) > 1 else "table"
    return study.finding(
        "flows", "Recommendations on defenders from region to region", columns, rows, claims,
        unit="recommendations; pairs", drawing=Drawing(kind, "from", ("to", "recommendations")),
        notes=tuple(n for n in (study.regions.note, BY_SEVERAL, KNOWN) if n),
    )  # fmt: skip


def recommending(study: UprStudy) -> Finding:
    """States by pairs on defenders made, the reviews in which they raised them, and all they made."""
    claims, rows = [], []
    for p in study.populations:
        ours, every, held = study.defender_pairs(p), study.all_pairs(p), study.held(p)
        reviews = held[REVIEW].nunique()
        counts = ours.frame["recommending_iso3"].value_counts()
        own = every.frame["recommending_iso3"].value_counts()
        listed = counts.nlargest(MOST_STATES, keep="all").index
        for iso3 in sorted(listed, key=lambda i: alphabetical_key(str(i))):
            state, where = str(iso3), {"recommending_iso3": str(iso3)}
            stem, said = f"recommending.{state.lower()}", f"made by {short_name(state)}"
            n = ours.count(stem, f"on defenders, {said}", where, count=int(counts[iso3]))
            whole = every.count(f"{stem}.all", said, where, count=int(own[iso3]))
            part = every.share(
                f"{stem}.share", n, whole, f"on defenders, in per cent of all {said}"
            )
            possible = reviews - held.loc[held["state_iso3"] == state, REVIEW].nunique()
            raised = ours.reviews(f"{stem}.reviews", f"with one on defenders {said}", where)
            could = ours.number(f"{stem}.possible", possible, "review",
                                "reviews of other States that the source holds")  # fmt: skip
            rate = ours.share(
                f"{stem}.reviews.share",
                raised,
                could,
                f"reviews with one on defenders {said}, in per cent of reviews of others",
            )
            rows.append([*source_cells(study, p.title), named(short_name(state), "state"),
                         *map(cell, (n, raised, could, rate, whole, part))])  # fmt: skip
        claims += [*ours.claims, *every.claims]
    columns = [
        *source_columns(study),
        Column("label", "Recommending State", "label"), Column("pairs", "Pairs on defenders"),
        Column("reviews", "Reviews with one"), Column("possible", "of reviews of others"),
        Column("rate", "Per cent"), Column("all", "All its pairs"), Column("share", "Per cent"),
    ]  # fmt: skip
    return study.finding(
        "recommending", "States that recommend on defenders", columns, rows, claims, unit="pairs",
        notes=(f"At most the {MOST_STATES} States with most pairs, and those with as many as the last of "
               "them, in alphabetical order; no ranking is implied. A pair is one recommendation and one "
               "State that made it. Reviews of others are all that the source holds but those of the "
               "State itself.",
               f"No share is given of fewer than {FEWEST_KNOWN} reviews or pairs."),
    )  # fmt: skip


def receiving(study: UprStudy) -> Finding:
    """States under review by recommendations on defenders received, for each review, with a map."""
    claims, rows, made = [], [], {}
    received: set[str] = set()
    for p in study.populations:
        received |= set(study.defender_pairs(p).frame["state_iso3"])
    for p in study.populations:
        ours, held = study.on_defenders_of(p), study.held(p)
        reviews = held.groupby("state_iso3")[REVIEW].nunique()
        for state in sorted(received & set(reviews.index)):
            where, said = {"state_iso3": state}, f"received by {short_name(state)}"
            stem = f"receiving.{state.lower()}"
            texts, pairs = ours.count(stem, f"on defenders, {said}", where)
            told = ours.pairs.number(f"{stem}.reviews", int(reviews[state]), "review",
                                     f"reviews of {short_name(state)} that the source holds")  # fmt: skip
            share = ours.supported(stem, where, said)[0]
            yes = ours.texts.count(f"{stem}.recommendations.supported", f"{said}, supported",
                                   {**where, "response_code": "supported"})  # fmt: skip
            known = share.text != NOT_KNOWN
            made[p.slug, state] = (cell(texts), cell(told), cell(yes) if known else share, share,
                                   cell(pairs))  # fmt: skip
        claims += ours.claims
    for state in sorted(received, key=alphabetical_key):
        cells = [made.get((p.slug, state)) for p in study.populations]
        rows.append([
            Cell(text=state), named(short_name(state), "state"),
            *(c for found in cells for c in (found or [named(NOT_COVERED)] * 5)),
        ])  # fmt: skip
    columns = [Column("iso3", "ISO3", "code"), Column("label", "State under review", "label")]
    for p in study.populations:
        lead = "" if study.only_list else f"{p.title}: "
        columns += [Column(p.slug, f"{lead}recom. on defenders"), Column(f"{p.slug}_r", f"{lead}reviews"),
                    Column(f"{p.slug}_n", f"{lead}supported"),
                    Column(f"{p.slug}_s", f"{lead}supported, per cent"),
                    Column(f"{p.slug}_p", f"{lead}pairs")]  # fmt: skip
    return study.finding(
        "receiving", "Recommendations on defenders by State under review", columns, rows, claims,
        unit="recommendations; pairs",
        drawing=Drawing("map" if len(rows) > 1 else "table", "iso3",
                        tuple(p.slug for p in study.populations), panels=study.only_list is None),
        notes=("In alphabetical order: a State reviewed twice could receive more than one reviewed "
               "once, and the number says what others raised, not how a State treats defenders.",
               "A State that is not listed was not reviewed in what the sources hold, or was reviewed "
               "and received none on defenders.", KNOWN),
    )  # fmt: skip
