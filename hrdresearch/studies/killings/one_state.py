"""Classes of a fact of which one State makes more than half."""

from __future__ import annotations

from collections.abc import Mapping

from hrdresearch.findings.make_claims import CountDraft, Population
from hrdresearch.findings.model import Claim
from hrdresearch.findings.sentences import (
    ListSentences,
    claim_tag,
    is_printed,
    join_with_and,
    label_in_sentence,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.by_code import LAST_CODES
from hrdresearch.studies.shapes.one_state_and_year import state_of_more_than_half
from hrdresearch.tables import match_rows
from hrdresearch.vocab import codes, label
from hrdresearch.vocab.states import name_in_sentence

LEAST = 0.1  # share of the known cases from which a class is named


def one_state_sentences(
    study: Study,
    p: Population,
    own: Mapping[str, Claim],
    name: str,
    column: str,
    vocabulary: str,
    words: str,
) -> ListSentences:
    """Classes with a tenth of the known cases or more, of which one State makes more than half.

    own: claims of a public list by code. name: of the finding; the claims are
    ``NAME.CODE.one_state``. words: a class in a sentence, with ``{label}`` for its name.
    """
    least = LEAST * float(own["known"].value or 0)
    told: list[str] = []
    made: list[Claim] = []
    for code in codes(vocabulary):
        whole = own.get(code)
        if code in (*LAST_CODES, "other") or whole is None or not is_printed(whole, least):
            continue
        found = state_of_more_than_half(p, p.frame[match_rows(p.frame, {column: code})])
        if found is None:
            continue
        what = words.format(label=label_in_sentence(label(vocabulary, code)))
        draft = CountDraft(
            f"{name}.{code}.one_state",
            f"{p.title}: {what}, in the State of most of them",
            {column: code, "state_iso3": found[0]},
        )
        made.append(study.count(p, [draft])[draft.name])
        told.append(
            f"{claim_tag(made[-1])} of the {claim_tag(whole)} {what} in {name_in_sentence(found[0])}"
        )
    if not told:
        return ListSentences()
    return ListSentences(
        f"One State holds more than half of some: {join_with_and(told)}.", tuple(made)
    )
