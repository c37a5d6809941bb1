"""From a build to an edition: what is published, what is refused, and what then stays."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
import typst
import yaml
from imprisonment_builds import RESTRICTED
from imprisonment_builds import make_build as prisoners_build
from study_builds import make_build

from hrdresearch.privacy.build_names_index import NameEntry, build_index
from hrdresearch.privacy.keys import study_key
from hrdresearch.run.check import check
from hrdresearch.run.editions import list_editions
from hrdresearch.run.errors import LeakError, RunError
from hrdresearch.run.execute import run
from hrdresearch.run.files import read_json, sha256, write_json
from hrdresearch.run.registry import studies
from hrdresearch.run.rows import rows_of_claim, similar_claim_names
from hrdresearch.run.site.make_site import make_site
from hrdresearch.run.standing import is_standing
from hrdresearch.vocab.labels import vocabulary_labels

OPEN = 'from hrdresearch import cite, open_study, show\nstudy = open_study("killings", state=state)'
GOOD = [
    ("markdown", "# A short report\nDraft for a test"),
    ("parameters", 'state = "all"'),
    ("code", OPEN),
    ("code", "show(study.by_state())\ncite(study.extent())"),
    ("markdown", "## Extent\n\nAt least {{ extent.victims|of:victim }} in {{ extent.states }}."),
]
Project = Callable[..., Path]


def open_project(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """This folder is the project, with its own keys."""
    patch.setenv("HRD_KEYS", str(folder / "keys"))
    patch.setenv("HRD_PROJECT", str(folder))
    studies.cache_clear()


def make_project(folder: Path) -> Project:
    """A project with an invented build, and what writes its short notebook into it."""
    build = make_build(
        folder / "work",
        [
            {"state_iso3": "BRA", "state_m49": 76},
            {},
            {"event_year": 2019},
        ],
    )
    names = [NameEntry("Ceará"), NameEntry("Zoraida Inventada Demo")]
    index = build_index(names, study_key("killings"), vocabulary_labels())
    (build.folder / "restricted").mkdir()
    index.save(build.folder / "restricted" / "names.index")

    def write(cells: list[tuple[str, str]] = GOOD, opened: list[str] | None = None) -> Path:
        notebook = nbformat.v4.new_notebook()
        for kind, source in cells:
            make = (
                nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
            )
            cell = make(source)
            cell.metadata["tags"] = ["parameters"] if kind == "parameters" else []
            notebook.cells.append(cell)
        nbformat.write(notebook, folder / "short.ipynb")
        entry = {
            "title": "Short",
            "paragraphs": "",
            "notebook": "short.ipynb",
            "parameters": {"state": {"type": "string", "default": "all", "help": "State"}},
        }
        if opened:
            entry["studies"] = opened
        (folder / "studies.yml").write_text(yaml.safe_dump({"killings": entry}))
        studies.cache_clear()
        return folder / "out"

    return write


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """A project with one short notebook and an invented build; returns its out folder."""
    open_project(tmp_path, monkeypatch)
    yield make_project(tmp_path)
    studies.cache_clear()


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose report has been made, for those who only look at it or copy it."""
    folder = tmp_path_factory.mktemp("finished")
    with pytest.MonkeyPatch.context() as patch:
        open_project(folder, patch)
        run("killings", {}, folder / "work", make_project(folder)(), operator="desk-4")
    return folder


@pytest.fixture
def report(finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A report in a copy of the finished project: ``tmp_path``, with its work folder and its keys."""
    shutil.copytree(finished, tmp_path, symlinks=True, dirs_exist_ok=True)
    open_project(tmp_path, monkeypatch)
    [edition] = (tmp_path / "out").glob("killings/all/*-b1")
    yield edition
    studies.cache_clear()


def test_a_report_is_whole_and_every_number_on_it_has_its_lineage(
    project: Project, tmp_path: Path
) -> None:
    result = run("killings", {}, tmp_path / "work", project(), operator="desk-4")
    files = {p.name for p in result.folder.iterdir()}
    assert files == {
        "report.html",
        "report.docx",
        "report-annexes.docx",
        "report.pdf",
        "report-annexes.pdf",
        "claims.json",
        "manifest.json",
        "signature.json",
    }
    claims = json.loads((result.folder / "claims.json").read_text())["claims"]
    kept = nbformat.read(tmp_path / "work" / "killings" / "executed" / "killings--all.ipynb", 4)
    assert "papermill" in kept.metadata and kept.cells[3].execution_count
    assert claims["extent.victims"]["finding"] == "extent"
    assert (claims["extent.victims"]["value"], claims["extent.victims"]["rows"]) == (3, 3)
    page = (result.folder / "report.html").read_text()
    assert 'data-claim="extent.victims"' in page
    checked = check(result.folder, tmp_path / "work")
    assert (checked.problems, checked.exit_code, checked.names_checked) == ((), 0, 2)
    manifest = json.loads((result.folder / "manifest.json").read_text())
    assert (manifest["operator"], manifest["is_demo"]) == ("desk-4", True)
    assert set(manifest["files"]) == files - {"manifest.json", "signature.json"}
    assert manifest["main_text"] == result.main_text._asdict()
    assert 1 <= result.main_text.pages <= 4 and 100 < result.main_text.words < 1000
    assert "invented" in page


def test_a_report_without_pdf_says_so_passes_its_check_and_stands_until_a_pdf_is_asked_for(
    project: Project, tmp_path: Path
) -> None:
    work, name = tmp_path / "work", "b1" * 8
    (work / "killings" / "b1").rename(work / "killings" / name)
    (work / "killings" / "current").write_text(name)
    out = project()

    result = run("killings", {}, work, out, with_pdf=False)

    assert not list(result.folder.glob("*.pdf"))
    assert result.main_text.pages is None and "no PDF, so no number of pages" in str(
        result.main_text
    )
    assert check(result.folder, work).exit_code == 0
    assert is_standing("killings", {}, work, out, with_pdf=False)
    assert not is_standing("killings", {}, work, out)
    site = make_site(out).read_text()
    assert "report.docx" in site and "report.pdf" not in site


def test_a_run_tells_which_guarded_sentence_is_not_printed(
    project: Project, tmp_path: Path
) -> None:
    guarded = (
        "\n\n{{#assert extent.victims >= 3}}Three stand.{{/assert}}"
        "\n\n{{#assert extent.victims > 3}}More than three.{{/assert}}"
    )
    out = project([*GOOD[:-1], ("markdown", GOOD[-1][1] + guarded)])

    result = run("killings", {}, tmp_path / "work", out)

    page = (result.folder / "report.html").read_text()
    assert "Three stand." in page and "More than three." not in page
    where = "cell 5: extent.victims > 3 no longer holds (extent.victims is three)"
    assert result.unprinted == (f"{where}; its sentence is not printed",)
    assert read_json(result.folder / "manifest.json")["sentences_not_printed"] == [
        {
            "where": "cell 5",
            "condition": "extent.victims > 3",
            "is_known": True,
            "numbers": {"extent.victims": "three"},
        }
    ]


def test_without_the_work_folder_a_check_says_that_names_were_not_checked(
    report: Path, tmp_path: Path
) -> None:
    assert check(report, None).exit_code == 2
    assert check(report, tmp_path / "elsewhere").exit_code == 2


def test_a_changed_page_does_not_pass_the_check(report: Path, tmp_path: Path) -> None:
    page = report / "report.html"
    page.write_text(page.read_text().replace("</main>", '<a data-claim="made.up">7</a></main>'))
    result = check(report, tmp_path / "work")
    assert result.exit_code == 1
    assert any("hash differs" in p for p in result.problems)
    assert any("made.up is on the page but not in claims.json" in p for p in result.problems)


def renewed(folder: Path) -> None:
    """The manifest with the hashes of the files as they now are: what a forger would write."""
    manifest = read_json(folder / "manifest.json")
    manifest["files"] = {name: sha256(folder / name) for name in manifest["files"]}
    write_json(folder / "manifest.json", manifest)


def change_page(folder: Path, before: str, after: str) -> None:
    text = (folder / "report.html").read_text()
    assert before in text
    (folder / "report.html").write_text(text.replace(before, after, 1))


def change_word(folder: Path, before: str, after: str) -> None:
    path = folder / "report.docx"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts["word/document.xml"].decode()
    assert before in text
    parts["word/document.xml"] = text.replace(before, after, 1).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def change_pdf(folder: Path) -> None:
    typst.compile(b"Another text.", output=folder / "report.pdf")


def change_claim(folder: Path, value: int) -> None:
    document = read_json(folder / "claims.json")
    document["claims"]["extent.victims"] |= {"value": value, "text": str(value), "rows": value}
    for printed in document["printed"]:
        printed[1] = str(value) if printed[0] == "extent.victims" else printed[1]
    write_json(folder / "claims.json", document)


def name_twice(folder: Path) -> None:
    text = (folder / "claims.json").read_text()
    (folder / "claims.json").write_text(
        text.replace('"extent.states": {', '"extent.victims": {', 1)
    )


NUMBER = 'data-claim="extent.victims">'
LINEAGE = '<th scope="row">{} <code>extent.victims</code>'
STYLED = '<w:rStyle w:val="Number"/></w:rPr><w:t xml:space="preserve">'
CHANGES: list[tuple[Callable[[Path], None], str]] = [
    (lambda f: change_page(f, f"{NUMBER}three<", f"{NUMBER}nine<"), "the page prints 'nine'"),
    (lambda f: change_page(f, 'data-claim="extent.victims"', ""), "the page prints 'three'"),
    (lambda f: change_page(f, LINEAGE.format(3), LINEAGE.format(9)), "lineage of extent.victims"),
    (lambda f: change_word(f, f"{STYLED}three<", f"{STYLED}nine<"), "Word copy prints 'nine'"),
    (lambda f: change_word(f, '<w:rStyle w:val="Number"/>', ""), "the Word copy prints"),
    (change_pdf, "the PDF copy prints 'three' 0 time(s)"),
    (lambda f: change_claim(f, 9), "is 9 in the report; its rows in the build give 3"),
]


def test_a_changed_number_fails_even_with_its_hash_renewed(report: Path, tmp_path: Path) -> None:
    assert check(report, tmp_path / "work").problems == ()
    for number, (change, told) in enumerate(CHANGES):
        folder = tmp_path / f"copy-{number}"
        shutil.copytree(report, folder)
        change(folder)
        renewed(folder)
        problems = check(folder, tmp_path / "work").problems
        assert any(told in problem for problem in problems), (told, problems)
    name_twice(report)
    renewed(report)
    with pytest.raises(RunError, match=r"'extent\.victims' occurs twice"):
        check(report, tmp_path / "work")


def test_the_rows_behind_a_number_are_shown_where_the_build_is(
    report: Path, tmp_path: Path
) -> None:
    assert rows_of_claim(report, "by_state.bra", tmp_path / "work")["source_row"].tolist() == [2]
    with pytest.raises(RunError, match="no number called"):
        rows_of_claim(report, "by_state.xyz", tmp_path / "work")
    with pytest.raises(RunError, match="only where the build is"):
        rows_of_claim(report, "by_state.bra", tmp_path / "elsewhere")


@pytest.mark.parametrize(
    ("cell", "complaint"),
    [
        (("markdown", "## Sources\n\nAs told by Zoraida Inventada Demo."), "hold a name"),
        (("markdown", "## Sources\n\nInventada, Zoraida Demo said so."), "hold a name"),
        (("markdown", "## Sources\n\nIt was Ceará who was killed."), "word that is also a name"),
        (
            ("markdown", "## Sources\n\nA [link](https://example.org/Zoraida%20Inventada%20Demo)."),
            "hold a name",
        ),
        (("code", "study.populations[0].frame"), "carries no finding"),
        (("code", "print('three')"), "carries no finding"),
        (("markdown", "## Sum\n\nThere were 3 killings."), "digits are typed by hand"),
        (("markdown", "## Sum\n\nThere were {{ extent.killings }}."), "no finding made a number"),
        (("code", "raise ValueError('told by Zoraida Inventada Demo')"), r"\[name withheld\]"),
        (("code", "import os\nos._exit(9)"), "kernel died"),
    ],
)
def test_what_may_not_be_published_is_refused_and_the_last_edition_stays(
    project: Project, tmp_path: Path, cell: tuple[str, str], complaint: str
) -> None:
    out = project()
    good = out / "killings" / "all" / "20200101T000000Z-0123abcd"
    good.mkdir(parents=True)
    project([*GOOD, cell])
    with pytest.raises(RunError, match=complaint) as error:
        run("killings", {}, tmp_path / "work", out)
    assert "Zoraida" not in str(error.value) and "Inventada" not in str(error.value)
    assert list_editions(out / "killings" / "all") == [good]
    for log in (tmp_path / "work").rglob("*.log"):
        assert "Zoraida" not in log.read_text()


def test_the_name_of_a_state_passes_as_a_label(project: Project, tmp_path: Path) -> None:
    out = project(
        [*GOOD, ("markdown", "## Place\n\nIt happened in [Ceará]{.label data-vocab=admin1}.")]
    )
    assert run("killings", {}, tmp_path / "work", out).names_checked == 2


def test_cells_of_a_run_are_not_kept_in_the_history_of_ipython(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    out = project([*GOOD, ("code", "seen = 'Caso Quirrembel'")])
    run("killings", {}, tmp_path / "work", out)
    kept = [file.read_bytes() for file in (tmp_path / "ipython").rglob("*") if file.is_file()]
    assert not [held for held in kept if b"Quirrembel" in held or b"open_study" in held]


def test_a_leak_is_a_leak_error(project: Project, tmp_path: Path) -> None:
    out = project([*GOOD, ("markdown", "Zoraida Inventada Demo.")])
    with pytest.raises(LeakError, match=r"report\.html"):
        run("killings", {}, tmp_path / "work", out)


def test_an_operator_is_a_desk_and_no_person(project: Project, tmp_path: Path) -> None:
    with pytest.raises(RunError, match="names a desk and not a person"):
        run("killings", {}, tmp_path / "work", project(), operator="Zoraida")


def test_without_the_key_names_are_not_checked(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "no keys here"))
    assert check(report, tmp_path / "work").exit_code == 2


def test_a_notebook_saved_with_results_and_a_preview_runs(project: Project, tmp_path: Path) -> None:
    preview = "from hrdresearch import preview\npreview()"
    out = project([*GOOD, ("code", preview)])
    path = tmp_path / "short.ipynb"
    saved = nbformat.read(path, 4)
    for cell in saved.cells:
        if cell.cell_type == "code":
            cell.execution_count = 7
            cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "'old'"})]
    nbformat.write(saved, path)
    assert run("killings", {}, tmp_path / "work", out).claims > 0
    assert nbformat.read(path, 4) == saved


@pytest.mark.parametrize("name", ["manifest.json", "claims.json"])
@pytest.mark.parametrize("content", ["", "{", "[]", '{"claims": 1}', "\ufeff\x00", '"x"'])
def test_a_broken_file_of_a_report_is_told(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / "manifest.json").write_text('{"study": "killings", "builds": [], "files": {}}')
    (tmp_path / "claims.json").write_text('{"builds": {}, "claims": {}, "printed": []}')
    (tmp_path / "report.html").write_text("<main></main>")
    (tmp_path / name).write_text(content, encoding="utf-8")
    if name == "claims.json":
        with pytest.raises(RunError, match=f"{name} in .* is damaged"):
            rows_of_claim(tmp_path, "extent.victims", tmp_path)
    with pytest.raises(RunError, match=f"{name} in .* is damaged"):
        check(tmp_path, None)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("impunity.complete", "by_source.cpj.impunity.complete"),
        ("by_source.cpj.impunity", "by_source.cpj.impunity.complete"),
        ("cpj.complete", "by_source.cpj.impunity.complete"),
        ("impunity.compl", "by_source.cpj.impunity.complete"),
        ("extent.victim", "extent.victims"),
        ("extnt.victims", "extent.victims"),
        ("By_Year.2019", "by_year.2019"),
        ("impunty.complete", "by_source.cpj.impunity.complete"),
    ],
)
def test_a_name_that_is_off_is_answered_with_the_nearest(given: str, meant: str) -> None:
    names = ["by_source.cpj.impunity.complete", "extent.victims", "by_year.2019", "by_year.2020"]
    assert similar_claim_names(given, names)[0] == meant
    assert similar_claim_names("zzz", names) == []


def test_a_notebook_may_open_several_studies(project: Project, tmp_path: Path) -> None:
    """Numbers carry their study, each build is pinned and named, the strictest policy holds."""
    other = prisoners_build(tmp_path / "work", spells=[{}] * 9, policy=RESTRICTED)
    index = build_index([NameEntry("Beatrix Erfunden")], study_key("imprisonment"), frozenset())
    (other.folder / "restricted").mkdir()
    index.save(other.folder / "restricted" / "names.index")
    out = project(
        [
            ("markdown", "# Two studies\nDraft for a test"),
            ("parameters", 'state = "all"'),
            ("code", OPEN),
            ("code", "show(study.by_state())\ncite(study.extent())"),
            ("code", 'prison = open_study("imprisonment")\ncite(prison.detained.extent())'),
            (
                "markdown",
                "## Extent\n\n{{ killings.extent.victims|of:victim }} and "
                "{{ imprisonment.detentions.total|of:detention }}.\n\n{{> killings.extent }}",
            ),
        ],
        opened=["killings", "imprisonment"],
    )
    folder = run("killings", {}, tmp_path / "work", out).folder
    document = read_json(folder / "claims.json")
    assert document["claims"]["killings.extent.victims"]["value"] == 3
    assert document["claims"]["imprisonment.detentions.total"]["study"] == "imprisonment"
    assert set(document["builds"]) == {"killings", "imprisonment"}
    manifest = read_json(folder / "manifest.json")
    assert [one["study"] for one in manifest["builds"]] == ["killings", "imprisonment"]
    assert manifest["policy"]["public_by_name"] is False
    checked = check(folder, tmp_path / "work")
    assert (checked.problems, checked.names_checked) == ((), 3)
    assert len(rows_of_claim(folder, "killings.extent.victims", tmp_path / "work")) == 3
