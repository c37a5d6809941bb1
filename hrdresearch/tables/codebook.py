"""Table ``codebook``: one row for each code, with its definition and when it is used."""

from __future__ import annotations

import pandera.pandas as pa
from pandera.typing.pandas import Series

from hrdresearch.tables.table import Rows, Table
from hrdresearch.vocab import codes

NONE = "none"  # of a coder who read a text and found no code in it


def folded_code(cell: str) -> str:
    """A code as it is compared: small letters, and one underscore for spaces.

    >>> folded_code("  Access to  funding ")
    'access_to_funding'
    """
    return "_".join(cell.casefold().split())


class Codes(Rows):
    """One row for each code of the codebook that coders of inputs used."""

    source: Series[str] = pa.Field(description="Slug of the source")
    source_row: Series[int] = pa.Field(ge=1, description="Row of the file (header = row 1)")
    code: Series[str] = pa.Field(unique=True, description="Code, as it stands in the coding sheet")
    label: Series[str] = pa.Field(description="What the page prints")
    definition: Series[str] = pa.Field(description="What the code means")
    use_when: Series[str] = pa.Field(description="When it is used")
    not_when: Series[str] = pa.Field(description="When it is not used")
    submission_theme_code: Series[str] = pa.Field(
        isin=codes("submission_theme"), description="Theme that it counts as; not coded: none"
    )
    phrases: Series[str] = pa.Field(description="Phrases by which it is proposed, parted by ;")


TABLE = Table(Codes, person_column=None, year_column=None)
