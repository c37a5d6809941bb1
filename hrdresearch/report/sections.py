"""Finds sections by their headings: the one to be previewed, and empty ones, which are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from hrdresearch.report.document_model import Block, Prose

HEADING = re.compile(r"^(#{1,3}) (.+)$", re.MULTILINE)


class SectionError(ValueError):
    """The page has no section of this name; the message lists its headings."""


def blocks_of_section(blocks: Sequence[Block], section: str) -> list[Block]:
    """Blocks of a section: from its heading to the next heading of the same level or a higher one.

    blocks: of the whole page. section: the heading or its beginning; capitals make no
    difference ("threats" finds "Threats before the killing"). Raises
    SectionError, which lists the headings, when there is no such section.
    """
    parts = _split_at_headings(blocks)
    headings = [_heading(part) for part in parts]
    at = _find(section, [title for _, title in headings])
    level = headings[at][0]
    ends = [i for i, (other, _) in enumerate(headings) if i > at and 0 < other <= level]
    return parts[at : ends[0] if ends else len(parts)]


def without_empty_sections(blocks: Sequence[Block]) -> list[Block]:
    """Leave out headings under which nothing is printed.

    A finding without rows and sentences prints nothing.
    """
    parts = _split_at_headings(blocks)
    levels = [_heading(part)[0] for part in parts]
    kept: list[Block] = []
    for at, (part, level) in enumerate(zip(parts, levels, strict=True)):
        ends = (i for i in range(at + 1, len(parts)) if 0 < levels[i] <= level)
        if not level or any(map(_prints, parts[at : next(ends, len(parts))])):
            kept.append(part)
    return kept


def _prints(block: Block) -> bool:
    """Whether a block prints more than a heading."""
    if isinstance(block, Prose):
        return bool(HEADING.sub("", block.markdown).strip())
    return bool(block.finding.rows or block.finding.statements)


def _split_at_headings(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, in which each heading of the prose begins a block of its own."""
    out: list[Block] = []
    for block in blocks:
        if not isinstance(block, Prose):
            out.append(block)
            continue
        starts = [0, *(found.start() for found in HEADING.finditer(block.markdown))]
        ends = [*starts[1:], len(block.markdown)]
        texts = [block.markdown[a:b] for a, b in zip(starts, ends, strict=True)]
        out += [Prose(text) for text in texts if text.strip()]
    return out


def _heading(block: Block) -> tuple[int, str]:
    """Level and words of the heading that a block begins with; level 0 where there is none."""
    found = HEADING.match(block.markdown) if isinstance(block, Prose) else None
    return (len(found[1]), found[2].strip()) if found else (0, "")


def _find(section: str, titles: Sequence[str]) -> int:
    wanted = section.strip().casefold()
    folded = [title.casefold() for title in titles]
    for fits in (str.__eq__, str.startswith, str.__contains__):
        for at, title in enumerate(folded):
            if wanted and title and fits(title, wanted):
                return at
    close = get_close_matches(wanted, [title for title in folded if title], n=1)
    named = [title for title in titles if title]
    hint = f"; did you mean {titles[folded.index(close[0])]!r}?" if close else ""
    raise SectionError(f"No section {section!r}{hint} The headings are: {'; '.join(named)}")
