"""Languages of an archive, and how far the vocabulary in each can be trusted."""

from __future__ import annotations

from hrdresearch.findings.model import Cell, Column, Finding
from hrdresearch.studies.online_claims import OnlineStudy
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


def languages_finding(study: OnlineStudy) -> Finding:
    """Messages by language identified, and the state of each vocabulary."""
    counts = study.posts["language_code"].astype("object").value_counts()
    rest = int(counts[~counts.index.isin(list(LANGUAGES))].sum())
    hidden = _hidden(study, {**{c: int(counts.get(c, 0)) for c in LANGUAGES}, "other": rest})
    claims, rows = [], []
    for code, name in LANGUAGES.items():
        number, words = int(counts.get(code, 0)), f"Messages in {name}"
        claim = study.plain(
            f"by_language.{code}", words, "message", number, code in hidden,
            filter={"language_code": code},
        )  # fmt: skip
        signed = vocabulary(f"attacks/{code}").get("signed_by")
        state = f"validated by {signed}" if signed else "unvalidated"
        claims.append(claim)
        rows.append([Cell(text=name), Cell(claim=claim.name), Cell(text=state)])
    words = "Messages in other languages, or in none that can be told"
    rare = [str(code) for code in counts.index if code not in LANGUAGES]
    other = study.plain(
        "by_language.other", words, "message", rest, "other" in hidden,
        filter={"language_code": rare},
    )  # fmt: skip
    rows.append(
        [Cell(text="Other, or not told"), Cell(claim=other.name), Cell(text="no vocabulary")]
    )
    return study.finding(
        "by_language",
        "Messages by language, and the state of each vocabulary",
        [
            Column("label", "Language", "label"),
            Column("value", "Messages"),
            Column("status", "Vocabulary", "label"),
        ],
        rows,
        [*claims, other],
        notes=(
            "Unvalidated: no practitioner whose language it is has signed the vocabulary. "
            "The machine may miss much there; the estimates rest on labels all the same.",
        ),
    )


def _hidden(study: OnlineStudy, counts: dict[str, int]) -> set[str]:
    """Languages withheld: small ones, and with a single one the next, or the total would tell it."""
    held = sorted((n, c) for c, n in counts.items() if n)
    small = [c for n, c in held if n < study.policy.smallest_cell]
    return {c for _, c in held[:2]} if len(small) == 1 else set(small)
