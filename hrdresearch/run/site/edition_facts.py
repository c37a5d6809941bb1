"""Facts of each edition for the reviewers' site, kept in ``OUT/index.json`` so that they are read once.

An edition never changes, so kept facts are used as long as the time and length of its manifest are the
same. The file holds nothing that is not in the reports beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from lxml.etree import ParserError  # type: ignore[import-untyped]

from hrdresearch.run.editions import list_editions
from hrdresearch.run.files import replace_text
from hrdresearch.run.recheck.matched import OTHER_NUMBERS, UNTRUE, match_sentences
from hrdresearch.run.recheck.printed import read_sentences
from hrdresearch.run.recheck.told import with_both_numbers

PAGE = "report.html"
KEPT = "index.json"
SCHEMA = 2  # increase it when other facts are kept: facts of an earlier version are then read again
MOST_FALLEN = 20  # sentences kept for a pair of editions; all are counted
SHOWN_FILES = ("report.html", "report.docx", "report.pdf")


class Numbers(NamedTuple):
    """How many numbers of an edition differ from the edition before, compared by name as printed."""

    changed: int = 0
    new: int = 0
    gone: int = 0


class EditionFacts(NamedTuple):
    """Facts of an edition.

    created: time in UTC, as in the manifest. numbers: None for a first edition. made_by: the desk that ran
    it, or "".
    """

    folder: Path
    study: str
    slug: str
    title: str
    created: str
    parameters: Mapping[str, Any]
    is_demo: bool
    is_draft: bool
    made_by: str
    files: tuple[str, ...]
    numbers: Numbers | None


class FactsOfEditions:
    """Facts of the editions in a folder of reports; kept facts are used while they are valid."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.unread: list[Path] = []  # editions whose files are damaged
        self._kept = _read_kept(out / KEPT)
        self._told: dict[str, dict[str, Any]] = {"editions": {}, "pairs": {}}

    def of_report(self, home: Path) -> list[EditionFacts]:
        """Facts of the editions of one report, newest first; internal editions are left out."""
        found: list[EditionFacts] = []
        before: Path | None = None
        for folder in list_editions(home):
            facts = self._of_edition(folder, before)
            if facts is not None:
                found.append(facts)
                before = folder
        return found[::-1]

    def keep(self) -> None:
        """Write the facts for the next time, if they have changed."""
        if self._told != self._kept:
            body = json.dumps({"schema": SCHEMA, **self._told}, ensure_ascii=False, indent=0)
            replace_text(self.out / KEPT, body + "\n")

    def fallen(self, older: Path, newer: Path) -> tuple[int, list[Fallen]]:
        """How many sentences of an edition are no longer true in a later one, and the first of them."""
        name = f"{older.relative_to(self.out).as_posix()} {newer.name}"
        try:
            stamp = [(folder / "manifest.json").stat().st_mtime_ns for folder in (older, newer)]
            kept = self._kept["pairs"].get(name)
            if kept is None or kept.get("stamp") != stamp:
                found = fallen_sentences(older, newer)
                kept = {"stamp": stamp, "count": len(found), "first": found[:MOST_FALLEN]}
            self._told["pairs"][name] = kept
            return int(kept["count"]), [Fallen(*one) for one in kept["first"]]
        except (OSError, ValueError, KeyError, TypeError, ParserError):
            return 0, []  # the page is damaged; ``hrdresearch check`` says so

    def _of_edition(self, folder: Path, before: Path | None) -> EditionFacts | None:
        name = folder.relative_to(self.out).as_posix()
        try:
            stat = (folder / "manifest.json").stat()
            stamp = [stat.st_mtime_ns, stat.st_size, before.name if before else ""]
            kept = self._kept["editions"].get(name)
            if kept is None or kept.get("stamp") != stamp:
                kept = {"stamp": stamp, **_read_edition(folder, before)}
            self._told["editions"][name] = kept
            if kept["is_internal"]:
                return None
            numbers = None if kept["numbers"] is None else Numbers(*kept["numbers"])
            told = {
                k: kept[k] for k in EditionFacts._fields if k not in ("folder", "numbers", "files")
            }
            return EditionFacts(folder, files=tuple(kept["files"]), numbers=numbers, **told)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self.unread.append(folder)
            return None


def _read_edition(folder: Path, before: Path | None) -> dict[str, Any]:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    if manifest["is_internal"]:
        return {"is_internal": True}  # nothing else, because its parameters must not be known
    held = {path.name for path in folder.iterdir()}
    return {
        "study": str(manifest["study"]),
        "slug": str(manifest["parameter_slug"]),
        "title": str(manifest["title"]),
        "created": str(manifest["created"]),
        "parameters": dict(manifest["parameters"]),
        "is_demo": bool(manifest["is_demo"]),
        "is_internal": False,
        "is_draft": bool(manifest.get("is_researchers_draft")),
        "made_by": str(manifest.get("operator") or ""),
        "files": [name for name in SHOWN_FILES if name in held],
        "numbers": list(_compared(folder, before)) if before else None,
    }


def _compared(folder: Path, before: Path) -> Numbers:
    now, earlier = dict(_printed(folder)), dict(_printed(before))
    both = now.keys() & earlier.keys()
    changed = sum(now[name] != earlier[name] for name in both)
    return Numbers(changed, len(now) - len(both), len(earlier) - len(both))


def _printed(folder: Path) -> Iterator[tuple[str, str]]:
    claims = json.loads((folder / "claims.json").read_text(encoding="utf-8"))["claims"]
    return ((name, claim["text"]) for name, claim in claims.items())


def _read_kept(path: Path) -> dict[str, dict[str, Any]]:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        if held["schema"] == SCHEMA:
            return {"editions": dict(held["editions"]), "pairs": dict(held["pairs"])}
    except (OSError, ValueError, KeyError, TypeError):
        pass  # it is written again
    return {"editions": {}, "pairs": {}}


class Fallen(NamedTuple):
    """A sentence that is no longer true.

    anchor: its paragraph in the earlier page, "" in the summary. where: its place in words. was: its text,
    with each changed number before and now. now: the new text, or "" if only numbers differ.
    """

    anchor: str
    where: str
    was: str
    now: str


def fallen_sentences(older: Path, newer: Path) -> list[Fallen]:
    """Sentences of ``older`` that have other numbers or other words in ``newer``, each once.

    Sentences that are no longer said, and notes under tables and figures, are left out.
    """
    found: dict[str, Fallen] = {}
    for one in match_sentences(read_sentences(older / PAGE), read_sentences(newer / PAGE)):
        was, now = one.was, one.now
        if one.verdict not in UNTRUE or was is None or now is None or was.is_note:
            continue
        is_same_wording = one.verdict == OTHER_NUMBERS
        told = with_both_numbers(was, now) if is_same_wording else was.text
        instead = "" if is_same_wording else now.text
        found.setdefault(was.text, Fallen(was.anchor, was.where, told, instead))
    return list(found.values())
