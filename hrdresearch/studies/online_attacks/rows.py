"""What became of the rows of every file of a build: the archive, labels, events, persons."""

from __future__ import annotations

from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import agreement_tag, claim_tag
from hrdresearch.privacy.policy import FEWEST_SHOWN
from hrdresearch.studies.online_attacks.claims import OnlineStudy
from hrdresearch.studies.online_attacks.tables import table_columns, table_row

PARTS = (
    ("rows_in", "rows in the file"),
    ("accepted", "rows accepted"),
    ("set_aside", "rows set aside with their reason"),
    ("issues", "values corrected, emptied or doubted"),
)


def rows_finding(study: OnlineStudy) -> Finding:
    """Rows of each file: read, accepted, set aside; values corrected or doubted.

    Small numbers of a list of persons are withheld like any other, and its other numbers rounded like those
    of the events, of which each has a row. Those of the archive are printed: a broken line is no person.
    """
    facts = {f["slug"]: f for f in study.build.facts()}
    titles = {slug: str(f["title"]) for slug, f in facts.items()}
    claims: list[Claim] = []
    rows = []
    statements: tuple[str, ...] = ()
    for told in study.build.extras("quality") or []:
        slug = str(told["slug"])
        table = str(facts[slug]["table"])
        name = "" if slug == "posts" else f"{slug.replace('-', '_')}."
        values = {key: int(told[key]) for key, _ in PARTS}
        hidden = slug != "posts" and _is_small(values)
        made = [
            study.count_in_archive(
                f"quality.{name}{key}",
                f"{titles[slug]}: {words}",
                "row",
                values[key],
                hidden,
                is_of_persons=slug != "posts",
                counts_as="event" if table == "offline_events" else "",
                measure="build",
                filter={},
                table=table,
            )
            for key, words in PARTS
        ]
        claims += made
        rows.append(table_row(titles[slug], made))
        rows_in, accepted, set_aside, issues = made
        statements += (
            f"{titles[slug]}: of {claim_tag(rows_in, 'of:row')}, {claim_tag(accepted, 'none')} "
            f"{agreement_tag(accepted, 'was', 'were')} accepted and {claim_tag(set_aside, 'none')} "
            "set aside; "
            f"{claim_tag(issues, 'none')} of the values {agreement_tag(issues, 'was', 'were')} "
            "corrected, emptied "
            "or doubted.",
        )
    return study.finding(
        "quality",
        "What became of the rows of each file",
        table_columns(
            "List",
            rows_in="Rows in the file",
            accepted="Accepted",
            set_aside="Set aside",
            issues="Values corrected or doubted",
        ),
        rows,
        claims,
        unit="rows",
        statements=statements,
        notes=(
            "A message that stands in the archive twice is counted once; the other is set aside. "
            "A value is doubted when, for example, a time has no zone.",
        ),
    )


def _is_small(values: dict[str, int]) -> bool:
    """Whether one of the numbers is small, so that all must be withheld."""
    told = (values[key] for key in ("rows_in", "accepted", "set_aside"))
    return any(0 < n < FEWEST_SHOWN for n in told)
