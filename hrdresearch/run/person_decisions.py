"""Keeps decisions by hand on rows that may be one person: ``decisions/persons.csv`` of a study.

Each decision is one line and is never changed; the last one on a pair counts, so a later decision can
withdraw an earlier one. Keys are pseudonyms of rows. If a row has another key in a new edition of a list,
the build adds a decision with the new key and withdraws the old one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pandas as pd

from hrdresearch.linkage.carried import carry_decisions_over, match_rows_of_editions
from hrdresearch.linkage.decisions import COLUMNS, row_key, standing_decisions
from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.vault import VaultProblem, is_stored, read_stored
from hrdresearch.run.build_files import files_of_build
from hrdresearch.run.filled_sheets import read_kept_rows, table_text, write_kept
from hrdresearch.run.sealed_lists import CORRECTIONS, opener_for
from hrdresearch.run.steps import row_pseudonyms
from hrdresearch.sources import Loaded, SourceError, load, read_corrections

KEPT = "persons.csv"
REVIEW = "person_review"  # sheet of a build: the pairs to decide, without names
SIDES = ("left", "right")  # the two rows of a pair


def read_person_decisions(decisions: Path) -> pd.DataFrame:
    """Read the decisions of a study, oldest first; columns as in ``linkage.decisions``."""
    return pd.DataFrame(read_kept_rows(decisions / KEPT), columns=list(COLUMNS), dtype="object")


def keep_person_decisions(decisions: Path, added: Sequence[Mapping[str, str]]) -> None:
    """Add decisions to those of a study; the file is sealed if the build is sealed."""
    rows = [*read_kept_rows(decisions / KEPT), *added]
    write_kept(decisions / KEPT, table_text(COLUMNS, rows), decisions.parent)


def carry_decisions(
    loaded: Sequence[Loaded], key: Key, decisions: Path
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """All decisions, including those carried over to new editions, and lines to print.

    decisions: folder of the decisions of the study (WORK/STUDY/decisions); carried decisions are added to
    it. Earlier editions are files of earlier builds that are still there unchanged; the present file
    without its corrections counts as one too.
    """
    said = read_person_decisions(decisions)
    now = {row_key(x.facts.slug, p): x for x in loaded for p in row_pseudonyms(x, key)}
    slugs = {x.facts.slug for x in loaded}
    gone = {k for k in _ends(said) if k not in now and k.partition(":")[0] in slugs}
    if not gone:
        return said, ()
    moved: dict[str, str] = {}
    for x in loaded:
        own = {k for k in gone if k.partition(":")[0] == x.facts.slug}
        for before in _earlier(x, decisions.parent) if own else ():
            moved = _moved(before, x, key) | moved
            if own <= moved.keys():
                break
    new = carry_decisions_over(said, moved, now)
    if len(new):
        keep_person_decisions(decisions, new.astype(str).to_dict("records"))  # type: ignore[arg-type]
    kept = read_person_decisions(decisions)
    standing = standing_decisions(kept)
    waiting = standing["left_key"].isin(gone) | standing["right_key"].isin(gone)
    return kept, (
        f"{len(new) // 2} decisions on persons were carried over to a new edition; {waiting.sum()} "
        "name a row that was not found there for certain: decide again",
    )


def _ends(said: pd.DataFrame) -> set[str]:
    standing = standing_decisions(said)
    return {*standing["left_key"], *standing["right_key"]}


def _earlier(now: Loaded, home: Path) -> Iterator[Loaded]:
    """Earlier forms of a list: its file with and without corrections, then files of earlier builds."""
    slug, store = now.facts.slug, home.parent / CORRECTIONS
    given = read_corrections(store, read_stored(store) if is_stored(store) else b"")
    builds = (p.parent for p in home.glob("*/sources.json"))
    files = {now.path.resolve(): now.sha256}
    for folder in sorted(builds, key=lambda p: p.stat().st_mtime, reverse=True):
        for one in files_of_build(folder):
            if one["slug"] == slug and "folder" in one:
                files.setdefault(Path(one["folder"]) / one["file"], one["sha256"])
    for path, sha256 in files.items():
        with suppress(OSError, SourceError, VaultProblem):
            for corrections in (given, ()):
                before = load(slug, path, corrections=corrections, opener=opener_for(path))
                if before.sha256 == sha256:
                    yield before


def _moved(before: Loaded, now: Loaded, key: Key) -> dict[str, str]:
    """Old key -> new key of rows; matched by content, or by row number if it is the same file."""
    slug = now.facts.slug
    lists = [(x, [row_key(slug, p) for p in row_pseudonyms(x, key)]) for x in (before, now)]
    if before.sha256 != now.sha256:
        return match_rows_of_editions(*(x.accepted.set_axis(keys) for x, keys in lists))
    rows = [pd.Series(keys, x.accepted["source_row"].astype(str)) for x, keys in lists]
    both = [own[~own.index.duplicated(keep=False)] for own in rows]
    moved = both[0].to_frame("was").join(both[1].rename("is"), how="inner")
    return dict(zip(moved["was"], moved["is"], strict=True))
