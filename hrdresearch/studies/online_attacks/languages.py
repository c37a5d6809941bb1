"""Languages of an archive, and how far the vocabulary in each can be trusted."""

from __future__ import annotations

from hrdresearch.findings.model import Cell, Column, Finding
from hrdresearch.studies.online_attacks.claims import OnlineStudy
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


def languages_finding(study: OnlineStudy) -> Finding:
    """Messages by language identified, and the state of each vocabulary."""
    counts = study.posts["language_code"].astype("object").value_counts()
    numbers = {c: int(counts.get(c, 0)) for c in LANGUAGES}
    numbers["not_told"] = int(counts.get(NOT_TOLD, 0))
    numbers["other"] = int(counts.sum()) - sum(numbers.values())
    hidden = _hidden(study, numbers)
    claims, rows = [], []
    for code, name in LANGUAGES.items():
        words = f"Messages in {name}"
        claim = study.count_in_archive(
            f"by_language.{code}",
            words,
            "message",
            numbers[code],
            code in hidden,
            filter={"language_code": code},
        )
        signed = vocabulary(f"attacks/{code}").get("signed_by")
        state = f"validated by {signed}" if signed else "unvalidated"
        claims.append(claim)
        rows.append([Cell(text=name), Cell(claim=claim.name), Cell(text=state)])
    rare = [str(code) for code in counts.index if code not in (*LANGUAGES, NOT_TOLD)]
    for key, title, words, own in (
        ("other", "Other languages", "Messages in other languages", rare),
        ("not_told", "Not told", "Messages whose language cannot be told", [NOT_TOLD]),
    ):
        claim = study.count_in_archive(
            f"by_language.{key}",
            words,
            "message",
            numbers[key],
            key in hidden,
            filter={"language_code": own},
        )
        claims.append(claim)
        rows.append([Cell(text=title), Cell(claim=claim.name), Cell(text="no vocabulary")])
    return study.finding(
        "by_language",
        "Messages by language, and the state of each vocabulary",
        [
            Column("label", "Language", "label"),
            Column("value", "Messages"),
            Column("status", "Vocabulary", "label"),
        ],
        rows,
        claims,
        notes=(
            "Unvalidated: no practitioner whose language it is has signed the vocabulary. "
            "The machine may miss much there; the estimates rest on labels all the same. No "
            "vocabulary: the coder looks for nothing in these messages, so that none is marked does "
            "not say that there are no attacks among them.",
        ),
    )


def _hidden(study: OnlineStudy, counts: dict[str, int]) -> set[str]:
    """Languages withheld: small ones, and with a single one the next, or the total would tell it."""
    held = sorted((n, c) for c, n in counts.items() if n)
    small = [c for n, c in held if n < study.policy.smallest_cell]
    return {c for _, c in held[:2]} if len(small) == 1 else set(small)
