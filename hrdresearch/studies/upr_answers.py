"""UPR: positions of States under review, by action category, and how specific it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.findings.numbers import in_table
from hrdresearch.studies.upr_counts import FEW, Counts, cell, named, source_cells, source_columns
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.reference import reference_path

if TYPE_CHECKING:
    from hrdresearch.studies.upr import Upr

BY_RULES = "Categories of E. McMahon, coded by the rules of this project."
BY_MODEL = ("Categories of E. McMahon, coded by a trained model where it is sure, else by the rules of "
            "this project.")  # fmt: skip
CATEGORIES = ("1", "2", "3", "4", "5")
WINDOWS = ((1, 2), (3, 4), (5, 6), (7, 8), (9, 10), (11, 12), (13, 16), (17, 20), (21, 26),
           (27, 33), (34, 40), (41, 46), (47, 52))  # fmt: skip
FIRST_FIVE = {"session": {"from": 1, "to": 5}}
NOT_IMPLEMENTED = "Supported is not implemented."
KNOWN = "Per cent supported is stated over pairs with a known position (supported, noted, in part)."


def responses(study: Upr) -> Finding:
    """Pairs on defenders by position, beside all pairs; and the status of the position."""
    claims, rows = [], []
    for p in study.populations:
        ours, every = study.defender_pairs(p), study.all_pairs(p)
        for code in codes("upr_response"):
            where, said = {"response_code": code}, label("upr_response", code)
            on = ours.count(f"responses.{code}", f"on defenders: {said}", where)
            of_all = every.count(f"responses.all.{code}", f"all: {said}", where)
            if of_all.value:
                rows.append([*source_cells(study, p.title), named(said, "upr_response"), cell(on),
                             cell(of_all)])  # fmt: skip
        own, known = ours.supported("responses.hrd", {}, "pairs on defenders")
        rest, _rest_known = every.supported("responses.every", {}, "all pairs")
        if known.value:
            rows.append([*source_cells(study, p.title), named("Supported, per cent of known"),
                         cell(own), cell(rest)])  # fmt: skip
        every.count("responses.draft", "with a position in a draft of the Working Group, interim",
                    {"position_status_code": "draft"})  # fmt: skip
        claims += [*ours.claims, *every.claims]
    return study.finding(
        "responses", "Positions on recommendations on defenders",
        [*source_columns(study), Column("label", "Position", "label"),
         Column("hrd", "On defenders"), Column("all", "All pairs")],
        rows, claims, unit="pairs", notes=(KNOWN, NOT_IMPLEMENTED),
    )  # fmt: skip


def by_category(study: Upr) -> Finding:
    """Action category: number, and share supported, on defenders beside all pairs."""
    claims, rows = [], []
    for p in study.populations:
        ours, every = study.defender_pairs(p), study.all_pairs(p)
        whole = ours.count("by_category.of", "on defenders, all categories")
        for code in CATEGORIES:
            where, said = {"action_code": code}, label("upr_action", code)
            on = ours.count(f"by_category.{code}", f"on defenders, category {code}", where)
            part = ours.share(
                f"by_category.{code}.share",
                on,
                whole,
                f"category {code}, in per cent of pairs on defenders",
            )
            own = ours.supported_cell(f"by_category.{code}.hrd", where, f"on defenders, {code}")
            rest, _ = every.supported(f"by_category.{code}.all", where, f"all, category {code}")
            rows.append([*source_cells(study, p.title), named(f"{code}. {said}"), cell(on), cell(part),
                         own, cell(rest)])  # fmt: skip
        claims += [*ours.claims, *every.claims]
    return study.finding(
        "by_category", "Recommendations on defenders by action category",
        [*source_columns(study), Column("label", "Action category", "label"),
         Column("pairs", "Pairs on defenders"), Column("share", "Per cent"),
         Column("supported", "Supported, per cent"),
         Column("all", "All pairs: supported, per cent")],
        rows, claims, unit="pairs",
        notes=(BY_MODEL if study.is_modelled else BY_RULES, KNOWN, FEW),
    )  # fmt: skip


def specificity(study: Upr) -> Finding:
    """Share of category 5 by groups of sessions: by the source, by our rules, on defenders."""
    claims, rows = [], []
    for p in study.populations:
        every, ours = study.all_pairs(p), study.defender_pairs(p)
        coded = (p.frame["source_action_code"] != "not_asked").any()
        for first, last in WINDOWS:
            where = {"session": {"from": first, "to": last}}
            stem, said = f"specificity.{first}_{last}", f"sessions {first} to {last}"
            whole = every.count(f"{stem}.pairs", said, where)
            if not whole.value:
                continue
            cells = [_source_share(every, stem, said, where) if coded else Cell(text="not coded")]
            for made, key in ((every, "rules"), (ours, "hrd")):
                of = made.count(f"{stem}.{key}.of", said, where)
                part = made.count(f"{stem}.{key}.5", f"category 5, {said}",
                                  {**where, "action_code": "5"})  # fmt: skip
                cells.append(cell(made.share(f"{stem}.{key}.share", part, of,
                                             f"category 5, in per cent, {said}")))  # fmt: skip
            held = p.frame["session"].dropna()
            held = held[held.between(first, last)]
            low, high = int(held.min()), int(held.max())
            label_ = str(low) if low == high else f"{low}–{high}"
            rows.append([*source_cells(study, p.title), Cell(text=label_), cell(whole), *cells])
        claims += [*every.claims, *ours.claims]
    return study.finding(
        "specificity", "Specific action (category 5) over sessions",
        [*source_columns(study), Column("label", "Sessions", "label"),
         Column("pairs", "All pairs"), Column("published", "Category 5 by the source, per cent"),
         Column("rules", "by this draft, per cent"), Column("hrd", "on defenders, per cent")],
        rows, claims, unit="pairs",
        notes=("States under review differ from session to session; the shares describe what was "
               "recommended and no trend in States' conduct.",),
    )  # fmt: skip


def first_five(study: Upr) -> Finding:
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
                      in_table(int(record[column]), unit),
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
        notes=("Published figures: E. McMahon, Herding Cats and Sheep (July 2010), tables 7 and 8.",),
    )  # fmt: skip


def unspecific(study: Upr) -> Finding:
    """Pairs on defenders: supported or noted against specific or not."""
    claims, rows = [], []
    for p in study.populations:
        ours = study.defender_pairs(p)
        whole = ours.count("unspecific.supported", "on defenders, supported",
                           {"response_code": "supported"})  # fmt: skip
        vague = ours.count(
            "unspecific.pairs",
            "on defenders, supported, but not specific (1 to 4)",
            {"response_code": "supported", "action_code": list(CATEGORIES[:4])},
        )
        part = ours.share(
            "unspecific.share",
            vague,
            whole,
            "supported pairs on defenders that are not specific, in per cent",
        )
        specific = ours.count(
            "unspecific.noted_specific",
            "on defenders, specific and noted",
            {"response_code": "noted", "action_code": "5"},
        )
        if whole.value or specific.value:
            rows.append([named(p.title), *map(cell, (whole, vague, part, specific))])
        claims += ours.claims
    return study.finding(
        "unspecific", "Supported, but not specific",
        [Column("label", "Source", "label"), Column("supported", "Supported"),
         Column("vague", "of which not specific"), Column("share", "Per cent"),
         Column("noted", "Specific and noted")],
        rows, claims, unit="pairs", notes=(NOT_IMPLEMENTED,),
    )  # fmt: skip


def _source_share(every: Counts, stem: str, said: str, where: Mapping[str, Any]) -> Cell:
    of = every.count(f"{stem}.source.of", f"{said}, coded by the source",
                     {**where, "source_action_code": list(CATEGORIES)})  # fmt: skip
    part = every.count(f"{stem}.source.5", f"{said}, category 5 by the source",
                       {**where, "source_action_code": "5"})  # fmt: skip
    return cell(every.share(f"{stem}.share", part, of, f"category 5 by the source, {said}"))
