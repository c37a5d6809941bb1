"""Counts by the codes of a column, with the share among the cases in which the fact is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hrdresearch.findings.empty_cells import NO_CLASS, NO_SHARE, NOT_ASKED, NOT_COVERED
from hrdresearch.findings.make_claims import (
    CountDraft,
    Population,
    not_computable_claim,
    share_claim,
)
from hrdresearch.findings.model import Cell, Claim, Finding, KnownCases
from hrdresearch.findings.numbers import unit_in_words
from hrdresearch.findings.sentences import (
    ListSentences,
    Wording,
    agreement_tag,
    capitalized,
    claim_tag,
    claims_of_sentences,
    paragraphs_of_sentences,
    sentence_without_field,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.studies.shapes.build_account import build_claim
from hrdresearch.studies.shapes.by_code_notes import (
    class_counted_over,
    classes_of_few,
    note_on_few,
    note_on_naming,
    notes_on_lists,
    why_no_share,
)
from hrdresearch.studies.shapes.by_code_sentences import paragraphs_of_lists, sentences_of_list
from hrdresearch.studies.shapes.count_tables import code_cell, column_heads, is_zero, value_columns
from hrdresearch.vocab import codes, label

LAST_CODES = ("unknown", "not_confirmed", "not_recorded", "not_asked")
MOST_CLASSES_OF_LISTS = 6  # small charts of twenty rows say less than one table


def table_by_code(
    study: Study,
    name: str,
    title: str,
    column: str,
    vocabulary: str,
    *,
    asked_as: str | None = None,
    unknown: Sequence[str] = LAST_CODES,
    unit: str = "victim",
    noun: str = "",
    distinct: str | None = None,
    known_words: str = "cases in which this is known",
    notes: Sequence[str] = (),
    drawing: str = "bars",
    among: Mapping[str, str] | None = None,
    wording: Wording | None = None,
    further: Callable[[Population, Mapping[str, Claim]], Sequence[ListSentences]] | None = None,
    in_order: bool = False,
) -> Finding:
    """Victims by the codes of one column, with the share among cases where it is known.

    Claims: ``NAME.CODE``, ``NAME.CODE.share``, ``NAME.known`` (cases with a known value),
    ``NAME.of`` (all cases in scope), ``NAME.asked`` where the vocabulary tells those asked. A list
    that does not ask the fact gets no numbers; a class that a public list does not use gets none;
    a list that records the fact only where it is present, or by its definition, gets no share.

    asked_as: name of the fact in ``asked`` of source.yml; None where every list records it.
    noun: singular and plural of what is counted, separated by a colon; empty: the noun of each list.
    distinct: column whose values are counted instead of rows, where one person has several rows.
    unknown: codes that say that the fact is not known; they stand last and have no share.
    among: column -> code; a list that uses this code is counted over the cases with it only.
    wording: how the sentences speak of the fact; without it there are none. further: more sentences
    on a list, from its claims by code. in_order: whether rows and sentences follow the
    order of the vocabulary, as steps of a scale do, and not the size.
    """
    wording = replace(wording, order="scale") if wording and in_order else wording
    asking = [p for p in study.populations if p.covers() and _asks(p, asked_as, column)]
    made = {
        p.slug: _counts_and_shares(
            study,
            p,
            name,
            column,
            vocabulary,
            unknown,
            unit,
            class_counted_over(p, among),
            distinct,
        )
        for p in asking
    }
    # Largest first over all lists, or as the steps of a scale; what is not known stands last.
    held = [
        c for c in codes(vocabulary) if any(c in m and not is_zero(m[c]) for m in made.values())
    ]
    few = classes_of_few([c for c in held if c not in LAST_CODES], made)
    ordered = sorted(
        (c for c in held if c not in few),
        key=lambda c: (
            c in unknown,
            not in_order and -max(float(own[c].value or 0) for own in made.values() if c in own),
        ),
    )
    rows = [
        [
            _row_head(study, column, vocabulary, code),
            *(c for p in study.populations for c in _cells(study, p, made, column, code, unknown)),
        ]
        for code in ordered
    ]
    heading = title.split(" by ")[-1].capitalize()
    columns = column_heads(heading, value=study.value_heading)
    if study.only_list and not why_no_share(study.only_list, column):
        columns = column_heads(heading, value=study.value_heading, share="Per cent of known")
    if not study.only_list:
        columns = [*column_heads(heading), *value_columns(study)]
        # The known denominators stand in the table, a row each.
        whole = "all cases over which it is stated" if among else "all cases in scope"
        for key, words in (("known", known_words), ("of", whole)) if rows else ():
            cells = (_cell(p, made.get(p.slug), key) for p in study.populations)
            rows.append([Cell(text=f"Denominator: {words}"), *cells])
    also = {p.slug: further(p, made[p.slug]) for p in asking} if further else {}
    told = {
        p.slug: sentences_of_list(
            p, made[p.slug], column, vocabulary, unknown, wording, noun or _noun(p, among)
        )
        for p in asking
        if wording
    }
    uncoded = {p.slug: claim for p in asking if (claim := uncoded_claim(study, p, name, column))}
    for slug, claim in uncoded.items():
        told.setdefault(slug, []).append(sentence_on_uncoded(claim))
    keys = [
        " ".join([told[p.slug][0], *(s.text for s in also.get(p.slug, ()) if s.is_key)])
        for p in asking
        if wording
        and wording.is_key
        and told.get(p.slug)
        and column not in p.recording
        and made[p.slug]["known"].value != 0
    ]
    for slug, said in also.items():
        told.setdefault(slug, []).extend(paragraphs_of_sentences(said))
    defined = {p.slug for p in asking if p.recording.get(column) == "by_definition"}
    return study.finding(
        name,
        title,
        columns,
        rows,
        [
            *(claim for own in made.values() for claim in own.values()),
            *uncoded.values(),
            *(claim for said in also.values() for claim in claims_of_sentences(said)),
        ],
        known=_known(study, name, asking, column, known_words),
        statements=(
            *paragraphs_of_lists(
                study,
                told,
                (wording.asked or wording.fact) if wording else "",
                defined,
                wording.without if wording else "",
            ),
            *_silence(study, asking, title, wording),
        ),
        key_sentences=keys,
        drawing=study._drawing(_kind(study, drawing, made, len(ordered))),
        notes=(
            *notes,
            *note_on_naming(wording, ordered, unknown),
            *note_on_few(study, few, unit_in_words(unit)),
            *notes_on_lists(study, asking, asked_as, column, vocabulary, among),
        ),
    )


def _row_head(study: Study, column: str, vocabulary: str, code: str) -> Cell:
    """Label of a row; where words of the only list have no code, "not recorded" says so too."""
    p = study.only_list
    if p and f"{column}.known" in p.unknown_as and (words := p.unknown_as.get(f"{column}.{code}")):
        return Cell(text=capitalized(words.removesuffix(",")))
    return code_cell(vocabulary, code)


def uncoded_claim(study: Study, p: Population, name: str, column: str) -> Claim | None:
    """How many rows of a user's own list hold words without a code; None for none, and for a release."""
    accounts = {q["slug"]: q for q in study.build.extras("quality") or []}
    n = 0 if p.release else accounts.get(p.slug, {}).get("uncoded", {}).get(column, 0)
    words = f"{p.title}: rows with words that have no code, whatever the scope of the report"
    made = build_claim(p.claim_name(f"{name}.uncoded"), n, words, p.slug)
    return replace(made, rows=None) if n else None


def sentence_on_uncoded(claim: Claim) -> str:
    """Sentence on the rows of ``uncoded_claim``."""
    return (
        f"In the whole list, {claim_tag(claim, 'of:row')} {agreement_tag(claim, 'tells', 'tell')} this "
        "in words that have no code: what those words say is in no number here."
    )


def _noun(p: Population, among: Mapping[str, str] | None) -> str:
    """Singular and plural of what a list counts here, separated by a colon."""
    over = [
        label(c.removesuffix("_code"), v).lower() for c, v in class_counted_over(p, among).items()
    ]
    return f"{over[0]}:{over[0]}s" if over else f"{p.singular}:{p.plural}"


def _kind(study: Study, drawing: str, made: Mapping[str, Mapping[str, Claim]], classes: int) -> str:
    """How the table is drawn: as shares where a share is shown, for one list or a few classes of several."""
    shown = any(
        key.endswith(".share") and c.status == "shown"
        for own in made.values()
        for key, c in own.items()
    )
    if drawing == "bars" and shown and (study.only_list or 1 < classes <= MOST_CLASSES_OF_LISTS):
        return "shares"
    return drawing if study.only_list else "table"


def _silence(
    study: Study, asking: Sequence[Population], title: str, wording: Wording | None
) -> tuple[str, ...]:
    """Sentence that the only list does not ask the fact; empty where it does, and for several lists."""
    if asking or not study.only_list:
        return ()
    what, _, by = title.partition(" by ")
    if wording and wording.fact != "this":
        fact = wording.asked or wording.fact
    elif what in ("Victims", "Imprisoned persons", "Persons", "Attacks"):
        fact = by
    else:
        fact = what[:1].lower() + what[1:]
    return (sentence_without_field(study.only_list.name_in_prose, fact),)


def _counts_and_shares(
    study: Study,
    p: Population,
    name: str,
    column: str,
    vocabulary: str,
    unknown: Sequence[str],
    unit: str,
    among: Mapping[str, str],
    distinct: str | None,
) -> dict[str, Claim]:
    """Claims of one list; keys are the codes, ``CODE.share``, ``known`` and ``of``."""
    labels = {code: label(vocabulary, code) for code in codes(vocabulary)}
    known = [code for code in labels if code not in unknown]
    wanted: dict[str, tuple[str, dict[str, Any]]] = {
        **{code: (words, {column: code}) for code, words in labels.items()},
        "known": ("cases in which this is known", {column: known}),
        "of": ("all cases in scope", {}),
    }
    if "not_asked" in labels:
        asked = [code for code in labels if code != "not_asked"]
        wanted["asked"] = ("cases in which the list asked", {column: asked})
    over = "".join(f", {label(c.removesuffix('_code'), v).lower()} only" for c, v in among.items())
    counted = study.count(
        p,
        [
            CountDraft(
                f"{name}.{key}", f"{p.title}: {words}{over}", {**among, **filter_}, unit, distinct
            )
            for key, (words, filter_) in wanted.items()
        ],
    )
    made = {
        key: counted[f"{name}.{key}"]
        for key in wanted
        if key not in known or _has_class(p, column, key)
    }
    for code in (c for c in known if c in made):
        key, why = f"{code}.share", why_no_share(p, column, code)
        words = f"{p.title}: {labels[code]}, in per cent of the cases in which this is known{over}"
        if why:
            made[key] = not_computable_claim(
                p, CountDraft(f"{name}.{key}", words, unit="per_cent"), why
            )
        else:
            made[key] = share_claim(
                p, f"{name}.{key}", made[code], made["known"], words, made.get("asked", made["of"])
            )
    return made


def _cells(
    study: Study,
    p: Population,
    made: Mapping[str, Mapping[str, Claim]],
    column: str,
    code: str,
    unknown: Sequence[str],
) -> list[Cell]:
    own = made.get(p.slug)
    if study.only_list:
        cells = [_cell(p, own, code)]
        if code in unknown or why_no_share(p, column, code):
            shares = [] if why_no_share(p, column) else [Cell(text=NO_SHARE)]
        else:
            shares = [_cell(p, own, f"{code}.share")]
        return cells + shares
    if own and code not in unknown and not _has_class(p, column, code):
        return [Cell(text=NO_CLASS)]
    return [_cell(p, own, code)]


def _cell(p: Population, own: Mapping[str, Claim] | None, key: str) -> Cell:
    if own:
        return Cell(claim=own[key].name)
    return Cell(text=NOT_ASKED if p.covers() else NOT_COVERED)


def _known(
    study: Study, name: str, asking: Sequence[Population], column: str, words: str
) -> KnownCases | None:
    """For how many cases the fact is known; None for several lists, and a fact marked only where present."""
    if not study.only_list or not asking or study.only_list.recording.get(column) == "when_present":
        return None
    return KnownCases(f"{name}.known", f"{name}.of", words)


def _has_class(p: Population, column: str, code: str) -> bool:
    """Whether a list uses a code of this column, or can use it; else it has no number of it.

    Of a restricted list the crosswalk in its source.yml decides, never its rows.
    """
    if p.release:
        return code in p.declared.get(column, (code,))
    return code in p.classes[column] or code in p.declared.get(column, ())


def _asks(p: Population, fact: str | None, column: str) -> bool:
    return fact is None or p.has_answers(fact, column)
