"""Checks edited texts (notebooks, pages, Word files) against the rules of speech."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypandoc

from hrdresearch.findings.prose import strip_markdown
from hrdresearch.findings.speech_rules import SpeechFault, find_speech_faults
from hrdresearch.findings.typed_digits import TAG
from hrdresearch.report import tree

FORMATS = {".docx": "docx", ".html": "html", ".md": "markdown"}
ANY_NUMBER = "7"  # in place of a tag whose number is not filled in


def find_speech_faults_in_file(file: Path) -> list[SpeechFault]:
    """Find the sentences of a file that break a rule of speech, in order; quotations are not checked.

    file: .ipynb (its Markdown cells, with tags instead of numbers), .docx, .html or .md. Raises ValueError
    for a file of another kind, FileNotFoundError when there is no file.
    """
    return [fault for text in paragraphs_in_file(file) for fault in find_speech_faults(text)]


def paragraphs_in_file(file: Path) -> list[str]:
    """Paragraphs of a file as plain text: first those of the text, then those of lists and table cells.

    file: .ipynb, .docx, .html, .md or .txt. ValueError for another kind, FileNotFoundError when there is
    no file.
    """
    if file.suffix == ".ipynb":
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        texts = ["".join(c["source"]) for c in cells if c["cell_type"] == "markdown"]
        return [
            strip_markdown(TAG.sub(_open_tag, paragraph))
            for text in texts
            for paragraph in text.split("\n\n")
        ]
    if file.suffix == ".txt":
        return [" ".join(p.split()) for p in file.read_text(encoding="utf-8").split("\n\n")]
    if file.suffix not in FORMATS:
        raise ValueError(f"{file.name} is none of .ipynb, .txt, {', '.join(FORMATS)}")
    if not file.is_file():
        raise FileNotFoundError(f"There is no file {file.name}")
    read = json.loads(pypandoc.convert_file(str(file), "json", format=FORMATS[file.suffix]))
    kinds = ("Para", "Plain")
    return [tree.text_of(node) for kind in kinds for node in tree.elements(read["blocks"], kind)]


def _open_tag(found: re.Match[str]) -> str:
    """A condition leaves nothing, and a number a digit, so that sentences keep their shape."""
    tag = found[1].strip()
    return "" if tag.startswith(("#", "/", ">", "else", "footnote")) else ANY_NUMBER
