"""A release holds signed reports only, and a sentence is checked against it without the data."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
import yaml
from invented_reports import write_edition
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.run.errors import RunError
from hrdresearch.run.publishing.open_release import opened_release
from hrdresearch.run.publishing.verify import (
    DIFFERS,
    IN_OTHER_WORDS,
    NOT_THERE,
    STANDS,
    exit_status,
    paragraphs_of,
    verify_text,
)
from hrdresearch.run.publishing.write_release import publish_reports
from hrdresearch.run.signoff.book import book_of
from hrdresearch.run.signoff.review_report import comment, sign

NEWER = "20261130T060000Z-0a1b2c3d"
KILLED = "The invented list documents at least 1,733 defenders killed in three States."
# What version 1 of the Data Package and the Tabular Data Resource ask for.
PACKAGE = {
    "type": "object",
    "required": ["name", "resources", "profile"],
    "properties": {
        "name": {"pattern": "^[a-z0-9._/-]+$"},
        "created": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "sources": {"type": "array", "items": {"required": ["title"]}},
        "resources": {
            "minItems": 2,
            "items": {
                "required": ["name", "path", "profile", "schema", "bytes", "hash"],
                "properties": {
                    "name": {"pattern": "^[a-z0-9._/-]+$"},
                    "path": {"pattern": "^[^/.][^:]*$"},
                    "profile": {"const": "tabular-data-resource"},
                    "schema": {
                        "required": ["fields"],
                        "properties": {
                            "fields": {
                                "items": {
                                    "required": ["name", "type"],
                                    "properties": {"type": {"enum": ["string", "number"]}},
                                }
                            }
                        },
                    },
                },
            },
        },
    },
}


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Killings is signed, and a newer draft of it is not; upr is not signed."""
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    signed = write_edition(tmp_path / "reports")
    sign(signed, "desk-4", None), sign(signed, "desk-7", None)
    write_edition(tmp_path / "reports", NEWER, victims=1800)
    write_edition(tmp_path / "reports", study="upr", victims=12)
    return tmp_path / "reports"


@pytest.fixture
def release(out: Path, tmp_path: Path) -> Path:
    return publish_reports([out], tmp_path / "release.zip", None, "Office of the mandate")[0]


def members(release: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(release) as archive:
        return {n.removeprefix("release/"): archive.read(n) for n in archive.namelist()}


def test_a_release_holds_the_newest_signed_edition_of_each_report_and_says_what_it_leaves_out(
    out: Path, tmp_path: Path
) -> None:
    edition = "20261123T060000Z-0a1b2c3d"
    made, told = publish_reports([out], tmp_path / "release.zip", None)
    assert told == [
        f"Released: killings/all/{edition}",
        f"Left out: upr/all/{edition} is not published, because nobody has signed it",
    ]
    place = f"reports/killings/all/{edition}"
    assert set(members(made)) == {
        "CITATION.cff",
        "README.txt",
        "SHA256SUMS",
        "data/claims.csv",
        "data/claims.json",
        "data/claims.schema.json",
        "datapackage.json",
        f"{place}.signed.json",
        f"{place}/claims.json",
        f"{place}/manifest.json",
        f"{place}/report.html",
    }
    assert b"every person and case in these reports is invented" in members(made)["README.txt"]
    again, _ = publish_reports([out], tmp_path / "again" / "release.zip", None)
    assert again.read_bytes() == made.read_bytes()


def test_what_may_not_leave_is_refused_in_words(out: Path, tmp_path: Path) -> None:
    edition = out / "killings" / "all" / "20261123T060000Z-0a1b2c3d"
    to = tmp_path / "release.zip"

    def refused(*reports: Path) -> str:
        with pytest.raises(RunError) as why:
            publish_reports(reports, to, None)
        assert not to.exists()
        return str(why.value)

    assert "because nobody has signed it" in refused(out / "upr" / "all")
    assert "is not published, because nobody has signed it" in refused(edition, out / "upr" / "all")
    internal = write_edition(out, slug="state-ken", is_internal=True)
    assert "because it is internal" in refused(internal)
    real = write_edition(out, slug="state-col", is_demo=False)
    sign(real, "desk-4", None), sign(real, "desk-7", None)
    assert "invented cases and reports on real cases must be published separately" in refused(
        edition, real
    )
    (edition / "list-with-names.csv").write_text("x")
    assert "list-with-names.csv does not belong to this edition" in refused(edition)
    (edition / "list-with-names.csv").unlink()
    comment(edition, "1", "Wait", "desk-7", None)
    assert "comments are open on para-1" in refused(edition)
    book_of(edition).unlink()
    sign(edition, "desk-4", None), sign(edition, "desk-7", None)
    (edition / "report.html").write_text("changed")
    assert "void, because the report was changed after it" in refused(edition)
    write_edition(tmp_path / "other")
    assert "no report is signed by two different desks" in refused(tmp_path / "other")
    to.mkdir()
    with pytest.raises(RunError, match="never overwritten"):
        publish_reports([real], to, None)


def test_checksums_are_those_of_sha256sum_and_a_folder_holds_the_same(
    out: Path, tmp_path: Path
) -> None:
    folder, _ = publish_reports([out], tmp_path / "release", None)
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder, check=False
    )
    assert done.returncode == 0
    zipped, _ = publish_reports([out], tmp_path / "release.zip", None)
    here = {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }
    assert here == members(zipped)


def test_the_numbers_are_open_data_that_keeps_to_its_schema(release: Path) -> None:
    held = members(release)
    package = json.loads(held["datapackage.json"])
    jsonschema.validate(package, PACKAGE)
    for resource in package["resources"]:
        body = held[resource["path"]]
        assert (len(body), hashlib.sha256(body).hexdigest()) == (
            resource["bytes"],
            resource["hash"].removeprefix("sha256:"),
        )
    assert package["sources"] == [{"title": "Invented Institute, List of cases, 2022"}]
    rows = json.loads(held["data/claims.json"])
    schema = json.loads(held["data/claims.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(rows, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([{**rows[0], "value": "many"}], schema)
    columns = [field["name"] for field in package["resources"][0]["schema"]["fields"]]
    table = list(csv.DictReader(io.StringIO(held["data/claims.csv"].decode())))
    assert list(table[0]) == columns
    told = {row["name"]: (row["value"], row["text"], row["status"]) for row in table}
    assert told == {
        "extent.victims": ("1733", "1,733", "shown"),
        "extent.states": ("3", "three", "shown"),
        "by_sex.female": ("24.2", "24 per cent", "shown"),
        "by_sex.other": ("", "fewer than 5", "suppressed"),
    }
    assert [None if r["value"] == "" else float(r["value"]) for r in table] == [
        r["value"] for r in rows
    ]


def test_the_citation_names_who_publishes_and_each_report(release: Path) -> None:
    cited = yaml.safe_load(members(release)["CITATION.cff"])
    assert (cited["cff-version"], cited["type"]) == ("1.2.0", "dataset")
    assert cited["authors"] == [{"name": "Office of the mandate"}]
    assert "invented" in cited["title"]
    [report] = cited["references"]
    assert (report["type"], report["title"]) == ("report", "Documented killings")


def verdicts(release: Path, *texts: str) -> list[tuple[str, str]]:
    with opened_release(release) as opened:
        assert opened.problems == ()
        found = verify_text(texts, opened.reports)
    return [(n.text, n.verdict) for sentence in found.sentences for n in sentence.numbers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (KILLED, [("1,733", STANDS), ("three", STANDS)]),
        (KILLED.replace("1,733", "1733").replace("three", "3"), [("1733", STANDS), ("3", STANDS)]),
        (KILLED.replace("1,733", "1,800"), [("1,800", DIFFERS), ("three", STANDS)]),
        ("documents at least 1,733 defenders killed", [("1,733", STANDS)]),
        (
            "The invented list documents at least 1,733 defenders murdered in three States.",
            [("1,733", IN_OTHER_WORDS), ("three", IN_OTHER_WORDS)],
        ),
        ("Of them, 24 per cent were women (para. 9).", [("24", STANDS)]),
        ("Of them, 25% were women.", [("25", DIFFERS)]),
        ("Of them, 24% were women.", [("24", STANDS)]),
        ("In 2019 the moon was seen by 1,733 dogs.", [("2019", NOT_THERE), ("1,733", NOT_THERE)]),
        ("It counts whom its makers learned of.", []),
        ("1,733", []),
        ("12 defenders killed", []),
    ],
)
def test_each_number_of_a_sentence_stands_differs_or_is_not_there(
    release: Path, text: str, expected: list[tuple[str, str]]
) -> None:
    assert verdicts(release, text) == expected


def test_the_nearest_report_is_taken_where_two_print_the_same_words(
    out: Path, tmp_path: Path
) -> None:
    other = out / "upr" / "all"
    sign(other, "desk-4", None), sign(other, "desk-7", None)
    both, _ = publish_reports([out], tmp_path / "both.zip", None)
    with opened_release(both) as opened:
        found, short = verify_text([KILLED.replace("1,733", "12"), "Table 1."], opened.reports)
    assert short == 1
    assert [n.verdict for n in found[0].numbers] == [STANDS, STANDS]
    assert found[0].where == "upr/all/20261123T060000Z-0a1b2c3d, para. 1"


def test_a_release_that_was_changed_says_what(out: Path, tmp_path: Path) -> None:
    edition = out / "killings" / "all" / "20261123T060000Z-0a1b2c3d"
    folder, _ = publish_reports([edition], tmp_path / "release", None)
    page = next(folder.rglob("report.html"))
    page.write_text(page.read_text().replace("1,733", "1,633"))
    with opened_release(folder) as opened:
        first, second = opened.problems
    assert first.endswith("report.html is not the file that was released: its checksum differs")
    assert "its signatures are not valid" in second and "changed after it" in second
    sums = folder / "SHA256SUMS"  # a forger renews the checksums, and not what was signed
    old = next(line for line in sums.read_text().splitlines() if line.endswith("report.html"))
    new = hashlib.sha256(page.read_bytes()).hexdigest() + old[64:]
    sums.write_text(sums.read_text().replace(old, new))
    (folder / "more.txt").write_text("x")
    with opened_release(folder) as opened:
        assert [p.partition(":")[0] for p in opened.problems] == [
            "more.txt does not belong to this release",
            f"killings/all/{edition.name}",
        ]
    with pytest.raises(RunError, match="is not a release"), opened_release(out):
        pass
    with pytest.raises(RunError, match="cannot be read as a ZIP file"), opened_release(page):
        pass


def test_files_are_read_whatever_they_were_written_with(release: Path, tmp_path: Path) -> None:
    import pypandoc

    text = f"# A speech\n\n{KILLED}\n\nOf them, 30 per cent were women.\n"
    (tmp_path / "speech.md").write_text(text)
    (tmp_path / "speech.txt").write_text(text)
    for kind in ("docx", "html"):
        file = tmp_path / f"speech.{kind}"
        pypandoc.convert_text(text, kind, "markdown", outputfile=str(file), extra_args=["-s"])
    for kind in ("md", "txt", "docx", "html"):
        found = verdicts(release, *paragraphs_of(str(tmp_path / f"speech.{kind}")))
        assert found == [("1,733", STANDS), ("three", STANDS), ("30", DIFFERS)], kind
    with pytest.raises(RunError, match="There is no file"):
        paragraphs_of("nothing.docx")
    (tmp_path / "speech.xyz").write_text("x")
    with pytest.raises(RunError, match="is none of"):
        paragraphs_of(str(tmp_path / "speech.xyz"))


def test_the_commands_release_and_verify(out: Path, tmp_path: Path) -> None:
    to = tmp_path / "release.zip"
    done = CliRunner().invoke(app, ["publish", str(out), "--to", str(to)])
    assert done.exit_code == 0 and "Left out: upr/all/" in done.output
    said = {}
    for text in (KILLED, KILLED.replace("three", "four"), "Nobody was killed in 1850 here."):
        done = CliRunner().invoke(app, ["verify", text, "--release", str(to)])
        said[done.exit_code] = done.output
    assert set(said) == {0, 1, 2}
    assert "signed by desk-4, by label: no key shows who it was" in said[0]
    assert "  1,733: stands (extent.victims)" in said[0]
    assert "  four: differs: the release says three (extent.states)" in said[1]
    assert "  1850: not in the release" in said[2]
    assert exit_status([], ["changed"]) == 1
