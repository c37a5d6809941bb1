"""An act that was threatened or attempted is not the act itself; all cells are invented."""

from __future__ import annotations

import pytest

from hrdresearch.clean.value_words import code_of


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("Amenaza de homicidio por carta", {"death_threat"}),
        ("threatened to kill her", {"death_threat"}),
        ("menaces d'assassinat par SMS", {"death_threat"}),
        ("murder threats", {"death_threat"}),
        ("death threats", {"death_threat"}),
        ("amenaza de captura", {"threat"}),
        ("Amenazas de desaparición forzada", {"threat"}),
        ("amenaza por el asesinato de su tía", {"threat"}),
        ("Intento de homicidio a tiros", {"physical_attack"}),
        ("intento de asesinato y hostigamiento", {"physical_attack", "harassment"}),
        ("homicidio frustrado", {"physical_attack"}),
        ("intento de secuestro", set()),
    ],
)
def test_a_threat_or_an_attempt_is_no_killing(cell: str, codes: set[str]) -> None:
    assert set(code_of(cell, "attack_act")[0]) == codes


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("asesinada", {"killing"}),
        ("asesinado a balazos", {"killing"}),
        ("Homicidio con piedra", {"killing"}),
        ("Muerte violenta / homicidio", {"killing"}),
        ("homicidio + amenazas de muerte previas", {"killing", "death_threat"}),
        ("amenaza y homicidio", {"threat", "killing"}),
        ("amenazada antes de ser asesinada", {"threat", "killing"}),
        ("death threats and killing", {"death_threat", "killing"}),
        ("asesinada tras amenazas", {"killing", "threat"}),
        ("homicidio e intento de secuestro", {"killing"}),
    ],
)
def test_a_killing_beside_a_threat_stays_a_killing(cell: str, codes: set[str]) -> None:
    assert set(code_of(cell, "attack_act")[0]) == codes


@pytest.mark.parametrize(
    "cell", ["amenaza de secuestro y homicidio", "homicidio y secuestro frustrados"]
)
def test_a_cell_that_may_say_either_is_asked(cell: str) -> None:
    assert code_of(cell, "attack_act")[0] == ()


@pytest.mark.parametrize("name", ["list_status", "death_type"])
def test_who_was_threatened_with_death_is_not_among_the_dead(name: str) -> None:
    assert "killed" not in code_of("Amenaza de homicidio", name)[0]
