"""What a row is: one pandera model a table, and how rows are chosen from it.

Codes of several values are joined by ``|`` (``"women|indigenous"``); ``"not_recorded"`` stands
alone and is a value of its own, never "no".
"""

from hrdresearch.tables.cases import Cases
from hrdresearch.tables.select import RowFilter, has_code, in_words, select, validate_filter

TABLES = {"cases": Cases}

__all__ = ["TABLES", "Cases", "RowFilter", "has_code", "in_words", "select", "validate_filter"]
