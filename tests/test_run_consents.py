"""Which cases of a restricted list a build takes, and who keeps a name to print. All invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from test_run_build import INVENTED, work  # noqa: F401
from test_run_withdraw import PERSON, restricted, say

from hrdresearch.privacy.consent import COLUMNS
from hrdresearch.run import consents as taking
from hrdresearch.run import make_tables as making
from hrdresearch.run.build import BuildResult, SourceFile, build
from hrdresearch.run.consents import REASON, refuse_changed_consents, show_consents
from hrdresearch.run.errors import RunError
from hrdresearch.sources import spec
from hrdresearch.studies.ground.build import current_build

CASES = [f"c{name[0]}" for name in INVENTED]
TODAY = dt.date.today()
TELLING = "the-secret-reason"


def answers(work: Path, *rows: dict[str, Any], study: str = "killings") -> Path:  # noqa: F811
    full = {
        "source": "restricted-list", "purpose": "counts", "answer": "given", "date": "2026-01-01",
        "given_by": "self", "basis": "consent",
    }  # fmt: skip
    file = work / study / "decisions" / "consents.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    frame = pd.DataFrame([dict.fromkeys(COLUMNS, "") | full | row for row in rows], columns=COLUMNS)
    frame.to_csv(file, index=False)
    return file


def built(work: Path, tmp_path: Path) -> tuple[BuildResult, list[int]]:  # noqa: F811
    made = build("killings", [restricted(tmp_path)], work, open_on_this_machine=True)
    return made, current_build("killings", work).table("cases")["source_row"].tolist()


@pytest.fixture
def each_by_consent(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list says that each case needs its own consent."""
    original = taking.without_uncovered

    def changed(made: Any, loaded: Any, *rest: Any) -> Any:
        needed = [replace(x, facts=replace(x.facts, consent="needed")) for x in loaded]
        return original(made, needed, *rest)

    monkeypatch.setattr(making, "without_uncovered", changed)


def test_the_basis_of_the_list_covers_all_but_those_who_refuse(work: Path, tmp_path: Path) -> None:  # noqa: F811
    assert built(work, tmp_path)[1] == [2, 3, 4]
    answers(
        work,
        {"case_id": CASES[0], "answer": "refused", "basis_words": TELLING},
        {"case_id": CASES[1], "not_before": "2999-01-01"},
        {"case_id": "nobody"},
    )
    made, rows = built(work, tmp_path)
    assert rows == [4]
    assert made.releases[0] == (
        "consents.csv, row(s) 4: no accepted case of the list has this case_id; correct it"
    )
    aside = pd.read_csv(made.folder / "restricted" / "set_aside.csv")
    assert aside["reason"].tolist() == [REASON] * 2 and aside["row"].tolist() == [2, 3]
    names = (made.folder / "restricted" / "names.index").read_bytes()
    assert len(names) > 0  # those who are not covered are looked for all the same
    held = [p for p in work.rglob("*") if p.is_file() and p.name != "consents.csv"]
    assert not [p for p in held if TELLING.encode() in p.read_bytes()]


def test_where_each_case_needs_consent_only_those_with_one_are_counted(
    work: Path,  # noqa: F811
    tmp_path: Path,
    each_by_consent: None,
) -> None:
    answers(
        work,
        {"case_id": CASES[0], "given_by": "next_of_kin"},
        {"case_id": CASES[1], "basis": "other", "given_by": "nobody", "basis_words": "held alone"},
        {"case_id": CASES[2], "revoked": "2026-02-01"},
    )
    assert built(work, tmp_path)[1] == [2, 3]
    whole = {"given_by": "organization", "basis": "agreement", "basis_words": "letter of 2026"}
    answers(work, whole, {"case_id": CASES[1], "answer": "refused"})
    assert built(work, tmp_path)[1] == [2, 4]
    answers(work, {**whole, "revoked": "2026-03-01"}, {"case_id": CASES[1]})
    assert built(work, tmp_path)[1] == [3]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"case_id": "cA", "date": PERSON}, "row 2: date is not written"),
        ({"case_id": "cA", "source": ""}, "row 2: source is empty"),
        ({"purpose": "shared"}, "row 2: without case_id it is about the whole list"),
        ({"case_id": "cA", "purpose": PERSON}, "row 2: purpose is none of counts"),
    ],
)
def test_a_row_that_cannot_be_read_stops_the_build_and_names_nobody(
    work: Path,  # noqa: F811
    tmp_path: Path,
    row: dict[str, str],
    why: str,
) -> None:
    answers(work, row)
    with pytest.raises(RunError, match=why) as error:
        built(work, tmp_path)
    assert "Inventada" not in str(error.value)


def test_a_consent_that_ends_makes_the_build_one_of_yesterday(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    answers(work, {"case_id": CASES[0], "expires": (TODAY + dt.timedelta(days=20)).isoformat()})
    built(work, tmp_path)
    refuse_changed_consents([current_build("killings", work)])
    with pytest.raises(RunError, match="Consents of killings have changed"):
        refuse_changed_consents([current_build("killings", work)], TODAY + dt.timedelta(days=30))


def test_a_sheet_is_begun_and_then_told_in_numbers(work: Path) -> None:  # noqa: F811
    assert "New empty sheet" in next(show_consents("killings", work))
    assert list(show_consents("killings", work)) == []
    answers(work, {"case_id": "a", "answer": "refused"}, {"case_id": "b"})
    assert list(show_consents("killings", work)) == [
        "counts: 2 answer(s), of which 1 consent(s) in force today"
    ]


def test_a_person_who_withdraws_leaves_the_sheet_of_consents(work: Path, tmp_path: Path) -> None:  # noqa: F811
    file = answers(work, {"case_id": CASES[0], "basis_words": TELLING}, {"case_id": CASES[1]})
    built(work, tmp_path)
    say(work, tmp_path)
    assert pd.read_csv(file)["case_id"].tolist() == [CASES[1]]
    assert TELLING not in file.read_text()


DETENTIONS = "case_id,name,state,arrest_date,charge,sentence,public_name,name_basis,consent_date\n"


def test_a_name_of_a_restricted_list_needs_consent_for_it_and_a_review_each_edition(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    rows = [
        f"d{n},{a}ru Kelvaridemo,Kenya,2020-01-01,terrorism,life,{a}ru K.,consent,2020-01-01\n"
        for n, a in enumerate("ABCDE")
    ]
    path = tmp_path / "detentions.csv"
    path.write_text(DETENTIONS + "".join(rows), encoding="utf-8")
    named = {"source": "detentions", "purpose": "named", "public_name": "x"}
    answers(
        work,
        {**named, "case_id": "d0", "risk_reviewed": TODAY.isoformat()},
        {**named, "case_id": "d1", "risk_reviewed": "2026-01-02"},
        {**named, "case_id": "d2", "risk_reviewed": TODAY.isoformat(), "revoked": "2026-02-01"},
        {**named, "case_id": "d3", "purpose": "story"},
        study="imprisonment",
    )
    build("imprisonment", [SourceFile("detentions", path)], work, open_on_this_machine=True)
    made = current_build("imprisonment", work)
    assert made.table("detentions")["public_name"].fillna("").tolist() == ["Aru K.", "", "", "", ""]
    assert made.table("detentions")["name_basis_code"].tolist() == ["consent"] + ["none"] * 4
    assert taking.names_to_review([made]) == 1


@pytest.mark.parametrize("given", [{"basis": "x", "consent": "needed"}, {"consent": "perhaps"}])
def test_a_source_says_of_a_restricted_list_one_basis_or_leaves_it_to_the_sheet(
    given: dict[str, str],
) -> None:
    text = Path(spec.__file__).with_name("restricted_list") / "source.yml"
    values = spec.parse_yaml(text.read_text(encoding="utf-8"))
    values = {k: v for k, v in values.items() if k != "basis"} | given
    with pytest.raises(spec.SourceFactsError, match=r"basis|perhaps is none of needed"):
        spec._check("x", values)


@pytest.mark.parametrize(
    ("study", "row", "words"),
    [
        ("online-attacks", {"source": "posts", "case_id": "m1"}, "posts takes no consents"),
        (
            "online-attacks",
            {"source": "post-persons", "case_id": "m1", "purpose": "shared"},
            "takes",
        ),
        (
            "communications",
            {"source": "register", "case_id": "l1"},
            r"public by name \(letters too\)",
        ),
        ("killings", {"source": "global-witness", "case_id": "g1"}, "hrdresearch withdraw"),
        ("killings", {"source": "restricted-lst", "case_id": "c1"}, "source is not a list"),
    ],
)
def test_an_answer_that_no_build_acts_on_is_refused_with_its_row(
    work: Path,  # noqa: F811
    study: str,
    row: dict[str, Any],
    words: str,
) -> None:
    answers(work, {"answer": "refused", "basis_words": TELLING, **row}, study=study)
    with pytest.raises(RunError, match=f"consents.csv, row 2: .*{words}") as told:
        list(show_consents(study, work))
    assert TELLING not in str(told.value) and row["case_id"] not in str(told.value)
    path = work / "list.csv"
    path.write_text("id,time,text,author\n1,2020-01-01T00:00:00Z,x,y\n", encoding="utf-8")
    with pytest.raises(RunError, match="row 2"):
        build(study, [SourceFile("posts", path)], work, open_on_this_machine=True)


def test_what_is_only_recorded_may_be_of_a_public_list(work: Path) -> None:  # noqa: F811
    answers(work, {"source": "global-witness", "case_id": "g1", "purpose": "quoted"})
    assert list(show_consents("killings", work)) == [
        "quoted: 1 answer(s), of which 1 consent(s) in force today"
    ]


def test_an_answer_of_a_list_that_is_not_here_stops_no_build_and_its_row_is_told(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    answers(work, {"case_id": "c1"}, {"source": "gone", "case_id": "c9"})
    made, _ = built(work, tmp_path)
    said = "consents.csv, row(s) 3: the source is no list shown by 'hrdresearch sources'"
    for lines in (made.releases, list(show_consents("killings", work))):
        assert any(line.startswith(said) for line in lines)
