"""Words of the page that are also names in the list ("India", "May"): two desks can allow one.

The run writes one question for each word and place into ``WORK/<study>/accepted_words.json`` (sealed
if the study is sealed). When two different desks accept a word, it may be printed in this place of
this release only (the same build with the same parameters). The file holds keyed hashes of words,
never the words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock

from hrdresearch.privacy.desk_keys import sign_as_desk
from hrdresearch.privacy.names_index import NamesIndex
from hrdresearch.privacy.scan import ScanHit
from hrdresearch.privacy.vault import SUFFIX, read_stored, write_stored
from hrdresearch.run.decisions import check_desk
from hrdresearch.run.errors import RunError
from hrdresearch.run.page_words import words_of_pages
from hrdresearch.run.sealed_lists import recipient_of_study
from hrdresearch.vocab.labels import vocabulary_labels

FILE = "accepted_words.json"
NEEDED = 2  # persons, each of a desk of its own


@dataclass(frozen=True)
class WordQuestion:
    """A word of the page that is a name in the list: where it stands, and which desks accept it.

    ``word`` is the keyed hash of the word.
    """

    release: str
    file: str
    carrier: str
    word: str
    desks: tuple[str, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Whether enough desks have accepted that the word is printed."""
        return len(self.desks) >= NEEDED


def open_hits(
    home: Path, release: str, hits: Iterable[ScanHit], *, ask: bool = True
) -> list[ScanHit]:
    """Names found on the page that still block a release; a new word is written as a question.

    home: ``WORK/<study>``. release: build and parameters, as ``release_of`` names them.
    ask: whether questions are written; otherwise only the answers are read.
    """
    hits = list(hits)
    asked = {WordQuestion(release, h.file, h.carrier, h.word) for h in hits if h.word}
    if not asked:
        return hits
    with FileLock(home / ".accepted_words.lock"):
        held = {_place(q): q for q in word_questions(home)}
        if ask and (new := {_place(q): q for q in asked if _place(q) not in held}):
            held |= new
            _write(home, list(held.values()))
    accepted = {place for place, question in held.items() if question.is_accepted}
    return [h for h in hits if (release, h.file, h.carrier, h.word) not in accepted]


def release_of(build_id: str, parameter_slug: str) -> str:
    """Name of a release: a build with its parameters.

    >>> release_of("0123456789abcdef", "all")
    '01234567/all'
    """
    return f"{build_id[:8]}/{parameter_slug}"


def word_questions(home: Path) -> list[WordQuestion]:
    """Read the questions of a study, answered and open, in a fixed order."""
    path = home / FILE
    if not path.is_file() and not path.with_name(FILE + SUFFIX).is_file():
        return []
    rows = json.loads(read_stored(path))
    questions = [WordQuestion(**{**row, "desks": tuple(row["desks"])}) for row in rows]
    return sorted(questions, key=_place)


def accept_word(home: Path, number: int, desk: str, passphrase: str = "") -> WordQuestion:
    """Accept a word for a desk, by the number of its question (from 1).

    A desk counts once. passphrase: of the desk's key, where desks have keys. RunError for a wrong
    number or desk.
    """
    check_desk(desk)
    sign_as_desk(desk, "word", passphrase)
    with FileLock(home / ".accepted_words.lock"):
        questions = word_questions(home)
        if not 1 <= number <= len(questions):
            raise RunError(
                f"There is no question {number}; 'hrdresearch words' lists {len(questions)}"
            )
        old = questions[number - 1]
        desks = tuple(sorted({*old.desks, desk}))
        new = WordQuestion(old.release, old.file, old.carrier, old.word, desks)
        _write(home, [*questions[: number - 1], new, *questions[number:]])
    return new


def show_words(questions: Sequence[WordQuestion], index: NamesIndex) -> dict[str, str]:
    """The words behind the keyed hashes of questions; only for the screen of the restricted machine.

    They are looked up among the words that the program itself prints. Words that sound alike ("mai",
    "May") have one hash and are shown together: "May or mai".
    """
    wanted = {question.word for question in questions}
    found: dict[str, list[str]] = {}
    for text in sorted({*vocabulary_labels(), *words_of_pages()}):
        if (mark := index.mark_of_word(text)) in wanted:
            found.setdefault(mark, []).append(text)
    return {mark: " or ".join(words) for mark, words in found.items()}


def _write(home: Path, questions: Sequence[WordQuestion]) -> None:
    data = json.dumps([asdict(q) for q in sorted(questions, key=_place)], indent=1) + "\n"
    write_stored(home / FILE, data.encode(), recipient_of_study(home))


def _place(question: WordQuestion) -> tuple[str, str, str, str]:
    return question.release, question.file, question.carrier, question.word
