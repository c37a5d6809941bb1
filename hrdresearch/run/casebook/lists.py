"""Writes the source.yml of the lists that are read from a casebook: killings, detentions, status.

The files stand beside the user's data. Each is written only once, because the user may change it.
"""

from __future__ import annotations

from pathlib import Path

from hrdresearch.run.casebook.status import STATUS
from hrdresearch.run.files import replace_text
from hrdresearch.run.own_lists.prompts import owner_part
from hrdresearch.sources.own_folder import own_folder

STUDIES = {
    "killings": "killings",
    "detentions": "imprisonment",
    STATUS: "case-status",
}  # list -> study
RECORD = {
    "killings": "person_id",
    "detentions": "detention_id",
    STATUS: "case_id",
}  # -> row's identifier
LIKE = {
    "killings": "restricted-list",
    "detentions": "detentions",
    STATUS: "case-status",
}  # -> template
SHEETS = {
    "killings": "allegations",
    "detentions": "detentions",
    STATUS: STATUS,
}  # -> sheet of its rows
HEAD = """\
# How this list is read from the casebook {name!r}. Made by 'hrdresearch casebook load', once: change what is
# wrong. The list is restricted: only rounded counts of its plan leave (docs/how-to/casebook.md).
like: {like}
title: "{title}"
{owner}
layouts:
  casebook:
    title: Casebook as it is kept (CSV)
    kinds: [csv]
    person: of_person
    only: {{sheet: [{sheet}], person.counted: ["", "yes", unknown, not_asked]{more}}}
"""
READS = {  # the list of the status needs no entry: it has the columns of its template
    "killings": """\
    reads:
      case_id: {column: person_id}
      event_id: {column: case_id}
      name: {column: person.name}
      date: {column: fact.date}
      state: {column: fact.state}
      admin1: {column: fact.admin1}
      place: {column: fact.place}
      sex: {column: person.sex}
      age: {column: age}
      identity: {column: person.identity, split: ";"}
      cause: {column: person.cause, split: ";"}
      perpetrator: {column: perpetrator, split: ";"}
      threats: {column: threats}
      status: {value: killed}
      contributor: {column: fact.contributor}
      notes: {column: notes}
""",
    "detentions": """\
    reads:
      case_id: {column: detention_id}
      name: {column: person.name}
      state: {column: fact.state}
      arrest_date: {column: arrest_date}
      birth_date: {column: person.birth_date}
      sex: {column: person.sex}
      age: {column: age}
      charge: {column: charge}
      sentence: {column: sentence}
      sentence_date: {column: sentence_date}
      release_date: {column: release_date}
      death_date: {column: death_date}
      last_known_date: {column: last_known_date}
      disappeared: {column: disappeared}
      disappeared_days: {column: disappeared_days}
      ill_treated: {column: ill_treated}
      lawyer_absent: {column: lawyer_absent}
      medical_refused: {column: medical_refused}
      several_sentences: {column: several_sentences}
      status: {value: detained}
      contributor: {column: fact.contributor}
      notes: {column: notes}
""",
}


def list_slug(name: str, which: str) -> str:
    """Name of a list of a casebook; which: killings, detentions or status.

    >>> list_slug("my-cases", "killings")
    'my-cases-killings'
    """
    return f"{name}-{which}"


def write_list_sources(name: str) -> list[Path]:
    """Write the missing source.yml files of a casebook's lists; returns the paths of all of them."""
    paths = []
    for which in STUDIES:
        path = own_folder() / list_slug(name, which) / "source.yml"
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_text(path, _text(name, which))
        paths.append(path)
    return paths


def _text(name: str, which: str) -> str:
    head = HEAD.format(
        name=name,
        like=LIKE[which],
        title=f"{name.replace('-', ' ').capitalize()}: {which}",
        sheet=SHEETS[which],
        more=", act: [killed]" if which == "killings" else "",
        owner="\n".join(owner_part()),
    )
    return head + READS.get(which, "")
