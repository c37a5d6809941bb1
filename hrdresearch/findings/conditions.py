"""Conditions on claims, such as ``by_sex.female.share > 10 and extent.victims >= 30``.

A condition compares a claim with a number or with another claim (``>``, ``>=``, ``<``, ``<=``,
``=``, ``!=``); ``and``, ``or``, ``not`` and parentheses join comparisons, and ``not`` binds before
``and``, ``and`` before ``or``. Nothing else can be written, so a condition never runs code.

The value of a claim that is missing, suppressed or not computable is not known. A comparison with it is
neither true nor false, but not known (Kleene's logic with three values), and never becomes "no".
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import cache

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput, VisitError
from lark.visitors import Transformer_NonRecursive

from hrdresearch.findings.model import Claim, claim_name_in_list
from hrdresearch.findings.old_names import current_name

GRAMMAR = r"""
    ?any: all | any "or" all      -> either
    ?all: one | all "and" one     -> both
    ?one: NAME SIGN (NAME | NUMBER) -> comparison
        | "not" one               -> negation
        | "(" any ")"
    SIGN: ">=" | "<=" | "!=" | ">" | "<" | "="
    NUMBER: /-?[0-9]+(\.[0-9]+)?(?![0-9a-z_.,])/
    NAME: /[a-z_][a-z0-9_]*(\.[a-z0-9_]+)*/
    %ignore /\s+/
"""
SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
}
EXAMPLE = "by_sex.female.share > 10 and extent.victims >= 30"


class ConditionError(ValueError):
    """A condition cannot be read, or compares a text; the message names the place in it."""


def condition_holds(condition: str, claims: Mapping[str, Claim], prefix: str = "") -> bool | None:
    """Whether a condition holds: True, False, or None when it is not known.

    A claim that is missing, suppressed or not computable is not known. The number as computed is
    compared, before a table rounds it. prefix: beginning of the claim names of one list
    (``by_source.<list>.``); each name is looked up with it first, then as it is written.
    ConditionError names the place that cannot be read, or the claim that is a text.

    >>> women = Claim("by_sex.female.share", 12.4, "per_cent", 31, "12", "share of women")
    >>> condition_holds("by_sex.female.share > 10", {women.name: women})
    True
    >>> condition_holds("by_sex.female.share > 10 and by_age.child.share > 0", {women.name: women}) is None
    True
    >>> condition_holds("by_sex.female.share > 50 and by_age.child.share > 0", {women.name: women})
    False
    """
    try:
        answer: bool | None = _Answer(claims, prefix).transform(_parsed(condition))
    except VisitError as error:
        if isinstance(error.orig_exc, ConditionError):
            raise ConditionError(f"In the condition {condition!r}, {error.orig_exc}") from None
        raise
    return answer


def claim_names_in_condition(condition: str) -> tuple[str, ...]:
    """Names of the claims in a condition, in order, each once; raises ConditionError.

    >>> claim_names_in_condition("not (by_sex.female.share > 10 or a.x = a.y)")
    ('by_sex.female.share', 'a.x', 'a.y')
    """
    parts = _parsed(condition).scan_values(lambda part: isinstance(part, Token))
    return tuple(dict.fromkeys(str(p) for p in parts if getattr(p, "type", "") == "NAME"))


class _Answer(Transformer_NonRecursive[Token, bool | None]):
    """Answers a parsed condition from its comparisons upwards."""

    def __init__(self, claims: Mapping[str, Claim], prefix: str) -> None:
        super().__init__()
        self.claims, self.prefix = claims, prefix

    def comparison(self, parts: list[Token]) -> bool | None:
        left, sign, right = parts
        first, second = self._number(left), self._number(right)
        return None if first is None or second is None else SIGNS[sign](first, second)

    def both(self, parts: list[bool | None]) -> bool | None:
        return False if False in parts else None if None in parts else True

    def either(self, parts: list[bool | None]) -> bool | None:
        return True if True in parts else None if None in parts else False

    def negation(self, parts: list[bool | None]) -> bool | None:
        return None if parts[0] is None else not parts[0]

    def _number(self, part: Token) -> float | None:
        if part.type == "NUMBER":
            return float(part)
        claim = self.claims.get(claim_name_in_list(part, self.prefix)) or self.claims.get(part)
        claim = claim or self.claims.get(current_name(part))
        if claim is None or claim.status != "shown" or claim.value is None:
            return None
        if isinstance(claim.value, str):
            raise ConditionError(
                f"{str(part)!r} (sign {(part.start_pos or 0) + 1}) is a text; only "
                "numbers can be compared"
            )
        return float(claim.value)


@cache
def _parser() -> Lark:
    return Lark(
        GRAMMAR, start="any", parser="lalr", lexer="basic"
    )  # basic: and, or, not are never names


@cache
def _parsed(condition: str) -> Tree[Token]:
    try:
        return _parser().parse(condition)
    except UnexpectedInput as error:
        at = error.pos_in_stream if error.pos_in_stream is not None else len(condition)
        rest = condition[at:].strip()
        is_end = getattr(getattr(error, "token", None), "type", "") == "$END" or not rest
        place = "ends too early" if is_end else f"cannot be read at sign {at + 1}, {rest[:30]!r}"
        raise ConditionError(
            f"The condition {condition!r} {place}. Compare the name of a number with a number or a "
            f"name ({' '.join(SIGNS)}), joined by and, or, not: {EXAMPLE!r}"
        ) from None
