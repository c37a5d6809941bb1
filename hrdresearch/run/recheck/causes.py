"""Finds why a number of a report has changed, by counting again in both builds; it never guesses.

A number that counts rows is counted in three steps: in the older build by its old rule (filter), in the
older build by its new rule, and in the newer build by the new rule, row by row. If code and lists have both
changed, a build of the older lists with the newer code is put between the two, if it can be made. A cause
that cannot be shown in this way is said to be not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from hrdresearch.run.recheck.differs import (
    CODE,
    KEPT,
    NOTEBOOK,
    PARAMETERS,
    REPORT_CODE,
    ROWS,
    VOCABULARY,
    Differs,
)
from hrdresearch.run.recheck.followed_rows import FollowedRows, follow_rows
from hrdresearch.run.recheck.moves import ADDED, FIELD_CAME, FIELD_LEFT, KeyedRows, moves_between
from hrdresearch.run.recount import is_counted_again, public_lists
from hrdresearch.studies.ground.build import Build

NEW_ROWS, CORRECTED, FIELDS, RULE = "new rows", "corrected rows", "fields of the file", "rule"
CODE_OR_VOCABULARY, ROWS_OR_CODE = "code or vocabulary", "rows or code"
CHANGED, GONE, NEW = "changed", "gone", "new"
PRINTED = ("value", "text", "status")
NOT_COUNTED = "worked out from other numbers, and more than one thing differs"
NOT_IN_BUILD = "its rows in the build of an edition do not give the number that was printed"
NO_BUILD = "a build is not in the work folder"
IN_CONFIDENCE = "of a list that was shared in confidence"


@dataclass(frozen=True)
class Part:
    """A part of a difference, shown by counting; all parts add up to the difference.

    cause: ``new rows``, ``corrected rows``, ``fields of the file``, ``code``, ``vocabulary``,
    ``parameters``, ``rule`` (which rows are counted) or ``corrections and decisions``; if two causes cannot
    be separated, both, such as ``rows or code``. what: see ``Move.what``; for a rule "counts other rows".
    """

    cause: str
    what: str
    columns: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class ClaimChange:
    """A number that differs between two editions.

    kind: ``changed``, ``gone`` or ``new``. was, now: the number as printed in tables, or "". Its cause is in
    one of four fields. parts: shown by counting. rests_on: the numbers that a share is calculated from.
    why: the only thing that differs between the editions. not_known: why no cause can be shown.
    """

    name: str
    definition: str
    kind: str
    was: str
    now: str
    parts: tuple[Part, ...] = ()
    rests_on: tuple[str, ...] = ()
    why: str = ""
    not_known: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Plain values for changes.json."""
        return asdict(self)


def changes_of_claims(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    differs: Differs,
    recounts: Mapping[str, Recount],
) -> list[ClaimChange]:
    """Every number that differs, with its cause, sorted by name.

    before, after: ``claims`` of two ``claims.json``. recounts: by study; a study whose builds are not here
    is left out.
    """
    found = []
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        if was and now and all(was[key] == now[key] for key in PRINTED):
            continue
        kind = CHANGED if was and now else GONE if was else NEW
        texts = [claim["text"] if claim else "" for claim in (was, now)]
        change = ClaimChange(name, (now or was or {})["definition"], kind, texts[0], texts[1])
        found.append(_with_cause(change, was, now, differs, recounts))
    return found


def _with_cause(
    change: ClaimChange,
    was: Mapping[str, Any] | None,
    now: Mapping[str, Any] | None,
    differs: Differs,
    recounts: Mapping[str, Recount],
) -> ClaimChange:
    latest: Mapping[str, Any] = now or was or {}
    about = {**asdict(change), "parts": (), "rests_on": ()}
    measure, _, of = str(latest["measure"]).partition(":")
    if measure == "share":
        return ClaimChange(**{**about, "rests_on": tuple(of.split(":"))})
    recount = recounts.get(latest["study"])
    only = differs.only()
    if recount and not recount.is_public(latest):
        return ClaimChange(**{**about, "not_known": IN_CONFIDENCE})
    if recount and is_counted_again(latest):
        parts = recount.parts(was, now)
        if parts is not None:
            return ClaimChange(**{**about, "parts": tuple(parts)})
    if only:
        return ClaimChange(**{**about, "why": only})
    is_count = is_counted_again(latest)
    why = NO_BUILD if recount is None else NOT_IN_BUILD if is_count else NOT_COUNTED
    return ClaimChange(**{**about, "not_known": why})


class Recount:
    """Counts numbers of two editions again in their builds.

    older, newer: builds of one study. between: the older lists built by the newer code, if both differ.
    """

    def __init__(
        self, older: Build, newer: Build, differs: Differs, between: Build | None = None
    ) -> None:
        self.differs = differs
        self.builds = [older, between, newer] if between else [older, newer]
        self._followed: dict[str, list[FollowedRows]] = {}
        self._public = [public_lists(build) for build in (older, newer)]

    def is_public(self, claim: Mapping[str, Any]) -> bool:
        """Whether all lists of a claim are public by name in each edition that has them."""
        held = [set(facts) for facts in self._public]
        sealed = [
            {str(f["slug"]) for f in build.facts()} - public
            for build, public in zip((self.builds[0], self.builds[-1]), held, strict=True)
        ]
        return not set(claim["sources"]) & (sealed[0] | sealed[1])

    def tables(self) -> list[str]:
        """Names of the tables that both builds have lists for."""
        held = [
            {str(facts["table"]) for facts in b.facts()} for b in (self.builds[0], self.builds[-1])
        ]
        return sorted(held[0] & held[1])

    def followed(self, table: str) -> list[FollowedRows]:
        """Rows of a table, followed from each build to the next."""
        if table not in self._followed:
            pairs = zip(self.builds[:-1], self.builds[1:], strict=True)
            self._followed[table] = [follow_rows(table, *pair) for pair in pairs]
        return self._followed[table]

    def parts(
        self, was: Mapping[str, Any] | None, now: Mapping[str, Any] | None
    ) -> list[Part] | None:
        """Parts of the difference of a number; None if counting again does not give the printed number.

        A number that only one edition has is counted in both builds by the rule of that edition.
        """
        first, last = was or now or {}, now or was or {}
        try:
            steps = self.followed(last["table"])
            printed = [(steps[0].older, was), (steps[-1].newer, now)]
            if not all(_gives(rows, claim) for rows, claim in printed if claim):
                return None
            return list(self._parts(steps, first, last))
        except (ValueError, KeyError, FileNotFoundError):
            return None  # an older build may lack the table or the column

    def _parts(
        self, steps: Sequence[FollowedRows], first: Mapping[str, Any], last: Mapping[str, Any]
    ) -> Iterator[Part]:
        rule = (last["filter"], last["measure"])
        if first["table"] != last["table"] or (first["filter"], first["measure"]) != rule:
            by_old = steps[0].older.count(first["filter"], first["measure"])
            by_new = steps[0].older.count(*rule)
            if by_old is None or by_new is None:
                raise ValueError("no row has a value")
            columns = [
                c
                for c in sorted(first["filter"].keys() | last["filter"].keys())
                if first["filter"].get(c) != last["filter"].get(c)
            ]
            if by_new != by_old:
                yield Part(self._rule(), "counts other rows", tuple(columns), by_new - by_old)
        for step, causes in zip(steps, self._causes(), strict=True):
            for move in moves_between(step.older, step.newer, *rule):
                yield Part(causes.get(move.what, causes[""]), move.what, move.columns, move.count)

    def _rule(self) -> str:
        """Cause of a changed rule: the parameters, if the report's own code has certainly not changed."""
        code = {NOTEBOOK, REPORT_CODE}
        of_code = code & (self.differs.known | self.differs.not_known)
        return PARAMETERS if PARAMETERS in self.differs.known and not of_code else RULE

    def _causes(self) -> list[Mapping[str, str]]:
        """For each step from one build to the next: ``Move.what`` -> cause; "" is the cause of all others."""
        lists = {ADDED: NEW_ROWS, FIELD_CAME: FIELDS, FIELD_LEFT: FIELDS, "": CORRECTED}
        code = {CODE, VOCABULARY} & (self.differs.known | self.differs.not_known)
        is_sure = not code & self.differs.not_known
        of_code = {"": next(iter(code)) if len(code) == 1 and is_sure else CODE_OR_VOCABULARY}
        if len(self.builds) == 3:
            return [of_code, lists]
        if ROWS in self.differs.known:
            return [{"": ROWS_OR_CODE} if code else lists]
        return [of_code if code else {"": KEPT}]


def _gives(rows: KeyedRows, claim: Mapping[str, Any]) -> bool:
    """Whether counting the rows gives the printed number; False if the number is not shown."""
    counted = rows.count(claim["filter"], claim["measure"])
    return bool(claim["status"] == "shown" and counted == claim["value"])
