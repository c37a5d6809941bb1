"""Briefs of all States, beside papermill and nbconvert of the same notebook one after the other.

``python benchmarks/state_briefs.py WORK [--briefs N ...] [--pairs N] [--single N] [--pdf N]`` prints a
table. WORK: a work folder with builds. Ours is the batch with two processes: page and Word files, scan and
signature; with the PDF copies once, apart. Memory is the proportional share (PSS) of all its processes
together, looked at twice a second. Of some briefs the claims are compared, one by one, with those of a run
by itself. On a machine that does other work CPU says more than wall.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from cost import Cost

REPOSITORY = Path(__file__).resolve().parents[1]
NOTEBOOK = REPOSITORY / "notebooks" / "state_brief.ipynb"
STUDY = "state-brief"


def make_briefs(states: list[str], work: Path, out: Path, with_pdf: bool = False) -> None:
    """Make the briefs as a batch does, in a process of its own, so that its CPU is known."""
    code = (
        "import json, sys; from pathlib import Path\n"
        "from hrdresearch.run.batch import run_batch\n"
        "states, work, out, with_pdf = json.loads(sys.argv[1])\n"
        "if __name__ == '__main__':\n"
        f"    reports = [({STUDY!r}, {{'state': s}}) for s in states]\n"
        "    made = run_batch(reports, Path(work), Path(out), with_pdf=with_pdf)\n"
        "    wrong = [item.error for item in made if item.error]\n"
        "    sys.exit('\\n'.join(wrong) or 0)\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "briefs.py")
        script.write_text(code, encoding="utf-8")
        told = json.dumps([states, str(work), str(out), with_pdf])
        subprocess.run([sys.executable, script, told], check=True)


def papermill_and_nbconvert(state: str, work: Path, folder: Path) -> None:
    """What a researcher would do by hand: no scan, no Word file."""
    made = folder / "made.ipynb"
    environment = {**os.environ, "HRD_WORK": str(work.resolve())}
    commands = (
        ["papermill", "--no-progress-bar", "-k", "python3", NOTEBOOK, made, "-p", "state", state],
        ["nbconvert", "--to", "html", made],
    )
    for command in commands:
        subprocess.run(
            [sys.executable, "-m", *command], check=True, env=environment, cwd=NOTEBOOK.parent,
            capture_output=True,
        )  # fmt: skip


def differing(states: list[str], work: Path, out: Path, folder: Path) -> int:
    """How many briefs of the batch have other claims than a run by itself."""
    from hrdresearch.run.execute import run

    def claims(home: Path) -> dict[str, object]:
        held = json.loads((home / "claims.json").read_text(encoding="utf-8"))
        return {key: held[key] for key in ("claims", "printed")}

    alone = {s: claims(run(STUDY, {"state": s}, work, folder).folder) for s in states}
    batch = {s: claims(out / STUDY / f"state-{s.lower()}" / "latest") for s in states}
    return sum(alone[state] != batch[state] for state in states)


def brief_lines(
    work: Path, numbers: list[int], pairs: int, single: int, in_print: int
) -> Iterator[str]:
    """Rows of the table."""
    from hrdresearch.run.batch import states_of_builds
    from hrdresearch.run.registry import study_entry
    from hrdresearch.vocab.states import all_codes, is_member

    states = states_of_builds(study_entry(STUDY), work)
    # A batch makes no State twice: after those with data come the others, and then another folder.
    every = list(dict.fromkeys([*states, *filter(is_member, all_codes())]))
    each_wall, each_cpu = 0.0, 0.0
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch, "out")
        for number in numbers:
            with Cost() as ours:
                for start in range(0, number, len(every)):
                    home = out if not start else Path(scratch, f"{number}-from-{start}")
                    make_briefs(every[: number - start], work, home)
            each_wall, each_cpu = ours.wall / number, ours.cpu / number
            yield (
                f"| {number} briefs ({min(number, len(states))} of States with data), page, Word, scan, "
                f"signature: wall; CPU; memory | {ours.wall:.0f} s; "
                f"{ours.cpu:.0f} s ({each_cpu:.1f} a brief); {ours.peak / 1e9:.1f} GB |"
            )
        with Cost() as printed:
            make_briefs(states[:in_print], work, Path(scratch, "in-print"), with_pdf=True)
        yield (
            f"| {in_print} briefs with their PDF copies: wall; CPU | {printed.wall:.0f} s; "
            f"{printed.cpu:.0f} s ({printed.cpu / in_print:.1f} a brief) |"
        )
        walls, cpus = [], []
        for state in islice(cycle(states), pairs):
            with Cost() as theirs:
                papermill_and_nbconvert(state, work, Path(scratch))
            walls.append(theirs.wall)
            cpus.append(theirs.cpu)
        wall, cpu = statistics.median(walls), statistics.median(cpus)
        told = f"{wall:.1f} s; {cpu:.1f} s"
        yield f"| papermill, then nbconvert, a brief, median of {pairs}: wall; CPU | {told} |"
        yield f"| times as fast, by wall; by CPU | {wall / each_wall:.1f}; {cpu / each_cpu:.1f} |"
        some = states[: min(single, max(numbers))]
        wrong = differing(some, work, out, Path(scratch, "alone"))
        yield f"| briefs of {len(some)} whose claims differ from a run by itself | {wrong} |"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Speed of State briefs in a batch.")
    parser.add_argument("work", type=Path)
    parser.add_argument("--briefs", type=int, nargs="+", default=[10, 193, 1000])
    parser.add_argument("--pairs", type=int, default=5, help="runs of papermill and nbconvert")
    parser.add_argument("--single", type=int, default=5, help="briefs compared claim by claim")
    parser.add_argument("--pdf", type=int, default=10, help="briefs made with PDF copies")
    given = parser.parse_args()
    print("| what | measured |\n| --- | --- |")
    for line in brief_lines(given.work, given.briefs, given.pairs, given.single, given.pdf):
        print(line, flush=True)


if __name__ == "__main__":
    main()
