"""UPR: recommendations on defenders that ask for accountability, and what each State answered."""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import Population, text_claim
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import (
    ListSentences,
    agreement_tag,
    claim_tag,
    count_with_share,
    is_printed,
)
from hrdresearch.studies.shapes.count_tables import (
    Row,
    Share,
    column_heads,
    state_cell,
    table_of_counts,
)
from hrdresearch.studies.upr.counted_rows import UprStudy
from hrdresearch.studies.upr.counts import POSITION_KNOWN, SUPPORTED, count_of
from hrdresearch.studies.upr.in_brief import ANSWERS, HEADS, HRD
from hrdresearch.tables import match_rows
from hrdresearch.vocab.states import alphabetical_key, short_name

FEWEST_STATES = 10  # under which a source of reviews is not told at the top
ASKS = {"ask_codes": "accountability"}
WORDS = "on defenders that ask for accountability"


def accountability(study: UprStudy) -> Finding:
    """Recommendations on defenders that ask for accountability, by State under review and answer.

    Claims: ``accountability.asked``, ``.supported``, ``.supported.share``, ``.states``, and for each State
    ``accountability.ISO3.asked``, ``.supported``, ``.not_supported`` and ``.no_position``.
    """
    every = study.over_all()
    name = "accountability"

    def row(iso3: str) -> Row:
        own, words = f"{name}.{iso3.lower()}", f"{WORDS}, {short_name(iso3)}"
        where = {**ASKS, "state_iso3": iso3}
        return (
            state_cell(iso3),
            count_of(HRD, f"{own}.asked", words, where),
            *(
                count_of(
                    HRD, f"{own}.{key}", f"{words}: {key.replace('_', ' ')}", {**where, **answer}
                )
                for key, answer in ANSWERS.items()
            ),
        )

    whole = count_of(HRD, f"{name}.asked", WORDS, ASKS)
    supported = count_of(HRD, f"{name}.supported", f"{WORDS}, supported", ASKS | SUPPORTED)
    known = count_of(HRD, f"{name}.answered", f"{WORDS}, position known", ASKS | POSITION_KNOWN)
    states = count_of(
        HRD, f"{name}.states", f"{WORDS}: States", ASKS, unit="state", column="state_iso3"
    )
    share = Share(
        supported, known, f"{WORDS}: supported, in per cent of known positions", asked=whole
    )
    return table_of_counts(
        every,
        name,
        "Recommendations on defenders that ask for accountability, by State under review",
        column_heads("State under review", asked="Recommendations", **HEADS),
        lambda p: [row(iso3) for iso3 in _states(study, p)],
        beside=[whole, supported, known, states, share],
        empty="drop rows",
        sentence=lambda p, made: [_sentences(study, p, made, name)],
        unit="recommendations",
        notes=(
            "By the words of each text: investigation, prosecution, an end to impunity. What several States "
            "recommended in the same words is counted once. Supported is an answer, not an act.",
        ),
    )


def _states(study: UprStudy, p: Population) -> list[str]:
    frame = study.frame(p, HRD)
    return sorted(frame.loc[match_rows(frame, ASKS), "state_iso3"].unique(), key=alphabetical_key)


def _sentences(
    study: UprStudy, p: Population, made: Mapping[str, Claim], name: str
) -> ListSentences:
    whole, yes, known, states = (
        made[f"{name}.{key}"] for key in ("asked", "supported", "answered", "states")
    )
    if not is_printed(whole):
        return ListSentences()
    years = text_claim(p.claim_name(f"{name}.years"), study.period([p]), "years of the reviews")
    is_one_state = study.params.get("state", "all") != "all"
    text = (
        f"In the Universal Periodic Review ({claim_tag(years)}), "
        f"{claim_tag(whole, 'of:recommendation')} on defenders in {p.name_in_prose} "
        f"{agreement_tag(whole, 'asks', 'ask')} for accountability"
    )
    if not is_one_state:
        text += f", to {claim_tag(states, 'of:state')}"
    is_key = is_one_state or is_printed(states, FEWEST_STATES)
    if not is_printed(known):
        return ListSentences(f"{text}; no position on them is known.", (years,), is_key)
    said = count_with_share(yes, made.get(f"{name}.supported.share")) if yes.value else "none"
    if yes.value == known.value:
        said = "all of them" if is_printed(known, 2) else "it"
    the = f"Of {claim_tag(known)} with a position that is known, the"
    the = "The" if known.value == whole.value else the
    text += f". {the} State under review supported {said}, which is an answer and not an act."
    return ListSentences(text, (years,), is_key)
