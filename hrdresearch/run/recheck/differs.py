"""What two editions of a report were made from, and in what that differs: lists, code, words, parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

ROWS, CODE, VOCABULARY, PARAMETERS = "rows of the lists", "code", "vocabulary", "parameters"
NOTEBOOK, REPORT_CODE, KEPT = "notebook", "code of the report", "corrections and decisions"
NOT_RECORDED = "not recorded"
MODULES, WORDS, REPORT = "modules", "vocabulary", "report"  # parts of the code, see run.version
COUNTS = (ROWS, CODE, VOCABULARY)  # what shapes a build


@dataclass(frozen=True)
class Differs:
    """What differs between two editions.

    lists: slugs whose file is another one, or that one edition does not have. parameters: names. known:
    what differs, of the constants of this module. not_known: what may differ, because an edition does
    not say it.
    """

    lists: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    not_known: frozenset[str] = frozenset()

    def only(self) -> str:
        """The one thing that differs, where nothing else does and everything is recorded; else ""."""
        return next(iter(self.known)) if len(self.known) == 1 and not self.not_known else ""

    def to_dict(self) -> dict[str, Any]:
        """Plain values for changes.json."""
        return {key: sorted(value) for key, value in asdict(self).items()}


def what_differs(older: Mapping[str, Any], newer: Mapping[str, Any]) -> Differs:
    """Compare two manifests, as read from ``manifest.json``.

    That corrections or decisions of the work folder differ is known where builds do and neither lists nor
    code do; elsewhere they count with the rows of the lists.
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
    """Whether parts of the code differ; None where an edition was made before they were recorded."""
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
