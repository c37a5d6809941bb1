"""Labels that people gave to messages; a code that the vocabulary lacks sets the row aside."""

from __future__ import annotations

import pandas as pd

from hrdresearch.sources.sheet import Sheet
from hrdresearch.vocab import codes


def clean(sheet: Sheet) -> pd.DataFrame:
    """Rows of table ``post_labels`` with the identifier of the message."""
    kinds = sheet.text("kinds")
    allowed = set(codes("attack_kind"))
    for row, cell in kinds.items():
        if not cell or set(cell.split("|")) - allowed:
            sheet.book.set_aside(
                int(str(row)), "The kinds are not codes of vocabulary attack_kind joined by |."
            )
    kept = ~kinds.index.isin(sheet.book.rows_aside)
    return pd.DataFrame(
        {
            "record_id": sheet.text("id")[kept],
            "coder": sheet.text("coder")[kept],
            "kind_codes": kinds[kept],
            "source_row": [int(str(i)) for i in kinds.index[kept]],
        }
    )
