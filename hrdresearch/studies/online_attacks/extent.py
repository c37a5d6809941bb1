"""What an archive holds: messages, accounts, languages and days, and how many are labelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hrdresearch.findings.empty_cells import NOT_RECORDED
from hrdresearch.findings.model import Claim, Finding
from hrdresearch.findings.sentences import claim_tag, is_printed, join_with_and
from hrdresearch.studies.online_attacks.claims import OnlineStudy
from hrdresearch.studies.online_attacks.languages import NOT_TOLD
from hrdresearch.studies.online_attacks.sentences import by_name


def extent_finding(study: OnlineStudy) -> Finding:
    """Messages, accounts, accounts addressed, times without zone, labels."""
    posts = study.posts
    no_zone = int((~posts["has_zone"] & posts["posted_at"].notna()).sum())
    no_time = int(posts["posted_at"].isna().sum())
    authors, targets = posts["author_id"].nunique(), posts["target_id"].nunique()
    no_target = int(posts["target_id"].isna().sum())
    addressed = "Accounts or persons addressed"
    messages, labelled = study.whole_and_labels()
    claims = [
        messages,
        study.count_in_archive(
            "extent.accounts",
            "Accounts that wrote them",
            "account",
            int(authors),
            measure="distinct:author_id",
        ),
        study.count_in_archive(
            "extent.targets", addressed, "account", int(targets), measure="distinct:target_id"
        )
        if targets
        else study.not_computable("extent.targets", addressed, "account", NOT_RECORDED),
        study.count_in_archive(
            "extent.no_target",
            "Messages without a recorded account that they address",
            "message",
            no_target,
            filter={"target_id": {"recorded": False}},
        ),
        study.count_in_archive(
            "extent.no_time",
            "Messages without a time",
            "message",
            no_time,
            filter={"posted_at": {"recorded": False}},
        ),
        study.count_in_archive(
            "extent.no_zone",
            "Messages whose time has no zone, taken as UTC",
            "message",
            no_zone,
            filter={"posted_at": {"recorded": True}, "has_zone": False},
        ),
        study.count_in_archive(
            "extent.drawn",
            "Messages drawn by chance for the sample",
            "message",
            study.messages_drawn,
            measure="build",
            filter={},
        ),
        labelled,
    ]
    beside = _days_and_languages(study)
    statements = _what_the_archive_holds(by_name([*claims, *beside]), study.is_demo)
    return study.list_of_numbers(
        "extent",
        "The archive and its labelled sample",
        "What",
        claims,
        beside=beside,
        statements=statements,
        key_sentences=statements[:1],
        notes=(
            "What was collected decides what is in the archive; nothing is said of messages "
            "outside it.",
        ),
    )


def _days_and_languages(study: OnlineStudy) -> list[Claim]:
    """Claims of the days from the first message to the last, and of the number of languages."""
    days = study.posts["posted_at"].dropna().dt.normalize()
    codes = sorted(set(study.posts["language_code"].astype("object")) - {NOT_TOLD})
    claims = []
    if len(days):
        span = study.count_in_archive(
            "extent.days",
            "Days from the first message to the last",
            "day",
            int((days.max() - days.min()).days) + 1,
            is_of_persons=False,
            measure="computed",
            filter={},
        )
        claims.append(replace(span, rows=None))
    if codes:
        claims.append(
            study.count_in_archive(
                "extent.languages",
                "Languages that were told",
                "language",
                len(codes),
                is_of_persons=False,
                measure="distinct:language_code",
                filter={"language_code": codes},
            )
        )
    return claims


def _what_the_archive_holds(claims: Mapping[str, Claim], is_demo: bool) -> tuple[str, ...]:
    """Paragraphs on the archive, on its labels, and on what is not recorded in it."""
    languages, days = (
        f" {link} {claim_tag(claims[name], f'of:{noun}')}" if name in claims else ""
        for name, link, noun in (
            ("extent.languages", "in", "language"),
            ("extent.days", "over", "day"),
        )
    )
    addressed = (
        "; whom they address is not recorded"
        if claims["extent.targets"].status == "not_computable"
        else f" and addressed to {claim_tag('extent.targets', 'of:account')}"
    )
    unknown = join_with_and(
        [
            f"{words} for {claim_tag(claims[name], 'of:message')}"
            for name, words in (
                ("extent.no_time", "no time is recorded"),
                ("extent.no_target", "no account is recorded that they address"),
            )
            if is_printed(claims[name])
        ]
    )
    return (
        f"The archive holds {claim_tag('extent.messages', 'of:message')}{languages}{days}, written by "
        f"{claim_tag('extent.accounts', 'of:account')}{addressed}."
        f"{' Every message, account and label is invented.' if is_demo else ''}",
        f"For the sample, {claim_tag('extent.drawn', 'of:message')} were drawn by chance, and people "
        f"labelled {claim_tag('extent.labelled', 'none')} of them."
        f"{f' {unknown[:1].upper()}{unknown[1:]}.' if unknown else ''}",
    )
