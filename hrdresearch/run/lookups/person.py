"""Looks a name up in the lists of the current builds, in any spelling and script.

A hit gives list, row number, State, year, and how similar the names are and why; no name is printed. Rows of
lists that are not public are shown only while the vault is open. Rows of persons who withdrew, or whom no
consent covers, are never shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hrdresearch.names.name_comparison import LIKELY_SAME, NameComparison
from hrdresearch.names.sought_name import SoughtName
from hrdresearch.privacy.keys import KeyProblem
from hrdresearch.privacy.vault import VaultProblem
from hrdresearch.run.build_files import read_names_index
from hrdresearch.run.consents import refuse_changed_consents
from hrdresearch.run.errors import RunError
from hrdresearch.run.lookups.casebooks import find_in_casebooks
from hrdresearch.run.lookups.lists import BuiltList, current_builds, has_withdrawn, lists_of_build
from hrdresearch.run.raw_file import with_rows_of_person
from hrdresearch.run.sealed_lists import opener_for
from hrdresearch.sources import SourceError
from hrdresearch.sources.loading import read_as_published
from hrdresearch.sources.reading import Rows
from hrdresearch.sources.several_files import digest_of_files
from hrdresearch.studies.ground.build import Build, DamagedBuildError

SAME = 0.97  # the same words, or the same in another script or order
OTHER_FILE = "its file is missing, or has changed since the build"


@dataclass(frozen=True)
class PersonHit:
    """A row with the name, or with a similar name.

    where: study and list. place: file and row. about: State and year. likeness: how similar the names are.
    """

    where: str
    place: str
    about: str
    likeness: NameComparison

    @property
    def how_sure(self) -> str:
        """How similar the names are, in words."""
        score = self.likeness.score
        return "same name" if score >= SAME else "likely" if score >= LIKELY_SAME else "perhaps"


@dataclass(frozen=True)
class PersonFound:
    """Result of a look-up: hits (the most similar first), lists searched, lists not searched and why."""

    hits: tuple[PersonHit, ...]
    searched: tuple[str, ...]
    not_searched: tuple[str, ...]


def find_person(name: str, work: Path, raw: Path) -> PersonFound:
    """Look a name up in all current builds of a work folder, and in the casebooks of a folder of lists.

    raw: folder of lists and casebooks. RunError for a name without a whole word, or if there is nothing
    to search.
    """
    try:
        sought = SoughtName(name)
    except ValueError as wrong:
        raise RunError(f"Type the full name: {wrong}") from None
    found = _Search(name, sought)
    for build in current_builds(work):
        try:
            found.search(build, work)
        except (VaultProblem, KeyProblem, RunError, DamagedBuildError) as problem:
            found.not_searched.append(f"{build.study}: {problem}")
    for kept in find_in_casebooks(name, sought, raw, work):
        found.hits += [
            PersonHit(kept.where, place, about, like) for place, about, like in kept.hits
        ]
        told = found.not_searched if kept.why_closed else found.searched
        told.append(f"{kept.where}: {kept.why_closed or kept.rows}")
    if not found.searched and not found.not_searched:
        raise RunError(f"There is no build in {work}, and no casebook in {raw}: nothing to search")
    ordered = sorted(found.hits, key=lambda h: (-h.likeness.score, h.where, h.place))
    return PersonFound(tuple(ordered), tuple(found.searched), tuple(found.not_searched))


@dataclass
class _Search:
    """A look-up in progress."""

    name: str = field(repr=False)
    sought: SoughtName
    hits: list[PersonHit] = field(default_factory=list)
    searched: list[str] = field(default_factory=list)
    not_searched: list[str] = field(default_factory=list)

    def search(self, build: Build, work: Path) -> None:
        """Search the lists of a build; no hits if a person of this name withdrew from the study."""
        lists = list(lists_of_build(build, work))
        is_gone = _refuse_or_is_gone(build, lists, self.name)
        for one in lists:
            label = f"{one.study}, {one.slug}"
            rows = _as_built(one) if not one.why_closed else None
            if one.why_closed:
                self.not_searched.append(f"{label}: {one.why_closed}")
            elif rows is None:
                told = _in_index(build, self.name, is_gone)
                self.not_searched.append(f"{label}: {OTHER_FILE}; {told}")
            else:
                self.searched.append(f"{label}: {sum(len(r.rows) - 1 for r in rows)} rows")
                for part in rows if not is_gone else ():
                    self.hits += _hits(one, part, self.sought, has_parts=len(rows) > 1)


def _refuse_or_is_gone(build: Build, lists: Sequence[BuiltList], name: str) -> bool:
    """Whether a person of this name withdrew from the study, so that no hits may be shown.

    RunError if consents have changed since the build, because it may hold rows that are no longer allowed.
    """
    if all(one.why_closed for one in lists):
        return False
    if any(not (one.is_public or one.is_demo) for one in lists):
        refuse_changed_consents([build])
    return has_withdrawn(build.folder.parent, name)


def _as_built(one: BuiltList) -> list[Rows] | None:
    """Rows of the files of a list; None if a file is missing or has changed since the build."""
    try:
        rows = read_as_published(one.slug, one.file, opener_for(one.file))
    except (SourceError, OSError, VaultProblem):
        return None
    sha256 = digest_of_files(rows) if one.file.is_dir() else rows[0].sha256
    return rows if sha256 == one.sha256 else None


def _in_index(build: Build, name: str, is_gone: bool) -> str:
    """Whether the names index of a build holds the name, in words; it holds keyed hashes only."""
    try:
        index = read_names_index(build.folder)
    except (KeyProblem, VaultProblem, RunError):
        index = None
    if index is None:
        return "and there is no names index, so it is not known whether the list holds the name"
    held = "hold" if not is_gone and index.find(name) else "do not hold"
    return f"the hashed names of all lists of {build.study} {held} it"


def _hits(one: BuiltList, rows: Rows, sought: SoughtName, has_parts: bool) -> Iterator[PersonHit]:
    found = sought.find_in(cell for _, cells in rows.rows[1:] for cell in cells)
    if not found:
        return
    best: dict[int, NameComparison] = {}
    for number, cells in rows.rows[1:]:
        likeness = [found[cell] for cell in cells if cell in found]
        if likeness:
            best[number] = max(likeness, key=lambda c: c.score)
    for number in with_rows_of_person(rows, [one.slug], best):
        about = _about(one, number, has_parts)
        if about is not None:
            why = best.get(number) or NameComparison(
                max(c.score for c in best.values()), "a row of the same person"
            )
            yield PersonHit(
                f"{one.study}, {one.slug}", f"{rows.path.name}, row {number}", about, why
            )


def _about(one: BuiltList, number: int, has_parts: bool) -> str | None:
    """State and year of a row, or why it was set aside; None for a row that may not be shown."""
    own = one.facts[one.facts["source_row"] == number] if len(one.facts) else one.facts
    if has_parts and len(own) != len(own.drop_duplicates("table")):
        return "State and year: see the file"  # several files of the list have a row of this number
    if len(own):
        states = "/".join(sorted({str(s) for s in own["state_iso3"].dropna()} - {""}))
        years = "/".join(sorted({str(int(y)) for y in own["year"].dropna()}))
        return f"{years or 'year not known'}, {states or 'State not known'}"
    if number in one.aside:
        return f"set aside: {one.aside[number]}"
    return "not in the tables of the build" if has_parts and one.is_public else None
