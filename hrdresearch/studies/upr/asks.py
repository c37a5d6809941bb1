"""UPR: what is asked on defenders, of which defenders, and what is asked again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hrdresearch.findings.model import Column, Drawing, Finding
from hrdresearch.studies.upr.answers import NOT_IMPLEMENTED
from hrdresearch.studies.upr.counts import KNOWN, cell, named, source_cells, source_columns
from hrdresearch.tables import select
from hrdresearch.vocab import codes, label

if TYPE_CHECKING:
    from hrdresearch.studies.upr.basis import UprStudy


CHANGES = (("noted", "supported"), ("noted", "noted"), ("supported", "supported"),
           ("supported", "noted"))  # fmt: skip


def asks(study: UprStudy) -> Finding:
    """What is asked of the State under review on defenders, and how much of it is supported."""
    claims, rows, found = [], [], {}
    for p in study.populations:
        ours = study.on_defenders_of(p)
        for code in codes("upr_ask"):
            where, said = {"ask_codes": code}, label("upr_ask", code)
            counted = ours.count(f"asks.{code}", f"on defenders that ask: {said}", where)
            found[p.slug, code] = (*counted, ours.supported(f"asks.{code}", where, said)[0])
        claims += ours.claims
    order = sorted(codes("upr_ask"), key=lambda c: -max(
        int(found[p.slug, c][0].value or 0) for p in study.populations))  # fmt: skip
    for code in order:
        counts = [found[p.slug, code] for p in study.populations]
        if any(texts.value for texts, _, _ in counts):
            cells = [c for texts, pairs, own in counts for c in (cell(texts), own, cell(pairs))]
            rows.append([named(label("upr_ask", code), "upr_ask"), *cells])
    columns = [Column("label", "What is asked", "label")]
    for p in study.populations:
        lead = "" if study.only_list else f"{p.title}: "
        columns += [Column(p.slug, f"{lead}recommendations"),
                    Column(f"{p.slug}_s", f"{lead}supported, per cent"),
                    Column(f"{p.slug}_p", f"{lead}pairs")]  # fmt: skip
    return study.finding(
        "asks", "What recommendations on defenders ask", columns, rows, claims,
        unit="recommendations; pairs",
        drawing=Drawing("bars", "label", tuple(p.slug for p in study.populations),
                        panels=study.only_list is None),
        notes=("A recommendation may ask for several things; the numbers add up to more than all.",
               KNOWN),
    )  # fmt: skip


def women(study: UprStudy) -> Finding:
    """Women defenders, and identity and cause: two axes, never merged."""
    claims, rows = [], []
    for p in study.populations:
        ours = study.on_defenders_of(p)
        named_ = ours.texts.frame["is_women_defenders"]
        rights = select(ours.texts.frame, {"cause_codes": "womens_rights"})
        ids = ours.texts.frame.loc[named_ | rights, "recommendation_id"].tolist()
        ours.texts.count("women.or_their_rights", "that name women defenders or defenders of "
                         "women's rights", {"recommendation_id": ids})  # fmt: skip
        kinds: list[tuple[str, str, dict[str, Any], str]] = [
            ("women.pairs", "women", {"is_women_defenders": True}, "Women defenders")
        ]
        for axis in ("identity", "cause"):
            kinds += [
                (f"by_{axis}.{code}", f"by_{axis}.{code}", {f"{axis}_codes": code},
                 f"{axis.capitalize()}: {label(axis, code)}")
                for code in codes(axis) if code not in ("women", "not_recorded")
            ]  # fmt: skip
        for name, stem, where, said in kinds:
            if stem != "women" and not select(ours.pairs.frame, where).any():
                continue
            texts, pairs = ours.count(name, said, where)
            rows.append([*source_cells(study, p.title), named(said), cell(texts),
                         ours.supported(stem, where, said)[0], cell(pairs)])  # fmt: skip
        claims += ours.claims
    return study.finding(
        "women", "Women defenders, identity and cause",
        [*source_columns(study), Column("label", "Defenders", "label"),
         Column("recommendations", "Recom. on defenders"), Column("supported", "Supported, per cent"),
         Column("pairs", "Pairs")],
        rows, claims, unit="recommendations; pairs",
        notes=("Identity is who the defenders are, cause what they work for: two axes, never merged. "
               "Counted where a text on defenders names them; it may name journalists beside "
               "defenders. Most texts say neither, and that is not no.", KNOWN),
    )  # fmt: skip


def repeats(study: UprStudy) -> Finding:
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


def _answers_before(study: UprStudy) -> dict[str, str]:
    frame = study.build.table("recommendations")
    return dict(zip(frame["recommendation_id"], frame["response_code"], strict=True))
