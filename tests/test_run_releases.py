"""From a restricted list to a report: internal until two desks approve, then rounded and in OUT."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.privacy.release_key import sign_manifest
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.check import check
from hrdresearch.run.errors import RunError
from hrdresearch.run.execute import RunResult, run
from hrdresearch.run.files import read_json, write_json
from hrdresearch.run.internal import figures_that_wait
from hrdresearch.run.release_desk import approve_release, show_releases, withdraw_approval
from hrdresearch.run.releases import update_releases, write_release
from hrdresearch.run.rows import rows_of_claim
from hrdresearch.sources.registry import _package_specs, get_spec
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.ground.releases import read_releases, released

LINE = "case-{n},2021-03-0{day},{state},Aru{n} Keldemo,{sex},smear,online,treaty_body,raised,yes"
HEAD = "case_number,reported,state,name,sex,forms,space,bodies,status,letter"


def ledger(folder: Path, persons: int) -> SourceFile:
    rows = [
        LINE.format(n=n, day=n % 9 + 1, state="Peru", sex="female" if n % 3 else "male")
        for n in range(persons)
    ]
    path = folder / "ledger.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return SourceFile("reprisals-ledger", path)


def approve(work: Path, desk: str) -> str:
    """Look, then approve with the code at the end of what was shown."""
    code = list(show_releases("reprisals", work, desk))[-1].rpartition(" ")[2]
    return approve_release("reprisals", work, desk, code)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.delenv("HRD_IDENTITY", raising=False)
    return tmp_path / "work"


def test_a_report_is_internal_until_two_desks_approve_its_figures(
    work: Path, tmp_path: Path
) -> None:
    made = build("reprisals", [ledger(tmp_path, 83)], work, open_on_this_machine=True)
    assert any("before 2 desks have looked and agreed" in line for line in made.releases)
    out = tmp_path / "out"

    told: list[str] = []
    inside = run("reprisals", {}, work, out, tell=told.append, with_pdf=False)
    assert told == [
        "reprisals-ledger: two desks have not approved its figures (hrdresearch release), so the "
        "report will be internal"
    ]
    assert inside.folder.is_relative_to(work / "reprisals" / "internal")
    assert not list(out.rglob("*.html"))
    assert "may not leave the machine" in (inside.folder / "report.html").read_text("utf-8")
    assert read_json(inside.folder / "claims.json")["claims"]["extent.persons"]["value"] == 83

    with pytest.raises(RunError, match="names a desk and not a person"):
        list(show_releases("reprisals", work, "Ana"))
    assert approve(work, "desk-1").endswith("1 more desk(s) must approve")
    assert approve(work, "desk-1").endswith("1 more desk(s) must approve")
    assert approve(work, "desk-2").endswith("may leave")

    published = run("reprisals", {}, work, out)
    assert published.folder.is_relative_to(out)
    claims = read_json(published.folder / "claims.json")["claims"]
    assert claims["extent.persons"]["value"] % 5 == 0
    assert abs(claims["extent.persons"]["value"] - 83) <= 9
    counts = [c["value"] for c in claims.values() if c["measure"].startswith(("rows", "distinct"))]
    assert all(n is None or n % 5 == 0 for n in counts)

    real = current_build("reprisals", work).build_id
    edition = read_releases(work / "reprisals", "reprisals-ledger")[-1].edition
    manifest = read_json(published.folder / "manifest.json")
    assert manifest["build_id"] == f"figures of {edition}" and "-" in published.edition
    for path in published.folder.iterdir():
        data = path.read_bytes()
        if path.suffix == ".docx":
            with zipfile.ZipFile(path) as package:
                data = b"".join(map(package.read, package.namelist()))
        assert real[:8].encode() not in data and real[:8] not in path.parent.name
    rows = rows_of_claim(published.folder, "extent.persons", work)
    assert len(rows) == 83  # the desk finds the build in its own folder
    told = []
    narrow = run("reprisals", {"year_from": 2021}, work, out, tell=told.append, with_pdf=False)
    assert told == [
        "reprisals-ledger: this scope is outside the plan of the list, so the report will be internal"
    ]
    assert_is_no_release(narrow, work)
    assert check(published.folder, work).exit_code == 0 and narrow.folder.is_relative_to(
        work / "reprisals" / "internal"
    )


def assert_is_no_release(made: RunResult, work: Path) -> None:
    """An internal report is marked, carries no signature, and never passes as one that may leave."""
    assert (made.is_internal, made.signed_by) == (True, "")
    assert read_json(made.folder / "manifest.json")["is_internal"] is True
    assert not (made.folder / "signature.json").exists()
    found = check(made.folder, work)
    assert found.exit_code == 1 and found.signature == ""
    [problem] = found.problems
    assert problem.startswith("Internal, must not leave")
    signature = sign_manifest((made.folder / "manifest.json").read_bytes())
    write_json(made.folder / "signature.json", signature)
    assert "yet it is signed like a release" in check(made.folder, work).problems[0]


def test_figures_stand_until_the_next_edition_whatever_is_built(work: Path, tmp_path: Path) -> None:
    build("reprisals", [ledger(tmp_path, 80)], work, open_on_this_machine=True)
    [made] = read_releases(work / "reprisals", "reprisals-ledger")
    made = replace(made, approved={"desk-1": made.digest})  # somebody has seen them
    write_release(work / "reprisals", "reprisals-ledger", made)
    first = read_releases(work / "reprisals", "reprisals-ledger")
    build("reprisals", [ledger(tmp_path, 140)], work, open_on_this_machine=True)
    assert read_releases(work / "reprisals", "reprisals-ledger") == first

    opened = current_build("reprisals", work)
    later = dt.date.fromisoformat(first[-1].edition) + dt.timedelta(days=400)
    assert len(list(update_releases(opened, later))) == 2
    both = read_releases(work / "reprisals", "reprisals-ledger")
    assert len(both) == 2 and both[1].cells[";"] > both[0].cells[";"]
    assert both[1].approved == {}  # each edition is looked at anew
    assert figures_that_wait([opened]) == []  # of the first one nothing has left
    approved = dict.fromkeys(("desk-1", "desk-2"), both[0].digest)
    write_release(work / "reprisals", "reprisals-ledger", replace(both[0], approved=approved))
    assert figures_that_wait([opened]) == [
        f"reprisals-ledger: the figures of {both[0].edition} are printed; those of {both[1].edition} "
        "wait for two desks (hrdresearch release reprisals)"
    ]
    seen = pd.read_parquet(work / "reprisals" / "released" / "reprisals-ledger" / "seen.parquet")
    assert len(seen[seen["area"] == ""]) == 140


def test_first_figures_follow_the_list_until_a_desk_has_approved_them(
    work: Path, tmp_path: Path
) -> None:
    """Else the figures of a trial would leave under the name that the real list has got."""
    for people in (80, 140):
        build("reprisals", [ledger(tmp_path, people)], work, open_on_this_machine=True)
        [made] = read_releases(work / "reprisals", "reprisals-ledger")
        assert abs(made.cells[";"] - people) <= 5  # rounded by chance
    seen = pd.read_parquet(work / "reprisals" / "released" / "reprisals-ledger" / "seen.parquet")
    assert len(seen[seen["area"] == ""]) == 140


def test_figures_fixed_before_a_code_existed_are_printed_and_the_code_has_none(
    work: Path, tmp_path: Path
) -> None:
    new = ";sex_code=nonbinary"
    build("reprisals", [ledger(tmp_path, 80)], work, open_on_this_machine=True)
    [made] = read_releases(work / "reprisals", "reprisals-ledger")
    assert new in made.cells
    earlier = replace(made, cells={c: n for c, n in made.cells.items() if not c.endswith(new)})
    write_release(work / "reprisals", "reprisals-ledger", earlier)
    assert approve(work, "desk-1") and approve(work, "desk-2").endswith("may leave")

    longer = ledger(tmp_path, 140)
    text = longer.path.read_text(encoding="utf-8").replace(",male,", ",nonbinary,")
    longer.path.write_text(text, encoding="utf-8")
    build("reprisals", [longer], work, open_on_this_machine=True)
    published = run("reprisals", {}, work, tmp_path / "out", with_pdf=False)
    claims = read_json(published.folder / "claims.json")["claims"]
    of_sex = {name: claim for name, claim in claims.items() if "sex_code" in claim["filter"]}
    told = [c for c in of_sex.values() if c["filter"]["sex_code"] == "nonbinary"]
    assert [c["value"] for c in told if c["status"] == "shown"] == []
    assert claims["by_sex.male"]["value"] == earlier.cells[";sex_code=male"]
    assert claims["by_sex.known"]["value"] == earlier.cells[";"]
    assert check(published.folder, work).exit_code == 0

    opened = current_build("reprisals", work)
    later = dt.date.fromisoformat(made.edition) + dt.timedelta(days=400)
    assert list(update_releases(opened, later))
    after = read_releases(work / "reprisals", "reprisals-ledger")[-1]
    assert after.cells[new] > 0


def test_a_desk_approves_what_it_was_shown_and_may_take_that_back(
    work: Path, tmp_path: Path
) -> None:
    build("reprisals", [ledger(tmp_path, 80)], work, open_on_this_machine=True)
    code = list(show_releases("reprisals", work, "desk-1"))[-1].rpartition(" ")[2]
    for desk, given in (("desk-2", code), ("desk-1", "0" * 10)):
        with pytest.raises(RunError, match="Nothing was approved: the code does not fit"):
            approve_release("reprisals", work, desk, given)
    approve_release("reprisals", work, "desk-1", code)
    assert list(withdraw_approval("reprisals", work, "desk-1")) == [
        "reprisals-ledger: desk-1 has withdrawn its approval"
    ]
    assert read_releases(work / "reprisals", "reprisals-ledger")[-1].approved == {}
    approve(work, "desk-1"), approve(work, "desk-2")
    with pytest.raises(RunError, match="has approved nothing of reprisals that is still open"):
        list(withdraw_approval("reprisals", work, "desk-2"))
    asked = ["release", "reprisals", "--work", str(work), "--desk", "desk-1", "--approve", code]
    again = CliRunner().invoke(app, asked)
    assert again.exit_code != 0 and "no figures of reprisals are open" in str(again.exception)


def test_a_desk_sees_contributors_and_spellings_of_one_are_one(work: Path, tmp_path: Path) -> None:
    head = (
        "case_id,date,state,name,sex,age,identity,cause,perpetrator,defender,motive,threats,"
        "accountability,contributor"
    )
    spelled = ["Río-Sur, Red", "Red Rio Sur", "RED RÍO SUR", "Red  Río. Sur", "Otra"]
    rows = [
        f'{n},2021-05-03,COL,Aru{n} Keldemo,female,{12 + n},,,,,,,,"{spelled[n % 5]}"'
        for n in range(60)
    ]
    path = tmp_path / "list.csv"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    made = build("killings", [SourceFile("restricted-list", path)], work, open_on_this_machine=True)
    told = list(show_releases("killings", work))
    at = told.index("  for the desk only: 2 contributor(s), the largest has about 80%")
    assert told[at + 1].startswith("  Look: one organization has most cases")
    [children] = [line for line in told if "Children counted" in line]
    assert (
        "over the whole list: about 5. The printed figure (age group: Child) may differ" in children
    )
    assert not any(line.startswith("Colombia") for line in told)  # of two contributors only
    names = pd.read_csv(made.folder / "restricted" / "contributor_names.csv")
    assert names["spellings"].tolist() == [
        "RED RÍO SUR; Red Rio Sur; Red Río. Sur; Río-Sur, Red", "Otra"
    ]  # fmt: skip


def test_a_desk_reads_each_text_that_is_printed_and_a_change_of_one_voids_the_approval(
    work: Path, tmp_path: Path
) -> None:
    made = build("reprisals", [ledger(tmp_path, 83)], work, open_on_this_machine=True)
    place = made.folder / "sources.json"
    facts = read_json(place)
    told = list(show_releases("reprisals", work))
    for key in ("title", "publisher", "definition", "coverage", "citation", "licence"):
        assert f"  {key}: {facts[0][key]}" in told
    assert f"  policy.reason: {facts[0]['policy']['reason']}" in told
    assert (
        "  Look: does a text reveal who shared the list, who is on it, or where a case happened?"
        in told
    )
    approve(work, "desk-1"), approve(work, "desk-2")
    opened = current_build("reprisals", work)
    assert released(opened, "reprisals-ledger") is not None and not list(update_releases(opened))

    facts[0]["remarks"] = {"sex_code": "Told by the women of one village."}
    write_json(place, facts)
    assert released(opened, "reprisals-ledger") is None
    assert list(update_releases(opened)) == [
        "reprisals-ledger: texts that are printed with the figures changed; show them to nobody outside "
        "before 2 desks have looked and agreed: hrdresearch release reprisals"
    ]
    assert released(opened, "reprisals-ledger") is None and not list(update_releases(opened))
    told = list(show_releases("reprisals", work))
    assert "  remarks.sex_code: Told by the women of one village." in told
    approve(work, "desk-1"), approve(work, "desk-2")
    assert released(opened, "reprisals-ledger") is not None


def test_an_earlier_edition_does_not_leave_with_texts_that_nobody_approved(
    work: Path, tmp_path: Path
) -> None:
    made = build("reprisals", [ledger(tmp_path, 83)], work, open_on_this_machine=True)
    approve(work, "desk-1"), approve(work, "desk-2")
    facts = read_json(made.folder / "sources.json")
    write_json(made.folder / "sources.json", [{**facts[0], "title": "A list of one village"}])
    opened = current_build("reprisals", work)
    list(update_releases(opened, dt.date.today() + dt.timedelta(days=400)))
    first, second = read_releases(work / "reprisals", "reprisals-ledger")
    assert first.is_approved and not second.is_approved
    assert released(opened, "reprisals-ledger") is None
    told = list(show_releases("reprisals", work))
    assert f"  title: A list of one village (before: {facts[0]['title']})" in told


def test_a_name_of_the_list_in_a_text_of_its_source_yml_is_refused_at_the_build(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = get_spec("reprisals-ledger")
    remark = {"extent": "The case of Aru7 Keldemo is the best known."}
    named = replace(spec, facts=replace(spec.facts, remarks=remark))
    monkeypatch.setitem(_package_specs(), "reprisals-ledger", named)
    with pytest.raises(
        RunError, match=r"reprisals-ledger, remarks\.extent: reports print this text"
    ) as told:
        build("reprisals", [ledger(tmp_path, 20)], work, open_on_this_machine=True)
    assert "Keldemo" not in str(told.value)
