"""Reads studies.yml: which studies there are, and which parameters they have; makes and reads drafts.

A draft is a researcher's own copy of a study's notebook, which runs like a study.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from hrdresearch.privacy.policy import PARAMETER_IS_GONE
from hrdresearch.vocab import codes, vocabulary
from hrdresearch.vocab.reference import parse_yaml
from hrdresearch.vocab.states import all_codes

METADATA = "hrdresearch"  # key in the notebook's metadata
NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
TYPES: dict[str, type] = {"string": str, "integer": int, "number": float, "boolean": bool}
SLUG_LENGTH = 80


class ParameterError(ValueError):
    """A parameter is unknown, or has a value that the study does not accept."""


@dataclass(frozen=True)
class Parameter:
    """A parameter of a study, as studies.yml declares it."""

    name: str
    type: str
    default: Any
    help: str
    allowed: tuple[str, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    is_path: bool = False
    is_state: bool = False  # ISO3 code of a State or area, or the default

    def public(self, value: Any) -> Any:
        """The value as a report prints it: for a path, only the name of the file."""
        return Path(value).name if self.is_path and value else value

    def parse(self, given: Any) -> Any:
        """Convert a given value to the declared type; ParameterError says which values are allowed."""
        if given is None or (self.default is None and str(given).lower() in ("", "none", "null")):
            return self.default
        try:
            value = _parse_boolean(given) if self.type == "boolean" else TYPES[self.type](given)
        except ValueError:
            raise ParameterError(f"{self.name} must be of type {self.type}: {self.help}") from None
        if self.allowed is not None and value not in self.allowed:
            raise ParameterError(
                f"{self.name} must be one of {', '.join(self.allowed)}, not {value!r}"
            )
        if self.pattern and not re.fullmatch(self.pattern, str(value)):
            raise ParameterError(f"{self.name}={value!r} does not fit: {self.help}")
        if self.is_state and value not in (self.default, *all_codes()):
            raise ParameterError(f"{self.name}={value!r} is not the code of a State: {self.help}")
        if self.is_path and Path(str(value)).is_file():
            return str(Path(str(value)).resolve())  # because the notebook runs in another folder
        for bound, wrong in ((self.minimum, "below"), (self.maximum, "above")):
            if bound is not None and ((value < bound) if wrong == "below" else (value > bound)):
                raise ParameterError(f"{self.name}={value} is {wrong} {bound:g}: {self.help}")
        return value


@dataclass(frozen=True)
class StudyEntry:
    """A study of studies.yml."""

    slug: str
    title: str
    paragraphs: str
    notebook: Path
    parameters: tuple[Parameter, ...]
    studies: tuple[str, ...]  # studies that the notebook opens; their builds make the report
    whichever: bool = (
        False  # whether the report uses those of its studies that have a build (a brief)
    )
    demo: tuple[Mapping[str, Any], ...] = ({},)  # parameter sets of the reports of "demo"
    demo_variants: tuple[Mapping[str, Any], ...] = ()  # more parameter sets, for "demo --variants"
    schedule: tuple[Mapping[str, Any], ...] = ()  # see hrdresearch.run.schedule.entries
    draft_of: str = ""  # for a draft: the study whose notebook was copied

    def parse(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Values of all parameters, including defaults; ParameterError for an unknown name or value."""
        known = {p.name: p for p in self.parameters}
        unknown = [name for name in given if name not in known]
        if "smallest_cell" in unknown:
            raise ParameterError(PARAMETER_IS_GONE)
        if unknown:
            raise ParameterError(
                f"Study {self.slug} has no parameter {', '.join(unknown)}; it has "
                f"{', '.join(known)}"
            )
        return {name: p.parse(given.get(name)) for name, p in known.items()}

    def public(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Parameters as a report prints them: for a path, only the name of the file."""
        return {p.name: p.public(values[p.name]) for p in self.parameters}


def project_folder() -> Path:
    """Folder of studies.yml and notebooks/: ``$HRD_PROJECT``, or the checkout of the library."""
    given = os.environ.get("HRD_PROJECT")
    folder = Path(given) if given else Path(__file__).parents[2]
    if not (folder / "studies.yml").is_file():
        raise FileNotFoundError(f"No studies.yml in {folder}; set HRD_PROJECT to the checkout")
    return folder


@cache
def studies() -> dict[str, StudyEntry]:
    """All studies by slug, in the order of studies.yml."""
    folder = project_folder()
    text = (folder / "studies.yml").read_text(encoding="utf-8")
    return {
        slug: StudyEntry(
            slug=slug,
            title=entry["title"],
            paragraphs=entry["paragraphs"],
            notebook=folder / entry["notebook"],
            parameters=tuple(_read_parameter(n, p) for n, p in entry["parameters"].items()),
            studies=tuple(entry.get("studies") or (slug,)),
            whichever=bool(entry.get("whichever")),
            demo=tuple(entry.get("demo") or ({},)),
            demo_variants=tuple(entry.get("demo_variants") or ()),
            schedule=tuple(entry.get("schedule") or ()),
        )
        for slug, entry in parse_yaml(text).items()
    }


def study_entry(slug: str) -> StudyEntry:
    """Find a study by its name; ParameterError lists the studies that exist."""
    known = studies()
    if slug not in known:
        raise ParameterError(f"There is no study {slug!r}; the studies are: {', '.join(known)}")
    return known[slug]


def parameter_slug(entry: StudyEntry, values: Mapping[str, Any]) -> str:
    """Folder name for a set of parameters, made from values that are not defaults; ``all`` if none."""
    parts = [
        f"{p.name.replace('_', '-')}-{p.public(values[p.name])}"
        for p in entry.parameters
        if values[p.name] != p.default
    ]
    slug = re.sub(r"[^a-z0-9.-]+", "-", "_".join(parts).lower().replace("_", "--")).strip("-.")
    if len(slug) > SLUG_LENGTH:
        import hashlib

        slug = f"{slug[: SLUG_LENGTH - 9]}-{hashlib.sha256(slug.encode()).hexdigest()[:8]}"
    return slug or "all"


def _read_parameter(name: str, entry: Mapping[str, Any]) -> Parameter:
    allowed = entry.get("allowed")
    if isinstance(allowed, str):
        vocabulary(allowed)
        allowed = [entry["default"], *codes(allowed)]
    return Parameter(
        name=name,
        type=entry["type"],
        default=entry["default"],
        help=entry["help"],
        allowed=tuple(str(a) for a in allowed) if allowed else None,
        minimum=entry.get("minimum"),
        maximum=entry.get("maximum"),
        pattern=entry.get("pattern"),
        is_path=bool(entry.get("is_path")),
        is_state=bool(entry.get("is_state")),
    )


def _parse_boolean(given: Any) -> bool:
    if isinstance(given, bool):
        return given
    text = str(given).lower()
    if text not in ("true", "false", "yes", "no"):
        raise ValueError(text)
    return text in ("true", "yes")


def new_draft(study: str, path: Path) -> Path:
    """Copy the notebook of a study to ``path`` as a draft, and note in it which study it is from.

    ParameterError for an unknown study, a file name that is not allowed, or a file that exists.
    """
    entry = study_entry(study)
    _check_name(path)
    if path.exists():
        raise ParameterError(f"{path} exists already and is not overwritten; choose another name")
    notebook = json.loads(entry.notebook.read_text(encoding="utf-8"))
    notebook["metadata"][METADATA] = {"draft_of": study}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def study_or_draft(name: str) -> StudyEntry:
    """A study by its name, or a draft by the path of its notebook; ParameterError if there is none."""
    return draft_entry(Path(name)) if name.endswith(".ipynb") else study_entry(name)


def draft_entry(path: Path) -> StudyEntry:
    """The study of a draft, with the draft as its notebook and its name as the name of reports.

    ParameterError if the file is missing, is not a draft, or has no cell of parameters.
    """
    _check_name(path)
    try:
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        about = notebook["metadata"].get(METADATA, {})
        cells = notebook["cells"]
    except (OSError, ValueError, KeyError, AttributeError):
        raise ParameterError(f"{path} is missing or is not a notebook") from None
    if about.get("draft_of") not in studies():
        raise ParameterError(
            f"{path.name} is not a draft of a study: make one with 'hrdresearch draft new STUDY "
            f"{path.name}'"
        )
    if sum("parameters" in cell["metadata"].get("tags", []) for cell in cells) != 1:
        raise ParameterError(f"{path.name}: exactly one cell must have the tag 'parameters'")
    code = ["".join(c.get("source", "")) for c in cells if c.get("cell_type") == "code"]
    if any("smallest_cell" in text for text in code):
        raise ParameterError(f"{path.name}: {PARAMETER_IS_GONE}")
    entry = study_entry(str(about["draft_of"]))
    return replace(entry, slug=path.stem, notebook=path.resolve(), draft_of=entry.slug)


def _check_name(path: Path) -> None:
    if path.suffix != ".ipynb" or not NAME.fullmatch(path.stem) or path.stem in studies():
        raise ParameterError(
            f"{path.name}: name a draft with lower-case letters, digits and hyphens, ending in .ipynb, "
            "and not like a study: the folder of its reports gets this name"
        )
