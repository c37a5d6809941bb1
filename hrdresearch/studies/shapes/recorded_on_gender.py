"""For how many rows of each list sex or gender is recorded, and what else a list holds on women and families.

Sex or gender is what the list records and is never inferred from a name. Numbers on sexual violence are
given of whole lists only, and of no small group.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hrdresearch.findings.empty_cells import NO_CLASS, NOT_ASKED, WITHHELD
from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Finding
from hrdresearch.findings.sentences import ListSentences, claim_tag, is_printed
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import Content, Row, column_heads, table_of_counts
from hrdresearch.tables import TABLES, match_rows
from hrdresearch.vocab import codes

UNKNOWN = ("unknown", "not_recorded")
SEXES = [code for code in codes("sex") if code not in UNKNOWN]
SEX, ACTS, CAUSES, IDENTITIES = "sex_code", "attack_act_codes", "cause_codes", "identity_codes"
VIOLENCE = "sexual_violence"
FAMILIES = ("threat_relatives",)
FEWEST = 10  # under which a number of cases of sexual violence is not told
WHOLE_ONLY = "whole list only"
UNITS = {
    "cases": "victim",
    "attacks": "attack",
    "reprisals": "person",
    "census": "person",
    "detentions": "person",
}
NAME = "recorded_on_gender"


def recorded_finding(study: Study, *, is_whole: bool) -> Finding:
    """For each list: rows with sex or gender recorded, and rows on women's rights and on families.

    is_whole: whether the page is on the whole lists; else nothing is said of sexual violence. Claims:
    ``recorded_on_gender.TABLE.of``, ``.sex``, ``.womens_rights``, ``.sexual_violence`` and ``.families``.
    """
    return table_of_counts(
        study,
        f"{NAME}_{study.table}",  # a study may have two parts
        "What each list records on gender",
        column_heads(
            "List",
            of="All",
            sex="Sex or gender recorded",
            womens_rights="Women's rights as the cause",
            sexual_violence="Sexual violence",
            families="Relatives killed or threatened",
        ),
        lambda p: [_row(p, is_whole)],
        names_lists=True,
        sentence=lambda p, made: [_sentences(p, made)],
        unit="victims, persons or attacks, as the list counts them",
        notes=(
            "Sex or gender is what the list records and is never inferred from a name.",
            "Sexual violence is told of whole lists only, and not where it is recorded of one to nine.",
        ),
    )


def with_census_title(p: Population) -> Population:
    """Give a census a title of its own; other lists stay as they are."""
    return p.with_census_title() if p.table == "census" else p


def _row(p: Population, is_whole: bool) -> Row:
    stem = f"{NAME}.{p.table}"
    return (
        with_census_title(p).title,
        _count(p, f"{stem}.of", "all", {}),
        _count(p, f"{stem}.sex", "sex or gender recorded", {SEX: SEXES})
        if _asks(p, SEX)
        else NOT_ASKED,
        _of_code(
            p, f"{stem}.womens_rights", "women's rights as the cause", CAUSES, ("womens_rights",)
        ),
        _violence(p, f"{stem}.sexual_violence", is_whole),
        _families(p, f"{stem}.families"),
    )


def _asks(p: Population, column: str) -> bool:
    """Whether a list records a fact, or may record it; for a restricted list source.yml decides."""
    held = column in TABLES[p.table].columns
    return held and (
        p.has_answers(column, column) or p.table in ("census", "detentions", "reprisals")
    )


def _count(p: Population, name: str, words: str, filter_: dict[str, Any]) -> CountDraft:
    unit = UNITS.get(p.table, "row")
    return CountDraft(
        name, words, filter_, unit, TABLES[p.table].person_column if unit == "person" else None
    )


def _of_code(p: Population, name: str, words: str, column: str, wanted: tuple[str, ...]) -> Content:
    """Count of rows with one of these codes; or a text: "not asked", or that there is no such class."""
    if not _asks(p, column):
        return NOT_ASKED
    used = p.classes.get(column, frozenset()) | set(p.declared.get(column, ()))
    held = [code for code in wanted if code in used or p.release]
    return _count(p, name, words, {column: held}) if held else NO_CLASS


def _violence(p: Population, name: str, is_whole: bool) -> Content:
    content = _of_code(p, name, "sexual violence, over the whole list", ACTS, (VIOLENCE,))
    if not isinstance(content, CountDraft):
        return content
    if not is_whole:
        return WHOLE_ONLY
    n = int(match_rows(p.frame, {ACTS: VIOLENCE}).sum()) if not p.release else 0
    return WITHHELD if 0 < n < FEWEST else content


def _families(p: Population, name: str) -> Content:
    if p.table == "cases":
        return _of_code(p, name, "members of the family of a defender", IDENTITIES, ("relative",))
    return _of_code(p, name, "threats against family members", ACTS, FAMILIES)


def _sentences(p: Population, made: Any) -> ListSentences:
    of, sex = (made.get(f"{NAME}.{p.table}.{key}") for key in ("of", "sex"))
    if sex is None or not is_printed(of) or not is_printed(sex, 0):
        return ListSentences()
    return ListSentences(
        f"{with_census_title(p).list_subject} records sex or gender of {claim_tag(sex, 'none')} of "
        f"{claim_tag(of)}."
    )


def rows_without_sexual_violence(finding: Finding) -> Iterator[int]:
    """Indexes of the rows of a table of kinds of attack that are not on sexual violence."""
    for place, row in enumerate(finding.rows):
        if not any((cell.claim or "").endswith(f".{VIOLENCE}") for cell in row):
            yield place
