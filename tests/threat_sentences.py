"""Invented threats and sentences that only look like threats, made of the templates in cases/threats."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from hrdresearch.coding.attacks.rules import NOT_ATTACKS, THREATS, code_message
from hrdresearch.vocab.reference import parse_yaml

FOLDER = Path(__file__).parent / "cases" / "threats"
SECOND = FOLDER.with_name("threats_second")  # another maker's; only its seen half stands here
THREATENING = ("direct", "announcement", "wish", "duty", "condition", "veiled")
TRICKS = "tricks"  # a word of harm spelled so that a filter does not see it
ACTS = ("act", "acted", "we", "he")  # slots that hold a word of harm
EACH = 6  # sentences of a template that has slots
_SLOT = re.compile(r"\{(\w+)\}")
_FIGURES = str.maketrans("aeiosаоеб", "43105@036")
_OTHER_LETTERS = str.maketrans("aeopcасеорх", "аеорсaceopx")
_TRICKS: tuple[Callable[[str], str], ...] = (
    lambda word: word.translate(_FIGURES),
    lambda word: word.translate(_OTHER_LETTERS),  # Cyrillic for Latin ones, and the other way round
    lambda word: ".".join(word),
    lambda word: " ".join(word),
    lambda word: word[:1] + word[1] * 4 + word[2:] if len(word) > 2 else word,
)


@dataclass(frozen=True)
class Sentence:
    """One sentence, the template that it was made of, and whether the rules were tuned on that."""

    language: str
    split: str
    function: str
    template: str
    text: str

    @property
    def is_threat(self) -> bool:
        return self.function in (*THREATENING, TRICKS)


def make_sentences(language: str, folder: Path = FOLDER) -> list[Sentence]:
    """Sentences of every template of a language; the same at every call."""
    blocks = parse_yaml((folder / f"{language}.yml").read_text(encoding="utf-8"))
    return [
        Sentence(language, block["split"], function, template, text)
        for block in blocks
        for group, templates in block.items()
        if group not in ("split", "slots")
        for template in templates
        for function, text in _fill(group, template, block["slots"])
    ]


def _fill(
    group: str, template: str, slots: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str]]:
    chance, names = Random(template), set(_SLOT.findall(template))
    made: dict[str, str] = {}
    chosen = {}
    for _ in range(EACH if names else 1):
        chosen = {name: chance.choice(words) for name, words in slots.items()}
        made.setdefault(_written(template, chosen), group)
    for act in sorted(names & set(ACTS)) if group in THREATENING else ():
        word = chance.choice([word for word in slots[act] if " " not in word])
        odd = chance.choice([new for trick in _TRICKS if (new := trick(word)) != word])
        made[_written(template, chosen | {act: odd})] = TRICKS
    yield from ((function, text) for text, function in made.items())


def _written(template: str, chosen: Mapping[str, str]) -> str:
    text = _SLOT.sub(lambda slot: chosen[slot.group(1)], template)
    return text[0].upper() + text[1:]


def marks_of(sentence: Sentence) -> tuple[bool, bool]:
    """Whether the rules mark a sentence as a threat, and as any attack."""
    kinds = {found.kind for found in code_message(sentence.text, sentence.language)}
    return bool(kinds & {*THREATS}), not kinds <= {*NOT_ATTACKS}


def shares(sentences: Sequence[Sentence]) -> dict[tuple[str, str], tuple[float, float, int]]:
    """Share marked as a threat, and as any attack, by split and function; every template counts alike.

    The third number is that of templates. `threats` and `others` put functions together.
    """
    of_template: dict[tuple[str, str, str], list[tuple[bool, bool]]] = defaultdict(list)
    for s in sentences:
        marked = marks_of(s)
        together = "threats" if s.is_threat else "others"
        of_template[s.split, s.function, s.template].append(marked)
        if s.function != TRICKS:
            of_template[s.split, together, s.template].append(marked)
    by_function: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for (split, function, _), marks in of_template.items():
        means = (sum(m[0] for m in marks) / len(marks), sum(m[1] for m in marks) / len(marks))
        by_function[split, function].append(means)
    return {
        key: (
            sum(m[0] for m in means) / len(means),
            sum(m[1] for m in means) / len(means),
            len(means),
        )
        for key, means in by_function.items()
    }
