"""A report of one claim, for the tests of the script that recomputes numbers."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

SCRIPTS = Path(__file__).resolve().parents[1] / "scripts"
IN_VAULT = "kept in the vault"


@contextmanager
def recompute_scripts() -> Iterator[Any]:
    """The script ``recompute_numbers.py`` as a module; its neighbours are forgotten afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(SCRIPTS))
        import recompute_numbers

        yield recompute_numbers
    for name in [n for n in sys.modules if n.startswith("recompute_") and n != __name__]:
        del sys.modules[name]


def claim(study: str, value: Any, text: str = "", **fields: Any) -> dict[str, Any]:
    """A claim as a report writes it; value: its number."""
    made = {"study": study, "value": value, "text": text or str(value), "unit": "message"}
    made |= {"table": "posts", "measure": "computed", "filter": {}, "status": "shown"}
    return made | {"sources": {"posts": IN_VAULT}} | fields


def told(
    script: Any,
    folder: Path,
    tables: Mapping[str, pd.DataFrame],
    name: str,
    claims: Mapping[str, Any],
    records: Mapping[str, Any] | None = None,
) -> str:
    """What the script says of the number of one claim of an invented report."""
    for key, content in (records or {}).items():
        (folder / f"{key}.json").write_text(json.dumps(content), encoding="utf-8")
    report = script.Report(dict(claims), name, dict(tables), folder, folder)
    return str(script.told(report).partition(":")[0])
