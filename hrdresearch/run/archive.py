"""An archive of messages in one pass: chunks in, coded rows without text and handles out.

Memory stays that of a few chunks whatever the size of the archive. Accounts become pseudonyms as
soon as a chunk is read. Each chunk is a Parquet file of its own, written under another name first,
so that an interrupted run goes on where it stopped. Chunks are coded by any
``concurrent.futures.Executor``: a local pool, or that of a Dask cluster.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from hrdresearch.coding.attacks.language import identify
from hrdresearch.coding.attacks.linear import LinearModel, rule_features
from hrdresearch.coding.attacks.rules import KINDS, NOT_ATTACKS, SEVERITY, THREATS
from hrdresearch.privacy.keys import Key, pseudonym
from hrdresearch.run.attack_models import load_model, sentence_vectors
from hrdresearch.run.errors import RunError
from hrdresearch.sources.posts import columns_of
from hrdresearch.sources.registry import get_spec

CHUNK = 5_000
AHEAD = 2  # chunks a worker that may wait in memory

_IS_ATTACK = np.array([0.0 if k in NOT_ATTACKS else 1.0 for k in KINDS])
_IS_THREAT = np.array([1.0 if k in THREATS else 0.0 for k in KINDS])
_SEVERITY = np.array([float(SEVERITY.get(k, 0)) for k in KINDS])


def code_archive(
    file: Path,
    out: Path,
    key: Key,
    *,
    model: Path | None = None,
    executor: Executor | None = None,
    workers: int = 1,
    chunk: int = CHUNK,
) -> int:
    """Code an archive into ``out``/part-*.parquet; returns its messages.

    Parts that are there already are not coded again. With an executor, ``workers`` chunks are at
    work at a time.
    """
    out.mkdir(parents=True, exist_ok=True)
    running: list[Future[int]] = []
    done = 0
    for number, cells in enumerate(read_chunks(file, chunk)):
        part = out / f"part-{number:06d}.parquet"
        if part.is_file():
            done += len(cells)
            continue
        task = (cells, number * chunk, part, key, model)
        if executor is None:
            done += _code_part(*task)
            continue
        running.append(executor.submit(_code_part, *task))
        while len(running) >= workers * AHEAD:
            done += running.pop(0).result()
    return done + sum(f.result() for f in running)


def read_chunks(file: Path, chunk: int = CHUNK) -> Iterator[pd.DataFrame]:
    """Chunks of a CSV, JSON lines or Parquet file as text cells."""
    kind = file.suffix.lower()
    if kind == ".parquet":
        import pyarrow.parquet as pq

        for batch in pq.ParquetFile(file).iter_batches(batch_size=chunk):
            yield batch.to_pandas()
    elif kind in (".jsonl", ".ndjson"):
        with pd.read_json(file, lines=True, chunksize=chunk, dtype=False) as reader:
            yield from reader
    elif kind == ".csv":
        with pd.read_csv(file, chunksize=chunk, dtype=str, keep_default_na=False) as reader:
            yield from reader
    else:
        raise RunError(f"{file.name}: an archive is .csv, .jsonl or .parquet")


def code_cells(
    cells: pd.DataFrame,
    key: Key,
    model: LinearModel | None,
    source: str = "posts",
    first_row: int = 2,
) -> pd.DataFrame:
    """Coded rows of a chunk of an archive, as published, without text and handles."""
    spec = get_spec("posts")
    layout = next((x for x in spec.layouts if not x.missing(cells.columns)), None)
    if layout is None:
        raise RunError(
            f"The archive has none of the layouts of source posts: "
            f"{'; '.join(', '.join(x.columns) for x in spec.layouts)}"
        )
    held = columns_of(
        cells,
        layout.facts["columns"],
        str(layout.facts["platform"]),
        spec.crosswalks["post_relation"],
    )
    held["source_row"] = np.arange(first_row, first_row + len(held))
    return code_frame(held, key, model, source)


def code_frame(
    held: pd.DataFrame, key: Key, model: LinearModel | None, source: str = "posts"
) -> pd.DataFrame:
    """Columns of table ``posts`` (but near_id) from messages with text and accounts."""
    texts = held["text"].tolist()
    languages = [identify(t) for t in texts]
    rules = rule_features(texts, languages)
    severity = (rules * _SEVERITY).max(axis=1)
    attack, threat = rules @ _IS_ATTACK > 0, rules @ _IS_THREAT > 0
    score = threat * 10 + severity + rules.sum(axis=1) / 50
    if model is not None:
        score, attack, threat = _by_model(texts, rules, model, attack, threat)
    names = np.array(KINDS)
    return pd.DataFrame(
        {
            "post_id": [
                pseudonym(key, source, i, r)
                for i, r in zip(held["record_id"], held["source_row"], strict=True)
            ],
            "source": source,
            "source_row": held["source_row"].to_numpy(),
            "posted_at": held["posted_at"].to_numpy(),
            "post_year": held["posted_at"].dt.year.astype("Int64").to_numpy(),
            "platform_name": held["platform_name"].to_numpy(),
            "language_code": languages,
            "author_id": account_ids(held["author"], key).to_numpy(),
            "target_id": account_ids(held["target"], key).to_numpy(),
            "relation_code": held["relation_code"].to_numpy(),
            "engagement": held["engagement"].to_numpy(),
            "kind_codes": ["|".join(names[row > 0]) or "none" for row in rules],
            "severity": severity.astype(int),
            "score": score,
            "band_code": np.where(threat, "high", np.where(attack, "middle", "low")),
        }
    )


def account_ids(handles: pd.Series, key: Key) -> pd.Series:
    """Pseudonyms of accounts; the same handle in any case gives the same, none gives None."""
    known = {h: pseudonym(key, "account", h.casefold()) if h else None for h in handles.unique()}
    return handles.map(known).astype("object").where(handles != "", None)


def _by_model(
    texts: list[str], rules: np.ndarray, model: LinearModel, attack: np.ndarray, threat: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The rules stay in the queue beside the model: what either finds is looked at."""
    vectors = sentence_vectors(texts, needed=True) if model.has_vectors else None
    chances = model.probabilities(texts, rules, vectors)
    holds = model.decide(chances)
    at = {label: i for i, label in enumerate(model.labels)}
    one = at.get("threat", 0)
    threat = threat | holds[:, at["threat"]] if "threat" in at else threat
    attack = attack | holds[:, at["attack"]] if "attack" in at else attack | holds.any(axis=1)
    return 10 * threat + 10 * chances[:, one], attack, threat


def _code_part(cells: pd.DataFrame, before: int, part: Path, key: Key, model: Path | None) -> int:
    coded = code_cells(cells, key, _model(model), first_row=before + 2)
    draft = part.with_suffix(".draft")
    coded.to_parquet(draft, index=False)
    draft.replace(part)
    return len(coded)


@cache
def _model(folder: Path | None) -> LinearModel | None:
    """Model of a worker, read once."""
    return None if folder is None else load_model(folder)
