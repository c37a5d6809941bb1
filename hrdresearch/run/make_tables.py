"""Makes the tables of a build: runs the steps of the study, and removes persons who may not be counted."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from hrdresearch.names.spelling import folded_words, plain_text
from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.name_search import Span
from hrdresearch.privacy.names_index import NamesIndex
from hrdresearch.run.consents import (
    ConsentsTaken,
    read_answers,
    state_of_answers,
    without_names_to_review,
    without_uncovered,
)
from hrdresearch.run.errors import RunError
from hrdresearch.run.left_out import without_withdrawn
from hrdresearch.run.linked_persons import link_persons
from hrdresearch.run.stated_basis import bases_taken, refuse_without_basis
from hrdresearch.run.steps import Built, load_steps
from hrdresearch.sources import Loaded
from hrdresearch.studies.ground.releases import printed_texts

ROWS_TOLD = 5


def make_tables(
    study: str, loaded: Sequence[Loaded], key: Key, home: Path, demo: Collection[str]
) -> tuple[list[Loaded], Built, ConsentsTaken]:
    """Make the tables of a study without persons who withdrew or whom no consent or basis covers.

    home: ``WORK/<study>``. demo: slugs of invented lists. Returns the lists without names that may not be
    printed, the tables, and the use of the sheet of consents.
    """
    today = dt.datetime.now(dt.UTC).date()
    answers = read_answers(home, key)
    refuse_without_basis(loaded, answers, demo, today)
    stated = bases_taken(loaded, answers, demo, home, key, today)
    taken, waiting = without_names_to_review(loaded, answers, key, demo, today)
    built = without_withdrawn(load_steps(study)(taken, key, home / "decisions"), home)
    built, lines = without_uncovered(built, taken, answers, demo, today)
    built = link_persons(study, built, taken, key, home / "decisions")
    return taken, built, ConsentsTaken(state_of_answers(answers, today), waiting, (*lines, *stated))


def refuse_names_in_texts(
    index: NamesIndex, loaded: Sequence[Loaded], demo: Mapping[str, bool]
) -> None:
    """RunError if what the owner says of a restricted list holds a name of the list: reports print it.

    This is the name that the list was given (``--name``), and the texts of its source.yml. The message says
    which word it is by its place, and in which rows the word stands.
    """
    for x in loaded:
        if x.facts.policy.public_by_name:
            continue
        facts = {**x.facts.to_dict(), "is_demo": demo[x.facts.slug] or x.facts.is_demo}
        texts = printed_texts(facts)
        for key, text in (
            {"name of the list (--name)": x.facts.slug} | texts if texts else {}
        ).items():
            if found := [span for span in index.find(text) if not span.word]:
                raise RunError(
                    f"source.yml of {x.facts.slug}, {key}: reports print this text, and it holds a name, "
                    f"place or contributor of the list: {_where(text, found, x)}. Change the text and build "
                    "again"
                )


def _where(text: str, found: Sequence[Span], loaded: Loaded) -> str:
    """Which words of a text are a name, by their places, and the rows of the file whose name has them."""
    plain = plain_text(text)
    at, words = set(), set()
    for span in found:
        first = len(re.findall(r"\w+", plain[: span.start]))
        held = re.findall(r"\w+", plain[span.start : span.end])
        at |= set(range(first + 1, first + 1 + len(held)))
        words |= {*folded_words(" ".join(held)).split()}
    names = loaded.accepted[["source_row", "name_as_published"]].drop_duplicates()
    has = [bool(words & {*folded_words(str(n)).split()}) for n in names["name_as_published"]]
    rows = sorted(names.loc[has, "source_row"].astype(int))
    told = ", ".join(map(str, rows[:ROWS_TOLD])) + (" ..." if len(rows) > ROWS_TOLD else "")
    where = f"as in row {told}" if rows else "as in another column, or in a row that is set aside"
    return f"word {', '.join(map(str, sorted(at)))} of the text, {where}"


def refuse_names_of_files(index: NamesIndex, loaded: Sequence[Loaded]) -> None:
    """RunError if the name of a file is a name of the list: every manifest prints file names."""
    for x in loaded:
        if index.find(re.sub(r"[^\w]|_", " ", x.path.name)):
            raise RunError(
                f"The file name of source {x.facts.slug} holds a name of the list, and reports print "
                "file names. Rename the file and build again"
            )
