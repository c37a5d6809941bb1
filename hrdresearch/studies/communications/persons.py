"""Persons whose situation the letters raise: sums over letters that may be lower bounds.

A letter states how many persons it concerns, or only "more than" a number, or no number. A sum
over such letters is a lower bound, so no share of it is computed. A person whom two letters to one
State name is counted once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Cell, Claim, Finding
from hrdresearch.findings.numbers import number_in_table
from hrdresearch.findings.sentences import (
    agreement_tag,
    claim_tag,
    is_printed,
    join_with_and,
    label_in_sentence,
)
from hrdresearch.privacy.make_release import make_release
from hrdresearch.privacy.policy import Policy, ReleasePlan
from hrdresearch.studies.communications.letters import TO_STATES, Letters
from hrdresearch.studies.shapes.count_tables import column_heads, table_of_counts
from hrdresearch.vocab import codes, label

LISTED_PLAN = ReleasePlan(whole_list=("sex_code", "age_group_code"))
PERSONS_POLICY = Policy(
    public_by_name=False,
    reason="Persons in letters: sex and age together could single a person out, and letters that "
    "are not yet public are confidential",
    leaves=LISTED_PLAN,
)


@dataclass(frozen=True)
class PersonsSum:
    """A number of persons summed over letters.

    is_open: at least one letter states "more than" a number. without_number: letters that state none.

    >>> PersonsSum(189, is_open=True, without_number=0).text
    'more than 189'
    >>> PersonsSum(59, is_open=False, without_number=3).text
    'at least 59'
    """

    value: int
    is_open: bool
    without_number: int

    @property
    def is_exact(self) -> bool:
        """Whether every letter states a number, and none says "more than"."""
        return not (self.is_open or self.without_number)

    @property
    def text(self) -> str:
        """The number as printed, with "more than" or "at least" before a lower bound."""
        bound = "more than " if self.is_open else "at least " if self.without_number else ""
        return f"{bound}{number_in_table(self.value, 'person')}"


def sum_persons(letters: pd.DataFrame, mentions: pd.DataFrame, women: bool = False) -> PersonsSum:
    """Number of persons (or of women) in these letters; each person counts once.

    letters: rows of ``communications``. mentions: rows of ``addressed_persons``, which show who
    stands in two of the letters.
    """
    column = "women" if women else "persons"
    numbers = letters[column]
    # A letter that gives no number adds none, so nothing is taken off for it either.
    mentions = mentions[mentions["letter_id"].isin(letters.loc[numbers.notna(), "letter_id"])]
    if women:
        mentions = mentions[mentions["sex_code"] == "female"]
    repeated = len(mentions) - mentions["person_id"].nunique()
    total = int(numbers.fillna(0).sum()) - repeated
    return PersonsSum(
        max(total, 0), bool(letters[f"is_{column}_open"].any()), int(numbers.isna().sum())
    )


def persons(study: Letters) -> Finding:
    """Persons and women in the letters; letters on reprisals and legislation (paras. 16 and 18)."""
    letters, mentions = study.letters, study.build.table("addressed_persons")
    total = sum_persons(letters, mentions)
    women = sum_persons(letters, mentions, women=True)
    claims = {
        "Persons whose situation was raised": claim_of_sum(
            study, "persons.total", "Persons whose situation the letters raise", total, len(letters)
        ),
        "Women among them": claim_of_sum(
            study,
            "persons.women",
            "Women among them, where the letters say so",
            women,
            len(letters),
        ),
        "Letters on reprisals": count_on_subject(
            study, "reprisals.letters", "Letters on reprisals", "reprisals_code"
        ),
        "Letters on legislation": count_on_subject(
            study, "legislation.letters", "Letters on national legislation", "legislation_code"
        ),
    }
    unknown = {
        "persons.letters_silent": (total.without_number, "Letters that give no number of persons"),
        "women.letters_silent": (women.without_number, "Letters that give no number of women"),
        "reprisals.not_recorded": (
            count_not_recorded(letters, "reprisals_code"),
            "Letters for which it is not recorded whether they are on reprisals",
        ),
        "legislation.not_recorded": (
            count_not_recorded(letters, "legislation_code"),
            "Letters for which it is not recorded whether they are on legislation",
        ),
    }
    facts = {
        "persons": "persons",
        "women": "persons",
        "reprisals": "reprisals_code",
        "legislation": "legislation_code",
    }
    for name, (number, words) in unknown.items():
        if number and study.asks_for(facts[name.partition(".")[0]]):
            claims[words] = study.number(name, number, "letter", words)
    return table_of_counts(
        study,
        "persons",
        "Persons and subjects of the letters to States",
        column_heads("What was counted", value="Number"),
        list(claims.items()),
        unit="persons or letters, as the row says",
        notes=(
            "More than: at least one letter gives an open number, so the sum is a lower bound. At "
            "least: some letters give no number. Women are no share of such a sum, and what is "
            "left are not men.",
            "A person whom several letters to one State name is counted once.",
        ),
        statements=(told := _sentences({claim.name: claim for claim in claims.values()})),
        key_sentences=(" ".join(told),),
    )


def count_not_recorded(letters: pd.DataFrame, column: str) -> int:
    """Number of letters for which this coded column is not recorded."""
    return int((letters[column] == "not_recorded").sum())


def count_on_subject(
    study: Letters, name: str, definition: str, column: str, among: pd.DataFrame | None = None
) -> Claim:
    """Claim of the letters on a subject: those with "yes" in a coded column.

    among: the letters to count; None counts all in scope. If no letter has "yes" and at least one
    is not recorded, the number is not computable, because it need not be zero.
    """
    letters = study.letters if among is None else among
    yes, not_recorded = int((letters[column] == "yes").sum()), count_not_recorded(letters, column)
    if not_recorded and not yes:
        every = not_recorded == len(letters)
        why = "not recorded for any letter" if every else "not recorded for some of the letters"
        cell = study.words_without_answer(column)
        return study.number(name, None, "letter", definition, why=why, said=cell)
    if among is None:
        return study.claims_of_counts({name: (definition, {column: "yes"})})[name]
    text = f"at least {yes}" if not_recorded else ""
    return study.number(name, yes, "letter", definition, text=text)


def women_in_words(women: Claim) -> str:
    """How many women are recorded among the persons, as the end of a sentence on these."""
    if women.value == 0:
        return f", with {claim_tag(women, 'of:woman')} recorded among them"
    return f", with {claim_tag(women)} {agreement_tag(women, 'woman', 'women')} recorded among them"


def _sentences(claims: dict[str, Claim]) -> tuple[str, ...]:
    """What is told of the persons, then of the subjects, as far as the register records them."""
    if claims["persons.total"].status != "shown":
        text = "The list does not record how many persons the letters concern."
    else:
        text = "The letters raised the situation of {{ persons.total|of:person }}"
        if claims["persons.women"].status == "shown":
            text += women_in_words(claims["persons.women"])
        text += "."
        if "persons.letters_silent" in claims:
            text += " No number of persons is given by {{ persons.letters_silent|of:letter }}."
    subjects = []
    if claims["reprisals.letters"].status == "shown":
        subjects.append(
            "Reprisals for cooperation with the United Nations or other international bodies "
            "were the subject of {{ reprisals.letters|of:letter }}."
        )
    if claims["legislation.letters"].status == "shown":
        subjects.append(
            "National legislation was the subject of {{ legislation.letters|of:letter }}."
        )
    return (text, *([" ".join(subjects)] if subjects else []))


def claim_of_sum(
    study: Letters, name: str, definition: str, total: PersonsSum, letters: int
) -> Claim:
    """Claim of a number of persons; not computable if no letter states a number above zero.

    letters: how many letters the sum is over.
    """
    if total.without_number and not total.value and not total.is_open:
        every = total.without_number == letters
        why = "no letter gives a number" if every else "the letters that give a number give none"
        cell = study.words_without_answer("persons")
        return study.number(name, None, "person", definition, why=why, said=cell)
    claim = study.number(name, total.value, "person", definition, text=total.text, measure="sum")
    return claim if total.is_exact else replace(claim, value=total.text)


def by_sex_and_age(study: Letters) -> Finding:
    """Persons whom the letters list by name, by sex and by age group.

    Counts are rounded to five and small ones are withheld, by ``PERSONS_POLICY``.
    """
    population = _listed_persons(study)
    rows = [
        (
            Cell(text=label(kind, code), vocabulary="sex"),
            CountDraft(
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
    claims = {
        name: replace(claim, filter={**_scope(study), **claim.filter})
        for name, claim in study.count(population, [draft for _, draft in rows]).items()
    }
    named = [
        f"{label_in_sentence(words.text)} ({claim_tag(claims[draft.name])})"
        for words, draft in rows
        if is_printed(claims[draft.name])
    ]
    return table_of_counts(
        study,
        "listed",
        "Persons listed by name in the letters by sex and by age group",
        column_heads("Sex or age group", value="Persons"),
        [(words, claims[draft.name]) for words, draft in rows],
        statements=(
            "Persons whom letters to States list by name are recorded, in rounded numbers, as: "
            f"{join_with_and(named)}.",
        )
        if named
        else (),
        unit="persons",
        notes=(
            "Over the persons whom letters to States list by name. Counts are rounded to five, below "
            "five no number is printed, and they need not add up.",
        ),
    )


def _listed_persons(study: Letters) -> Population:
    """Persons listed in letters to States in scope, as a population with its own policy."""
    mentions = study.build.table("addressed_persons")
    ids = study.letters["letter_id"]
    is_in_scope = (mentions["source"] == study.source) & mentions["letter_id"].isin(ids)
    listed = mentions[is_in_scope]
    # Letters have no editions of their own: their persons are rounded anew in each report.
    release, _ = make_release(
        listed,
        LISTED_PLAN,
        study.build.build_id,
        "|".join(sorted(listed["person_id"])).encode(),  # pseudonyms, which nobody outside holds
        person="person_id",
        year=None,
    )
    return replace(
        study.register,
        frame=listed,
        policy=PERSONS_POLICY,
        table="addressed_persons",
        release=release,
        scope={},
    )


def _scope(study: Letters) -> dict[str, Any]:
    """Row filter of the persons in letters to States in scope, which the release itself knows not."""
    filter_ = {k: v for k, v in study.scope.filter.items() if k != "has_this_mandate"}
    return {**filter_, **TO_STATES}
