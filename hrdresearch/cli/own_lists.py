"""The command that proposes how a list of one's own is read: ``hrdresearch source new FILE``."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hrdresearch.cli.list_questions import (
    AS_YOU_SAID,
    TABLES,
    ask_about,
    ask_kind,
    ask_what_is_left,
)
from hrdresearch.cli.options import (
    ListAsk,
    ListEncoding,
    ListFile,
    ListLanguage,
    ListName,
    ListSheet,
    ListState,
    ListTable,
    ListTitle,
    spinner,
)

if TYPE_CHECKING:
    from hrdresearch.run.own_lists.proposals import ListLook, Proposal


@dataclass(frozen=True)
class ListOptions:
    """What a command says of a list, as its options: "" or False where it says nothing."""

    name: str = ""
    table: str = ""
    state: str = ""
    encoding: str = ""
    title: str = ""
    language: str = ""
    ask: bool = False
    sheet: str = ""

    def check(self) -> None:
        """BadParameter for a word that is none of those an option takes."""
        if self.table and self.table not in TABLES:
            raise typer.BadParameter(f"--table is one of {', '.join((*TABLES, 'messages'))}")
        if self.encoding and not _is_encoding(self.encoding):
            raise typer.BadParameter(
                "--encoding is one that Python knows, such as cp1252 or cp1251"
            )


def new_source(
    file: ListFile,
    name: ListName = "",
    table: ListTable = "",
    state: ListState = "",
    encoding: ListEncoding = "",
    title: ListTitle = "",
    language: ListLanguage = "",
    ask: ListAsk = False,
    sheet: ListSheet = "",
    is_replaced: Annotated[
        bool, typer.Option("--replace", help="Write over the source.yml that is there")
    ] = False,
) -> None:
    """Look at a list of unknown columns and write a source.yml for it, to be looked at and changed."""
    from hrdresearch.run.own_lists.prompts import told

    if table == "messages":
        from hrdresearch.run.own_lists.message_columns import propose_columns
        from hrdresearch.run.sealed_lists import stream_for

        for line in propose_columns(file, name or slug_of(file), stream_for(file)):
            typer.echo(line)
        typer.echo(f"Look at it, change what is wrong, then: hrdresearch sources check {file}")
        return
    if known := known_format(file):
        typer.echo(
            f"This is the template {known}: you need no file of your own. "
            f"hrdresearch sources check {shlex.quote(str(file))} --source {known}"
        )
        return
    options = ListOptions(name, table, state, encoding, title, language, ask, sheet)
    slug, is_stopped = write_proposed(file, options, is_replaced)
    if ask and not is_stopped:
        ask_what_is_left(slug, file, has_asked_columns=True)
    line = f"hrdresearch source check {shlex.quote(str(file))} --source {slug}"
    typer.echo(told("look", line=line))


def write_proposed(
    file: Path, options: ListOptions, is_replaced: bool = False, ask_open: bool = False
) -> tuple[str, bool]:
    """Look at a list, write its source.yml and say what was found.

    ask_open: ask what no cell tells, without which the list is not read; of guesses only with ``ask``.
    Returns the name of the source, and whether the user stopped before all was asked.
    """
    from hrdresearch.run.own_lists.prompts import speak, told
    from hrdresearch.run.own_lists.source_text import write_look
    from hrdresearch.run.own_lists.uncoded import status_lines
    from hrdresearch.run.sealed_lists import opener_for

    options.check()
    look = _look(file, options, TABLES.get(options.table, ""))
    speak(options.language, (p.column for p in look.proposals))
    if look.other_sheets:
        others = ", ".join(f"{number} ({n})" for number, n in look.other_sheets)
        typer.echo(told("sheet", number=look.sheet, others=others))
    if ask_open and not options.table and (kind := ask_kind(look)) != look.table:
        look = _look(file, options, kind)
    if options.state:
        look = replace(look, state=options.state.upper(), state_why=AS_YOU_SAID)
    is_stopped = False
    if options.ask or ask_open:
        look, is_stopped = ask_about(look, is_all=options.ask)
    if options.title:
        look = replace(look, said={**look.said, "title": options.title})
    slug = options.name or slug_of(file)
    path = write_look(look, slug, is_replaced, options.language)
    first = status_lines(slug, file, opener_for(file))
    for line in [*first, *_said(look, file.name), told("written", path=path)]:
        typer.echo(line)
    return slug, is_stopped


def _look(file: Path, options: ListOptions, table: str) -> ListLook:
    from hrdresearch.run.own_lists.proposals import look_at_list
    from hrdresearch.run.sealed_lists import opener_for

    with spinner("Looking at the list"):
        return look_at_list(file, table, opener_for(file), options.encoding, options.sheet)


def slug_of(file: Path) -> str:
    """Name of a source from that of its file."""
    from hrdresearch.clean.word_forms import fold

    return _slug(fold(file.name.split(".")[0])) or "my-list"


def new_template(
    kind: Annotated[
        str,
        typer.Argument(
            help="cases (killings), detentions, attacks (of every kind), messages, communications, "
            "case-status, wgad, submissions, submission-codings, submission-codebook, submission-requests, "
            "casebook, case-submissions"
        ),
    ],
    file: Annotated[Path, typer.Argument(help="Workbook to write, such as cases.xlsx")],
    language: Annotated[str, typer.Option(help="en, fr or es")] = "en",
) -> None:
    """Write a blank workbook for a list of your own: drop-downs, notes in the cells, an example."""
    from hrdresearch.run.casebook.template import write_casebook_template
    from hrdresearch.run.own_lists.templates import write_template
    from hrdresearch.vocab import vocabulary

    known = vocabulary("list_templates")
    if kind in known["old_names"]:
        typer.echo(f"{kind} is called {known['old_names'][kind]} now.")
        kind = known["old_names"][kind]
    if kind == "casebook" or kind in known["of_casebook"]:
        path = write_casebook_template(file, language, known["of_casebook"].get(kind, ()))
        typer.echo(f"{path}: fill its sheets, then: hrdresearch casebook load {path}")
        return
    path = write_template(kind, file, language)
    about = known["formats"].get(kind)
    if kind == "attacks":
        typer.echo(
            "These are attacks of every kind. For hostile messages: hrdresearch template messages"
        )
    then = f"build {about['study']} --source {about['source']}=" if about else "source new "
    typer.echo(f"{path}: fill its first sheet, then: hrdresearch {then}{path}")


def known_format(file: Path) -> str:
    """The source of the program that a file has the format of, or ""."""
    from hrdresearch.run.sealed_lists import opener_for
    from hrdresearch.sources import SourceError, identify, is_own

    try:
        slug, _ = identify(file, opener_for(file))
    except (SourceError, OSError):
        return ""
    return "" if is_own(slug) else slug


def _is_encoding(name: str) -> bool:
    import codecs

    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _slug(words: str) -> str:
    from anyascii import anyascii

    kept = "".join(c if c.isalnum() else "-" for c in anyascii(words).casefold())
    return "-".join(part for part in kept.split("-") if part).lstrip("0123456789-")[:40].strip("-")


def _said(look: ListLook, file: str) -> list[str]:
    """What was found, in lines: columns that are read, left out and asked; values without a code."""
    from hrdresearch.run.own_lists.prompts import remark_told, told

    read = [p for p in look.proposals if p.field]
    left = [repr(p.column) for p in look.proposals if not p.field]
    lines = [
        told("looked", file=file, rows=look.rows, counted=told(look.table)),
        *map(remark_told, look.remarks),
        told("read"),
        *(f"  {p.column!r} -> {p.field}{' ?' * (p.sure == 'guess')}" for p in read),
        *(f"  {p.column!r} -> {field} (= {p.field})" for p, field in look.told_beside),
    ]
    if not look.has_state and look.state != "?":
        mark = "" if look.state_why == AS_YOU_SAID else " ?"
        lines.append(f"  State -> {look.state}{mark}")
    if left:
        lines.append(told("left_out", n=len(left), names=", ".join(left)))
    without = {
        name: len(c.without) + c.once
        for name, c in look.crosswalks_written.items()
        if name != "admin1"
    }
    if named := [f"{name} {n}" for name, n in without.items() if n]:
        lines.append(told("no_code", names=", ".join(named)))
    if look.case:
        lines.append(told("case", column=repr(look.case)))
    asked = [p for p in look.proposals if "?" in p.how.values()]
    questions = [told("open", column=repr(p.column), what=_open_key(p)) for p in asked]
    questions += [told("open_state")] if look.state == "?" and not look.has_state else []
    heading = [told("questions", n=len(questions))] if questions else []
    return [*lines, *heading, *(f"  {q}" for q in questions)]


def _open_key(p: Proposal) -> str:
    return next(key for key, value in p.how.items() if value == "?")
