"""What a page says of a document stands in the ledger of citations, and nowhere else."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrdresearch.findings.prose import NamesForProse, ProseError, fill_in_prose
from hrdresearch.findings.typed_digits import TAG, find_typed_digits
from hrdresearch.findings.uncited_statements import REFERENCE, find_uncited_statements
from hrdresearch.vocab.citations import (
    CitationError,
    citations,
    cited_sentence,
    find_statement,
    symbol_of,
)
from hrdresearch.vocab.reference import parse_yaml

REPOSITORY = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))
EMPTY = NamesForProse({}, {}, {})
INVENTED = """
statements:
  p1_thing:
    document: A/00/1
    paragraphs: "1 (a) and 2"
    says: Things are counted.
    first_reader: reader A
    first_read: 2026-11-29
    second_reader:
    second_read:
  p3_number:
    document: A/00/1
    paragraphs: summary
    says: There are {{ things }} things.
"""


def prose(path: Path) -> list[str]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(c["source"]) for c in cells if c["cell_type"] == "markdown"]


def ledger(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str = INVENTED) -> None:
    (folder / "citations.yml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("HRD_REFERENCE", str(folder))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_says_nothing_of_a_document_but_by_key(path: Path) -> None:
    for cell in prose(path):
        assert find_uncited_statements(cell) == []
        for tag in TAG.findall(cell):
            if tag.strip().startswith("cited."):
                find_statement(tag.strip().removeprefix("cited."))


def test_numbers_in_a_statement_are_names_of_claims() -> None:
    assert {
        c.key: find_typed_digits(c.says) for c in citations().values() if find_typed_digits(c.says)
    } == {}


def test_a_table_is_the_one_that_was_read() -> None:
    for entry in citations().values():
        if entry.file:
            found = hashlib.sha256((REPOSITORY / entry.file).read_bytes()).hexdigest()
            assert found == entry.sha256, f"{entry.file} was changed: read it again ({entry.key})"


# The report calls the mandate holder and defenders by longer names than the ledger does.
LONGER_NAMES = (
    ("special rapporteur", "mandate holder"),
    ("human rights defenders", "defenders"),
    ("universal periodic review mechanism", "universal periodic review"),
)
MOST_WORDS_IN_A_ROW = 8


def words_of(text: str) -> list[str]:
    plain = " ".join(re.findall(r"\w+", text.lower()))
    for longer, ours in LONGER_NAMES:
        plain = plain.replace(longer, ours)
    return plain.split()


def runs(words: list[str]) -> set[tuple[str, ...]]:
    """Each row of one word more than may be shared."""
    return set(zip(*(words[i:] for i in range(MOST_WORDS_IN_A_ROW + 1)), strict=False))


def test_a_statement_shares_no_more_than_eight_words_in_a_row_with_the_report() -> None:
    data = Path(os.environ.get("HRD_DATA") or REPOSITORY.parent / "shared" / "data")
    report = data.parent / "reference" / "A-75-165.txt"
    if not report.exists():
        pytest.skip(f"the text of the report is not beside the checkout ({report.name})")
    known = runs(words_of(report.read_text(encoding="utf-8")))
    assert len(known) > MOST_WORDS_IN_A_ROW
    statements = {c.key: TAG.sub(" number ", c.says) for c in citations().values() if c.says}
    copied = {k: runs(words_of(s)) & known for k, s in statements.items()}
    assert {k: sorted(" ".join(run) for run in found) for k, found in copied.items() if found} == {}


def literals(path: Path) -> Iterator[str]:
    """Texts in a module that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def vocabulary_texts(path: Path) -> Iterator[str]:
    """Title, definition and labels of a YAML file; its source and citation are pointers."""

    def walk(node: object) -> Iterator[str]:
        if isinstance(node, dict):
            for key, below in node.items():
                if key not in ("source", "citation"):
                    yield from walk(below)
        elif isinstance(node, list):
            for below in node:
                yield from walk(below)
        else:
            yield str(node)

    yield from walk(parse_yaml(path.read_text(encoding="utf-8")))


# A pointer says where something stands and nothing on what stands there.
POINTER = re.compile(
    r"(?i)\([a-z]\)|[\s,.;:()]|\b\d+(?:-\d+)?\b"
    r"|\b(?:and|to|of|paragraphs?|paras?|summary|such as|letter in the report)\b"
)
AN_EXAMPLE_OF_FORM = "A/HRC/00/00"


def test_no_text_of_the_library_speaks_for_a_document() -> None:
    found = []
    for path in sorted((REPOSITORY / "hrdresearch").rglob("*")):
        texts = {".py": literals, ".yml": vocabulary_texts}.get(path.suffix)
        for text in texts(path) if texts else ():
            said = text.replace(AN_EXAMPLE_OF_FORM, "")
            if REFERENCE.search(said) and POINTER.sub("", REFERENCE.sub("", said)):
                found.append(f"{path.relative_to(REPOSITORY)}: {text[:80]}")
    assert found == []


@pytest.mark.parametrize(
    "written",
    [
        "In paragraph 70, recommendations are asked for.",
        "Defenders are at risk (A/75/165, paras. 31 and 82).",
        "Resolution 43/16 asks for a report.",
        "The later report A/76/143 fixes ten years.",
        "The report names {{ named.states }} of them.",
        "The mandate holder undertook to help States.",
        "States should invite the mandate holder.",
    ],
)
def test_a_document_spoken_for_by_hand_is_an_error(written: str) -> None:
    with pytest.raises(ProseError, match=r"cell 7, .* spoken for: .*citations\.yml"):
        fill_in_prose(written, EMPTY, "cell 7")


@pytest.mark.parametrize(
    "written",
    [
        "## States that the report names",
        "The mandate had followed up on two letters.",
        "The code that made this report counts letters.",
        "Numbers are given over the reviews that the sources hold.",
    ],
)
def test_headings_and_our_own_facts_are_no_statements_on_a_document(written: str) -> None:
    assert find_uncited_statements(written) == []


def test_a_key_prints_the_statement_with_its_paragraphs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger(tmp_path, monkeypatch)
    assert (
        fill_in_prose("{{ cited.p1_thing }} So we count.", EMPTY)
        == "Things are counted (A/00/1, paras. 1 (a) and 2). So we count."
    )
    assert cited_sentence("p1_thing") == "Things are counted (A/00/1, paras. 1 (a) and 2)."
    assert symbol_of("p3_number") == "A/00/1, summary"
    with pytest.raises(ProseError, match="no finding made a number called 'things'"):
        fill_in_prose("{{ cited.p3_number }}", EMPTY)
    with pytest.raises(CitationError, match="in the notebook only"):
        cited_sentence("p3_number")


def test_a_key_that_does_not_exist_is_an_error_that_says_what_is_near(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger(tmp_path, monkeypatch)
    with pytest.raises(ProseError, match=r"cell 3, .*'p1_things'; did you mean p1_thing"):
        fill_in_prose("{{ cited.p1_things }}", EMPTY, "cell 3")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ('paragraphs: "1 (a) and 2"', "paragraphs is empty or no text"),
        ("says: Things are counted.", "says is empty"),
        ("first_read: 2026-11-29", "first reading needs a reader and a day"),
    ],
)
def test_an_entry_that_is_not_complete_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str, said: str
) -> None:
    assert wrong in INVENTED
    ledger(tmp_path, monkeypatch, INVENTED.replace(wrong, wrong.split(":")[0] + ":"))
    with pytest.raises(CitationError, match=f"'p1_thing'.*{said}"):
        citations()


def test_every_entry_has_a_first_reader_and_is_one_sentence() -> None:
    for entry in citations().values():
        assert entry.readings[0], entry.key
        if entry.says:
            assert entry.says.endswith(".") and ". " not in entry.says, entry.key


def test_every_entry_was_read_by_a_second_reader_who_is_not_the_first() -> None:
    unread = []
    for entry in citations().values():
        first, second = entry.readings
        if first is None or second is None or first[0] == second[0]:
            unread.append(entry.key)
    assert unread == []


def test_a_statement_carries_the_year_of_its_document() -> None:
    assert not [c.key for c in citations().values() if not c.year.isdigit()]
    assert cited_sentence("p17_deadline").endswith("(A/75/165 of 2020, para. 17).")
