"""Checks a report: it is signed and unchanged, every number has its claim, and no name is in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrdresearch.privacy.keys import KeyProblem
from hrdresearch.privacy.names_index import NamesIndex
from hrdresearch.privacy.release_key import (
    PublicKey,
    key_of_signature,
    known_public_keys,
    read_public_key,
)
from hrdresearch.privacy.scan import scan_for_each
from hrdresearch.privacy.vault import VaultProblem
from hrdresearch.run.accepted_words import open_hits, release_of
from hrdresearch.run.approvals import approvals_in_words
from hrdresearch.run.build_files import read_names_index
from hrdresearch.run.editions import REPLACED, SIGNATURE, find_report
from hrdresearch.run.files import read_json, sha256
from hrdresearch.run.internal import INTERNAL
from hrdresearch.run.lineage import build_behind
from hrdresearch.run.manifest import drawn_pictures
from hrdresearch.run.misprints import misprint_problems
from hrdresearch.run.recount import recount_problems
from hrdresearch.studies.ground.build import Build, NoBuildError


@dataclass(frozen=True)
class CheckResult:
    """Result of a check: problems, who signed and who approved.

    names_checked: how many names were searched for; None if there was no names index.
    """

    report: Path
    problems: tuple[str, ...]
    names_checked: int | None
    signature: str = ""
    approvals: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 good, 1 problems, 2 no problem found but names were not checked."""
        if self.problems:
            return 1
        return 0 if self.names_checked is not None else 2


def check(report: Path, work: Path | None, key: Path | None = None) -> CheckResult:
    """Check the report in a folder; without its build in ``work``, names are not checked.

    An internal report is always a problem, because it must not be published.

    key: file with the public key that must have signed it; default: the keys of this installation, if
    any. RunError if there is no report, its files are damaged, or a number has two claims; KeyProblem if
    the file holds no public key.
    """
    folder = find_report(report)
    manifest = read_json(folder / "manifest.json")
    document = read_json(folder / "claims.json")
    known = [read_public_key(key)] if key else known_public_keys()
    is_internal = bool(manifest.get("is_internal"))
    signature, problems = ("", [_internal(folder)]) if is_internal else _signature(folder, known)
    approvals = list(approvals_in_words(manifest))
    problems += [words for words, holds in approvals if not holds]
    problems += _changed_files(folder, manifest["files"]) + _misprints(folder, document)
    names_checked: int | None = None
    if work is not None:
        edition = str(manifest.get("edition", ""))
        builds = [find_build(about, edition, work) for about in manifest["builds"]]
        indexes = [read_index(build) for build in builds]
        for build in filter(None, builds):
            problems += _counted_differently(build, document)
        there = [(b, i) for b, i in zip(builds, indexes, strict=True) if b and i]
        for _, index in there:
            index.permit(_permitted_names(manifest))
        drawn, held = drawn_pictures(folder), [index for _, index in there]
        hits = scan_for_each(held, folder, pictures=drawn, empty_word=_empty_word)
        for (build, _), hits_of_build in zip(there, hits, strict=True):
            release = release_of(build.build_id, manifest.get("parameter_slug", "all"))
            problems += [
                f"a name of the case list is in {h.file}: {h.carrier} ({h.kind}), {h.place}"
                for h in open_hits(build.folder.parent, release, hits_of_build, ask=False)
            ]
        if all(index is not None for index in indexes):
            names_checked = sum(index.entries for index in indexes if index is not None)
    told = tuple(words for words, holds in approvals if holds)
    return CheckResult(folder, tuple(problems), names_checked, signature, told)


def _empty_word() -> bytes:
    """The empty Word file; its module is loaded only for a report with a Word copy."""
    from hrdresearch.report.word import empty_word_file

    return empty_word_file()


def _signature(folder: Path, known: Sequence[PublicKey]) -> tuple[str, list[str]]:
    """Who signed the report, in words, and problems of the signature.

    known: the keys that may sign. If there are any, a missing signature is a problem, because somebody
    may have removed it.
    """
    if not (folder / SIGNATURE).is_file():
        words = (
            "Not signed: it was made before reports were signed, or its signature was taken away; "
            "nobody can tell which"
        )
        return words, [f"{words}. Make it again"] if known else []
    signer = key_of_signature(
        (folder / "manifest.json").read_bytes(), read_json(folder / SIGNATURE)
    )
    if signer is None:
        return "", ["Changed after signing: the signature is not that of this manifest.json"]
    if signer in known:
        return f"Signed by {signer}", []
    if known:
        expected = " or ".join(str(one) for one in known)
        return "", [
            f"Signed by another key, which calls itself {signer}; "
            f"expected: {expected}. For the report of another desk, give its public key with --key"
        ]
    return (
        f"Signed by a key that calls itself {signer}. Nothing here says whose it is: compare the "
        "fingerprint with the desk, or give its public key with --key",
        [],
    )


def _internal(folder: Path) -> str:
    """The problem of an internal report, which never passes; a signature on it is a problem as well."""
    signed = (folder / SIGNATURE).is_file()
    return f"{INTERNAL}{'; yet it is signed like a release' if signed else ''}"


def _permitted_names(manifest: Mapping[str, Any]) -> list[str]:
    """Names in case stories, as long as their consent has not expired."""
    today = dt.date.today().isoformat()
    stories = manifest.get("stories", ())
    held = (s for s in stories if s["expires"] is None or today < s["expires"])
    return [s["name"] for s in held if s["name"]]


def find_build(about: Mapping[str, str], edition: str, work: Path) -> Build | None:
    """The build that a manifest names; None if the work folder does not hold it."""
    try:
        return build_behind(about["study"], about["build_id"], edition, work)
    except (NoBuildError, VaultProblem):
        return None


def read_index(build: Build | None) -> NamesIndex | None:
    """Names index of the build; None if the index, its key or the identity is not here."""
    try:
        return read_names_index(build.folder) if build else None
    except (KeyProblem, VaultProblem):
        return None


def _changed_files(folder: Path, files: dict[str, str]) -> list[str]:
    problems = []
    for name, expected in files.items():
        if not (folder / name).is_file():
            problems.append(f"{name} is missing")
        elif sha256(folder / name) != expected:
            problems.append(f"{name} is not the file that was made: its hash differs")
    for name in sorted(p.name for p in folder.iterdir()):
        if name not in (*files, "manifest.json", SIGNATURE, REPLACED):
            problems.append(f"{name} does not belong to this edition")
    return problems


def _misprints(folder: Path, document: Mapping[str, Any]) -> list[str]:
    """Printed numbers that differ from their claims, and suppressed claims that have a value."""
    return [
        *misprint_problems(folder, document),
        *(
            f"{name} is suppressed but claims.json gives a value"
            for name, claim in document["claims"].items()
            if claim["status"] == "suppressed" and (claim["value"], claim["rows"]) != (None, None)
        ),
    ]


def _counted_differently(build: Build, document: Mapping[str, Any]) -> list[str]:
    """Counts of public lists that differ when counted again from the rows of the build."""
    claims = document["claims"].items()
    return recount_problems(build, {n: c for n, c in claims if c["study"] == build.study})
