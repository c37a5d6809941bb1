"""Codes an archive of messages in one pass: chunks in, coded rows without text and handles out.

Only a few chunks are in memory at a time, whatever the size of the archive. Account names become
pseudonyms as soon as a chunk is read. Each coded chunk is one Parquet file, complete or absent, so
that an interrupted run continues where it stopped. Any ``concurrent.futures.Executor`` can code the
chunks: a local pool, or that of a Dask cluster.
"""

from __future__ import annotations

import io
import json
import math
from concurrent.futures import Executor, Future
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from hrdresearch.coding.attacks.language import identify_language
from hrdresearch.coding.attacks.linear import (
    TEXT_ALONE,
    LinearModel,
    finds_attack,
    finds_threat,
    rule_features,
    rule_score,
    rule_severity,
)
from hrdresearch.coding.attacks.rules import KINDS
from hrdresearch.linkage.message_links import links_in_message
from hrdresearch.linkage.near_texts import BANDS, hash_bands
from hrdresearch.privacy.keys import Key, account_id, pseudonym
from hrdresearch.privacy.vault import SUFFIX, is_stored, read_stored, sealed_name, write_stored
from hrdresearch.run.attack_models import (
    ENCODERS,
    THREADED,
    installed_encoders,
    load_model,
    sentence_vectors,
)
from hrdresearch.sources.posts.archive_reader import StreamOpener, read_chunks
from hrdresearch.sources.posts.chunk import Chunk
from hrdresearch.sources.posts.columns import reasons_unusable, time_issues
from hrdresearch.stats.sampling import random_order

CHUNK = 5_000
AHEAD = 2  # chunks for each worker that may be in memory


def code_archive(
    file: Path,
    out: Path,
    key: Key,
    *,
    model: Path | None = None,
    executor: Executor | None = None,
    workers: int = 1,
    chunk: int = CHUNK,
    opener: StreamOpener | None = None,
    recipient: str | None = None,
) -> int:
    """Code an archive into files ``out``/part-*.parquet and return the number of coded messages.

    Parts that exist already are not coded again. Beside each part, an account file says which rows were
    set aside and which values were doubted. With an executor, ``workers`` chunks are coded at a time,
    the first one in this process: workers forked from it then have vocabularies and model loaded.
    Sentence vectors come from ``choose_encoder``; they are used for messages that the other features
    leave undecided. opener: opens a sealed file. recipient: public key that the parts are sealed for.
    """
    out.mkdir(parents=True, exist_ok=True)
    running: list[Future[int]] = []
    done = 0
    encoder = choose_encoder(file, model, opener)
    is_here = executor is None or encoder not in THREADED
    for number, messages in enumerate(read_chunks(file, chunk, opener)):
        part = out / f"part-{number:06d}.parquet"
        if is_part_coded(part):
            done += int(read_account(part)["coded"])
            continue
        task = (messages, part, key, model, recipient, encoder)
        if executor is None or is_here:
            done, is_here = done + _code_part(*task), False
            continue
        running.append(executor.submit(_code_part, *task))
        while len(running) >= workers * AHEAD:
            done += running.pop(0).result()
    return done + sum(f.result() for f in running)


def choose_encoder(file: Path, model: Path | None, opener: StreamOpener | None = None) -> str:
    """The first installed encoder of sentence vectors that the model knows and that this size permits.

    TEXT_ALONE (no sentence vectors) when there is none.
    """
    loaded = _load_model_once(model)
    for encoder in installed_encoders():
        if loaded is None or encoder not in loaded.judges:
            continue
        most = ENCODERS[encoder].most_messages
        sizes = accumulate(chunk.rows_in for chunk in read_chunks(file, CHUNK, opener))
        if most == math.inf or all(messages <= most for messages in sizes):
            return encoder
    return TEXT_ALONE


def account_path(part: Path) -> Path:
    """Path of the account of a part: which rows were coded, set aside or doubted; it holds no text."""
    return part.with_name(part.name.replace("part-", "book-")).with_suffix(".json")


def read_account(part: Path) -> dict[str, Any]:
    """Read the account of a part, whether open or sealed."""
    account: dict[str, Any] = json.loads(read_stored(account_path(part)))
    return account


def is_part_coded(part: Path) -> bool:
    """Whether a part and its account, open or sealed, are complete."""
    is_written = part.is_file() or part.with_name(part.name + SUFFIX).is_file()
    return is_written and is_stored(account_path(part))


def code_chunk(
    chunk: Chunk,
    key: Key,
    model: LinearModel | None,
    encoder: str = TEXT_ALONE,
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Coded rows of a chunk, without text and handles, and the account of its rows."""
    messages = chunk.messages()
    why = reasons_unusable(messages)
    aside = [*chunk.aside, *((int(str(r)), str(w)) for r, w in why[why != ""].items())]
    doubts = [[[int(r) for r in rows], what, done] for rows, what, done in time_issues(messages)]
    coded = code_messages(messages[why == ""], key, model, encoder)
    book = {
        "rows_in": chunk.rows_in,
        "coded": len(coded),
        "aside": sorted(aside),
        "issues": [d for d in doubts if d[0]],
    }
    return coded, book


def code_messages(
    messages: pd.DataFrame,
    key: Key,
    model: LinearModel | None,
    encoder: str = TEXT_ALONE,
) -> pd.DataFrame:
    """Coded rows for table ``posts``, from messages with text and accounts.

    ``near_0`` and so on group near-identical messages, ``record_digest`` finds the same message
    twice, ``draw_order`` draws the sample, ``unsure`` is small where the coder is least sure.
    """
    texts = messages["text"].tolist()
    languages = [identify_language(text) for text in texts]
    rules = rule_features(texts, languages)
    attack, threat, score = finds_attack(rules), finds_threat(rules), rule_score(rules)
    unsure = np.where(attack & ~threat, 0.0, np.where(threat, 0.25, 0.5))
    if model is not None:
        score, attack, threat, unsure = _by_model(
            texts, languages, rules, encoder, model, attack, threat
        )
    near, ids = hash_bands(texts), post_ids(messages, key, "posts")
    return pd.DataFrame(
        {
            "post_id": ids,
            "source": "posts",
            "source_row": messages["source_row"].to_numpy(),
            "posted_at": messages["posted_at"].to_numpy(),
            "has_zone": messages["has_zone"].to_numpy(),
            "post_year": messages["posted_at"].dt.year.astype("Int64").array,
            "platform_name": messages["platform_name"].to_numpy(),
            "language_code": languages,
            "author_id": account_ids(messages["author"], key).to_numpy(),
            "target_id": account_ids(messages["target"], key).to_numpy(),
            "relation_code": messages["relation_code"].to_numpy(),
            "engagement": messages["engagement"].to_numpy(),
            "kind_codes": _kind_codes(rules),
            "severity": rule_severity(rules).astype(int),
            "score": score,
            "band_code": np.where(threat, "high", np.where(attack, "middle", "low")),
            "link_ids": link_ids(texts, messages["links"], key),
            "record_digest": np.array([int(i[:16], 16) for i in ids], np.uint64).view(np.int64),
            "draw_order": random_order(ids),
            "unsure": unsure.astype(np.float32),
            **{f"near_{band}": near[:, band] for band in range(BANDS)},
        }
    )


def post_ids(messages: pd.DataFrame, key: Key, source: str) -> list[str]:
    """Pseudonyms of messages, each from platform, identifier, account and text.

    They stay the same when a longer edition of the archive is read, and with them labels and sample.
    Without an identifier the row number is used instead.
    """
    records = messages["record_id"]
    records = records.where(records != "", messages["source_row"].astype(str))
    columns = (messages["platform_name"], records, messages["author"], messages["text"])
    return [pseudonym(key, source, *cells) for cells in zip(*columns, strict=True)]


def account_ids(handles: pd.Series, key: Key) -> pd.Series:
    """Pseudonyms of accounts; upper and lower case give the same one, an empty handle None."""
    known = {h: account_id(h, key) if h else None for h in handles.unique()}
    return handles.map(known).astype("object").where(handles != "", None)


def _kind_codes(rules: np.ndarray) -> np.ndarray:
    """Codes of the kinds of each message joined by ``|``; most messages have none."""
    names, codes = np.array(KINDS), np.full(len(rules), "none", dtype=object)
    for row in np.flatnonzero(rules.any(axis=1)):
        codes[row] = "|".join(names[rules[row] > 0])
    return codes


def link_ids(texts: list[str], links: pd.Series, key: Key) -> list[str | None]:
    """Pseudonyms of the links of each message joined by ``|``, or None.

    links: links that the archive lists for each message; those in its text are added.
    """
    return [
        "|".join(pseudonym(key, "link", link) for link in links_in_message(text, given)) or None
        if given or "http" in text
        else None
        for text, given in zip(texts, links, strict=True)
    ]


def _by_model(
    texts: list[str],
    languages: list[str],
    rules: np.ndarray,
    encoder: str,
    model: LinearModel,
    attack: np.ndarray,
    threat: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Score, attack, threat and doubt of each message; an attack that rules or model find counts.

    A judge by vectors whose heads weigh the rules too (the starting coder's) alone says what a threat is.
    """
    chances, holds, unsure = model.judge(texts, rules, encoder, sentence_vectors, languages)
    at = {label: i for i, label in enumerate(model.labels)}
    weights = model.judges[encoder].heads[0].weights
    has_weighed_rules = encoder != TEXT_ALONE and len(weights) > len(model.labels)
    if "threat" in at:
        threat = holds[:, at["threat"]] | (threat & (not has_weighed_rules))
    attack = attack | holds[:, at["attack"]] if "attack" in at else attack | holds.any(axis=1)
    return 10 * threat + 10 * chances[:, at.get("threat", 0)], attack, threat, unsure


def _code_part(
    chunk: Chunk,
    part: Path,
    key: Key,
    model: Path | None,
    recipient: str | None,
    encoder: str,
) -> int:
    coded, book = code_chunk(chunk, key, _load_model_once(model), encoder=encoder)
    data = io.BytesIO()
    coded.to_parquet(data, index=False)
    draft = write_stored(part.with_suffix(".draft"), data.getvalue(), recipient)
    draft.replace(part if recipient is None else part.with_name(part.name + SUFFIX))
    account = account_path(part)
    draft = write_stored(account.with_suffix(".draft"), json.dumps(book).encode(), recipient)
    draft.replace(account if recipient is None else sealed_name(account))
    return len(coded)


@cache
def _load_model_once(folder: Path | None) -> LinearModel | None:
    """Model of a worker, read once."""
    return None if folder is None else load_model(folder)
