"""UPR: action categories of recommendations, how specific they are, and published figures."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from hrdresearch.findings.empty_cells import NOT_ASKED, NOT_KNOWN
from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Finding
from hrdresearch.findings.publication_limits import FEWEST_KNOWN
from hrdresearch.studies.shapes.count_tables import (
    Content,
    Row,
    Share,
    column_heads,
)
from hrdresearch.studies.shapes.published import published_number
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import (
    ALL,
    KNOWN,
    ON_DEFENDERS,
    PAIRS,
    RECOMMENDATIONS,
    SUPPORTED,
    RowsAndHidden,
    category_column,
    count_in_both_units,
    count_of,
    has_no_known_position,
    share_supported_in_both_units,
    shares_in_both_units,
    table_by_source,
)
from hrdresearch.studies.upr.gap_to_others import GAP, gap_to_others
from hrdresearch.studies.upr.sentences_by_list import say_for_each_list
from hrdresearch.studies.upr.sentences_on_answers import (
    SESSIONS,
    category_sentences,
    first_five_sentences,
    specificity_sentences,
)
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.reference import reference_path

BY_RULES = "Categories of E. McMahon: by the source where it codes them, else by the rules of this project."
BY_MODEL = (
    "Categories of E. McMahon: by the source where it codes them, else by a trained model where it "
    "is sure, else by the rules of this project."
)
CATEGORIES = ("1", "2", "3", "4", "5")
FIRST_FIVE = {"session": {"from": 1, "to": 5}}


def by_category(study: UprStudy) -> Finding:
    """Recommendations by action category: number and share supported, on defenders and on all subjects."""
    finding = table_by_source(
        study,
        "by_category",
        "Recommendations on defenders by action category",
        column_heads(
            "Action category",
            recommendations="On defenders",
            share="Per cent",
            supported="Supported",
            supported_share="Supported, per cent",
            all="All subjects: supported, per cent",
        ),
        _categories_of_source,
        unit=RECOMMENDATIONS,
        notes=(BY_MODEL if study.is_modelled else BY_RULES, GAP, KNOWN),
    )
    return say_for_each_list(study, finding, category_sentences)


def _categories_of_source(study: UprStudy, p: Population) -> RowsAndHidden:
    rows: list[Row] = []
    whole = count_in_both_units(ON_DEFENDERS, "by_category.of", "on defenders, all categories", {})
    texts = study.rows_counted(p, RECOMMENDATIONS)
    hidden: list[Content] = [*whole, *(gap for c in "45" for gap in gap_to_others(texts, c))]
    used = set(study.frame(p, PAIRS + ON_DEFENDERS)[category_column(p)])
    is_unknown = has_no_known_position(study.frame(p, RECOMMENDATIONS + ON_DEFENDERS))
    for code in codes("upr_action"):
        stem, where, said = (
            f"by_category.{code}",
            {category_column(p): code},
            label("upr_action", code),
        )
        is_category = code in CATEGORIES
        words = f"category {code}" if is_category else said.lower()
        ours = count_in_both_units(ON_DEFENDERS, stem, f"on defenders, {words}", where)
        if not is_category and code not in used:
            hidden += ours
            continue
        share = Share(
            ours[0],
            whole[0],
            f"{words}, in per cent of those on defenders",
            f"{stem}.recommendations.share",
        )
        own = share_supported_in_both_units(
            ON_DEFENDERS, f"{stem}.hrd", where, f"on defenders, {words}"
        )
        rest = share_supported_in_both_units(ALL, f"{stem}.all", where, f"all, {words}")
        title = f"{code}. {said}" if is_category else said
        supported = NOT_KNOWN if is_unknown else own[0].part
        rows.append((title, ours[0], share, supported, own[0], rest[0]))
        of_pairs = Share(ours[1], whole[1], f"{words}, in per cent of pairs on defenders")
        hidden += [ours[1], own[1], of_pairs, rest[1]]
    return rows, hidden


def specificity(study: UprStudy) -> Finding:
    """Share of category 5 by groups of sessions: by the source, by our rules, on defenders."""
    finding = table_by_source(
        study,
        "specificity",
        "Specific action (category 5) over sessions",
        column_heads(
            "Sessions",
            recommendations="All recom.",
            published="Category 5 by the source, per cent",
            rules="by this draft, per cent",
            hrd_of="Recom. on defenders",
            hrd="Category 5, per cent",
        ),
        _specificity_of_source,
        unit="recommendations",
        notes=(
            "States under review differ from session to session; the shares describe what was "
            "recommended and no trend in States' conduct. No share is given of fewer than "
            f"{FEWEST_KNOWN} recommendations.",
        ),
    )
    return say_for_each_list(study, finding, specificity_sentences)


def _specificity_of_source(_: UprStudy, p: Population) -> RowsAndHidden:
    rows: list[Row] = []
    hidden: list[Content] = []
    is_coded = (p.frame["source_action_code"] != "not_asked").any()
    for first, after in pairwise(SESSIONS):
        last = after - 1
        where = {"session": {"from": first, "to": last}}
        stem, said = f"specificity.{first}_{last}", f"sessions {first} to {last}"
        whole = count_in_both_units(ALL, f"{stem}.pairs", said, where)
        hidden += whole
        held = p.frame["session"].dropna()
        held = held[held.between(first, last)]
        if held.empty:
            continue
        words = f"category 5, in per cent, {said}"
        shares = {}
        for subject, key, column in (
            (ALL, "rules", "action_code"),
            (ON_DEFENDERS, "hrd", category_column(p)),
        ):
            of = count_in_both_units(subject, f"{stem}.{key}.of", said, where)
            part = count_in_both_units(
                subject, f"{stem}.{key}.5", f"category 5, {said}", {**where, column: "5"}
            )
            shares[key] = shares_in_both_units(f"{stem}.{key}", part, of, words)
        published: Content = NOT_ASKED
        if is_coded:
            of = count_in_both_units(
                ALL,
                f"{stem}.source.of",
                f"{said}, coded by the source",
                {**where, "source_action_code": list(CATEGORIES)},
            )
            part = count_in_both_units(
                ALL,
                f"{stem}.source.5",
                f"{said}, category 5 by the source",
                {**where, "source_action_code": "5"},
            )
            published, pairs = shares_in_both_units(
                stem, part, of, f"category 5 by the source, {said}"
            )
            hidden.append(pairs)
        low, high = int(held.min()), int(held.max())
        rules, ours = shares["rules"], shares["hrd"]
        sessions = str(low) if low == high else f"{low}–{high}"
        rows.append((sessions, whole[0], published, rules[0], ours[0].whole, ours[0]))
        hidden += [rules[1], ours[1]]
    return rows, hidden


def first_five(study: UprStudy) -> Finding:
    """Acceptance by category in sessions 1 to 5, compared with McMahon's published shares."""
    finding = table_by_source(
        study,
        "first_five",
        "Acceptance by category in the first five sessions, beside published figures",
        column_heads(
            "Action category",
            n="Pairs",
            accepted="Accepted",
            share="Per cent",
            pub_n="Published: all",
            pub_accepted="Published: accepted",
            pub_share="Published: per cent",
        ),
        _first_five_of_source,
        names_lists=True,
        unit="pairs",
        period="sessions 1–5",
        notes=(
            "In pairs, the unit of the published figures: E. McMahon, Herding Cats and Sheep (July "
            "2010), tables 7 and 8.",
        ),
    )
    return say_for_each_list(study, finding, first_five_sentences)


def _first_five_of_source(study: UprStudy, p: Population) -> RowsAndHidden:
    """Rows of a source that holds all five sessions, in a report on all States; else none."""
    first = p.frame[p.frame["session"].le(5).fillna(False)]
    is_coded = (first["source_action_code"] != "not_asked").any()
    if not is_coded or first["session"].nunique() < 5 or study.scope.filter:
        return [], []
    rows: list[Row] = []
    published = pd.read_csv(reference_path("upr_mcmahon_2010.csv"), dtype=str)
    for record in published.to_dict("records"):
        code = str(record["category"])
        where = {**FIRST_FIVE, "source_action_code": code}
        words = f"category {code}, sessions 1 to 5"
        n = count_of(PAIRS, f"first_five.{code}.pairs", words, where)
        accepted = count_of(
            PAIRS,
            f"first_five.{code}.accepted",
            f"accepted, category {code}",
            {**where, **SUPPORTED},
        )
        share = Share(accepted, n, f"accepted, {words}, in per cent", f"first_five.{code}.share")
        figures = [
            published_number(
                f"published.mcmahon_{code}.{key}",
                int(record[column]),
                unit,
                f"Published, category {code}: {record['citation']}",
            )
            for key, column, unit in (
                ("recommendations", "recommendations", "pair"),
                ("accepted", "accepted", "pair"),
                ("share", "accepted_per_cent", "per_cent"),
            )
        ]
        rows.append((f"{code}. {label('upr_action', code)}", n, accepted, share, *figures))
    return rows, []
