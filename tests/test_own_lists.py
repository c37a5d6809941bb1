# ruff: noqa: E501 - rows of lists stand as they are
"""Proposals for lists of unknown columns, in four languages; every person is invented."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from hrdresearch.clean.value_words import code_of
from hrdresearch.cli import app
from hrdresearch.run.errors import RunError
from hrdresearch.run.own_lists import look_at_list, propose_columns, write_source
from hrdresearch.run.own_lists.dates_of_column import date_form
from hrdresearch.run.own_lists.words import heading_scores, says_the_contrary
from hrdresearch.sources import SourceError, get_facts, load

LISTS = {
    "es": """N°,Nombres,Apellidos,Fecha del hecho,Depto.,Municipio,Sexo,Ocupación,Presunto responsable
1,Fulana,Ejemplo Uno,31/12/2020,Cauca,Villa Una,F,Lideresa indígena,Policía
2,Beltrano,Ejemplo Dos,05/02/2021,Chocó,Villa Dos,M,Campesino,Sicarios
3,Sicrana,Ejemplo Tres,13/07/2021,Nariño,Villa Tres,F,Abogada,Ejército
4,Mengano,Ejemplo Cuatro,03/02/2021,Cauca,Villa Cuatro,M,Campesino,Paramilitares
5,Zutana,Ejemplo Cinco,30/01/2021,Cauca,Villa Una,F,Periodista,Policía
""",
    "ar": """الرقم,الاسم الكامل,البلد,تاريخ الاعتقال,الجنس,العمر,التهمة,الحكم,الحالة,السجن
1,فلانة مثال أولى,مصر,1442/09/01,أنثى,34,نشر أخبار كاذبة,السجن خمس سنوات,معتقل,سجن مثال
2,فلان مثال ثان,مصر,1442/10/15,ذكر,41,الانضمام إلى جماعة إرهابية,السجن ثلاث سنوات,مفرج عنه,سجن مثال
3,علان مثال ثالث,الأردن,1443/01/20,ذكر,29,التظاهر بدون ترخيص,,معتقل,سجن آخر
4,زيد مثال رابع,مصر,1443/02/02,ذكر,20,نشر أخبار كاذبة,السجن سنتين,معتقل,سجن مثال
5,هند مثال خامسة,مصر,1443/05/11,أنثى,53,نشر أخبار كاذبة,,مفرج عنه,سجن آخر
""",
    "ru": """№ п/п;ФИО;Страна;Дата ареста;Пол;Возраст;Статья;Приговор;Статус;Источник
1;Примеров Пример Примерович;Россия;01.02.2021;м;34 года;ст. 280 УК;5 лет лишения свободы;в заключении;https://example.org/1
2;Образцова Анна Примеровна;Россия;17.03.2021;ж;41 год;ст. 207.3 УК;7 лет лишения свободы;в заключении;https://example.org/2
3;Примеров Иван Образцович;Беларусь;25.03.2021;м;29 лет;ст. 342;3 года лишения свободы;освобожден;https://example.org/3
4;Тестов Тест Тестович;Россия;30.04.2021;м;20 лет;ст. 280 УК;;под стражей;https://example.org/4
5;Тестова Мария Примеровна;Россия;02.05.2021;ж;53 года;ст. 207.3 УК;6 лет лишения свободы;в заключении;https://example.org/5
""",
    "en": """Case No,Victim's name,Date of killing,Country,Province,Town,Gender,Age,Type of defender,Issue,Suspected perpetrator,Threats before?,Summary
K-1,Ann Example,2020-05-31,Kenya,Coast,Old Town,Female,34,Journalist,Corruption,Police; Hired killers,Yes,Found dead after she had reported on a tender of the county for weeks
K-2,Ben Example,2020-06-01,Uganda,West,New Town,Male,41,Lawyer,Land,Unknown,No,Shot at the gate of his office when he came back from the court at noon
K-3,Cec Example,2020-07-05,Kenya,Coast,Old Town,Male,n/a,Farmer,Land,Company,Yes,Killed on the way to a meeting of the village on the new plantation
K-4,Dot Example,2020-08-15,Kenya,Rift,Far Town,Female,29,Journalist,Human rights,Police,No,Died in hospital of wounds from a rubber bullet at a demonstration
K-5,Eve Example,2020-09-30,Uganda,West,New Town,Female,50,Activist,Women's rights,Relatives,Yes,Stabbed at home by men who had called her before and told her to stop
""",
}
LISTS[
    "en detentions"
] = """Timestamp,Full name of victim,DOB,Sex (M/F),Country of incident,Date arrested,Charge(s),Sentence (years),Current status,Released on,Name of prison,Organisation reporting
2021-01-02 10:00,Ann Example,1980-02-03,F,Kenya,14/02/2020,Incitement,5 years,In prison,,Example Prison,Example Group
2021-01-03 11:00,Ben Example,1975-05-06,M,Kenya,03/03/2020,Unlawful assembly,,Released,20/04/2020,Example Prison,Example Group
2021-01-04 12:00,Cec Example,,M,Uganda,25/03/2020,Terrorism,10 years,In prison,,,Other Group
"""
# As Uwazi exports a template: dates as seconds or as from:to, places as lat|lon, several values by |.
LISTS[
    "uwazi"
] = """Title,Date added,Template,Date of killing,Country,Municipality,Geolocation,Gender,Age,Type of defender,Rights defended,Alleged perpetrators,Related cases,Documents,Description
Ann Example One,1610409600,Killing,1590883200,Kenya,Old Town,-1.28333|36.81667,Female,34,Journalist|Community leader,Land rights|Environment,Police|Military,Ben Example Two,a.pdf,Found dead after she had reported on a tender of the county for weeks
Ben Example Two,1610496000,Killing,1590969600,Uganda,New Town,0.31361|32.58111,Male,41,Lawyer,Freedom of expression,Unknown,Ann Example One|Cec Example Three,b.pdf,Shot at the gate of his office when he came back from the court at noon
Cec Example Three,1610582400,Killing,1593907200,Kenya,Old Town,-1.28333|36.81667,Male,51,Community leader,Land rights,Private security,,c.pdf,Killed on the way to a meeting of the village on the new plantation
Dot Example Four,1610668800,Killing,1597449600,Kenya,Far Town,-1.28333|36.81667,Female,29,Journalist,Labour rights,Police,,d.pdf,Died in hospital of wounds from a rubber bullet at a demonstration
Eve Example Five,1610755200,Killing,1601424000,Uganda,New Town,0.31361|32.58111,Female,50,Lawyer,Environment,Military,,e.pdf,Stabbed at home by men who had called her before and told her to stop
"""
LISTS[
    "uwazi detentions"
] = """Title,Date added,Template,Country,Victim,Gender,Period of detention,Charges,Sentence,Current status,Geolocation
Case 1,1610409600,Detention,Kenya,Ann Example,Female,2020/05/31:2020/07/01,Sedition|Unlawful assembly,,Released,-1.28333|36.81667
Case 2,1610496000,Detention,Uganda,Ben Example|Cec Example,Male,2020/06/01:,Sedition,3 years,In detention,0.31361|32.58111
Case 3,1610582400,Detention,Kenya,Dot Example,Female,2020/07/05:2021/01/02,Fraud,2 years,Released,-1.28333|36.81667
Case 4,1610668800,Detention,Kenya,Eve Example,Female,2020/08/15:,Sedition,,In detention,-1.28333|36.81667
"""
KEYS = {
    "uwazi": "name - - date state place - sex age identity cause perpetrator - - notes",
    "uwazi detentions": "- - - state name sex arrest_date charge sentence status -",
    "en detentions": "- name birth_date sex state arrest_date charge sentence status release_date detention_place contributor",
    "es": "case_id given_name family_name date admin1 place sex identity perpetrator",
    "ar": "case_id name state arrest_date sex age charge sentence status detention_place",
    "ru": "case_id name state arrest_date sex age charge sentence status -",
    "en": "case_id name date state admin1 place sex age identity cause perpetrator threats notes",
}


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


@pytest.mark.parametrize("language", LISTS)
def test_columns_of_a_list_are_told_in_four_languages(language: str, tmp_path: Path) -> None:
    frame = propose_columns(written(tmp_path, "list.csv", LISTS[language]))

    assert [field or "-" for field in frame["field"]] == KEYS[language].split()


@pytest.mark.parametrize("language", ["es", "ru", "en"])
def test_a_list_is_read_as_proposed(language: str, tmp_path: Path) -> None:
    path = written(tmp_path, "list.csv", LISTS[language])
    write_source(path, "my-list")

    loaded = load("my-list", path)

    assert (loaded.rows_in, len(loaded.accepted), len(loaded.set_aside)) == (5, 5, 0)
    assert set(loaded.accepted["sex_code"]) == {"female", "male"}


def test_an_export_of_uwazi_is_read_with_its_seconds_and_its_values_in_a_cell(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "list.csv", LISTS["uwazi"])
    write_source(path, "my-list")
    rows = load("my-list", path).accepted

    assert list(rows["event_date"].dt.strftime("%Y-%m-%d"))[:2] == ["2020-05-31", "2020-06-01"]
    assert rows.loc[0, ["identity_codes", "cause_codes", "perpetrator_codes"]].to_list() == [
        "journalist|community_leader", "land_environment", "police|armed_forces",
    ]  # fmt: skip
    assert not rows["text_as_published"].str.contains("Example").any(), "links hold names of others"


def test_two_dates_in_a_cell_are_arrest_and_release_and_two_persons_are_no_row(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, "list.csv", LISTS["uwazi detentions"])
    write_source(path, "my-list")
    loaded = load("my-list", path)

    said = loaded.accepted[["began_date", "released_date"]].map(
        lambda day: "" if pd.isna(day) else f"{day:%Y-%m-%d}"
    )
    assert said.to_numpy().tolist() == [
        ["2020-05-31", "2020-07-01"], ["2020-07-05", "2021-01-02"], ["2020-08-15", ""],
    ]  # fmt: skip
    assert loaded.set_aside[["row", "reason"]].to_numpy().tolist() == [
        [3, "Several persons stand in one cell: give each a row of the same case."]
    ]
    assert "Cec Example" in " ".join(loaded.names_aside), "the scan looks for them all the same"


@pytest.mark.parametrize(
    "words",
    ["Tentativa de asesinato", "Attempted murder", "Tentative d'assassinat", "محاولة اغتيال",
     "покушение на убийство", "Homicidio frustrado"],
)  # fmt: skip
def test_who_survived_an_attempt_is_not_proposed_as_killed(words: str) -> None:
    assert code_of(words, "list_status") == (("at_risk",), False)


def test_a_word_that_is_near_to_words_of_several_codes_tells_none() -> None:
    assert code_of("Defensa del territorio", "identity") == ((), False)
    assert code_of("defensora", "identity") == (("leader",), False)


def test_a_day_of_release_in_arabic_is_no_day_of_death(tmp_path: Path) -> None:
    text = (
        LISTS["ar"].replace("السجن\n", "تاريخ إخلاء السبيل\n", 1).replace("سجن مثال", "1444/02/02")
    )
    frame = propose_columns(written(tmp_path, "list.csv", text))

    assert list(frame["field"])[-1] == "release_date"


def test_dates_that_may_be_lunar_are_a_guess_and_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, "list.csv", LISTS["ar"])
    look = look_at_list(path)
    date = next(p for p in look.proposals if p.field == "arrest_date")
    write_source(path, "my-list")

    loaded = load("my-list", path)

    assert (date.how["calendar"], date.sure) == ("hijri", "guess")
    assert list(loaded.accepted["began_date"].dt.strftime("%Y-%m-%d"))[:2] == [
        "2021-04-13",
        "2021-05-27",
    ]
    said = ["held", "released", "held", "held", "released"]
    assert list(loaded.accepted["exit_as_recorded"]) == said


@pytest.mark.parametrize(
    ("cells", "order", "says"),
    [
        (["31/12/2020", "01/02/2021"], "dmy", "1 of 2 dates in numbers tell the order"),
        (["12/31/2020", "01/02/2021"], "mdy", "1 of 2 dates"),
        (["2020-12-31", "2021-02-01"], "ymd", ""),
        (["01/02/2021", "03/04/2021"], "?", "none of 2 dates in numbers tells"),
        (["31/12/2020", "12/31/2020", "01/02/2021"], "?", "two orders in one column"),
    ],
)
def test_an_order_that_no_cell_tells_is_asked_and_never_guessed(
    cells: list[str], order: str, says: str
) -> None:
    form = date_form(cells)

    assert (form.order, says in form.why) == (order, True)


@pytest.mark.parametrize(
    ("cells", "calendar"),
    [
        (["44197", "44228", "44256.5"], "excel"),
        (["1577836800", "1580515200"], "unix"),
        (["1577836801", "1580515277"], "gregorian"),  # numbers of telephones and the like
        (["1399/01/05", "1400/02/06"], "?"),
        (["5 مهر 1399", "6 آبان 1400"], "persian"),
        (["12/04/2564", "30/05/2563"], "buddhist"),
        (["5 Meskerem 2013", "6 Tikimt 2013"], "ethiopian"),
        (["2021-05-31", "2020-01-01"], "gregorian"),
    ],
)
def test_the_calendar_of_a_column_is_told_or_asked(cells: list[str], calendar: str) -> None:
    assert date_form(cells).calendar == calendar


def test_an_open_question_stops_the_reading_until_it_is_answered(tmp_path: Path) -> None:
    text = "Name,Date,Sex\nAnn Example,01/02/2021,F\nBen Example,03/04/2021,M\n"
    path = written(tmp_path, "list.csv", text)
    source = write_source(path, "my-list")

    with pytest.raises(SourceError, match="whether day or month stands first"):
        get_facts("my-list")
    source.write_text(source.read_text().replace('order: "?"', "order: dmy"))
    with pytest.raises(SourceError, match="Write the ISO3 code of the State"):
        get_facts("my-list")
    source.write_text(source.read_text().replace('value: "?"', "value: KEN"))
    assert len(load("my-list", path).accepted) == 2


def test_a_changed_frame_is_what_is_written(tmp_path: Path) -> None:
    path = written(tmp_path, "list.csv", LISTS["en"])
    frame = propose_columns(path)
    frame.loc[frame["column"] == "Issue", "field"] = ""
    frame.loc[frame["column"] == "Summary", "field"] = "place"

    source = write_source(path, "my-list", frame)

    text = source.read_text(encoding="utf-8")
    assert "      - Issue  # as you said" in text and "place: {columns: [Town, Summary]}" in text


def test_a_frame_with_a_field_that_no_table_has_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "list.csv", LISTS["en"])
    frame = propose_columns(path).assign(field="colour")

    with pytest.raises(RunError, match="'colour' is none of case_id"):
        write_source(path, "my-list", frame)


def workbook(folder: Path, rows: list[list[object]], merged: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    path = folder / "list.xlsx"
    book.save(path)
    return path


def test_a_title_and_two_header_rows_are_found(tmp_path: Path) -> None:
    rows = [
        ["Register of the example", None, None, None],
        [None, None, None, None],
        ["Victim", None, "Killing", None],
        ["Name", "Sex", "Date", "Country"],
        ["Ann Example", "female", "2020-05-31", "Kenya"],
        ["Ben Example", "male", "2020-06-30", "Kenya"],
    ]
    path = workbook(tmp_path, rows, ("A1:D1", "A3:B3", "C3:D3"))

    look = look_at_list(path)
    write_source(path, "my-list")

    assert look.header == (3, 4)
    assert [(p.column, p.field) for p in look.proposals] == [
        ("Victim / Name", "name"),
        ("Victim / Sex", "sex"),
        ("Killing / Date", "date"),
        ("Killing / Country", "state"),
    ]
    assert list(load("my-list", path).accepted["source_row"]) == [5, 6]


def test_columns_of_one_name_are_numbered_and_said(tmp_path: Path) -> None:
    text = "Name,Date,Country,Notes,Notes\nAnn Example,2020-05-31,Kenya,one,two\n"

    look = look_at_list(written(tmp_path, "list.csv", text))

    assert [p.column for p in look.proposals][3:] == ["Notes", "Notes (2)"]
    assert look.remarks == ("Columns with the same name were numbered: 'Notes (2)'.",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the file is empty"),
        ("Name\nAnn Example\n", "only one column was found"),
        ("Name,Date,Country\n", "no rows stand below the column names"),
    ],
)
def test_a_file_that_is_no_list_is_named(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=says):
        look_at_list(written(tmp_path, "list.csv", text))


def test_formulas_are_said(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [["Name", "Date", "Country", "Age"], ["Ann Example", "2020-05-31", "Kenya", "=30+4"]],
    )

    assert (
        "1 cells hold a formula or an error; the stored results are read."
        in look_at_list(path).remarks
    )


def test_values_in_a_cell_are_parted_and_led_to_codes(tmp_path: Path) -> None:
    look = look_at_list(written(tmp_path, "list.csv", LISTS["en"]))
    how = {p.field: p.how for p in look.proposals}

    assert how["perpetrator"]["split"] == ";"
    assert look.crosswalks["perpetrator"].sure == {"Police": ("police",)}
    assert look.crosswalks["sex"].sure == {"Female": ("female",), "Male": ("male",)}


def test_m_is_a_woman_only_beside_h_and_then_a_guess(tmp_path: Path) -> None:
    def sexes(one: str, other: str) -> dict:
        two = f"Ana Ejemplo,2020-01-31,Perú,{one}\nBeto Ejemplo,2020-02-28,Perú,{other}\n"
        text = f"Nombre,Fecha,País,Sexo\n{two}{two}"
        c = look_at_list(written(tmp_path, "list.csv", text)).crosswalks["sex"]
        return {"sure": dict(c.sure), "guessed": dict(c.guessed)}

    assert sexes("M", "H") == {"sure": {"H": ("male",)}, "guessed": {"M": ("female",)}}
    assert sexes("F", "M") == {"sure": {"F": ("female",), "M": ("male",)}, "guessed": {}}
    assert sexes("M", "M") == {"sure": {}, "guessed": {}}


def test_a_column_for_each_perpetrator_is_one_field(tmp_path: Path) -> None:
    text = (
        "Name,Date,Country,Police,Army\nAnn Example,2020-05-31,Kenya,x,\n"
        "Ben Example,2020-06-30,Kenya,,x\nCec Example,2020-07-30,Kenya,x,x\n"
    )
    path = written(tmp_path, "list.csv", text)
    write_source(path, "my-list")

    loaded = load("my-list", path)

    assert list(loaded.accepted["perpetrator_codes"]) == [
        "police",
        "armed_forces",
        "police|armed_forces",
    ]


def test_the_command_writes_the_source_and_check_shows_masked_rows(tmp_path: Path) -> None:
    path = written(tmp_path, "lista.csv", LISTS["es"])

    made = CliRunner().invoke(app, ["source", "new", str(path)])
    checked = CliRunner().invoke(app, ["source", "check", str(path), "--source", "lista"])
    shown = CliRunner().invoke(app, ["source", "check", str(path), "--source", "lista", "--show"])

    assert (made.exit_code, checked.exit_code, shown.exit_code) == (0, 0, 0)
    assert "'Fecha del hecho' -> date" in made.output and "State -> COL" in made.output
    assert "5 filas de personas = 5 aceptadas + 0 aparte" in checked.output
    assert "row 2: name_as_published=***, event_date=2020, state_iso3=COL" in checked.output
    assert (
        "Ejemplo" not in made.output + checked.output
        and "Villa" not in made.output + checked.output
    )
    assert "row 2: name_as_published=Fulana Ejemplo Uno, event_date=2020-12-31" in shown.output


def test_a_file_in_a_template_needs_no_source_of_its_own(tmp_path: Path) -> None:
    header = "case_id,date,state,name,sex,age,identity,cause,perpetrator,defender,motive,threats"
    text = f"{header},accountability\n1,2021-05-03,COL,Fulana Ejemplo,,,,,,,,,\n"
    path = written(tmp_path, "lista.csv", text)

    made = CliRunner().invoke(app, ["source", "new", str(path)])

    assert made.exit_code == 0
    assert "This is the template restricted-list: you need no file of your own" in made.output
    assert not list(tmp_path.rglob("source.yml"))


def test_a_source_that_exists_is_not_written_over(tmp_path: Path) -> None:
    path = written(tmp_path, "lista.csv", LISTS["es"])
    write_source(path, "lista")

    again = CliRunner().invoke(app, ["source", "new", str(path)])

    assert isinstance(again.exception, RunError) and "exists" in str(again.exception)


def test_questions_are_asked_at_the_terminal(tmp_path: Path) -> None:
    text = (
        "Name,When,Sex,Work\nAnn Example,01/02/2021,F,Journalist\nBen Example,03/04/2021,M,Baker\n"
    )
    path = written(tmp_path, "lista.csv", text)

    made = CliRunner().invoke(
        app, ["source", "new", str(path), "--ask"], input="date\ndmy\nidentity\nKEN\n" + "\n" * 7
    )

    assert made.exit_code == 0, made.output
    loaded = load("lista", path)
    assert list(loaded.accepted["event_date"].dt.strftime("%Y-%m-%d")) == [
        "2021-02-01",
        "2021-04-03",
    ]


def test_a_value_of_one_row_without_a_code_is_named_by_its_row_only(tmp_path: Path) -> None:
    path = written(tmp_path, "lista.csv", LISTS["es"].replace("Policía\n2", "Don Ejemplo\n2"))
    source = write_source(path, "lista")

    line = ["source", "check", str(path), "--source", "lista", "--language", "en"]
    checked, shown = (CliRunner().invoke(app, [*line, *more]) for more in ([], ["--show"]))

    assert "Don Ejemplo" not in source.read_text(encoding="utf-8") + checked.output
    assert "values of one or two rows each, not printed: rows 2" in checked.output
    assert "'Don Ejemplo' (1 row)" in shown.output


def test_no_value_of_a_single_row_is_written_and_known_ones_are_read(tmp_path: Path) -> None:
    rows = [
        f"{n},Fulana Ejemplo {n},1{n}/03/2021,COL,{sex},{killer},{status}"
        for n, sex, killer, status in [
            (1, "mujer", "Sicarios", "asesinado"),
            (2, "mujer", "Sicarios", "asesinado"),
            (3, "travesti", "Policía", "asesinado"),
            (4, "hombre", "Sicarios", "en el exilio"),
            (5, "hombre", "Sicarios", "asesinado"),
        ]
    ]
    head = "N°,Nombre de la víctima,Fecha del asesinato,País,Sexo,Presunto responsable,Estado de la víctima"
    path = written(tmp_path, "lista.csv", "\n".join([head, *rows]))
    source = write_source(path, "lista").read_text(encoding="utf-8")
    loaded = load("lista", path)

    assert not any(word in source for word in ("travesti", "exilio", "Policía"))
    assert "mujer: female" in source
    assert loaded.accepted["sex_code"].tolist() == ["female", "female", "transgender", "male"]
    assert loaded.accepted["perpetrator_codes"].tolist()[2] == "police"
    assert len(loaded.set_aside) == 1


@pytest.mark.parametrize(
    "heading", ["Advocate / HRD", "Defensor/a", "Lawyer / HRD", "Kind of defender"]
)
def test_names_under_a_heading_of_codes_are_names_and_not_written(
    heading: str, tmp_path: Path
) -> None:
    people = [
        "Zunela Testal",
        "Orvo Inventado",
        "Pelgru Maxfe",
        "Anzu Maxfe",
        "Ilda Nuno",
        "Ero Kilt",
    ]
    rows = [
        f"{i},{name},killed,2020-01-0{i},Kenya" for i, name in enumerate([*people, *people[:2]], 1)
    ]
    path = tmp_path / "list.csv"
    path.write_text("\n".join([f"No,{heading},Status,Date,Country", *rows]), encoding="utf-8")
    look = look_at_list(path)
    assert {p.column: p.field for p in look.proposals}[heading] == "name"
    text = write_source(path, "own").read_text(encoding="utf-8")
    assert not [name for name in people if name in text]


def test_a_value_that_may_be_a_name_is_written_only_with_a_code(tmp_path: Path) -> None:
    rows = [f"P{i},2020-01-0{i},{by}" for i, by in enumerate(
        ["Police", "Capt. Zunela Testal", "Capt. Zunela Testal", "Police", "red shirts", "red shirts"], 1
    )]  # fmt: skip
    path = tmp_path / "list.csv"
    path.write_text("\n".join(["Name,Date of death,Perpetrator", *rows]), encoding="utf-8")
    text = write_source(path, "own").read_text(encoding="utf-8")
    assert "Zunela" not in text and 'red shirts: "?"  # 2 rows have no code' in text


def test_proposals_hold_no_cell_of_the_list(tmp_path: Path) -> None:
    frame = propose_columns(written(tmp_path, "list.csv", LISTS["en"]))

    said = " ".join(frame.drop(columns="column").to_numpy().ravel())
    assert not any(word in said for word in pd.read_csv(tmp_path / "list.csv")["Victim's name"])


def test_the_first_row_is_the_header_though_a_later_row_holds_words_of_headings(
    tmp_path: Path,
) -> None:
    text = "ID,Date,Location,Seen by A,Seen by B\n1,Aug-2017,Old Town,Police,Yes\n2,Jun-2017,Place,Source,No\n"

    look = look_at_list(written(tmp_path, "list.csv", text))

    assert look.header == (1,)


def test_cells_merged_over_rows_give_their_value_to_each_and_are_said(tmp_path: Path) -> None:
    rows = [
        ["Name", "Date", "Country"],
        ["Ann Example", "2020-05-31", "Kenya"],
        ["Ben Example", "2020-06-30", None],
        ["Cec Example", "2020-07-30", "Uganda"],
    ]
    path = workbook(tmp_path, rows, ("C2:C3",))
    write_source(path, "my-list")

    loaded = load("my-list", path)

    assert list(loaded.accepted["state_iso3"]) == ["KEN", "KEN", "UGA"]
    assert loaded.issues[["row", "column", "what"]].values.tolist() == [
        [3, "Country", "A cell merged with the one above."]
    ]


def test_a_text_in_another_encoding_is_read_when_its_encoding_is_said(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    path.write_bytes(LISTS["ru"].encode("cp1251"))

    unsaid = CliRunner().invoke(app, ["source", "new", str(path)])
    said = CliRunner().invoke(app, ["source", "new", str(path), "--encoding", "cp1251"])

    assert isinstance(unsaid.exception, SourceError) and "--encoding" in str(unsaid.exception)
    assert said.exit_code == 0
    assert len(load("lista", path).accepted) == 5


@pytest.mark.parametrize(
    ("heading", "unit", "years"), [("Condena (años)", "years", [5.0, 12.0]), ("Condena", "?", None)]
)
def test_numbers_of_a_sentence_count_what_the_heading_says_or_are_asked(
    heading: str, unit: str, years: list[float] | None, tmp_path: Path
) -> None:
    text = f"Nombre,País,Fecha de detención,{heading}\nAna Ejemplo,Cuba,2021-07-11,5\nBeto Ejemplo,Cuba,2021-07-12,12\n"
    path = written(tmp_path, "lista.csv", text)
    look = look_at_list(path)
    write_source(path, "lista")

    assert next(p.how["unit"] for p in look.proposals if p.field == "sentence") == unit
    if years is None:
        with pytest.raises(SourceError, match="write what they count"):
            load("lista", path)
    else:
        assert list(load("lista", path).accepted["sentence_text"]) == [
            f"{y:.0f} years" for y in years
        ]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("F. del hecho", "date"),
        ("Г.р.", "birth_date"),
        ("Obs.", "notes"),
        ("ARREST / Date (dd/mm/yy)", "arrest_date"),
        ("TREATMENT / Tortured Y/N/NK", "ill_treated"),
        ("هل تعرض للتعذيب؟", "ill_treated"),
        ("Sin abogado", "lawyer_absent"),
        ("No lawyer", "lawyer_absent"),
    ],
)
def test_short_and_parted_headings_name_their_field(heading: str, field: str) -> None:
    scores = heading_scores(heading)
    assert field in scores and scores[field] == max(scores.values())


@pytest.mark.parametrize("heading", ["Had a lawyer? Y/N", "Access to lawyer"])
def test_a_heading_that_says_the_contrary_is_known_as_such(heading: str) -> None:
    assert set(heading_scores(heading)) == {"lawyer_absent"}
    assert says_the_contrary(heading, "lawyer_absent")


def test_a_heading_of_another_fact_is_not_taken_for_the_field() -> None:
    assert not {"lawyer_absent", "case_id"} & set(heading_scores("Warrant shown Y/N"))


def test_a_title_of_one_cell_is_no_upper_row_of_names(tmp_path: Path) -> None:
    text = "Registro;;;\nNo.;Nombre y apellidos;F. del hecho;Sx\n1;Ann Example;31/01/2020;F\n2;Ben Example;28/02/2020;H\n"
    look = look_at_list(written(tmp_path, "list.csv", text))
    assert look.header == (2,)
    assert [p.field for p in look.proposals] == ["case_id", "name", "date", "sex"]


def test_charges_that_are_columns_are_read_with_the_words_of_another_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["PERSON", None, "ARREST", "CHARGES", None, None])
    sheet.append(
        ["Surname", "Other names", "Date (dd/mm/yy)", "Sedition", "Treason", "Other (specify)"]
    )
    sheet.append(["EXAMPLE", "Ann", "02/03/21", "x", None, None])
    sheet.append(["EXAMPLE", "Ben", "05/04/21", None, None, "theft"])
    path = tmp_path / "held.xlsx"
    book.save(path)

    write_source(path, "my-list", state="UGA", table="detentions")
    rows = load("my-list", path).accepted

    assert list(rows["name_as_published"]) == ["Ann EXAMPLE", "Ben EXAMPLE"]
    assert list(rows["charge_text"]) == ["Sedition", "theft"]
    assert [str(day.date()) for day in rows["began_date"]] == ["2021-03-02", "2021-04-05"]


def test_the_list_of_the_tutorial_is_read_as_the_tutorial_says() -> None:
    path = Path(__file__).parents[1] / "data" / "examples" / "registro.csv"
    look = look_at_list(path)
    write_source(path, "my-list", state="COL")
    loaded = load("my-list", path)

    assert [p.field for p in look.proposals if p.sure == "guess"] == []
    assert not [p.column for p in look.proposals if p.sure == "left out"]
    assert (loaded.rows_in, len(loaded.accepted)) == (61, 60)
    assert list(loaded.set_aside["reason"]) == ["A row of totals, and no person."]
    assert not loaded.issues["what"].str.startswith("A value that the crosswalk").any()


def test_an_answer_that_is_none_is_asked_again_and_the_unit_is_asked(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "held.csv",
        "Name,Date of arrest,Charge,Sentence\nAnn Example,01/02/2021,sedition,5\nBen Example,03/04/2021,treason,18\n",
    )
    answers = "\n".join(["", "day first", "dmy", "", "weeks", "months", "zzz", "uga"]) + "\n" * 7
    made = CliRunner().invoke(app, ["source", "new", str(path), "--ask"], input=answers)
    assert made.exit_code == 0, made.output
    assert made.output.count("is none of those that are known") == 3
    rows = load("held", path).accepted
    assert [str(day.date()) for day in rows["began_date"]] == ["2021-02-01", "2021-04-03"]
    assert list(rows["sentence_text"]) == ["5 months", "18 months"]
    assert set(rows["state_iso3"]) == {"UGA"}


def test_in_jupyterlab_a_list_of_another_encoding_is_answered_in_the_frame(tmp_path: Path) -> None:
    path = tmp_path / "presos.csv"
    text = "Nombre,Fecha de detención,Cargos,Condena\nAna Peña,01/02/2021,sedición,5\nBea Núñez,03/04/2021,traición,18\n"
    path.write_bytes(text.encode("cp1252"))

    frame = propose_columns(path, encoding="cp1252")
    asked = frame[(frame[["order", "unit"]] == "?").any(axis=1)]["field"].tolist()
    frame = frame.replace({"order": {"?": "dmy"}, "unit": {"?": "years"}})
    write_source(path, "presos", frame, state="PER", encoding="cp1252")

    rows = load("presos", path).accepted
    assert asked == ["arrest_date", "sentence"]
    assert list(rows["sentence_text"]) == ["5 years", "18 years"]
    assert list(rows["name_as_published"]) == ["Ana Peña", "Bea Núñez"]


@pytest.mark.parametrize(
    ("cell", "name", "codes"),
    [
        ("Tentativa de homicidio", "death_type", ()),
        ("attempted murder", "death_type", ()),
        ("grupo armado no identificado", "perpetrator", ("unknown",)),
        ("grupo armado", "perpetrator", ("political_group",)),
    ],
)
def test_an_attempt_is_no_kind_of_death_and_nobody_known_is_no_group(
    cell: str, name: str, codes: tuple[str, ...]
) -> None:
    assert code_of(cell, name)[0] == codes
