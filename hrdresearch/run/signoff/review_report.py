"""Comments on a paragraph of a report, closes a comment, and signs a report for a desk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html  # type: ignore[import-untyped]

from hrdresearch.privacy.desk_keys import find_signer, sign_as_desk
from hrdresearch.run.check import check, find_build, read_index
from hrdresearch.run.decisions import check_desk
from hrdresearch.run.editions import find_report
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import read_json
from hrdresearch.run.signoff.book import (
    BY_LABEL,
    DESKS_NEEDED,
    Comment,
    SignOff,
    Standing,
    changed_review,
    hash_to_sign,
    now,
    said_of,
    standing_of,
)
from hrdresearch.run.site.make_site import PAGE, make_site

BEGINNING = 60  # letters of the paragraph that a comment keeps, to find it again
NOT_LOOKED = (
    "The comment was not searched for names: the work folder holds no names index of this build. "
    "Write about paragraphs and numbers, never about persons"
)


def comment(report: Path, paragraph: str, text: str, desk: str, work: Path | None) -> list[str]:
    """Keep a comment on a paragraph; returns lines for the screen.

    paragraph: its number, or the anchor of a table or figure (table-1). RunError if the page has no such
    paragraph, the text is empty or holds a name of a case list, or the label of the desk is not valid.
    """
    check_desk(desk)
    edition, manifest = _opened(report)
    anchor, begins = _paragraph(edition, paragraph)
    if not (words := " ".join(text.split())):
        raise RunError("The comment is empty: write it between quotation marks")
    told = _names_looked_for(words, manifest, work)
    with changed_review(edition) as held:
        number = max((c.number for c in held[0].comments), default=0) + 1
        made = Comment(number, anchor, begins, desk, now(), words)
        held[0] = replace(held[0], comments=(*held[0].comments, made))
    _renew_site(edition)
    return [*told, f"Comment {number} on {anchor} is kept; it is open until somebody closes it"]


def close(report: Path, number: int, desk: str) -> str:
    """Close a comment; RunError if there is no open comment with this number."""
    check_desk(desk)
    edition, _ = _opened(report)
    with changed_review(edition) as held:
        if number not in {c.number for c in held[0].open_comments}:
            raise RunError(f"There is no open comment {number} on edition {edition.name}")
        closed = tuple(
            replace(c, closed_by=desk, closed_at=now()) if c.number == number else c
            for c in held[0].comments
        )
        held[0] = replace(held[0], comments=closed)
    _renew_site(edition)
    return f"Comment {number} is closed by {desk}"


def sign(report: Path, desk: str, work: Path | None, passphrase: str = "") -> list[str]:
    """Sign a report for a desk, over the hash of its page and its numbers; returns lines for the screen.

    passphrase: of the desk's key, where desks have keys. RunError if the report is internal, does not pass
    ``check``, or has open comments; KeyProblem for a wrong key or passphrase.
    """
    check_desk(desk)
    edition, manifest = _opened(report)
    found = check(edition, work)
    if found.problems:
        raise RunError(
            f"Edition {edition.name} does not pass check, so it cannot be signed: {found.problems[0]}"
        )
    digest = hash_to_sign(edition)
    said = said_of(manifest, digest)
    signature = sign_as_desk(desk, said, passphrase)
    key = find_signer(desk, said, signature) if signature else None
    with changed_review(edition) as held:
        if waiting := held[0].open_comments:
            raise RunError(
                f"{len(waiting)} comment(s) are open, on {', '.join(c.paragraph for c in waiting)}: close "
                "them first (hrdresearch review comment REPORT --close NUMBER)"
            )
        made = SignOff(desk, now(), digest, key.raw.hex() if key else "", signature)
        others = tuple(s for s in held[0].signatures if s.role != desk)
        held[0] = replace(held[0], signatures=(*others, made))
        standing = standing_of(edition, manifest, held[0])
    _renew_site(edition)
    by_label = (
        () if key else (f"Signed {BY_LABEL}. Give each desk a key: hrdresearch key --desk {desk}",)
    )
    return [*by_label, *_in_words(standing)]


def take_back(report: Path, desk: str) -> str:
    """Take back the signature of a desk; RunError if there is none."""
    check_desk(desk)
    edition, _ = _opened(report)
    with changed_review(edition) as held:
        others = tuple(s for s in held[0].signatures if s.role != desk)
        if others == held[0].signatures:
            raise RunError(f"{desk} has not signed edition {edition.name}")
        held[0] = replace(held[0], signatures=others)
    _renew_site(edition)
    return f"The signature of {desk} on edition {edition.name} is taken back"


class Status(NamedTuple):
    """Status of a review: lines on the edition, its signatures and open comments."""

    lines: list[str]
    is_signed: bool


def status(report: Path) -> Status:
    """Status of the review of a report; RunError if there is no report, or if it is internal."""
    edition, manifest = _opened(report)
    standing = standing_of(edition, manifest)
    name = f"{manifest['study']}/{manifest['parameter_slug']}, edition {edition.name}"
    comments = [
        f"Comment {c.number} on {c.paragraph} ({c.begins} ...), {c.by}, {c.at[:10]}: {c.text}"
        for c in standing.comments
    ]
    lines = [f"{name}: {manifest['title']}", *_in_words(standing), *comments]
    return Status(lines, standing.is_signed)


def _in_words(standing: Standing) -> list[str]:
    lines = [f"{role} has signed, {words}" for role, words in standing.signed.items()]
    lines += [line[0].upper() + line[1:] for line in standing.void]
    if standing.is_signed:
        return [*lines, f"Signed by {DESKS_NEEDED} different desks"]
    missing = DESKS_NEEDED - len(standing.signed)
    return [*lines, f"Not signed: {missing} more desk(s) must sign"]


def _opened(report: Path) -> tuple[Path, dict[str, Any]]:
    edition = find_report(report)
    manifest: dict[str, Any] = read_json(edition / "manifest.json")
    if manifest.get("is_internal"):
        raise RunError(
            "This report is internal and is never released, so it cannot be commented on or signed"
        )
    return edition, manifest


def _paragraph(edition: Path, given: str) -> tuple[str, str]:
    """Anchor and first words of a paragraph, table or figure of the page."""
    anchor = f"para-{given}" if given.isdigit() else given
    page = html.parse(str(edition / "report.html"))
    found = page.xpath("//*[@id=$anchor]", anchor=anchor)
    if not found:
        last = len(page.xpath("//*[starts-with(@id, 'para-')]"))
        raise RunError(
            f"The page has no {anchor}: its paragraphs are 1 to {last}; write table-1 for a table, figure-1 "
            "for a figure"
        )
    words = " ".join("".join(found[0].xpath(".//p//text()") or found[0].itertext()).split())
    return anchor, words[:BEGINNING].rpartition(" ")[0] or words[:BEGINNING]


def _names_looked_for(text: str, manifest: dict[str, Any], work: Path | None) -> list[str]:
    """RunError if a comment holds a name of the lists; returns a line if that could not be checked."""
    indexes = [
        read_index(find_build(about, str(manifest["edition"]), work)) if work else None
        for about in manifest["builds"]
    ]
    if any(not hit.passes_as_label for index in indexes if index for hit in index.find(text)):
        raise RunError(
            "The comment holds a name of a case list: write about paragraphs and numbers, without the person"
        )
    return [] if indexes and all(indexes) else [NOT_LOOKED]


def _renew_site(edition: Path) -> None:
    out = edition.parents[2]
    if (out / PAGE).is_file():
        make_site(out)
