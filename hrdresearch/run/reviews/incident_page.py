"""Makes the page for deciding on proposed rows: each text with marked words, and the proposed values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape

from hrdresearch.coding.narratives import FIELDS, SEPARATOR
from hrdresearch.run.reviews.review_page import Sitting, review_page
from hrdresearch.vocab import vocabulary

SITTING = Sitting("Text", 40, 45, 10)
SUPPORT = (
    "These texts describe violence and may name persons at risk. Keep this page on this machine; stop "
    "whenever you want. A rule only makes a proposal: read the text before you accept it."
)
_TEXT_FIELDS = {
    "date": "Date of the act (2021-02-26, 2021-02, 2021)",
    "place": "Place",
    "state_iso3": "State (ISO3)",
    "number_of_victims": "Number of victims, if the text says it",
    "as_written": "Victims as written",
}
_CHOICES = {
    "violations": ("Violations", "incident", "violation."),
    "acts": ("Acts", "incident_act", ""),
    "victims": ("Victims", "incident", "victim."),
}
_LISTS = {
    "perpetrator": ("Perpetrator", "incident", "perpetrator."),
    "perpetrator_kind": ("Kind of perpetrator for lists of killings", "perpetrator", ""),
}


def proposals_page(rows: Sequence[Mapping[str, str]]) -> str:
    """HTML page of proposed rows; it holds the texts and is therefore restricted.

    rows: from ``hrdresearch.run.reviews.incidents``.
    """
    items = "".join(_item(row) for row in rows)
    columns = ("incident_id", *FIELDS, "decision")
    return review_page("Rows read from texts (restricted)", SUPPORT, items, columns, "A", SITTING)


def _item(row: Mapping[str, str]) -> str:
    where = f"{row['file']}, row {row['row']}" if row["row"] else row["file"]
    published = f"Published {escape(row['published'])}." if row["published"] else ""
    fields = "".join(
        f'<label>{words} <input type="text" name="{name}" value="{escape(row[name])}"></label>'
        for name, words in _TEXT_FIELDS.items()
    )
    return (
        f'<section data-incident_id="{escape(row["incident_id"])}" data-reviewer="A" hidden>'
        f'<h2 tabindex="-1">{escape(where)}</h2><p>{published}</p>'
        '<button class="open" aria-expanded="false">Show the text</button>'
        f'<blockquote hidden dir="auto">{_marked(row)}</blockquote>'
        f"<fieldset><legend>What it tells</legend>{fields}</fieldset>"
        f"{''.join(_boxes(row, name) for name in _CHOICES)}"
        f"{''.join(_list(row, name) for name in _LISTS)}"
        '<p><label>Decision <select name="decision"><option value="">not yet</option>'
        '<option value="accept">accept as proposed</option><option value="change">accept as '
        'changed</option><option value="refuse">refuse</option></select></label></p></section>'
    )


def _marked(row: Mapping[str, str]) -> str:
    """HTML of the text, with marks on the words behind each value; a title names field and value."""
    parts, at = [], 0
    for e in sorted(json.loads(row["evidence"]), key=lambda e: (e["at"][0], -e["at"][1])):
        start, end = e["at"]
        if start >= at:
            title = escape(f"{e['field']}: {e['value']}")
            words = escape(row["text"][start:end])
            parts += [escape(row["text"][at:start]), f'<mark title="{title}">{words}</mark>']
            at = end
    return "".join([*parts, escape(row["text"][at:])])


def _boxes(row: Mapping[str, str], name: str) -> str:
    words, listed, front = _CHOICES[name]
    chosen = row[name].split(SEPARATOR)
    boxes = "".join(
        f'<label><input type="checkbox" name="{name}" value="{code}"'
        f"{' checked' if code in chosen else ''}> {escape(label)}</label>"
        for code, label in _codes(listed, front)
    )
    return f"<fieldset><legend>{words}</legend>{boxes}</fieldset>"


def _list(row: Mapping[str, str], name: str) -> str:
    words, listed, front = _LISTS[name]
    options = "".join(
        f'<option value="{code}"{" selected" if code == row[name] else ""}>{escape(label)}</option>'
        for code, label in [("", "not told"), *_codes(listed, front)]
    )
    return f'<p><label>{words} <select name="{name}">{options}</select></label></p>'


def _codes(listed: str, front: str) -> list[tuple[str, str]]:
    return [
        (str(code).removeprefix(front), str(label))
        for code, label in vocabulary(listed)["codes"].items()
        if str(code).startswith(front)
    ]
