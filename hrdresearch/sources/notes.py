"""A note on a whole file: a sentence, and the values in it, stored separately.

The report makes a claim of each number. The numbers are stored beside the sentence because a number
read back from a text may be mistaken: "of 2000 rows" would become the year 2000.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Note:
    """A sentence on a whole file, with ``{name}`` where each value stands.

    values: pairs of name and value; a whole number is a count, a text (the name of a file) is
    printed as it stands.

    >>> str(Note.of("Of {all_rows} rows, {odd} are odd.", all_rows=2000, odd=3))
    'Of 2,000 rows, 3 are odd.'
    """

    words: str
    values: tuple[tuple[str, int | str], ...] = ()

    @classmethod
    def of(cls, words: str, **values: int | str) -> Note:
        """The note with these words and values; KeyError when a value is missing."""
        words.format(**values)
        return cls(words, tuple(values.items()))

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Note:
        """Inverse of ``to_dict``."""
        return cls.of(stored["words"], **stored["values"])

    def to_dict(self) -> dict[str, Any]:
        """Plain values, for quality.json of a build."""
        return {"words": self.words, "values": dict(self.values)}

    def __str__(self) -> str:
        """The sentence as a terminal prints it."""
        values = {k: v if isinstance(v, str) else f"{v:,}" for k, v in self.values}
        return self.words.format(**values)
