"""Invented threats and sentences that only look like threats: the two halves, and what rules mark."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest
from threat_sentences import ACTS, FOLDER, SECOND, THREATENING, make_sentences, shares

from hrdresearch.coding.attacks.lexicon import LANGUAGES
from hrdresearch.coding.attacks.rules import THREATS, code_message
from hrdresearch.run.archive.starting import read_threat_cases
from hrdresearch.vocab.reference import parse_yaml

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
# The same for the seen half of the second set, after rules were mended from it; what was marked at first
# sight stands in docs/decisions/0040.
SECOND_SEEN = {
    "en": (0.97, 0.05),
    "es": (0.97, 0.05),
    "fr": (0.97, 0.03),
    "ar": (0.93, 0.05),
    "ru": (0.87, 0.05),
    "zh": (0.97, 0.09),
    "pt": (0.87, 0.05),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_templates_of_the_two_halves_share_no_sentence_act_or_target(language: str) -> None:
    text = (FOLDER / f"{language}.yml").read_text(encoding="utf-8")
    halves = {block.pop("split"): block for block in parse_yaml(text)}
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
def test_the_second_set_has_every_kind_of_threat_and_no_sentence_of_the_first(
    language: str,
) -> None:
    second = make_sentences(language, SECOND)
    assert set(THREATENING) <= {s.function for s in second}
    assert not {s.text for s in second} & {s.text for s in make_sentences(language)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("folder", "bounds"), [(FOLDER, SEEN), (SECOND, SECOND_SEEN)])
def test_rules_mark_as_many_of_the_seen_half_as_before(
    folder: Path, bounds: Mapping[str, tuple[float, float]], language: str
) -> None:
    found = shares([s for s in make_sentences(language, folder) if s.split == "seen"])
    at_least, at_most = bounds[language]
    assert found["seen", "threats"][0] >= at_least
    assert found["seen", "others"][1] <= at_most


def test_of_a_third_makers_sentences_as_many_are_marked_as_at_first_sight() -> None:
    """Invented by somebody who saw no rule; first sight: 0.61 and 0.09 (decision 0040)."""
    cases = read_threat_cases()
    third = cases[cases["maker"] == "third"]
    marked = [
        any(found.kind in THREATS for found in code_message(text, language))
        for text, language in zip(third["text"], third["language"], strict=True)
    ]
    others, threats = pd.Series(marked, third.index).groupby(third["is_threat"]).mean()
    assert threats >= 0.61
    assert others <= 0.08
