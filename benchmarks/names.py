"""Names across scripts and spellings: what the leak scan and linkage find, and what they confuse.

    python benchmarks/names.py            # measures benchmarks/name_pairs.csv
    python benchmarks/names.py --make     # writes the pairs again from benchmarks/name_tables.yml

Persons are invented: names are combined by chance. A name belongs to the seen or to the unseen part
by a hash of its native form, so that no name of an unseen pair is in a seen one; rules were written
with the seen part alone in view. Half of the pairs of different persons are hard: brothers (one
family and father's name), one given name with another family name; half are any two persons.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

HERE = Path(__file__).resolve().parent
TABLES, PAIRS = HERE / "name_tables.yml", HERE / "name_pairs.csv"
PARTS = ("seen", "unseen")
EACH = 200  # same-person pairs, and different-person pairs, a script and part
FALSE = 0.01  # of pairs of different persons
Person = dict[str, str]  # given, middle (may be blank), family: native forms


def part_of(native: str) -> str:
    """Seen or unseen, by a hash of a name's native form."""
    return PARTS[hashlib.blake2b(native.encode(), digest_size=1).digest()[0] % 2]


class Table:
    """Names of one script and part, with the ways in which a person of it is printed."""

    def __init__(self, script: str, lists: dict[str, dict[str, str]], part: str, seed: int) -> None:
        self.script, self.chance = script, random.Random(f"{script} {part} {seed}")
        held = {
            kind: {
                n: [s.replace("_", " ") for s in str(spelled).split()]
                for n, spelled in names.items()
                if kind in ("nickname", "honorific") or part_of(n) == part
            }
            for kind, names in lists.items()
        }
        named = (names for kind, names in held.items() if kind not in ("nickname", "honorific"))
        self.lists, self.all = held, {n: s for names in named for n, s in names.items()}

    def person(self) -> Person:
        """An invented person."""
        pick = {kind: sorted(names) for kind, names in self.lists.items()}
        choose = self.chance.choice
        if self.script == "burmese":
            words = self.chance.sample(pick["given"], self.chance.choice((2, 3, 3, 4)))
            return {"given": words[0], "middle": " ".join(words[1:-1]), "family": words[-1]}
        middle = ""
        if self.script == "cyrillic" and pick["patronymic"]:
            middle = choose(pick["patronymic"])
        elif self.script not in ("chinese", "hangul"):
            middle = choose(pick["given"]) if self.chance.random() < 0.5 else ""
        return {"given": choose(pick["given"]), "middle": middle, "family": choose(pick["family"])}

    def native(self, who: Person) -> str:
        """The person in the script of the table."""
        if self.script in ("chinese", "hangul"):
            return who["family"] + who["given"]
        words = [who["given"], who["middle"], who["family"]]
        if self.script == "burmese":
            return "".join(words).replace(" ", "")
        if self.script == "amharic":
            words = [who["given"], who["family"], who["middle"]]
        if self.script == "cyrillic" and self.chance.random() < 0.5:
            words = [who["family"], who["given"], who["middle"]]
        return " ".join(word for word in words if word)

    def latin(self, who: Person) -> str:
        """The person as a publisher may print the name in Latin letters."""
        chance, script = self.chance, self.script
        given, family = (chance.choice(self.all[who[key]]) for key in ("given", "family"))
        middle = " ".join(self.spell(word) for word in self.words_of(who["middle"]))
        if script == "burmese":
            name = " ".join(word for word in (given, middle, family) if word)
            honorifics = [s for spelled in self.lists["honorific"].values() for s in spelled]
            return f"{chance.choice(honorifics)} {name}" if chance.random() < 0.3 else name
        nick = self.lists.get("nickname", {}).get(who["given"])
        if nick and chance.random() < 0.5:
            given = f'{given} "{nick[0]}"' if chance.random() < 0.5 else nick[0]
        elif middle and script in ("cyrillic", "latin") and chance.random() < 0.15:
            middle = f"{middle[0]}."
        elif middle and chance.random() < 0.35:
            middle = ""
        if script == "arabic" and middle and chance.random() < 0.2:
            middle = f"{chance.choice(('bin', 'ibn', 'ben'))} {middle}"
        if script == "amharic":  # the father's name stands in the table of families
            return " ".join(word for word in (given, family, middle) if word)
        order = chance.random()
        last_first = 0.65 if script in ("chinese", "hangul") else 0.15
        name = " ".join(word for word in (given, middle, family) if word)
        if order < last_first:
            comma = "," if chance.random() < 0.3 else ""
            name = f"{family}{comma} {given} {middle}".strip()
        return name.upper() if chance.random() < 0.1 else name

    def words_of(self, middle: str) -> list[str]:
        """The names that a middle part holds (a Burmese one holds several)."""
        return [middle] if middle in self.all else middle.split()

    def spell(self, word: str) -> str:
        """One of a name's spellings, by chance."""
        return self.chance.choice(self.all[word])

    def other(self, who: Person) -> tuple[str, Person]:
        """Another person, and how the two are related."""
        kind = self.chance.choice(("brothers", "other family", "any", "any"))
        for _ in range(1000):
            other = self.person()
            if kind == "brothers":
                other |= {"family": who["family"]}
                other["middle"] = who["middle"]
            elif kind == "other family":
                other["given"] = who["given"]
            if {other["given"], other["family"]} != {who["given"], who["family"]}:
                return kind, other
        raise ValueError(f"{self.script}: too few names")


def make_pairs(seed: int = 1) -> pd.DataFrame:
    """Pairs of printed names; columns script, part, kind, a, b, is_same."""
    tables = yaml.safe_load(TABLES.read_text(encoding="utf-8"))
    rows = []
    for script, lists in tables.items():
        for part in PARTS:
            table = Table(script, lists, part, seed)
            rows += [(script, part, *row) for row in _pairs(table)]
    return pd.DataFrame(rows, columns=["script", "part", "kind", "a", "b", "is_same"])


def _pairs(table: Table) -> Iterator[tuple[str, str, str, bool]]:
    made: set[tuple[str, str]] = set()
    same = different = 0
    while same < EACH or different < EACH:
        who = table.person()
        in_native = table.chance.random() < 0.6 and table.script != "latin"
        a = table.native(who) if in_native else table.latin(who)
        kind, other = ("native" if in_native else "latin"), who
        is_same = same < EACH
        if not is_same:
            kind, other = table.other(who)
        b = table.latin(other)
        if (a, b) in made or a.casefold() == b.casefold():
            continue
        made.add((a, b))
        same, different = same + is_same, different + (not is_same)
        yield kind, a, b, is_same


def scan_finds(a: str, b: str) -> bool:
    """Whether an index of name a alarms on a sentence with name b."""
    from hrdresearch.privacy.build_names_index import NameEntry, build_index
    from hrdresearch.privacy.keys import Key

    index = build_index([NameEntry(a)], Key("benchmark", b"k" * 32))
    return bool(index.find(f"On Monday {b} was called in."))


def share_a_key(a: str, b: str) -> bool:
    """Whether linkage would compare the two at all."""
    from hrdresearch.names.candidates import candidate_keys

    return bool(candidate_keys(a) & candidate_keys(b))


def today(a: str, b: str) -> float:
    """Linkage by the exact name alone."""
    from hrdresearch.names.same_person import exact_key

    return float(exact_key(a) == exact_key(b))


def token_sort(a: str, b: str) -> float:
    """The usual public measure: words sorted, anyascii, rapidfuzz."""
    from anyascii import anyascii
    from rapidfuzz import fuzz

    return float(fuzz.token_sort_ratio(anyascii(a).casefold(), anyascii(b).casefold()) / 100)


def compared(a: str, b: str) -> float:
    """Score of compare_names."""
    from hrdresearch.names.name_comparison import compare_names

    return compare_names(a, b).score


MATCHERS: dict[str, Callable[[str, str], float]] = {
    "exact key": today,
    "token sort": token_sort,
    "compare_names": compared,
}


def recall_at(scores: pd.Series, is_same: pd.Series, false: float = FALSE) -> float:
    """Recall at the score from which at most this share of other pairs is taken in."""
    other = np.sort(scores[~is_same].to_numpy())[::-1]
    limit = other[int(false * len(other))]
    return float((scores[is_same] > limit).mean())


def measure(pairs: pd.DataFrame, matchers: dict[str, Callable[[str, str], float]]) -> pd.DataFrame:
    """Recall of each use by script and part; shares of 1."""
    from hrdresearch.names.name_comparison import LIKELY_SAME

    pairs = pairs.copy()
    for name, matcher in matchers.items():
        pairs[name] = [matcher(a, b) for a, b in zip(pairs["a"], pairs["b"], strict=True)]
    pairs["key"] = [share_a_key(a, b) for a, b in zip(pairs["a"], pairs["b"], strict=True)]
    pairs["scan"] = [scan_finds(a, b) for a, b in zip(pairs["a"], pairs["b"], strict=True)]
    rows = []
    for part in PARTS:
        held = pairs[pairs["part"] == part]
        for script, own in [*held.groupby("script", sort=False), ("all", held)]:
            same, other = own[own["is_same"]], own[~own["is_same"]]
            row = {"part": part, "script": script, "scan": same["scan"].mean()}
            row["scan, false"] = other["scan"].mean()
            row["shared key"] = same["key"].mean()
            for name in matchers:
                row[name] = recall_at(own[name], own["is_same"])
            row["at LIKELY_SAME"] = (same["compare_names"] > LIKELY_SAME).mean()
            row["false at it"] = (other["compare_names"] > LIKELY_SAME).mean()
            rows.append(row)
    return pd.DataFrame(rows)


def main() -> None:
    """Makes the pairs, or measures them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--make", action="store_true")
    given = asked.parse_args()
    if given.make:
        make_pairs().to_csv(PAIRS, index=False)
        return
    pairs = pd.read_csv(PAIRS, keep_default_na=False)
    print(measure(pairs, MATCHERS).round(2).to_string(index=False))


if __name__ == "__main__":
    main()
