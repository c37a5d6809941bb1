"""What lists of killed persons record of threats before the killing: recorded, not known, not asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    claim_tag,
    count_with_share,
    is_printed,
    join_with_and,
)
from hrdresearch.studies.shapes.count_tables import Row, Share, column_heads, table_of_counts
from hrdresearch.studies.warnings.part import Part

FACT = "threats_before"
ANSWERS = {
    "yes": "threats recorded",
    "no": "no threats recorded, or none known",
    "unknown": "answer not known",
    "not_asked": "not asked",
}
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
        return table_of_counts(
            self,
            "asked",
            "What lists of killed persons record of threats before the killing",
            [
                *column_heads("List", killed="Persons killed", asked="Asked"),
                Column("yes", "Threats recorded"),
                Column("share", "Per cent of answers"),
                Column("no", "No threats recorded, or none known"),
                Column("unknown", "Answer not known"),
            ],
            lambda p: [_row(p)] if p in asking else [],
            beside=lambda p: _beside(p) if p in asking else [],
            names_lists=True,
            sentence=lambda p, made: [_sentences(p, made)] if p in asking else [],
            notes=(
                "That no threat is recorded does not say that there was none, so each number "
                "with threats is a lower bound. No interval is given: a list of documented cases "
                "is no sample of all.",
            ),
        )

    def without_question(self) -> Finding:
        """Lists of killed persons that have no field for threats before the killing; text only."""
        silent = [p for p in self.populations if p.covers() and not p.has_answers(FACT, FACT)]
        told = ""
        if silent:
            named = join_with_and([p.name_in_prose for p in silent])
            told = (
                f"The files read of {named} have no field for threats before the killing. That "
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
        **{code: (f"killed persons, {words}", {FACT: code}) for code, words in ANSWERS.items()},
    }
    return {k: CountDraft(f"asked.{k}", words, f, "person") for k, (words, f) in wanted.items()}


def _beside(p: Population) -> list[CountDraft | Share]:
    """Counts that the sentences need; those of murders apart, where the list records other deaths too."""
    own = _drafts()
    beside: list[CountDraft | Share] = [own["not_asked"], own["answered"], own["confirmed"]]
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


def _row(p: Population) -> Row:
    own = _drafts()
    share = Share(
        own["yes"], own["answered"], "threats recorded, in per cent of those with an answer"
    )
    return (p.title, own["killed"], own["asked"], own["yes"], share, own["no"], own["unknown"])


def _sentences(p: Population, made: Mapping[str, Claim]) -> ListSentences:
    killed, asked, yes, no, unknown, left = (
        made[f"asked.{k}"] for k in ("killed", "asked", "yes", "no", "unknown", "not_asked")
    )
    if not is_printed(asked):
        return ListSentences()
    share = made.get("asked.yes.share")
    answered = made["asked.answered"]
    given = p.frame[p.frame[FACT].isin(("yes", "no"))]
    only = (
        " (all of them murders, as it classes them)"
        if given["death_type_code"].eq("murder").all()
        else ""
    )
    link = made["asked.confirmed"]
    all_or_some = "all of them" if link.value == killed.value else claim_tag(link)
    confirmed = (
        f", and confirms for {all_or_some} that the death has to do with the work"
        if is_printed(link)
        else ""
    )
    text = (
        f"{p.subject} records {claim_tag(killed, 'of:person')} as killed{confirmed}. For "
        f"{claim_tag(answered, 'none')} of them{only} its file says whether threats before are "
        f"recorded: they are for at least {count_with_share(yes, share, answered)}. For the other "
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
    rest = [
        f"for {claim_tag(n)} {words}"
        for n, words in ((unknown, "the answer is not known"), (left, "it was not asked"))
        if is_printed(n)
    ]
    if rest:
        text += f" Of all others, {join_with_and(rest)}."
    return ListSentences(text, is_key=True)
