"""What an empty day of release says, as the owner of a list answers; all persons are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrdresearch.run.own_lists import write_source
from hrdresearch.sources import load

LIST = """Nombre,Fecha de detención,País,SALIÓ
Fulana Ejemplo Uno,13/03/2021,NIC,15/04/2021
Fulano Ejemplo Dos,14/03/2021,NIC,
Fulana Ejemplo Tres,15/03/2021,NIC,20/05/2021
Fulano Ejemplo Cuatro,16/03/2021,NIC,
Fulana Ejemplo Cinco,17/03/2021,NIC,
"""


@pytest.mark.parametrize(("said", "expected"), [("", "not_recorded"), (", empty: held", "held")])
def test_empty_day_of_release_is_held_only_where_the_owner_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, expected: str
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "lista.csv"
    path.write_text(LIST, encoding="utf-8")
    source = write_source(path, "lista", table="detentions")
    lines = source.read_text("utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.strip().startswith("release_date:"))
    lines[at] = lines[at].replace("}", f"{said}}}", 1)
    source.write_text("\n".join(lines) + "\n", "utf-8")

    found = load("lista", path).accepted.set_index("source_row")["exit_as_recorded"]

    assert found.iloc[[1, 3, 4]].tolist() == [expected] * 3
    assert "held" not in found.iloc[[0, 2]].tolist()
