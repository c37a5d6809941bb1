"""UPR: what is asked on defenders, and of which defenders."""

from __future__ import annotations

from typing import Any

from hrdresearch.findings.empty_cells import NOT_KNOWN
from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Drawing, Finding
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    Share,
    code_cell,
    column_heads,
    text_columns,
)
from hrdresearch.studies.shapes.side_by_side_tables import columns_side_by_side
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import (
    KNOWN,
    ON_DEFENDERS,
    PAIRS,
    RECOMMENDATIONS,
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
from hrdresearch.studies.upr.sentences_by_list import say_for_each_list
from hrdresearch.studies.upr.sentences_on_requests import (
    SOUGHT,
    defender_sentences,
    request_sentences,
)
from hrdresearch.tables import match_rows
from hrdresearch.vocab import codes, label


def requests(study: UprStudy) -> Finding:
    """What is asked of the State under review on defenders, and how much of it is supported."""
    most: dict[str, int] = {}
    cells: dict[str, dict[str, Row]] = {p.slug: {} for p in study.populations}
    hidden: dict[str, list[Content]] = {p.slug: [] for p in study.populations}
    for p in study.populations:
        texts = study.frame(p, RECOMMENDATIONS + ON_DEFENDERS)
        whole = count_of(
            RECOMMENDATIONS + ON_DEFENDERS, "asks.of", "on defenders, whatever is asked"
        )
        for code in codes("upr_ask"):
            where, said, stem = {"ask_codes": code}, label("upr_ask", code), f"asks.{code}"
            counts = count_in_both_units(
                ON_DEFENDERS, stem, f"on defenders that ask: {said}", where
            )
            shares = share_supported_in_both_units(ON_DEFENDERS, stem, where, said)
            of_all = f"{said}, in per cent of those on defenders"
            cells[p.slug][code] = (counts[0], Share(counts[0], whole, of_all, f"{stem}.share_of_all"),
                                   shares[0])  # fmt: skip
            hidden[p.slug] += [counts[1], shares[1]]
            most[code] = max(most.get(code, 0), int(match_rows(texts, where).sum()))
        hidden[p.slug] += [whole, *_asks_for_reading()]
    finding = columns_side_by_side(
        study,
        "asks",
        "What recommendations on defenders ask",
        text_columns(label="What is asked"),
        lambda p: columns_of_source(
            study, p, {"": "recommendations", "_o": "per cent", "_s": "supported, per cent"}
        ),
        [
            ((code_cell("upr_ask", code),), code)
            for code in sorted(most, key=lambda code: -most[code])
            if most[code]
        ],
        cells,
        beside=lambda p: hidden[p.slug],
        unit=RECOMMENDATIONS,
        drawing=Drawing(
            "bars",
            "label",
            tuple(p.slug for p in study.populations),
            panels=study.only_list is None,
        ),
        notes=(
            "A recommendation may ask for several things; the numbers add up to more than all.",
            KNOWN,
        ),
    )
    return say_for_each_list(study, finding, request_sentences)


def _asks_for_reading() -> list[Content]:
    """Counts of recommendations on defenders that ask for accountability, a visit, or a release."""
    rows = RECOMMENDATIONS + ON_DEFENDERS
    whole = count_of(rows, "asks.read_for", "in which words of what is asked were looked for")
    found: list[Content] = [whole]
    for code in SOUGHT:
        stem, asks = f"asks.for_reading.{code}", {"ask_codes": code}
        words = f"{label('upr_ask', code)}, by words of the text"
        asked = count_of(rows, f"{stem}.asked", f"{words}, whatever the position", asks)
        share = f"{words}: in per cent of those looked through"
        found += [share_supported(rows, stem, asks, words), Share(asked, whole, share)]
    return found


def women(study: UprStudy) -> Finding:
    """Women defenders, and identity and cause: by the words of their texts."""
    finding = table_by_source(
        study,
        "women",
        "Women defenders, identity and cause",
        column_heads(
            "Defenders",
            recommendations="Recommendations",
            supported="Supported",
            share="Per cent",
        ),
        _kinds_of_defenders,
        unit=RECOMMENDATIONS,
        notes=(
            "Identity is who the defenders are, cause what they work for. Counted where a text on "
            "defenders names them; it may name journalists beside defenders. Most texts say neither, "
            "and that is not no.",
            KNOWN,
        ),
    )
    return say_for_each_list(study, finding, defender_sentences)


def _kinds_of_defenders(study: UprStudy, p: Population) -> RowsAndHidden:
    texts = study.frame(p, RECOMMENDATIONS + ON_DEFENDERS)
    pairs, is_unknown = study.frame(p, PAIRS + ON_DEFENDERS), has_no_known_position(texts)
    rights = match_rows(texts, {"cause_codes": "womens_rights"})
    named = texts.loc[texts["is_women_defenders"] | rights, "recommendation_id"]
    hidden: list[Content] = [
        count_of(
            RECOMMENDATIONS + ON_DEFENDERS,
            "women.or_their_rights",
            "that name women defenders or defenders of women's rights",
            {"recommendation_id": named.tolist()},
        ),
        share_supported(
            RECOMMENDATIONS + ON_DEFENDERS,
            "women.or_their_rights",
            {"recommendation_id": named.tolist()},
            "that name women defenders or defenders of women's rights",
        ),
        count_of(RECOMMENDATIONS + ON_DEFENDERS, "women.of", "on defenders"),
        *(_named_in_tagged(study, p) if is_tagged(p) else []),
    ]
    kinds: list[tuple[str, str, dict[str, Any], str]] = [
        ("women.pairs", "women", {"is_women_defenders": True}, "Women defenders")
    ]
    for axis in ("identity", "cause"):
        for code in codes(axis):
            stem, where = f"by_{axis}.{code}", {f"{axis}_codes": code}
            if code not in ("women", "not_recorded") and match_rows(pairs, where).any():
                kinds.append((stem, stem, where, f"{axis.capitalize()}: {label(axis, code)}"))
    rows: list[Row] = []
    for name, stem, where, said in kinds:
        counts = count_in_both_units(ON_DEFENDERS, name, said, where)
        shares = share_supported_in_both_units(ON_DEFENDERS, stem, where, said)
        rows.append((said, counts[0], NOT_KNOWN if is_unknown else shares[0].part, shares[0]))
        hidden += [counts[1], shares[1]]
    return rows, hidden


def _named_in_tagged(study: UprStudy, p: Population) -> list[Content]:
    """Counts of women defenders and of journalists among the recommendations that the source tags."""
    texts = study.frame(p, RECOMMENDATIONS)
    women = texts["is_women_defenders"] | match_rows(texts, {"cause_codes": "womens_rights"})
    named = texts.loc[women & match_rows(texts, TAGGED), "recommendation_id"].tolist()
    whole = count_of(RECOMMENDATIONS, "tagged_names.of", "tagged by the source", TAGGED)
    found: list[Content] = [whole]
    for key, words, where in (
        ("women", "that name women defenders or defenders of women's rights",
         {"recommendation_id": named}),
        ("journalists", "that name journalists or media workers", {"identity_codes": "journalist"}),
    ):  # fmt: skip
        stem, said = f"tagged_names.{key}", f"tagged by the source, {words}"
        asked = count_of(
            RECOMMENDATIONS, f"{stem}.asked", f"{said}, whatever the position", TAGGED | where
        )
        found += [
            share_supported(RECOMMENDATIONS, stem, TAGGED | where, said),
            Share(asked, whole, f"{said}: in per cent of all that are tagged"),
        ]
    return found
