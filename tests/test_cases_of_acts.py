"""Invented sentences that tell an act, in seven languages; figures in decision 64."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.text import read_table
from hrdresearch.vocab import codes

CASES = Path(__file__).parent / "cases" / "acts"
LANGUAGES = ("ar", "en", "es", "fr", "pt", "ru", "zh")


def cases(name: str) -> pd.DataFrame:
    read = pd.read_csv(CASES / f"{name}.csv", dtype=str, keep_default_na=False)
    return read if "language" in read else read.assign(language=name)


def wrong(texts: pd.DataFrame) -> pd.DataFrame:
    """Texts whose acts, those denied aside, are not those of the case."""
    found = read_table(texts, vocabularies=["incident_act"])
    told = found[found["kind"].eq("codes") & ~found["is_denied"]]
    acts = told.groupby("text_number")["code"].agg(lambda listed: ";".join(sorted({*listed})))
    texts = texts.reset_index(drop=True)
    return texts[texts["codes"] != acts.reindex(texts.index, fill_value="")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_acts_are_read_in_each_language(language: str) -> None:
    texts = cases(language)
    assert {code for listed in texts["codes"] for code in listed.split(";")} <= {
        "",
        *codes("incident_act"),
    }
    assert wrong(texts[texts["split"] == "seen"]).empty
    assert len(wrong(texts[texts["split"] == "unseen"])) <= 1


@pytest.mark.parametrize(("name", "most"), [("second", 14), ("third", 1)])
def test_acts_in_other_wordings_are_read_as_far_as_phrases_can(name: str, most: int) -> None:
    assert len(wrong(cases(name))) <= most


def test_acts_are_hardly_ever_invented() -> None:
    texts = pd.concat([cases(name) for name in ("second", "third")])
    assert len(wrong(texts[texts["codes"] == ""])) <= 2
