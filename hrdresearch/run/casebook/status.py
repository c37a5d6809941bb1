"""Makes the status of each person in each case (what followed) from the sheets of a casebook.

A row is one person in one case, in the columns of the template ``case-status``. Only the sheet of
outcomes says what followed. Without a row there, the outcome is "not recorded", which is not "nothing".
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from hrdresearch.run.casebook.cells import MANY, Record
from hrdresearch.run.casebook.merge import Casebook
from hrdresearch.run.casebook.sheet_kinds import PERSONS
from hrdresearch.run.casebook.stored import FACTS, OF_PERSON, SHEET, resolve_same_persons
from hrdresearch.sources.case_status import NOTHING, POSITIVE

STATUS = "status"  # value in column ``sheet``; the workbook has no such sheet
ADDED = (*POSITIVE, NOTHING, "died", "told")  # columns that no sheet has
ANSWERS = ("yes", "no", "unknown", "not_asked")


def status_rows(casebook: Casebook) -> list[Record]:
    """Rows of the status: one for each person in each case, with what followed.

    A detention or an outcome without a case belongs to the case of its person if the person has exactly
    one case, and otherwise to no case.
    """
    one = resolve_same_persons(casebook[PERSONS])
    facts = [
        (n, {**r, "of": one.get(r["person_id"], "")}) for n in FACTS for r in casebook[n].values()
    ]
    cases: dict[str, set[str]] = {}
    for _, row in facts:
        cases.setdefault(row["of"], set()).update(filter(None, [row["case_id"]]))
    for _, row in facts:
        if not row["case_id"] and len(cases[row["of"]]) == 1:
            row["case_id"] = min(cases[row["of"]])
    facts.sort(key=lambda fact: (fact[1]["of"], fact[1]["case_id"]))
    return [
        _row(casebook, person, case, list(own))
        for (person, case), own in groupby(facts, lambda f: (f[1]["of"], f[1]["case_id"]))
    ]


def _row(casebook: Casebook, of: str, case_id: str, own: list[tuple[str, Record]]) -> Record:
    allegations, detentions, outcomes = ([r for n, r in own if n == name] for name in FACTS)
    person = casebook[PERSONS].get(of, {})
    case = casebook["cases"].get(case_id, {})
    acts = [*(r["act"] for r in allegations), *("detained" for _ in detentions)]
    days = [*(r["date"] for r in allegations), *(r["arrest_date"] for r in detentions)]
    deaths = [r["date"] for r in allegations if r["act"] == "killed"]
    told = [r for r in outcomes if r["consent_to_tell"] == "yes" and r["consent_date"]]
    nhri = {r["nhri_action"] for r in outcomes}
    followed = {
        code: [r["outcome_date"] or "yes" for r in outcomes if r["outcome"] == code]
        for code in (*POSITIVE, NOTHING)
    }
    return {
        SHEET: STATUS,
        OF_PERSON: of,
        "case_id": f"{of}+{case_id}",  # no identifier of a workbook holds a plus sign
        "person_id": of,
        "person.counted": person.get("counted", ""),
        "name": person.get("name", ""),
        "sex": person.get("sex", ""),
        "state": _first([case.get("state", ""), *(r["state"] for r in detentions)]),
        "date": _earliest(days) or case.get("date", ""),
        "act": MANY.join(dict.fromkeys(acts)),
        **{code: _earliest(cells) for code, cells in followed.items()},
        NOTHING: max(
            (c for c in followed[NOTHING] if c != "yes"), default=_first(followed[NOTHING])
        ),
        "died": _earliest([*deaths, *(r["death_date"] for r in detentions)]),
        "nhri_action": _first(answer for answer in ANSWERS if answer in nhri),
        "told": MANY.join(dict.fromkeys(r["outcome"] for r in told)),
        "consent_date": max((r["consent_date"] for r in told), default=""),
        "contributor": _first(
            [case.get("contributor", ""), *(r["contributor"] for r in detentions)]
        ),
    }


def _first(cells: Iterable[str]) -> str:
    """The first cell that is not empty; "" if all are empty."""
    return next(filter(None, cells), "")


def _earliest(cells: Iterable[str]) -> str:
    """The earliest date, the more exact of two that may be the same; "yes" if no date is known.

    >>> _earliest(["2021-05-31", "yes", "2021"]), _earliest(["yes", ""])
    ('2021-05-31', 'yes')
    """
    held = [cell for cell in cells if cell]
    dates = [d for d in held if d != "yes" and not any(o != d and o.startswith(d) for o in held)]
    return min(dates, default=_first(held))
