"""Kinds of attack in a message: rules, evidence, tricks, and the functional suite of our own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrdresearch.coding.attacks.excuses import find_excuse
from hrdresearch.coding.attacks.folding import fold_message
from hrdresearch.coding.attacks.hashing import hash_features
from hrdresearch.coding.attacks.language import identify_language
from hrdresearch.coding.attacks.lexicon import LANGUAGES, load_lexicon
from hrdresearch.coding.attacks.linear import TEXT_ALONE
from hrdresearch.coding.attacks.mending import undo_spelling_tricks
from hrdresearch.coding.attacks.patterns import find_places, words_of_token
from hrdresearch.coding.attacks.rules import (
    KINDS,
    NOT_ATTACKS,
    SEVERITY,
    THREATS,
    code_message,
)
from hrdresearch.coding.attacks.training import TooFewLabelsError, train_model
from hrdresearch.coding.incident import code_incident
from hrdresearch.run.attack_models import (
    installed_encoders,
    load_model,
    save_model,
    sentence_vectors,
)
from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.reference import parse_yaml

SUITES = sorted((Path(__file__).parent / "functional").glob("online_attacks*.yml"))


def holds(expected: str, kinds: tuple[str, ...]) -> bool:
    if expected == "clean":
        return set(kinds) <= set(NOT_ATTACKS)
    if expected == "threat":
        return any(k in THREATS for k in kinds)
    if expected == "attack":
        return not set(kinds) <= set(NOT_ATTACKS)
    return expected in kinds


@pytest.mark.long
@pytest.mark.parametrize("path", SUITES, ids=lambda p: p.stem)
def test_nine_in_ten_of_the_functional_cases_hold_and_the_others_are_listed(path: Path) -> None:
    suite = parse_yaml(path.read_text(encoding="utf-8"))
    listed = suite.pop("known_failures")
    cases = [
        (language, *case)
        for language, groups in suite.items()
        for group in groups.values()
        for case in group
    ]
    failed = [
        text
        for language, text, expected in cases
        if not holds(expected, tuple(f.kind for f in code_message(text, language)) or ("none",))
    ]
    assert set(suite) == set(LANGUAGES)
    assert len(cases) >= 150
    assert len(failed) <= len(cases) / 10
    assert sorted(failed) == sorted(listed)


KINDS_TOLD = [
    (language, kind, *row)
    for language, rows in parse_yaml(
        (Path(__file__).parent / "functional" / "attack_kinds.yml").read_text(encoding="utf-8")
    ).items()
    for kind, row in rows.items()
]


def test_the_table_of_kinds_has_every_kind_in_every_language() -> None:
    told = {(language, kind) for language, kind, *_ in KINDS_TOLD}
    assert told == {(a, k) for a in LANGUAGES for k in KINDS if k != "none"}


@pytest.mark.parametrize(("language", "kind", "text", "evidence", "target"), KINDS_TOLD)
def test_every_kind_is_found_with_evidence_target_and_severity(
    language: str, kind: str, text: str, evidence: str, target: str
) -> None:
    found = {f.kind: f for f in code_message(text, language)}
    assert kind in found
    one = found[kind]
    assert (text[one.start : one.end], one.target) == (evidence, target)
    assert one.severity == SEVERITY.get(kind, 0)


def test_evidence_is_the_place_in_the_message_as_written() -> None:
    text = "Hello. We will k.i.l.l you!"
    found = code_message(text, "en")[0]
    assert (found.kind, text[found.start : found.end]) == ("threat_life", "We will k.i.l.l you")


def test_a_message_may_be_of_several_kinds_and_the_worst_stands_first() -> None:
    kinds = [f.kind for f in code_message("You idiot, we will kill you, traitor like you", "en")]
    assert kinds[0] == "threat_life" and "ridicule" in kinds


@pytest.mark.parametrize(
    ("text", "is_threat"),
    [
        ("Next time it won't be paint on your door.", True),
        ("Keep talking and see what happens.", True),
        ("Watch your step, the stairs are wet.", False),
        ("⚰️ reserved in your name", True),
        ("Telling a lawyer that we know where her kids go to school is a crime.", False),
        ("Do we know where the children go to school? We need it for the survey.", False),
    ],
)
def test_a_threat_without_a_word_of_harm_is_told_from_care_and_from_an_answer(
    text: str, is_threat: bool
) -> None:
    kinds = {found.kind for found in code_message(text, "en")}
    assert bool(kinds & {*THREATS}) == is_threat


def test_a_phrase_is_known_by_two_words_that_follow_each_other() -> None:
    words = load_lexicon("en").words
    phrase, apart = (words.mask(text) for text in ("sleep with one eye open", "one sleep, an eye"))
    assert phrase & ~apart


def test_a_vocabulary_is_unvalidated_until_somebody_has_signed_it() -> None:
    assert {vocabulary(f"attacks/{code}")["status"] for code in LANGUAGES} == {"unvalidated"}


def test_the_language_is_told_by_script_and_not_forced_into_one_of_ours() -> None:
    told = {
        "мы знаем где ты": "ru",
        "نعرف أين تسكن": "ar",
        "我们知道": "zh",
        "12 :)": "und",
        "On se retrouve demain devant le tribunal du village": "fr",
        "Nos vemos mañana": "es",  # short: among the languages that are likely
        "Die Anhörung beginnt morgen früh um neun Uhr im Gericht": "de",
    }
    assert {text: identify_language(text) for text in told} == told


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120), st.sampled_from(LANGUAGES))
def test_any_text_is_coded_and_evidence_lies_inside_it(text: str, language: str) -> None:
    for found in code_message(text, language):
        assert found.kind in KINDS and 0 <= found.start < found.end <= len(text)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_folding_keeps_a_place_for_every_character(text: str) -> None:
    folded = undo_spelling_tricks(fold_message(text), load_lexicon("en").words)
    assert len(folded.text) == len(folded.positions)


def test_features_of_a_message_do_not_depend_on_its_neighbours() -> None:
    alone = hash_features(["you are brave"])[0].tocsr()
    beside = hash_features(["something else", "you are brave", ""])[0].tocsr()
    assert (alone[0] != beside[1]).nnz == 0


MESSAGES = [
    f"message {i} " + ("awful nasty words" if i % 2 else "kind calm words") for i in range(80)
]
BAD = np.arange(80) % 2 == 1


def invented_vectors(texts: Sequence[str], encoder: str) -> np.ndarray:
    """Vectors in which the label is plain to see."""
    return np.array([[float("nasty" in text), len(encoder), len(text) % 7] for text in texts])


def test_a_trained_model_survives_its_folder_and_decides_the_same(tmp_path: Path) -> None:
    vectors = {name: invented_vectors(MESSAGES, name) for name in ("best", "quick")}
    model = train_model(MESSAGES, {"bad": BAD}, is_exclusive=False, vectors=vectors)
    save_model(model, tmp_path / "model")
    again = load_model(tmp_path / "model")
    for encoder, made in {TEXT_ALONE: None, **vectors}.items():
        told = again.probabilities(MESSAGES, vectors=made, encoder=encoder)
        assert np.allclose(model.probabilities(MESSAGES, vectors=made, encoder=encoder), told)
        assert (again.decide(told, encoder)[:, 0] == BAD).mean() > 0.95
    assert "nasty" not in (tmp_path / "model" / "model.json").read_text(encoding="utf-8")


def test_vectors_are_made_of_what_the_text_alone_leaves_open() -> None:
    vectors = {"quick": invented_vectors(MESSAGES, "quick")}
    model = train_model(MESSAGES, {"bad": BAD}, is_exclusive=False, vectors=vectors)
    read: list[str] = []

    def vectors_of(texts: Sequence[str], encoder: str) -> np.ndarray:
        read.extend(texts)
        return invented_vectors(texts, encoder)

    rules = np.zeros((80, len(KINDS)))
    chances, holds, unsure = model.judge(MESSAGES, rules, "quick", vectors_of)
    assert {i for i, text in enumerate(MESSAGES) if "nasty" in text} - set(
        map(MESSAGES.index, read)
    ) == set() and len(read) < 60
    assert (holds[:, 0] == BAD).all() and (unsure > 0).all()
    assert (chances[~BAD] == model.probabilities(MESSAGES, rules)[~BAD]).mean() > 0.5
    read.clear()
    model.judge(MESSAGES, rules, TEXT_ALONE, vectors_of)
    assert read == []


def test_encoders_that_are_installed_make_a_vector_for_each_message() -> None:
    encoders = installed_encoders()
    if not encoders:
        pytest.skip("no encoder of sentence vectors here (extra embeddings)")
    for encoder in encoders:
        made = sentence_vectors(["a message", "un mensaje", ""], encoder)
        assert len(made) == 3 and np.isfinite(made).all()
        assert not np.allclose(made[0], made[2])
        assert len(sentence_vectors([], encoder)) == 0


def test_a_label_that_hardly_occurs_is_refused() -> None:
    with pytest.raises(TooFewLabelsError, match="carried by 1 of 20"):
        train_model(["a"] * 20, {"rare": np.arange(20) == 0}, is_exclusive=False)


def test_a_news_report_is_coded() -> None:
    found = code_incident(
        "Police in Kenya arrested a journalist on Monday. She was jailed in 2019."
    )
    assert (found.violations, found.perpetrator, found.victims) == (
        ("arbitrary_detention",),
        "state_actor",
        ("journalist",),
    )
    assert (found.state_iso3, found.date) == ("KEN", "2019")


def invent_messages(language: str, chance: Random) -> Iterator[str]:
    """Messages made of the words of two rows of a vocabulary, some left out, half of them shuffled."""
    raw = vocabulary(f"attacks/{language}")
    frames = vocabulary("attack_frames")
    groups = (raw["patterns"], frames["frames"], frames["veiled"])
    rows = [str(row) for group in groups for rows in group.values() for row in rows]
    while True:
        tokens = [t for row in chance.choices(rows, k=2) for t in row.split()]
        tokens = [t for t in tokens if t.strip(".&") and words_of_token(t.lstrip("?"), language)]
        kept = [t.lstrip("?") for t in tokens if chance.random() < (0.5 if t[0] == "?" else 0.9)]
        words = [chance.choice(words_of_token(t, language)) for t in kept]
        if chance.random() < 0.5:
            chance.shuffle(words)
        yield ("" if language == "zh" else " ").join(word.rstrip("*") for word in words)


@pytest.mark.long
def test_the_automaton_gives_10_000_messages_the_codes_that_trying_every_row_gives() -> None:
    messages, differing = 0, []
    for language in LANGUAGES:
        lexicon = load_lexicon(language)
        every = [p for patterns in lexicon.by_anchor.values() for _, p in patterns]
        for message in islice(invent_messages(language, Random(75165)), 1_429):
            folded = undo_spelling_tricks(fold_message(message), lexicon.words)
            kinds = {
                p.kind
                for p in every
                for start, end in find_places(p.row, language, folded.text)
                if not find_excuse(p, start, end, folded.text, lexicon)
            }
            found = {f.kind for f in code_message(message, language)} - set(NOT_ATTACKS)
            messages += 1
            differing += [message] if found != kinds else []
    assert messages >= 10_000
    assert differing == []


@pytest.mark.parametrize(
    ("language", "message"),
    [
        ("en", "Her home address: 5 Mill Road"),
        ("es", "su teléfono: 555"),
        ("fr", "son adresse: 3 rue du Moulin"),
        ("ru", "его домашний адрес: улица 3"),
        ("zh", "她的手机号：138"),
        ("pt", "o endereço dela: rua 3"),
    ],
)
def test_an_address_behind_a_colon_is_private_data(language: str, message: str) -> None:
    assert "private_data" in {f.kind for f in code_message(message, language)}
