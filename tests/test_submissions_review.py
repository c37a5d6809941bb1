"""Inputs are coded and redacted by persons: proposals, decisions, and quotes with consent. All invented."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrdresearch.coding.proposed_codes import propose_codes
from hrdresearch.privacy.consent import COLUMNS, Consent
from hrdresearch.privacy.redaction import redact_marks
from hrdresearch.privacy.stories import Story, StoryError, read_stories
from hrdresearch.report.case_stories import find_stories
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.build_files import read_names_index
from hrdresearch.run.errors import RunError
from hrdresearch.run.quotes import redact_quotes, refuse_unrecorded_quotes
from hrdresearch.run.reviews import input_page, submissions
from hrdresearch.run.steps.submissions import CODES_DECIDED, read_decided
from hrdresearch.studies.ground.build import Build, current_build

PERSON, OTHER = (
    "Zunela Toskamidal",
    "Bradal Vimquen",
)  # a submitter, and a name that stands in a text only
MAIL, PHONE = "bradal@example.org", "0803 123 4567"
INTAKE = f"""\
submission_id,call,received,submitter,kind,state,language,confidentiality,acknowledged,consent_to_quote,text_file
S-1,Call 1,2021-01-01,{PERSON},individual,Kenya,en,confidential,2021-01-05,2021-02-01,one.txt
S-2,Call 1,2021-01-02,Invented Circle,ngo,Kenya,es,public,no,no,two.txt
"""
TEXT = f"They fear the new law.\n\nNobody was arrested. {OTHER} ({MAIL}, {PHONE}) was told of a bill.\n"
CODEBOOK = """\
code,label,definition,theme,phrases
laws,Laws,A law,restrictive_laws,new law; bill
held,Held,Arrest,imprisonment,arrested
"""
CODINGS = "submission_id,segment,code,coder\nS-1,1,funds,one\nS-1,,none,two\n"


def files(folder: Path) -> list[SourceFile]:
    texts = {"one.txt": TEXT, "two.txt": "Texto inventado."}
    lists = {
        "submissions": ("inputs.csv", INTAKE),
        "submission-codings": ("codings.csv", CODINGS),
        "submission-codebook": ("book.csv", CODEBOOK),
    }
    for name, text in (*lists.values(), *texts.items()):
        (folder / name).write_text(text, encoding="utf-8")
    return [SourceFile(slug, folder / name, True) for slug, (name, _) in lists.items()]


def made(folder: Path, work: Path) -> Build:
    build("submissions", files(folder), work)
    return current_build("submissions", work)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        made_in = tmp_path_factory.mktemp("inputs")
        patch.setenv("HRD_KEYS", str(made_in / "keys"))
        yield made_in


@pytest.fixture(scope="module")
def first(folder: Path) -> Build:
    return made(folder, folder / "work")


@pytest.fixture
def copied(first: Build, tmp_path: Path) -> Build:
    """The build in a work folder of its own, in which decisions can be kept."""
    shutil.copytree(first.folder.parents[1], tmp_path / "work")
    return current_build("submissions", tmp_path / "work")


def queue(of: Build, file: Path) -> list[dict[str, str]]:
    submissions.export(of, file, 50)
    return list(csv.DictReader(file.open(encoding="utf-8", newline="")))


@pytest.fixture(scope="module")
def waiting(first: Build, folder: Path) -> list[dict[str, str]]:
    return queue(first, folder / "queue.csv")


def filled(file: Path, rows: list[dict[str, str]]) -> Path:
    pd.DataFrame(rows).to_csv(file, index=False)
    return file


def test_differences_come_first_then_what_the_texts_propose(
    first: Build, waiting: list[dict[str, str]], tmp_path: Path
) -> None:
    rows = waiting
    told = [(r["kind"], r["input"], r["value"], r["reason"].partition(". ")[0]) for r in rows]
    assert told == [
        ("code", "S-1", "funds", "given by 1 of 2 coders; part 1"),
        ("code", "S-1", "laws", "proposed by “new law” in part 1; “bill” in part 2"),
        ("code", "S-1", "held", "proposed by “arrested” in part 2 (denied there)"),
        ("name", "S-1", "", submissions.NOT_COVERED),
        ("name", "S-2", "", submissions.NOT_COVERED),
    ]
    assert rows[0]["text"] == "1. They fear the new law." and rows[3]["reason"].endswith(": 2")
    assert submissions.export(first, tmp_path / "queue.html", 50) == 5
    page = (tmp_path / "queue.html").read_text(encoding="utf-8")
    assert page.count("<section") == 5 and "one.txt" not in page
    assert oct((tmp_path / "queue.html").stat().st_mode)[-3:] == "600"


def test_a_decision_settles_a_code_and_withholds_a_name_in_the_next_build(
    copied: Build, waiting: list[dict[str, str]], folder: Path, tmp_path: Path
) -> None:
    rows = [dict(row) for row in waiting]
    for row, decision in zip(rows, ("yes", "yes", "no", "yes", ""), strict=True):
        row |= {"decision": decision, "by": "desk-4" if decision else ""}
    rows[3]["written"] = f"{OTHER}; Invented Circle"
    home = copied.folder.parent / "decisions"
    assert submissions.feed(filled(tmp_path / "filled.csv", rows), home) == 4
    after = made(folder, tmp_path / "work")
    inputs = after.table("submissions").set_index("source_row")
    assert (
        inputs.loc[2, "submission_theme_codes"] == "restrictive_laws"
    )  # funds stands in no codebook
    assert inputs.loc[2, "coding_state_code"] == "settled"
    assert [r["input"] for r in queue(after, tmp_path / "next.csv")] == [
        "S-2"
    ]  # what is decided is gone
    index, none = read_names_index(after.folder), read_names_index(copied.folder)
    assert index is not None and none is not None
    assert index.find(f"They told {OTHER}") and not none.find(f"They told {OTHER}")
    quote = redact_quotes({"law": story("p", f"They told {OTHER}.")}, [after])["law"].text
    assert quote == "They told [name withheld]."

    submissions.feed(filled(tmp_path / "back.csv", [{**rows[1], "decision": "open"}]), home)
    kept = list(csv.DictReader((home / CODES_DECIDED).open(encoding="utf-8")))
    assert [r["decision"] for r in kept] == ["yes", "yes", "no", "open"]  # the record stays
    assert [code for _, code in read_decided(home, CODES_DECIDED)] == ["funds", "held"]


@pytest.mark.parametrize(("change", "words"), [
    ({"decision": "perhaps"}, "decision must be yes, no"),
    ({"value": "other"}, "do not belong together"),
    ({"by": "Ann Example"}, "never a person's name"),
    ({"written": "Somebody"}, "only in a row on names"),
])  # fmt: skip
def test_a_queue_with_a_fault_is_refused_with_its_row(
    waiting: list[dict[str, str]], tmp_path: Path, change: dict[str, str], words: str
) -> None:
    row = {**waiting[0], "decision": "yes", "by": "desk-4", **change}
    with pytest.raises(RunError, match=f"row 2: .*{words}") as refused:
        submissions.feed(filled(tmp_path / "f.csv", [row]), tmp_path / "submissions" / "decisions")
    assert "Somebody" not in str(refused.value) and "Ann Example" not in str(refused.value)
    assert not (tmp_path / "submissions").exists()


def test_a_text_that_is_not_there_is_told_by_its_row(
    first: Build, folder: Path, tmp_path: Path
) -> None:
    (folder / "one.txt").rename(folder / "elsewhere.txt")
    with pytest.raises(RunError, match="Row 2 of submissions") as refused:
        queue(first, tmp_path / "q.csv")
    (folder / "elsewhere.txt").rename(folder / "one.txt")
    assert "one.txt" not in str(refused.value)


@settings(max_examples=15)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), max_size=4))
def test_evidence_stands_where_it_is_said(paragraphs: list[str]) -> None:
    listed = [*paragraphs, "the new law"]
    for one in propose_codes(listed, {"laws": ["new law"]}, "en"):
        assert (
            one.paragraph == listed[one.segment - 1]
            and one.words == one.paragraph[one.start : one.end]
        )


# -- quotes --------------------------------------------------------------------------------


def story(person: str, text: str = TEXT, **more: object) -> Story:
    facts = {"person": person, "purpose": "quoted", "date": dt.date(2021, 2, 1), "given_by": "self"}
    return Story("law", text, Consent(**{**facts, **more}))  # type: ignore[arg-type]


def test_a_quote_is_printed_without_names_numbers_and_addresses(first: Build) -> None:
    words = f"{PERSON} wrote: ask {MAIL} or {PHONE}, @bradal_v. The new law stays."
    quote = redact_quotes({"law": story("p", words)}, [first])["law"].text
    assert quote.endswith("The new law stays.") and quote.count("withheld]") == 4
    assert not any(word in quote for word in (*PERSON.split(), MAIL, "4567", "bradal_v"))
    told = replace(
        story("p", words), consent=replace(story("p").consent, purpose="story", public_name="Z")
    )
    assert (
        redact_quotes({"law": told}, [first])["law"].text == words
    )  # a story by name is not a quote


@given(st.text(max_size=40), st.sampled_from([MAIL, "+234 803 123 4567", "@bradal_v"]))
def test_no_mark_of_a_person_is_left(text: str, mark: str) -> None:
    assert mark not in redact_marks(f"{text} {mark} and")


def test_a_quote_without_a_recorded_consent_stops_the_run(first: Build, tmp_path: Path) -> None:
    ids = first.table("submissions").set_index("source_row")["submission_id"]
    refuse_unrecorded_quotes([story(ids[2])], [first])
    for person in (ids[3], "somebody"):  # said no; no input of the build
        with pytest.raises(RunError, match="'law' may not be printed"):
            refuse_unrecorded_quotes([story(person)], [first])


def test_the_sheet_of_consents_counts_more_than_the_intake_sheet(
    copied: Build,
) -> None:
    of = copied
    ids = of.table("submissions").set_index("source_row")["submission_id"]
    empty = dict.fromkeys(COLUMNS, "") | {"source": "submissions", "purpose": "quoted"}
    answers = [
        {**empty, "case_id": "S-1", "answer": "refused", "date": "2022-01-01"},
        {**empty, "case_id": "S-2", "answer": "given", "date": "2022-01-01", "given_by": "self",
         "basis": "consent"},
    ]  # fmt: skip
    home = of.folder.parent / "decisions"
    home.mkdir(exist_ok=True)
    filled(home / "consents.csv", answers)
    refuse_unrecorded_quotes([story(ids[3])], [of])
    with pytest.raises(RunError, match="revoked"):
        refuse_unrecorded_quotes([story(ids[2])], [of])
    refuse_unrecorded_quotes([story(ids[2])], [of], today=dt.date(2021, 6, 1))  # before the refusal


def test_a_quote_names_nobody_and_its_consent_is_in_force(tmp_path: Path) -> None:
    today = dt.date.today()
    assert story("p").why_not_told(today) == ""
    for wrong, words in (
        (story("p", public_name="Z"), "not to tell the story"),
        (story("p", "{{ name }} said"), "no tags"),
        (story("p", revoked=dt.date(2022, 1, 1)), "not in force"),
    ):
        assert words in wrong.why_not_told(today)
        with pytest.raises(Exception, match="may not be told"):
            find_stories(["{{ story.law }}"], {"law": wrong})
    (tmp_path / "d.stories.yml").write_text(
        "law: {person: p, purpose: quoted, text: x}", encoding="utf-8"
    )
    with pytest.raises(StoryError, match="date or given_by is missing"):
        read_stories(tmp_path / "d.ipynb")


def test_the_page_escapes_what_texts_hold() -> None:
    item = dict.fromkeys((*input_page.PAGE_COLUMNS, "input", "question", "reason", "text"), "")
    page = input_page.inputs_page([{**item, "kind": "name", "text": "<script>alert(1)</script>"}])
    assert "<script>alert" not in page and 'name="written"' in page
