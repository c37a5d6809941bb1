"""Short forms and relatives in the cells of a user's own list; all values are invented."""

from __future__ import annotations

import pytest

from hrdresearch.clean.value_words import code_of


@pytest.mark.parametrize("cell", ["s/juicio", "s/ juicio", "S/J", "sin juicio"])
def test_short_form_of_without_trial_is_not_on_trial(cell: str) -> None:
    assert code_of(cell, "proceedings_stage") == code_of("sin juicio", "proceedings_stage")
    assert "on_trial" not in code_of(cell, "proceedings_stage")[0]


def test_english_short_form_reads_like_the_words_in_full() -> None:
    assert code_of("w/o trial", "proceedings_stage") == code_of(
        "without trial", "proceedings_stage"
    )


@pytest.mark.parametrize(
    "cell",
    [
        "sobrino de dirigente",
        "hijo de un líder campesino",
        "esposa del periodista",
        "son of a lawyer",
    ],
)
def test_relative_of_a_leader_is_no_leader(cell: str) -> None:
    assert code_of(cell, "identity")[0] == ("relative",)


@pytest.mark.parametrize("cell", ["dirigente, hijo de campesino", "dirigente y madre de 3 hijos"])
def test_leader_who_has_relatives_stays_a_leader(cell: str) -> None:
    assert code_of(cell, "identity")[0] == ("leader",)


def test_a_father_of_a_family_is_no_relative_of_somebody() -> None:
    assert code_of("padre de familia, campesino", "identity")[0] == ("farmer",)


def test_a_short_form_that_is_a_known_word_as_a_whole_is_not_read_by_one_of_its_words() -> None:
    assert code_of("Guardia Nac.", "perpetrator") == (("armed_forces",), False)
