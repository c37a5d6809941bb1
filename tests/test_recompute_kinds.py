"""The script that recomputes numbers: of each kind the right number passes, a changed one is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from recompute_case import claim, recompute_scripts, told

from hrdresearch.stats.agreement import measure_agreement
from hrdresearch.stats.bursts import find_bursts
from hrdresearch.stats.coordination import find_same_content_groups
from hrdresearch.stats.krippendorff import krippendorff_alpha
from hrdresearch.stats.near_events import count_near_events
from hrdresearch.stats.prevalence import estimate_prevalence
from hrdresearch.stats.ratio import estimate_prevalence_with_machine, estimate_ratio
from hrdresearch.stats.synchrony import find_synchronous_pairs
from hrdresearch.studies.upr.gap_to_others import mean_gap

DAYS, LISTED = 200, {"sources": {"list": "kept in the vault"}, "unit": "person"}
AGREES = ("agree", "agree within chance", "agree but for the rounding of a list")


@pytest.fixture(scope="module")
def script() -> Iterator[Any]:
    with recompute_scripts() as made:
        yield made


def archive() -> dict[str, pd.DataFrame]:
    """Invented messages: six accounts in step, one text from nine accounts, a burst; with labels."""
    chance = np.random.default_rng(7)
    n = 600
    hours = pd.Series(chance.integers(0, DAYS * 24, n) * 60 + chance.integers(0, 60, n))
    posts = pd.DataFrame({"minutes": hours, "author_id": chance.integers(0, 60, n)})
    posts["target_id"] = chance.choice(["t1", "t2", "t3"], n)
    posts["near_id"], posts["is_step"] = None, False
    step = pd.DataFrame(
        {"minutes": np.repeat(chance.integers(0, DAYS * 24, 12) * 60, 6), "is_step": True}
    )
    step["author_id"] = np.tile(np.arange(100, 106), 12)
    step["target_id"] = np.tile(["t1", "t2", "t3"], 24)
    same = pd.DataFrame({"minutes": 60000 + np.arange(9) * 50, "near_id": "n1"})
    same["author_id"] = np.arange(200, 209)
    burst = pd.DataFrame({"minutes": 150 * 1440 + np.arange(30), "target_id": "t1"})
    burst["author_id"] = np.arange(300, 330)
    posts = pd.concat([posts, step, same, burst], ignore_index=True)
    posts["posted_at"] = pd.Timestamp("2022-01-01") + pd.to_timedelta(posts["minutes"], unit="m")
    posts["target_id"] = posts["target_id"].fillna("t2")
    is_marked = posts["is_step"].eq(True) | posts["near_id"].notna() | posts["minutes"].gt(216000)
    is_marked |= chance.random(len(posts)) < 0.2
    posts["band_code"] = np.where(is_marked, "high", "low")
    posts["kind_codes"] = np.where(is_marked, "smear", "none")
    posts["score"] = is_marked + np.round(chance.random(len(posts)), 1)
    posts["link_ids"], posts["author_id"] = None, posts["author_id"].astype(str)
    events = pd.DataFrame({"target_id": ["t1", "t1", "t2"], "event_code": "detention"})
    events["event_date"] = pd.to_datetime(["2022-05-30", "2022-02-10", "2022-03-15"])
    return {"posts": posts, "post_labels": labels(posts), "offline_events": events}


def labels(posts: pd.DataFrame) -> pd.DataFrame:
    """Two coders' labels on messages drawn by chance from the two bands."""
    chance = np.random.default_rng(8)
    drawn = pd.concat([own.sample(90, random_state=3) for _, own in posts.groupby("band_code")])
    made = drawn[["band_code", "score"]].assign(post_id=drawn.index, stratum=drawn["band_code"])
    made["stratum_size"] = made["stratum"].map(posts["band_code"].value_counts())
    made = made.assign(machine_codes=drawn["kind_codes"], language_code="en", is_sampled=True)
    true = np.where(chance.random(len(made)) < 0.85, made["machine_codes"], "smear")
    second = np.where(chance.random(len(made)) < 0.9, true, "none")
    first = made.assign(coder="first", kind_codes=true)
    return pd.concat([first, made.assign(coder="second", kind_codes=second)], ignore_index=True)


def right_numbers(tables: dict[str, pd.DataFrame]) -> dict[str, float]:
    """The numbers of the archive by the package, by the name of their claim."""
    posts, both = tables["posts"], tables["post_labels"]
    first = both[both["coder"] == "first"].reset_index(drop=True)
    sizes = {str(k): int(v) for k, v in posts["band_code"].value_counts().items()}
    holds, said = (first[c].eq("smear") for c in ("kind_codes", "machine_codes"))
    marked = posts[posts["band_code"] == "high"].assign(is_marked=True)
    share = estimate_prevalence(holds, first["stratum"], sizes)
    with_coder = estimate_prevalence_with_machine(
        holds, said, first["stratum"], {"high": sizes["high"]}, sizes
    )
    recall = estimate_ratio(said.to_numpy(float), holds.to_numpy(), first["stratum"], sizes)
    coded = both.pivot(index="post_id", columns="coder", values="kind_codes").eq("smear")
    agreement = krippendorff_alpha(coded.astype(float))
    since = posts.groupby("target_id")["posted_at"].min()
    last = posts["posted_at"].max()
    bursts = find_bursts(marked["target_id"], marked["posted_at"], since, last)
    pairs = find_synchronous_pairs(marked["author_id"], marked["posted_at"])
    texts = find_same_content_groups(posts.assign(is_marked=posts["band_code"] == "high"))
    attacks = marked.rename(columns={"target_id": "target", "posted_at": "day"})
    events = tables["offline_events"].rename(columns={"target_id": "target", "event_date": "day"})
    period = (posts["posted_at"].min(), last)
    near = count_near_events(attacks, events, 7, 0, period)
    assert bursts and pairs and near and agreement.low and recall.low and recall.share
    return {
        "prevalence.smear": round(100 * share.share, 1),
        "prevalence.smear.low": round(100 * share.low, 1),
        "prevalence.smear.high": round(100 * share.high, 1),
        "assisted.smear.low": round(100 * with_coder.low, 1),
        "machine.all.smear.recall.share": round(100 * recall.share, 1),
        "machine.all.smear.recall.low": round(100 * recall.low, 1),
        "coders.attack": round(agreement.value or 0, 2),
        "coders.attack.low": round(agreement.low, 2),
        "patterns.bursts": len(bursts.found),
        "patterns.burst_messages": int(bursts.found["messages"].sum()),
        "synchrony.pairs": pairs.pairs,
        "synchrony.hours": pairs.hours,
        "synchrony.high": round(pairs.high),
        "coordination.texts": len(texts),
        "coordination.texts.messages": int(texts["messages"].sum()),
        "offline.before": near.counted,
        "offline.before.expected": round(near.expected),
        "offline.before.low": round(near.low),
        "offline.before.high": round(near.high),
    }


@pytest.fixture(scope="module")
def numbers() -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    tables = archive()
    kinds = {"filter": {"kind_codes": ["smear"]}}
    claims = {k: claim("online-attacks", v, **kinds) for k, v in right_numbers(tables).items()}
    days = {"offline.before.days": claim("online-attacks", 7)}
    return tables, claims | days | {"prevalence.attack": claims["prevalence.smear"]}


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("prevalence.smear", 0.2),
        ("prevalence.smear.low", 0.2),
        ("prevalence.smear.high", -0.2),
        ("assisted.smear.low", 0.2),
        ("machine.all.smear.recall.share", 0.2),
        ("machine.all.smear.recall.low", -0.2),
        ("coders.attack", 0.02),
        ("coders.attack.low", 0.1),  # drawn by chance, as all with a large step here
        ("patterns.bursts", 1),
        ("patterns.burst_messages", 1),
        ("synchrony.pairs", 1),
        ("synchrony.hours", 4),
        ("synchrony.high", 20),
        ("coordination.texts", 1),
        ("coordination.texts.messages", -1),
        ("offline.before", 1),
        ("offline.before.expected", 6),
        ("offline.before.low", 25),
        ("offline.before.high", 60),
    ],
)
def test_a_number_on_attacks_agrees_and_a_changed_one_is_found(
    script: Any,
    tmp_path: Path,
    numbers: tuple[dict[str, pd.DataFrame], dict[str, Any]],
    name: str,
    by: float,
) -> None:
    tables, claims = numbers
    codes = pd.crosstab(tables["posts"]["kind_codes"], tables["posts"]["band_code"])
    records = {"archive": {"said": codes.to_dict()}}
    assert told(script, tmp_path, tables, name, claims, records) in AGREES
    value = claims[name]["value"] + by
    other = claims | {name: claims[name] | {"value": value, "text": f"{value:.10g}"}}
    assert told(script, tmp_path, tables, name, other, records) == "differs"


def listed(value: int, **fields: Any) -> dict[str, Any]:
    return claim("killings", value, table="cases", measure="rows", **{**LISTED, **fields})


@pytest.mark.parametrize(
    ("value", "fields", "expected"),
    [
        (25, {}, "agree but for the rounding of a list"),
        (23, {}, "differs"),  # the count itself, and not rounded
        (40, {}, "differs"),
        (25, {"sources": {"list": "0f"}}, "differs"),  # a public list is not rounded
    ],
)
def test_a_number_of_a_restricted_list_is_rounded_and_near_its_count(
    script: Any, tmp_path: Path, value: int, fields: dict[str, Any], expected: str
) -> None:
    tables = {"cases": pd.DataFrame({"source": ["list"] * 23})}
    claims = {"by_source.list.victims": listed(value, **fields)}
    assert told(script, tmp_path, tables, "by_source.list.victims", claims) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from 35 to under 50 years", "agree"),
        ("under 18 years", "differs"),
        ("60 years or more", "differs"),
    ],
)
def test_a_class_of_a_median_holds_the_median_of_the_rows(
    script: Any, tmp_path: Path, text: str, expected: str
) -> None:
    rows = {"source": "list", "person_id": range(60), "age_years": [*range(20, 80)]}
    facts = [{"slug": "list", "policy": {"public_by_name": False}}]
    made = claim("imprisonment", text, text, table="cases", measure="text", unit="text", sources={})
    tables = {"detentions": pd.DataFrame(rows)}
    found = told(
        script,
        tmp_path,
        tables,
        "medians.age_years",
        {"medians.age_years": made},
        {"sources": facts},
    )
    assert found == expected


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("2", 4, "within bounds"),
        ("2", -1, "differs"),
        ("1", 10, "within bounds"),
        ("1", 7, "differs"),  # fewer than the rows that were read
    ],
)
def test_a_note_on_a_file_that_is_not_of_the_project_is_held_within_bounds(
    script: Any, tmp_path: Path, key: str, value: int, expected: str
) -> None:
    stem, made = "by_source.cpj.quality.note_1.number_", {"sources": {"cpj": "0f"}}
    claims = {f"{stem}{k}": claim("killings", n, **made) for k, n in (("1", 10), ("2", 4))}
    claims[f"{stem}{key}"] = claim("killings", value, **made)
    facts = [{"slug": "cpj", "file": "other.csv", "sha256": "0f"}]
    records = {"sources": facts, "quality": [{"slug": "cpj", "rows_in": 8}]}
    assert told(script, tmp_path, {}, f"{stem}{key}", claims, records) == expected


@pytest.mark.parametrize(
    ("end", "by", "expected"),
    [
        ("", 0, "agree"),
        ("", 0.2, "differs"),
        (".low", 0, "agree within chance"),
        (".low", 6, "differs"),
        (".high", 0, "agree within chance"),
        (".high", -6, "differs"),
    ],
)
def test_agreement_with_an_index_is_measured_again_with_other_draws(
    script: Any, tmp_path: Path, end: str, by: float, expected: str
) -> None:
    chance = np.random.default_rng(3)
    pairs = pd.DataFrame({"state_iso3": chance.choice(list("ABCDEFGHIJKLMN"), 400)})
    pairs["source_action_code"] = chance.choice(list("1245"), 400)
    given = np.where(chance.random(400) < 0.8, pairs["source_action_code"], "4")
    pairs = pairs.assign(action_code=given, source="upr-info")
    found = measure_agreement(
        pairs["source_action_code"].tolist(),
        given.tolist(),
        list("1245"),
        pairs["state_iso3"].tolist(),
    )
    low, high = found["intervals"]["macro_f1"]
    value = round(100 * {"": found["macro_f1"], ".low": low, ".high": high}[end], 1) + by
    name = f"by_source.upr_info.coding.action.macro_f1{end}"
    made = claim("upr", value, f"{value:.1f}", table="pairs", sources={"upr-info": "0f"})
    assert told(script, tmp_path, {"pairs": pairs}, name, {name: made}) == expected


@pytest.mark.parametrize(("key", "at"), [("compared", 0), ("points", 1), ("low", 2), ("high", 3)])
def test_the_gap_between_answers_is_computed_again(
    script: Any, tmp_path: Path, key: str, at: int
) -> None:
    chance = np.random.default_rng(4)
    rows = pd.DataFrame({"review_id": chance.integers(0, 80, 800), "source": "upr-info"})
    rows["state_iso3"] = (rows["review_id"] // 2).astype(str)  # each State was reviewed twice
    rows["source_action_code"] = chance.choice(list("245"), 800)
    rows["is_source_tagged"] = chance.choice(["yes", "no"], 800)
    rows["response_code"] = chance.choice(["supported", "noted", "pending"], 800)
    is_ours = rows["is_source_tagged"].eq("yes").map({True: "explicit", False: "no"})
    right = mean_gap(rows.assign(action_code=rows["source_action_code"], concern_code=is_ours))
    assert right is not None
    for by, expected in ((0, "agree"), (0.01, "differs")):
        made = claim("upr", right[at] + by, "1", table="recommendations", sources={"upr-info": "0"})
        name, tables = f"gap.{key}", {"recommendations": rows}
        assert told(script, tmp_path, tables, name, {name: made}) == expected


def test_states_asked_for_the_first_time_in_a_later_cycle_are_counted(
    script: Any, tmp_path: Path
) -> None:
    pairs = pd.DataFrame(
        [
            ("KEN", 1, "no"), ("KEN", 2, "no"),  # reviewed twice, never asked
            ("FJI", 1, "no"), ("FJI", 2, "yes"),  # asked in the later cycle
            ("PER", 1, "yes"), ("PER", 2, "no"),
            ("MLT", 1, "yes"), ("MLT", 2, "yes"),
        ],
        columns=["state_iso3", "cycle", "is_source_tagged"],
    )  # fmt: skip
    pairs = pairs.astype({"cycle": "Int64"}).assign(source="upr-info")
    wanted = {"reviewed_twice": 4, "reviewed_again": 2, "received_any_later": 2, "received_again": 1,
              "received_later": 1, "received_before": 1}  # fmt: skip
    fields = {"table": "pairs", "sources": {"upr-info": "0"}}
    claims = {f"repeats.{key}": claim("upr", n, **fields) for key, n in wanted.items()}
    found = {n: told(script, tmp_path, {"pairs": pairs}, n, claims) for n in claims}
    assert found == dict.fromkeys(claims, "agree")


@pytest.mark.parametrize(
    ("known", "value", "expected"),
    [
        (80, 40.0, "agree but for the rounding of a list"),
        (80, 45.0, "differs"),
        (200, 15.0, "agree but for the rounding of a list"),
        (200, 25.0, "differs"),
        (600, 6.0, "agree but for the rounding of a list"),
    ],
)
def test_a_share_of_a_restricted_list_is_as_fine_as_its_whole_bears(
    script: Any, tmp_path: Path, known: int, value: float, expected: str
) -> None:
    tables = {"cases": pd.DataFrame({"source": ["list"] * known})}
    claims = {
        "part": listed(35),
        "known": listed(known),
        "share": listed(0) | {"measure": "share:part:known", "unit": "per_cent", "value": value},
    }
    assert told(script, tmp_path, tables, "share", claims) == expected
