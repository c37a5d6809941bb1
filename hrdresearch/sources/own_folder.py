"""Users' own sources: ``<folder>/<name>/source.yml`` beside the user's data, never in the package.

Such a file names a template, as ``like: restricted-list`` (killings), ``like: detentions`` or ``like:
case-status``, and takes from it all that it does not say itself: policy, grades, nouns, codes of the
vocabularies, and the code that cleans rows. So a list is restricted until its owner writes another policy.
How its columns are read is written in its layout, under ``reads`` (``hrdresearch.sources.reads``).
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from contextvars import ContextVar
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from hrdresearch.clean.calendars import GREGORIAN
from hrdresearch.clean.places import has_divisions
from hrdresearch.sources.errors import SourceFactsError
from hrdresearch.sources.owner_texts import sentence_on_unsaid, with_owner_texts
from hrdresearch.sources.reads_declared import (
    OPEN,
    asked_facts,
    check_reads,
    columns_of,
    columns_read,
    fields_of,
)
from hrdresearch.sources.spec import SourceSpec, make_spec
from hrdresearch.vocab import codes, vocabulary
from hrdresearch.vocab.reference import parse_yaml

VARIABLE = "HRD_SOURCES"
BY_WORDS = "by_words"
FOLDER = Path("data") / "sources"
TEMPLATES = {  # table -> template
    "cases": "restricted-list",
    "detentions": "detentions",
    "case_outcomes": "case-status",
    "attacks": "attacks",
}
ON_THE_PAGE = ("title", "publisher", "definition", "coverage", "citation", "licence")
CONFIDENCE = re.compile(
    r"confiden[ct]|restricted|restringid|restreint|not public|no public|pas public|not be published",
    re.IGNORECASE,
)
# Whether open questions are read with some answer: the first rows can be looked at before they are answered.
IS_LOOKED_AT: ContextVar[bool] = ContextVar("IS_LOOKED_AT", default=False)
SOME_ANSWERS = {"order": "dmy", "calendar": GREGORIAN, "unit": "years", "value": "GTM"}
SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
OF_PLACES = ("admin1", "state")  # crosswalks beside those of the vocabularies


def own_folder() -> Path:
    """Folder of a user's own sources: ``$HRD_SOURCES``, else ``data/sources`` where the command runs."""
    return Path(os.environ.get(VARIABLE) or FOLDER)


def own_files() -> dict[str, Path]:
    """Path of the source.yml of each of the user's own sources, by slug."""
    return {path.parent.name: path for path in sorted(own_folder().glob("*/source.yml"))}


def headings_read(slug: str) -> list[str]:
    """Headings of a user's own list that its source.yml reads; empty for other lists."""
    path = own_files().get(slug)
    layouts = (_own_values(path).get("layouts") or {}).values() if path else ()
    reads = [how for one in layouts for how in (one.get("reads") or {}).values()]
    return [column for how in reads for column in columns_of(how)]


def open_questions(slug: str) -> dict[str, str]:
    """Questions of a user's own list that nobody has answered, by field: "order", "unit", "value" ..."""
    path = own_files().get(slug)
    layouts = (_own_values(path).get("layouts") or {}).values() if path else ()
    reads = [(f, how) for one in layouts for f, how in (one.get("reads") or {}).items()]
    return {f: key for f, how in reads for key, value in how.items() if str(value) == OPEN}


def own_hash(slug: str) -> str | None:
    """Hash of the source.yml of a user's own source, for the build id; None for other sources."""
    path = own_files().get(slug)
    return hashlib.sha256(path.read_bytes()).hexdigest() if path else None


def read_own_spec(path: Path) -> SourceSpec:
    """Read source.yml of a user's own source, with what it takes from its template.

    Raises SourceFactsError, which names the file, the key and what is allowed there.
    """
    slug = path.parent.name
    if not SLUG.fullmatch(slug):
        raise SourceFactsError(
            f"{path}: the folder is called like the list, in small letters, digits and hyphens (my-list)"
        )
    values = _own_values(path)
    given = values.get("like")
    if given not in TEMPLATES.values():
        raise SourceFactsError(f"{path}: like is one of {', '.join(TEMPLATES.values())}")
    package = f"hrdresearch.sources.{str(given).replace('-', '_')}"
    template: dict[str, Any] = parse_yaml((files(package) / "source.yml").read_text("utf-8"))
    table = str(template["table"])
    layouts = values.get("layouts")
    if not isinstance(layouts, Mapping) or not layouts:
        raise SourceFactsError(f"{path} lacks layouts; 'hrdresearch source new FILE' writes one")
    of_template = next(iter(template["layouts"].values()))
    for name, layout in layouts.items():
        in_columns = isinstance(layout, dict) and "reads" not in layout
        if in_columns and (table == "attacks" or not fields_of(table)):  # those of its template
            layout.setdefault("optional", of_template["optional"])
            layout["columns"] = [*of_template["columns"], *columns_read({}, layout)]
            continue
        if IS_LOOKED_AT.get():
            layout["reads"] = {f: _with_some_answers(how) for f, how in layout["reads"].items()}
        reads = check_reads(str(path), name, layout, table)
        layout.setdefault("columns", columns_read(reads, layout))
        layout.setdefault("facts", {}).setdefault("asked", asked_facts(reads, table))
        if "covers" not in values and "value" in reads["state"]:  # all rows are of one State
            layout["facts"].setdefault("covers", {"states": [str(reads["state"]["value"])]})
    merged = {
        **template,
        **values,
        **with_owner_texts(str(path), template, values),
        "policy": _policy_of(path, template, values),
        "crosswalks": _crosswalks(path, template, values),
        "own_divisions": _own_divisions(layouts, values),
        "by_words": _by_words(path, values),
        "recording": {},
        "layouts": layouts,
    }
    spec = make_spec(slug, str(path), merged, like=str(given))
    _refuse_public_in_confidence(path, spec, values)
    return spec


def sentences_on_unsaid(slug: str) -> list[str]:
    """Sentences on what the owner of a user's own list has not said of it; empty for other lists."""
    path = own_files().get(slug)
    return sentence_on_unsaid(_own_values(path)) if path else []


def _policy_of(
    path: Path, template: Mapping[str, Any], values: Mapping[str, Any]
) -> dict[str, Any]:
    """Policy of the list; unless it is public by name, its template gives what it does not say."""
    own = values.get("policy", {})
    if not isinstance(own, Mapping):
        raise SourceFactsError(
            f"{path}, policy: it takes lines such as keep: {{rows_months: 60, files_months: 24}}; without it "
            "the list is restricted, as its template says"
        )
    is_public = own.get("public_by_name", False)
    if not isinstance(is_public, bool):
        raise SourceFactsError(
            f"{path}, policy: public_by_name is true or false, not {is_public!r}"
        )
    return dict(own) if is_public else {**template["policy"], **own}


def _refuse_public_in_confidence(path: Path, spec: SourceSpec, values: Mapping[str, Any]) -> None:
    """Refuse a list that is public by name but lacks texts of its own, or speaks of confidence."""
    if not spec.facts.policy.public_by_name:
        return
    said = {key: " ".join(str(getattr(spec.facts, key)).split()) for key in ON_THE_PAGE}
    kept = [
        key
        for key, text in said.items()
        if not str(values.get(key) or "").strip() or CONFIDENCE.search(text)
    ]
    if kept:
        raise SourceFactsError(
            f"{path}: policy says public_by_name: true, but {', '.join(kept)} still say that the list is "
            "kept in confidence, or say nothing. Write them in your own words, or take the policy out"
        )


def _with_some_answers(how: Mapping[str, Any]) -> dict[str, Any]:
    return {k: SOME_ANSWERS.get(k, v) if str(v) == OPEN else v for k, v in how.items()}


def _own_values(path: Path) -> dict[str, Any]:
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise SourceFactsError(
            f"{path}{line}: cannot be read as YAML in UTF-8. Put values with : or # between quotes"
        ) from None
    if not isinstance(values, dict):
        raise SourceFactsError(f"{path}: is empty, or no list of keys")
    return values


def _crosswalks(
    path: Path, template: Mapping[str, Any], values: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """By vocabulary, each value with its code: values of the list, of its template, codes, and known words.

    A value that only one row has is not written into the open file; it is read by the vocabulary alone.
    """
    own = values.get("crosswalks") or {}
    if not isinstance(own, Mapping) or not all(isinstance(v, Mapping) for v in own.values()):
        raise SourceFactsError(f"{path}, crosswalks: each vocabulary takes value: code")
    own = {name: {v: code for v, code in of.items() if code != OPEN} for name, of in own.items()}
    used = {f["codes"] for f in vocabulary("list_fields")["fields"].values() if "codes" in f}
    names = [*dict.fromkeys((*template.get("crosswalks", {}), *used))]
    if idle := [name for name in own if name not in (*names, *OF_PLACES)]:
        raise SourceFactsError(
            f"{path}, crosswalks: no cell is read by {', '.join(idle)}. Charges and sentences are read from "
            "their words, and a cell that says that nothing is known (s/d, unknown) is not recorded; take it "
            f"out. There are crosswalks of {', '.join((*OF_PLACES, *names))}."
        )
    return {name: own[name] for name in OF_PLACES if own.get(name)} | {
        name: {
            **_words_of(name),
            **({code: code for code in codes(name)} if name in used else {}),
            **template.get("crosswalks", {}).get(name, {}),
            **own.get(name, {}),
        }
        for name in names
    }


def _by_words(path: Path, values: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Vocabularies whose other values are read by their words, each with the values left without a code."""
    given = values.get("other_values") or {}
    known = vocabulary("list_values")["values"]
    if not isinstance(given, Mapping) or {*given.values()} - {BY_WORDS} or {*given} - {*known}:
        raise SourceFactsError(
            f"{path}, other_values: it takes vocabulary: {BY_WORDS}, of {', '.join(known)}"
        )
    own = values.get("crosswalks") or {}
    return {
        name: frozenset(str(v) for v, code in (own.get(name) or {}).items() if code == OPEN)
        for name in given
    }


def _own_divisions(layouts: Mapping[str, Any], values: Mapping[str, Any]) -> list[str]:
    """Names of divisions in source.yml, for a list of one State whose divisions the program does not know."""
    of = [how["state"].get("value") for one in layouts.values() if (how := one.get("reads"))]
    if not of or None in of or any(has_divisions(str(iso3)) for iso3 in of):
        return []
    return [str(name) for name in (values.get("crosswalks") or {}).get("admin1", {}).values()]


def _words_of(name: str) -> dict[str, str]:
    """Words of a vocabulary with their codes, without M: beside H it means a woman."""
    by_code: Mapping[str, list[str]] = vocabulary("list_values")["values"].get(name, {})
    words = {word: code for code, words in by_code.items() for word in words if word != "m"}
    return {**{both: code for word, code in words.items() for both in _both_genders(word)}, **words}


def _both_genders(word: str) -> list[str]:
    """Ways to write a word for men and women at once: detenido/a, detenida/o, detenido(a), detenid@.

    >>> _both_genders("detenido")[:2], _both_genders("libere")[0], _both_genders("s/d")
    (['detenido/a', 'detenido(a)'], 'libere/e', [])
    """
    if not word.isalpha() or not word.isascii():
        return []
    if word.endswith("o"):
        return [f"{word}/a", f"{word}(a)", f"{word[:-1]}a/o", f"{word[:-1]}a(o)", f"{word[:-1]}@"]
    if word.endswith(("e", "u", "r")):
        return [f"{word}{sign}" for end in "ea" for sign in (f"/{end}", f"({end})", f"·{end}")]
    return []
