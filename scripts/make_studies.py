"""Makes studies.yml from the declaration in each study's folder; run by ``make docs``.

A study is declared once, in ``hrdresearch/studies/<folder>/study.yml``; whoever opens the project
finds all of them in studies.yml, which the library reads.
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
HEAD = """\
# The studies and their parameters. Made by "make docs" from hrdresearch/studies/*/study.yml: change
# it there. Notebooks and command line take these parameters and no others.
"""


def main(target: Path) -> None:
    """Write the declarations, each text as it stands in its folder, in the order they give."""
    blocks: list[tuple[int, str]] = []
    for path in sorted((ROOT / "hrdresearch" / "studies").glob("*/study.yml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        starts = [i for i, line in enumerate(lines) if line[:1].isalpha()]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            block = "\n".join(lines[start:end]) + "\n"
            ((_, entry),) = yaml.safe_load(block).items()
            blocks.append((int(entry["order"]), block))
    target.write_text(HEAD + "".join(block for _, block in sorted(blocks)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "studies.yml")
