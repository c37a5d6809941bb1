"""Who is held for long, by threshold: two arms, and over how many sentences they are stated."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hrdresearch.findings.make_claims import Draft, Population, add_claims, measured_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.studies.imprisonment.part import OF_SENTENCE, READ, Part
from hrdresearch.studies.shapes.count_tables import Content, Row, column_heads, table_of_counts
from hrdresearch.vocab import codes


def by_threshold(
    part: Part,
    name: str,
    title: str,
    beside: Callable[[Population], Iterable[Content]],
    says: Callable[[Population, Mapping[str, Claim]], str] = lambda *_: "",
    **more: Any,
) -> Finding:
    """The arms at several thresholds, and over how many sentences they are stated.

    Claims ``NAME.at_YEARS.*``; ``NAME.read`` of ``NAME.with_sentence`` persons have a sentence
    that was read; ``NAME.conflict_*``: the list contradicts itself on death or life.
    """
    columns = column_heads(
        "Threshold",
        persons="Sentenced: term, life or death",
        range="Range that holds the threshold",
        unsentenced="Held without a sentence",
    )

    def rows(p: Population) -> list[Row]:
        if not (part.is_stated(p) or part.is_timed(p)):
            return []
        return [
            (f"{t} years or longer", *part.arms(p, f"{name}.at_{t}", t)) for t in part.thresholds
        ]

    also = [
        part.persons(
            f"{name}.with_sentence",
            "persons of whom a sentence is recorded, or that it is unknown",
            OF_SENTENCE,
        ),
        part.persons(f"{name}.read", "of these, with a sentence that was read", READ),
        *(
            part.persons(
                f"{name}.conflict_{kind}",
                f"persons of whom class and wording conflict over {kind}",
                {"sentence_kind_code": f"conflict_{kind}"},
            )
            for kind in ("death", "life")
        ),
    ]
    whole = [  # only of public lists: complements of these are told
        part.persons(f"{name}.of", "persons in scope", {}),
        part.persons(
            f"{name}.with_word",
            "persons of whom anything is recorded on a sentence",
            {"sentence_kind_code": [k for k in codes("sentence_kind") if k != "not_recorded"]},
        ),
    ]
    finding = table_of_counts(
        part,
        name,
        title,
        columns,
        rows,
        beside=lambda p: [
            *also,
            *(whole if p.policy.is_exempt else ()),
            *(c for c in beside(p) if isinstance(c, Draft)),
        ],
        sentence=lambda p, made: " ".join(
            filter(None, (_stated(part, p, name, made), says(p, made)))
        ),
        unit="persons",
        **more,
    )
    return add_claims(finding, *_without_sentence(part, name, finding))


def _without_sentence(part: Part, name: str, finding: Finding) -> list[Claim]:
    """Persons of a public list of whom there is no sentence to read, and of whom there is no word."""
    found = {claim.name: claim.value for claim in finding.claims}
    wanted = {
        "no_sentence": ("with_sentence", "persons of whom there is no sentence to read"),
        "no_word": ("with_word", "persons of whom no row records anything on a sentence"),
    }
    claims = []
    for p in (p for p in part.populations if p.policy.is_exempt and len(p.frame)):
        for key, (less, words) in wanted.items():
            whole, rest = (found[p.claim_name(f"{name}.{k}")] for k in ("of", less))
            assert isinstance(whole, int) and isinstance(rest, int)
            claims.append(
                measured_claim(p, f"{name}.{key}", whole - rest, "person", words, "difference")
            )
    return claims


def _stated(part: Part, p: Population, name: str, made: Mapping[str, Claim]) -> str:
    """Over how many of how many sentences the thresholds are stated, or why none is."""
    if not len(p.frame):
        return ""
    claims = [made[f"{name}.{key}"] for key in ("read", "with_sentence")]
    read, of = (f"{{{{ {claim.name} }}}}" for claim in claims)
    persons = "persons of whom the list records a sentence, or that it is unknown"
    if not part.is_stated(p):
        said = (
            f"{p.title}: a length, life or death was read for {read} of the {of} {persons}, "
            "fewer than half, so no threshold of length is stated."
        )
    elif any(claim.status != "shown" for claim in claims):
        said = (
            f"{p.title}: thresholds of length are stated where a sentence was read; of how many "
            "persons it was not is withheld. A sentence that was not read is below no threshold."
        )
    elif claims[0].value == claims[1].value:
        said = (
            f"{p.title}: thresholds of length are stated over {read} of {of} {persons}: each was "
            "read to a length, life or death."
        )
    else:
        said = (
            f"{p.title}: thresholds of length are stated over {read} of the {of} {persons}; for "
            "the others no length was read, which does not place them below a threshold."
        )
    if p.policy.is_exempt:
        whole, none, silent = (
            f"{{{{ {p.claim_name(f'{name}.{key}')}|of:person }}}}"
            for key in ("of", "no_sentence", "no_word")
        )
        said += (
            f" Of {whole}, there is no sentence to read for {none}, to whom thresholds of length do "
            "not apply"
        )
        has_silent = made[f"{name}.with_word"].value != made[f"{name}.of"].value
        said += (
            f"; of {silent} among them, no row records anything on a sentence."
            if has_silent
            else "."
        )
    for kind in ("death", "life"):
        claim = made[f"{name}.conflict_{kind}"]
        if claim.value != 0:
            said += (
                f" Of {{{{ {claim.name}|of:person }}}} the publisher's class and the wording of "
                f"the sentence conflict over {kind}; such a person is counted neither way "
                "until somebody has read the case."
            )
    return said
