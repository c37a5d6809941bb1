"""Several coders of the same texts: what they agree on, and what a person settled.

The unit is the text: a coder gave a code to a text where it stands at any of its parts. A coder who read a
text and found no code says so by the code ``none``; whoever has no row of a text has not read it.
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
    """A row for each text and code that somebody gave or decided, and whether it holds.

    codings: one row a text, code and coder, at any part of the text. decided: what a person settled; it
    wins. text, coder: names of these columns. Columns of the result: text, code, read_by and given_by
    (coders), state (one_coder, agreed, settled, disputed) and holds. A code on which coders differ does not
    hold before it is settled.

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
        if pair in decided:
            state, holds = ("settled" if readers > 1 else "one_coder"), decided[pair]
        elif readers == givers:
            state, holds = ("agreed" if readers > 1 else "one_coder"), True
        else:
            state, holds = "disputed", False
        found.append((*pair, readers, givers, state, holds))
    return pd.DataFrame(found, columns=OF_A_CODE)


def state_of_texts(
    settled: pd.DataFrame, codings: pd.DataFrame, text: str = "text", coder: str = "coder"
) -> dict[str, str]:
    """How far the codes of each text are settled; texts that nobody read are not in it.

    settled: as ``settle_codes`` gives it, of the same codings.
    """
    readers = codings.groupby(text)[coder].nunique()
    states = {str(t): "agreed" if n > 1 else "one_coder" for t, n in readers.items()}
    for state in ("one_coder", "settled", "disputed"):  # the last one wins
        texts = settled.loc[settled["state"] == state, "text"]
        states |= {t: state for t in texts if state != "one_coder" or t not in states}
    return states


def coders_apart(settled: pd.DataFrame, codings: pd.DataFrame, text: str) -> pd.DataFrame:
    """Sheet of the codes on which coders differ: where each was given, and room for the decision.

    settled: as ``coders.settle_codes`` gives it. codings: of the same texts, with their part (``segment``).
    text: name of the column of texts. No coder is named.
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
