"""Reads source.yml of a source: what the list counts, its layouts, codes, grades and size."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from hrdresearch.clean.places import all_divisions
from hrdresearch.privacy.policy import Policy
from hrdresearch.sources.errors import SourceFactsError
from hrdresearch.sources.layout import Layout
from hrdresearch.sources.model import SourceFacts
from hrdresearch.tables import TABLES
from hrdresearch.tables.filter_words import vocabulary_of
from hrdresearch.vocab import UnknownVocabularyError, codes
from hrdresearch.vocab.reference import parse_yaml
from hrdresearch.vocab.states import all_codes

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
OF_LAYOUT = ("title", "kinds", "columns")
CODED = re.compile(r"_codes?\Z")


@dataclass(frozen=True)
class SourceSpec:
    """Content of source.yml.

    crosswalks: vocabulary -> published value -> code, or list of codes. defaults: columns of the
    table that are the same for every row. rows: expected number of rows: with fewer than
    ``minimum`` the file is refused, more than ``maximum`` is an issue. takes_folder: the list is
    published in several files. noun_of_rows: ``singular`` and ``plural`` of a file in which every row
    has ``value`` in ``column``. own_reader: the source reads its files itself, with ``read(path)``.
    like: source whose code cleans the rows, where the list has none of its own. by_words: of a user's
    own list, vocabularies whose other values are read by their words, with the values that are not.
    """

    facts: SourceFacts
    layouts: tuple[Layout, ...]
    crosswalks: Mapping[str, Mapping[str, Any]]
    defaults: Mapping[str, Any]
    rows: Mapping[str, int]
    takes_folder: bool = False
    own_reader: bool = False
    noun_of_rows: Mapping[str, str] = field(default_factory=dict)
    like: str = ""
    by_words: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read_spec(package: str) -> SourceSpec:
    """Read ``source.yml`` of a source; package: its dotted name, "hrdresearch.sources.cpj".

    Raises SourceFactsError, which names the file, the key and what is allowed there.
    """
    text = (files(package) / "source.yml").read_text(encoding="utf-8")
    slug = package.rsplit(".", 1)[-1].replace("_", "-")
    return make_spec(slug, source_file(slug), parse_yaml(text))


def make_spec(slug: str, file: str, values: Mapping[str, Any], like: str = "") -> SourceSpec:
    """Facts, layouts and codes from what a source.yml says.

    file: its path, for messages. like: slug of the source whose code cleans the rows, where it is not
    the source itself. Raises SourceFactsError.
    """
    _check(file, values)
    recording = {**_by_definition(values.get("defaults", {})), **values.get("recording", {})}
    texts: dict[str, Any] = {name: _line(values[name]) for name in FACTS}
    facts = SourceFacts(
        slug=slug,
        asked=tuple(values.get("asked", ())),
        covers=values.get("covers", {}),
        article=values.get("article", ""),
        full_name=values.get("full_name", ""),
        owner=values.get("owner", ""),
        consent=values.get("consent", ""),
        basis=_line(values.get("basis", "")),
        recording=recording,
        classes=_classes(values.get("asked", ()), values.get("crosswalks", {}), recording)
        if texts["table"] in ("cases", "attacks")
        else {},
        remarks={fact: _line(remark) for fact, remark in values.get("remarks", {}).items()},
        called=values.get("called", {}),
        unknown_as=values.get("unknown_as", {}),
        uses={other: _line(how) for other, how in values.get("uses", {}).items()},
        target=_line(values.get("target", "")),
        linked_with=values.get("linked_with", {}),
        holds_duplicates=values.get("holds_duplicates") is True,
        policy=_policy(file, values["policy"]),
        keep=values["policy"].get("keep", {}),
        **texts,
    )
    layouts = tuple(_layout(slug, name, entry) for name, entry in values["layouts"].items())
    return SourceSpec(
        facts,
        layouts,
        values.get("crosswalks", {}),
        values.get("defaults", {}),
        values["rows"],
        bool(values.get("folder", False)),
        values.get("reader") == "own",
        values.get("noun_of_rows", {}),
        like,
        values.get("by_words", {}),
    )


def source_file(slug: str) -> str:
    """Path of source.yml of a source in the project, for messages.

    >>> source_file("global-witness")
    'hrdresearch/sources/global_witness/source.yml'
    """
    return f"hrdresearch/sources/{slug.replace('-', '_')}/source.yml"


def missing_columns(slug: str, columns: Iterable[str]) -> SourceFactsError:
    """Error for columns that neither ``clean`` nor ``defaults`` gives, with their allowed codes."""
    lines = [
        f"{column}, one of {', '.join(codes(CODED.sub('', column)))}"
        if CODED.search(column)
        else column
        for column in columns
    ]
    return SourceFactsError(
        f"{source_file(slug)}: defaults lacks {'; and '.join(lines)}. Write it there if it is the "
        "same for every row, or let clean give the column"
    )


def _check(file: str, values: Mapping[str, Any]) -> None:
    """Refuse source.yml when a key is missing, or when a code stands in no vocabulary."""
    _need(file, "", values, (*FACTS, "policy", "rows", "layouts"))
    _need(file, "rows", values["rows"], ("minimum", "maximum"))
    _allow(file, "table", [values["table"]], list(TABLES))
    keep = values["policy"].get("keep") if isinstance(values["policy"], Mapping) else None
    if keep is not None and not _is_keep(keep):
        raise SourceFactsError(
            f"{file}, policy: keep takes rows_months and files_months, each a whole number of months"
        )
    _allow(file, "consent", [values["consent"]] if "consent" in values else [], ["needed"])
    is_counted = isinstance(values["policy"], Mapping) and values["policy"].get("leaves")
    if is_counted and "consent" in values and str(values.get("basis", "")).strip():
        raise SourceFactsError(
            f"{file}: a restricted list says basis (on what basis all its cases are counted, in words), "
            "or consent: needed (each case by its own consent), or leaves it to hrdresearch consents"
        )
    if not isinstance(values.get("uses", {}), Mapping):
        raise SourceFactsError(
            f"{file}, uses: it takes slugs of sources, or documented_by, each with how we know it, in words"
        )
    for other, measured in values.get("linked_with", {}).items():
        _need(file, f"linked_with: {other}", measured, ("recall", "precision", "how"))
    columns = TABLES[values["table"]].columns
    facts_at = [("", values)]  # of the list, and of each layout that says otherwise
    for name, layout in values["layouts"].items():
        _need(file, f"layouts: {name}", layout, OF_LAYOUT)
        facts_at.append((f"layouts: {name}, ", layout.get("facts", {})))
    for where, facts in facts_at:
        _allow(
            file, f"{where}covers: states", facts.get("covers", {}).get("states", ()), all_codes()
        )
        if values["table"] == "cases":
            _allow(file, f"{where}asked", facts.get("asked", ()), ["event_day", *columns])
    for name, crosswalk in values.get("crosswalks", {}).items():
        where = f"crosswalks: {name}"
        if any(v is None or isinstance(v, bool) for v in (*crosswalk, *crosswalk.values())):
            raise SourceFactsError(
                f"{file}, {where}: Yes, No, On, Off and Null are no text in YAML: put published "
                'values and codes of this kind between quotes, "Yes": "yes"'
            )
        own = values.get("own_divisions", ()) if name == "admin1" else ()
        _allow(file, where, crosswalk.values(), (*_codes(file, where, name), *own))
    _allow(file, "defaults", values.get("defaults", {}), columns)
    for column, given in values.get("defaults", {}).items():
        if CODED.search(column):
            where = f"defaults: {column}"
            allowed = _codes(file, where, CODED.sub("", column))
            _allow(file, where, [str(given).split("|")], allowed)


def _is_keep(given: Any) -> bool:
    """Whether a value of ``keep`` says for how many months rows and files are kept."""
    is_whole = isinstance(given, Mapping) and set(given) == {"rows_months", "files_months"}
    return is_whole and all(type(n) is int and n > 0 for n in given.values())


def _need(file: str, key: str, values: Mapping[str, Any], needed: Sequence[str]) -> None:
    if missing := [name for name in needed if name not in values]:
        where = f" under {key}" if key else ""
        raise SourceFactsError(f"{file} lacks {', '.join(missing)}{where}")


def _allow(file: str, key: str, given: Iterable[Any], allowed: Sequence[str]) -> None:
    """Refuse codes that are not allowed; given: codes, or lists of codes."""
    listed = {str(c) for value in given for c in (value if isinstance(value, list) else [value])}
    if unknown := sorted(listed - set(allowed)):
        raise SourceFactsError(
            f"{file}, {key}: {', '.join(unknown)} is none of {', '.join(allowed)}"
        )


def _codes(file: str, key: str, vocabulary: str) -> tuple[str, ...]:
    if vocabulary == "admin1":
        return all_divisions()
    if vocabulary == "state":
        return all_codes()
    try:
        return codes(vocabulary)
    except UnknownVocabularyError as unknown:
        raise SourceFactsError(f"{file}, {key}: {unknown.args[0]}") from None


def _policy(file: str, values: Mapping[str, Any]) -> Policy:
    if isinstance(values, Mapping):
        _need(file, "policy", values, ("public_by_name", "reason"))
    try:
        given = {key: value for key, value in values.items() if key != "keep"}
        return Policy.from_dict({**given, "reason": _line(given["reason"])})
    except (TypeError, ValueError, KeyError) as wrong:
        needed = (
            "public_by_name, reason, counts_undated, and leaves, keep and names_contributors for a "
            "restricted list"
        )
        raise SourceFactsError(
            f"{file}, policy: {wrong}. It takes {needed}, and no other"
        ) from None


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
        name = vocabulary_of(column) if CODED.search(column) else None
        if name and column not in recording:
            listed = crosswalks[name].values() if name in crosswalks else codes(name)
            found[column] = sorted({c for v in listed for c in (v if isinstance(v, list) else [v])})
    return found


def _layout(source: str, name: str, entry: Mapping[str, Any]) -> Layout:
    return Layout(
        source=source,
        name=name,
        title=_line(entry["title"]),
        kinds=tuple(entry["kinds"]),
        columns=tuple(entry["columns"]),
        optional=tuple(entry.get("optional", ())),
        encoding=str(entry.get("encoding", "")),
        facts=dict(entry.get("facts", {})),
        also=entry.get("also", {}),
        header=tuple(map(int, entry.get("header", ()))),
        reads=entry.get("reads", {}),
        left_out=tuple(map(str, entry.get("left_out", ()))),
        case=str(entry.get("case", "")),
        only={str(c): tuple(map(str, v)) for c, v in entry.get("only", {}).items()},
        person=str(entry.get("person", "")),
        sheet=str(entry.get("sheet", "")),
    )


def _line(text: str) -> str:
    return " ".join(str(text).split())
