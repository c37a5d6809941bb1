"""Make ``data/raw/demo/online-attacks``: invented messages, labels and events, always the same.

Every account ends in "demo"; nobody in these files exists and nobody wrote these messages.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import random
import sys
from pathlib import Path
from typing import Any

import yaml

SEED = 75165
FOLDER = Path(__file__).resolve().parents[1] / "data" / "raw" / "demo" / "online-attacks"
FIRST, DAYS, MESSAGES = dt.datetime(2022, 1, 1, tzinfo=dt.UTC), 730, 3000
TARGETS = [
    f"{name}-demo"
    for name in (
        "river-keeper",
        "court-watch",
        "night-clinic",
        "land-map",
        "free-press",
        "quiet-lawyer",
        "orchard-union",
        "blue-school",
        "harbour-aid",
        "stone-choir",
    )
]
TEXTS: dict[str, dict[str, list[str]]] = {
    "en": {
        "none": ["The hearing starts at {n} tomorrow.", "Our report on the river has {n} pages.",
                 "Damn, the train is {n} minutes late again.", "What a great {n}th anniversary.",
                 "Water samples from site {n} are in the laboratory."],
        "solidarity": ["We stand with you, stay strong.", "Solidarity from {n} of us."],
        "counter_speech": ["Stop calling her a traitor, read report {n}.",
                           "Shame on those who say they should be shot."],
        "reporting": ["They threatened to burn our office {n} times.",
                      "He wrote to me: I will kill you."],
        "ridicule": ["You are a pathetic clown.", "What an idiot, {n} pages of nothing."],
        "stigmatization": ["You are a foreign agent.", "These traitors want {n} more years."],
        "smear": ["She is funded by foreign embassies.", "He made it all up, all {n} cases."],
        "defamation": ["She stole {n} thousand of the donations money."],
        "gendered_abuse": ["Shut your mouth, stupid whore.", "Back to the kitchen with her."],
        "threat_life": ["We will kill you.", "You will not live another {n} days.",
                        "Choose your coffin number {n}."],
        "threat_family": ["We know where your daughter goes to school."],
        "surveillance_notice": ["We are reading your messages, all {n} of them."],
        "private_data": ["Her home address is invented street {n}."],
        "coordinated_reporting": ["Everyone report this account until it is banned."],
    },
    "es": {
        "none": ["La audiencia empieza a las {n}.", "Mierda, el bus {n} no llega.",
                 "Nuestro informe sobre el río tiene {n} páginas."],
        "solidarity": ["Estamos contigo, no estás sola."],
        "reporting": ["Me escribieron: te vamos a matar."],
        "ridicule": ["Eres una payasa.", "Qué idiota."],
        "stigmatization": ["Eres un terrorista.", "Esos guerrilleros quieren {n} fincas."],
        "smear": ["Recibe dólares de la embajada, {n} al mes."],
        "gendered_abuse": ["Cállate, puta."],
        "threat_life": ["Te vamos a matar.", "Ve escogiendo tu ataúd número {n}.",
                        "Vas a aparecer en el río, van {n}."],
        "threat_family": ["Sabemos a qué escuela van tus hijos."],
        "call_to_violence": ["Hay que quemarlos a todos."],
    },
    "fr": {
        "none": ["L'audience commence à {n} heures.", "Le rapport compte {n} pages."],
        "ridicule": ["Quelle clown."], "stigmatization": ["Tu es un agent de l'étranger."],
        "threat_life": ["On va te tuer.", "Il te reste {n} jours."],
        "reporting": ["Il m'a écrit : je vais te tuer."],
    },
    "ar": {
        "none": ["تبدأ الجلسة الساعة {n}.", "التقرير في {n} صفحة."],
        "stigmatization": ["أنت عميل.", "يا خائنة."], "threat_life": ["سنقتلك.", "جهز كفنك."],
        "solidarity": ["كلنا معك."],
    },
}  # fmt: skip
SHARE_OF_LANGUAGES = {"en": 0.5, "es": 0.3, "fr": 0.1, "ar": 0.1}
NEWS = "Worth reading, all of it: https://news{n}.example/river?utm_source=app{i}"
CAMPAIGN = "Patriots know the truth: {t} sells our land to foreign agents, share this everywhere"
ABOUT = """\
# Invented messages, labels and events: nobody in these files exists, nobody wrote these messages.
# Made by scripts/make_demo_online_attacks.py; do not edit by hand. Every account ends in "demo".
"""


def main() -> None:
    """Write the three files and DEMO.yml."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(SEED)
    posts, truth = messages(chance)
    (folder / "demo-posts.jsonl").write_text(
        "".join(json.dumps(p, ensure_ascii=False) + "\n" for p in posts), encoding="utf-8"
    )
    write_csv(folder / "demo-post-labels.csv", labels(chance, truth))
    write_csv(folder / "demo-offline-events.csv", events())
    files = {
        name: {
            "source": source,
            "study": "online-attacks",
            "invented": True,
            "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest(),
        }
        for name, source in (
            ("demo-posts.jsonl", "posts"),
            ("demo-post-labels.csv", "post-labels"),
            ("demo-offline-events.csv", "offline-events"),
        )
    }
    facts = yaml.safe_dump({"seed": SEED, "files": files}, sort_keys=False)
    (folder / "DEMO.yml").write_text(ABOUT + facts, encoding="utf-8")


def messages(chance: random.Random) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Messages in order of time, and what each is."""
    made: list[tuple[dt.datetime, str, str, str, str]] = []
    for _ in range(MESSAGES):
        language = chance.choices(list(SHARE_OF_LANGUAGES), list(SHARE_OF_LANGUAGES.values()))[0]
        is_attack = chance.random() < 0.16
        kinds = [k for k in TEXTS[language] if (k in FRIENDLY) != is_attack]
        kind = chance.choice(kinds) if is_attack else chance.choice([*kinds, *["none"] * 12])
        author = f"account{int(chance.paretovariate(0.8)) % 400}-demo"
        when = FIRST + dt.timedelta(days=chance.randrange(DAYS), minutes=chance.randrange(1440))
        target = chance.choice(TARGETS)
        made.append((when, language, kind, author, target))
    for day, target in bursts():
        for _ in range(25):
            when = FIRST + dt.timedelta(days=day, minutes=chance.randrange(600))
            made.append(
                (
                    when,
                    "en",
                    chance.choice(["threat_life", "stigmatization", "ridicule"]),
                    f"account{chance.randrange(400)}-demo",
                    target,
                )
            )
    return in_order(chance, made)


FRIENDLY = ("none", "solidarity", "counter_speech", "reporting")


def in_order(
    chance: random.Random, made: list[tuple[dt.datetime, str, str, str, str]]
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Messages with identifiers, the campaigns of many accounts among them."""
    posts, truth = [], {}
    for number in range(3):
        start = FIRST + dt.timedelta(days=150 + 200 * number, hours=9)
        made += [
            (
                start + dt.timedelta(minutes=7 * i),
                "campaign",
                "stigmatization",
                f"account{500 + 20 * number + i}-demo",
                TARGETS[number],
            )
            for i in range(14)
        ]
        made += shared_news(number)
    made += in_step(chance)
    for at, (when, language, kind, author, target) in enumerate(sorted(made)):
        if language == "campaign":
            text = CAMPAIGN.format(t=target)
        elif language == "news":
            text = NEWS.format(n=when.month, i=at) + "!" * (at % 3)
        else:
            text = chance.choice(TEXTS[language][kind]).format(n=chance.randrange(2, 90))
        posts.append(
            {
                "id": f"m{at:05d}-demo",
                "time": when.isoformat(),
                "platform": "Invented network",
                "language": "en" if language in ("campaign", "news") else language,
                "text": text,
                "author": author,
                "target": target,
                "relation": chance.choice(["original", "reply"]),
                "engagement": int(chance.paretovariate(1.2)),
            }
        )
        truth[f"m{at:05d}-demo"] = kind
    return posts, truth


def shared_news(number: int) -> list[tuple[dt.datetime, str, str, str, str]]:
    """Twelve accounts that share one link within the hour; nothing is wrong with that."""
    start = FIRST + dt.timedelta(days=60 + 190 * number, hours=18)
    return [
        (
            start + dt.timedelta(minutes=4 * i),
            "news",
            "none",
            f"account{20 * i + number}-demo",
            TARGETS[4],
        )
        for i in range(12)
    ]


def in_step(chance: random.Random) -> list[tuple[dt.datetime, str, str, str, str]]:
    """Six accounts that attack within the same half minute, on nine evenings."""
    return [
        (
            FIRST + dt.timedelta(days=40 + 75 * evening, hours=20, minutes=evening, seconds=5 * i),
            "en",
            chance.choice(["stigmatization", "gendered_abuse"]),
            f"account{600 + i}-demo",
            TARGETS[(evening + i) % len(TARGETS)],
        )
        for evening in range(9)
        for i in range(6)
    ]


def bursts() -> list[tuple[int, str]]:
    """Days on which many messages reach one account."""
    days = ((100, 0), (101, 0), (333, 3), (600, 6), (210, 1), (450, 4), (518, 5))
    return [(day, TARGETS[who]) for day, who in days]


def labels(chance: random.Random, truth: dict[str, str]) -> list[dict[str, str]]:
    """Labels of two coders; the second sees two messages in five and differs now and then."""
    rows = [{"id": i, "coder": "first", "kinds": k} for i, k in truth.items()]
    for i, kind in truth.items():
        if chance.random() < 0.4:
            other = chance.choice(["none", "ridicule"]) if chance.random() < 0.08 else kind
            rows.append({"id": i, "coder": "second", "kinds": other})
    return rows


def events() -> list[dict[str, str]]:
    """Events a few days after some bursts, and others with no burst near them."""
    planned = [
        (104, 0, "detention"),
        (336, 3, "surveillance"),
        (341, 3, "detention"),
        (604, 6, "physical_attack"),
        (250, 1, "raid"),
        (420, 4, "detention"),
        (500, 5, "surveillance"),
        (520, 5, "detention"),
        (30, 8, "raid"),
        *((20 + 9 * who, who, "surveillance") for who in range(10) if who not in (3, 5)),
        *((60 + 9 * who, who, "detention") for who in (1, 2)),
    ]
    return [
        {
            "person": TARGETS[who],
            "date": (FIRST + dt.timedelta(days=day)).date().isoformat(),
            "event": what,
        }
        for day, who, what in planned
    ]


def write_csv(path: Path, rows: list[dict[str, str]]) -> None:
    """Comma, UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
