"""Exports of UPR Info: other names of columns, other encodings, columns that are not there."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from word_files import table, word_file

from hrdresearch.run.errors import RunError
from hrdresearch.run.tasks import upr_action, upr_hrd
from hrdresearch.sources import SourceError, load

ROWS = pd.DataFrame({
    "To": ["Fiji", "Fiji", "Kenya", "Kenya"],
    "Text": ["Protect human rights defenders", "Ratify the Conventíon", "Consider a law on defenders",
             "Abolish the death penalty"],
    "From": ["Norway", "&#40;Unknown&#41;", "Côte d'Ivoire", "Chile"],
    "Response": ["Accepted", "Noted", "Noted", "Accepted"],
    "Action": ["4", "5", "3", "5"],
    "Issue": ["Human rights defenders,Other", "Other", "Human rights defenders", "Other"],
    "Session": ["18", "18", "19", "20"],
})  # fmt: skip
KEYS = {"precision", "recall", "f1", "accuracy", "macro_f1", "per_class", "confusion"}
SPREADSHEET = {"To": "SuR", "Text": "Recommendation", "From": "RS"}
LONG = {"To": "State under Review", "Text": "Recommendation", "From": "Recommending State",
        "Issue": "Issues", "Action": "Action Category"}  # fmt: skip


def written(path: Path, rows: pd.DataFrame, **how: str) -> Path:
    if path.suffix == ".xlsx":
        rows.to_excel(path, index=False)
    else:
        rows.to_csv(path, index=False, **how)
    return path


@pytest.mark.parametrize(
    ("name", "rows", "how"),
    [
        ("utf8.csv", ROWS, {}),
        ("marked.csv", ROWS, {"encoding": "utf-8-sig"}),
        ("mac.csv", ROWS, {"encoding": "mac_roman", "lineterminator": "\r"}),
        ("semicolons.csv", ROWS, {"sep": ";"}),
        ("tabs.tsv", ROWS, {"sep": "\t"}),
        ("sheet.xlsx", ROWS, {}),
        ("names.xlsx", ROWS.rename(columns=SPREADSHEET), {}),
        ("names.csv", ROWS.rename(columns=SPREADSHEET), {}),
        ("long.csv", ROWS.rename(columns=LONG), {}),
        ("lower.csv", ROWS.rename(columns=str.lower), {}),
        ("floats.csv", ROWS.assign(Action=ROWS["Action"] + ".0"), {}),
    ],
)
def test_an_export_is_read_whatever_its_encoding_and_names(
    tmp_path: Path, name: str, rows: pd.DataFrame, how: dict[str, str]
) -> None:
    file = written(tmp_path / name, rows, **how)
    found = load("upr-info", file).accepted
    assert found["text"].tolist() == ROWS["Text"].tolist()
    assert found["recommending"].tolist() == ["NOR", "", "CIV", "CHL"]
    assert found["source_action_code"].tolist() == ["4", "5", "3", "5"]
    hrd, action = (
        upr_hrd.evaluate(file, "upr-info", None),
        upr_action.evaluate(file, "upr-info", None),
    )
    assert set(hrd) >= KEYS and set(action) >= KEYS
    assert (hrd["f1"], action["accuracy"], hrd["n"]) == (1.0, 1.0, 4)


def test_a_label_that_the_file_does_not_hold_is_asked_for(tmp_path: Path) -> None:
    without = written(tmp_path / "a.csv", ROWS.drop(columns="Issue"))
    assert upr_action.evaluate(without, "upr-info", None)["accuracy"] == 1.0
    with pytest.raises(RunError, match="no column Issue"):
        upr_hrd.evaluate(without, "upr-info", None)
    without = written(tmp_path / "b.csv", ROWS.drop(columns="Action"))
    with pytest.raises(RunError, match="no column Action"):
        upr_action.evaluate(without, "upr-info", None)
    with pytest.raises(SourceError, match="'Response' is missing"):
        load("upr-info", written(tmp_path / "c.csv", ROWS.drop(columns="Response")))
    with pytest.raises(RunError, match="labelled"):
        upr_hrd.evaluate(written(tmp_path / "d.csv", ROWS.head(0)), "upr-info", None)


def test_themes_of_a_matrix_are_labels_of_defenders_but_of_no_action(tmp_path: Path) -> None:
    rows = [
        ["Recommendation", "Position", "Full list of themes"],
        ["9.1. Protect defenders (Chile)", "Supported", "H1 Human rights defenders"],
        ["9.2. Build wells (Peru)", "Noted", "E2 Water"],
    ]
    file = word_file(tmp_path / "Fiji.docx", table(rows))
    assert upr_hrd.evaluate(file, "ohchr-matrix", None)["f1"] == 1.0
    with pytest.raises(RunError, match="no action category"):
        upr_action.evaluate(file, "ohchr-matrix", None)


def test_agreement_over_few_states_carries_no_interval(tmp_path: Path) -> None:
    assert "intervals" not in upr_hrd.evaluate(
        written(tmp_path / "few.csv", ROWS), "upr-info", None
    )
    states = ["Fiji", "Kenya", "Chile", "Peru", "Mali", "Oman", "Cuba", "Togo", "Chad", "Nepal"]
    many = pd.concat([ROWS.assign(To=state) for state in states])
    found = upr_hrd.evaluate(written(tmp_path / "many.csv", many), "upr-info", None)
    assert found["f1"] == 1 and "intervals" not in found  # all agree: an interval would be 1 to 1


@pytest.mark.parametrize("answer", ["No Response", "General Response"])
def test_an_answer_that_a_state_did_not_give_is_not_recorded_and_not_noted(
    tmp_path: Path, answer: str
) -> None:
    file = tmp_path / "index.csv"
    file.write_text("To,Text,From,Response,Action,Issue,Session\r"
                    f"Fiji,Ratify the treaty,Chile,{answer},5,Other,1\r", newline="")  # fmt: skip
    assert load("upr-info", file).accepted["response_code"].tolist() == ["not_recorded"]
