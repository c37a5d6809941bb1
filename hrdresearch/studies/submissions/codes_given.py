"""Codes of the codebook over the inputs, and how far several coders agree on them; for internal use.

A codebook is made for one call, and a code of it may point at the person concerned: a restricted list
publishes only its themes. Agreement is computed from exact numbers.
"""

from __future__ import annotations

from typing import TypeAlias

import pandas as pd

from hrdresearch.findings.empty_cells import NO_INTERVAL
from hrdresearch.findings.make_claims import Population, measured_claim
from hrdresearch.findings.model import Cell, Claim, Finding
from hrdresearch.findings.sentences import claim_tag, is_printed, join_with_and
from hrdresearch.stats.code_agreement import (
    FEWEST_READ_TWICE,
    CodeAgreement,
    agreement_by_code,
)
from hrdresearch.studies.ground.ledger import Ledger, claim_key
from hrdresearch.studies.shapes.count_tables import Row, column_heads, table_of_counts, text_columns

OfACode: TypeAlias = tuple[Claim, Claim, Claim, Cell | Claim, Cell | Claim]
FAIR = 2 / 3  # Krippendorff 2019, Content Analysis, ch. 12


def codes_finding(study: Ledger) -> Finding:
    """Inputs to which at least one coder gave each code of the codebook, whatever was settled."""
    book = study.build.table("codebook")
    given = _codings(study, study.register)
    rows: list[Row] = []
    for code in book.to_dict("records") if not study.register.release else ():
        n = given.loc[given["code"] == code["code"], "submission_id"].nunique()
        claim = _measured(study, f"codes.{claim_key(code['code'])}", n, "input", code["label"])
        rows.append((code["label"], code["definition"], claim))
    return table_of_counts(
        study,
        "codes",
        "Codes of the codebook, and the inputs to which a coder gave them",
        [
            *text_columns(label="Code", definition="Definition"),
            *column_heads("", value="Inputs")[1:],
        ],
        rows,
        notes=("Counted is each input to which at least one coder gave the code.",),
    )


def agreement_finding(study: Ledger) -> Finding:
    """Agreement of coders by code: Krippendorff's alpha with its interval, and the share of like answers."""
    p = study.register
    measured = [] if p.release else agreement_by_code(
        _codings(study, p), "submission_id", "coder_id"
    )  # fmt: skip
    twice = measured[0].texts if measured else 0
    whole = _measured(
        study, "agreement.read_twice", twice, "input", "inputs read by two coders or more"
    )
    least = _measured(
        study,
        "agreement.least",
        FEWEST_READ_TWICE,
        "input",
        "inputs below which no agreement is stated",
    )
    labels = dict(study.build.table("codebook")[["code", "label"]].to_numpy())
    stated = measured if twice >= FEWEST_READ_TWICE else []
    claims = {m.code: _claims(study, m, labels.get(m.code, m.code)) for m in stated}
    return table_of_counts(
        study,
        "agreement",
        "Agreement of coders, by code",
        column_heads(
            "Code",
            given="Inputs with it",
            share="Alike, per cent",
            alpha="Alpha",
            low="Interval, from",
            high="to",
        ),
        [(labels.get(code, code), *own) for code, own in claims.items()],
        beside=(whole, least),
        statements=tuple(_agreement_sentences(p, whole, least, claims, labels)),
        notes=(
            "Over inputs that two coders or more read; an input is one unit, however many of its parts were "
            "coded, and the interval of 95 per cent draws inputs anew. Alpha is Krippendorff's, for codes "
            "without an order: 1 is full agreement, 0 that of chance. A high share beside a low alpha is a "
            "code that is nearly never, or nearly always, given. Agreement is not truth.",
        ),
    )


def _codings(study: Ledger, p: Population) -> pd.DataFrame:
    """Codings of the inputs in scope; none of a restricted list, which is read by its release only."""
    every = study.build.table("submission_codings")
    return every[every["submission_id"].isin(set(p.frame["submission_id"]))]


def _claims(study: Ledger, m: CodeAgreement, words: str) -> OfACode:
    stem = f"agreement.{claim_key(m.code)}"
    given = _measured(
        study, f"{stem}.given", m.given, "input", f"{words}: given by one coder or more"
    )
    share = _measured(study, f"{stem}.share", m.share, "per_cent", f"{words}: like answers")
    alpha, *ends = (
        _measured(
            study,
            f"{stem}{end}",
            value,
            "coefficient",
            f"{words}: alpha{more}",
            text="" if value is None else f"{value:.2f}",
        )
        for end, more, value in (
            (".alpha", "", m.alpha.value),
            (".alpha.low", ", lower end", m.alpha.low),
            (".alpha.high", ", upper end", m.alpha.high),
        )
    )
    low, high = (c if c.value is not None else Cell(text=NO_INTERVAL) for c in ends)
    return given, share, alpha, low, high


def _agreement_sentences(
    p: Population,
    whole: Claim,
    least: Claim,
    claims: dict[str, OfACode],
    labels: dict[str, str],
) -> list[str]:
    """Sentences on the agreement, or on why none is given."""
    if p.release:
        return [
            "How far the coders agree is worked out of exact numbers, and stands in an internal report."
        ]
    if not whole.value:
        return ["No input was read by two coders, so nothing is known of how far they would agree."]
    read = f"Two coders or more read {claim_tag(whole, 'of:input')}"
    if not claims:
        return [f"{read}: too few, because no agreement is stated below {claim_tag(least)}."]
    low = sorted(
        f"“{labels.get(code, code)}”"
        for code, (_, _, alpha, _, _) in claims.items()
        if not is_printed(alpha, FAIR)
    )
    text = f"{read}; their agreement on each code stands in the table."
    if low:
        text += (
            " Alpha is below two thirds, too low to rest a conclusion on, for "
            f"{join_with_and(low)}."
        )
    return [text]


def _measured(
    study: Ledger, name: str, value: float | None, unit: str, words: str, text: str = ""
) -> Claim:
    return measured_claim(study.register, name, value, unit, words, "codes_given", text=text)
