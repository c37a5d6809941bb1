"""Relatives, professions and short forms in cells of a user's own list; all values are invented."""

from __future__ import annotations

import pytest

from hrdresearch.clean.value_words import code_of, code_of_value
from hrdresearch.clean.word_forms import fold
from hrdresearch.run.own_lists.contents import Column
from hrdresearch.run.own_lists.learned_values import learned_code
from hrdresearch.run.own_lists.values import crosswalk_of


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("hijo de campesino y periodista", ("journalist",)),
        ("hijo de campesino, periodista", ("journalist",)),
        ("son of a farmer and journalist", ("relative",)),
        ("esposa de un líder", ("relative",)),
        ("esposa de un líder y periodista", ("relative",)),
        ("hijo de maestro y abogada", ("relative",)),
        ("esposa de líder, campesina", ("farmer", "relative")),
        ("periodista, hermana de abogado", ("journalist", "relative")),
        ("padre de familia, campesino", ("farmer",)),
        ("жена журналиста", ("relative",)),
        ("زوجة صحفي", ("relative",)),
        ("والدة معتقل", ("relative",)),
    ],
)
def test_a_relation_belongs_to_the_part_that_names_it(cell: str, codes: tuple[str, ...]) -> None:
    assert code_of(cell, "identity")[0] == codes


@pytest.mark.parametrize(
    "cell",
    ["ربة منزل", "домохозяйка", "ama de casa", "سائق", "merchant", "пенсионер"],
)
def test_who_has_an_occupation_without_a_code_is_other(cell: str) -> None:
    assert code_of_value(cell, "identity")[0] == ("other",)


def test_an_occupation_without_a_code_is_left_out_beside_an_identity() -> None:
    assert code_of("comerciante sindicalista", "identity")[0] == ("trade_unionist",)
    assert code_of("ناشط طلابي", "identity")[0] == ("youth_leader",)


def test_who_belongs_to_a_community_leads_nobody() -> None:
    assert code_of("comunitaria garífuna", "identity")[0] == ("afrodescendant",)
    assert code_of("comunitario", "identity") == (("community_leader",), True)


@pytest.mark.parametrize(
    ("cell", "name", "codes"),
    [
        ("crimen org.", "perpetrator", ("criminal_group",)),
        ("policía y crimen org.", "perpetrator", ("police", "criminal_group")),
        ("en investig.", "impunity", ("under_investigation",)),
        ("cond.", "proceedings_stage", ("final",)),
        ("апелл.", "proceedings_stage", ("judged",)),
        ("след-вие", "proceedings_stage", ("investigation",)),
        ("дом. арест", "list_status", ("detained",)),
        ("осв. в зале суда", "list_status", ("released",)),
        ("lib. cond.", "list_status", ()),
        ("pres. de la com. de tierras que no existe.", "identity", ()),
        ("def. derechos de las mujeres", "identity", ()),
    ],
)
def test_a_short_form_has_the_code_on_which_all_its_words_agree(
    cell: str, name: str, codes: tuple[str, ...]
) -> None:
    assert code_of(cell, name) == (codes, False)


def test_a_dash_beside_a_no_is_not_known_and_alone_a_no() -> None:
    beside = crosswalk_of(Column("Amenazas", ["Sí", "No", "—", "—", "No"]), "asked_fact", "")
    alone = crosswalk_of(Column("Amenazas", ["Sí", "—", "—", "Sí"]), "asked_fact", "")

    assert (beside.sure["—"], alone.sure["—"]) == (("unknown",), ("no",))


def test_words_that_may_be_of_several_codes_are_not_learned_either() -> None:
    for cell in ("security agents", "military police"):
        assert code_of(cell, "perpetrator")[0] + learned_code(cell, "perpetrator") == ()


def test_latin_letters_within_a_russian_word_are_the_russian_ones() -> None:
    assert fold("CИЗО") == fold("СИЗО")
    assert fold("Casa") == "casa"
