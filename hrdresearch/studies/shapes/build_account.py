"""Finding from the build: how many rows of a file were accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from hrdresearch.findings.empty_cells import NOT_IN_PLAN
from hrdresearch.findings.make_claims import Population, text_claim
from hrdresearch.findings.model import SCOPE, Claim, Finding
from hrdresearch.findings.numbers import number_in_table
from hrdresearch.findings.sentences import claim_tag
from hrdresearch.studies.ground.ledger import claim_key
from hrdresearch.studies.ground.populations import source_note
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.count_tables import Row, column_heads, table_of_counts
from hrdresearch.studies.shapes.released import edition_sentence

FATES = {
    "rows_in": "rows of the list in its file",
    "accepted": "rows accepted",
    "set_aside": "rows set aside with their reason",
    "issues": "values corrected, emptied or doubted",
}


def quality_finding(study: Study) -> Finding:
    """Finding: rows of each file that were read, accepted or set aside, and values corrected."""
    quality = {q["slug"]: q for q in study.build.extras("quality") or []}
    told = {
        p.slug: [_note_sentence(p, *note) for note in enumerate(quality[p.slug]["notes"], start=1)]
        for p in study.populations
        if p.slug in quality and not p.release
    }
    restricted = {p.slug: edition_sentence(p) for p in study.populations if p.release}

    counted_by = {p.slug for p in study.populations}
    beside = [
        facts
        for facts in study.build.facts()
        if study.accounts_for_all_files
        and facts["slug"] in quality
        and facts["slug"] not in counted_by
    ]

    closed = {
        str(f["slug"])
        for f in beside
        if not f["policy"]["public_by_name"] and not study.policy.is_internal
    }

    def row(slug: str, title: str, stem: str) -> Row:
        numbers = (
            (key, f"{title}: {words}, whatever the scope of the report")
            for key, words in FATES.items()
        )
        if (
            slug in restricted or slug in closed
        ):  # else exact numbers of rows, or of changes, would be printed
            return title, *([NOT_IN_PLAN] * len(FATES))
        return title, *(build_claim(f"{stem}.{k}", quality[slug][k], w, slug) for k, w in numbers)

    accounted = {*told, *restricted}
    last = study.populations[-1].slug if accounted else ""
    stems = {str(f["slug"]): f"quality.{claim_key(str(f['slug']))}" for f in beside}
    others = [row(str(f["slug"]), str(f["publisher"]), stems[str(f["slug"])]) for f in beside]

    finding = table_of_counts(
        study,
        "quality",
        "What became of the rows of each file",
        column_heads(
            "List",
            rows_in="Rows of the list",
            accepted="Accepted",
            set_aside="Set aside",
            issues="Values corrected or doubted",
        ),
        lambda p: [
            *([row(p.slug, p.title, p.claim_name("quality"))] if p.slug in accounted else []),
            *(others if p.slug == last else []),
        ],
        beside=lambda p: [
            *(claim for _, made in told.get(p.slug, ()) for claim in made),
            *(_guesses(p, quality[p.slug]) if p.slug in told else ()),
            *(restricted[p.slug][1] if p.slug in restricted else ()),
        ],
        names_lists=True,
        unit="rows",
        sources=(*study.notes, *(source_note(facts) for facts in beside)),
        statements=(
            *(
                " ".join(
                    (
                        _accepted_sentence(p.list_in_prose, p.claim_name("quality")),
                        *(sentence for sentence, _ in told[p.slug]),
                    )
                )
                for p in study.populations
                if p.slug in told
            ),
            *(
                _accepted_sentence(f"the {f['publisher']}", stems[str(f["slug"])])
                for f in beside
                if f["slug"] not in closed
            ),
            *(words for words, _ in restricted.values()),
        ),
    )
    says_nothing = all(cell.text == NOT_IN_PLAN for row in finding.rows for cell in row[1:])
    return replace(finding, rows=()) if says_nothing else finding


def build_claim(
    name: str,
    value: int,
    definition: str,
    *lists: str,
    unit: str = "row",
    measure: str = "build",
    **more: Any,
) -> Claim:
    """Claim of a number that the build counted and left in one of its JSON files.

    lists: slugs of the lists that were counted. more: other fields of ``Claim``.
    """
    return Claim(
        name=name,
        value=int(value),
        unit=unit,
        rows=int(value),
        text=number_in_table(int(value), unit),
        definition=definition,
        measure=measure,
        sources=lists,
        **more,
    )


def _accepted_sentence(list_: str, stem: str) -> str:
    """Sentence on how many rows of a list were accepted and set aside.

    list_: the list in words. stem: start of the names of its claims.
    """
    rows_in, accepted, aside = (f"{stem}.{key}" for key in ("rows_in", "accepted", "set_aside"))
    return (
        f"Of {claim_tag(rows_in, 'of:row')} of {list_}, {claim_tag(accepted)} "
        f"{claim_tag(accepted, 'agree:was:were')} accepted and {claim_tag(aside, 'none')} set aside."
    )


def _guesses(p: Population, account: Mapping[str, Any]) -> Iterator[Claim]:
    """Claim of the guesses about a user's own list that nobody has confirmed; none without a guess."""
    if n := account.get("guesses", 0):
        words = f"{p.title}: columns and values read by a guess that nobody has confirmed"
        yield replace(build_claim(p.claim_name("quality.guesses"), n, words, p.slug), rows=None)


def _note_sentence(
    population: Population, number: int, note: Mapping[str, Any]
) -> tuple[str, list[Claim]]:
    """Write a note of the build as a sentence; each of its values becomes a claim."""
    claims: list[Claim] = []
    tags: dict[str, str] = {}
    words = f"{population.title}: number told by a note of the build"
    for order, (key, value) in enumerate(note["values"].items(), start=1):
        name = population.claim_name(f"quality.note_{number}.number_{order}")
        made = (
            text_claim(name, value, words, SCOPE)
            if isinstance(value, str)
            else replace(build_claim(name, value, words, population.slug), rows=None)
        )
        claims.append(made)
        tags[key] = f"{{{{ {name} }}}}"
    return f"{population.title}: {note['words'].format(**tags)}", claims
