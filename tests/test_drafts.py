"""A researcher's draft: own words, case stories with consent, made like any study. All invented."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
import yaml
from study_builds import make_build

from hrdresearch.privacy.build_names_index import NameEntry, build_index
from hrdresearch.privacy.keys import study_key
from hrdresearch.privacy.stories import StoryError, read_stories
from hrdresearch.run.check import check
from hrdresearch.run.errors import LeakError, RunError
from hrdresearch.run.execute import run
from hrdresearch.run.files import read_json, write_json
from hrdresearch.run.registry import ParameterError, draft_entry, new_draft, studies
from hrdresearch.run.withdraw import withdraw
from hrdresearch.vocab.labels import vocabulary_labels

NAME = "Zoraida Inventada Demo"
STORY = {
    "person": "v0001",
    "public_name": NAME,
    "purpose": "story",
    "date": "2026-01-05",
    "given_by": "next_of_kin",
    "risk_reviewed": dt.date.today().isoformat(),
    "text": "{{ name }} led the council of her town.",
}
OPEN = 'from hrdresearch import cite, open_study, show\nstudy = open_study("killings", state=state)'
Write = Callable[..., Path]


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """A project with one study; ``draft(words, story)`` makes a draft of it and a file of stories."""
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("HRD_PROJECT", str(tmp_path))
    build = make_build(tmp_path / "work", [{}, {"event_year": 2019}], build_id="0a1b2c3d")
    index = build_index([NameEntry(NAME)], study_key("killings"), vocabulary_labels())
    (build.folder / "restricted").mkdir()
    index.save(build.folder / "restricted" / "names.index")
    parameters = nbformat.v4.new_code_cell('state = "all"', metadata={"tags": ["parameters"]})
    cells = [
        nbformat.v4.new_markdown_cell("# A study\nFor a test"),
        parameters,
        nbformat.v4.new_code_cell(OPEN),
        nbformat.v4.new_code_cell("cite(study.extent())\nshow(study.by_year())"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "study.ipynb")
    entry = {"title": "A study", "paragraphs": "", "notebook": "study.ipynb"}
    state = {"type": "string", "default": "all", "help": "State"}
    listed = {"killings": {**entry, "parameters": {"state": state}}}
    (tmp_path / "studies.yml").write_text(yaml.safe_dump(listed))
    studies.cache_clear()

    def write(words: str, story: dict[str, str] | None = None) -> Path:
        path = new_draft("killings", tmp_path / "desk" / "my-draft.ipynb")
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.append(nbformat.v4.new_markdown_cell(f"## In my words\n\n{words}"))
        nbformat.write(notebook, path)
        if story:
            days = {k: yaml.safe_load(v) if k in DAYS else v for k, v in story.items()}
            path.with_suffix(".stories.yml").write_text(yaml.safe_dump({"zoraida": days}))
        return path

    yield write
    studies.cache_clear()


DAYS = ("date", "revoked", "expires", "risk_reviewed")


def test_a_draft_is_made_like_a_study_and_reported_under_its_own_name(
    draft: Write, tmp_path: Path
) -> None:
    path = draft("They documented {{ extent.victims|of:victim }}.")

    result = run(str(path), {"state": "COL"}, tmp_path / "work", tmp_path / "out")

    assert result.folder.parent == tmp_path / "out" / "my-draft" / "state-col"
    assert "In my words" in (result.folder / "report.html").read_text()
    manifest = read_json(result.folder / "manifest.json")
    assert (manifest["is_researchers_draft"], manifest["draft_of"]) == (True, "killings")
    assert manifest["notebook"]["name"] == "my-draft.ipynb"
    assert check(result.folder, tmp_path / "work").problems == ()
    assert sorted(p.name for p in (tmp_path / "work").iterdir()) == ["killings"]


def test_a_story_is_told_by_name_with_its_basis_and_the_check_knows_it(
    draft: Write, tmp_path: Path
) -> None:
    path = draft("{{ story.zoraida }}", STORY)

    folder = run(str(path), {}, tmp_path / "work", tmp_path / "out").folder

    page = (folder / "report.html").read_text()
    assert f"{NAME} led the council of her town. Told with the recorded consent of the" in page
    told = read_json(folder / "manifest.json")["stories"]
    assert [(s["key"], s["basis"], s["date"]) for s in told] == [
        ("zoraida", "consent", "2026-01-05")
    ]
    assert check(folder, tmp_path / "work").problems == ()
    changed = read_json(folder / "manifest.json")
    changed["stories"][0]["expires"] = "2026-02-01"
    write_json(folder / "manifest.json", changed)
    assert any("name of the case list" in p for p in check(folder, tmp_path / "work").problems)


def test_a_name_without_a_story_is_never_printed(draft: Write, tmp_path: Path) -> None:
    with pytest.raises(LeakError):
        run(str(draft(f"{NAME} led it.", STORY)), {}, tmp_path / "work", tmp_path / "out")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"purpose": "quoted"}, "its consent is for 'quoted', not to tell the story"),
        ({"purpose": "named"}, "its consent is for 'named'"),
        ({"expires": "2026-02-01"}, "not in force today"),
        ({"revoked": "2026-02-01"}, "not in force today"),
        ({"date": "2999-01-01"}, "not in force today"),
    ],
)
def test_a_story_without_consent_for_it_blocks_the_report(
    draft: Write, tmp_path: Path, changes: dict[str, str], why: str
) -> None:
    path = draft("{{ story.zoraida }}", STORY | changes)

    with pytest.raises(RunError, match=f"'zoraida' may not be told: .*{why}") as error:
        run(str(path), {}, tmp_path / "work", tmp_path / "out")
    assert "Inventada" not in str(error.value)
    assert not list((tmp_path / "out").rglob("report.*"))


def test_a_story_whose_risk_nobody_reviewed_since_the_edition_is_not_told(
    draft: Write, tmp_path: Path
) -> None:
    path = draft("Before. {{ story.zoraida }} After.", STORY | {"risk_reviewed": "2026-01-05"})

    result = run(str(path), {}, tmp_path / "work", tmp_path / "out")

    page = (result.folder / "report.html").read_text()
    assert result.to_review == 1 and "Before." in page and "town" not in page
    assert read_json(result.folder / "manifest.json")["stories"] == []
    assert NAME not in "".join(p.read_text("utf-8", "replace") for p in result.folder.iterdir())


@pytest.mark.long
def test_a_story_of_a_person_who_withdrew_blocks_and_takes_down_the_draft(
    draft: Write, tmp_path: Path
) -> None:
    work, out = tmp_path / "work", tmp_path / "out"
    path = draft("{{ story.zoraida }}", STORY)
    folder = run(str(path), {}, work, out).folder

    lines = list(withdraw("killings", work, out, pseudonym="v0001", name=None, apply=True))

    assert "editions to take down: 1" in lines[0] and not folder.exists()
    with pytest.raises(RunError, match="person who has withdrawn"):
        run(str(path), {}, work, out)


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        (STORY | {"text": " "}, "expected person"),
        (STORY | {"age": 3}, "there is no field age"),
        ({k: v for k, v in STORY.items() if k != "person"}, "person, purpose, date"),
        (STORY | {"date": "5 January"}, "date is not written as YYYY-MM-DD"),
        (STORY | {"public_name": ""}, "says the name that may be printed"),
        (STORY | {"basis": "un_publication"}, "given_by says so"),
    ],
)
def test_a_story_that_cannot_be_read_names_its_key_and_no_person(
    tmp_path: Path, entry: dict[str, object], complaint: str
) -> None:
    days = {k: yaml.safe_load(str(v)) if k in DAYS else v for k, v in entry.items()}
    path = tmp_path / "a.ipynb"
    path.with_suffix(".stories.yml").write_text(yaml.safe_dump({"zoraida": days}))

    with pytest.raises(StoryError, match=f"story 'zoraida': .*{complaint}") as error:
        read_stories(path)
    assert "Inventada" not in str(error.value)


def test_a_case_that_the_un_has_published_needs_no_purpose_of_its_own(tmp_path: Path) -> None:
    basis = {"given_by": "un_publication", "basis": "un_publication", "un_symbol": "A/HRC/00/0"}
    dates = {"date": yaml.safe_load("2020-01-05"), "risk_reviewed": yaml.safe_load("2020-01-05")}
    days = STORY | basis | {"purpose": "named"} | dates
    path = tmp_path / "a.ipynb"
    path.with_suffix(".stories.yml").write_text(yaml.safe_dump({"zoraida": days}))

    story = read_stories(path)["zoraida"]

    assert story.why_not_told(story.consent.date) == ""
    assert story.basis_words == "Published by the United Nations in A/HRC/00/0."


def test_a_draft_is_not_written_over_and_has_a_name_of_its_own(
    draft: Write, tmp_path: Path
) -> None:
    path = draft("Words.")

    with pytest.raises(ParameterError, match="exists already"):
        new_draft("killings", path)
    for name in ("killings.ipynb", "My Draft.ipynb", "draft.txt"):
        with pytest.raises(ParameterError, match="lower-case letters"):
            new_draft("killings", tmp_path / name)


def test_a_notebook_that_is_no_draft_is_not_run(draft: Write, tmp_path: Path) -> None:
    path = draft("Words.")
    notebook = json.loads(path.read_text())
    del notebook["cells"][1]
    path.write_text(json.dumps(notebook))
    with pytest.raises(ParameterError, match="tag 'parameters'"):
        draft_entry(path)
    with pytest.raises(ParameterError, match="is not a draft of a study"):
        draft_entry(tmp_path / "study.ipynb")
    with pytest.raises(ParameterError, match="is missing"):
        draft_entry(tmp_path / "nothing.ipynb")
