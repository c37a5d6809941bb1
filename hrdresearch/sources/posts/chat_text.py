"""Messages of a chat that WhatsApp exported as text, and of pages of Facebook's download.

source.yml says how a line and a block look, because both programs write them in the language and the
date format of the telephone. The whole file decides whether the day or the month comes first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any, BinaryIO

ORDERS = ((0, 1, 2), (1, 0, 2), (2, 1, 0))  # where day, month and year stand
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile("[\u00a0\u202f]")
NO_MESSAGE = "The line is no message of a chat."
ONLY_MEDIA = "A picture, a sound, a file or a deleted message; it has no text."


def is_chat(beginning: str, facts: Mapping[str, Any]) -> bool:
    """Whether a text begins like a chat: one of its first lines has a date, and somebody who speaks."""
    lines = map(_without_signs, beginning.splitlines()[:20])
    return any(re.match(shape, line) for line in lines for shape in facts["lines"])


def chat_records(text: str, facts: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Messages of a chat with the number of their first line; instead of a message perhaps a reason."""
    found: list[tuple[int, str, bool, str]] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = _without_signs(raw)
        begins = next((m for shape in facts["lines"] if (m := re.match(shape, line))), None)
        if begins:
            found.append((number, begins["date"], ": \u200e" in raw, begins["rest"]))
        elif found and found[-1][1]:
            found[-1] = (*found[-1][:3], f"{found[-1][3]}\n{line}")
        else:
            found.append((number, "", False, line))
    times = _times([date for _, date, _, _ in found], facts)
    seen: Counter[tuple[str, ...]] = Counter()
    for (number, date, is_notice, rest), time in zip(found, times, strict=True):
        author, colon, said = rest.partition(":")
        message = "\n".join(_without_markers(line, facts) for line in said.split("\n")).strip()
        if not date:
            yield number, NO_MESSAGE
        elif not colon or "\n" in author or (is_notice and message and message == said.strip()):
            yield number, facts["notice"]
        elif not message:
            yield number, ONLY_MEDIA
        else:
            seen[(date, author, message)] += 1
            again = seen[(date, author, message)]
            yield (
                number,
                {
                    "id": date if again == 1 else f"{date} {again}",
                    "time": time,
                    "author": author.lstrip("~ "),
                    "message": message,
                },
            )


def _without_signs(line: str) -> str:
    return _SPACES.sub(" ", _DIRECTION.sub("", line))


def _without_markers(line: str, facts: Mapping[str, Any]) -> str:
    for marker in facts["markers"]:
        line = re.sub(marker, "", line.strip())
    return line


def _times(dates: list[str], facts: Mapping[str, Any]) -> list[str]:
    """Times without zone, in ISO 8601, in the order of day and month that fits the file best.

    An order fits if every date exists, and best if the chat goes forward in time most often. If two orders
    fit equally well, the dates stay as they are, so that nothing is guessed.
    """
    read = {order: [_time(date, order, facts) for date in dates] for order in ORDERS}
    back = {
        order: sum(a > b for a, b in pairwise(times) if a and b)
        for order, times in read.items()
        if all(times[i] or not dates[i] for i in range(len(dates)))
    }
    best = [order for order in back if back[order] == min(back.values())]
    if len({tuple(read[order]) for order in best}) != 1:
        return dates
    return read[best[0]]


def order_of_dates(dates: Iterable[str], facts: Mapping[str, Any]) -> tuple[int, int, int] | None:
    """Where day, month and year stand, if all dates of a column exist in one order only; else None.

    dates: those that begin with the year or are no dates in numbers are passed over. facts: of the
    layout of a chat.
    """
    fits = set(ORDERS[:2])
    for date in dates:
        if possible := {order for order in ORDERS[:2] if table_time(date, order, facts)}:
            fits &= possible
    return fits.pop() if len(fits) == 1 else None


def table_time(date: str, order: tuple[int, int, int], facts: Mapping[str, Any]) -> str:
    """A date in numbers, with or without the hour, in ISO 8601; "" where there is no such date."""
    told = date.strip()
    return _time(told if ":" in told else f"{told} 0:00", order, facts)


def _time(date: str, order: tuple[int, int, int], facts: Mapping[str, Any]) -> str:
    parts = re.match(facts["date"], date)
    if not parts:
        return ""
    day, month, year = (int(parts[1 + at]) for at in order)
    lengths = [len(parts[1 + at]) for at in order]
    if max(lengths[:2]) > 2 or lengths[2] not in ((4,) if order[2] == 0 else (2, 4)):
        return ""
    hour, half = int(parts[5]), (parts[4] or parts[8]).casefold()
    if half:
        if not half.startswith((*facts["afternoon"], *facts["morning"])):
            return ""
        hour = hour % 12 + 12 * half.startswith(tuple(facts["afternoon"]))
    try:
        read = datetime(
            year if year > 99 else year + 2000, month, day, hour, int(parts[6]), int(parts[7] or 0)
        )
    except ValueError:
        return ""
    return read.isoformat()


def page_records(stream: BinaryIO, facts: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Blocks of a page of Facebook's download: heading, body, date, and an id made of the date."""
    import dateparser  # type: ignore[import-untyped]  # slow, rarely needed
    from lxml import html as lxml_html  # type: ignore[import-untyped]

    page = lxml_html.parse(stream, lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)).getroot()
    seen: Counter[str] = Counter()
    for shape in facts["blocks"] if page is not None else ():
        for block in page.iterfind(".//div"):
            if shape["block"] not in block.get("class", "").split():
                continue
            row = {name: _text_of(block, shape[name]) for name in ("heading", "body", "date")}
            if row["date"]:
                seen[row["date"]] += 1
                read = dateparser.parse(row["date"], languages=facts["languages"])
                told = read.isoformat() if read else row["date"]
                yield {**row, "date": told, "id": f"{row['date']} {seen[row['date']]}"}
        if seen:
            return


def _text_of(block: Any, name: str) -> str:
    """Text of the first element of a class, a line for each of its parts; reactions are left out."""
    found = block.xpath(f".//*[contains(concat(' ', @class, ' '), ' {name} ')]")
    for part in found[:1]:
        for beside in part.xpath(".//ul|.//script|.//style"):
            beside.drop_tree()
        lines = (" ".join(line.split()) for line in part.itertext())
        return "\n".join(line for line in lines if line)
    return ""
