"""Makes the front matter of a report from the page of its notebook: title, banner, period, sources, owner."""

from __future__ import annotations

from collections.abc import Sequence

from hrdresearch.findings import Finding
from hrdresearch.report.document import Meta
from hrdresearch.report.notebook_page import OutputError, Page


def front_matter(page: Page, edition: str, date: str) -> Meta:
    """Make the front matter of a page: title, period, build, sources.

    edition: name of the edition. date: day as 2026-12-03. OutputError when the page shows no finding.
    """
    first = page.findings[0] if page.findings else None
    if first is None:
        raise OutputError("The notebook shows no finding: open a study and show its findings")
    notes = {note.slug: note for f in page.findings for note in f.sources}
    return Meta(
        title=page.title,
        subtitle=page.text("scope_title"),
        mandate_line=page.mandate_line,
        period=page.text("period", first.period),
        date=date,
        edition=edition,
        build_id=first.build_id,
        study=first.study,
        parameters=page.parameters,
        banner=" ".join(_banners(page.findings).values()) or None,
        mark=", ".join(_banners(page.findings)),
        is_brief=any(name.endswith("scope.brief") for name in page.claims),
        notebook_code=page.code,
        sources=tuple(notes.values()),
        **_of_own_list(page),
    )


def _of_own_list(page: Page) -> dict[str, str]:
    """Front matter of a report on a list of one's own: whose it is, and that it is no UN document."""
    if not (owner := page.text("owner")):
        return {}
    is_internal = any(f.policy.get("is_internal") for f in page.findings)
    return {
        "owner": owner,
        "own_lists": page.text("own_lists"),
        "classification": "Internal draft" if is_internal else "Draft",
    }


INTERNAL_BANNER = (
    "Internal: exact numbers of a list that is not public. This report may not leave the "
    "machine that holds the list."
)
DEMO_BANNER = (
    "Demonstration: every person and every case on this page is invented. "
    "No number here describes anything that happened."
)


def _banners(findings: Sequence[Finding]) -> dict[str, str]:
    """What each page of the report says of all of it: in two words, and in a sentence."""
    is_internal = any(f.policy.get("is_internal") for f in findings)
    is_demo = any(f.is_demo for f in findings)
    said = {
        "internal": INTERNAL_BANNER if is_internal else "",
        "invented cases": DEMO_BANNER if is_demo else "",
    }
    return {words: sentence for words, sentence in said.items() if sentence}
