"""The language of many messages at once is the language of each."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from hrdresearch.coding.attacks.language import identify_language, identify_languages
from hrdresearch.coding.attacks.many_languages import classify_language, classify_languages

ALL, FOUR = (LanguageIdentifier.from_model_file(MODEL_FILE) for _ in range(2))
FOUR.set_languages(["en", "es", "fr", "pt"])
SEVERAL = [
    "We will meet at the court tomorrow",
    "Die Anhörung beginnt morgen früh um neun Uhr im Gericht",
    "On se retrouve demain devant le tribunal du village",
    "мы знаем где ты",
    "نعرف أين تسكن",
    "我们知道",
    "12 :)",
    "",
    "OK",
]


def test_many_messages_have_the_languages_that_each_has() -> None:
    assert identify_languages(SEVERAL) == [identify_language(text) for text in SEVERAL]
    assert identify_languages(SEVERAL)[1:7] == ["de", "fr", "ru", "ar", "zh", "und"]
    assert identify_languages([]) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=8))
def test_texts_walked_together_are_classified_as_one_by_one(texts: list[str]) -> None:
    for languages in ((), ("en", "es", "fr", "pt")):
        theirs = FOUR if languages else ALL
        expected = [theirs.classify(t)[0] for t in texts]
        assert classify_languages(texts, languages) == expected
        assert [classify_language(t, languages) for t in texts] == expected
