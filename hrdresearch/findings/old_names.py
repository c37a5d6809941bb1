"""Old names of numbers, kept for one version so that a researcher's own notebook goes on working."""

from __future__ import annotations

import re
import warnings
from typing import NamedTuple


class OldName(NamedTuple):
    """A name that numbers had up to a version.

    pattern: the old name, without the name of the study. now: the new name, or "" when the number
    was given up. since: version in which it changed. why: reason for a number that was given up.
    """

    pattern: str
    now: str
    since: str
    why: str = ""


OLD_NAMES = (
    OldName(r"tracked\.at_least_(\d+)\.same_charge", r"tracked.at_least_\1.persons", "0.2.0"),
    OldName(r"responses\.told_first\.(.+)", r"responses.hrd.recommendations.\1", "0.2.0"),
    OldName(r"by_source\.(\w+)\.by_source\.\1\.(accountability\..+)", r"by_source.\1.\2", "0.2.0"),
    OldName(
        r"overlap\.\w+\.\w+\.[a-z]{3}\.(names_a|names_b|shared)",
        "",
        "0.2.0",
        "persons are linked, not names compared letter for letter. Take union.pairs.LIST.LIST.both",
    ),
    OldName(r"(.*)before\.sure", r"\1before.killed", "0.2.0"),
    OldName(
        r"(.*)before\.doubtful",
        "",
        "0.2.0",
        "names that are only alike are in no number of killed persons. Take before.to_look_at",
    ),
    OldName(
        r"acknowledgements\.review_days",
        "",
        "0.2.0",
        "the acknowledgement promises no time in which a message is reviewed. Take the sentence out",
    ),
)


def current_name(name: str) -> str:
    """Name that a number has today; for a renamed number a FutureWarning says the new name.

    >>> current_name("extent.victims")
    'extent.victims'
    """
    for old in OLD_NAMES:
        now = re.sub(rf"(?:(?<=\.)|^){old.pattern}\Z", old.now, name) if old.now else name
        if now != name:
            words = (
                f"The number {name!r} is called {now!r} since version {old.since}: write that name"
            )
            warnings.warn(words, FutureWarning, stacklevel=2)
            return now
    return name


def why_given_up(name: str) -> str:
    """Why a number was given up, as the end of a sentence; "" for a name that was never given up."""
    given_up = (old for old in OLD_NAMES if re.search(rf"(?:^|\.){old.pattern}\Z", name))
    return next((f": given up in version {old.since}, because {old.why}" for old in given_up), "")
