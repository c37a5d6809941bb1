# ruff: noqa: E501 - rows of lists stand as they are
"""A list whose own codes are explained on a second sheet, and words of attacks; every person is invented."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from hrdresearch.clean.value_words import code_of
from hrdresearch.run.own_lists import look_at_list, write_source
from hrdresearch.run.own_lists.words import heading_scores
from hrdresearch.sources import load

HEADINGS = [
    "Ficha",
    "Nombre",
    "P-O",
    "Fecha",
    "Clave(s)",
    "Qué defiende",
    "Vía",
    "Respuesta del Estado",
]
ROWS = [
    ["F1", "Fulana Ejemplo Uno", "P", "13/02/2021", "A1", "TT", "WhatsApp", "desestimada"],
    ["F2", "Fulano Ejemplo Dos", "p", "14/02/2021", "A1; D1", "TT, MU", "en persona", "desestimada"],
    ["F3", "Grupo Ejemplo", "O", "15/06/2021", "D1", "MU", "presencial", "no denunció por temor"],
    ["F4", "Fulano Ejemplo Cuatro", "P", "16/06/2021", "D1 y C1", "TT", "S/D", "no denunció por temor"],
    ["F5", "Fulana Ejemplo Cinco", "P", "17/06/2021", "D1 y C1", "MU", "en persona", "n/i"],
]  # fmt: skip
KEY = [
    ["Claves de la Red"],
    ["Clave", "Qué es"],
    ["A1", "Amenaza de muerte"],
    ["D1", "Detención que la Red considera arbitraria"],
    ["C1", "Denuncia o acusación penal"],
    ["P / O", "persona / organización"],
    ["TT", "tierra y territorio"],
    ["MU", "derechos de las mujeres"],
]


@pytest.fixture
def workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    book = openpyxl.Workbook()
    for row in (HEADINGS, *ROWS):
        book.worksheets[0].append(row)
    key = book.create_sheet("Claves")
    for row in KEY:
        key.append(row)
    book.save(tmp_path / "lista.xlsx")
    return tmp_path / "lista.xlsx"


def test_codes_of_ones_own_are_guessed_by_the_words_of_the_sheet_that_explains_them(
    workbook: Path,
) -> None:
    look = look_at_list(workbook, "attacks")
    told = {p.column: (p.field, p.sure) for p in look.proposals}
    assert told["Clave(s)"] == ("act", "guess")
    assert told["Qué defiende"] == ("cause", "guess")
    assert told["P-O"] == ("victim", "guess")
    assert [told[c][0] for c in HEADINGS[-2:]] == ["space", "followed"]
    acts = look.crosswalks["attack_act"]
    assert (acts.sure, acts.guessed) == (
        {},
        {
            "A1": ("death_threat",),
            "D1": ("arbitrary_detention",),
            "D1 y C1": ("arbitrary_detention", "charge"),
        },
    )


def test_a_list_with_codes_of_its_own_is_read_as_its_key_says(workbook: Path) -> None:
    write_source(workbook, "lista", table="attacks", state="GTM")
    rows = load("lista", workbook).accepted
    found = rows[
        ["attack_act_codes", "cause_codes", "space_code", "accountability_codes", "victim_kinds"]
    ]
    expected = pd.DataFrame(
        [
            ["death_threat", "land_environment", "online", "nothing", "named"],
            ["death_threat|arbitrary_detention", "land_environment|womens_rights", "offline", "nothing", "named"],
            ["arbitrary_detention", "womens_rights", "offline", "nothing", "organization"],
            ["arbitrary_detention|charge", "land_environment", "not_recorded", "nothing", "named"],
            ["arbitrary_detention|charge", "womens_rights", "offline", "not_recorded", "named"],
        ],
        columns=found.columns,
    )  # fmt: skip
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def test_a_sheet_of_persons_explains_no_codes(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (HEADINGS, *ROWS):
        book.worksheets[0].append(row)
    other = book.create_sheet("Otra")
    for row in (HEADINGS, *ROWS):
        other.append(row)
    book.save(tmp_path / "lista.xlsx")
    look = look_at_list(tmp_path / "lista.xlsx", "attacks")
    assert {p.column: p.field for p in look.proposals}["P-O"] == ""


@pytest.mark.parametrize(
    "words",
    [
        ["complaint dismissed", "no complaint filed"],
        ["desestimada", "no denunció por temor"],
        ["classée sans suite", "pas de plainte"],
        ["arquivada", "não denunciou"],
        ["отказано в возбуждении", "заявление не подавалось"],
        ["حفظت الشكوى", "لم تقدم شكوى"],
    ],
)
def test_a_complaint_dismissed_or_never_filed_is_followed_by_nothing(words: list[str]) -> None:
    assert [code_of(word, "accountability") for word in words] == [(("nothing",), True)] * 2


@pytest.mark.parametrize(
    ("field", "headings"),
    [
        ("space", ["By what channel", "Vía", "Par quelle voie", "Por que meio", "القناة", "Каким путём"]),
        ("custody", ["If arrested", "Si hubo detención", "Si arrestation", "Se houve prisão", "في حال الاعتقال", "Если было задержание"]),
        ("charges", ["Criminal proceedings", "Proceso penal", "Procédure pénale", "Processo penal", "الدعوى الجنائية", "Ход уголовного дела"]),
        ("followed", ["Response of the State", "Respuesta del Estado", "Réponse de l'État", "Resposta do Estado", "استجابة الدولة", "Реакция государства"]),
        ("cause", ["What they defend", "Qué defiende", "Ce qu'elle défend", "O que defende", "عم يدافع", "Что защищает"]),
    ],
)  # fmt: skip
def test_headings_of_lists_of_attacks_are_known(field: str, headings: list[str]) -> None:
    assert [heading_scores(h).get(field, 0.0) >= 0.9 for h in headings] == [True] * 6


def test_a_case_merged_over_its_rows_is_the_identifier_of_the_event(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Ficha", "Caso", *HEADINGS[1:]])
    for number, row in enumerate(ROWS, start=1):
        sheet.append([row[0], None if number in (2, 5) else f"R-21/{number}", *row[1:]])
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("B5:B6")
    book.save(tmp_path / "lista.xlsx")
    told = {p.column: p.field for p in look_at_list(tmp_path / "lista.xlsx", "attacks").proposals}
    assert (told["Ficha"], told["Caso"]) == ("case_id", "event_id")
