"""Notes below a list, and names in what its owner says of it; all persons are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrdresearch.privacy.scan import ScanHit
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.run.own_lists import write_source
from hrdresearch.run.prepared_scan import MOST_PLACES, leak_in_words
from hrdresearch.sources import load
from hrdresearch.sources.beside_the_table import REMARK

LONG_NAME = "Ana María de la Cruz Invento Testal"
LINES = [
    "No.,Nombre,Sexo,Lugar,Departamento,Fecha del ataque,Tipo de agresión",
    *(
        f"{n},Zunela {'ABCDEFG'[n]}urbisch,Mujer,Aldea,Izabal,2021-01-0{n},Amenazas"
        for n in range(1, 7)
    ),
    ",OJO: no mandar la matriz a nadie,,,,,",
    ",,,OJO: no mandar la matriz a nadie,,,",
    f",{LONG_NAME},,,,,",
]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    (tmp_path / "lista.csv").write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return tmp_path / "lista.csv"


def test_a_note_below_the_list_is_no_name_and_no_place_but_a_long_name_is_one(path: Path) -> None:
    write_source(path, "lista", table="attacks", state="GTM")
    loaded = load("lista", path)
    assert loaded.set_aside["reason"].tolist() == [REMARK] * 3
    assert loaded.names_aside == {LONG_NAME}
    assert not any("OJO" in word for words in loaded.other_words.values() for word in words)


def test_a_name_in_what_the_list_is_called_stops_the_build_with_word_and_rows(path: Path) -> None:
    made = write_source(path, "zunela-durbisch", table="attacks", state="GTM")
    given = [SourceFile("zunela-durbisch", path)]
    basis = 'basis: "agreement"\n'
    made.write_text(basis + made.read_text("utf-8"), encoding="utf-8")
    with pytest.raises(
        RunError, match=r"--name.*word 1, 2 of the text, as in rows? 2, 3, 4"
    ) as told:
        build("attacks", given, path.parent / "work", open_on_this_machine=True)
    assert "durbisch" not in str(told.value).replace("zunela-durbisch", "").casefold()


def test_a_stop_names_ten_places_and_counts_the_others() -> None:
    hits = [ScanHit("a.html", "HTML text", f"line {n}", "full name") for n in range(12, 60)]
    words = leak_in_words(hits, "attacks")
    assert "48 place(s)" in words and words.count("line ") == MOST_PLACES
    assert f"and {48 - MOST_PLACES} more" in words
