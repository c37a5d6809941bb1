"""The command that loads a casebook: ``hrdresearch casebook load FILE``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrdresearch.cli.options import DEFAULT_WORK, RAW, Work, spinner

if TYPE_CHECKING:
    from hrdresearch.run.casebook.load import Loading

casebook_app = typer.Typer(
    no_args_is_help=True, help="The cases that your organization keeps, in a sealed casebook."
)
casebook_app.callback()(lambda: None)
MOST = 200


@casebook_app.command()
def load(
    file: Annotated[Path, typer.Argument(help="Workbook (XLSX) of the casebook, sealed or open")],
    name: Annotated[str, typer.Option(help="What the casebook is called (my-cases)")] = "casebook",
    apply: Annotated[
        bool, typer.Option("--apply", help="Load it; without it, say what would change")
    ] = False,
    ask: Annotated[
        bool, typer.Option("--ask", help="Ask about each pair of rows that may be one person")
    ] = False,
    show: Annotated[
        bool, typer.Option("--show", help="Print names and values too (restricted machine only)")
    ] = False,
    into: Annotated[Path, typer.Option(help="Folder of the sealed casebook")] = RAW,
    open_on_this_machine: Annotated[
        bool,
        typer.Option(
            "--open-on-this-machine", help="Accept that the casebook lies unencrypted here"
        ),
    ] = False,
    work: Work = DEFAULT_WORK,
) -> None:
    """Say what a workbook would add to the casebook and change in it; --apply loads it."""
    from hrdresearch.run.casebook.load import keep_casebook, read_casebook

    with spinner("Reading the workbook"):
        loading = read_casebook(file, name, into, work)
    if ask and loading.alike:
        decisions = {
            (p.one, p.other): _asked(loading, p.one, p.other, p.why) for p in loading.alike
        }
        loading = read_casebook(file, name, into, work, decisions)
    for line in _said(loading, show):
        typer.echo(line)
    if not apply:
        typer.echo("Nothing was changed. Run the same command with --apply to load the workbook")
        return
    keep_casebook(loading, name, work, open_on_this_machine)
    for line in _next(loading, name):
        typer.echo(line)


def _asked(loading: Loading, one: str, other: str, why: str) -> bool:
    """Ask whether two rows are one person; the person who decides sees the names."""
    persons = loading.merged["persons"]
    for row in (one, other):
        held = persons[row]
        facts = [
            held[c] for c in ("name", "other_names", "sex", "birth_date", "identity") if held[c]
        ]
        typer.echo(f"  {row}: {', '.join(facts)}")
    said = ""
    while said not in ("same", "different"):
        said = typer.prompt(f"{one} and {other} ({why}): same or different").strip().casefold()
    return said == "same"


def _said(loading: Loading, show: bool) -> Iterator[str]:
    """Lines on what was found: faults, changes, rows that stay, rows that may be one person."""
    yield from loading.remarks
    if loading.faults:
        yield f"To correct in the workbook ({len(loading.faults)}):"
        yield from _first([f"  {fault}" for fault in loading.faults])
    counts = Counter((c.sheet, c.kind) for c in loading.changes)
    yield from (f"{sheet}: {kind} {n}" for (sheet, kind), n in sorted(counts.items()))
    changed = [c for c in loading.changes if c.column]
    yield from _first(
        [
            f"  {c.sheet}, row {c.row}, {c.key}: {c.column} {c.kind}"
            + (f" ({c.was!r} -> {c.is_!r})" if show and c.was != c.is_ else "")
            for c in changed
        ]
    )
    if not loading.changes:
        yield "Nothing is new in this version."
    for sheet, n in loading.not_in_file.items():
        if n:
            yield f"{sheet}: {n} rows loaded before are not in this file; they stay"
    if loading.gone:
        yield (
            f"{loading.gone} rows are not loaded: the persons withdrew, or their rows are kept no longer"
        )
    if loading.alike:
        yield f"Pairs that may be one person, not yet decided ({len(loading.alike)}):"
        yield from _first([f"  {p.one} and {p.other}: {p.why}" for p in loading.alike])
        yield (
            "Decide with --ask, or in the sheet of persons, in the columns 'Same person as' and "
            "'Not the same as'."
        )


def _next(loading: Loading, name: str) -> Iterator[str]:
    from hrdresearch.run.casebook.lists import STUDIES, list_slug

    rows = ", ".join(f"{sheet} {n}" for sheet, n in loading.rows.items() if n)
    yield f"Loaded: {name} holds {rows}"
    yield "The workbook itself was not changed: seal it (hrdresearch vault add), or delete it"
    path = loading.path.with_name(loading.path.name.removesuffix(".age"))
    kept = path if path.is_file() else loading.path
    for which, study in STUDIES.items():
        yield f"Build: hrdresearch build {study} --source {list_slug(name, which)}={kept}"


def _first(lines: list[str]) -> Iterator[str]:
    yield from lines[:MOST]
    if len(lines) > MOST:
        yield f"  ... and {len(lines) - MOST} more"
