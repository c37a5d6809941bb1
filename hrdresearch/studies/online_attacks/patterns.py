"""Patterns of an archive: bursts, the same text or link from many accounts, accounts posting in step.

A pattern never names or lists an account. Bursts and posting in step are those of messages that
the coder marked; they show a pattern and are no count of attacks.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil

import pandas as pd

from hrdresearch.findings.model import Claim, Finding
from hrdresearch.privacy.policy import FEWEST_SHOWN
from hrdresearch.stats.bursts import find_bursts
from hrdresearch.stats.coordination import find_same_content_groups, one_row_per_link
from hrdresearch.stats.synchrony import find_synchronous_pairs
from hrdresearch.studies.online_attacks.claims import OnlineStudy
from hrdresearch.studies.online_attacks.sentences import (
    by_name,
    sentence_on_bursts,
    sentence_on_groups,
    sentence_on_pairs,
)
from hrdresearch.studies.online_attacks.tables import table_columns, table_row

ACCOUNTS, TEXT_HOURS, LINK_HOURS = 5, 24, 1
BURSTS = (
    ("bursts", "Bursts of marked messages against one account", "burst"),
    ("burst_messages", "Marked messages in bursts", "message"),
    ("burst_targets", "Accounts that met a burst", "account"),
    ("bursts_by_chance", "Bursts that chance alone would give, at most", "burst"),
)
SHARED = (
    ("texts", "Groups of nearly the same text from five accounts or more within a day"),
    ("links", "Groups of the same link from five accounts or more within an hour"),
)
LEFT_OUT = (
    "Messages without a time, or without a recorded account that they address, and messages in a "
    "language without vocabulary cannot be part of these patterns: what they hold is not known."
)


def bursts_finding(study: OnlineStudy) -> Finding:
    """Bursts of marked messages against the baseline of each account that receives them."""
    claims = _burst_claims(study)
    statements = tuple(filter(None, [sentence_on_bursts(by_name(claims))]))
    return study.list_of_numbers(
        "patterns",
        "Bursts of marked messages",
        "Pattern",
        claims,
        statements=statements,
        key_sentences=statements,
        notes=(
            "A burst is measured against the account's own four weeks before, from the first message "
            "to it that the archive holds. News of the account also brings many messages at once: a "
            "burst does not say that anybody organized it.",
            "By chance: at most so many days would pass the limit if every account had its own rate "
            "and its own spread of days (negative binomial) and nothing else happened. Accounts whose "
            "days differ in a wilder way give more.",
            LEFT_OUT,
        ),
    )


def _burst_claims(study: OnlineStudy) -> list[Claim]:
    """Bursts, their messages and accounts, and how many chance would give at most."""
    known = study.posts.dropna(subset=["posted_at", "target_id"])
    marked = known[known["is_marked"]]
    since = known["posted_at"].groupby(known["target_id"].astype("object").to_numpy()).min()
    found = None
    if len(known):
        last = study.posts["posted_at"].max()
        found = find_bursts(marked["target_id"].astype("object"), marked["posted_at"], since, last)
    if found is None:
        return [study.not_computable(f"patterns.{k}", w, u) for k, w, u in BURSTS]
    persons = int(found.found["target"].nunique())
    values = (len(found.found), int(found.found["messages"].sum()), persons)
    claims = [
        study.pattern_count(f"patterns.{k}", w, u, n, persons)
        for (k, w, u), n in zip(BURSTS, values, strict=False)
    ]
    most = ceil(10 * found.by_chance) / 10
    key, words, unit = BURSTS[-1]
    expected = study.pattern_count(f"patterns.{key}", words, unit, 0, 0)
    return [*claims, replace(expected, value=most, text=f"{most:.1f}")]


def coordination_finding(study: OnlineStudy) -> Finding:
    """The same text, or the same link, from many accounts within a short window."""
    posts = study.posts
    is_timed = bool(posts["posted_at"].notna().any())
    texts = find_same_content_groups(posts, ACCOUNTS, TEXT_HOURS)
    links = find_same_content_groups(one_row_per_link(posts), ACCOUNTS, LINK_HOURS, by="link_id")
    claims: list[Claim] = []
    rows = []
    for key, words, found in (
        ("texts", "Nearly the same text from five accounts or more within a day", texts),
        ("marked_texts", "Of these, with a message that the coder marked", _marked(texts)),
        ("links", "The same link from five accounts or more within an hour", links),
        ("marked_links", "Of these, with a message that the coder marked", _marked(links)),
    ):
        shared = "link_ids" if "links" in key else "near_id"
        made = _group_claims(study, f"coordination.{key}", words, found, shared, is_timed)
        claims += made
        rows.append(table_row(words, made))
    statements = tuple(
        filter(None, [sentence_on_groups(by_name(claims), key, words) for key, words in SHARED])
    )
    return study.finding(
        "coordination",
        "The same text, or the same link, from many accounts",
        table_columns(
            "Pattern",
            groups="Groups",
            messages="Messages in their fullest window",
            largest="Accounts in the largest",
        ),
        rows,
        claims,
        statements=statements,
        key_sentences=statements[:1],
        notes=(
            "Near-identical texts may be spread by people who agree, solidarity among them. A link "
            "of a news site is shared by many who know nothing of each other; short addresses of "
            "a link shortener are not resolved. A group does not say who organized it, and no "
            "account, text or address is shown. Messages without a time are left out.",
        ),
        unit="groups of messages",
    )


def synchrony_finding(study: OnlineStudy) -> Finding:
    """Accounts whose marked messages often meet within a minute, and how many would by chance."""
    marked = study.posts[study.posts["is_marked"]]
    found = find_synchronous_pairs(marked["author_id"], marked["posted_at"])
    if found is not None:
        counted = (
            ("pairs", "Pairs of accounts in step", "pattern", found.pairs, found.accounts),
            ("accounts", "Accounts in these pairs", "account", found.accounts, found.accounts),
            ("groups", "Groups that the pairs form", "pattern", found.groups, found.accounts),
            ("largest", "Accounts in the largest group", "account", found.largest, found.largest),
        )
        claims = [study.pattern_count(f"synchrony.{k}", w, u, n, p) for k, w, u, n, p in counted]
        expected = study.pattern_count(
            "synchrony.expected",
            "Pairs in step by chance, on average, rounded",
            "pattern",
            round(found.expected),
            FEWEST_SHOWN,
        )
        high = study.pattern_count(
            "synchrony.high",
            "Pairs in step by chance, at most (of forty archives, one has more)",
            "pattern",
            round(found.high),
            FEWEST_SHOWN,
        )
        hours = study.pattern_count(
            "synchrony.hours",
            "Hours in which a pair must meet",
            "hour",
            found.hours,
            FEWEST_SHOWN,
        )
        claims += [expected, high, hours]
    else:
        claims = [study.not_computable("synchrony.pairs", "Pairs of accounts in step", "pattern")]
    return study.list_of_numbers(
        "synchrony",
        "Accounts whose marked messages come within a minute of each other, again and again",
        "What",
        claims,
        statements=tuple(filter(None, [sentence_on_pairs(by_name(claims))])),
        notes=(
            "Two accounts meet in an hour when each has a marked message within a minute of the "
            "other's. Chance: every message is moved at random by up to four minutes, so that each "
            "account keeps its rhythm and what all react to stays; a crowd that reacts within very "
            "few minutes may look alike all the same. Accounts that post by a "
            "timetable (on the full hour) look alike without knowing of each other, and accounts "
            "of one hand that take turns are not seen. No account is named or listed. Not computable: "
            "no two accounts have marked messages with a time in three hours or more.",
            LEFT_OUT,
        ),
        unit="accounts and pairs of accounts",
    )


def _marked(groups: pd.DataFrame) -> pd.DataFrame:
    return groups[groups["is_marked"].astype(bool)]


def _group_claims(
    study: OnlineStudy, name: str, words: str, groups: pd.DataFrame, shared: str, is_timed: bool
) -> list[Claim]:
    among = {"filter": {shared: {"recorded": True}}}
    fewest = int(groups["accounts"].min()) if len(groups) else 0
    largest = int(groups["accounts"].max()) if len(groups) else 0
    messages = int(groups["messages"].sum())
    if not is_timed:
        parts = (
            ("", "groups", "pattern"),
            (".messages", "messages", "message"),
            (".largest", "accounts in the largest", "account"),
        )
        return [study.not_computable(f"{name}{k}", f"{words}: {w}", u) for k, w, u in parts]
    return [
        study.pattern_count(name, f"{words}: groups", "pattern", len(groups), fewest, **among),
        study.pattern_count(
            f"{name}.messages", f"{words}: messages", "message", messages, fewest, **among
        ),
        study.pattern_count(
            f"{name}.largest",
            f"{words}: accounts in the largest",
            "account",
            largest,
            largest,
            **among,
        ),
    ]
