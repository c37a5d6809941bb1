"""Invented recommendations: texts written for this project, made by chance; no State said them."""

from __future__ import annotations

import random
from dataclasses import dataclass

STATES = [
    "Argentina",
    "Australia",
    "Austria",
    "Bangladesh",
    "Belgium",
    "Botswana",
    "Brazil",
    "Canada",
    "Chile",
    "Colombia",
    "Costa Rica",
    "Czechia",
    "Denmark",
    "Egypt",
    "Estonia",
    "Ethiopia",
    "Fiji",
    "France",
    "Georgia",
    "Germany",
    "Ghana",
    "Guatemala",
    "Honduras",
    "India",
    "Indonesia",
    "Ireland",
    "Japan",
    "Jordan",
    "Kenya",
    "Latvia",
    "Malaysia",
    "Maldives",
    "Mexico",
    "Morocco",
    "Nepal",
    "Netherlands",
    "New Zealand",
    "Nigeria",
    "Norway",
    "Peru",
    "Philippines",
    "Poland",
    "Rwanda",
    "Senegal",
    "South Africa",
    "Spain",
    "Sweden",
    "Switzerland",
    "Thailand",
    "Tunisia",
    "Uganda",
    "Uruguay",
    "Zambia",
]
REVIEWED = (
    ("Guatemala", 2, 14), ("Mexico", 4, 17), ("Philippines", 1, 13), ("Uganda", 12, 26),
    ("Egypt", 7, 20), ("Georgia", 10, 23), ("Norway", 6, 19), ("Fiji", 7, 20), ("India", 1, 13),
    ("Colombia", 3, 16), ("Kenya", 8, 21), ("Jordan", 4, 17),
)  # fmt: skip
VERBS = {
    "1": ("Share with other States its experience in", "Seek technical assistance for"),
    "2": ("Continue its efforts in", "Maintain its commitment to", "Pursue the work begun on"),
    "3": ("Consider further measures on", "Examine the possibility of steps on"),
    "4": ("Strengthen", "Take measures for", "Ensure", "Promote", "Step up its work on"),
    "5": ("Adopt a law on", "Establish an independent mechanism for", "Amend the penal code with "
          "regard to", "Investigate all reports concerning", "Ratify the treaties that bear on"),
}  # fmt: skip
ON_DEFENDERS = (
    "the protection of human rights defenders against harassment and attacks",
    "a safe and enabling environment for human rights defenders and journalists",
    "the protection of women human rights defenders in rural areas",
    "impunity for the killing of human rights defenders",
    "the release of human rights defenders who are held for their peaceful work",
    "the public recognition of the legitimate role of human rights defenders",
    "the training of the police on the work of environmental human rights defenders",
    "an early visit by the Special Rapporteur on the situation of human rights defenders",
    "reprisals against persons who defend human rights and cooperate with the United Nations",
)
NEAR = (
    "the space in which civil society works", "the safety of journalists and bloggers",
    "freedom of assembly of peaceful demonstrators",
)  # fmt: skip
OTHER = (
    "the right to education of girls", "access to clean water in rural areas",
    "conditions of detention", "the abolition of the death penalty", "domestic violence",
    "birth registration", "trafficking in persons", "the rights of persons with disabilities",
    "adequate housing", "the independence of judges", "racial discrimination", "maternal health",
)  # fmt: skip
TAG, NEAR_TAG = "Human rights defenders", "Civil society"
ACCEPTED = {"1": 0.95, "2": 0.95, "3": 0.6, "4": 0.8, "5": 0.5}


@dataclass(frozen=True)
class Request:
    """An invented recommendation."""

    text: str
    category: str
    tag: str
    is_accepted: bool


def request(chance: random.Random) -> Request:
    """One request: a verb of a category and a subject."""
    category = chance.choices("12345", (2, 18, 9, 40, 31))[0]
    verb = chance.choice(VERBS[category])
    if verb == "Promote":
        verb = "Promote work on"
    kind = chance.random()
    subjects, tag = (
        (ON_DEFENDERS, TAG) if kind < 0.22 else (NEAR, NEAR_TAG) if kind < 0.3 else (OTHER, "Other")
    )
    accepted = chance.random() < ACCEPTED[category] - (0.1 if tag == TAG else 0)
    return Request(f"{verb} {chance.choice(subjects)}", category, tag, accepted)


def senders(chance: random.Random, reviewed: str, most: int) -> list[str]:
    """States that make one recommendation."""
    many = chance.choices(range(1, most + 1), [6, *[1] * (most - 1)])[0]
    return sorted(chance.sample([s for s in STATES if s != reviewed], many))


def index_rows(chance: random.Random, each: int) -> list[dict[str, str]]:
    """Rows as UPR Info exports them, a row a pair; some requests come again in the next cycle."""
    rows = []
    for reviewed, first, second in REVIEWED:
        before: list[Request] = []
        for session in (first, second):
            made = [request(chance) for _ in range(each)]
            if before:
                made[:6] = chance.sample(before, 6)
            for one in made:
                # An index has noise of its own: some tags and categories are not what they seem.
                tag = "Other" if one.tag == TAG and chance.random() < 0.04 else one.tag
                category = chance.choice("45") if chance.random() < 0.05 else one.category
                answer = one.is_accepted or (session == second and chance.random() < 0.2)
                for sender in senders(chance, reviewed, 2):
                    rows.append({
                        "To": reviewed, "To-Rgrp": "", "To-Org": "", "Text": one.text,
                        "From": "&#40;Unknown&#41;" if chance.random() < 0.01 else sender,
                        "From-Rgrp": "", "From-Org": "",
                        "Response": "Accepted" if answer else "Noted", "Action": category,
                        "Issue": tag if chance.random() < 0.8 else f"{tag},General",
                        "Session": str(session),
                    })  # fmt: skip
            before = [one for one in made if one.tag == TAG] or made
            before = (before * 6)[:12]
    return rows


def draft_paragraphs(chance: random.Random, reviewed: str, number: int) -> list[str]:
    """Recommendations of a draft with their States in brackets, written in the usual ways."""
    out = []
    for _ in range(number):
        names = senders(chance, reviewed, 4)
        style = chance.random()
        if style < 0.5:
            states = " ".join(f"({n});" for n in names).rstrip(";")
        elif style < 0.8 or len(names) == 1:
            states = " ".join(f"({n})" for n in names)
        else:
            states = f"({', '.join(names[:-1])} and {names[-1]})"
        if chance.random() < 0.08:
            states += " (Venezuela (Bolivarian Republic of))"
        out.append(f"{request(chance).text} {states};")
    return out


def tracking_rows(chance: random.Random, recommended: list[dict[str, str]]) -> list[dict[str, str]]:
    """A ledger of follow-up to recommendations of the template: three reporters, each on its own."""
    statuses = ("implemented", "partly", "not_implemented", "")
    rows = []
    for one in recommended[:24]:
        state, others, indicator = (chance.choice(statuses) for _ in range(3))
        rows.append({
            "state": one["state"], "session": one["session"], "paragraph": one["paragraph"],
            "text": one["text"], "state_says": state, "state_day": "2022-05-31" if state else "",
            "state_source": "Invented mid-term report" if state else "",
            "others_say": others, "others_day": "2022-09-30" if others else "",
            "others_source": "Invented report of an organization" if others else "",
            "indicator_shows": indicator if chance.random() < 0.3 else "",
        })  # fmt: skip
    return rows


def template_rows(
    chance: random.Random, reviewed: str, session: int, number: int
) -> list[dict[str, str]]:
    """Rows of the project's own template, with what a mid-term report recorded for some."""
    rows = []
    for i in range(1, number + 1):
        one = request(chance)
        rows.append({
            "state": reviewed, "session": str(session), "symbol": "", "paragraph": f"120.{i}",
            "text": one.text, "recommending": "; ".join(senders(chance, reviewed, 3)),
            "position": "supported" if one.is_accepted else "noted",
            "raw_response": "", "status": "adopted",
            "implementation": chance.choice(("implemented", "partly", "not_implemented", "", ""))
            if one.is_accepted else "",
        })  # fmt: skip
    return rows
