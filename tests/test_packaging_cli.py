"""The installed command answers at once."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

HEAVY = ("pandas", "matplotlib", "geopandas", "spacy", "papermill", "pandera", "scipy", "lxml")


def test_help_takes_less_than_half_a_second_of_cpu() -> None:
    command = [str(Path(sys.executable).parent / "hrdresearch"), "--help"]
    taken = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    assert min(taken) < 0.5


def test_the_command_line_loads_no_heavy_library_before_a_command_runs() -> None:
    code = f"import sys, hrdresearch.cli; print(sorted({{*{HEAVY!r}}} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
