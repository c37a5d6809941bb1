"""Makes the page of an executed notebook, with every number filled in.

Markdown cells become prose; the output of ``show`` becomes a finding on the page. Any other output
is refused, because a number without a finding has no source. Level 2 headings of a notebook are the
sections of the report; level 1 is its title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hrdresearch.findings import FINDING_MIME, Claim, Finding
from hrdresearch.findings.for_a_person import Decision
from hrdresearch.findings.guards import UnprintedSentence
from hrdresearch.findings.model import PARAMETER, claims_by_name
from hrdresearch.findings.prose import (
    NamesForProse,
    ProseError,
    fill_in_prose,
    mark_of_finding,
    names_for_prose,
    strip_markdown,
)
from hrdresearch.findings.questions import build_question_table, write_question_texts
from hrdresearch.findings.several_studies import add_study_prefix
from hrdresearch.findings.speech_rules import (
    SpeechFault,
    find_doubled_marks,
    find_speech_faults,
)
from hrdresearch.findings.typed_digits import TAG
from hrdresearch.privacy.stories import Story
from hrdresearch.report.case_stories import find_stories, texts_of_stories
from hrdresearch.report.document import Prose, ShownFinding
from hrdresearch.report.numbering import ANNEX
from hrdresearch.report.sections import without_empty_sections

INCLUDED = re.compile(r"\{\{>\s*([a-z0-9_.]+)\s*\}\}")
HEADING = re.compile(r"^(#{2,4}) ", re.MULTILINE)
SECTION = re.compile(r"^#{1,3} (.+?)\s*$", re.MULTILINE)  # as HEADING leaves them


class OutputError(ValueError):
    """The output of a cell is not a finding."""


@dataclass(frozen=True)
class NotebookItem:
    """A Markdown cell, or a finding that a code cell has shown or cited.

    where: the cell, for messages. placement: ``show`` or ``cite``.
    """

    where: str
    markdown: str = ""
    finding: Finding | None = None
    placement: str = ""


@dataclass(frozen=True)
class Page:
    """Contents of a page: title, blocks in order, claims by name, findings, code of the notebook.

    unprinted: guarded sentences that are not printed. stories: case stories that are printed.
    stories_to_review: number of case stories that wait for a review of the risk.
    """

    title: str
    mandate_line: str
    blocks: tuple[Prose | ShownFinding, ...]
    claims: Mapping[str, Claim]
    findings: tuple[Finding, ...]
    code: tuple[str, ...]
    unprinted: tuple[UnprintedSentence, ...] = ()
    stories: tuple[Story, ...] = ()
    stories_to_review: int = 0

    @property
    def speech_faults(self) -> tuple[SpeechFault, ...]:
        """Sentences that break a rule of speech, each once; of notes only those with doubled marks."""
        texts = [
            text
            for block in self.blocks
            for text in (
                block.markdown.split("\n\n")
                if isinstance(block, Prose)
                else block.finding.statements
            )
        ]
        shown = [block.finding for block in self.blocks if isinstance(block, ShownFinding)]
        notes = [note for finding in shown for note in (finding.title, *finding.notes)]
        found = [
            *(fault for text in texts for fault in find_speech_faults(strip_markdown(text))),
            *(fault for note in notes for fault in find_doubled_marks(strip_markdown(note))),
        ]
        return tuple(dict.fromkeys(found))

    @property
    def parameters(self) -> dict[str, str]:
        """Parameters of the run by name, as texts."""
        return {
            name.replace("params.", "", 1): claim.text
            for name, claim in self.claims.items()
            if claim.measure == PARAMETER
        }

    def text(self, name: str, otherwise: str = "") -> str:
        """Text of a parameter of the study, such as ``period``; ``otherwise`` when it has none."""
        texts = (c.text for key, c in self.claims.items() if key.endswith(f"params.{name}"))
        return next(texts, otherwise)


def page_from_notebook(
    notebook: Mapping[str, Any],
    published: Sequence[Claim] = (),
    stories: Mapping[str, Story] | None = None,
    decisions: Mapping[str, Decision] | None = None,
) -> Page:
    """Make the page of an executed notebook (nbformat 4, as a dictionary).

    published: claims of published figures, which prose may name. stories: case stories by key, for
    ``{{ story.KEY }}``. decisions: what persons decided, by question. Raises OutputError for an
    output without a finding and ProseError for a sentence that cannot be printed as written.
    """
    items: list[NotebookItem] = []
    code: list[str] = []
    number = 0
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        number += not _is_injected(cell)
        where = f"cell {number}"
        if cell["cell_type"] == "markdown":
            items.append(NotebookItem(where, markdown=source))
        elif cell["cell_type"] == "code":
            code.append(source)
            items += [
                _output(output, where)
                for output in cell.get("outputs", [])
                if not _is_silent(output)
            ]
    return page_from_items(items, code, published, stories, decisions)


def page_from_items(
    items: Sequence[NotebookItem],
    code: Sequence[str],
    published: Sequence[Claim] = (),
    stories: Mapping[str, Story] | None = None,
    decisions: Mapping[str, Decision] | None = None,
) -> Page:
    """Make a page from Markdown cells and findings.

    items: in the order of the notebook; the first is its title. code: source of the code cells. published,
    stories, decisions, and errors: as in ``page_from_notebook``.
    """
    title, mandate_line, body = _title(items)
    findings = add_study_prefix([item.finding for item in items if item.finding is not None])
    named = iter(findings)
    body = [replace(item, finding=next(named)) if item.finding else item for item in body]
    context = names_for_prose(findings)
    closing = build_question_table(findings)
    claims = (*published, *context.claims.values(), *(closing.claims if closing else ()))
    told = find_stories((item.markdown for item in body), stories or {})
    texts = {**write_question_texts(findings, decisions), **texts_of_stories(told)}
    context = replace(context, claims=claims_by_name(claims), texts=texts)
    included = {name for i in body for name in INCLUDED.findall(i.markdown)}
    blocks: list[Prose | ShownFinding] = []
    for item in body:
        if item.finding is None:
            resolved = fill_in_prose(item.markdown, context, item.where)
            if resolved.strip():
                blocks.append(Prose(HEADING.sub(lambda m: m[1][1:] + " ", resolved)))
        elif item.placement == "show":
            blocks.append(ShownFinding(_with_statements(item.finding, context, included)))
    blocks = without_empty_sections(blocks)
    if closing := build_question_table(findings, _headings(blocks)):
        at = _first_annex(blocks)
        blocks[at:at] = [
            Prose("## What the lists answer"),  # else it would stand under the heading before it
            ShownFinding(_with_statements(closing, context, included)),
        ]
        findings = [*findings, closing]
    return Page(
        _filled_line(title, context),
        _filled_line(mandate_line, context),
        tuple(blocks),
        context.claims,
        tuple(findings),
        tuple(code),
        tuple(context.unprinted),
        tuple(story for story in told if texts[f"story.{story.key}"]),
        sum(not texts[f"story.{story.key}"] for story in told),
    )


def _filled_line(line: str, context: NamesForProse) -> str:
    """A line above the text with the parameters of the run filled in."""
    return strip_markdown(fill_in_prose(line, context, "the title")) if TAG.search(line) else line


def _is_injected(cell: Mapping[str, Any]) -> bool:
    """Papermill adds a cell with the parameters of the run, which the author did not write."""
    return "injected-parameters" in cell.get("metadata", {}).get("tags", [])


def _headings(blocks: Sequence[Prose | ShownFinding]) -> set[str]:
    """Headings of the sections of a page."""
    texts = (block.markdown for block in blocks if isinstance(block, Prose))
    return {heading for text in texts for heading in SECTION.findall(text)}


def _first_annex(blocks: Sequence[Prose | ShownFinding]) -> int:
    """Place of the first annex among the blocks, or of their end."""
    for place, block in enumerate(blocks):
        if isinstance(block, Prose) and block.markdown.lstrip().startswith(f"# {ANNEX}"):
            return place
    return len(blocks)


def _is_silent(output: Mapping[str, Any]) -> bool:
    """Warnings on the error stream go to the log of the run, not to the page."""
    return output["output_type"] == "stream" and output.get("name") == "stderr"


def _output(output: Mapping[str, Any], where: str) -> NotebookItem:
    data = output.get("data", {})
    if FINDING_MIME not in data:
        kind = output.get("name") or ", ".join(data) or output["output_type"]
        raise OutputError(
            f"In {where}, an output ({kind}) carries no finding. Only show(...) and cite(...) put "
            "numbers on the page; remove the print or the table, or make it a finding"
        )
    body = data[FINDING_MIME]
    return NotebookItem(where, finding=Finding.from_json(body), placement=str(body["placement"]))


def _title(items: Sequence[NotebookItem]) -> tuple[str, str, list[NotebookItem]]:
    """Title and mandate line from the first cell; the rest of the items."""
    if not items or not items[0].markdown.startswith("# "):
        raise ProseError("The first cell of a notebook is its title: '# Title', then a line below")
    head, _, rest = items[0].markdown.partition("\n")
    return head[2:].strip(), " ".join(rest.split()), list(items[1:])


def _with_statements(finding: Finding, context: NamesForProse, included: set[str]) -> Finding:
    if finding.name in included:
        return replace(finding, statements=())
    return replace(
        finding,
        statements=tuple(
            mark_of_finding(finding.name) + fill_in_prose(s, context, f"finding {finding.name}")
            for s in finding.statements
        ),
    )
