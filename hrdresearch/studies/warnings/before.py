"""Persons with an earlier record who are recorded as killed later: how many, how long before, from
whom, with what answer.

Only the same whole name in the same State counts; names that are alike are told apart, for a person
to look at. Only of public lists, or in a report that does not leave: of a list kept in confidence a
number of persons in one class by one list of killed persons could tell of one person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim
from hrdresearch.findings.model import Claim, Column, Finding
from hrdresearch.findings.sentences import (
    TENTH,
    ListSentences,
    agreement_tag,
    claim_tag,
    is_printed,
    join_with_and,
)
from hrdresearch.studies.shapes.count_tables import (
    Row,
    column_heads,
    table_of_counts,
    text_columns,
)
from hrdresearch.studies.warnings.part import PERSON, Part, exact_lists, is_census, persons_in_words
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import alphabetical_key, name_in_sentence

LATER = {"after_warning_code": "killed_later"}
DETAILS = (
    ("kind", "attack_act_codes", "attack_act", "Kind of incident"),
    ("from_whom", "perpetrator_codes", "perpetrator", "From whom, as alleged"),
    ("means", "warning_means_codes", "warning_means", "By what means"),
    ("protection", "protection_request_code", "protection_request", "Protection, by the killing"),
    ("reply", "warned_reply_code", "warned_reply", "Reply of the State to the letter"),
)
PROTECTION = {
    "protection.granted": "protection was asked for and granted for",
    "protection.refused": "asked for and refused for",
    "protection.no_answer": "asked for without a recorded answer for",
    "protection.none_requested": "by the record not asked for, for",
    "protection.not_recorded": "not spoken of in the record of",
}
REPLIES = {
    "reply.replied": "the State had replied to the letter on",
    "reply.replied_later": "replied only later on",
    "reply.no_reply": "by the record not replied on",
}
BREAK = "\n\n"  # between paragraphs on one list
LEAST_TOLD = 10  # persons; of fewer, days or a type of death could tell of one
CUSTODY = "Whether they died in custody, or had been freed, is not recorded."
NOT_THE_SAME = (
    "That a record stands before a killing does not say that the same persons are responsible for "
    "both."
)
COUNTED = {  # by the code of ``after_warning``
    "killed": ("killed_later", "persons recorded as killed after a record"),
    "unclear": ("order_unclear", "persons recorded as killed on a day that leaves the order open"),
    "earlier": ("killed_before", "persons recorded as killed before the day of a record"),
    "another": ("another_person", "persons of whose name another one was killed long before"),
    "to_look_at": ("to_look_at", "persons with a name like one on a list of killed persons"),
}
SILENT = ("not_asked", "not_a_letter")


def before_finding(study: Part) -> Finding:
    """Persons recorded as killed after a record, and the time between; text only, by list.

    Claims: ``before.named`` (persons with a name), ``before.killed``, ``.unclear``, ``.earlier``,
    ``.another``, ``.to_look_at`` (``COUNTED``), ``.held`` (of those killed, in the last census
    before), ``.type.CODE``, ``.motive.confirmed``, ``.threats.*``, ``.dated`` (with both days),
    ``.days`` (median from the first record), ``.shortest``, ``.longest``, ``.last_days`` (median
    from the last record), or in years ``.years``, ``.fewest_years``, ``.most_years``,
    ``.last_years``; ``.first_year`` (of the records), and of each list of killed persons
    ``.on.LIST`` and ``.of.LIST`` (all that it records as killed from the first year on).
    """
    exact = exact_lists(study)
    made = table_of_counts(
        study,
        "before",
        "Persons recorded as killed after an earlier record",
        column_heads("List"),
        (),
        beside=lambda p: (
            [*_counts(), *_times(p).values(), *_by_state(p), *_by_list(study, p)]
            if p in exact
            else []
        ),
        names_lists=True,
        sentence=lambda p, claims: _sentences(study, p, claims) if p in exact else [],
        unit="persons",
    )
    paragraphs = [one.strip() for whole in made.statements for one in whole.split(BREAK)]
    return replace(made, statements=tuple(paragraphs))


def details_finding(study: Part) -> Finding:
    """Of persons recorded as killed later: kind, from whom, means, protection and reply, each as
    recorded.

    Claims: ``details.protection.CODE`` and so on (``DETAILS``). What a list does not ask has no
    row.
    """
    exact = exact_lists(study)

    def rows(p: Population) -> list[Row]:
        later = _later(p)
        return [
            (
                heading,
                label(vocabulary, code),
                CountDraft(
                    f"details.{name}.{code}",
                    f"persons recorded as killed later, {heading.lower()}: {label(vocabulary, code)}",
                    {**LATER, column: code},
                    "person",
                    PERSON,
                ),
            )
            for name, column, vocabulary, heading in DETAILS
            if not later.empty and _tells(later[column]) and p.frame[column].nunique() > 1
            for code in codes(vocabulary)
            if code not in SILENT
        ]

    return table_of_counts(
        study,
        "details",
        "What had been recorded of persons before they were recorded as killed",
        [*text_columns(fact="Fact", label="As recorded"), Column("value", "Persons")],
        lambda p: rows(p) if p in exact else [],
        empty="drop rows",
        sentence=lambda p, made: _details_sentences(made) if p in exact else [],
        notes=(
            "A person may have several records. A fact that the list does not ask has no row; "
            "not recorded is not no. An answer or a reply that came after the killing counts as "
            "none by then.",
        ),
    )


def _tells(cells: pd.Series) -> bool:
    return bool((~cells.isin((*SILENT, "not_recorded"))).any())


def _counts() -> list[CountDraft]:
    wanted: dict[str, tuple[str, dict[str, Any]]] = {
        "named": ("persons with a record and a name", {"is_named": True}),
        **{k: (words, {"after_warning_code": code}) for k, (code, words) in COUNTED.items()},
    }
    facts = {
        "held": ("is_held_at_last_census", True),
        **{f"type.{c}": ("killing_type_code", c) for c in codes("death_type")},
        "motive.confirmed": ("killing_motive_code", "confirmed"),
        "motive.known": ("killing_motive_code", ["confirmed", "suspected"]),
        "threats.yes": ("killing_threats_code", "yes"),
        "threats.answered": ("killing_threats_code", ["yes", "no"]),
    }
    wanted |= {
        k: (
            f"of those recorded as killed later: {k.replace('.', ', ').replace('_', ' ')}",
            {**LATER, c: v},
        )
        for k, (c, v) in facts.items()
    }
    return [
        CountDraft(f"before.{k}", words, filter_, "person", PERSON)
        for k, (words, filter_) in wanted.items()
    ]


def _of_code(p: Population, code: str) -> pd.DataFrame:
    rows: pd.DataFrame = p.frame[p.frame["after_warning_code"].eq(code)]
    return rows


def _later(p: Population) -> pd.DataFrame:
    """Records after which the person is recorded as killed."""
    return _of_code(p, LATER["after_warning_code"])


def _times(p: Population) -> dict[str, Claim]:
    """Days, or else years, from the records to the killing; of fewer than ten persons their number alone."""
    later = _later(p)
    days = later.dropna(subset=["days_before"]).groupby(PERSON)["days_before"]
    own = p.frame[p.frame[PERSON].isin(later[PERSON]) & p.frame["killed_year"].notna()]
    own = own[own["warned_year"] <= own["killed_year"]]
    years = (own["killed_year"] - own["warned_year"]).groupby(own[PERSON])
    both = {
        k: later.loc[later[PERSON].isin(_of_code(p, COUNTED[k][0])[PERSON]), PERSON].nunique()
        for k in ("unclear", "earlier")
    }
    wanted: dict[str, tuple[float, str, str]] = {
        "first_year": (
            int(p.frame["warned_year"].min()),
            "calendar_year",
            "first year of the records",
        ),
        "dated": (len(days), "person", "of those killed later, with both days known"),
        **{
            f"{k}.both": (
                n,
                "person",
                f"of {COUNTED[k][1]}, also recorded as killed after another one",
            )
            for k, n in both.items()
        },
    }
    for spans, unit, names in (
        (days, "day", ("days", "shortest", "longest", "last_days")),
        (years, "year", ("years", "fewest_years", "most_years", "last_years")),
    ):
        if len(spans) >= LEAST_TOLD and not (unit == "year" and "days" in wanted):
            last, first = spans.min(), spans.max()
            words = f"{unit}s from the {{}} record to the killing, {{}}"
            found = (
                (_whole(first.median()), words.format("first", "median")),
                (int(first.min()), words.format("first", "fewest")),
                (int(first.max()), words.format("first", "most")),
                (_whole(last.median()), words.format("last", "median")),
            )
            wanted |= {k: (v, unit, w) for k, (v, w) in zip(names, found, strict=True)}
    return {
        k: measured_claim(p, f"before.{k}", value, unit, words, "computed")
        for k, (value, unit, words) in wanted.items()
    }


def _whole(number: float) -> float:
    """The same as a whole number where it is one, so that it is printed like the others."""
    return int(number) if float(number).is_integer() else float(number)


def _by_state(p: Population) -> list[CountDraft]:
    """States of those killed later, and of each State that has a tenth of them, and two or more."""
    persons = _later(p).groupby("state_iso3")[PERSON].nunique()
    words = "States of those recorded as killed later"
    return [
        CountDraft("before.states", words, LATER, "state", "state_iso3"),
        *(
            CountDraft(
                f"before.state.{iso3.lower()}",
                f"of those recorded as killed later, in {name_in_sentence(iso3)}",
                {**LATER, "state_iso3": iso3},
                "person",
                PERSON,
            )
            for iso3 in sorted(
                persons.index[persons >= max(2, TENTH * persons.sum())], key=alphabetical_key
            )
        ),
    ]


def _by_list(study: Part, p: Population) -> list[CountDraft | Claim]:
    """Of each list of killed persons: those recorded as killed later, and all from the first year on."""
    made: list[CountDraft | Claim] = []
    for killed in study.killed_lists:
        key, later = _key(killed), {**LATER, "killed_on": {"holds": killed.slug}}
        words = f"recorded as killed later, on {killed.list_in_prose}"
        made.append(CountDraft(f"before.on.{key}", words, later, "person", PERSON))
        words = f"all on {killed.list_in_prose} from the first year of the records on"
        of = len(_comparable(p, killed))
        made.append(measured_claim(p, f"before.of.{key}", of, "person", words, "computed"))
    return made


def _key(killed: Population) -> str:
    return killed.slug.replace("-", "_")


def _comparable(p: Population, killed: Population) -> pd.DataFrame:
    """Rows of a list of killed persons from the first year of the records on, in the States they cover."""
    rows: pd.DataFrame = killed.frame[killed.frame["event_year"] >= p.frame["warned_year"].min()]
    states = p.coverage.states
    return rows.loc[rows["state_iso3"].isin(states)] if states else rows


def _could_be_read(p: Population, killed: Population) -> bool:
    """Whether a list of killed persons covers the State of ten persons of a list, or more."""
    rows, states = p.frame[p.frame["is_named"]], killed.coverage.states
    is_in = rows["state_iso3"].isin(states) if states else rows["is_named"]
    return killed.covers() and int(rows.loc[is_in, PERSON].nunique()) >= LEAST_TOLD


def _sentences(study: Part, p: Population, made: Mapping[str, Claim]) -> list[ListSentences]:
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
        f"{claim_tag(on, 'none')} of the {claim_tag(p.claim_name(f'before.of.{_key(k)}'), 'of:person')} "
        f"whom {k.name_in_prose} records as killed from {claim_tag(p.claim_name('before.first_year'))} on"
        for k in study.killed_lists
        if (on := made.get(f"before.on.{_key(k)}")) is not None and is_printed(on)
    ]
    text = (
        f"Of {named} {persons_in_words(p)}, {claim_tag(killed, 'none')} "
        f"{agreement_tag(killed, 'stands', 'stand')} under the same name in the same State on a list of "
        "killed persons, with a date after "
        f"{p.called['warning']}: {join_with_and(whole)}."
    )
    others = [k for k in read if not is_printed(made[f"before.on.{_key(k)}"])]
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
        rows = _later(p).loc[lambda d: d["killing_type_code"].eq("not_recorded")]
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
    own = {k: claim_tag(claim, "none") for k, claim in _times(p).items()}
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
    both = _times(p)[f"{key}.both"]
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


def _details_sentences(made: Mapping[str, Claim]) -> list[ListSentences]:
    """Sentences on protection and replies; the table has the rest."""
    said = []
    for lead, words in (
        ("Before the killing", PROTECTION),
        ("By the killing", REPLIES),
    ):
        held = [
            f"{told} {claim_tag(claim, 'of:person')}"
            for name, told in words.items()
            if (claim := made.get(f"details.{name}")) is not None and is_printed(claim)
        ]
        if held:
            said.append(ListSentences(f"{lead} {join_with_and(held)}.", is_key=True))
    return said
