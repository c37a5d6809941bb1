"""UPR: how far the coding can be trusted; the annex on quality."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.stats.agreement import LEAST_CLUSTERS, measure_agreement
from hrdresearch.studies.upr.counts import Counts, cell, named
from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.reference import reference_path

if TYPE_CHECKING:
    from hrdresearch.studies.upr.basis import UprStudy

TRAINED = ("A model was trained on labels; where these are rows of the same source, the agreement of "
           "the action category is too good.")  # fmt: skip
LANGUAGES = {"en": "English", "fr": "French", "es": "Spanish"}


def coding(study: UprStudy) -> Finding:
    """Agreement of rules with the source's index, with intervals clustered by State."""
    claims, rows = [], []
    for p in study.populations:
        made = study.all_pairs(p)
        for task, given, labels, positive, words in _tasks(made):
            found = measure_agreement(labels, given, sorted(set(labels) | set(given)), made.frame.loc[
                _asked(made, task), "state_iso3"].tolist(), positive)  # fmt: skip
            keys = ("precision", "recall", "f1") if positive else ("accuracy", "macro_f1")
            for key in keys:
                low, high = found.get("intervals", {}).get(key, (None, None))
                trio = [
                    _measured(made, f"coding.{task}.{key}{end}", value, found["n"],
                              f"{words}: {key.replace('_', ' ')} in per cent{said}")
                    for end, value, said in (("", found[key], ""), (".low", low, ", lower end"),
                                             (".high", high, ", upper end"))
                ]  # fmt: skip
                rows.append(
                    [
                        *([] if study.only_list else [named(p.title)]),
                        named(words),
                        named(key.replace("_", " ").replace("f1", "F1")),
                        *trio,
                    ]
                )
        claims += made.claims
    return study.finding(
        "coding", "Agreement of the coding with the source's own index",
        [*([] if study.only_list else [Column("source", "Source", "label")]),
         Column("label", "Code", "label"), Column("measure", "Measure", "label"),
         Column("value", "Per cent"), Column("low", "from"), Column("high", "to")],
        rows, claims, unit="pairs",
        notes=("Agreement with an index is agreement, not truth: the index has noise of its own, and "
               "the rules were written with its sessions 1 to 17 in view. Intervals: 95 per cent, "
               f"States drawn with replacement; none over fewer than {LEAST_CLUSTERS} States.",
               *([TRAINED] if study.is_modelled else [])),
    )  # fmt: skip


def elsewhere(study: UprStudy) -> Finding:
    """Agreement that this project measured; it stands beside sources that have no index."""
    table = pd.read_csv(reference_path("upr_coding_quality.csv"), dtype=str)
    claims, rows = [], []
    for record in table.to_dict("records"):
        stem = f"quality.{record['task']}.{record['measure']}".lower().replace(" ", "_")
        cells = [named(record["task"]), named(record["measure"])]
        for key in ("per_cent", "low", "high"):
            claim = Claim(
                f"{stem}.{key}", float(record[key]), "per_cent", None, record[key],
                f"{record['task']}, {record['measure']} ({key}): {record['measured_on']}",
                measure="published",
            )  # fmt: skip
            claims.append(claim)
            cells.append(cell(claim))
        rows.append([*cells, named(record["measured_on"])])
    finding = study.finding(
        "quality_elsewhere", "Agreement of the rules with an index, as this project measured it",
        [Column("label", "Code", "label"), Column("measure", "Measure", "label"),
         Column("value", "Per cent"), Column("low", "from"), Column("high", "to"),
         Column("on", "Measured on", "label")],
        rows, claims, unit="pairs", period="sessions 15–17",
        notes=("Quality measured on one kind of material says little about another.",),
    )  # fmt: skip
    return replace(finding, sources=())  # measured by this project, on no source of the report


def languages(study: UprStudy) -> Finding:
    """Languages of the texts, and whether their vocabulary was validated."""
    told = vocabulary("upr_concern")["languages"]
    claims, rows = [], []
    for p in study.populations:
        texts, ours = study.all_recommendations(p), study.defender_recommendations(p)
        for code, name in LANGUAGES.items():
            where = {"language_code": code}
            n = texts.count(f"languages.{code}", f"in {name}", where)
            if not n.value:
                continue
            on = ours.count(f"languages.{code}.hrd", f"on defenders, in {name}", where)
            rows.append(
                [named(p.title), named(name), cell(n), cell(on), named(told[code]["status"])]
            )
        claims += [*texts.claims, *ours.claims]
    return study.finding(
        "languages", "Languages of the texts, as recognized, and their vocabularies",
        [Column("source", "Source", "label"), Column("label", "Language", "label"),
         Column("n", "Recommendations"), Column("hrd", "On defenders"),
         Column("status", "Vocabulary", "label")],
        rows, claims, unit="recommendations",
        notes=("A vocabulary is unvalidated until a native practitioner has signed it: its numbers "
               "say what the phrases found, and no more.",),
    )  # fmt: skip


def _measured(made: Counts, name: str, value: float | None, n: int, words: str) -> Cell:
    if value is None:
        return named("no interval")
    claim = made.number(name, round(100 * value, 1), "per_cent", words, rows=n, measure="agreement",
                        text=f"{100 * value:.1f}")  # fmt: skip
    return cell(claim)


def _tasks(made: Counts) -> list[tuple[str, list[str], list[str], str | None, str]]:
    """Task, codes given, labels, positive class and words, where the source has labels."""
    out: list[tuple[str, list[str], list[str], str | None, str]] = []
    for task in ("defenders", "action"):
        rows: Any = made.frame[_asked(made, task)]
        if rows.empty:
            continue
        if task == "defenders":
            given = (rows["concern_code"] == "explicit").map({True: "yes", False: "no"})
            out.append((task, given.tolist(), rows["is_source_tagged"].tolist(), "yes",
                        "Explicitly on defenders"))  # fmt: skip
        else:
            out.append((task, rows["action_code"].tolist(), rows["source_action_code"].tolist(),
                        None, "Action category"))  # fmt: skip
    return out


def _asked(made: Counts, task: str) -> Any:
    column = "is_source_tagged" if task == "defenders" else "source_action_code"
    return made.frame[column] != "not_asked"
