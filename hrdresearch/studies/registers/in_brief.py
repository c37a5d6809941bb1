"""Country visits, laws and mechanisms in a brief on one State or region."""

from __future__ import annotations

from hrdresearch.findings.model import Finding
from hrdresearch.findings.sentences import agreement_tag, claim_tag
from hrdresearch.studies.ground.ledger import Ledger, LedgerAtCutOff, day_in_words
from hrdresearch.studies.ground.scope import Narrowing
from hrdresearch.studies.shapes.count_tables import code_cell, table_of_counts, text_columns
from hrdresearch.studies.shapes.glance import glance_finding
from hrdresearch.tables import match_rows
from hrdresearch.vocab.regions import region_scheme


def glance_of_visits(study: Ledger, told: Finding) -> Finding:
    """The ledger of visits with the requests to the State. told: finding ``extent``."""
    row = (
        study.register.title,
        "requests for a visit",
        study.period(),
        told.by_name["extent.requested"],
    )
    return glance_finding(study, [row], told.claims, key_sentences=told.key_sentences)


def glance_of_laws(study: Ledger, told: Finding) -> Finding:
    """The ledger of laws with its entries on the State, if any. told: finding ``laws_of_state``."""
    rows = [
        (note.title, "laws and mechanisms that concern defenders", study.period(), claim)
        for note, claim in zip(told.sources, told.claims, strict=False)
        if told.rows
    ]
    return glance_finding(study, rows, sources=told.sources, key_sentences=told.statements)


def laws_of_state(study: LedgerAtCutOff) -> Finding:
    """Laws and mechanisms of the State, each as its source says; claim ``laws_of_state.entries``."""
    regions = region_scheme(str(study.params.get("region_scheme", "report")))
    where = Narrowing(study.params).state_or_region(regions).scope().filter
    frame = study.build.table("laws")
    frame = frame[match_rows(frame, where) & ~(frame["status_date"] > study.cut_off)]
    sources = study.source_notes_of("laws")
    number = study.number(
        "laws_of_state.entries", len(frame), "entry", "Laws and mechanisms of the State or region"
    )
    claims = study.claims_of_table("laws", [number], where) if sources else []
    by = day_in_words(study.cut_off)
    said = (
        f"By {by}, the ledger of laws holds {claim_tag(number, 'of:entry')} on laws or mechanisms that "
        f"concern defenders; the table says what {agreement_tag(number, 'it does', 'they do')}, in the words "
        "of the ledger and with its source."
    )
    records = frame.sort_values("law_id").to_dict("records")
    return table_of_counts(
        study,
        "laws_of_state",
        "Laws and mechanisms of protection",
        text_columns(kind="Kind", words="What it is", status="Status", source="Named by"),
        [
            (
                code_cell("law_kind", record["kind_code"]),
                record["words"],
                code_cell("law_status", record["status_code"]),
                record["named_by"],
            )
            for record in records
        ],
        beside=claims,
        statements=(said,) if records else (),
        unit="entries",
        sources=sources,
    )
