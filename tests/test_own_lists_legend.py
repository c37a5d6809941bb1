"""A legend of colours above the column names, and a mark of death where a release stands; all is invented."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.run.own_lists import look_at_list, write_source
from hrdresearch.sources import load

LIST = """Lista inventada,,,,,
,liberado/a,fallecido/a,por confirmar,desterrado/a,
No.,Nombre,Sexo,Fecha de detención,Situación actual,Fecha de liberación
1,Ana Invento,F,2018-01-14,libre,15/02/2019
2,Berta Invento,F,2018-02-15,presa,
3,Carla Invento,F,2018-03-16,,† 28/08/2018
4,Delia Invento,F,2018-04-17,libre,16/02/2019
5,Ema Invento,F,2018-05-18,presa,
"""


def test_a_legend_is_no_heading_and_a_mark_of_death_no_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "lista.csv"
    path.write_text(LIST, encoding="utf-8")
    look = look_at_list(path)
    write_source(path, "lista", state="NIC")
    rows = load("lista", path).accepted

    assert look.header == (3,)
    assert [p.field for p in look.proposals][3:] == ["arrest_date", "status", "release_date"]
    released = pd.to_datetime(rows["released_date"]).dt.strftime("%Y-%m-%d").fillna("").tolist()
    assert released == ["2019-02-15", "", "", "2019-02-16", ""]
    died = pd.to_datetime(rows["died_date"]).dt.strftime("%Y-%m-%d").fillna("").tolist()
    assert died == ["", "", "2018-08-28", "", ""]
