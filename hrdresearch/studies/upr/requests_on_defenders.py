"""UPR: what is asked on defenders, of which defenders, and what is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Drawing, Finding
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    code_cell,
    column_heads,
    text_columns,
)
from hrdresearch.studies.shapes.side_by_side_tables import columns_side_by_side
from hrdresearch.studies.upr.counts import (
    BOTH_UNITS,
    KNOWN,
    NOT_IMPLEMENTED,
    ON_DEFENDERS,
    PAIRS,
    RECOMMENDATIONS,
    RowsAndHidden,
    columns_of_source,
    count_in_both_units,
    count_of,
    share_supported,
    share_supported_in_both_units,
    table_by_source,
)
from hrdresearch.studies.upr.sentences_by_list import say_for_each_list
from hrdresearch.studies.upr.sentences_on_answers import (
    CHANGES,
    FOR_READING,
    defenders_said,
    repeats_said,
    requests_said,
)
from hrdresearch.studies.upr.source_index import TAGGED
from hrdresearch.tables import select
from hrdresearch.vocab import codes, label

if TYPE_CHECKING:
    from hrdresearch.studies.upr.counted_rows import UprStudy


def requests(study: UprStudy) -> Finding:
    """What is asked of the State under review on defenders, and how much of it is supported."""
    most: dict[str, int] = {}
    cells: dict[str, dict[str, Row]] = {p.slug: {} for p in study.populations}
    hidden: dict[str, list[Content]] = {p.slug: [] for p in study.populations}
    for p in study.populations:
        texts = study.frame(p, RECOMMENDATIONS + ON_DEFENDERS)
        for code in codes("upr_ask"):
            where, said, stem = {"ask_codes": code}, label("upr_ask", code), f"asks.{code}"
            counts = count_in_both_units(
                ON_DEFENDERS, stem, f"on defenders that ask: {said}", where
            )
            shares = share_supported_in_both_units(ON_DEFENDERS, stem, where, said)
            cells[p.slug][code] = (counts[0], shares[0], counts[1])
            hidden[p.slug].append(shares[1])
            most[code] = max(most.get(code, 0), int(select(texts, where).sum()))
        hidden[p.slug] += _asks_for_reading(p)
    finding = columns_side_by_side(
        study,
        "asks",
        "What recommendations on defenders ask",
        text_columns(label="What is asked"),
        lambda p: columns_of_source(
            study, p, {"": "recommendations", "_s": "supported, per cent", "_p": "pairs"}
        ),
        [
            ((code_cell("upr_ask", code),), code)
            for code in sorted(most, key=lambda code: -most[code])
            if most[code]
        ],
        cells,
        beside=lambda p: hidden[p.slug],
        unit=BOTH_UNITS,
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
    return say_for_each_list(study, finding, requests_said)


def _asks_for_reading(p: Population) -> list[Content]:
    """Release and visits among the texts that the source tags, or else on defenders by our rules."""
    is_tagged = bool((p.frame["is_source_tagged"] != "not_asked").any())
    rows = RECOMMENDATIONS if is_tagged else RECOMMENDATIONS + ON_DEFENDERS
    where = TAGGED if is_tagged else {}
    whole = count_of(rows, "asks.read_for", "in which release and visits were looked for", where)
    return [
        whole,
        *(
            share_supported(
                rows,
                f"asks.for_reading.{code}",
                {**where, "ask_codes": code},
                f"{label('upr_ask', code)}, by words of the text",
            )
            for code in FOR_READING
        ),
    ]


def women(study: UprStudy) -> Finding:
    """Women defenders, and identity and cause: two axes, never merged."""
    finding = table_by_source(
        study,
        "women",
        "Women defenders, identity and cause",
        column_heads(
            "Defenders",
            recommendations="Recom. on defenders",
            supported="Supported, per cent",
            pairs="Pairs",
        ),
        _kinds_of_defenders,
        notes=(
            "Identity is who the defenders are, cause what they work for: two axes, never merged. "
            "Counted where a text on defenders names them; it may name journalists beside "
            "defenders. Most texts say neither, and that is not no.",
            KNOWN,
        ),
    )
    return say_for_each_list(study, finding, defenders_said)


def _kinds_of_defenders(study: UprStudy, p: Population) -> RowsAndHidden:
    texts = study.frame(p, RECOMMENDATIONS + ON_DEFENDERS)
    pairs = study.frame(p, PAIRS + ON_DEFENDERS)
    rights = select(texts, {"cause_codes": "womens_rights"})
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
    ]
    kinds: list[tuple[str, str, dict[str, Any], str]] = [
        ("women.pairs", "women", {"is_women_defenders": True}, "Women defenders")
    ]
    for axis in ("identity", "cause"):
        for code in codes(axis):
            stem, where = f"by_{axis}.{code}", {f"{axis}_codes": code}
            if code not in ("women", "not_recorded") and select(pairs, where).any():
                kinds.append((stem, stem, where, f"{axis.capitalize()}: {label(axis, code)}"))
    rows: list[Row] = []
    for name, stem, where, said in kinds:
        counts = count_in_both_units(ON_DEFENDERS, name, said, where)
        shares = share_supported_in_both_units(ON_DEFENDERS, stem, where, said)
        rows.append((said, counts[0], shares[0], counts[1]))
        hidden.append(shares[1])
    return rows, hidden


def repeats(study: UprStudy) -> Finding:
    """Requests made again in a later cycle, by the answer before and the answer after."""
    finding = table_by_source(
        study,
        "repeats",
        "Requests on defenders made again in a later cycle, and what became of them",
        column_heads("Positions", n="Recommendations"),
        _repeats_of_source,
        empty="drop rows",
        unit="recommendations",
        notes=(
            "Recognized by likeness of the texts, across the sources of the build; States word one "
            "request in many ways, so the numbers are lower bounds.",
            NOT_IMPLEMENTED,
        ),
    )
    return say_for_each_list(study, finding, repeats_said)


def _repeats_of_source(study: UprStudy, p: Population) -> RowsAndHidden:
    texts = study.frame(p, RECOMMENDATIONS + ON_DEFENDERS)
    again = texts[texts["repeat_of"].notna()]
    every = study.build.table(RECOMMENDATIONS).set_index("recommendation_id")["response_code"]
    before = again["repeat_of"].map(every)
    changes = sorted(pair for pair in zip(before, again["response_code"], strict=True) if all(pair))
    rows: list[Row] = []
    for old, new in dict.fromkeys((*CHANGES, *changes)):
        ids = again.loc[(before == old) & (again["response_code"] == new), "recommendation_id"]
        count = count_of(
            RECOMMENDATIONS + ON_DEFENDERS,
            f"repeats.{old}_{new}",
            f"on defenders, asked again: {old}, then {new}",
            {"recommendation_id": ids.tolist()},
        )
        then = label("upr_response", new).lower()
        rows.append((f"{label('upr_response', old)}, asked again, then {then}", count))
    total = count_of(
        RECOMMENDATIONS + ON_DEFENDERS,
        "repeats.recommendations",
        "on defenders, asked before in an earlier cycle",
        {"repeat_of": {"recorded": True}},
    )
    return [*rows, ("All that were asked again", total)], _states_asked_again(study, p)


def _states_asked_again(study: UprStudy, p: Population) -> list[Content]:
    """States asked in a cycle and reviewed in a later one, and those of them asked again.

    By the tag of the source where it tags, else by the rules of this draft.
    """
    is_tagged = bool((p.frame["is_source_tagged"] != "not_asked").any())
    pairs = study.frame(p, PAIRS if is_tagged else PAIRS + ON_DEFENDERS)
    asked = pairs[select(pairs, TAGGED)] if is_tagged else pairs
    first = asked.groupby("state_iso3")["cycle"].min().dropna()
    last_review = study.reviewed_pairs(p).groupby("state_iso3")["cycle"].max()
    last_asked = asked.groupby("state_iso3")["cycle"].max()
    reviewed = first[last_review.reindex(first.index) > first].index
    again = [state for state in reviewed if last_asked[state] > first[state]]
    words = "States with a recommendation on defenders in a cycle and under review in a later one"
    return [
        measured_claim(p, f"repeats.{key}", number, "state", said, "computed")
        for key, number, said in (
            ("reviewed_again", len(reviewed), words),
            ("received_again", len(again), f"{words} that received one again"),
        )
    ]
