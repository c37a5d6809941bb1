"""How far several coders agree on each code of a codebook: Krippendorff's alpha, and the plain share.

The unit is the text, because texts are counted: a coder gave a code to a text if the code stands at any
part of it. A coder who read a text and found nothing gives the code ``none``. Agreement is not truth:
coders may be wrong together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from hrdresearch.stats.krippendorff import Alpha, krippendorff_alpha
from hrdresearch.tables.codebook import NONE

FEWEST_READ_TWICE = 20  # texts that two coders read, below which no agreement is stated


@dataclass(frozen=True)
class CodeAgreement:
    """How far coders agree on one code, over the texts that two coders or more read.

    texts: number of these texts. given: texts to which at least one coder gave the code. pairs: pairs of
    coders, counted in each text that both read. alike: pairs with the same answer.
    """

    code: str
    texts: int
    given: int
    alike: int
    pairs: int
    alpha: Alpha

    @property
    def share(self) -> float | None:
        """Pairs with the same answer, in per cent."""
        return 100 * self.alike / self.pairs if self.pairs else None


def agreement_by_code(
    codings: pd.DataFrame, text: str = "text", coder: str = "coder"
) -> list[CodeAgreement]:
    """Agreement on each code: Krippendorff's alpha with its interval, and the share of like answers.

    codings: a row for each code that a coder gave to a part of a text. The interval is a bootstrap over
    texts. Codes are in alphabetical order; the list is empty where no text was read by two coders.
    """
    readers = codings.groupby(text)[coder].nunique()
    twice = codings[codings[text].isin(readers[readers > 1].index)]
    if twice.empty:
        return []
    has_read = pd.crosstab(twice[text], twice[coder]) > 0
    return [
        _agreement(code, twice[twice["code"] == code], has_read, text, coder)
        for code in sorted(set(twice["code"]) - {NONE})
    ]


def _agreement(
    code: str, given: pd.DataFrame, has_read: pd.DataFrame, text: str, coder: str
) -> CodeAgreement:
    answers = (pd.crosstab(given[text], given[coder]) > 0).reindex_like(has_read).fillna(False)
    coded = answers.astype(float).where(has_read)
    pairs = [coded[list(two)].dropna() for two in combinations(coded.columns, 2)]
    return CodeAgreement(
        code=code,
        texts=len(coded),
        given=int((coded == 1).any(axis=1).sum()),
        alike=sum(int((p.iloc[:, 0] == p.iloc[:, 1]).sum()) for p in pairs),
        pairs=sum(map(len, pairs)),
        alpha=krippendorff_alpha(coded),
    )
