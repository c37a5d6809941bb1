"""States that titles and headings name: "Political prisoners of Venezuela", "Субъект РФ"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hrdresearch.vocab.states import short_form, to_iso3

MOST_WORDS = 5  # of the name of a State
FEWEST_LETTERS = 4  # of a name; a shorter one is an abbreviation in capitals
_CASES = ("", "я", "а", "ь", "ия")  # "заключённые России": the genitive of a name


def states_named(texts: Iterable[str]) -> list[str]:
    """ISO3 codes of the States that texts name, each once.

    >>> states_named(["Personas presas en Nicaragua", "2024"]), states_named(["Заключённые России"])
    (['NIC'], ['RUS'])
    """
    return list(dict.fromkeys(iso3 for text in texts for iso3 in _of_text(text)))


def _of_text(text: str) -> list[str]:
    words = re.findall(r"[^\s,;:()\[\]«»\"“”/]+", text)
    found: list[str] = []
    at = 0
    while at < len(words):
        for n in range(min(MOST_WORDS, len(words) - at), 0, -1):
            if iso3 := _state(" ".join(words[at : at + n])):
                found.append(iso3)
                at += n
                break
        else:
            at += 1
    return found


def _state(name: str) -> str:
    if name.isupper() and (iso3 := short_form(name)):
        return iso3
    if len(name) < FEWEST_LETTERS or not (name[0].isupper() or not name[0].islower()):
        return ""
    forms = [name, *(name[:-1] + end for end in _CASES if "а" <= name[-1:].casefold() <= "я")]
    return next((iso3 for form in forms if (iso3 := to_iso3(form))), "") or ""
