"""Substance of a State's reply: one code from those of two coders, and whether it counts as substantive.

The decision of a third person counts first. Without one, the code counts on which both coders agree, or that
of the only one who coded. Else the reply is disputed, and not substantive until a third person decides.
"""

from __future__ import annotations

from hrdresearch.vocab import vocabulary

NOT_CODED, DISPUTED = "not_coded", "disputed"


def settle_reply_code(coder_a: str, coder_b: str, decided: str = NOT_CODED) -> str:
    """Return the code of a reply that counts, from the codes of two coders and a third person's decision.

    >>> settle_reply_code("partial", "partial"), settle_reply_code("partial", "answers")
    ('partial', 'disputed')
    """
    if decided != NOT_CODED:
        return decided
    if NOT_CODED in (coder_a, coder_b):
        return coder_b if coder_a == NOT_CODED else coder_a
    return coder_a if coder_a == coder_b else DISPUTED


def is_substantive(code: str) -> bool:
    """Whether a code counts as substantive by the codebook: "answers some questions" or more."""
    return code in vocabulary("reply_substance")["substantive"]
