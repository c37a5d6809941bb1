"""How many invented threats the rules mark, and how many sentences that are none, by language.

    python benchmarks/threats.py [--second] [--split unseen] [--functions] [--missed en]

`seen` is a regression: rules were written with these templates in view. `unseen` is read by no one who
writes a rule; only its totals are printed. `--missed` prints sentences of the seen half alone. `--second`
reads the templates of a second maker.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from threat_sentences import FOLDER, SECOND, make_sentences, marks_of, shares

from hrdresearch.coding.attacks.lexicon import LANGUAGES


def main() -> None:
    """Print a line a language and split, or a line a function as well."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--second", action="store_true", help="the templates of a second maker")
    parser.add_argument("--split", choices=("seen", "unseen"))
    parser.add_argument("--functions", action="store_true")
    parser.add_argument("--missed", choices=LANGUAGES, help="sentences of the seen half that err")
    options = parser.parse_args()
    folder = SECOND if options.second else FOLDER
    if options.missed:
        for sentence in make_sentences(options.missed, folder):
            is_threat, is_attack = marks_of(sentence)
            errs = not is_threat if sentence.is_threat else is_attack
            if sentence.split == "seen" and errs:
                print(f"{sentence.function}\t{sentence.text}")
        return
    print("| language | split | function | templates | as a threat | as any attack |")
    print("| --- | --- | --- | --- | --- | --- |")
    for language in LANGUAGES:
        for (split, function), (threat, attack, templates) in sorted(
            shares(make_sentences(language, folder)).items()
        ):
            together = function in ("threats", "others")
            if options.split in (None, split) and (options.functions or together):
                row = (language, split, function, templates, f"{threat:.0%}", f"{attack:.0%}")
                print("|", " | ".join(map(str, row)), "|")


if __name__ == "__main__":
    main()
