"""Makes the tables of a build: runs the steps of the study, and removes persons who may not be counted."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.names_index import NamesIndex
from hrdresearch.run.basis_of_lists import bases_taken
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
from hrdresearch.run.stated_basis import refuse_without_basis
from hrdresearch.run.steps import Built, load_steps
from hrdresearch.sources import Loaded
from hrdresearch.studies.ground.releases import printed_texts


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
    """RunError if a text in a restricted list's source.yml holds a name of the list: reports print it."""
    for x in loaded:
        if x.facts.policy.public_by_name:
            continue
        facts = {**x.facts.to_dict(), "is_demo": demo[x.facts.slug] or x.facts.is_demo}
        for key, text in printed_texts(facts).items():
            if any(not found.word for found in index.find(text)):
                raise RunError(
                    f"source.yml of {x.facts.slug}, {key}: reports print this text, and it holds a name, "
                    "place or contributor of the list. Change the text and build again"
                )


def refuse_names_of_files(index: NamesIndex, loaded: Sequence[Loaded]) -> None:
    """RunError if the name of a file is a name of the list: every manifest prints file names."""
    for x in loaded:
        if index.find(re.sub(r"[^\w]|_", " ", x.path.name)):
            raise RunError(
                f"The file name of source {x.facts.slug} holds a name of the list, and reports print "
                "file names. Rename the file and build again"
            )
