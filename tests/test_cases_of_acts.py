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


def read(texts: pd.DataFrame) -> pd.DataFrame:
    """Texts with the acts that they tell (``told``) and that they deny (``not_told``)."""
    found = read_table(texts, vocabularies=["incident_act"])
    acts = found[found["kind"] == "codes"].groupby(["is_denied", "text_number"])["code"]
    listed = acts.agg(lambda codes: ";".join(sorted({*codes}))).unstack(0, fill_value="")
    listed = listed.reindex(index=range(len(texts)), columns=[False, True], fill_value="")
    return texts.reset_index(drop=True).assign(told=listed[False], not_told=listed[True])


def wrong(texts: pd.DataFrame) -> pd.DataFrame:
    """Texts whose acts, those denied aside, are not those of the case."""
    return read(texts)[lambda rows: rows["told"] != rows["codes"]]


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


def test_acts_that_are_denied_are_not_told() -> None:
    texts = read(cases("denials"))
    assert set(texts["language"]) == {*LANGUAGES}
    is_wrong = texts["told"] != texts["codes"]
    assert not is_wrong[texts["split"] == "seen"].any()
    assert is_wrong.sum() <= 1
    is_found = [{*denied.split(";")} <= {*found.split(";"), ""}
                for denied, found in zip(texts["denied"], texts["not_told"], strict=True)]  # fmt: skip
    assert len(texts) - sum(is_found) <= 7  # nouns of arrests and "did not arrest" are no phrases


@pytest.mark.parametrize(
    ("text", "is_denied"),
    [
        ("Officers have not detained the weaver", True),  # "not" in the gap of a phrase
        ("Police arrested nobody", True),
        ("The guards arrested the potter and told nobody", False),
        ("When the potter was arrested nobody was told", False),
        ("He was found not guilty", False),  # a denial of the phrase itself
        ("Nobody was charged with the murder of the potter", False),  # of the murder
    ],
)
def test_a_denial_reaches_its_verb_and_no_other(text: str, is_denied: bool) -> None:
    found = read_table(pd.DataFrame({"text": [text], "language": ["en"]}), None, ["incident_act"])
    last = found[found["kind"] == "codes"].iloc[-1]
    assert bool(last["is_denied"]) == is_denied


@pytest.mark.parametrize("split", ["seen", "unseen"])
def test_torture_abduction_and_disappearance_are_acts_in_seven_languages(split: str) -> None:
    texts = cases("fourth")
    assert {"torture", "kidnapping", "enforced_disappearance"} < {*texts["codes"]}
    assert len(wrong(texts[texts["split"] == split])) <= (split == "unseen")
