"""Online attacks in an archive: how many of which kind, in which bursts, and how sure that is.

Paragraphs 7 (e), 34, 36 and 51 of A/75/165. Each finding stands in a module of
this package, and ``OnlineAttacks`` lists them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrdresearch.findings.model import Finding
from hrdresearch.studies.ground.study import Scope
from hrdresearch.studies.online_attacks.claims import OnlineStudy
from hrdresearch.studies.online_attacks.estimates import assisted_finding, prevalence_finding
from hrdresearch.studies.online_attacks.examples import examples_finding
from hrdresearch.studies.online_attacks.extent import extent_finding
from hrdresearch.studies.online_attacks.languages import (
    attacks_by_language_finding,
    languages_finding,
)
from hrdresearch.studies.online_attacks.machine import (
    coders_finding,
    machine_finding,
    machine_languages_finding,
    queue_finding,
)
from hrdresearch.studies.online_attacks.offline import offline_finding
from hrdresearch.studies.online_attacks.patterns import (
    bursts_finding,
    coordination_finding,
    synchrony_finding,
)
from hrdresearch.studies.online_attacks.rows import rows_finding


class OnlineAttacks(OnlineStudy):
    """The study over one build of tables ``posts``, ``post_labels`` and ``offline_events``."""

    def facts_of_lists(self, chosen: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The archive; labels and events are read separately."""
        return [facts for facts in chosen if facts["table"] == "posts"]

    def scope_of(self, params: Mapping[str, Any]) -> Scope:  # noqa: ARG002
        """The whole archive, whatever the parameters: its sample was drawn from the whole."""
        return Scope({}, "")

    def card(self) -> Finding:
        """Names for the prose: period, coder, and whether there are labels, events, examples."""
        archive = self.build.extras("archive")
        examples = self.build.extras("examples") or {}
        has_labels = not self.no_share_because
        flags = {
            "scope.labelled": has_labels,
            "scope.unlabelled": not has_labels,
            "scope.events": bool(len(self.events)),
            "scope.second": bool((self.build.table("post_labels")["coder"] == "second").any()),
            "scope.examples": bool(examples.get("shown")),
        }
        return self.study_card(
            {k: str(v) for k, v in self.params.items() if v is not None},
            {"period": self.period(), "coder": str(archive["coder"])},
            [flag for flag, holds in flags.items() if holds],
        )

    extent = extent_finding
    by_language = languages_finding
    attacks_by_language = attacks_by_language_finding
    prevalence = prevalence_finding
    assisted = assisted_finding
    machine = machine_finding
    machine_languages = machine_languages_finding
    queue = queue_finding
    coders = coders_finding
    patterns = bursts_finding
    coordination = coordination_finding
    synchrony = synchrony_finding
    offline = offline_finding
    examples = examples_finding
    quality = rows_finding


STUDY = OnlineAttacks
