"""Writes ``OUT/index.html``, the page that lists all reports, from the folder of reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hrdresearch.report.site_page import (
    DRAFT,
    IN_REVIEW,
    SIGNED,
    SUPERSEDED,
    EditionOnSite,
    FallenSentences,
    ReportOnSite,
    Site,
    render_site,
)
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import replace_text
from hrdresearch.run.recheck.kept_changes import PAGE_OF_CHANGES, compared_edition
from hrdresearch.run.registry import studies
from hrdresearch.run.run_folders import folder_lock
from hrdresearch.run.signoff.book import Standing, standing_of
from hrdresearch.run.site.edition_facts import EditionFacts, FactsOfEditions, Numbers
from hrdresearch.run.site.failed_runs import read_failure
from hrdresearch.vocab.states import all_codes

PAGE = "index.html"
DAYS = 7  # editions made in the seven days before the last run are marked as new
FILES = {"report.html": "Page", "report.docx": "Word", "report.pdf": "PDF"}


def make_site(out: Path) -> Path:
    """Write the page that lists all editions in a folder of reports, and return its path.

    If two runs end at the same time, one waits; a reader sees the old or the new page. Facts of editions are
    kept in ``index.json``. The page is only written if it has changed.
    """
    out.mkdir(parents=True, exist_ok=True)
    page = out / PAGE
    with folder_lock(out):
        facts = FactsOfEditions(out)
        homes = sorted(p for p in out.glob("*/*") if p.is_dir() and not p.is_symlink())
        reports = [report for home in homes if (report := _report(home, facts))]
        facts.keep()
        text = render_site(_site(reports, facts))
        if not page.is_file() or page.read_text(encoding="utf-8") != text:
            replace_text(page, text)
    return page


@contextmanager
def renewed_site(out: Path) -> Iterator[None]:
    """Write the site again after the block, even if the block fails; nothing if ``out`` does not exist."""
    try:
        yield
    finally:
        if out.is_dir():
            make_site(out)


def _site(reports: list[ReportOnSite], facts: FactsOfEditions) -> Site:
    moments = [e.made for r in reports for e in r.editions[:1]]
    moments += [r.failed_at for r in reports if r.failed_at]
    unread = [folder.relative_to(facts.out).as_posix() for folder in facts.unread]
    if not moments:
        return Site(reports, unread=unread)
    return Site(reports, max(moments), max(moments) - timedelta(days=DAYS), unread)


def _report(home: Path, facts: FactsOfEditions) -> ReportOnSite | None:
    """A report with its editions; None if there is neither an edition nor a failed run."""
    study, slug = home.parent.name, home.name
    editions = facts.of_report(home)
    failed = read_failure(home)
    if not editions and failed is None:
        return None
    parameters = editions[0].parameters if editions else {}
    reviews = [_standing(edition) for edition in editions]
    signed = next((i for i, review in enumerate(reviews) if review.is_signed), None)
    fallen = _fallen(editions, signed, facts)
    is_compared = bool(editions) and compared_edition(home) == editions[0].folder.name
    why = home / PAGE_OF_CHANGES
    state = _state(str(parameters.get("state") or slug.removeprefix("state-")))
    entry = studies().get(study)
    title = editions[0].title if editions else (entry.title if entry else study)
    return ReportOnSite(
        anchor=f"{study}--{slug}",
        study=study,
        title=title,
        state=state,
        scope=_scope(study, parameters) if editions or state else slug,
        editions=tuple(
            _edition(facts, review, _status(review, i, signed), home.parent.parent)
            for i, (facts, review) in enumerate(zip(editions, reviews, strict=True))
        ),
        failed_at=failed.at if failed else None,
        failed_why=failed.why if failed else "",
        waits_for=reviews[0].waits_for if editions else "",
        fallen=fallen,
        why=why.relative_to(facts.out).as_posix() if is_compared and why.is_file() else "",
    )


def _fallen(
    editions: list[EditionFacts], signed: int | None, facts: FactsOfEditions
) -> FallenSentences | None:
    """Sentences no longer true in the newest signed edition, or else in the edition before the newest."""
    if len(editions) < 2 or signed == 0:
        return None
    newest, older = editions[0], editions[signed or 1]
    if signed is None and not any(newest.numbers or ()):
        return None
    count, first = facts.fallen(older.folder, newest.folder)
    if not count:
        return None
    page = f"{older.folder.relative_to(facts.out).as_posix()}/report.html"
    told = tuple((f"{page}#{one.anchor}".rstrip("#"), *one[1:]) for one in first)
    made = datetime.fromisoformat(older.created)
    return FallenSentences(made, signed is not None, count, told)


def _standing(facts: EditionFacts) -> Standing:
    """State of the review of an edition; a damaged review file counts as begun."""
    about = {"study": facts.study, "parameter_slug": facts.slug, "edition": facts.folder.name}
    try:
        return standing_of(facts.folder, about)
    except RunError:
        return Standing({}, ("the file of its review is damaged",), is_begun=True)


def _status(review: Standing, newer: int, signed: int | None) -> str:
    """Status of an edition; newer: how many editions are newer. signed: position of the newest signed one."""
    if review.is_signed:
        return SIGNED if newer == signed else SUPERSEDED
    if newer:
        return SUPERSEDED
    return IN_REVIEW if review.is_begun else DRAFT


def _edition(facts: EditionFacts, review: Standing, status: str, out: Path) -> EditionOnSite:
    numbers = facts.numbers
    folder = facts.folder.relative_to(out).as_posix()
    return EditionOnSite(
        name=facts.folder.name,
        folder=folder,
        made=datetime.fromisoformat(facts.created),
        status=status,
        files={name: FILES[name] for name in facts.files},
        is_demo=facts.is_demo,
        changes=_changes(numbers),
        has_changed=bool(numbers and any(numbers)),
        signed=tuple(f"signed by {role} {words}" for role, words in review.signed.items()),
        comments=tuple(
            (c.paragraph.removeprefix("para-"), f"{folder}/report.html#{c.paragraph}", c.by, c.text)
            for c in review.comments
        ),
    )


def _changes(numbers: Numbers | None) -> str:
    """How numbers differ from the edition before, in words.

    >>> _changes(Numbers(12, 1, 0)), _changes(Numbers()), _changes(None)
    ('12 numbers changed, 1 new', 'no number changed', 'first edition')
    """
    if numbers is None:
        return "first edition"
    told = [(n, w) for n, w in zip(numbers, ("changed", "new", "gone"), strict=True) if n]
    if not told:
        return "no number changed"
    first, *others = (f"{n:,} {words}" for n, words in told)
    noun = "number" if told[0][0] == 1 else "numbers"
    return ", ".join((first.replace(" ", f" {noun} ", 1), *others))


def _scope(study: str, parameters: Mapping[str, Any]) -> str:
    """Parameters that are not defaults, without the State, which is shown in the name of the report."""
    entry = studies().get(study)
    defaults = {p.name: p.default for p in entry.parameters} if entry else {}
    told = {k: v for k, v in parameters.items() if k != "state" and v != defaults.get(k, v)}
    return "; ".join(f"{name.replace('_', ' ')} {value}" for name, value in told.items())


@cache
def _state(given: str) -> str:
    """The ISO3 code of a State, from a parameter or the name of a folder; "" if it is not a code."""
    return given.upper() if given.upper() in all_codes() else ""
