"""``{{ story.KEY }}`` in the prose of a draft: the story as a text of the page, or the reason why not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from hrdresearch.findings.prose import ProseError, escape_markdown
from hrdresearch.privacy.stories import SUFFIX, Story

TAG = re.compile(r"\{\{\s*story\.([\w-]+)\s*\}\}")
NAME = re.compile(r"\{\{\s*name\s*\}\}")


def find_stories(markdown: Iterable[str], stories: Mapping[str, Story]) -> list[Story]:
    """Stories that the prose names, each once, all of which may be told today.

    ProseError names a story that is not there, or may not be told, and says why.
    """
    keys = dict.fromkeys(key for text in markdown for key in TAG.findall(text))
    for key in keys:
        if key not in stories:
            raise ProseError(f"There is no story {key!r}: write it into the file *{SUFFIX} beside")
        if why := stories[key].why_not_told(dt.date.today()):
            raise ProseError(f"Story {key!r} may not be told: {why}")
    return [stories[key] for key in keys]


def texts_of_stories(stories: Iterable[Story]) -> dict[str, str]:
    """Texts of the page by their tags: the story with its name, and its basis.

    A story whose risk was not reviewed for this edition is not printed.
    """
    today = dt.date.today()
    return {f"story.{s.key}": "" if s.waits_for_review(today) else _text(s) for s in stories}


def _text(story: Story) -> str:
    name = escape_markdown(story.consent.public_name)
    text = NAME.sub(lambda _: name, story.text.strip())
    return f"{text} {story.basis_words}"
