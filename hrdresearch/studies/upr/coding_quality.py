"""UPR: how far the coding can be trusted; the annex on quality."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from hrdresearch.findings.empty_cells import NO_INTERVAL, NO_SHARE
from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Column, Finding
from hrdresearch.findings.sentences import ListSentences, claim_tag
from hrdresearch.stats.agreement import LEAST_CLUSTERS, measure_agreement
from hrdresearch.studies.shapes.count_tables import Content, Row, content_cell, text_columns
from hrdresearch.studies.shapes.published import published_number
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import (
    ON_DEFENDERS,
    RECOMMENDATIONS,
    RowsAndHidden,
    count_of,
    table_by_source,
)
from hrdresearch.studies.upr.sentences_by_list import NumbersOfList, say_for_each_list
from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.reference import reference_path

TRAINED = (
    "A model was trained on labels; where these are rows of the same source, the agreement of "
    "the action category is too good."
)
LANGUAGES = {"en": "English", "fr": "French", "es": "Spanish"}
MEASURES = [
    *text_columns(label="Code", measure="Measure"),
    Column("value", "Per cent"),
    Column("low", "from"),
    Column("high", "to"),
]


def coding(study: UprStudy) -> Finding:
    """Agreement of rules with the source's index, with intervals clustered by State."""
    finding = table_by_source(
        study,
        "coding",
        "Agreement of the coding with the source's own index",
        MEASURES,
        _agreement_of_source,
        unit="pairs",
        notes=(
            "Agreement with an index is agreement, not truth: the index has noise of its own, and "
            "the rules were written with its sessions 1 to 17 in view. Intervals: 95 per cent, "
            f"States drawn with replacement; none over fewer than {LEAST_CLUSTERS} States.",
            *([TRAINED] if study.is_modelled else []),
        ),
    )
    return say_for_each_list(study, finding, _coding_sentences)


def _coding_sentences(n: NumbersOfList) -> list[ListSentences]:
    return [
        n.say(
            f"Of the pairs that {n.p.name_in_prose} tags, the rules of this draft find "
            "<coding.defenders.recall>; of those that the rules find, <coding.defenders.precision> are "
            "tagged; the action category agrees in <coding.action.accuracy>."
        ),
    ]


def _agreement_of_source(_: UprStudy, p: Population) -> RowsAndHidden:
    """Rows of both tasks, the concern with defenders and the action category, where labelled."""
    is_explicit = (p.frame["concern_code"] == "explicit").map({True: "yes", False: "no"})
    rows: list[Row] = []
    for task, words, column, given, positive in (
        ("defenders", "Explicitly on defenders", "is_source_tagged", is_explicit, "yes"),
        ("action", "Action category", "source_action_code", p.frame["action_code"], None),
    ):
        is_labelled = p.frame[column] != "not_asked"
        if is_labelled.any():
            labelled = p.frame[is_labelled]
            labels, codes = labelled[column].tolist(), given[is_labelled].tolist()
            found = measure_agreement(
                labels,
                codes,
                sorted({*labels, *codes}),
                labelled["state_iso3"].tolist(),
                positive,
            )
            keys = ("precision", "recall", "f1") if positive else ("accuracy", "macro_f1")
            rows += [_row_of_measure(p, f"coding.{task}", words, key, found) for key in keys]
    return rows, []


def _row_of_measure(p: Population, stem: str, words: str, key: str, found: dict[str, Any]) -> Row:
    """One measure of agreement with its interval, in per cent with one decimal."""
    low, high = found.get("intervals", {}).get(key, (None, None))
    measure = key.replace("_", " ")
    cells: list[Content] = [
        (NO_INTERVAL if end else NO_SHARE)
        if value is None
        else measured_claim(
            p,
            f"{stem}.{key}{end}",
            round(100 * value, 1),
            "per_cent",
            f"{words}: {measure} in per cent{said}",
            "agreement",
            text=f"{100 * value:.1f}",
            rows=found["n"],
        )
        for end, value, said in (
            ("", found[key], ""),
            (".low", low, ", lower end"),
            (".high", high, ", upper end"),
        )
    ]
    return words, measure.replace("f1", "F1"), *cells


def coding_elsewhere(study: UprStudy) -> Finding:
    """Agreement that this project measured, for reports on sources that have no index."""
    table = pd.read_csv(reference_path("upr_coding_quality.csv"), dtype=str)
    claims, rows = [], []
    for record in table.to_dict("records"):
        task, measure, measured_on = record["task"], record["measure"], record["measured_on"]
        stem = f"quality.{task}.{measure}".lower().replace(" ", "_")
        numbers = [
            published_number(
                f"{stem}.{key}",
                float(record[key]),
                "per_cent",
                f"{task}, {measure} ({key}): {measured_on}",
                record[key],
            )
            for key in ("per_cent", "low", "high")
        ]
        claims += numbers
        rows.append([content_cell(c, {}) for c in (task, measure, *numbers, measured_on)])
    first = claims[0]
    task, measure = str(table["task"].iloc[0]), str(table["measure"].iloc[0])
    finding = study.finding(
        "quality_elsewhere",
        "Agreement of the rules with an index, as this project measured it",
        [*MEASURES, *text_columns(on="Measured on")],
        rows,
        claims,
        unit="pairs",
        period="sessions 15–17",
        statements=(
            f"On other material this project measured {claim_tag(first)} for the {measure} of "
            f"“{task}”; the table gives every measure with its interval.",
        ),
        notes=("Quality measured on one kind of material says little about another.",),
    )
    return replace(finding, sources=())  # measured by this project, on no source of the report


def languages(study: UprStudy) -> Finding:
    """Languages of the texts, and whether their vocabulary was validated."""
    finding = table_by_source(
        study,
        "languages",
        "Languages of the texts, as recognized, and their vocabularies",
        [
            *text_columns(source="Source", label="Language"),
            Column("n", "Recommendations"),
            Column("hrd", "On defenders"),
            *text_columns(status="Vocabulary"),
        ],
        _languages_of_source,
        names_lists=True,
        unit="recommendations",
        notes=(
            "A vocabulary is unvalidated until a native practitioner has signed it: its numbers "
            "say what the phrases found, and no more.",
        ),
    )
    return say_for_each_list(study, finding, _languages_sentences)


def _languages_sentences(n: NumbersOfList) -> list[ListSentences]:
    items = [
        f"<languages.{code}> <languages.{code}|agree:is:are> in {language}"
        for code, language in LANGUAGES.items()
        if n.has(f"languages.{code}")
    ]
    return [n.say_listed(f"Of the texts in {n.p.name_in_prose}, by their words, ", items)]


def _languages_of_source(study: UprStudy, p: Population) -> RowsAndHidden:
    used = set(study.frame(p, RECOMMENDATIONS)["language_code"])
    status = vocabulary("upr_concern")["status"]
    rows: list[Row] = []
    hidden: list[Content] = []
    for code, language in LANGUAGES.items():
        where, stem = {"language_code": code}, f"languages.{code}"
        count = count_of(RECOMMENDATIONS, stem, f"in {language}", where)
        hidden.append(count)
        if code in used:
            ours = count_of(
                RECOMMENDATIONS + ON_DEFENDERS, f"{stem}.hrd", f"on defenders, in {language}", where
            )
            rows.append((p.title, language, count, ours, status[code]))
    return rows, hidden
