"""Codes that several coders gave to the same texts: where they agree, and what a person decided.

The unit is the text: a coder gave a code to a text if the code stands at any part of it. A coder who read a
text and found no code gives it the code ``none``; a coder without a row for a text has not read it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from hrdresearch.coding.disagreements import JUDGEMENT_COLUMN, REASON_COLUMN
from hrdresearch.tables.codebook import NONE

OF_A_CODE = ["text", "code", "read_by", "given_by", "state", "holds"]
Pair = tuple[str, str]  # text and code


def settle_codes(
    codings: pd.DataFrame, decided: Mapping[Pair, bool], text: str = "text", coder: str = "coder"
) -> pd.DataFrame:
    """Return one row for each text and code that a coder gave or a person decided, and whether it holds.

    codings: one row for each text, code and coder, at any part of the text. decided: whether a code of a text
    holds, by the decision of a person, which wins over the coders. text, coder: names of these columns.
    Columns of the result: text, code, read_by and given_by (numbers of coders), state (one_coder, agreed,
    settled, disputed) and holds. A code on which coders differ does not hold before a person decides.

    >>> rows = [("a", "x", "1"), ("a", "none", "2"), ("b", "x", "1")]
    >>> given = pd.DataFrame(rows, columns=["text", "code", "coder"])
    >>> settle_codes(given, {("a", "x"): True})[["text", "state", "holds"]].to_numpy().tolist()
    [['a', 'settled', True], ['b', 'one_coder', True]]
    """
    rows = codings.rename(columns={text: "text", coder: "coder"})[["text", "code", "coder"]]
    read_by = rows.groupby("text")["coder"].nunique().to_dict()
    pairs = rows[rows["code"] != NONE].drop_duplicates()
    given = Counter(zip(pairs["text"], pairs["code"], strict=True))
    found = []
    for pair in sorted({*given, *decided}):
        readers, givers = int(read_by.get(pair[0], 0)), given[pair]
        is_disputed = pair not in decided and givers < readers
        by_several = "settled" if pair in decided else "agreed"
        state = "disputed" if is_disputed else by_several if readers > 1 else "one_coder"
        found.append((*pair, readers, givers, state, decided.get(pair, not is_disputed)))
    return pd.DataFrame(found, columns=OF_A_CODE)


def state_of_texts(
    settled: pd.DataFrame, codings: pd.DataFrame, text: str = "text", coder: str = "coder"
) -> dict[str, str]:
    """Return the state of each text: one_coder, agreed, settled or disputed; of several the last.

    settled: the table that ``settle_codes`` makes of the same codings. Texts that nobody read are left out.
    """
    readers = codings.groupby(text)[coder].nunique()
    states = {str(t): "agreed" if n > 1 else "one_coder" for t, n in readers.items()}
    for state in ("settled", "disputed"):  # the last one wins
        states |= dict.fromkeys(settled.loc[settled["state"] == state, "text"], state)
    return states


def coders_apart(settled: pd.DataFrame, codings: pd.DataFrame, text: str) -> pd.DataFrame:
    """Return a sheet of the codes on which coders differ, with an empty column for the decision.

    settled: the table that ``settle_codes`` makes of the same codings. codings: with the column ``segment``,
    the part of the text. text: name of the column of texts. The sheet names no coder.
    """
    open_ = settled[settled["state"] == "disputed"]
    parts = codings.groupby([text, "code"])["segment"].agg(
        lambda s: ", ".join(sorted({part for part in s if part}))
    )
    return open_.assign(
        segments=[parts.get(pair, "") for pair in zip(open_["text"], open_["code"], strict=True)],
        **{
            REASON_COLUMN: [
                f"given by {given} of {read} coders"
                for given, read in zip(open_["given_by"], open_["read_by"], strict=True)
            ],
            JUDGEMENT_COLUMN: "",
        },
    )[["text", "code", "segments", REASON_COLUMN, JUDGEMENT_COLUMN]]
