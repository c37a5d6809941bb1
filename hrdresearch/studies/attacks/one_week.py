"""A week that holds a large part of the attacks of a class: perhaps one event, named with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from hrdresearch.findings.make_claims import Population, text_claim
from hrdresearch.findings.model import SCOPE, Claim
from hrdresearch.findings.sentences import (
    ListSentences,
    claim_tag,
    is_printed,
    join_with_and,
    label_in_sentence,
)
from hrdresearch.studies.attacks.counting import attacks_draft
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.by_code import LAST_CODES
from hrdresearch.studies.shapes.groups import division_in_sentence
from hrdresearch.studies.shapes.one_state_and_year import FEWEST_IN_A_CLASS, FIFTH
from hrdresearch.tables import match_rows
from hrdresearch.tables.row_filters import has_code
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import name_in_sentence

DAYS = 7


def busiest_week(days: pd.Series) -> tuple[pd.Timestamp, int]:
    """Find the seven days in a row with most of these days: the first one, and how many fall in them.

    days: at least one.

    >>> busiest_week(pd.to_datetime(pd.Series(["2020-01-01", "2020-02-03", "2020-02-09"])))
    (Timestamp('2020-02-03 00:00:00'), 2)
    """
    order = days.sort_values().reset_index(drop=True)
    ends = order.searchsorted(order + pd.Timedelta(days=DAYS), side="left")
    counts = pd.Series(ends - order.index)
    return order[int(counts.argmax())], int(counts.max())


def week_sentences(
    study: Ledger, p: Population, name: str, own: Mapping[str, Claim], column: str, vocabulary: str
) -> ListSentences:
    """Sentence on a week that holds a fifth or more of the attacks of a class; empty if there is none.

    Only for public lists, and where the week holds ten attacks or more of the class. Of several such weeks
    the one with most attacks of one class is told, with each class of which it holds a fifth.
    name: name of the finding by the codes of ``column``. own: its claims by code.
    """
    if not p.policy.prints_exact_numbers:
        return ListSentences()
    rows = p.frame[p.frame["event_date_precision"].eq("day")]
    days = {
        code: rows.loc[has_code(rows[column], code), "event_date"]
        for code in codes(vocabulary)
        if code not in LAST_CODES and is_printed(own.get(code), FEWEST_IN_A_CLASS)
    }
    weeks = {code: busiest_week(held) for code, held in days.items() if len(held)}
    large = {
        c: week
        for c, week in weeks.items()
        if week[1] >= max(FEWEST_IN_A_CLASS, FIFTH * float(own[c].value or 0))
    }
    if not large:
        return ListSentences()
    first = max(large.values(), key=lambda week: week[1])[0]
    told = [
        code
        for code, held in days.items()
        if held.between(first, _end(first)).sum() >= FIFTH * float(own[code].value or 0)
    ]
    return _sentences(study, p, name, own, column, vocabulary, first, told)


def _end(first: pd.Timestamp) -> pd.Timestamp:
    return first + pd.Timedelta(days=DAYS - 1)


def _sentences(
    study: Ledger,
    p: Population,
    name: str,
    own: Mapping[str, Claim],
    column: str,
    vocabulary: str,
    first: pd.Timestamp,
    classes: Sequence[str],
) -> ListSentences:
    within = {
        "event_date": {"from": f"{first:%Y-%m-%d}", "to": f"{_end(first):%Y-%m-%d}"},
        "event_date_precision": "day",
    }
    words, stem = "attacks of one week", f"{name}.week"
    drafts = [attacks_draft(f"{stem}.all", words, within)]
    drafts += [
        attacks_draft(f"{stem}.{c}", f"{words}: {label(vocabulary, c)}", {**within, column: c})
        for c in classes
    ]
    place = _place(p, p.frame[match_rows(p.frame, within)])
    if place:
        drafts.append(
            attacks_draft(f"{stem}.place", f"{words}, {place[0]}", {**within, **place[1]})
        )
    made = study.count(p, drafts)
    when = text_claim(
        p.claim_name(f"{stem}.days"),
        f"{first.day} {first:%B %Y} to {_end(first).day} {_end(first):%B %Y}",
        "the seven days with most",
        SCOPE,
    )
    told = [
        f"{claim_tag(made[f'{stem}.{c}'])} of the {claim_tag(own[c])} under "
        f"“{label_in_sentence(label(vocabulary, c))}”"
        for c in classes
    ]
    text = f"One week, {claim_tag(when)}, holds {claim_tag(made[f'{stem}.all'], 'of:attack')}"
    if place:
        text += f", {claim_tag(made[f'{stem}.place'])} of them in {place[0]}"
    text += f"; {join_with_and(told)}. What is said of these classes is in large part said of that week."
    claims: tuple[Claim, ...] = (*made.values(), when)
    return ListSentences(text, claims, is_key=name == "by_kind")


def _place(p: Population, rows: pd.DataFrame) -> tuple[str, dict[str, str]] | None:
    """The most frequent place, in words and as a row filter: a first-level division, else the State."""
    for column, said in (("admin1_name", division_in_sentence), ("state_iso3", name_in_sentence)):
        held = rows.loc[rows[column].fillna("").ne(""), column]
        if len(held) and p.frame[column].nunique() > 1:
            name = str(held.value_counts().index[0])
            return said(name), {column: name}
    return None
