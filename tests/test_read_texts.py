"""Texts on attacks become proposed rows, a person decides, and no text and no name goes further."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import docx
import pandas as pd
import pytest
import typst

from hrdresearch.cli import app
from hrdresearch.coding.narratives import propose_row, propose_rows
from hrdresearch.coding.pretext import code_charges, code_pretexts
from hrdresearch.coding.recommendations import code_recommendation, code_recommendations
from hrdresearch.coding.sentence import parse_sentence, parse_sentences
from hrdresearch.privacy.vault import VaultProblem
from hrdresearch.run import sealed_lists
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.run.incident_texts import IncidentText, read_incident_texts
from hrdresearch.run.reviews import incidents
from hrdresearch.run.reviews.incidents import accept_rows, write_proposals
from hrdresearch.studies.ground.build import current_build

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NAME = "Zelmira Quandoval"  # invented
TEXT = (
    f"On 3 May 2020 gunmen shot dead the environmental defender {NAME} and two journalists near "
    "Cotabato, the Philippines. Nobody has been arrested."
)
OTHER = "Police in Osh, Kyrgyzstan, threatened a blogger on 4 June 2021."


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))


@pytest.fixture
def proposed(tmp_path: Path) -> pd.DataFrame:
    texts = [IncidentText("appeal.txt", "", TEXT, ""), IncidentText("t.csv", "2", OTHER, "")]
    _, sheet, rows = write_proposals(texts, tmp_path)
    assert rows == 2
    return pd.read_csv(sheet, dtype=str, keep_default_na=False)


def fill(sheet: pd.DataFrame, file: Path, decisions: list[str], **cells: str) -> Path:
    sheet.assign(**{"decision": decisions, **cells}).to_csv(file, index=False)
    return file


def test_a_text_is_read_from_every_kind_of_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(OTHER, encoding="utf-8")
    page = f"<html><head><title>x</title></head><script>1</script><p>{OTHER}</p></html>"
    (tmp_path / "b.html").write_text(page, encoding="utf-8")
    word = docx.Document()
    word.add_paragraph(OTHER)
    word.save(str(tmp_path / "c.docx"))
    (tmp_path / "d.typ").write_text(OTHER, encoding="utf-8")
    typst.compile(str(tmp_path / "d.typ"), output=str(tmp_path / "d.pdf"))
    (tmp_path / "e.csv").write_text(f'published,text\n2021-06-05T10:00,"{OTHER}"\n,\n')
    found = read_incident_texts([tmp_path / f"{n}" for n in ("a.txt", "b.html", "c.docx", "d.pdf")])
    assert [" ".join(t.text.split()) for t in found] == [OTHER] * 4
    assert list(read_incident_texts([tmp_path / "e.csv"])) == [
        IncidentText("e.csv", "2", OTHER, "2021-06-05")
    ]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.odt", b"x", "expected a file of type"),
        ("a.pdf", b"no pdf", "a.pdf cannot be read"),
        ("a.txt", b"\xff\xfe\xff", "a.txt cannot be read"),
        ("a.csv", b"story\nx\n", "--column"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Exception, match=words):
        list(read_incident_texts([tmp_path / name]))


def test_each_value_is_proposed_with_the_words_it_rests_on(proposed: pd.DataFrame) -> None:
    row = proposed.iloc[0]
    assert row[
        ["date", "place", "state_iso3", "violations", "perpetrator", "victims"]
    ].tolist() == [
        "2020-05-03",
        "Cotabato",
        "PHL",
        "killing",
        "actors_without_permissions",
        "human_rights_defender|journalist",
    ]
    words = {e["field"]: TEXT[slice(*e["at"])] for e in json.loads(row["evidence"])}
    assert (words["date"], words["place"]) == ("3 May 2020", "Cotabato")
    assert words["violations"] == "shot dead"


def test_accepted_rows_are_kept_a_row_for_each_victim_and_refused_ones_are_not(
    proposed: pd.DataFrame, tmp_path: Path
) -> None:
    filled = fill(proposed, tmp_path / "f.csv", ["change", "refuse"], number_of_victims="3")
    file, texts, rows = accept_rows(filled, tmp_path)
    kept = pd.read_csv(file, dtype=str)
    assert (texts, rows, kept["incident_id"].nunique()) == (1, 3, 1)
    assert kept["case_id"].is_unique and "text" not in kept and "file" not in kept
    accept_rows(fill(proposed, tmp_path / "f.csv", ["refuse", "accept"]), tmp_path)
    assert pd.read_csv(file)["state_iso3"].tolist() == ["KGZ"]


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("decision", "yes", "row 2: decision must be accept"),
        ("violations", "murder", "row 2: violations"),
        ("state_iso3", "Kenya", "row 2: state_iso3"),
        ("date", "3 May", "row 2: write the date"),
        ("number_of_victims", "many", "row 2: number_of_victims"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_kept(
    proposed: pd.DataFrame, tmp_path: Path, column: str, cell: str, words: str
) -> None:
    filled = fill(proposed, tmp_path / "f.csv", ["accept", ""], **{column: cell})
    with pytest.raises(RunError, match=words):
        accept_rows(filled, tmp_path)
    assert not (tmp_path / "read" / "accepted.csv").exists()


def test_the_sheets_are_for_their_owner_only_and_lie_in_the_opened_vault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = tmp_path / "vault"
    monkeypatch.setattr(incidents, "copy_in_memory", lambda file: vault / file.name)
    page, sheet, _ = write_proposals([IncidentText("a.txt", "", TEXT, "")], tmp_path / "work")
    assert {page.parent, sheet.parent} == {vault} and not (tmp_path / "work").exists()
    assert {stat.S_IMODE(file.stat().st_mode) for file in (page, sheet)} == {0o600}


def test_where_the_killings_are_sealed_no_sheet_lies_open_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed_lists, "_is_study_sealed", lambda home: home.name == "killings")
    monkeypatch.setattr(sealed_lists, "is_in_memory", lambda file: False)
    with pytest.raises(VaultProblem, match="lie open on the disk"):
        write_proposals([IncidentText("a.txt", "", TEXT, "")], tmp_path / "work")
    assert not (tmp_path / "work").exists()


def test_no_text_and_no_name_goes_beyond_the_sheets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    work = tmp_path / "work"
    (tmp_path / "appeal.txt").write_text(TEXT, encoding="utf-8")
    app(["read", str(tmp_path / "appeal.txt"), "--work", str(work)], standalone_mode=False)
    sheet = pd.read_csv(work / "read" / "proposals.csv", dtype=str, keep_default_na=False)
    assert NAME in sheet["text"].iloc[0]
    filled = fill(sheet, tmp_path / "filled.csv", ["accept"])
    app(["read", str(filled), "--accept", "--work", str(work)], standalone_mode=False)
    accepted = work / "read" / "accepted.csv"
    list_of = [SourceFile("accepted-incidents", accepted, False)]
    build("killings", list_of, work, open_on_this_machine=True)
    cases = current_build("killings", work).table("cases")
    assert cases[["state_iso3", "event_year"]].to_numpy().tolist() == [["PHL", 2020]]
    beyond = [accepted, *(f for f in (work / "killings").rglob("*") if f.is_file())]
    words = [word.encode() for word in (*NAME.split(), "shot dead")]
    assert [f.name for f in beyond if any(w in f.read_bytes() for w in words)] == []
    assert NAME.split()[1] not in "".join(capsys.readouterr())


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_in_a_browser_a_row_is_changed_and_comes_back(
    proposed: pd.DataFrame, tmp_path: Path
) -> None:
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync.sync_playwright() as p:
        chromium = p.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        view = chromium.new_page()
        view.goto((tmp_path / "read" / "proposals.html").as_uri())
        view.click("#start")
        view.click("section:visible .open")
        assert "shot dead" in view.locator("section:visible mark").all_inner_texts()
        axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
        assert [v["id"] for v in axe.run(view).response["violations"]] == []
        view.fill("section:visible [name=place]", 'Cotabato, "old" town')
        view.select_option("section:visible [name=decision]", "change")
        with view.expect_download() as saved:
            view.click("#save")
        saved.value.save_as(tmp_path / "decisions.csv")
        chromium.close()
    file, texts, _ = accept_rows(tmp_path / "decisions.csv", tmp_path)
    assert texts == 1 and pd.read_csv(file)["place"].iloc[0] == 'Cotabato, "old" town'


def test_texts_are_coded_alike_one_by_one_by_the_pipe_and_in_two_processes() -> None:
    charges = [("sedition", ""), ("art. 280.3", "RUS"), ("", ""), ("Police fired at a rally.", "")]
    one_by_one = [code_pretexts(text, state=state) for text, state in charges]
    assert list(code_charges(charges)) == list(code_charges(charges, n_process=2)) == one_by_one
    code_pretexts("sedition").clear()  # the reading that is kept is nobody's to change
    assert list(code_charges(charges)) == one_by_one
    terms = ["5 years in prison", "", "muerte", "seis años de prisión, dos en suspenso", "?"]
    assert (
        list(parse_sentences(terms))
        == list(parse_sentences(terms, n_process=2))
        == [parse_sentence(term) for term in terms]
    )
    first, again = parse_sentences(["5 years in prison"] * 2)
    assert first is again  # read once
    texts = [
        ("Police arrested a reporter in Osh, Kyrgyzstan, on 7 March 2024.", ""),
        ("Three farmers were shot yesterday in Savannah, Georgia.", "2024-05-02"),
    ]
    assert (
        list(propose_rows(texts))
        == list(propose_rows(texts, n_process=2))
        == [propose_row(*text) for text in texts]
    )
    asked = ["Protéger les défenseurs des droits humains", "Build roads", "Protect journalists"] * 2
    assert list(code_recommendations(asked)) == [code_recommendation(text) for text in asked]
