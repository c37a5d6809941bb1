"""Makes the page for reading messages: texts are blurred at first, and sittings are limited.

It works without a network, holds the texts and is therefore restricted. Decisions are saved as a small file
without texts, which ``hrdresearch review online-attacks FILE --feed`` reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

from hrdresearch.run.reviews.review_page import Sitting, review_page
from hrdresearch.studies.online_attacks.languages import LANGUAGES
from hrdresearch.vocab import vocabulary

SITTING = 40  # messages before a pause
SITTING_MINUTES, PAUSE_MINUTES = 30, 15
SUPPORT = (
    "Reading this can harm you. Stop whenever you want; nobody asks why. Speak before and after with "
    "somebody you trust: a colleague, a supervisor, a counsellor. No one works alone on a queue of threats."
)


def queue_page(queue: pd.DataFrame) -> str:
    """HTML page of a queue; it holds the texts and is therefore restricted.

    queue: columns post_id, coder, reviewer, severity, language_code, text, is_sampled, and alike if known.
    """
    items = "".join(_item(r) for r in queue.to_dict("records"))
    reviewers = sorted(str(r) for r in queue["reviewer"].unique())
    limits = Sitting("Message", SITTING, SITTING_MINUTES, PAUSE_MINUTES)
    columns = ("post_id", "coder", "kinds")
    return review_page(
        "Review of messages (restricted)", SUPPORT, items, columns, reviewers, limits
    )


def _item(row: Mapping[Any, Any]) -> str:
    identifier = escape(str(row["post_id"]))
    choices = "".join(
        f'<label><input type="checkbox" name="kinds" value="{code}"> {escape(str(words))}</label>'
        for code, words in vocabulary("attack_kind")["codes"].items()
    )
    code = str(row["language_code"])
    language = f"Language: {LANGUAGES[code]}" if code in LANGUAGES else "Language not known"
    tongue = f' lang="{code}"' if code in LANGUAGES else ""
    alike = int(str(row.get("alike", 1)))
    like = f" {alike - 1} more messages are nearly the same." if alike > 1 else ""
    again = (
        " Another reviewer has read it; decide without asking." if row["coder"] == "second" else ""
    )
    return (
        f'<section data-post_id="{identifier}" data-coder="{escape(str(row["coder"]))}" '
        f'data-reviewer="{escape(str(row["reviewer"]))}" hidden>'
        f'<h2 tabindex="-1">{_heading(row)}</h2>'
        f"<p>{language}.{like}{again}</p>"
        '<button class="open" aria-expanded="false">Show the text</button>'
        f'<blockquote data-veil class="veiled" aria-hidden="true" tabindex="-1" dir="auto"{tongue}>'
        f"{escape(str(row['text']))}</blockquote>"
        f"<fieldset><legend>What is it? Several may apply.</legend>{choices}</fieldset></section>"
    )


def _heading(row: Mapping[Any, Any]) -> str:
    """A warning on the severity; what the coder found is not told where it would suggest the label.

    An estimate rests on labels of the sample, and a model learns from those for training.
    """
    if row["is_sampled"] or row["coder"] == "training":
        return "It may be harmless, or contain a threat"
    severity = int(str(row["severity"]))
    if severity >= 5:
        return "Severity 5 of 5: may contain a threat"
    return f"Severity {severity} of 5" if severity else "Severity 0 of 5: nothing was found in it"
