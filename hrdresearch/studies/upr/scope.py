"""UPR: parameters of a report as a filter of rows, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrdresearch.studies.ground.study import Scope, ScopeError
from hrdresearch.vocab import label
from hrdresearch.vocab.states import RegionScheme, short_name


def read(params: Mapping[str, Any], regions: RegionScheme) -> tuple[Scope, dict[str, Any]]:
    """Scope of a report, and the filter that says which rows of it are on defenders.

    Raises ScopeError for a brief without a State, sessions in the wrong order, or a region that the
    scheme does not have.
    """
    if params.get("form") == "brief" and params.get("state", "all") == "all":
        raise ScopeError("form=brief writes the brief for one State: give state=ISO3 too")
    filter_: dict[str, Any] = {}
    words: list[str] = []
    first, last = params.get("session_from"), params.get("session_to")
    if first is not None and last is not None and int(first) > int(last):
        raise ScopeError(f"session_from {first} is after session_to {last}")
    if params.get("cycle") is not None:
        filter_["cycle"] = int(params["cycle"])
        words.append(f"cycle {params['cycle']}")
    if first is not None or last is not None:
        filter_["session"] = {"from": first, "to": last}
        words.append(f"sessions {first or 'first'}–{last or 'last'}")
    if params.get("region", "all") != "all":
        code = str(params["region"])
        if code not in regions.labels:
            known = ", ".join(regions.labels)
            raise ScopeError(f"region={code!r}: scheme {regions.name} has {known}")
        filter_["state_iso3"] = [i for i, r in regions.of.items() if r == code]
        words.append(f"States under review in {regions.labels[code]}")
    if params.get("state", "all") != "all":
        filter_["state_iso3"] = str(params["state"])
        words.append(f"State under review {short_name(str(params['state']))}")
    if params.get("recommending_state", "all") != "all":
        filter_["recommending_iso3"] = str(params["recommending_state"])
        words.append(f"recommended by {short_name(str(params['recommending_state']))}")
    on_defenders: dict[str, Any] = {"concern_code": "explicit"}
    for key in ("identity", "cause"):
        if params.get(key, "all") != "all":
            on_defenders[f"{key}_codes"] = str(params[key])
            words.append(f"defenders: {label(key, str(params[key]))}")
    return Scope(filter_, "; ".join(words)), on_defenders
