"""Communications, replies and follow-up: the mandate's own numbers, from its register.

Paragraphs 10 to 20, 39, 57 to 67 and 71 of A/75/165. Counts are letters, not States and not
cases; a rate of reply says over which letters it is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import yaml

from hrdresearch.findings.make import Draft
from hrdresearch.findings.model import Cell, Claim, Column, Drawing, Finding
from hrdresearch.studies import letter_replies, letter_schedules, persons_in_letters
from hrdresearch.studies.compare import quality_finding
from hrdresearch.studies.letters import TO_STATES, Letters
from hrdresearch.studies.published import published_claim
from hrdresearch.studies.self_test import PERIOD, OnFixture, computed, self_test
from hrdresearch.tables import select
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.reference import reference_path
from hrdresearch.vocab.states import short_name

OWN = "defenders"
TEXT_OF = {
    "own": "written for this project",
    "draft": "draft, not an official translation",
    "official": "official translation",
}


class Communications(Letters):
    """The communications study over one build of table ``communications``."""

    def extent(self) -> Finding:
        """Letters to States, States, letters to others, letters not yet public."""
        made = self.drafts(
            {
                "extent.letters": ("Letters to States", {}),
                "extent.published": (
                    "Letters to States that are public",
                    {"published_date": {"to": str(self.cut_off.date())}},
                ),
            }
        )
        made |= self.count(
            self.register,
            [
                Draft(
                    "extent.states",
                    "States that a letter was sent to",
                    TO_STATES,
                    "state",
                    "state_iso3",
                ),
                Draft(
                    "extent.letters_to_companies",
                    "Letters to companies",
                    {"addressee_code": "company"},
                    "letter",
                ),
                Draft(
                    "extent.letters_to_others",
                    "Letters to other actors",
                    {"addressee_code": "other_actor"},
                    "letter",
                ),
            ],
        )
        rows = [[Cell(text=c.definition), Cell(claim=c.name)] for c in made.values()]
        return self.finding(
            "extent",
            "Letters sent in the period",
            [Column("label", "What was counted", "label"), Column("value", "Number")],
            rows,
            made.values(),
            unit="letters or States, as the row says",
            notes=(
                "A joint letter is one letter. Letters to companies and other actors are no "
                "part of the letters to States.",
            ),
        )

    def by_type(self) -> Finding:
        """Urgent appeals, letters of allegation, other letters: they partition the letters."""
        return self.by_codes(
            "by_type",
            "Letters to States by type",
            "type_code",
            "letter_type",
            "Type of letter",
            drawing=Drawing("bars", "label", ("value",)),
        )

    def by_region(self) -> Finding:
        """Letters (not States) by region."""
        made = self.drafts(
            {
                **{
                    f"by_region.{code}": (
                        f"Letters to States in: {words}",
                        {"state_iso3": [i for i, r in self.regions.of.items() if r == code]},
                    )
                    for code, words in self.regions.labels.items()
                },
                "by_region.of": ("Letters to States in scope", {}),
            }
        )
        return self.shares(
            "by_region",
            "Letters to States by region",
            "Region",
            self.regions.labels,
            made,
            "region",
            drawing=Drawing("bars", "label", ("value",)),
            notes=(
                "Letters are counted, not States. Percentages are rounded each by itself and "
                "need not add up to a hundred.",
                *((self.regions.note,) if self.regions.note else ()),
            ),
        )

    def by_state(self) -> Finding:
        """Public letters by State, and how many had a reply at the cut-off."""
        letters = self.letters
        public = letters[letters["published_date"] <= self.cut_off]
        claims: list[Claim] = []
        rows = []
        limit = {"to": str(self.cut_off.date())}
        for iso3 in sorted(public["state_iso3"].unique(), key=short_name):
            key, base = f"by_state.{iso3.lower()}", {"state_iso3": iso3, "published_date": limit}
            made = self.drafts(
                {
                    key: (f"Public letters to {short_name(iso3)}", base),
                    f"{key}.replied": (
                        f"Of these to {short_name(iso3)}, replied to by the cut-off",
                        {**base, "first_reply_date": limit},
                    ),
                }
            )
            claims += made.values()
            rows.append(
                [
                    Cell(text=short_name(iso3), vocabulary="state"),
                    *(Cell(claim=c.name) for c in made.values()),
                ]
            )
        return self.finding(
            "by_state",
            "Public letters by State",
            [
                Column("label", "State", "label"),
                Column("value", "Public letters"),
                Column("replied", "Replied to by the cut-off"),
            ],
            rows,
            claims,
            notes=(
                "States stand in alphabetical order; the mandate writes to States on which it "
                "receives information, so the counts do not rank them.",
                "A letter that is not yet public is counted by type and region only.",
            ),
        )

    def joint(self) -> Finding:
        """Joint share, and days from draft to sending of joint and single letters (para. 14)."""
        made = self.drafts(
            {
                "joint.letters": ("Joint letters to States", {"is_joint": True}),
                "joint.of": ("Letters to States in scope", {}),
            }
        )
        claims = [*made.values()]
        whole = made["joint.of"].value
        part = made["joint.letters"].value
        value = 100 * float(part or 0) / float(whole) if whole else None
        claims.append(
            self.number(
                "joint.share",
                value,
                "per_cent",
                "Joint letters, in per cent of the letters to States",
            )
        )
        medians = {}
        for key, flag, words in (
            ("joint", True, "Joint letters"),
            ("single", False, "Letters of this mandate alone"),
        ):
            days = self.letters.loc[self.letters["is_joint"] == flag, "clearance_days"].dropna()
            medians[key] = float(days.median()) if len(days) else None
            claims += [
                self.number(
                    f"clearance.{key}.letters",
                    len(days),
                    "letter",
                    f"{words} with a day of the draft",
                ),
                self.number(
                    f"clearance.{key}.median_days",
                    medians[key],
                    "day",
                    f"{words}: median days from draft to sending",
                    text="" if medians[key] is None else f"{medians[key]:g}",
                    why="the day of the draft is not recorded",
                ),
            ]
        both = medians["joint"] is not None and medians["single"] is not None
        more = (medians["joint"] or 0) - (medians["single"] or 0) if both else None
        claims.append(
            self.number(
                "clearance.difference_days",
                more,
                "day",
                "Difference of the two medians in days",
                text="" if more is None else f"{more:g}",
                why="the day of the draft is not recorded",
            )
        )
        rows = [
            [Cell(text=c.definition), Cell(claim=c.name)] for c in claims if c.name != "joint.of"
        ]
        return self.finding(
            "joint",
            "Joint letters and the time that clearance takes",
            [Column("label", "What was measured", "label"), Column("value", "Value")],
            rows,
            claims,
            notes=(
                "Joint letters may be the more complex ones: the difference is not all due to "
                "clearance by several mandates.",
            ),
        )

    def overlap(self) -> Finding:
        """With which mandates letters were shared (para. 71)."""
        others = [c for c in codes("mandate") if c != OWN]
        made = self.drafts(
            {
                f"overlap.{code}": (
                    f"Letters shared with: {label('mandate', code)}",
                    {"mandate_codes": code},
                )
                for code in others
            }
        )
        rows = [
            [
                Cell(text=label("mandate", code), vocabulary="mandate"),
                Cell(claim=made[f"overlap.{code}"].name),
            ]
            for code in sorted(others, key=lambda c: -int(made[f"overlap.{c}"].value or 0))
            if made[f"overlap.{code}"].value
        ]
        return self.finding(
            "overlap",
            "Letters to States by mandate that shared them",
            [Column("label", "Mandate", "label"), Column("value", "Letters")],
            rows,
            made.values(),
            drawing=Drawing("bars", "label", ("value",)),
            notes=(
                "A letter shared with three mandates counts under each; the numbers are not added.",
            ),
        )

    def persons(self) -> Finding:
        """Persons, women, reprisals and legislation."""
        return persons_in_letters.persons(self, self._table("addressed_persons"))

    def listed(self) -> Finding:
        """Persons listed by name, by sex and age group, protected."""
        return persons_in_letters.by_sex_and_age(self, self._table("addressed_persons"))

    def press(self) -> Finding:
        """Press releases and the States that they concern (para. 20)."""
        frame = self._table("press_releases")
        within = {"release_date": {"from": str(self.start.date()), "to": str(self.end.date())}}
        states = self.scope.filter.get("state_iso3")
        own = frame[select(frame, within | ({"state_iso3": states} if states else {}))]
        if frame.empty:
            return self.finding("press", "Press releases", (), (), ())
        claims = [
            self.number(
                "press.releases",
                own["release_id"].nunique(),
                "release",
                "Press releases issued in the period",
                measure="distinct:release_id",
            ),
            self.number(
                "press.states",
                own["state_iso3"].nunique(),
                "state",
                "States that they concern",
                measure="distinct:state_iso3",
            ),
        ]
        rows = [[Cell(text=c.definition), Cell(claim=c.name)] for c in claims]
        return self.finding(
            "press",
            "Press releases in the period",
            [Column("label", "What was counted", "label"), Column("value", "Number")],
            rows,
            claims,
            unit="press releases",
            sources=self.notes_on("press_releases"),
        )

    def replies(self) -> Finding:
        """Rates of reply, three ways."""
        return letter_replies.replies(self)

    def substance(self) -> Finding:
        """Substance of the replies received."""
        return letter_replies.substance(self, self._table("replies"))

    def coders(self) -> Finding:
        """Agreement of two coders on substance."""
        return letter_replies.coders(self, self._table("replies"))

    def owing(self) -> Finding:
        """Schedule of States that owe a reply."""
        return letter_schedules.owing(self, self._table("addressed_persons"))

    def owing_letters(self) -> Finding:
        """The letters behind that schedule."""
        return letter_schedules.owing_letters(self)

    def cooperating(self) -> Finding:
        """Schedule of States that co-operate."""
        return letter_schedules.cooperating(self)

    def outcomes(self) -> Finding:
        """Positive outcomes that may be told."""
        return letter_schedules.outcomes(self)

    def published(self) -> Finding:
        """Response rates of the past that the report quotes: a range, never averaged."""
        table = pd.read_csv(reference_path("published.csv"), dtype=str, keep_default_na=False)
        own = table[table["key"].isin(("response_rate_low", "response_rate_high"))]
        records = [{str(k): str(v) for k, v in r.items()} for r in own.to_dict("records")]
        return self.finding(
            "published", "Published rates of reply", (), (), [published_claim(r) for r in records]
        )

    def acknowledgements(self) -> Finding:
        """Languages of the acknowledgement of submissions, and which text is only a draft."""
        facts = yaml.safe_load(reference_path("acknowledgement/PACK.yml").read_text("utf-8"))
        listed = facts["languages"].values()
        claims = [
            self.number(
                "acknowledgements.languages",
                len(listed),
                "language",
                "Languages of the acknowledgement",
            ),
            self.number(
                "acknowledgements.drafts",
                sum(one["status"] == "draft" for one in listed),
                "language",
                "Languages whose text waits for an official translation",
            ),
            self.number(
                "acknowledgements.review_days",
                facts["review_days"],
                "day",
                "Days within which the acknowledgement says that a submission is reviewed",
            ),
        ]
        rows = [
            [Cell(text=one["name"]), Cell(text=TEXT_OF[one["status"]])]
            for one in sorted(listed, key=lambda one: str(one["name"]))
        ]
        return self.finding(
            "acknowledgements",
            "Acknowledgement of submissions by language",
            [Column("label", "Language", "label"), Column("status", "Text", "label")],
            rows,
            claims,
            unit="languages",
        )

    def registers(self) -> Finding:
        """Registers of the build side by side, by reference number; they are never added."""
        frame = self.build.table(self.table)
        facts = [f for f in self.build.facts() if f["table"] == "communications"]
        if len(facts) < 2:
            return self.finding("registers", "Registers side by side", (), (), ())
        first, last = frame["sent_date"].min(), frame["sent_date"].max()
        held = {f["slug"]: frame[frame["source"] == f["slug"]] for f in facts}
        own = set(held[self.source]["letter_id"])
        claims: list[Claim] = []
        rows = []
        for f in facts:
            ids, stem = set(held[f["slug"]]["letter_id"]), f"by_source.{_name(f['slug'])}"
            made = [
                self.number(
                    f"{stem}.letters",
                    len(ids),
                    "letter",
                    f"{f['title']}: letters from {first.date()} to {last.date()}",
                ),
                self.number(
                    f"{stem}.in_both",
                    len(ids & own),
                    "letter",
                    f"{f['title']}: letters that stand in the register of this report too",
                ),
                self.number(
                    f"{stem}.replied",
                    int(held[f["slug"]]["first_reply_date"].notna().sum()),
                    "letter",
                    f"{f['title']}: letters with a reply, whatever the cut-off",
                ),
            ]
            claims += made
            rows.append([Cell(text=f["title"]), *(Cell(claim=c.name) for c in made)])
        columns = [
            Column("label", "Register", "label"),
            Column("letters", "Letters"),
            Column("both", "Also in the register of this report"),
            Column("replied", "With a reply"),
        ]
        return self.finding(
            "registers",
            "Registers of the build side by side",
            columns,
            rows,
            claims,
            sources=self.notes_on("communications"),
            notes=(
                "All letters of each file, whatever the scope of the report, matched by their "
                "reference numbers. The registers hold the same letters and are never added.",
            ),
        )

    def quality(self) -> Finding:
        """What became of the rows of the register."""
        return quality_finding(self)

    def self_test(self) -> Finding:
        """The annex on arithmetic: published figures beside computed ones."""
        fixture = FixtureCommunications(self.build, PERIOD)
        return self_test(self, computed(fixture, _figures(fixture)))

    # -- private ---------------------------------------------------------------------------

    def _table(self, name: str) -> pd.DataFrame:
        return self.build.table(name)


class FixtureCommunications(OnFixture, Communications):
    """The study on the invented letters of the self-test."""


def _figures(study: Communications) -> Mapping[str, Any]:
    """What the study counts of letters, under the keys of the self-test."""
    claims = {
        c.name: c.value
        for finding in (study.extent(), study.by_type(), study.by_region(), study.replies())
        for c in finding.claims
    }
    subjects = study.drafts(
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


def _name(slug: str) -> str:
    return slug.replace("-", "_")


STUDY = Communications
