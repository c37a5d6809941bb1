"""Decisions of treaty bodies on defenders: what was decided, what the State is asked to do, and follow-up.

Paragraphs 62, 63, 66 and 67 of A/75/165. The unit is the decision: one document, of one communication or
several. A measure that is asked for need not have been taken, and a decision without a grade was not graded
in the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Finding, claims_by_name
from hrdresearch.findings.sentences import Wording, claim_tag
from hrdresearch.studies.ground.ledger import Ledger
from hrdresearch.studies.shapes.build_account import quality_finding
from hrdresearch.studies.shapes.by_code import table_by_code
from hrdresearch.studies.shapes.count_tables import column_heads, table_of_counts
from hrdresearch.studies.views.committees import committees_finding
from hrdresearch.studies.views.measures import articles_finding, measures_finding
from hrdresearch.studies.views.outcomes import outcomes_finding
from hrdresearch.studies.views.reading import reading_finding
from hrdresearch.studies.views.register import documents_finding, states_finding
from hrdresearch.studies.views.subjects import MENTIONED, ON_DEFENDERS
from hrdresearch.vocab.regions import RegionScheme
from hrdresearch.vocab.states import name_in_sentence

ALONE: dict[str, Any] = {"documents_in_file": 1}
DECISION: dict[str, Any] = {"unit": "decision", "noun": "decision:decisions"}
EXTENT: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("decisions", "Decisions: documents, of one communication or several", {}),
    ("explicit", "Decisions whose text says that the person is a defender", ON_DEFENDERS),
    (
        "implicit",
        "Decisions whose text says that the person is a journalist, activist, lawyer or trade unionist",
        {"view_concern_code": "implicit"},
    ),
    ("mentioned", "Decisions that speak of defenders, and not of the person as one", MENTIONED),
    ("dated", "Decisions whose day stands in the text", {"adopted_date": {"recorded": True}}),
    ("alone", "Decisions given one by one, each in a file of its own", ALONE),
    (
        "explicit_alone",
        "Of these, decisions whose text says that the person is a defender",
        {**ALONE, **ON_DEFENDERS},
    ),
)
SET_ASIDE = (
    "Set aside are documents that are no decision on a communication, and of two documents on one "
    "communication the earlier or the shorter."
)
CHOSEN = (
    "The documents were chosen by those who gave them, so how many of the decisions of a Committee are on "
    "defenders cannot be told from them."
)


class Views(Ledger):
    """The study of decisions of treaty bodies over one list of table ``views``."""

    name = "views"
    subject = "decisions of treaty bodies"
    table = "views"
    unit = "decisions"
    value_heading = "Decisions"
    noun_of_years = "communications"
    coded_parameters = (("committee", "committee_code"),)
    regions: RegionScheme

    def period(self, populations: Iterable[Population] | None = None) -> str:
        """First to last year in which the communications were registered; decisions came later."""
        return f"communications registered {super().period(populations)}"

    def extent(self) -> Finding:
        """Decisions, and those that concern defenders by what their text says of the person."""
        drafts = [CountDraft(f"extent.{k}", words, f, "decision") for k, words, f in EXTENT]
        drafts.append(
            CountDraft("extent.states", "States named in them", {}, "state", "state_iso3")
        )
        finding = table_of_counts(
            self,
            "extent",
            "Decisions, and those that concern defenders",
            column_heads("What was counted", value="Number"),
            [(d.definition, d) for d in drafts],
            unit="as the row says",
            notes=(
                "A decision concerns a defender where its text says so of the person; that is no finding of "
                "a status. A communication that was decided in two documents counts by the last one.",
            ),
        )
        whom = claim_tag("extent.states", "of:state")
        if self.only_state:
            whom = name_in_sentence(self.only_state)
        text = (
            f"The documents given hold {claim_tag('extent.decisions', 'of:decision')} on "
            f"{whom}. The text of {claim_tag('extent.explicit')} says that "
            f"the person is a defender, and that of {claim_tag('extent.implicit')} that the person is a "
            f"journalist, activist, lawyer or trade unionist. {CHOSEN}"
        )
        claims = claims_by_name(finding.claims)
        if claims["extent.alone"].value:
            text += (
                f" Of the {claim_tag('extent.alone', 'of:decision')} that were given one by one, "
                f"{claim_tag('extent.explicit_alone', 'none')} "
                f"{claim_tag('extent.explicit_alone', 'agree:is:are')} on defenders."
            )
        return replace(finding, statements=(text,), key_sentences=(text,))

    by_committee = committees_finding
    outcomes = outcomes_finding
    measures = measures_finding
    articles = articles_finding
    by_state = states_finding
    documents = documents_finding

    def grades(self) -> Finding:
        """Decisions by the last grade of follow-up that a ledger holds; no table where none has one."""
        finding = table_by_code(
            self,
            "grades",
            "Decisions by grade of follow-up",
            "follow_up_grade_code",
            "view_grade",
            unknown=("not_in_file",),
            in_order=True,
            known_words="decisions with a grade in the file",
            notes=(
                "The last grade of each decision. A decision without a grade was not graded in the file that "
                "was read, which says nothing of what the State did.",
            ),
            wording=Wording(
                known="with a grade of follow-up, on defenders or not",
                fact="the grade",
                verb="graded",
                link="as",
                none_known="No grade of follow-up of any decision is in the file, so what States did is not "
                "known here.",
                is_key=True,
            ),
            **DECISION,
        )
        known = finding.by_name["grades.known"].value
        return finding if known else replace(finding, rows=())

    reading = reading_finding

    def quality(self) -> Finding:
        """What became of the documents, and why some are set aside."""
        finding = quality_finding(self)
        return replace(finding, notes=(*finding.notes, SET_ASIDE))


STUDY = Views
