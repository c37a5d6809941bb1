"""Prints case stories: ``{{ story.KEY }}`` in the prose becomes the story, or an error with the reason."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from hrdresearch.findings.prose import ProseError, escape_markdown
from hrdresearch.privacy.stories import SUFFIX, Story

TAG = re.compile(r"\{\{\s*story\.([\w-]+)\s*\}\}")
NAME = re.compile(r"\{\{\s*name\s*\}\}")


def find_stories(markdown: Iterable[str], stories: Mapping[str, Story]) -> list[Story]:
    """Find the stories that the prose names, each once.

    markdown: texts of the prose. stories: by key. Raises ProseError for a story that is missing, or that
    may not be printed today, with the reason.
    """
    keys = dict.fromkeys(key for text in markdown for key in TAG.findall(text))
    for key in keys:
        if key not in stories:
            raise ProseError(f"There is no story {key!r}: write it into the file *{SUFFIX} beside")
        if why := stories[key].why_not_told(dt.date.today()):
            raise ProseError(f"Story {key!r} may not be told: {why}")
    return [stories[key] for key in keys]


def texts_of_stories(stories: Iterable[Story]) -> dict[str, str]:
    """Text of each story by its tag (``story.KEY``), with the name of the person and the basis for it.

    The text is "" if nobody has reviewed the risk for this edition.
    """
    today = dt.date.today()
    return {f"story.{s.key}": "" if s.waits_for_review(today) else _text(s) for s in stories}


def _text(story: Story) -> str:
    name = escape_markdown(story.consent.public_name)
    text = NAME.sub(lambda _: name, story.text.strip())
    return f"{text} {story.basis_words}"
