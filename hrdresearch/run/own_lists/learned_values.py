"""A learned guess of the code of a value that no vocabulary has; always for a person to confirm.

Only of vocabularies in which 95 per cent of the guesses were right on examples left out, never of what
happened to a person or how the person died ("arma de fuego" was guessed to be crossfire), nor of sex, and
never of a value that looks like a name.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from hrdresearch.clean.value_words import code_of, is_ambiguous
from hrdresearch.clean.word_forms import fold, is_name_in_capitals
from hrdresearch.run.own_lists.learned_headings import OF_WORDS, SHARP, script_of
from hrdresearch.vocab.list_examples import value_examples

NONE = "-"  # the class of values of other vocabularies
SURE_ENOUGH = 0.5
OTHERS = 600  # values of other vocabularies that are learned to have no code here
VOCABULARIES = (
    "accountability",
    "attack_act",
    "cause",
    "custody_measure",
    "defender_basis",
    "detention_place",
    "identity",
    "perpetrator",
)


@cache
def learned_code(value: str, name: str) -> tuple[str, ...]:
    """Code of a vocabulary that a value is guessed to mean; () where nothing is sure enough."""
    if name not in VOCABULARIES or len(fold(value)) < 3:
        return ()
    if is_name_in_capitals(value) or is_ambiguous(value, name):
        return ()
    import numpy as np

    pieces, model = _model(name, script_of(value))
    marks = np.exp(SHARP * model.decision_function(_marked(pieces, [fold(value)]))[0])
    best, share = int(marks.argmax()), float(marks.max() / marks.sum())
    code = str(model.classes_[best])
    return (code,) if code != NONE and share >= SURE_ENOUGH else ()


@cache
def _model(name: str, script: str) -> tuple[Any, Any]:
    """Pieces and words of values, and the classes learned from the examples of a script."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    of_script = [e for e in value_examples() if script_of(e.value) == script]
    mine = {fold(e.value): e.code for e in of_script if e.codes == name}
    rest = dict.fromkeys(fold(e.value) for e in of_script if fold(e.value) not in mine)
    others = [text for text in rest if not code_of(text, name)[0]]
    others = others[:: max(1, len(others) // OTHERS)]
    texts = [*mine, *others]
    pieces = [
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True).fit(texts),
        TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True).fit(texts),
    ]
    model = LinearSVC(tol=1e-2, random_state=0)
    return pieces, model.fit(_marked(pieces, texts), [*mine.values(), *[NONE] * len(others)])


def _marked(pieces: list[Any], texts: list[str]) -> Any:
    from scipy.sparse import hstack

    letters, words = (vectors.transform(texts) for vectors in pieces)
    return hstack([letters, OF_WORDS * words]).tocsr()
