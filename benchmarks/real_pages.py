"""Speed of whole reports: the real lists of each study, from the files to the page.

    python benchmarks/real_pages.py [STUDY ...] [--keep FOLDER]

Makes the builds that a report stands on, then the report: page, Word and PDF copies, scan, signature. Each
command is a process of its own. A build that several reports use is made once, and counted for each of
them. Lists are taken from ``$HRD_DATA`` or from beside the checkout; a report one of whose sets is missing
is not made, and the table says so. ``--keep`` leaves builds and reports in a folder.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from cost import Cost, measure

REPOSITORY = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("HRD_DATA") or REPOSITORY.parent / "shared" / "data")
PROGRAM = (sys.executable, "-m", "hrdresearch.cli")
TARGET = 60  # seconds

CPJ = "cpj_killed_imprisoned_1992_2020/OriginalData_Journalists_Killed_Imprisoned_1992_2020.csv"
CASES = {
    "global-witness": "gw_defenders/global_witness_led_22-09-22.csv",
    "cpt": "br_cpt/assassinatos_10y_CPT.xls",
    "lideres-colombia": "co_lideres/regions.csv",
}
INCIDENTS = "us_press_freedom_tracker/incidents.csv"
SLOVENIA = "upr_cycle1_report_and_addendum/g1012"
LISTS: dict[
    str, dict[str, str | tuple[str, ...]]
] = {  # by build; several patterns: a folder of these
    "killings": {**CASES, "cpj": CPJ},
    "imprisonment": {
        "cpj-census": CPJ,
        "political-prisoners-cn": "cn_political_prisoners/chinese-political-prisoners.csv",
    },
    "attacks": {
        "us-press-freedom-tracker": INCIDENTS,
        "keepiton": "shutdowns_keepiton_2019/shutdown-data.csv",
    },
    "upr": {
        "upr-info": "upr_info_s1_20",
        "ohchr-matrix": "ohchr_matrices",
        "upr-report": (f"{SLOVENIA}049.pdf", f"{SLOVENIA}465.pdf"),
        "upr-questions": ("upr_advance_questions/*.doc",),
    },
    "views": {"treaty-views": ("un_treaty_views/*.json", "un_treaty_views/cases/*.json")},
    "warnings": {
        **CASES,
        "cpj": "cpj_killed_2025/jornalists_murdered.xlsx",
        "cpj-census": CPJ,
        "us-press-freedom-tracker": INCIDENTS,
    },
    "trends": {
        "cpj": "cpj_macroman_cr/my_data_converted.csv",
        "cpj@2018-02-07": "cpj_killed_2017_legacy/cpj-database.csv",
        "cpj@2020-11-10": "cpj_killed_2020_wide/media_deaths.csv",
        "cpj-census": CPJ,
        "global-witness": CASES["global-witness"],
    },
    "accountability": {"cpj": "cpj_killed_2020_wide/media_deaths.csv", "cpj@2020-01": CPJ},
}
INVENTED = ("case-status", "communications")  # of these no list that could be read is public
REPORTS = {
    **{study: (study,) for study in (*LISTS, *INVENTED)},
    "gender": ("killings", "imprisonment", "attacks", "upr"),
    "accountability": ("killings", "accountability", "attacks", "upr", "views"),
}
PARAMETERS = {"trends": ("-p", "file_days=cpj=2025-05-25,global-witness=2022-09-22")}


def page_lines(studies: Sequence[str], folder: Path) -> Iterator[str]:
    """A row of the table for each study, then which took longer than they should."""
    yield "# From the real lists to the page\n"
    yield "| report on the real lists | rows read | wall | CPU | of which run | memory |"
    yield "| --- | --- | --- | --- | --- | --- |"
    built: dict[str, tuple[Cost, int]] = {}
    slow = []
    for study in studies:
        if absent := missing_sets(study):
            yield f"| {study} | not here: {', '.join(absent)} | | | | |"
            continue
        for name in REPORTS[study]:
            built[name] = built.get(name) or build_lists(name, folder)
        work = work_folder(study, folder)
        given = ("--work", work, "--out", folder / "reports", *PARAMETERS.get(study, ()))
        run = measure(*PROGRAM, "run", study, *given)
        costs = [run, *(built[name][0] for name in REPORTS[study])]
        wall, cpu = sum(cost.wall for cost in costs), sum(cost.cpu for cost in costs)
        rows = f"{sum(built[name][1] for name in REPORTS[study]):,}"
        rows += " (invented: no list is public)" if study in INVENTED else ""
        memory = max(cost.peak for cost in costs) / 1e9
        yield f"| {study} | {rows} | {wall:.0f} s | {cpu:.0f} s | {run.cpu:.0f} s | {memory:.1f} GB |"
        slow += [study] * (wall > TARGET)
    yield ""
    yield f"Longer than {TARGET} s by the clock: {', '.join(slow) or 'none'}."


def missing_sets(study: str) -> list[str]:
    """Folders of ``DATA`` that a report needs and that do not hold its files."""
    lists = [held for build in REPORTS[study] for held in LISTS.get(build, {}).values()]
    names = [name for held in lists for name in ((held,) if isinstance(held, str) else held)]
    return sorted({name.split("/")[0] for name in names if not any(DATA.glob(name))})


def build_lists(study: str, folder: Path) -> tuple[Cost, int]:
    """Build a study from its files: what it cost, and the rows of its lists."""
    given: list[object] = ["--demo"] if study in INVENTED else []
    for source, held in LISTS.get(study, {}).items():
        path = DATA / held if isinstance(held, str) else gathered(held, folder / study / source)
        given += ["--source", f"{source}={path}"]
    work = work_folder(study, folder)
    cost = measure(*PROGRAM, "build", study, *given, "--work", work)
    quality = next((work / study).glob("*/quality.json"))
    return cost, sum(one["rows_in"] for one in json.loads(quality.read_text(encoding="utf-8")))


def gathered(patterns: Sequence[str], folder: Path) -> Path:
    """A folder that holds the files of these patterns and no other."""
    folder.mkdir(parents=True)
    for path in (path for pattern in patterns for path in DATA.glob(pattern)):
        shutil.copyfile(path, folder / path.name)
    return folder


def work_folder(study: str, folder: Path) -> Path:
    """Builds of invented lists stand apart: no report may mix them with real ones."""
    return folder / ("invented" if study in INVENTED else "work")


def main() -> None:
    """Measure and print; without ``--keep`` nothing is left."""
    parser = argparse.ArgumentParser(description="Speed of reports on the real lists.")
    parser.add_argument("studies", nargs="*", default="all", choices=("all", *REPORTS))
    parser.add_argument("--keep", type=Path, help="an empty folder for builds, reports and keys")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = (given.keep or Path(scratch)).absolute()
        os.environ["HRD_KEYS"] = str(folder / "keys")
        studies = list(REPORTS) if "all" in given.studies else given.studies
        for line in page_lines(studies, folder):
            print(line, flush=True)


if __name__ == "__main__":
    main()
