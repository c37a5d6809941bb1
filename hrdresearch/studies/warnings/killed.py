"""What lists of killed persons record of threats before the killing: recorded, not known, not asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hrdresearch.findings.empty_cells import NOT_ASKED
from hrdresearch.findings.make_claims import CountDraft, Population, text_claim
from hrdresearch.findings.model import SCOPE, Claim, Column, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    agreement_tag,
    claim_tag,
    count_with_share,
    is_printed,
    join_with_and,
)
from hrdresearch.studies.shapes.count_tables import Row, Share, column_heads, table_of_counts
from hrdresearch.studies.shapes.fact_by_groups import fact_by_groups
from hrdresearch.studies.shapes.fact_by_groups_sentences import Fact
from hrdresearch.studies.shapes.groups import by_class, by_period, by_state
from hrdresearch.studies.warnings.part import Part

FACT = "threats_before"
ANSWERS = {
    "yes": "threats recorded",
    "no": "no threats recorded, or none known",
    "unknown": "answer not known",
    "not_asked": "not asked",
}
CLASSED = ("complete", "partial", "full_justice")
BY_THREATS = by_class(
    FACT,
    "asked_fact",
    "Threats before the killing",
    words={"yes": "where threats are recorded", "no": "where none are recorded"},
)
MURDERS = {"death_type_code": "murder"}
NO_RATE = (
    "A list of killed persons holds only those who were killed. From it alone nobody can say how "
    "many of those who were threatened are killed: who was threatened and lived is on no such "
    "list."
)


class KilledPart(Part):
    """The findings on lists of killed persons (table ``cases``)."""

    table = "cases"
    of_killed = True

    def asked(self) -> Finding:
        """Killed persons by whether threats are recorded; claims ``asked.killed``, ``asked.yes`` ..."""
        asking = [p for p in self.populations if p.has_answers(FACT, FACT)]
        periods = {p.slug: self._period_of(p) for p in asking}
        return table_of_counts(
            self,
            "asked",
            "What lists of killed persons record of threats before the killing",
            [
                *column_heads("List", asked="Asked", yes="Threats recorded"),
                Column("no", "No threats recorded, or none known"),
                Column("share", "Per cent of answers"),
                Column("unknown", "Answer not known"),
                Column("killed", "Persons killed"),
            ],
            lambda p: [_row(p)] if p in asking else _not_asking(p),
            beside=lambda p: (
                [*_beside(p), *periods[p.slug]] if p in asking else [_drafts()["not_asked"]]
            ),
            names_lists=True,
            sentence=lambda p, made: (
                [
                    _sentences(
                        p,
                        {**made, **dict(zip(["asked.period"], periods[p.slug], strict=False))},
                        is_world=not (p.coverage.states or self.scope.filter),
                    )
                ]
                if p in asking
                else []
            ),
            notes=(
                "That no threat is recorded does not say that there was none, so each number "
                "with threats is a lower bound. No interval is given: a list of documented cases "
                "is no sample of all.",
            ),
        )

    def threats_by_group(self) -> Finding:
        """Threats before the killing, by State and period; ``threats_by_group.*``."""
        fact = Fact(
            FACT,
            ("yes", "no"),
            "yes",
            "killed persons with an answer on threats",
            "threats before are recorded",
            "Threats recorded",
            "without recorded threats",
        )
        title = "Threats recorded before the killing, by group"
        return fact_by_groups(self, "threats_by_group", title, fact, (by_state(), by_period()))

    def impunity_by_threats(self) -> Finding:
        """Complete impunity, where threats are recorded and where not; ``impunity_by_threats.*``."""
        fact = Fact(
            "impunity_code",
            CLASSED,
            "complete",
            "killed persons with a class of accountability",
            "the list speaks of complete impunity",
            "Complete impunity",
            "in another class",
        )
        title = "Complete impunity by threats before the killing"
        return fact_by_groups(self, "impunity_by_threats", title, fact, (BY_THREATS,))

    def _period_of(self, p: Population) -> list[Claim]:
        """First to last year of the killings with an answer, as a text; none where it gives no year."""
        answered = p.frame[p.frame[FACT].isin(("yes", "no"))]
        told = self.period([p if p.release else replace(p, frame=answered)])
        name, words = (
            p.claim_name("asked.period"),
            f"{p.title}: years of the killings with an answer",
        )
        return [text_claim(name, told, words, SCOPE)] if told[:1].isdigit() else []

    def without_question(self) -> Finding:
        """Lists of killed persons that have no field for threats before the killing; text only."""
        silent = [p for p in self.populations if p.covers() and not p.has_answers(FACT, FACT)]
        told = ""
        if silent:
            named = join_with_and([p.name_in_prose for p in silent])
            told = (
                f"The {'file' if len(silent) == 1 else 'files'} read of {named} "
                f"{'has' if len(silent) == 1 else 'have'} no field for threats before the killing. That "
                "says nothing either way."
            )
        return self.finding(
            "without_question",
            "Lists without a field",
            (),
            (),
            (),
            statements=tuple(filter(None, [told])),
        )

    def selection(self) -> Finding:
        """Why no rate is computed from lists of killed persons; text only."""
        return self.finding(
            "selection", "No rate from the killed", (), (), (), statements=(NO_RATE,)
        )


def _drafts() -> dict[str, CountDraft]:
    wanted: dict[str, tuple[str, Mapping[str, Any]]] = {
        "killed": ("persons recorded as killed", {}),
        "asked": (
            "killed persons of whom the list asks about threats",
            {FACT: [c for c in ANSWERS if c != "not_asked"]},
        ),
        "confirmed": (
            "killed persons whose death the list confirms to have to do with the work",
            {"motive_link_code": "confirmed"},
        ),
        "answered": ("killed persons with an answer on threats", {FACT: ["yes", "no"]}),
        "not_asked.confirmed": (
            "killed persons, not asked, whose death the list confirms to have to do with the work",
            {FACT: "not_asked", "motive_link_code": "confirmed"},
        ),
        **{code: (f"killed persons, {words}", {FACT: code}) for code, words in ANSWERS.items()},
    }
    return {k: CountDraft(f"asked.{k}", words, f, "person") for k, (words, f) in wanted.items()}


def _beside(p: Population) -> list[CountDraft | Share]:
    """Counts that the sentences need; of murders apart, where the list classes other deaths too."""
    own = _drafts()
    beside: list[CountDraft | Share] = [
        own[k] for k in ("not_asked", "not_asked.confirmed", "answered", "confirmed")
    ]
    if _answers_beyond_murders(p):
        yes, answered = (replace(own[k], **_of_murders(own[k])) for k in ("yes", "answered"))
        words = "threats recorded, in per cent of murders with an answer"
        beside += [yes, answered, Share(yes, answered, words)]
    return beside


def _of_murders(draft: CountDraft) -> dict[str, Any]:
    return {
        "name": draft.name.replace("asked.", "asked.murders."),
        "definition": f"{draft.definition}, classed as murders",
        "filter": {**draft.filter, **MURDERS},
    }


def _answers_beyond_murders(p: Population) -> bool:
    """Whether a list that classes murders answers for other deaths as well."""
    given = p.frame.loc[p.frame[FACT].isin(("yes", "no")), "death_type_code"]
    return bool(given.eq("murder").any() and not given.eq("murder").all())


def _not_asking(p: Population) -> list[Row]:
    """Row of a list without a field for threats; none where it covers nothing of the scope."""
    if not p.covers():
        return []
    return [(p.title, *[NOT_ASKED] * 5, _drafts()["killed"])]


def _row(p: Population) -> Row:
    own = _drafts()
    share = Share(
        own["yes"], own["answered"], "threats recorded, in per cent of those with an answer"
    )
    return (p.title, own["asked"], own["yes"], own["no"], share, own["unknown"], own["killed"])


def _sentences(p: Population, made: Mapping[str, Claim], *, is_world: bool) -> ListSentences:
    killed, asked, yes, no, unknown, left = (
        made[f"asked.{k}"] for k in ("killed", "asked", "yes", "no", "unknown", "not_asked")
    )
    if not is_printed(asked):
        return ListSentences()
    share = made.get("asked.yes.share")
    answered = made["asked.answered"]
    period = " in the world" if is_world else ""
    period += f" in {claim_tag(made['asked.period'])}" if "asked.period" in made else ""
    given = p.frame[p.frame[FACT].isin(("yes", "no"))]
    only = (
        " (all of them murders, as it classes them)"
        if given["death_type_code"].eq("murder").all()
        else ""
    )
    text = (
        f"Of {claim_tag(answered, 'none')} {agreement_tag(answered, p.singular, p.plural)} whom "
        f"{p.name_in_prose} records as killed{period}{only}, and of whom its file says whether there had "
        f"been threats, threats are recorded for {count_with_share(yes, share, answered)}. For the other "
        f"{claim_tag(no, 'none')} it records none, which does not say that there were none."
    )
    murders = made.get("asked.murders.answered")
    if murders is not None and is_printed(murders):
        counted = count_with_share(
            made["asked.murders.yes"], made.get("asked.murders.yes.share"), murders
        )
        text += (
            f" Of the {claim_tag(murders)} with such an entry whom it classes as murdered, threats are "
            f"recorded for at least {counted}."
        )
    link = made["asked.confirmed"]
    all_or_some = "all of them" if link.value == killed.value else claim_tag(link)
    confirmed = (
        f", and confirms for {all_or_some} that the death has to do with the work"
        if is_printed(link)
        else ""
    )
    own = made["asked.not_asked.confirmed"]
    linked = ""
    if is_printed(link) and own.value != left.value:
        linked = f" (with that link confirmed for {claim_tag(own, 'none')} of these)"
    rest = [
        f"{words} for {claim_tag(n)}"
        for n, words in (
            (unknown, "the answer on threats is not known"),
            (left, "its file gives no answer on threats"),
        )
        if is_printed(n)
    ]
    if rest:
        text += (
            f" In all it records {claim_tag(killed, 'of:person')} as killed{confirmed}. Of all the "
            f"{claim_tag(killed)}, {join_with_and(rest)}{linked if is_printed(left) else ''}."
        )
    return ListSentences(text, is_key=True)
