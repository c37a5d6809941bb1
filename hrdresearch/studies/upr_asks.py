"""UPR: what is asked on defenders, of which defenders, and what is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrdresearch.findings.model import Column, Drawing, Finding
from hrdresearch.studies.upr_answers import KNOWN, NOT_IMPLEMENTED
from hrdresearch.studies.upr_counts import FEW, cell, named, source_cells, source_columns
from hrdresearch.vocab import codes, label

if TYPE_CHECKING:
    from hrdresearch.studies.upr import Upr


CHANGES = (("noted", "supported"), ("noted", "noted"), ("supported", "supported"),
           ("supported", "noted"))  # fmt: skip


def asks(study: Upr) -> Finding:
    """What is asked of the State under review on defenders, and how much of it is supported."""
    claims, rows, found = [], [], {}
    for p in study.populations:
        ours = study.defender_pairs(p)
        texts = study.defender_recommendations(p)
        for code in codes("upr_ask"):
            where, said = {"ask_codes": code}, label("upr_ask", code)
            n = ours.count(f"asks.{code}", f"on defenders that ask: {said}", where)
            texts.count(f"asks.{code}.recommendations", f"on defenders that ask: {said}", where)
            own = ours.supported_cell(f"asks.{code}", where, said)
            found[p.slug, code] = (n, own)
        claims += [*ours.claims, *texts.claims]
    order = sorted(codes("upr_ask"), key=lambda c: -max(
        int(found[p.slug, c][0].value or 0) for p in study.populations))  # fmt: skip
    for code in order:
        counts = [found[p.slug, code] for p in study.populations]
        if any(n.value for n, _ in counts):
            cells = [c for n, own in counts for c in (cell(n), own)]
            rows.append([named(label("upr_ask", code), "upr_ask"), *cells])
    columns = [Column("label", "What is asked", "label")]
    for p in study.populations:
        lead = "" if study.one else f"{p.title}: "
        columns += [Column(p.slug, f"{lead}pairs"),
                    Column(f"{p.slug}_s", f"{lead}supported, per cent")]  # fmt: skip
    return study.finding(
        "asks", "What recommendations on defenders ask", columns, rows, claims, unit="pairs",
        drawing=Drawing("bars", "label", tuple(p.slug for p in study.populations),
                        panels=study.one is None),
        notes=("A recommendation may ask for several things; the numbers add up to more than all.",
               KNOWN, FEW),
    )  # fmt: skip


def women(study: Upr) -> Finding:
    """Women defenders, and identity and cause: two axes, never merged."""
    claims, rows = [], []
    for p in study.populations:
        ours = study.defender_pairs(p)
        n = ours.count("women.pairs", "on women defenders", {"is_women_defenders": True})
        own = ours.supported_cell("women", {"is_women_defenders": True}, "on women defenders")
        rows.append([*source_cells(study, p.title), named("Women defenders"), cell(n), own])
        for axis in ("identity", "cause"):
            for code in codes(axis):
                if code in ("women", "not_recorded"):
                    continue
                where = {f"{axis}_codes": code}
                if (
                    not ours.frame[f"{axis}_codes"]
                    .str.split("|")
                    .map(lambda c, k=code: k in c)
                    .any()
                ):
                    continue
                said = f"{axis.capitalize()}: {label(axis, code)}"
                n = ours.count(f"by_{axis}.{code}", said, where)
                own = ours.supported_cell(f"by_{axis}.{code}", where, said)
                rows.append([*source_cells(study, p.title), named(said), cell(n), own])
        claims += ours.claims
    return study.finding(
        "women", "Women defenders, identity and cause",
        [*source_columns(study), Column("label", "Defenders", "label"),
         Column("pairs", "Pairs on defenders"), Column("supported", "Supported, per cent")],
        rows, claims, unit="pairs",
        notes=("Identity is who the defenders are, cause what they work for: two axes, never merged. "
               "Counted where a text on defenders names them; it may name journalists beside "
               "defenders. Most texts say neither, and that is not no.", KNOWN, FEW),
    )  # fmt: skip


def repeats(study: Upr) -> Finding:
    """Requests made again in a later cycle, by the answer before and the answer after."""
    claims, rows = [], []
    for p in study.populations:
        texts = study.defender_recommendations(p)
        again = texts.count("repeats.recommendations", "on defenders, asked before in an earlier "
                            "cycle", {"repeat_of": {"recorded": True}})  # fmt: skip
        asked = texts.frame[texts.frame["repeat_of"].notna()]
        before = _answers_before(study)
        first = asked["repeat_of"].map(before)
        found = list(zip(first, asked["response_code"], strict=True))
        for old, new in dict.fromkeys((*CHANGES, *sorted(pair for pair in found if all(pair)))):
            ids = asked.loc[(first == old) & (asked["response_code"] == new), "recommendation_id"]
            n = texts.count(
                f"repeats.{old}_{new}", f"on defenders, asked again: {old}, then {new}",
                {"recommendation_id": ids.tolist()},
            )  # fmt: skip
            then = f"{label('upr_response', old)}, asked again, then {label('upr_response', new).lower()}"
            if n.value:
                rows.append([*source_cells(study, p.title), named(then), cell(n)])
        if again.value:
            said = named("All that were asked again")
            rows.append([*source_cells(study, p.title), said, cell(again)])
        claims += texts.claims
    return study.finding(
        "repeats", "Requests on defenders made again in a later cycle, and what became of them",
        [*source_columns(study), Column("label", "Positions", "label"),
         Column("n", "Recommendations")],
        rows, claims, unit="recommendations",
        notes=("Recognized by likeness of the texts, across the sources of the build; States word one "
               "request in many ways, so the numbers are lower bounds.", NOT_IMPLEMENTED),
    )  # fmt: skip


def _answers_before(study: Upr) -> dict[str, str]:
    frame = study.build.table("recommendations")
    return dict(zip(frame["recommendation_id"], frame["response_code"], strict=True))
