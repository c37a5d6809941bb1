"""Sentences on persons with an earlier record who are recorded as killed later."""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import Population
from hrdresearch.findings.model import Claim
from hrdresearch.findings.sentences import (
    ListSentences,
    agreement_tag,
    claim_tag,
    is_printed,
    join_with_and,
)
from hrdresearch.studies.warnings.part import (
    PERSON,
    Part,
    is_census,
    persons_in_words,
    slug_in_names,
)
from hrdresearch.studies.warnings.time_to_killing import (
    LEAST_TOLD,
    killed_later,
    times_to_killing,
)
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import name_in_sentence

PROTECTION = {
    "protection.granted": "protection was asked for and granted for",
    "protection.refused": "asked for and refused for",
    "protection.no_answer": "asked for without a recorded answer for",
    "protection.none_requested": "by the record not asked for, for",
    "protection.not_recorded": "not spoken of in the record of",
}
REPLIES = {
    "reply.replied": "had come by the killing for",
    "reply.replied_later": "came only later for",
    "reply.no_reply": "is not recorded for",
}
BREAK = "\n\n"  # between paragraphs on one list
CUSTODY = "Whether they died in custody, or had been freed, is not recorded."
NOT_THE_SAME = (
    "That a record stands before a killing does not say that the same persons are responsible for "
    "both."
)


def _could_be_read(p: Population, killed: Population) -> bool:
    """Whether a list of killed persons covers the State of ten persons of a list, or more."""
    rows, states = p.frame[p.frame["is_named"]], killed.coverage.states
    is_in = rows["state_iso3"].isin(states) if states else rows["is_named"]
    return killed.covers() and int(rows.loc[is_in, PERSON].nunique()) >= LEAST_TOLD


def before_sentences(study: Part, p: Population, made: Mapping[str, Claim]) -> list[ListSentences]:
    """How many persons of a list are recorded as killed later: where, after how long, in which order."""
    killed, held = made["before.killed"], made["before.held"]
    named = claim_tag(made["before.named"], "of:person")
    read = [k for k in study.killed_lists if _could_be_read(p, k)]
    order = " ".join(filter(None, (*_order_sentences(p, made), _to_look_at_sentences(made))))
    if not is_printed(killed):
        lists = " or ".join(k.list_in_prose for k in read or study.killed_lists[:1])
        text = (
            f"Of {named} with a name {p.on_the_list} none was found with a later date on {lists}; "
            "that is no finding that none was killed."
        )
        return [ListSentences(f"{text} {order}".strip())]
    whole = [
        f"{claim_tag(on, 'none')} of the "
        f"{claim_tag(p.claim_name(f'before.of.{slug_in_names(k)}'), 'of:person')} "
        f"whom {k.name_in_prose} records as killed from {claim_tag(p.claim_name('before.first_year'))} on"
        for k in study.killed_lists
        if (on := made.get(f"before.on.{slug_in_names(k)}")) is not None and is_printed(on)
    ]
    text = (
        f"Of {named} {persons_in_words(p)}, {claim_tag(killed, 'none')} "
        f"{agreement_tag(killed, 'stands', 'stand')} under the same name in the same State on a list of "
        "killed persons, with a date after "
        f"{p.called['warning']}: {join_with_and(whole)}."
    )
    others = [k for k in read if not is_printed(made[f"before.on.{slug_in_names(k)}"])]
    if others:
        names = join_with_and([k.list_in_prose for k in others])
        text += f" None was found on {names}, which may count other persons."
    if is_census(p):
        custody = (
            f"Of the {claim_tag(killed)} whom it counts as held and who are recorded as killed later, "
            f"{claim_tag(held, 'none')} {agreement_tag(held, 'was', 'were')} "
            f"counted as held in the last census before the death, or in the census of its year. {CUSTODY}"
        )
        key = [text, custody]
    else:
        key = [f"{text} {NOT_THE_SAME}"]
    who = f"{_types_sentences(p, made)} {_state_sentences(made)}".strip()
    return [
        *(ListSentences(one, is_key=True) for one in key),
        *(ListSentences(BREAK + one) for one in (who, _time_sentences(p, made), order) if one),
    ]


def _types_sentences(p: Population, made: Mapping[str, Claim]) -> str:
    """Type of death, link with the work, and threats, as the list of killed persons has them."""
    killed, unclassed = made["before.killed"], made["before.type.not_recorded"]
    types = [
        f"{claim_tag(claim)} as \u201c{label('death_type', code).lower().removeprefix('recorded as ')}\u201d"
        for code in codes("death_type")
        if code != "not_recorded" and is_printed(claim := made[f"before.type.{code}"])
    ]
    if not is_printed(killed, LEAST_TOLD) or not types:
        return ""
    told = f"Of the {claim_tag(killed)}, the list of killed persons classes {join_with_and(types)}"
    if is_printed(unclassed):
        rows = killed_later(p).loc[lambda d: d["killing_type_code"].eq("not_recorded")]
        is_open = not rows["killing_motive_code"].eq("confirmed").any()
        why = ", whose link with the work it does not confirm," if is_open else ""
        told += f"; for {claim_tag(unclassed)}{why} it gives no class"
    told += ". It has no class for a death in custody." if is_census(p) else "."
    if is_printed(made["before.motive.known"]):
        link = made["before.motive.confirmed"]
        some = "all" if link.value == killed.value else claim_tag(link, "none")
        told += f" It confirms for {some} of them that the death has to do with the work."
    if is_printed(made["before.threats.answered"], LEAST_TOLD):
        told += (
            " It records whether there had been threats for "
            f"{claim_tag(made['before.threats.answered'])}: threats are recorded for "
            f"{claim_tag(made['before.threats.yes'], 'none')}."
        )
    return told


def _state_sentences(made: Mapping[str, Claim]) -> str:
    """In how many States the records were made, and where a tenth of the persons or more."""
    stem = "before.state."
    named = [
        f"{claim_tag(claim, 'none')} in {name_in_sentence(name.partition(stem)[2].upper())}"
        for name, claim in made.items()
        if name.startswith(stem)
    ]
    if not named or not is_printed(made["before.killed"], LEAST_TOLD):
        return ""
    whole = f"They were recorded in {claim_tag(made['before.states'])} States"
    return f"{whole}; a tenth or more of them in each of these: {join_with_and(named)}."


def _time_sentences(p: Population, made: Mapping[str, Claim]) -> str:
    """Days from the records to the death; years where the file gives no days; or why neither."""
    own = {k: claim_tag(claim, "none") for k, claim in times_to_killing(p).items()}
    if "days" in own:
        head = f"For {own['dated']} of them both days are known: from"
        first, low, high, last = (own[k] for k in ("days", "shortest", "longest", "last_days"))
        unit = "days"
    elif "years" in own:
        head = "The list of killed persons gives years and not days: from"
        first, low, high, last = (
            own[k] for k in ("years", "fewest_years", "most_years", "last_years")
        )
        unit = "calendar years"
    else:
        killed = claim_tag(made["before.killed"])
        return f"Both days are known for {own['dated']} of the {killed}, so no days are told."
    return (
        f"{head} the first record to the death the median is {first} {unit}, with a range from {low} to "
        f"{high}, and from the last record the median is {last}."
    )


def _order_sentences(p: Population, made: Mapping[str, Claim]) -> list[str]:
    """Links whose order is open, or against what a record before a killing is, or of another person."""
    of_killing = "" if is_census(p) else "; the record may be of the killing itself"
    late = "the death became known later, or the link is wrong"
    late = late if is_census(p) else f"it is of the killing, or {late}"
    told = [
        f"For {claim_tag(made[f'before.{k}'], 'of:person')}{_counted_too(p, made, k)} {words}."
        for k, words in (
            (
                "unclear",
                f"the dates of a record and of the killing leave open which came first{of_killing}",
            ),
            ("earlier", f"the death stands before a record: {late}"),
        )
        if is_printed(made[f"before.{k}"])
    ]
    another = made["before.another"]
    if is_printed(another):
        told.append(
            f"For {claim_tag(another, 'of:person')} a death of the same name in the same State is recorded "
            "more than a year before the record: it must be of another person, so a name alone can link two "
            "people."
        )
    return told


def _counted_too(p: Population, made: Mapping[str, Claim], key: str) -> str:
    """Which of these are counted as killed later too, by an earlier record."""
    both = times_to_killing(p)[f"{key}.both"]
    if not both.value:
        return ""
    some = "" if both.value == made[f"before.{key}"].value else f"{claim_tag(both)} of them "
    return f" ({some}counted above too, by an earlier record)"


def _to_look_at_sentences(made: Mapping[str, Claim]) -> str:
    alike = made["before.to_look_at"]
    if not is_printed(alike):
        return ""
    return (
        f"For {claim_tag(alike, 'of:person')} a name on a list of killed persons is alike and not the same: "
        "no such name is in a number of killed persons here, and somebody has to look at it before anything "
        "is said of the person."
    )


def details_sentences(made: Mapping[str, Claim]) -> list[ListSentences]:
    """Sentences on protection and replies; the table has the rest."""
    if "before.killed" not in made:  # of a list without rows
        return []
    said = []
    whole = f"Of {claim_tag(made['before.killed'], 'of:person')} recorded as killed later,"
    for lead, words in (
        ("Before the killing", PROTECTION),
        (f"{whole} a reply to the letter", REPLIES),
    ):
        held = [
            f"{told} {claim_tag(claim, 'of:person')}"
            for name, told in words.items()
            if (claim := made.get(f"details.{name}")) is not None and is_printed(claim)
        ]
        if held:
            said.append(ListSentences(f"{lead} {join_with_and(held)}.", is_key=True))
    return said
