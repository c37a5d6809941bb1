"""Review queue of online attacks: threats first, texts hidden at first, sittings limited.

``export`` writes a page (``.html``) or a spreadsheet with messages of the random sample and of the head of
the queue. Two reviewers share the messages, so that nobody reads all threats. A random part of the sample
is read by both, to measure their agreement. The spreadsheet shows what the coder found only for the head of
the queue: for the sample it would influence the reader. The severity is always shown, as a warning.
``feed`` reads the filled spreadsheet, or the file that the page saves: labels of the sample and the queue,
labels for training, or approved examples.
"""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd

from hrdresearch.privacy.vault import read_stored
from hrdresearch.run.errors import RunError
from hrdresearch.run.filled_sheets import (
    no_formula,
    read_kept_rows,
    table_text,
    write_kept,
    write_private,
)
from hrdresearch.run.reviews.online_page import queue_page
from hrdresearch.run.steps.online_examples import COLUMNS as EXAMPLE_COLUMNS
from hrdresearch.run.steps.online_examples import KEPT as EXAMPLES
from hrdresearch.run.steps.online_examples import check_example, read_examples
from hrdresearch.run.steps.online_labels import KEPT, TRAINING
from hrdresearch.sources.reading import read_rows
from hrdresearch.studies.ground.build import Build
from hrdresearch.vocab import codes

COLUMNS = ["post_id", "coder", "kinds"]
READ_TWICE = 4  # one in four messages of the sample is read by both reviewers
REVIEWERS = ("A", "B")
CODERS = ("first", "second", "training")
SHOWN = [
    "post_id",
    "coder",
    "reviewer",
    "kinds",
    "severity",
    "language_code",
    "alike",
    "evidence",
    "text",
]


def export(build: Build, file: Path, most: int) -> int:
    """Write messages of the sample and of the head of the queue; returns how many.

    Half of the file is from the sample, as long as it lasts. Within a band the sample is in random order,
    so that a reviewer who stops early has labelled a random part of it.
    """
    queue = make_queue(build)
    sampled = queue[queue["is_sampled"]].sort_values(["order", "coder"]).head(most)
    head = queue[~queue["is_sampled"]].head(most - min(len(sampled), (most + 1) // 2))
    sampled = sampled.head(most - len(head))
    return _write(_in_order(pd.concat([sampled, head])), file)


def export_sample(build: Build, file: Path, most: int) -> int:
    """Write messages of the sample only, each once, in random order; returns how many."""
    queue = make_queue(build)
    sampled = queue[queue["is_sampled"] & (queue["coder"] == "first")]
    return _write(sampled.sort_values("order", ignore_index=True).head(most), file)


def export_next_to_label(build: Build, file: Path, most: int) -> int:
    """Write the messages that a model would learn most from; returns how many.

    Their labels are for training only, because these messages are not a random sample.
    """
    return _write(next_to_label(build, most), file)


def export_training_set(build: Build, file: Path) -> int:
    """Write the messages labelled for training, with their texts, for ``hrdresearch train``.

    Returns how many. RunError if none was labelled before the last build.
    """
    kinds = {r["post_id"]: r["kinds"] for r in read_kept_rows(_decisions_folder(build) / TRAINING)}
    queue = _read_queue(build)
    labelled = queue[queue["post_id"].isin(kinds) & ~queue["is_sampled"]]
    frame = pd.DataFrame(
        {
            "text": labelled["text"],
            "kinds": labelled["post_id"].map(kinds),
            "language": labelled["language_code"],
        }
    )
    if frame.empty:
        raise RunError(
            "There are no labels for training in this build. Write messages with --next-to-label, label "
            "them, read them with --feed, and build again"
        )
    write_private(file, frame.to_csv(index=False).encode())
    return len(frame)


def make_queue(build: Build) -> pd.DataFrame:
    """Messages still to be read, each with its reviewer; in the order of ``_in_order``."""
    queue = _read_queue(build)
    queue = queue[queue["is_sampled"] | queue["is_head"]].reset_index(drop=True)
    turn = queue["order"].rank(method="first").astype(int) % 2
    queue = queue.assign(coder="first", reviewer=[REVIEWERS[t] for t in turn])
    again = queue[queue["is_sampled"] & (queue["order"] % READ_TWICE == 0)]
    again = again.assign(coder="second", reviewer=again["reviewer"].map({"A": "B", "B": "A"}))
    readings = pd.concat([queue, again], ignore_index=True)
    labels = build.table("post_labels")
    done = set(zip(labels["post_id"], labels["coder"], strict=True))
    is_open = [r not in done for r in zip(readings["post_id"], readings["coder"], strict=True)]
    return _in_order(readings[is_open].assign(kinds=""))


def next_to_label(build: Build, most: int) -> pd.DataFrame:
    """Unlabelled messages that the coder is least sure of; languages take turns."""
    done = {r["post_id"] for r in read_kept_rows(_decisions_folder(build) / TRAINING)}
    left = _read_queue(build)
    left = left[left["is_to_learn"] & ~left["post_id"].isin(done)]
    left = left.sort_values(["unsure", "order"], ignore_index=True)
    turn = left.groupby("language_code").cumcount()
    chosen = left.iloc[turn.sort_values(kind="stable").index[:most]]
    return chosen.assign(
        coder="training",
        kinds="",
        reviewer=[REVIEWERS[i % 2] for i in range(len(chosen))],
    ).reset_index(drop=True)


def feed(file: Path, decisions: Path) -> int:
    """Keep the labels of a filled queue, or examples; returns how many. RunError for an unknown code."""
    rows = read_rows(file).rows
    header = [name.strip() for name in rows[0][1]]
    numbered = [
        (n, dict(zip(header, (c.strip() for c in cells), strict=False))) for n, cells in rows[1:]
    ]
    decisions.mkdir(parents=True, exist_ok=True)
    if set(EXAMPLE_COLUMNS) <= set(header):
        return _feed_examples(file, numbered, decisions)
    if missing := [c for c in COLUMNS if c not in header]:
        raise RunError(
            f"{file.name}: column {', '.join(missing)} is missing; export the queue again. A file "
            f"of examples has the columns {', '.join(EXAMPLE_COLUMNS)}"
        )
    filled = [(number, row) for number, row in numbered if row.get("kinds")]
    for number, row in filled:
        _check_label(row, f"{file.name}, row {number}")
    for name, coders in ((KEPT, CODERS[:2]), (TRAINING, CODERS[2:])):
        new = [{c: row[c] for c in COLUMNS} for _, row in filled if row["coder"] in coders]
        if new:
            _write_decisions(
                decisions / name, COLUMNS, [*read_kept_rows(decisions / name), *new], COLUMNS[:2]
            )
    return len(filled)


def _in_order(queue: pd.DataFrame) -> pd.DataFrame:
    """Sort by band, threats first; within a band, first the sample in random order, then by score."""
    keys = pd.DataFrame(
        {
            "band": queue["band_code"].map({"high": 0, "middle": 1, "low": 2}),
            "rest": ~queue["is_sampled"],
            "score": (-queue["score"]).where(~queue["is_sampled"], 0.0),
            "order": queue["order"],
        }
    )
    return queue.loc[keys.sort_values(list(keys.columns)).index].reset_index(drop=True)


def _check_label(row: dict[str, str], where: str) -> None:
    kinds = row["kinds"].split("|")
    if set(kinds) - set(codes("attack_kind")) or row["coder"] not in CODERS:
        raise RunError(
            f"{where}: kinds must be codes of vocabulary attack_kind joined by |, and coder one of "
            f"{', '.join(CODERS)}"
        )
    if "none" in kinds and len(kinds) > 1:
        raise RunError(
            f"{where}: none cannot be combined with other kinds; delete one or the other"
        )


def _feed_examples(file: Path, numbered: list[tuple[int, dict[str, str]]], decisions: Path) -> int:
    for number, row in numbered:
        check_example(row, f"{file.name}, row {number}")
    new = [{c: row[c] for c in EXAMPLE_COLUMNS} for _, row in numbered]
    kept = [*read_examples(decisions / EXAMPLES), *new]
    _write_decisions(decisions / EXAMPLES, list(EXAMPLE_COLUMNS), kept, ["post_id"])
    return len(new)


def _write_decisions(
    file: Path, columns: list[str], rows: list[dict[str, str]], identifying: list[str]
) -> None:
    """Write decisions, sorted; of several with the same ``identifying`` cells, only the last one."""
    last = {tuple(row[c] for c in identifying): row for row in rows}
    text = table_text(columns, (row for _, row in sorted(last.items())))
    write_kept(file, text, file.parent.parent)


def _write(queue: pd.DataFrame, file: Path) -> int:
    if file.suffix.lower() == ".html":
        write_private(file, queue_page(queue).encode())
    elif file.suffix.lower() == ".csv":
        safe = [no_formula(str(text)) for text in queue["text"]]
        # Not for the sample and for training: the coder's findings would influence the labels.
        is_shown = queue["is_head"] & ~queue["is_sampled"] & (queue["coder"] != "training")
        shown = queue.assign(text=safe, evidence=queue["evidence"].where(is_shown, ""))[SHOWN]
        write_private(file, shown.to_csv(index=False).encode())
    else:
        raise RunError("Name a file .html (texts hidden) or .csv for the review queue")
    return len(queue)


def _read_queue(build: Build) -> pd.DataFrame:
    data = read_stored(build.folder / "restricted" / "queue.csv")
    return pd.read_csv(io.BytesIO(data), keep_default_na=False)


def _decisions_folder(build: Build) -> Path:
    return build.folder.parent / "decisions"
