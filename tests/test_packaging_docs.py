"""Documents point to what is there, and their commands are commands of the program."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from typer.testing import CliRunner

from hrdresearch import sources
from hrdresearch.cli import app
from hrdresearch.run.batch import read_batch
from hrdresearch.run.failures import ExitStatus
from hrdresearch.run.registry import study_entry
from hrdresearch.run.schedule.entries import read_schedule
from hrdresearch.sources import list_sources, registry
from hrdresearch.sources.spec import read_spec
from hrdresearch.tables.case_editions import parse_edition

REPOSITORY = Path(__file__).resolve().parents[1]
PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CODE_OF_CONDUCT.md",
    "data/raw/README.md",
    "data/processed/README.md",
    *(
        path.relative_to(REPOSITORY).as_posix()
        for path in sorted((REPOSITORY / "docs").rglob("*.md"))
        if "decisions" not in path.parts
    ),
]
# Not in a fresh checkout: what a run or a researcher puts there.
MADE = re.compile(
    r"data/processed/.+|data/sources.*|docs/pictures/.*|hrdresearch/sources/example_list/.*"
)
PROGRAM = re.compile(r"^(?:    )?(?:\.venv/bin/)?hrdresearch ([a-z].*)$", re.MULTILINE)


def text_of(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


def commands_of(name: str) -> list[list[str]]:
    """Commands of the program in code blocks, as words; lines ended by a backslash are joined."""
    text = re.sub(r"\\\n\s*", "", text_of(name))
    return [shlex.split(line, comments=True) for line in PROGRAM.findall(text)]


COMMANDS = [(name, words) for name in PAGES for words in commands_of(name)]


@pytest.mark.parametrize("name", PAGES)
def test_links_and_named_files_of_a_document_exist(name: str) -> None:
    text = text_of(name)
    links = re.findall(r"\]\(([^)#:{]+)(?:#[^)]*)?\)", text)
    named = re.findall(r"`((?:docs|scripts|hrdresearch|data|tests|notebooks)/[\w./-]*)`", text)
    modules = re.findall(r"`(hrdresearch(?:\.[a-z_]+)+)`|^::: (hrdresearch(?:\.[a-z_]+)+)", text)

    missing = [link for link in links if not (REPOSITORY / name).parent.joinpath(link).exists()]
    missing += [p for p in named if not MADE.fullmatch(p) and not (REPOSITORY / p).exists()]
    missing += [m for pair in modules for m in pair if m and not importable(m)]

    assert missing == []


@pytest.mark.parametrize("name", PAGES)
def test_a_path_with_a_gap_for_a_name_leads_to_something_of_that_kind(name: str) -> None:
    """``hrdresearch/studies/<study>/study.py``: there is at least one such file."""
    gaps = re.findall(
        r"`((?:docs|hrdresearch|data|tests|notebooks)/[\w./-]*<[\w./<>-]*)`", text_of(name)
    )

    found = {gap: REPOSITORY.glob(re.sub("<[^>]+>", "*", gap)) for gap in gaps}
    assert [gap for gap, paths in found.items() if all(p.name[0] == "_" for p in paths)] == []


def importable(name: str) -> bool:
    """Whether a dotted name is a module, or something that a module holds."""
    parent, _, last = name.rpartition(".")
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return hasattr(importlib.import_module(parent), last)


COMMAND_LINE = typer.main.get_command(app)


@pytest.mark.parametrize(
    ("name", "words"), COMMANDS, ids=[f"{n}: {' '.join(w)[:60]}" for n, w in COMMANDS]
)
def test_a_command_in_a_document_is_taken_by_the_program(name: str, words: list[str]) -> None:
    command = COMMAND_LINE
    context = typer.Context(command)
    while hasattr(command, "commands"):
        if words[0] not in command.commands and "queue" in command.commands:
            words = ["queue", *words]  # review STUDY FILE
        assert words[0] in command.commands, f"{words[0]} is no command"
        if len(words) == 1 and hasattr(command.commands[words[0]], "commands"):
            return  # a group by itself lists what it has
        command, words = command.commands[words[0]], words[1:]
    if "--help" in words:
        return

    with CliRunner().isolation(input="what a prompt asks for\n"):
        taken = command.make_context(command.name, list(words), parent=context).params

    if "study" in taken and taken["study"] != "STUDY":
        is_draft = taken["study"] == "my-draft.ipynb"  # of killings, as the page says
        entry = study_entry("killings" if is_draft else taken["study"])
        given = taken.get("parameter") or taken.get("parameters") or []
        entry.parse(dict(pair.split("=", 1) for pair in given))
    known = {facts.slug for facts in list_sources()} | {"example-list", "my-list"}
    known |= {"my-cases-killings", "my-cases-detentions", "my-cases-status"}
    named = taken.get("source") or []  # one, or several
    slugs = {s.partition("=")[0] for s in ([named] if isinstance(named, str) else named)}
    assert {parse_edition(slug)[0] for slug in slugs} <= known


def test_there_are_commands_in_every_tutorial() -> None:
    tutorials = {p for p in PAGES if p.startswith("docs/tutorials/")} - {"docs/tutorials/index.md"}
    studies = yaml.safe_load(text_of("studies.yml"))

    assert {Path(p).stem for p in tutorials} <= {*studies, "own-list"}
    assert tutorials <= {name for name, _ in COMMANDS}


def test_the_files_on_the_page_of_the_schedule_are_read_by_the_program(tmp_path: Path) -> None:
    text = text_of("docs/how-to/schedule.md")
    first, second, own, batch = re.findall(r"^ *```yaml\n(.*?)```", text, re.DOTALL | re.MULTILINE)
    (tmp_path / "schedule.yml").write_text(first, encoding="utf-8")
    assert [entry.study for entry in read_schedule(tmp_path)] == ["killings"]
    (tmp_path / "schedule.yml").write_text(first.rstrip(" ") + second, encoding="utf-8")
    assert [entry.over for entry in read_schedule(tmp_path)] == ["", "state=COL,MEX"]
    (tmp_path / "schedule.yml").write_text(own, encoding="utf-8")
    (tmp_path / "monthly.yml").write_text(batch, encoding="utf-8")

    assert [entry.study for entry in read_schedule(tmp_path)] == ["state-brief", "killings"]
    reports = read_batch(tmp_path / "monthly.yml")
    assert [study for study, _ in reports] == ["killings", "killings", "upr"]


def test_every_exit_status_stands_on_the_page_of_the_schedule() -> None:
    told = re.findall(r"^\| (\d+) \|", text_of("docs/how-to/schedule.md"), re.MULTILINE)
    assert sorted(map(int, told)) == sorted(ExitStatus)


def test_the_parts_in_python_of_the_page_of_the_schedule_are_python() -> None:
    for part in re.findall(r"```python\n(.*?)```", text_of("docs/how-to/schedule.md"), re.DOTALL):
        compile(part, "schedule.md", "exec")


@pytest.mark.long
def test_the_tutorial_of_promises_works_as_written(tmp_path: Path) -> None:
    commands = commands_of("docs/tutorials/promises.md")
    on_demo = [words for words in commands if "PATH" not in " ".join(words)][:4]
    environment = os.environ | {
        "HRD_KEYS": str(tmp_path / "keys"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "PYTHONPATH": str(REPOSITORY),
    }

    done = [
        subprocess.run(
            [sys.executable, "-m", "hrdresearch.cli", *words],
            cwd=tmp_path, env=environment, capture_output=True, text=True,
        )
        for words in on_demo
    ]  # fmt: skip

    assert [words[0] for words in on_demo] == ["build", "run", "check", "rows"]
    assert [(one.returncode, one.stderr if one.returncode else "") for one in done] == [(0, "")] * 4
    assert (tmp_path / "reports/promises/all/latest/report.html").is_file()


@pytest.mark.long
def test_the_page_on_adding_a_source_works_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = text_of("docs/how-to/add-a-source.md")
    facts, module, test = re.findall(r"```(?:yaml|python)\n(.*?)```", page, re.DOTALL)
    folder = tmp_path / "example_list"
    folder.mkdir()
    (folder / "source.yml").write_text(facts, encoding="utf-8")
    (folder / "__init__.py").write_text(module, encoding="utf-8")
    monkeypatch.setattr(sources, "__path__", [*sources.__path__, str(tmp_path)])
    spec = read_spec("hrdresearch.sources.example_list")
    monkeypatch.setitem(registry._package_specs(), spec.facts.slug, spec)
    written: dict[str, Any] = {}

    exec(test, written)

    written["test_the_example_list_is_read_as_published"](tmp_path)


def test_make_has_the_targets_that_the_documents_name() -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    text = "".join(map(text_of, PAGES))

    named = re.findall(r"(?:^    |`)make ([a-z ]+?)(?:  |`|$)", text, re.MULTILINE)

    assert {target for names in named for target in names.split()} <= targets


def test_jupyterlab_opens_where_notebooks_and_reports_are() -> None:
    recipe = re.search(r"^lab:.*\n\t(.*)$", text_of("Makefile"), re.MULTILINE)

    assert recipe
    assert '--ServerApp.root_dir="$(CURDIR)"' in recipe[1]


def check_site(folder: Path) -> subprocess.CompletedProcess[str]:
    script = REPOSITORY / "scripts" / "check_site.py"
    return subprocess.run([sys.executable, script, folder], capture_output=True, text=True)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<a href="b.html#here">b</a>', ""),
        ('<a href="https://example.org">out</a>', ""),
        ('<a href="c.html">c</a>', "a.html: c.html leads to no file"),
        ('<a href="b.html#there">b</a>', "a.html: b.html#there leads to no place in b.html"),
        ('<img src="x.png">', "a.html: x.png leads to no file"),
        ('<script src="https://example.org/x.js">', "fetches https://example.org/x.js"),
    ],
)
def test_a_link_of_the_site_that_leads_nowhere_is_found(
    tmp_path: Path, body: str, fault: str
) -> None:
    (tmp_path / "a.html").write_text(body, encoding="utf-8")
    (tmp_path / "b.html").write_text('<p id="here">', encoding="utf-8")

    done = check_site(tmp_path)

    assert (done.returncode, fault in done.stdout) == (1 if fault else 0, True)


def test_the_reference_names_findings_that_studies_have() -> None:
    path = REPOSITORY / "scripts" / "site_pages.py"
    spec = importlib.util.spec_from_file_location("site_pages", path)
    assert spec and spec.loader
    pages = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(pages)

    made = "\n".join(pages.studies())

    assert "### `study.by_year()` {: #killings-by_year }" in made
    assert "### `study.census." in made
    assert "study.card()" not in made
