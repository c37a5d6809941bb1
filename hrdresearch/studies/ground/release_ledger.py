"""Counts that reports on restricted lists have published, so that later reports reveal no person.

Each list has one ledger file in ``WORK/<study>/released/``: every count of every published report,
shown or suppressed. The files hold pseudonyms and never leave the work folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from hrdresearch.findings.make_claims import WITHHELD
from hrdresearch.findings.model import Claim
from hrdresearch.privacy.disclosure import PROTECTS, SMALL, Count, Decision, Ledger
from hrdresearch.privacy.policy import Policy
from hrdresearch.studies.ground.build import Build, DamagedBuildError
from hrdresearch.tables import TABLES, select


def released_ledger(build: Build, slug: str) -> Ledger:
    """Published counts of one list; empty when no report on the list has been published.

    Raises DamagedBuildError when the ledger file is damaged.
    """
    path = _path(build, slug)
    if not path.is_file():
        return Ledger(build.build_id)
    try:
        return Ledger.from_json(json.loads(path.read_text(encoding="utf-8")), build.build_id)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise DamagedBuildError(
            f"{path.name} in {path.parent} is damaged: it holds what has been published of this "
            "list. Put a whole copy back before anything more is published"
        ) from error


def record_published(build: Build, claims: Iterable[Claim], smallest_cell: int = 0) -> None:
    """Add the counts of a published report to the ledgers of its restricted lists.

    smallest_cell: parameter of the run. A count that is withheld only because this parameter is
    stricter than the policy of the list is not added: a later report may show it.
    """
    policies = {f["slug"]: Policy.from_dict(f["policy"]) for f in build.facts()}
    restricted = {slug: p for slug, p in policies.items() if not p.is_exempt}
    by_list: dict[str, list[Claim]] = {slug: [] for slug in restricted}
    for claim in claims:
        if claim.measure == "rows" and len(claim.sources) == 1 and claim.sources[0] in by_list:
            by_list[claim.sources[0]].append(claim)
    for slug, made in by_list.items():
        stricter = smallest_cell > restricted[slug].smallest_cell
        entered = [c for c in made if c.status == "shown" or not stricter]
        if entered:
            _enter(build, slug, entered)


def _enter(build: Build, slug: str, claims: list[Claim]) -> None:
    ledger = released_ledger(build, slug)
    frame = build.table(claims[0].table)
    person = TABLES[claims[0].table].person_column
    counts, decisions = [], {}
    for claim in claims:
        members = frozenset(frame.loc[select(frame, claim.filter), person])
        # The ledger takes counts of persons as they are; rounding is part of the decision.
        counts.append(Count(claim.name, members, len(members), claim.filter))
        why = "" if claim.status == "shown" else PROTECTS if claim.text == WITHHELD else SMALL
        value = claim.value if isinstance(claim.value, int) else None
        decisions[claim.name] = Decision(claim.status, value, why)
    ledger.add(counts, decisions)
    path = _path(build, slug)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    temporary = path.with_suffix(".partial")
    temporary.write_text(json.dumps(ledger.to_json()), encoding="utf-8")
    temporary.replace(path)


def _path(build: Build, slug: str) -> Path:
    return build.folder.parent / "released" / f"{slug}.json"
