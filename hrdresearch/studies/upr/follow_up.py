"""UPR: what was reported to have been done on recommendations: by the State, by others, by an indicator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import ListSentences, claim_tag, is_printed, join_with_and
from hrdresearch.studies.ground.populations import population_of
from hrdresearch.studies.shapes.count_tables import Row, code_cell, column_heads, table_of_counts
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.vocab import codes, label

TRACKING, TRACKED = "upr_tracking", "tracked_id"
REPORTERS = ("state", "others", "indicator")
WHO = {"state": "the State itself", "others": "others", "indicator": "an indicator"}
KNOWN = [c for c in codes("upr_implementation") if c != "not_known"]
DONE = {
    "implemented": "implemented",
    "partly": "partly implemented",
    "not_implemented": "not implemented",
}
BESIDE = {
    "same": "say the same of {}",
    "state_further": "of {} the State reports more as done than others",
    "others_further": "of {} others report more than the State",
}
ON_DEFENDERS = {"concern_code": "explicit"}
NEVER_MERGED = (
    "What a State says of itself, what others say and what an indicator shows are three things; none takes "
    "the place of another. That nobody reports anything is not known, and is not “not implemented”."
)


def tracked(study: UprStudy) -> Population | None:
    """The ledger of follow-up, narrowed to the States and sessions in scope; None without such a ledger."""
    facts = [f for f in study.build.facts() if f["table"] == TRACKING]
    if not facts:
        return None
    kept = ("state_iso3", "session")
    scope = {c: wanted for c, wanted in study.scope.filter.items() if c in kept}
    frame = study.build.table(TRACKING)
    return population_of(study.build, facts[0], frame, scope, TRACKING, is_one_of_several=False)


def follow_up(study: UprStudy) -> Finding:
    """Finding: recommendations on defenders by what each reporter says was done, side by side."""
    p = tracked(study)
    title = "What was reported to have been done on recommendations on defenders"
    if p is None or p.frame.empty:
        return study.finding("follow_up", title, column_heads("Status"), (), ())
    finding = table_of_counts(
        study.over([p]),
        "follow_up",
        title,
        column_heads("Status reported", **{r: f"By {WHO[r]}" for r in REPORTERS}),
        [_row(code) for code in (*KNOWN, "not_known")],
        beside=_beside(),
        sentence=_sentences,
        unit="recommendations",
        notes=(NEVER_MERGED,),
    )
    return replace(finding, sources=(p.note,), period=study.period([p]))


def _draft(name: str, words: str, where: Mapping[str, object]) -> CountDraft:
    return CountDraft(f"follow_up.{name}", words, dict(where), "recommendation", TRACKED)


def _row(code: str) -> Row:
    said = label("upr_implementation", code).lower()
    counts = (
        _draft(
            f"{reporter}.{code}",
            f"on defenders, {said}, by {WHO[reporter]}",
            {**ON_DEFENDERS, "upr_reporter_code": reporter, "implementation_code": code},
        )
        for reporter in REPORTERS
    )
    return code_cell("upr_implementation", code), *counts


def _beside() -> list[CountDraft]:
    """Recommendations followed up, those with a known status by reporter, and how two reporters agree."""
    every = [
        _draft("tracked", "on defenders, in the ledger of follow-up", ON_DEFENDERS),
        _draft("all", "on any subject, in the ledger of follow-up", {}),
        _draft(
            "joined",
            "on defenders, that a source of this report holds too",
            {**ON_DEFENDERS, "recommendation_id": {"recorded": True}},
        ),
    ]
    known = [
        _draft(
            f"{reporter}.known",
            f"on defenders, with a status by {WHO[reporter]}",
            {**ON_DEFENDERS, "upr_reporter_code": reporter, "implementation_code": list(KNOWN)},
        )
        for reporter in REPORTERS
    ]
    undocumented = [
        _draft(
            f"{reporter}.without_source",
            f"on defenders, with a status by {WHO[reporter]} and no document",
            {
                **ON_DEFENDERS,
                "upr_reporter_code": reporter,
                "implementation_code": list(KNOWN),
                "has_source": False,
            },
        )
        for reporter in REPORTERS
    ]
    both = [
        _draft(
            f"both.{code}",
            f"on defenders, the State beside others: {label('upr_beside', code).lower()}",
            {**ON_DEFENDERS, "upr_reporter_code": "state", "upr_beside_code": code},
        )
        for code in BESIDE
    ]
    return [*every, *known, *undocumented, *both]


def _sentences(_: Population, made: Mapping[str, Claim]) -> list[ListSentences]:
    """A sentence on what each reporter says, and one on where two of them differ."""
    tracked_ = made["follow_up.tracked"]
    if not is_printed(tracked_):
        return [
            ListSentences(
                f"The ledger of follow-up holds {claim_tag('follow_up.all', 'of:recommendation')}, and none "
                "of them is on defenders by the rules of this draft.",
                is_key=True,
            )
        ]
    told = [
        f"The ledger of follow-up holds {claim_tag(tracked_, 'of:recommendation')} on defenders by the rules "
        "of this draft."
    ]
    for reporter in REPORTERS:
        known = made[f"follow_up.{reporter}.known"]
        items = [
            f"{claim_tag(f'follow_up.{reporter}.{code}', 'none')} as {words}"
            for code, words in DONE.items()
            if is_printed(made[f"follow_up.{reporter}.{code}"])
        ]
        if items:
            verb = (
                "shows"
                if reporter == "indicator"
                else "reports"
                if reporter == "state"
                else "report"
            )
            who = {"state": "The State itself", "others": "Others", "indicator": "An indicator"}[
                reporter
            ]
            told.append(f"{who} {verb} a status of {claim_tag(known)}: {join_with_and(items)}.")
        else:
            told.append(f"No status by {WHO[reporter]} is recorded.")
    both = [made[f"follow_up.both.{code}"] for code in BESIDE]
    if any(map(is_printed, both)):
        said = [w.format(claim_tag(c, "none")) for c, w in zip(both, BESIDE.values(), strict=True)]
        told.append(f"Where both the State and others report, they {join_with_and(said)}.")
    return [ListSentences(" ".join(told), is_key=True)]
