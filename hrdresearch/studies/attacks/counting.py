"""How attacks are counted: a row for each incident and victim; persons are counted once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrdresearch.findings.make_claims import CountDraft

PERSON = "person_id"  # a person in several incidents is one person
IS_PERSON = {"attack_victim_code": "person"}


def attacks_draft(name: str, words: str, filter_: Mapping[str, Any]) -> CountDraft:
    """A count of attacks; an attack is one incident on one victim."""
    return CountDraft(name, words, filter_, "attack")
