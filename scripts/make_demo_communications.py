"""Make the invented register, press releases and database export, and the fixture of the self-test.

``python scripts/make_demo_communications.py [DEMO] [SELF_TEST]`` writes the same bytes each time.

No letter in these files was sent and no person in them exists. So that nobody reads an accusation
into them, States are taken in alphabetical order within each region, not chosen; sequence numbers
begin at 901, far above those of real letters. The 43 letters of May and June 2020 have the margins
that A/75/165 publishes (paras. 12 to 18); the demo register holds these and earlier letters.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import yaml
from demo.files import SEED, declare, digest
from demo.people import Register, Row, chance, pick

from hrdresearch.vocab.regions import region_scheme
from hrdresearch.vocab.states import all_codes, is_member, short_name

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "data" / "raw" / "demo" / "communications"
SELF_TEST = ROOT / "data" / "reference" / "self_test"
FIRST, LAST = date(2020, 5, 1), date(2020, 6, 30)
FIRST_NUMBER = 901

# Paragraph 15 gives letters a region; how many of the 30 States each region had is not published.
LETTERS = {"asia_pacific": 17, "americas": 9, "middle_east_and_north_africa": 4,
           "europe_and_central_asia": 6, "africa": 7}  # fmt: skip
STATES = {"asia_pacific": 10, "americas": 7, "middle_east_and_north_africa": 3,
          "europe_and_central_asia": 5, "africa": 5}  # fmt: skip
TYPES = ["UA"] * 10 + ["AL"] * 29 + ["OL"] * 4
PERSONS, WOMEN, OPEN_AT = 189, 59, 24  # the letter at this place says "more than"
REPLIES, FOLLOWED_UP, LEGISLATION, REPRISALS = 5, 14, 4, 1
RELEASES, COUNTRIES = 17, 12
MANDATES = ["assembly_association", "expression", "arbitrary_detention", "executions", "indigenous",
            "sogi", "environment", "torture", "judges_lawyers", "violence_women"]  # fmt: skip
SUBSTANCE = ["acknowledgement", "general_evasive", "general_evasive", "partial", "answers"]
OUTCOMES = ["released", "charges_dropped", "protection_granted", "investigation_opened"]
QUESTIONS = (
    "Please explain the legal basis of the arrest. | Which steps protect the family from threats? "
    "| Has an inquiry into the beating been opened?"
)
REPLY = (
    "The authorities recall that the constitution guarantees all freedoms. The arrest rested on a "
    "legal basis in the penal code."
)
COLUMNS = [
    "reference", "sent_date", "addressee", "addressee_kind", "type", "joint_mandates",
    "draft_date", "persons_total", "women_total", "persons", "reprisals", "legislation", "deadline",
    "reply_dates", "coder_a", "coder_b", "substance", "published_date", "followed_up_date",
    "outcome", "outcome_date", "outcome_consent_date", "questions", "reply_text",
]  # fmt: skip


def main() -> None:
    """Write the demo files with DEMO.yml, and the fixture with SELF_TEST.yml."""
    demo = Path(sys.argv[1]) if len(sys.argv) > 1 else DEMO
    fixture = Path(sys.argv[2]) if len(sys.argv) > 2 else SELF_TEST
    rng = random.Random(SEED)
    people = Register(rng)
    numbers: Counter[tuple[str, int]] = Counter()
    early = earlier_letters(rng, people, numbers)
    may_june = fixture_letters(rng, people, numbers)
    releases = press_releases(rng)
    fixture.mkdir(parents=True, exist_ok=True)
    demo.mkdir(parents=True, exist_ok=True)
    write(fixture / "register.csv", COLUMNS, may_june)
    write(fixture / "press_releases.csv", ["number", "date", "states"], releases)
    register = [*early, *may_june, *faulty(early)]
    write(demo / "demo-register.csv", COLUMNS, register)
    write(demo / "demo-press-releases.csv", ["number", "date", "states"], releases)
    write(demo / "demo-spcommreports.csv", EXPORT, export(rng, early))
    declare_both(demo, fixture)


def members(region: str) -> list[str]:
    """Member States of a region of the report, in alphabetical order of their names."""
    scheme = region_scheme("report")
    found = [iso3 for iso3 in all_codes() if is_member(iso3) and scheme.of.get(iso3) == region]
    return sorted(found, key=short_name)


def fixture_letters(rng: random.Random, people: Register, numbers: Counter) -> list[Row]:
    """The 43 letters; every margin that the report publishes is met exactly."""
    states = [
        members(region)[i % STATES[region]] for region, n in LETTERS.items() for i in range(n)
    ]
    days = sorted(FIRST + timedelta(days=int(rng.random() * 60)) for _ in range(41))
    days = [FIRST, FIRST, *days]
    order = sorted(range(43), key=lambda i: (i * 17) % 43)  # regions do not follow the calendar
    sizes, women = shares_of(PERSONS, 43, rng), shares_of(WOMEN, 43, rng)
    rows = []
    for place, (day, which) in enumerate(zip(days, order, strict=True)):
        kind = TYPES[(place * 7) % 43]
        total = max(sizes[place], women[place])
        row = letter(rng, numbers, day, states[which], kind)
        row |= {"persons_total": str(total), "women_total": str(women[place])}
        rows.append(row)
    level(rows)
    for place, row in enumerate(rows):
        name_persons(people, row)
        row["followed_up_date"] = str(LAST - timedelta(days=place % 9)) if place < 14 else ""
        row["reprisals"] = "yes" if place == 11 else "no"
        row["legislation"] = "no"
    for kind, most in (("OL", 2), ("AL", 2)):  # not said to be the four other letters
        chosen = [r for r in rows if r["type"].endswith(kind)][:most]
        for row in chosen:
            row["legislation"] = "yes"
    for place, code in zip((0, 5, 9, 14, 20), ("partial", *SUBSTANCE[:4]), strict=True):
        sent = date.fromisoformat(rows[place]["sent_date"])
        rows[place]["reply_dates"] = str(min(sent + timedelta(days=9 + place), LAST))
        rows[place]["coder_a"] = rows[place]["coder_b"] = code
    for row in rows:
        due = date.fromisoformat(row["sent_date"]) + timedelta(days=60)
        row["published_date"] = str(due) if due <= LAST else ""
    return rows


def earlier_letters(rng: random.Random, people: Register, numbers: Counter) -> list[Row]:
    """Letters from January 2019 to April 2020, with replies, outcomes, and a few to companies."""
    pool = [iso3 for region in LETTERS for iso3 in members(region)[: STATES[region]]]
    rows = []
    for _ in range(150):
        sent = date(2019, 1, 7) + timedelta(days=int(rng.random() * 470))
        state = "OTH" if chance(rng, 0.06) else pick(rng, pool)
        row = letter(rng, numbers, sent, state, pick(rng, ["AL", "AL", "AL", "UA", "OL"]))
        size = 1 + int(rng.random() * 6)
        row |= {"persons_total": str(size), "women_total": str(int(rng.random() * (size + 1)))}
        row |= {
            "reprisals": "yes" if chance(rng, 0.06) else "no",
            "legislation": "yes" if row["type"].endswith("OL") else "no",
        }
        name_persons(people, row)
        row["published_date"] = str(sent + timedelta(days=60))
        # States differ in how they reply: every third one hardly ever does.
        eager = 0.15 if state == "OTH" or pool.index(state) % 3 == 0 else 0.7
        if chance(rng, eager):
            reply(rng, row, sent)
        if chance(rng, 0.3):
            when = sent + timedelta(days=70 + int(rng.random() * 60))
            row["followed_up_date"] = str(when) if when <= LAST else ""
        rows.append(row)
    again(rows)
    return sorted(rows, key=lambda r: (r["sent_date"], r["reference"]))


def letter(rng: random.Random, numbers: Counter, day: date, state: str, kind: str) -> Row:
    """A letter without persons and replies."""
    joint = sorted({pick(rng, MANDATES) for _ in range(int(rng.random() * 4))})
    numbers[state, day.year] += 1
    number = FIRST_NUMBER - 1 + numbers[state, day.year]
    clearance = 2 + int(rng.random() * 5) + 3 * len(joint)
    row = dict.fromkeys(COLUMNS, "")
    return row | {
        "reference": f"{kind} {state} {number}/{day.year}",
        "sent_date": str(day),
        "addressee": "An invented company" if state == "OTH" else short_name(state),
        "addressee_kind": "company" if state == "OTH" else "",
        "type": ("J" if joint else "") + kind,
        "joint_mandates": ";".join(joint),
        "draft_date": str(day - timedelta(days=clearance)),
    }


def reply(rng: random.Random, row: Row, sent: date) -> None:
    """A reply, at times late, at times in two parts; two coders, who differ at times."""
    first = sent + timedelta(days=12 + int(rng.random() ** 2 * 110))
    days, codes = [first], [pick(rng, SUBSTANCE)]
    if codes[0] == "acknowledgement" and chance(rng, 0.4):
        days.append(first + timedelta(days=20 + int(rng.random() * 40)))
        codes.append(pick(rng, SUBSTANCE[2:]))
    known = sum(day <= LAST for day in days)  # the register ends with June 2020
    days, codes = days[:known], codes[:known]
    second = [pick(rng, SUBSTANCE) if chance(rng, 0.2) else code for code in codes]
    row["reply_dates"] = "; ".join(map(str, days))
    row["coder_a"], row["coder_b"] = "; ".join(codes), "; ".join(second)
    row["questions"], row["reply_text"] = QUESTIONS, REPLY if days else ""
    if days and codes[-1] == "answers" and chance(rng, 0.5):
        row["outcome"] = pick(rng, OUTCOMES)
        row["outcome_date"] = str(days[-1] + timedelta(days=5))
        if chance(rng, 0.6):
            row["outcome_consent_date"] = str(days[-1] + timedelta(days=15))


def name_persons(people: Register, row: Row) -> None:
    """Names with sex and age group; an open number lists only some of its persons."""
    said, is_open = row["persons_total"].split()[-1], " " in row["persons_total"]
    women, total = int(row["women_total"]), int(said)
    listed = []
    for i in range(min(total, women + 2) if is_open else total):
        person = people.person()
        age = "child" if person.age < 18 else "adult"
        listed.append(f"{person.name} | {'female' if i < women else 'male'} | {age}")
    row["persons"] = "; ".join(listed)


def again(rows: list[Row]) -> None:
    """One person stands in two letters to one State, and is one person."""
    by_state: dict[str, Row] = {}
    for row in rows:
        state = row["addressee"]
        if state in by_state and row["persons"] and state != "An invented company":
            listed = row["persons"].split("; ")
            listed[0] = by_state[state]["persons"].split("; ")[0]
            if listed[0].split(" | ")[1] == row["persons"].split("; ")[0].split(" | ")[1]:
                row["persons"] = "; ".join(listed)
                return
        by_state.setdefault(state, row)


def shares_of(total: int, letters: int, rng: random.Random) -> list[int]:
    """A total dealt out over letters, unevenly, some with none."""
    weights = [rng.random() ** 2 for _ in range(letters)]
    dealt = [int(total * w / sum(weights)) for w in weights]
    for i in range(total - sum(dealt)):
        dealt[i % letters] += 1
    return dealt


def level(rows: list[Row]) -> None:
    """Persons add up to the published bound, and one letter says "more than"."""
    spare = sum(int(r["persons_total"]) for r in rows) - PERSONS
    for row in sorted(rows, key=lambda r: -int(r["persons_total"])):
        room = int(row["persons_total"]) - int(row["women_total"])
        taken = min(room, spare)
        row["persons_total"] = str(int(row["persons_total"]) - taken)
        spare -= taken
    rows[OPEN_AT]["persons_total"] = f"more than {rows[OPEN_AT]['persons_total']}"


def press_releases(rng: random.Random) -> list[Row]:
    """Releases on the first States of the alphabet."""
    every = sorted((i for i in all_codes() if is_member(i)), key=short_name)[:COUNTRIES]
    days = sorted(FIRST + timedelta(days=int(rng.random() * 61)) for _ in range(RELEASES))
    return [
        {
            "number": f"PR {FIRST_NUMBER + i}",
            "date": str(day),
            "states": short_name(every[i % COUNTRIES]),
        }
        for i, day in enumerate(days)
    ]


def faulty(rows: list[Row]) -> list[Row]:
    """What registers get wrong: one reference twice, no such State, a reply too early."""
    first, second, third = (dict(rows[i]) for i in (3, 5, 8))
    second |= {"reference": "AL XQZ 901/2020", "sent_date": "2020-02-03", "addressee": "Nowhere"}
    third |= {
        "reference": "AL AFG 999/2020",
        "sent_date": "2020-03-02",
        "type": "AL",
        "addressee": "Afghanistan",
        "addressee_kind": "",
        "reply_dates": "2020-02-27",
        "draft_date": "",
        "published_date": "2020-05-01",
        "followed_up_date": "",
        "outcome": "",
        "outcome_date": "",
        "outcome_consent_date": "",
        "deadline": "2020-03-01",
        "persons": "",
        "persons_total": "",
        "women_total": "",
    }
    first["sent_date"] = "2020-01-15"
    return [first, second, third]


EXPORT = ["Date", "Addressee", "Type", "Reference", "Mandates", "Replies", "Reply dates"]
PUBLISHED_AS = {
    "assembly_association": "Freedom of peaceful assembly and association",
    "expression": "Freedom of opinion and expression", "executions": "Extrajudicial executions",
    "arbitrary_detention": "Arbitrary detention", "indigenous": "Indigenous peoples",
    "sogi": "Sexual orientation and gender identity", "environment": "Environment",
    "torture": "Torture", "judges_lawyers": "Independence of judges and lawyers",
    "violence_women": "Violence against women",
}  # fmt: skip


def export(rng: random.Random, rows: list[Row]) -> list[Row]:
    """Most of the earlier letters as the database would export them; one reply is not there yet."""
    out = []
    for row in rows:
        if chance(rng, 0.1):
            continue
        mandates = ["Human rights defenders"]
        mandates += [PUBLISHED_AS[m] for m in row["joint_mandates"].split(";") if m]
        replies = [d for d in row["reply_dates"].split("; ") if d]
        if replies and chance(rng, 0.05):
            replies = []
        out.append(
            {
                "Date": dmy(row["sent_date"]),
                "Addressee": row["addressee"],
                "Type": row["type"],
                "Reference": row["reference"],
                "Mandates": "; ".join(mandates),
                "Replies": str(len(replies)),
                "Reply dates": "; ".join(map(dmy, replies)),
            }
        )
    return out


def dmy(day: str) -> str:
    """30/06/2020, as the export writes it."""
    return date.fromisoformat(day).strftime("%d/%m/%Y")


def write(path: Path, columns: list[str], rows: list[Row]) -> None:
    """A CSV in UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def declare_both(demo: Path, fixture: Path) -> None:
    """DEMO.yml says that the lists are invented; SELF_TEST.yml what bytes the fixture has."""
    about = "# Invented letters: none was sent, and no person in them exists. Made by\n"
    about += "# scripts/make_demo_communications.py; do not edit by hand.\n"
    sources = {
        "demo-register.csv": "register",
        "demo-spcommreports.csv": "spcommreports",
        "demo-press-releases.csv": "press-releases",
    }
    declare(demo, about, sources, "communications")
    held = {
        path.name: digest(path)
        for path in sorted(fixture.glob("*.csv"))
        if path.name != "published.csv"
    }
    about = "# Hashes of the fixture: the self-test fails when one letter is changed.\n"
    (fixture / "SELF_TEST.yml").write_text(
        about + yaml.safe_dump({"files": held}), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
