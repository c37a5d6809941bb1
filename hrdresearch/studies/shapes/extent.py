"""Extent of the documented killings: victims, events, States, and the link with the work."""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.empty_cells import BY_DEFINITION, NOT_ASKED, NOT_COVERED
from hrdresearch.findings.make_claims import (
    CountDraft,
    Population,
    measured_claim,
    not_computable_claim,
)
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import count_with_share, is_printed
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import Content, Row, column_heads, table_of_counts
from hrdresearch.vocab.states import name_in_sentence

DAY_AND_PLACE = ("event_date", "state_iso3", "admin1_name")
UNCONFIRMED = {"motive_link_code": "suspected"}
DAY_SHARE_FOR_EVENTS = 0.5  # below this share of dates to the day, a range of events says nothing


def extent_finding(study: Study) -> Finding:
    """Finding: victims, events, States, years and link with the work, for each list.

    The number of events is a range if the list has no identifier of events.
    """

    made = {p.slug: _count_extent(study, p) for p in study.populations}

    def row(p: Population) -> Row:
        if not p.covers():
            return p.title, *[NOT_COVERED] * 5
        keys = ("victims", "states", "confirmed", "first_year", "last_year")
        cells: list[Content] = [made[p.slug][f"extent.{key}"] for key in keys]
        if p.recording.get("motive_link_code") == "by_definition":
            cells[keys.index("confirmed")] = BY_DEFINITION
        if not assesses_motive(p):
            cells[keys.index("confirmed")] = NOT_ASKED
        return p.title, *cells

    return table_of_counts(
        study,
        "extent",
        "Extent of the documented killings by list",
        column_heads(
            "List",
            victims="Victims",
            states="States or territories",
            confirmed="Link with the work confirmed",
            first_year="First year",
            last_year="Last year",
        ),
        lambda p: [row(p)],
        beside=lambda p: made[p.slug].values(),
        sentence=lambda p, _: (
            _extent_sentence(study, p, made[p.slug]) + _events_sentence(made[p.slug])
        ),
        key_sentences=tuple(
            _extent_sentence(study, p, made[p.slug]) for p in study.populations if p.covers()
        ),
        names_lists=True,
        notes=(
            "Documented is not occurred: each figure that is not rounded is a lower bound for its list."
            if any(p.release for p in study.populations)
            else "Documented is not occurred: each figure is a lower bound for its list.",
            *(
                [
                    "The period holds the whole periods of years in which a restricted list has a printed "
                    "number; its first and last year are not told."
                ]
                if any(p.periods for p in study.populations)
                else []
            ),
        ),
    )


def victims_draft(p: Population) -> CountDraft:
    """Count of all victims of a list, over which shares are given."""
    return CountDraft("extent.victims", f"{p.title}: victims documented, one a row")


def unconfirmed_draft(p: Population) -> CountDraft:
    """Count of the victims whose link with the work a list calls unconfirmed or suspected."""
    words = "link with the work unconfirmed or suspected"
    return CountDraft("extent.unconfirmed", f"{p.title}: {words}", UNCONFIRMED)


def _count_extent(study: Study, p: Population) -> dict[str, Claim]:
    if not p.covers():
        return {}
    confirmed = {"motive_link_code": "confirmed"}
    either = {"motive_link_code": ["confirmed", "suspected"]}
    drafts = [victims_draft(p), unconfirmed_draft(p)] + [
        CountDraft(f"extent.{key}", f"{p.title}: {words}", filter_)
        for key, words, filter_ in (
            ("confirmed", "link with the work confirmed", confirmed),
            ("confirmed_or_suspected", "link with the work confirmed or suspected", either),
            (
                "collective",
                "rows for a victim known only as a member of a group",
                {"is_collective": True},
            ),
        )
    ]
    words = f"{p.title}: States or territories with at least one victim"
    made = study.count(p, [*drafts, CountDraft("extent.states", words, {}, "state", "state_iso3")])
    years = p.frame["event_year"].dropna()
    ends = (("first_year", years.min(), "smallest"), ("last_year", years.max(), "largest"))
    for key, value, end in ends:
        made[f"extent.{key}"] = (
            measured_claim(
                p,
                f"extent.{key}",
                int(value),
                "calendar_year",
                f"{key.replace('_', ' ')} with a case in scope",
                f"{end}:event_year",
                filter={"source": p.slug, **p.scope},
            )
            if len(years)
            else not_computable_claim(
                p, CountDraft(f"extent.{key}", f"{p.title}: {key}"), "no years"
            )
        )
    return made | _events(p)


def _events(p: Population) -> dict[str, Claim]:
    """Number of events: exact with identifiers, else a range, else not computable.

    Upper bound: every victim was an event of their own. Lower bound: victims of one day in one
    first-level division were one event, and a victim without a division was of an event of that day
    and State that has one.
    Coarser dates would merge unrelated killings, so where most rows have no day there is no range.
    """
    low = CountDraft("extent.events_min", f"{p.title}: events, at least", unit="event")
    high = CountDraft("extent.events_max", f"{p.title}: events, at most", unit="event")
    frame = p.frame
    days = frame["event_date_precision"].eq("day")
    if not p.policy.prints_exact_numbers:
        why = "the policy of the list allows no count by day and place"
        return {d.name: not_computable_claim(p, d, why) for d in (low, high)}
    if len(frame) and frame["event_id"].notna().all():
        n = int(frame["event_id"].nunique())
        return {d.name: _event_claim(p, d, n) for d in (low, high)}
    if not days.mean() >= DAY_SHARE_FOR_EVENTS:
        why = "the list has no event identifier and mostly no day of the event"
        return {d.name: not_computable_claim(p, d, why) for d in (low, high)}
    *day_and_state, division = DAY_AND_PLACE
    divisions = frame[days].groupby(day_and_state)[division].nunique()
    return {
        low.name: _event_claim(p, low, int(divisions.clip(lower=1).sum())),
        high.name: _event_claim(p, high, len(frame)),
    }


def _event_claim(p: Population, draft: CountDraft, value: int) -> Claim:
    words = draft.definition.removeprefix(f"{p.title}: ")
    return measured_claim(
        p,
        draft.name,
        value,
        "event",
        f"{words} (by day and first-level division, or State where none is read: groups and "
        "victims; an event may span several of them)",
        "events",
        rows=len(p.frame),
        filter={"source": p.slug, **p.scope},
    )


def _extent_sentence(study: Study, p: Population, made: Mapping[str, Claim]) -> str:
    if not p.covers():
        return f"{p.subject} does not cover the scope of this draft."
    if not is_printed(made["extent.victims"], 0):
        return f"{p.title}: fewer than five persons, or none, so nothing can be said of them."
    if made["extent.victims"].value == 0 and p.coverage.states:
        return f"{p.title}: no case in the scope of this draft."
    if made["extent.victims"].value == 0:
        return f"{p.title}: no case in the scope of this draft, which the list may not cover."
    victims, states = made["extent.victims"].name, made["extent.states"].name
    first, last = made["extent.first_year"].name, made["extent.last_year"].name
    where = (
        f" in {{{{ {states} }}}} {{{{ {states}|agree:State or territory:States or territories }}}}"
    )
    is_one_state = str(study.params.get("state") or "all") != "all" or len(p.coverage.states) == 1
    # a case whose link is unconfirmed may be dropped from the list later
    is_least = not p.release and not made["extent.unconfirmed"].value
    sentence = (
        f"{p.subject} {_verb(p)} {'at least ' if is_least else ''}{{{{ {victims} }}}} "
        f"{{{{ {victims}|agree:{p.singular}:{p.plural} }}}} {p.called.get('extent', 'killed')}"
    )
    if p.release:
        return f"{sentence.removesuffix(',')}.{_motive_sentence(p, made)}"
    if not is_one_state:
        sentence += where
    elif len(p.coverage.states) == 1 and str(study.params.get("state") or "all") == "all":
        sentence += f" in {name_in_sentence(next(iter(p.coverage.states)))}"
    sentence = f"{sentence.removesuffix(',')}, from {{{{ {first} }}}} to {{{{ {last} }}}}."
    remark = f" {p.remarks['extent']}" if "extent" in p.remarks else ""
    return sentence + remark + _motive_sentence(p, made)


def _verb(p: Population) -> str:
    """Verb for a list: "documents", or "lists" of one that is compiled from other lists."""
    return "lists" if p.classes["source_independence_code"] == {"compilation"} else "documented"


def _events_sentence(made: Mapping[str, Claim]) -> str:
    """Sentence on the number of events, where the list has one."""
    if not made or made["extent.events_min"].status != "shown":
        return ""
    low, high = made["extent.events_min"], made["extent.events_max"]
    if low.value != high.value:
        return ""
    return f" They were killed in {{{{ {low.name}|of:event }}}}."


def _motive_sentence(p: Population, made: Mapping[str, Claim]) -> str:
    if not assesses_motive(p):
        return " The list does not assess the link with the work."
    confirmed, unconfirmed = made["extent.confirmed"], made["extent.unconfirmed"]
    if not (is_printed(confirmed, 0) and is_printed(unconfirmed, 0)):
        return ""
    if confirmed.value == made["extent.victims"].value:
        return ""
    whole = made["extent.victims"]
    part = count_with_share(confirmed, whole=whole)
    told = sum(float(claim.value or 0) for claim in (confirmed, unconfirmed))
    rest = " For the others it is not known." if told < float(whole.value or 0) else ""
    return (
        f" The link with the work is confirmed for {part} of them, and "
        f"unconfirmed or suspected for {{{{ {unconfirmed.name} }}}}.{rest}"
    )


def assesses_motive(p: Population) -> bool:
    """Whether a list assesses the link of a killing with the work."""
    return p.has_answers("motive_link_code", "motive_link_code")
