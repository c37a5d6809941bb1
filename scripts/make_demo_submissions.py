"""Make the invented inputs to calls: intake sheet, coding sheet, codebook and States asked.

``python scripts/make_demo_submissions.py [FOLDER]`` writes the same bytes each time. Nobody in these files
exists, no input was sent and no call was made; States are taken in alphabetical order, not chosen.
"""

from __future__ import annotations

import random
import shutil
import sys
from datetime import date, timedelta
from pathlib import Path

import yaml
from demo.files import SEED, declare, write_csv
from demo.people import Register, Row, chance, pick

from hrdresearch.vocab.states import all_codes, is_member, short_name

DEMO = Path(__file__).resolve().parents[1] / "data" / "raw" / "demo" / "submissions"
LAST = date(2023, 4, 30)
CALLS = {
    "Invented call A": date(2021, 3, 1),
    "Invented call B": date(2022, 2, 1),
    "Invented call C": date(2022, 11, 1),
}
KINDS = (
    "ngo",
    "ngo",
    "ngo",
    "individual",
    "individual",
    "state",
    "nhri",
    "academic",
    "un_body",
    "",
)
LANGUAGES = ("en", "en", "en", "fr", "es", "es", "ar", "ru", "pt", "")
PLACES = ("North", "South", "River", "Hill", "Coast", "Lake")
WORK = ("Network", "Forum", "Coalition", "Centre", "Union")
TEXTS = (
    "Invented text. Our members fear the law on associations, and two were detained.\n\n"
    "Ask Beluveo Toruspedemo, belu@example.org, about the frozen accounts.\n",
    "Invented text. Nobody was detained. The protection programme works, and we call it a good practice.\n",
    "Texto inventado. No se investigó a nadie: hay impunidad.\n",
)
ABOUT = (
    "# Invented inputs: none was sent, and nobody in them exists. Made by\n"
    "# scripts/make_demo_submissions.py; do not edit by hand.\n"
)
CODEBOOK = Path(__file__).parent / "demo" / "codebook.yml"


def main() -> None:
    """Write the four files with their DEMO.yml."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEMO
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED + 2)
    states = sorted((i for i in all_codes() if is_member(i)), key=short_name)[:60]
    inputs = intake(rng, states)
    texts(folder, inputs)
    lists = {
        "demo-submissions.csv": ("submissions", inputs),
        "demo-codings.csv": ("submission-codings", codings(rng, inputs)),
        "demo-requests.csv": ("submission-requests", requests(states)),
    }
    for name, (_, rows) in lists.items():
        write_csv(folder / name, rows)
    shutil.copyfile(CODEBOOK, folder / "demo-codebook.yml")
    sources = {name: source for name, (source, _) in lists.items()}
    declare(folder, ABOUT, sources | {"demo-codebook.yml": "submission-codebook"}, "submissions")


def intake(rng: random.Random, states: list[str]) -> list[Row]:
    """Three hundred and twenty inputs; of some the day, the kind or the consent is not recorded."""
    people, rows = Register(rng), []
    for number in range(1, 321):
        call, begun = pick(rng, list(CALLS.items()))
        kind = pick(rng, KINDS)
        state = short_name(states[int(rng.random() ** 2 * len(states))])
        received = begun + timedelta(days=int(rng.random() * 90))
        after = received + timedelta(days=int(rng.random() ** 3 * 160))
        known = str(after) if after <= LAST else ""
        agreed = str(received) if chance(rng, 0.3) else pick(rng, ["no", ""])
        rows.append(
            {
                "submission_id": f"demo-input-{number}",
                "call": call,
                "received": str(received) if chance(rng, 0.96) else "",
                "submitter": submitter(rng, people, kind, state),
                "kind": kind,
                "state": "international"
                if kind == "un_body" or (kind == "ngo" and chance(rng, 0.2))
                else state
                if chance(rng, 0.92)
                else "",
                "language": pick(rng, LANGUAGES),
                "confidentiality": pick(rng, ["public", "confidential", "confidential", ""]),
                "acknowledged": pick(rng, [known, known, known, "no", ""]),
                "consent_to_quote": agreed,
                "consent_to_name": agreed if kind == "ngo" and chance(rng, 0.15) else "",
                "consent_withdrawn": "",
                "un_symbol": "",
                "text_file": "",
            }
        )
    return rows


def texts(folder: Path, inputs: list[Row]) -> None:
    """Texts of the first inputs, in three languages; the sheet names their files."""
    (folder / "texts").mkdir(exist_ok=True)
    for row, text in zip(inputs, TEXTS, strict=False):
        row["text_file"] = f"texts/{row['submission_id']}.txt"
        (folder / row["text_file"]).write_text(text, encoding="utf-8")


def submitter(rng: random.Random, people: Register, kind: str, state: str) -> str:
    """A name that says that it is invented; of a State its own."""
    if kind == "state":
        return state
    if kind in ("individual", "academic"):
        return people.person(women=0.5).name
    if kind == "un_body":
        return f"Invented agency {1 + int(rng.random() * 4)}"
    first, second = int(rng.random() * len(PLACES)), int(rng.random() * len(PLACES))
    stem = PLACES[first] + PLACES[second].casefold()
    if kind == "nhri":
        return f"{stem}rightsdemo Commission"
    return f"{stem}demo {WORK[(first + second) % len(WORK)]}" if kind else ""


def codings(rng: random.Random, inputs: list[Row]) -> list[Row]:
    """Codes of most inputs; one in three was read by a second coder, who sometimes sees it otherwise."""
    codes, rows = list(yaml.safe_load(CODEBOOK.read_text(encoding="utf-8"))), []
    for row in inputs:
        if chance(rng, 0.15):
            continue
        given = {codes[int(rng.random() ** 2 * len(codes))] for _ in range(int(rng.random() * 4))}
        for coder in ("coder-1", "coder-2")[: 2 if chance(rng, 0.33) else 1]:
            seen = [c for c in codes if (c in given) != chance(rng, 0.02)]
            rows += [
                {
                    "submission_id": row["submission_id"],
                    "segment": str(1 + int(rng.random() * 12)) if code != "none" else "",
                    "code": code,
                    "coder": coder,
                }
                for code in seen or ["none"]
            ]
    return rows


def requests(states: list[str]) -> list[Row]:
    """Two of the three calls wrote down which States they asked."""
    return [
        {"call": call, "asked_state": short_name(iso3)}
        for call in list(CALLS)[:2]
        for iso3 in states[:30]
    ]


if __name__ == "__main__":
    main()
