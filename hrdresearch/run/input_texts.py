"""Reads the texts of inputs, in files beside the intake sheet, to propose codes and names."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from hrdresearch.clean.paragraphs import paragraphs_of
from hrdresearch.privacy.vault import is_stored, read_stored, sealed_name
from hrdresearch.run.build_files import files_of_build
from hrdresearch.run.errors import RunError
from hrdresearch.run.incident_texts import read_incident_texts
from hrdresearch.run.steps.submissions import TEXTS
from hrdresearch.studies.ground.build import Build


@dataclass(frozen=True)
class InputText:
    """The text of one input.

    submission_id: pseudonym. record_id: identifier in the sheet. language: code of the language.
    """

    submission_id: str
    record_id: str
    language: str
    paragraphs: list[str]


def read_input_texts(build: Build) -> Iterator[InputText]:
    """Read the texts of the inputs of a build that have a file, one after the other.

    RunError names the row of the sheet if its file is missing or cannot be read.
    """
    sheet = restricted_rows(build, TEXTS)
    languages = build.table("submissions").set_index("submission_id")["submission_language_code"]
    folders = {source["slug"]: Path(source["folder"]) for source in files_of_build(build.folder)}
    for row in sheet[sheet["text_file"] != ""].to_dict("records"):
        if row["submission_id"] not in languages.index:  # withdrawn, or not covered
            continue
        file = folders[row["source"]] / row["text_file"]
        file = file if file.is_file() else sealed_name(file)
        if not file.is_file() or ".." in Path(row["text_file"]).parts:
            raise RunError(
                f"Row {row['source_row']} of {row['source']}: its text_file is not in the folder of the sheet"
            )
        texts = [t.text for t in read_incident_texts([file])]
        yield InputText(
            row["submission_id"],
            row["record_id"],
            str(languages[row["submission_id"]]),
            paragraphs_of("\n\n".join(texts)),
        )


def restricted_rows(build: Build, name: str) -> pd.DataFrame:
    """Read a restricted sheet of a build, as text; RunError if the build has no such sheet."""
    path = build.folder / "restricted" / f"{name}.csv"
    if not is_stored(path):
        raise RunError(f"This build has no sheet {name}; build {build.study} again")
    return pd.read_csv(io.BytesIO(read_stored(path)), dtype=str, keep_default_na=False)
