"""What the owner says of a list of one's own stands on the page, and what is not said is told so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from test_own_lists import LISTS, written
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.report.document import Prose
from hrdresearch.report.front_matter import front_matter
from hrdresearch.report.notebook_page import NotebookItem, Page, page_from_items
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.own_lists import write_source
from hrdresearch.sources import SourceError, get_facts, load
from hrdresearch.sources.registry import get_spec
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.killings.study import Killings

SAID = """publisher: Asociación Inventada
definition: Invented persons, killed for what they defended.
coverage: One invented State since 2018.
compiled: compilation
singular: land defender
plural: land defenders
"""


@pytest.fixture(autouse=True)
def _folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


def listed(tmp_path: Path, more: str = "") -> Path:
    """A list in Spanish whose source.yml ends with other lines; the last of a key holds."""
    path = written(tmp_path, "lista.csv", LISTS["es"])
    source = write_source(path, "my-list")
    source.write_text(source.read_text(encoding="utf-8") + more, encoding="utf-8")
    return path


def test_what_the_owner_wrote_stands_on_the_page(tmp_path: Path) -> None:
    listed(tmp_path, SAID)
    facts = get_facts("my-list")
    assert (facts.publisher, facts.owner, facts.plural) == (
        *["Asociación Inventada"] * 2, "land defenders"
    )  # fmt: skip
    assert facts.definition == "Invented persons, killed for what they defended."
    assert facts.coverage == "One invented State since 2018."
    assert get_spec("my-list").defaults["source_independence_code"] == "compilation"


def test_a_publisher_with_digits_is_refused_before_anything_runs(tmp_path: Path) -> None:
    listed(tmp_path, "publisher: Red 8 de Marzo\n")
    with pytest.raises(SourceError, match="publisher: write the name without digits"):
        get_facts("my-list")


def test_what_the_owner_did_not_say_is_not_made_up(tmp_path: Path) -> None:
    listed(tmp_path)
    facts = get_facts("my-list")
    assert (facts.publisher, facts.owner, facts.article) == ("My list", "the owner of My list", "")
    assert facts.definition == "The owner of the list has not said whom it counts."
    assert facts.coverage == "The owner of the list has not said which places and times it covers."
    assert (facts.singular, facts.plural) == ("person", "persons")  # and no defenders
    assert get_spec("my-list").defaults["source_independence_code"] == "not_stated"
    assert facts.citation == "My list, a list that is not public"


def test_source_check_names_what_the_owner_has_not_said(tmp_path: Path) -> None:
    path = listed(tmp_path)
    command = ["source", "check", str(path), "--source", "my-list", "--language", "en"]
    told = CliRunner().invoke(app, command).output
    assert "source.yml does not say who keeps the list; whom the list counts;" in told
    listed_again = (tmp_path / "sources" / "my-list" / "source.yml").open("a", encoding="utf-8")
    with listed_again:
        listed_again.write(SAID)
    assert "does not say" not in CliRunner().invoke(app, command).output


def test_a_word_on_how_the_list_is_compiled_is_one_of_those_known(tmp_path: Path) -> None:
    listed(tmp_path, "compiled: by us\n")
    with pytest.raises(SourceError, match="compiled: 'by us' is none of own_documentation"):
        get_facts("my-list")


def test_the_owner_is_asked_at_the_terminal(tmp_path: Path) -> None:
    text = "Name,Killed on,Country\nAnn Example,31/01/2021,Kenya\nBen Example,30/04/2021,Kenya\n"
    path = written(tmp_path, "lista.csv", text)
    said = "Invented Group\nPersons of an example\n\nown_documentation\n\n\n"
    made = CliRunner().invoke(app, ["source", "new", str(path), "--ask"], input=said)
    assert made.exit_code == 0, made.output
    source = yaml.safe_load((tmp_path / "sources" / "lista" / "source.yml").read_text("utf-8"))
    kept = {
        key: source[key] for key in ("publisher", "definition", "coverage", "compiled", "plural")
    }
    assert kept == {
        "publisher": "Invented Group",
        "definition": "Persons of an example",
        "coverage": "",
        "compiled": "own_documentation",
        "plural": "",
    }


def page(tmp_path: Path, more: str) -> Page:
    """The head and the conclusions of the notebook on killings, over a list of one's own."""
    path = listed(tmp_path, f"basis: Invented.\n{more}")
    files = [SourceFile("my-list", path)]
    made = build("killings", files, tmp_path / "work", open_on_this_machine=True)
    study = Killings(Build("killings", made.build_id, made.folder), {})
    notebook = json.loads(Path("notebooks/killings.ipynb").read_text(encoding="utf-8"))
    texts = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown"]
    decides = next(text for text in texts if "are drafts for the decision of" in text)
    [sentence] = [line for line in decides.split("\n") if "for the decision of" in line]
    lines = [line for text in texts for line in text.split("\n")]
    [opening] = [line for line in lines if line.startswith("The present draft sets out")]
    shown = [NotebookItem("", finding=f, placement="cite") for f in (study.card(), study.extent())]
    said = [NotebookItem("", opening.partition("{{#if")[0]), NotebookItem("", sentence)]
    return page_from_items([NotebookItem("", texts[0]), *shown, *said], ())


def test_an_internal_report_says_whose_list_and_draft_it_is_and_who_decides(tmp_path: Path) -> None:
    made = page(tmp_path, SAID)
    meta = front_matter(made, "e", "2026-11-30")
    assert (meta.title, meta.mandate_line, meta.classification) == (
        "Killings on the list “My list”",
        "Draft of Asociación Inventada, for its own decision",
        "Internal draft",
    )
    assert meta.mast[:2] == (
        ("List", "My list"),
        ("Owner, who decides on this draft", "Asociación Inventada"),
    )
    text = " ".join(block.markdown for block in made.blocks if isinstance(block, Prose))
    assert "drafts for the decision of Asociación Inventada" in text
    assert "killing of land defenders, as the owner of the list defines them, for" in text
    assert "mandate" not in text + meta.title + meta.mandate_line + str(meta.mast)


def test_who_decides_may_be_another_than_who_keeps_the_list(tmp_path: Path) -> None:
    made = page(tmp_path, SAID + "owner: Invented Coalition\n")
    assert made.mandate_line == "Draft of Invented Coalition, for its own decision"


def test_the_owner_may_be_a_contributor_of_its_own_list(tmp_path: Path) -> None:
    head, *rows = LISTS["es"].strip().split("\n")
    group = ["Asociación Inventada", "Grupo Ajeno Inventado"]
    lines = [f"{row},{group[n % 2]}" for n, row in enumerate(rows)]
    path = written(tmp_path, "lista.csv", "\n".join([f"{head},Organización que reporta", *lines]))
    source = write_source(path, "my-list")
    source.write_text(source.read_text(encoding="utf-8") + SAID, encoding="utf-8")
    assert "contributor:" in source.read_text(encoding="utf-8")
    words = load("my-list", path).other_words
    assert words["contributor"] == {"Grupo Ajeno Inventado"}
