"""Sentences of the UPR study: a short form for templates, and one paragraph for each source.

A number stands in a template as ``<name>``, ``<name|style>`` or, with its share, ``<name%share>``;
names are those of claims of one source. A sentence whose numbers are not all shown is not said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from hrdresearch.findings.make_claims import Population, add_claims, text_claim
from hrdresearch.findings.model import SCOPE, Claim, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    agreement_tag,
    choose_threshold,
    claim_tag,
    claims_of_sentences,
    count_with_share,
    is_printed,
    join_with_and,
    paragraphs_of_sentences,
)
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import is_tagged

TWO = 2  # are both
ROUND = (500, 300, 200, 150, 100, 75, 50, 40, 30, 25, 20, 15, 10, 5)
PLACE = re.compile(r"<([a-z0-9_.]+)(?:%([a-z0-9_.]+))?(?:\|([^>]+))?>")


class NumbersOfList:
    """The claims of one source in a finding, by their names in a report on that source alone."""

    def __init__(
        self, p: Population, claims: Iterable[Claim], *, stands_alone: bool = False
    ) -> None:
        self.p = p
        self._stands_alone = stands_alone
        self._claims = {claim.name: claim for claim in claims}

    @property
    def is_tagged(self) -> bool:
        """Whether the source tags itself what is on defenders; the text then leads with its tag."""
        return is_tagged(self.p)

    @property
    def on_defenders(self) -> str:
        """How the sentences name what is on defenders: by the tag, or by the rules of this draft.

        Where the report counts one source, its introduction says by which: "on defenders".
        """
        if self._stands_alone:
            return "on defenders"
        return f"{self.how} {'by' if self.is_tagged else 'in'} {self.p.name_in_prose}"

    @property
    def where(self) -> str:
        """In which source, where the report counts several: " in UPR Info"."""
        return "" if self._stands_alone else f" in {self.p.name_in_prose}"

    @property
    def how(self) -> str:
        """The same without the name of the source."""
        return (
            "tagged on defenders" if self.is_tagged else "on defenders by the rules of this draft"
        )

    @property
    def only_state(self) -> str:
        """ISO3 code of the State under review, where the source holds the reviews of one alone."""
        states = self.p.frame["state_iso3"].unique()
        return str(states[0]) if len(states) == 1 else ""

    def get(self, name: str) -> Claim | None:
        """The claim of this name; None where the finding has none."""
        return self._claims.get(self.p.claim_name(name)) or self._claims.get(name)

    def has(self, name: str, least: float = 1) -> bool:
        """Whether a number is shown and not below ``least``."""
        return is_printed(self.get(name), least)

    def fill_in(self, template: str) -> str:
        """The template with tags for its numbers; empty where one of them is not shown."""
        names = [match[1] for match in PLACE.finditer(template)]
        shown = all((claim := self.get(n)) and claim.status == "shown" for n in names)
        return PLACE.sub(self._tag, template) if shown else ""

    def say(self, template: str, *, is_key: bool = False) -> ListSentences:
        """A sentence; empty where its first number is zero, or one of its numbers is not shown."""
        first = PLACE.search(template)
        if first and not self.has(first[1]):
            return ListSentences()
        return ListSentences(self.fill_in(template), is_key=is_key)

    def say_listed(self, before: str, items: Sequence[str], after: str = ".") -> ListSentences:
        """A sentence that lists the items whose numbers are shown; empty without any."""
        told = [text for text in map(self.fill_in, items) if text]
        start = self.fill_in(before)
        return (
            ListSentences(f"{start}{join_with_and(told)}{after}")
            if told and start
            else ListSentences()
        )

    def say_above_a_threshold(
        self,
        name: str,
        before: str,
        items: Mapping[str, tuple[Claim | None, str]],
        *,
        what: str = "a State",
    ) -> ListSentences:
        """A sentence on those that reach a round number, in the order of ``items``.

        name: claim that holds the round number. before: beginning, with ``{least}`` in place of
        that number. items: by key, the number that is compared, and the words. what: what is named.
        """
        counts = [float(c.value or 0) for c, _ in items.values() if c and is_printed(c)]
        least = choose_threshold(counts, ROUND)
        if least is None:
            return ListSentences()
        words = f"{self.p.title}: number from which {what} is named in the text"
        claim = text_claim(self.p.claim_name(name), f"{least:,}", words, SCOPE)
        told = [self.fill_in(text) for c, text in items.values() if is_printed(c, least)]
        start = self.fill_in(before).replace("{least}", claim_tag(claim))
        return ListSentences(f"{start}{join_with_and([t for t in told if t])}.", (claim,))

    def supported(self, stem: str) -> str:
        """How many were supported, as the end of a sentence: "of which 12 were supported".

        stem: of claims ``STEM.supported``, ``.answered``, ``.asked`` and ``.supported.share``.
        """
        answered, asked = self.get(f"{stem}.answered"), self.get(f"{stem}.asked")
        if not answered or not asked or not is_printed(answered):
            return "with no position that is known"
        is_supported = self.has(f"{stem}.supported")
        if answered.value == asked.value == 1:
            return "which was supported" if is_supported else "which was not supported"
        if self.has(f"{stem}.supported", 0) and not is_supported:
            return "of which none was supported"
        supported = self.get(f"{stem}.supported")
        if supported and supported.value == answered.value == asked.value:
            return f"{'both' if answered.value == TWO else 'all'} of which were supported"
        of = "" if answered.value == asked.value else " of the <{0}.answered> with a known position"
        text = "of which <{0}.supported%{0}.supported.share>" + of
        return self.fill_in(f"{text} <{{0}}.supported|agree:was:were> supported".format(stem))

    def _tag(self, match: re.Match[str]) -> str:
        name, share, style = match.groups()
        claim = self.get(name)
        assert claim is not None
        if style and style.startswith("agree:"):
            return agreement_tag(claim, *style.split(":")[1:])
        return count_with_share(claim, self.get(share)) if share else claim_tag(claim, style or "")


def say_for_each_list(
    study: UprStudy, finding: Finding, say: Callable[[NumbersOfList], Iterable[ListSentences]]
) -> Finding:
    """Copy of a finding with a paragraph for each source, and its key sentences.

    say: makes the sentences on one source from the claims of the finding. A single sentence on a source
    has no paragraph of its own: it ends the paragraph before.
    """
    alone = len(study.populations) == 1
    told = [
        list(say(NumbersOfList(p, finding.claims, stands_alone=alone))) for p in study.populations
    ]
    said = [one for own in told for one in own]
    paragraphs: list[str] = []
    for own in map(paragraphs_of_sentences, told):
        if paragraphs and len(own) == 1:
            paragraphs[-1] += f" {own[0]}"
        elif own:
            paragraphs.append(" ".join(own))
    return replace(
        add_claims(finding, *claims_of_sentences(said)),
        statements=tuple(paragraphs),
        key_sentences=tuple(one.text for one in said if one.text and one.is_key),
    )
