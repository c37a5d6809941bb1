"""UPR: positions of States under review, by action category, and how specific it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from hrdresearch.findings.empty_cells import NOT_ASKED
from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.findings.numbers import number_in_table
from hrdresearch.findings.publication_limits import FEWEST_KNOWN
from hrdresearch.studies.upr.counts import (
    INTERVALS,
    KNOWN,
    Units,
    cell,
    named,
    source_cells,
    source_columns,
)
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.reference import reference_path

if TYPE_CHECKING:
    from hrdresearch.studies.upr.basis import UprStudy

BY_RULES = "Categories of E. McMahon, coded by the rules of this project."
BY_MODEL = ("Categories of E. McMahon, coded by a trained model where it is sure, else by the rules of "
            "this project.")  # fmt: skip
CATEGORIES = ("1", "2", "3", "4", "5")
WINDOWS = ((1, 2), (3, 4), (5, 6), (7, 8), (9, 10), (11, 12), (13, 16), (17, 20), (21, 26),
           (27, 33), (34, 40), (41, 46), (47, 52))  # fmt: skip
FIRST_FIVE = {"session": {"from": 1, "to": 5}}
NOT_IMPLEMENTED = "Supported is not implemented."
SUPPORTED = {"response_code": "supported"}
BY_TEXT = "by recommendation"
WHY = "A difference between the shares on defenders and on all subjects does not say why."


def responses(study: UprStudy) -> Finding:
    """Positions on recommendations on defenders, beside all; pairs stand beside."""
    claims, rows = [], []
    for p in study.populations:
        ours, every = study.on_defenders_of(p), study.everything(p)
        for code in codes("upr_response"):
            where, said = {"response_code": code}, label("upr_response", code)
            on = ours.count(f"responses.{code}", f"on defenders: {said}", where)
            of_all = every.count(f"responses.all.{code}", f"all: {said}", where)
            if of_all[0].value or of_all[1].value:
                rows.append([*source_cells(study, p.title), named(said, "upr_response"),
                             *map(cell, (on[0], of_all[0], on[1], of_all[1]))])  # fmt: skip
        own, own_pairs = ours.supported("responses.hrd", {}, "on defenders")
        rest, rest_pairs = every.supported("responses.every", {}, "all")
        rows.append([*source_cells(study, p.title), named("Supported, per cent of known"), own, rest,
                     own_pairs, rest_pairs])  # fmt: skip
        ends = [
            made.texts.clustered(f"responses.{key}.interval", {}, SUPPORTED, f"{words}: supported")
            for made, key, words in ((ours, "hrd", "on defenders"), (every, "every", "all"))
        ]
        if any(low.status == "shown" for _, low, _ in ends):
            for at, said in ((1, "95 per cent interval, from"), (2, "to")):
                rows.append([*source_cells(study, p.title), named(said),
                             *(cell(end[at]) for end in ends), named(BY_TEXT), named(BY_TEXT)])  # fmt: skip
        every.pairs.count("responses.draft", "with a position in a draft of the Working Group, "
                          "interim", {"position_status_code": "draft"})  # fmt: skip
        claims += [*ours.claims, *every.claims]
    return study.finding(
        "responses", "Positions on recommendations on defenders",
        [*source_columns(study), Column("label", "Position", "label"),
         Column("hrd", "On defenders: recom."), Column("all", "All recom."),
         Column("hrd_pairs", "On defenders: pairs"), Column("all_pairs", "All pairs")],
        rows, claims, unit="recommendations; pairs", notes=(KNOWN, INTERVALS, NOT_IMPLEMENTED, WHY),
    )  # fmt: skip


def by_category(study: UprStudy) -> Finding:
    """Action category: number, and share supported, on defenders beside all."""
    claims, rows = [], []
    for p in study.populations:
        ours, every = study.on_defenders_of(p), study.everything(p)
        whole, pairs = ours.count("by_category.of", "on defenders, all categories", {})
        for code in codes("upr_action"):
            where, said = {"action_code": code}, label("upr_action", code)
            words = f"category {code}" if code in CATEGORIES else said.lower()
            on, on_pairs = ours.count(f"by_category.{code}", f"on defenders, {words}", where)
            if code not in CATEGORIES and not on_pairs.value:
                continue
            part = ours.texts.share(f"by_category.{code}.recommendations.share", on, whole,
                                    f"{words}, in per cent of those on defenders")  # fmt: skip
            ours.pairs.share(f"by_category.{code}.share", on_pairs, pairs,
                             f"{words}, in per cent of pairs on defenders")  # fmt: skip
            own, own_pairs = ours.supported(
                f"by_category.{code}.hrd", where, f"on defenders, {words}"
            )
            rest, _ = every.supported(f"by_category.{code}.all", where, f"all, {words}")
            rows.append([
                *source_cells(study, p.title),
                named(f"{code}. {said}" if code in CATEGORIES else said), cell(on), cell(part), own,
                rest, cell(on_pairs), own_pairs,
            ])  # fmt: skip
        claims += [*ours.claims, *every.claims]
    return study.finding(
        "by_category", "Recommendations on defenders by action category",
        [*source_columns(study), Column("label", "Action category", "label"),
         Column("recommendations", "Recom. on defenders"), Column("share", "Per cent"),
         Column("supported", "Supported, per cent"), Column("all", "All recom.: supported, per cent"),
         Column("pairs", "Pairs on defenders"), Column("pairs_supported", "supported, per cent")],
        rows, claims, unit="recommendations; pairs",
        notes=(BY_MODEL if study.is_modelled else BY_RULES, KNOWN),
    )  # fmt: skip


def specificity(study: UprStudy) -> Finding:
    """Share of category 5 by groups of sessions: by the source, by our rules, on defenders."""
    claims, rows = [], []
    for p in study.populations:
        every, ours = study.everything(p), study.on_defenders_of(p)
        coded = (p.frame["source_action_code"] != "not_asked").any()
        for first, last in WINDOWS:
            where = {"session": {"from": first, "to": last}}
            stem, said = f"specificity.{first}_{last}", f"sessions {first} to {last}"
            whole = every.texts.count(f"{stem}.recommendations", said, where)
            every.pairs.count(f"{stem}.pairs", said, where)
            if not whole.value:
                continue
            cells = [_source_share(every, stem, said, where) if coded else named(NOT_ASKED)]
            for made, key in ((every, "rules"), (ours, "hrd")):
                of = made.count(f"{stem}.{key}.of", said, where)
                part = made.count(f"{stem}.{key}.5", f"category 5, {said}",
                                  {**where, "action_code": "5"})  # fmt: skip
                words = f"category 5, in per cent, {said}"
                made.pairs.share(f"{stem}.{key}.share", part[1], of[1], words)
                texts = made.texts.share(
                    f"{stem}.{key}.recommendations.share", part[0], of[0], words
                )
                cells += [cell(texts)] if key == "rules" else [cell(of[0]), cell(texts)]
            held = p.frame["session"].dropna()
            held = held[held.between(first, last)]
            low, high = int(held.min()), int(held.max())
            label_ = str(low) if low == high else f"{low}–{high}"
            rows.append([*source_cells(study, p.title), named(label_), cell(whole), *cells])
        claims += [*every.claims, *ours.claims]
    return study.finding(
        "specificity", "Specific action (category 5) over sessions",
        [*source_columns(study), Column("label", "Sessions", "label"),
         Column("recommendations", "All recom."),
         Column("published", "Category 5 by the source, per cent"),
         Column("rules", "by this draft, per cent"), Column("hrd_of", "Recom. on defenders"),
         Column("hrd", "Category 5 by this draft, per cent")],
        rows, claims, unit="recommendations",
        notes=("States under review differ from session to session; the shares describe what was "
               "recommended and no trend in States' conduct. No share is given of fewer than "
               f"{FEWEST_KNOWN} recommendations.",),
    )  # fmt: skip


def first_five(study: UprStudy) -> Finding:
    """Acceptance by category in sessions 1 to 5, beside McMahon's published shares."""
    published = pd.read_csv(reference_path("upr_mcmahon_2010.csv"), dtype=str)
    claims: list[Claim] = []
    rows = []
    for p in study.populations:
        first = p.frame[p.frame["session"].le(5).fillna(False)]
        coded = (first["source_action_code"] != "not_asked").any()
        # Only where all sessions and States of the comparison are in scope.
        if not coded or first["session"].nunique() < 5 or study.scope.filter:
            continue
        every = study.all_pairs(p)
        for record in published.to_dict("records"):
            code = str(record["category"])
            where = {**FIRST_FIVE, "source_action_code": code}
            n = every.count(f"first_five.{code}.pairs", f"category {code}, sessions 1 to 5", where)
            accepted = every.count(f"first_five.{code}.accepted", f"accepted, category {code}",
                                   {**where, "response_code": "supported"})  # fmt: skip
            part = every.share(
                f"first_five.{code}.share",
                accepted,
                n,
                f"accepted, category {code}, sessions 1 to 5, in per cent",
            )
            told = [
                Claim(f"published.mcmahon_{code}.{key}", int(record[column]), unit, None,
                      number_in_table(int(record[column]), unit),
                      f"Published, category {code}: {record['citation']}", measure="published")
                for key, column, unit in (
                    ("recommendations", "recommendations", "pair"), ("accepted", "accepted", "pair"),
                    ("share", "accepted_per_cent", "per_cent"))
            ]  # fmt: skip
            claims += told
            rows.append([named(f"{code}. {label('upr_action', code)}"), cell(n), cell(accepted),
                         cell(part), *map(cell, told)])  # fmt: skip
        claims += every.claims
    columns = [Column("label", "Action category", "label"), Column("n", "Pairs"),
               Column("accepted", "Accepted"), Column("share", "Per cent"),
               Column("pub_n", "Published: all"), Column("pub_accepted", "Published: accepted"),
               Column("pub_share", "Published: per cent")]  # fmt: skip
    return study.finding(
        "first_five", "Acceptance by category in the first five sessions, beside published figures",
        columns, rows, claims, unit="pairs", period="sessions 1–5",
        notes=("In pairs, the unit of the published figures: E. McMahon, Herding Cats and Sheep (July "
               "2010), tables 7 and 8.",),
    )  # fmt: skip


def unspecific(study: UprStudy) -> Finding:
    """Recommendations on defenders: supported or noted against specific or not; pairs beside."""
    claims, rows = [], []
    for p in study.populations:
        ours = study.on_defenders_of(p)
        whole = ours.count("unspecific.supported", "on defenders, supported", SUPPORTED)
        vague = ours.count("unspecific.pairs", "on defenders, supported, but not specific (1 to 4)",
                           {**SUPPORTED, "action_code": list(CATEGORIES[:4])})  # fmt: skip
        words = "supported on defenders that are not specific, in per cent"
        part = ours.texts.share("unspecific.recommendations.share", vague[0], whole[0], words)
        ours.pairs.share("unspecific.share", vague[1], whole[1], words)
        specific = ours.count("unspecific.noted_specific", "on defenders, specific and noted",
                              {"response_code": "noted", "action_code": "5"})  # fmt: skip
        if whole[1].value or specific[1].value:
            rows.append([named(p.title), *map(cell, (
                whole[0], vague[0], part, specific[0], whole[1], vague[1], specific[1]))])  # fmt: skip
        claims += ours.claims
    return study.finding(
        "unspecific", "Supported, but not specific",
        [Column("label", "Source", "label"), Column("supported", "Supported"),
         Column("vague", "of which not specific"), Column("share", "Per cent"),
         Column("noted", "Specific and noted"), Column("pairs", "Pairs: supported"),
         Column("pairs_vague", "of which not specific"), Column("pairs_noted", "Specific and noted")],
        rows, claims, unit="recommendations; pairs", notes=(NOT_IMPLEMENTED,),
    )  # fmt: skip


def _source_share(every: Units, stem: str, said: str, where: Mapping[str, Any]) -> Cell:
    of = every.count(f"{stem}.source.of", f"{said}, coded by the source",
                     {**where, "source_action_code": list(CATEGORIES)})  # fmt: skip
    part = every.count(f"{stem}.source.5", f"{said}, category 5 by the source",
                       {**where, "source_action_code": "5"})  # fmt: skip
    words = f"category 5 by the source, {said}"
    every.pairs.share(f"{stem}.share", part[1], of[1], words)
    return cell(every.texts.share(f"{stem}.recommendations.share", part[0], of[0], words))
