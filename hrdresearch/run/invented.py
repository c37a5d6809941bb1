"""Refuses a report over invented and real lists together: its pages could be called neither."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hrdresearch.run.errors import RunError
from hrdresearch.studies.ground.build import Build


def refuse_invented_beside_real(builds: Sequence[Build], values: Mapping[str, Any]) -> None:
    """RunError where the lists of a report are in part invented; values: its parameters."""
    asked = str(values.get("sources", "all"))
    chosen = {slug.strip() for slug in asked.split(",")}
    lists = {
        str(facts["slug"]): bool(facts["is_demo"])
        for build in builds
        for facts in build.facts()
        if asked == "all" or facts["slug"] in chosen
    }
    invented = sorted(slug for slug, is_demo in lists.items() if is_demo)
    real = sorted(set(lists) - set(invented))
    if invented and real:
        raise RunError(
            f"The cases of {', '.join(invented)} are invented, those of {', '.join(real)} are not, and one "
            "page cannot hold both. Run them apart: build each in a work folder of its own (--work), or "
            "name lists of one kind (-p sources=...)"
        )
