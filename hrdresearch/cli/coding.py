"""Commands that evaluate, train and review the coding of texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hrdresearch.cli.options import DEFAULT_WORK, Work


def evaluate(
    task: Annotated[str, typer.Argument(help="Task, such as upr-hrd, online-attack, sentence")],
    file: Annotated[Path, typer.Argument(help="Labelled file")],
    format: Annotated[str | None, typer.Option(help="Format of the labelled file")] = None,
    model: Annotated[
        Path | None,
        typer.Option(help="Folder of a trained model; without it the rules are evaluated"),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Plain values for machines")] = False,
) -> None:
    """Say how well a coder agrees with a labelled file."""
    from json import dumps

    from hrdresearch.run.tasks import load_task

    result = load_task(task, format).evaluate(file, format, model)
    text = result.pop("report")
    typer.echo(dumps(result, ensure_ascii=False, indent=1) if json else text)


def train(
    task: Annotated[str, typer.Argument(help="Task, such as upr-action, online-attack")],
    model: Annotated[Path, typer.Option(help="Folder to write the model to")],
    file: Annotated[
        Path | None,
        typer.Argument(help="Labelled file; without one, the invented cases of the project"),
    ] = None,
    format: Annotated[str | None, typer.Option(help="Format of the labelled file")] = None,
) -> None:
    """Train a coder on a labelled file, or a starting coder where the task has one (online-attack)."""
    from hrdresearch.run.sealed_lists import refuse_on_disk
    from hrdresearch.run.tasks import load_task

    if model.parent.name == "decisions":
        refuse_on_disk(model.parent.parent, model)
    if file is None:
        typer.echo(load_task(task, format, needs="start").start(model))
    else:
        typer.echo(load_task(task, format, needs="train").train(file, format, model))


def review(
    study: Annotated[str, typer.Argument(help="Study whose coding is reviewed")],
    file: Annotated[Path, typer.Argument(help="Spreadsheet to write, or filled one to read")],
    feed: Annotated[bool, typer.Option("--feed", help="Read the filled spreadsheet")] = False,
    most: Annotated[int, typer.Option(help="Rows at most")] = 200,
    next_to_label: Annotated[
        int | None,
        typer.Option(
            help="Write this many messages, those that teach a model most (online-attacks)"
        ),
    ] = None,
    training_set: Annotated[
        bool, typer.Option("--training-set", help="Write the labelled messages, for 'train'")
    ] = False,
    sample: Annotated[
        int | None,
        typer.Option(help="Write this many messages of the random sample, for a first estimate"),
    ] = None,
    work: Work = DEFAULT_WORK,
) -> None:
    """Write the review queue of a study as a spreadsheet, or read a filled one (--feed)."""
    from hrdresearch.run.reviews import load_review
    from hrdresearch.run.sealed_lists import refuse_on_disk
    from hrdresearch.studies.ground.build import current_build

    module = load_review(study)
    refuse_on_disk(work / study, file)
    if feed:
        kept = module.feed(file, work / study / "decisions")
        typer.echo(f"{kept} decisions kept; build {study} again to apply them")
    elif sample or next_to_label or training_set:
        from hrdresearch.run.reviews import export_part

        part = "sample" if sample else "next_to_label" if next_to_label else "training_set"
        asked = () if part == "training_set" else (sample or next_to_label or most,)
        rows = export_part(module, part, current_build(study, work), file, *asked)
        typer.echo(f"{rows} rows in {file}")
    else:
        typer.echo(f"{module.export(current_build(study, work), file, most)} rows in {file}")
