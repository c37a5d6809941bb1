"""Reads source.yml of a source: what the list counts, its layouts, codes, grades and size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from hrdresearch.privacy.policy import Policy
from hrdresearch.sources.layout import Layout
from hrdresearch.sources.model import SourceFacts
from hrdresearch.vocab import codes

FACTS = (
    "table",
    "title",
    "publisher",
    "singular",
    "plural",
    "definition",
    "coverage",
    "citation",
    "url",
    "licence",
)


@dataclass(frozen=True)
class SourceSpec:
    """Content of source.yml.

    crosswalks: vocabulary -> published value -> code, or list of codes. defaults: columns of the
    table that are the same for every row. rows: expected number of rows: with fewer than
    ``minimum`` the file is refused, more than ``maximum`` is an issue. takes_folder: the list is
    published in several files. own_reader: the source reads its files itself, with ``read(path)``.
    """

    facts: SourceFacts
    layouts: tuple[Layout, ...]
    crosswalks: Mapping[str, Mapping[str, Any]]
    defaults: Mapping[str, Any]
    rows: Mapping[str, int]
    takes_folder: bool = False
    own_reader: bool = False


def read_spec(package: str) -> SourceSpec:
    """Read ``source.yml`` of a source; package: its dotted name, "hrdresearch.sources.cpj"."""
    text = (files(package) / "source.yml").read_text(encoding="utf-8")
    values: dict[str, Any] = yaml.safe_load(text)
    slug = package.rsplit(".", 1)[-1].replace("_", "-")
    recording = {**_by_definition(values.get("defaults", {})), **values.get("recording", {})}
    texts: dict[str, Any] = {name: _line(values[name]) for name in FACTS}
    facts = SourceFacts(
        slug=slug,
        asked=tuple(values.get("asked", ())),
        may_lie_open=bool(values.get("may_lie_open", False)),
        covers=values.get("covers", {}),
        article=values.get("article", ""),
        recording=recording,
        classes=_classes(values.get("asked", ()), values.get("crosswalks", {}), recording)
        if texts["table"] == "cases"  # whose columns are called like their vocabularies
        else {},
        remarks={fact: _line(told) for fact, told in values.get("remarks", {}).items()},
        policy=Policy.from_dict({**values["policy"], "reason": _line(values["policy"]["reason"])}),
        **texts,
    )
    layouts = tuple(_layout(slug, name, one) for name, one in values["layouts"].items())
    return SourceSpec(
        facts,
        layouts,
        values.get("crosswalks", {}),
        values.get("defaults", {}),
        values["rows"],
        bool(values.get("folder", False)),
        values.get("reader") == "own",
    )


def _by_definition(defaults: Mapping[str, Any]) -> dict[str, str]:
    """Coded facts that are the same for all rows of the list, by its definition."""
    unknown = ("not_assessed", "not_recorded", "unknown")
    columns = [c for c, v in defaults.items() if v not in unknown]
    return dict.fromkeys((c for c in columns if c.endswith(("_code", "_codes"))), "by_definition")


def _classes(
    asked: Sequence[str], crosswalks: Mapping[str, Mapping[str, Any]], recording: Mapping[str, str]
) -> dict[str, list[str]]:
    """Codes of the crosswalk of each coded column; without one, all codes of its vocabulary."""
    found = {}
    for column in asked:
        name = column.removesuffix("_codes").removesuffix("_code")
        if name != column and column not in recording:
            listed = crosswalks[name].values() if name in crosswalks else codes(name)
            found[column] = sorted({c for v in listed for c in (v if isinstance(v, list) else [v])})
    return found


def _layout(source: str, name: str, one: Mapping[str, Any]) -> Layout:
    return Layout(
        source=source,
        name=name,
        title=_line(one["title"]),
        kinds=tuple(one["kinds"]),
        columns=tuple(one["columns"]),
        optional=tuple(one.get("optional", ())),
        encoding=str(one.get("encoding", "")),
        facts=dict(one.get("facts", {})),
        also=one.get("also", {}),
    )


def _line(text: str) -> str:
    return " ".join(str(text).split())
