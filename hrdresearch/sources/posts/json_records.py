"""Records of JSON files, one after the other: lines, or one value of any size read in pieces."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

LISTS = (
    *("data", "messages", "statuses", "posts", "items", "results", "orderedItems", "records"),
    *("feed", "thread", "descendants", "chats", "list"),
)
HOLDERS = ("data", "thread", "chats")  # objects that hold such a list, or one message
WRAPPED = ("tweet", "noteTweet", "post")  # the message stands in an object of its own
PIECE = 1 << 20
_DECODER = json.JSONDecoder()


def records_of_lines(stream: BinaryIO) -> Iterator[Any]:
    """Records of JSON lines; None for a broken line."""
    for line in stream:
        if line.strip():
            try:
                yield from messages_in(json.loads(line))
            except (ValueError, RecursionError):
                yield None


def messages_in(loaded: Any) -> Iterator[Any]:
    """Messages in a JSON value: a list, a page like ``{"data": [...]}``, or a single message.

    >>> list(messages_in({"data": [{"id": 1}, {"id": 2}]}))
    [{'id': 1}, {'id': 2}]
    """
    if isinstance(loaded, list):
        for member in loaded:
            yield from messages_in(member)
        return
    if isinstance(loaded, dict):
        for name in LISTS:
            inner = loaded.get(name)
            if isinstance(inner, list) or (name in HOLDERS and isinstance(inner, dict)):
                yield from messages_in(inner)
                return
        answers = loaded.get("replies")
        loaded = next((loaded[w] for w in WRAPPED if isinstance(loaded.get(w), dict)), loaded)
        yield loaded
        if isinstance(answers, dict | list):
            yield from messages_in(
                answers if isinstance(answers, list) else answers.get("comments", [])
            )
        return
    yield loaded


def records_of_value(stream: BinaryIO) -> Iterator[Any]:
    """Messages in one JSON value, which is never in memory as a whole; ValueError when it is not valid.

    A message of one of several chats has the number of its chat as ``within``.
    """
    text = _Text(io.TextIOWrapper(stream, encoding="utf-8-sig"))
    if (
        text.peek() == "w"
    ):  # window.YTD.direct_messages.part0 = [...], in the archive of an account of X
        text.skip_behind("=")
    yield from _walk(text, "")
    if text.peek():
        raise ValueError("more than one value")


class _Text:
    """A text read in pieces, with the place up to which it was used."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self.stream, self.held, self.at = stream, "", 0

    def more(self) -> bool:
        """Read on, twice as much as is held; returns whether there was anything."""
        read = self.stream.read(PIECE + len(self.held) - self.at)
        self.held, self.at = self.held[self.at :] + read, 0
        return bool(read)

    def peek(self) -> str:
        """The next character that is no space, not used up; "" at the end."""
        while True:
            while self.at < len(self.held) and self.held[self.at] in " \t\r\n":
                self.at += 1
            if self.at < len(self.held) or not self.more():
                return self.held[self.at : self.at + 1]

    def take(self, allowed: str) -> str:
        """Use up one of these characters."""
        if (found := self.peek()) == "" or found not in allowed:
            raise ValueError(f"expected one of {allowed}")
        self.at += 1
        return found

    def skip_behind(self, mark: str) -> None:
        """Use up everything up to a character and this character too."""
        while (found := self.peek()) and found != mark:
            self.at += 1
        self.take(mark)

    def value(self) -> Any:
        """Use up a whole value."""
        self.peek()
        while True:
            try:
                found, end = _DECODER.raw_decode(self.held, self.at)
            except ValueError:
                if not self.more():
                    raise
                continue
            if end < len(self.held) or not self.more():  # a number may go on in the next piece
                self.at = end if end <= len(self.held) else len(self.held)
                return found


def _walk(text: _Text, name: str) -> Iterator[Any]:
    """Messages in the value that follows; name: the member of an object that it is, or ""."""
    mark = text.peek()
    if mark == "[":
        for _ in _members(text, "[]"):
            if name == "list" and text.peek() == "{":
                yield from _walk(text, "chat")
            else:
                yield from messages_in(text.value())
    elif mark == "{":
        yield from _walk_object(text, name)
    else:
        yield from messages_in(text.value())


def _walk_object(text: _Text, name: str) -> Iterator[Any]:
    about: dict[str, Any] = {}
    is_page = False
    for _ in _members(text, "{}"):
        key = text.value()
        text.take(":")
        if (key in LISTS and text.peek() == "[") or (key in HOLDERS and text.peek() == "{"):
            is_page = True
            for message in _walk(text, key):
                if name == "chat" and isinstance(message, dict):
                    message = {**message, "within": about.get("id")}
                yield message
        else:
            about[key] = text.value()
    if not is_page:
        yield from messages_in(about)


def _members(text: _Text, marks: str) -> Iterator[None]:
    """Steps over the members of a list or an object; the caller uses up each member."""
    text.take(marks[0])
    if text.peek() == marks[1]:
        text.take(marks[1])
        return
    yield
    while text.take(f",{marks[1]}") == ",":
        yield
