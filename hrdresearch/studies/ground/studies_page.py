"""A page over the builds of several studies, of which some may be missing.

Each study is narrowed to the lists that have rows in the scope of the page. A list shared in confidence
stands on the page only where its plan allows it; else neither its numbers nor its name are printed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Self

from hrdresearch.findings.display import cite, note_opened_study
from hrdresearch.findings.make_claims import text_claim
from hrdresearch.findings.model import SCOPE, Finding
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
from hrdresearch.vocab.regions import region_in_sentence, region_scheme
from hrdresearch.vocab.states import all_codes, name_in_sentence, short_name

NOTHING = Policy(public_by_name=True, reason="No list is told.")


class NothingToPrint:
    """A study, or a part of one, that has nothing to print: each of its findings is empty."""

    def __init__(self, study: str, finding: str = "study") -> None:
        self.study, self.finding = study, finding

    def __getattr__(self, name: str) -> NothingToPrint:
        """A part of the study, or the method that makes a finding of this name."""
        if name.startswith("_"):
            raise AttributeError(name)
        return NothingToPrint(self.study, name)

    def __call__(self) -> Finding:
        """The empty finding."""
        return empty_finding(self.study, self.finding, NOTHING)


class StudiesPage:
    """Findings of several studies within one scope, from those studies that have a build.

    opened: studies with something to print, by name. missing: studies without a build.
    """

    name = ""  # of the page, as the study of its own findings
    often: tuple[str, ...] = ()  # findings that other findings of the page are made from
    is_on_one_place = False  # whether the page asks for a State or a region

    def __init__(self, builds: Mapping[str, Build | None], params: Mapping[str, Any]) -> None:
        self.params = dict(params)
        self.builds = [build for build in builds.values() if build]
        self.missing = [study for study, build in builds.items() if not build]
        self.opened = {b.study: study for b in self.builds if (study := self._opened(b))}

    @classmethod
    def open(
        cls, studies: tuple[str, ...], work: str | Path | None, params: dict[str, Any]
    ) -> Self:
        """The page over those of the studies that have a build; the prose may quote the card of each.

        params: ``state`` (ISO3 code) or ``region``, and ``region_scheme``. Raises ScopeError for a State
        and a region together, and for neither on a page on one place; NoBuildError without any build.
        """
        given = {"state": "all", "region": "all", "region_scheme": "report"} | params
        places = [given[key] for key in ("state", "region") if given[key] != "all"]
        if len(places) > 1 or (cls.is_on_one_place and not places):
            raise ScopeError("Give one State or one region: state=COL, or region=americas")
        if given["state"] not in ("all", *all_codes()):
            raise ScopeError(f"state={given['state']}: no ISO 3166 alpha-3 code of a State or area")
        page = cls(_builds_by_study(studies, work), given)
        note_opened_study(cls.name)
        for one in (page, *page.opened.values()):
            if hasattr(one, "card"):
                cite(one.card())
        return page

    @property
    def state(self) -> str:
        """ISO3 code of the only State of the page; "" for a page on more."""
        return "" if self.params["state"] == "all" else str(self.params["state"])

    @property
    def region(self) -> str:
        """Name of the region of the page; "" for a page on one State or on all."""
        labels = region_scheme(str(self.params["region_scheme"])).labels
        return labels.get(str(self.params["region"]), "")

    @property
    def is_whole(self) -> bool:
        """Whether the page is over all that the lists hold."""
        return not self.state and not self.region

    def card(self) -> Finding:
        """Names for the prose: the place, the studies without a build, and what ``words`` gives."""
        claims = [
            text_claim(k, v, "Scope of this run", SCOPE) for k, v in self.words().items() if v
        ]
        return self.page_finding("place", claims=tuple(claims))

    def words(self) -> dict[str, str]:
        """Words and conditions for the prose, by name; "" for a condition that does not hold."""
        return {
            "place.name": (short_name(self.state) if self.state else self.region) or "all States",
            "place.in_sentence": (
                name_in_sentence(self.state) if self.state else region_in_sentence(self.region)
            )
            or "all States",
            "place.not_built": "; ".join(study_class(s).subject or s for s in self.missing),
            "params.period": "as each list covers",
            "params.scope_title": "" if self.is_whole else "As documented by each list",
            "scope.whole": "yes" if self.is_whole else "",
            "scope.nothing": "" if self.opened else "yes",
            "scope.brief": "yes",
        }

    def __getattr__(self, name: str) -> Any:
        """A study by its name (``killings``); a study with nothing to print makes empty findings."""
        if name.startswith("_"):
            raise AttributeError(name)
        slug = name.replace("_", "-")
        return self.opened.get(slug) or NothingToPrint(slug)

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

    def includes(self, study: Any) -> bool:  # noqa: ARG002
        """Whether a study with rows in the scope stands on the page; a page may set more conditions."""
        return True

    def _opened(self, build: Build) -> Any:
        """The study over the lists that have rows in scope and may print them; None without such a list."""
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
        return study if told and self.includes(study) else None


def empty_finding(study: str, name: str, policy: Policy, **more: Any) -> Finding:
    """A finding without rows, numbers or sentences, but for what ``more`` gives."""
    nothing: dict[str, Any] = dict.fromkeys(("columns", "rows", "claims", "sources"), ())
    words = dict.fromkeys(("title", "unit", "period", "population", "build_id"), "")
    facts = {**words, **nothing, **more}
    return Finding(name=name, study=study, policy=policy.to_dict(), **facts)


def _builds_by_study(studies: tuple[str, ...], work: str | Path | None) -> dict[str, Build | None]:
    """Current or pinned build of each study, None where it has none; NoBuildError where none has one."""
    builds = {study: _build(study, work) for study in studies}
    if not any(builds.values()):
        raise NoBuildError(f"None of {', '.join(studies)} has a build: make one first")
    return builds


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
