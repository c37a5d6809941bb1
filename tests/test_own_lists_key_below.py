"""A list of attacks with codes and their key below, as told from its cells; all rows are invented."""

from __future__ import annotations

from pathlib import Path

from hrdresearch.run.own_lists import look_at_list

LIST = """Folio;F_hecho;Nombre;Gen;Tipo;Agresor;P7
1;5/10/2021;Ana Invento;1;1;2;1
2;25/11/2021;Berta Invento;1;2,3;1;2
3;7/3/2022;Carla Invento;2;1;2;1
4;8/4/2022;Delia Invento;1;4;3;1
5;30/5/2022;Ema Invento;1;3;1;2
;;;;;;
CLAVES;;;;;;
Gen;1 mujer;2 mujer trans;9 no dijo;;;
Tipo;1 amenaza;2 amenaza de muerte;3 agresión física;4 asesinato;;
Agresor;1 policía;2 crimen organizado;3 no identificado;;;
P7;1 sí;2 no;;;;
"""


def test_codes_are_read_by_the_key_below_and_a_list_of_the_living_is_no_list_of_killings(
    tmp_path: Path,
) -> None:
    path = tmp_path / "base.csv"
    path.write_text(LIST, encoding="utf-8")
    look = look_at_list(path)

    fields = {p.column: (p.field, p.sure) for p in look.proposals}
    assert (look.table, look.rows) == ("attacks", 5)
    assert fields["F_hecho"][0] == "date"
    assert [fields[c] for c in ("Gen", "Tipo", "Agresor")] == [
        ("sex", "guess"),
        ("act", "guess"),
        ("perpetrator", "guess"),
    ]
    assert fields["P7"] == ("", "left out")  # a bare yes says nothing of what was asked
    assert look.crosswalks["attack_act"].guessed == {
        "1": ("threat",),
        "2": ("death_threat",),
        "3": ("physical_attack",),
        "4": ("killing",),
    }
    assert look.crosswalks["sex"].guessed["1"] == ("female",)
    assert look.crosswalks["perpetrator"].guessed["2"] == ("criminal_group",)
