"""Attacks on the same person in order of time: which kind was recorded before which.

Persons are matched by name. A person with one record only may have been attacked before:
nothing here says that somebody had no earlier attack, and nothing is a risk of a person.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pandas as pd

from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.sentences import claim_tag, is_printed, label_in_sentence
from hrdresearch.studies.attacks.counting import PERSON
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.count_tables import (
    code_cell,
    column_heads,
    table_of_counts,
    text_columns,
)
from hrdresearch.vocab import label, vocabulary

MOST_PAIRS = 15
NOT_TOLD = ("other", "not_recorded")
KILLING = "killing"
FOLLOWED_BY_NAME = (
    "Persons are followed by name: two of one name are taken to be one, and one under two "
    "spellings to be two. Only days that are known to the day are compared. That one thing was "
    "recorded before "
    "another does not say that it led to it, and who has one record only may have been attacked before."
)


def sequence_finding(study: Ledger) -> Finding:
    """Finding: persons attacked on more than one day, and which kind was recorded before which.

    Claims: ``before.followed`` (named persons with a day), ``before.several`` (on more than one day),
    ``before.EARLIER.LATER`` (persons). A restricted list publishes nothing of this.
    """
    p = study.register
    rows = _followed(p)
    several = _on_several_days(rows)
    pairs = _pairs(several)
    counts = [
        _claim(
            p,
            "before.followed",
            rows[PERSON].nunique(),
            "named persons with an attack known to the day",
        ),
        _claim(
            p,
            "before.several",
            several[PERSON].nunique(),
            "of these, attacked on more than one day",
        ),
    ]
    told = {
        pair: _claim(
            p,
            f"before.{pair[0]}.{pair[1]}",
            n,
            f"persons with an attack of the kind {label('attack_act', pair[0])} on an earlier day, "
            "and of the "
            f"kind {label('attack_act', pair[1])} on a later one",
        )
        for pair, n in sorted(pairs.items(), key=lambda one: (-one[1], one[0]))[:MOST_PAIRS]
        if n > 1
    }
    finding = table_of_counts(
        study,
        "before",
        "What was recorded before what for the same person",
        [
            *text_columns(label="Recorded earlier", later="Recorded later"),
            Column("persons", "Persons"),
        ],
        [
            (code_cell("attack_act", a), code_cell("attack_act", b), claim)
            for (a, b), claim in told.items()
        ],
        beside=counts,
        unit="persons",
        notes=(
            FOLLOWED_BY_NAME,
            f"At most {MOST_PAIRS} pairs, those with most persons, of two persons or more; a person may "
            "stand in several. Several records of one kind may be of one case.",
        ),
    )
    if not is_printed(counts[0]):
        return finding
    text = (
        f"The list names {claim_tag('before.followed', 'of:person')} with an attack known to the day; "
        f"{claim_tag('before.several', 'none')} of them "
        f"{claim_tag('before.several', 'agree:is:are')} recorded with attacks on more than one day."
    )
    if told:
        (a, b), most = next(iter(told.items()))
        text += (
            f" Of these few, {claim_tag(most)} have the sequence that is recorded most often: "
            f"{label_in_sentence(label('attack_act', a))} on one day and "
            f"{'again ' if a == b else ''}{label_in_sentence(label('attack_act', b))} on a later day."
        )
    return replace(finding, statements=(text,), key_sentences=(text,))


def warnings_finding(study: Ledger) -> Finding:
    """Finding: persons killed, and what the list had recorded before; ``warnings.killed`` and so on.

    Killed persons without an earlier record are not said to have had no threats.
    """
    p = study.register
    rows = _followed(p)
    killed = rows[
        rows["attack_act_codes"].str.split("|").map(lambda held: KILLING in held).astype(bool)
    ]
    if p.release or killed.empty:
        return study.finding("warnings", "What was recorded before a killing", (), (), ())
    days = killed.groupby(PERSON)["event_date"].min().rename("killed_on")
    earlier = rows.join(days, on=PERSON, how="inner")
    earlier = earlier[earlier["event_date"] < earlier["killed_on"]]
    threats = earlier[_holds_any(earlier["attack_act_codes"], vocabulary("attack_act")["threats"])]
    waits = (earlier["killed_on"] - earlier["event_date"]).dt.days.groupby(earlier[PERSON]).max()
    counts = [
        _claim(p, "warnings.killed", len(days), "persons killed, named and with the day"),
        _claim(
            p,
            "warnings.earlier",
            earlier[PERSON].nunique(),
            "of these, with an earlier attack in the list",
        ),
    ]
    has_threats = bool(p.classes["attack_act_codes"] & set(vocabulary("attack_act")["threats"]))
    if has_threats:
        counts.append(
            _claim(
                p,
                "warnings.threat",
                threats[PERSON].nunique(),
                "of these, with an earlier threat in the list",
            )
        )
    if len(waits):
        counts.append(
            _claim(
                p,
                "warnings.days",
                float(waits.median()),
                "median days from the first earlier record to the killing",
                "day",
            )
        )
    text = (
        f"The list holds {claim_tag('warnings.killed', 'of:person')} killed, with name and day. For "
        f"{claim_tag('warnings.earlier', 'none')} of them an earlier attack is in the list"
        + (f", for {claim_tag('warnings.threat', 'none')} a threat" if has_threats else "")
        + ". That the list holds no earlier record does not say that there was no warning."
        + ("" if has_threats else " It has no class for threats.")
    )
    return table_of_counts(
        study,
        "warnings",
        "What was recorded before a killing",
        column_heads("What was counted", value="Number"),
        [(c.definition.split(": ", 1)[-1].capitalize(), c) for c in counts],
        unit="persons, or days",
        statements=(text,),
        notes=(FOLLOWED_BY_NAME,),
    )


def _followed(p: Population) -> pd.DataFrame:
    """Attacks on persons with a name, on days that are known to the day."""
    frame = p.frame
    if frame.empty:
        return frame
    is_one = frame["attack_victim_code"].eq("person") & frame["is_named"].astype(bool)
    return frame[is_one & frame["event_date_precision"].eq("day")]


def _on_several_days(rows: pd.DataFrame) -> pd.DataFrame:
    if rows.empty:
        return rows
    return rows[rows.groupby(PERSON)["event_date"].transform("nunique") > 1]


def _pairs(rows: pd.DataFrame) -> Counter[tuple[str, str]]:
    """Number of persons by pair of kinds, the first recorded on an earlier day than the second."""
    found: Counter[tuple[str, str]] = Counter()
    for _, own in rows.groupby(PERSON) if len(rows) else ():
        days = [
            (day, code)
            for day, cell in zip(own["event_date"], own["attack_act_codes"], strict=True)
            for code in cell.split("|")
            if code not in NOT_TOLD
        ]
        found.update({(a, b) for first, a in days for second, b in days if first < second})
    return found


def _holds_any(cells: pd.Series, wanted: list[str]) -> pd.Series:
    return cells.str.split("|").map(lambda held: bool(set(held) & set(wanted))).astype(bool)


def _claim(p: Population, name: str, value: float, words: str, unit: str = "person") -> Claim:
    return measured_claim(p, name, value, unit, words, "computed")
