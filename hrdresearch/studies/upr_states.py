"""UPR: who recommends and who receives, over the reviews in which they could, and between regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrdresearch.findings.model import Cell, Column, Drawing, Finding
from hrdresearch.studies.upr_counts import FEW, FEWEST, NOT_SHOWN, cell, named
from hrdresearch.vocab.states import short_name

if TYPE_CHECKING:
    from hrdresearch.findings.make import Population
    from hrdresearch.studies.upr import Upr

MOST_STATES = 25
OTHER = "not_in_a_region"


def flows(study: Upr) -> Finding:
    """Pairs on defenders from region to region, and the share supported."""
    claims, rows = [], []
    regions = {
        code: [iso3 for iso3, of in study.regions.of.items() if of == code]
        for code in study.regions.labels
    }
    for p in study.populations:
        ours = study.defender_pairs(p)
        for source, senders in regions.items():
            for target, receivers in regions.items():
                where = {"recommending_iso3": senders, "state_iso3": receivers}
                said = (f"from {study.regions.labels[source]} to "
                        f"{study.regions.labels[target]}")  # fmt: skip
                stem = f"flows.{source}.{target}"
                n = ours.count(stem, f"on defenders, {said}", where)
                share = ours.supported_cell(stem, where, said)
                first = [] if study.one else [named(p.title)]
                if n.value:
                    rows.append([
                        *first, named(study.regions.labels[source], "region"),
                        named(study.regions.labels[target], "region"), cell(n), share,
                    ])  # fmt: skip
        claims += ours.claims
    columns = [
        *([] if study.one else [Column("source", "Source", "label")]),
        Column("from", "Recommending region", "label"), Column("to", "Region under review", "label"),
        Column("pairs", "Pairs"), Column("supported", "Supported, per cent"),
    ]  # fmt: skip
    kind = "flow" if study.one and len(rows) > 1 else "table"
    return study.finding(
        "flows", "Recommendations on defenders from region to region", columns, rows, claims,
        unit="pairs", drawing=Drawing(kind, "from", ("to", "pairs")),
        notes=tuple(n for n in (study.regions.note, FEW) if n),
    )  # fmt: skip


def recommending(study: Upr) -> Finding:
    """States by pairs on defenders made, for 100 reviews, and in per cent of all that they made."""
    claims, rows = [], []
    for p in study.populations:
        ours, every = study.defender_pairs(p), study.all_pairs(p)
        reviews = _reviews(p)
        counts = ours.frame["recommending_iso3"].value_counts()
        own = every.frame["recommending_iso3"].value_counts()
        for iso3 in sorted(counts.index[:MOST_STATES], key=lambda i: short_name(str(i))):
            state, where = str(iso3), {"recommending_iso3": str(iso3)}
            stem, said = f"recommending.{state.lower()}", f"made by {short_name(state)}"
            n = ours.count(stem, f"on defenders, {said}", where, count=int(counts[iso3]))
            whole = every.count(f"{stem}.all", said, where, count=int(own[iso3]))
            part = every.share(
                f"{stem}.share", n, whole, f"on defenders, in per cent of all {said}"
            )
            possible = max(reviews - _reviews(p, state), 1)
            rate = ours.number(
                f"{stem}.rate", 100 * int(counts[iso3]) / possible, "per_cent",
                f"pairs on defenders {said}, for 100 reviews of other States", rows=int(counts[iso3]),
            )  # fmt: skip
            first = [] if study.one else [named(p.title)]
            cells = [cell(rate) if possible >= FEWEST else named(NOT_SHOWN),
                     cell(part) if int(whole.value or 0) >= FEWEST else named(NOT_SHOWN)]  # fmt: skip
            rows.append([*first, named(short_name(state), "state"), cell(n), *cells])
        claims += [*ours.claims, *every.claims]
    columns = [
        *([] if study.one else [Column("source", "Source", "label")]),
        Column("label", "Recommending State", "label"), Column("pairs", "Pairs on defenders"),
        Column("rate", "For 100 reviews of others"), Column("share", "Per cent of its pairs"),
    ]  # fmt: skip
    return study.finding(
        "recommending", "States that recommend on defenders", columns, rows, claims, unit="pairs",
        notes=(f"The States with most pairs, {MOST_STATES} at most, in alphabetical order; no ranking is "
               "implied. Every State may recommend in every review but its own; the rate is per 100 "
               "reviews that the source holds.",
               f"No rate or share is shown over fewer than {FEWEST} reviews or pairs."),
    )  # fmt: skip


def receiving(study: Upr) -> Finding:
    """States under review by pairs on defenders received, for each review, with a map."""
    claims, rows, made = [], [], {}
    for p in study.populations:
        ours = study.defender_pairs(p)
        counts = ours.frame["state_iso3"].value_counts()
        for iso3 in counts.index:
            state = str(iso3)
            said = f"received by {short_name(state)}"
            stem = f"receiving.{state.lower()}"
            n = ours.count(stem, f"on defenders, {said}", {"state_iso3": state},
                           count=int(counts[iso3]))  # fmt: skip
            reviews = ours.number(
                f"{stem}.reviews",
                max(_reviews(p, state), 1),
                "session",
                f"reviews of {short_name(state)} that the source holds",
            )
            share = ours.supported_cell(stem, {"state_iso3": state}, said)
            made[p.slug, state] = (cell(n), cell(reviews), share)
        claims += ours.claims
    for state in sorted({s for _, s in made}, key=short_name):
        cells = [made.get((p.slug, state)) for p in study.populations]
        rows.append([
            Cell(text=state), named(short_name(state), "state"),
            *(c for found in cells for c in (found or [Cell(text="–")] * 3)),
        ])  # fmt: skip
    columns = [Column("iso3", "ISO3", "code"), Column("label", "State under review", "label")]
    for p in study.populations:
        lead = "" if study.one else f"{p.title}: "
        columns += [Column(p.slug, f"{lead}pairs on defenders"), Column(f"{p.slug}_r", f"{lead}reviews"),
                    Column(f"{p.slug}_s", f"{lead}supported, per cent")]  # fmt: skip
    return study.finding(
        "receiving", "Recommendations on defenders by State under review", columns, rows, claims,
        unit="pairs",
        drawing=Drawing("map", "iso3", tuple(p.slug for p in study.populations),
                        panels=study.one is None),
        notes=("In alphabetical order: a State reviewed twice could receive more than one reviewed "
               "once, and the number says what others raised, not how a State treats defenders.", FEW),
    )  # fmt: skip


def _reviews(p: Population, state: str | None = None) -> int:
    """Reviews (State and session) that a source holds, of one State or of all."""
    frame = p.frame if state is None else p.frame[p.frame["state_iso3"] == state]
    return len(frame[["state_iso3", "session"]].drop_duplicates())
