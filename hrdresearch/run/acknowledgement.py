"""Acknowledgement pack (A/75/165, para. 61): the automatic reply in six languages.

``python -m hrdresearch.run.acknowledgement FOLDER`` writes the texts. The number of days is the only
thing that is filled in, so nothing that a person wrote can get into the reply. A text that is a draft
of this project is marked as a draft until an official translation replaces it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from hrdresearch.run.errors import RunError
from hrdresearch.vocab.reference import reference_path

FOLDER = "acknowledgement"
OFFICIAL_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
STATUSES = ("own", "draft", "official")
NUMBERS = ("reply_days",)
DRAFT_MARK = "[DRAFT: not an official translation. Replace before use.]"
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


def read_pack() -> Mapping[str, Any]:
    """Read PACK.yml: the number of days, and the status of each language; RunError if not valid."""
    facts: dict[str, Any] = yaml.safe_load(reference_path(f"{FOLDER}/PACK.yml").read_text("utf-8"))
    if tuple(sorted(facts["languages"])) != OFFICIAL_LANGUAGES:
        raise RunError(f"PACK.yml has to list the languages {', '.join(OFFICIAL_LANGUAGES)}")
    for code, language in facts["languages"].items():
        if language["status"] not in STATUSES:
            raise RunError(f"PACK.yml: the status of {code} must be one of {', '.join(STATUSES)}")
    return facts


def acknowledgement_text(language: str, facts: Mapping[str, Any] | None = None) -> str:
    """Text of one language, ready for the automatic reply; a draft begins with its mark."""
    facts = facts or read_pack()
    if language not in facts["languages"]:
        raise RunError(
            f"No acknowledgement in {language!r}; the languages are {', '.join(OFFICIAL_LANGUAGES)}"
        )
    template = reference_path(f"{FOLDER}/{language}.txt").read_text("utf-8")
    if set(_PLACEHOLDER.findall(template)) - set(NUMBERS):
        raise RunError(
            f"{language}.txt may hold only the placeholder {{reply_days}}: an acknowledgement "
            "repeats no detail of a case"
        )
    text = template.format(**{name: int(facts[name]) for name in NUMBERS})
    is_draft = facts["languages"][language]["status"] == "draft"
    return f"{DRAFT_MARK}\n\n{text}" if is_draft else text


def write_pack(folder: Path) -> list[Path]:
    """Write the six texts into a folder; the file name of a draft says "draft" too."""
    facts = read_pack()
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for language in OFFICIAL_LANGUAGES:
        mark = "-draft" if facts["languages"][language]["status"] == "draft" else ""
        path = folder / f"acknowledgement-{language}{mark}.txt"
        path.write_text(acknowledgement_text(language, facts), encoding="utf-8")
        written.append(path)
    return written


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Give the folder to write to: python -m hrdresearch.run.acknowledgement FOLDER")
    for path in write_pack(Path(sys.argv[1])):
        print(path)
