"""Names compared across scripts and spellings; all persons are invented."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import hrdresearch.names
from hrdresearch.names.candidates import candidate_keys, candidate_pairs
from hrdresearch.names.name_comparison import LIKELY_SAME, compare_names

PAIRS = Path(__file__).resolve().parents[1] / "benchmarks" / "name_pairs.csv"


@pytest.mark.parametrize(
    "module", [m.name for m in pkgutil.iter_modules(hrdresearch.names.__path__)]
)
def test_the_examples_in_the_docstrings_are_true(module):
    done = doctest.testmod(importlib.import_module(f"hrdresearch.names.{module}"))

    assert done.failed == 0


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("عبد الرحمن بن طارق المجربي", "Abderrahmane Tareq Al-Mujarrabi"),
        ("Зунела Тестальевна Щукарёва", "SHCHUKAREVA Zunela"),
        ("Олександр Пробенко", "Sasha Probenko"),
        ("欧阳志强", "Au-yeung Chi-keung"),
        ("Zhiqiang Lin", "Lam Chi-keung"),
        ("이영희", "Young-hee Rhee"),
        ("ገብረማርያም ተስፋ", "Gebre Mariam Tesfa"),
        ("W/Mariam Tesfa", "Woldemariam Tesfa"),
        ("ဦးကျော်မြင့်ဝေ", "Kyaw Myint Wai"),
        ("लक्ष्मी परीक्षण", "Laxmi Parikshan"),
        ("রফিকুল মুখোপাধ্যায়", "Rafiqul Mukherjee"),
        ('Francisco "Paco" Pruébez de la Vega', "Paco Pruebez"),
        ("Testal, Zunela M.", "Zunela Marivel Testal"),
        ("Zunela bin Testal", "Zunela Testal"),
        ("黎试英", "Jimmy Lai Shi-ying"),
        ("မောင်သူရ", "Maungthura"),
        ("Zúñela Müller", "Zunela Mueller"),
        ("Zunela Testal alias Mira Prueval", "Prueval Mira"),
    ],
)
def test_two_spellings_of_one_name_are_likely_the_same(a, b):
    assert compare_names(a, b).score > LIKELY_SAME
    assert compare_names(b, a) == compare_names(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("María López Prueval", "Mario López Prueval"),
        ("Hassan al-Mujarrabi", "حسين المجربي"),
        ("Tariq Salim al-Mujarrabi", "Nabil Salim al-Mujarrabi"),
        ("Li Wei Ming", "Du Wei Ming"),
        ("김민준", "Kim Min-jung"),
        ("ကျော်မြင့်ဝေ", "Wai Myint Kyaw"),
        ("Zunela Testal", "Zunela"),
        ("Zunela Testal", ""),
        ("", ""),
    ],
)
def test_brothers_namesakes_and_single_words_are_not(a, b):
    assert compare_names(a, b).score <= LIKELY_SAME


def test_the_reasons_hold_no_name():
    why = compare_names("Zunela Testal", "Testal, Z.").why

    assert why == "an initial, same words, other order, few words in common"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_can_be_compared_and_have_a_score_from_0_to_1(a, b):
    assert 0 <= compare_names(a, b).score <= 1
    assert compare_names(a, b) == compare_names(b, a)
    assert all(candidate_keys(a))


def test_only_names_that_share_a_key_are_compared():
    names, others = ["Zunela Testal", "Pelio Ramonda"], ["ТЕСТАЛ Зунела Марковна", "Ernal Vegunta"]

    assert list(candidate_pairs(names, others)) == [("Zunela Testal", "ТЕСТАЛ Зунела Марковна")]


@pytest.mark.parametrize("part", ["seen", "unseen"])
def test_spellings_of_one_name_are_found_at_one_false_pair_in_a_hundred(part):
    pairs = pd.read_csv(PAIRS, keep_default_na=False)
    pairs = pairs[pairs["part"] == part].iloc[::4]
    pairs["score"] = [
        compare_names(a, b).score for a, b in zip(pairs["a"], pairs["b"], strict=True)
    ]
    same, other = pairs[pairs["is_same"]], pairs[~pairs["is_same"]]

    found = (same["score"] > LIKELY_SAME).groupby(same["script"]).mean()

    keys = [
        bool(candidate_keys(a) & candidate_keys(b))
        for a, b in zip(same["a"], same["b"], strict=True)
    ]

    assert (other["score"] > LIKELY_SAME).mean() <= 0.015
    assert sum(keys) / len(keys) > 0.95
    assert found[["arabic", "cyrillic"]].min() > 0.85
    assert found.min() > 0.75 and found.mean() > 0.9
