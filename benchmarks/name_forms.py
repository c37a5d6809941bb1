"""Invented names in the forms that a page may give them, and how many of them the scan finds.

    python benchmarks/name_forms.py              # names and forms that the rules were written with
    python benchmarks/name_forms.py --held-out   # the other half of the names, and the other forms
    python benchmarks/name_forms.py --speed OUT  # index of 10,000 names and scan of the report in OUT

A person is put together by chance from ``name_tables.yml`` and the tables below; a word of a name
belongs to one half by a hash of its native form. Each person is a list of one: a form that is found
is found by this name and not by another's.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import yaml
from names import PARTS, TABLES, Table, part_of

MORE_NAMES = {
    "spanish": {
        "given": "María_José Ximena Rigoberto Yolanda Édgar Nélida Wilmer Deyanira Heriberto Ofelia "
        "Aníbal Zulma Evaristo Nubia Leonidas Jazmín",
        "family": "Quintanilla Ybarra Ñáñez Zelaya Chocué Ulcué Menchaca Barrientos Cáceres Tzoc Pocop "
        "Guachetá Villafañe Urrutia Saldívar Etxeberria",
    },
    "african": {
        "given": "Chinedu Adaeze Wanjiru Otieno Thandiwe Sipho Kwabena Akosua Mamadou Fatoumata Tendai "
        "Rutendo Nkechi Babajide Mwende Jelani",
        "family": "Okonkwo Adeyemi Wambui Odhiambo Nkosana Dlaminika Boatengwe Asantewa Diallobe Traorega "
        "Chikwanda Mutasami Ezenwata Olatunjiyo Mutukura Kiprotiche",
    },
    "accents": {
        "given": "Łukasz Zuzana Željko Jürgen Søren Đorđe Gülşen İbrahim Ștefan Åse Bjørn Mária",
        "family": "Wiśniewczak Nováčková Šestanović Müllenhoff Kjærgaard Đukanac Yıldırmaz Öztürkan "
        "Țepelea Ångqvist Brønnsund Szőllősy",
    },
}
LOOK_ALIKE = {
    "Cyrillic": dict(zip("aceopxyiABCEHKMOPTX", "асеорхуіАВСЕНКМОРТХ", strict=True)),
    "Greek": dict(zip("oviuABEHIKMNOPTXYZ", "ονιυΑΒΕΗΙΚΜΝΟΡΤΧΥΖ", strict=True)),
}


class Person(NamedTuple):
    """An invented person: script, words as the list prints them, and as another publisher does."""

    script: str
    listed: str
    given: str
    middle: str
    family: str
    other: str
    native: str


Form = Callable[[Person, random.Random], str | None]


def people(part: str, each: int) -> list[Person]:
    """Invented persons of one half of the names, ``each`` of a script."""
    out = []
    tables = yaml.safe_load(TABLES.read_text(encoding="utf-8"))
    for script, lists in tables.items():
        table = Table(script, lists, part, seed=13)
        while sum(p.script == script for p in out) < each:
            who = table.person()
            spelled = [
                tuple(
                    " ".join(_spelling(table.all, word, turn) for word in table.words_of(who[k]))
                    for k in ("given", "middle", "family")
                )
                for turn in (0, -1)
            ]
            given, middle, family = (w.title() if w.islower() else w for w in spelled[0])
            if script == "amharic":
                middle = ""
            names = (given, middle, family)
            other = " ".join(w for w in spelled[1] if w)
            native = table.native(who)
            listed = native if table.chance.random() < 0.3 else " ".join(w for w in names if w)
            out.append(Person(script, listed, *names, other, native))
    chance = random.Random(13)
    for script, held in MORE_NAMES.items():
        given, family = (
            [n.replace("_", " ") for n in held[k].split() if part_of(n) == part]
            for k in ("given", "family")
        )
        for _ in range(each):
            two = (
                " ".join(chance.sample(family, 2)) if script == "spanish" else chance.choice(family)
            )
            first = chance.choice(given)
            middle = (
                chance.choice([n for n in given if n != first]) if chance.random() < 0.3 else ""
            )
            listed = " ".join(w for w in (first, middle, two) if w)
            out.append(Person(script, listed, first, middle, two, "", ""))
    return out


def _spelling(held: dict[str, list[str]], word: str, turn: int) -> str:
    return held[word][turn] if word in held else word


def _name(p: Person) -> str:
    return " ".join(w for w in (p.given, p.middle, p.family) if w)


def _prose(text: str) -> str:
    return f"<p>On Monday {text} was called in by the police.</p>"


def _wrong(word: str, chance: random.Random, how: str) -> str | None:
    letters = word.split(" ")[0]
    if len(letters) < 5 or not letters.isascii():
        return None
    at = chance.randrange(1, len(letters) - 1)
    new = chance.choice([c for c in "abdefgilmnoprstuvz" if c not in letters[at - 1 : at + 2]])
    swapped = letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
    changed = {
        "another": letters[:at] + new + letters[at + 1 :],
        "left out": letters[:at] + letters[at + 1 :],
        "added": letters[:at] + new + letters[at:],
        "swapped": swapped,
    }[how]
    return None if changed == letters else " ".join([changed, *word.split(" ")[1:]])


def _long_enough(p: Person, change: Callable[[str], str | None]) -> str | None:
    wrong = change(p.family)
    return f"{p.given} {wrong}" if wrong and len(p.given) > 2 else None


def _mixed(text: str, script: str, chance: random.Random, most: int) -> str | None:
    table = LOOK_ALIKE[script]
    places = [n for n, c in enumerate(text) if c in table]
    chosen = set(chance.sample(places, min(most, len(places))))
    return "".join(table[c] if n in chosen else c for n, c in enumerate(text)) if chosen else None


def _in_prose(text: str | None) -> str | None:
    return _prose(text) if text else None


def _family_first(p: Person) -> bool:
    return p.script in ("chinese", "hangul")


def _has_surname(p: Person) -> bool:
    return p.script not in ("burmese",) and len(p.family) > 2


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


FORMS: dict[str, Form] = {
    "as listed": lambda p, _: _prose(p.listed),
    "in Latin letters": lambda p, _: _prose(_name(p)),
    "in its own script": lambda p, _: _in_prose(p.native),
    "other order": lambda p, _: _prose(f"{p.family}, {p.given} {p.middle}".strip()),
    "capitals": lambda p, _: _prose(_name(p).upper()),
    "no accents": lambda p, _: _prose(
        "".join(c for c in unicodedata.normalize("NFD", _name(p)) if not unicodedata.combining(c))
    ),
    "hyphen for space": lambda p, _: _prose(_name(p).replace(" ", "-")),
    "initial and surname": lambda p, _: (
        _prose(f"{p.given[0]}. {p.family}") if _has_surname(p) else None
    ),
    "surname, initial": lambda p, _: (
        _prose(f"{p.family}, {p.given[0]}.,") if _has_surname(p) else None
    ),
    "apart by one word": lambda p, _: _prose(f"{p.given} called {p.family}"),
    "apart by three words": lambda p, _: _prose(f"{p.family}, the lawyer named {p.given},"),
    "surname alone": lambda p, _: _prose(f"Ms. {p.family}") if _has_surname(p) else None,
    "another letter": lambda p, c: _in_prose(_long_enough(p, lambda w: _wrong(w, c, "another"))),
    "Cyrillic letters": lambda p, c: _in_prose(_mixed(_name(p), "Cyrillic", c, 2)),
    "full width": lambda p, _: _prose(_wide(_name(p))),
    "zero width": lambda p, _: _prose("\u200b".join(_name(p))),
    "two paragraphs": lambda p, _: f"<p>Then came {p.given}</p><p>{p.family} was heard.</p>",
    "two cells": lambda p, _: f"<table><tr><td>{p.given}</td><td>{p.family}</td></tr></table>",
    "other system of letters": lambda p, _: _in_prose(p.other),
}
HELD_OUT: dict[str, Form] = {
    "initial without stop": lambda p, _: (
        _prose(f"{p.given[0]} {p.family}") if _has_surname(p) else None
    ),
    "two initials": lambda p, _: (
        _prose(f"{p.given[0]}.{p.middle[0]}. {p.family}") if p.middle and _has_surname(p) else None
    ),
    "apart by two words": lambda p, _: _prose(f"{p.given} (the elder) {p.family}"),
    "apart by a number": lambda p, _: _prose(f"{p.given}, 38, {p.family}"),
    "whose surname": lambda p, _: _prose(f"{p.family}'s family") if _has_surname(p) else None,
    "surname in capitals": lambda p, _: _prose(p.family.upper()) if _has_surname(p) else None,
    "letter left out": lambda p, c: _in_prose(_long_enough(p, lambda w: _wrong(w, c, "left out"))),
    "letter added": lambda p, c: _in_prose(_long_enough(p, lambda w: _wrong(w, c, "added"))),
    "letters swapped": lambda p, c: _in_prose(_long_enough(p, lambda w: _wrong(w, c, "swapped"))),
    "Greek letters": lambda p, c: _in_prose(_mixed(_name(p), "Greek", c, 2)),
    "all look-alikes": lambda p, c: _in_prose(_mixed(_name(p), "Cyrillic", c, 99)),
    "nought for o": lambda p, _: _prose(_name(p).replace("o", "0")) if "o" in _name(p) else None,
    "letters apart": lambda p, _: _prose("  ".join(" ".join(w) for w in _name(p).split())),
    "thin and fixed spaces": lambda p, _: _prose(_name(p).replace(" ", "\u202f\u00a0")),
    "soft hyphens": lambda p, _: _prose("\u00ad".join(_name(p))),
    "joined": lambda p, _: _prose(_name(p).replace(" ", "").replace("-", "")),
    "two rows": lambda p, _: (
        f"<table><tr><td>{p.given}</td></tr><tr><td>{p.family}</td></tr></table>"
    ),
    "two list items": lambda p, _: f"<ul><li>{p.family}</li><li>{p.given}</li></ul>",
    "small letters": lambda p, _: _prose(_name(p).lower()),
    "given name and middle initial": lambda p, _: (
        _prose(f"{p.given} {p.middle[0]}. {p.family}") if p.middle else None
    ),
    "other system, other order": lambda p, _: _in_prose(
        p.other and " ".join([p.other.split(" ")[-1].upper(), *p.other.split(" ")[:-1]])
    ),
}


def measure(part: str, forms: dict[str, Form], each: int, missed: bool = False) -> pd.DataFrame:
    """For each form and script the number of forms made and found."""
    from hrdresearch.privacy.build_names_index import NameEntry, build_index
    from hrdresearch.privacy.keys import Key
    from hrdresearch.privacy.scan import scan_report
    from hrdresearch.run.page_words import words_of_pages
    from hrdresearch.vocab.labels import vocabulary_labels

    key, page, labels = Key("benchmark", b"k" * 32), words_of_pages(), vocabulary_labels()
    chance, rows = random.Random(7), []
    with tempfile.TemporaryDirectory() as folder:
        for person in people(part, each):
            index = build_index([NameEntry(person.listed)], key, labels, page)
            for form, write in forms.items():
                body = write(person, chance)
                if body is None:
                    continue
                Path(folder, "report.html").write_text(f"<html><body>{body}</body></html>", "utf-8")
                found = bool(scan_report(Path(folder), index))
                rows.append((form, person.script, found))
                if missed and not found:
                    print(form, "|", person.listed, "|", body)
    return pd.DataFrame(rows, columns=["form", "script", "found"])


def speed(report: Path, most: int = 10_000) -> None:
    """Seconds of CPU and of the clock: an index of 10,000 names, and the scan of one report with it."""
    from hrdresearch.privacy.build_names_index import NameEntry, build_index
    from hrdresearch.privacy.keys import Key
    from hrdresearch.privacy.scan import scan_report
    from hrdresearch.run.page_words import words_of_pages
    from hrdresearch.vocab.labels import vocabulary_labels

    held = [p.listed for part in PARTS for p in people(part, 30)]
    chance, names = random.Random(1), []
    while len(names) < most:  # a further word makes each name another
        names.append(
            f"{chance.choice(held)} {''.join(chance.choices('bdgklmnrst', k=2))}a{len(names) % 97}o"
        )
    entries = [NameEntry(name, is_public=True) for name in names]
    labels, page = vocabulary_labels(), words_of_pages()
    clock, cpu = time.perf_counter(), time.process_time()
    index = build_index(entries, Key("b", b"k" * 32), labels, page)
    cost = f"{time.process_time() - cpu:.1f} s CPU, {time.perf_counter() - clock:.1f} s"
    print(f"index of {index.entries} names: {cost}")
    clock, cpu = time.perf_counter(), time.process_time()
    hits = scan_report(report, index)
    cost = f"{time.process_time() - cpu:.1f} s CPU, {time.perf_counter() - clock:.1f} s"
    print(f"scan of a report: {cost}, {len(hits)} hits")


def main() -> None:
    """Prints the share that is found, by form and by script."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--held-out", action="store_true")
    asked.add_argument("--each", type=int, default=12)
    asked.add_argument("--missed", action="store_true", help="print what is missed")
    asked.add_argument("--speed", type=Path, help="folder of a report to scan")
    given = asked.parse_args()
    if given.speed:
        speed(given.speed)
        return
    part = PARTS[given.held_out]
    groups = {"forms": FORMS, "held-out forms": HELD_OUT} if given.held_out else {"forms": FORMS}
    start = time.perf_counter()
    for name, forms in groups.items():
        rows = measure(part, forms, given.each, given.missed)
        table = rows.pivot_table(index="form", columns="script", values="found", sort=False)
        table["all"] = rows.groupby("form")["found"].mean()
        print(f"{name}, {part} names: {rows['found'].sum()} of {len(rows)} found")
        print((100 * table).round(0).to_string(na_rep="", float_format="{:.0f}".format))
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
