"""How many killings nobody documented: an estimate where the rules allow one, else the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hrdresearch.findings.model import Cell, Claim, Finding
from hrdresearch.stats.estimates import (
    Estimate,
    Refusal,
    Sentence,
    compare_models,
    draw_tables_of_measured_links,
    estimate_latent_classes,
    estimate_log_linear,
    estimate_undocumented,
    range_over_models,
    reasons_to_refuse,
    sentences_of_estimate,
)
from hrdresearch.studies.ground.linked import linked_claim, linked_rows
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.killings.groups_of_lists import (
    GroupOfLists,
    groups_of_lists,
    groups_of_organizations,
)
from hrdresearch.studies.shapes.count_tables import text_columns

MOST_LISTS = 6  # of log-linear models
PERSONS = (
    "listed",
    "total",
    "low",
    "high",
    "unlisted",
    "lowest",
    "highest",
)  # numbers of an estimate
WHY = {  # in the order in which a sentence gives them: the reason, and what would be needed
    "too_few_lists": (
        "two lists alone cannot show whether each found its cases independently of the other",
        "A third list of the same persons, place and period.",
    ),
    "different_targets": (
        "the lists set out to record different persons, so that it means little that somebody stands on "
        "one alone",
        "Lists that set out to record the same persons, in one place and period.",
    ),
    "lists_feed_each_other": (
        "some take over cases of others, so that a person on both was not found twice",
        "Three lists or more whose makers found their cases by themselves.",
    ),
    "no_overlap": ("the lists share nobody", "A check of how the lists were linked."),
    "lists_fall_apart": (
        "some lists share hardly anybody with the others",
        "A check of the links and of what each list counts.",
    ),
    "lists_stand_on_others": (
        "nearly all persons of some stand on another, so that they are no lists of their own",
        "Three lists or more that do not repeat one another.",
    ),
    "no_interval": (
        "nearly everybody stands on several lists, as where lists were copied",
        "A check of how the lists came about.",
    ),
    "linkage_not_measured": (
        "for some two of them nobody has measured how many persons on both are recognized as one",
        "A sample of pairs of rows, judged by persons, from which this is measured.",
    ),
    "not_identified": (
        "too few persons stand on several lists",
        "More lists, or a larger place or period.",
    ),
    "chains_disagree": ("the method finds no single answer", "More cases on several lists."),
}
NEEDED = (
    "Needed are three lists or more of the same persons, place and period that do not rest on one "
    "another, and measured links."
)


def undocumented_finding(study: Study) -> Finding:
    """Finding: of each group of lists, the estimated number of the undocumented, or why there is none.

    Groups: all public lists of the report; those that cover one State, where a list is of that State;
    and the organizations that a list names for its cases. Claims ``undocumented.GROUP.total``,
    ``.low``, ``.high``, ``.listed``, ``.unlisted``, and over models ``.lowest`` and ``.highest``, where
    the rules allow an estimate.
    """
    found = linked_rows(study)
    groups = [*(groups_of_lists(study, found) if found else ()), *groups_of_organizations(study)]
    rows: list[list[Cell]] = []
    claims: list[Claim] = []
    said: list[str] = []
    codes: set[str] = set()
    for group in groups:
        reasons = reasons_to_refuse(group.table, group.design)
        answer = reasons[0] if reasons else _estimated(group)
        if isinstance(answer, Refusal):
            refused = reasons or (answer,)
            codes |= {r.code for r in refused}
            rows.append([Cell(text=text) for text in (group.title, *_in_words(group, refused))])
            continue
        made, text = _claims_and_sentences(group, answer)
        claims += made
        said.append(text)
        how = f"Estimated, see the text. {group.design.linkage.how}".strip()
        rows.append([Cell(text=group.title), Cell(text=how), Cell(text="")])
    return study.finding(
        "undocumented",
        "The undocumented: why there is no number",
        text_columns(label="Lists", why="Why there is no number", needed="What would be needed"),
        rows,
        claims,
        unit="",
        statements=tuple(filter(None, (*said, _refused_sentences(codes)))),
        notes=("Killings that none of the lists could have reached would be in no estimate.",),
    )


def _in_words(group: GroupOfLists, refused: Sequence[Refusal]) -> tuple[str, str]:
    """The reasons of one group, and what would be needed, for a table."""
    codes = {r.code for r in refused}
    why = [words for code, (words, _) in WHY.items() if code in codes]
    needed = " ".join(words for code, (_, words) in WHY.items() if code in codes)
    fed = [
        f"{own.name} takes over cases of {other} ({_lower(how.rstrip('.'))})"
        for own in group.design.lists
        for other, how in own.uses.items()
        if other in group.table.lists
    ]
    told = "; ".join([*why, *fed, *([_lower(group.design.copied)] if group.design.copied else [])])
    return f"{told[:1].upper()}{told[1:]}.", needed


def _lower(words: str) -> str:
    """The words with a small first letter, to go on within a sentence."""
    return words[:1].lower() + words[1:]


def _refused_sentences(codes: set[str]) -> str:
    """The reasons of all groups together, in a sentence."""
    if not codes:
        return ""
    why = "; ".join(words for code, (words, _) in WHY.items() if code in codes)
    return f"No number of killings that nobody documented is given: {why}. {NEEDED}"


def _estimated(group: GroupOfLists) -> Estimate | Refusal:
    method = (
        estimate_log_linear if len(group.table.lists) <= MOST_LISTS else estimate_latent_classes
    )
    return estimate_undocumented(group.draws or group.table, group.design, method, group.table)


def _by_other_models(group: GroupOfLists) -> Sentence:
    """Sentence on the range over models, in the middle one of the tables that were drawn."""
    drawn = draw_tables_of_measured_links(
        group.draws or [group.table], group.design.linkage, group.table
    )
    by_size = sorted(drawn, key=lambda table: table.listed)
    return range_over_models(compare_models(by_size[len(by_size) // 2]))


def _claims_and_sentences(group: GroupOfLists, answer: Estimate) -> tuple[list[Claim], str]:
    """Claims of an estimate, and its sentences: the numbers, the assumptions, and what is left out."""
    claims: dict[str, Claim] = {}
    texts = []
    plain = replace(group.design, linkage=replace(group.design.linkage, how=""))
    told = [*sentences_of_estimate(answer, plain, group.plural).values(), _by_other_models(group)]
    for sentence in told:
        tags = {}
        for key, value in sentence.values.items():
            name = f"undocumented.{group.key}.{key}"
            words = f"{group.title}: {key} ({answer.method}; {answer.interval})"
            unit = "person" if key in PERSONS else "figure"
            claims[name] = linked_claim(name, round(value), words, *group.slugs, unit=unit)
            tags[key] = f"{{{{ {name} }}}}"
        texts.append(sentence.words.format(**tags))
    return list(claims.values()), " ".join(texts)
