"""How the case goes, the measure and the place of a detention are read to fields; persons are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.run.own_lists import propose_columns, write_source
from hrdresearch.sources import load

HEADS = {
    "es": "Nombre,Fecha de detención,Cómo va el caso,Medida,Dónde está presa,Organización",
    "ru": "ФИО,Дата задержания,Статус дела,Мера пресечения,Где держат,Организация",
    "ar": "الاسم,تاريخ القبض,الموقف القانوني,التدابير,مكان الاحتجاز,جهة العمل",
    "en": "Name,Date of arrest,Status of the case,Measure of restraint,Place of detention,Organisation",
}
ROWS = {
    "es": [
        ("Ana Inventada", "en investigación", "prisión preventiva", "Penal de Prueba", "Red Uno"),
        ("Eva Prueba", "juicio oral", "arresto domiciliario", "su casa", "ninguna"),
        ("Iris Testal", "sobreseimiento", "medidas sustitutivas", "s/d", "s/d"),
    ],
    "ru": [
        ("Примерова Анна", "следствие", "СИЗО", "СИЗО-1", "Фонд Пример"),
        ("Тестова Ева", "суд", "дом. арест", "дома", "нет"),
        ("Образцова Ия", "дело прекращено", "запрет определённых действий", "н/д", "н/д"),
    ],
    "ar": [
        ("سلمى المثال", "قيد التحقيق", "حبس احتياطي", "سجن المثال", "شبكة المثال"),
        ("نور التجربة", "محاكمة", "إقامة جبرية", "منزلها", "لا يوجد"),
        ("هدى المثال", "حفظ القضية", "تدابير احترازية", "غير معلوم", "غير معلوم"),
    ],
    "en": [
        ("Ann Example", "under investigation", "remand", "Example prison", "Example Network"),
        ("Eve Sample", "on trial", "house arrest", "at home", "none"),
        ("Ida Test", "acquitted", "supervision", "n/a", "n/a"),
    ],
}


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


def written(folder: Path, head: str, rows: list[tuple[str, ...]]) -> Path:
    lines = [f"{name},2021-03-1{n},{','.join(rest)}" for n, (name, *rest) in enumerate(rows)]
    path = folder / "list.csv"
    path.write_text("\n".join([head, *lines]), encoding="utf-8")
    return path


@pytest.mark.parametrize("language", HEADS)
def test_stage_measure_place_and_organization_are_fields_of_a_list_of_detentions(
    language: str, tmp_path: Path
) -> None:
    path = written(tmp_path, HEADS[language], ROWS[language])
    frame = propose_columns(path)
    write_source(path, "my-list", state="GTM")
    rows = load("my-list", path).accepted

    assert frame["field"].tolist()[2:] == ["stage", "measure", "detention_place", "affiliation"]
    assert rows["proceedings_stage_code"].tolist() == ["investigation", "trial", "closed"]
    assert rows["custody_measure_code"].tolist() == ["remand", "house_arrest", "supervision"]
    place = ["remand_prison" if language == "ru" else "prison", "home"]
    assert rows["detention_place_code"].tolist()[:2] == place
    assert rows["detention_place_code"].tolist()[2] in ("not_recorded", "unknown")
    assert rows["in_organization_code"].tolist() == ["yes", "no", "not_recorded"]


def test_a_status_tells_the_measure_where_no_column_does(tmp_path: Path) -> None:
    rows = [("Ana Inventada", "arresto domiciliario"), ("Eva Prueba", "detenida")] * 2
    path = written(tmp_path, "Nombre,Fecha de detención,Situación actual", rows)
    said = CliRunner().invoke(
        app,
        [
            "source",
            "new",
            str(path),
            "--name",
            "my-list",
            "--table",
            "detentions",
            "--state",
            "GTM",
        ],
    )
    loaded = load("my-list", path).accepted

    assert loaded["custody_measure_code"].tolist() == ["house_arrest", "remand"] * 2
    assert "  'Situación actual' -> measure (= status)" in said.output.splitlines()
    assert "-> stage" not in said.output
    text = (tmp_path / "sources" / "my-list" / "source.yml").read_text("utf-8")
    assert (
        "  custody_measure:\n    arresto domiciliario: house_arrest\n    detenida: remand" in text
    )
    changed = text.replace("    detenida: remand", "    detenida: none")
    (tmp_path / "sources" / "my-list" / "source.yml").write_text(changed, "utf-8")
    assert set(load("my-list", path).accepted["custody_measure_code"]) == {"house_arrest", "none"}


def test_a_death_told_by_the_stage_alone_is_a_death(tmp_path: Path) -> None:
    rows = [("Ана Примерова", "следствие"), ("Ева Тестова", "умерла"), ("Ия Тестова", "суд")]
    path = written(tmp_path, "ФИО,Дата задержания,Стадия дела", rows)
    write_source(path, "my-list", table="detentions", state="RUS")

    assert load("my-list", path).accepted["exit_as_recorded"].tolist()[1] == "died_not_stated"
