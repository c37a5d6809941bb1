"""A guess never says what a value denies, and is told until it is confirmed; persons are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrdresearch.clean.value_words import code_of
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.own_lists import write_source
from hrdresearch.run.own_lists.shown_rows import guesses_left
from hrdresearch.sources import load
from hrdresearch.sources.own_guesses import guesses_of_own


@pytest.mark.parametrize(
    ("cell", "vocabulary"),
    [
        ("Vecino / no indígena", "identity"),
        ("no se identifica como persona indígena", "identity"),
        ("Indígena: no", "identity"),
        ("non-indigenous", "identity"),
        ("not a journalist", "identity"),
        ("never worked as a lawyer", "identity"),
        ("pas journaliste", "identity"),
        ("não é liderança indígena", "identity"),
        ("не журналист", "identity"),
        ("ليس صحفيا", "identity"),
        ("no fue la policía", "perpetrator"),
        ("arrêté, sans lien avec la police", "perpetrator"),
        ("арестован не был", "list_status"),
        ("no murió en prisión", "detention_exit"),
        ("investigation not started", "impunity"),
        ("без отношения к земле", "cause"),
    ],
)
def test_a_value_is_never_guessed_to_be_what_it_denies(cell: str, vocabulary: str) -> None:
    assert code_of(cell, vocabulary) == ((), False)


@pytest.mark.parametrize(
    ("cell", "vocabulary", "codes"),
    [
        ("Mestizo / no indígena", "identity", {"other"}),
        ("líder campesino sin tierra", "identity", {"landless", "farmer"}),
        ("trabalhador rural no campo", "identity", {"farmer"}),
        ("avocat d'une organisation non gouvernementale", "identity", {"lawyer"}),
        ("personne autochtone", "identity", {"indigenous"}),
        ("hombres armados sin identificar de noche", "perpetrator", {"unknown"}),
        ("لا يزال محتجزا حتى اليوم", "list_status", {"detained"}),
        ("Police station No. 5", "perpetrator", {"police"}),
    ],
)
def test_a_word_of_denial_that_denies_nothing_leaves_the_code(
    cell: str, vocabulary: str, codes: set[str]
) -> None:
    assert set(code_of(cell, vocabulary)[0]) == codes


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """An invented list with one column and two values that are guessed, and its source.yml."""
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    rows = [
        "Ann Example,2020-02-13,Brazil,guards of the estate of Example,Found by a neighbour"
    ] * 3
    rows += ["Bea Example,2020-02-14,Brazil,policemen of the town of Example,"] * 2
    heads = "Name,Date of death,Country,Perpetrator,Some obs."
    path = tmp_path / "list.csv"
    path.write_text("\n".join([heads, *rows]), encoding="utf-8")
    source = write_source(path, "my-list")
    source.write_text(
        source.read_text("utf-8") + "basis: The invented organization agreed in writing.\n", "utf-8"
    )
    return path, source


def test_each_guess_is_told_with_its_column(written: tuple[Path, Path]) -> None:
    found = [(g.columns, g.value) for g in guesses_of_own("my-list")]
    assert found == [
        (("Some obs.",), ""),
        (("Perpetrator",), "guards of the estate of Example"),
        (("Perpetrator",), "policemen of the town of Example"),
    ]


def test_guesses_are_listed_once_and_then_counted(written: tuple[Path, Path]) -> None:
    told = list(guesses_left("my-list"))
    assert len(told) == 5 and any("guards of the estate" in line for line in told)
    first, counted = guesses_left("my-list", is_short=True)
    assert first == told[0] and counted == "  'Some obs.' 1; 'Perpetrator' 2"


def test_a_build_counts_the_guesses_until_they_are_confirmed(
    written: tuple[Path, Path], tmp_path: Path
) -> None:
    path, source = written
    said = [
        "1 column is read by a guess that nobody has confirmed: Some obs.",
        "2 values of column Perpetrator were matched by a guess that nobody has confirmed.",
    ]
    assert [str(n) for n in load("my-list", path).notes if "guess" in str(n)] == said

    files = [SourceFile("my-list", path)]
    made = build("killings", files, tmp_path / "work", open_on_this_machine=True)
    [account] = made.quality
    assert account["guesses"] == 3
    assert [n["words"] for n in account["notes"] if "guess" in n["words"]] == [
        "{columns} column is read by a guess that nobody has confirmed: {named}.",
        "{values} values of column {column} were matched by a guess that nobody has confirmed.",
    ]

    source.write_text(source.read_text("utf-8").replace("GUESS", "checked"), encoding="utf-8")
    assert [str(n) for n in load("my-list", path).notes if "guess" in str(n)] == []


def test_beside_a_value_without_a_code_stand_the_codes_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "list.csv"
    rows = ["Ann Example,2020-02-13,Brazil,zzz vvv,urban"] * 2
    path.write_text("\n".join(["Name,Date of death,Country,Perpetrator,Setting", *rows]), "utf-8")
    text = write_source(path, "my-list").read_text("utf-8")

    told = " ".join(line.strip(" #") for line in text.splitlines() if line.startswith("    # "))
    assert (
        "Its codes (data dictionary, 'Kind of perpetrator'): police, armed_forces, "
        "government_officials, paramilitary (Paramilitary and private military actors)"
    ) in told
    assert "'Setting'" not in told  # each of its values has a code
    assert max(map(len, text.splitlines())) < 125

    assert '    zzz vvv: "?"  # 2 rows have no code' in text
    assert load("my-list", path).accepted["perpetrator_codes"].tolist() == ["not_recorded"] * 2
    assert [g.value for g in guesses_of_own("my-list") if g.value] == []
    source = tmp_path / "sources" / "my-list" / "source.yml"
    source.write_text(text.replace('zzz vvv: "?"', "zzz vvv: hitmen"), encoding="utf-8")
    assert load("my-list", path).accepted["perpetrator_codes"].tolist() == ["hitmen"] * 2


def test_guesses_are_found_however_a_reader_has_written_their_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path))
    (tmp_path / "my-list").mkdir()
    (tmp_path / "my-list" / "source.yml").write_text(
        """\
# GUESS is explained here
layouts:
  list:
    case: ID  # GUESS: rows of one case are joined
    reads:
      # GUESS: near
      cause:
        column: Causa
      # GUESS: a title names it
      state: {value: COL}
crosswalks:
  cause:
    "#1: land": land_environment  # GUESS
    agua: [land_environment, human_rights]  # GUESS: Land
    mina: land_environment  # checked: Land
""",
        encoding="utf-8",
    )
    assert [(g.columns, g.value) for g in guesses_of_own("my-list")] == [
        (("ID",), ""),
        (("Causa",), ""),
        (("state",), ""),
        (("Causa",), "#1: land"),
        (("Causa",), "agua"),
    ]
