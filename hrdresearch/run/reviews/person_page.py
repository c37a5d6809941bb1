"""Makes the page for deciding whether two rows are one person: rows side by side, then reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from hrdresearch.run.reviews.review_page import Sitting, review_page

FACTS = {
    "list": "source",
    "name": "name_as_published",
    "date": "event_date",
    "place": "place_as_published",
    "division": "admin1_name",
    "state": "state_iso3",
    "age": "age_years",
    "sex": "sex_code",
}
PAGE_COLUMNS = ("pair_id", "left_key", "right_key", "by", "why", "decision")
SITTING = Sitting("Pair", 60, 45, 10)
SUPPORT = (
    "These are names of persons who were killed. Keep this page on this machine. Read both rows before "
    "you look at the reasons of the program. Brothers killed on the same day are two persons. If the rows "
    "do not answer the question, leave it open."
)


def pairs_page(rows: Sequence[Mapping[str, str]]) -> str:
    """HTML page of pairs; it holds names and is therefore restricted.

    rows: from ``hrdresearch.run.reviews.killings``.
    """
    items = "".join(_item(row) for row in rows)
    title = "One person or two (restricted)"
    return review_page(title, SUPPORT, items, PAGE_COLUMNS, "A", SITTING, "reasons", "by")


def _item(row: Mapping[str, str]) -> str:
    data = "".join(f' data-{c}="{escape(row[c])}"' for c in PAGE_COLUMNS[:3])
    lines = "".join(
        f'<tr><th scope="row">{fact}</th>'
        + "".join(
            f'<td dir="auto">{escape(row[f"{side}_{fact}"])}</td>' for side in ("left", "right")
        )
        + "</tr>"
        for fact in FACTS
    )
    choices = "".join(
        f'<option value="{word}"{" selected" if word == row["decision"] else ""}>{told}</option>'
        for word, told in (
            ("", "not yet"),
            ("same", "one person"),
            ("different", "two persons"),
            ("open", "take an earlier decision back"),
        )
    )
    return (
        f'<section{data} data-reviewer="A" hidden><h2 tabindex="-1">One person or two?</h2>'
        f"<table>{lines}</table><p>The decision is on {escape(row['rows'])} rows.</p>"
        '<button class="open" aria-expanded="false">Show the reasons</button>'
        f"<blockquote hidden>{escape(row['reasons'])}</blockquote>"
        f'<p><label>Decision <select name="decision">{choices}</select></label> '
        f'<label>Why <input type="text" name="why" value="{escape(row["why"])}"></label></p></section>'
    )
