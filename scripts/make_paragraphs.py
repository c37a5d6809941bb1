"""Make ``docs/paragraphs.md``: what A/75/165 asks for, what answers it, what is missing.

``python scripts/make_paragraphs.py [FILE]``; a test holds the page to the questions of the studies. The
words of the first and last column stand in ``data/reference/paragraphs.yml``.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hrdresearch.findings.question_files import questions_by_study
from hrdresearch.vocab.reference import parse_yaml

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "paragraphs.md"
WORDS = ROOT / "data" / "reference" / "paragraphs.yml"
INTRODUCTION = """\
# What A/75/165 asks for, and what answers it

Made by `scripts/make_paragraphs.py` from the questions of the studies (`questions.yml`) and from
`data/reference/paragraphs.yml`: change those, then `make docs`. What a paragraph asks for stands in words of
our own. A question is answered only where a list holds the fact; each report ends with a table that says
which of its lists answer which question, and what an answer to the others would need.

| Paragraph | It asks for | What answers it | Still missing |
| --- | --- | --- | --- |
"""
PART = re.compile(r"(?P<number>\d+)|\((?P<letter>[a-z])\)|(?P<to>\bto\b)")


def paragraphs_of(text: str) -> list[str]:
    """Paragraphs that a question names, one by one.

    >>> paragraphs_of("7 (b) and (e), 62 to 64 and 91 (b)")
    ['7 (b)', '7 (e)', '62', '63', '64', '91 (b)']
    >>> paragraphs_of("70, 91 (b) and (d)")
    ['70', '91 (b)', '91 (d)']
    """
    found: list[str] = []
    number, is_range = "", False
    for part in PART.finditer(text):
        if part["number"]:
            if is_range:
                found += [str(n) for n in range(int(number) + 1, int(part["number"]))]
            number, is_range = part["number"], False
            found.append(number)
        elif part["letter"]:
            if found[-1] == number:
                found.pop()
            found.append(f"{number} ({part['letter']})")
        else:
            is_range = True
    return found


def answers() -> dict[str, list[str]]:
    """Studies and their questions, or recommendations alone, by paragraph."""
    asked: dict[str, list[str]] = defaultdict(list)
    recommended: dict[str, list[str]] = defaultdict(list)
    for study, own in questions_by_study().items():
        name = study.replace("_", "-")
        tutorial = ROOT / "docs" / "tutorials" / f"{name}.md"
        linked = f"[{name}](tutorials/{name}.md)" if tutorial.exists() else name
        for question in own.questions:
            for paragraph in paragraphs_of(question.paragraph):
                asked[paragraph].append(
                    f"**{linked}**: {question.question} ({'; '.join(question.sections) or 'no section yet'})"
                )
        for offered in own.recommendations:
            for paragraph in paragraphs_of(offered.paragraph):
                if name not in recommended[paragraph]:
                    recommended[paragraph].append(name)
    for paragraph, names in recommended.items():
        asked[paragraph].append(f"draft recommendations of {', '.join(sorted(names))}")
    return asked


def page() -> Iterator[str]:
    """Lines of the page; raises KeyError for a question on a paragraph that the YAML does not hold."""
    words: Mapping[str, Mapping[str, Any]] = parse_yaml(WORDS.read_text(encoding="utf-8"))[
        "paragraphs"
    ]
    found = answers()
    # A question on the whole of a paragraph with letters belongs to each of its letters.
    for paragraph in [p for p in found if p not in words]:
        lettered = [p for p in words if p.startswith(f"{paragraph} (")]
        if not lettered:
            raise KeyError(f"paragraph {paragraph} of a question is not in {WORDS.name}")
        for one in lettered:
            found[one] += found[paragraph]
    for paragraph, entry in words.items():
        told = found.get(paragraph, [])
        told += [f"[{what}]({where})" for where, what in entry.get("also", {}).items()]
        answered = "<br>".join(told) or "nothing yet"
        yield f"| {paragraph} | {entry['asks']} | {answered} | {entry['missing'] or '–'} |"


def main(target: Path) -> None:
    """Write the page."""
    target.write_text(INTRODUCTION + "\n".join(page()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE)
