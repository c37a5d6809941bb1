"""Documents point to what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "data/raw/README.md", "data/processed/README.md"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_and_named_files_of_a_document_exist(name: str) -> None:
    document = REPOSITORY / name
    text = document.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    named = re.findall(r"`((?:docs|scripts|hrdresearch|data|tests|notebooks)/[\w./-]*)`", text)

    missing = [link for link in links if not (document.parent / link).exists()]
    missing += [path for path in named if not (REPOSITORY / path).exists()]

    assert missing == []


def test_commands_of_the_readme_are_commands_of_the_program() -> None:
    from hrdresearch.cli import app, sources_app, vault_app

    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    known = {c.name or c.callback.__name__ for c in app.registered_commands} | {"sources", "vault"}
    known_below = {c.name or c.callback.__name__ for c in sources_app.registered_commands}
    known_vault = {c.name or c.callback.__name__ for c in vault_app.registered_commands}

    used = set(re.findall(r"hrdresearch ([a-z]+)", text))
    below = set(re.findall(r"hrdresearch sources ([a-z]+)", text))

    assert used <= known
    assert below <= known_below
    assert set(re.findall(r"hrdresearch vault ([a-z-]+)", text)) <= known_vault


def test_make_has_the_targets_that_the_documents_name() -> None:
    targets = set(re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text(), re.MULTILINE))
    text = "".join((REPOSITORY / name).read_text(encoding="utf-8") for name in DOCUMENTS)

    named = re.findall(r"(?:^    |`)make ([a-z ]+?)(?:  |`|$)", text, re.MULTILINE)

    assert {target for names in named for target in names.split()} <= targets
