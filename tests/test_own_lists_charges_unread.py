"""Charges and identities in words that are not read are not called not recorded; all rows are invented."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from hrdresearch.coding.pretext import code_pretexts, parts_without_code
from hrdresearch.findings.model import Finding
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.own_lists import write_source
from hrdresearch.run.unread_sentences import note_other_charges
from hrdresearch.sources import load
from hrdresearch.sources.errors import SourceFactsError
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.imprisonment.detained import DetainedPart

LIST = """No.,Nombre,Sexo,Fecha de captura,Delito,Perfil,Situación actual
1,Ana Invento Uno,F,03/02/2021,cnsp.,vilano,sigue presa
2,Beto Invento Dos,M,14/05/2021,cnsp.,periodista,sigue preso
3,Carla Invento Tres,F,25/06/2022,Sedición,vilano,sigue presa
4,Darío Invento Seis,M,26/06/2022,,periodista,sigue preso
5,Ema Invento Ocho,F,27/06/2022,cnsp.,,sigue presa
6,Flor Invento Diez,F,28/06/2022,"Sedición, vzlt.",periodista,sigue presa
"""


@pytest.fixture
def detained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DetainedPart:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "lista.csv"
    path.write_text(LIST, encoding="utf-8")
    source = write_source(path, "lista", table="detentions", state="NIC")
    source.write_text(source.read_text("utf-8") + "basis: Invented.\n", encoding="utf-8")
    files = [SourceFile("lista", path)]
    made = build("imprisonment", files, tmp_path / "work", open_on_this_machine=True)
    return DetainedPart(Build("imprisonment", made.build_id, made.folder), {})


def numbers(finding: Finding) -> dict[str, object]:
    return {claim.name: claim.value for claim in finding.claims}


def test_an_abbreviation_with_a_full_stop_is_a_charge_and_none_is_not() -> None:
    assert [p.code for p in code_pretexts("cnsp.")] == ["other"]
    assert not any(code_pretexts(none) for none in ("None.", "s/d.", "No.", "Ninguno"))


def test_a_charge_that_is_not_read_is_not_called_not_recorded(detained: DetainedPart) -> None:
    found = numbers(detained.by_pretext())
    assert (found["detained_by_pretext.other"], found["detained_by_pretext.known"]) == (3, 5)


def test_an_identity_in_words_without_a_code_is_told_with_its_rows(detained: DetainedPart) -> None:
    finding = detained.by_identity()
    told = " ".join(finding.statements)
    assert "not recorded, or recorded in words without a code, for" in told
    assert numbers(finding)["detained_by_identity.uncoded"] == 2
    assert "in words that have no code" in told


def test_a_part_of_a_cell_of_charges_that_is_not_read_is_counted_and_listed(
    detained: DetainedPart,
) -> None:
    finding = detained.by_pretext()
    told = " ".join(finding.statements)

    assert numbers(finding)["detained_by_pretext.uncoded"] == 1
    assert "in words that have no code" in told
    unread = pd.read_csv(detained.build.folder / "restricted" / "unread.csv")
    assert "Sedición, vzlt." in set(unread["text"])


def test_a_part_is_not_read_where_no_rule_has_its_words() -> None:
    assert parts_without_code("vzlt., traición") == ("vzlt.",)
    assert parts_without_code("vzlt., traición", "VEN") == ("vzlt.",)
    for read in ("sedición, traición", "traición, art. 5", "traición, s/d", "vzlt.", "traición"):
        assert parts_without_code(read) == ()


def test_a_short_form_at_the_end_of_a_charge_ends_no_sentence() -> None:
    alone, beside = "Menoscabo a la integridad nac.", "sedición + Menoscabo a la integridad nac."
    assert {p.code for p in code_pretexts(alone)} == {"national_security"}
    assert {p.code for p in code_pretexts(beside)} == {"national_security"}


def test_short_forms_of_two_words_are_explained_within_a_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    path = tmp_path / "lista.csv"
    path.write_text(LIST.replace("cnsp.", "Ley 5 + robo"), encoding="utf-8")
    source = write_source(path, "lista", table="detentions", state="NIC")
    text = source.read_text("utf-8")
    charge = 'charge: {column: Delito, means: {"ley 5": sedición}}'
    source.write_text(text.replace("charge: {column: Delito}", charge), encoding="utf-8")
    assert load("lista", path).accepted["charge_text"].tolist()[0] == "sedición + robo"

    date = "arrest_date: {means: {feb: febrero}, "
    source.write_text(text.replace("arrest_date: {", date), encoding="utf-8")
    with pytest.raises(SourceFactsError, match="means has no effect on days"):
        load("lista", path)


def test_a_check_tells_a_few_charges_without_a_code(tmp_path: Path) -> None:
    rows = pd.DataFrame({"charge_text": ["Sedición"] * 9 + ["vzlt"], "state_iso3": "NIC"})
    assert note_other_charges(rows) == []
    [note] = note_other_charges(rows, is_check=True)
    assert str(note).startswith("1 of 10 charges of this list are coded as other")
