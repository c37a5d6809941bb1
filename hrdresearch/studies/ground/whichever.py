"""A page over the builds of several studies, of which some may be missing.

Each study is narrowed to the lists that have something on the scope of the page. A list shared in confidence
is told only where its plan lets it; else neither its numbers nor its name are.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hrdresearch.findings.model import Finding
from hrdresearch.privacy.policy import Policy, strictest_policy
from hrdresearch.studies import PINNED_BUILDS, study_class
from hrdresearch.studies.ground.build import (
    Build,
    NoBuildError,
    current_build,
    named_build,
    report_build_id,
)
from hrdresearch.studies.ground.scope import ScopeError
from hrdresearch.vocab.states import all_codes

NOTHING = Policy(public_by_name=True, reason="No list is told.")


class NotTold:
    """A study, or a part of one, that has nothing to tell: each of its findings is empty."""

    def __init__(self, study: str, finding: str = "study") -> None:
        self.study, self.finding = study, finding

    def __getattr__(self, name: str) -> NotTold:
        """A part of the study, or the method that makes a finding of this name."""
        if name.startswith("_"):
            raise AttributeError(name)
        return NotTold(self.study, name)

    def __call__(self) -> Finding:
        """The empty finding."""
        return empty_finding(self.study, self.finding, NOTHING)


class Whichever:
    """What those of several studies that have a build tell within one scope.

    opened: studies that have something to tell, by name. missing: studies without a build.
    """

    name = ""  # of the page, as the study of its own findings
    often: tuple[str, ...] = ()  # findings that other findings of the page are made from

    def __init__(self, builds: Mapping[str, Build | None], params: Mapping[str, Any]) -> None:
        self.params = dict(params)
        self.builds = [build for build in builds.values() if build]
        self.missing = [study for study, build in builds.items() if not build]
        self.opened = {b.study: study for b in self.builds if (study := self._opened(b))}

    def __getattr__(self, name: str) -> Any:
        """A study by its name (``killings``); one with nothing to tell makes empty findings."""
        if name.startswith("_"):
            raise AttributeError(name)
        slug = name.replace("_", "-")
        return self.opened.get(slug) or NotTold(slug)

    def page_finding(self, name: str, **more: Any) -> Finding:
        """A finding of the page itself, with the strictest policy of its studies."""
        policies = [study.policy for study in self.opened.values()] or [NOTHING]
        return empty_finding(
            self.name,
            name,
            strictest_policy(policies),
            build_id=report_build_id(self.builds),
            is_demo=any(study.is_demo for study in self.opened.values())
            or (
                not self.opened
                and any(facts["is_demo"] for build in self.builds for facts in build.facts())
            ),
            **more,
        )

    def tells(self, study: Any) -> bool:  # noqa: ARG002
        """Whether a study with rows in the scope is told; a page may ask for more."""
        return True

    def _opened(self, build: Build) -> Any:
        """The study over its lists that have rows in the scope and may tell them; None without one."""
        made = study_class(build.study)
        try:
            study: Any = made(build, self.params)
            told = [p.slug for p in study.populations if p.has_cases and not p.policy.is_internal]
            if told and len(told) < len(study.populations):
                study = made(build, {**self.params, "sources": ",".join(told)})
        except ScopeError:
            return None
        for name in self.often:
            if hasattr(study, name):
                setattr(study, name, cache(getattr(study, name)))  # a finding is never changed
        return study if told and self.tells(study) else None


def builds_by_study(studies: tuple[str, ...], work: str | Path | None) -> dict[str, Build | None]:
    """Current or pinned build of each study, None where it has none; NoBuildError where none has one."""
    builds = {study: _build(study, work) for study in studies}
    if not any(builds.values()):
        raise NoBuildError(f"None of {', '.join(studies)} has a build: make one first")
    return builds


def refuse_unknown_state(state: str) -> None:
    """ScopeError for what is no code of a State or area, nor "all"."""
    if state not in ("all", *all_codes()):
        raise ScopeError(f"state={state}: no ISO 3166 alpha-3 code of a State or area")


def empty_finding(study: str, name: str, policy: Policy, **more: Any) -> Finding:
    """A finding without rows, numbers or sentences, but for what ``more`` gives."""
    nothing: dict[str, Any] = dict.fromkeys(("columns", "rows", "claims", "sources"), ())
    words = dict.fromkeys(("title", "unit", "period", "population", "build_id"), "")
    facts = {**words, **nothing, **more}
    return Finding(name=name, study=study, policy=policy.to_dict(), **facts)


def _build(study: str, work: str | Path | None) -> Build | None:
    """Current build of a study, or the one that a run has pinned; None where there is none."""
    pinned = os.environ.get(PINNED_BUILDS)
    try:
        if pinned is None:
            return current_build(study, work)
        found = json.loads(pinned).get(study)
        return named_build(study, found, work) if found else None
    except NoBuildError:
        return None
