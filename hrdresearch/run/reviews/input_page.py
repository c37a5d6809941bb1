"""Makes the page for deciding on codes and names in inputs: question and reason, then the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from hrdresearch.run.reviews.review_page import Sitting, review_page

PAGE_COLUMNS = (*("item_id", "kind", "submission_id", "value", "written", "by", "why", "decision"),)
SITTING = Sitting("Item", 40, 45, 10)
SUPPORT = (
    "These texts were sent in trust and may name persons at risk. Keep this page on this machine; stop "
    "whenever you want. A phrase or a model only makes a proposal: read the text before you decide."
)
CHOICES = {
    "code": (("yes", "the code is right"), ("no", "the code is wrong")),
    "name": (("yes", "withhold"), ("no", "no name to withhold")),
}


def inputs_page(items: Sequence[Mapping[str, str]]) -> str:
    """HTML page of items to decide; it holds texts and is therefore restricted.

    items: from ``hrdresearch.run.reviews.submissions``.
    """
    title = "Codes and names of inputs (restricted)"
    sections = "".join(_section(item) for item in items)
    return review_page(title, SUPPORT, sections, PAGE_COLUMNS, "A", SITTING, "text", "by")


def _section(item: Mapping[str, str]) -> str:
    data = "".join(f' data-{c}="{escape(item[c])}"' for c in PAGE_COLUMNS[:4])
    options = "".join(
        f'<option value="{word}">{words}</option>'
        for word, words in (("", "not yet"), *CHOICES[item["kind"]], ("open", "take it back"))
    )
    written = (
        '<label>Names <input type="text" name="written"></label> '
        if item["kind"] == "name" and not item["value"]
        else ""
    )
    heading = f"Input {item['input']}" + (f": {item['value']}" if item["value"] else "")
    text = (
        item["text"] or "The text of this input is not beside the sheet: read it where it is kept."
    )
    return (
        f'<section{data} data-reviewer="A" hidden><h2 tabindex="-1">{escape(heading)}</h2>'
        f"<p>{escape(item['question'])}</p><p>{escape(item['reason'])}.</p>"
        '<button class="open" aria-expanded="false">Show the text</button>'
        f'<blockquote hidden dir="auto">{escape(text)}</blockquote>'
        f'<p>{written}<label>Decision <select name="decision">{options}</select></label> '
        '<label>Why <input type="text" name="why"></label></p></section>'
    )
