"""Makes a page for decisions on texts: texts are hidden at first, and sittings are limited.

It works without a network, holds the texts and is therefore restricted. Decisions are saved as a small file
without texts. The review module of a study makes the items; this module makes the rest of the page.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from hrdresearch.report.content_security import with_content_security

_DESK = (
    "<label>My desk, such as desk-4, and no name "
    '<input type="text" id="desk" pattern="desk-[a-z0-9\\-]{1,20}" required></label>'
)
_ALONE = '<option value="">all of us (no second reader)</option>'
_NONE = ", <kbd>0</kbd> no attack"


@dataclass(frozen=True)
class Sitting:
    """Limits of a sitting.

    noun: what an item is called ("Message"). most: items in a sitting. minutes: length of a sitting.
    pause: minutes of a pause.
    """

    noun: str
    most: int
    minutes: int
    pause: int
    offer: int = 10  # a break is offered every so many minutes


def review_page(
    title: str,
    support: str,
    items: str,
    columns: Sequence[str],
    reviewers: Sequence[str],
    sitting: Sitting,
    shown: str = "text",
    signed: str = "",
) -> str:
    """HTML page of texts to decide on; it is restricted.

    items: HTML, one ``section`` with ``data-reviewer`` for each text; its ``blockquote`` is hidden or, with
    ``data-veil``, blurred at first. columns: columns of the saved file; a cell is the ``data-`` attribute or
    the form field of that name. The last column is the decision; a text without a decision is not saved.
    shown: what the ``blockquote`` holds, in a word. signed: column of the desk; the page asks for it once.
    """
    facts = {
        "noun": sitting.noun,
        "sitting": sitting.most,
        "minutes": sitting.minutes,
        "pause": sitting.pause,
        "offer": sitting.offer,
        "columns": list(columns),
        "decision": columns[-1],
        "shown": shown,
        "signed": signed,
    }
    template = (files(__package__) / "review_page.html").read_text(encoding="utf-8")
    page = template.replace("{{facts}}", json.dumps(facts).replace("<", "\\u003c"))
    script = page[page.index("<script>") + len("<script>") : page.index("</script>")]
    page = (
        page.replace("{{title}}", escape(title))
        .replace("{{support}}", escape(support))
        .replace("{{reviewers}}", _reviewers(reviewers))
        .replace("{{shown}}", shown)
        .replace("{{none_key}}", _NONE if 'value="none"' in items else "")
        .replace("{{desk}}", _DESK if signed else "")
        .replace("{{items}}", items)
    )
    return with_content_security(page, script)


def _reviewers(reviewers: Sequence[str]) -> str:
    options = "".join(f"<option>{escape(r)}</option>" for r in reviewers)
    return options + (_ALONE if len(reviewers) > 1 else "")
