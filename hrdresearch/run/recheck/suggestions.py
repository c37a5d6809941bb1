"""Writes an editor's wording as suggestions for the notebook; a person must apply them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from hrdresearch.findings.sentences import claim_tag
from hrdresearch.run.recheck.edited import STANDS, EditedCopy
from hrdresearch.run.recheck.printed import Sentence

HEAD = (
    "# What an editor changed in the Word copy of edition {edition}, sentence by sentence. Nothing is\n"
    "# applied: a person copies a change into the notebook, or leaves it. for_the_notebook is the edited\n"
    "# text with its numbers as tags.\n"
)


def suggestions_of(copy: EditedCopy, sentences: Sequence[Sentence]) -> list[dict[str, Any]]:
    """A suggestion for each changed sentence: place, kind, old text, edited text.

    sentences: sentences of the published page; they say which words are numbers.
    """
    by_text = {sentence.text: sentence for sentence in sentences}
    found = []
    for number, one in enumerate((s for s in copy.sentences if s.kind != STANDS), start=1):
        said = by_text.get(one.was)
        where = {"paragraph": said.anchor or said.where, "finding": said.finding} if said else {}
        suggestion = {"number": number, "bookmark": one.anchor, **where, "kind": one.kind}
        suggestion |= {"was": one.was, "now": one.now}
        if one.now and said:
            suggestion["for_the_notebook"] = with_tags(one.now, said)
        found.append(suggestion)
    return found


def with_tags(text: str, said: Sentence) -> str:
    """Replace the numbers of the published sentence that an edited text still prints by tags of claims."""
    out, at = "", 0
    for claim, printed in said.numbers:
        found = text.find(printed, at)
        if found >= 0:
            out += text[at:found] + claim_tag(claim)
            at = found + len(printed)
    return out + text[at:]


def suggestions_text(suggestions: Sequence[dict[str, Any]], edition: str) -> str:
    """Suggestions as YAML, with an explanation at the top."""
    body = yaml.safe_dump(list(suggestions), allow_unicode=True, sort_keys=False, width=10**6)
    return HEAD.format(edition=edition) + body
