"""Places the notes of tables and figures; a note that several of them share is printed once, at the end.

Shared in a section are the line of sources, the meaning of words that cells print instead of numbers, and
every note that would stand under more than one table or figure. If a section has only one, all its notes
stand under it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from hrdresearch.findings.empty_cells import FEW, MEANINGS, explain_empty_cells
from hrdresearch.findings.model import Claim, Finding, SourceNote, short_titles
from hrdresearch.findings.sentences import join_with_and
from hrdresearch.privacy.policy import FEWEST_SHOWN
from hrdresearch.report import tree
from hrdresearch.report.tree import Node

Line: TypeAlias = list[Node]

ROUNDED = (
    "Numbers of a list that was shared in confidence are moved by chance and rounded to multiples of "
    f"{FEWEST_SHOWN}: 19 in 20 lie within {FEWEST_SHOWN} of the exact number. They may not add up; sums and "
    "differences, such as numbers of known cases, can be further off. "
    f"“Fewer than {FEWEST_SHOWN}” may also be none. Shares are made of these numbers, and rounded to ten "
    "per cent of fewer than 100, to five of fewer than 500."
)
ROUNDED_TO_NEAREST = (
    f"Persons, accounts and events are counted to the nearest multiple of {FEWEST_SHOWN}."
)
TABLES_TO_NEAREST = frozenset({"posts", "post_labels", "offline_events"})  # of messages
OF_EXHIBITS = " of tables and figures where nothing else is said"
EXPLANATIONS = frozenset(f"“{word}”: {meaning}" for word, meaning in MEANINGS.items())


@dataclass(frozen=True)
class NotedExhibit:
    """A table or figure, from which its notes are made.

    name: as printed ("Table 3"). finding: with the columns and rows that are printed. said: notes on how
    it is printed (columns left out, the disclaimer of a map). refers_to: table or figure that has the whole
    note on how numbers are rounded; "" for the first of a report, which has that note itself.
    """

    name: str
    finding: Finding
    said: tuple[str, ...] = ()
    refers_to: str = ""

    @property
    def is_rounded(self) -> bool:
        """Whether a number in its cells is rounded, or replaced by "fewer than 5"."""
        return bool(self._rounded)

    @property
    def _rounded(self) -> list[Claim]:
        printed = {cell.claim for row in self.finding.rows for cell in row}
        return [
            claim
            for claim in self.finding.claims
            if claim.name in printed and (claim.is_rounded or claim.text == FEW)
        ]

    @property
    def rounded(self) -> str:
        """Note on how its numbers are rounded."""
        if self.refers_to:
            return f"Rounded as the note to {self.refers_to.lower()} says."
        tables = {claim.table for claim in self._rounded}
        return ROUNDED_TO_NEAREST if tables <= TABLES_TO_NEAREST else ROUNDED

    @property
    def lines(self) -> list[str]:
        """Its notes, each once, without the meaning of words in cells, which the section explains."""
        out = [note for note in self.finding.notes if not _explains_words(note)]
        out += self.said
        if self.is_rounded:
            out.append(self.rounded)
        return list(dict.fromkeys(out))


def notes_of_section(exhibits: Sequence[NotedExhibit]) -> tuple[list[list[Line]], list[Line]]:
    """Notes of a section: those below each table or figure, and those at the end of the section.

    exhibits: tables and figures of one section. Each note is a list of pandoc inlines.
    """
    together = len(exhibits) > 1
    said = Counter(line for exhibit in exhibits for line in exhibit.lines)
    sources = Counter(exhibit.finding.sources for exhibit in exhibits if exhibit.finding.sources)
    of_section, times = sources.most_common(1)[0] if sources else ((), 0)
    if together and times == 1 and len(sources) > 1:  # no two have the same: each keeps its own
        of_section = ()
    below = [
        [
            *([] if together and one.finding.sources == of_section else _sources(one.finding)),
            *(tree.inlines_of(f"Note: {line}") for line in one.lines if said[line] == 1),
            *([] if together else explain_words_in_cells([one.finding])),
        ]
        for one in exhibits
    ]
    if not together:
        return below, []
    shared = [
        (line, [one.name for one in exhibits if line in one.lines])
        for line, times in said.items()
        if times > 1
    ]
    alone = all(one.finding.sources in (of_section, ()) for one in exhibits)
    end = [
        _source_line(of_section, "" if alone else OF_EXHIBITS) if of_section else [],
        *(tree.inlines_of(f"{exhibits_in_words(names)}: {line}") for line, names in shared),
        *explain_words_in_cells([one.finding for one in exhibits]),
    ]
    return below, [line for line in end if line]


def note_block(lines: Sequence[Line], *classes: str) -> list[Node]:
    """Notes as one block of the page; [] without notes. classes: further classes of the block."""
    return [tree.div([tree.para(line) for line in lines], ["note", *classes])] if lines else []


def exhibits_in_words(names: Sequence[str]) -> str:
    """Names of tables and figures in words.

    >>> exhibits_in_words(["Table 1", "Table 2", "Figure 1"])
    'Tables 1 and 2; figure 1'
    >>> exhibits_in_words(["Table 3", "Table 4", "Table 5", "Table 7"])
    'Tables 3 to 5 and 7'
    """
    by_kind: dict[str, list[str]] = {}
    for name in names:
        kind, number = name.split(" ")
        by_kind.setdefault(kind, []).append(number)
    parts = [
        f"{kind}{'s' if len(numbers) > 1 else ''} {join_with_and(_runs(numbers))}"
        for kind, numbers in by_kind.items()
    ]
    return "; ".join([parts[0], *(part.lower() for part in parts[1:])])


def _runs(numbers: Sequence[str]) -> list[str]:
    """Numbers in order, three or more that follow one another as "3 to 5"."""
    runs: list[list[str]] = []
    for number in numbers:
        if runs and int(number) == int(runs[-1][-1]) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [word for run in runs for word in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else run)]


def _explains_words(note: str) -> bool:
    parts = note.removesuffix(".").split("; “")
    return {f"“{part.removeprefix('“')}" for part in parts} <= EXPLANATIONS


def explain_words_in_cells(findings: Sequence[Finding]) -> list[Line]:
    """Lines that explain the words which these tables print instead of numbers; [] without any."""
    rows = [row for finding in findings for row in finding.rows]
    claims = [claim for finding in findings for claim in finding.claims]
    return [tree.inlines_of(f"Note: {line}") for line in explain_empty_cells(rows, claims)]


def _sources(finding: Finding) -> list[Line]:
    return [_source_line(finding.sources)] if finding.sources else []


def _source_line(sources: Sequence[SourceNote], where: str = "") -> Line:
    """Titles of the sources as far as they tell them apart, each a link to its definition in annex I."""
    titles = short_titles(source.title for source in sources)
    out = tree.inlines_of(f"{'Source' if len(sources) == 1 else 'Sources'}{where}: ")
    for i, source in enumerate(sources):
        out += tree.inlines_of("; ") if i else []
        out.append(tree.link(tree.inlines_of(titles[source.title]), f"#source-{source.slug}"))
    return [*out, *tree.inlines_of("; annex I says what is counted and covered.")]
