"""How many persons of a list shared in confidence stand on other lists too, as far as its plan allows."""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import claim_tag, is_printed, join_with_and
from hrdresearch.studies.ground.linked import ELSEWHERE, NOT_COMPARED
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import column_heads, table_of_counts
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
