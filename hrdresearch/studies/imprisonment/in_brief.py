"""Imprisonment in a brief on one State or region: who is held, by census and by list of detentions."""

from __future__ import annotations

from dataclasses import replace

from hrdresearch.findings.make_claims import CountDraft, Population, measured_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import agreement_tag, claim_tag
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.imprisonment.census import CensusPart
from hrdresearch.studies.imprisonment.detained import DetainedPart
from hrdresearch.studies.shapes.glance import glance_finding

FEWEST_TOLD = 5  # persons on the last census of whom sentences and charges are told


def glance(study: Study, census: CensusPart, detained: DetainedPart) -> Finding:
    """Each list with its persons; at the top who was held on the last census day."""
    told = held(study, census, detained)
    rows = []
    for part in (census, detained):
        for p in filter(lambda one: one.has_cases, part.populations):
            draft = _persons(p)
            claim = study.count(p, [draft])[draft.name]
            rows.append((p.note.title, p.plural, part.period([p]), claim))
    return glance_finding(study, rows, told.claims, key_sentences=told.key_sentences)


def held(study: Study, census: CensusPart, detained: DetainedPart) -> Finding:
    """Sentences on the persons held; on the last census day by sentence and charge, where they
    are several.

    Claims ``held.persons``, ``held.last_seen`` and ``held.on_last`` of a census.
    """
    made = {p.slug: _census(census, p) for p in census.populations if p.has_cases}
    parts: list[Finding] = []
    if any(float(own["held.on_last"].value or 0) >= FEWEST_TOLD for own in made.values()):
        parts += [census.last_census(), census.last_charges()]
    if detained.is_present:
        parts += [
            detained.extent(),
            detained.by_sentence_kind(),
            detained.end_dates(),
        ]
    told = [_census_sentences(p, made[p.slug]) for p in census.populations if p.slug in made]
    claims = [*(c for own in made.values() for c in own.values())]
    claims += [claim for part in parts for claim in part.claims]
    finding = study.finding("held", "Persons held", (), (), claims, unit="persons")
    first = [
        part.statements[0] for part in parts if part.statements and part.name == "detained_extent"
    ]
    return replace(
        finding,
        statements=(*told, *(text for part in parts for text in part.statements)),
        key_sentences=(*told, *first),
    )


def _persons(p: Population) -> CountDraft:
    """Persons of a list in scope, each once."""
    name = "held.persons" if p.table == "census" else "held.detained"
    return CountDraft(name, f"{p.title}: persons", {}, "person", "person_id")


def _census(part: CensusPart, p: Population) -> dict[str, Claim]:
    """Persons of a census in scope, those on its last day, and the last year in which any was held."""
    last = p.coverage.last or 0
    on_last = CountDraft(
        "held.on_last",
        f"{p.title}: persons on the last census",
        {"census_year": last},
        "person",
        "person_id",
    )
    made = part.count(p, [_persons(p), on_last])
    for key, year, end, words in (
        ("first", p.coverage.first, "smallest", "first census of the list"),
        ("last", last, "largest", "last census of the list"),
        ("last_seen", int(p.frame["census_year"].max()), "largest", "last census with a person"),
    ):
        where = {"source": p.slug, **(p.scope if key == "last_seen" else {})}
        made[f"held.{key}"] = measured_claim(
            p, f"held.{key}", year, "calendar_year", words, f"{end}:census_year", filter=where
        )
    return made


def _census_sentences(p: Population, made: dict[str, Claim]) -> str:
    persons, on_last = made["held.persons"], made["held.on_last"]
    noun = agreement_tag(persons, p.singular, p.plural)
    days = f"from {claim_tag(made['held.first'])} to {claim_tag(made['held.last'])}"
    text = f"In its yearly census {days}, {p.name_in_prose} lists {claim_tag(persons)} {noun}"
    if on_last.value:
        return f"{text}, each counted once; {claim_tag(on_last)} of them in the last."
    latest = "in that" if persons.value == 1 else "the latest in that"
    return f"{text}, {latest} of {claim_tag(made['held.last_seen'])}."
