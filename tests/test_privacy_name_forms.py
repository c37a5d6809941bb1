"""A name of a restricted list is found in the forms that a text may give it. All persons invented."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrdresearch.names.wrong_letters import misspelling_keys, spelling_keys
from hrdresearch.privacy.build_names_index import NameEntry, build_index
from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.scan import scan_report
from hrdresearch.run.page_words import words_of_pages

KEY = Key("killings", b"k" * 32)
PAGE = frozenset(("on", "monday", "the", "lawyer", "called", "was", "may", "police", "named"))


def index_of(*names, is_public=False):
    return build_index([NameEntry(n, is_public=is_public) for n in names], KEY, ["India"], PAGE)


def kinds(name, text, **more):
    return [span.kind for span in index_of(name, **more).find(text)]


FORMS = {
    "Z. Testalore": "initial and surname",
    "Z Testalore": "initial and surname",
    "Testalore, Z.": "initial and surname",
    "Testalore, the lawyer named Zunela,": "name apart",
    "Zunela (38), called Testalore": "name apart",
    "Ms. Testalore": "surname",
    "TESTALORE": "surname",
    "Testalore's": "surname",
    "Zunela Testelore": "name with a wrong letter",
    "Zunela Testalroe": "name with a wrong letter",
    "Zunela Testallore": "full name",
    "Zunеlа Tеstаlоrе": "full name",
    "Ζunela Τestalοre": "full name",
    "Zune1a Testal0re": "full name",
    "Z u n e l a  T e s t a l o r e": "name with letters apart",
    "Zu\u034fnela Te\u2800stalore": "full name",
}


@pytest.mark.parametrize("text", FORMS)
def test_a_form_of_a_name_is_found(text):
    assert kinds("Zunela Testalore", f"On Monday {text} was called") == [FORMS[text]]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Yuri Shcherbakov", "Iouri Chtcherbakov"),
        ("Щербаков Юрий", "Jurij Ščerbakov"),
        ("محمود الحداد", "M. Haddad"),
        ("ተስፋዬ ወርቁ", "Worku, the lawyer named Tesfaye"),
        ("Zhang Guoqiang", "Cheung Kwok-keung"),
        ("محمود الحداد", "MahmoudElhaddad"),
        ("Pyae Sone Thant", "ပြည့်စုံသန့်"),
    ],
)
def test_a_name_is_found_in_another_system_of_letters(name, text):
    assert kinds(name, f"On Monday {text} was called")


def test_a_surname_alone_counts_for_lists_that_are_not_public_and_for_no_word_of_the_page():
    assert kinds("Zunela Testalore", "Testalore was called", is_public=True) == []
    assert kinds("Zunela May", "The police called in May. Police came") == []
    assert kinds("Zunela May", "Z. May was called") == ["initial and surname"]
    assert kinds("Zunela Testalore", "a testalore was called on Monday") == []


def test_a_word_of_the_page_in_another_script_does_not_hide_a_name_that_reads_like_it():
    index = build_index([NameEntry("Jianhua Zhong")], KEY, (), frozenset({"中国"}))
    assert [span.kind for span in index.find("On Monday Ms. Zhong was called")] == ["surname"]


def test_a_word_by_which_a_text_is_read_hides_no_surname_because_no_page_prints_it():
    index = build_index([NameEntry("Zunela Desta")], KEY, (), words_of_pages())
    assert [span.kind for span in index.find("On Monday Ms. Desta was called")] == ["surname"]


def test_letters_within_a_code_are_no_surname():
    assert kinds("Zunela Testalore", "signed 9Testalore4+aB=") == []


def test_a_short_name_is_not_looked_for_with_a_wrong_letter():
    assert kinds("Li Wu", "On Monday Li Wo was called") == []


def test_words_of_a_name_that_are_far_apart_are_no_name():
    text = "Zunela came on the Monday that the lawyer Testalore was named"
    assert kinds("Zunela Testalore", text, is_public=True) == []


def scan(tmp_path, body):
    (tmp_path / "report.html").write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    return scan_report(tmp_path, index_of("Zunela Testalore", is_public=True))


@pytest.mark.parametrize(
    "body",
    [
        "<p>Then came Zunela</p><p>Testalore was heard.</p>",
        "<ul><li>Testalore</li><li>Zunela</li></ul>",
        "<table><tr><td>Zunela</td><td>5</td></tr><tr><td>Testalore</td><td>3</td></tr></table>",
    ],
)
def test_a_name_in_two_blocks_is_found(tmp_path, body):
    assert scan(tmp_path, body)


def test_two_blocks_without_a_name_are_not_joined_into_one(tmp_path):
    assert scan(tmp_path, "<p>Zunela spoke.</p><p>Then</p><p>Testalore</p>") == []


def test_the_index_holds_no_word_of_a_name():
    held = index_of("Zunela Testalore").to_bytes().lower()
    assert b"testalore" not in held and b"zunela" not in held


@settings(max_examples=200, deadline=None)
@given(
    st.text("abcdefg", min_size=2, max_size=8),
    st.integers(0, 7),
    st.sampled_from("abcdefg"),
    st.sampled_from(("other", "left out", "added", "swapped")),
)
def test_one_wrong_letter_is_always_found(word, at, letter, how):
    at %= len(word) - 1
    wrong = {
        "other": word[:at] + letter + word[at + 1 :],
        "left out": word[:at] + word[at + 1 :],
        "added": word[:at] + letter + word[at:],
        "swapped": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    }[how]
    assert wrong == word or misspelling_keys(wrong) & spelling_keys(word)


@settings(max_examples=200, deadline=None)
@given(st.text("abc", min_size=1, max_size=6), st.text("abc", min_size=1, max_size=6))
def test_words_that_share_a_key_are_one_mistake_apart(one, other):
    from rapidfuzz.distance import OSA

    assert bool(misspelling_keys(one) & spelling_keys(other)) == (
        one == other or OSA.distance(one, other) == 1
    )


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_name_and_any_text_can_be_searched(name, text):
    spans = index_of(name).find(text)
    length = len(unicodedata.normalize("NFKC", text)) + 1
    assert all(0 <= span.start < span.end <= length for span in spans)


def test_the_number_of_a_heading_is_no_initial_of_a_surname():
    assert kinds("Invo Testalore", "III. Testalore-term imprisonment") == kinds(
        "Invo Testalore", "Testalore-term imprisonment"
    )
    assert "initial and surname" in kinds("Invo Testalore", "I. Testalore was held")
