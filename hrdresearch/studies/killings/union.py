"""How many different persons the lists document together, and on which of them each stands."""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.model import Cell, Claim, Column, Drawing, Finding
from hrdresearch.findings.sentences import claim_tag, join_with_and
from hrdresearch.studies.ground.linked import (
    LIKELY,
    SURE,
    LinkedRows,
    linked_claim,
    linked_rows,
    lists_in_claim_name,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import text_columns

WORDS = {
    "sure": "rows are one person where the link is sure",
    "likely": "rows are one person where the link is sure or likely",
}


def union_finding(study: Study) -> Finding:
    """Finding: different persons over all public lists of the report, by the lists they stand on.

    Claims: ``union.persons.least`` (all likely links are right) and ``.most`` (only sure links are);
    ``union.undecided`` (pairs between the two that nobody decided), ``union.decided``;
    ``union.unnamed``; by likely links, with ``.sure``, ``union.on.LIST.LIST`` for each combination of
    lists and ``union.alone`` of each list. Without rows where fewer than two public lists are linked.
    """
    found = linked_rows(study)
    made = _claims(found) if found else {}
    rows = _rows(found, made) if found else []
    lists = found.lists if found else ()
    first = _person_sentences(found, made) if found else ""
    return study.finding(
        "union",
        "Different persons documented, by the lists that name them",
        [
            *text_columns(label="Named on"),
            Column("likely", "Persons, by all likely links"),
            Column("sure", "Persons, by sure links only"),
            *(Column(p.slug, p.title, "code") for p in lists),
        ],
        rows,
        made.values(),
        unit="persons",
        drawing=Drawing("overlaps", "label", ("likely",)) if rows else Drawing(),
        statements=(first,) if first else (),
        key_sentences=(first.partition(". ")[0] + ".",) if first else (),
        notes=(
            "A person is a row with a name, or several linked rows, judged by name, date, place, age and "
            "sex as recorded. A link is sure from a probability of 95 per cent and likely from 50. Missed "
            "links make the numbers too high.",
        ),
    )


def _claims(found: LinkedRows) -> dict[str, Claim]:
    slugs = [p.slug for p in found.lists]
    tables = {end: found.patterns(end) for end in WORDS}
    between = found.pairs["probability"].between(LIKELY, SURE, inclusive="left")
    decided = found.pairs["decided"].ne("") if "decided" in found.pairs else between & False
    counts = {
        "persons.least": (len(tables["likely"]), f"different persons; {WORDS['likely']}", "person"),
        "persons.most": (len(tables["sure"]), f"different persons; {WORDS['sure']}", "person"),
        "undecided": (
            (between & ~decided).sum(),
            "pairs of rows that are linked, not surely, and that nobody has decided",
            "pair",
        ),
        "decided": (decided.sum(), "pairs of rows that a person decided", "pair"),
        "unnamed": (found.unnamed, "rows without the name of a person, linked with nobody", "row"),
        "lists": (len(slugs), "lists whose rows are linked", "list"),
    }
    made = {
        key: linked_claim(f"union.{key}", value, words, *slugs, unit=unit, scope=found.scope)
        for key, (value, words, unit) in counts.items()
    }
    both = {end: table.value_counts() for end, table in tables.items()}
    for pattern in sorted({*both["sure"].index, *both["likely"].index}, reverse=True):
        on = [slug for slug, is_on in zip(slugs, pattern, strict=True) if is_on]
        those = [p for p in found.lists if p.slug in on]
        who = f"persons named on {join_with_and([p.list_in_prose for p in those])} and on no other list"
        stem = (
            f"union.on.{lists_in_claim_name(on)}"
            if len(on) > 1
            else those[0].claim_name("union.alone")
        )
        for end, more in (("likely", ""), ("sure", ".sure")):
            value = both[end].get(pattern, 0)
            made[f"on.{lists_in_claim_name(on)}{more}"] = linked_claim(
                f"{stem}{more}", value, f"{who}; {WORDS[end]}", *on, scope=found.scope
            )
    return made


def _rows(found: LinkedRows, made: Mapping[str, Claim]) -> list[list[Cell]]:
    """A row for each combination of lists: those of most lists first, then those of most persons."""
    keys = [k for k in made if k.startswith("on.") and not k.endswith(".sure")]
    keys.sort(key=lambda k: (k.count("."), -float(made[k].value or 0)))
    lines = []
    for key in keys:
        on = [p for p in found.lists if p.slug in made[key].sources]
        label = join_with_and([p.title for p in on]) + (" alone" if len(on) == 1 else "")
        marks = [Cell(text="on" if p in on else "") for p in found.lists]
        numbers = [Cell(claim=made[name].name) for name in (key, f"{key}.sure")]
        lines.append([Cell(text=label), *numbers, *marks])
    return lines


def _person_sentences(found: LinkedRows, made: Mapping[str, Claim]) -> str:
    least, most, open_ = (made[k] for k in ("persons.least", "persons.most", "undecided"))
    text = (
        f"The {claim_tag(made['lists'])} lists together document {claim_tag(least)} different "
        "persons by name"
    )
    if least.value == most.value:
        text += "."
    else:
        text += (
            f", or {claim_tag(most)} if only the sure links between their rows are right. Of "
            f"{claim_tag(open_, 'of:pair')} of rows nobody has yet decided whether they are one person."
        )
    if made["decided"].value:
        text += f" People decided {claim_tag(made['decided'], 'of:pair')}."
    text += " Links that were missed make the number too high."
    if found.unnamed:
        text += f" Left out: {claim_tag(made['unnamed'], 'of:row')} without the name of a person."
    return text
