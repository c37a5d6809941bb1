"""Make ``hrdresearch/vocab/state_names.yml``: names of States in seven languages, from CLDR.

``python scripts/make_state_names.py [FILE]``. Babel carries the data of CLDR; a report never reads
them from there, so that a new Babel changes nothing until this is run again.
"""

from __future__ import annotations

import sys
from pathlib import Path

import babel
from babel import Locale
from babel.core import get_global

from hrdresearch.vocab.states import all_codes, is_former

FILE = Path(__file__).resolve().parents[1] / "hrdresearch" / "vocab" / "state_names.yml"
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es", "pt", "pt_PT")
OWN_CODES = {"XKX": "XK"}  # areas whose code is this project's own
HEAD = """\
title: Names of States in the six official languages and in Portuguese
definition: >-
  Names by which a list or a text may call a State, by language, for reading only: no page prints
  them. Made by scripts/make_state_names.py; names that are not in CLDR are aliases in states.yml.
source: Unicode CLDR, names of territories, as in Babel {version} (Unicode License v3)
names:
"""


def main() -> None:
    """Write the file."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    names = {language: Locale.parse(language).territories for language in LANGUAGES}
    lines, letters = [HEAD.format(version=babel.__version__)], []
    for iso3 in sorted(code for code in all_codes() if not is_former(code)):
        iso2 = OWN_CODES.get(iso3) or next(iter(get_global("territory_aliases").get(iso3, ())), "")
        found = [
            f"{language}: {quoted(listed[iso2])}"
            for language, listed in names.items()
            if iso2 in listed
        ]
        if iso2:
            letters.append(f'  "{iso2}": {iso3}\n')
        if found:
            lines.append(f"  {iso3}: {{{', '.join(found)}}}\n")
    lines += ["two_letters:  # ISO 3166-1 alpha-2\n", *sorted(letters)]
    target.write_text("".join(lines), encoding="utf-8")


def quoted(name: str) -> str:
    """A name as YAML text."""
    return '"' + name.replace('"', '\\"') + '"'


if __name__ == "__main__":
    main()
