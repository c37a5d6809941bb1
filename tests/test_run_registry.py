"""studies.yml and the notebooks: parameters agree, values are checked, folders are named."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import nbformat
import pytest

from hrdresearch.run.registry import ParameterError, parameter_slug, studies, study_entry

KILLINGS = study_entry("killings")


@pytest.mark.parametrize("slug", list(studies()))
def test_the_parameters_cell_says_what_studies_yml_says(slug: str) -> None:
    entry = study_entry(slug)
    notebook = nbformat.read(entry.notebook, as_version=4)
    cells = [c for c in notebook.cells if "parameters" in c.metadata.get("tags", [])]
    assert len(cells) == 1
    body = ast.parse(cells[0].source).body
    assert all(isinstance(node, ast.Assign) for node in body)
    written = {node.targets[0].id: ast.literal_eval(node.value) for node in body}  # type: ignore[attr-defined]
    assert written == {p.name: p.default for p in entry.parameters}


@pytest.mark.parametrize("slug", list(studies()))
def test_a_notebook_holds_prose_and_one_line_calls_and_no_output(slug: str) -> None:
    notebook = nbformat.read(study_entry(slug).notebook, as_version=4)
    assert len(notebook.cells) <= 60
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        assert cell.outputs == []
        assert cell.execution_count is None
        forbidden = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Lambda, ast.ListComp)
        assert not [n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, forbidden)]


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ({}, {"year_from": None, "state": "all"}),
        ({"year_from": "2019"}, {"year_from": 2019}),
        ({"year_from": "none"}, {"year_from": None}),
        ({"state": "COL", "sex": "female"}, {"state": "COL", "sex": "female"}),
    ],
)
def test_values_are_taken_in_their_declared_type(
    given: dict[str, str], taken: dict[str, Any]
) -> None:
    assert taken.items() <= KILLINGS.parse(given).items()


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"colour": "red"}, "has no parameter colour; it has sources, year_from"),
        ({"year_from": "soon"}, "year_from must be of type integer"),
        ({"year_from": "1066"}, "below 1900"),
        ({"state": "Colombia"}, "ISO 3166"),
        ({"sex": "x"}, "must be one of all, female"),
        ({"smallest_cell": "5"}, "successor is the plan of each restricted list"),
    ],
)
def test_a_value_that_is_not_taken_says_what_is(given: dict[str, str], complaint: str) -> None:
    with pytest.raises(ParameterError, match=complaint):
        KILLINGS.parse(given)


def test_a_folder_is_named_by_what_differs_from_the_defaults() -> None:
    assert parameter_slug(KILLINGS, KILLINGS.parse({})) == "all"
    assert parameter_slug(KILLINGS, KILLINGS.parse({"state": "COL", "year_from": 2019})) == (
        "year-from-2019--state-col"
    )


def test_a_long_name_is_cut_and_stays_unique() -> None:
    long = [
        parameter_slug(KILLINGS, KILLINGS.parse({"region_scheme": f"{'x' * 90}{n}.yml"}))
        for n in "ab"
    ]
    assert long[0] != long[1]
    assert all(len(slug) <= 80 for slug in long)


def test_a_file_is_found_from_anywhere_and_printed_without_its_folder(tmp_path: Path) -> None:
    scheme = tmp_path / "my-regions.yml"
    scheme.write_text("x")
    values = KILLINGS.parse({"region_scheme": str(scheme)})
    assert values["region_scheme"] == str(scheme.resolve())
    assert KILLINGS.public(values)["region_scheme"] == "my-regions.yml"
    assert parameter_slug(KILLINGS, values) == "region-scheme-my-regions.yml"


def test_an_unknown_study_names_those_that_exist() -> None:
    with pytest.raises(ParameterError, match="the studies are: killings"):
        study_entry("kittens")
