"""Shared links, posting in step, events of other builds; and estimates that hold their promise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from study_builds import RESTRICTED, facts, make_build

from hrdresearch.linkage.near_texts import TOO_SHORT, group_near_texts, hash_bands
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.stats.coordination import (
    find_same_content_groups,
    fullest_window,
    one_row_per_link,
)
from hrdresearch.stats.prevalence import estimate_prevalence
from hrdresearch.stats.ratio import estimate_prevalence_with_machine, estimate_ratio
from hrdresearch.stats.sampling import draw_sample
from hrdresearch.stats.synchrony import find_synchronous_pairs
from hrdresearch.studies.ground.build import Build, current_build
from hrdresearch.studies.online_attacks.machine import chance_in_first_part
from hrdresearch.studies.online_attacks.study import OnlineAttacks

MONDAY = pd.Timestamp("2022-01-03 10:00")


def test_texts_in_groups_are_those_whose_bands_agree_and_strangers_are_not_chained() -> None:
    chance = np.random.default_rng(3)
    words = [f"word{i}" for i in range(400)]
    texts = [" ".join(chance.choice(words, 18)) for _ in range(2000)]
    texts += [texts[0] + " ok", texts[0].upper(), "short"]
    keys = hash_bands(texts)
    found = group_near_texts(keys[:, band] for band in range(keys.shape[1]))
    assert np.flatnonzero(found >= 0).tolist() == [0, 2000, 2001]
    assert (keys[-1] == TOO_SHORT).all()


def test_a_link_counts_when_many_accounts_share_it_within_the_hour() -> None:
    posts = pd.DataFrame(
        {
            "link_ids": ["a|b"] * 5 + ["c"] * 5 + [None],
            "author_id": [*"vwxyz", *"vwxyz", "v"],
            "posted_at": [MONDAY + pd.Timedelta(minutes=10 * i) for i in range(5)]
            + [MONDAY + pd.Timedelta(hours=2 * i) for i in range(5)]
            + [MONDAY],
            "is_marked": [False] * 4 + [True] + [False] * 6,
        }
    )
    found = find_same_content_groups(one_row_per_link(posts), accounts=5, hours=1, by="link_id")
    assert found[["link_id", "messages", "accounts", "is_marked"]].to_numpy().tolist() == [
        ["a", 5, 5, True],
        ["b", 5, 5, True],
    ]


def test_the_fullest_window_counts_each_account_once() -> None:
    times = (MONDAY + pd.to_timedelta([0, 1, 2, 90, 91, 92, 93], unit="min")).to_numpy()
    found = fullest_window(times, np.array([0, 0, 1, 0, 1, 2, 2]), np.timedelta64(1, "h"))
    assert found == (3, 7, 3)


def crowd(messages: int = 4000, accounts: int = 200) -> pd.DataFrame:
    """Accounts that post at random over sixty days."""
    chance = np.random.default_rng(5)
    seconds = chance.integers(0, 60 * 86_400, messages)
    return pd.DataFrame(
        {
            "author": [f"a{i}" for i in chance.integers(0, accounts, messages)],
            "at": MONDAY + pd.to_timedelta(seconds, unit="s"),
        }
    )


def test_accounts_that_post_in_step_stand_out_and_a_crowd_does_not() -> None:
    people = crowd()
    alone = find_synchronous_pairs(people["author"], people["at"])
    assert alone is not None and (alone.pairs, alone.groups) == (0, 0)
    chance = np.random.default_rng(6)
    times = MONDAY + pd.to_timedelta(chance.integers(0, 60 * 86_400, 8), unit="s")
    bots = pd.DataFrame(
        [(f"bot{i}", at + pd.Timedelta(seconds=7 * i)) for at in times for i in range(5)],
        columns=["author", "at"],
    )
    both = pd.concat([people, bots])
    found = find_synchronous_pairs(both["author"], both["at"])
    assert found is not None
    assert (found.pairs, found.accounts, found.groups, found.largest) == (10, 5, 1, 5)
    assert found.expected < 1


def test_what_all_react_to_is_no_posting_in_step() -> None:
    chance = np.random.default_rng(7)
    hours = np.repeat(np.arange(12) * 5, 60)  # everybody posts in the same twelve hours
    seconds = hours * 3600 + chance.integers(0, 3600, len(hours))
    found = find_synchronous_pairs(
        pd.Series([f"a{i % 60}" for i in range(len(hours))]),
        pd.Series(MONDAY + pd.to_timedelta(seconds, unit="s")),
    )
    assert found is not None and found.pairs <= found.high


def test_a_crowd_that_reacts_within_a_quarter_of_an_hour_is_no_posting_in_step() -> None:
    chance = np.random.default_rng(0)
    news = np.repeat(chance.integers(0, 30 * 86_400, 60), 30)
    seconds = news + chance.exponential(900, len(news)).astype(int)
    found = find_synchronous_pairs(
        pd.Series(chance.integers(0, 80, len(news))),
        pd.Series(MONDAY + pd.to_timedelta(seconds, unit="s")),
    )
    assert found is not None and found.pairs <= found.high


# -- estimates ---------------------------------------------------------------------------------


def simulated(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """An archive of accounts that are alike in themselves, and a sample of it."""
    chance = np.random.default_rng(seed)
    of = chance.integers(0, 500, 5000)
    true = chance.random(5000) < chance.beta(0.2, 1.3, 500)[of]
    said = chance.random(5000) < np.where(true, 0.75, 0.08)
    band = np.where(said, "high", np.where(chance.random(5000) < 0.3, "middle", "low"))
    frame = pd.DataFrame({"true": true, "said": said, "stratum": band, "account": of})
    sample = frame[draw_sample(frame["stratum"], pd.Series(chance.random(5000)), 350)]
    return frame, sample.reset_index(drop=True)


@pytest.mark.long
def test_intervals_of_precision_and_recall_cover_the_truth() -> None:
    covered = {"precision": 0, "recall": 0}
    runs = 120
    for seed in range(runs):
        frame, sample = simulated(seed)
        sizes = frame["stratum"].value_counts().to_dict()
        true, said = (sample[c].to_numpy() for c in ("true", "said"))
        for name, found, truth in (
            ("precision", estimate_ratio(true.astype(float), said, sample["stratum"], sizes),
             frame.loc[frame["said"], "true"].mean()),
            ("recall", estimate_ratio(said.astype(float), true, sample["stratum"], sizes),
             frame.loc[frame["true"], "said"].mean()),
        ):  # fmt: skip
            assert found.low is not None and found.high is not None
            covered[name] += found.low <= truth <= found.high
    assert all(0.93 <= n / runs <= 0.985 for n in covered.values()), covered


def test_a_recall_allows_for_what_may_stand_unseen_in_a_large_group() -> None:
    # Thirty threats, all marked; of 4,000 messages without a mark a hundred were read, none a threat.
    stratum = pd.Series(["high"] * 30 + ["low"] * 100)
    threat = np.arange(130) < 30
    found = estimate_ratio(threat.astype(float), threat, stratum, {"high": 60, "low": 4000})
    assert found.share == 1 and found.high == 1
    assert found.low is not None and found.low < 0.5  # three in a hundred unseen would be 120


def test_a_share_of_an_archive_that_was_read_in_full_and_holds_none_is_certain() -> None:
    stratum, among = pd.Series(["high", "high", "low"]), np.array([True, True, False])
    found = estimate_ratio(np.zeros(3), among, stratum, {"high": 2, "low": 1})
    assert (found.share, found.low, found.high) == (0, 0, 0)


def test_a_good_machine_makes_the_assisted_interval_narrower_than_the_plain_one() -> None:
    chance = np.random.default_rng(1)
    true = chance.random(4000) < 0.2
    said = np.where(chance.random(4000) < 0.95, true, ~true)
    sample = chance.permutation(4000)[:400]
    one = pd.Series(["all"] * 400)
    holds = pd.Series(true[sample])
    plain = estimate_prevalence(holds, one, {"all": 4000})
    found = estimate_prevalence_with_machine(
        holds, pd.Series(said[sample]), one, {"all": int(said.sum())}, {"all": 4000}
    )
    assert found.high - found.low < 0.7 * (plain.high - plain.low)


def test_of_messages_with_the_same_score_only_as_many_are_met_as_fit() -> None:
    scores = np.array([9.0] * 5 + [0.0] * 95)
    assert chance_in_first_part(scores, np.array([9.0, 0.0]), 0.05).tolist() == [1.0, 0.0]
    assert chance_in_first_part(scores, np.array([9.0, 0.0]), 0.10) == pytest.approx([1.0, 5 / 95])
    assert chance_in_first_part(scores, np.array([9.0, 0.0]), 0.02) == pytest.approx([0.4, 0.0])


# -- events of other builds --------------------------------------------------------------------


def archive(folder: Path) -> SourceFile:
    file = folder / "posts.jsonl"
    rows = [
        {
            "id": f"m{i}",
            "time": (pd.Timestamp("2020-04-01") + pd.Timedelta(days=i)).isoformat() + "Z",
            "text": "We will kill you",
            "author": f"writer{i % 20}-demo",
            "target": f"person{i % 6}-demo",
        }
        for i in range(60)
    ]
    file.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return SourceFile("posts", file, True)


def crosswalk(folder: Path, *rows: tuple[str, str, str]) -> SourceFile:
    file = folder / "persons.csv"
    pd.DataFrame(rows, columns=["person", "study", "record"]).to_csv(file, index=False)
    return SourceFile("post-persons", file, True)


def with_killings(work: Path) -> list[str]:
    """Six killings in a build of the study killings; the last on a day that is not known."""
    records = [f"{0xABC0 + i:020x}" for i in range(6)]
    rows: list[dict[str, Any]] = [{"victim_id": r} for r in records]
    rows[5] |= {"event_date_precision": "month"}
    make_build(work, rows, [facts(policy=RESTRICTED)])
    return records


def open_build(folder: Path, *files: SourceFile) -> Build:
    build("online-attacks", list(files), folder / "work")
    return current_build("online-attacks", folder / "work")


def test_killings_of_persons_a_researcher_recognized_are_read_from_their_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    records = with_killings(tmp_path / "work")
    people = crosswalk(
        tmp_path,
        *((f"@person{i}-demo", "killings", r) for i, r in enumerate(records)),
        ("person1-demo", "killings", "f" * 20),
        ("person1-demo", "visits", "f" * 20),
    )
    made = open_build(tmp_path, archive(tmp_path), people)
    events = made.table("offline_events")
    assert events["event_code"].tolist() == ["killing"] * 5
    assert set(events["target_id"]) <= set(made.table("posts")["target_id"])
    told = {q["slug"]: q for q in made.extras("quality")}["post-persons"]
    assert (told["rows_in"], told["accepted"], told["set_aside"]) == (8, 5, 3)
    content = (made.folder / "linked.json").read_text() + events.to_csv()
    assert not any(r in content for r in records)

    study = OnlineAttacks(made, {"days_before": 10})
    assert study.policy.public_by_name is False
    found = {c.name: c for c in study.offline().claims}
    # The list of killings is restricted: how many of its persons are here is no cell of its plan.
    assert found["offline.linked_events"].status == "suppressed"
    assert (found["offline.events"].value, found["offline.persons"].value) == (5, 5)
    assert found["offline.before"].value > 0 and found["offline.before.expected"].value is not None
    assert "list-a, invented." in "".join(study.offline().notes)


@pytest.mark.parametrize("killed", [6, 7])
def test_events_are_told_to_the_nearest_five_because_each_killing_is_a_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed: int
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    records = [f"{0xABC0 + i:020x}" for i in range(killed)]
    make_build(tmp_path / "work", [{"victim_id": r} for r in records], [facts(policy=RESTRICTED)])
    people = crosswalk(
        tmp_path, *((f"@person{i % 6}-demo", "killings", r) for i, r in enumerate(records))
    )
    study = OnlineAttacks(open_build(tmp_path, archive(tmp_path), people), {})
    found = {c.name: c for c in study.offline().claims}
    assert found["offline.events"].value == 5 and found["offline.linked_events"].value is None


def test_a_new_build_of_killings_makes_a_new_build_of_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    records = with_killings(tmp_path / "work")
    files = (archive(tmp_path), crosswalk(tmp_path, ("person1-demo", "killings", records[0])))
    first = open_build(tmp_path, *files)
    assert open_build(tmp_path, *files).build_id == first.build_id
    make_build(tmp_path / "work", [{"victim_id": records[0]}], [facts()], build_id="b2")
    assert open_build(tmp_path, *files).build_id != first.build_id


def test_without_the_build_that_a_crosswalk_speaks_of_nothing_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    people = crosswalk(tmp_path, ("person1-demo", "imprisonment", "a" * 20))
    with pytest.raises(RunError, match="Build imprisonment first"):
        open_build(tmp_path, archive(tmp_path), people)
