"""UPR: wordings of this project for drafting States, each with one act that can be checked."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files

from hrdresearch.findings.model import Cell, Finding
from hrdresearch.studies.shapes.count_tables import code_cell, text_columns
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.vocab.reference import parse_yaml


@cache
def model_wordings() -> tuple[dict[str, str], ...]:
    """Each wording with its code of request, what would show that it was done, and its paragraph."""
    text = files("hrdresearch.studies.upr").joinpath("model_wordings.yml").read_text("utf-8")
    return tuple(parse_yaml(text))


def wordings(study: UprStudy) -> Finding:
    """Model wordings of this project; none names a State or a person, or asks for a release."""
    rows = [
        (
            code_cell("upr_ask", entry["ask"]),
            Cell(text=entry["wording"]),
            Cell(text=entry["check"]),
            Cell(text=entry["paragraph"]),
        )
        for entry in model_wordings()
    ]
    finding = study.finding(
        "wordings",
        "Model wordings for drafting States, by this project",
        text_columns(
            label="What is asked",
            wording="Wording",
            check="What would show that it was done",
            paragraph="Paragraph of A/75/165",
        ),
        rows,
        (),
        unit="",
        notes=(
            "Wordings of this project for the decision of those who draft; they are quoted from no "
            "recommendation and say nothing on whether it would be supported.",
        ),
    )
    return replace(finding, sources=(), period="")  # of this project, from no source of the report
