"""An edited Word copy: read back by its hidden bookmarks, held against its edition and against today."""

from __future__ import annotations

import copy as copying
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
import yaml
from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph

from hrdresearch.report.word_bookmarks import with_paragraph_bookmarks
from hrdresearch.run.errors import RunError
from hrdresearch.run.recheck.edited import EditedCopy, compare_copies
from hrdresearch.run.recheck.matched import Matched
from hrdresearch.run.recheck.printed import Sentence
from hrdresearch.run.recheck.remarks import remarks_on
from hrdresearch.run.recheck.suggestions import suggestions_of, suggestions_text
from hrdresearch.run.recheck.verdicts import Verdict
from hrdresearch.run.recheck.word_paragraphs import edition_in_foot, read_paragraphs

TEXTS = (
    "Extent of the killings",
    "The list documented at least 1,200 cases in nine States. No rise or fall is stated.",
    "Of 1,100 cases, 100 (9 per cent) are recorded as female. Sex is not recorded for 100.",
    "Lists count what they know. The absence of records says nothing about safety.",
)
Edit = Callable[[Any], None]


def word_file(path: Path) -> Path:
    """A Word copy of invented sentences, with the bookmarks of a report."""
    made = docx.Document()
    for text in TEXTS:
        made.add_paragraph(text)
    made.save(str(path))
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["word/document.xml"] = with_paragraph_bookmarks(parts["word/document.xml"])
    with zipfile.ZipFile(path, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return path


def edited(folder: Path, edit: Edit) -> EditedCopy:
    published = word_file(folder / "report.docx")
    opened = docx.Document(str(published))
    edit(opened)
    opened.save(str(folder / "edited.docx"))
    return compare_copies(read_paragraphs(published), read_paragraphs(folder / "edited.docx"))


def kinds(copy: EditedCopy) -> list[tuple[str, str, str]]:
    return [(s.kind, s.was, s.now) for s in copy.sentences if s.kind != "stands"]


def set_text(number: int, old: str, new: str) -> Edit:
    def edit(opened: Any) -> None:
        run = opened.paragraphs[number].runs[0]
        run.text = run.text.replace(old, new)

    return edit


def test_a_copy_that_nobody_edited_stands_and_each_paragraph_has_its_bookmark(
    tmp_path: Path,
) -> None:
    copy = edited(tmp_path, lambda _: None)

    assert kinds(copy) == []
    assert [p.anchors for p in read_paragraphs(tmp_path / "edited.docx")] == [
        ("_hrd_p1",),
        ("_hrd_p2",),
        ("_hrd_p3",),
        ("_hrd_p4",),
    ]


def test_sentences_that_were_reworded_cut_and_added_are_told_apart(tmp_path: Path) -> None:
    def edit(opened: Any) -> None:
        set_text(1, "The list documented at least", "The list knows of")(opened)
        set_text(1, " No rise or fall is stated.", "")(opened)
        opened.paragraphs[3].add_run(" Each of them counts.")

    assert kinds(edited(tmp_path, edit)) == [
        (
            "reworded",
            "The list documented at least 1,200 cases in nine States.",
            "The list knows of 1,200 cases in nine States.",
        ),
        ("cut", "No rise or fall is stated.", ""),
        ("added", "", "Each of them counts."),
    ]


def test_a_moved_paragraph_is_found_by_its_bookmark_even_where_it_was_reworded(
    tmp_path: Path,
) -> None:
    def edit(opened: Any) -> None:
        set_text(3, "Lists count what they know.", "No list knows all.")(opened)
        first, last = opened.paragraphs[1], opened.paragraphs[3]
        first._p.addprevious(last._p)

    copy = edited(tmp_path, edit)

    assert copy.moved == ("_hrd_p4",)
    assert [kind for kind, _, _ in kinds(copy)] == ["cut", "added"]


def test_a_sentence_moved_to_another_paragraph_was_not_cut(tmp_path: Path) -> None:
    def edit(opened: Any) -> None:
        set_text(1, " No rise or fall is stated.", "")(opened)
        opened.paragraphs[3].add_run(" No rise or fall is stated.")

    moved = "No rise or fall is stated."
    assert kinds(edited(tmp_path, edit)) == [("moved", moved, moved)]


def test_a_paragraph_split_in_two_is_read_as_the_one_that_it_was(tmp_path: Path) -> None:
    def edit(opened: Any) -> None:
        whole = opened.paragraphs[1]
        second = copying.deepcopy(whole._p)
        for mark in second.findall(".//{*}bookmarkStart"):
            second.remove(mark)
        for mark in whole._p.findall(".//{*}bookmarkEnd"):
            whole._p.remove(mark)
        whole._p.addnext(second)
        first_words, second_words = TEXTS[1].split(". ")
        whole.runs[0].text = f"{first_words}."
        Paragraph(second, whole._parent).runs[0].text = second_words

    assert kinds(edited(tmp_path, edit)) == []


def tracked(run: Any, kind: str) -> None:
    """Mark a run as inserted, deleted or moved by a reviewer."""
    mark = OxmlElement(f"w:{kind}")
    run._r.addprevious(mark)
    mark.append(run._r)


def test_tracked_changes_are_read_as_if_they_were_accepted(tmp_path: Path) -> None:
    def edit(opened: Any) -> None:
        run = opened.paragraphs[2].runs[0]
        before, after = run.text.split("100 (9", 1)
        run.text = before
        tracked(opened.paragraphs[2].add_run("100"), "del")
        tracked(opened.paragraphs[2].add_run("120"), "ins")
        opened.paragraphs[2].add_run(f" (9{after}")
        tracked(opened.paragraphs[3].runs[0], "moveFrom")

    assert kinds(edited(tmp_path, edit)) == [
        (
            "reworded",
            "Of 1,100 cases, 100 (9 per cent) are recorded as female.",
            "Of 1,100 cases, 120 (9 per cent) are recorded as female.",
        ),
        ("cut", "Lists count what they know.", ""),
        ("cut", "The absence of records says nothing about safety.", ""),
    ]


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next(tmp_path: Path) -> None:
    def edit(opened: Any) -> None:
        properties = opened.paragraphs[1]._p.get_or_add_pPr()
        mark = OxmlElement("w:rPr")
        mark.append(OxmlElement("w:del"))
        properties.append(mark)
        opened.paragraphs[1].add_run(" ")

    copy = edited(tmp_path, edit)

    assert len(read_paragraphs(tmp_path / "edited.docx")) == len(TEXTS) - 1
    assert {kind for kind, _, _ in kinds(copy)} == {"moved"}


def test_paragraphs_that_lost_their_bookmarks_are_found_by_their_words(tmp_path: Path) -> None:
    def edit(opened: Any) -> None:
        for mark in list(opened.element.body.iter("{*}bookmarkStart", "{*}bookmarkEnd")):
            mark.getparent().remove(mark)
        set_text(2, "recorded as female", "recorded as women")(opened)

    assert [kind for kind, _, _ in kinds(edited(tmp_path, edit))] == ["reworded"]


def test_what_is_no_word_file_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_text("text")

    for read in (read_paragraphs, edition_in_foot):
        with pytest.raises(RunError, match=r"x\.docx is missing or is not a Word file"):
            read(tmp_path / "x.docx")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_bookmarks_survive_that_libreoffice_opens_and_saves_the_copy(tmp_path: Path) -> None:
    published = word_file(tmp_path / "report.docx")
    (tmp_path / "saved").mkdir()
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path / "saved")]
    subprocess.run([*command, str(published)], check=True, capture_output=True, timeout=280)

    saved = read_paragraphs(tmp_path / "saved" / "report.docx")

    assert saved == read_paragraphs(published)


SAID = (
    Sentence(
        "para-1",
        "Extent",
        "extent",
        "The list documented at least 1,200 cases in nine States.",
        (("extent.cases", "1,200"), ("extent.states", "nine")),
        "The list documented at least {extent.cases} cases in {extent.states} States.",
    ),
    Sentence("para-1", "Extent", "extent", "No rise or fall is stated.", (), ""),
    Sentence(
        "para-2",
        "Sex",
        "by_sex",
        "Of 1,100 cases, 100 (9 per cent) are recorded as female.",
        (("known", "1,100"), ("female", "100"), ("female.share", "9 per cent")),
        "",
    ),
    Sentence("para-2", "Sex", "by_sex", "Sex is not recorded for 100.", (("unknown", "100"),), ""),
)
TODAY = {
    name: {"text": text}
    for name, text in {
        "extent.cases": "1,300",
        "extent.states": "9",
        "known": "1,100",
        "female": "100",
        "female.share": "9",
        "unknown": "200",
    }.items()
}


def verdicts() -> list[Verdict]:
    found = [Verdict("still true", Matched("holds", s, s)) for s in SAID]
    cases = (("extent.cases", "1,200", "1,300"),)
    found[0] = Verdict("no longer true", Matched("other numbers", SAID[0], SAID[0]), "", cases)
    found[3] = Verdict("cannot be checked", Matched("no longer said", SAID[3], None), "not asked")
    return found


def remarks(folder: Path, edit: Edit) -> list[tuple[str, str, tuple[Any, ...], str]]:
    found = remarks_on(edited(folder, edit), verdicts(), TODAY)
    return [(one.kind, one.where, one.numbers, one.why) for one in found]


FALLEN = ("no longer true", "para. 1", (("extent.cases", "1,200", "1,300"),), "")
UNCHECKED = ("cannot be checked", "para. 2", (), "not asked")


def test_an_unedited_copy_is_told_what_is_no_longer_true_in_it(tmp_path: Path) -> None:
    assert remarks(tmp_path, lambda _: None) == [FALLEN, UNCHECKED]


def test_a_changed_number_is_told_beside_the_number_of_today(tmp_path: Path) -> None:
    assert remarks(tmp_path, set_text(2, "cases, 100", "cases, 120"))[1:] == [
        (
            "changed number",
            "para. 2",
            (("female", "100", "120"),),
            "120 is not the number of today, which is 100",
        ),
        UNCHECKED,
    ]


def test_a_number_that_the_editor_brought_up_to_date_is_true_again(tmp_path: Path) -> None:
    assert remarks(tmp_path, set_text(1, "1,200", "1,300")) == [
        (
            "changed number",
            "para. 1",
            (("extent.cases", "1,200", "1,300"),),
            "1,300 is the number of today",
        ),
        UNCHECKED,
    ]


def test_lost_caveats_and_lost_words_of_caution_are_told(tmp_path: Path) -> None:
    def edit(opened: Any) -> None:
        set_text(1, " No rise or fall is stated.", "")(opened)
        set_text(1, "at least ", "")(opened)

    assert remarks(tmp_path, edit) == [
        ("lost words of caution", "para. 1", (), "at least"),
        FALLEN,
        ("lost caveat", "para. 1", (), ""),
        UNCHECKED,
    ]


def test_a_number_that_no_claim_carries_is_told_wherever_it_was_added(tmp_path: Path) -> None:
    def edit(opened: Any) -> None:
        opened.paragraphs[1].add_run(" In 2020 there were 45 more.")
        opened.add_paragraph("A new paragraph speaks of 17.")

    found = [one for one in remarks(tmp_path, edit) if one[0] == "number without a source"]

    assert found == [
        ("number without a source", "para. 1", (("", "", "2020"), ("", "", "45")), ""),
        ("number without a source", "a new paragraph", (("", "", "17"),), ""),
    ]


def test_the_wording_of_the_editor_is_a_suggestion_with_tags_for_the_notebook(
    tmp_path: Path,
) -> None:
    def edit(opened: Any) -> None:
        set_text(1, "The list documented at least", "On the list are")(opened)
        set_text(1, " No rise or fall is stated.", "")(opened)

    found = suggestions_of(edited(tmp_path, edit), SAID)

    assert found[0] == {
        "number": 1,
        "bookmark": "_hrd_p2",
        "paragraph": "para-1",
        "finding": "extent",
        "kind": "reworded",
        "was": SAID[0].text,
        "now": "On the list are 1,200 cases in nine States.",
        "for_the_notebook": "On the list are {{ extent.cases }} cases in {{ extent.states }} States.",
    }
    assert (found[1]["kind"], found[1]["now"]) == ("cut", "")
    assert yaml.safe_load(suggestions_text(found, "20260101T000000Z-00000000")) == found
