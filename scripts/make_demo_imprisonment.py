"""Make ``data/raw/demo/imprisonment``: invented prisoners, as CPJ and our template print them.

``python scripts/make_demo_imprisonment.py [FOLDER]`` writes the same bytes each time; a test
remakes them. Nobody in these files exists: see ``demo/people.py`` for how to tell.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from pathlib import Path

from demo.cpj import row as cpj_row
from demo.files import declare, write_csv
from demo.people import ENDING, Person, Register, Row, chance, code, pick

SEED = 76143  # A/76/143
FOLDER = Path(__file__).resolve().parents[1] / "data" / "raw" / "demo" / "imprisonment"
SOURCES = {"demo-census.csv": "cpj-census", "demo-detentions.csv": "detentions"}
CENSUS_STATES = ("China", "Turkey", "Eritrea", "Egypt", "Iran", "Viet Nam", "Azerbaijan", "Cuba")
CENSUS_YEARS = range(2008, 2020)
LONG = ("10 years", "12 years 6 months", "15 years", "Life", "20 years", "11 years 3 months")
SHORT = (
    "3 Years",
    "5 years",
    "2 Years 6 months",
    "7 years 6 months",
    "Two Years",
    "18 months",
    "3 to 12 years",
    "6 years",
)
CHARGES = (
    "Anti-State",
    "Anti-state",
    "Anti-State, False News",
    "Retaliatory",
    "Defamation",
    "No charge disclosed",
    "Ethnic or religious insult",
    "Anti-state, Retaliatory",
)
IDENTITIES = ("journalist", "journalist", "lawyer", "community_leader", "farmer;indigenous", "")
CAUSES = (
    "political_rights",
    "land_environment",
    "human_rights",
    "womens_rights",
    "labour_rights",
    "",
)
AUTHORITIES = ("police", "police", "police;armed_forces", "armed_forces", "unknown", "")
BANDS = ((10, "10+ Years"), (5, "5 Years to <10 Years"), (1, "1 Year to <5 Years"))
WORDS = {
    "Egypt": (
        ("السجن المؤبد", "خمس عشرة سنة", "سنتان مع وقف التنفيذ", "لم يصدر حكم", "عشر سنوات"),
        ("نشر أخبار كاذبة", "الانضمام إلى جماعة محظورة", "التجمهر"),
    ),
    "China": (
        ("无期徒刑", "有期徒刑十二年，剥夺政治权利三年", "三年", "未判决", "十年六个月"),
        ("煽动颠覆国家政权罪", "寻衅滋事", "非法经营罪"),
    ),
    "Mexico": (
        (
            "quince años y seis meses",
            "cadena perpetua",
            "de 3 a 8 años",
            "prisión preventiva",
            "doce años",
        ),
        ("secuestro", "difamación", "bloqueo de carreteras"),
    ),
    "Cameroon": (
        (
            "dix ans",
            "vingt-cinq ans",
            "deux ans avec sursis",
            "en attente de jugement",
            "perpétuité",
        ),
        ("terrorisme", "outrage et fausses nouvelles", "sécession, rébellion"),
    ),
    "Angola": (
        ("oito anos e meio", "dezesseis anos", "prisão preventiva", "vinte anos", "três anos"),
        ("rebelião", "associação criminosa", "difamação"),
    ),
    "Bahrain": (
        (
            "life",
            "fifteen years and six months",
            "10 years, reduced on appeal to 7 years",
            "not sentenced",
            "death, commuted to 20 years",
        ),
        ("terrorism", "illegal gathering", "insulting the king", "joining a banned group"),
    ),
}
FIRST, LAST = dt.date(2004, 1, 1), dt.date(2021, 12, 31)
ABOUT = f"""\
# Invented prisoners: nobody in these files exists. Made by scripts/make_demo_imprisonment.py;
# do not edit by hand. A family name ends in "{ENDING}"; symbols of opinions are invented as well.
"""


def main() -> None:
    """Write both files and DEMO.yml, which says that they are invented and what bytes they are."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    register = Register(random.Random(SEED))
    write_csv(folder / "demo-census.csv", census(random.Random(SEED + 1), register))
    write_csv(folder / "demo-detentions.csv", detentions(random.Random(SEED + 2), register))
    declare(folder, ABOUT, SOURCES, "imprisonment", SEED)


def census(rng: random.Random, register: Register) -> list[Row]:
    """Prisoners in yearly censuses: many for a year or two, a few for ten and more."""
    rows: list[Row] = []
    for number in range(160):
        person, state = register.person(women=0.12), pick(rng, CENSUS_STATES)
        first = pick(rng, CENSUS_YEARS)
        years = 1 + int(rng.random() ** 3 * 14)
        never = state == "Eritrea" or chance(rng, 0.2)
        charge, sentence = pick(rng, CHARGES), pick(rng, LONG if years > 4 else SHORT)
        for year in range(first, min(first + years, CENSUS_YEARS.stop)):
            told = "Not Sentenced" if never or (year == first and chance(rng, 0.4)) else sentence
            rows.append(_census_row(person, state, year, charge, told))
        if number == 7:  # the same name under another charge, years later: to be looked at
            rows.append(_census_row(person, state, CENSUS_YEARS.stop - 1, "Defamation", "1 Year"))
    rows += [_killed(register.person(), pick(rng, CENSUS_STATES), 2012) for _ in range(5)]
    return sorted(rows, key=lambda row: (row["Year"], row["fullName"]))


def detentions(rng: random.Random, register: Register) -> list[Row]:
    """Spells with dates, in six languages, and one row of each thing that does not fit."""
    rows = [_spell(rng, register.person(women=0.25)) for _ in range(150)]
    who = random.Random(SEED + 3)
    for number, row in enumerate(rows):
        row["contributor"] = f"Invented organization {1 + number % 4}"
        row["identity"] = pick(who, IDENTITIES)
        row["cause"] = pick(who, CAUSES)
        row["authority"] = pick(who, AUTHORITIES)
    rows[3].update(arrest_date="2015-05-04", release_date="2014-05-04", exit="released")
    rows[4].update(
        sentence="two years",
        arrest_date="2010-02-01",
        last_known_date="2021-10-01",
        release_date="",
        death_date="",
        exit="held",
    )
    rows[5].update(birth_date="2019-01-01", arrest_date="2016-03-01", release_date="", age="")
    rows[6].update(release_date="", death_date="", exit="held")
    rows[7].update(
        name=rows[6]["name"], state=rows[6]["state"], release_date="", death_date="", exit="held"
    )
    rows[8].update(arrest_date="1395-04-01", calendar="")
    rows[9].update(calendar="solar hijri")
    rows[10].update(
        public_name=rows[10]["name"],
        name_basis="un_publication",
        un_symbol="A/HRC/WGAD/0000/1",
        wgad_opinion="A/HRC/WGAD/0000/1",
        wgad_category="II;III",
        sentence="18 years",
        exit="held",
        release_date="",
        death_date="",
        arrest_date="2012-06-01",
        calendar="",
    )
    rows[11].update(
        public_name=rows[11]["name"],
        name_basis="consent",
        consent_date="2021-03-01",
        sentence="life",
        exit="held",
        release_date="",
        death_date="",
        arrest_date="2009-11-12",
        calendar="",
    )
    rows[12].update(public_name=rows[12]["name"], name_basis="consent", consent_date="")
    return rows


def _spell(rng: random.Random, person: Person) -> Row:
    state = pick(rng, tuple(WORDS))
    sentences, charges = WORDS[state]
    began = FIRST + dt.timedelta(days=int(rng.random() * (LAST - FIRST).days))
    sentence = pick(rng, sentences)
    held = int(-1200 * _log(1 - rng.random()))
    ended = began + dt.timedelta(days=held)
    is_over = ended <= LAST and chance(rng, 0.8)
    died = is_over and chance(rng, 0.12)
    tried = began + dt.timedelta(days=int(30 + rng.random() * 700))
    late = began + dt.timedelta(days=int(rng.random() * 500))
    opinion = chance(rng, 0.15)
    return {
        "case_id": code(rng, 6, "demo-"),
        "name": person.name,
        "state": state,
        "sex": person.sex.lower(),
        "age": str(person.age) if chance(rng, 0.4) else "",
        "birth_date": "",
        "calendar": "",
        "arrest_date": _partial(rng, began),
        "documented_since": late.isoformat()
        if chance(rng, 0.3) and late < min(ended, LAST)
        else "",
        "charge": pick(rng, charges),
        "sentence": sentence,
        "sentence_date": tried.isoformat() if tried < min(ended, LAST) else "",
        "appeal": "",
        "release_date": ended.isoformat() if is_over and not died else "",
        "death_date": ended.isoformat() if died else "",
        "exit": (
            "died"
            if died
            else pick(rng, ("released", "released", "end_of_term"))
            if is_over
            else "held"
        ),
        "last_known_date": "" if is_over else LAST.isoformat(),
        "in_absentia": pick(rng, ("no", "no", "yes", "")),
        "military_court": pick(rng, ("no", "no", "yes", "unknown", "")),
        "special_court": pick(rng, ("no", "yes", "")),
        "terrorism_law": pick(rng, ("no", "yes", "unknown")),
        "whereabouts_known": pick(rng, ("yes", "yes", "yes", "yes", "no", "")),
        "wgad_opinion": f"A/HRC/WGAD/0000/{2 + int(rng.random() * 90)}" if opinion else "",
        "wgad_category": pick(rng, ("I;II;III", "II;V", "I")) if opinion else "",
        "own_category": pick(rng, ("II", "II;III", "", "I;II", "none")),
        "public_name": "",
        "name_basis": "",
        "un_symbol": "",
        "consent_date": "",
        "source_grade": pick(rng, ("established", "known", "untested")),
        "contributor": "",
        "notes": "Invented." if chance(rng, 0.3) else "",
    }


def _partial(rng: random.Random, day: dt.date) -> str:
    """A date as far as it is known."""
    return day.isoformat()[: pick(rng, (10, 10, 10, 10, 10, 10, 7, 4))]


def _log(x: float) -> float:
    """Natural logarithm by its series, the same in every place that Python runs."""
    halves = 0
    while x < 0.5:
        x, halves = x * 2, halves + 1
    y = (x - 1) / (x + 1)
    return 2 * sum(y**k / k for k in range(1, 60, 2)) - halves * 0.6931471805599453


def _census_row(person: Person, state: str, year: int, charge: str, sentence: str) -> Row:
    return cpj_row(
        Year=str(year),
        fullName=person.name,
        gender=person.sex,
        status="Imprisoned",
        country=state,
        charges=charge,
        sentence=sentence,
        lengthOfSentence=_band(sentence),
    )


def _killed(person: Person, state: str, year: int) -> Row:
    return cpj_row(
        Year=str(year),
        fullName=person.name,
        gender=person.sex,
        status="Killed",
        country=state,
        typeOfDeath="Murder",
        motiveConfirmed="Confirmed",
    )


def _band(sentence: str) -> str:
    if sentence in ("Life", "Not Sentenced"):
        return sentence
    first = sentence.split()[0]
    years = int(first) if first.isdigit() else 2
    years = years / 12 if sentence.endswith("months") and "ears" not in sentence else years
    return next(band for least, band in BANDS if years >= least)


if __name__ == "__main__":
    main()
