"""Phrases of a vocabulary, in the notation of ``text.phrases``, as words that a reader understands."""

from __future__ import annotations

import re

READING = (
    "A hyphen may be a blank; a stroke stands between words of which one is enough; what stands in "
    "square brackets may be missing; an ellipsis stands for the end of a word, or for some words of the "
    "same clause. Capital letters and accents make no difference."
)
_GROUP = re.compile(r"\(([^()]*)\)(?:(\?)\d?)?")
_KEPT = str.maketrans("«»‹›", "()[]")  # signs for brackets that are read already


def phrase_in_words(phrase: str) -> str:
    """A phrase of ``vocab`` in words.

    >>> phrase_in_words("(human-rights|land) ..2 (and ..1)? (defend*|activist) rights?")
    '(human-rights/land) … [and …] (defend…/activist) [rights]'
    """
    words = re.sub(r"\.\.\d+", "…", phrase).replace("|", "/").replace("*", "…")
    while group := _GROUP.search(words):
        opened, closed = "‹›" if group[2] else "«»"
        words = f"{words[: group.start()]}{opened}{group[1]}{closed}{words[group.end() :]}"
    return re.sub(r"([^\s/«»‹›]+)\?", r"[\1]", words).translate(_KEPT)
