"""Words beside days of arrest and release, in six languages; persons are invented."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.run.own_lists import write_source
from hrdresearch.sources import load
from hrdresearch.sources.detentions.day_words import is_only_sought, read_exit_words, was_never_held

NEVER = """sin detención (mandato pendiente 04/05/2018)
no detenida; OC de 2021
no fue detenido, salió del país
nunca fue capturada
todavía no ha sido detenido
not arrested
was never arrested, fled in 2019
wasn't detained
не задержана
не был арестован 04.05.2018
لم يعتقل
لم يتم القبض عليه 2019
non arrêtée ; mandat d'arrêt du 04/05/2018
n'a pas été interpellé
não foi presa
nunca foi detido"""
SOUGHT = """citado 04/05/2018
warrant issued 04/05/2018
arrest warrant of May 2018
orden de aprehensión 04/05/2018
OC 04/05/2018
prófuga desde 2018
mandat d'arrêt du 04/05/2018
mandado de prisão de 2018
в розыске с 2018
مذكرة توقيف 2018"""
HELD = """04/05/2018
detenida sin orden de captura 04/05/2018
sin orden de detención 04/05/2018
capturado por orden de captura 04/05/2018
con orden de aprehensión 04/05/2018
no fue detenida, se entregó 04/05/2018
not arrested in 2016; arrested 04/05/2018
no arrest date
arrested without a warrant 04/05/2018
arrested, not charged
no se sabe cuándo fue detenida
арестован без ордера
mandat de dépôt 04/05/2018
détenue sans mandat d'arrêt
اعتقل بدون مذكرة توقيف"""


@pytest.mark.parametrize("cell", NEVER.splitlines())
def test_a_cell_that_denies_the_arrest_is_told(cell: str) -> None:
    assert was_never_held(cell)


@pytest.mark.parametrize("cell", SOUGHT.splitlines())
def test_a_warrant_or_a_summons_is_no_arrest(cell: str) -> None:
    assert is_only_sought(cell)


@pytest.mark.parametrize("cell", HELD.splitlines())
def test_an_arrest_stays_an_arrest_whatever_is_denied_beside_it(cell: str) -> None:
    assert not was_never_held(cell) and not is_only_sought(cell)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("falleció bajo custodia 09/07/2021", "died_in_custody"),
        ("died in prison, 9 July 2021", "died_in_custody"),
        ("murió en un hospital 09/07/2021", "died_not_stated"),
        ("décédé en détention", "died_in_custody"),
        ("morreu na prisão", "died_in_custody"),
        ("умер в СИЗО", "died_in_custody"),
        ("توفي في السجن", "died_in_custody"),
        ("no: arresto domiciliario", "held"),
        ("No", "held"),
        ("sigue presa", "held"),
        ("sigue privado de libertad", "held"),
        ("aún detenido (2021)", "held"),
        ("not released yet", "held"),
        ("still in prison", "held"),
        ("toujours en détention", "held"),
        ("ainda preso", "held"),
        ("до сих пор в колонии", "held"),
        ("не освобождена", "held"),
        ("لا يزال معتقلا", "held"),
        ("لم يفرج عنه", "held"),
        ("liberada 09/07/2021, sigue en proceso", ""),
        ("liberado; arresto domiciliario", ""),
        ("09/07/2021", ""),
        ("released on bail 2021", ""),
        ("sin fecha", ""),
        ("noviembre 2021", ""),
    ],
)
def test_words_in_a_cell_of_release_tell_a_death_or_that_there_was_none(
    cell: str, code: str
) -> None:
    assert read_exit_words(cell) == code


LIST = """Folio;Nombre;País;Fecha de detención;Acusación;Sentencia;Fecha de liberación
1;Fulana Ejemplo Uno;Guatemala;sin detención (orden de captura 04/05/2018);usurpación;;
2;Beltrano Ejemplo Dos;Guatemala;25/06/2018;usurpación;;murió en la celda bajo custodia 19/07/2021
3;Sicrana Ejemplo Tres;Guatemala;26/06/2018;usurpación;;no: arresto domiciliario desde 2020
4;Mengano Ejemplo Cuatro;Guatemala;27/06/2018;usurpación;;18/07/2019
5;Zutana Ejemplo Cinco;Guatemala;citada 2019;usurpación;;
"""


def test_who_was_never_held_is_set_aside_and_a_death_is_no_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "lista.csv"
    path.write_text(LIST, encoding="utf-8")
    write_source(path, "lista", table="detentions")
    loaded = load("lista", path)
    assert loaded.set_aside["row"].tolist() == [2, 6]
    assert loaded.set_aside["reason"].unique().tolist() == [
        "Column 'Fecha de detención' says that the person was not arrested, or was only sought or summoned."
    ]
    told = loaded.accepted[["record_id", "exit_as_recorded", "died_date", "released_date"]]
    assert told.map(lambda v: "NaT" if pd.isna(v) else str(v)[:10]).to_numpy().tolist() == [
        ["2", "died_in_cu", "2021-07-19", "NaT"],
        ["3", "held", "NaT", "NaT"],
        ["4", "not_record", "NaT", "2019-07-18"],
    ]
