"""The questions about a list of one's own at the terminal; all persons and words are invented."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from openpyxl import Workbook
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.cli.asking import is_confirmed
from hrdresearch.run.own_lists import write_source
from hrdresearch.run.own_lists.answers import values_to_ask
from hrdresearch.run.own_lists.prompts import LANGUAGES, speak
from hrdresearch.run.own_lists.uncoded import looked_at
from hrdresearch.sources import load
from hrdresearch.vocab import vocabulary

VALUE = re.compile(r"\{(\w+)")
HEAD = "Nombre,Fecha de detención,País,Autoridad que detuvo,Lugar de detención,Situación actual"
CAPTORS = ["A.F."] * 4 + ["Los de siempre"] * 3 + ["PNC", "PNC", "unos tipos"]
PLACES = ["La Modelito"] * 5 + ["Penal", "Penal", "Casa de la abuela", "Penal", "Penal"]
STATUSES = ["presa"] * 7 + ["se nos fue en custodia"] * 2 + ["libre"]


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    path = tmp_path / "lista.csv"
    names = ("Ana", "Bea", "Carla", "Dora", "Ema", "Fina", "Gala", "Hilda", "Irma", "Julia")
    days = ["" if n in (7, 8) else f"{n + 13}/03/2021" for n in range(10)]  # no day, no status
    rows = [
        f"{n} Invento Prueba,{d},NIC,{c},{p},{s}"
        for n, d, c, p, s in zip(names, days, CAPTORS, PLACES, STATUSES, strict=True)
    ]
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return path


def ask(path: Path, typed: list[str], *more: str, exit_code: int = 0) -> str:
    line = ["source", "new", str(path), "--table", "detentions", "--ask"]
    line += ["--language", "en", *more]
    made = CliRunner().invoke(app, line, input="\n".join(typed) + "\n")
    assert made.exit_code == exit_code, made.output + repr(made.exception)
    return made.output


def source(path: Path) -> dict[str, Any]:
    return yaml.safe_load((path.parent / "sources/lista/source.yml").read_text("utf-8"))


COLUMNS, TEXTS = [""] * 3, [""] * 6


def test_all_values_without_a_code_are_asked_with_their_rows_the_most_frequent_first(
    listed: Path,
) -> None:
    answers = ["killed", "prison", "armed_forces", "?", ""]
    said = ask(listed, [*COLUMNS, *TEXTS, *answers])

    asked = [line for line in said.splitlines() if "-> ?" in line]
    assert [line.split(" -> ")[0] for line in asked] == [
        "(1 of 5) 'se nos fue en custodia' (2 rows)",  # who is in no number stands first
        "(2 of 5) 'La Modelito' (5 rows)",
        "(3 of 5) 'A.F.' (4 rows)",
        "(4 of 5) 'Los de siempre' (3 rows)",
    ]
    assert "(5 of 5) 1 more values have no code, each in one row" in said
    rows = load("lista", listed).accepted
    assert (rows["perpetrator_codes"] == "armed_forces").sum() == 4
    assert (rows["detention_place_code"] == "prison").sum() == 9 - 1
    assert len(rows) == 10 - 2  # two were killed, and no day of arrest says that they were held


def test_values_of_one_row_are_asked_where_the_user_wants_it(listed: Path) -> None:
    said = ask(listed, [*COLUMNS, *TEXTS, *[""] * 4, "y", "private_individual"])

    assert "(6 of 6) 'unos tipos' (1 row) -> ? [Enter: stays without a code]" in said
    assert source(listed)["crosswalks"]["perpetrator"]["unos tipos"] == "private_individual"
    assert load("lista", listed).accepted["perpetrator_codes"].tolist()[-1] == "private_individual"


def test_without_an_answer_values_of_one_row_are_not_written(listed: Path) -> None:
    said = ask(listed, [*COLUMNS, *TEXTS, *[""] * 5])
    assert "[Enter: all 1 stay without a code]" in said and "unos tipos" not in said
    text = (listed.parent / "sources/lista/source.yml").read_text("utf-8")
    assert "unos tipos" not in text and 'Los de siempre: "?"' in text


def test_abbreviations_and_places_of_several_rows_are_open_lines_and_names_are_not(
    listed: Path,
) -> None:
    listed.write_text(listed.read_text("utf-8").replace("Los de siempre", "Don Invento"), "utf-8")
    text = write_source(listed, "lista", table="detentions").read_text("utf-8")
    assert '"A.F.": "?"  # 4 rows have no code' in text
    assert 'La Modelito: "?"  # 5 rows have no code' in text
    assert "Don Invento" not in text  # it may be a person


def test_each_question_says_what_enter_does_and_how_many_there_are(listed: Path) -> None:
    said = ask(listed, [*COLUMNS, *TEXTS, *[""] * 5])
    asked = [line for line in said.splitlines() if line.startswith("(")]
    assert len(asked) == 14 and all("[Enter: " in line for line in asked)
    assert "(2 of 9) 'Lugar de detención' is taken for detention_place" in said
    assert "[Enter: yes, detention_place]" in said


def test_b_goes_back_to_the_question_before_and_takes_its_answer_away(listed: Path) -> None:
    typed = ["-", "b", "", "", "b", "-", ""]  # the first column, again; the second, again
    said = ask(listed, ["b", *typed, *TEXTS, *[""] * 4])

    assert "This is the first question." in said
    reads = source(listed)["layouts"]["list"]["reads"]
    assert "authority" in reads and "detention_place" not in reads


def test_b_takes_the_code_of_a_value_away_from_the_file(listed: Path) -> None:
    ask(listed, [*COLUMNS, *TEXTS, "killed", "prison", "b", "b", "detained", *[""] * 4])
    codes = source(listed)["crosswalks"]
    assert codes["list_status"]["se nos fue en custodia"] == "detained"
    assert codes["detention_place"]["La Modelito"] == "?"


def test_q_stops_and_keeps_the_answers(listed: Path) -> None:
    said = ask(listed, ["-", "q"])
    assert "authority" not in source(listed)["layouts"]["list"]["reads"]
    assert "# GUESS: place of detention" in (listed.parent / "sources/lista/source.yml").read_text(
        "utf-8"
    )
    assert "se nos fue en custodia' (2 rows)" not in said  # no further question

    ask(listed, [*COLUMNS, *TEXTS, "detained", "q"], "--replace")
    assert source(listed)["crosswalks"]["list_status"]["se nos fue en custodia"] == "detained"


@pytest.mark.parametrize(
    ("language", "back", "stop", "yes"),
    [
        ("es", "atrás", "parar", "sí, authority"),
        ("fr", "retour", "arrêter", "oui, authority"),
        ("ar", "رجوع", "توقف", "نعم، authority"),
        ("ru", "назад", "стоп", "да, authority"),
    ],
)
def test_the_words_are_those_of_the_language(
    language: str, back: str, stop: str, yes: str, listed: Path
) -> None:
    said = ask(listed, ["", back, stop], "--language", language)
    assert said.count(f"[Enter: {yes}]") == 2
    assert "Type b" not in said and "of 9" not in said


def test_every_prompt_is_there_in_each_language_with_the_same_values() -> None:
    known = vocabulary("list_prompts")
    for key, words in known["words"].items():
        values = {language: set(VALUE.findall(text)) for language, text in words.items()}
        assert set(values) == set(LANGUAGES), key
        assert len({frozenset(v) for v in values.values()}) == 1, key
    for words in [*known["commands"].values(), *known["remarks"]]:
        assert set(words) == set(LANGUAGES)


def test_what_was_not_answered_is_asked_again_from_the_file(listed: Path) -> None:
    text = listed.read_text("utf-8").replace(",NIC,", ",").replace("País,", "")
    listed.write_text(re.sub(r"\d\d/03", "05/03", text), encoding="utf-8")
    ask(listed, ["q"])
    stopped = source(listed)["layouts"]["list"]["reads"]
    assert (stopped["arrest_date"]["order"], stopped["state"]) == ("?", {"value": "?"})

    columns = ["", "dmy", "", "", "-", "nic"]  # a guess and its order, three guesses, the State
    said = again(listed, [*columns, "", ""])

    reads = source(listed)["layouts"]["list"]["reads"]
    assert (reads["arrest_date"]["order"], reads["state"]) == ("dmy", {"value": "NIC"})
    assert {"authority", "detention_place", "status"} - set(reads) == {"authority"}
    assert "'A.F.'" not in said  # nobody reads it
    text = (listed.parent / "sources/lista/source.yml").read_text("utf-8")
    assert text.count("# checked") == 3 and "# left out, as you said" in text


def again(path: Path, typed: list[str]) -> str:
    from hrdresearch.cli.list_questions import ask_what_is_left

    app_of_one = typer.Typer()
    app_of_one.command()(lambda: ask_what_is_left("lista", path) and None)
    made = CliRunner().invoke(app_of_one, [], input="\n".join(typed) + "\n")
    assert made.exit_code == 0, made.output + repr(made.exception)
    return made.output


def test_the_words_of_a_legend_stand_beside_an_abbreviation_without_a_code(
    listed: Path, tmp_path: Path
) -> None:
    book = Workbook()
    book.active.append(["Nombre", "Fecha de detención", "País", "Autoridad que detuvo"])
    for n in range(1, 7):
        who = "A.F." if n < 4 else "PNC"
        book.active.append([f"Ana Invento {'ABCDEF'[n - 1]}", f"2021-03-{n + 12}", "NIC", who])
    legend = book.create_sheet("Claves")
    for row in (("Clave", "Significado"), ("A.F.", "Los de azul"), ("Z.Z.", "Otros")):
        legend.append(row)
    path = tmp_path / "lista.xlsx"
    book.save(path)
    source = write_source(path, "lista", table="detentions")
    loaded, uncoded = looked_at("lista", path, explains=True)
    assert loaded is not None
    [line] = [x for x in values_to_ask(source.read_text("utf-8"), uncoded) if x.text == "A.F."]
    assert (line.rows, line.means, line.code) == (3, "Los de azul", "?")
    assert "'A.F.' (3 rows: Los de azul) -> ?" in again(path, [""] * 3)


def test_an_empty_day_of_release_is_asked_again_and_its_question_is_taken_out(listed: Path) -> None:
    rows = ["Ana Invento Uno,13/03/2021,NIC,15/04/2021", "Bea Invento Dos,14/03/2021,NIC,"]
    head = "Nombre,Fecha de detención,País,Fecha de liberación"
    listed.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    path = write_source(listed, "lista", table="detentions")
    assert "empty: unknown" in path.read_text("utf-8")
    again(listed, ["held"])
    text = path.read_text("utf-8")
    assert "empty: held" in text and "empty: unknown" not in text
    assert not load("lista", listed).notes


def test_yes_is_said_in_the_language_of_the_command() -> None:
    speak("es", [])
    asked = typer.Typer()
    asked.command()(lambda: typer.echo(f"said {is_confirmed('¿Es correcto?')}"))
    said = [CliRunner().invoke(asked, [], input=f"{word}\n").output for word in ("s", "", "n")]
    speak("en", [])
    assert ["said True" in one for one in said] == [True, False, False]
    assert "[Enter: no; s: sí]" in said[0]


def test_enter_alone_never_says_that_a_list_is_of_persons_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "lista.csv"
    path.write_text(
        "Nombre,Fecha del hecho,Municipio\nAna Invento Prueba,13/03/2021,Villa Una\n"
        "Bea Invento Prueba,14/03/2021,Villa Dos\n",
        encoding="utf-8",
    )
    line = ["source", "page", str(path), "--name", "lista", "--state", "NIC", "--language", "en"]
    line.append("--open-on-this-machine")
    stopped = CliRunner().invoke(app, line, input="\n\nq\n")
    assert "[Enter" not in stopped.output and stopped.exit_code == 1
    assert not (tmp_path / "sources/lista").exists()

    CliRunner().invoke(app, line, input="\nattacks\nq\n")
    assert source(path)["like"] == "attacks"
