"""Accountability for killings: over murders only, where a list distinguishes them from other deaths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hrdresearch.findings.make_claims import (
    CountDraft,
    Population,
    measured_claim,
    share_claim,
)
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    Wording,
    claim_tag,
    count_with_share,
    is_printed,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.killings.unconfirmed import sentences_on_unconfirmed
from hrdresearch.studies.shapes.by_code import LAST_CODES, table_by_code
from hrdresearch.studies.shapes.by_code_notes import class_counted_over
from hrdresearch.studies.shapes.one_state_and_year import (
    FEWEST_IN_A_CLASS,
    StateAndYear,
    large_state_and_year,
)
from hrdresearch.tables import match_rows
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import name_in_sentence, short_name

MURDERS = {"death_type_code": "murder"}
OTHER_DEATHS = [code for code in codes("death_type") if code != "murder"]
CLASSED = [code for code in codes("impunity") if code not in LAST_CODES]
FACT = "impunity_code"
OLD = 10  # years before the last year covered; a case of that year or earlier is an older one


def accountability_finding(study: Study) -> Finding:
    """Accountability over murders, where the list classes deaths; else over all its cases.

    Claims beside those of the table: ``accountability.murders``; ``accountability.other_deaths``,
    which have a class too and are left out; how many cases are of the year ten years before the last
    one covered (``accountability.older_year``) or earlier, of all classed (``accountability.older``)
    and in complete impunity (``accountability.complete.older``), and how many are of later years
    (``accountability.later``, ``accountability.complete.later``); and the cases of one State and year
    that make a fifth of a class (``accountability.CODE.one_state_and_year``).
    """
    return table_by_code(
        study,
        "accountability",
        "Accountability for the killing by class",
        FACT,
        "impunity",
        asked_as=FACT,
        known_words="cases that the list classed",
        notes=("As each list classes it, at the date of its file.",),
        among=MURDERS,
        wording=Wording(
            "that it classed by accountability",
            "accountability",
            is_key=True,
            by_list="that {name} classed by accountability",
        ),
        further=lambda p, own: (
            _age_of_cases(study, p, own),
            _one_state_and_year(study, p, own),
            _left_out(study, p),
            sentences_on_unconfirmed(
                study, p, "accountability", FACT, CLASSED, "a class of accountability"
            ),
        ),
    )


def _over(p: Population) -> Mapping[str, str]:
    return class_counted_over(p, MURDERS)


def _age_of_cases(study: Study, p: Population, own: Mapping[str, Claim]) -> ListSentences:
    """Complete impunity of older cases and of later ones, which have had less time."""
    last = p.coverage.last
    if last is None or not is_printed(own.get("complete")):
        return ListSentences()
    parts = {
        "older": (f"of {last - OLD} or earlier", {"event_year": {"from": None, "to": last - OLD}}),
        "later": (f"after {last - OLD}", {"event_year": {"from": last - OLD + 1, "to": None}}),
    }
    drafts = [
        CountDraft(
            f"accountability.{key}{part}",
            f"{p.title}: {words}, {told}",
            {**_over(p), FACT: code, **years},
        )
        for part, (told, years) in parts.items()
        for key, words, code in (
            ("complete.", "cases in complete impunity", "complete"),
            ("", "cases with a class of accountability", CLASSED),
        )
    ]
    made = study.count(p, drafts)
    old, every_old, new, every_new = (made[d.name] for d in drafts)
    shares = [
        share_claim(p, f"{d.name}.share", made[d.name], whole, f"{d.definition}, in per cent")
        for d, whole in ((drafts[0], every_old), (drafts[2], every_new))
    ]
    year, end = (
        measured_claim(p, f"accountability.{key}", value, "calendar_year", words, "computed")
        for key, value, words in (
            ("older_year", last - OLD, f"the year {OLD} years before the last one covered"),
            ("last_year", last, "the last year that the list covers"),
        )
    )
    text = (
        f"In a file that covers cases to {claim_tag(end)}, complete impunity is recorded for "
        f"{claim_tag(old)} "
        f"of {count_with_share(every_old, shares[0])} that date from {claim_tag(year)} or earlier and "
        f"{claim_tag(new)} of {count_with_share(every_new, shares[1])} later ones."
    )
    if every_old.value == 0:
        text = (
            f"None of the {claim_tag(own['known'])} that it classed dates from {claim_tag(year)} "
            "or earlier."
        )
    is_key = bool(every_old.value)
    return ListSentences(text, (old, every_old, new, every_new, *shares, year, end), is_key=is_key)


def classes_of_one_event(study: Study, p: Population) -> Iterator[tuple[str, StateAndYear, Claim]]:
    """Classes of which one State and year makes a large part, of a public list.

    Yields the code, that State and year, and the claim of its number of cases.
    """
    for code in CLASSED if p.policy.prints_exact_numbers else ():
        rows = p.frame[match_rows(p.frame, {**_over(p), FACT: code})]
        found = large_state_and_year(p, rows) if len(rows) >= FEWEST_IN_A_CLASS else None
        if found is None:
            continue
        words = f"{label('impunity', code).lower()}, in {short_name(found.iso3)} in the year {found.year}"
        draft = CountDraft(
            f"accountability.{code}.one_state_and_year",
            f"{p.title}: {words}",
            {**_over(p), FACT: code, "state_iso3": found.iso3, "event_year": found.year},
        )
        yield code, found, study.count(p, [draft])[draft.name]


def _one_state_and_year(study: Study, p: Population, own: Mapping[str, Claim]) -> ListSentences:
    """Sentences on classes of which a fifth or more is of one State and year: perhaps one event.

    Where the list holds one State only in the scope: half or more of one year.
    """
    texts: list[str] = []
    claims: list[Claim] = []
    for code, found, made in classes_of_one_event(study, p):
        claims.append(made)
        where = f"State and one year, {name_in_sentence(found.iso3)} in {found.year}"
        if found.is_only_state:
            where = f"year, that is in {found.year}"
        texts.append(
            f"Of the {claim_tag(own[code])} in {label('impunity', code).lower()}, {claim_tag(made)} "
            "are of one "
            f"{where}, and may be one event."
        )
    return ListSentences(" ".join(texts), tuple(claims))


def _left_out(study: Study, p: Population) -> ListSentences:
    """Murders of a list, and its other deaths that have a class and are not counted here."""
    if not _over(p):
        return ListSentences()
    what = f"{p.title}: deaths that are not classed as murder and have a class of accountability"
    drafts = [
        CountDraft("accountability.murders", f"{p.title}: deaths classed as murder", MURDERS),
        CountDraft(
            "accountability.other_deaths", what, {"death_type_code": OTHER_DEATHS, FACT: CLASSED}
        ),
    ]
    made = study.count(p, drafts)
    n = made["accountability.other_deaths"]
    text = (
        f"{p.subject} gives a class of accountability to {claim_tag(n)} "
        f"{claim_tag(n, 'agree:death that is:deaths that are')} not classed as murder; "
        f"{claim_tag(n, 'agree:it is:they are')} not counted here."
    )
    return ListSentences(text if n.value else "", tuple(made.values()))
