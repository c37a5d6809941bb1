"""Checks the numbers of a sentence or a text against a release: right, different, or not found.

A sentence is compared with the sentences of the signed pages. It is the same sentence if the words without
numbers are the same, or a part of them (a quotation). If the words are only similar, the released sentence
is shown, and a person must judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process

from hrdresearch.findings.speech_rules import split_into_sentences
from hrdresearch.report.edited_text import paragraphs_in_file
from hrdresearch.run.errors import RunError
from hrdresearch.run.publishing.open_release import ReleasedReport
from hrdresearch.run.recheck.printed import read_sentences

STANDS, IN_OTHER_WORDS, DIFFERS, NOT_THERE = (
    "stands",
    "stands in other words",
    "differs",
    "not in the release",
)
SIMILAR = 85.0  # similarity of letters in per cent, without numbers, from which words are similar
FEWEST_WORDS = 4  # words besides numbers; a shorter text is a caption or a cell, not a sentence
FEWEST_QUOTED = 6  # words, with numbers; a shorter part of a sentence is not taken for a quotation
_IN_WORDS = "zero one two three four five six seven eight nine ten eleven twelve"
WORDS = {word: str(number) for number, word in enumerate(_IN_WORDS.split(" "))}
_TOKEN = re.compile(r"\d+(?:[,\u00a0\u202f]\d{3})*(?:\.\d+)?|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_REFERENCE = re.compile(r"\s*\((?:paras?\.|A/)[^)]*\)")
_MARK = "#"


@dataclass(frozen=True)
class NumberVerdict:
    """The verdict on one number of a text.

    text: the number in the text. released: the number in the release, or "". claim: its name in
    claims.json; "" if the number is not a claim, such as one in a title.
    """

    text: str
    verdict: str
    released: str = ""
    claim: str = ""


@dataclass(frozen=True)
class SentenceVerdict:
    """A sentence, the verdicts on its numbers, and the nearest sentence of the release and its place."""

    text: str
    numbers: tuple[NumberVerdict, ...]
    nearest: str = ""
    where: str = ""


class Verified(NamedTuple):
    """Verdicts on a text; short: number of captions or cells with a number, which are not checked."""

    sentences: tuple[SentenceVerdict, ...]
    short: int


@dataclass(frozen=True)
class _Printed:
    text: str
    where: str
    words: tuple[str, ...]  # numbers as _MARK
    numbers: tuple[tuple[str, str], ...]  # printed text and claim, in order


def verify_text(paragraphs: Iterable[str], reports: Sequence[ReleasedReport]) -> Verified:
    """Check every sentence of a text that holds a number, in order."""
    printed = _printed_in(reports)
    masked = list(dict.fromkeys(" ".join(one.words) for one in printed))
    found, short = [], 0
    for sentence in (one for text in paragraphs for one in split_into_sentences(text)):
        words, numbers = _read(sentence)
        if numbers and len(words) - len(numbers) >= FEWEST_WORDS:
            found.append(_verdict(sentence, words, numbers, printed, masked))
        else:
            short += bool(numbers)
    return Verified(tuple(found), short)


def _verdict(
    text: str,
    words: tuple[str, ...],
    numbers: Sequence[str],
    printed: Sequence[_Printed],
    masked: Sequence[str],
) -> SentenceVerdict:
    same = [one for one in printed if _holds(one.words, words)]
    if same:
        return _compared(text, words, numbers, same, STANDS)
    near = process.extractOne(" ".join(words), masked, scorer=fuzz.ratio, score_cutoff=SIMILAR)
    if near is None:
        return SentenceVerdict(text, tuple(NumberVerdict(n, NOT_THERE) for n in numbers))
    alike = [one for one in printed if " ".join(one.words) == near[0]]
    return _compared(text, words, numbers, alike, IN_OTHER_WORDS)


def _compared(
    text: str, words: tuple[str, ...], numbers: Sequence[str], among: Iterable[_Printed], good: str
) -> SentenceVerdict:
    """Compare with the released sentence that has most of the numbers; several have the same words."""
    tried = [(one, list(_paired(words, numbers, one, good))) for one in among]
    best, verdicts = max(tried, key=lambda pair: sum(v.verdict == good for v in pair[1]))
    return SentenceVerdict(text, tuple(verdicts), best.text, best.where)


def _paired(
    words: tuple[str, ...], numbers: Sequence[str], printed: _Printed, good: str
) -> Iterator[NumberVerdict]:
    """Compare each number with the released number between the same words."""
    beside: dict[int, int] = {}
    matcher = SequenceMatcher(None, words, printed.words, autojunk=False)
    for block in matcher.get_matching_blocks():
        beside |= {block.a + i: block.b + i for i in range(block.size)}
    order = [i for i, word in enumerate(printed.words) if word == _MARK]
    for number, at in zip(numbers, (i for i, w in enumerate(words) if w == _MARK), strict=True):
        if at not in beside:
            yield NumberVerdict(number, NOT_THERE)
            continue
        released, claim = printed.numbers[order.index(beside[at])]
        yield NumberVerdict(
            number, good if _plain(number) == _plain(released) else DIFFERS, released, claim
        )


def _holds(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """Whether words are the whole sentence, or a part of it that is long enough for a quotation."""
    return whole == part or (
        len(part) >= FEWEST_QUOTED and f" {' '.join(part)} " in f" {' '.join(whole)} "
    )


def _printed_in(reports: Sequence[ReleasedReport]) -> list[_Printed]:
    found: dict[tuple[str, str], _Printed] = {}
    for report in reports:
        for sentence in read_sentences(report.folder / "report.html"):
            text = _REFERENCE.sub("", sentence.text)
            tokens = list(_tokens(text))
            claims = _claims_at(text, sentence.numbers)
            numbers = tuple(
                (token, next((name for a, b, name in claims if a <= start < b), ""))
                for token, start in tokens
                if _is_number(token)
            )
            if numbers:
                words = tuple(_masked(token) for token, _ in tokens)
                where = f"{report.place}, {sentence.where}"
                found.setdefault(
                    (text, report.place), _Printed(sentence.text, where, words, numbers)
                )
    return list(found.values())


def _claims_at(text: str, numbers: Iterable[tuple[str, str]]) -> list[tuple[int, int, str]]:
    """Positions of the numbers in a sentence: begin, end, name of the claim."""
    found, at = [], 0
    for name, printed in numbers:
        start = text.find(printed, at)
        if start >= 0:
            at = start + len(printed)
            found.append((start, at, name))
    return found


def _read(sentence: str) -> tuple[tuple[str, ...], list[str]]:
    plain = _REFERENCE.sub("", sentence).replace("%", " per cent")
    tokens = [token for token, _ in _tokens(plain)]
    return tuple(map(_masked, tokens)), [token for token in tokens if _is_number(token)]


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    return ((match[0], match.start()) for match in _TOKEN.finditer(text))


def _masked(token: str) -> str:
    return _MARK if _is_number(token) else token.casefold()


def _is_number(token: str) -> bool:
    return token[0].isdigit() or token.casefold() in WORDS


def _plain(number: str) -> str:
    r"""A number in digits, without separators of thousands.

    >>> _plain("1,733") == _plain("1\u202f733"), _plain("Three")
    (True, '3')
    """
    return WORDS.get(number.casefold(), re.sub(r"[,\s]", "", number))


def lines_of(verdict: SentenceVerdict) -> Iterator[str]:
    """A verdict as lines: the sentence, a line for each number, and what the release says instead."""
    yield verdict.text
    for number in verdict.numbers:
        claim = f" ({number.claim})" if number.claim else ""
        says = f": the release says {number.released}" if number.verdict == DIFFERS else ""
        yield f"  {number.text}: {number.verdict}{says}{claim}"
    if verdict.where:
        is_same = all(number.verdict == STANDS for number in verdict.numbers)
        yield f"  {verdict.where}" + ("" if is_same else f": {verdict.nearest}")


def exit_status(verdicts: Iterable[SentenceVerdict], problems: Iterable[str] = ()) -> int:
    """Exit status: 0 all right; 1 a number differs or the release was changed; 2 not found or other words."""
    seen = {number.verdict for verdict in verdicts for number in verdict.numbers}
    if DIFFERS in seen or any(problems):
        return 1
    return 2 if seen - {STANDS} else 0


def paragraphs_of(given: str) -> list[str]:
    """The paragraphs of a file; or, if ``given`` is not a file, ``given`` itself as a sentence.

    RunError for a file that does not exist, or of a type that is not read.
    """
    try:
        is_file = Path(given).is_file()
    except OSError:  # a sentence may be too long for a path
        is_file = False
    if not is_file and " " in given.strip():
        return [given]
    if not is_file:
        raise RunError(
            f"There is no file {given}; give a file, or a sentence between quotation marks"
        )
    try:
        return paragraphs_in_file(Path(given))
    except (ValueError, RuntimeError) as wrong:
        raise RunError(f"{Path(given).name} cannot be read: {wrong}") from wrong
