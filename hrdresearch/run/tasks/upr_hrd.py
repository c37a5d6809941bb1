"""Task ``upr-hrd``: agreement of the rules on defenders with an index of recommendations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hrdresearch.coding.recommendations import EXPLICIT, code_concern, language_of
from hrdresearch.run.cases import lines_by_language
from hrdresearch.run.errors import RunError
from hrdresearch.run.labelled import FORMATS as _FORMATS
from hrdresearch.run.labelled import THEMED, read_labelled_recommendations
from hrdresearch.stats.agreement import agreement_in_words, measure_agreement

FORMATS = (*_FORMATS, *THEMED)


def evaluate(file: Path, format_: str | None, model: Path | None) -> dict[str, Any]:
    """Precision, recall and F1 of "explicitly on defenders", with intervals clustered by State."""
    if model is not None:
        raise RunError("Task upr-hrd has rules only; leave --model out")
    rows = read_labelled_recommendations(file, format_, "tag")
    by_text = {
        text: "yes" if code_concern(text, language_of(text)).code == EXPLICIT else "no"
        for text in rows["text"].unique()
    }
    given = rows["text"].map(by_text)
    found = measure_agreement(
        rows["label"].tolist(),
        given.tolist(),
        ("yes", "no"),
        rows["cluster"].tolist(),
        positive="yes",
    )
    title = "Human rights defenders: agreement of the rules with the labels (agreement, not truth)"
    right = given == rows["label"]
    languages = rows["text"].map({text: language_of(text) for text in by_text})
    report = [agreement_in_words(found, title), *lines_by_language(right, languages, rows["split"])]
    return {**found, "coder": "rules", "report": "\n".join(report)}
