"""Students, teachers, religious and health workers, and artists in cells of own lists; all invented."""

from __future__ import annotations

import pytest

from hrdresearch.clean.value_words import code_of, code_of_value
from hrdresearch.run.own_lists.learned_values import learned_code
from hrdresearch.vocab import codes, vocabulary
from hrdresearch.vocab.list_examples import value_examples

WORDS = {
    "student": "student, Estudiante, estud., alumna, étudiante, lycéen, "
    "estudante, طالبة, تلميذ, студентка, студ., школьник",
    "teacher": "teacher, maestra, Prof., profesor universitario, docente, "
    "enseignante, professora, معلمة, أستاذ جامعي, учительница",
    "religious": "priest, imam, Pbro., sac., pastora, líder religioso, "
    "monja, prêtre, agente pastoral, freira, رجل دين, священник",
    "health_worker": "nurse, doctor, médica, enfermera, personal de salud, "
    "infirmier, agente de saúde, طبيبة, مسعف, медсестра",
    "artist": "artist, writer, escritora, poeta, musicien, écrivaine, "
    "cantora, كاتب, فنانة, писатель, поэтесса",
    "other": "driver, comerciante, ingénieur, ama de casa, ربة منزل, "
    "безработный, pensioner, maestro de obras, artesana",
}  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "code"),
    [(cell, code) for code, cells in WORDS.items() for cell in cells.split(", ")],
)
def test_an_occupation_of_a_list_has_its_code(cell: str, code: str) -> None:
    assert code_of_value(cell, "identity") == ((code,), True)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("medical student", ("student",)),
        ("estudiante de enfermería", ("student",)),
        ("profesora de música", ("teacher",)),
        ("maestra comunitaria", ("teacher",)),
        ("líder universitario", ("leader",)),
        ("religious minority", ()),
        ("social actor", ()),
        ("líder estudiantil", ("youth_leader",)),
        ("كاتب صحفي", ("journalist",)),
        ("الأستاذ المحامي", ("lawyer",)),
        ("pastor de cabras", ("farmer",)),
        ("communauté pastorale", ()),
        ("Prof. de secundaria", ("teacher",)),
        ("prof. de lycée", ("teacher",)),
        ("étud. en médecine", ("student",)),
        ("élève infirmière", ("student",)),
        ("PhD candidate", ("student",)),
        ("doctor of law", ("lawyer",)),
        ("Pbro. católico", ("religious",)),
        ("church leader", ("religious",)),
        ("أستاذ بجامعة", ("teacher",)),
        ("ученица 10 класса", ("student",)),
        ("ex militar", ("other",)),
    ],
)
def test_an_occupation_is_not_read_into_other_words(cell: str, found: tuple[str, ...]) -> None:
    assert code_of(cell, "identity")[0] == found


def test_an_occupation_with_a_code_stands_beside_another_identity_and_other_does_not() -> None:
    assert set(code_of("maestra indígena", "identity")[0]) == {"teacher", "indigenous"}
    assert code_of("comerciante indígena", "identity")[0] == ("indigenous",)


@pytest.mark.parametrize("cell", ["hijo de maestra", "hija de médico", "жена священника"])
def test_nobody_is_the_relative_of_a_defender_by_an_occupation(cell: str) -> None:
    assert "relative" not in code_of(cell, "identity")[0]


def test_the_occupations_are_codes_and_stand_before_other() -> None:
    occupations = vocabulary("list_values")["occupations"]["identity"]
    order = codes("identity")
    assert [code for code in order if code in occupations] == occupations


def test_no_example_calls_an_occupation_other_that_has_a_code() -> None:
    said = [e for e in value_examples() if (e.codes, e.code) == ("identity", "other")]
    assert said
    assert {(e.value, code_of(e.value, "identity")[0]) for e in said} <= {
        (e.value, found) for e in said for found in ((), ("other",))
    }


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("étudiant en première année de droit", "student"),
        ("enseignante vacataire du secondaire", "teacher"),
    ],
)
def test_a_longer_cell_is_read_or_guessed(cell: str, code: str) -> None:
    assert (code_of(cell, "identity")[0] or learned_code(cell, "identity")) == (code,)
