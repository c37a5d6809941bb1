"""The page on which a person decides on texts: hidden until asked for, in sittings that end.

It works without a network and holds the texts, so it is restricted. What was decided is saved as a
small file without texts. Reviews of a study write the items; everything else stands here.
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
    """What an item is called ("Message"), how many a sitting has, its minutes and those of a pause."""

    noun: str
    most: int
    minutes: int
    pause: int
    offer: int = 10  # minutes after which a break is offered, and again


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
    """HTML page of texts to decide on: a restricted file.

    items: HTML, a ``section`` for each text with ``data-reviewer``. columns: of the file that the page
    saves; a cell is the ``data-`` attribute of that name, or what stands in the fields of that name.
    The last column is the decision: a text without one is not saved. shown: what an item hides until it
    is asked for: a ``blockquote`` that is hidden or, with ``data-veil``, blurred. signed: column that
    says which desk decided; it is asked once, before the sitting.
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
