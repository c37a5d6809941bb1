"""Recommendations: what they ask, of whom, and who makes them; invented sentences."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.clean.paragraphs import missing_numbers
from hrdresearch.coding.action import code_action
from hrdresearch.coding.disagreements import JUDGEMENT_COLUMN, REASON_COLUMN, disagreements
from hrdresearch.coding.recommendations import code_concern, code_recommendation, language_of
from hrdresearch.sources.recommendations_sheet import split_state_names, state_code


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Share good practice with its neighbours", "1"),
        ("Continue its efforts to protect defenders", "2"),
        ("Consider inviting the Special Rapporteur", "3"),
        ("Strengthen the protection of journalists", "4"),
        ("Ratify the Optional Protocol", "5"),
        ("Adopt a law on the protection of defenders", "5"),
        ("Ensure the safety of defenders, including by establishing a mechanism", "5"),
    ],
)
def test_the_opening_verb_gives_the_action_category(text: str, category: str) -> None:
    coded = code_action(text)
    assert coded.code == category
    assert 0 <= coded.start < coded.end <= len(text)


def test_a_text_without_a_known_verb_is_not_assessed() -> None:
    assert code_action("No verb here at all").code == "not_assessed"


@pytest.mark.parametrize(
    ("text", "is_explicit"),
    [
        ("Protect human rights defenders from reprisals", True),
        ("Release all persons who defend human rights", True),
        ("Improve the supply of drinking water", False),
    ],
)
def test_a_concern_with_defenders_is_told_with_its_evidence(text: str, is_explicit: bool) -> None:
    found = code_concern(text)
    assert (found.code == "explicit") == is_explicit


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("Norway, Chile and Fiji", ["NOR", "CHL", "FJI"]),
        ("Venezuela (Bolivarian Republic of) and Kenya", ["VEN", "KEN"]),
        ("Bosnia and Herzegovina", ["BIH"]),
        ("Iran (Islamic Republic of)", ["IRN"]),
    ],
)
def test_every_recommending_state_is_read_from_the_brackets(cell: str, codes: list[str]) -> None:
    assert [state_code(name) for name in split_state_names(cell)] == codes


def test_a_gap_in_paragraph_numbers_is_found() -> None:
    assert missing_numbers(["6.1", "6.2", "6.3"]) == []
    assert missing_numbers(["6.1", "6.3"])


def french_and_spanish() -> list[dict[str, str]]:
    """Sentences of our own with the codes that they should get."""
    with (Path(__file__).parent / "upr_french_spanish.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("language", ["fr", "es"])
def test_french_and_spanish_are_coded_by_their_own_vocabulary(language: str) -> None:
    rows = [row for row in french_and_spanish() if row["language"] == language]
    assert len(rows) >= 60
    for row in rows:
        coded = code_recommendation(row["text"])
        found = (coded.language, coded.concern.code, coded.action.code)
        assert found == (language, row["concern"], row["action"]), row["text"]
        asked = {code for code in row["asks"].split("|") if code}
        assert asked <= {evidence.code for evidence in coded.asks}, row["text"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Assegurar que os defensores dos direitos humanos possam trabalhar sem medo",
            "Portuguese",
        ),
        ("Обеспечить защиту правозащитников", "not Latin"),
        ("حماية المدافعين عن حقوق الإنسان", "not Latin"),
    ],
)
def test_a_recommendation_in_a_language_that_is_not_read_is_told(text: str, language: str) -> None:
    with pytest.warns(UserWarning, match=language):
        assert code_recommendation(text).concern.code == "no"


def test_no_recommendation_in_a_language_that_is_read_is_told(
    recwarn: pytest.WarningsRecorder,
) -> None:
    texts = [row["text"] for row in french_and_spanish()]
    for text in [*texts, "As a priority, ratify the Convention", "12", ""]:
        language_of(text)
    assert [str(w.message) for w in recwarn] == []


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("Ensure the security of human rights defenders", True),
        ("Let defenders work in security", True),
        ("Amend the National Security Law that is used against defenders", False),
        ("Investigate abuses of defenders by security forces", False),
        ("Garantizar la seguridad de los defensores", True),
        ("Investigar los abusos de las fuerzas de seguridad contra defensores", False),
        ("Garantir la sécurité des défenseurs", True),
        ("Enquêter sur les forces de sécurité qui ont menacé des défenseurs", False),
    ],
)
def test_security_of_the_state_is_no_safety_asked_for(text: str, is_asked: bool) -> None:
    asks = {ask.code for ask in code_recommendation(text, "explicit").asks}
    assert ("environment" in asks) == is_asked


def test_a_word_of_another_language_does_not_change_the_language_of_a_text() -> None:
    for text in ("Use the words droits de la personne in French, which speak of all persons",
                 "Adopt a law on the Defensoría del Pueblo de la Nación", ""):  # fmt: skip
        assert language_of(text) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Respect the right of individuals, groups and organs of society to speak", "explicit"),
        ("Open the civic space", "implicit"),
        ("Strengthen the office of the public defender", "no"),
    ],
)
def test_words_of_the_declaration_are_on_defenders(text: str, code: str) -> None:
    assert code_concern(text).code == code


def test_disagreements_with_an_index_carry_a_reason_by_rule_and_room_for_a_judgement() -> None:
    texts = {
        "Protect defenders from attacks": ("no", "Freedom of the press"),
        "Invite the Special Rapporteur on human rights defenders": ("no", "Special procedures"),
        "Improve prisons, courts and the protection of defenders": ("no", "General"),
        "Let NGOs defending human rights work": ("no", "Civil society"),
        "Strengthen the Office of the Human Rights Defender": ("yes", "Human rights defenders"),
        "Respect civil society": ("yes", "Human rights defenders"),
        "Give medical care to the prisoner": ("yes", "Human rights defenders"),
        "Protect all human rights defenders": ("yes", "Human rights defenders"),
    }
    coded = [code_concern(text) for text in texts]
    rows = pd.DataFrame({
        "recommendation_id": list("abcdefgh"), "source": "one", "state_iso3": "FJI", "session": 1,
        "text": list(texts), "source_issues": [issue for _, issue in texts.values()],
        "is_source_tagged": [tag for tag, _ in texts.values()],
        "concern_code": [c.code for c in coded], "concern_rule": [c.rule for c in coded],
        "concern_span": [f"{c.start}-{c.end}" if c.end else "" for c in coded],
    })  # fmt: skip
    sheet = disagreements(rows)
    assert sheet["recommendation_id"].tolist() == list("abcdefg")
    assert sheet[REASON_COLUMN].nunique() == 7
    assert set(sheet[JUDGEMENT_COLUMN]) == {""}
