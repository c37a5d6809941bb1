"""Finds the lists of the current builds for look-ups, and which of their rows may be shown.

Rows that a build holds may be shown, with State and year. Rows of a public list that were set aside may be
shown with the reason. Rows of persons who withdrew, or that no consent covers, are never shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from hrdresearch.privacy.keys import name_digest, study_key
from hrdresearch.privacy.names_index import NamesIndex
from hrdresearch.privacy.vault import is_stored, read_stored
from hrdresearch.privacy.vault_session import live_session
from hrdresearch.privacy.withdraw import read_withdrawn
from hrdresearch.run.build_files import files_of_build
from hrdresearch.run.consents import REASON as NOT_COVERED
from hrdresearch.run.files import read_json
from hrdresearch.run.left_out import REASON as TAKEN_OUT
from hrdresearch.run.steps import find_large_reader
from hrdresearch.run.withdrawn_names import NAMES
from hrdresearch.studies.ground.build import Build, current_build
from hrdresearch.tables import TABLES

LOCKED = "kept in the vault: open it (hrdresearch vault open) and ask again"
IN_PARTS = "an archive of messages, which is not searched"
NOT_OF_PERSONS = ("context", "post_labels", "posts")  # tables that are not searched
OF_SELF_TEST = "fixture_"  # prefix of tables of invented letters that a study tests itself with


@dataclass(frozen=True)
class BuiltList:
    """A list of a current build.

    file: file that the build read. why_closed: why the list may not be searched, or "". facts: table, row
    number, State and year of each row that the build holds. aside: for a public list, row number -> reason
    why the row was set aside.
    """

    study: str
    slug: str
    file: Path
    sha256: str
    is_public: bool
    is_demo: bool
    why_closed: str = ""
    facts: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    aside: dict[int, str] = field(default_factory=dict, repr=False)


def is_vault_open(work: Path) -> bool:
    """Whether the vault is open for this work folder."""
    session = live_session()
    return session is not None and session.work == work.resolve()


def current_builds(work: Path) -> list[Build]:
    """The current build of each study in a work folder, sorted by study."""
    return [current_build(p.parent.name, work) for p in sorted(work.glob("*/current"))]


def holds_only_invented(work: Path) -> bool:
    """Whether all lists of the current builds of a work folder are invented."""
    builds = current_builds(work)
    return all(one["is_demo"] for b in builds for one in read_json(b.folder / "sources.json"))


def lists_of_build(build: Build, work: Path) -> Iterator[BuiltList]:
    """Lists of a build; a list that is not public is closed while the vault is locked.

    DamagedBuildError if a table cannot be read.
    """
    described = read_json(build.folder / "sources.json")
    is_open = is_vault_open(work)
    is_sealed = bool((build.extras("build") or {}).get("is_sealed"))
    if is_sealed and not is_open:
        yield from (_described(build, one, LOCKED) for one in described)
        return
    tables = _rows_of_tables(build)
    aside = build.sheet("set_aside")
    for one in files_of_build(build.folder):
        made = _described(build, one, "")
        if find_large_reader(build.study, made.slug) is not None:
            yield _described(build, one, IN_PARTS)
        elif not (made.is_public or made.is_demo or is_open):
            yield _described(build, one, LOCKED)
        else:
            facts = tables[tables["source"] == made.slug].drop(columns="source")
            reasons = _reasons(aside, made) if made.is_public else {}
            yield _described(build, one, "", facts, reasons)


def has_withdrawn(home: Path, name: str) -> bool:
    """Whether a person of this name, in any spelling, withdrew from a study; home: ``WORK/<study>``."""
    key = study_key(home.name, create=False)
    if name_digest(name, key) in read_withdrawn(home):
        return True
    if not is_stored(home / NAMES):
        return False
    return bool(NamesIndex.from_bytes(read_stored(home / NAMES), key, NAMES).find(name))


def _described(
    build: Build,
    one: dict[str, object],
    closed: str,
    facts: pd.DataFrame | None = None,
    aside: dict[int, str] | None = None,
) -> BuiltList:
    policy = one["policy"]
    assert isinstance(policy, dict)
    return BuiltList(
        study=build.study,
        slug=str(one["slug"]),
        file=Path(str(one.get("folder", ""))) / str(one["file"]),
        sha256=str(one["sha256"]),
        is_public=bool(policy["public_by_name"]),
        is_demo=bool(one["is_demo"]),
        why_closed=closed,
        facts=pd.DataFrame() if facts is None else facts,
        aside=aside or {},
    )


def _rows_of_tables(build: Build) -> pd.DataFrame:
    """Table, source, row number of the file, State and year of all rows of a build."""
    columns = ["table", "source", "source_row", "state_iso3", "year"]
    found = [pd.DataFrame(columns=columns)]
    for name in (build.extras("build") or {}).get("tables", ()):
        if name in NOT_OF_PERSONS or name.startswith(OF_SELF_TEST):
            continue
        known = TABLES[name].columns
        year = TABLES[name].year_column
        wanted = [c for c in ("source", "source_row", "state_iso3", year) if c in known]
        if "source_row" in wanted:
            rows = build.columns(name, [str(c) for c in wanted], []).rename(columns={year: "year"})
            found.append(rows.assign(table=name).reindex(columns=columns))
    return pd.concat([f for f in found if len(f)] or found, ignore_index=True)


def _reasons(aside: pd.DataFrame | None, one: BuiltList) -> dict[int, str]:
    """Why rows of a list were set aside (row number -> reason), without rows of persons who withdrew."""
    if aside is None:
        return {}
    own = aside[(aside["file"] == one.file.name) & ~aside["reason"].isin((TAKEN_OUT, NOT_COVERED))]
    return dict(zip(own["row"].astype(int), own["reason"], strict=True))
