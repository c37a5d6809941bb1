"""UPR: positions of States under review, and supported recommendations that are not specific.

The numbers are told once more without the States that received many recommendations on defenders.
"""

from __future__ import annotations

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Finding
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    Share,
    code_cell,
    column_heads,
)
from hrdresearch.studies.upr.clustered_intervals import INTERVALS, supported_with_interval
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import (
    ALL,
    CLUSTER,
    KNOWN,
    NOT_IMPLEMENTED,
    ON_DEFENDERS,
    PAIRS,
    POSITION_KNOWN,
    RECOMMENDATIONS,
    SUPPORTED,
    RowsAndHidden,
    category_column,
    count_in_both_units,
    count_of,
    filter_implicit,
    share_supported,
    share_supported_in_both_units,
    shares_in_both_units,
    table_by_source,
)
from hrdresearch.studies.upr.gap_to_others import GAP, gap_to_others
from hrdresearch.studies.upr.printed_tables import only_side_by_side
from hrdresearch.studies.upr.sentences_by_list import say_for_each_list
from hrdresearch.studies.upr.sentences_on_answers import response_sentences, unspecific_sentences
from hrdresearch.tables import match_rows
from hrdresearch.vocab import codes, label

MANY = 10  # recommendations on defenders with a known position, to one State
WHY = "A difference between the shares on defenders and on all subjects does not say why."


def responses(study: UprStudy) -> Finding:
    """Positions of States on recommendations on defenders, and on all recommendations."""
    finding = table_by_source(
        study,
        "responses",
        "Positions on recommendations on defenders",
        column_heads(
            "Position",
            hrd="On defenders",
            all="All subjects",
        ),
        _responses_of_source,
        empty="drop rows",
        unit=RECOMMENDATIONS,
        notes=(KNOWN, INTERVALS, GAP, NOT_IMPLEMENTED, WHY),
    )
    return say_for_each_list(study, finding, response_sentences)


def _responses_of_source(study: UprStudy, p: Population) -> RowsAndHidden:
    rows: list[Row] = []
    hidden: list[Content] = []
    for code in codes("upr_response"):
        where, said = {"response_code": code}, label("upr_response", code)
        ours = count_in_both_units(
            ON_DEFENDERS, f"responses.{code}", f"on defenders: {said}", where
        )
        every = count_in_both_units(ALL, f"responses.all.{code}", f"all: {said}", where)
        rows.append((code_cell("upr_response", code), ours[0], every[0]))
        hidden += [ours[1], every[1]]
    own = share_supported_in_both_units(ON_DEFENDERS, "responses.hrd", {}, "on defenders")
    rest = share_supported_in_both_units(ALL, "responses.every", {}, "all")
    rows.append(("Supported, per cent of known", own[0], rest[0]))
    ends = [
        supported_with_interval(
            study.rows_counted(p, RECOMMENDATIONS + subject),
            f"responses.{key}.interval",
            {},
            words,
        )
        for subject, key, words in ((ON_DEFENDERS, "hrd", "on defenders"), (ALL, "every", "all"))
    ]
    if any(low.status == "shown" for _, low, _ in ends):
        for at, said in ((1, "95 per cent interval, from"), (2, "to")):
            rows.append((said, *(end[at] for end in ends)))
    implicit = share_supported(
        RECOMMENDATIONS,
        "responses.implicit.recommendations",
        filter_implicit(p),
        "implicitly on defenders",
    )
    drafts = count_of(
        PAIRS,
        "responses.draft",
        "with a position in a draft of the Working Group, interim",
        {"position_status_code": "draft"},
    )
    gap = gap_to_others(study.rows_counted(p, RECOMMENDATIONS))
    return rows, [
        *hidden,
        own[1],
        rest[1],
        drafts,
        implicit,
        *gap,
        *claims_without_many(study, p, "responses.hrd.recommendations"),
        *(claim for end in ends for claim in end),
    ]


def unspecific(study: UprStudy) -> Finding:
    """Recommendations on defenders: supported or noted, by whether they are specific."""
    finding = table_by_source(
        study,
        "unspecific",
        "Supported, but not specific",
        column_heads(
            "Source",
            supported="Supported",
            vague="Supported, not specific",
            share="Per cent",
            noted="Specific, noted",
        ),
        _unspecific_of_source,
        names_lists=True,
        empty="drop rows",
        unit=RECOMMENDATIONS,
        notes=(NOT_IMPLEMENTED,),
    )
    return only_side_by_side(say_for_each_list(study, finding, unspecific_sentences))


def _unspecific_of_source(_: UprStudy, p: Population) -> RowsAndHidden:
    column, texts = category_column(p), RECOMMENDATIONS + ON_DEFENDERS
    whole = count_in_both_units(
        ON_DEFENDERS, "unspecific.supported", "on defenders, supported", SUPPORTED
    )
    vague = count_in_both_units(
        ON_DEFENDERS,
        "unspecific.pairs",
        "on defenders, supported, but not specific (1 to 4)",
        {**SUPPORTED, category_column(p): list("1234")},
    )
    noted = count_in_both_units(
        ON_DEFENDERS,
        "unspecific.noted_specific",
        "on defenders, specific and noted",
        {"response_code": "noted", category_column(p): "5"},
    )
    shares = shares_in_both_units(
        "unspecific", vague, whole, "supported on defenders that are not specific, in per cent"
    )
    row = (p.title, whole[0], vague[0], shares[0], noted[0])
    none_specific = {column: list("1234")}
    hidden: list[Content] = [*shares, noted[1]]
    for key, words, where in (("all", "", {}), ("noted", ", noted", {"response_code": "noted"})):
        of = count_of(texts, f"unspecific.{key}.of", f"on defenders{words}", where)
        part = count_of(
            texts, f"unspecific.{key}.part", f"not specific{words}", {**where, **none_specific}
        )
        hidden.append(
            Share(part, of, f"not specific{words}, in per cent", f"unspecific.{key}.share")
        )
    return [row], [*hidden, count_of(texts, "unspecific.specific", "specific", {column: "5"})]


def claims_without_many(study: UprStudy, p: Population, stem: str) -> list[Content]:
    """Claims on the States that received ten recommendations on defenders or more, and on the others.

    ``.many``: number of these States; ``.many.every`` and ``.many.none``: those that supported all or none;
    ``.rest``: share supported by the other States. States are chosen by what they received, never by what
    they answered. Empty where one of the two groups is empty.
    """
    texts = study.frame(p, RECOMMENDATIONS + ON_DEFENDERS)
    known = texts[match_rows(texts, POSITION_KNOWN)]
    shares = match_rows(known, SUPPORTED).groupby(known[CLUSTER]).agg(["size", "mean"])
    many = shares[shares["size"] >= MANY]
    rest = sorted(map(str, shares.index.difference(many.index)))
    if many.empty or not rest:
        return []
    said = f"States that received {MANY} or more on defenders with a known position"
    numbers = (
        ("many", len(many), said),
        ("many.every", int(many["mean"].eq(1).sum()), f"{said}: supported all"),
        ("many.none", int(many["mean"].eq(0).sum()), f"{said}: supported none"),
    )
    return [
        *(
            measured_claim(p, f"{stem}.{key}", number, "state", words, "computed")
            for key, number, words in numbers
        ),
        share_supported(
            RECOMMENDATIONS + ON_DEFENDERS,
            f"{stem}.rest",
            {CLUSTER: rest},
            "received by the other States",
        ),
    ]
