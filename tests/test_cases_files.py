"""The files of invented cases are whole: what `tests/cases/README.md` promises of them holds."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

CASES = Path(__file__).parent / "cases"
FOLDERS = ["prison_terms", "prison_terms_second"]
LANGUAGES = ["ar", "be", "en", "es", "fa", "fr", "pt", "ru", "tr", "uk", "vi", "zh"]
COLUMNS = ["id", "template", "split", "text", "kind", "years_low", "years_high", "note"]
EXACT = {"term", "suspended", "several"}
YEARS = {  # kind: is there a low, is there a high
    **dict.fromkeys([*EXACT, "range"], (True, True)),
    **dict.fromkeys(["life", "death", "none"], (False, False)),
    "at_least": (True, False),
    "at_most": (False, True),
}


def cases(language: str, folder: str = "prison_terms") -> pd.DataFrame:
    return pd.read_csv(CASES / folder / f"{language}.csv", dtype=str, keep_default_na=False)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_language_has_its_file(folder: str) -> None:
    assert sorted(path.stem for path in (CASES / folder).glob("*.csv")) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_has_sixty_cases_in_known_columns_with_ids_in_order(language: str) -> None:
    table = cases(language)
    assert list(table) == COLUMNS
    assert len(table) >= 60
    assert list(table["id"]) == [f"{language}-{row:03}" for row in range(1, len(table) + 1)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_of_the_second_set_has_forty_cases_half_of_them_unseen(language: str) -> None:
    table = cases(language, "prison_terms_second")
    assert list(table) == COLUMNS
    assert list(table["id"]) == [f"{language}-s{row:03}" for row in range(1, 41)]
    assert table["split"].value_counts().to_dict() == {"seen": 20, "unseen": 20}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_stands_on_one_side_and_each_side_has_about_half(language: str) -> None:
    table = cases(language)
    sides = table.groupby("template")["split"].agg(set)
    assert sides.map(len).eq(1).all()
    counts = sides.map(min).value_counts()
    assert set(counts.index) == {"seen", "unseen"}
    assert counts.min() >= 0.4 * counts.sum()


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_years_of_a_case_fit_its_kind(language: str, folder: str) -> None:
    table = cases(language, folder)
    assert set(table["kind"]) <= set(YEARS)
    given = list(zip(table["years_low"].ne(""), table["years_high"].ne(""), strict=True))
    assert given == [YEARS[kind] for kind in table["kind"]]
    exact = table[table["kind"].isin(EXACT)]
    assert exact["years_low"].equals(exact["years_high"])
    ranges = table.loc[table["kind"].eq("range"), ["years_low", "years_high"]].astype(float)
    assert (ranges["years_low"] < ranges["years_high"]).all()
    figures = pd.concat([table["years_low"], table["years_high"]])
    assert figures[figures.ne("")].str.fullmatch(r"\d+\.\d\d").all()


def test_no_two_texts_are_equal_in_any_language() -> None:
    texts = pd.concat([cases(code, folder)["text"] for code in LANGUAGES for folder in FOLDERS])
    assert texts.str.strip().ne("").all()
    assert not texts.str.casefold().str.split().str.join(" ").duplicated().any()
