"""What happens online near events offline of the same person, and what chance would give."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from hrdresearch.findings.empty_cells import NO_LINK
from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.findings.sentences import claim_tag
from hrdresearch.privacy.policy import FEWEST_SHOWN, Policy
from hrdresearch.stats.near_events import NearEvents, count_near_events
from hrdresearch.studies.online_attacks.claims import OnlineStudy
from hrdresearch.studies.online_attacks.sentences import (
    by_name,
    sentence_near_events,
    sentence_on_surveillance,
)
from hrdresearch.studies.online_attacks.tables import table_row

DAYS_TO_DETENTION = 90
EVERY = {"event_date": {"recorded": True}}
RESTS_ON = {
    "linked_events": {"source": "post-persons"},
    "watched": {"event_code": "surveillance"},
    "detained_after": {"event_code": ["surveillance", "detention"]},
}
TITLE = "Marked messages near events offline, and what chance would give"


def offline_finding(study: OnlineStudy) -> Finding:
    """Marked messages near events of the same person; surveillance followed by detention."""
    before, after = (int(study.params.get(f"days_{x}", 7)) for x in ("before", "after"))
    events = study.events
    told = pd.DataFrame({"target": events["target_id"], "day": events["event_date"]})
    marked = study.posts[study.posts["is_marked"]]
    marked = marked[marked["target_id"].isin(set(told["target"]))].dropna(subset=["posted_at"])
    attacks = pd.DataFrame(
        {"target": marked["target_id"].astype("object"), "day": marked["posted_at"]}
    )
    period = (study.posts["posted_at"].min(), study.posts["posted_at"].max())
    claims: list[Claim] = []
    beside: list[Claim] = []
    rows = []
    for key, words, span in (
        ("before", "before and on the day of", (before, 0)),
        ("after", "after and on the day of", (0, after)),
    ):
        if not len(events):
            continue
        found = count_near_events(attacks, told, *span, period) if len(attacks) else None
        made = _near_claims(study, f"offline.{key}", words, found)
        claims += made
        days = study.pattern_count(
            f"offline.{key}.days",
            f"Days {key} an event that are looked at",
            "day",
            max(span),
            FEWEST_SHOWN,
        )
        beside.append(days)
        rows.append(table_row(f"Marked messages in the {max(span)} days {words} an event", made))
    if len(events):
        more, lines = _event_claims(study, events)
        claims, rows = claims + more, rows + lines
    statements = _statements(by_name([*claims, *beside]))
    return study.finding(
        "offline",
        TITLE,
        [
            Column("label", "What", "label"),
            Column("value", "Counted"),
            Column("expected", "By chance, on average"),
            Column("low", "From"),
            Column("high", "To"),
        ],
        rows,
        [*claims, *beside],
        sources=study.notes_with("offline_events"),
        statements=statements,
        key_sentences=(*statements[1:2], *statements[3:]),
        notes=_notes(study),
    )


def _statements(claims: Mapping[str, Claim]) -> tuple[str, ...]:
    """Paragraphs on the events, on messages near them, and on surveillance before detention."""
    if not claims:
        return ()
    near = "an event offline of the same person, and on its day"
    paragraphs = (
        f"The list of events offline holds {claim_tag(claims['offline.events'], 'of:event')} of "
        f"{claim_tag(claims['offline.persons'], 'of:person')}.",
        *(sentence_near_events(claims, key, f"{key} {near}") for key in ("before", "after")),
        sentence_on_surveillance(claims),
    )
    return tuple(filter(None, paragraphs))


def _event_claims(study: OnlineStudy, events: pd.DataFrame) -> tuple[list[Claim], list[list[Cell]]]:
    """Events in all, those read from other builds, and surveillance followed by detention."""
    persons = int(events["target_id"].nunique())
    other = events[events["source"] == "post-persons"]
    followed, watched = surveillance_then_detention(events)
    facts = (
        ("events", "Events offline", "event", len(events), persons),
        ("persons", "Persons with an event", "person", persons, persons),
        (
            "linked_events",
            "Of the events, read from builds of killings and imprisonment",
            "event",
            len(other),
            int(other["target_id"].nunique()),
        ),
        ("watched", "Persons with surveillance recorded", "person", watched, watched),
        (
            "detained_after",
            "Of them, detained within ninety days after it",
            "person",
            followed,
            followed,
        ),
    )
    claims = [
        study.pattern_count(
            f"offline.{k}", w, u, n, p, table="offline_events", filter=RESTS_ON.get(k, EVERY)
        )
        for k, w, u, n, p in facts
    ]
    if "post-persons" not in {f["slug"] for f in study.build.facts()}:
        # No list was given that links persons of the archive with these builds.
        claims[2] = study.not_computable("offline.linked_events", facts[2][1], "event", NO_LINK)
    elif not all(Policy.from_dict(f["policy"]).public_by_name for f in study.linked_lists):
        # The plan of a restricted list allows no number of its persons in the archive.
        claims[2] = study.pattern_count(claims[2].name, facts[2][1], "event", max(len(other), 1), 0)
    if not watched:
        claims[4] = study.not_computable("offline.detained_after", facts[4][1], "person")
    # With one of two numbers withheld the other would tell it, where they differ by few persons.
    if 0 < watched - followed < FEWEST_SHOWN and followed:
        claims[-1] = study.pattern_count(claims[-1].name, facts[-1][1], "person", followed, 0)
    rows = [
        [Cell(text=f[1]), Cell(claim=c.name), Cell(), Cell(), Cell()]
        for f, c in zip(facts, claims, strict=True)
    ]
    return claims, rows


def surveillance_then_detention(events: pd.DataFrame) -> tuple[int, int]:
    """Persons detained within ninety days of surveillance, and persons with surveillance."""
    watched = events[events["event_code"] == "surveillance"]
    detained = events[events["event_code"] == "detention"]
    joined = watched.merge(detained, on="target_id", suffixes=("", "_later"))
    days = (joined["event_date_later"] - joined["event_date"]).dt.days
    followed = joined[(days >= 0) & (days <= DAYS_TO_DETENTION)]
    return int(followed["target_id"].nunique()), int(watched["target_id"].nunique())


def _notes(study: OnlineStudy) -> tuple[str, ...]:
    notes = (
        "Chance: the events of each person moved round the calendar together, which keeps "
        "the rhythm of both. Near in time is no proof of cause.",
        "Events outside the time of the archive are not near anything and are left out of the "
        "comparison. Not computable: no person of the archive has both marked messages with a "
        "time and an event within the time of the archive.",
    )
    lists = sorted({str(s["citation"]) for s in study.linked_lists})
    if not lists:
        return notes
    return (
        *notes,
        "Some events were read from lists of killings and imprisonment, for persons whom a "
        f"researcher recognized: {'; '.join(lists)}. Others of the archive may stand on these "
        "lists without having been recognized.",
    )


def _near_claims(
    study: OnlineStudy, name: str, words: str, found: NearEvents | None
) -> list[Claim]:
    parts = (
        ("", "counted"),
        (".expected", "by chance, on average"),
        (".low", "by chance, from"),
        (".high", "by chance, to"),
    )
    told = [(f"{name}{k}", f"Marked messages {words} an event: {d}") for k, d in parts]
    if found is None:
        return [study.not_computable(k, d, "message") for k, d in told]
    values = (found.counted, found.expected, found.low, found.high)
    return [
        study.pattern_count(k, d, "message", round(v), found.persons)
        for (k, d), v in zip(told, values, strict=True)
    ]
