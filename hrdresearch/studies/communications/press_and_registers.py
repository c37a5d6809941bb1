"""Findings that count no letters: press releases, quoted rates, acknowledgements, other registers."""

from __future__ import annotations

import pandas as pd
import yaml

from hrdresearch.findings.make_claims import add_claims
from hrdresearch.findings.model import Finding
from hrdresearch.findings.sentences import claim_tag
from hrdresearch.studies.communications.letters import Letters
from hrdresearch.studies.ground.ledger import claim_key
from hrdresearch.studies.shapes.count_tables import (
    Row,
    column_heads,
    table_of_claims,
    table_of_counts,
    text_columns,
)
from hrdresearch.studies.shapes.published import published_claim
from hrdresearch.tables import match_rows
from hrdresearch.vocab.reference import reference_path

TEXT_OF = {
    "own": "written for this project",
    "draft": "draft, not an official translation",
    "official": "official translation",
}


RELEASES = (
    "In the period, {{ press.releases|of:release }} {{ press.releases|agree:stands:stand }} in the "
    "register of press releases, concerning {{ press.states|of:state }}."
)
BEYOND = (
    " The first release in that register is of {{ press.first }} and the last of {{ press.last }}: "
    "whether the rest of the period is covered is not known."
)


def press(study: Letters) -> Finding:
    """Press releases issued in the period, and the States that they concern (para. 20)."""
    table = study.build.table("press_releases")
    if table.empty:
        return study.finding("press", "Press releases", (), (), ())
    within = {"release_date": {"from": str(study.start.date()), "to": str(study.end.date())}}
    states = study.scope.filter.get("state_iso3")
    where = within | ({"state_iso3": states} if states else {})
    releases = table[match_rows(table, where)]
    counts = [
        study.number(name, releases[column].nunique(), unit, words, measure=f"distinct:{column}")
        for name, column, unit, words in (
            (
                "press.releases",
                "release_id",
                "release",
                "Press releases issued in the period",
            ),
            ("press.states", "state_iso3", "state", "States that they concern"),
        )
    ]
    first, last = table["release_date"].min(), table["release_date"].max()
    finding = table_of_claims(
        study,
        "press",
        "Press releases in the period",
        study.claims_of_table("press_releases", counts, where),
        unit="press releases",
        statements=(f"{RELEASES}{BEYOND if study.start < first or study.end > last else ''}",),
        notes=("What the register of press releases does not hold is not counted.",),
        sources=study.source_notes_of("press_releases"),
    )
    days = (
        study.day("press.first", first, "Day of the first press release in the register"),
        study.day("press.last", last, "Day of the last press release in the register"),
    )
    is_beyond = study.start < first or study.end > last
    return add_claims(
        finding,
        *study.claims_of_table("press_releases", days),
        *study.flag_claims("press.is_beyond", is_beyond),
    )


def quoted_reply_rates(study: Letters) -> Finding:
    """Reply rates of earlier years that A/75/165 quotes: the lowest and the highest, as claims."""
    table = pd.read_csv(reference_path("published.csv"), dtype=str, keep_default_na=False)
    quoted = table[table["key"].isin(("response_rate_low", "response_rate_high"))]
    records = [{str(k): str(v) for k, v in r.items()} for r in quoted.to_dict("records")]
    claims = [published_claim(record) for record in records]
    return study.finding("published", "Published rates of reply", (), (), claims)


def acknowledgements(study: Letters) -> Finding:
    """Languages in which a submission can be acknowledged, and which texts are only drafts."""
    facts = yaml.safe_load(reference_path("acknowledgement/PACK.yml").read_text("utf-8"))
    languages = sorted(facts["languages"].values(), key=lambda language: str(language["name"]))
    drafts = sum(language["status"] == "draft" for language in languages)
    return table_of_counts(
        study,
        "acknowledgements",
        "Acknowledgement of submissions by language",
        text_columns(label="Language", status="Text"),
        [(language["name"], TEXT_OF[language["status"]]) for language in languages],
        beside=[
            *study.numbers(
                "language",
                {
                    "acknowledgements.languages": (
                        len(languages),
                        "Languages of the acknowledgement",
                    ),
                    "acknowledgements.drafts": (
                        drafts,
                        "Languages whose text waits for an official translation",
                    ),
                },
            ),
        ],
        statements=(
            "The pack has a text in {{ acknowledgements.languages }} languages, which gives the "
            "process and the time in which a reply is asked for, and repeats no detail of a case"
            + (
                "; the texts in {{ acknowledgements.drafts }} of them are drafts until an official "
                "translation replaces them."
                if drafts
                else "."
            ),
        ),
        unit="languages",
        period="",
        sources=(),
    )


def registers(study: Letters) -> Finding:
    """The registers of the build side by side; letters are matched by reference number.

    Counts are never added, because one letter stands in several registers. Empty if the build has
    one register.
    """
    frame = study.build.table(study.table)
    facts = {f["slug"]: f["title"] for f in study.build.facts() if f["table"] == "communications"}
    if len(facts) < 2:
        return study.finding("registers", "Registers side by side", (), (), ())
    first, last = frame["sent_date"].min(), frame["sent_date"].max()

    def letters_and_answered(source: str) -> tuple[set[str], set[str]]:
        rows = frame[frame["source"] == source]
        return set(rows["letter_id"]), set(rows.loc[rows["first_reply_date"].notna(), "letter_id"])

    counted, counted_answered = letters_and_answered(study.source)

    def row(slug: str, title: str) -> Row:
        stem, (ids, answered) = f"by_source.{claim_key(slug)}", letters_and_answered(slug)
        claims = study.numbers(
            "letter",
            {
                f"{stem}.letters": (
                    len(ids),
                    f"{title}: letters from {first.date()} to {last.date()}",
                ),
                f"{stem}.in_both": (
                    len(ids & counted),
                    f"{title}: letters that stand in the register of this report too",
                ),
                f"{stem}.replied": (
                    len(answered),
                    f"{title}: letters with a reply, whatever the cut-off",
                ),
                f"{stem}.in_both_replied": (
                    len(ids & counted & answered),
                    f"{title}: of the letters in both, those with a reply in this register",
                ),
                f"{stem}.in_both_replied_own": (
                    len(ids & counted & counted_answered),
                    f"{title}: of the letters in both, those with a reply in the register of this "
                    "report",
                ),
            },
        )
        return title, *claims

    return table_of_counts(
        study,
        "registers",
        "Registers of the build side by side",
        column_heads(
            "Register",
            letters="Letters",
            both="Also in the register of this report",
            replied="All letters with a reply",
            both_replied="Of those in both, with a reply here",
            both_replied_own="Of those in both, with a reply in the register of this report",
        ),
        [row(slug, title) for slug, title in facts.items()],
        statements=tuple(
            _shared_sentence(f"by_source.{claim_key(slug)}", title)
            for slug, title in facts.items()
            if slug != study.source
        ),
        sources=study.source_notes_of("communications"),
        notes=(
            "All letters of each file, whatever the scope of the report, matched by their "
            "reference numbers. A letter can stand in several, so they are never added. Replies of two "
            "registers are compared over the letters in both; one without a usable day is not counted.",
        ),
    )


def _shared_sentence(stem: str, title: str) -> str:
    """Sentence on the letters that another register and that of this report share, and on their replies."""
    both, here, own = (f"{stem}.in_both{k}" for k in ("", "_replied", "_replied_own"))
    return (
        f"Of {claim_tag(f'{stem}.letters', 'of:letter')} in the {title}, {claim_tag(both, 'none')} "
        f"{claim_tag(both, 'agree:stands:stand')} in the register of this report too, matched by reference "
        f"number. Of these {claim_tag(both)}, {claim_tag(here, 'none')} "
        f"{claim_tag(here, 'agree:has:have')} a reply "
        f"there, and {claim_tag(own, 'none')} in the register of this report."
    )
