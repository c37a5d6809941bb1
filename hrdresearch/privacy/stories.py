"""Case stories and quotes of a draft: which person they name or quote, and on what basis.

They stand in a file beside the notebook, ``my-draft.stories.yml``; it holds names, so it stays on the
restricted machine. A story is printed only with dated consent for this purpose (``story``), or where the
United Nations has published the case. A quote (purpose ``quoted``) is printed without names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from hrdresearch.privacy.consent import DATES, Consent
from hrdresearch.privacy.keys import Key, pseudonym
from hrdresearch.privacy.policy import ReleasePlan
from hrdresearch.privacy.release import edition_day

PURPOSE, QUOTED = "story", "quoted"
SUFFIX = ".stories.yml"
FIELDS = frozenset(Consent.__dataclass_fields__) | {"text"}


class StoryError(ValueError):
    """A story cannot be read or may not be told; the message names its key and no person."""


@dataclass(frozen=True)
class Story:
    """A case story: its text in Markdown, with ``{{ name }}`` for the name, and its consent."""

    key: str
    text: str = field(repr=False)
    consent: Consent

    @property
    def is_quote(self) -> bool:
        """Whether it is the words of somebody who is not named."""
        return self.consent.purpose == QUOTED

    @property
    def basis_words(self) -> str:
        """The basis as the page prints it after the story."""
        if self.is_quote:
            return "Quoted with recorded consent, without names."
        if self.consent.basis == "un_publication":
            return f"Published by the United Nations in {self.consent.un_symbol}."
        whose = " of the next of kin" if self.consent.given_by == "next_of_kin" else ""
        return f"Told with the recorded consent{whose}."

    def why_not_told(self, on_date: dt.date) -> str:
        """Why the story may not be told on a day; empty where it may."""
        consent = self.consent
        if self.is_quote and (consent.public_name or "{{" in self.text):
            return (
                f"its consent is for {QUOTED!r}, not to tell the story ({PURPOSE!r}): a quote has no "
                "public_name and no tags"
            )
        if consent.basis == "consent" and consent.purpose not in (PURPOSE, QUOTED):
            return f"its consent is for {consent.purpose!r}, not to tell the story ({PURPOSE!r})"
        if not self.is_quote and not consent.public_name.strip():
            return "it has no public_name, the name that may be printed"
        if not consent.is_in_force(on_date):
            return "its consent is not in force today: not yet given, expired or revoked"
        return ""

    def waits_for_review(self, on_date: dt.date) -> bool:
        """Whether nobody has reviewed the risk of printing the story for the edition of a day."""
        edition = edition_day(on_date, ReleasePlan().editions)
        return not self.consent.is_reviewed(dt.date.fromisoformat(edition))

    def to_dict(self) -> dict[str, Any]:
        """Entry of the manifest: the name that is printed, its basis, and until when it may be printed."""
        consent = self.consent
        return {
            "key": self.key,
            "name": consent.public_name,
            "basis": consent.basis,
            "un_symbol": consent.un_symbol,
            "date": consent.date.isoformat(),
            "expires": consent.expires.isoformat() if consent.expires else None,
        }


def story_mark(person: str, key: Key) -> str:
    """Keyed mark of the person of a story, for the manifest; it discloses nothing without the key."""
    return pseudonym(key, PURPOSE, person)


def read_stories(notebook: Path) -> dict[str, Story]:
    """Read the stories in the file beside a notebook, by key; {} where there is no file.

    Raises StoryError, which names the file and the key of a story that cannot be read.
    """
    path = notebook.with_suffix(SUFFIX)
    if not path.is_file():
        return {}
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, ValueError):
        raise StoryError(f"{path.name} cannot be read as YAML in UTF-8") from None
    if not isinstance(told, Mapping):
        raise StoryError(f"{path.name}: expected keys of stories, each with person, text and date")
    return {str(key): _story(path.name, str(key), entry) for key, entry in told.items()}


def _story(file: str, key: str, entry: Any) -> Story:
    where = f"{file}, story {key!r}"
    if not isinstance(entry, Mapping) or not str(entry.get("text") or "").strip():
        raise StoryError(f"{where}: expected person, public_name, purpose, date, given_by and text")
    unknown = sorted(set(entry) - FIELDS)
    if unknown:
        raise StoryError(f"{where}: there is no field {', '.join(unknown)}")
    facts = {name: value for name, value in entry.items() if name != "text" and value is not None}
    for day in DATES:
        if day in facts and type(facts[day]) is not dt.date:
            raise StoryError(f"{where}: {day} is not written as YYYY-MM-DD")
    try:
        consent = Consent(**facts)
    except (TypeError, ValueError, AttributeError) as error:
        words = (
            error
            if isinstance(error, ValueError)
            else "person, purpose, date or given_by is missing"
        )
        raise StoryError(f"{where}: {words}") from None
    return Story(key, str(entry["text"]), consent)
