"""Words and headings of Spanish lists, and facts of arrests in rows that are none; all rows are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrdresearch.clean.places import clean_admin1
from hrdresearch.clean.value_words import code_of
from hrdresearch.run.own_lists import look_at_list, write_source
from hrdresearch.run.own_lists.uncoded import values_without_code
from hrdresearch.sources import load

ACTS = {
    "Agresión": "physical_attack",
    "Agresión verbal": "harassment",
    "Desap. forzada": "enforced_disappearance",
    "Bloqueo del sitio web": "publication_ban",
    "Bloqueo de carretera": "other",
    "Anulación de pasaporte": "travel_ban",
    "Cierre del medio": "closure",
    "Despojo de tierras": "other",
    "Despojo de nacionalidad": "citizenship",
}


@pytest.mark.parametrize(("said", "code"), ACTS.items())
def test_acts_in_the_words_of_lists_have_a_code(said: str, code: str) -> None:
    assert code_of(said, "attack_act")[0] == (code,)


def test_a_relative_of_a_prisoner_is_no_politician_and_a_defender_is_guessed() -> None:
    assert code_of("Padre de preso político", "identity")[0] == ("relative",)
    assert code_of("Defensora", "identity") == (code_of("Defensor", "identity")[0], False)
    assert code_of("Mujer defensora", "identity")[0] == ("women",)


def test_divisions_that_are_shortened_in_front_are_known() -> None:
    import pandas as pd

    cells = pd.Series(["Dto. Capital", "Dtto. Capital", "Edo. Carabobo", "Carabobo"])
    found = clean_admin1(cells, pd.Series(["VEN"] * len(cells)))
    assert found.tolist() == ["Distrito Capital", "Distrito Capital", "Carabobo", "Carabobo"]


def test_headings_of_lists_of_detentions_are_read(tmp_path: Path) -> None:
    head = "NOMBRE,F. DETENCION,F. EXCARC.,CUERPO,SITIO,FASE,CONDENA,FTE."
    row = "Fulana Ejemplo {x},0{n}/03/2021,1{n}/06/2021,Policía,Cárcel,Juicio,5 años,http://a.example/{n}"
    path = tmp_path / "presos.csv"
    lines = [head, *(row.format(n=n, x="XABCDEFGH"[n]) for n in range(1, 8))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    seen = {p.column: p.seen_as or p.field for p in look_at_list(path, "detentions").proposals}
    assert seen == {
        "NOMBRE": "name",
        "F. DETENCION": "arrest_date",
        "F. EXCARC.": "release_date",
        "CUERPO": "authority",
        "SITIO": "detention_place",
        "FASE": "stage",
        "CONDENA": "sentence",
        "FTE.": "sources",
    }


def test_words_without_a_code_on_an_arrest_are_not_asked_of_a_row_of_no_arrest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "lista.csv"
    row = "Fulana Ejemplo {n},2021-01-0{n},Izabal,{act},{end}"
    lines = [
        "Nombre,Fecha del ataque,Departamento,Tipo de agresión,Si hubo detención",
        *(row.format(n=n, act="Amenazas", end="zozobra plena") for n in range(1, 5)),
        *(row.format(n=n, act="Detención", end="liberada") for n in range(5, 9)),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    write_source(path, "lista", table="attacks", state="GTM")
    loaded = load("lista", path)
    assert loaded.accepted["custody_code"].tolist() == ["not_applicable"] * 4 + ["released"] * 4
    assert "custody_code" not in loaded.uncoded
    assert not any("custody" in line for line in values_without_code("lista", path))
