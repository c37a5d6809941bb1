"""Patterns of an archive: bursts, coordination, and what happens near events off line.

A pattern never names or lists an account. What the coder found is used here to choose messages, so
the figures speak of marked messages; they show a pattern and are no count of attacks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.findings.numbers import in_table
from hrdresearch.stats.bursts import NearEvents, bursts, near_events
from hrdresearch.stats.coordination import coordinated

if TYPE_CHECKING:
    from hrdresearch.studies.online_attacks import OnlineAttacks

DAYS_TO_DETENTION = 90


def patterns_finding(study: OnlineAttacks) -> Finding:
    """Bursts and groups of near-identical messages, counted."""
    marked = study.posts[study.posts["band_code"] != "low"].dropna(subset=["posted_at"])
    burst = bursts(marked["target_id"], marked["posted_at"])
    groups = coordinated(study.posts)
    facts = (
        (
            "bursts",
            "Bursts of marked messages against one account",
            "burst",
            len(burst),
            burst["target"].nunique(),
        ),
        (
            "burst_messages",
            "Marked messages in bursts",
            "message",
            int(burst["messages"].sum()),
            burst["target"].nunique(),
        ),
        (
            "groups",
            "Groups of near-identical messages from five accounts or more within a day",
            "pattern",
            len(groups),
            int(groups["accounts"].min()) if len(groups) else 0,
        ),
        (
            "group_messages",
            "Messages in these groups",
            "message",
            int(groups["messages"].sum()),
            int(groups["accounts"].min()) if len(groups) else 0,
        ),
        (
            "group_accounts",
            "Accounts in the largest group",
            "account",
            int(groups["accounts"].max()) if len(groups) else 0,
            int(groups["accounts"].max()) if len(groups) else 0,
        ),
    )
    claims = [_claim(study, f"patterns.{k}", w, u, n, p) for k, w, u, n, p in facts]
    rows = [[Cell(text=f[1]), Cell(claim=c.name)] for f, c in zip(facts, claims, strict=True)]
    return study.finding(
        "patterns",
        "Bursts, and near-identical messages from many accounts",
        [Column("label", "Pattern", "label"), Column("value", "Number")],
        rows,
        claims,
        notes=(
            "A burst is measured against the account's own four weeks before. Near-identical "
            "messages may be spread by people who agree; a pattern does not say who organized "
            "it, and no account is named.",
        ),
    )


def offline_finding(study: OnlineAttacks) -> Finding:
    """Marked messages near events of the same person, beside what chance would give."""
    before, after = int(study.params.get("days_before", 7)), int(study.params.get("days_after", 7))
    events = study.build.table("offline_events")
    marked = study.posts[study.posts["band_code"] != "low"].dropna(
        subset=["posted_at", "target_id"]
    )
    attacks = pd.DataFrame({"target": marked["target_id"], "day": marked["posted_at"]})
    told = pd.DataFrame({"target": events["target_id"], "day": events["event_date"]})
    claims: list[Claim] = []
    rows = []
    for key, words, span in (("before", "before", (before, 0)), ("after", "after", (0, after))):
        found = near_events(attacks, told, *span) if len(told) else None
        if found is None:
            continue
        persons = len(set(attacks["target"]) & set(told["target"]))
        made = _near_claims(study, f"offline.{key}", words, found, persons)
        claims += made
        rows.append(
            [
                Cell(text=f"Marked messages in the {max(span)} days {words} an event"),
                *(Cell(claim=c.name) for c in made),
            ]
        )
    if len(events):
        followed, watched = _surveillance_then_detention(events)
        claims += [
            _claim(
                study,
                "offline.watched",
                "Persons with surveillance recorded",
                "person",
                watched,
                watched,
            ),
            _claim(
                study,
                "offline.detained_after",
                "Of them detained within ninety days",
                "person",
                followed,
                followed,
            ),
        ]
    return study.finding(
        "offline",
        "Marked messages near events off line, and what chance would give",
        [
            Column("label", "What", "label"),
            Column("value", "Counted"),
            Column("expected", "By chance, on average"),
            Column("low", "From"),
            Column("high", "To"),
        ],
        rows,
        claims,
        notes=(
            "Chance: the events of each person moved round the calendar together, which keeps "
            "the rhythm of both. Near in time is no proof of cause.",
        ),
    )


def _near_claims(
    study: OnlineAttacks, name: str, words: str, found: NearEvents, persons: int
) -> list[Claim]:
    values = (
        ("", "counted", found.counted),
        (".expected", "by chance, on average", found.expected),
        (".low", "by chance, from", found.low),
        (".high", "by chance, to", found.high),
    )
    return [
        _claim(
            study,
            f"{name}{k}",
            f"Marked messages {words} an event: {d}",
            "message",
            round(v),
            persons,
        )
        for k, d, v in values
    ]


def _surveillance_then_detention(events: pd.DataFrame) -> tuple[int, int]:
    watched = events[events["event_code"] == "surveillance"]
    detained = events[events["event_code"] == "detention"]
    joined = watched.merge(detained, on="target_id", suffixes=("", "_later"))
    days = (joined["event_date_later"] - joined["event_date"]).dt.days
    followed = joined[(days >= 0) & (days <= DAYS_TO_DETENTION)]
    return int(followed["target_id"].nunique()), int(watched["target_id"].nunique())


def _claim(
    study: OnlineAttacks, name: str, words: str, unit: str, value: int, persons: int
) -> Claim:
    base: dict[str, Any] = {
        "name": name,
        "unit": unit,
        "definition": words,
        "measure": "pattern",
        "table": "posts",
        "sources": tuple(p.slug for p in study.populations),
    }
    if study.is_withheld(persons, value):
        return Claim(**base, value=None, rows=None, text="withheld", status="suppressed")
    return Claim(**base, value=value, rows=None, text=in_table(value, unit))
