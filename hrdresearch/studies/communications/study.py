"""Communications of the mandate: letters, replies and follow-up, counted in its register.

Paragraphs 7 (h), 10 to 20, 39, 60 to 67, 71 and 91 (c) of A/75/165. The unit is the letter,
not the State or the case. Each rate of reply says over which letters it is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hrdresearch.findings.empty_cells import NOT_ASKED, NOT_RECORDED
from hrdresearch.findings.make_claims import CountDraft, add_claims
from hrdresearch.findings.model import Finding
from hrdresearch.findings.sentences import agreement_tag, claim_tag, label_in_sentence
from hrdresearch.studies.communications import (
    allegations,
    cooperation,
    in_brief,
    joint_letters,
    press_and_registers,
    reply_substance,
    schedules,
)
from hrdresearch.studies.communications import persons as persons_in_letters
from hrdresearch.studies.communications import replies as letter_replies
from hrdresearch.studies.communications.letters import TO_STATES, Letters
from hrdresearch.studies.communications.schedules import NOT_PUBLISHED
from hrdresearch.studies.communications.self_test import (
    PERIOD,
    OnSelfTestLetters,
    compute_figures,
    self_test_finding,
)
from hrdresearch.studies.ground.ledger import day_in_words
from hrdresearch.studies.shapes.build_account import quality_finding
from hrdresearch.studies.shapes.count_tables import Row, column_heads, state_cell, table_of_counts
from hrdresearch.studies.shapes.year_and_state_sentences import states_above
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.regions import region_in_sentence
from hrdresearch.vocab.states import alphabetical_key, short_name

NO_KINDS = "the list does not tell companies from other actors"
TYPES = {
    "urgent_appeals": "an urgent appeal",
    "letters_of_allegation": "a letter of allegation",
    "other_letters": "another letter",
}
SENT = "{{ extent.letters|of:letter }} to {{ extent.states|of:state }}."
PUBLIC = (
    "Of these, {{ extent.published|none }} {{ extent.published|agree:was:were }} public at the "
    "cut-off."
)
NOT_PUBLIC = (
    "The list records of none of them whether it is public, so no State is named in this draft."
)
KEPT_APART = (
    "Kept apart, and in no other figure, are {{ extent.letters_to_companies|of:letter }} to "
    "companies and {{ extent.letters_to_others|none }} to other actors."
)
KEPT_APART_TOGETHER = (
    "Kept apart, and in no other figure, are {{ extent.letters_to_others|of:letter }} to companies "
    "and other actors, which the list does not tell apart."
)


class Communications(Letters):
    """The communications study over one build of table ``communications``."""

    def extent(self) -> Finding:
        """Letters to States, how many are public, States, and letters to companies and other actors."""
        public, is_known = "Letters to States that are public", self.ever_recorded("published_date")
        words, has_kinds = "Letters to companies", self.asks_for("addressee_kind")
        others = "Letters to other actors, or to actors of a kind that is not recorded"
        published = {"published_date": self.by_cut_off}
        when = f"From {day_in_words(self.start)} to {day_in_words(self.end)}, the list holds "
        drafts = (
            self.count_to_states("extent.letters", "Letters to States"),
            self.count_to_states("extent.published", public, published)
            if is_known
            else self.number(
                "extent.published", None, "letter", public, why=NOT_PUBLISHED, said=NOT_RECORDED
            ),
            CountDraft(
                "extent.states",
                "States that a letter was sent to",
                TO_STATES,
                "state",
                "state_iso3",
            ),
            CountDraft(
                "extent.letters_to_companies", words, {"addressee_code": "company"}, "letter"
            )
            if has_kinds
            else self.number(
                "extent.letters_to_companies", None, "letter", words, why=NO_KINDS, said=NOT_ASKED
            ),
            CountDraft(
                "extent.letters_to_others", others, {"addressee_code": "other_actor"}, "letter"
            ),
        )
        return table_of_counts(
            self,
            "extent",
            "Letters sent in the period",
            column_heads("What was counted", value="Number"),
            [(d.definition.partition(":")[0], d) for d in drafts],
            beside=[
                *self.flag_claims("extent.publication_known", is_known),
                *self.flag_claims("extent.kinds_known", has_kinds),
            ],
            unit="letters or States, as the row says",
            statements=(
                f"{when}{SENT} {PUBLIC if is_known else NOT_PUBLIC} "
                f"{KEPT_APART if has_kinds else KEPT_APART_TOGETHER}",
            ),
            key_sentences=(f"{when}{SENT}",),
            notes=(
                "A joint letter is one letter. Letters to companies and other actors are no "
                "part of the letters to States.",
            ),
        )

    def by_type(self) -> Finding:
        """Letters to States by type; each letter has one type, so shares add up to a hundred."""
        kinds = {code: label("letter_type", code) for code in codes("letter_type")}
        return self.table_with_shares(
            "by_type",
            "Letters to States by type",
            "Type of letter",
            "letter_type",
            {code: (words, words, {"type_code": code}) for code, words in kinds.items()},
            told=lambda code, n: agreement_tag(n, TYPES[code], label_in_sentence(kinds[code])),
        )

    def by_region(self) -> Finding:
        """Letters to States by region; letters are counted, not States."""
        return self.table_with_shares(
            "by_region",
            "Letters to States by region",
            "Region",
            "region",
            {
                code: (
                    words,
                    f"Letters to States in: {words}",
                    {"state_iso3": self.regions.members(code)},
                )
                for code, words in self.regions.labels.items()
            },
            told=lambda code, _: f"to {region_in_sentence(self.regions.labels[code])}",
            link=" sent",
            notes=(
                "Letters are counted, not States. Percentages are rounded each by itself and "
                "need not add up to a hundred.",
                *self.regions.notes,
            ),
        )

    def by_state(self) -> Finding:
        """Public letters by State, and how many had a reply by the cut-off."""
        public = self.letters[self.letters["published_date"] <= self.cut_off]
        states = sorted(public["state_iso3"].unique(), key=alphabetical_key)

        def row(iso3: str) -> Row:
            key, name = f"by_state.{iso3.lower()}", short_name(iso3)
            base = {"state_iso3": iso3, "published_date": self.by_cut_off}
            return (
                state_cell(iso3),
                self.count_to_states(key, f"Public letters to {name}", base),
                self.count_to_states(
                    f"{key}.replied",
                    f"Of these to {name}, replied to by the cut-off",
                    {**base, "first_reply_date": self.by_cut_off},
                ),
            )

        finding = table_of_counts(
            self,
            "by_state",
            "Public letters by State",
            column_heads("State", value="Public letters", replied="Replied to by the cut-off"),
            [row(iso3) for iso3 in states],
            notes=(
                "States stand in alphabetical order. Letters are counted, not what happened in a "
                "State, so the counts do not rank them.",
                "A letter that is not yet public is counted by type and region only.",
            ),
        )
        above = states_above(
            self.register,
            "by_state.threshold",
            {iso3: finding.by_name[f"by_state.{iso3.lower()}"] for iso3 in states},
            lambda iso3: (
                f"{claim_tag(f'by_state.{iso3.lower()}')}; "
                f"{claim_tag(f'by_state.{iso3.lower()}.replied', 'none')} replied to"
            ),
        )
        number = self.number("by_state.states", len(states), "state", "States with a public letter")
        if above is None:
            text = (
                f"By {day_in_words(self.cut_off)}, public letters had been sent to "
                f"{claim_tag(number, 'of:state')}; the table gives each."
            )
            is_told = self.ever_recorded("published_date")
            return replace(add_claims(finding, number), statements=(text,) if is_told else ())
        text = (
            f"States to which {claim_tag(above[0])} or more public letters were sent are, in alphabetical "
            f"order and with the number replied to by {day_in_words(self.cut_off)}: {above[2]}."
        )
        return replace(add_claims(finding, number, above[0]), statements=(text,))

    allegations = allegations.allegations
    joint = joint_letters.joint
    overlap = joint_letters.overlap

    persons = persons_in_letters.persons
    listed = persons_in_letters.by_sex_and_age
    press = press_and_registers.press
    replies = letter_replies.replies
    substance = reply_substance.substance
    substance_on_cases = reply_substance.substance_on_cases
    coders = reply_substance.coders
    owing = schedules.owing
    owing_letters = schedules.owing_letters
    cooperating = cooperation.cooperating
    outcomes = cooperation.outcomes
    published = press_and_registers.quoted_reply_rates
    acknowledgements = press_and_registers.acknowledgements
    registers = press_and_registers.registers
    quality = quality_finding

    def to_state(self) -> Finding:
        """In a brief on one State: letters, replies, and the public letters without a reply."""
        parts = (self.extent(), self.replies(), self.substance(), self.owing())
        return in_brief.to_state(self, *parts)

    def glance(self) -> Finding:
        """In a brief: the register with its letters to the State."""
        return in_brief.glance(self, self.to_state())

    def self_test(self) -> Finding:
        """Self-test of the arithmetic: published figures beside those computed on invented letters."""
        fixture = FixtureCommunications(self.build, PERIOD)
        return self_test_finding(self, compute_figures(fixture, _counts_of_letters(fixture)))


class FixtureCommunications(OnSelfTestLetters, Communications):
    """The study of communications, applied to the invented letters of the self-test."""


def _counts_of_letters(study: Communications) -> Mapping[str, Any]:
    """Counts of letters by the keys of the self-test, made by the findings of the study."""
    claims = {
        c.name: c.value
        for finding in (study.extent(), study.by_type(), study.by_region(), study.replies())
        for c in finding.claims
    }
    subjects = study.claims_of_counts(
        {
            "reprisals": ("Letters on reprisals", {"reprisals_code": "yes"}),
            "legislation": ("Letters on national legislation", {"legislation_code": "yes"}),
        }
    )
    regions = study.regions.labels
    return {
        "letters": claims["extent.letters"],
        "states": claims["extent.states"],
        **{code: claims[f"by_type.{code}"] for code in codes("letter_type")},
        **{code: claims[f"by_region.{code}"] for code in regions},
        **{f"{code}_share": claims[f"by_region.{code}.share"] for code in regions},
        "replies": claims["replies.received"],
        "reply_rate": claims["replies.rate_per_cent"],
        "followed_up": claims["replies.followed_up"],
        **{name: claim.value for name, claim in subjects.items()},
    }


STUDY = Communications
