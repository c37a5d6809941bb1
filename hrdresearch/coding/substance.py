"""Substance of a reply: from the codes of two coders to one, and what counts as substantive.

A third person's decision comes first; else the two agree, or one of them alone has coded; else the
reply is disputed and is not counted as substantive until the dispute is settled.
"""

from __future__ import annotations

from hrdresearch.vocab import vocabulary

NOT_CODED, DISPUTED = "not_coded", "disputed"


def settle_reply_code(coder_a: str, coder_b: str, decided: str = NOT_CODED) -> str:
    """Code of a reply that is counted, from the codes of two coders and a third person's decision.

    >>> settle_reply_code("partial", "partial"), settle_reply_code("partial", "answers")
    ('partial', 'disputed')
    """
    if decided != NOT_CODED:
        return decided
    if NOT_CODED in (coder_a, coder_b):
        return coder_b if coder_a == NOT_CODED else coder_a
    return coder_a if coder_a == coder_b else DISPUTED


def is_substantive(code: str) -> bool:
    """True from "answers some questions" on, as the codebook says."""
    return code in vocabulary("reply_substance")["substantive"]
