"""Substance of the replies, as two persons coded it, and how far the two agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from hrdresearch.findings.make_claims import add_claims, share_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.publication_limits import why_no_share
from hrdresearch.findings.sentences import agreement_tag, claim_tag, count_with_share, join_with_and
from hrdresearch.stats.kappa import compare_coders
from hrdresearch.studies.communications.allegations import ON_CASES
from hrdresearch.studies.communications.letters import Letters
from hrdresearch.studies.ground.ledger import day_in_words
from hrdresearch.studies.shapes.count_tables import (
    code_cell,
    column_heads,
    table_of_claims,
    table_of_counts,
)
from hrdresearch.vocab import codes, label, vocabulary

SUBSTANCE, NOT_CODED = "reply_substance", "not_coded"
KINDS = {
    "answers": "answered the questions of the letter",
    "partial": "answered some of them",
    "positive_outcome": "reported a positive outcome",
}


def substance(study: Letters) -> Finding:
    """Replies received by the cut-off, by substance; two coders who differ give "disputed".

    Unit: replies, of which one letter may have several.
    """
    return _by_substance(study, "substance", _received(study))


def substance_on_cases(study: Letters) -> Finding:
    """Replies to urgent appeals and letters of allegation alone, by substance; sentences, without a table."""
    made = _by_substance(
        study, "substance_on_cases", _received(study, ON_CASES["type_code"]), " to these letters"
    )
    return replace(made, rows=())


def _by_substance(study: Letters, stem: str, replies: pd.DataFrame, to: str = "") -> Finding:
    """A finding on these replies by substance. stem: of its claims. to: which letters, in words."""
    coded = replies["substance_code"]
    is_coded = coded.empty or bool((coded != NOT_CODED).any())
    of, known, part = study.numbers(
        "reply",
        {
            f"{stem}.of": (len(coded), f"Replies{to} received by the cut-off"),
            f"{stem}.coded": (
                int((coded != NOT_CODED).sum()),
                f"Replies{to} coded, or disputed",
            ),
            f"{stem}.substantive": (
                int(coded.isin(vocabulary(SUBSTANCE)["substantive"]).sum()) if is_coded else None,
                f"Replies{to} that answer some questions or all, or report a positive outcome",
            ),
        },
        why="no reply has been coded",
    )
    share = (
        share_claim(
            study.register,
            f"{stem}.substantive.share",
            part,
            known,
            f"{part.definition}, in per cent of the replies coded",
            of,
        )
        if is_coded
        else study.number(
            f"{stem}.substantive.share", None, "per_cent", part.definition, why="not coded"
        )
    )
    told = _substance_sentence(study, (of, known, part, share), stem, to)
    return table_of_counts(
        study,
        stem,
        f"Replies received{to} by substance",
        column_heads("Substance of the reply", value="Replies"),
        [
            (
                code_cell(SUBSTANCE, code),
                study.number(
                    f"{stem}.{code}",
                    int((coded == code).sum()) if is_coded or code == NOT_CODED else None,
                    "reply",
                    f"{label(SUBSTANCE, code)}{f', replies{to}' if to else ''}",
                    why="no reply has been coded",
                    said="not coded",
                ),
            )
            for code in codes(SUBSTANCE)
            if code != "none"
        ],
        beside=[of, known, part, share],
        statements=(told,),
        key_sentences=(told,),
        unit="replies",
        notes=(
            "A letter may have several replies. Disputed and uncoded replies do not count as "
            "substantive.",
        ),
    )


def _substance_sentence(
    study: Letters, numbers: tuple[Claim, Claim, Claim, Claim], stem: str, to: str
) -> str:
    """What the replies do for the questions of the letters, and how many are not coded.

    numbers: replies, replies coded, substantive ones, and their share. stem: of the claims by code.
    """
    of, known, part, share = numbers
    by = f"by {day_in_words(study.cut_off)}"
    if not of.value:
        return (
            f"By {day_in_words(study.cut_off)}, {claim_tag(of, 'of:reply')}{to} had been received."
        )
    if not known.value:
        return f"Of {claim_tag(of, 'of:reply')}{to} received {by}, the substance of none has been coded."
    kinds = [f"{claim_tag(f'{stem}.{code}', 'none')} {words}" for code, words in KINDS.items()]
    several = " (one letter may have several)" if to else ""
    rest = (
        f" Of the others, {claim_tag(f'{stem}.acknowledgement', 'none')} only acknowledged receipt and "
        f"{claim_tag(f'{stem}.general_evasive', 'none')} "
        f"{claim_tag(f'{stem}.general_evasive', 'agree:was:were')} general or evasive; on "
        f"{claim_tag(f'{stem}.disputed', 'none')} the coders differ."
    )
    return (
        f"Of {claim_tag(known, 'of:reply')}{to}{several} received {by} and coded for substance, "
        f"{count_with_share(part, share)} {agreement_tag(part, 'was', 'were')} substantive: "
        f"{join_with_and(kinds)}.{rest if known.value != part.value else ''} Not yet coded: "
        f"{claim_tag(f'{stem}.not_coded', 'none')}."
    )


def coders(study: Letters) -> Finding:
    """How far two coders agree on the substance of replies: per cent alike, and Cohen's kappa.

    Only replies that both have coded. Agreement does not prove that the codes are right.
    """
    replies = _received(study)
    both = replies[(replies["coder_a_code"] != NOT_CODED) & (replies["coder_b_code"] != NOT_CODED)]
    agreement = compare_coders(
        both["coder_a_code"].tolist(),
        both["coder_b_code"].tolist(),
        vocabulary(SUBSTANCE)["scale"],
    )
    few = why_no_share(agreement.units)
    why = few or "all codes are one"
    share = None if few or agreement.share is None else 100 * agreement.share
    kappas = (None, None) if few else (agreement.kappa, agreement.weighted_kappa)
    weighted = "Cohen's kappa with linear weights in the order of the codebook"
    claims = [
        study.number("coders.replies", agreement.units, "reply", "Replies coded by two coders"),
        study.number("coders.alike", agreement.alike, "reply", "Coded alike by both"),
        study.number("coders.share", share, "per_cent", "Coded alike, in per cent", why=why),
        *study.numbers(
            "coefficient",
            {
                "coders.kappa": (kappas[0], "Cohen's kappa"),
                "coders.weighted_kappa": (kappas[1], weighted),
            },
            why=why,
        ),
    ]
    finding = table_of_claims(
        study,
        "coders",
        "Agreement of two coders on the substance of replies",
        claims,
        what="What was measured",
        value="Value",
        statements=(_agreement_sentence(agreement.units, kappas[1] is not None),),
        unit="replies",
    )
    return add_claims(
        finding,
        *study.flag_claims("coders.has_share", share is not None),
        *study.flag_claims("coders.has_kappa", kappas[1] is not None),
    )


def _agreement_sentence(units: int, has_kappa: bool) -> str:
    if not units:
        return "No reply was coded by two persons, so their agreement is not computable."
    beyond = "; beyond chance, weighted kappa is {{ coders.weighted_kappa }}" if has_kappa else ""
    return (
        "Two persons coded {{ coders.replies|of:reply }} apart and agreed on "
        f"{{{{ coders.alike|none }}}} of them{{{{ coders.share|bracketed }}}}{beyond}."
    )


def _received(study: Letters, types: Sequence[str] = ()) -> pd.DataFrame:
    """Replies to letters in scope that came by the cut-off; rows of table ``replies``.

    types: of the letters; without them, all.
    """
    replies = study.build.table("replies")
    letters = study.letters[study.letters["type_code"].isin(types)] if types else study.letters
    is_to_scope = replies["letter_id"].isin(letters["letter_id"])
    is_received = replies["reply_date"] <= study.cut_off
    return replies[(replies["source"] == study.source) & is_to_scope & is_received]
