"""Two editions of a report on an invented list: followed rows, causes, verdicts, and how they are told."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.privacy.vault import VaultProblem
from hrdresearch.report.lines_page import page_of_lines
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.run.recheck import changes as comparing
from hrdresearch.run.recheck import recheck as rechecking
from hrdresearch.run.recheck.between import older_lists_by_newer_code
from hrdresearch.run.recheck.causes import NO_BUILD
from hrdresearch.run.recheck.changes import Changes, Edition, compare
from hrdresearch.run.recheck.followed_rows import follow_rows
from hrdresearch.run.recheck.kept_changes import (
    as_json,
    compared_edition,
    keep_told,
    reports_to_compare,
)
from hrdresearch.run.recheck.printed import Sentence
from hrdresearch.run.recheck.recheck import edition_by_name, edition_of_draft
from hrdresearch.run.recheck.told import lines_of_changes
from hrdresearch.run.recheck.told_verdicts import lines_of_recheck
from hrdresearch.run.recheck.verdicts import judge
from hrdresearch.run.registry import new_draft
from hrdresearch.studies.ground.build import Build, NoBuildError

HEADER = (
    "id,nombre,fuentes,genero,fecha,municipio,departamento,tipo_de_lider,cargo,fuentes_prensa\n"
)
ROW = ",{},Prensa,{},{},San Demo,Cauca,Líder comunitario,,\n"
OLDER = (
    ("Arulin Kelvaridemo", "Masculino", "2016-03-04"),
    ("Belovia Vaselkademo", "Femenino", "2016-05-06"),
    ("Casímbel Toruspedemo", "Masculino", "2017-01-02"),
)
NEWER = (
    ("Dorvazor Bravuspedemo", "Femenino", "2017-06-07"),
    ("Arulin Kelvaridemo", "Masculino", "2017-03-04"),  # dated anew
    ("Casímbel Toruspedemo", "Femenino", "2017-01-02"),  # classed anew
)
SLUG = "lideres-colombia"


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> list[Build]:
    folder = tmp_path_factory.mktemp("editions")
    made = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HRD_KEYS", str(folder / "keys"))
        for name, rows in (("older.csv", OLDER), ("newer.csv", NEWER)):
            text = HEADER + "".join(ROW.format(*row) for row in rows)
            (folder / name).write_text(text, encoding="utf-8")
            result = build("killings", [SourceFile(SLUG, folder / name)], folder / "work")
            made.append(Build("killings", result.build_id, result.folder))
        yield made


def claim(value: float, measure: str = "rows", **filter_: Any) -> dict[str, Any]:
    return {
        "study": "killings",
        "value": value,
        "text": f"{value}",
        "unit": "victim",
        "status": "shown",
        "measure": measure,
        "table": "cases",
        "filter": filter_,
        "definition": "cases",
        "sources": {SLUG: ""},
    }


def sentence(text: str, **numbers: str) -> Sentence:
    named = tuple((name.replace("__", "."), text_) for name, text_ in numbers.items())
    return Sentence("para-1", "Extent", "", text.format(**numbers), named, text)


def manifest(build: Build, name: str, **other: Any) -> dict[str, Any]:
    about = {"study": "killings", "build_id": build.build_id, "build_code": "1"}
    return {
        "study": "killings",
        "edition": name,
        "parameters": {},
        "sources": [{"slug": SLUG, "title": "Líderes, Colombia", "sha256": name}],
        "notebook": {"sha256": "n"},
        "software": {},
        "code_parts": {"report": "r"},
        "policy": {"public_by_name": True},
        "builds": [about],
    } | other


def edition(build: Build, name: str, *counts: float, gone: bool = False) -> Edition:
    total, early, women, share = counts
    claims = {
        "total": claim(total, source=SLUG),
        "early": claim(early, source=SLUG, event_year=2016),
        "women": claim(women, source=SLUG, sex_code="female"),
        "share": claim(share, "share:women:total"),
        "median": claim(share, "computed"),
    }
    texts = [
        sentence(
            "{total} were documented, {early} of them in 2016.", total=f"{total}", early=f"{early}"
        ),
        sentence("{women} of {total} are women.", women=f"{women}", total=f"{total}"),
        sentence("No rise or fall is stated."),
        sentence("The file has no field for this."),
    ]
    return Edition(name, manifest(build, name), claims, tuple(texts[: 3 if gone else 4]))


@pytest.fixture(scope="module")
def found(builds: list[Build]) -> Changes:
    older = edition(builds[0], "A", 3, 2, 1, 33)
    newer = edition(builds[1], "B", 3, 0, 2, 67, gone=True)
    return compare(older, newer, {"killings": builds[0]}, {"killings": builds[1]})


def parts(found: Changes, name: str) -> list[tuple[str, str, int]]:
    change = found.claim(name)
    assert change is not None
    return [(part.cause, part.what, part.count) for part in change.parts]


def test_a_corrected_row_is_followed_by_what_names_it(builds: list[Build]) -> None:
    rows = follow_rows("cases", *builds)

    assert rows.how == "names"
    assert len(rows.older.keys.intersection(rows.newer.keys)) == 2


def test_without_the_file_a_corrected_row_counts_as_one_removed_and_one_added(
    builds: list[Build], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(builds[0].folder.parents[2] / "other-keys"))
    rows = follow_rows("cases", *builds)

    assert rows.how == "pseudonyms"
    assert len(rows.older.keys.intersection(rows.newer.keys)) == 1


def test_each_number_has_the_cause_that_its_rows_show(found: Changes) -> None:
    assert found.claim("total") is None  # one came and one left: the number is the same
    assert parts(found, "early") == [
        ("corrected rows", "removed", -1),
        ("corrected rows", "dated anew", -1),
    ]
    assert parts(found, "women") == [
        ("new rows", "added", 1),
        ("corrected rows", "removed", -1),
        ("corrected rows", "classed anew", 1),
    ]
    median = found.claim("median")
    assert median is not None
    assert median.why == "rows of the lists"


def test_changes_are_told_in_words_that_name_numbers_before_and_now(found: Changes) -> None:
    lines = list(lines_of_changes(found))

    assert lines[0] == "Killings: B beside A."
    assert lines[1] == "What differs: the rows of Líderes."
    assert lines[2].startswith(
        "Líderes: 3 rows before, 3 now; 1 added, 1 removed; classed anew: sex or gender 1; "
    )
    assert lines[3:] == [
        "Numbers: 4 of 5 differ: 4 changed, 0 no longer made, 0 new.",
        "Sentences: 1 hold, 2 have other numbers, 0 are worded otherwise, 1 are no longer said, "
        "0 are new.",
        "",
        "No longer true:",
        "- para. 1: 3 were documented, [2 → 0] of them in 2016.",
        "  Cause: 2 → 0: −1 removed, −1 dated anew (year of the event)",
        "- para. 1: [1 → 2] of 3 are women.",
        "  Cause: 1 → 2: +1 added, −1 removed, +1 classed anew (sex or gender)",
        "",
        "No longer said:",
        "- para. 1: The file has no field for this.",
    ]


def test_published_sentences_get_a_verdict_and_those_that_fell_are_told(found: Changes) -> None:
    verdicts = judge(found)

    assert [one.verdict for one in verdicts] == [
        "no longer true",
        "no longer true",
        "still true",
        "no longer said",
    ]
    lines = list(lines_of_recheck(found, verdicts))
    assert (
        "Of 4 sentences 1 still hold, 2 are no longer true, 1 are no longer said, "
        "0 cannot be checked." in lines
    )


def on_disk(edition: Edition, folder: Path) -> Path:
    """An edition as a run leaves it, as far as it is read here."""
    folder.mkdir(parents=True)
    page = "".join(_paragraph(number, s) for number, s in enumerate(edition.sentences, start=1))
    (folder / "report.html").write_text(f"<main><div class='body'>{page}</div></main>")
    claims = {"claims": edition.claims, "builds": {}, "printed": []}
    (folder / "claims.json").write_text(json.dumps(claims))
    (folder / "manifest.json").write_text(json.dumps(edition.manifest | {"files": {}}))
    return folder


def _paragraph(number: int, said: Sentence) -> str:
    text = said.template
    for claim_name, printed in said.numbers:
        text = text.replace(f"{{{claim_name}}}", f"<a data-claim='{claim_name}'>{printed}</a>")
    return f"<div id='para-{number}' class='numbered'><p>{text}</p></div>"


@pytest.mark.parametrize("is_same", [True, False])
def test_the_command_says_what_fell_and_its_status_tells_a_schedule(
    found: Changes,
    builds: list[Build],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_same: bool,
) -> None:
    older, newer = found.older, found.newer
    today = (older, builds[0]) if is_same else (newer, builds[1])
    monkeypatch.setattr(rechecking, "report_again", lambda *_: (today[0], {"killings": today[1]}))
    folder = on_disk(older, tmp_path / "A")
    work = builds[0].folder.parents[1]

    result = CliRunner().invoke(
        app, ["recheck", str(folder), "--work", str(work), "--to", str(tmp_path / "to")]
    )

    told = json.loads((tmp_path / "to" / "recheck.json").read_text(encoding="utf-8"))
    verdicts = [one["verdict"] for one in told["sentences"]]
    assert result.exit_code == (0 if is_same else 1)
    assert ("- para. 2: [1 → 2] of 3 are women." in result.output) != is_same
    assert verdicts == [
        *(["still true"] * 4 if is_same else ["no longer true"] * 2),
        *([] if is_same else ["still true", "no longer said"]),
    ]


def test_a_sentence_that_is_gone_is_judged_by_its_numbers_of_today(found: Changes) -> None:
    gone = [
        sentence("Of these, {women} were women.", women="1"),
        sentence("All {total} were documented.", total="3"),
        sentence("In all {other} are old.", other="7"),
    ]
    older = Edition("A", found.older.manifest, found.older.claims, gone)
    matched = comparing.match_sentences(gone, ())
    changes = Changes(older, found.newer, found.differs, (), found.claims, tuple(matched))

    assert [(one.verdict, one.why) for one in judge(changes)] == [
        ("no longer true", "the report no longer says it"),
        ("no longer said", "its numbers are as they were"),
        ("cannot be checked", "the report no longer makes all of its numbers"),
    ]


def test_without_the_builds_a_cause_is_told_only_where_nothing_else_differs(found: Changes) -> None:
    only_lists = compare(found.older, found.newer, {}, {})
    other_code = [found.newer.manifest["builds"][0] | {"build_code": "2"}]
    newer = Edition("B", found.newer.manifest | {"builds": other_code}, found.newer.claims, ())

    counted = {change.why for change in only_lists.claims if not change.rests_on}
    both = compare(found.older, newer, {}, {}).claims

    assert counted == {"rows of the lists"}
    assert {change.not_known for change in both if not change.rests_on} == {NO_BUILD}


def test_what_is_written_holds_no_name_and_no_key_of_a_row(
    found: Changes, builds: list[Build], tmp_path: Path
) -> None:
    file = keep_told(as_json(found.to_dict()), found, tmp_path / "to" / "changes.json", tmp_path)
    assert file is not None
    text = file.read_text(encoding="utf-8")

    assert json.loads(text)["older"]["edition"] == "A"
    assert "demo" not in text.casefold()
    keys = [key for made in builds for key in made.table("cases")["victim_id"]]
    assert [key for key in keys if key in text] == []


def restricted(found: Changes) -> Changes:
    shared = found.newer.manifest | {"policy": {"public_by_name": False}}
    newer = Edition("B", shared, found.newer.claims, found.newer.sentences)
    return Changes(found.older, newer, found.differs, (), found.claims, found.sentences)


def test_of_a_list_shared_in_confidence_all_is_kept_in_the_work_folder(
    found: Changes, tmp_path: Path
) -> None:
    work = tmp_path / "work"
    (work / "killings").mkdir(parents=True)

    file = keep_told("told", restricted(found), tmp_path / "to" / "changes.json", work)

    assert file == work / "killings" / "compared" / "A-changes.json"
    assert not (tmp_path / "to").exists()


@pytest.mark.parametrize("error", [VaultProblem("locked"), NoBuildError("gone")])
def test_while_the_vault_is_locked_a_report_on_such_a_list_is_refused(
    found: Changes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def locked(*_: object) -> Build:
        raise error

    monkeypatch.setattr(comparing, "build_behind", locked)

    with pytest.raises(RunError, match="shown inside the vault only"):
        comparing.builds_of_edition(restricted(found).newer, tmp_path)


def test_two_reports_are_not_compared_as_editions_of_one(tmp_path: Path, found: Changes) -> None:
    for name, study in (("a", "killings"), ("b", "upr")):
        folder = tmp_path / name
        folder.mkdir()
        about = found.older.manifest | {"study": study, "files": {}}
        (folder / "manifest.json").write_text(json.dumps(about))
        (folder / "claims.json").write_text('{"claims": {}, "builds": {}, "printed": []}')
        (folder / "report.html").write_text("<main><p>x</p></main>")

    with pytest.raises(RunError, match="of different reports, killings and upr"):
        comparing.compare_editions_of_report(tmp_path / "a", tmp_path / "b", tmp_path)


def test_an_edition_is_found_by_its_name_among_the_reports(tmp_path: Path) -> None:
    name = "20260104T060000Z-1a2b3c4d"
    folder = tmp_path / "killings" / "all" / name
    folder.mkdir(parents=True)

    assert edition_by_name(name, tmp_path, "copy.docx") == folder
    with pytest.raises(RunError, match=r"no edition of copy\.docx among the reports"):
        edition_by_name("20260104T060000Z-1a2b3c4e", tmp_path, "copy.docx")
    with pytest.raises(RunError, match="give its folder with --edition"):
        edition_by_name("", tmp_path, "copy.docx")


def test_a_draft_without_an_edition_has_nothing_to_be_rechecked(tmp_path: Path) -> None:
    draft = new_draft("killings", tmp_path / "my-draft.ipynb")

    with pytest.raises(RunError, match=r"no edition of my-draft\.ipynb"):
        edition_of_draft(draft, tmp_path / "reports")


def other_code(found: Changes) -> Any:
    return replace(found.differs, known=found.differs.known | {"code"})


def test_where_lists_and_code_differ_the_older_lists_are_built_by_the_newer_code(
    found: Changes, builds: list[Build]
) -> None:
    with older_lists_by_newer_code(builds[0], builds[1], other_code(found)) as between:
        assert between is not None
        pd.testing.assert_frame_equal(between.table("cases"), builds[0].table("cases"))
        folder = between.folder
    assert not folder.exists()


def test_no_build_is_made_between_where_code_is_the_same_or_a_file_is_another_one(
    found: Changes, builds: list[Build], tmp_path: Path
) -> None:
    with older_lists_by_newer_code(builds[0], builds[1], found.differs) as between:
        assert between is None

    moved = Build("killings", builds[0].build_id, tmp_path / "killings" / builds[0].build_id)
    shutil.copytree(builds[0].folder, moved.folder)
    files = json.loads((moved.folder / "files.json").read_text())
    files[SLUG]["sha256"] = "0"
    (moved.folder / "files.json").write_text(json.dumps(files))
    with older_lists_by_newer_code(moved, builds[1], other_code(found)) as between:
        assert between is None


def test_each_report_with_a_new_edition_is_compared_once(tmp_path: Path, found: Changes) -> None:
    names = ("20260104T060000Z-1a2b3c4d", "20260111T060000Z-1a2b3c4d")
    for report, public in (("all", True), ("state-mex", False), ("state-col", True)):
        for name in names[: 1 if report == "state-col" else 2]:
            folder = tmp_path / "killings" / report / name
            folder.mkdir(parents=True)
            about = found.older.manifest | {"policy": {"public_by_name": public}, "files": {}}
            (folder / "manifest.json").write_text(json.dumps(about))
        (tmp_path / "killings" / report / "latest").symlink_to(name)
    home = tmp_path / "killings" / "all"

    assert reports_to_compare(tmp_path) == [home]
    (home / "changes.json").write_text(json.dumps({"newer": {"edition": names[1]}}))
    assert compared_edition(home) == names[1]
    assert reports_to_compare(tmp_path) == []


def test_lines_become_a_page_with_headings_and_lists_and_no_markup_of_theirs() -> None:
    lines = ["Two <b> lists.", "", "No longer true:", "- para. 1: x", "  Cause: y", "- z", "End."]

    page = page_of_lines("What changed: a & b", lines)

    body = page[page.index("<main") :]
    assert body == (
        '<main id="report">\n<h1>What changed: a &amp; b</h1>\n<p>Two &lt;b&gt; lists.</p>\n'
        "<h2>No longer true</h2>\n<ul>\n<li>para. 1: x<br><b>Cause:</b> y</li>\n<li>z</li>\n</ul>\n"
        "<p>End.</p>\n</main>\n</body>\n</html>\n"
    )
