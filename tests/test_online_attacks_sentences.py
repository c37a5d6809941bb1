"""What the report on online attacks says: estimates with their interval, counts, and what is not known."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.prose import fill_in_prose, names_for_prose, strip_markdown
from hrdresearch.findings.speech_rules import find_speech_faults
from hrdresearch.run.build import SourceFile, build
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.online_attacks.sentences import (
    by_name,
    sentence_near_events,
    sentence_on_bursts,
    sentence_on_groups,
    sentence_on_kinds_not_given,
    sentence_on_missed,
    sentence_on_pairs,
    sentence_on_recall_by_language,
    sentence_on_several_kinds,
    sentence_on_surveillance,
)
from hrdresearch.studies.online_attacks.study import OnlineAttacks

TEXTS = {"en": "We will kill you, number {n}", "es": "Te vamos a matar, van {n}"}
FRIENDLY = {
    "en": "The hearing about the river begins at {n} tomorrow",
    "es": "La audiencia sobre el río empieza a las {n} mañana",
}


def number(name: str, value: float | None, unit: str = "message") -> Claim:
    """A claim; without a value it is withheld."""
    status = "shown" if value is not None else "suppressed"
    return Claim(
        name, value, unit, None, "withheld" if value is None else str(value), "", {}, status=status
    )


def estimate(name: str, value: float | None, low: float | None, high: float | None) -> list[Claim]:
    return [
        number(f"{name}{part}", v, "per_cent")
        for part, v in ((".share", value), (".low", low), (".high", high))
    ]


def kind(
    key: str, share: float | None, total: int | None, low: int | None, high: int | None
) -> list[Claim]:
    name = f"prevalence.{key}"
    ends = ((".total", total), (".total_low", low), (".total_high", high))
    return [number(name, share, "per_cent"), *(number(f"{name}{p}", v) for p, v in ends)]


def printed(sentence: str, claims: Iterable[Claim]) -> str:
    """The sentence as the page prints it; it keeps the rules of speech."""
    finding = Finding(
        "x", "X", "messages", "2022", "", (), (), tuple(claims), (), "online-attacks", "b", {}
    )
    text = strip_markdown(fill_in_prose(sentence, names_for_prose([finding])))
    assert find_speech_faults(text) == []
    return text


WHOLE = [number("extent.messages", 3000), number("extent.labelled", 700)]


def test_an_estimate_is_called_one_and_stands_with_its_interval_and_its_labels() -> None:
    claims = [
        *WHOLE,
        *kind("threat", 6.7, 200, 180, 240),
        *kind("threat_family", 1.6, 48, 38, 66),
        *kind("smear", None, None, None, None),
    ]
    words = {"threat": "hold a threat", "threat_family": "hold a threat against family"}
    assert printed(sentence_on_several_kinds(by_name(claims), words), claims) == (
        "Of 3,000 messages of the archive, an estimated 200 (7 per cent), between 180 and 240, hold a "
        "threat; and an estimated 48 (2 per cent), between 38 and 66, hold a threat against family "
        "(estimated from 700 labelled messages)."
    )
    assert printed(sentence_on_several_kinds(by_name(claims), {"smear": "smear"}), claims) == (
        "Of 3,000 messages of the archive, no share is given of those that smear: it rests on "
        "messages by or to too few persons."
    )


def test_a_kind_without_a_label_may_stand_in_the_archive_all_the_same() -> None:
    claims = [*kind("impersonation", 0.0, 0, 0, 24), *kind("smear", None, None, None, None)]
    words = {"impersonation": "impersonation", "smear": "smear"}
    assert printed(sentence_on_kinds_not_given(by_name(claims), words), claims) == (
        "No labelled message is of these kinds, and the estimated number may be as high as stands in "
        "brackets: impersonation (24 messages). Of these kinds nothing is given, since the labelled "
        "messages come from, or are addressed to, too few persons: smear."
    )


def test_what_is_missed_is_said_and_languages_without_enough_labels_are_left_out() -> None:
    claims = [
        *estimate("queue.not_marked", 16.2, 7.7, 29.1),
        number("queue.labelled", 124),
        *estimate("machine.en.threat.recall", 74.7, 55.5, 89.2),
        *estimate("machine.fr.threat.recall", None, None, None),
    ]
    assert printed(sentence_on_missed(by_name(claims)), claims) == (
        "Of all threats of the archive, an estimated 16 per cent (between 8 per cent and 29 per cent) "
        "were not marked as threats by the coder, and whoever reads no more than what is marked misses "
        "them (estimated from 124 messages labelled as threats)."
    )
    languages = {"en": "English", "fr": "French", "ar": "Arabic"}
    recall = sentence_on_recall_by_language(by_name(claims), "threat", "threats", languages)
    assert printed(recall, claims) == (
        "Of what people marked as threats, the coder marked an estimated 75 per cent (between 56 per "
        "cent and 89 per cent) in English."
    )


def test_patterns_are_counts_beside_chance_and_say_nothing_where_they_are_withheld() -> None:
    claims = [
        number("patterns.bursts", 8, "burst"),
        number("patterns.burst_targets", 7, "account"),
        number("patterns.burst_messages", 179),
        number("patterns.bursts_by_chance", 0.1, "burst"),
        number("synchrony.pairs", 15, "pattern"),
        number("synchrony.accounts", 6, "account"),
        number("synchrony.hours", 8, "hour"),
        number("synchrony.high", 0, "pattern"),
        number("coordination.texts", None, "pattern"),
        number("coordination.marked_texts", None, "pattern"),
    ]
    assert printed(sentence_on_bursts(by_name(claims)), claims) == (
        "In the archive, eight bursts of marked messages were found, against seven accounts, with 179 "
        "messages. Chance alone would give fewer than one."
    )
    assert printed(sentence_on_pairs(by_name(claims)), claims) == (
        "Of the accounts with marked messages, 15 pairs are in step in eight hours or more: six "
        "accounts in all. Chance alone would give none."
    )
    assert sentence_on_groups(by_name(claims), "texts", "Groups of the same text") == ""


def test_events_offline_stand_beside_chance_and_a_withheld_number_makes_no_sentence() -> None:
    claims = [
        number("offline.before", 114),
        number("offline.before.expected", 14),
        number("offline.before.low", 5),
        number("offline.before.high", 41),
        number("offline.before.days", 7, "day"),
        number("offline.watched", 10, "person"),
        number("offline.detained_after", None, "person"),
    ]
    assert printed(sentence_near_events(by_name(claims), "before", "before an event"), claims) == (
        "In the seven days before an event, 114 messages that the coder marked were counted; chance "
        "alone would give 14 on average (between 5 and 41)."
    )
    assert sentence_on_surveillance(by_name(claims)) == ""


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OnlineAttacks:
    """English and Spanish messages; the Spanish threats address two persons."""
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    rows, kinds = [], []
    for i in range(120):
        language, is_threat = ("en", "es")[i % 2], i % 10 in (0, 1)
        words = (TEXTS if is_threat else FRIENDLY)[language]
        targets = 2 if is_threat and language == "es" else 9
        rows.append(
            {
                "id": f"m{i}",
                "time": f"2022-03-{1 + i % 28:02d}T10:00:00+00:00",
                "text": words.format(n=i),
                "author": f"acc{i}-demo",
                "target": f"person{i // 10 % targets}-demo",
            }
        )
        kinds.append("threat_life" if is_threat else "none")
    posts, labels = tmp_path / "posts.jsonl", tmp_path / "labels.csv"
    posts.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    frame = pd.DataFrame({"id": [r["id"] for r in rows], "coder": "first", "kinds": kinds})
    frame.to_csv(labels, index=False)
    files = [SourceFile("posts", posts, True), SourceFile("post-labels", labels, True)]
    build("online-attacks", files, tmp_path / "work")
    return OnlineAttacks(current_build("online-attacks", tmp_path / "work"), {})


def test_attacks_by_language_are_estimated_and_a_single_withheld_language_hides_the_next(
    study: OnlineAttacks,
) -> None:
    found = by_name(study.attacks_by_language().claims)
    assert found["attacks_by_language.es.labelled"].value == 60
    assert found["attacks_by_language.es.threat.share"].status == "suppressed"
    assert found["attacks_by_language.en.threat.share"].status == "suppressed"  # else it would tell
    sentences = " ".join(study.extent().statements)
    assert "{{ extent.languages|of:language }} over {{ extent.days|of:day }}" in sentences
