"""Writes the page of the reviewers' site: what failed, waits or changed, a map, and a list of all reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hrdresearch.report.content_security import with_content_security
from hrdresearch.report.maps import DISCLAIMER
from hrdresearch.report.page_files import page_file, page_template
from hrdresearch.report.world_map import StateLink, world_map
from hrdresearch.vocab.states import alphabetical_key, note_on_state_name, short_name

DRAFT, IN_REVIEW, SIGNED, SUPERSEDED = "Draft", "In review", "Signed", "Superseded"
FAILED = "Last run failed"
LOOKS = {FAILED: "failed", DRAFT: "draft", IN_REVIEW: "in-review", SIGNED: "signed"}
LINES_AT_HEAD = 12  # of a list at the head of the page; a link leads to the whole list
UNSETTLED = (
    "Hatched: status disputed or not settled, by a list of this project that takes no side; outlines are "
    "approximate."
)
EDITIONS_SHOWN = 5  # of one report; the others are in its folder


@dataclass(frozen=True)
class EditionOnSite:
    """One edition of a report.

    folder: as a link. made: when it was made (UTC). files: links by name. changes: how its numbers differ
    from the edition before, in words. signed: who signed it, each with what that proves. comments: open
    ones as (paragraph, link, who, text).
    """

    name: str
    folder: str
    made: datetime
    status: str
    files: Mapping[str, str]
    is_demo: bool = False
    changes: str = ""
    has_changed: bool = False
    signed: tuple[str, ...] = ()
    comments: tuple[tuple[str, str, str, str], ...] = ()


@dataclass(frozen=True)
class FallenSentences:
    """Sentences of an earlier edition that no longer hold.

    of: when the earlier edition was made. is_signed: whether it is the signed one that counts. count: how
    many sentences. first: the first of them, as (link, place, old sentence, new sentence).
    """

    of: datetime
    is_signed: bool
    count: int
    first: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class ReportOnSite:
    """One report: a study with its parameters.

    state: ISO3 code of a brief on one State, else "". scope: other parameters that are not defaults.
    editions: newest first. failed_at, failed_why: the last failure. waits_for: what it waits for, in words.
    fallen: sentences of an earlier edition that no longer hold. why: link to the causes, if they are known.
    """

    anchor: str
    study: str
    title: str
    state: str = ""
    scope: str = ""
    editions: tuple[EditionOnSite, ...] = ()
    failed_at: datetime | None = None
    failed_why: str = ""
    waits_for: str = ""
    fallen: FallenSentences | None = None
    why: str = ""

    @property
    def has_failed(self) -> bool:
        """Whether the last run failed: a failure before the newest edition is over."""
        newest = self.editions[0].made if self.editions else None
        return self.failed_at is not None and (newest is None or self.failed_at > newest)

    @property
    def status(self) -> str:
        """Status of its newest edition, or that there is none."""
        return self.editions[0].status if self.editions else FAILED

    @property
    def stands(self) -> EditionOnSite | None:
        """The signed edition that counts, where a newer one waits for signatures."""
        return next((e for e in self.editions[1:] if e.status == SIGNED), None)

    @property
    def name(self) -> str:
        """State and title, as a list prints them."""
        place = short_name(self.state) if self.state else ""
        return f"{place}: {self.title}" if place and place not in self.title else self.title


@dataclass(frozen=True)
class Site:
    """All reports of the reviewers' site.

    as_of: time of the newest edition or failure. since: what was made after this moment is new. unread:
    folders that could not be read.
    """

    reports: Sequence[ReportOnSite]
    as_of: datetime | None = None
    since: datetime | None = None
    unread: Sequence[str] = field(default=())

    def is_recent(self, moment: datetime) -> bool:
        """Whether something was made in the days that count as new."""
        return self.since is not None and moment > self.since


def render_site(site: Site) -> str:
    """Write the page of the site as HTML; it loads nothing from the network and works without its script."""
    states = sorted({r.state for r in site.reports if r.state}, key=alphabetical_key)
    with_editions = [r for r in site.reports if r.editions]
    notes = dict.fromkeys(filter(None, (note_on_state_name(short_name(s)) for s in states)))
    page = page_template("site.html", day=_day, moment=_moment, look=LOOKS.get).render(
        site=site,
        css=page_file("page.css") + page_file("site.css"),
        js=page_file("site.js"),
        groups=_groups(site.reports),
        map=world_map({s: _link(s, site.reports) for s in states}),
        has_states=bool(states),
        legend=LOOKS,
        notes=(DISCLAIMER, UNSETTLED, *notes),
        demo=sum(r.editions[0].is_demo for r in with_editions),
        of=len(with_editions),
        failed=[r for r in site.reports if r.has_failed],
        to_sign=_to_sign(site.reports),
        new=[
            r for r in site.reports if len(r.editions) == 1 and site.is_recent(r.editions[0].made)
        ],
        changed=[r for r in _again(site) if r.editions[0].has_changed],
        same=[r for r in _again(site) if not r.editions[0].has_changed],
        fallen=[r for r in site.reports if r.fallen and r.fallen.is_signed],
        at_first=LINES_AT_HEAD,
        editions_shown=EDITIONS_SHOWN,
        draft=DRAFT,
    )
    return with_content_security(page, page_file("site.js"))


def _again(site: Site) -> list[ReportOnSite]:
    """Reports with a recent edition that is not their first."""
    found = [r for r in site.reports if len(r.editions) > 1 and site.is_recent(r.editions[0].made)]
    return sorted(found, key=_place)


def _to_sign(reports: Sequence[ReportOnSite]) -> list[ReportOnSite]:
    """Reports whose newest edition is not signed; first those that lack one signature only."""
    waiting = [r for r in reports if r.editions and r.status != SIGNED]
    return sorted(waiting, key=_urgency)


def _urgency(report: ReportOnSite) -> tuple[int, bool, bool, str]:
    last = report.editions[0]
    return -len(last.signed), report.status == DRAFT, not last.has_changed, _place(report)


def _place(report: ReportOnSite) -> str:
    """Sorts studies and regions before States, and States by name."""
    return f"{alphabetical_key(report.state) if report.state else ''} {report.title}"


def _groups(reports: Sequence[ReportOnSite]) -> list[tuple[str, list[ReportOnSite]]]:
    of_states = sorted((r for r in reports if r.state), key=_place)
    groups = (("Studies and regions", [r for r in reports if not r.state]), ("States", of_states))
    return [(title, found) for title, found in groups if found]


def _link(state: str, reports: Sequence[ReportOnSite]) -> StateLink:
    """Link of a State on the map: to its first report, in the look of the one that needs most attention."""
    own = sorted((r for r in reports if r.state == state), key=lambda r: r.title)
    stages = [FAILED if r.has_failed else r.status for r in own]
    first = next(stage for stage in LOOKS if stage in stages)
    told = "; ".join(f"{r.title}, {s.lower()}" for r, s in zip(own, stages, strict=True))
    return StateLink(f"#{own[0].anchor}", LOOKS[first], f"{short_name(state)}: {told}")


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B} {moment.year}"


def _moment(moment: datetime) -> str:
    return f"{_day(moment)}, {moment:%H:%M} UTC"
