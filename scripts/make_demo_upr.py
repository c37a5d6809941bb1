"""Make ``data/raw/demo/upr``: invented recommendations in the formats of real publishers.

``python scripts/make_demo_upr.py [FOLDER]`` writes the same bytes each time; a test remakes them.
No State made or received any of these recommendations.
"""

from __future__ import annotations

import csv
import hashlib
import io
import random
import sys
from pathlib import Path

import yaml
from demo import upr
from demo.word import paragraph, table, write_word

SEED = 75165  # A/75/165
FOLDER = Path(__file__).resolve().parents[1] / "data" / "raw" / "demo" / "upr"
SOURCES = {
    "demo-upr-info.csv": "upr-info",
    "demo-Kenya-draft-report.docx": "wg-draft",
    "demo-Fiji-matrix.docx": "ohchr-matrix",
    "demo-recommendations.csv": "recommendations",
    "demo-indicators.csv": "state-indicators",
    "demo-tracking.csv": "upr-tracking",
}
ABOUT = """\
# Invented recommendations: no State made or received any of them. Made by scripts/make_demo_upr.py;
# do not edit by hand. The texts were written for this project.
"""


def main() -> None:
    """Write every file and DEMO.yml, which says that they are invented and what bytes they are."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(SEED)
    _index(folder / "demo-upr-info.csv", upr.index_rows(chance, 30))
    _draft(folder / "demo-Kenya-draft-report.docx", chance)
    _matrix(folder / "demo-Fiji-matrix.docx", chance)
    recommended = upr.template_rows(chance, "Mexico", 31, 40)
    _csv(folder / "demo-recommendations.csv", recommended)
    _csv(folder / "demo-tracking.csv", upr.tracking_rows(random.Random(SEED + 1), recommended))
    _csv(folder / "demo-indicators.csv", [
        {"state": s, "indicator": "Invented index of openness, 0 to 10", "year": str(y),
         "value": str(chance.randint(0, 10))}
        for s, *_ in upr.REVIEWED for y in (2020, 2024)
    ])  # fmt: skip
    files = {
        name: {"source": source, "study": "upr", "invented": True,
               "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest()}
        for name, source in SOURCES.items()
    }  # fmt: skip
    facts = yaml.safe_dump({"seed": SEED, "files": files}, sort_keys=False)
    (folder / "DEMO.yml").write_text(ABOUT + facts, encoding="utf-8")


def _index(path: Path, rows: list[dict[str, str]]) -> None:
    """Mac Roman with CR line ends, as the database exported it."""
    path.write_bytes(_text(rows, "\r").encode("mac_roman"))


def _csv(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_bytes(_text(rows, "\n").encode("utf-8"))


def _text(rows: list[dict[str, str]], end: str) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def _draft(path: Path, chance: random.Random) -> None:
    """A draft whose numbers Word makes; the heading says that all will be examined."""
    made = upr.draft_paragraphs(chance, "Kenya", 45)
    blocks = [
        paragraph("Report of the Working Group on the Universal Periodic Review"),
        paragraph("Kenya"),
        paragraph("1.\tThe Working Group held its forty-ninth session. The review of Kenya was held "
                  "in it. This text is invented."),
        paragraph("6.\tThe following recommendations will be examined by Kenya, which will provide "
                  "responses in due time:"),
        *(paragraph(text, numbered=True) for text in made),
    ]  # fmt: skip
    write_word(path, blocks, "6.%1")


def _matrix(path: Path, chance: random.Random) -> None:
    """A matrix in which some recommendations stand under two themes."""
    texts = upr.draft_paragraphs(chance, "Fiji", 20)
    themes = ("Theme: A12 Acceptance of international norms", "Theme: H1 Human rights defenders")
    cells = [
        [f"139.{i}. {text}\nSource of position: A/HRC/43/8/Add.1 - Para. 139.{i}.",
         chance.choice(("Supported", "Supported", "Noted")), "A12 Acceptance\nAffected persons:\n- general"]
        for i, text in enumerate(texts, start=1)
    ]  # fmt: skip
    rows = [["Recommendation", "Position", "Full list of themes"], [themes[0]], *cells[:15],
            [themes[1]], *cells[10:]]  # fmt: skip
    write_word(path, [paragraph("Fiji: matrix of recommendations (invented)"), table(rows)], "%1.")


if __name__ == "__main__":
    main()
