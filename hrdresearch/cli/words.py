"""The command ``words``: words on a page that are also names in a list, such as "May"."""

from __future__ import annotations

from typing import Annotated

import typer

from hrdresearch.cli.options import DEFAULT_WORK, Work, passphrase_of_desk


def words(
    study: Annotated[str, typer.Argument(help="Study whose report was stopped")],
    work: Work = DEFAULT_WORK,
    accept: Annotated[int | None, typer.Option(help="Number of the question to accept")] = None,
    desk: Annotated[str, typer.Option(help="Label of your desk (desk-4), never a name")] = "",
    show: Annotated[
        bool, typer.Option("--show", help="Print the words too (restricted machine only)")
    ] = False,
) -> None:
    """List words of a page that are also names in the list ("May"), or accept one for a release.

    A word may be printed when two different desks accept it, in this place of this release only.
    """
    from hrdresearch.run import accepted_words
    from hrdresearch.run.build_files import read_names_index
    from hrdresearch.studies.ground.build import current_build

    home = work / study
    if accept is not None:
        accepted_words.accept_word(home, accept, desk, passphrase_of_desk(desk))
    questions = accepted_words.word_questions(home)
    index = read_names_index(current_build(study, work).folder) if show else None
    shown = accepted_words.show_words(questions, index) if index else {}
    for number, q in enumerate(questions, start=1):
        state = f"accepted by {', '.join(q.desks)}" if q.desks else "open"
        state += "" if q.is_accepted or not q.desks else "; one more desk is needed"
        word = f" {shown.get(q.word, '(not a word of this version)')!r}" if show else ""
        typer.echo(f"{number}. {q.release} {q.file}, {q.carrier}:{word} {state}")
    still_open = sum(not q.is_accepted for q in questions)
    typer.echo(f"{still_open} open")
    if not still_open:
        typer.echo(
            "Only words that the program itself prints on pages are listed here. If a run was stopped "
            "for another word, its message says where the word stands; see docs/how-to/own-list.md"
        )
