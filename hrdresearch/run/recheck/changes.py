"""Compares two editions of a report: what they were made from, their numbers and their sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hrdresearch.privacy.vault import VaultProblem
from hrdresearch.run.editions import find_report
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import read_json
from hrdresearch.run.lineage import build_behind
from hrdresearch.run.recheck.between import older_lists_by_newer_code
from hrdresearch.run.recheck.causes import ClaimChange, Recount, changes_of_claims
from hrdresearch.run.recheck.differs import Differs, what_differs
from hrdresearch.run.recheck.followed_rows import key_column
from hrdresearch.run.recheck.matched import Matched, match_sentences
from hrdresearch.run.recheck.moves import Move, moves_of_lists
from hrdresearch.run.recheck.printed import Sentence, read_sentences
from hrdresearch.studies.ground.build import Build, NoBuildError

SCHEMA = 1
IN_THE_VAULT = (
    "This report is on a list that was shared in confidence, so its changes are shown inside the vault only. "
    "Open the vault (hrdresearch vault open) on the machine that holds the builds"
)


@dataclass(frozen=True)
class Edition:
    """The compared parts of an edition: name, manifest, claims and sentences."""

    name: str
    manifest: Mapping[str, Any]
    claims: Mapping[str, Any]
    sentences: Sequence[Sentence]

    @property
    def is_public(self) -> bool:
        """Whether all of its lists are public by name."""
        return bool(self.manifest["policy"]["public_by_name"])


@dataclass(frozen=True)
class ListChange:
    """A list in both editions: number of rows before and now, and why the rows differ.

    how: how rows were followed (``FollowedRows.how``). unsure: rows that were followed by a link with a
    probability below 0.95.
    """

    study: str
    slug: str
    table: str
    was: int
    now: int
    moves: tuple[Move, ...]
    how: str
    unsure: int


@dataclass(frozen=True)
class Changes:
    """What changed between two editions of a report, and why, as far as it could be shown."""

    older: Edition
    newer: Edition
    differs: Differs
    lists: tuple[ListChange, ...]
    claims: tuple[ClaimChange, ...]
    sentences: tuple[Matched, ...]

    @property
    def is_public(self) -> bool:
        """Whether all lists of both editions are public by name."""
        return self.older.is_public and self.newer.is_public

    def claim(self, name: str) -> ClaimChange | None:
        """The change of a number; None if it did not change."""
        return {change.name: change for change in self.claims}.get(name)

    def to_dict(self) -> dict[str, Any]:
        """Content of ``changes.json``: plain values, without names of persons and keys of rows."""
        return {
            "schema": SCHEMA,
            "study": self.newer.manifest["study"],
            "parameters": self.newer.manifest["parameters"],
            "older": _about(self.older),
            "newer": _about(self.newer),
            "differs": self.differs.to_dict(),
            "lists": [asdict(one) for one in self.lists],
            "verdicts": dict(Counter(one.verdict for one in self.sentences)),
            "claims": [one.to_dict() for one in self.claims],
            "sentences": [_sentence(one) for one in self.sentences],
        }


def read_edition(report: Path) -> Edition:
    """Read a published edition; RunError if there is none in the folder, or if it is internal."""
    folder = find_report(report)
    manifest = read_json(folder / "manifest.json")
    if manifest.get("is_internal"):
        raise RunError("An internal report has no editions to compare: run it again in the vault")
    claims = read_json(folder / "claims.json")["claims"]
    return Edition(manifest["edition"], manifest, claims, read_sentences(folder / "report.html"))


def compare_editions_of_report(
    older: Path, newer: Path, work: Path, work_before: Path | None = None
) -> Changes:
    """Compare two published editions, with the causes that their builds show.

    older, newer: folders of editions. work: work folder with the builds. work_before: work folder of the
    older edition, if it is another one. If a build is missing, causes are said to be not known. RunError for
    editions of different studies, and for a list shared in confidence while its vault is not open.
    """
    before, after = read_edition(older), read_edition(newer)
    if before.manifest["study"] != after.manifest["study"]:
        raise RunError(
            f"The editions are of different reports, {before.manifest['study']} and "
            f"{after.manifest['study']}: give two editions of the same report"
        )
    builds = [builds_of_edition(before, work_before or work), builds_of_edition(after, work)]
    return compare(before, after, builds[0], builds[1])


def compare(
    older: Edition, newer: Edition, before: Mapping[str, Build], after: Mapping[str, Build]
) -> Changes:
    """Compare two editions; before, after: their builds by study (a missing build is left out)."""
    differs = what_differs(older.manifest, newer.manifest)
    matched = tuple(match_sentences(older.sentences, newer.sentences))
    with ExitStack() as for_this_time:
        recounts = {}
        for study in sorted(before.keys() & after.keys()):
            builds = (before[study], after[study])
            between = for_this_time.enter_context(older_lists_by_newer_code(*builds, differs))
            recounts[study] = Recount(*builds, differs, between)
        claims = tuple(changes_of_claims(older.claims, newer.claims, differs, recounts))
        return Changes(older, newer, differs, tuple(_lists(recounts)), claims, matched)


def builds_of_edition(edition: Edition, work: Path) -> dict[str, Build]:
    """The builds of an edition that are in the work folder, by study.

    RunError for a report on a list shared in confidence if a build cannot be read.
    """
    found = {}
    for about in edition.manifest["builds"]:
        with suppress(NoBuildError):
            try:
                build = build_behind(about["study"], about["build_id"], edition.name, work)
                build.extras("quality")
            except VaultProblem:
                raise RunError(IN_THE_VAULT) from None
            found[about["study"]] = build
    if not edition.is_public and len(found) < len(edition.manifest["builds"]):
        raise RunError(IN_THE_VAULT)
    return found


def _lists(recounts: Mapping[str, Recount]) -> Iterator[ListChange]:
    """Public lists whose rows differ."""
    for study, recount in recounts.items():
        for table in recount.tables():
            step = recount.followed(table)[-1]
            for slug, moves in moves_of_lists(step.older, step.newer, key_column(table)):
                if moves and recount.is_public({"sources": [slug]}):
                    was, now = (
                        int(rows.match({"source": slug}).sum()) for rows in (step.older, step.newer)
                    )
                    about = (study, slug, table, was, now)
                    yield ListChange(*about, tuple(moves), step.how, step.unsure)


def _about(edition: Edition) -> dict[str, Any]:
    builds = {b["study"]: b["build_id"] for b in edition.manifest["builds"]}
    return {"edition": edition.name, "builds": builds}


def _sentence(one: Matched) -> dict[str, Any]:
    said = one.was or one.now
    assert said is not None
    return {
        "verdict": one.verdict,
        "anchor": said.anchor,
        "where": said.where,
        "finding": said.finding,
        "is_note": said.is_note,
        "was": one.was.text if one.was else None,
        "now": one.now.text if one.now else None,
        "numbers": [list(change) for change in one.changed_numbers()],
    }
