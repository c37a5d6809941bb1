"""Persons whose situation letters raise: sums with open bounds, each person once.

A letter says how many persons it concerns, at times only "more than"; a sum with such a letter, or
with a letter that gives no number, is a lower bound, and no share is taken of it. Persons whom two
letters to one State name are counted once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from hrdresearch.findings.make_claims import Draft, Population
from hrdresearch.findings.model import Cell, Claim, Finding
from hrdresearch.findings.numbers import number_in_table
from hrdresearch.privacy.disclosure import Ledger
from hrdresearch.privacy.policy import Policy
from hrdresearch.studies.communications.letters import Letters
from hrdresearch.studies.shapes.count_tables import column_heads, table_of_counts
from hrdresearch.vocab import codes, label

PERSONS_POLICY = Policy(
    public_by_name=False,
    smallest_cell=5,
    rounding=5,
    secondary=True,
    finest_area="region",
    finest_time="year",
    reason="Persons in letters: sex and age together could single a person out, and letters that "
    "are not yet public are confidential",
)


@dataclass(frozen=True)
class Sum:
    """A sum over letters: its value, whether it is an open lower bound, letters without number."""

    value: int
    is_open: bool
    silent: int

    @property
    def is_exact(self) -> bool:
        """Whether every letter gives a number, and none of them is open."""
        return not (self.is_open or self.silent)

    @property
    def text(self) -> str:
        """``more than 189`` for an open bound, ``at least 59`` where letters are silent."""
        bound = "more than " if self.is_open else "at least " if self.silent else ""
        return f"{bound}{number_in_table(self.value, 'person')}"


def persons_sum(letters: pd.DataFrame, mentions: pd.DataFrame, women: bool = False) -> Sum:
    """Persons (or women) in these letters, each once.

    mentions: rows of ``addressed_persons``; persons listed in two of the letters are taken off.
    """
    column = "women" if women else "persons"
    numbers = letters[column]
    # A letter that gives no number adds none, so nothing is taken off for it either.
    own = mentions[mentions["letter_id"].isin(letters.loc[numbers.notna(), "letter_id"])]
    if women:
        own = own[own["sex_code"] == "female"]
    repeated = len(own) - own["person_id"].nunique()
    total = int(numbers.fillna(0).sum()) - repeated
    return Sum(max(total, 0), bool(letters[f"is_{column}_open"].any()), int(numbers.isna().sum()))


def persons(study: Letters, mentions: pd.DataFrame) -> Finding:
    """Persons, women, and letters on reprisals and on legislation (paras. 16 and 18)."""
    letters = study.letters
    total = persons_sum(letters, mentions)
    women = persons_sum(letters, mentions, women=True)
    lines = {
        "Persons whose situation was raised": sum_claim(
            study,
            "persons.total",
            "Persons whose situation the letters raise",
            total,
            len(letters),
        ),
        "Women among them": sum_claim(
            study,
            "persons.women",
            "Women among them, where the letters say so",
            women,
            len(letters),
        ),
        "Letters on reprisals": subject(
            study, "reprisals.letters", "Letters on reprisals", "reprisals_code"
        ),
        "Letters on legislation": subject(
            study, "legislation.letters", "Letters on national legislation", "legislation_code"
        ),
    }
    silent = {
        "persons.letters_silent": (total.silent, "Letters that give no number of persons"),
        "women.letters_silent": (women.silent, "Letters that give no number of women"),
        "reprisals.not_recorded": (
            unrecorded(letters, "reprisals_code"),
            "Letters for which it is not recorded whether they are on reprisals",
        ),
        "legislation.not_recorded": (
            unrecorded(letters, "legislation_code"),
            "Letters for which it is not recorded whether they are on legislation",
        ),
    }
    asked = {
        "persons": "persons",
        "women": "persons",
        **{key: f"{key}_code" for key in ("reprisals", "legislation")},
    }
    for name, (number, words) in silent.items():
        if number and study.asks_for(asked[name.partition(".")[0]]):
            lines[words] = study.number(name, number, "letter", words)
    return table_of_counts(
        study,
        "persons",
        "Persons and subjects of the letters to States",
        column_heads("What was counted", value="Number"),
        list(lines.items()),
        unit="persons or letters, as the row says",
        notes=(
            "More than: at least one letter gives an open number, so the sum is a lower bound. At "
            "least: some letters give no number. Women are no share of such a sum, and what is "
            "left are not men.",
            "A person whom several letters to one State name is counted once.",
        ),
        statements=(_sentence({claim.name: claim for claim in lines.values()}),),
    )


def unrecorded(letters: pd.DataFrame, column: str) -> int:
    """Letters that say neither yes nor no."""
    return int((letters[column] == "not_recorded").sum())


def subject(
    study: Letters, name: str, definition: str, column: str, own: pd.DataFrame | None = None
) -> Claim:
    """Letters on a subject, of all in scope or of ``own``.

    What is not recorded is no zero: where no letter says yes and one says nothing, the number is
    not known.
    """
    letters = study.letters if own is None else own
    yes, silent = int((letters[column] == "yes").sum()), unrecorded(letters, column)
    if silent and not yes:
        every = silent == len(letters)
        why = "not recorded for any letter" if every else "not recorded for some of the letters"
        said = study.words_without_answer(column)
        return study.number(name, None, "letter", definition, why=why, said=said)
    if own is None:
        return study.drafts({name: (definition, {column: "yes"})})[name]
    text = f"at least {yes}" if silent else ""
    return study.number(name, yes, "letter", definition, text=text)


def _sentence(made: dict[str, Claim]) -> str:
    """What the page says of persons and subjects, as far as the list records them."""
    if made["persons.total"].status != "shown":
        told = "The list does not record how many persons the letters concern."
    else:
        told = "The letters raised the situation of {{ persons.total|of:person }}"
        if made["persons.women"].status == "shown":
            told += (
                ", with {{ persons.women }} {{ persons.women|agree:woman:women }} recorded among "
                "them"
            )
        told += "."
    if made["reprisals.letters"].status == "shown":
        told += (
            " Reprisals for cooperation with the United Nations or other international bodies "
            "were the subject of {{ reprisals.letters|of:letter }}."
        )
    if made["legislation.letters"].status == "shown":
        told += " National legislation was the subject of {{ legislation.letters|of:letter }}."
    return told


def sum_claim(study: Letters, name: str, definition: str, found: Sum, letters: int) -> Claim:
    """A sum as a number of the page; not computable where no letter gives a number above zero."""
    if found.silent and not found.value and not found.is_open:
        every = found.silent == letters
        why = "no letter gives a number" if every else "the letters that give a number give none"
        said = study.words_without_answer("persons")
        return study.number(name, None, "person", definition, why=why, said=said)
    claim = study.number(name, found.value, "person", definition, text=found.text, measure="sum")
    return claim if found.is_exact else replace(claim, value=found.text)


def by_sex_and_age(study: Letters, mentions: pd.DataFrame) -> Finding:
    """Persons listed by name, by sex and by age group: protected, and rounded."""
    population = _protected(study, mentions)
    rows = [
        (
            Cell(text=label(kind, code), vocabulary="sex"),
            Draft(
                f"listed.{key}.{code}",
                f"Persons listed: {label(kind, code)}",
                {column: code},
                "person",
                "person_id",
            ),
        )
        for key, column, kind in (
            ("sex", "sex_code", "sex"),
            ("age", "age_group_code", "age_group"),
        )
        for code in codes(kind)
        if (population.frame[column] == code).any()
    ]
    made = study.count(population, [draft for _, draft in rows])
    return table_of_counts(
        study,
        "listed",
        "Persons listed by name in the letters by sex and by age group",
        column_heads("Sex or age group", value="Persons"),
        [(words, made[draft.name]) for words, draft in rows],
        unit="persons",
        notes=(
            "Over the persons whom letters to States list by name. Counts are rounded to five and "
            "small ones are withheld, so that no person can be recognized; they need not "
            "add up.",
        ),
    )


def _protected(study: Letters, mentions: pd.DataFrame) -> Population:
    """Mentions in scope as a population of their own, with the policy of persons."""
    ids = study.letters["letter_id"]
    own = mentions[(mentions["source"] == study.source) & mentions["letter_id"].isin(ids)]
    return replace(
        study.register,
        frame=own,
        policy=PERSONS_POLICY,
        table="addressed_persons",
        ledger=Ledger(study.build.build_id),
        scope={
            **{k: v for k, v in study.scope.filter.items() if k != "has_this_mandate"},
            "addressee_code": "state",
        },
    )
