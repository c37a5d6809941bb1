"""Makes the typefaces that PDF files embed, from the Noto files of a distribution.

    python scripts/make_fonts.py FOLDER

FOLDER holds NotoNaskhArabic-Regular.ttf, NotoNaskhArabic-Bold.ttf and NotoSerifCJK-Regular.ttc, as
Debian's fonts-noto-core and fonts-noto-cjk have them. The Chinese face keeps the signs of the
character sets GB 2312 and Big5 (level 1); Latin, Greek and Cyrillic letters come from the
typesetter's own face. Run it again only for a new edition of the typefaces, and commit what it wrote.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset

TARGET = Path(__file__).resolve().parents[1] / "hrdresearch" / "report" / "fonts"
FEATURES = ["init", "medi", "fina", "isol", "rlig", "liga", "calt", "ccmp", "mark", "mkmk", "kern"]
CHINESE, SIMPLIFIED = (
    "NotoSerifCJK-Regular.ttc",
    2,
)  # the face for simplified signs in the collection


def chinese_signs() -> set[int]:
    """Code points of GB 2312 and of the first level of Big5."""
    gb = (bytes((a, b)) for a in range(0xA1, 0xF8) for b in range(0xA1, 0xFF))
    big5 = (
        bytes((a, b)) for a in range(0xA1, 0xC7) for b in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    )
    texts = [code.decode("gb2312", "ignore") for code in gb]
    texts += [code.decode("big5", "ignore") for code in big5]
    return {ord(sign) for text in texts for sign in text if ord(sign) > 0x2E80}


def write_subset(source: Path, name: str, signs: set[int] | None, number: int = -1) -> None:
    """Write one face with the signs given, or with all of them."""
    options = subset.Options(
        layout_features=FEATURES, name_IDs=["*"], hinting=False, font_number=number
    )
    font = subset.load_font(str(source), options)
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=signs or font.getBestCmap())
    chosen.subset(font)
    subset.save_font(font, str(TARGET / name), options)


def main() -> None:
    """Write all faces."""
    folder = Path(sys.argv[1])
    TARGET.mkdir(exist_ok=True)
    for face in ("NotoNaskhArabic-Regular.ttf", "NotoNaskhArabic-Bold.ttf"):
        write_subset(folder / face, face, None)
    write_subset(folder / CHINESE, "NotoSerifSC-Regular.otf", chinese_signs(), SIMPLIFIED)


if __name__ == "__main__":
    main()
