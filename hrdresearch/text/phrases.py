"""Reads the notation in which vocabularies write their phrases.

A phrase is words separated by blanks, in small letters, with or without accents:

========================  ======================================================================
``human rights``          these words, one after the other
``defend*``               a word that begins so; ``*rights`` one that ends so, ``*right*`` one that holds it
``human-rights``          with a hyphen, with a blank, or in one word
``(law|bill|penal code)`` one of these
``the?``  ``(of the)?``   these words or nothing: the whole word, not its last letter (``(arrest|arrests)``)
``(the|all|any)?4``       up to four of these, one after the other
``..4``                   up to four words between, or at the end, within one clause
``^``  ``$``              the text begins, ends here
``raided, beaten``        a comma is a word of its own, which must stand there
========================  ======================================================================

``women's`` and ``l'homme`` are two words each. Chinese is written without blanks; each sign is a word. An
Arabic word is also found with the particles و ف ب ل ك ال in front.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product

from hrdresearch.text.fold import fold_word

_SIGN = re.compile(
    r"\s*(?:\.\.(?P<most>\d+)|(?P<bar>\|)|(?P<open>\()|(?P<close>\))(?P<maybe>\?)?|(?<=\)\?)(?P<times>\d)"
    r"|(?P<edge>[\^$])|(?P<word>[^\s()|^$]+))"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_PARTS = re.compile(
    r"n['’]t(?!\w)|[^\W\d_]+?(?=n['’]t(?!\w))|[\u3400-\u9fff]\??|[a-zà-ÿ]{1,2}['’](?=\w)|['’]s(?!\w)|[^\u3400-\u9fff'’]+(?:['’](?!s\b)[^\u3400-\u9fff'’]*)*"
)
_NO_NOTATION = re.compile(
    r"[\[\]\\]|\w\+|[^\W\u3400-\u9fff]\(|\)[^\W\u3400-\u9fff]|\.\*|\w\.\.|\.\.(?!\d)|^\s*\.\.\d|\)\*"
)
_COMMA = re.compile(r"(?<=[\w*])(?=[,;:،؛](?:\s|$))")  # a sign that is a word of its own in a text
ARABIC_FRONT = re.compile("(?:[وف])?(?:[بلك])?(?:ال|ل)?")
CLAUSE_ENDS = frozenset((".", ";", ":", "!", "?", "。", "؛", "؟"))


class PhraseError(ValueError):
    """A phrase of a vocabulary is not written as ``hrdresearch.text.phrases`` says."""


@dataclass(frozen=True)
class Word:
    """One place of a phrase: a word (one of ``choices``), a gap of up to ``most`` words, or an edge."""

    choices: tuple[str, ...]
    is_optional: bool = False
    most: int = 0

    @property
    def is_edge(self) -> bool:
        """Whether the place is the beginning or the end of the text."""
        return self.choices in (("^",), ("$",))

    def is_one_word(self, language: str) -> bool:
        """Whether only one word fits: exactly this one, without other letters before or behind it."""
        is_alone = len(self.choices) == 1 and "*" not in self.choices[0]
        return is_alone and not (language == "ar" and is_in_arabic(self.choices[0]))


Phrase = tuple[Word, ...]


def read_phrase(text: str) -> list[Phrase]:
    """Return all wordings of a phrase; alternatives of one word each stay together in one place.

    Raises PhraseError if a bracket does not close, no word must stand, or the notation is another one.

    >>> [[w.choices for w in p] for p in read_phrase("(law|bill|penal code) reform*")]
    [[('law', 'bill'), ('reform*',)], [('penal',), ('code',), ('reform*',)]]
    """
    if isinstance(text, str) and _NO_NOTATION.search(text):
        raise PhraseError(
            f"The phrase {text!r} has signs of a regular expression, a gap that is not '..3', or a "
            "bracket within a word: write whole words, '(arrested|arrests)'."
        )
    if not isinstance(text, str):  # YAML reads an unquoted "no" as a truth value
        raise PhraseError(f"The phrase {text!r} is no text: put it between quotation marks.")
    text = _COMMA.sub(" ", text)
    found, end = _read_choices(text, 0, depth=0)
    needed = all(any(not (w.is_optional or w.most or w.is_edge) for w in p) for p in found)
    if end < len(text.rstrip()) or not needed or any("*" in w.choices for p in found for w in p):
        raise PhraseError(
            f"The phrase {text!r} has a bracket or a star too many, or no word that must stand."
        )
    return found


def _read_choices(text: str, at: int, depth: int) -> tuple[list[Phrase], int]:
    """Wordings from ``at`` to the end of the text, or of the group that is open; and where they end."""
    branches: list[list[list[Phrase]]] = [
        []
    ]  # alternatives between bars: the wordings of their parts
    closed = None
    while not closed and (match := _SIGN.match(text, at)) and (depth or not match["close"]):
        at, parts = match.end(), branches[-1]
        if match["close"]:
            closed = match
        elif match["bar"]:
            branches.append([])
        elif match["open"]:
            group, at = _read_choices(text, at, depth + 1)
            parts.append(group)
        elif match["times"]:
            parts += parts[-1:] * (int(match["times"]) - 1)
        elif match["most"]:
            parts.append([(Word((), most=int(match["most"])),)])
        else:
            parts.append(_read_word(match["edge"] or match["word"]))
    if depth and not closed:
        raise PhraseError(f"The phrase {text!r} does not close its bracket.")
    chosen = (one for parts in branches for one in product(*parts))
    wordings = [tuple(word for part in one for word in part) for one in chosen]
    return _merge(wordings, bool(closed["maybe"])) if closed else wordings, at


def _merge(wordings: list[Phrase], is_optional: bool) -> list[Phrase]:
    """Wordings of a group in brackets; those of one word each are put into one place."""
    single = [p[0].choices for p in wordings if len(p) == 1 and not (p[0].most or p[0].is_optional)]
    several = [p for p in wordings if len(p) != 1 or p[0].most or p[0].is_optional]
    choices = tuple(choice for word in single for choice in word)
    if choices and not several:
        return [(Word(choices, is_optional),)]
    return [*([(Word(choices),)] if choices else []), *several, *([()] if is_optional else [])]


def _read_word(written: str) -> list[Phrase]:
    """Wordings of one written word, which may be several words: Chinese signs, elisions, hyphens."""
    is_optional = len(written) > 1 and written.endswith("?") and not _HAN.search(written)
    word = written[:-1] if is_optional else written
    pieces = word.split("-")
    if len(pieces) > 1 and all(pieces):
        apart = [part for piece in pieces for part in (*_parts(piece), Word(("-",), True))][:-1]
        forms = [tuple(apart), (Word((fold_word(word), fold_word("".join(pieces)))),)]
    else:
        forms = [tuple(_parts(word))]
    if is_optional and len(forms) == len(forms[0]) == 1:
        return [(Word(forms[0][0].choices, True),)]
    return [*forms, *([()] if is_optional else [])]


def _parts(word: str) -> list[Word]:
    return [
        Word((fold_word(part.removesuffix("?") or part),), len(part) > 1 and part.endswith("?"))
        for part in _PARTS.findall(word) or [word]
    ]


def is_in_arabic(choice: str) -> bool:
    """Whether a word, or its beginning, is written in Arabic letters."""
    return "\u0621" <= choice.strip("*")[:1] <= "\u064a"
