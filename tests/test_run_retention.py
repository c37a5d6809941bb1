"""How long a sealed list is kept: what is due, who decides, what holds it. All persons invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_run_withdraw import PERSON, restricted, say
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.privacy.retention import (
    DeletionProposal,
    LegalHold,
    RetentionBook,
    RetentionTerm,
    is_due,
    propose_deletion,
)
from hrdresearch.privacy.vault import make_identity, read_stored, seal_file
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.build_files import files_of_build
from hrdresearch.run.due_rows import apply_decision
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import read_json, write_json
from hrdresearch.run.retention import approve, declare, hold, lift, propose
from hrdresearch.run.retention_book import read_book
from hrdresearch.sources.errors import SourceFactsError
from hrdresearch.sources.spec import _check
from hrdresearch.studies.ground.build import current_build
from hrdresearch.vocab.reference import parse_yaml

LIST, WHY = "restricted-list", "agreement with Zorvanek Quillistrand"
TODAY = dt.date.today()
LATER = TODAY + dt.timedelta(days=700)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    identity = tmp_path / "away" / "identity.txt"
    recipient = make_identity(identity)
    monkeypatch.setenv("HRD_IDENTITY", str(identity))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    for name in ("raw", "tmp"):
        (tmp_path / name).mkdir()
    seal_file(restricted(tmp_path / "raw").path, recipient)
    build("killings", [sealed(tmp_path)], tmp_path / "work")
    return tmp_path / "work"


def sealed(tmp_path: Path) -> SourceFile:
    return SourceFile(LIST, tmp_path / "raw" / "ours.csv.age")


def keep_for(home: Path, rows: int, files: int) -> None:
    declare(home, RetentionTerm(LIST, rows, files, WHY, "desk-1", TODAY.isoformat()))


def decide(home: Path, *, may_return: bool = False) -> None:
    for desk in ("desk-1", "desk-2"):
        said = approve(home, LIST, desk, may_return)
    assert "two desks have decided" in said


def rows_left(work: Path) -> int:
    return len(current_build("killings", work).table("cases"))


def held(home: Path, **changes: str) -> LegalHold:
    given = {"desk": "desk-legal", "why": WHY, "since": TODAY.isoformat(), "until": "2999-01-01"}
    return LegalHold(LIST, **{**given, **changes})


def test_nothing_is_deleted_before_somebody_says_how_long_and_two_desks_decide(
    work: Path, tmp_path: Path
) -> None:
    home = work / "killings"
    assert "nobody has said how long they are kept" in "\n".join(propose(home, LATER))
    keep_for(home, 12, 120)
    assert "nothing is due" in "\n".join(propose(home, TODAY))
    said = "\n".join(propose(home, LATER))
    assert "rows are kept 12 months, files 120 months, declared by desk-1" in said
    assert "rows 3, files 0" in said and "2 more desk(s) must approve" in said
    assert WHY not in said and not any(word in said for word in PERSON.split())
    with pytest.raises(RunError, match="two desks must approve"):
        list(apply_decision(home, LIST, [], LATER))
    with pytest.raises(RunError, match="names a desk and not a person"):
        approve(home, LIST, "Ana", False)
    approve(home, LIST, "desk-1", False)
    approve(home, LIST, "desk-2", True)  # says something else
    with pytest.raises(RunError, match="two desks must approve"):
        list(apply_decision(home, LIST, [], LATER))
    assert rows_left(work) == 3


def test_deleted_rows_stay_out_of_later_builds_and_of_the_file_and_nothing_lies_open(
    work: Path, tmp_path: Path
) -> None:
    home = work / "killings"
    keep_for(home, 12, 120)
    list(propose(home, LATER))
    decide(home)
    said = "\n".join(apply_decision(home, LIST, [sealed(tmp_path).path], LATER))
    assert "3 rows are deleted" in said and not any(word in said for word in PERSON.split())
    assert rows_left(work) == 0 and b"Inventada" not in read_stored(tmp_path / "raw" / "ours.csv")
    book = read_book(home)
    assert book.rows[LIST] == {} and len(book.files) == 1 and book.open_proposal(LIST) is None
    again = seal_file(restricted(tmp_path).path, _recipient(), tmp_path / "raw" / "again")
    quality = build("killings", [SourceFile(LIST, again)], work).quality[0]
    assert (quality["accepted"], quality["set_aside"]) == (0, 3)
    assert traces(tmp_path) == []
    assert [p.name for p in home.glob("retention*")] == ["retention.json.age"]


def traces(folder: Path) -> list[str]:
    """Files of the disk of this test (work, reports, raw, temporary) that hold a planted word, open."""
    planted = [word.encode() for word in ("Quillistrand", *PERSON.split()) if len(word) > 6]
    files = [p for p in folder.rglob("*") if p.is_file()]
    return [p.name for p in files if any(word in p.read_bytes() for word in planted)]


def _recipient() -> str:
    from hrdresearch.privacy.vault import identity_path, recipient_of

    identity = identity_path()
    assert identity is not None
    return recipient_of(identity)


def test_rows_that_may_return_are_taken_in_again(work: Path, tmp_path: Path) -> None:
    home = work / "killings"
    keep_for(home, 12, 120)
    list(propose(home, LATER))
    decide(home, may_return=True)
    assert "the file still holds" in "\n".join(apply_decision(home, LIST, [], LATER))
    assert rows_left(work) == 0
    again = seal_file(restricted(tmp_path).path, _recipient(), tmp_path / "raw" / "again")
    again.write_bytes(again.read_bytes())
    build("killings", [SourceFile(LIST, again)], work)
    assert rows_left(work) == 3


def test_a_file_that_is_due_is_deleted_and_the_rows_stay(work: Path, tmp_path: Path) -> None:
    home = work / "killings"
    keep_for(home, 120, 12)
    assert "rows 0, files 1" in "\n".join(propose(home, LATER))
    decide(home)
    assert "give it with --raw PATH" in "\n".join(apply_decision(home, LIST, [], LATER))
    with pytest.raises(RunError, match=r"There is no file .*use --gone"):
        list(apply_decision(home, LIST, [tmp_path / "ours.csv.age"], LATER))
    file = sealed(tmp_path).path
    assert "ours.csv.age is deleted" in "\n".join(apply_decision(home, LIST, [file], LATER))
    assert not file.exists() and rows_left(work) == 3 and not list(home.glob("withdrawn*"))
    assert read_book(home).files == [] and read_book(home).open_proposal(LIST) is None


def test_a_file_that_was_deleted_by_hand_is_said_to_be(work: Path, tmp_path: Path) -> None:
    home = work / "killings"
    keep_for(home, 120, 12)
    list(propose(home, LATER))
    decide(home)
    sealed(tmp_path).path.unlink()
    list(apply_decision(home, LIST, [], LATER, gone=True))
    assert read_book(home).files == [] and read_book(home).open_proposal(LIST) is None


def test_reasons_are_asked_for_and_need_not_stand_in_the_history_of_the_shell(work: Path) -> None:
    said = ["retention", "hold", "killings", "restricted-list", "--work", str(work)]
    said += ["--until", "2199-12-31", "--desk", "desk-legal"]
    assert CliRunner().invoke(app, said, input="order of an invented court\n").exit_code == 0
    told = "\n".join(propose(work / "killings", TODAY, show=True))
    assert "order of an invented court" in told


def test_the_command_alone_tells_of_every_sealed_study(work: Path) -> None:
    told = CliRunner().invoke(app, ["retention", "--work", str(work)])
    assert told.exit_code == 0 and "restricted-list: 3 rows; nobody has said" in told.output
    none = CliRunner().invoke(app, ["retention", "--work", str(work / "nothing")])
    assert none.output.startswith("No study is sealed")


def test_a_hold_stops_what_is_decided_and_only_safety_prevails(work: Path, tmp_path: Path) -> None:
    home = work / "killings"
    keep_for(home, 12, 12)
    list(propose(home, LATER))
    decide(home)
    assert "until 2999-01-01, by desk-legal" in hold(home, held(home))
    with pytest.raises(RunError, match="a legal hold is in force"):
        list(apply_decision(home, LIST, [], LATER))
    said = "\n".join(propose(home, LATER))
    assert "Hold 1 on restricted-list" in said and "nothing is due, or a hold" in said
    assert WHY not in said and WHY in "\n".join(propose(home, LATER, show=True))
    with pytest.raises(RunError, match=r"by desk-legal.*--in-danger: it overrides") as told:
        say(work, tmp_path)
    assert not any(word in str(told.value) for word in (*PERSON.split(), *WHY.split()[2:]))
    say(work, tmp_path, in_danger=True)
    assert rows_left(work) == 2 and len(read_book(home).safety) == 1
    assert len(read_book(home).rows[LIST]) == 2
    assert traces(tmp_path) == []
    with pytest.raises(RunError, match="Say with --why"):
        lift(home, 1, "desk-legal", " ")
    for _ in range(2):  # one desk alone does not lift it, however often it says so
        assert "hold 1 is still in force; 1 more desk" in lift(home, 1, "desk-legal", WHY)
    said = "\n".join(propose(home, LATER))
    assert "to be lifted, says desk-legal" in said and WHY not in said
    assert "nothing is due, or a hold" in said
    assert lift(home, 1, "desk-4", "the court has ended it").endswith("by desk-4, desk-legal")
    assert "rows 2, files 1" in "\n".join(propose(home, LATER))


def test_a_hold_on_one_row_keeps_that_row_alone(work: Path, tmp_path: Path) -> None:
    home = work / "killings"
    keep_for(home, 12, 120)
    ref = sorted(read_book(home).rows[LIST])[0]
    with pytest.raises(RunError, match="No row of this list"):
        hold(home, held(home, ref="zzz"))
    hold(home, held(home, ref=ref[:12]))
    assert "rows 2, files 0" in "\n".join(propose(home, LATER))
    decide(home)
    list(apply_decision(home, LIST, [], LATER))
    assert list(read_book(home).rows[LIST]) == [ref] and rows_left(work) == 1


def test_an_open_study_has_no_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.delenv("HRD_IDENTITY", raising=False)
    build("killings", [restricted(tmp_path)], tmp_path / "work", open_on_this_machine=True)
    home = tmp_path / "work" / "killings"
    with pytest.raises(RunError, match="followed for sealed lists only"):
        list(propose(home, LATER))
    assert not list(home.glob("*retention*"))


def test_counts_of_rows_of_a_sealed_list_are_sealed_also_those_of_earlier_versions(
    work: Path, tmp_path: Path
) -> None:
    made = build("killings", [sealed(tmp_path)], work)
    assert [p.name for p in made.folder.glob("quality*")] == ["quality.json.age"]
    assert made.quality[0]["rows_in"] == 3 and not made.is_new
    old = work / "killings" / "0ld"
    old.mkdir()
    (old / "cases.parquet.age").write_bytes(b"")
    (old / "quality.json").write_text('[{"rows_in": 3}]', encoding="utf-8")
    facts = read_json(made.folder / "sources.json")
    write_json(old / "sources.json", [{**facts[0], "sha256": "5eed" * 16}])
    assert build("killings", [sealed(tmp_path)], work).sealed == (
        "killings/0ld/quality.json",
        "killings/0ld/sources.json",
    )
    assert files_of_build(old)[0]["sha256"] == "5eed" * 16
    plain = {p.name for p in work.rglob("*") if p.is_file() and p.suffix not in (".age", ".lock")}
    assert plain == {"current", "sources.json", "build.json"}
    text = "".join(p.read_text() for p in work.rglob("*.json"))
    assert "rows_in" not in text and "names_to_review" not in text
    assert "5eed" not in text and files_of_build(made.folder)[0]["sha256"] not in text


def test_a_persons_rows_are_due_together() -> None:
    book = RetentionBook(rows={LIST: {"a": "2020-01-01", "b": "2026-01-01", "c": "2020-01-01"}})
    persons = [{"a", "b"}, {"c"}]
    found = propose_deletion(book, RetentionTerm(LIST, 12, 12), persons, dt.date(2026, 6, 1))
    assert found == DeletionProposal(LIST, "2026-06-01", ("c",))


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.integers(1, 600))
def test_what_is_kept_for_months_is_due_once_and_for_good(since: dt.date, months: int) -> None:
    day = since + dt.timedelta(days=31 * months)
    assert is_due(since.isoformat(), months, day)
    assert not is_due(since.isoformat(), months, since + dt.timedelta(days=28 * months - 1))


def test_a_book_is_read_as_it_was_written_and_a_damaged_one_is_refused(
    work: Path, tmp_path: Path
) -> None:
    one = DeletionProposal(LIST, "2026-01-01", ("a",), ("f",), {"desk-1": "x"}, True, ("f",))
    book = RetentionBook(
        {LIST: {"a": "2026-01-01"}}, [], ["b1"], [RetentionTerm(LIST, 1, 2)], [], [one]
    )
    assert RetentionBook.from_bytes(book.to_bytes()) == book
    (work / "killings" / "retention.json").write_text("{}", encoding="utf-8")
    with pytest.raises(RunError, match="is damaged"):
        read_book(work / "killings")


@pytest.mark.parametrize("keep", ["{rows_months: 5}", "{rows_months: 5, files_months: soon}", "7"])
def test_source_yml_says_how_long_in_months(keep: str) -> None:
    text = (
        Path(__file__).parents[1] / "hrdresearch/sources/restricted_list/source.yml"
    ).read_text()
    values = parse_yaml(text)
    values["policy"]["keep"] = {"rows_months": 60, "files_months": 24}
    _check("source.yml", values)
    values["policy"]["keep"] = parse_yaml(f"keep: {keep}")["keep"]
    with pytest.raises(SourceFactsError, match="rows_months and files_months"):
        _check("source.yml", values)


def test_a_build_says_of_which_list_nobody_has_said_how_long_it_is_kept(
    work: Path, tmp_path: Path
) -> None:
    said = (
        "restricted-list: nobody has said how long it is kept (hrdresearch retention declare killings "
        "restricted-list)"
    )
    assert said in build("killings", [sealed(tmp_path)], work).releases
    keep_for(work / "killings", 12, 12)
    assert said not in build("killings", [sealed(tmp_path)], work).releases
