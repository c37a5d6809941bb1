"""The words that a table cell prints instead of a number; none of them means zero or "no"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hrdresearch.findings.model import Cell, Claim
from hrdresearch.findings.publication_limits import FEWEST_KNOWN, FEWEST_KNOWN_RESTRICTED
from hrdresearch.privacy.policy import FEWEST_SHOWN

NONE, NOT_ASKED, NOT_COVERED = "none", "not asked", "not covered"
NOT_RECORDED, NOT_KNOWN, WITHHELD = "not recorded", "not known", "withheld"
NO_CLASS, NO_SHARE, NO_INTERVAL = "no such class", "no share", "no interval"
BY_DEFINITION = "by definition"
FEW = f"fewer than {FEWEST_SHOWN}"  # in a restricted list; zero is one of the possible numbers
NOT_IN_PLAN = "not in the plan"
NO_LINK, NOT_YET, TOO_FEW = "no link given", "not yet", "too few"

MEANINGS = {
    NONE: "the list holds no such case, which does not mean that there was none",
    NOT_ASKED: "the file read has no field for this, which says nothing either way",
    NOT_COVERED: "the place or the time lies outside what the list covers, which does not mean none",
    NOT_RECORDED: "the list asks for this and has no answer",
    WITHHELD: "a number that is not shown, to protect persons",
    NOT_IN_PLAN: "not among the numbers that leave a list shared in confidence, which says nothing of "
    "how large it is",
    NO_CLASS: "the list does not use this class; whether it has such a case is not known",
    TOO_FEW: "the list holds too few to compare with, which says nothing about those it does not hold",
    NOT_YET: "the day that the list gives is after the cut-off",
    NO_LINK: "no list was given that ties persons of the archive to other builds, so none was read",
    NO_SHARE: "a share is stated of known cases only, where the fact is known for at least "
    f"{FEWEST_KNOWN} of a public list ({FEWEST_KNOWN_RESTRICTED} of a restricted one) and for at "
    "least half of those asked",
    NO_INTERVAL: "too few reviews, States or differences of coders, or answers too far apart, for "
    "an interval that says something",
}


def explain_empty_cells(
    rows: Iterable[Sequence[Cell]], claims: Iterable[Claim] = ()
) -> tuple[str, ...]:
    """Write the note that explains the words which a table prints instead of numbers.

    rows: cells of the table. claims: the claims that the cells name. Returns a tuple of one text, or an
    empty one when no cell holds such a word.
    """
    texts = {claim.name: claim.text for claim in claims if claim.status == "not_computable"}
    cells = [cell for row in rows for cell in row if not cell.vocabulary]
    words = {texts.get(cell.claim, "") if cell.claim else cell.text for cell in cells}
    explained = [f"“{word}”: {meaning}" for word, meaning in MEANINGS.items() if word in words]
    return (f"{'; '.join(explained)}.",) if explained else ()
