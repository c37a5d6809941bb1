"""The table of a finding as a pandas table for exploration: numbers as numbers, with their units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

TEXT = "text"


class CellContent(NamedTuple):
    """What a cell of a finding's table holds.

    value: the number, or None. text: the cell as a table prints it. unit: unit of its claim; "" for a
    cell that is a text.
    """

    value: float | str | None
    text: str
    unit: str = ""


def tidy_frame(columns: Mapping[str, Sequence[CellContent]]) -> pd.DataFrame:
    """Make a pandas table from the columns of a finding.

    columns: cells by the key of the column. A column of claims holds numbers, ``Int64`` or
    ``Float64``. Where a cell has no number, the value is missing and the column ``KEY_why`` says why,
    in the words of the table: withheld, not asked, not covered, not recorded. Where units differ from
    row to row, the column ``KEY_unit`` gives them. ``frame.attrs["units"]`` has the unit of each column
    of numbers.

    >>> frame = tidy_frame({
    ...     "state": [CellContent(None, "Mexico"), CellContent(None, "Peru")],
    ...     "value": [CellContent(7, "7", "victim"), CellContent(None, "withheld", "victim")],
    ... })
    >>> frame["value"].tolist(), frame["value_why"].tolist(), frame.attrs
    ([7, <NA>], ['', 'withheld'], {'units': {'value': 'victim'}})
    """
    import pandas as pd

    made: dict[str, pd.Series] = {}
    units: dict[str, str] = {}
    for key, cells in columns.items():
        numbers = [None if isinstance(cell.value, str) else cell.value for cell in cells]
        if not any(cell.unit not in ("", TEXT) for cell in cells):
            made[key] = pd.Series([cell.text for cell in cells], dtype="str")
            continue
        is_whole = all(number is None or isinstance(number, int) for number in numbers)
        made[key] = pd.Series(numbers, dtype="Int64" if is_whole else "Float64")
        if None in numbers:
            why = [cell.text if n is None else "" for n, cell in zip(numbers, cells, strict=True)]
            made[f"{key}_why"] = pd.Series(why, dtype="str")
        found = list(dict.fromkeys(cell.unit for cell in cells if cell.unit not in ("", TEXT)))
        units[key] = found[0] if len(found) == 1 else f"see {key}_unit"
        if len(found) > 1:
            made[f"{key}_unit"] = pd.Series([cell.unit for cell in cells], dtype="str")
    frame = pd.DataFrame(made)
    frame.attrs["units"] = units
    return frame
