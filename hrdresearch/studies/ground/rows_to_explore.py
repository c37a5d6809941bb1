"""The coded rows behind a study, for exploration: no names, and restricted lists only in the vault."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.findings.make_claims import Population
from hrdresearch.privacy.memory_folder import is_in_memory
from hrdresearch.privacy.policy import Policy
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.ground.scope import ScopeError
from hrdresearch.tables import CODE_SEPARATOR, label_in_column, match_rows


class RestrictedRowsError(PermissionError):
    """Rows of a list that was shared in confidence were asked for outside the vault."""


def rows_to_explore(
    build: Build, populations: Sequence[Population], lists: Sequence[str], labels: bool
) -> pd.DataFrame:
    """Coded rows of the lists of a study, as a copy that may be changed.

    lists: slugs; empty for all lists of the study. labels: whether codes become the words of their
    vocabularies. ScopeError for a list that the study does not hold, or lists of two tables;
    RestrictedRowsError for a restricted list whose build is not sealed in the vault, or
    where the notebook lies on the disk.
    """
    held = {p.slug: p for p in populations}
    missing = [slug for slug in lists if slug not in held]
    if missing:
        raise ScopeError(f"No list {', '.join(missing)} in this study; it has {', '.join(held)}")
    chosen = [held[slug] for slug in lists or held]
    _refuse_restricted(build, chosen, held)
    if len({p.table for p in chosen}) > 1:
        by_table = "; ".join(f"{p.slug} (table {p.table})" for p in chosen)
        raise ScopeError(
            f"Lists of two tables have no rows in common; name those of one: {by_table}"
        )
    whole = build.table(chosen[0].table)
    frame = pd.concat(
        [whole[match_rows(whole, {**p.scope, "source": p.slug})] for p in chosen], ignore_index=True
    )
    return _with_labels(frame) if labels else frame


def _refuse_restricted(
    build: Build, chosen: Sequence[Population], held: dict[str, Population]
) -> None:
    is_public = {f["slug"]: Policy.from_dict(f["policy"]).public_by_name for f in build.facts()}
    closed = [p.slug for p in chosen if not is_public.get(p.slug)]
    if not closed:
        return
    if (build.extras("build") or {}).get("is_sealed"):
        if is_in_memory(Path.cwd()):
            return
        raise RestrictedRowsError(
            f"The rows of {', '.join(closed)} are sealed, and JupyterLab would save them with this "
            "notebook on the disk. Open the vault (hrdresearch vault open), and work in a notebook "
            "that lies in its folder."
        )
    public = [f'"{slug}"' for slug in held if is_public.get(slug)]
    hint = f" Take the public lists: study.rows({', '.join(public)})" if public else ""
    raise RestrictedRowsError(
        f"The rows of {', '.join(closed)} were shared in confidence and are shown only from a build "
        f"that is sealed in the vault (see docs/how-to/vault.md).{hint}"
    )


def _with_labels(frame: pd.DataFrame) -> pd.DataFrame:
    """Codes and States as words; several codes of a cell are joined by "; "."""

    def in_words(column: str, cell: object) -> object:
        if not isinstance(cell, str):
            return cell
        return "; ".join(label_in_column(column, code) for code in cell.split(CODE_SEPARATOR))

    coded = [c for c in frame.columns if c.endswith(("_code", "_codes", "_iso3"))]
    words = {c: {cell: in_words(c, cell) for cell in frame[c].unique()} for c in coded}
    return frame.assign(**{c: frame[c].map(words[c]) for c in coded})
