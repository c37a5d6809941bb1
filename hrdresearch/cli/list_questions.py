"""The questions that ``source new`` and ``source page`` ask about a list of one's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from hrdresearch.cli.asking import Answers, Question, ask_in_turn

if TYPE_CHECKING:
    from hrdresearch.run.own_lists.answers import OpenLine
    from hrdresearch.run.own_lists.column_answers import OpenColumn
    from hrdresearch.run.own_lists.proposals import ListLook, Proposal

AS_YOU_SAID = "as you said"
NOT_READ, REST = "-", "rest"
KILLINGS = "killings"
TABLES = {KILLINGS: "cases", "detentions": "detentions", "attacks": "attacks"}


def ask_kind(look: ListLook) -> str:
    """The table of a list, as somebody says who knows it: of the wrong one the living are printed as dead.

    So Enter alone never says that it is a list of persons killed. Raises typer.Abort where the user stops.
    """
    from hrdresearch.run.own_lists.prompts import told

    above = f"{told('looks_like', counted=told(look.table))}\n{told('kinds')}"
    guess = next(kind for kind, table in TABLES.items() if table == look.table)
    enter = None if guess == KILLINGS else guess
    words = told("which", kinds=", ".join(TABLES))
    question = Question("kind", words, enter, known=TABLES, above=above)
    answers, is_stopped = ask_in_turn(lambda _: [question])
    if is_stopped:
        raise typer.Abort
    return TABLES[answers["kind"]]


def ask_about(look: ListLook, is_all: bool) -> tuple[ListLook, bool]:
    """The look with the answers of the user, and whether the user stopped before the end.

    is_all: every guess, column that may be read, and the texts of the page; else only what no cell tells.
    """
    answers, is_stopped = ask_in_turn(lambda given: [*_questions(look, given, is_all)])
    return _answered(look, answers), is_stopped


def _questions(look: ListLook, answers: Answers, is_all: bool) -> Iterator[Question]:
    from hrdresearch.run.own_lists.prompts import told
    from hrdresearch.run.own_lists.releases import empty_releases
    from hrdresearch.sources.owner_texts import ASKED
    from hrdresearch.sources.reads_declared import EMPTY_RELEASE, OPEN
    from hrdresearch.vocab.states import all_codes

    for p in look.proposals:
        if is_all and _is_asked(p):
            yield _of_column(look, p)
        yield from _on_cells(_read_as_said(p, look.table, answers))
    now = replace(
        look, proposals=tuple(_read_as_said(p, look.table, answers) for p in look.proposals)
    )
    if not now.has_state and (is_all or look.state == OPEN):
        enter = None if look.state == OPEN else look.state
        yield Question("state", told("state"), enter, known=all_codes(), takes=str.upper)
    if (found := empty_releases(now)).empty:
        yield Question(
            "empty",
            told("ask_empty", column=repr(found.column), n=found.empty, of=found.rows),
            enter=OPEN,
            does=told("enter_open"),
            known=EMPTY_RELEASE,
        )
    for key in ASKED if is_all else ():
        yield Question(
            ("text", key), f"{key}: {told(key)}", "", told("enter_empty"), above=told("ask_texts")
        )


def _of_column(look: ListLook, p: Proposal) -> Question:
    """What a column is: a guess, which Enter accepts, or one left out that may be read."""
    from hrdresearch.run.own_lists.prompts import told
    from hrdresearch.sources.reads_declared import fields_of

    known = fields_of(look.table)
    words = told(
        "ask_guess" if p.field else "ask_left",
        column=repr(p.column),
        field=p.field or p.may_be,
        why=p.why,
    )
    return Question(
        ("column", p.column),
        words,
        p.field or NOT_READ,
        told("enter_yes", said=p.field) if p.field else told("enter_left"),
        (*known, NOT_READ),
        above=told("ask_fields", fields=", ".join(known)),
    )


def _on_cells(p: Proposal) -> Iterator[Question]:
    """What the cells of a column do not tell: order of day and month, calendar, unit."""
    from hrdresearch.sources.reads_declared import OPEN

    for key, known in _kinds_of_answers().items():
        if p.how.get(key) == OPEN:
            yield Question(
                (key, p.column), f"{p.column!r}: {key} ({', '.join(known)})", known=known
            )


def _kinds_of_answers() -> dict[str, Sequence[str]]:
    from hrdresearch.clean.calendars import CALENDARS
    from hrdresearch.clean.dates import ORDERS
    from hrdresearch.sources.reads_declared import UNITS

    return {"order": ORDERS, "calendar": CALENDARS, "unit": UNITS}


def _is_asked(p: Proposal) -> bool:
    """Whether a column is asked: a guess, or one left out that looks a little like a field."""
    return bool(p.may_be) or (p.sure == "guess" and "yes_in" not in p.how)


def _read_as_said(p: Proposal, table: str, answers: Answers) -> Proposal:
    """A column as the user says what it is; unchanged while nothing was said."""
    from hrdresearch.sources.reads_declared import OPEN, fields_of

    said = answers.get(("column", p.column))
    if said == NOT_READ:
        return replace(p, field="", how={}, sure="left out", why=AS_YOU_SAID)
    if said is not None and said != p.field:
        kept = {k: p.how[k] for k in ("order", "calendar") if k in p.how}
        is_date = fields_of(table)[said]["kind"] == "date"
        how = {"column": p.column, **({"order": OPEN, **kept} if is_date else {})}
        return replace(p, field=said, how=how, sure="sure", why=AS_YOU_SAID)
    return replace(p, sure="sure") if said else p


def _answered(look: ListLook, answers: Answers) -> ListLook:
    """The look with all answers in it."""
    from hrdresearch.sources.owner_texts import ASKED
    from hrdresearch.sources.reads_declared import OPEN

    proposals = []
    for p in (_read_as_said(p, look.table, answers) for p in look.proposals):
        said = {k: answers[k, p.column] for k in _kinds_of_answers() if (k, p.column) in answers}
        if p.field == "release_date" and answers.get("empty", OPEN) != OPEN:
            said["empty"] = answers["empty"]
        proposals.append(replace(p, how={**p.how, **said}))
    look = look.with_proposals(proposals)
    if "state" in answers:
        look = replace(look, state=answers["state"], state_why=AS_YOU_SAID)
    said_of = {key: answers.get(("text", key), "") for key in ASKED}
    texts = {key: " ".join(text.split()) for key, text in said_of.items() if text}
    return replace(look, said={**look.said, **texts})


def ask_what_is_left(slug: str, file: Path, has_asked_columns: bool = False) -> bool:
    """Ask about each guess and open question in a source.yml, and for the code of each value without one.

    Each answer is written at once. Values of one row are asked where the user says so. has_asked_columns: the
    columns were asked before. Returns whether the user stopped before the end.
    """
    from hrdresearch.run.files import replace_text
    from hrdresearch.run.own_lists.answers import (
        values_to_ask,
        vocabularies_left_out,
        with_answers,
    )
    from hrdresearch.run.own_lists.column_answers import open_columns
    from hrdresearch.run.own_lists.uncoded import looked_at
    from hrdresearch.run.sealed_lists import opener_for
    from hrdresearch.sources.detentions.empty_release import REMARK
    from hrdresearch.sources.own_folder import own_files

    path = own_files()[slug]
    text = path.read_text("utf-8")
    loaded, uncoded = looked_at(slug, file, opener_for(file), explains=True)
    asks_empty = any(note.words == REMARK for note in (loaded.notes if loaded else ()))
    columns = [] if has_asked_columns else open_columns(slug, text, asks_empty)
    lines = values_to_ask(text, uncoded)

    def questions(answers: Answers) -> list[Question]:
        left = vocabularies_left_out([(c, answers[c]) for c in columns if c in answers])
        of: dict[bool, list[Question]] = {
            False: [],
            True: [],
        }  # by whether the value is of one row, and not written down
        for line in lines:
            if line.name not in left:
                of[line.rows == 1 and line.at < 0].append(_of_value(line))
        rest = [_of_rest(len(of[True]))] if of[True] else []
        others = of[True] if answers.get(REST) else []
        return [*map(_of_open_column, columns), *of[False], *rest, *others]

    def keep(answers: Answers) -> None:
        given = [(line, answers[line]) for line in lines if line in answers]
        on_columns = [(column, answers[column]) for column in columns if column in answers]
        replace_text(path, with_answers(text, given, on_columns))

    return ask_in_turn(questions, keep)[1]


def _of_open_column(one: OpenColumn) -> Question:
    from hrdresearch.run.own_lists.column_answers import EMPTY, GUESS, STATE
    from hrdresearch.run.own_lists.prompts import told

    column = ", ".join(map(repr, one.columns))
    words = {
        GUESS: told("ask_guess", column=column, field=one.field, why=one.why),
        EMPTY: told("ask_empty_again", column=column),
        STATE: told("state"),
    }.get(one.key, f"{column}: {one.key} ({', '.join(one.known)})")
    does = told("enter_yes", said=one.field) if one.key == GUESS else told("enter_open")
    takes = str.upper if one.key == STATE else str.strip
    return Question(one, words, "", does, one.known, takes)


def _of_rest(n: int) -> Question:
    """Whether values of one row are asked, too."""
    from hrdresearch.run.own_lists.prompts import command_words, told

    yes, does = command_words("yes"), told("enter_rest", n=n)
    return Question(REST, told("ask_rest", n=n), "", does, yes, str.casefold)


def _of_value(line: OpenLine) -> Question:
    from functools import partial

    from hrdresearch.run.own_lists.answers import code_given
    from hrdresearch.run.own_lists.prompts import told
    from hrdresearch.run.own_lists.source_text import codes_in_words

    rows = told("rows_one" if line.rows == 1 else "rows", n=line.rows) if line.rows else ""
    about = ": ".join(filter(None, (rows, line.means)))
    return Question(
        line,
        f"{line.text!r}{about and f' ({about})'} -> {line.code}",
        "",
        told("enter_no_code") if line.code == "?" else told("enter_yes", said=line.code),
        takes=partial(code_given, line),
        above=told("ask_codes", name=line.name, codes="; ".join(codes_in_words(line.name))),
    )
