"""Columns by which rows are compared, made once a row, so that pairs are compared in SQL alone.

A word of a name is held with the words of the lists that sound like it (``alike``), found once for
each two words that share a key of sounds, never for each pair of rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from itertools import combinations
from math import prod
from typing import Any

import pandas as pd
import pyarrow as pa

from hrdresearch.clean.places import clean_admin1
from hrdresearch.names.equivalent_forms import characters_read_as, equivalent_groups
from hrdresearch.names.name_comparison import word_likeness
from hrdresearch.names.name_words import NameWord, is_chinese, split_name
from hrdresearch.names.person_or_group import name_kinds
from hrdresearch.names.same_person import NOT_KNOWN
from hrdresearch.names.sound_keys import sound_keys
from hrdresearch.names.spelling import folded_words
from hrdresearch.names.word_sounds import may_sound_alike
from hrdresearch.vocab import vocabulary

DATES = ("event_date", "birth_date")
TEXTS = ("place_as_published", "organization")
CODES = ("state_iso3", "sex_code")
ALIKE = (0.94, 0.93, 0.98)  # likeness in sound of one word: vowels in both, in one, in neither
READING = 0.9
MOST_WORDS = 8
FEWEST = 300  # rows from which lists tell what is common
_LETTERS = re.compile(r"[A-Za-zÀ-ɏ]+")
_FIRST, _INSIDE = "{} Zunela Testal", "Zunela {} Testal"  # invented
_BESIDE = ["zunela", "testal"] * 2
_ENDING = re.compile(r"[aeo]$")
_DATE = r"^(?P<year>\d{4})(?:-(?P<month>\d{2}))?(?:-(?P<day>\d{2}))?"
_LISTED = ("name_forms", "name_single", "name_alike")
_NAME = ("name_folded", "name_sorted", "name_joined", *_LISTED, "name_words", "name_sounds")
_WORD = pa.struct([("w", pa.string()), ("alike", pa.list_(pa.string()))])


def prepare(lists: Mapping[str, pd.DataFrame], may_repeat: Iterable[str]) -> pd.DataFrame:
    """One frame of all rows that name a person, with the columns that are compared and the keys.

    lists: as for ``link_same_persons``. may_repeat: lists that hold duplicates. Rows are numbered in
    the order of list and row key, so that the order of the rows makes no difference.
    """
    joined = pd.concat(
        [
            frame.assign(list_name=name, row_key=frame.index.astype(str))
            for name, frame in lists.items()
        ],
        ignore_index=True,
    )
    names = joined["name_as_published"].fillna("").astype(str)
    persons = joined[name_kinds(names).eq("person") & names.str.contains(r"\w", regex=True)]
    persons = persons.sort_values(["list_name", "row_key"]).reset_index(drop=True)
    out = persons[["list_name", "row_key"]].assign(
        row=range(len(persons)), may_repeat=persons["list_name"].isin(set(may_repeat))
    )
    out = out.join(_names(_lost_letters_found(persons["name_as_published"].astype(str))))
    for column in DATES:
        out = out.join(_dates(persons, column))
    for column in TEXTS:
        out[column] = _per_value(_column(persons, column), folded_words)
    for column in CODES:
        out[column] = [None if v in NOT_KNOWN else v for v in _column(persons, column)]
    out["state_iso3"] = _not_told_apart(out["state_iso3"])
    out["admin1"] = _column(persons, "admin1_name")
    if "admin1_name" not in persons and {"place_as_published", "state_iso3"} <= set(persons):
        out["admin1"] = clean_admin1(persons["place_as_published"], persons["state_iso3"])
    age = persons["age_years"] if "age_years" in persons else pd.Series(pd.NA, persons.index)
    return out.assign(age=pd.to_numeric(age, errors="coerce").astype("Float64"))


def to_arrow(prepared: pd.DataFrame) -> pa.Table:
    """The prepared frame as a table whose lists have declared types, also where all are empty."""
    types = {"name_words": pa.list_(_WORD)}
    types |= {column: pa.list_(pa.string()) for column in (*_LISTED, "keys")}
    types |= {"row": pa.int64(), "may_repeat": pa.bool_()}
    types |= {"age": pa.float64(), "name_bearers": pa.float64()} | {
        f"{column}_number": pa.float64() for column in DATES
    }
    arrays = {
        str(column): pa.array(
            [None if not isinstance(v, list) and pd.isna(v) else v for v in prepared[column]],
            type=types.get(str(column), pa.string()),
        )
        for column in prepared
    }
    return pa.table(arrays)


def _not_told_apart(states: pd.Series) -> pd.Series:
    """Codes of States; where a list has one code for two States (XIP), both have that code."""
    joint = vocabulary("states")["joint"]
    held = set(states.dropna())
    return states.replace({s: code for code, own in joint.items() if code in held for s in own})


def _lost_letters_found(names: pd.Series) -> pd.Series:
    """Names in which "_" stands for a letter that an export lost, with the word that others have there.

    >>> _lost_letters_found(pd.Series(["P_rez", "Pérez", "B_dil"])).tolist()
    ['Pérez', 'Pérez', 'B_dil']
    """
    is_whole = ~names.str.contains("_", regex=False)
    if is_whole.all():
        return names
    words = Counter(word for name in names[is_whole] for word in name.split())
    by_length: dict[int, list[str]] = {}
    for word in sorted(words, key=lambda word: (-words[word], word)):
        by_length.setdefault(len(word), []).append(word)

    @cache
    def found(word: str) -> str:
        if "_" not in word or not word.strip("_"):
            return word
        is_it = re.compile(re.escape(word).replace("_", r"\w")).fullmatch
        return next(filter(is_it, by_length.get(len(word), ())), word)

    mended = names[~is_whole].map(lambda name: " ".join(map(found, name.split())))
    return names.mask(~is_whole, mended)


def _names(names: pd.Series) -> pd.DataFrame:
    """Folded name, its words sorted, its other forms, its words with those that sound alike."""
    split = {name: _words(name) for name in names.unique()}
    alike = _alike(word for words, _ in split.values() for word in words)
    made: dict[str, dict[str, Any]] = {}
    for name, (words, others) in split.items():
        letters = [word.letters[0] for word in words]
        forms = sorted({" ".join(sorted(w.letters[0] for w in form)) for form in others})
        made[name] = {
            "name_folded": " ".join(letters) or None,
            "name_sorted": " ".join(sorted(letters)) or None,
            "name_joined": "".join(letters) or None,
            "name_forms": forms,
            "name_single": letters,
            "name_alike": sorted({*letters, *(w for word in letters for w in alike[word])}),
            "name_words": [{"w": word, "alike": alike[word]} for word in letters],
            "name_sounds": [sorted(sound_keys(word) or {word.letters[0]}) for word in words],
        }
    out = pd.DataFrame({c: [made[name][c] for name in names] for c in _NAME}, index=names.index)
    return out.assign(name_bearers=_bearers(out["name_single"]))


def _bearers(words: pd.Series) -> list[float]:
    """How many rows would bear a name if its words met by chance; 0 in lists too short to tell."""
    if len(words) < FEWEST:
        return [0.0] * len(words)
    rows = Counter(word for own in words for word in set(own))
    return [len(words) * prod(rows[word] / len(words) for word in set(own)) for own in words]


def _words(name: str) -> tuple[list[NameWord], list[list[NameWord]]]:
    """Words of a name that tell persons apart, and its other forms: second names, by nickname."""
    plain = [_plain_word(word) for word in name.split()]
    if len(plain) > 1 and all(plain):
        words = [w for w in plain if w is not None][:MOST_WORDS]
        return words, [words]
    parts = split_name(name)
    words = [w for w in parts.words if not w.is_optional and w.letters[0]][:MOST_WORDS]
    nicknames = [w for w in parts.words if w.is_alias and w.letters[0]]
    others = [[w for w in form if not w.is_optional] for form in parts.others]
    others += [[nickname, word] for nickname in nicknames for word in words[1:]]
    return words, [words, *(form for form in others if len(form) > 1)]


@lru_cache(maxsize=500_000)
def _plain_word(word: str) -> NameWord | None:
    """The word as part of any name, where it is the same at each place of one; else None.

    Most words are: a title, a particle, a servant's word or a syllable depends on what stands beside it.
    """
    if not _LETTERS.fullmatch(word) or is_chinese(word):
        return None
    at = [split_name(_FIRST.format(word)), split_name(_INSIDE.format(word))]
    if any(len(name.words) != 3 or name.others for name in at):
        return None
    own, inside = at[0].words[0], at[1].words[1]
    is_plain = own == inside and not own.is_optional and not own.is_initial and own.letters[0]
    is_alone = [w.letters[0] for w in (*at[0].words[1:], *at[1].words[::2])] == _BESIDE
    return own if is_plain and is_alone else None


def _alike(words: Iterable[NameWord]) -> dict[str, list[str]]:
    """For each word the words that may be spellings or forms of it."""
    known = {word.letters[0]: word for word in words}
    by_key: dict[str, list[str]] = {}
    for letters in sorted(known):
        word = known[letters]
        keys = set(sound_keys(word)) | {f"form {n}" for n in equivalent_groups(word)}
        for key in keys | characters_read_as(word):
            by_key.setdefault(key, []).append(letters)
    found: dict[str, set[str]] = {letters: set() for letters in known}
    seen: set[tuple[str, str]] = set()
    for held in by_key.values():
        for pair in combinations(held, 2):
            if pair not in seen:
                seen.add(pair)
                if _is_one_word(known[pair[0]], known[pair[1]]):
                    found[pair[0]].add(pair[1])
                    found[pair[1]].add(pair[0])
    return {letters: sorted(others) for letters, others in found.items()}


def _is_one_word(a: NameWord, b: NameWord) -> bool:
    """Whether two words may be spellings of one: not Daniel and Daniela, José and Josué, حسن and حسين."""
    first, second = a.letters[0], b.letters[0]
    if _ENDING.sub("", first) == _ENDING.sub("", second):
        return False
    unwritten = ("." in first) + ("." in second)  # words of scripts that leave vowels out
    if not (_may_be_forms(a, b) or may_sound_alike(a.sounds, b.sounds, ALIKE[unwritten])):
        return False
    likeness, why = word_likeness(a, b)
    return likeness >= (READING if why == "readings of one character" else ALIKE[unwritten])


def _may_be_forms(a: NameWord, b: NameWord) -> bool:
    """Whether two words may be one by something else than their sounds."""
    if a.is_initial != b.is_initial or set(a.letters) & set(b.letters):
        return True
    by_group = equivalent_groups(a) & equivalent_groups(b)
    return bool(by_group or characters_read_as(a) & characters_read_as(b))


def _dates(persons: pd.DataFrame, column: str) -> pd.DataFrame:
    """Day, month and year as far as they are known, the day with day and month swapped, its number."""
    if column not in persons:
        held = ("day", "month", "year", "swapped", "number")
        return pd.DataFrame({f"{column}_{part}": None for part in held}, index=persons.index)
    cells = persons[column]
    if pd.api.types.is_datetime64_any_dtype(cells):
        cells = cells.dt.strftime("%Y-%m-%d")
    parts = cells.astype("string").str.extract(_DATE)
    precision = persons.get(f"{column}_precision", pd.Series("day", persons.index)).fillna("day")
    year = parts["year"].where(precision.isin(["day", "month", "year"]))
    month = (year + "-" + parts["month"]).where(precision.isin(["day", "month"]))
    day = (month + "-" + parts["day"]).where(precision.eq("day"))
    swaps = parts["day"].le("12") & parts["day"].ne(parts["month"])
    number = (pd.to_datetime(day, errors="coerce") - pd.Timestamp("1900-01-01")).dt.days
    texts = {"day": day, "month": month, "year": year, "number": number}
    texts["swapped"] = (year + "-" + parts["day"] + "-" + parts["month"]).where(
        day.notna() & swaps.fillna(False)
    )
    return pd.DataFrame({f"{column}_{part}": v.astype("object") for part, v in texts.items()})


def _column(persons: pd.DataFrame, column: str) -> pd.Series:
    """A column as text, None where it is empty or the lists have none."""
    if column not in persons:
        return pd.Series(None, index=persons.index, dtype="object")
    cells = persons[column].astype("object")
    return cells.where(cells.notna() & cells.astype(str).str.strip().ne(""), None)


def _per_value(cells: pd.Series, make: Callable[[str], str]) -> pd.Series:
    made = {str(cell): make(str(cell)) or None for cell in cells.dropna().unique()}
    return pd.Series([made.get(str(cell)) for cell in cells], index=cells.index, dtype="object")
