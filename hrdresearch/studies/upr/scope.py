"""UPR: parameters of a report as a filter of rows, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrdresearch.studies.ground.scope import Narrowing, Scope, ScopeError
from hrdresearch.vocab import label
from hrdresearch.vocab.regions import RegionScheme
from hrdresearch.vocab.states import short_name


def scope_of_report(
    params: Mapping[str, Any], regions: RegionScheme
) -> tuple[Scope, dict[str, Any]]:
    """The scope of a report, and the filter of identity and cause of those on defenders.

    params: parameters of the study, as in ``study.yml``. regions: scheme in which ``region`` is a
    code. Raises ScopeError for a brief without a State, sessions in the wrong order, or a region
    that the scheme does not have.
    """
    if params.get("form") == "brief" and params.get("state", "all") == "all":
        raise ScopeError("form=brief writes the brief for one State: give state=ISO3 too")
    narrowing = Narrowing(params)
    if params.get("cycle") is not None:
        narrowing.filter["cycle"] = int(params["cycle"])
        narrowing.words.append(f"cycle {params['cycle']}")
    narrowing.from_to(
        "session",
        "session",
        lambda first, last: f"sessions {first or 'first'}–{last or 'last'}",
    )
    narrowing.state_or_region(regions, "States under review in {}", "State under review {}")
    sender = str(params.get("recommending_state", "all"))
    if sender != "all":
        narrowing.filter["recommending_iso3"] = sender
        narrowing.words.append(f"recommended by {short_name(sender)}")
    named: dict[str, Any] = {}
    for axis in ("identity", "cause"):
        code = str(params.get(axis, "all"))
        if code != "all":
            named[f"{axis}_codes"] = code
            narrowing.words.append(f"defenders: {label(axis, code)}")
    return narrowing.scope(), named
