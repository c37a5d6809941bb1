"""Sentences on a fact by its codes: what each list records, and which lists have no field for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from hrdresearch.findings.make_claims import Population, text_claim
from hrdresearch.findings.model import SCOPE, Claim
from hrdresearch.findings.numbers import number_in_prose
from hrdresearch.findings.sentences import (
    THRESHOLDS,
    Wording,
    choose_threshold,
    claim_tag,
    count_with_share,
    is_printed,
    join_with_and,
    label_in_sentence,
    write_share_sentence,
    write_unknown_sentence,
)
from hrdresearch.studies.ground.study import Study
from hrdresearch.vocab import codes, label

UNKNOWN = {
    "unknown": "recorded as unknown",
    "not_recorded": "not recorded",
    "not_confirmed": "not confirmed",
    "not_asked": "not asked",
    "not_located": "not measured, as the municipality was not located,",
    "not_disclosed": "recorded as unknown or not disclosed",
    "not_defined": "given as a word that the publisher does not define",
    "detained": "given as detention only",
    "unparsed": "in words that were not read",
    "conflict_death": "in conflict with the publisher's own class over death",
    "conflict_life": "in conflict with the publisher's own class over life",
}
WITHOUT_SHARES = ("when_present", "by_definition")


def sentences_of_list(
    p: Population,
    own: Mapping[str, Claim],
    column: str,
    vocabulary: str,
    unknown: Sequence[str],
    wording: Wording,
    noun: str,
) -> list[str]:
    """What one list says of a fact: its categories, and for how many cases it is not known.

    own: claims of the list by code, ``CODE.share``, ``known`` and ``of``. unknown: codes that say
    that the fact is not known. noun: singular and plural of what is counted, with a colon between.
    """
    if not is_printed(own["of"]):
        return []
    labels = {code: label(vocabulary, code) for code in codes(vocabulary)}
    known = {c: own[c] for c in labels if c in own and c not in unknown}
    how = p.recording.get(column, "")
    if how in WITHOUT_SHARES:
        words = {c: f"“{label_in_sentence(words)}”" for c, words in labels.items()} | dict(
            wording.definition
        )
        told = _without_shares(
            p,
            own,
            {c: k for c, k in known.items() if is_printed(k)},
            words,
            how,
            wording.link or "as",
            noun,
        )
        remark = p.remarks.get(column, "") if how == "by_definition" else ""
        return [*told, remark] if told and remark else told
    called = p.called.get(column, "") if wording.called else ""
    which = f"{p.on_the_list} {wording.known}"
    if called:
        which = f"{p.on_the_list} {wording.called.format(fact=called)}"
    elif wording.by_list:
        which = wording.by_list.format(name=p.name_in_prose)
    if coded := p.unknown_as.get(f"{column}.known"):
        which = f"{which} {coded}"
    elif f"{column}.not_recorded" in p.unknown_as:
        which = f"{which.removesuffix('recorded')}among those told apart here"
    fact = f"the {called}" if called else wording.fact
    whole = (
        f"Of the {claim_tag(own['known'])} {claim_tag(own['known'], f'agree:{noun}')} {which}"
        if own["known"].status == "shown"
        else f"Among the {noun.partition(':')[2]} {which}"
    )
    shares = {c: own[f"{c}.share"] for c in known if f"{c}.share" in own}
    not_known = [
        (own[c], p.unknown_as.get(f"{column}.{c}") or UNKNOWN.get(c, label_in_sentence(labels[c])))
        for c in unknown
        if c in own
    ]
    if _are_in_both(own, [claim for claim, _ in not_known]):
        not_known = [(c, f"{words} in at least one entry") for c, words in not_known]
    said = [write_share_sentence(whole, own["known"], known, shares, labels, wording)]
    if not said[0] and own["known"].value == 0:
        if wording.none_known:
            return [wording.none_known.format(list=p.list_in_prose)]
        said = [
            f"{p.subject} asks for {fact}; no answer on it has a code."
            if coded
            else f"{p.subject} asks for {fact} and holds no answer for any of "
            f"{claim_tag(own['of'], 'of:case')}."
        ]
    return [s for s in (*said, write_unknown_sentence(fact, not_known)) if s]


def _are_in_both(own: Mapping[str, Claim], silent: Sequence[Claim]) -> bool:
    """Whether persons with several entries are counted both as known and as not known."""
    numbers = [claim.value for claim in (own["known"], own["of"], *silent)]
    known, whole, *rest = (n if isinstance(n, int) else None for n in numbers)
    are_persons = own["known"].measure.startswith("distinct:") and not own["known"].is_rounded
    if not are_persons or known is None or whole is None:
        return False
    return known + sum(n or 0 for n in rest) > whole


def _without_shares(
    p: Population,
    own: Mapping[str, Claim],
    known: Mapping[str, Claim],
    words: Mapping[str, str],
    how: str,
    link: str,
    noun: str,
) -> list[str]:
    """Sentence on a list that marks a fact only where it is present, or has it by its definition."""
    if not known:
        return []
    kinds = sorted(known, key=lambda code: words[code].casefold())
    if how == "by_definition":
        return [
            f"By its definition, {p.list_in_prose} counts all {claim_tag(own['of'])} "
            f"{claim_tag(own['of'], f'agree:{noun}')} {link} "
            f"{join_with_and([words[c] for c in kinds])}."
        ]
    items = [f"{count_with_share(known[c], whole=own['of'])} as {words[c]}" for c in kinds]
    return [
        f"Of {claim_tag(own['of'], 'of:case')}, {p.name_in_prose} marks {join_with_and(items)}; a "
        "case without "
        "the mark may be either."
    ]


def named_above(
    p: Population,
    name: str,
    counts: Mapping[str, Claim],
    words: Callable[[str], str],
    inside: Callable[[str], str] | None = None,
    order: Callable[[str], str] | None = None,
    among: Sequence[int] = THRESHOLDS,
) -> tuple[Claim, list[str], str] | None:
    """List what has a round number or more, in alphabetical order; None where no round number separates.

    name: of the claim of the round number. counts: claims by code. words: gives the name of a code in
    a sentence. inside: gives what stands in brackets after it; default: its number. order: sort key;
    default: the words. among: the round numbers to choose from.
    Returns the claim, the codes, and the codes in words.
    """
    shown = {code: claim for code, claim in counts.items() if is_printed(claim)}
    least = choose_threshold((float(claim.value or 0) for claim in shown.values()), among)
    if least is None:
        return None
    chosen = sorted((c for c, n in shown.items() if is_printed(n, least)), key=order or words)
    threshold = text_claim(
        p.claim_name(name),
        number_in_prose(least, ""),
        f"{p.title}: number from which the text names what the table counts",
        SCOPE,
    )
    told = inside or (lambda code: claim_tag(shown[code]))
    return threshold, chosen, join_with_and([f"{words(c)} ({told(c)})" for c in chosen])


def paragraphs_of_lists(
    study: Study,
    told: Mapping[str, list[str]],
    fact: str,
    by_definition: Collection[str] = (),
    without: str = "",
) -> tuple[str, ...]:
    """A paragraph for each list, and a sentence on the lists whose file has no field for the fact.

    told: sentences by list. fact: what the field is for, in words; empty: nothing is said.
    by_definition: lists of which every case carries the fact; they get no paragraph to themselves.
    without: the sentence on the lists without the fact, in place of that on the field.
    """
    paragraphs: list[str] = []
    waiting = ""  # what a list says by definition stands with the list after it, or before it
    for slug, said in told.items():
        text = " ".join(filter(None, (waiting, *said)))
        waiting = text if slug in by_definition else ""
        if text and not waiting:
            paragraphs.append(text)
    if waiting:
        paragraphs[-1:] = [" ".join([*paragraphs[-1:], waiting])]
    silent = [
        p.name_in_prose
        for p in study.populations
        if p.covers() and p.slug not in told and not p.release
    ]
    if paragraphs and silent and fact:
        is_rest = len(silent) > 1 and not any(p.release for p in study.populations)
        paragraphs[-1] += f" {_without(silent, fact, without, is_rest)}"
    elif silent and fact and not study.only_list:
        sentence = _without(silent, fact, "", is_rest=False)
        paragraphs = [f"{sentence.removesuffix('.')}, which says nothing either way."]
    return tuple(paragraphs)


def _without(silent: Sequence[str], fact: str, without: str, is_rest: bool) -> str:
    """Sentence on the lists that do not record a fact: what their file lacks, or as ``without`` says.

    is_rest: they are several, and all lists of the report that are not told.
    """
    others = f"the other {number_in_prose(len(silent), '')}"
    if without:
        return without.format(
            fact=fact, lists=f"{others} lists" if is_rest else join_with_and(silent)
        )
    if is_rest:
        return f"{others[:1].upper()}{others[1:]} files read have no field for {fact}."
    file = "The file read of {} has" if len(silent) == 1 else "The files read of {} have"
    return f"{file.format(join_with_and(silent))} no field for {fact}."
