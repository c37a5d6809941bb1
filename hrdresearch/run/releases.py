"""Makes the releases of restricted lists on the days of their plans.

``WORK/<study>/released/<list>/`` holds a file with the printed figures of each edition, and
``seen.parquet`` with each person's values at the last release, to count how many persons change until the
next one. Both are sealed if the build is sealed.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from hrdresearch.privacy.keys import study_key
from hrdresearch.privacy.make_release import make_release
from hrdresearch.privacy.policy import TIME_HELD, Policy
from hrdresearch.privacy.release import APPROVALS, Release, edition_day, next_edition_day
from hrdresearch.privacy.vault import is_stored, read_stored, sealed_name, write_stored
from hrdresearch.run.sealed_lists import recipient_of_study
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.ground.releases import printed_texts, read_releases, releases_folder
from hrdresearch.tables import TABLES

SEEN = "seen.parquet"
DEMO_KEY, DEMO_DESKS = b"invented cases", ("demo-1", "demo-2")
CONTRIBUTORS = "contributors.csv"
LEAVES = f"show them to nobody outside before {APPROVALS} desks have looked and agreed: hrdresearch release"


def update_releases(build: Build, today: dt.date | None = None) -> Iterator[str]:
    """Make the release of each restricted list whose edition is due; yields lines for the screen.

    A release of invented cases counts as approved; others wait for ``hrdresearch release``. The first
    release of a list is made again at each build until a desk has approved it, because nobody outside has
    seen it, and the list may still be corrected.
    """
    for facts in build.facts():
        plan = Policy.from_dict(facts["policy"]).leaves
        if plan is None or not TABLES[facts["table"]].person_column:
            continue
        slug, day = str(facts["slug"]), today or dt.datetime.now(dt.UTC).date()
        edition = edition_day(day, plan.editions)
        before = read_releases(build.folder.parent, slug)
        texts = printed_texts(facts)
        is_unseen = len(before) == 1 and not before[-1].approved and not before[-1].taken_down
        if before and before[-1].edition >= edition and not is_unseen:
            if before[-1].texts != texts:
                was_approved = before[-1].is_approved
                write_release(build.folder.parent, slug, replace(before[-1], texts=texts))
                if was_approved:
                    yield f"{slug}: texts that are printed with the figures changed; {LEAVES} {build.study}"
            continue
        made = _release(build, facts, edition, [] if is_unseen else before)
        if is_unseen and made == before[-1]:
            continue
        write_release(build.folder.parent, slug, made)
        following = next_edition_day(day, plan.editions)
        if before and not is_unseen:
            yield (
                f"{slug}: its figures of today are kept, under the date {edition}; what changes in the "
                f"list later comes into those that are kept next, on {following}"
            )
        else:
            yield (
                f"{slug}: its figures of today are kept, under the date {edition}; as long as nobody has "
                "approved them, each build makes them again, so what is wrong can still be mended. After "
                f"that, what changes in the list comes into those that are kept next, on {following}"
            )
        if not made.is_approved:
            yield f"{slug}: {LEAVES} {build.study}"


def _release(build: Build, facts: dict[str, Any], edition: str, before: list[Release]) -> Release:
    slug, table = str(facts["slug"]), str(facts["table"])
    plan = Policy.from_dict(facts["policy"]).leaves
    person = TABLES[table].person_column
    assert plan is not None and person is not None
    whole = build.table(table)
    rows = _with_time_held(whole[whole["source"] == slug].reset_index(drop=True), edition)
    contributor = contributors_of(build, slug, rows)
    folder = releases_folder(build.folder.parent, slug)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stored = folder / SEEN
    made, now_seen = make_release(
        rows,
        plan,
        edition,
        DEMO_KEY if facts["is_demo"] else study_key(build.study, create=False).secret,
        person=person,
        year=TABLES[table].year_column,
        contributor=contributor,
        before=before[-1] if before else None,
        seen=pd.read_parquet(io.BytesIO(read_stored(stored)))
        if before and is_stored(stored)
        else None,
    )
    seen = io.BytesIO()
    now_seen.to_parquet(seen, index=False)
    write_stored(stored, seen.getvalue(), recipient_of_study(build.folder.parent))
    made = replace(made, texts=printed_texts(facts))
    if facts["is_demo"]:
        made = replace(made, approved=dict.fromkeys(DEMO_DESKS, made.digest))
    return made


def _with_time_held(rows: pd.DataFrame, edition: str) -> pd.DataFrame:
    """Add the years that each open detention had lasted at the end of the last month of the list.

    That month is not after the day of the edition. Other tables are not changed.
    """
    if "open_until_date" not in rows:
        return rows
    day = pd.Timestamp(edition)
    dates = rows[["began_date", "entered_date", "sentence_date", "ended_date", "last_known_date"]]
    last = dates.where(dates <= day).max().max()
    until = min(day, last + pd.offsets.MonthEnd(0)) if pd.notna(last) else day
    is_held = (rows["open_until_date"] > until) & (rows["began_date"] <= until)
    years = (until - rows["began_date"]).dt.days / 365.25
    return rows.assign(**{TIME_HELD: years.where(is_held)})


def contributors_of(build: Build, slug: str, rows: pd.DataFrame) -> pd.Series:
    """Pseudonym of each row's contributor; "" if the list does not record it."""
    path = build.folder / "restricted" / CONTRIBUTORS
    if not is_stored(path):
        return pd.Series("", index=rows.index)
    sheet = pd.read_csv(io.BytesIO(read_stored(path)), dtype=str, keep_default_na=False)
    own = sheet[sheet["source"] == slug].drop_duplicates("source_row").set_index("source_row")
    found = rows["source_row"].astype(str).map(own["contributor"].to_dict()).astype("object")
    return found.where(found.notna(), "").astype(str)


def write_release(home: Path, slug: str, release: Release) -> None:
    """Write the release of a list in one step; it is sealed if the study is. home: ``WORK/<study>``."""
    path = releases_folder(home, slug) / f"{release.edition}.json"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".partial")
    body = json.dumps(release.to_json(), ensure_ascii=False, indent=1).encode("utf-8")
    written = write_stored(draft, body, recipient_of_study(home))
    written.chmod(0o600)
    written.replace(path if written == draft else sealed_name(path))
    if written != draft:
        path.unlink(missing_ok=True)
