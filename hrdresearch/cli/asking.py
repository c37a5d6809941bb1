"""Asks questions one after the other at the terminal: with their number, a way back, and a way to stop."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import typer

Answers: TypeAlias = Mapping[Hashable, str]


@dataclass(frozen=True)
class Question:
    """A question at the terminal.

    key: what its answer is called. enter: the answer of Enter alone, None where one is needed. does: what
    Enter does, in words. known: answers that it takes; None: any. takes: gives the answer as it is kept, or
    raises ValueError. above: an explanation, printed where that of the
    question before was another one.
    """

    key: Hashable
    words: str
    enter: str | None = None
    does: str = ""
    known: Collection[str] | None = None
    takes: Callable[[str], str] = str.strip
    above: str = ""


def ask_in_turn(
    questions: Callable[[Answers], Sequence[Question]],
    keep: Callable[[Answers], None] = lambda _: None,
) -> tuple[dict[Hashable, str], bool]:
    """Ask until all is answered; return the answers by key, and whether the user stopped before.

    questions: all questions, those answered too, as they follow from the answers so far. keep: is given the
    answers after each one. A word of ``list_prompts`` (back, stop) goes to the question before, or stops.
    """
    from hrdresearch.run.own_lists.prompts import command_words, told

    back, stop = command_words("back"), command_words("stop")
    answers: dict[Hashable, str] = {}
    at, above = 0, ""
    if questions(answers):
        typer.echo(told("ask_how"))
    while at < len(asked := questions(answers)):
        question = asked[at]
        if question.above not in ("", above):
            typer.echo(above := question.above)
        said = _typed(question, at + 1, len(asked))
        if said.casefold() in stop:
            return answers, True
        if said.casefold() in back:
            if not at:
                typer.echo(told("ask_first"))
            at = max(0, at - 1)
            answers.pop(asked[at].key, None)
        elif (answer := _accepted(question, said)) is None:
            continue
        else:
            answers[question.key] = answer
            at += 1
        keep(answers)
    return answers, False


def is_confirmed(words: str) -> bool:
    """Whether the user says yes in the language of the command; Enter alone is no."""
    from hrdresearch.run.own_lists.prompts import command_words, told

    question = Question("yes", words, "", told("enter_no"))
    return _typed(question, 1, 1).casefold() in command_words("yes")


def _typed(question: Question, number: int, of: int) -> str:
    from hrdresearch.run.own_lists.prompts import told

    place = [told("ask_number", n=number, of=of)] if of > 1 else []
    does = [f"[Enter: {question.does or question.enter}]"] if question.enter is not None else []
    words = " ".join([*place, question.words, *does])
    return str(typer.prompt(words, default="", show_default=False)).strip()


def _accepted(question: Question, said: str) -> str | None:
    """The answer as it is kept; None, with the reason on the screen, for one that is not taken."""
    from hrdresearch.run.own_lists.prompts import told

    if not said:
        if question.enter is None:
            typer.echo(told("ask_needed"))
        return question.enter
    try:
        answer = question.takes(said)
        if question.known is None or answer in question.known:
            return answer
    except ValueError:
        pass
    typer.echo(told("not_known", said=said))
    return None
