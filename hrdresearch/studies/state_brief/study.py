"""A brief on one State or region over the builds of several studies, of which some may be missing.

Each study is narrowed to the lists that have rows on the State. A list shared in confidence stands in the
brief only where its plan allows numbers of this State alone. The lists stand side by side and are never
added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hrdresearch.findings.coverage import Coverage
from hrdresearch.findings.make_claims import text_claim
from hrdresearch.findings.model import PARAMETER, SCOPE, Column, Finding
from hrdresearch.findings.sentences import join_with_and
from hrdresearch.findings.several_studies import add_own_study_prefix
from hrdresearch.studies import study_class
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.ground.studies_page import NothingToPrint, StudiesPage
from hrdresearch.studies.shapes.glance import FEWEST_IN_DETAIL
from hrdresearch.vocab.regions import region_scheme

NAME = "state-brief"
# Tables whose lists are told in a brief; other tables stand beside them.
TABLES_OF_LISTS = ("cases", "census", "detentions", "pairs", "communications", "visits", "laws")
ASKED_OFTEN = ("glance", "to_state")  # findings that other findings of a brief are made from
LISTS = (
    Column("label", "List", "label"),
    Column("counts", "Whom or what it counts", "label"),
    Column("years", "Years with an entry", "label"),
    Column("documented", "Number"),
)
PERSONS = ("killings", "imprisonment")  # studies whose lists count persons
REVIEWS = "pairs"  # table of the lists of recommendations
# Why a list says nothing: it has no entry on the State, it covers other States, or it holds no review of it.
SILENT = ("without_entry", "of_others", "without_review")
OVERLAP = "The lists count different persons and things, may overlap, and are never added."
NOT_OCCURRED = " Documented is not occurred."


class StateBrief(StudiesPage):
    """Findings on one State or region, from the studies with a build."""

    name = NAME
    often = ASKED_OFTEN
    is_on_one_place = True

    def includes(self, study: Any) -> bool:
        """Whether the study has a list whose table stands in a brief."""
        return bool(study.glance().rows)

    def in_detail(self, slug: str) -> Any:
        """The study over its lists with several entries on the State; NothingToPrint where none has."""
        made = self.opened.get(slug)
        if made is None:
            return NothingToPrint(slug)
        told = [p.slug for p in made.populations if p.release or len(p.frame) >= FEWEST_IN_DETAIL]
        if not told:
            return NothingToPrint(slug)
        return type(made)(made.build, {**made.params, "sources": ",".join(told)})

    def card(self) -> Finding:
        """Names for the prose: the place, and the lists and studies that say nothing of it."""
        silent = list(self._silent())
        persons = [study for study in PERSONS if study in self.opened]
        shared = self.words()
        words = {
            "place": shared["place.name"],
            "place_in_sentence": shared["place.in_sentence"],
            "scope_title": shared["params.scope_title"],
            "period": "as each list covers",
            **{why: "; ".join(name for k, name in silent if k == why) for why in SILENT},
            "reviews": self._reviews() if self.state else "",
            "not_built": shared["place.not_built"],
        }
        claims = [
            *(text_claim(f"params.{k}", str(v), f"Parameter {k} of this run", PARAMETER)
              for k, v in self.params.items()),
            *(text_claim(f"params.{k}", v, "Scope of this run", SCOPE) for k, v in words.items() if v),
            text_claim("scope.brief", "yes", "Scope of this run", SCOPE),
            *([] if self.state else [text_claim("scope.region", "yes", "Scope of this run", SCOPE)]),
            *([text_claim("scope.lists", "yes", "Scope of this run", SCOPE)] if self.opened else []),
            *([text_claim("scope.persons", "yes", "Scope of this run", SCOPE)] if persons else []),
        ]  # fmt: skip
        return self.page_finding("study", claims=tuple(claims))

    def lists(self) -> Finding:
        """Each list that has something on the State: whom it counts, in which years, how many."""
        parts = [add_own_study_prefix(study.glance()) for study in self.opened.values()]
        notes = {note.slug: note for part in parts for note in part.sources}
        return self.page_finding(
            "lists",
            title="The lists, and whom or what they count",
            columns=LISTS,
            rows=tuple(row for part in parts for row in part.rows),
            claims=tuple(claim for part in parts for claim in part.claims),
            sources=tuple(notes.values()),
            notes=(f"{OVERLAP}{NOT_OCCURRED if any(s in self.opened for s in PERSONS) else ''}",),
        )

    # -- private ---------------------------------------------------------------------------

    def _reviews(self) -> str:
        """Which reviews of the State the lists hold: "those of 2008 and 2013"; "" without one."""
        study = self.opened.get("upr")
        frames = [p.frame for p in study.over_all().populations] if study else []
        years = {int(year) for frame in frames for year in frame["review_year"].dropna()}
        which = "those" if len(years) > 1 else "that"
        return f"{which} of {join_with_and([str(year) for year in sorted(years)])}" if years else ""

    def _silent(self) -> Iterator[tuple[str, str]]:
        """Public lists of the builds that say nothing of the State: the reason, and the title."""
        for build in self.builds:
            made = self.opened.get(build.study)
            told = {note.slug for note in made.glance().sources} if made else set()
            where = _states(self.params)
            held = [facts for facts in build.facts() if facts["table"] in TABLES_OF_LISTS]
            if issubclass(study_class(build.study), Ledger):
                held = held[:1]  # it counts by one list
            for facts in held:
                if not facts["policy"]["public_by_name"] or facts["slug"] in told:
                    continue
                reach = Coverage.from_declared(facts.get("covers", {}), (None, None)).states
                why = "of_others" if reach and not reach & where else "without_entry"
                if facts["table"] == REVIEWS:
                    why = "without_review"
                yield why, str(facts["title"])


def open_brief(*studies: str, work: str | Path | None = None, **params: Any) -> StateBrief:
    """Open the brief on a State or a region over the studies that have a build; see ``StudiesPage.open``."""
    return StateBrief.open(studies, work, params)


def _states(params: Mapping[str, Any]) -> set[str]:
    if params["state"] != "all":
        return {str(params["state"])}
    return set(region_scheme(str(params["region_scheme"])).members(str(params["region"])))


STUDY = StateBrief
