"""Published figures on the Universal Periodic Review, from the real files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.tasks.upr_action import evaluate as evaluate_action
from hrdresearch.run.tasks.upr_action import train
from hrdresearch.run.tasks.upr_hrd import evaluate as evaluate_hrd
from hrdresearch.studies.ground.build import current_build
from hrdresearch.studies.upr.study import Upr
from hrdresearch.vocab.reference import reference_path

pytestmark = pytest.mark.real
Find = Callable[[str], Path]


def study_of(slug: str, path: Path, work: Path, monkeypatch: pytest.MonkeyPatch) -> Upr:
    monkeypatch.setenv("HRD_KEYS", str(work / "keys"))
    build("upr", [SourceFile(slug, path)], work / "work")
    return Upr(current_build("upr", work / "work"), {})


def values(*findings: Any) -> dict[str, Any]:
    return {c.name: c.value for f in findings for c in f.claims}


def test_the_index_of_sessions_1_to_17(
    real_data: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = study_of("upr-info", real_data("upr_info_s1_20"), tmp_path, monkeypatch)
    found = values(
        study.extent(), study.by_cycle(), study.index(), study.first_five(), study.specificity()
    )
    assert found["extent.pairs"] == 33082
    assert found["hrd.source_tagged"] == 525
    assert (found["hrd.source_accepted"], found["hrd.source_noted"]) == (359, 166)
    assert [found[f"hrd.source_category.{n}"] for n in range(1, 6)] == [1, 21, 12, 327, 164]
    assert found["by_cycle.1.pairs"] == 21356
    assert found["by_cycle.1.all.supported.share"] == pytest.approx(73.2, abs=0.05)
    for period, share in (("1_2", 31.1), ("11_12", 39.1), ("13_16", 31.3)):
        source = found[f"specificity.{period}.source.5"] / found[f"specificity.{period}.source.of"]
        assert 100 * source == pytest.approx(share, abs=0.05)
    assert [round(found[f"first_five.{n}.share"]) for n in range(1, 6)] == [98, 92, 50, 73, 48]


def test_golden_figures_of_the_index_and_of_the_united_nations_own_matrices(
    real_data: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Figures that a drafter recomputed from the raw files with pandas alone."""
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    build("upr", [SourceFile("upr-info", real_data("upr_info_s1_20")),
                  SourceFile("ohchr-matrix", real_data("ohchr_matrices"))], tmp_path / "work")  # fmt: skip
    study = Upr(current_build("upr", tmp_path / "work"), {})
    found = values(study.extent(), study.by_cycle(), study.index(), study.recommending(),
                   study.responses(), study.women(), study.apart(), study.sources_compared())  # fmt: skip
    index, matrix = "by_source.upr_info.", "by_source.ohchr_matrix."
    tagged = f"{index}hrd.source_tagged"
    assert [found[f"{tagged}.{key}"] for key in ("recommendations", "reviews", "states")] == [
        509,
        116,
        93,
    ]
    assert [
        found[f"{index}hrd.source_{said}.recommendations"] for said in ("accepted", "noted")
    ] == [347, 162]
    assert round(found[f"{tagged}.recommendations.share"]) == 68
    for code, part, whole in ((5, 84, 156), (4, 239, 321)):
        stem = f"{index}hrd.source_category.{code}"
        assert found[f"{stem}.recommendations"] == whole
        assert found[f"{stem}.accepted.recommendations"] == part
    assert (found[f"{index}reviews"], found[f"{index}states_under_review"]) == (263, 193)
    assert found[f"{index}women.or_their_rights"] == 4
    norway = f"{index}recommending.nor"
    assert (found[f"{norway}.reviews"], found[f"{norway}.possible"]) == (65, 262)
    # 32,099 texts as written, 23,831 of them supported; here texts that differ only in capitals,
    # accents or punctuation are one, and a text with two answers is supported in part: the page says so
    assert (found[f"{index}recommendations"], found[f"{index}responses.all.supported.recommendations"],
            found[f"{index}responses.all.mixed.recommendations"]) == (32076, 23817, 1)  # fmt: skip
    assert round(found[f"{index}responses.every.recommendations.supported.share"]) == 74
    assert any("differ only in capitals" in note for note in study.extent().notes)
    found |= values(study.receiving(), study.repeats(), study.asks())
    for cycle, whole, part in ((1, 311, 213), (2, 198, 134)):
        stem = f"{index}by_cycle.{cycle}.tagged.recommendations"
        assert (found[stem], found[f"{stem}.supported"]) == (whole, part)
    for code, share in ((5, 24), (4, 69)):
        assert round(found[f"{index}hrd.source_category.{code}.of_accepted.share"]) == share
    assert round(found[f"{tagged}.reviews.share"]) == 44
    for state, part, whole in (("col", 33, 33), ("cod", 7, 15), ("gtm", 14, 17), ("mex", 34, 34),
                               ("rus", 19, 22), ("tkm", 8, 16), ("uzb", 6, 20), ("cub", 0, 11)):  # fmt: skip
        stem = f"{index}receiving.{state}.tagged.recommendations"
        assert (found[f"{stem}.supported"], found[f"{stem}.asked"]) == (part, whole)
    again = [found[f"{index}repeats.{key}"] for key in ("reviewed_again", "received_again")]
    assert again == [27, 23]
    # 17 texts say "release"; pardon and amnesty are counted with them here, and the sentence says so
    release = f"{index}asks.for_reading.release"
    assert (found[f"{release}.asked"], found[f"{release}.supported"]) == (19, 1)
    # 28 ask for a visit as a person read them; 30 have words of an invitation, a visit or access
    assert found[f"{index}asks.for_reading.invitation.asked"] == 30
    for session, whole, part, share in ((17, 252, 204, 81), (31, 346, 284, 82)):
        stem = f"{matrix}apart.chn_{session}.recommendations"
        assert found[f"{stem}.asked"] == whole
        assert found[f"{stem}.supported"] == part
        assert round(found[f"{stem}.supported.share"]) == share
    assert [p.slug for p in study.populations] == ["upr-info"]
    both = "compared.upr_info.ohchr_matrix"
    assert [found[f"{both}.{key}"] for key in ("in_a", "supported_a", "in_b", "supported_b")] == [
        284, 207, 252, 204]  # fmt: skip
    assert any("splits texts" in note for note in study.sources_compared().notes)


@pytest.mark.parametrize(
    ("year", "total", "accepted"), [(2013, 252, 204), (2018, 346, 284)]
)  # fmt: skip
def test_the_matrix_of_a_state_counts_each_recommendation_once(
    real_data: Find,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    year: int,
    total: int,
    accepted: int,
) -> None:
    path = real_data(f"ohchr_matrices/china_Matrix_recommendations_{year}.docx")
    study = study_of("ohchr-matrix", path, tmp_path, monkeypatch)
    rows = study.build.table("recommendations")
    assert len(rows) == total
    assert int(rows["response_code"].eq("supported").sum()) == accepted


def test_drafts_have_no_gap_and_every_bracketed_state_is_known(
    real_data: Find, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = study_of("wg-draft", real_data("upr_wg52_drafts"), tmp_path, monkeypatch)
    issues = pd.read_csv(study.build.folder / "restricted" / "issues.csv")
    assert not issues["what"].str.contains("is missing|is no State|No recommending State").any()
    assert (
        issues["what"].str.contains("several requests").sum() == 4
    )  # read by eye: two, in both versions
    told = study.build.extras("documents")
    # Compared number by number and bracket by bracket (docs/decisions/0030-recommendations.md).
    assert [
        (d["iso3"], d["first"], d["last"], d["recommendations"], d["pairs"], d["positions"])
        for d in told if d["iso3"] in ("BEL", "MOZ") and not d["is_taken_over"]
    ] == [("BEL", "6.1", "8.31", 300, 315, []), ("MOZ", "6.1", "6.292", 292, 301, ["pending"])]  # fmt: skip
    assert [d["iso3"] for d in told if d["is_taken_over"]] == ["MOZ"]
    assert [d["gaps"] + d["without_state"] for d in told] == [0] * 9


def sessions(real_data: Find, folder: Path, first: int, last: int) -> Path:
    """Some sessions of the export as one file."""
    whole = pd.concat(
        pd.read_csv(
            real_data(f"upr_info_s1_20/{part}.csv"),
            encoding="mac_roman",
            dtype=str,
            lineterminator="\r",
        )
        for part in ("1-5", "6-9", "10-13", "14-17")
    )
    path = folder / f"{first}-{last}.csv"
    whole[whole["Session"].astype(int).between(first, last)].to_csv(path, index=False)
    return path


def test_rules_agree_with_the_index_on_sessions_15_to_17(real_data: Find, tmp_path: Path) -> None:
    file = sessions(real_data, tmp_path, 15, 17)
    hrd = evaluate_hrd(file, "upr-info", None)
    assert hrd["f1"] >= 0.95
    action = evaluate_action(file, "upr-info", None)
    assert action["accuracy"] >= 0.86
    assert action["macro_f1"] >= 0.82
    assert {"precision", "recall", "f1", "accuracy", "macro_f1", "per_class"} <= set(action)
    told = pd.read_csv(reference_path("upr_coding_quality.csv"))
    for task, found in (("Explicitly on defenders", hrd), ("Action category", action)):
        for row in told[told["task"] == task].itertuples():
            key = str(row.measure).lower().replace(" ", "_")
            assert 100 * found[key] == pytest.approx(row.per_cent, abs=0.06), (task, key)
            assert [100 * end for end in found["intervals"][key]] == pytest.approx(
                [row.low, row.high], abs=0.06)  # fmt: skip


def test_a_model_trained_on_earlier_sessions_does_better(real_data: Find, tmp_path: Path) -> None:
    train(sessions(real_data, tmp_path, 1, 14), "upr-info", tmp_path / "model")
    later = sessions(real_data, tmp_path, 15, 17)
    assert evaluate_action(later, "upr-info", tmp_path / "model")["macro_f1"] >= 0.88
