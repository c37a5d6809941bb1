"""Inputs to calls: read, counted by input, coded by several, and no submitter on a page. All invented."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from recompute_case import claim, recompute_scripts, told

from hrdresearch.coding.coders import coders_apart, settle_codes, state_of_texts
from hrdresearch.findings import Finding
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.build_files import read_names_index
from hrdresearch.sources import SourceError, load
from hrdresearch.sources.yaml_rows import yaml_records
from hrdresearch.stats.code_agreement import agreement_by_code
from hrdresearch.studies.ground.build import Build, current_build
from hrdresearch.studies.submissions.study import Submissions
from hrdresearch.tables.codebook import NONE, folded_code

REPOSITORY = Path(__file__).resolve().parents[1]
PERSON, GROUP = "Zunela Toskamidal", "Quennaxtos Relief Circle"  # canaries: never on a page
INTAKE = f"""\
submission_id,call,received,submitter,kind,state,language,confidentiality,acknowledged,consent_to_quote,consent_to_name,consent_withdrawn
S-1,Call 1,2021-01-01,{PERSON},individual,Kenya,en,confidential,2021-01-05,2021-02-01,,
S-2,Call 1,2021-01-02,{GROUP},ngo,international,fr,public,no,no,2021-02-01,2021-03-01
S-3,Call 1,2021-01-03,Kenya,state,Kenya,en,public,yes,yes,,
S-4,Call 2,2021-03-03,Relief Circle Quennaxtos,ngo,Atlantis,pt,,2021-03-01,2021-04-01,2021-04-01,
S-5,Call 2,,,,,,,,,,
"""
CODINGS = """\
submission_id,segment,code,coder
S-1,1,Bad Law,one
S-1,4,bad law,one
S-1,2,bad law,two
S-1,3,money,two
S-2,,none,one
S-2,7,bad law,two
S-4,1,proverb,one
S-9,1,money,one
"""
CODEBOOK = """\
bad law: {label: Bad law, definition: A law that limits, theme: restrictive_laws, phrases: [new law, bill]}
money: {label: Money, definition: Limits on funds, theme: funding}
proverb: {label: Proverb, definition: A saying}
"""
REQUESTS = "call,asked_state\nCall 1,Kenya\nCall 1,Uganda\nCall 2,Kenya\nCall 1,kenya\n"


def written(folder: Path, intake: str = INTAKE, codings: str = CODINGS) -> list[SourceFile]:
    files = {
        "submissions": ("inputs.csv", intake),
        "submission-codings": ("codings.csv", codings),
        "submission-codebook": ("book.yml", CODEBOOK),
        "submission-requests": ("asked.csv", REQUESTS),
    }
    for name, text in files.values():
        (folder / name).write_text(text, encoding="utf-8")
    return [SourceFile(slug, folder / name, True) for slug, (name, _) in files.items()]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    folder = tmp_path_factory.mktemp("inputs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HRD_KEYS", str(folder / "keys"))
        build("submissions", written(folder), folder / "work")
        yield current_build("submissions", folder / "work")


@pytest.fixture
def exact(released: Build, tmp_path: Path) -> Build:
    """The same build without a release: exact numbers, for a report that does not leave."""
    home = shutil.copytree(released.folder.parent, tmp_path / "submissions")
    shutil.rmtree(home / "released")
    return Build("submissions", released.build_id, home / released.build_id)


def values(finding: Finding) -> dict[str, Any]:
    return {c.name: c.value for c in finding.claims}


def test_an_input_is_read_and_what_is_not_recorded_stays_so(tmp_path: Path) -> None:
    loaded = load("submissions", written(tmp_path)[0].path)
    columns = [
        *("record_id", "submitter_kind_code", "state_iso3", "submitter_region_code"),
        *("submission_language_code", "acknowledged_code", "waiting_days"),
        *("acknowledgement_time_code", "quote_consent_code", "name_basis_code"),
    ]
    expected = pd.DataFrame(
        [
            ("S-1", "individual", "KEN", "africa", "en", "yes", 4, "within_7_days", "yes", "none"),
            ("S-2", "ngo", None, "international", "fr", "no", 60, "not_assessed", "no", "none"),
            ("S-3", "state", "KEN", "africa", "en", "yes", None, "not_assessed", "not_recorded", "none"),
            ("S-4", "ngo", None, "not_recorded", "other", "yes", None, "not_assessed", "yes", "consent"),
            ("S-5", "not_recorded", None, "not_recorded", "not_recorded", "not_recorded", None,
             "not_assessed", "not_recorded", "none"),
        ],
        columns=columns,
    )  # fmt: skip
    expected["waiting_days"] = expected["waiting_days"].astype("Int64")
    pd.testing.assert_frame_equal(loaded.accepted[columns], expected, check_dtype=False)
    assert loaded.rows_in == 5 and len(loaded.set_aside) == 0
    said = loaded.issues[["row", "column", "what"]].to_numpy().tolist()
    assert [4, "consent_to_quote", "Consent without its day."] in said
    assert [5, "acknowledged", "Acknowledged before it came."] in said
    assert [5, "state", "No State that is known."] in said


def test_a_number_that_stands_twice_is_set_aside(tmp_path: Path) -> None:
    twice = INTAKE + INTAKE.splitlines()[1] + "\n"
    loaded = load("submissions", written(tmp_path, twice)[0].path)
    assert (loaded.rows_in, len(loaded.accepted), len(loaded.set_aside)) == (6, 5, 1)


def test_no_name_is_in_a_table_and_every_name_is_looked_for(released: Build) -> None:
    tables = "".join(released.table(t).to_csv() for t in ("submissions", "submission_codings"))
    for word in (
        PERSON,
        "Relief Circle",
        "S-1",
        ",one,",
    ):  # the group took its consent back in one row
        assert word not in tables
    index = read_names_index(released.folder)
    assert index is not None and not index.find("an input of Kenya")
    for name in (PERSON, "Z. Toskamidal", GROUP, GROUP.upper()):
        assert index.find(f"an input of {name}")


def test_who_agreed_on_a_day_is_named_everywhere_alike(tmp_path: Path, released: Build) -> None:
    agreed = INTAKE.replace("2021-02-01,2021-03-01", ",")  # nobody took anything back
    build("submissions", written(tmp_path, agreed), tmp_path / "work")
    made = current_build("submissions", tmp_path / "work")
    rows = made.table("submissions").set_index("source_row")[["public_name", "name_basis_code"]]
    assert rows.loc[[3, 5]].to_numpy().tolist() == [["Relief Circle Quennaxtos", "consent"]] * 2
    assert rows.loc[[2, 4, 6], "public_name"].tolist() == [""] * 3
    index = read_names_index(made.folder)
    assert index is not None and index.find(f"by {PERSON}")
    assert Submissions(made, {}).named().rows[0][0].text == "Relief Circle Quennaxtos"
    assert Submissions(released, {}).named().rows == ()


def test_a_submitter_under_two_orders_of_words_is_one(exact: Build) -> None:
    found = values(Submissions(exact, {}).extent())
    assert found == {"extent.inputs": 5, "extent.submitters": 4}


def test_kinds_are_crossed_with_the_regions_that_occur(exact: Build) -> None:
    found = Submissions(exact, {}).kind_by_region()
    assert [c.key for c in found.columns] == ["label", "africa", "international", "not_recorded"]
    told = {name.removeprefix("kind_by_region."): n for name, n in values(found).items() if n}
    assert told == {
        "individual.africa": 1, "state.africa": 1, "ngo.international": 1, "ngo.not_recorded": 1,
        "not_recorded.not_recorded": 1,
    }  # fmt: skip


def test_themes_count_inputs_and_a_code_that_coders_differ_on_waits(exact: Build) -> None:
    study = Submissions(exact, {})
    themes, coding = values(study.themes()), values(study.coding())
    assert themes["themes.restrictive_laws"] == 1  # S-1 twice by one and once by two; S-2 is open
    assert "themes.funding" not in themes and themes["themes.none_of_these"] == 2
    assert (themes["themes.known"], themes["themes.not_assessed"]) == (3, 2)
    assert (coding["coding.disputed"], coding["coding.one_coder"]) == (2, 1)
    assert values(study.codes()) == {"codes.bad_law": 2, "codes.money": 1, "codes.proverb": 1}
    quality = {q["slug"]: q for q in exact.extras("quality")}
    assert quality["submission-codings"]["set_aside"] == 1  # S-9 is no input of the sheet


def test_who_did_not_answer_is_told_only_of_those_asked(exact: Build) -> None:
    found = Submissions(exact, {}).asked()
    assert values(found) == {
        "asked.states": 2, "asked.requests": 3, "asked.answered": 1,
        "asked.ken.calls": 2, "asked.ken.answered": 1, "asked.uga.calls": 1, "asked.uga.answered": 0,
    }  # fmt: skip
    of_one_call = Submissions(exact, {"call": "Call 2"}).asked()
    assert values(of_one_call)["asked.answered"] == 0
    exact.folder.joinpath("submission_requests.parquet").unlink()
    exact.table("submissions").head(0)[["call", "state_iso3", "source", "source_row"]].to_parquet(
        exact.folder / "submission_requests.parquet"
    )
    nobody = Submissions(exact, {}).asked()
    assert "not recorded here" in nobody.statements[0] and nobody.rows == nobody.claims == ()


def test_too_few_read_twice_give_no_agreement_in_words(exact: Build) -> None:
    found = Submissions(exact, {}).agreement()
    assert found.rows == () and values(found) == {"agreement.read_twice": 2, "agreement.least": 20}
    assert "no agreement is stated" in found.statements[0]


def test_of_a_restricted_list_only_the_plan_leaves(released: Build) -> None:
    study = Submissions(released, {})
    closed = (study.kind_by_region(), study.by_state(), study.codes(), study.theme_by_kind())
    assert [f.rows for f in closed] == [()] * 4
    assert study.times().claims == () and study.agreement().rows == ()
    asked = {c.name: c.status for c in study.asked().claims}
    assert asked == {
        "asked.states": "shown",
        "asked.requests": "shown",
        "asked.answered": "suppressed",
    }
    rows = [[c.text for c in row if not c.claim] for row in study.quality().rows]
    assert rows[0][1:] == rows[1][1:] == ["not in the plan"] * 4  # inputs, and their codes
    assert [c.name for c in study.named().claims] == []


def test_no_finding_prints_a_submitter_or_an_identifier(released: Build, exact: Build) -> None:
    for made in (released, exact):
        study = Submissions(made, {})
        findings = (
            *(
                study.card(),
                study.extent(),
                study.by_kind(),
                study.by_region(),
                study.by_language(),
            ),
            *(study.by_handling(), study.themes(), study.coding(), study.acknowledged()),
            *(study.time_classes(), study.quotable(), study.named(), study.kind_by_region()),
            *(study.theme_by_kind(), study.theme_by_region(), study.by_state(), study.codes()),
            *(study.agreement(), study.times(), study.asked(), study.by_period(), study.quality()),
        )
        printed = repr(findings)
        assert "Kenya" in printed or made is released
        for word in (*PERSON.split(), "Quennaxtos", "S-1", "inputs.csv"):
            assert word not in printed


# -- coders --------------------------------------------------------------------------------

THREE = pd.DataFrame(
    [("a", "x", "1"), ("a", "x", "2"), ("b", "x", "1"), ("b", NONE, "2"), ("c", "y", "1"),
     ("d", NONE, "1"), ("d", NONE, "2")],
    columns=["text", "code", "coder"],
).assign(segment="3")  # fmt: skip


def test_what_a_person_settled_wins_and_the_rest_waits() -> None:
    before, after = settle_codes(THREE, {}), settle_codes(THREE, {("b", "x"): True})
    expected = pd.DataFrame(
        [("a", "x", 2, 2, "agreed", True), ("b", "x", 2, 1, "disputed", False),
         ("c", "y", 1, 1, "one_coder", True)],
        columns=before.columns,
    )  # fmt: skip
    pd.testing.assert_frame_equal(before, expected, check_dtype=False)
    assert after.loc[1, ["state", "holds"]].tolist() == ["settled", True]
    assert state_of_texts(before, THREE) == {
        "a": "agreed",
        "b": "disputed",
        "c": "one_coder",
        "d": "agreed",
    }
    sheet = coders_apart(before, THREE, "text")
    assert sheet.to_numpy().tolist() == [["b", "x", "3", "given by 1 of 2 coders", ""]]
    assert coders_apart(after, THREE, "text").empty


def test_agreement_on_a_code_is_that_of_a_computation_by_hand() -> None:
    """Ten texts, read by both: 4 times both gave it, 5 times neither, once one of them.

    Coincidences: 8 yes-yes, 10 no-no, 2 apart; observed 2/20, expected 2 x 9 x 11 / (20 x 19).
    """
    rows = [(f"t{n}", "x" if n < given else NONE, coder)
            for coder, given in (("1", 5), ("2", 4)) for n in range(10)]  # fmt: skip
    rows.append(("alone", "x", "1"))  # read by one: no part of it
    (found,) = agreement_by_code(pd.DataFrame(rows, columns=["text", "code", "coder"]))
    assert (found.texts, found.given, found.alike, found.pairs, found.share) == (10, 5, 9, 10, 90)
    assert found.alpha.value == pytest.approx(1 - (2 / 20) / (2 * 9 * 11 / (20 * 19)))
    assert found.alpha.low is None  # they differ on one text only: no interval


# -- codebook ------------------------------------------------------------------------------

SHEET = """\
code,label,definition,theme,phrases
bad law,Bad law,A law that limits,restrictive_laws,new law; bill
money,Money,Limits on funds,funding,
proverb,Proverb,A saying,,
money,Twice,Twice,,
none,N,N,,
,L,D,,
"""


def test_a_codebook_of_yaml_and_of_a_sheet_are_read_alike(tmp_path: Path) -> None:
    sheet = tmp_path / "book.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    (tmp_path / "book.yml").write_text(CODEBOOK, encoding="utf-8")
    by_sheet, by_yaml = (
        load("submission-codebook", tmp_path / f) for f in ("book.csv", "book.yml")
    )
    pd.testing.assert_frame_equal(by_sheet.accepted, by_yaml.accepted)
    assert by_yaml.accepted["code"].tolist() == ["bad_law", "money", "proverb"]
    assert by_yaml.accepted["submission_theme_code"].tolist()[2] == "not_assessed"
    assert len(by_sheet.set_aside) == 3 and by_sheet.rows_in == 6


@given(st.text(max_size=60))
def test_any_text_is_a_codebook_or_refused_in_words(text: str) -> None:
    try:
        records = yaml_records(text, "book.yml")
    except SourceError as refused:
        assert str(refused).startswith("book.yml") and len(str(refused)) < 200
    else:
        assert all(isinstance(name, str) for record in records for name in record)


@given(st.lists(st.text(st.characters(categories=["L", "N", "Zs"]), min_size=1), max_size=4))
def test_a_code_is_one_however_it_is_spaced(words: list[str]) -> None:
    folded = folded_code("  ".join(words))
    assert folded == folded_code(folded) == folded_code(" ".join(words).casefold())
    assert not any(c.isspace() for c in folded)


# -- demo and numbers ----------------------------------------------------------------------


def test_the_script_makes_the_same_invented_inputs_again(tmp_path: Path) -> None:
    script = REPOSITORY / "scripts" / "make_demo_submissions.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)
    kept = REPOSITORY / "data" / "raw" / "demo" / "submissions"
    made = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert made == {p.relative_to(kept): p.read_bytes() for p in kept.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    "name", ["times.acknowledged.d30", "times.acknowledged.d30.low", "agreement.x.alpha"]
)
def test_a_number_is_recomputed_and_a_changed_one_is_found(tmp_path: Path, name: str) -> None:
    inputs = pd.DataFrame(
        {
            "submission_id": [f"i{n}" for n in range(80)],
            "source": "submissions",
            "waiting_days": pd.array([n % 40 for n in range(60)] + [200] * 20, dtype="Int64"),
            "acknowledged_code": ["yes"] * 60 + ["no"] * 20,
        }
    )
    codings = pd.DataFrame(
        [(f"i{n}", "x" if n < given else NONE, coder)
         for coder, given in (("1", 30), ("2", 24)) for n in range(60)],
        columns=["submission_id", "code", "coder_id"],
    )  # fmt: skip
    from hrdresearch.stats.survival import aalen_johansen

    days = inputs["waiting_days"].astype(float).replace(0.0, 0.5)
    cause = inputs["acknowledged_code"].map({"yes": "acknowledged", "no": ""})
    value, low, _ = aalen_johansen([0.0] * 80, list(days), list(cause)).at(30, "acknowledged")
    (agreed,) = agreement_by_code(codings, "submission_id", "coder_id")
    right = {"d30": 100 * value, "low": 100 * low, "alpha": agreed.alpha.value}[name.split(".")[-1]]
    with recompute_scripts() as script:
        for number, expected in ((right, "agree"), (right + 0.1, "differs")):
            claims = {
                name: claim("submissions", number, f"{number:.6f}", table="submissions"),
                "extent.inputs": claim("submissions", 80, table="submissions", filter={}),
            }
            tables = {"submissions": inputs, "submission_codings": codings}
            assert told(script, tmp_path, tables, name, claims) == expected


def test_of_a_restricted_register_the_periods_count_inputs_and_not_submitters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty submitters sent 120 inputs, of which 20 have no day."""
    rows = [
        f"S-{n},Call 1,{'' if n < 20 else f'202{n % 2}-02-03'},Ooma Fenzil {n % 40},ngo,Kenya,en,public,,,,"
        for n in range(120)
    ]
    files = written(tmp_path)
    files[0].path.write_text("\n".join([INTAKE.splitlines()[0], *rows]) + "\n", encoding="utf-8")
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    build("submissions", files, tmp_path / "work")
    finding = Submissions(current_build("submissions", tmp_path / "work"), {}).by_period()
    made = values(finding)
    assert set(made) == {"by_period.2020_2021", "by_period.not_recorded"}
    assert abs(made["by_period.2020_2021"] - 100) <= 5
    assert abs(made["by_period.not_recorded"] - 20) <= 5
    assert "{{ by_period.2020_2021|of:input }} of 2020–2021 and" in finding.statements[0]
