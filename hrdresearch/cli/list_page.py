"""The command from a list of one's own to its page, in one step: ``hrdresearch source page FILE``."""

from __future__ import annotations

import datetime as dt
import shlex
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrdresearch.cli.asking import Question, ask_in_turn, is_confirmed
from hrdresearch.cli.list_questions import ask_what_is_left
from hrdresearch.cli.options import (
    DEFAULT_OUT,
    DEFAULT_WORK,
    RAW,
    ListAsk,
    ListEncoding,
    ListFile,
    ListLanguage,
    ListName,
    ListSheet,
    ListState,
    ListTable,
    ListTitle,
    Out,
    Work,
)
from hrdresearch.cli.own_lists import ListOptions, known_format, slug_of, write_proposed

if TYPE_CHECKING:
    from hrdresearch.run.errors import OtherListError

STUDIES = {"cases": "killings", "detentions": "imprisonment", "attacks": "attacks"}


def page_of_list(
    file: ListFile,
    name: ListName = "",
    table: ListTable = "",
    state: ListState = "",
    encoding: ListEncoding = "",
    title: ListTitle = "",
    language: ListLanguage = "",
    ask: ListAsk = False,
    sheet: ListSheet = "",
    basis: Annotated[
        str,
        typer.Option(help="agreement, consent, other: why its cases may be counted; else asked"),
    ] = "",
    date: Annotated[str, typer.Option(help="Day of the agreement or decision: 2026-01-31")] = "",
    words: Annotated[str | None, typer.Option(help="The basis in words; else asked")] = None,
    open_on_this_machine: Annotated[
        bool,
        typer.Option(
            "--open-on-this-machine",
            help="I accept that this list, and all worked out of it, lies open on this disk",
        ),
    ] = False,
    work: Work = DEFAULT_WORK,
    out: Out = DEFAULT_OUT,
) -> None:
    """From a list of your own to its page: read, ask on what basis it counts, build, make the report.

    Say it again after each change of the list or of its source.yml; what was answered is not asked again.
    """
    from hrdresearch.cli.persons import words_read_back
    from hrdresearch.cli.reports import build_lists, run
    from hrdresearch.run.errors import OtherListError
    from hrdresearch.run.own_lists.prompts import remark_told, speak, told
    from hrdresearch.run.own_lists.shown_rows import guesses_left
    from hrdresearch.run.own_lists.uncoded import values_without_code
    from hrdresearch.run.sealed_lists import opener_for
    from hrdresearch.run.stated_basis import lacks_basis, state_basis
    from hrdresearch.sources import get_facts, list_sources
    from hrdresearch.sources.own_folder import headings_read, own_files

    slug = name or known_format(file) or slug_of(file)
    is_stopped = False
    is_known = slug in {facts.slug for facts in list_sources()}
    if not (open_on_this_machine or (is_known and get_facts(slug).policy.public_by_name)):
        _refuse_open(file, slug)
    if not is_known:
        options = ListOptions(slug, table, state, encoding, title, language, ask, sheet)
        _, is_stopped = write_proposed(file, options, ask_open=True)
    else:
        speak(language, headings_read(slug))
    if ask and not is_stopped and slug in own_files():
        is_stopped = ask_what_is_left(slug, file, has_asked_columns=not is_known)
    if is_stopped:
        typer.echo(told("ask_stopped", path=own_files()[slug]))
        return
    study = STUDIES.get(get_facts(slug).table, "")
    if not study:
        raise typer.BadParameter(f"{slug} is a list of another kind: build it and run its study")
    if lacks_basis(study, work, slug):
        if not basis:
            basis, date = _basis_asked(date)
        words = words if words is not None or basis == "consent" else words_read_back()
        typer.echo(remark_told(state_basis(study, work, slug, basis, date, words or "")))
    build_it = partial(
        build_lists, study, [f"{slug}={file}"], work=work, open_on_this_machine=open_on_this_machine
    )
    try:
        build_it()
    except OtherListError as other:
        _state_again(other, study, work, slug)
        build_it()
    for line in values_without_code(slug, file, opener_for(file)):
        typer.echo(line)
    for line in guesses_left(slug, is_short=True):
        typer.echo(line)
    run(study, work, out)
    path = own_files().get(slug)
    typer.echo(
        told("again", change=told("change_file", path=path) if path else told("change_list"))
    )


def _basis_asked(date: str) -> tuple[str, str]:
    """On what basis the cases of a list are counted, and the day of it; date: "" where it is asked, too."""
    from hrdresearch.run.consents import STATED
    from hrdresearch.run.own_lists.prompts import told

    today = dt.datetime.now(dt.UTC).date().isoformat()
    kind = Question("kind", told("basis_kinds"), "agreement", known=STATED, above=told("basis"))
    day = Question("day", told("basis_day"), today)
    answers, is_stopped = ask_in_turn(lambda _: [kind] if date else [kind, day])
    if is_stopped:
        raise typer.Exit(1)  # without a basis nothing is built
    return answers["kind"], date or answers["day"]


def _state_again(other: OtherListError, study: str, work: Path, slug: str) -> None:
    """Ask whether a changed list is the same one, and state its basis again; what was stated is offered."""
    from hrdresearch.cli.persons import words_read_back
    from hrdresearch.run.own_lists.prompts import remark_told, told
    from hrdresearch.run.stated_basis import state_basis

    typer.echo(str(other))
    if not is_confirmed(told("basis_same_list")):
        raise typer.Exit(1)
    date = str(typer.prompt(told("basis_day"), default=other.date))
    words = words_read_back(other.words) if other.basis != "consent" else ""
    typer.echo(remark_told(state_basis(study, work, slug, other.basis, date, words)))


def _refuse_open(file: Path, slug: str) -> None:
    """Stop before anything is written of a list that lies open, with the lines that seal it."""
    from hrdresearch.privacy.vault import identity_path, is_sealed, sealed_name
    from hrdresearch.run.errors import RunError

    if not file.is_file() or is_sealed(file):
        return
    quoted, sealed = (shlex.quote(str(p)) for p in (file, RAW / sealed_name(file).name))
    steps = [
        *(["hrdresearch vault init"] if identity_path() is None else []),
        f"hrdresearch vault add {quoted}",
        "hrdresearch vault open",
        f"hrdresearch source page {sealed} --name {slug}",
    ]
    raise RunError(
        "A list of persons is encrypted before it is read, and nothing was written. Type, one after the "
        "other:\n  " + "\n  ".join(steps) + "\nA list of invented persons needs none of this: put "
        "--open-on-this-machine at the end of the line"
    )
