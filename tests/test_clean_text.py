"""Text of a cell: white space, markup, misread encodings. All examples are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch.clean.text import (
    has_markup,
    make_markup_harmless,
    put_on_one_line,
    undo_mac_roman,
    undo_mac_roman_as_cp1252,
)


def test_line_breaks_and_non_breaking_spaces_become_one_space() -> None:
    assert put_on_one_line("  Ana\u00a0\nBeltrano\t ") == "Ana Beltrano"


def test_direction_marks_and_control_characters_go() -> None:
    assert put_on_one_line("Ana\u202e\u200b Bel\x00trano") == "Ana Beltrano"


def test_decomposed_accents_are_composed() -> None:
    assert put_on_one_line("Jose\u0301") == "José"


@pytest.mark.parametrize("cell", ["<b>x</b>", "&#40;x&#41;", "<script>x", "javascript:x", "</td>"])
def test_markup_is_told(cell: str) -> None:
    assert has_markup(cell)


@pytest.mark.parametrize("cell", ["Ana & Co", "3 < 4", "R&D", "a; b"])
def test_ordinary_signs_are_no_markup(cell: str) -> None:
    assert not has_markup(cell)


def test_markup_stays_readable_and_harmless() -> None:
    assert make_markup_harmless("<script>x</script>&#40;a&#41;") == "‹script›x‹/script›(a)"


def test_twice_escaped_markup_is_harmless_too() -> None:
    assert "<" not in make_markup_harmless("&amp;lt;script&amp;gt;")


def test_utf8_read_as_mac_roman_is_put_right() -> None:
    spoilt = "Révolution d’été".encode().decode("mac_roman")
    assert undo_mac_roman(spoilt) == "Révolution d’été"


@given(st.text())
def test_undoing_mac_roman_never_fails_and_turns_back_what_it_can(text: str) -> None:
    undo_mac_roman(text)
    try:
        spoilt = text.encode().decode("mac_roman")
    except UnicodeDecodeError:
        return
    assert undo_mac_roman(spoilt) == text


def test_good_accents_are_not_touched() -> None:
    assert undo_mac_roman("José Ñandú, Çelik, 北京") == "José Ñandú, Çelik, 北京"


def test_mac_roman_read_as_windows_is_put_right() -> None:
    spoilt = "Raúl Martín Peñón".encode("mac_roman").decode("cp1252")
    assert undo_mac_roman_as_cp1252(spoilt) == "Raúl Martín Peñón"
    assert undo_mac_roman_as_cp1252("Solís") == "Solís"
