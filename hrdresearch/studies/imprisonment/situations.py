"""What became of the persons of a list of detentions, and the years in which they were arrested."""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import ListSentences, claim_tag, is_printed, join_with_and
from hrdresearch.studies.imprisonment.study_part import StudyPart
from hrdresearch.studies.shapes.count_tables import (
    Row,
    code_cell,
    column_heads,
    table_of_counts,
)
from hrdresearch.vocab import codes, label

SITUATION, YEAR = "detained_by_situation", "detained_by_year"
MOST_YEARS = 60  # from the first to the last; beyond, years without a person have no row
OF_PLAN = "On a list shared in confidence a person with several detentions may count under several."
IN_WORDS = {
    "held": "{n} still held",
    "released": "{n} released before the end of the term, or without one",
    "end_of_term": "{n} released at the end of the term",
    "died_in_custody": "{n} dead in custody",
    "died_not_stated": "{n} dead at a place that the list does not state",
    "banished": "{n} banished, deported or released into exile",
    "escaped": "{n} who left otherwise (escaped, exchanged or extradited)",
    "unknown": "{n} of whom the list does not know what followed",
    "not_recorded": "{n} of whom nothing is recorded",
}


def by_situation(part: StudyPart) -> Finding:
    """Persons by what was last recorded of them; on an exact list the counts add up to all its persons.

    A list shared in confidence gives the ends of its detentions, as its plan has them. Claims
    ``detained_by_situation.CODE``, ``.of`` and ``.not_traced``.
    """
    every = part.count_persons(f"{SITUATION}.of", "persons in scope", {})
    lost = part.count_persons(
        f"{SITUATION}.not_traced",
        "persons whose fate or whereabouts are recorded as not known",
        {"whereabouts_known_code": "no"},
    )

    def draft(p: Population, code: str) -> CountDraft:
        words = f"persons, {label('detention_exit', code)}"
        column = "exit_code" if p.release else "situation_code"
        return part.count_persons(f"{SITUATION}.{code}", words, {column: code})

    finding = table_of_counts(
        part,
        SITUATION,
        "Detained persons by what was last recorded of them",
        column_heads("Situation", value="Persons"),
        lambda p: [(code_cell("detention_exit", c), draft(p, c)) for c in codes("detention_exit")],
        beside=lambda p: [
            *([] if p.release else [every]),
            *([lost] if part.asks_or_answers(p, "whereabouts_known_code") else []),
        ],
        empty="drop rows",
        sentence=_sentences,
        unit="persons",
        notes=(
            "Each person of a list with exact numbers counts once: as held if any detention is not over, "
            "as dead if one ended so, else as the detention ended that began last. As the list records it on "
            "the day of its file.",
            *([OF_PLAN] if any(p.release for p in part.populations) else []),
        ),
    )
    return part.without_short_table(finding)


def by_year(part: StudyPart) -> Finding:
    """Persons by year of arrest, of lists with exact numbers; a person counts in each year of an arrest.

    Claims ``detained_by_year.YEAR``, ``.not_recorded``, ``.known`` and ``.of``.
    """

    def rows(p: Population) -> list[Row]:
        years = p.frame["began_year"].dropna().astype(int)
        if p.release or years.empty:
            return []
        span = range(years.min(), years.max() + 1)
        table: list[Row] = [
            (str(y), part.count_persons(f"{YEAR}.{y}", f"arrested in {y}", {"began_year": y}))
            for y in (span if len(span) <= MOST_YEARS else sorted(years.unique()))
        ]
        if len(years) < len(p.frame):
            undated = part.count_persons(
                f"{YEAR}.not_recorded", "year of arrest not recorded", {"began_year": [None]}
            )
            table.append(("Not recorded", undated))
        return table

    known = part.count_persons(
        f"{YEAR}.known", "persons with a year of arrest", {"began_year": {"recorded": True}}
    )
    every = part.count_persons(f"{YEAR}.of", "persons in scope", {})
    return table_of_counts(
        part,
        YEAR,
        "Detained persons by year of arrest",
        column_heads("Year of arrest", value="Persons"),
        rows,
        beside=lambda p: [known, every] if rows(p) else [],
        empty="drop lists",
        sentence=lambda p, claims: (
            [
                ListSentences(
                    f"A year of arrest is recorded for {claim_tag(claims[known.name])} of the "
                    f"{claim_tag(claims[every.name], 'of:person')} on {p.list_in_prose}."
                )
            ]
            if rows(p)
            else []
        ),
        unit="persons",
        notes=(
            "As listed: not how many were arrested in a year. Where a list drops who is freed, earlier years "
            "hold only those who are still listed. A person arrested in several years counts in each.",
        ),
        drawing=part._drawing("columns" if part.only_list else "table"),
    )


def _sentences(p: Population, claims: Mapping[str, Claim]) -> list[ListSentences]:
    """How many persons are in each recorded situation."""
    own = {code: claims.get(f"{SITUATION}.{code}") for code in codes("detention_exit")}
    told = [
        IN_WORDS[code].format(n=claim_tag(claim))
        for code, claim in own.items()
        if is_printed(claim) and claim
    ]
    every = claims.get(f"{SITUATION}.of")
    if not told:
        return []
    lost = claims.get(f"{SITUATION}.not_traced")
    of = f"the {claim_tag(every, 'of:person')}" if every else "the persons"
    text = f"What is last recorded of {of} on {p.list_in_prose}: {join_with_and(told)}."
    if lost and is_printed(lost):
        text += f" The whereabouts of {claim_tag(lost, 'of:person')} are recorded as not known."
    return [ListSentences(text, is_key=True)]
