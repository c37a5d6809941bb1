"""What earlier versions left: ledgers of members, open work files, exact editions. All invented."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from test_run_build import work  # noqa: F401
from test_run_withdraw import edition, restricted

from hrdresearch.privacy.vault import make_identity, seal_file, unseal_file
from hrdresearch.run.batch import read_batch
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import move_pointer, read_json, write_json
from hrdresearch.run.migrate import migrate
from hrdresearch.run.registry import ParameterError, draft_entry, new_draft
from hrdresearch.studies import open_study

CANARY = "Zorvanek Quillistrand"
OLD_POLICY = {"public_by_name": False, "smallest_cell": 5, "rounding": 1, "secondary": True}


def exact(out: Path, name: str, **changes: object) -> Path:
    folder = edition(out, name, "7 persons", ("restricted-list",))
    manifest = json.loads((folder / "manifest.json").read_text()) | {"policy": OLD_POLICY} | changes
    write_json(folder / "manifest.json", manifest)
    claims = {"a": {"status": "shown", "measure": "rows"}, "b": {"status": "suppressed"}}
    write_json(folder / "claims.json", {"claims": claims})
    return folder


def old_ledger(work: Path) -> Path:  # noqa: F811
    path = work / "killings" / "released" / "restricted-list.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [{"name": "by_year.2019", "members": [0]}]
    path.write_text(json.dumps({"schema": 1, "persons": ["0a1b2c3d4e"], "published": rows}))
    return path


def test_ledgers_go_exact_editions_move_and_what_stays_public_is_said(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    out = tmp_path / "out"
    build("killings", [restricted(tmp_path)], work, open_on_this_machine=True)
    ledger, release = old_ledger(work), work / "killings" / "released" / "restricted-list"
    today = edition(out, "1", "5 persons", ("restricted-list",))
    old = exact(out, "2")
    invented = exact(out, "3", is_demo=True)
    public = exact(out, "4", policy={**OLD_POLICY, "public_by_name": True})
    move_pointer(out / "killings" / "all" / "latest", old)

    said = "\n".join(migrate(work, out, apply=False))
    assert "Nothing was changed" in said and ledger.is_file() and old.is_dir()
    said = "\n".join(migrate(work, out, apply=True))

    assert "Ledgers of members: 1\n" in said and "lie unencrypted on the disk: 0\n" in said
    remains = (
        f"Remains public: killings/all, edition {old.name}, with 1 exact figures of restricted-"
    )
    assert remains in said and "Tell the organizations" in said
    assert "0a1b2c3d4e" not in said and not ledger.exists() and list(release.glob("*.json"))
    assert [p.exists() for p in (old, today, invented, public)] == [False, True, True, True]
    assert (out / "killings" / "all" / "latest").resolve().name == public.name
    kept = work / "killings" / "superseded" / "killings" / "all" / old.name
    assert (kept / "superseded.json").is_file() and (kept / "report.html").is_file()
    assert "Nothing of earlier versions is left" in list(migrate(work, out, apply=True))


def test_a_build_that_lies_open_since_before_the_vault_is_removed(
    work: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    made = build("killings", [restricted(tmp_path)], work, open_on_this_machine=True)
    about = read_json(made.folder / "build.json")
    write_json(
        made.folder / "build.json",
        {k: v for k, v in about.items() if k not in ("is_sealed", "lies_open")},
    )
    (work / "killings" / "parts").mkdir()
    said = "\n".join(migrate(work, tmp_path / "out", apply=True))
    assert "killings: its build was unencrypted and is removed. Seal its lists" in said
    left = {p.name for p in (work / "killings").iterdir()}
    assert left <= {"released", ".build.lock", ".released.lock"}
    assert not any(b"Inventada" in p.read_bytes() for p in work.rglob("*") if p.is_file())


def canaries(*folders: Path) -> list[str]:
    """Files that hold the planted name, open."""
    files = [p for folder in folders for p in folder.rglob("*") if p.is_file()]
    return [p.name for p in files if CANARY.encode() in p.read_bytes()]


@pytest.mark.parametrize("is_built", [True, False], ids=["sealed study", "open build of before"])
def test_an_exact_edition_is_sealed_where_it_goes_and_no_open_copy_is_left(
    work: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_built: bool,
) -> None:
    identity, out = tmp_path / "away" / "identity.txt", tmp_path / "out"
    recipient = make_identity(identity)
    monkeypatch.setenv("HRD_IDENTITY", str(identity))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    (tmp_path / "raw").mkdir()
    given = restricted(tmp_path / "raw")
    if is_built:
        given = SourceFile(given.slug, seal_file(given.path, recipient))
    made = build("killings", [given], work, open_on_this_machine=not is_built)
    if not is_built:  # as versions before the vault left it
        about = read_json(made.folder / "build.json")
        write_json(made.folder / "build.json", {**about, "is_sealed": False, "lies_open": False})
    old = exact(out, "2")
    (old / "report.html").write_text(f"<p>7 persons, {CANARY}</p>", encoding="utf-8")
    assert canaries(out) == ["report.html"]

    said = "\n".join(migrate(work, out, apply=True))

    assert "lie UNENCRYPTED" not in said and not old.exists()
    assert canaries(work, out, tmp_path / "tmp") == []
    kept = work / "killings" / "superseded" / "killings" / "all" / old.name
    assert all(p.name.endswith(".age") for p in kept.iterdir())
    assert CANARY.encode() in unseal_file(kept / "report.html.age", identity)
    assert json.loads(unseal_file(kept / "superseded.json.age", identity))["edition"] == old.name


def test_what_was_moved_without_an_identity_is_said_to_lie_open_and_sealed_by_the_next_build(
    work: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = exact(tmp_path / "out", "2")
    (old / "report.html").write_text(CANARY, encoding="utf-8")
    assert "lie UNENCRYPTED in the work folder" in "\n".join(
        migrate(work, tmp_path / "out", apply=True)
    )
    assert canaries(work) == ["report.html"]
    identity = tmp_path / "away" / "identity.txt"
    recipient = make_identity(identity)
    monkeypatch.setenv("HRD_IDENTITY", str(identity))
    (tmp_path / "raw").mkdir()
    sealed = SourceFile("restricted-list", seal_file(restricted(tmp_path / "raw").path, recipient))
    build("killings", [sealed], work)
    assert canaries(work, tmp_path / "out") == []
    assert list((work / "killings" / "superseded").rglob("report.html.age"))


def test_an_edition_of_a_damaged_manifest_or_none_is_left_for_check(tmp_path: Path) -> None:
    damaged = exact(tmp_path / "out", "1")
    (damaged / "manifest.json").write_text("{", encoding="utf-8")
    assert list(migrate(tmp_path / "work", tmp_path / "out", apply=True))[-1].startswith(
        "Nothing of"
    )
    assert damaged.is_dir()


def test_smallest_cell_in_a_notebook_names_its_successor(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="successor is the plan of each restricted list"):
        open_study("killings", work=tmp_path, smallest_cell=5)


def test_smallest_cell_in_a_batch_file_or_a_draft_names_its_successor(tmp_path: Path) -> None:
    batch = tmp_path / "batch.yml"
    batch.write_text("- study: killings\n  parameters: {smallest_cell: 5}\n", encoding="utf-8")
    with pytest.raises(
        RunError, match=r"report 1: .*successor is the plan of each restricted list"
    ):
        read_batch(batch)
    path = new_draft("killings", tmp_path / "my-draft.ipynb")
    draft = nbformat.read(path, as_version=4)
    draft.cells.insert(2, nbformat.v4.new_code_cell("smallest_cell = 10"))
    nbformat.write(draft, path)
    with pytest.raises(ParameterError, match=r"my-draft\.ipynb: .*successor is the plan"):
        draft_entry(path)
