"""Small invented builds of the UPR study: rows that say only what matters, and filled-in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
from study_builds import facts

from hrdresearch.findings import Finding
from hrdresearch.findings.prose import fill_in_prose, names_for_prose, strip_markdown
from hrdresearch.run.files import write_json
from hrdresearch.studies.ground.build import Build, current_build
from hrdresearch.studies.upr.study import Upr
from hrdresearch.tables.pairs import Pairs
from hrdresearch.tables.recommendations import Recommendations

DEFAULTS: dict[str, Any] = {
    "source": "list-a",
    "source_file": "list-a.csv",
    "state_iso3": "FJI",
    "session": 1,
    "document_symbol": "",
    "paragraph": "",
    "text": "Invented words.",
    "language_code": "en",
    "recommending_codes": "NOR",
    "response_code": "supported",
    "response_raw": "",
    "position_status_code": "index",
    "implementation_code": "not_known",
    "source_issues": "",
    "is_source_tagged": "not_asked",
    "source_action_code": "not_asked",
    "concern_code": "no",
    "concern_span": "",
    "concern_rule": "test",
    "concern_given_by": "rule",
    "identity_codes": "not_recorded",
    "cause_codes": "not_recorded",
    "axes_evidence": "",
    "is_women_defenders": False,
    "ask_codes": "not_asked",
    "ask_evidence": "",
    "action_code": "4",
    "action_span": "0-8",
    "action_rule": "test",
    "action_given_by": "rule",
    "rule_action_code": "4",
    "model_action_code": "no_model",
    "model_confidence": None,
    "repeat_of": None,
    "repeat_similarity": None,
    "chain_id": None,
    "same_as": None,
}


def study(work: Path, **params: Any) -> Upr:
    """The study over the current build of a work folder."""
    return Upr(current_build("upr", work), params)


def study_of_rows(
    work: Path,
    rows: Sequence[Mapping[str, Any]],
    pledges: Sequence[Mapping[str, Any]] = (),
    publishers: Mapping[str, str] = MappingProxyType({"list-a": "An index"}),
) -> Upr:
    """The study over recommendations and pledges that say only what matters.

    publishers: the sources by their slug; rows are of ``list-a`` unless they say their ``source``.
    """
    folder = work / "upr" / "b1"
    folder.mkdir(parents=True)
    texts = _table(rows, "r")
    texts.to_parquet(folder / "recommendations.parquet", index=False)
    pairs = texts.assign(recommending_iso3=texts["recommending_codes"].str.split("|"))
    pairs = pairs.explode("recommending_iso3", ignore_index=True)
    pairs["pair_id"] = pairs["recommendation_id"] + pairs["recommending_iso3"]
    columns = list(Pairs.to_schema().columns)
    Pairs.validate(pairs[columns]).to_parquet(folder / "pairs.parquet", index=False)
    _table(pledges, "p").to_parquet(folder / "pledges.parquet", index=False)
    told = [facts(slug, table="pairs", publisher=name) for slug, name in publishers.items()]
    write_json(folder / "sources.json", told)
    write_json(folder / "build.json", {"code": "test", "key_fingerprint": "0" * 12})
    return Upr(Build("upr", "b1", folder), {})


def _table(rows: Sequence[Mapping[str, Any]], letter: str) -> pd.DataFrame:
    full = [
        {
            "recommendation_id": f"{letter}{at}",
            "source_row": at + 1,
            "cycle": 1,
            "review_year": 2008,
            **DEFAULTS,
            **row,
        }
        for at, row in enumerate(rows)
    ]
    columns = list(Recommendations.to_schema().columns)
    frame = pd.DataFrame(full, columns=[*columns, *{"review_id"} - set(columns)])
    frame["review_id"] = frame["state_iso3"].astype(str) + "-" + frame["session"].astype(str)
    types = {"cycle": "Int64", "session": "Int64", "review_year": "Int64", "source_row": "int64"}
    texts = {"repeat_of": "str", "chain_id": "str", "same_as": "str", "model_confidence": "float64",
             "repeat_similarity": "float64", "is_women_defenders": "bool"}  # fmt: skip
    return Recommendations.validate(frame[columns].astype(types | texts))


def said(finding: Finding) -> str:
    """The paragraphs of a finding as they are read."""
    names = names_for_prose([finding])
    texts = (fill_in_prose(text, names, "a test") for text in finding.statements)
    return "\n".join(strip_markdown(text) for text in texts)
