"""The quick search dismisses no text in which an index finds a name; clean texts are learned, leaks never."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch.privacy.build_names_index import NameEntry, build_index
from hrdresearch.privacy.clean_texts import (
    CleanTexts,
    clean_texts,
    learn_clean_texts,
    take_new_clean_texts,
)
from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.names_index import NamesIndex
from hrdresearch.privacy.quick_search import QuickSearch
from hrdresearch.privacy.scan import scan_for_each, scan_report

NAMES = (
    ("Zunela Marquitha Testal", "Jean-Luc Inventado de la Prueba", "Khadidja Demoui"),
    ("محمد الاختبار التجريبي", "Наталка Вигадана", "文试验", "တင်စမ်း အောင်"),
    ("Oluwaseun Madeup", "Xóchitl", "O'Invented, Mary Ann", "김시험"),
)
PAGE = frozenset(["the", "of", "and", "was", "killed", "in", "may", "police", "by", "year"])
LABELS = ("Mexico", "Not recorded", "Mary Ann Islands")


def index(names: tuple[str, ...], is_public: bool) -> NamesIndex:
    entries = [NameEntry(name, is_public=is_public) for name in names]
    return build_index(entries, Key("a study", b"k" * 32), LABELS, PAGE, ["phone 31234567"])


@pytest.fixture(scope="module")
def indexes() -> list[NamesIndex]:
    return [index(names, nth == 1) for nth, names in enumerate(NAMES)]


WORDS = sorted({part for names in NAMES for name in names for part in name.split()})
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from([w.lower() for w in WORDS] + [w.upper() for w in WORDS]),
    st.sampled_from([f"{w[:1]}." for w in WORDS] + [w[:-2] + w[-1:] for w in WORDS if len(w) > 5]),
    st.sampled_from(
        ["the", "of", "Mexico", "de", "killed", "T3stal", "ZunelaTestal", "2019", "M e x"]
    ),
)
TEXTS = st.lists(
    st.tuples(PIECES, st.sampled_from([" ", " ", ", ", "; ", ". ", "-", " | ", "\n"])), max_size=9
).map(lambda pairs: "".join(piece + gap for piece, gap in pairs))


@given(TEXTS)
def test_no_text_with_a_name_is_dismissed(indexes: list[NamesIndex], text: str) -> None:
    quick = QuickSearch(indexes)
    is_named = any(one.find(text) != one.find_beside_names(text) for one in indexes)
    assert quick.may_hold_name(text) or not is_named


def test_most_texts_of_a_page_are_dismissed(indexes: list[NamesIndex]) -> None:
    quick = QuickSearch(indexes)
    for text in ("Victims killed in 2019, by year", "12 | 13", "", "State: Mexico; not recorded"):
        assert not quick.may_hold_name(text), text


def test_an_index_of_labels_alone_is_not_asked_and_one_of_a_restricted_list_is() -> None:
    key = Key("a study", b"k" * 32)
    of_labels = build_index([], key, LABELS, PAGE)
    restricted = build_index([NameEntry("Zunela Testal", is_public=False)], key, LABELS, PAGE)
    identified = build_index([], key, LABELS, PAGE, ["phone 31234567"])
    assert of_labels.finds_nothing
    assert not restricted.finds_nothing and not identified.finds_nothing
    assert not QuickSearch([of_labels]).may_hold_name("Mexico, or Zunela Testal")
    assert QuickSearch([of_labels, restricted]).may_hold_name("Mexico, or Zunela Testal")


def test_identifiers_are_found_beside_an_index_of_labels_alone(tmp_path: Path) -> None:
    key = Key("a study", b"k" * 32)
    indexes = [
        build_index([], key, LABELS, PAGE),
        build_index([], key, LABELS, PAGE, ["phone 31234567"]),
    ]
    hits = scan_for_each(indexes, report(tmp_path / "r", "Call 0803 123 4567 in Mexico"))
    assert [bool(one) for one in hits] == [False, True]


def report(folder: Path, *lines: str) -> Path:
    folder.mkdir()
    (folder / "report.html").write_text("".join(f"<p>{line}</p>" for line in lines))
    return folder


def test_several_indexes_at_once_find_what_each_finds(
    indexes: list[NamesIndex], tmp_path: Path
) -> None:
    page = report(
        tmp_path / "one", *(f"told by {n}" for names in NAMES for n in names), "Call 0031234567"
    )
    assert scan_for_each(indexes, page) == [scan_report(page, one) for one in indexes]
    assert all(scan_for_each(indexes, page))


def test_a_name_is_found_in_each_report_whatever_was_learned_before(
    indexes: list[NamesIndex], tmp_path: Path
) -> None:
    clean, good = CleanTexts(), ("By year", "No name")
    assert scan_for_each(indexes, report(tmp_path / "good", *good), clean=clean) == [[], [], []]
    learned = len(clean.take_new())
    for folder in ("bad", "worse"):
        hits = scan_for_each(
            indexes, report(tmp_path / folder, *good, "Zunela Testal"), clean=clean
        )
        assert [len(found) for found in hits] == [1, 0, 0]
    parted = report(tmp_path / "parted", "By Zunela", "Testal, No name")
    assert scan_for_each(indexes, parted, clean=clean)[0]
    assert learned > 0 and scan_for_each(indexes, report(tmp_path / "again", *good), clean=clean)


def test_what_a_copy_of_the_process_has_learned_is_taken_over() -> None:
    clean_texts("a").add(("By year", "text", None))
    told = take_new_clean_texts()
    assert len(told["a"]) == 1 and take_new_clean_texts()["a"] == []
    learn_clean_texts({"b": told["a"]})
    assert ("By year", "text", None) in clean_texts("b")
    assert ("By month", "text", None) not in clean_texts("b")
