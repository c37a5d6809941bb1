"""How many columns of real case lists are told right at first sight; the lists are not in the project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from hrdresearch.run.own_lists import look_at_list

KEYS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "own_list_keys.yml").read_text(encoding="utf-8")
)
OF_ATTACKS = ("us_press_freedom_tracker/incidents.csv",)
pytestmark = pytest.mark.real


def told(file: str, path: Path) -> tuple[list[bool], list[bool], list[str]]:
    """Of each column whether it is right; the same of columns that have a field; the wrong ones in words."""
    look = look_at_list(path)
    if look.table == "attacks":  # the keys are of killings and detentions
        assert file in OF_ATTACKS
        look = look_at_list(path, "detentions")  # as it was taken for when the key was made
    right, of_fields, wrong = [], [], []
    for p in look.proposals:
        key = KEYS[file]["columns"][p.column]
        key = key[look.table] if isinstance(key, dict) else key
        right.append(p.field in key)
        if "" not in key:
            of_fields.append(p.field in key)
        if p.field not in key:
            wrong.append(f"{p.column}: {p.field or 'left out'}, not {' or '.join(key)} ({p.sure})")
    return right, of_fields, wrong


def share(right: list[bool]) -> float:
    return sum(right) / len(right)


# Right of all columns, and right of those that have a field: measured when the rules were last changed.
FLOORS = {
    "seen": (1.0, 1.0),
    "unseen": (
        0.93,
        0.85,
    ),  # a column of kinds of attack is guessed as identity since detentions have it
}


@pytest.mark.parametrize("of", FLOORS)
def test_columns_of_real_lists_stay_as_right_as_they_were(
    of: str, real_data: Callable[[str], Path]
) -> None:
    files = [f for f, key in KEYS.items() if key["seen"] == (of == "seen")]
    answers = [told(f, real_data(f)) for f in files]
    right = [r for rights, _, _ in answers for r in rights]
    of_fields = [r for _, rights, _ in answers for r in rights]

    said = "\n".join(line for _, _, wrong in answers for line in wrong)
    assert (share(right) >= FLOORS[of][0], share(of_fields) >= FLOORS[of][1]) == (True, True), said
