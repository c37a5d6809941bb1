"""Refuses a report that mixes invented and real lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hrdresearch.run.errors import RunError
from hrdresearch.studies.ground.build import Build


def refuse_invented_beside_real(builds: Sequence[Build], values: Mapping[str, Any]) -> None:
    """RunError if some lists of a report are invented and others are real; values: its parameters."""
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
            f"The cases of {', '.join(invented)} are invented, those of {', '.join(real)} are real, and one "
            "report cannot hold both. Build each in a work folder of its own (--work), or name lists of "
            "one kind (-p sources=...)"
        )
