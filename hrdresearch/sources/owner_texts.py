"""What the owner of a user's own list says of it: who keeps it, whom it counts, where, and how.

The page prints what the owner wrote, and says what the owner has not said: a sentence of the template
would speak for somebody whom nobody asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrdresearch.sources.errors import SourceFactsError
from hrdresearch.vocab import codes

COMPILED = "compiled"
INDEPENDENCE = "source_independence_code"
NOT_STATED = "not_stated"
# Keys of source.yml that the owner fills in; an empty value means "not said".
ASKED = ("publisher", "definition", "coverage", COMPILED, "singular", "plural")
UNSAID = {
    "definition": "The owner of the list has not said whom it counts.",
    "coverage": "The owner of the list has not said which places and times it covers.",
}
OPEN_QUESTIONS = {
    "publisher": "who keeps the list",
    "definition": "whom the list counts",
    "coverage": "which places and times it covers",
    COMPILED: "whether its owner documents the cases or compiles them from others",
}


def owner_lines(hints: Mapping[str, str], said: Mapping[str, str] | None = None) -> list[str]:
    """Lines for a source.yml that ask the owner for what the page prints of the list.

    hints: what to write, by key. said: answers that are known, by key.
    """
    answers = {key: (said or {}).get(key, "").replace('"', "'") for key in ASKED}
    return [f'{key}: "{answer}"  # {hints[key]}' for key, answer in answers.items()]


def with_owner_texts(
    file: str, template: Mapping[str, Any], values: Mapping[str, Any]
) -> dict[str, Any]:
    """Texts of the list as its owner wrote them; else sentences that the owner has not said it.

    file: path of source.yml, for messages. template, values: what the template and source.yml say.
    """
    said = {key: text for key in (*ASKED, "owner") if (text := _line(values.get(key)))}
    compiled = said.get(COMPILED, NOT_STATED)
    if compiled not in codes("source_independence"):
        known = ", ".join(codes("source_independence"))
        raise SourceFactsError(f"{file}, {COMPILED}: {compiled!r} is none of {known}")
    if any(map(str.isdigit, said.get("publisher", ""))):
        raise SourceFactsError(
            f"{file}, publisher: write the name without digits; the title of the list may have them"
        )
    title = _line(values.get("title")) or str(template["title"])
    texts = {
        "title": title,
        "publisher": said.get("publisher", title),
        "article": _line(values.get("article")),
        "owner": said.get("owner", said.get("publisher", f"the owner of {title}")),
        "citation": _line(values.get("citation")) or f"{title}, a list that is not public",
        **{key: said.get(key, unsaid) for key, unsaid in UNSAID.items()},
    }
    if "plural" in said:
        texts |= {"plural": said["plural"], "singular": said.get("singular", said["plural"])}
    elif (
        template["table"] == "cases" and "definition" not in said
    ):  # nobody says they are defenders
        texts |= {"singular": "person", "plural": "persons"}
    else:
        texts |= {key: str(template[key]) for key in ("singular", "plural")}
    return {
        **texts,
        "defaults": {
            **template.get("defaults", {}),
            **({INDEPENDENCE: compiled} if INDEPENDENCE in template.get("defaults", {}) else {}),
            **(values.get("defaults") or {}),
        },
    }


def sentence_on_unsaid(values: Mapping[str, Any]) -> list[str]:
    """Sentence of ``source check`` on what the owner has not said in source.yml; "" if all is said."""
    open_questions = [words for key, words in OPEN_QUESTIONS.items() if not _line(values.get(key))]
    if not open_questions:
        return []
    return [
        f"source.yml does not say {'; '.join(open_questions)}. The page will say that its owner has not "
        f"said so. Write it at the top of the file ({', '.join(ASKED)})."
    ]


def _line(text: Any) -> str:
    return " ".join(str(text or "").split())
