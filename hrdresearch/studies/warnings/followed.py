"""Of persons with an earlier record, how many are recorded as killed within so many years, as linked.

A person is followed from the day of the first record, so nobody is in the group because of the
killing, until the lists of killed persons end (``stats.follow_up``). Two readings bound what dates
leave open. The numbers describe groups in these lists and are no risk of
a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, Population, text_claim
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.sentences import ListSentences
from hrdresearch.studies.ground.ledger import day_in_words
from hrdresearch.studies.shapes.count_tables import (
    code_cell,
    table_of_counts,
    text_columns,
)
from hrdresearch.studies.warnings.curves import (
    HORIZONS,
    LowAndHighCurves,
    fit_readings,
)
from hrdresearch.studies.warnings.followed_claims import (
    claims_within,
    counts_of_followed,
    killed_within,
    stated_years,
    watched_for_less,
)
from hrdresearch.studies.warnings.followed_sentences import (
    followed_sentences,
    killed_after_the_end,
    persons_followed,
    sentences_on_who,
)
from hrdresearch.studies.warnings.part import (
    PERSON,
    Part,
    exact_lists,
    is_census,
    slug_in_names,
)
from hrdresearch.vocab import codes, label

UNDATED = {"follow_up_code": ["no_day", "record_day_unknown"]}


class FollowedPart(Part):
    """The findings on the persons who could be followed (table ``followed``)."""

    table = "followed"

    def who(self) -> Finding:
        """Persons by whether they could be followed, and why not; ``who.LIST.CODE``, ``who.all``.

        LIST: of killed persons, those on which persons of the list were found; else the first.
        """
        exact = exact_lists(self)
        several, note = self._several()

        def said(p: Population, made: Mapping[str, Claim]) -> list[ListSentences]:
            silent = [k for k in self._telling(p) if p in exact and not _is_told(p, k, made)]
            return [ListSentences(sentences_on_who(p, k, made)) for k in silent]

        return table_of_counts(
            self,
            "who",
            "Persons with an earlier record, by whether a killing would be found on the list",
            [*several, *text_columns(label="Whether followed"), Column("value", "Persons")],
            lambda p: (
                [
                    (*_named(k, several), code_cell("follow_up", c), _person(k, c))
                    for k in self._telling(p)
                    for c in codes("follow_up")
                ]
                if p in exact
                else []
            ),
            beside=lambda p: (
                [
                    CountDraft("who.all", "persons with a record", {}, "person", PERSON),
                    CountDraft(
                        "who.undated",
                        "persons of whom a day is not known",
                        UNDATED,
                        "person",
                        PERSON,
                    ),
                    *(_until(p, k, "who") for k in self._telling(p)),
                ]
                if p in exact
                else []
            ),
            empty="drop rows",
            sentence=said,
            notes=(
                *note,
                "A record that was made after the killing is no warning: it was made because of "
                "it. Such a person, and one of whom the file read gives no day of record, is not "
                "followed.",
            ),
        )

    def share(self) -> Finding:
        """Of each thousand persons followed: recorded as killed within 1, 2 and 5 years, in two
        readings.

        Claims: ``share.stated``, and ``share.LIST.y1.low``, ``.high``, ``.from``, ``.to``. Method:
        Aalen-Johansen estimator with delayed entry; with one exit it is one minus Kaplan-Meier.
        Refused where too few were killed or under observation.
        """
        fitted = {
            (p.slug, k.slug): made
            for p in exact_lists(self)
            for k in self._telling(p)
            if (made := fit_readings(persons_followed(p, k)))
        }

        def of(p: Population) -> list[tuple[Population, LowAndHighCurves]]:
            return [
                (k, fitted[p.slug, k.slug]) for k in self.killed_lists if (p.slug, k.slug) in fitted
            ]

        several, note = self._several()
        are_prisoners = all(is_census(p) for p in self.populations if of(p))
        persons = "prisoners" if fitted and are_prisoners else "persons"
        return table_of_counts(
            self,
            "share",
            f"Recorded as killed after a first record, of each thousand {persons} followed in these lists "
            "(a description, no forecast)",
            [
                *several,
                *text_columns(label="Within"),
                Column("low", "Low"),
                Column("high", "High"),
                Column("from", "From"),
                Column("to", "To"),
            ],
            lambda p: [
                (
                    *_named(k, several),
                    HORIZONS[y].capitalize(),
                    *claims_within(p, k, made, y).values(),
                )
                for k, made in of(p)
                for y in HORIZONS
                if not made.why_not(y)
            ],
            beside=lambda p: [
                *(count for k, _ in of(p) for count in counts_of_followed(k)),
                *(_until(p, k, "share") for k, _ in of(p)),
                stated_years(p, of(p)),
                *(one for k, made in of(p) for one in killed_within(p, k, made)),
                *(one for k, made in of(p) for one in watched_for_less(p, k, made)),
                *(killed_after_the_end(p, k) for k, _ in of(p)),
            ],
            unit="of each thousand persons followed",
            sentence=lambda p, made: [  # noqa: ARG005
                said for k, readings in of(p) for said in followed_sentences(p, k, readings)
            ],
            notes=(
                *note,
                "Counted from the first record, with delayed entry: a person is followed from the day "
                "of that record, if the list of killed persons covers the State by then, until that "
                "list ends. Low: latest day of the killing that the list leaves open, and "
                "nobody who may have been killed before the record. High: earliest day. The "
                "interval (from, to) reaches from the lower end of the low reading to the upper end of "
                "the high one, each of 95 per cent, Aalen-Johansen estimator, as if the persons were "
                "drawn by chance from more of their kind; a list is no such sample.",
                "Who was killed and does not stand on that list, or was not recognized, counts "
                "as not killed, and who died otherwise as living, which makes the figures too low; a "
                "wrong link makes them too high. They describe these lists and are no risk of a "
                "person.",
            ),
        )

    def _several(self) -> tuple[list[Column], list[str]]:
        """A column for the list of killed persons where these are several; else a note that names it."""
        told = {k.slug: k for p in exact_lists(self) for k in self._telling(p)}
        if len(told) > 1:
            return text_columns(killed="List of killed persons"), []
        return [], [f"Looked for on {k.list_in_prose}." for k in told.values()]

    def _telling(self, p: Population) -> list[Population]:
        """Lists of killed persons on which persons of a list were found; else the first list."""
        found = p.frame["high_is_killed"] | p.frame["follow_up_code"].eq("killed_before_record")
        held = set(p.frame.loc[found, "killed_list"])
        return [k for k in self.killed_lists if k.slug in held] or list(self.killed_lists[:1])


def _named(killed: Population, several: Sequence[Column]) -> list[str]:
    return [killed.title] if several else []


def _is_told(p: Population, k: Population, made: Mapping[str, Claim]) -> bool:
    """Whether the sentence on the share says all: each person is followed, and a killing is seen."""
    is_all = made[f"who.{slug_in_names(k)}.followed"].value == made["who.all"].value
    return is_all and fit_readings(persons_followed(p, k)) is not None


def _person(k: Population, code: str) -> CountDraft:
    words = f"{label('follow_up', code).lower()}, by {k.list_in_prose}"
    where = {"killed_list": k.slug, "follow_up_code": code}
    return CountDraft(f"who.{slug_in_names(k)}.{code}", words, where, "person", PERSON)


def _until(p: Population, k: Population, finding: str) -> Claim:
    """Day to which a list of killed persons was read for these persons."""
    last = p.frame.loc[p.frame["killed_list"].eq(k.slug), "closes_date"].max()
    text = "no day, since it does not cover the State" if pd.isna(last) else day_in_words(last)
    words = f"day to which {k.list_in_prose} was read for these persons"
    made = text_claim(p.claim_name(f"{finding}.{slug_in_names(k)}.until"), text, words, "day")
    return replace(made, table=p.table, sources=(p.slug,))
