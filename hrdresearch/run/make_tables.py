"""Tables of a build: the steps of its study, without those who withdrew or are not covered."""

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
    refuse_without_basis,
    state_of_answers,
    without_names_to_review,
    without_uncovered,
)
from hrdresearch.run.errors import RunError
from hrdresearch.run.left_out import without_withdrawn
from hrdresearch.run.linked_persons import link_persons
from hrdresearch.run.steps import Built, load_steps
from hrdresearch.sources import Loaded
from hrdresearch.studies.ground.releases import printed_texts


def make_tables(
    study: str, loaded: Sequence[Loaded], key: Key, home: Path, demo: Collection[str]
) -> tuple[list[Loaded], Built, ConsentsTaken]:
    """Tables of the covered cases; only what consents allow keeps a name to print.

    home: ``WORK/<study>``. demo: slugs of invented lists. The lists come back as they were taken.
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
    """What source.yml of a restricted list says is printed, so it may hold no name of the list."""
    for x in loaded:
        if x.facts.policy.public_by_name:
            continue
        facts = {**x.facts.to_dict(), "is_demo": demo[x.facts.slug] or x.facts.is_demo}
        for key, text in printed_texts(facts).items():
            if any(not found.word for found in index.find(text)):
                raise RunError(
                    f"source.yml of {x.facts.slug}, {key}: the text holds a name, place or contributor "
                    "of the list, and reports print it; change the text and build again"
                )


def refuse_names_of_files(index: NamesIndex, loaded: Sequence[Loaded]) -> None:
    """The name of a file of a public list stands in every manifest, so it may not be the name of a person."""
    for x in loaded:
        if index.find(re.sub(r"[^\w]|_", " ", x.path.name)):
            raise RunError(
                f"The file of source {x.facts.slug} is called by a name that stands on the list; "
                "rename the file and build again"
            )
