"""Layouts of archives: those of the project, and a user's own ones in ``posts.yml``.

``data/sources/posts.yml`` says which column of an archive is which column of the template::

    layouts:
      forum:
        title: Messages of our forum
        columns: {id: nr, time: sent, text: body, author: [nickname, login]}
        platform: forum
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from hrdresearch.sources.errors import SourceFactsError, UnknownLayoutError
from hrdresearch.sources.layout import Layout
from hrdresearch.sources.own_folder import own_folder
from hrdresearch.sources.posts.chunk import archive_spec
from hrdresearch.sources.posts.columns import COLUMNS

NEEDED = ("text", "author")
OPEN = "?"
LAYOUT_KEYS = ("title", "columns", "platform", "text_form")


def own_layouts_file() -> Path:
    """Path of the user's own layouts: ``posts.yml`` in the folder of the user's own sources."""
    return own_folder() / "posts.yml"


def own_layouts_hash() -> str:
    """Hash of the user's own layouts, for the build id; "" without any."""
    file = own_layouts_file()
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def archive_layout(file: Path, columns: Iterable[str], kind: str) -> Layout:
    """Layout of an archive with these columns; of several the one with most columns, the user's own first.

    Raises UnknownLayoutError, which lists the layouts of that kind of file, or SourceFactsError.
    """
    known = [x for x in archive_spec().layouts if kind in x.kinds]
    header, own = list(columns), own_layouts()
    unfinished = [x for x in own if _open_columns(x)]
    found = [x for x in (*own, *known) if x not in unfinished and not x.missing(header)]
    if found:
        return max(found, key=lambda x: len(x.columns))
    for layout in unfinished:
        if layout.columns and not layout.missing(header):
            raise SourceFactsError(
                f"{own_layouts_file()}, layouts: {layout.name}: say which column of the archive is "
                f"{' and '.join(_open_columns(layout))}"
            )
    raise UnknownLayoutError(
        f"{file.name}: the archive has none of the layouts of source posts: "
        + "; ".join(f"{x.name} ({', '.join(x.columns)})" for x in known)
        + f". Say which of its columns is which: hrdresearch source new {file.name} --table messages"
        + "".join(f". Not finished in {own_layouts_file()}: {x.name}" for x in unfinished)
    )


def own_layouts() -> list[Layout]:
    """Layouts in ``posts.yml``; SourceFactsError names the layout and what is wrong with it."""
    file = own_layouts_file()
    if not file.is_file():
        return []
    try:
        layouts = yaml.safe_load(file.read_text(encoding="utf-8"))["layouts"]
        return [_own_layout(file, str(name), entry) for name, entry in layouts.items()]
    except (
        yaml.YAMLError,
        UnicodeDecodeError,
        RecursionError,
        TypeError,
        KeyError,
        AttributeError,
    ):
        raise SourceFactsError(
            f"{file}: expected layouts, and under the name of each title and columns, such as "
            "columns: {id: nr, time: sent, text: body, author: login}"
        ) from None


def _open_columns(layout: Layout) -> list[str]:
    """Columns that are needed and of which the user has not yet said where they are."""
    return [ours for ours in NEEDED if ours not in layout.facts["paths"]]


def _own_layout(file: Path, name: str, entry: Mapping[str, Any]) -> Layout:
    paths = {
        str(ours): [str(t) for t in (theirs if isinstance(theirs, list) else [theirs])]
        for ours, theirs in entry["columns"].items()
    }
    if strange := sorted({*paths, *entry} - {*COLUMNS, *LAYOUT_KEYS}):
        raise SourceFactsError(
            f"{file}, layouts: {name}: {', '.join(strange)} is unknown; columns are "
            f"{', '.join(COLUMNS)}, beside them stand {', '.join(LAYOUT_KEYS)}"
        )
    paths = {ours: theirs for ours, theirs in paths.items() if theirs != [OPEN]}
    return Layout(
        source="posts",
        name=name,
        title=str(entry.get("title", name)),
        kinds=(),
        columns=tuple(
            theirs[0].partition(".")[0].removesuffix("[]")
            for theirs in paths.values()
            if len(theirs) == 1
        ),
        facts={k: v for k, v in entry.items() if k == "text_form"}
        | {"paths": paths, "platform": str(entry.get("platform", ""))},
    )
