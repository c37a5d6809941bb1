"""Invented threats and sentences that only look like threats: the two halves, and what rules mark."""

from __future__ import annotations

import pytest
import yaml
from threat_sentences import ACTS, FOLDER, THREATENING, make_sentences, shares

from hrdresearch.coding.attacks.lexicon import LANGUAGES

# Shares of the seen half: threats marked, at least, and others marked as any attack, at most. Raise the
# first and lower the second when rules get better. They say nothing about other people's sentences.
SEEN = {
    "en": (0.97, 0.02),
    "es": (0.97, 0.02),
    "fr": (0.97, 0.02),
    "ar": (0.97, 0.05),
    "ru": (0.97, 0.05),
    "zh": (0.97, 0.02),
    "pt": (0.97, 0.05),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_templates_of_the_two_halves_share_no_sentence_act_or_target(language: str) -> None:
    text = (FOLDER / f"{language}.yml").read_text(encoding="utf-8")
    halves = {block.pop("split"): block for block in yaml.safe_load(text)}
    assert set(halves) == {"seen", "unseen"}
    for slot in (*ACTS, "foe", "they"):
        words = [set(half["slots"].get(slot, ())) for half in halves.values()]
        assert not words[0] & words[1]
    made = {s.template: s.split for s in make_sentences(language)}
    both = [s.template for s in make_sentences(language) if made[s.template] != s.split]
    assert both == []
    assert set(THREATENING) <= set(halves["seen"]) & set(halves["unseen"])


def test_sentences_are_the_same_at_every_call() -> None:
    assert make_sentences("en") == make_sentences("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_mark_as_many_of_the_seen_half_as_before(language: str) -> None:
    found = shares([s for s in make_sentences(language) if s.split == "seen"])
    at_least, at_most = SEEN[language]
    assert found["seen", "threats"][0] >= at_least
    assert found["seen", "others"][1] <= at_most
