"""Builds the tables of a study from source files; names are removed and every row is accounted for.

``WORK/<study>/<build id>/`` holds one Parquet file for each table, facts of the sources and the account
of rows. Its folder ``restricted/`` (names index, set-aside rows, issues, review sheets) never leaves the
work folder. ``hrdresearch.run.steps`` holds what each study does between cleaned rows and its tables
(coding, linkage, pseudonyms). The ``current`` pointer is moved last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
from filelock import FileLock, Timeout
from pandera.errors import SchemaErrors

from hrdresearch.findings.model import KEPT_IN_VAULT, KEPT_OPEN
from hrdresearch.privacy.account_handles import hash_handles
from hrdresearch.privacy.build_names_index import build_index
from hrdresearch.privacy.keys import Key, refuse_another_key, study_key
from hrdresearch.privacy.vault import is_stored, read_stored
from hrdresearch.run.archive.loading import ARCHIVE_LAYOUT
from hrdresearch.run.build_files import FILES, HANDLES, Store, facts_of_source
from hrdresearch.run.build_id import build_id_of
from hrdresearch.run.consents import ConsentsTaken
from hrdresearch.run.errors import BusyError, RunError
from hrdresearch.run.files import replace_text, written_in_one_step
from hrdresearch.run.left_out import pieces_without_withdrawn
from hrdresearch.run.loading import load_list
from hrdresearch.run.make_tables import make_tables, refuse_names_in_texts, refuse_names_of_files
from hrdresearch.run.may_live import may_live_in_words
from hrdresearch.run.other_entries import other_entries
from hrdresearch.run.own_lists.account import reasons_and_changes
from hrdresearch.run.page_words import page_words, words_of_pages
from hrdresearch.run.public_lists import public_own_lists, refuse_in_vault, refuse_unstated
from hrdresearch.run.registry import study_entry
from hrdresearch.run.releases import update_releases
from hrdresearch.run.retention import lists_without_term
from hrdresearch.run.retention_book import note_taken_in
from hrdresearch.run.run_folders import scratch_in_memory
from hrdresearch.run.seal_work_files import seal_work_files
from hrdresearch.run.sealed_lists import CORRECTIONS, Keeping, keeping_of, show_to_read
from hrdresearch.run.steps import Built, names_aside, takes_editions
from hrdresearch.run.version import code_parts, code_version
from hrdresearch.run.withdrawn_names import with_withdrawn_names
from hrdresearch.sources import Loaded, get_facts, read_corrections
from hrdresearch.sources.beside_the_table import NO_ROW
from hrdresearch.sources.not_living import rows_that_may_live
from hrdresearch.sources.own_guesses import guesses_of_own
from hrdresearch.studies.ground.build import Build
from hrdresearch.tables import TABLES
from hrdresearch.tables.case_editions import parse_edition
from hrdresearch.vocab.labels import vocabulary_labels

ARCHIVE = "archive of messages"  # told instead of the name of the file, which is sealed


@dataclass(frozen=True)
class SourceFile:
    """One list to build from: its slug, its file, and whether its persons are invented."""

    slug: str
    path: Path
    is_demo: bool = False


@dataclass(frozen=True)
class BuildResult:
    """A finished build: its folder, whether it is new, and the account of rows of each source.

    sealed: work files that were open and were sealed, because the build is sealed.
    releases: lines on restricted lists, such as releases that were due and consents to look at.
    lines: other lines of the steps for the screen, such as how long they took.
    """

    build_id: str
    folder: Path
    is_new: bool
    quality: tuple[Mapping[str, Any], ...]
    sealed: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


def build(
    study: str,
    files: Sequence[SourceFile],
    work: Path,
    workers: int = 1,
    open_on_this_machine: bool = False,
) -> BuildResult:
    """Build ``study`` from source files into ``work``; the same input gives the same build id.

    workers: processes that code a list which is too large for memory. open_on_this_machine: the user
    accepts that restricted lists, and the files made from them, lie unencrypted on the disk. RunError or
    SourceError say what to correct; VaultProblem if a restricted list is not in the vault; BusyError if
    another build of the study is running; KeyProblem if the same build was made with another key. After an
    error the current build stays in use.
    """
    study_entry(study)
    _check_files(study, files)
    lists = {f.slug: f.path for f in files if not f.is_demo}
    for slug, path in lists.items():
        refuse_in_vault(slug, path)
    refuse_unstated(study, [get_facts(slug).to_dict() for slug in lists], work / study)
    keeping = keeping_of(lists, work, open_on_this_machine)
    home = work / study
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / ".build.lock", timeout=0)
    try:
        with lock:
            sealed = seal_work_files(home, set(lists), keeping)
            made = _build_locked(study, files, work, home, workers, keeping)
            return replace(made, sealed=sealed)
    except Timeout:
        raise BusyError(
            f"Another build of {study} is running in {work}; wait until it ends, then build again"
        ) from None


def _check_files(study: str, files: Sequence[SourceFile]) -> None:
    if not files:
        raise RunError("No source given: name at least one as --source LIST=FILE")
    slugs = [f.slug for f in files]
    twice = sorted({s for s in slugs if slugs.count(s) > 1})
    if twice:
        raise RunError(f"{', '.join(twice)} is given twice; give one edition of each list")
    for slug in slugs:
        _check_edition(study, slug, slugs)
    for file in files:
        if not file.path.exists():
            raise RunError(f"Source {file.slug}: there is no file or folder {file.path}")


def _check_edition(study: str, slug: str, given: Sequence[str]) -> None:
    """Refuse an earlier edition of a list if the study does not use it, or if it could endanger persons."""
    base, edition = parse_edition(slug)
    if not edition:
        return
    if not takes_editions(study):
        raise RunError(
            f"{slug}: this study takes one edition of a list; earlier editions are used by: "
            "hrdresearch build accountability, hrdresearch build trends"
        )
    if base not in given:
        raise RunError(f"{slug} is an earlier edition: give the newest one too, as {base}=FILE")
    if not get_facts(slug).policy.public_by_name:
        raise RunError(
            f"{slug}: changes between editions of a list shared in confidence are never published, because "
            "a change could reveal one person"
        )


def _build_locked(
    study: str,
    files: Sequence[SourceFile],
    work: Path,
    home: Path,
    workers: int,
    keeping: Keeping,
) -> BuildResult:
    lists = {f.slug: (f.path, f.is_demo) for f in files}
    build_id = build_id_of(study, lists, work, keeping)
    folder = home / build_id
    key = study_key(study)
    if is_stored(folder / "quality.json"):
        held = Build(study, build_id, folder)
        refuse_another_key(
            key, (held.extras("build") or {}).get("key_fingerprint", key.fingerprint)
        )
        return _made_current(held)
    corrections = work / CORRECTIONS
    stored = read_stored(corrections) if is_stored(corrections) else b""
    given = read_corrections(corrections, stored)
    with scratch_in_memory() if keeping.recipient else nullcontext():
        loaded = [
            load_list(study, f.slug, f.path, work, key, given, keeping.recipient, workers)
            for f in files
        ]
        loaded, built, consents = make_tables(
            study, loaded, key, home, {f.slug for f in files if f.is_demo}
        )
        with written_in_one_step(folder) as staging:
            store = Store(staging, keeping)
            _write_build(store, study, files, loaded, built, key, consents)
    made = _made_current(Build(study, build_id, folder))
    releases = (*consents.lines, *made.releases)
    return replace(made, is_new=True, releases=releases, lines=built.lines)


def _made_current(build: Build) -> BuildResult:
    replace_text(build.folder.parent / "current", build.build_id + "\n")
    quality = tuple(build.extras("quality") or ())
    note_taken_in(build.folder.parent)
    lines = (
        *public_own_lists(build),
        *update_releases(build),
        *lists_without_term(build),
        *may_live_in_words(build),
    )
    show_to_read(build.folder.parents[1])
    return BuildResult(build.build_id, build.folder, False, quality, releases=lines)


def _write_build(
    store: Store,
    study: str,
    files: Sequence[SourceFile],
    loaded: Sequence[Loaded],
    built: Built,
    key: Key,
    consents: ConsentsTaken,
) -> None:
    withdrawn: list[pd.DataFrame] = []  # rows of tables in pieces
    home = store.folder.parent
    for name, table in built.tables.items():
        if callable(table):
            kept = pieces_without_withdrawn(table(), name, built.files, home, withdrawn)
            store.write_table_in_pieces(name, (_validate(name, piece) for piece in kept))
        else:
            store.write_table(name, _validate(name, table))
    built = replace(built, set_aside=pd.concat([built.set_aside, *withdrawn], ignore_index=True))
    demo = {f.slug: f.is_demo for f in files}
    where = KEPT_IN_VAULT if store.keeping.recipient else KEPT_OPEN
    store.write_facts(
        "sources",
        [
            {
                **facts_of_source(x.facts, demo[x.facts.slug] or x.facts.is_demo),
                "sha256": where if _is_kept(x, demo) else x.sha256,
                "file": ARCHIVE if _is_archive_kept(x, demo) else x.path.name,
                "layout": x.layout,
            }
            for x in loaded
        ],
    )
    files_read = {
        x.facts.slug: {
            "sha256": x.sha256,
            "folder": str(x.path.resolve().parent),
            "file": x.path.name,
        }
        for x in loaded
    }
    store.write_extra(FILES, files_read)
    for name, extra in built.extras.items():
        store.write_extra(name, extra)
    identifiers = frozenset().union(*(x.identifiers for x in loaded))
    names = [*built.names, *names_aside(loaded), *other_entries(loaded)]
    index = build_index(names, key, vocabulary_labels(), words_of_pages(), identifiers)
    index = with_withdrawn_names(index, home, key)
    refuse_names_of_files(index, loaded)
    refuse_names_in_texts(index, loaded, demo)
    store.write_names_index(index)
    if built.handles:
        store.write_restricted_bytes(HANDLES, hash_handles(built.handles, key, page_words(study)))
    set_aside = [x.set_aside for x in loaded] + [built.set_aside]
    store.write_sheet("set_aside", pd.concat(set_aside, ignore_index=True))
    store.write_sheet("issues", pd.concat([x.issues for x in loaded], ignore_index=True))
    for name, sheet in built.restricted.items():
        store.write_sheet(name, sheet)
    store.write_facts(
        "build",
        {
            "study": study,
            "code": code_version(),
            "code_parts": code_parts(),
            "key_fingerprint": key.fingerprint,
            "tables": list(built.tables),
            "is_sealed": store.is_sealed,
            "lies_open": store.keeping.lies_open,
        },
    )
    waiting = {"names_to_review": consents.to_review, "consents": consents.state}
    store.write_extra("review", waiting)
    # Last: a folder with it is a finished build.
    store.write_extra("quality", [_account_of_rows(x, built) for x in loaded])


def _is_kept(loaded: Loaded, demo: Mapping[str, bool]) -> bool:
    """Whether the hash of a list is kept secret: whoever holds a copy could recognize the list by it."""
    is_demo = demo[loaded.facts.slug] or loaded.facts.is_demo
    return not loaded.facts.policy.public_by_name and not is_demo


def _is_archive_kept(loaded: Loaded, demo: Mapping[str, bool]) -> bool:
    """Whether a file is an archive of messages, whose name is often that of a person, and not public."""
    return loaded.layout == ARCHIVE_LAYOUT and _is_kept(loaded, demo)


def _validate(name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a table, checked against its model; RunError names sources, columns and rules, no values."""
    try:
        valid: pd.DataFrame = TABLES[name].model.validate(rows, lazy=True)
    except SchemaErrors as wrong:
        cases = wrong.failure_cases
        broken = sorted(
            {f"{c} ({r})" for c, r in zip(cases["column"], cases["check"], strict=True)}
        )
        where = rows.index.intersection(cases["index"].dropna())
        sources = sorted(rows.loc[where, "source"].unique()) if "source" in rows else []
        raise RunError(
            f"Table {name} does not accept values read from {', '.join(sources) or 'its lists'}: "
            f"{'; '.join(broken)}. docs/data-dictionary.md says what each column may hold; correct "
            "the crosswalk in source.yml, or the function clean of the source"
        ) from None
    return valid


def _account_of_rows(loaded: Loaded, built: Built) -> dict[str, Any]:
    of_file = built.set_aside["file"] == loaded.path.name
    by_steps = int(of_file.sum())
    return {
        "slug": loaded.facts.slug,
        "file": loaded.path.name,
        "layout": loaded.layout,
        "rows_in": loaded.rows_in,
        "accepted": len(loaded.accepted) - by_steps,
        "set_aside": len(loaded.set_aside) + by_steps,
        "no_rows": int(loaded.set_aside["reason"].astype(str).str.startswith(NO_ROW).sum()),
        **reasons_and_changes(
            pd.concat([loaded.set_aside, built.set_aside[of_file]]), loaded.issues
        ),
        "issues": len(loaded.issues) + loaded.more_issues,
        "guesses": len(guesses_of_own(loaded.facts.slug)),
        "uncoded": {**loaded.uncoded, **built.uncoded.get(loaded.facts.slug, {})},
        "may_live": rows_that_may_live(loaded),
        "notes": [n.to_dict() for n in (*loaded.notes, *built.notes.get(loaded.facts.slug, ()))],
    }
