"""Make the invented decisions of treaty bodies, as paragraphs, and the ledger of grades beside them.

``python scripts/make_demo_views.py [FOLDER]`` writes the same bytes each time. Nobody in these files exists
and no Committee decided anything in them: the sessions have numbers that no Committee has reached, and States
are taken in alphabetical order, not chosen.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

from demo.files import SEED, declare, write_csv
from demo.people import Register, Row, chance, pick

from hrdresearch.vocab.states import all_codes, is_member, short_name

DEMO = Path(__file__).resolve().parents[1] / "data" / "raw" / "demo" / "views"
ABOUT = (
    "# Invented decisions: no Committee adopted them, and nobody in them exists. Made by\n"
    "# scripts/make_demo_views.py; do not edit by hand.\n"
)
SESSION = 900  # no Committee has had so many
WORK = (
    "The author is a human rights defender who documents invented cases.",
    "The author is a journalist of an invented newspaper.",
    "The author is a shopkeeper. Reports speak of threats against human rights defenders.",
    "The author sells invented goods.",
)
MEASURES = (
    "release the author",
    "provide the author with adequate compensation",
    "conduct a thorough investigation",
    "quash the conviction",
    "review its legislation on assemblies",
)
ARTICLES = ("article 19 (2)", "articles 9 (1) and 14 (1)", "articles 19 and 21", "article 7")


def main() -> None:
    """Write the decisions, the grades, and DEMO.yml."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEMO
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED + 3)
    states = sorted((i for i in all_codes() if is_member(i)), key=short_name)[:30]
    made, grades = decisions(rng, states)
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    (folder / "demo-decisions.json").write_text(text, encoding="utf-8")
    write_csv(folder / "demo-grades.csv", grades)
    sources = {"demo-decisions.json": "treaty-views", "demo-grades.csv": "views-follow-up"}
    declare(folder, ABOUT, sources, "views")


def decisions(rng: random.Random, states: list[str]) -> tuple[dict[str, Any], list[Row]]:
    """Ninety decisions, and a grade for about half of those that found a violation."""
    people, paragraphs, grades = Register(rng), [], []
    for number in range(1, 91):
        state, year = short_name(pick(rng, states)), 2012 + int(rng.random() * 9)
        symbol = f"ccpr-c-{SESSION + number // 10}-d-{9000 + number}-{year}"
        kind = pick(
            rng, ["found", "found", "found", "none", "inadmissible", "inadmissible", "ended"]
        )
        told = _ended(rng, number, year) if kind == "ended" else _decided(rng, people, state, kind)
        paragraphs += [
            {"docId": symbol, "country": state, "paragraphId": n, "section": heading, "text": words}
            for n, heading, words in told
        ]
        if kind == "found" and chance(rng, 0.5):
            grades.append(
                {
                    "committee": "ccpr",
                    "communication": f"{9000 + number}/{year}",
                    "grade": pick(rng, ["A", "B", "B", "C", "C", "D", "E"]),
                    "graded": f"{year + 2 + int(rng.random() * 2)}-07-15",
                    "report": "CCPR/C/900/0",
                }
            )
    documents = list(dict.fromkeys(p["docId"] for p in paragraphs))
    return {"invented": "every decision", "documents": documents, "paragraphs": paragraphs}, grades


def _ended(rng: random.Random, number: int, year: int) -> list[tuple[str, str, str]]:
    """One paragraph that ends an examination."""
    why = pick(rng, ["contact had been lost with the author", "the author had asked for it"])
    words = (
        f"At its meeting on 15 July {year + 3}, the Committee, as {why}, decided to discontinue "
        f"consideration of communication No. {9000 + number}/{year}."
    )
    return [("1.", "Decision", words)]


def _decided(
    rng: random.Random, people: Register, state: str, kind: str
) -> list[tuple[str, str, str]]:
    """The paragraphs of a decision with an outcome."""
    articles, person = pick(rng, list(ARTICLES)), people.person()
    told = [
        (
            "1.",
            "",
            f"The author of the communication is {person.name}, a national of {state} born in 1980. The "
            f"author claims a violation by {state} of {articles} of the Covenant.",
        ),
        ("2.1.", "Facts as submitted by the author", f"Invented text. {pick(rng, list(WORK))}"),
        (
            "4.1.",
            "State party’s observations",
            "Invented text. The State party rejects the claims.",
        ),
    ]
    if kind == "inadmissible":
        end = "The Committee therefore decides: (a) That the communication is inadmissible."
        return [*told, ("6.", "Consideration of admissibility", end)]
    does = "disclose" if kind == "found" else "do not disclose"
    acting = "The Committee, acting under article 5 (4) of the Optional Protocol, is of the view that the "
    told.append(
        (
            "8.",
            "Consideration of the merits",
            f"{acting}facts before it {does} a violation of {articles} of the Covenant.",
        )
    )
    if kind == "found":
        asked = sorted({pick(rng, list(MEASURES)) for _ in range(1 + int(rng.random() * 2))})
        told += [
            (
                "9.",
                "Consideration of the merits",
                f"The State party is obligated to {' and to '.join(asked)}. It should take steps to "
                "prevent similar violations in the future.",
            ),
            (
                "10.",
                "Consideration of the merits",
                "The Committee wishes to receive from the State party, within 180 days, information "
                "about the measures taken. It is also requested to publish the present Views.",
            ),
        ]
    return told


if __name__ == "__main__":
    main()
