"""Sentences and pretexts as read from words in six languages."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.coding.bands import band_agreement
from hrdresearch.coding.pretext import code_pretexts
from hrdresearch.coding.sentence import KINDS, Sentence, parse_sentence
from hrdresearch.run.tasks.sentence import evaluate
from hrdresearch.vocab import codes

LABELLED = Path(__file__).parents[1] / "data" / "reference" / "labelled" / "sentences.csv"


def joined_codes(text: str, state: str = "") -> str:
    """Codes of a charge joined by ``|``; ``not_recorded`` where the text names no charge."""
    return "|".join(p.code for p in code_pretexts(text, state=state)) or "not_recorded"


def read(text: str) -> tuple[str, float | None, float | None]:
    s = parse_sentence(text)
    return s.kind, s.minimum, s.maximum


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fifteen years and six months", ("term", 15.5, 15.5)),
        ("3 to 8 years", ("term", 3, 8)),
        ("5-10 Years", ("term", 5, 10)),
        ("quince años y seis meses", ("term", 15.5, 15.5)),
        ("quatre-vingt-dix-neuf ans", ("term", 99, 99)),
        ("dezesseis anos", ("term", 16, 16)),
        ("خمسة عشر عاما وستة أشهر", ("term", 15.5, 15.5)),
        ("السجن ١٥ سنة", ("term", 15, 15)),
        ("一百二十年", ("term", 120, 120)),
        ("fifteen (15) years", ("term", 15, 15)),
    ],
)
def test_lengths_are_read_in_years(text: str, expected: tuple[str, float, float]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("not sentenced", "Not Sentenced", "NOT SENTENCED", "unsentenced", "Sentence pending"),
        *("sin sentencia", "non condamné", "未判决"),
    ],
)
def test_not_sentenced_in_all_spellings_is_pending(text: str) -> None:
    assert read(text) == ("pending", None, None)


def test_a_commuted_sentence_is_the_one_in_force() -> None:
    s = parse_sentence("death, commuted to 20 years")
    assert (s.kind, s.minimum, s.flags) == ("term", 20, ("reduced_or_commuted",))
    assert read("reduced from 12 to 8 years on appeal") == ("term", 8, 8)
    assert read("10 years, reduced by two years on appeal") == ("term", 8, 8)


def test_what_a_sentence_was_reduced_to_stays_open_where_it_is_not_said() -> None:
    assert read("10 years, reduced on appeal") == ("term", 0, 10)


def test_consecutive_terms_add_up_and_concurrent_ones_do_not() -> None:
    assert read("two consecutive terms of five years") == ("term", 10, 10)
    assert read("two concurrent terms of five years") == ("term", 5, 5)
    assert read("consecutive terms of six and eight months")[1] == pytest.approx(14 / 12, abs=1e-3)


def test_two_terms_of_unknown_relation_are_a_range() -> None:
    s = parse_sentence("5 years and 3 years")
    assert (s.minimum, s.maximum, s.flags) == (5, 8, ("cumulation_unknown",))


def test_a_suspended_sentence_is_a_kind_of_its_own_and_reaches_no_threshold() -> None:
    s = parse_sentence("twelve years, suspended")
    assert (s.kind, s.minimum) == ("suspended", 12)
    assert all(math.isnan(b) for b in s.bounds)


def test_life_and_death_are_no_lengths_but_longer_than_any_threshold() -> None:
    for text in ("life without parole", "peine de mort", "无期徒刑"):
        s = parse_sentence(text)
        assert (s.minimum, s.maximum) == (None, None)
        assert s.bounds == (math.inf, math.inf)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [("2030-05-01", "2030-05-01", "day"), ("2030-05", "2030-05-01", "month"),
     ("2030", "2030-01-01", "year"), ("until 12 March 2031", "2031-03-12", "day"),
     ("2025年12月刑满", "2025-12-01", "month")],
)  # fmt: skip
def test_an_end_date_in_place_of_a_length_keeps_its_precision(
    text: str, day: str, precision: str
) -> None:
    s = parse_sentence(text)
    assert (s.kind, str(s.end_date), s.end_precision) == ("term", day, precision)


def test_years_that_are_no_imprisonment_are_left_out() -> None:
    assert read("9 years in prison and 3 years of house arrest") == ("term", 9, 9)
    assert read("有期徒刑十年，剥夺政治权利二年") == ("term", 10, 10)


def test_the_evidence_is_the_text_as_written() -> None:
    assert parse_sentence("La peine: Deux Ans et Demi.").evidence == "Deux Ans et Demi"


def test_what_no_rule_reads_says_so() -> None:
    assert parse_sentence("zxcv").kind == "unparsed"


@given(st.text(max_size=80))
def test_any_text_gives_a_known_kind_and_an_ordered_range(text: str) -> None:
    s = parse_sentence(text)
    assert s.kind in KINDS
    if s.minimum is not None and s.maximum is not None:
        assert 0 <= s.minimum <= s.maximum


@given(st.integers(0, 99), st.integers(0, 11))
def test_years_and_months_in_digits_are_read_in_four_languages(years: int, months: int) -> None:
    for pattern in ("{} years {} months", "{} años y {} meses", "{} ans et {} mois", "{}年{}个月"):
        s = parse_sentence(pattern.format(years, months))
        assert s.minimum == pytest.approx(years + months / 12, abs=1e-3)


def test_kinds_of_the_parser_are_codes_of_the_vocabulary() -> None:
    assert set(KINDS) <= set(codes("sentence_kind"))


def test_the_labelled_set_has_200_examples_in_six_languages_and_agrees() -> None:
    result = evaluate(LABELLED, None, None)
    assert result["n"] >= 200
    assert set(result["by_language"]) == {"en", "es", "fr", "pt", "ar", "zh"}
    assert result["exact"] >= 0.97


def test_evaluate_prints_numbers_for_machines_and_names_rows_that_disagree(tmp_path: Path) -> None:
    file = tmp_path / "labelled.csv"
    file.write_text("language,text,kind,minimum,maximum\nen,ten years,term,10,10\n"
                    "en,ten years,life,,\n", encoding="utf-8")  # fmt: skip
    made = CliRunner().invoke(app, ["evaluate", "sentence", str(file), "--json"])
    result = json.loads(made.stdout)
    assert (result["n"], result["exact"]) == (2, 0.5)
    assert result["disagreements"] == [{"row": 3, "language": "en"}]


@pytest.mark.parametrize(
    ("sentence", "band", "expected"),
    [
        ("12 years", "10+ Years", ("same", True)),
        ("Life", "10+ Years", ("overlap", False)),
        ("3 to 8 years", "5-10 years", ("overlap", False)),
        ("12 Years", "Not Sentenced", ("contradiction", False)),
        ("Not sentenced", "Sentence pending", ("same", True)),
        ("Unknown", "10+ Years", ("not_compared", False)),
    ],
)
def test_a_sentence_is_compared_with_the_class_of_its_publisher(
    sentence: str, band: str, expected: tuple[str, bool]
) -> None:
    assert band_agreement(parse_sentence(sentence), band) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anti-state, False news", "national_security|false_news"),
        ("No charge", "no_charge"),
        ("No charge disclosed", "not_disclosed"),
        ("煽动颠覆国家政权罪", "national_security"),
        ("difamación y calumnia", "insult_defamation"),
        ("atteinte à la sûreté de l'État", "national_security"),
        ("التجمهر ونشر أخبار كاذبة", "false_news|assembly"),
        ("tráfico de drogas", "drugs"),
        ("joining a banned group", "extremist_membership"),
        ("Retaliatory, no charge", "retaliation|no_charge"),
        ("She was moved to another prison.", "not_recorded"),
        ("He is accused of qwerty.", "other"),
        ("", "not_recorded"),
        ("qwerty", "other"),
    ],
)
def test_charges_become_pretexts(text: str, expected: str) -> None:
    assert joined_codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Convicted in March 2021 of spying", "treason_espionage"),
        ("Arrested on 5 March", "other"),
        ("Took part in the March for Justice", "assembly"),
        ("por denunciar la corrupción de la alcaldía", "other"),
        ("fue denunciado por corrupción", "tax_fraud"),
        ("for exposing corruption", "other"),
        ("pour avoir dénoncé la corruption", "other"),
        ("por denunciar a corrupção", "other"),
        ("за разоблачение коррупции", "other"),
    ],
)
def test_a_month_and_wrongs_that_a_person_told_of_are_no_charge(text: str, expected: str) -> None:
    assert joined_codes(text) == expected


def test_a_pretext_carries_the_words_it_rests_on() -> None:
    assert [(p.code, p.evidence) for p in code_pretexts("Espionage and Tax evasion")] == [
        ("treason_espionage", "Espionage"),
        ("tax_fraud", "Tax"),
    ]


def test_a_charge_that_was_never_brought_does_not_count_and_one_that_ended_does() -> None:
    assert joined_codes("charged with fraud, not with espionage") == "tax_fraud"
    assert joined_codes("No está acusada de espionaje, sino de fraude") == "tax_fraud"
    assert joined_codes("Её судят не за шпионаж, а за мошенничество") == "tax_fraud"
    assert joined_codes("acquitted of espionage") == "treason_espionage"
    assert joined_codes("Она не признаёт вину в шпионаже") == "treason_espionage"
    assert joined_codes("printing a bulletin without a licence") == "censorship"


def test_the_longer_words_stand_instead_of_the_shorter_ones_in_them() -> None:
    assert joined_codes("financing of terrorism") == "extremist_membership"
    assert joined_codes("terrorism and financing of terrorism") == (
        "terrorism|extremist_membership"
    )


def test_an_article_counts_with_the_statute_of_the_text_or_of_the_state() -> None:
    assert joined_codes("ст. 275 и ст. 222.1 УК РФ") == "treason_espionage|weapons_explosives"
    assert joined_codes("刑法第一百零三条第二款") == "national_security"
    assert joined_codes("المادة ٩٨ (و)", state="EGY") == "blasphemy_morality"
    assert joined_codes("art. 280.3", state="RUS") == "false_news_armed_forces"
    assert joined_codes("art. 280.3") == "other"
    assert joined_codes("art. 112 of the Forest Act", state="THA") == "other"
    assert code_pretexts("TCK 314/2")[0].evidence == "TCK 314/2"


def test_an_empty_sentence_is_not_disclosed() -> None:
    assert parse_sentence("  ") == Sentence("not_disclosed")


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("acquitted", "Absolutoria|fallo absolutorio|absolutoria; fiscalía apeló: sin lugar"),
        ("pending", "pendiente|aún no|todavía no|no ha habido|no hay sentencia|not yet|pas encore"),
        ("pending", "en attente|pendente|ainda não|ещё нет|нет приговора|لا يوجد حكم|ليس بعد"),
        ("pending", "6 años; ANULADA en apelación, se ordena nuevo debate"),
        ("pending", "6 años, anulada; repetición del juicio|6 years; quashed, retrial ordered"),
        ("pending", "6 ans ; annulé en appel, nouveau procès|6 anos; anulada, novo julgamento"),
        ("pending", "6 лет; приговор отменён, новое рассмотрение"),
        ("pending", "6 سنوات؛ ألغي الحكم وأمر بإعادة المحاكمة"),
        ("acquitted", "6 años; anulada; absuelta en nuevo juicio|6 years; quashed"),
    ],
)
def test_no_sentence_in_force_is_told_from_an_acquittal(kind: str, texts: str) -> None:
    assert {text: read(text)[0] for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), kind
    )


@pytest.mark.parametrize(
    "text",
    [
        "4 años de prisión + Q30,000 de multa",
        "4 years + $3,000 fine",
        "4 ans + 3 000 € d'amende",
        "4 anos + R$ 3.000 de multa",
        "4 года + штраф 30 000 рублей",
        "السجن 4 سنوات + غرامة 3000",
    ],
)
def test_a_fine_behind_a_plus_leaves_the_term(text: str) -> None:
    assert read(text) == ("term", 4, 4)


@pytest.mark.parametrize(
    ("text", "codes_of_text"),
    [
        ("atentado", ["ordinary_crime"]),
        ("usurpación y atentado", ["ordinary_crime"]),
        ("atentado contra la autoridad", ["ordinary_crime"]),
        ("atentado con agravación", ["ordinary_crime"]),
        ("atentado terrorista", ["terrorism"]),
        ("atentado con explosivos", ["terrorism"]),
        ("attentat à la pudeur", ["blasphemy_morality"]),
        ("attentat contre un agent", ["ordinary_crime"]),
        ("attentat terroriste", ["terrorism"]),
        ("atentado violento ao pudor", ["ordinary_crime"]),
        ("atentado contra a autoridade", ["ordinary_crime"]),
    ],
)
def test_an_assault_on_authority_is_no_terrorism(text: str, codes_of_text: list[str]) -> None:
    assert [p.code for p in code_pretexts(text)] == codes_of_text
