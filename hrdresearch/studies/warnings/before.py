"""Persons recorded as killed after a warning: how many, how long before, from whom, with what answer.

Only of public lists, or in an internal report: a number of persons in one class of a confidential list,
by one list of killed persons, could point to one person.
"""

from __future__ import annotations

from collections.abc import Mapping
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
LINKED = (
    "Persons were linked by name, State and sex, since the days of a warning and of a killing "
    "are two. A link is doubtful where the name stands in another form, in another State, or on "
    "several rows."
)
DETAILS = (
    ("kind", "attack_act_codes", "attack_act", "Kind of warning"),
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
LEAST_TOLD = 10  # persons; of fewer, days or a type of death could tell of one
CUSTODY = (
    "Whether a person was still held is not recorded here, so this does not say that anybody had been "
    "freed before."
)
FEW_DAYS = "Both days are known for fewer than ten persons, so no days are told."
NOT_THE_SAME = (
    "That a record stands before a killing does not say that the same persons are responsible for "
    "both."
)
SHOWN = ("killed", "sure", "doubtful", "unclear", "earlier")
BOTH = ("killed_later", "killed_before")
SILENT = ("not_asked", "not_a_letter")


def before_finding(study: Part) -> Finding:
    """Persons recorded as killed after a warning, and the days between, by list.

    Claims: ``before.killed`` (persons), ``.sure``, ``.doubtful``, ``.type.CODE``, ``.motive.*`` and
    ``.threats.*`` (of the sure), ``.dated`` (of the sure, with both days),
    ``.days`` (median from the first warning), ``.shortest``, ``.longest``, ``.last_days`` (median
    from the last warning), ``.unclear``, ``.earlier`` (recorded as killed before the record),
    ``.first_year`` (of the warnings), and of each list of killed persons ``.on.LIST`` and
    ``.of.LIST`` (all that it records as killed from the first year of the warnings on).
    """
    exact = exact_lists(study)
    made = {p.slug: (_counts(), _days(p), [*_by_state(p), *_by_list(study, p)]) for p in exact}
    return table_of_counts(
        study,
        "before",
        "Persons recorded as killed after a warning",
        [
            *column_heads("List", killed="Recorded as killed later", sure="By the same name"),
            Column("doubtful", "By a doubtful link"),
            Column("unclear", "Order open"),
            Column("earlier", "Killed before the record"),
        ],
        lambda p: [_row(p, made[p.slug][0])] if p.slug in made else [],
        beside=lambda p: (
            [*made[p.slug][0].values(), *made[p.slug][1].values(), *made[p.slug][2]]
            if p.slug in made
            else []
        ),
        names_lists=True,
        sentence=lambda p, claims: _sentences(study, p, claims) if p.slug in made else [],
        unit="persons",
        notes=(
            LINKED,
            "Order open: the record and the killing are of one day, or the dates leave open "
            "which came first. Killed before the record: the record is of the killing, or the "
            "death became known later, or the link is wrong.",
        ),
    )


def details_finding(study: Part) -> Finding:
    """Warnings of persons recorded as killed later: kind, from whom, means, protection and reply.

    Claims: ``details.protection.CODE`` and so on (``DETAILS``). What a list does not ask has no row.
    """
    exact = exact_lists(study)

    def rows(p: Population) -> list[Row]:
        later = p.frame[p.frame["after_warning_code"].eq(LATER["after_warning_code"])]
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
            "A person may have several warnings. A fact that the list does not ask has no row; "
            "not recorded is not no. An answer or a reply that came after the killing counts as "
            "none by then.",
        ),
    )


def _tells(cells: pd.Series) -> bool:
    return bool((~cells.isin((*SILENT, "not_recorded"))).any())


def _counts() -> dict[str, CountDraft]:
    wanted: dict[str, tuple[str, dict[str, Any]]] = {
        "killed": ("persons recorded as killed after a warning", LATER),
        "sure": (
            "of these, under the same name in the same State",
            {**LATER, "person_link_code": "same_name"},
        ),
        "doubtful": ("of these, by a doubtful link", {**LATER, "person_link_code": "doubtful"}),
        "unclear": (
            "persons recorded as killed on the day of the record, or on a day that leaves the order open",
            {"after_warning_code": "order_unclear"},
        ),
        "earlier": (
            "persons recorded as killed before the day of the record",
            {"after_warning_code": "killed_before"},
        ),
    }
    sure = {**LATER, "person_link_code": "same_name"}
    facts = {
        **{f"type.{c}": ("killing_type_code", c) for c in codes("death_type")},
        "motive.confirmed": ("killing_motive_code", "confirmed"),
        "motive.known": ("killing_motive_code", ["confirmed", "suspected"]),
        "threats.yes": ("killing_threats_code", "yes"),
        "threats.answered": ("killing_threats_code", ["yes", "no"]),
    }
    wanted |= {
        k: (f"of those under the same name, {column} {codes_}", {**sure, column: codes_})
        for k, (column, codes_) in facts.items()
    }
    return {
        k: CountDraft(f"before.{k}", words, filter_, "person", PERSON)
        for k, (words, filter_) in wanted.items()
    }


def _row(p: Population, counts: Mapping[str, CountDraft]) -> Row:
    return (p.title, *(counts[k] for k in SHOWN))


def _days(p: Population) -> dict[str, Claim]:
    """Days of persons under the same name in the same State; of fewer than ten, their number alone."""
    is_sure = p.frame["person_link_code"].eq("same_name")
    later = p.frame[is_sure & p.frame["after_warning_code"].eq(LATER["after_warning_code"])]
    waits = later.dropna(subset=["days_before"]).groupby(PERSON)["days_before"]
    last, first = waits.min(), waits.max()
    wanted: dict[str, tuple[float, str, str]] = {
        "first_year": (
            int(p.frame["warned_year"].min()),
            "calendar_year",
            "first year of the records",
        ),
        "earlier.both": (_in_both(p), "person", "of those killed before a record, also after one"),
        "dated": (len(first), "person", "of these, with both days known"),
    }
    if len(first) >= LEAST_TOLD:
        words = "days from the {} record to the killing, {}, of persons under the same name"
        wanted |= {
            "days": (float(first.median()), "day", words.format("first", "median")),
            "shortest": (int(first.min()), "day", words.format("first", "fewest")),
            "longest": (int(first.max()), "day", words.format("first", "most")),
            "last_days": (float(last.median()), "day", words.format("last", "median")),
        }
    return {
        k: measured_claim(p, f"before.{k}", value, unit, words, "computed")
        for k, (value, unit, words) in wanted.items()
    }


def _in_both(p: Population) -> int:
    """Persons with a record before the death, and another one after it."""
    own = [set(p.frame.loc[p.frame["after_warning_code"].eq(c), PERSON]) for c in BOTH]
    return len(own[0] & own[1])


def _by_state(p: Population) -> list[CountDraft]:
    """Counts of the States of the sure links, and of each State with a tenth of them and at least two."""
    rows = p.frame[p.frame["after_warning_code"].eq(LATER["after_warning_code"])]
    rows = rows[rows["person_link_code"].eq("same_name")]
    persons = rows.groupby("state_iso3")[PERSON].nunique()
    sure = {**LATER, "person_link_code": "same_name"}
    words = "States of the persons under the same name"
    drafts = [CountDraft("before.states", words, sure, "state", "state_iso3")]
    return drafts + [
        CountDraft(
            f"before.state.{iso3.lower()}",
            f"of those under the same name, in {name_in_sentence(iso3)}",
            {**sure, "state_iso3": iso3},
            "person",
            PERSON,
        )
        for iso3 in sorted(
            persons.index[persons >= max(2, TENTH * persons.sum())], key=alphabetical_key
        )
    ]


def _state_sentences(made: Mapping[str, Claim]) -> str:
    """In how many States the records were made, and where a tenth of the persons or more."""
    stem = "before.state."
    named = [
        f"{claim_tag(claim, 'none')} in {name_in_sentence(name.partition(stem)[2].upper())}"
        for name, claim in made.items()
        if name.startswith(stem)
    ]
    if not named or not is_printed(made["before.sure"], LEAST_TOLD):
        return ""
    whole = f"They were recorded in {claim_tag(made['before.states'])} States"
    return f"{whole}; a tenth or more of them in each of these: {join_with_and(named)}."


def _by_list(study: Part, p: Population) -> list[CountDraft | Claim]:
    """Of each list of killed persons: those recorded as killed later, and all from the first year on."""
    named = "persons with a warning and a name"
    made: list[CountDraft | Claim] = [
        CountDraft("before.named", named, {"is_named": True}, "person", PERSON)
    ]
    for killed in study.killed_lists:
        key, later = killed.slug.replace("-", "_"), {**LATER, "killed_on": {"holds": killed.slug}}
        words = f"recorded as killed later, on {killed.list_in_prose}"
        made.append(CountDraft(f"before.on.{key}", words, later, "person", PERSON))
        words = f"all on {killed.list_in_prose} from the first year of the warnings on"
        of = len(_comparable(p, killed))
        made.append(measured_claim(p, f"before.of.{key}", of, "person", words, "computed"))
    return made


def _comparable(p: Population, killed: Population) -> pd.DataFrame:
    """Rows of a list of killed persons from the first year of the warnings on, in the States they cover."""
    rows: pd.DataFrame = killed.frame[killed.frame["event_year"] >= p.frame["warned_year"].min()]
    states = p.coverage.states
    return rows.loc[rows["state_iso3"].isin(states)] if states else rows


def _sentences(study: Part, p: Population, made: Mapping[str, Claim]) -> list[ListSentences]:
    killed, sure, doubtful = (made[f"before.{k}"] for k in ("killed", "sure", "doubtful"))
    named = claim_tag(made["before.named"], "of:person")
    if not is_printed(killed):
        text = (
            f"Of {named} with a name {p.on_the_list} none was found with a later date on a list of "
            "killed persons of this report; that is no finding that none was killed."
        )
        return [ListSentences(text), ListSentences(_order_sentences(p, made))]
    more = f", and {claim_tag(doubtful)} more by a doubtful link" if is_printed(doubtful) else ""
    kinds = "; such a list may also count deaths in custody and executions" if is_census(p) else ""
    lists = [
        f"{claim_tag(on)} of the {claim_tag(p.claim_name(f'before.of.{key}'), 'of:person')} whom "
        f"{k.name_in_prose} records as killed from {claim_tag(p.claim_name('before.first_year'))} "
        "on"
        for k in study.killed_lists
        for key in [k.slug.replace("-", "_")]
        if (on := made.get(f"before.on.{key}")) is not None and is_printed(on)
    ]
    text = (
        f"Of {named} {persons_in_words(p)}, {claim_tag(sure, 'none')} "
        f"{agreement_tag(sure, 'stands', 'stand')} "
        "under the same name in the same State on a list of killed persons, with a date after "
        f"{p.called['warning']}{more}{kinds}. Together these are {join_with_and(lists)}."
    )
    others = [
        k.list_in_prose
        for k in study.killed_lists
        if k.covers() and not is_printed(made[f"before.on.{k.slug.replace('-', '_')}"])
    ]
    if others:
        text += f" None was found on {join_with_and(others)}, which may count other persons."
    key = " ".join(filter(None, (text, CUSTODY if is_census(p) else "", _types_sentences(made))))
    days = _day_sentences(p) if "days" in _days(p) else FEW_DAYS
    other = "" if is_census(p) else NOT_THE_SAME
    return [
        ListSentences(key, is_key=True),
        ListSentences(
            " ".join(filter(None, (_state_sentences(made), days, _order_sentences(p, made), other)))
        ),
    ]


def _types_sentences(made: Mapping[str, Claim]) -> str:
    """Sentences on the sure links: type of death, link with the work, and threats, by the list of killed."""
    sure = made["before.sure"]
    types = [
        f"{claim_tag(claim)} as \u201c{label('death_type', code).lower().removeprefix('recorded as ')}\u201d"
        for code in codes("death_type")
        if is_printed(claim := made[f"before.type.{code}"])
    ]
    if not is_printed(sure, LEAST_TOLD) or not types:
        return ""
    told = (
        f"Of the {claim_tag(sure)} under the same name, that list classes {join_with_and(types)}."
    )
    if is_printed(made["before.motive.known"]):
        link = made["before.motive.confirmed"]
        some = "all" if link.value == sure.value else claim_tag(link, "none")
        told += f" It confirms for {some} of them that the death has to do with the work."
    if is_printed(made["before.threats.answered"]):
        told += (
            " It records whether there had been threats for "
            f"{claim_tag(made['before.threats.answered'])}: threats are recorded for "
            f"{claim_tag(made['before.threats.yes'], 'none')}."
        )
    return told


def _day_sentences(p: Population) -> str:
    own = {
        k: p.claim_name(f"before.{k}")
        for k in ("dated", "days", "shortest", "longest", "last_days")
    }
    return (
        f"For {claim_tag(own['dated'], 'of:person')} under the same name both days are known: from "
        f"the first record to the death the median is {claim_tag(own['days'], 'of:day')}, with a range "
        f"from {claim_tag(own['shortest'])} to {claim_tag(own['longest'])}, and from the last record "
        f"the median is {claim_tag(own['last_days'])}."
    )


def _order_sentences(p: Population, made: Mapping[str, Claim]) -> str:
    """Sentences on links whose order in time is open, or in which the killing came first."""
    unclear, earlier = made["before.unclear"], made["before.earlier"]
    told = []
    if is_printed(unclear):
        may_be = "" if is_census(p) else "; the record may be of the killing itself"
        told.append(
            f"For {claim_tag(unclear, 'of:person')} the record and the killing are of one day, or "
            f"the dates leave open which came first{may_be}."
        )
    if is_printed(earlier):
        both = _in_both(p)
        some = (
            ""
            if both == earlier.value
            else f"{claim_tag(p.claim_name('before.earlier.both'))} of them "
        )
        also = f" ({some}counted above too, by an earlier record)" if both else ""
        why = "the death became known later, or the link is wrong."
        why = why if is_census(p) else f"it is of the killing, or {why}"
        told.append(
            f"For {claim_tag(earlier, 'of:person')}{also} the death stands before a record: {why}"
        )
    return " ".join(told)


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
