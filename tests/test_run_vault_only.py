"""What is true of the file of a restricted list never leaves the vault: name, hash, size."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from imprisonment_builds import PUBLIC, RESTRICTED, facts, make_build
from pypdf import PdfReader
from test_run_report import Project, project  # noqa: F401

from hrdresearch.findings.model import KEPT_OPEN
from hrdresearch.privacy.build_names_index import NameEntry, build_index
from hrdresearch.privacy.keys import study_key
from hrdresearch.privacy.policy import Policy
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.execute import run
from hrdresearch.run.files import read_json, write_json

FILE, HASH = "prisoners of the north.xlsx", "5eed" * 16
DEMO = Path(__file__).resolve().parents[1] / "data" / "raw" / "demo" / "imprisonment"
COMPARE = Path(__file__).resolve().parents[1] / "scripts" / "compare_claims.py"
CELLS = [
    ("markdown", "# Prisoners\nDraft for a test"),
    ("parameters", 'state = "all"'),
    ("code", 'from hrdresearch import cite, open_study, show\nprison = open_study("imprisonment")'),
    ("code", "cite(prison.detained.extent())\nshow(prison.quality())"),
    ("markdown", "## Extent\n\n{{ detentions.total|of:detention }}."),
]


def texts_of_file(path: Path) -> Iterator[str]:
    """All that a file says: its bytes, and what is packed in it."""
    yield path.read_bytes().decode("utf-8", "replace")
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            yield from (
                archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
            )
    if path.suffix == ".pdf":
        reader = PdfReader(path)
        yield " ".join("".join(page.extract_text() for page in reader.pages).split())
        yield str(reader.metadata) + str(
            reader.xmp_metadata and reader.xmp_metadata.stream.get_data()
        )


def report_of(project: Project, tmp_path: Path, policy: Policy) -> Path:  # noqa: F811
    made = make_build(tmp_path / "work", spells=[{}] * 60, policy=policy)
    write_json(
        made.folder / "sources.json",
        [facts("list-d", "detentions", policy) | {"file": FILE, "sha256": HASH}],
    )
    names = [
        NameEntry(f"Beatrix Erfunden {chr(97 + n // 26)}{chr(97 + n % 26)}o") for n in range(9)
    ]
    index = build_index(names, study_key("imprisonment"), frozenset())
    (made.folder / "restricted").mkdir()
    index.save(made.folder / "restricted" / "names.index")
    out = project(CELLS, opened=["imprisonment"])
    return run("killings", {}, tmp_path / "work", out).folder


def test_no_file_of_an_edition_tells_the_name_or_hash_of_the_file_of_a_restricted_list(
    project: Project,  # noqa: F811
    tmp_path: Path,
) -> None:
    folder = report_of(project, tmp_path, RESTRICTED)
    told = {path.name: " ".join(texts_of_file(path)) for path in folder.iterdir()}
    for planted in (FILE, "prisoners of the north", "north.xlsx", HASH, HASH[:8]):
        assert [name for name, text in told.items() if planted in text] == []
    for name in ("report.html", "report-annexes.docx", "report-annexes.pdf", "claims.json"):
        assert KEPT_OPEN in told[name], name
    manifest = read_json(folder / "manifest.json")
    assert [(s["file"], s["sha256"]) for s in manifest["sources"]] == [(KEPT_OPEN,) * 2]
    assert manifest["names_checked"] == KEPT_OPEN


def test_of_a_public_list_name_and_hash_are_told(
    project: Project,  # noqa: F811
    tmp_path: Path,
) -> None:
    folder = report_of(project, tmp_path, PUBLIC)
    told = {path.name: " ".join(texts_of_file(path)) for path in folder.iterdir()}
    for name in ("report.html", "report-annexes.docx", "report-annexes.pdf", "claims.json"):
        assert HASH[:8] in told[name], name
    assert FILE in told["manifest.json"]


@pytest.mark.parametrize(
    ("slug", "file", "is_same"),
    [("detentions", "demo-detentions.csv", False), ("cpj-census", "demo-census.csv", True)],
)
def test_the_id_of_a_build_of_a_restricted_list_cannot_be_worked_out_without_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slug: str, file: str, is_same: bool
) -> None:
    ids = set()
    for number in range(2):
        monkeypatch.setenv("HRD_KEYS", str(tmp_path / f"keys-{number}"))
        path = DEMO / file
        made = build("imprisonment", [SourceFile(slug, path, True)], tmp_path / f"work-{number}")
        ids.add(made.build_id)
    assert (len(ids) == 1) is is_same


def compared(*folders: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, str(COMPARE), *map(str, folders)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_editions_of_a_restricted_list_are_compared_in_the_work_folder_only(tmp_path: Path) -> None:
    for name, value in (("before", 40), ("after", 45)):
        folder = tmp_path / name / "imprisonment" / "all" / "latest"
        folder.mkdir(parents=True)
        claims = {"detained.egy": {"value": value, "sources": {}}}
        write_json(folder / "claims.json", {"claims": claims})
        write_json(folder / "manifest.json", {"policy": {"public_by_name": False}})
    before, after, work = (tmp_path / name for name in ("before", "after", "work"))
    refused = compared(before, after)
    assert refused.returncode == 2 and "detained.egy" not in refused.stdout + refused.stderr
    done = compared(before, after, work)
    assert done.returncode == 1 and "detained.egy" not in done.stdout + done.stderr
    written = (work / "imprisonment" / "all" / "compared.txt").read_text()
    assert written == "detained.egy: value was 40 and is 45\n"
    for folder in (before, after):
        manifest = folder / "imprisonment" / "all" / "latest" / "manifest.json"
        manifest.write_text(json.dumps({"policy": {"public_by_name": True}}))
    assert "detained.egy: value was 40 and is 45" in compared(before, after).stdout
