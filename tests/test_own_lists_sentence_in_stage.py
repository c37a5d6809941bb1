"""Sentences that stand in the column of the stage or status are read from it; persons are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrdresearch.clean.terms_in_cells import holds_term, without_term
from hrdresearch.run.own_lists import look_at_list, write_source
from hrdresearch.run.steps.imprisonment import code_rows
from hrdresearch.sources import SourceError, load

NAMES = ("Ana Inventada", "Luis Ejemplo", "Eva Prueba", "Omar Testal", "Iris Muestra")
STAGES = {
    "es": ("s/juicio", "cond. 16 años", "condenada a 8 años", "en juicio", "cond. 16 años"),
    "ru": ("следствие", "осужден на 5 лет", "осуждена на 3 года", "суд", "осужден на 5 лет"),
    "ar": ("قيد التحقيق", "محكوم 5 سنوات", "محكوم سنتين", "محاكمة", "محكوم 5 سنوات"),
    "en": (
        "under investigation",
        "sentenced to 7y",
        "convicted, 6 months",
        "on trial",
        "sentenced to 7y",
    ),
}
YEARS = {"es": [16, 8, 16], "ru": [5, 3, 5], "ar": [5, 2, 5], "en": [7, 0.5, 7]}


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))


def written(folder: Path, head: str, cells: tuple[str, ...]) -> Path:
    rows = zip(range(1, 6), NAMES, cells, strict=True)
    lines = [f'{name},2021-03-1{n},"{cell}"' for n, name, cell in rows]
    path = folder / "list.csv"
    path.write_text("\n".join([f"Name,Date of arrest,{head}", *lines]), encoding="utf-8")
    return path


@pytest.mark.parametrize("head", ["Stage of the case", "Current status"])
@pytest.mark.parametrize("language", STAGES)
def test_lengths_beside_a_judgment_are_the_sentence_and_the_rest_the_stage(
    language: str, head: str, tmp_path: Path
) -> None:
    path = written(tmp_path, head, STAGES[language])
    source = write_source(path, "list", table="detentions", state="GTM")
    loaded = load("list", path)
    rows = code_rows(loaded.accepted)

    assert "also: sentence" in source.read_text("utf-8")
    assert rows["sentence_min_years"].dropna().tolist() == YEARS[language]
    stages = ["investigation", "final", "final", "trial", "final"]
    if head == "Stage of the case":  # a status tells the stage by whole words alone
        assert rows["proceedings_stage_code"].tolist() == stages
    assert "sentence" in loaded.facts.asked
    assert loaded.issues["done"].eq("read as the sentence").sum() == 3


def test_a_column_of_sentences_goes_before(tmp_path: Path) -> None:
    path = written(tmp_path, "Stage of the case", STAGES["en"])
    lines = path.read_text("utf-8").splitlines()
    path.write_text(
        "\n".join([f"{lines[0]},Sentence", *(f"{x},4 years" for x in lines[1:])]), "utf-8"
    )
    look = look_at_list(path, "detentions")

    assert all("also" not in p.how for p in look.proposals)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "8 años",
            "juicio, lleva 3 años",
            "condenado hace 2 años",
            "fiscal pide 8 años de condena",
        ),
        *("renewed 45 days", "осужден, сидит 3 года", "held for 2 years", "حبس احتياطي 15 يوم"),
    ],
)
def test_time_held_time_asked_for_and_bare_lengths_are_no_sentence(cell: str) -> None:
    assert not holds_term(cell)


def test_what_is_left_without_the_length_is_one_value() -> None:
    cells = ("cond. 16 años", "cond. 3 a. y 6 m.", "Cond. (24 años)")
    assert [without_term(c).casefold() for c in cells] == ["cond."] * 3


def test_also_is_for_the_stage_or_status_without_a_column_of_sentences(tmp_path: Path) -> None:
    path = written(tmp_path, "Stage of the case", STAGES["en"])
    source = write_source(path, "list", table="detentions", state="GTM")
    text = source.read_text("utf-8").replace("also: sentence", "also: charge")
    source.write_text(text, "utf-8")

    with pytest.raises(SourceError, match="also is sentence"):
        load("list", path)
