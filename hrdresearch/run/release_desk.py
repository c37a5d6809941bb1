"""Shows a release of a restricted list to a desk, and records the desk's approval of what it saw.

The desk first sees the figures and a code, which is a keyed hash of what was shown to this desk. Its
approval must name this code. Lines on contributors, children and consents are for the desk only and are
never published.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.privacy.desk_keys import read_desk_keys, sign_as_desk
from hrdresearch.privacy.keys import study_key
from hrdresearch.privacy.make_release import FROM_CONTRIBUTORS, states_of_area
from hrdresearch.privacy.release import APPROVALS, Release
from hrdresearch.privacy.vault import is_stored
from hrdresearch.run.consents import rows_without_consent
from hrdresearch.run.decisions import check_desk
from hrdresearch.run.errors import RunError
from hrdresearch.run.internal import next_edition
from hrdresearch.run.may_live import may_live_in_words
from hrdresearch.run.release_words import release_in_words, texts_in_words
from hrdresearch.run.releases import CONTRIBUTORS, contributors_of, write_release
from hrdresearch.run.retention import lists_without_term
from hrdresearch.run.stated_basis import basis_said
from hrdresearch.run.steps import CONTRIBUTOR_NAMES
from hrdresearch.sources.own_guesses import guess_notes
from hrdresearch.studies.ground.build import Build, current_build
from hrdresearch.studies.ground.releases import approval_place, releases_of
from hrdresearch.tables import TABLES

CODE_CHARACTERS = 10
CHILD = 18  # years of age; younger persons are children
BY_KEY = (
    "Desks approve with their keys here: each gives its own passphrase, and the approval is signed"
)
BY_LABEL = (
    "Desks approve by label here. This does not prove that two persons looked, because one person can "
    "type two labels. Give each desk a key (hrdresearch key --desk desk-4)"
)


@dataclass(frozen=True)
class _Shown:
    """The last release of a list, and the lines on it that a desk reads."""

    slug: str
    release: Release
    lines: tuple[str, ...]
    has_no_term: bool = False

    @property
    def is_open(self) -> bool:
        return not (self.release.taken_down or self.release.is_approved)

    def code(self, study: str, desk: str) -> str:
        said = "\n".join((desk, self.slug, self.release.digest, *self.lines)).encode()
        key = study_key(study).secret
        return hmac.digest(key, b"release" + said, "sha256").hex()[:CODE_CHARACTERS]


def show_releases(study: str, work: Path, desk: str | None = None) -> Iterator[str]:
    """Lines with the figures of the last release of each restricted list, and advice; approves nothing.

    desk: label of the desk; the lines end with the code that it approves with. RunError if no list of the
    study is restricted, all are taken down, or the label is not valid.
    """
    check_desk(desk)
    shown = _shown(study, work)
    yield from may_live_in_words(current_build(study, work))
    for one in shown:
        yield one.slug
        yield from map(str, guess_notes(one.slug))
        yield from one.lines
        left = APPROVALS - list(one.release.approved.values()).count(one.release.digest)
        if one.is_open:
            yield f"{one.slug}: {left} more desk(s) must approve"
            yield BY_KEY if read_desk_keys() else BY_LABEL
        elif not one.release.taken_down:
            yield f"{one.slug}: may leave"
        if desk is not None and one.is_open:
            yield (
                f"Read all of it. Then approve it: hrdresearch release {study} --desk {desk} "
                f"--approve {one.code(study, desk)}"
            )
    if desk is not None and all(one.release.taken_down for one in shown):
        raise RunError(f"There is nothing to approve: the figures of {study} are taken down")


def approve_release(
    study: str, work: Path, desk: str, code: str, passphrase: str = "", no_term: str = ""
) -> str:
    """Approve, for a desk, the figures that it was shown with this code.

    passphrase: of the desk's key, where desks have keys. no_term: why the list may leave although no
    retention term was declared; needed only then. RunError if nothing is open, no_term is missing, or the
    figures have changed since the code was shown; KeyProblem for a wrong key or passphrase.
    """
    check_desk(desk)
    still_open = [one for one in _shown(study, work) if one.is_open]
    if not still_open:
        raise RunError(f"Nothing was approved: no figures of {study} are open")
    for one in still_open:
        if hmac.compare_digest(one.code(study, desk), code.strip().lower()):
            if one.has_no_term and not no_term.strip():
                raise RunError(
                    f"Nothing was approved: {one.slug} has no retention term. Declare how long it is kept "
                    f"(hrdresearch retention declare {study} {one.slug}) or, for example if nothing is "
                    "sealed, say why it may leave without one (--no-term, in words)"
                )
            approved = {**one.release.approved, desk: one.release.digest}
            said = f"{approval_place(study, one.slug)}/{one.release.digest}"
            signatures = {**one.release.signatures, desk: sign_as_desk(desk, said, passphrase)}
            why = {**one.release.no_term, desk: no_term} if one.has_no_term else one.release.no_term
            release = replace(one.release, approved=approved, signatures=signatures, no_term=why)
            write_release(work / study, one.slug, release)
            left = APPROVALS - list(approved.values()).count(release.digest)
            return f"{one.slug}: " + (
                "may leave" if left <= 0 else f"{left} more desk(s) must approve"
            )
    raise RunError(
        f"Nothing was approved: the code does not fit the figures that {desk} would be shown now. Read "
        f"them again (hrdresearch release {study} --desk {desk}) and use the code at their end"
    )


def leave_out(study: str, work: Path, desk: str, name: str) -> str:
    """Leave a class (``COLUMN=VALUE``) or a cell (``AREA;COLUMN=VALUE``) out of this and later editions.

    Two desks must then approve again. The total of an area cannot be left out. RunError if no open figure
    has this name.
    """
    check_desk(desk)
    for one in (shown for shown in _shown(study, work) if shown.is_open):
        release = one.release
        names = {*release.cells, *release.medians}
        names = {n for n in names if n.partition(";")[2]}
        if name in names | {cell.partition(";")[2] for cell in names}:
            less = release.without_left_out({**release.left_out, name: desk})
            write_release(work / study, one.slug, replace(less, approved={}, signatures={}))
            return (
                f"{one.slug}: {name} is left out; two desks must now approve the figures without it"
            )
    raise RunError(
        f"Nothing was left out: no open figure of {study} has this name. Name a class by its column and code "
        "(identity_codes=lawyer), or in one State with the State's code (KEN;cause_codes=corruption)"
    )


def withdraw_approval(study: str, work: Path, desk: str) -> Iterator[str]:
    """Undo a desk's approval, if the second desk has not approved yet; RunError if nothing can be undone."""
    check_desk(desk)
    undone = False
    for one in _shown(study, work):
        if one.is_open and desk in one.release.approved:
            left = {d: digest for d, digest in one.release.approved.items() if d != desk}
            write_release(work / study, one.slug, replace(one.release, approved=left))
            undone = True
            yield f"{one.slug}: {desk} has withdrawn its approval"
    if not undone:
        raise RunError(
            f"{desk} has approved nothing of {study} that is still open. Figures that two desks have "
            "approved may be published already; hrdresearch withdraw --in-danger takes them down"
        )


def _shown(study: str, work: Path) -> list[_Shown]:
    build = current_build(study, work)
    shown = []
    termless = list(lists_without_term(build))
    for facts in build.facts():
        slug = str(facts["slug"])
        releases = releases_of(build, slug)
        if not releases:
            continue
        last = releases[-1]
        if last.taken_down:
            said = f"taken down on {last.taken_down}; the next edition is on {next_edition(slug)}"
            shown.append(_Shown(slug, last, (said,)))
            continue
        left_before = [r for r in releases[:-1] if r.is_approved or r.taken_down]
        rows, whose = _rows_of(build, facts)
        before = left_before[-1] if left_before else None
        changed = (
            {a for a in before.as_at if last.as_at.get(a) == last.edition} if before else set()
        )
        of_areas = {
            area: tuple(_contributors_said(area, rows, whose, area in changed))
            for area in last.as_at
        }
        no_term = [line for line in termless if line.startswith(f"{slug}: ")]
        lines = (
            *no_term,
            *(f"{desk} approved it without a term: {why}" for desk, why in last.no_term.items()),
            *_of_the_list(build, facts, rows),
            *texts_in_words(last.texts, before.texts if before else {}),
            *release_in_words(last, before, of_areas),
        )
        shown.append(_Shown(slug, last, lines, bool(no_term)))
    if not shown:
        raise RunError(f"The build of {study} holds no restricted list with a release")
    return shown


def _rows_of(build: Build, facts: dict[str, Any]) -> tuple[pd.DataFrame, str]:
    """Rows of a list with the pseudonym of each row's contributor, and the name of the persons column."""
    table = str(facts["table"])
    whole = build.table(table)
    rows = whole[whole["source"] == facts["slug"]].reset_index(drop=True)
    contributor = contributors_of(build, str(facts["slug"]), rows)
    return rows.assign(contributor=contributor), str(TABLES[table].person_column)


def _of_the_list(build: Build, facts: dict[str, Any], rows: pd.DataFrame) -> Iterator[str]:
    """Lines for the desk on the whole list: children, basis and consents, names of contributors."""
    person = str(TABLES[str(facts["table"])].person_column)
    if "age_years" in rows:
        children = rows.loc[rows["age_years"].astype("float64") < CHILD, person].nunique()
        about = f"about {5 * round(children / 5)}" if children >= 5 else "fewer than 5, or none"
        yield (
            f"For the desk only. Children counted, over the whole list: {about}. The printed figure (age "
            "group: Child) may differ: it is rounded by chance, and may be of an earlier list"
        )
    yield basis_said(build, facts)
    yield from rows_without_consent(build, facts)
    if is_stored(build.folder / "restricted" / CONTRIBUTORS) and (rows["contributor"] != "").any():
        yield (
            f"Read {CONTRIBUTOR_NAMES}.csv first (in to-read of the opened vault, or in restricted/ of "
            "the build): one group under two names counts as two contributors"
        )


def _contributors_said(
    area: str, rows: pd.DataFrame, person: str, is_changed: bool
) -> Iterator[str]:
    """Lines on how many contributors an area has, and the share of the largest, to ten per cent.

    is_changed: whether its figures were drawn again since the last published edition.
    """
    inside = rows[rows["state_iso3"].isin(states_of_area(area))] if area else rows
    by_contributor = inside[inside["contributor"] != ""].groupby("contributor")[person].nunique()
    persons = inside[person].nunique()
    if by_contributor.empty or not persons:
        yield "for the desk only: no contributor is recorded"
        if is_changed:
            yield "Look: one organization may have caused the whole change: ask whose cases came or went"
        return
    share = by_contributor.max() / persons
    tenth = min(round(10 * share), 10) * 10
    yield f"for the desk only: {len(by_contributor)} contributor(s), the largest has about {tenth}%"
    if is_changed and len(by_contributor) <= FROM_CONTRIBUTORS:
        yield (
            "Look: so few organizations caused this change that each can see from it what the other brought"
        )
    if share > 0.5:
        yield "Look: one organization has most cases: would a figure say something about its members?"
