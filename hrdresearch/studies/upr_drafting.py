"""UPR: what a drafting State can learn (para. 70), and how far the coding can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hrdresearch.findings.model import Cell, Claim, Column, Drawing, Finding
from hrdresearch.stats.agreement import measures
from hrdresearch.studies.upr_counts import ANSWERED, Counts, cell, named
from hrdresearch.vocab import codes, label

if TYPE_CHECKING:
    from hrdresearch.studies.upr import Upr

KNOWN = {"response_code": list(ANSWERED)}
FEWEST = 10  # a kind with fewer recommendations is not shown as a rate


def drafting(study: Upr) -> Finding:
    """Share supported by kind of request and by category, with intervals clustered by State."""
    claims, rows = [], []
    for p in study.populations:
        texts = study.defender_recommendations(p)
        kinds = [("ask", code, {"ask_codes": code}, label("upr_ask", code))
                 for code in codes("upr_ask")]  # fmt: skip
        kinds += [
            (
                "category",
                code,
                {"action_code": code},
                f"Category {code}: {label('upr_action', code)}",
            )
            for code in "2345"
        ]
        for axis, code, where, said in kinds:
            stem = f"drafting.{axis}_{code}"
            n = texts.count(f"{stem}.answered", f"on defenders, {said}, with a known position",
                            {**where, **KNOWN})  # fmt: skip
            if int(n.value or 0) < FEWEST:
                continue
            share, low, high, _ = texts.clustered(
                stem, {**where, **KNOWN}, {"response_code": "supported"}, f"{said}: supported"
            )
            rows.append(
                [
                    *([] if study.one else [named(p.title)]),
                    named(said),
                    *map(cell, (n, share, low, high)),
                    _both(texts, where, stem, said, n),
                    _implementation(texts, where, stem),
                ]
            )
        claims += texts.claims
    columns = [
        *([] if study.one else [Column("source", "Source", "label")]),
        Column("label", "Kind of recommendation", "label"), Column("n", "With a known position"),
        Column("share", "Supported, per cent"), Column("low", "95 per cent interval: from"),
        Column("high", "to"), Column("both", "Supported and specific, per cent"),
        Column("implemented", "Implemented at mid-term"),
    ]  # fmt: skip
    return study.finding(
        "drafting", "Kinds of recommendation on defenders: supported, and specific", columns, rows,
        claims, unit="recommendations",
        drawing=Drawing("intervals" if study.one and len(rows) > 1 else "table", "label",
                        ("share", "low", "high")),
        notes=("Recommendations to one State are not independent: intervals are clustered by State "
               "under review. A kind is no cause: States choose what to ask of whom.",
               f"Kinds with fewer than {FEWEST} recommendations are left out. A recommendation may "
               "ask for several things. Supported is not implemented."),
    )  # fmt: skip


def coding(study: Upr) -> Finding:
    """Agreement of rules with the source's index, with intervals clustered by State."""
    claims, rows = [], []
    for p in study.populations:
        made = study.all_pairs(p)
        for task, given, labels, positive, words in _tasks(made):
            found = measures(labels, given, sorted(set(labels) | set(given)), made.frame.loc[
                _asked(made, task), "state_iso3"].tolist(), positive)  # fmt: skip
            keys = ("precision", "recall", "f1") if positive else ("accuracy", "macro_f1")
            for key in keys:
                low, high = found["intervals"][key]
                trio = [
                    made.number(f"coding.{task}.{key}{end}", round(100 * value, 1), "per_cent",
                                f"{words}: {key.replace('_', ' ')} in per cent{said}",
                                rows=found["n"], measure="agreement", text=f"{100 * value:.1f}")
                    for end, value, said in (("", found[key], ""), (".low", low, ", lower end"),
                                             (".high", high, ", upper end"))
                ]  # fmt: skip
                rows.append(
                    [
                        *([] if study.one else [named(p.title)]),
                        named(words),
                        named(key.replace("_", " ").replace("f1", "F1")),
                        *map(cell, trio),
                    ]
                )
        claims += made.claims
    return study.finding(
        "coding", "Agreement of the coding with the source's own index",
        [*([] if study.one else [Column("source", "Source", "label")]),
         Column("label", "Code", "label"), Column("measure", "Measure", "label"),
         Column("value", "Per cent"), Column("low", "from"), Column("high", "to")],
        rows, claims, unit="pairs",
        notes=("Agreement with an index is agreement, not truth: the index has noise of its own, and "
               "the rules were written with its sessions 1 to 17 in view. Intervals: 95 per cent, "
               "States drawn with replacement.",
               "English only. The French and Spanish vocabularies are unvalidated: no native "
               "practitioner has signed them."),
    )  # fmt: skip


def _both(texts: Counts, where: dict[str, Any], stem: str, said: str, n: Claim) -> Cell:
    """Supported and specific, in per cent; a category other than 5 is never specific."""
    if where.get("action_code", "5") != "5":
        return Cell(text="not specific")
    both = texts.count(f"{stem}.both", f"{said}: supported and specific (category 5)",
                       {**where, "response_code": "supported", "action_code": "5"})  # fmt: skip
    return cell(
        texts.share(f"{stem}.both.share", both, n, f"{said}: supported and specific, in per cent")
    )


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


def _implementation(texts: Counts, where: dict[str, Any], stem: str) -> Cell:
    """Implemented of those with a mid-term record, else "not known"."""
    known = {"implementation_code": ["implemented", "partly", "not_implemented"]}
    if not (texts.frame["implementation_code"] != "not_known").any():
        return Cell(text="not known")
    n = texts.count(f"{stem}.midterm", "with a mid-term record", {**where, **known})
    done = texts.count(f"{stem}.implemented", "implemented by a mid-term record",
                       {**where, "implementation_code": "implemented"})  # fmt: skip
    if not n.value:
        return Cell(text="not known")
    return cell(
        texts.share(
            f"{stem}.implemented.share",
            done,
            n,
            "implemented, in per cent of those with a mid-term record",
        )
    )
