"""How many different persons the lists document together, and on which of them each stands.

Of a list shared in confidence: how many of its persons stand on other lists, as far as its plan allows.
"""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Cell, Claim, Column, Drawing, Finding
from hrdresearch.findings.sentences import claim_tag, is_printed, join_with_and
from hrdresearch.studies.ground.linked import (
    ELSEWHERE,
    LIKELY,
    NOT_COMPARED,
    SURE,
    LinkedRows,
    linked_claim,
    linked_rows,
    lists_in_claim_name,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import column_heads, table_of_counts, text_columns
from hrdresearch.vocab import codes

ROWS = {
    "compared": "Persons whose names were compared with the other lists",
    "public": "On a public list too",
    "restricted": "On another list shared in confidence too",
    "none": "On no other list",
}
NOT_LEAVING = (
    "was shared in confidence; how many of its persons stand on other lists is not among the figures that "
    "may leave for this report."
)
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
    which = "public " if any(p.release for p in study.populations) else ""
    first = _person_sentences(found, made, which) if found else ""
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


def _person_sentences(found: LinkedRows, made: Mapping[str, Claim], which: str) -> str:
    """How many different persons the lists document; which: "public " where others are not compared."""
    least, most, open_ = (made[k] for k in ("persons.least", "persons.most", "undecided"))
    text = (
        f"The {claim_tag(made['lists'])} {which}lists together document {claim_tag(least)} different "
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


def listed_elsewhere_finding(study: Study) -> Finding:
    """Finding: persons of restricted lists who stand on other lists too; claims ``listed_elsewhere.public``.

    Also ``.compared`` (persons with a name), ``.none`` (on no other list), and ``.restricted`` of the
    first of several restricted lists. A list whose plan has no such counts has no rows, and neither has a
    report on a part of the list. Empty where the build holds one list only.
    """
    is_alone = len(study.build.facts()) == 1
    return table_of_counts(
        study,
        "listed_elsewhere",
        "Persons of lists shared in confidence who stand on other lists too",
        column_heads("On which lists", value="Persons"),
        lambda p: [(ROWS[k], draft) for k, draft in _drafts(study, p).items() if not is_alone],
        sentence=lambda p, made: "" if p.policy.public_by_name or is_alone else _sentences(p, made),
        unit="persons",
    )


def _drafts(study: Study, p: Population) -> dict[str, CountDraft]:
    plan = p.policy.leaves
    if plan is None or ELSEWHERE not in plan.whole_list or set(p.scope) - {"source"}:
        return {}
    shared = sorted(q.slug for q in study.populations if not q.policy.public_by_name)
    wanted: dict[str, str | list[str]] = {
        "compared": [code for code in codes("listed_elsewhere") if code != NOT_COMPARED],
        "public": "public_list",
        "none": "no_other_list",
    }
    if len(shared) > 1 and p.slug == shared[0]:  # once: two roundings of one number tell more of it
        wanted["restricted"] = "other_restricted"
    return {
        key: CountDraft(
            f"listed_elsewhere.{key}",
            study.defined(p, f"persons: {words[:1].lower()}{words[1:]}"),
            {ELSEWHERE: wanted[key]},
            column="victim_id",
        )
        for key, words in ROWS.items()
        if key in wanted
    }


def _sentences(p: Population, made: Mapping[str, Claim]) -> str:
    compared, public, shared, none = (made.get(f"listed_elsewhere.{key}") for key in ROWS)
    if compared is None or public is None or none is None or not is_printed(compared):
        return f"{p.list_subject} {NOT_LEAVING}"
    on = [f"{claim_tag(public)} stand on a public list too"]
    if shared is not None:
        on.append(f"{claim_tag(shared)} on another list shared in confidence")
    on.append(f"{claim_tag(none)} on no other list that was compared")
    return (
        f"Of {claim_tag(compared)} persons on {p.list_in_prose}, compared in confidence, "
        f"{join_with_and(on)}."
    )
