"""Reports on the real lists from the files to the scanned page: what a user runs, and checks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.check import check
from hrdresearch.run.execute import run
from hrdresearch.run.main_text import MOST_PAGES, MOST_WORDS

pytestmark = pytest.mark.real
CPJ = "cpj_killed_imprisoned_1992_2020/OriginalData_Journalists_Killed_Imprisoned_1992_2020.csv"
LISTS = {
    "killings": {
        "global-witness": "gw_defenders/global_witness_led_22-09-22.csv",
        "cpj": CPJ,
        "cpt": "br_cpt/assassinatos_10y_CPT.xls",
        "lideres-colombia": "co_lideres/regions.csv",
    },
    "imprisonment": {
        "cpj-census": CPJ,
        "political-prisoners-cn": "cn_political_prisoners/chinese-political-prisoners.csv",
    },
    "upr": {"upr-info": "upr_info_s1_20", "ohchr-matrix": "ohchr_matrices"},
}


@pytest.mark.parametrize(
    "study", [pytest.param(s, marks=() if s == "killings" else pytest.mark.slow) for s in LISTS]
)
def test_a_report_on_the_real_lists_is_published_and_passes_its_check(
    study: str,
    real_data: Callable[[str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No name stops the page by chance, and every number is that of its rows, the text can be sent."""
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    files = [SourceFile(slug, real_data(path)) for slug, path in LISTS[study].items()]
    build(study, files, tmp_path / "work")
    report = run(study, {}, tmp_path / "work", tmp_path / "out")
    checked = check(report.folder, tmp_path / "work")
    assert (checked.problems, checked.exit_code) == ((), 0)
    assert report.claims > 500
    assert report.main_text.pages <= MOST_PAGES and report.main_text.words <= MOST_WORDS
