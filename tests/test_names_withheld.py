"""Words that stand for a name which a list does not give, in six languages; every person is invented."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.names.person_or_group import name_kinds
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.own_lists import write_source

LIST = """\
Ficha,Nombre,Fecha,Departamento,Tipo de agresión
F1,nombre en reserva,13/02/2021,Petén,amenaza
F2,Fulana Ejemplo Uno,14/02/2021,Petén,amenaza
F3,nombre en reserva,15/06/2021,Petén,amenaza
F4,Fulana Ejemplo Uno,16/06/2021,Petén,amenaza
F5,Identidad reservada,17/06/2021,Petén,amenaza
"""


@pytest.mark.parametrize(
    "cells",
    [
        ["name withheld", "Identity withheld", "[Name not disclosed]", "anonymous"],
        ["nombre en reserva", "Anónimo", "identidad reservada", "se omite su nombre"],
        ["nom réservé", "identité protégée", "Anonyme", "nom non divulgué"],
        ["nome em sigilo", "Identidade preservada", "anônima", "nome não divulgado"],
        ["имя не раскрывается", "Имя скрыто", "аноним", "имя не разглашается"],
        ["الاسم محفوظ", "اسم محجوب", "الهوية غير معلنة", "مجهول الهوية"],
    ],
)
def test_words_for_a_name_that_is_withheld_name_nobody(cells: list[str]) -> None:
    assert name_kinds(pd.Series(cells)).tolist() == ["unidentified"] * 4


def test_a_name_that_begins_alike_is_a_persons() -> None:
    names = ["Reservada Ejemplo", "Anónimo Ejemplo", "Имя Примерова", "محفوظ مثال"]
    assert name_kinds(pd.Series(names)).tolist() == ["person"] * 4


def test_rows_whose_name_is_withheld_are_not_one_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    path = tmp_path / "lista.csv"
    path.write_text(LIST, encoding="utf-8")
    source = write_source(path, "lista", table="attacks", state="GTM")
    source.write_text(source.read_text(encoding="utf-8") + "basis: Invented.\n", encoding="utf-8")
    files = [SourceFile("lista", path)]
    made = build("attacks", files, tmp_path / "work", open_on_this_machine=True)
    rows = pd.read_parquet(made.folder / "attacks.parquet").sort_values("source_row")
    same = (rows["person_id"].to_numpy()[:, None] == rows["person_id"].to_numpy()).sum(axis=1)
    assert same.tolist() == [1, 2, 1, 2, 1]
    assert rows["is_named"].tolist() == [False, True, False, True, False]
    assert set(rows["attack_victim_code"]) == {"person"}
