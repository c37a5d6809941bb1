"""What an account wrote, from its archive of X as a ZIP: posts, each with its whole text.

``tweets.js`` has a long post in a shortened form; ``note-tweet.js`` has its text. The two name different
numbers, so they are joined by their second and the letters with which they begin.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import Any, BinaryIO

from hrdresearch.sources.errors import UnreadableFileError
from hrdresearch.sources.posts.columns import SPELLED_OUT
from hrdresearch.sources.posts.json_records import records_of_value

POSTS = re.compile(r"(?:.*/)?(?:deleted-)?tweets?(?:-part\d+)?\.js")
LONG = re.compile(r"(?:.*/)?note-tweets?(?:-part\d+)?\.js")
OPENING = 60  # letters in which both forms of a post agree
LARGEST = 2_000_000_000  # bytes of a file in the ZIP


def records_of_account(name: str, stream: BinaryIO) -> Iterator[Any]:
    """Yield the posts of an archive, the text of a long post in place of its shortened form.

    A long post without a shortened form comes last, as note-tweet.js has it. name: of the ZIP, for errors.
    stream: can be read from any place. Raises UnreadableFileError.
    """
    try:
        with zipfile.ZipFile(stream) as packed:
            posts, notes = (
                [m for m in packed.infolist() if wanted.fullmatch(m.filename)]
                for wanted in (POSTS, LONG)
            )
            if not posts + notes or max(m.file_size for m in posts + notes) > LARGEST:
                raise UnreadableFileError(
                    f"{name}: expected a ZIP with tweets.js and note-tweet.js of an archive of X, each "
                    f"smaller than {LARGEST // 1_000_000} MB."
                )
            long_posts = LongPosts(_records(packed, notes))
            yield from map(long_posts.complete, _records(packed, posts))
            yield from long_posts.left.values()
    except (zipfile.BadZipFile, RuntimeError) as error:  # RuntimeError: it has a password
        raise UnreadableFileError(f"{name}: the ZIP is damaged, or has a password.") from error


def _records(packed: zipfile.ZipFile, members: Iterable[zipfile.ZipInfo]) -> Iterator[Any]:
    for member in members:
        with packed.open(member) as stream:
            yield from records_of_value(stream)  # type: ignore[arg-type]


class LongPosts:
    """Long posts of an account; ``left``: those that completed no post, by their number."""

    def __init__(self, records: Iterable[Any]) -> None:
        self.left: dict[str, dict[str, Any]] = {}
        self._numbers: dict[tuple[str, str], list[str]] = defaultdict(list)
        for note in (r for r in records if isinstance(r, dict) and _text_of(r)):
            number = str(note.get("noteTweetId"))
            self.left[number] = note
            self._numbers[_second(note.get("createdAt")), _opening(_text_of(note))].append(number)

    def complete(self, post: Any) -> Any:
        """Return a post with its whole text, if it is the shortened form of a long post."""
        if not self.left or not isinstance(post, dict):
            return post
        begins = _second(post.get("created_at")), _opening(str(post.get("full_text", "")))
        numbers = chain([str(post.get("id_str"))], self._numbers.get(begins, ()))
        number = next((n for n in numbers if n in self.left), None)
        return {**post, "full_text": _text_of(self.left.pop(number))} if number else post


def _text_of(note: dict[str, Any]) -> str:
    core = note.get("core")
    return str(core.get("text") or "") if isinstance(core, dict) else ""


def _second(told: Any) -> str:
    """The second of a time, in UTC: 2023-05-04T17:20:00."""
    try:
        return f"{datetime.strptime(str(told), SPELLED_OUT).astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
    except ValueError:
        return str(told)[:19]


def _opening(text: str) -> str:
    """The first letters of a text without names of accounts and addresses, which are written differently."""
    words = (w for w in html.unescape(text).split() if not w.startswith(("@", "http")))
    return "".join(words).rstrip("…")[:OPENING]
