"""Sentences on lists of detentions: what they hold, time held, how a detention ends, trials.

Each function takes a list and the claims of a finding by the names of their drafts; what is withheld
is not told.
"""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import Population, text_claim
from hrdresearch.findings.model import SCOPE, Claim
from hrdresearch.findings.sentences import (
    ListSentences,
    agreement_tag,
    choose_threshold,
    claim_tag,
    count_with_share,
    is_printed,
    join_with_and,
    label_in_sentence,
    why_not_printed,
    write_unknown_sentence,
)
from hrdresearch.studies.imprisonment.census_sentences import SENTENCES_IN_WORDS, STATES
from hrdresearch.studies.shapes.by_code_sentences import UNKNOWN
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence

BEFORE_THE_SENTENCE = {
    "pretrial.from_0": "up to six months",
    "pretrial.from_183": "six months to one year",
    "pretrial.from_366": "one to two years",
    "pretrial.from_731": "more than two years",
}
SERVED = {
    "beyond": "had lasted longer than the term",
    "over_half": "had lasted for half of the term or more",
    "under_half": "had lasted for less than half of the term",
    "life": "{was} under a life sentence",
    "death": "{was} under a sentence of death",
    "none": "{was} recorded as not sentenced",
}


def extent_sentences(
    p: Population, claims: Mapping[str, Claim], day: str, is_dated: bool
) -> ListSentences:
    """Detentions, persons and States of a list, and who was held on the as-of date.

    day: the as-of date in words. is_dated: whether the list has dates of arrest.
    """
    own = {key.removeprefix("detentions."): claim for key, claim in claims.items()}
    total, persons, states = own["total"], own["persons"], own["states"]
    if p.release:
        if not (is_printed(total) and is_printed(persons)):
            return ListSentences()
        return ListSentences(
            f"{p.list_subject} holds {claim_tag(total, 'of:detention')} of "
            f"{claim_tag(persons, 'of:person')}.",
            is_key=True,
        )
    text = (
        f"{p.list_subject} holds {claim_tag(total, 'of:detention')} of {claim_tag(persons, 'of:person')} "
        f"{_where(p, states)}"
    )
    if not is_dated:
        if total.value == persons.value:
            held = claim_tag(persons, "of:person")
            text = f"{p.list_subject} holds {held} {_where(p, states)}, one detention each"
        text += (
            ". It gives no date of arrest, so it cannot tell how long a person was held, or whether one "
            "was arrested again."
        )
        if "extent" in p.remarks:
            text += f" {p.remarks['extent']}"
        return ListSentences(text, is_key=True)
    text += (
        f"; {claim_tag(own['dated'])} have a date of arrest, and {claim_tag(own['open'])} were "
        f"not over on {day}."
    )
    if not_known := own.get("end_not_known"):
        text += (
            f" Of {claim_tag(not_known)} the list does not know whether the person is still held: "
            f"{claim_tag(not_known, 'agree:it counts:they count')} neither as held nor as released."
        )
    if (
        is_printed(total)
        and is_printed(persons)
        and float(total.value or 0) > float(persons.value or 0)
    ):
        text += " Some persons were detained more than once."
    return ListSentences(text, is_key=True)


def _where(p: Population, states: Claim) -> str:
    """The number of States of a public list, or the name of the only one."""
    held = p.frame["state_iso3"].dropna().unique()
    if len(held) == 1:
        return f"in {name_in_sentence(str(held[0]))}"
    return f"in {claim_tag(states)} {claim_tag(states, STATES)}"


def sentences_on_sentence_kinds(
    p: Population, claims: Mapping[str, Claim], died: Claim | None
) -> str:
    """How many detentions of a list are recorded under each kind of sentence; counts only.

    died: those with a word that the publisher does not define and with a recorded death.
    """
    stem = "detained_by_sentence_kind"
    own = {
        code: claim
        for code in codes("sentence_kind")
        if is_printed(claim := claims.get(p.claim_name(f"{stem}.{code}"))) and claim
    }
    of = claims.get(p.claim_name(f"{stem}.of"))
    if of is None or not is_printed(of) or not own:
        return ""
    words = {code: label_in_sentence(label("sentence_kind", code)) for code in own}
    kinds = {c: SENTENCES_IN_WORDS.get(c, f"as “{words[c]}”") for c in own if c not in UNKNOWN}
    told = [f"{count_with_share(own[code], whole=of)} {kinds[code]}" for code in kinds]
    text = (
        f"{p.list_subject} records, of its {claim_tag(of, 'of:detention')}, {join_with_and(told)}"
    )
    if not told:
        text = (
            f"{p.list_subject} records no kind of sentence of its {claim_tag(of, 'of:detention')}"
        )
    said = {c: p.unknown_as.get(f"sentence_kind_code.{c}") or UNKNOWN.get(c, "") for c in own}
    rest = write_unknown_sentence(
        "the sentence", [(own[c], said[c]) for c in own if c not in kinds]
    )
    if died and is_printed(died) and died.value == own["not_defined"].value:
        rest += f" All {claim_tag(died)} with that word are recorded as having died."
    return f"{text}. {rest}".strip()


def sentences_on_states_of_detained(
    p: Population, claims: Mapping[str, Claim]
) -> list[ListSentences]:
    """The States with a stated number of persons or more, in alphabetical order."""
    ending = ".persons"
    shown = {
        name.removesuffix(ending).rpartition(".")[2].upper(): claim
        for name, claim in claims.items()
        if name.endswith(ending) and is_printed(claim)
    }
    least = choose_threshold(float(claim.value or 0) for claim in shown.values())
    if len(shown) < 2 or least is None:
        return []
    chosen = sorted((i for i, c in shown.items() if is_printed(c, least)), key=alphabetical_key)
    threshold = text_claim(
        p.claim_name("detained_by_state.threshold"),
        f"{least:,}",
        f"{p.title}: number of persons from which a State is named in the text",
        SCOPE,
    )
    named = join_with_and([f"{name_in_sentence(i)} ({claim_tag(shown[i])})" for i in chosen])
    return [
        ListSentences(
            f"{p.list_subject} holds, in the States or territories with {claim_tag(threshold)} persons or "
            f"more, in alphabetical order: {named}.",
            (threshold,),
        )
    ]


def end_date_sentences(
    p: Population, claims: Mapping[str, Claim], day: str, next_year: Claim
) -> list[ListSentences]:
    """For how many the end of the sentence is given, how many ends lie after the data, and after today.

    day: the as-of date in words. next_year: the year after that of the report.
    """
    total, running = claims["end_dates.total"], claims.get("end_dates.running")
    if total.status == "suppressed":
        text = f"The number of detentions of which {p.list_in_prose} gives the end of the sentence"
        return [ListSentences(f"{text} is {why_not_printed(total)}.")]
    if not is_printed(total):
        return [ListSentences(f"{p.list_subject} gives no date on which a sentence ends.")]
    text = (
        f"{p.list_subject} gives the end of the sentence for {claim_tag(total)} of its "
        f"{claim_tag(claims['detentions.total'], 'of:detention')}"
    )
    if is_printed(running, 0) and running:
        may = [
            f"{claim_tag(claim)} more, of which only the {exact} is known,"
            for exact in ("year", "month")
            if is_printed(claim := claims.get(f"end_dates.may_run_{exact}")) and claim
        ]
        least = "at least " if may else ""
        alive, beyond = claims.get("end_dates.running_alive"), claims.get("end_dates.beyond")
        text += (
            f". Of persons with no death recorded, {least}{claim_tag(alive or running, 'none')} "
            f"{agreement_tag(alive or running, 'was', 'were')} due to end after {day}"
        )
        if beyond and is_printed(beyond, 0):
            text += f", and {claim_tag(beyond, 'none')} of these in {claim_tag(next_year)} or later"
        if may:
            text += f"; {' and '.join(may)} may end before or after that day"
    return [ListSentences(f"{text}.", (next_year,), is_key=True)]


def sentences_on_deaths(p: Population, claims: Mapping[str, Claim]) -> list[ListSentences]:
    """Deaths that a list records, where, and how many came before the end of the sentence."""
    own = {key.removeprefix("deaths."): claim for key, claim in claims.items()}
    total = own["total"]
    if not is_printed(total):
        return []
    where = [
        f"{claim_tag(own[key])} {words}"
        for key, words in (
            ("in_custody", "in custody"),
            ("not_stated", "at a place that the list does not state"),
        )
        if is_printed(own.get(key))
    ]
    text = f"{p.list_subject} records {claim_tag(total, 'of:death')}"
    if len(where) == 1 and is_printed(own.get("in_custody")):
        text += " in custody."
    elif len(where) == 1:
        text += f" and not whether {agreement_tag(total, 'it', 'they')} occurred in custody."
    else:
        text += f": {join_with_and(where)}." if where else "."
    dated, before = own.get("with_end_date"), own.get("before_end")
    if dated and before and is_printed(dated) and is_printed(before, 0):
        text += (
            f" Of the {claim_tag(dated)} with an end date of the sentence, "
            f"{claim_tag(before, 'none')} died before "
            "that date"
        )
        after, inexact, life = (own.get(key) for key in ("after_end", "end_not_exact", "life"))
        if after and is_printed(after):
            text += f" and {claim_tag(after)} not"
        if inexact and is_printed(inexact):
            text += f"; for {claim_tag(inexact)} this cannot be determined"
        text += "."
        if life and is_printed(life):
            text += f" Of the others, {claim_tag(life)} died under a life sentence."
    return [ListSentences(text, is_key=True)]


def time_served_sentences(
    p: Population, claims: Mapping[str, Claim], day: str, median: Claim | None
) -> list[ListSentences]:
    """How many open detentions had lasted longest, and the median of days held."""
    whole, longest = (claims.get(f"time_served.{key}") for key in ("of", "from_10"))
    if not whole or not longest or not is_printed(whole) or not is_printed(longest, 0):
        return []
    half = ""
    if median is not None and median.status == "shown":
        half = f"; half of all {claim_tag(whole)} had lasted for more than {claim_tag(median)} days"
    return [
        ListSentences(
            f"Of the {claim_tag(whole)} detentions on {p.list_in_prose} that were not over on {day} and "
            f"have a date of arrest, {claim_tag(longest, 'none')} had lasted ten years or longer{half}.",
            is_key=True,
        )
    ]


def pretrial_sentences(p: Population, claims: Mapping[str, Claim]) -> list[ListSentences]:
    """Time from arrest to sentence, over the detentions with both dates."""
    known = claims.get("pretrial.known")
    items = [
        f"{count_with_share(claims[name], claims.get(f'{name}.share'))} {words}"
        for name, words in BEFORE_THE_SENTENCE.items()
        if is_printed(claims.get(name))
    ]
    if not known or not is_printed(known) or not items:
        return []
    return [
        ListSentences(
            f"Of the {claim_tag(known)} detentions on {p.list_in_prose} with a date of arrest and of "
            f"sentence, these had lasted so long before the sentence: {join_with_and(items)}."
        )
    ]


def sentences_against_the_term(
    p: Population, claims: Mapping[str, Claim], day: str
) -> list[ListSentences]:
    """Open detentions by the part of the sentence that had been served."""
    items = [
        f"{claim_tag(claim)} {words.format(was=claim_tag(claim, 'agree:was:were'))}"
        for key, words in SERVED.items()
        if (claim := claims.get(f"served.{key}")) and is_printed(claim)
    ]
    whole = claims.get("served.of")
    if not items or not whole:
        return []
    told = sum(float(claims[f"served.{key}"].value or 0) for key in SERVED)
    rest = "; of the others the sentence, its length or the beginning is not known"
    return [
        ListSentences(
            f"Of the {claim_tag(whole)} detentions on {p.list_in_prose} that were not over on {day}, "
            f"{join_with_and(items)}{rest if told < float(whole.value or 0) else ''}.",
            is_key=is_printed(claims.get("served.beyond")),
        )
    ]


def doubt_sentences(p: Population, claims: Mapping[str, Claim]) -> list[ListSentences]:
    """Rows in which something does not fit, by kind of doubt."""
    items = [
        f"{label_in_sentence(claim.definition.partition(': ')[2])} in {claim_tag(claim)}"
        for claim in claims.values()
        if is_printed(claim)
    ]
    return (
        [ListSentences(f"{p.list_subject} holds what does not fit: {join_with_and(items)}.")]
        if items
        else []
    )
