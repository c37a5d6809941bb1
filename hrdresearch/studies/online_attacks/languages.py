"""Languages of an archive, and how far the vocabulary in each can be trusted."""

from __future__ import annotations

from collections.abc import Sequence, Set

from hrdresearch.findings.model import Cell, Claim, Column, Finding
from hrdresearch.findings.sentences import agreement_tag, claim_tag, is_printed, join_with_and
from hrdresearch.privacy.policy import FEWEST_SHOWN
from hrdresearch.stats.ratio import estimate_ratio
from hrdresearch.studies.online_attacks.claims import FEWEST_LABELS, GROUPS, SAMPLE, OnlineStudy
from hrdresearch.studies.online_attacks.sentences import by_name, sentence_on_language
from hrdresearch.studies.online_attacks.tables import holds_any_code, is_too_wide, table_columns
from hrdresearch.vocab import vocabulary

LANGUAGES = {
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "ar": "Arabic",
    "ru": "Russian",
    "zh": "Chinese",
    "pt": "Portuguese",
}
NOT_TOLD = "und"
TITLE_BY_LANGUAGE = "Attacks in the archive by language, estimated from the labelled sample"


def languages_finding(study: OnlineStudy) -> Finding:
    """Messages by language identified, and the state of each vocabulary."""
    claims = language_claims(study)
    rows = []
    for code, name in LANGUAGES.items():
        signed = vocabulary(f"attacks/{code}").get("signed_by")
        state = f"validated by {signed}" if signed else "unvalidated"
        rows.append([Cell(text=name), Cell(claim=claims[code].name), Cell(text=state)])
    for key, title in (("other", "Other languages"), ("not_told", "Not told")):
        rows.append([Cell(text=title), Cell(claim=claims[key].name), Cell(text="no vocabulary")])
    return study.finding(
        "by_language",
        "Messages by language, and the state of each vocabulary",
        [
            Column("label", "Language", "label"),
            Column("value", "Messages"),
            Column("status", "Vocabulary", "label"),
        ],
        rows,
        [*claims.values(), *study.whole_and_labels(), _languages_unvalidated(study, claims)],
        statements=_statements(study, claims),
        notes=(
            "Unvalidated: no practitioner whose language it is has signed the vocabulary. "
            "The machine may miss much there; the estimates rest on labels all the same. No "
            "vocabulary: the coder looks for nothing in these messages, so that none is marked does "
            "not say that there are no attacks among them.",
        ),
    )


def language_claims(study: OnlineStudy) -> dict[str, Claim]:
    """Counts of messages by code of the language, ``other`` and ``not_told`` at the end."""
    counts = study.posts["language_code"].astype("object").value_counts()
    numbers = {c: int(counts.get(c, 0)) for c in LANGUAGES}
    numbers["not_told"] = int(counts.get(NOT_TOLD, 0))
    numbers["other"] = int(counts.sum()) - sum(numbers.values())
    hidden = _hidden(numbers)
    rare = [str(code) for code in counts.index if code not in (*LANGUAGES, NOT_TOLD)]
    parts: list[tuple[str, str, str | list[str]]] = [
        *((code, f"Messages in {name}", code) for code, name in LANGUAGES.items()),
        ("other", "Messages in other languages", rare),
        ("not_told", "Messages whose language cannot be told", [NOT_TOLD]),
    ]
    return {
        key: study.count_in_archive(
            f"by_language.{key}",
            words,
            "message",
            numbers[key],
            key in hidden,
            filter={"language_code": codes},
        )
        for key, words, codes in parts
    }


def attacks_by_language_finding(study: OnlineStudy) -> Finding:
    """Estimated shares of attacks and threats in each language with enough labelled messages."""
    if study.no_share_because:
        return study.finding_without_labels("attacks_by_language", TITLE_BY_LANGUAGE)
    counts = language_claims(study)
    codes = [
        code
        for code, messages in counts.items()
        if code in LANGUAGES
        and messages.status == "shown"
        and int((study.labels["language_code"] == code).sum()) >= FEWEST_LABELS
    ]
    withheld = {
        key: _languages_withheld(study, codes, members) for key, (_, members) in GROUPS.items()
    }
    lines: list[tuple[Cell | str, list[Claim]]] = []
    wide: list[str] = []
    statements = []
    for code, name in sorted(LANGUAGES.items(), key=lambda item: item[1]):
        if code not in codes:
            continue
        hidden = {key for key, languages in withheld.items() if code in languages}
        claims, too_wide = _shares_in_language(study, code, name, hidden)
        lines.append((name, claims))
        wide += too_wide
        statements.append(
            sentence_on_language(by_name([*claims, counts[code]]), code, name, GROUPS)
        )
    return study.finding_of_estimates(
        "attacks_by_language",
        TITLE_BY_LANGUAGE,
        table_columns(
            "Language",
            attack="Attacks, per cent",
            attack_low="From",
            attack_high="To",
            threat="Threats, per cent",
            threat_low="From",
            threat_high="To",
            labelled="Labelled messages",
        ),
        lines,
        (
            "Weighted by the design of the sample; intervals of 95 per cent. A language with fewer "
            "than thirty labelled messages has no row: nothing is known of attacks in it. Withheld: "
            "fewer persons than the smallest cell.",
        ),
        wide,
        beside=list(counts.values()),
        statements=tuple(filter(None, statements)),
    )


def _shares_in_language(
    study: OnlineStudy, code: str, name: str, hidden: Set[str]
) -> tuple[list[Claim], list[str]]:
    """Claims on attacks and threats in a language, and the words of shares that are too wide.

    hidden: which of ``attack`` and ``threat`` is withheld.
    """
    labels = study.labels
    among = labels["language_code"] == code
    claims: list[Claim] = []
    wide = []
    for key, (words, members) in GROUPS.items():
        holds = holds_any_code(labels["kind_codes"], members)
        found = estimate_ratio(
            holds.to_numpy(dtype=float), among.to_numpy(), labels["stratum"], study.stratum_sizes
        )
        claims += study.share_with_interval(
            f"attacks_by_language.{code}.{key}",
            f"Messages in {name}: {words}",
            (found.share, found.low, found.high),
            key in hidden,
            {"language_code": code, "kind_codes": list(members)},
        )
        wide += [f"{name}, {words}"] if is_too_wide(found.low, found.high) else []
    labelled = study.count_in_archive(
        f"attacks_by_language.{code}.labelled",
        f"Messages of the sample in {name} labelled by people",
        "message",
        int(among.sum()),
        table="post_labels",
        filter={**SAMPLE, "language_code": code},
    )
    return [*claims, labelled], wide


def _languages_withheld(
    study: OnlineStudy, codes: Sequence[str], members: Sequence[str]
) -> set[str]:
    """Languages whose share is withheld because it rests on few persons.

    If this is one language only, a second one is withheld too: else the share of the whole archive and
    those of the other languages would reveal it.
    """
    labels = study.labels[holds_any_code(study.labels["kind_codes"], members)]
    by_language = {code: labels[labels["language_code"] == code] for code in codes}
    by_size = sorted((len(rows), code) for code, rows in by_language.items() if len(rows))
    few = {code for _, code in by_size if study.rests_on_few_persons(by_language[code])}
    others = [code for _, code in by_size if code not in few]
    return few | set(others[:1]) if len(few) == 1 else few


def _statements(study: OnlineStudy, claims: dict[str, Claim]) -> tuple[str, ...]:
    """Paragraphs on the languages with a message, and on messages that the coder cannot read."""
    whole = study.whole_and_labels()[0]
    named = sorted(
        (name, claims[code]) for code, name in LANGUAGES.items() if is_printed(claims[code])
    )
    texts = []
    if named:
        items = [
            f"{claim_tag(c)} {agreement_tag(c, 'is', 'are') + ' ' if not i else ''}in {name}"
            for i, (name, c) in enumerate(named)
        ]
        texts.append(f"Of {claim_tag(whole, 'of:message')} of the archive, {join_with_and(items)}.")
    unsigned = _languages_unvalidated(study, claims)
    texts.append(
        f"The vocabulary is unvalidated in {_how_many(unsigned, len(named))} of these languages."
        if is_printed(unsigned)
        else ""
    )
    not_read = [
        f"{claim_tag(claims[key], 'of:message')} {words}"
        for key, words in (
            ("not_told", "whose language cannot be told"),
            ("other", "in languages without vocabulary"),
        )
        if is_printed(claims[key])
    ]
    if not_read:
        texts.append(
            f"The coder looks for nothing in {join_with_and(not_read)}: what they hold is known from labels "
            "alone."
        )
    return tuple(filter(None, [" ".join(filter(None, texts))]))


def _how_many(number: Claim, of: int) -> str:
    """The number in a sentence, or "all" where it is as many as there are."""
    return "all" if number.value == of > 1 else claim_tag(number, "none")


def _languages_unvalidated(study: OnlineStudy, claims: dict[str, Claim]) -> Claim:
    """Languages with a message whose vocabulary no practitioner has signed."""
    unsigned = [
        code
        for code in LANGUAGES
        if is_printed(claims[code]) and not vocabulary(f"attacks/{code}").get("signed_by")
    ]
    return study.count_in_archive(
        "by_language.unvalidated",
        "Languages with messages whose vocabulary no practitioner has signed",
        "language",
        len(unsigned),
        is_of_persons=False,
        measure="distinct:language_code",
        filter={"language_code": unsigned},
    )


def _hidden(counts: dict[str, int]) -> set[str]:
    """Languages whose count is withheld: small ones, and if this is one only, a second one too.

    Else the total would reveal it.
    """
    by_size = sorted((n, c) for c, n in counts.items() if n)
    small = [c for n, c in by_size if n < FEWEST_SHOWN]
    return {c for _, c in by_size[:2]} if len(small) == 1 else set(small)
