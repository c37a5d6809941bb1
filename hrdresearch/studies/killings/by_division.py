"""Victims by first-level division, where a list or a report is of one State."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hrdresearch.findings.make_claims import (
    CountDraft,
    Population,
    measured_claim,
    share_claim,
    text_claim,
)
from hrdresearch.findings.model import SCOPE, Cell, Claim, Column, Drawing, Finding
from hrdresearch.findings.publication_limits import FEWEST_KNOWN
from hrdresearch.findings.sentences import (
    MOST_NAMED,
    ListSentences,
    agreement_tag,
    choose_threshold,
    claim_tag,
    claims_of_sentences,
    count_with_share,
    is_printed,
    join_with_and,
    paragraphs_of_sentences,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.killings.place import note_on_divisions
from hrdresearch.studies.shapes.count_tables import column_heads, table_of_counts
from hrdresearch.studies.shapes.extent import victims_draft
from hrdresearch.studies.shapes.groups import (
    division_groups,
    division_in_sentence,
    in_order,
    only_state,
)
from hrdresearch.vocab import vocabulary
from hrdresearch.vocab.divisions import division_file
from hrdresearch.vocab.states import name_in_sentence, short_name

FIRST_LEVEL = ("first-level division", "first-level divisions")


NO_RANK = "What is documented differs between divisions, so the counts do not rank them."
IN_ORDER = f"Divisions stand in alphabetical order, those of which any case is read. {NO_RANK}"
NO_MAP = (
    "No map is drawn: whoever made this draft gave no file with the boundaries of these divisions."
)
UNPLACED = (
    "Cases of which no division is read are not counted here; the text says how many are placed."
)
MOST_ABSENT = 10  # divisions without a case that a sentence names


def by_division_finding(study: Study) -> Finding:
    """Finding: victims by first-level division, on lists of one State or in a brief on one.

    Claims: ``by_division.col.cauca`` and so on; ``by_division.col.placed`` (victims of whom a
    division is read), ``.divisions`` (divisions with a case), ``.without`` (divisions without
    one). A restricted list has no rows.
    """
    made = {p.slug: _by_division(study, p) for p in study.populations}
    said = {
        p.slug: _sentences(study, p, made[p.slug]) for p in study.populations if _is_told(study, p)
    }
    if str(study.params.get("state") or "all") != "all":
        return _side_by_side(study, made, said)
    return table_of_counts(
        study,
        "by_division",
        "Victims documented by first-level division",
        column_heads("First-level division", value="Victims"),
        lambda p: [(Cell(name, vocabulary="admin1"), n) for name, n in made[p.slug].items()],
        beside=lambda p: said[p.slug].claims if p.slug in said else (),
        statements=paragraphs_of_sentences(said.values()),
        notes=(IN_ORDER, note_on_divisions()),
    )


def _side_by_side(
    study: Study, made: Mapping[str, Mapping[str, Claim]], said: Mapping[str, ListSentences]
) -> Finding:
    """Divisions of the State of the report, a column for each list that places at least half of its cases.

    It is a map where the user has named boundaries.
    """
    iso3 = str(study.params["state"])
    placing = [p for p in study.populations if _places_most(p, made[p.slug])]
    every = in_order({name for p in placing for name in made[p.slug]})
    counts = {p.slug: _by_division(study, p, every) for p in placing}
    columns = [Column("value" if len(study.populations) == 1 else p.slug, p.title) for p in placing]
    if len(columns) == 1:
        columns = [replace(columns[0], label=f"{study.value_heading}, {columns[0].label}")]
    rows = [
        [
            Cell(iso3),
            Cell(name, vocabulary="admin1"),
            *(Cell(claim=counts[p.slug][name].name) for p in placing),
        ]
        for name in every
    ]
    has_map = bool(division_file(iso3))
    unplaced = any(
        sum(float(c.value or 0) for c in counts[p.slug].values()) < len(p.frame) for p in placing
    )
    return study.finding(
        "by_division",
        "Victims documented by first-level division",
        [Column("iso3", "ISO3", "code"), *column_heads("First-level division"), *columns],
        rows,
        [
            *(c for own in counts.values() for c in own.values()),
            *claims_of_sentences(said.values()),
        ],
        sources=tuple(p.note for p in placing),
        period=study.period(placing) if placing else "",
        drawing=Drawing(
            "divisions", "label", tuple(c.key for c in columns), panels=len(columns) > 1
        ),
        statements=paragraphs_of_sentences(said.values()),
        notes=(
            *((NO_RANK,) if has_map else (IN_ORDER, NO_MAP)),
            *((UNPLACED,) if unplaced else ()),
        ),
    )


def _places_most(p: Population, made: Mapping[str, Claim]) -> bool:
    return 2 * sum(float(claim.value or 0) for claim in made.values()) >= max(1, len(p.frame))


def _by_division(study: Study, p: Population, names: Sequence[str] = ()) -> dict[str, Claim]:
    """Claims of one list by name of the division: of those with a case, or of ``names``."""
    iso3 = only_state(study, p)
    if iso3 is None or not _is_told(study, p):
        return {}
    held = names or p.frame.loc[p.frame["state_iso3"].eq(iso3), "admin1_name"]
    drafts = {
        group.cell.text: CountDraft(
            f"by_division.{iso3.lower()}.{group.key}",
            f"{p.title}: victims in a first-level division of {short_name(iso3)}",
            group.filter,
        )
        for group in division_groups(iso3, held)
    }
    made = study.count(p, list(drafts.values()))
    return {name: made[draft.name] for name, draft in drafts.items()}


def _is_told(study: Study, p: Population) -> bool:
    """Whether a list covers the one State and asks for divisions; not of a restricted list."""
    iso3 = only_state(study, p)
    asks = p.has_answers("admin1_name", "admin1_name")
    return (
        iso3 is not None
        and p.covers({"state_iso3": iso3})
        and p.policy.prints_exact_numbers
        and asks
    )


def all_divisions(iso3: str) -> list[str]:
    """First-level divisions of a State that the vocabulary names; empty where it names none."""
    divisions = vocabulary("admin1")["divisions"].get(iso3, [])
    return [d if isinstance(d, str) else next(iter(d)) for d in divisions]


def _sentences(study: Study, p: Population, made: Mapping[str, Claim]) -> ListSentences:
    """How many victims are placed, the divisions with most of them, and those without a case."""
    iso3 = only_state(study, p)
    assert iso3 is not None
    stem, where = f"by_division.{iso3.lower()}", name_in_sentence(iso3)
    in_state = {"state_iso3": iso3, "admin1_name": {"recorded": True}}
    words = f"{p.title}: victims placed in a first-level division of {short_name(iso3)}"
    placed = CountDraft(f"{stem}.placed", words, in_state)
    number = CountDraft(
        f"{stem}.divisions", f"{words}: divisions", in_state, "division", "admin1_name"
    )
    counted = study.count(p, [victims_draft(p), placed, number])
    whole, known = counted["extent.victims"], counted[placed.name]
    number_of = counted[number.name]
    divisions = f"{claim_tag(number_of)} {agreement_tag(number_of, *FIRST_LEVEL)} of {where}"
    are_few = 0 < 2 * float(known.value or 0) < float(whole.value or 0)
    if are_few:
        divisions = f"a first-level division of {where}, too few to tell where"
    noun = agreement_tag(whole, p.singular, p.plural)
    text = (
        f"Of the {claim_tag(whole)} {noun} on {p.list_in_prose}, {claim_tag(known)} "
        f"{agreement_tag(known, 'is', 'are')} placed in {divisions}."
    )
    if known.value == whole.value:
        text = f"All {claim_tag(whole)} {noun} on {p.list_in_prose} are placed in {divisions}."
    if not known.value:
        why = "" if all_divisions(iso3) else "; places there are not read as divisions"
        text = (
            f"Of the {claim_tag(whole)} {noun} on {p.list_in_prose}, {claim_tag(known, 'none')} is "
            f"placed in a first-level division of {where}{why}."
        )
    if are_few:
        return ListSentences(text, tuple(counted.values()))
    leading, claims = _leading(study, p, stem, made, whole)
    absent, more = _without(p, stem, iso3, made, known)
    return ListSentences(
        " ".join(filter(None, (text, leading, absent))), (*counted.values(), *claims, *more)
    )


def _leading(
    study: Study, p: Population, stem: str, made: Mapping[str, Claim], whole: Claim
) -> tuple[str, list[Claim]]:
    counts = [float(claim.value or 0) for claim in made.values()]
    enough = sum(n >= FEWEST_KNOWN for n in counts)
    least = FEWEST_KNOWN if 1 < enough <= MOST_NAMED else choose_threshold(counts)
    if least is None:
        return "", []
    chosen = [name for name, claim in made.items() if is_printed(claim, least)]
    words = f"{p.title}: victims in the divisions with {least} or more"
    state = next(iter(made.values())).filter["state_iso3"]
    within = {"state_iso3": state, "admin1_name": chosen}
    part = CountDraft(f"{stem}.leading", words, within)
    number = CountDraft(f"{stem}.leading.divisions", words, within, "division", "admin1_name")
    counted = study.count(p, [part, number])
    share = share_claim(p, f"{stem}.leading.share", counted[part.name], whole, words)
    threshold = text_claim(
        p.claim_name(f"{stem}.threshold"),
        str(least),
        "victims from which a division is named",
        SCOPE,
    )
    named = join_with_and(
        [f"{division_in_sentence(name)} ({claim_tag(made[name])})" for name in chosen]
    )
    text = (
        f"The {claim_tag(counted[number.name])} with {claim_tag(threshold)} or more, in "
        "alphabetical order, hold "
        f"{count_with_share(counted[part.name], share)} of the {claim_tag(whole)}: {named}."
    )
    if counted[part.name].value == whole.value:
        text = f"In alphabetical order, these are {named}."
    return text, [*counted.values(), share, threshold]


def _without(
    p: Population, stem: str, iso3: str, made: Mapping[str, Claim], known: Claim
) -> tuple[str, list[Claim]]:
    """Divisions without a case, where a division is read for any victim."""
    absent = [name for name in in_order(all_divisions(iso3)) if name not in made]
    if not absent or not known.value:
        return "", []
    words = "first-level divisions without a documented case"
    number = measured_claim(p, f"{stem}.without", len(absent), "division", words, "computed")
    names = f": {join_with_and([division_in_sentence(name) for name in absent])}"
    text = (
        f"No case is placed in {claim_tag(number)} other "
        f"{agreement_tag(number, 'division', 'divisions')}, which "
        f"does not mean that there was none{names if len(absent) <= MOST_ABSENT else ''}."
    )
    return text, [number]
