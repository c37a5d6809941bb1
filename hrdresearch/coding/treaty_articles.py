"""Finds the articles of a treaty in a text, such as "articles 2 (1)–(3), 7 and 14–16 of the Covenant"."""

from __future__ import annotations

import re
from collections.abc import Iterator

PROTOCOL = "op"
LAST = 60  # the highest number of an article in treaties with communications
_LIST = re.compile(
    r"\b(?:articles?|art[ií]culos?|arts?\.)\s(?P<list>.*?)"
    r"(?=\b(?:of|to|under|del?|du) (?:the |la |el )?"
    r"(?P<treaty>Covenant|Convention|Optional Protocol|Pact[eo]|Convenci[oó]n|Protocolo? Facultati[fv]o?)"
    r"|\barticles?\b|\bart[ií]culos?\b|\.(?:\s|$)|$)",
    re.IGNORECASE | re.DOTALL,
)
_PARAGRAPH = re.compile(
    r"(?:paragraphs|paras\.?|paragraphes|p[aá]rrafos)\s*\d+(?:\s*(?:,|-|–|and|et|y|to|à|a)\s*\d+)*"
    r"|(?:para\.?|paragraph|paragraphe|p[aá]rrafo)\s*\d+",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^)]*\)(?:\s?[-–]\s?\([^)]*\))*")
_NUMBER = re.compile(r"(?<![\d/.])(\d{1,2})(?:(?:\s?[-–]\s?| to )(\d{1,2}))?(?![\d/])")
_WORDS = re.compile(r"[^\W\d]{3,}")
# Words that may stand within a list of articles, in three languages: "read alone and in conjunction with".
_LINKS = frozenset(
    [
        *("and", "bis", "ter", "los", "des", "les", "with", "read", "alone", "separately", "both"),
        *("conjunction", "together", "taken", "respectively", "paragraph", "paragraphs"),
        *(
            "lues",
            "lus",
            "seuls",
            "conjointement",
            "leidos",
            "solos",
            "conjuntamente",
            "conjunción",
        ),
    ]
)


def articles_of(text: str) -> tuple[str, ...]:
    """Return the numbers of articles in a text, in its order, each once; "op1" is of an optional protocol.

    Paragraphs are left out: "14 (3) (b)" is "14". A number behind other words ("Law No. 7") is no article.

    >>> articles_of("a violation of articles 2 (1)–(3), 14–16 and 19 of the Covenant")
    ('2', '14', '15', '16', '19')
    >>> articles_of("rights under article 19, paragraph 2, and of article 1 of the Optional Protocol")
    ('19', 'op1')
    """
    lists = _LIST.findall(text)  # of each the list, and the treaty or ""
    marked = (
        (PROTOCOL if "protocol" in treaty.lower() else "", listed) for listed, treaty in lists
    )
    return tuple(dict.fromkeys(f"{mark}{n}" for mark, listed in marked for n in _numbers(listed)))


def _numbers(listed: str) -> Iterator[int]:
    """Numbers of a list, up to the first word that does not belong to a list of articles."""
    plain = _PARAGRAPH.sub(" ", _BRACKETS.sub(" ", listed))
    end = next((m.start() for m in _WORDS.finditer(plain) if m[0].lower() not in _LINKS), None)
    for m in _NUMBER.finditer(plain[:end]):
        first, last = int(m[1]), int(m[2] or m[1])
        yield from (n for n in range(first, max(first, last) + 1) if 0 < n <= LAST)
