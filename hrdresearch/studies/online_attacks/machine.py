"""How far people and machine agree on an archive, and what a reviewer meets in the queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from hrdresearch.findings.model import Cell, Claim, Drawing, Finding
from hrdresearch.stats.krippendorff import Alpha, krippendorff_alpha
from hrdresearch.stats.ratio import Ratio, estimate_ratio
from hrdresearch.stats.review_budgets import BUDGETS
from hrdresearch.studies.online_attacks.claims import (
    FEWEST_LABELS,
    GROUPS,
    KINDS,
    SAMPLE,
    THREATS,
    OnlineStudy,
)
from hrdresearch.studies.online_attacks.languages import LANGUAGES
from hrdresearch.studies.online_attacks.sentences import (
    by_name,
    sentence_on_agreement,
    sentence_on_coders,
    sentence_on_missed,
    sentence_on_queue,
    sentence_on_recall_by_language,
)
from hrdresearch.studies.online_attacks.tables import (
    holds_any_code,
    is_too_wide,
    table_columns,
)

CODED = (("attack", "attacks"), ("threat", "threats"))
QUEUE = "Share of all threats that a reviewer meets, by part of the queue read"


def machine_finding(study: OnlineStudy) -> Finding:
    """Precision and recall of the coder by kind, over all languages, weighted by the sample design."""
    everywhere = [("all", key, words) for key, (words, _) in KINDS.items()]
    return _agreement(
        study, "machine", "How well the coder agrees with people, by kind", everywhere
    )


def machine_languages_finding(study: OnlineStudy) -> Finding:
    """Precision and recall of the coder by language and kind, weighted by the sample design."""
    parts = [
        (language, key, f"{name}: {words}")
        for language, name in LANGUAGES.items()
        for key, (words, _) in KINDS.items()
    ]
    title = "How well the coder agrees with people, by language and kind"
    return _agreement(study, "machine_languages", title, parts)


def _agreement(
    study: OnlineStudy, name: str, title: str, parts: Sequence[tuple[str, str, str]]
) -> Finding:
    """Precision and recall of the parts (language, kind, words) that have enough labels."""
    if study.no_share_because:
        return study.finding_without_labels(name, title)
    labels = study.labels
    lines: list[tuple[Cell | str, list[Claim]]] = []
    wide: list[str] = []
    for language, key, words in parts:
        own = pd.Series(language == "all", index=labels.index)
        own |= labels["language_code"] == language
        members = KINDS[key][1]
        said = holds_any_code(labels["machine_codes"], members) & own
        true = holds_any_code(labels["kind_codes"], members) & own
        if max(int(said.sum()), int(true.sum())) < FEWEST_LABELS:
            continue
        where = f"machine.{language}.{key}"
        made = [
            *_share(
                study,
                f"{where}.precision",
                f"{words}: precision",
                true,
                said,
                {"machine_codes": list(members)} | _in_language(language),
            ),
            *_share(
                study,
                f"{where}.recall",
                f"{words}: recall",
                said,
                true,
                {"kind_codes": list(members)} | _in_language(language),
            ),
        ]
        wide += [
            f"{words}, {what}"
            for what, one in (("precision", (true, said)), ("recall", (said, true)))
            if _is_wide(_ratio(study, one[0].to_numpy(dtype=float), one[1]))
        ]
        lines.append((words, made))
    return study.finding_of_estimates(
        name,
        title,
        table_columns(
            "Kind" if name == "machine" else "Language and kind",
            precision="Precision, per cent",
            p_low="From",
            p_high="To",
            recall="Recall, per cent",
            r_low="From",
            r_high="To",
        ),
        lines,
        (
            "Precision: of what the coder marked, the share that people marked too. Recall: "
            "of what people marked, the share that the coder marked. Weighted by the design; "
            "intervals of 95 per cent, in which messages that may stand unseen in groups of the "
            "sample are allowed for. Not computable: fewer than thirty labelled messages. "
            "Withheld: fewer persons than the smallest cell. Rows with too few labelled messages "
            "for both are not shown: nothing is known of them.",
        ),
        wide,
        statements=_agreement_paragraphs(by_name(c for _, made in lines for c in made), name),
    )


def _agreement_paragraphs(claims: Mapping[str, Claim], name: str) -> tuple[str, ...]:
    """Paragraphs on attacks and on threats: of all languages, or a language each."""
    paragraphs = [
        sentence_on_recall_by_language(claims, key, words, LANGUAGES)
        if name == "machine_languages"
        else sentence_on_agreement(claims, f"machine.all.{key}", words)
        for key, words in CODED
        if name == "machine_languages" or f"machine.all.{key}.recall.share" in claims
    ]
    return tuple(filter(None, paragraphs))


def queue_finding(study: OnlineStudy) -> Finding:
    """Share of threats in the first parts of the queue, and share missed, by the probability sample."""
    if study.no_share_because:
        return study.finding_without_labels("queue", QUEUE)
    labels = study.labels
    threat = holds_any_code(labels["kind_codes"], THREATS)
    scores = study.posts["score"].to_numpy()
    hidden = study.rests_on_few_persons(labels[threat])
    lines: list[tuple[Cell | str, list[Claim]]] = []
    wide: list[str] = []
    for budget in BUDGETS:
        percent = round(100 * budget)
        met = chance_in_first_part(scores, labels["score"].to_numpy(), budget)
        found = _ratio(study, met, threat)
        words = f"First {percent} per cent of the queue"
        made = study.share_with_interval(
            f"queue.first_{percent}",
            f"Threats in the first {percent} per cent of the queue",
            _share_and_interval(found),
            hidden,
            {"kind_codes": list(THREATS)},
        )
        wide += [words] if _is_wide(found) else []
        lines.append((words, made))
    missed = _ratio(study, (labels["band_code"] != "high").to_numpy(dtype=float), threat)
    made = study.share_with_interval(
        "queue.not_marked",
        "Threats that the coder did not mark as a threat",
        _share_and_interval(missed),
        hidden,
        {"kind_codes": list(THREATS)},
    )
    wide += ["not marked as a threat"] if _is_wide(missed) else []
    lines.append(("Not marked as a threat by the coder", made))
    beside = [
        study.count_in_archive(
            "queue.labelled",
            "Messages of the sample that people labelled as threats",
            "message",
            int(threat.sum()),
            hidden,
            table="post_labels",
            filter={**SAMPLE, "kind_codes": list(THREATS)},
        )
    ]
    claims = by_name([*beside, *(c for _, part in lines for c in part)])
    percents = [round(100 * budget) for budget in BUDGETS]
    not_marked = sentence_on_missed(claims)
    statements = tuple(filter(None, [sentence_on_queue(claims, percents), not_marked]))
    return study.finding_of_estimates(
        "queue",
        QUEUE,
        table_columns("Part read", share="Per cent of threats", low="From", high="To"),
        lines,
        (
            "Threats that the coder missed are counted too: messages in which nothing was found "
            "are part of the sample. Messages with the same place in the queue are met in an "
            "order of chance. Not computable: fewer than thirty labelled threats.",
        ),
        wide,
        beside=beside if statements else (),
        drawing=Drawing("intervals", "label", ("share", "low", "high")),
        statements=statements,
        key_sentences=tuple(filter(None, [not_marked, sentence_on_queue(claims, percents[1:2])])),
    )


def chance_in_first_part(scores: np.ndarray, own: np.ndarray, budget: float) -> np.ndarray:
    """Chance from 0 to 1 that each labelled message stands in the first part of the queue.

    scores: of all messages of the archive. own: of the labelled messages. budget: the part, from 0
    to 1. Messages with the score at which the part ends stand in random order, so each of them has
    the same chance. Without a trained model most messages have the same score.
    """
    most = int(budget * len(scores))
    if not most:
        return np.zeros(len(own))
    limit = np.partition(scores, len(scores) - most)[len(scores) - most]
    above, alike = int((scores > limit).sum()), int((scores == limit).sum())
    return np.where(own > limit, 1.0, np.where(own == limit, (most - above) / alike, 0.0))


def coders_finding(study: OnlineStudy) -> Finding:
    """Krippendorff's alpha of two people who labelled the same messages."""
    table = study.build.table("post_labels").pivot(
        index="post_id", columns="coder", values="kind_codes"
    )
    lines: list[tuple[Cell | str, list[Claim]]] = []
    if table.shape[1] == 2:
        both = table.dropna()
        for key, (words, members) in GROUPS.items():
            found = krippendorff_alpha(
                both.apply(lambda c, m=members: holds_any_code(c, m).astype(float))
            )
            if found.units < FEWEST_LABELS:
                found = Alpha(None, None, None, found.units)
            made = [
                study.coefficient_claim(f"coders.{key}", f"Alpha, {words}", found.value),
                study.coefficient_claim(
                    f"coders.{key}.low", f"Alpha, {words}: lower end", found.low
                ),
                study.coefficient_claim(
                    f"coders.{key}.high", f"Alpha, {words}: upper end", found.high
                ),
                study.count_in_archive(
                    f"coders.{key}.messages",
                    "Messages that two people labelled",
                    "message",
                    found.units,
                    table="post_labels",
                    measure="distinct:post_id",
                    filter={"coder": "second"},
                ),
            ]
            lines.append((words, made))
    claims = by_name(c for _, part in lines for c in part)
    return study.finding_of_estimates(
        "coders",
        "Agreement of two people who labelled the same messages",
        table_columns(
            "Question", alpha="Krippendorff's alpha", low="From", high="To", messages="Messages"
        ),
        lines,
        (
            "1: full agreement; 0: as by chance. Intervals of 95 per cent by bootstrap. Not "
            "computable: fewer than thirty messages, or nobody found any; an interval, where the two "
            "differ on fewer than five.",
            "Of all messages that two people read, those of the sample and those of the review "
            "queue: more often attacks than the archive holds, and not weighted.",
        ),
        statements=tuple(filter(None, [sentence_on_coders(claims, CODED)])) if lines else (),
    )


def _share(
    study: OnlineStudy,
    name: str,
    words: str,
    holds: pd.Series,
    among: pd.Series,
    labelled: Mapping[str, Any],
) -> list[Claim]:
    found = _ratio(study, holds.to_numpy(dtype=float), among)
    hidden = study.rests_on_few_persons(study.labels[among]) and bool(among.any())
    return study.share_with_interval(name, words, _share_and_interval(found), hidden, labelled)


def _in_language(language: str) -> dict[str, str]:
    return {} if language == "all" else {"language_code": language}


def _ratio(study: OnlineStudy, holds: np.ndarray, among: pd.Series) -> Ratio:
    return estimate_ratio(holds, among.to_numpy(), study.labels["stratum"], study.stratum_sizes)


def _share_and_interval(found: Ratio) -> tuple[float | None, float | None, float | None]:
    """Share and interval; None from fewer labelled messages than a share needs."""
    if found.labelled < FEWEST_LABELS:
        return None, None, None
    return found.share, found.low, found.high


def _is_wide(found: Ratio) -> bool:
    return is_too_wide(*_share_and_interval(found)[1:])
