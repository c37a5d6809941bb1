"""Online attacks in an archive: how many of which kind, in which bursts, and how sure that is.

Paragraphs 7 (e), 34, 36 and 51 of A/75/165. Machine codes order a queue and form strata; every
published share is estimated from messages that people labelled, is about this archive only, and
stands with its interval. Figures that rest on fewer persons than the smallest cell are withheld;
estimated numbers are rounded to two figures, so that no subtraction gives an exact count away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor, log10
from typing import Any

import pandas as pd

from hrdresearch.findings.make import text_claim
from hrdresearch.findings.model import Cell, Claim, Column, Drawing, Finding
from hrdresearch.findings.numbers import in_table
from hrdresearch.stats.budgets import BUDGETS, wilson
from hrdresearch.stats.krippendorff import alpha
from hrdresearch.stats.prevalence import Prevalence, estimate
from hrdresearch.studies.base import Scope, Study
from hrdresearch.studies.compare import quality_finding
from hrdresearch.studies.online_patterns import offline_finding, patterns_finding
from hrdresearch.tables import has_code
from hrdresearch.vocab import codes, label, vocabulary

NOT_ATTACKS = tuple(vocabulary("attack_kind")["not_attacks"])
THREATS = tuple(vocabulary("attack_kind")["threats"])
ATTACKS = tuple(c for c in codes("attack_kind") if c not in NOT_ATTACKS)
LANGUAGES = {
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "ar": "Arabic",
    "ru": "Russian",
    "zh": "Chinese",
    "pt": "Portuguese",
}
FEWEST_LABELS = 10  # labelled messages under a precision or a recall that is printed
GROUPS = {"attack": ("any attack", ATTACKS), "threat": ("any threat", THREATS)}


class OnlineAttacks(Study):
    """The study over one build of tables ``posts``, ``post_labels`` and ``offline_events``."""

    name = "online-attacks"
    table = "posts"
    unit = "messages"
    counted = "Messages"

    def own_facts(self, chosen: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The archive; labels and events stand beside it."""
        return [facts for facts in chosen if facts["table"] == "posts"]

    def scope_of(self, params: Mapping[str, Any]) -> Scope:  # noqa: ARG002
        """The whole archive: its sample was drawn for the whole."""
        return Scope({}, "")

    @property
    def posts(self) -> pd.DataFrame:
        """Messages of the archive."""
        return self.populations[0].frame

    @property
    def labels(self) -> pd.DataFrame:
        """First coder's labels on messages of the probability sample."""
        every = self.build.table("post_labels")
        return every[every["is_sampled"] & (every["coder"] == "first")].reset_index(drop=True)

    def card(self) -> Finding:
        """Names for the prose: period, coder, and whether there are labels and events."""
        archive = self.build.extras("archive")
        has_labels = self._is_complete()
        flags = {
            "scope.labelled": has_labels,
            "scope.unlabelled": not has_labels,
            "scope.events": bool(len(self.build.table("offline_events"))),
        }
        return self.study_card(
            {k: str(v) for k, v in self.params.items() if v is not None},
            {"period": self.period(), "coder": str(archive["coder"])},
            [flag for flag, holds in flags.items() if holds],
        )

    def extent(self) -> Finding:
        """Messages, accounts, accounts addressed, languages, labels: what the archive is."""
        posts = self.posts
        facts = (
            ("messages", "Messages", "message", len(posts)),
            ("accounts", "Accounts that wrote them", "account", posts["author_id"].nunique()),
            ("targets", "Accounts or persons addressed", "account", posts["target_id"].nunique()),
            ("labelled", "Messages of the sample labelled by people", "message", len(self.labels)),
        )
        claims = [self._plain(f"extent.{k}", words, unit, int(n)) for k, words, unit, n in facts]
        rows = [[Cell(text=f[1]), Cell(claim=c.name)] for f, c in zip(facts, claims, strict=True)]
        return self.finding(
            "extent",
            "The archive and its labelled sample",
            [Column("label", "What", "label"), Column("value", "Number")],
            rows,
            claims,
            notes=(
                "What was collected decides what is in the archive; nothing is said of messages "
                "outside it.",
            ),
        )

    def by_language(self) -> Finding:
        """Messages by language identified, and the state of each vocabulary."""
        counts = self.posts["language_code"].value_counts()
        claims, rows = [], []
        for code, name in LANGUAGES.items():
            claim = self._plain(
                f"by_language.{code}", f"Messages in {name}", "message", int(counts.get(code, 0))
            )
            signed = vocabulary(f"attacks/{code}").get("signed_by")
            claims.append(claim)
            rows.append(
                [
                    Cell(text=name),
                    Cell(claim=claim.name),
                    Cell(text=f"validated by {signed}" if signed else "unvalidated"),
                ]
            )
        rest = int(counts[~counts.index.isin(list(LANGUAGES))].sum())
        claims.append(
            self._plain(
                "by_language.other",
                "Messages in other languages, or in none that can be told",
                "message",
                rest,
            )
        )
        rows.append(
            [
                Cell(text="Other, or not told"),
                Cell(claim="by_language.other"),
                Cell(text="no vocabulary"),
            ]
        )
        return self.finding(
            "by_language",
            "Messages by language, and the state of each vocabulary",
            [
                Column("label", "Language", "label"),
                Column("value", "Messages"),
                Column("status", "Vocabulary", "label"),
            ],
            rows,
            claims,
            notes=(
                "Unvalidated: no practitioner whose language it is has signed the vocabulary. "
                "The machine may miss much there; the estimates rest on labels all the same.",
            ),
        )

    def prevalence(self) -> Finding:
        """Share and number of messages of each kind, design-weighted, with intervals."""
        labels = self.labels
        if not self._is_complete():
            return self._unlabelled("prevalence", "Attacks in the archive by kind")
        kinds = {**{k: (label("attack_kind", k), (k,)) for k in ATTACKS}}
        claims, rows = [], []
        for key, (words, members) in {**GROUPS, **kinds}.items():
            holds = _any_of(labels["kind_codes"], members)
            found = estimate(holds, labels["stratum"], labels["author_id"], self._sizes())
            made = self._estimate_claims(f"prevalence.{key}", words, found, labels[holds])
            claims += made
            rows.append(
                [
                    Cell(text=words, vocabulary=None if key in GROUPS else "attack_kind"),
                    *(Cell(claim=c.name) for c in made),
                ]
            )
        columns = [
            Column("label", "Kind", "label"),
            Column("share", "Per cent of messages"),
            Column("low", "From"),
            Column("high", "To"),
            Column("total", "Estimated messages"),
            Column("total_low", "At least"),
            Column("total_high", "At most"),
        ]
        return self.finding(
            "prevalence",
            "Attacks in the archive by kind, estimated from the labelled sample",
            columns,
            rows,
            claims,
            drawing=Drawing("intervals", "label", ("share", "low", "high")),
            notes=(
                "Weighted by the design of the sample; accounts are clusters; intervals of 95 per "
                "cent. A message may be of several kinds. About this archive only.",
                "Numbers of messages are rounded to two figures.",
            ),
        )

    def machine(self) -> Finding:
        """Precision and recall of the coder a kind and language, against people, weighted."""
        labels = self.labels
        if not self._is_complete():
            return self._unlabelled("machine", "How well the coder agrees with people")
        weight = labels["stratum_size"] / labels["stratum"].map(labels["stratum"].value_counts())
        claims, rows = [], []
        for language, name in (("all", "All languages"), *LANGUAGES.items()):
            part = labels if language == "all" else labels[labels["language_code"] == language]
            for key, (words, members) in GROUPS.items():
                said = _any_of(part["machine_codes"], members)
                true = _any_of(part["kind_codes"], members)
                if min(int(said.sum()), int(true.sum())) < FEWEST_LABELS:
                    continue
                made = [
                    *self._share_claims(
                        f"machine.{language}.{key}.precision",
                        f"{name}, {words}: precision",
                        true[said],
                        weight[said.index][said],
                    ),
                    *self._share_claims(
                        f"machine.{language}.{key}.recall",
                        f"{name}, {words}: recall",
                        said[true],
                        weight[true.index][true],
                    ),
                ]
                claims += made
                rows.append(
                    [Cell(text=name), Cell(text=words), *(Cell(claim=c.name) for c in made)]
                )
        columns = [
            Column("label", "Language", "label"),
            Column("kind", "Kind", "label"),
            Column("precision", "Precision, per cent"),
            Column("p_low", "From"),
            Column("p_high", "To"),
            Column("recall", "Recall, per cent"),
            Column("r_low", "From"),
            Column("r_high", "To"),
        ]
        return self.finding(
            "machine",
            "How well the coder agrees with people, on this archive",
            columns,
            rows,
            claims,
            notes=(
                "Precision: of what the coder marked, the share that people marked too. Recall: "
                "of what people marked, the share that the coder marked. Weighted by the design; "
                "languages with too few labelled messages are not shown.",
            ),
        )

    def queue(self) -> Finding:
        """Threats in the first part of the queue, and those missed, from the unqueued sample."""
        labels = self.labels
        if not self._is_complete():
            return self._unlabelled("queue", "Threats found at review budgets")
        score = labels.merge(self.posts[["post_id", "score"]], on="post_id")["score"]
        weight = labels["stratum_size"] / labels["stratum"].map(labels["stratum"].value_counts())
        threat = _any_of(labels["kind_codes"], THREATS)
        claims, rows = [], []
        for budget in BUDGETS:
            limit = self.posts["score"].nlargest(max(1, int(budget * len(self.posts)))).min()
            made = self._share_claims(
                f"queue.first_{round(100 * budget)}",
                f"Threats in the first {round(100 * budget)} per cent of the queue",
                (score >= limit)[threat.to_numpy()],
                weight[threat],
            )
            claims += made
            rows.append(
                [
                    Cell(text=f"First {round(100 * budget)} per cent of the queue"),
                    *(Cell(claim=c.name) for c in made),
                ]
            )
        return self.finding(
            "queue",
            "Share of all threats that a reviewer meets, by part of the queue read",
            [
                Column("label", "Part read", "label"),
                Column("share", "Per cent of threats"),
                Column("low", "From"),
                Column("high", "To"),
            ],
            rows,
            claims,
            drawing=Drawing("intervals", "label", ("share", "low", "high")),
            notes=(
                "Threats that the coder missed are counted too: messages that nothing was found "
                "in are part of the sample.",
            ),
        )

    def coders(self) -> Finding:
        """Krippendorff's alpha of two people who labelled the same messages."""
        table = self.build.table("post_labels").pivot(
            index="post_id", columns="coder", values="kind_codes"
        )
        claims, rows = [], []
        if table.shape[1] == 2:
            both = table.dropna()
            for key, (words, members) in GROUPS.items():
                found = alpha(both.apply(lambda c, m=members: _any_of(c, m).astype(float)))
                made = [
                    self._ratio(f"coders.{key}", f"Alpha, {words}", found.value),
                    self._ratio(f"coders.{key}.low", f"Alpha, {words}: lower end", found.low),
                    self._ratio(f"coders.{key}.high", f"Alpha, {words}: upper end", found.high),
                ]
                number = self._plain(
                    f"coders.{key}.messages",
                    "Messages that two people labelled",
                    "message",
                    found.units,
                )
                claims += [*made, number]
                rows.append([Cell(text=words), *(Cell(claim=c.name) for c in (*made, number))])
        return self.finding(
            "coders",
            "Agreement of two people who labelled the same messages",
            [
                Column("label", "Question", "label"),
                Column("alpha", "Krippendorff's alpha"),
                Column("low", "From"),
                Column("high", "To"),
                Column("messages", "Messages"),
            ],
            rows,
            claims,
            notes=("1: full agreement; 0: as by chance. Intervals of 95 per cent by bootstrap.",),
        )

    def patterns(self) -> Finding:
        """Bursts against the baseline of each account; near-identical messages of many accounts."""
        return patterns_finding(self)

    def offline(self) -> Finding:
        """Attacks near events off line of the same person, against chance; surveillance first."""
        return offline_finding(self)

    def quality(self) -> Finding:
        """Rows of each file: read, accepted, set aside."""
        return quality_finding(self)

    # -- shared with the patterns ----------------------------------------------------------

    def is_withheld(self, persons: int, value: int) -> bool:
        """Whether a figure rests on fewer persons than the smallest cell."""
        return value > 0 and persons < self.policy.smallest_cell

    def _plain(self, name: str, definition: str, unit: str, value: int) -> Claim:
        """A count of the archive itself; small ones are withheld."""
        base: dict[str, Any] = {
            "name": name,
            "unit": unit,
            "definition": definition,
            "measure": "archive",
            "table": "posts",
            "sources": tuple(p.slug for p in self.populations),
        }
        if 0 < value < self.policy.smallest_cell:
            return Claim(
                **base,
                value=None,
                rows=None,
                status="suppressed",
                text=f"fewer than {self.policy.smallest_cell}",
            )
        return Claim(**base, value=value, rows=value, text=in_table(value, unit))

    def _estimate_claims(
        self, name: str, words: str, found: Prevalence, positive: pd.DataFrame
    ) -> list[Claim]:
        persons = min(int(positive["target_id"].nunique()), int(positive["author_id"].nunique()))
        hidden = self.is_withheld(persons, found.positives)
        low, high = found.total_interval
        values = (
            ("", "share of messages", 100 * found.share, "per_cent"),
            (".low", "lower end of the share", 100 * found.low, "per_cent"),
            (".high", "upper end of the share", 100 * found.high, "per_cent"),
            (".total", "estimated messages", _two(found.total), "message"),
            (".total_low", "estimated messages, at least", _two(low), "message"),
            (".total_high", "estimated messages, at most", _two(high), "message"),
        )
        return [
            self._estimated(f"{name}{k}", f"{words}: {d}", v, u, hidden) for k, d, v, u in values
        ]

    def _share_claims(
        self, name: str, words: str, holds: pd.Series, weight: pd.Series
    ) -> list[Claim]:
        """A weighted share with Wilson's interval on the effective number of messages."""
        w, y = weight.to_numpy(dtype=float), holds.to_numpy(dtype=float)
        share = float((w * y).sum() / w.sum()) if w.sum() else 0.0
        effective = int(w.sum() ** 2 / (w**2).sum()) if len(w) else 0
        interval = wilson(round(share * effective), effective)
        hidden = len(w) < FEWEST_LABELS
        values = ((".share", share), (".low", interval.low or 0.0), (".high", interval.high or 1.0))
        return [
            self._estimated(f"{name}{k}", words, 100 * v, "per_cent", hidden) for k, v in values
        ]

    def _estimated(self, name: str, words: str, value: float, unit: str, hidden: bool) -> Claim:
        base: dict[str, Any] = {
            "name": name,
            "unit": unit,
            "definition": words,
            "measure": "estimate",
            "table": "post_labels",
            "sources": tuple(p.slug for p in self.populations),
        }
        if hidden:
            return Claim(**base, value=None, rows=None, text="withheld", status="suppressed")
        number = value if unit == "per_cent" else int(value)
        text = f"{value:.1f}" if unit == "per_cent" else in_table(number, unit)
        return Claim(**base, value=number, rows=None, text=text)

    def _ratio(self, name: str, words: str, value: float | None) -> Claim:
        base: dict[str, Any] = {
            "name": name,
            "unit": "coefficient",
            "definition": words,
            "measure": "estimate",
        }
        if value is None:
            return Claim(
                **base, value=None, rows=None, text="not computable", status="not_computable"
            )
        return Claim(**base, value=round(value, 2), rows=None, text=f"{value:.2f}")

    def _sizes(self) -> dict[str, int]:
        return {str(k): int(v) for k, v in self.build.extras("archive")["strata"].items()}

    def _is_complete(self) -> bool:
        """Whether every stratum has labels, so that something can be said of the archive."""
        return set(self._sizes()) <= set(self.labels["stratum"])

    def _unlabelled(self, name: str, title: str) -> Finding:
        return self.finding(
            name,
            title,
            (),
            (),
            (
                text_claim(
                    f"{name}.missing", "not estimated", "Strata of the sample have no labels yet"
                ),
            ),
        )


def _any_of(cells: pd.Series, members: Sequence[str]) -> pd.Series:
    """Whether a cell of joined codes holds any of the codes."""
    held = pd.Series(False, index=cells.index)
    for code in members:
        held |= has_code(cells, code)
    return held


def _two(value: float) -> int:
    """Rounded to two figures."""
    if value <= 0:
        return 0
    size = 10 ** max(0, floor(log10(value)) - 1)
    return int(round(value / size) * size)


STUDY = OnlineAttacks
