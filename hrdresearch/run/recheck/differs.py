"""Finds what differs between the inputs of two editions: lists, code, vocabulary, parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

ROWS, CODE, VOCABULARY, PARAMETERS = "rows of the lists", "code", "vocabulary", "parameters"
NOTEBOOK, REPORT_CODE, KEPT = "notebook", "code of the report", "corrections and decisions"
MODULES, WORDS, REPORT = "modules", "vocabulary", "report"  # keys of ``run.version.code_parts``
COUNTS = (ROWS, CODE, VOCABULARY)  # inputs that shape a build


@dataclass(frozen=True)
class Differs:
    """What differs between the inputs of two editions.

    lists: slugs of lists with another file, or in one edition only. parameters: their names. known: what
    differs, as constants of this module. not_known: what may differ, because an edition did not record it.
    """

    lists: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    not_known: frozenset[str] = frozenset()

    def only(self) -> str:
        """The only thing that differs, if everything is recorded; otherwise ""."""
        return next(iter(self.known)) if len(self.known) == 1 and not self.not_known else ""

    def to_dict(self) -> dict[str, Any]:
        """Plain values for changes.json."""
        return {key: sorted(value) for key, value in asdict(self).items()}


def what_differs(older: Mapping[str, Any], newer: Mapping[str, Any]) -> Differs:
    """Compare two manifests (content of ``manifest.json``).

    A difference in corrections or decisions is only known if the builds differ but lists and code do not.
    Otherwise it counts as a difference in the rows of the lists.
    """
    files = [{s["slug"]: s["sha256"] for s in m["sources"]} for m in (older, newer)]
    lists = tuple(
        sorted(slug for slug in files[0] | files[1] if files[0].get(slug) != files[1].get(slug))
    )
    given = [m["parameters"] for m in (older, newer)]
    parameters = tuple(
        sorted(name for name in given[0] | given[1] if given[0].get(name) != given[1].get(name))
    )
    found = {
        **({ROWS: True} if lists else {}),
        **({PARAMETERS: True} if parameters else {}),
        NOTEBOOK: older["notebook"]["sha256"] != newer["notebook"]["sha256"],
        KEPT: "decisions" in older and older["decisions"] != newer.get("decisions"),
        **dict(_code(older, newer)),
    }
    known = {what for what, differs in found.items() if differs}
    unsure = {what for what, differs in found.items() if differs is None}
    ids = [{b["study"]: b["build_id"] for b in m["builds"]} for m in (older, newer)]
    if ids[0] != ids[1] and not (known | unsure) & set(COUNTS):
        known.add(KEPT)
    return Differs(lists, parameters, frozenset(known), frozenset(unsure))


def _code(older: Mapping[str, Any], newer: Mapping[str, Any]) -> Iterator[tuple[str, bool | None]]:
    """Whether parts of the code differ; None if an edition did not record them yet."""
    builds = [{b["study"]: b for b in m["builds"]} for m in (older, newer)]
    shared = sorted(builds[0].keys() & builds[1].keys())
    versions = [[m[study]["build_code"] for study in shared] for m in builds]
    parts = [[m[study].get("code_parts") or {} for study in shared] for m in builds]
    for what, part in ((CODE, MODULES), (VOCABULARY, WORDS)):
        held = [[one.get(part) for one in own] for own in parts]
        if versions[0] == versions[1]:
            yield what, False
        else:
            yield what, None if None in held[0] + held[1] else held[0] != held[1]
    report = [(m.get("code_parts") or {}).get(REPORT) for m in (older, newer)]
    other_libraries = older["software"] != newer["software"]
    yield REPORT_CODE, other_libraries or (None if None in report else report[0] != report[1])
