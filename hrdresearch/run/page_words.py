"""Words that every report prints: an account name equal to one of them is not reported as a leak."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from pathlib import Path

from hrdresearch.privacy.account_handles import words_of_text
from hrdresearch.run.registry import project_folder, study_entry
from hrdresearch.vocab.labels import vocabulary_labels
from hrdresearch.vocab.reference import reference_path

PACKAGE = Path(__file__).resolve().parents[1]
# Packages whose texts are printed or name a part of the page; not the vocabularies that find attacks.
ROOMS = ("report", "studies", "findings", "stats", "privacy", "run", "sources", "tables")
SUFFIXES = (".py", ".yml", ".html", ".css", ".js", ".lua", ".typ")
WORD_TEMPLATE = PACKAGE / "report" / "reference.docx"
# Words in drawings, and words that the converter adds to a Word file.
OF_FORMATS = (
    "rect miter rotate viewBox drawingml officeDocument relationships FootnoteBlockText "
    "TableNormal CaptionedFigure ImageCaption FirstParagraph BlockText BodyTextChar FontTable "
    "websettings VerbatimChar SubtitleChar TitleChar AbstractTitle DefinitionTerm multilevel "
    "doNotCompress fonttable variable modern char eachSect continuationSeparator superscript "
    "stroke viii xiii"
)


# Vocabularies with names of persons, or with words that find something in a text: no page prints them.
NOT_PRINTED = ("name_equivalents", "name_readings", "name_sounds", "name_look_alikes", "non_person",
               "public_officials", "pretext", "sentence_words", "length_words", "negation_words",
               "small_words", "date_words", "clitics")  # fmt: skip
_DESCRIBED = re.compile(r'"{3}.*?"{3}|(?<!["\w])#.*?$', re.DOTALL | re.MULTILINE)


@cache
def words_of_pages() -> frozenset[str]:
    """Words that the program itself prints on pages: in sentences, labels, notebooks and templates.

    Comments and docstrings are left out, because they name authors of methods.
    """
    texts = [*vocabulary_labels(), OF_FORMATS]
    for file in (p for room in ROOMS for p in (PACKAGE / room).rglob("*") if p.suffix in SUFFIXES):
        text = file.read_text(encoding="utf-8")
        texts.append(_DESCRIBED.sub(" ", text) if file.suffix == ".py" else text)
    files = [p for p in (PACKAGE / "vocab").glob("*.yml") if p.stem not in NOT_PRINTED]
    files += [*(project_folder() / "notebooks").rglob("*.ipynb"), project_folder() / "studies.yml"]
    files.append(reference_path("citations.yml"))
    texts += [file.read_text(encoding="utf-8") for file in files]
    return frozenset(word for text in texts for word in words_of_text(text))


@cache
def page_words(study: str) -> frozenset[str]:
    """Words of the study's notebook, of all vocabularies, and of the files that make a page."""
    files = [p for room in ROOMS for p in (PACKAGE / room).rglob("*") if p.suffix in SUFFIXES]
    files += [*(PACKAGE / "vocab").glob("*.yml"), study_entry(study).notebook]
    files += [project_folder() / "studies.yml", reference_path("citations.yml")]
    found = {word for label in vocabulary_labels() for word in words_of_text(label)}
    for file in files:
        found |= words_of_text(file.read_text(encoding="utf-8"))
    with zipfile.ZipFile(WORD_TEMPLATE) as packed:
        for name in packed.namelist():
            found |= words_of_text(name) | words_of_text(
                packed.read(name).decode("utf-8", "replace")
            )
    return frozenset(found | words_of_text(OF_FORMATS))
