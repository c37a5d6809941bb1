"""UPR: which States receive recommendations on defenders, and between which regions they go."""

from __future__ import annotations

from typing import Any

from hrdresearch.findings.empty_cells import NOT_KNOWN
from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Cell, Column, Drawing, Finding
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    Share,
    state_cell,
    text_columns,
)
from hrdresearch.studies.shapes.side_by_side_tables import columns_side_by_side
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import (
    KNOWN,
    ON_DEFENDERS,
    PAIRS,
    RECOMMENDATIONS,
    REVIEW,
    SUPPORTED,
    TAGGED,
    RowsAndHidden,
    columns_of_source,
    count_in_both_units,
    count_of,
    has_no_known_position,
    is_tagged,
    share_supported,
    share_supported_in_both_units,
    table_by_source,
)
from hrdresearch.studies.upr.printed_tables import draw_several_rows
from hrdresearch.studies.upr.sentences_by_list import say_for_each_list
from hrdresearch.studies.upr.sentences_on_states import flow_sentences, receiver_sentences
from hrdresearch.studies.upr.source_index import states_tagged
from hrdresearch.tables import match_rows
from hrdresearch.vocab.states import (
    all_codes,
    alphabetical_key,
    is_member,
    short_name,
)

OTHER, NO_REGION = "not_in_a_region", "No region of the scheme, or State not known"
BY_SEVERAL = "A recommendation that States of two regions made stands in the row of each."


def flows(study: UprStudy) -> Finding:
    """Recommendations on defenders from region to region, and the share supported."""
    finding = table_by_source(
        study,
        "flows",
        "Recommendations on defenders from region to region",
        [
            *text_columns(**{"from": "Recommending region", "to": "Region under review"}),
            Column("recommendations", "Recommendations"),
            Column("supported", "Supported, per cent"),
        ],
        _flows_of_source,
        unit=RECOMMENDATIONS,
        drawing=Drawing("table", "from", ("to", "recommendations")),
        notes=tuple(filter(None, (study.regions.note, BY_SEVERAL, KNOWN))),
    )
    finding = say_for_each_list(study, finding, lambda n: flow_sentences(study, n))
    return draw_several_rows(finding, "flow") if study.only_list else finding


def _flows_of_source(study: UprStudy, p: Population) -> RowsAndHidden:
    pairs = study.frame(p, PAIRS + ON_DEFENDERS)
    regions = study.regions
    groups: dict[str, list[Any]] = {code: regions.members(code) for code in regions.labels}
    makers = [*pairs["recommending_iso3"].dropna().unique(), None]
    others = [maker for maker in makers if regions.of.get(maker or "") is None]
    rows: list[Row] = []
    hidden: list[Content] = []
    texts = study.frame(p, RECOMMENDATIONS + ON_DEFENDERS)
    made = {
        sender: count_of(
            RECOMMENDATIONS + ON_DEFENDERS,
            f"flows.{sender}.made",
            f"on defenders, made by {regions.labels.get(sender, NO_REGION)}",
            {"recommending_iso3": makers},
        )
        for sender, makers in (groups | {OTHER: others}).items()
    }
    sizes = [int(match_rows(texts, draft.filter).sum()) for draft in made.values()]
    words = "recommendations on defenders, once for each region that made them"
    whole = measured_claim(p, "flows.made", sum(sizes), "recommendation", words, "computed")
    of_all = "in per cent of all directions"
    hidden += [whole, *(Share(draft, whole, of_all) for draft in made.values())]
    for sender, makers in (groups | {OTHER: others}).items():
        for target, receivers in groups.items():
            where = {"recommending_iso3": makers, "state_iso3": receivers}
            if not match_rows(pairs, where).any():
                continue
            names = regions.labels.get(sender, NO_REGION), regions.labels[target]
            stem, said = f"flows.{sender}.{target}", f"from {names[0]} to {names[1]}"
            counts = count_in_both_units(ON_DEFENDERS, stem, f"on defenders, {said}", where)
            shares = share_supported_in_both_units(ON_DEFENDERS, stem, where, said)
            cells = (Cell(text=name, vocabulary="region") for name in names)
            rows.append((*cells, counts[0], shares[0]))
            hidden += [counts[1], shares[1]]
    return rows, hidden


def receiving(study: UprStudy) -> Finding:
    """States under review by recommendations on defenders received, for each review, with a map."""
    received = {
        state
        for p in study.populations
        for state in study.frame(p, PAIRS + ON_DEFENDERS)["state_iso3"].unique()
    }
    cells: dict[str, dict[str, Row]] = {}
    hidden: dict[str, list[Content]] = {}
    elsewhere: list[tuple[str, str, tuple[str, ...]]] = []
    no_members = {code for code in all_codes() if not is_member(code)}
    for p in study.populations:
        reviews = study.reviewed_pairs(p).groupby("state_iso3")[REVIEW].nunique()
        elsewhere += [
            *study.elsewhere(p, p.slug),
            (p.slug, "reviewed", tuple(sorted(set(reviews.index) - received))),
            (p.slug, "no member", tuple(sorted(no_members - set(reviews.index)))),
            (p.slug, "not reviewed", ()),
        ]
        hidden[p.slug] = [
            count_of(
                PAIRS + ON_DEFENDERS,
                "hrd.states_under_review",
                "States under review that received one on defenders",
                unit="state",
                column="state_iso3",
            ),
            *([states_tagged()] if is_tagged(p) else []),
        ]
        cells[p.slug] = {
            state: _received_by(study, p, state, int(reviews[state]), hidden[p.slug])
            for state in sorted(received & set(reviews.index))
        }
    heads = {
        "": "recom. on defenders",
        "_r": "reviews",
        "_n": "supported",
        "_s": "supported, per cent",
    }
    finding = columns_side_by_side(
        study,
        "receiving",
        "Recommendations on defenders by State under review",
        [Column("iso3", "ISO3", "code"), *text_columns(label="State under review")],
        lambda p: columns_of_source(study, p, heads),
        [((state, state_cell(state)), state) for state in sorted(received, key=alphabetical_key)],
        cells,
        beside=lambda p: hidden[p.slug],
        unit=RECOMMENDATIONS,
        drawing=Drawing(
            "table",
            "iso3",
            tuple(p.slug for p in study.populations),
            panels=study.only_list is None,
            elsewhere=tuple(elsewhere),
        ),
        notes=(
            "In alphabetical order: a State reviewed twice could receive more than one reviewed "
            "once, and the number says what others raised, not how a State treats defenders.",
            "A State that is not listed was not reviewed in what the sources hold, or was reviewed "
            "and received none on defenders.",
            KNOWN,
        ),
    )
    finding = say_for_each_list(study, finding, receiver_sentences)
    return draw_several_rows(finding, "map")


def _received_by(
    study: UprStudy, p: Population, state: str, reviews: int, hidden: list[Content]
) -> Row:
    """Cells of one State under review; counts that the table does not show go to ``hidden``."""
    where, stem = {"state_iso3": state}, f"receiving.{state.lower()}"
    said = f"received by {short_name(state)}"
    counts = count_in_both_units(ON_DEFENDERS, stem, f"on defenders, {said}", where)
    shares = share_supported_in_both_units(ON_DEFENDERS, stem, where, said)
    held = measured_claim(
        p,
        f"{stem}.reviews",
        reviews,
        "review",
        f"reviews of {short_name(state)} that the source holds",
        "computed",
    )
    supported = count_of(
        RECOMMENDATIONS + ON_DEFENDERS,
        f"{stem}.recommendations.supported",
        f"{said}, supported",
        {**where, **SUPPORTED},
    )
    hidden += [supported, shares[1]]
    if is_tagged(p):
        hidden.append(
            share_supported(
                RECOMMENDATIONS,
                f"{stem}.tagged.recommendations",
                {**where, **TAGGED},
                f"tagged by the source, {said}",
            )
        )
    texts = study.frame(p, RECOMMENDATIONS + ON_DEFENDERS)
    is_unknown = has_no_known_position(texts[match_rows(texts, where)])
    hidden.append(counts[1])
    return counts[0], held, NOT_KNOWN if is_unknown else supported, shares[0]
