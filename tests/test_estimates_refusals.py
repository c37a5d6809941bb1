"""When no estimate is given, one reason at a time; and what an estimate says in words."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from hrdresearch.estimates import (
    Design,
    Estimate,
    Linkage,
    ListFacts,
    OverlapTable,
    Refusal,
    Target,
    chao_lower_bound,
    estimate_latent_classes,
    estimate_log_linear,
    estimate_undocumented,
    reasons_to_refuse,
    sentences_of_estimate,
    table_from_counts,
)
from hrdresearch.sources.registry import get_facts, list_sources

TARGET = Target("persons killed by the police", "Manila", "2016-2017")
DESIGN = Design(
    tuple(ListFacts(name, TARGET) for name in ("police", "press", "church")),
    Linkage(recall=0.94, precision=0.98, how="400 pairs read by two persons"),
)
FOUND = Estimate(575.4, 533.6, 639.2, 488, "latent classes", "posterior, equal tails")


def table(*counts: int) -> OverlapTable:
    """Persons on police, press, church, police and press, police and church, press and church, all."""
    patterns = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]]
    frame = pd.DataFrame(patterns, columns=["police", "press", "church"])
    return table_from_counts(frame.assign(count=counts))


GOOD = table(40, 30, 20, 12, 8, 6, 3)


def codes(given: OverlapTable, design: Design = DESIGN) -> list[str]:
    return [r.code for r in reasons_to_refuse(given, design)]


def test_good_lists_are_not_refused() -> None:
    assert codes(GOOD) == []
    assert isinstance(estimate_undocumented(GOOD, DESIGN, estimate_log_linear), Estimate)


@pytest.mark.parametrize("method", [estimate_log_linear, chao_lower_bound, estimate_latent_classes])
def test_two_lists_print_no_estimate_by_any_method(method: object) -> None:
    two = table(40, 30, 0, 12, 0, 0, 0)
    found = method(two)  # type: ignore[operator]
    assert isinstance(found, Refusal)
    assert found.code == "too_few_lists"
    assert re.findall(r"\d", str(found)) == []


def test_lists_that_share_nobody_are_refused() -> None:
    assert codes(table(40, 30, 20, 0, 0, 0, 0)) == ["no_overlap"]


def test_lists_that_fall_into_two_groups_are_refused() -> None:
    assert codes(table(40, 30, 20, 12, 0, 0, 0)) == ["lists_fall_apart"]


@pytest.mark.parametrize(
    "third", [(400, 300, 1, 120, 0, 0, 0), (400, 300, 0, 120, 1, 0, 0), (400, 300, 9, 120, 4, 4, 0)]
)
def test_two_lists_and_a_handful_of_persons_are_two_lists(third: tuple[int, ...]) -> None:
    assert codes(table(*third)) == ["too_few_lists"]
    found = estimate_undocumented(table(*third), DESIGN, estimate_log_linear)
    assert isinstance(found, Refusal)
    assert "church cannot be counted as a list of its own" in found.reason


def test_a_list_too_small_to_count_beside_three_others_is_named_in_a_note() -> None:
    rows = GOOD.to_frame().assign(radio=0)
    rows.loc[len(rows)] = [0, 0, 0, 1, 1]
    given = table_from_counts(rows, lists=["police", "press", "church", "radio"])
    found = estimate_log_linear(given)
    assert isinstance(found, Estimate)
    assert found.notes[-1] == (
        "lists that share fewer than five persons with each of two others, and are not among those that "
        "carry the estimate: radio"
    )


@pytest.mark.parametrize("method", [estimate_log_linear, chao_lower_bound, estimate_latent_classes])
@pytest.mark.parametrize(
    "copied",
    [
        (240, 0, 0, 0, 0, 80, 160),  # church is press
        (240, 40, 1, 60, 0, 70, 160),  # nearly all of church is on press
        (0, 0, 0, 0, 0, 0, 50),  # all three are one
    ],
)
def test_a_copied_list_is_no_list_of_its_own(copied: tuple[int, ...], method: object) -> None:
    found = method(table(*copied))  # type: ignore[operator]
    assert isinstance(found, Refusal)
    assert found.code == "lists_stand_on_others"


def test_lists_beside_one_that_is_nearly_complete_do_not_stand_on_it() -> None:
    # Of 1,000 persons the police have 95 in 100, press and church 3 and 2 in 10, independently.
    assert codes(table(532, 15, 10, 228, 133, 3, 57)) == []


def test_a_copied_list_beside_three_others_is_told_in_a_note() -> None:
    rows = GOOD.to_frame()
    given = table_from_counts(rows.assign(copy=rows["press"]), lists=[*GOOD.lists, "copy"])
    found = chao_lower_bound(given)
    assert isinstance(found, Estimate)
    assert "nearly all persons on press stand on copy" in found.notes


def test_an_interval_without_width_is_no_estimate() -> None:
    sure = replace(FOUND, low=488.1, high=488.4)
    assert isinstance(FOUND.refuse_without_interval(), Estimate)
    refused = sure.refuse_without_interval()
    assert isinstance(refused, Refusal)
    assert refused.code == "no_interval"


def test_an_estimate_and_a_refusal_are_printed_in_words() -> None:
    assert str(replace(FOUND, high=float("inf"), notes=("a note",))) == (
        "575 persons in all (95 per cent interval from 534 to no end), of whom 488 are listed. Method: "
        "latent classes; interval: posterior, equal tails. Note: a note."
    )
    refused = reasons_to_refuse(table(40, 30, 20, 0, 0, 0, 0), DESIGN)[0]
    assert str(refused).startswith("No estimate. No person stands on two lists. Check how")


def test_lists_of_different_targets_are_refused() -> None:
    police, press, church = DESIGN.lists
    wider = replace(church, target=replace(TARGET, period="2010-2020"))
    found = reasons_to_refuse(GOOD, replace(DESIGN, lists=(police, press, wider)))
    assert [r.code for r in found] == ["different_targets"]
    assert "Manila, 2010-2020; persons killed by the police, Manila, 2016-2017" in found[0].reason


def test_lists_that_feed_each_other_are_refused() -> None:
    police, press, church = DESIGN.lists
    copies = replace(press, uses={"police": "takes over its statements"})
    found = reasons_to_refuse(GOOD, replace(DESIGN, lists=(police, copies, church)))
    assert [r.code for r in found] == ["lists_feed_each_other"]
    assert "press uses police (takes over its statements)" in found[0].reason


def test_a_list_that_is_used_but_not_in_the_table_is_no_reason() -> None:
    police, press, church = DESIGN.lists
    copies = replace(press, uses={"radio": "reads it out"})
    assert codes(GOOD, replace(DESIGN, lists=(police, copies, church))) == []


def test_feeding_lists_made_one_list_leave_too_few() -> None:
    merged = GOOD.merge_lists(["police", "press"], "police and press")
    both = ListFacts("police and press", TARGET)
    assert codes(merged, replace(DESIGN, lists=(both, DESIGN.lists[2]))) == ["too_few_lists"]


def test_linkage_without_measured_recall_is_refused() -> None:
    assert codes(GOOD, replace(DESIGN, linkage=Linkage(precision=0.9))) == ["linkage_not_measured"]


def test_every_reason_is_given_and_the_first_is_the_answer() -> None:
    poor = replace(DESIGN, linkage=Linkage(), copied="one office wrote all three")
    two = table(40, 30, 0, 12, 0, 0, 0)
    assert codes(two, poor) == ["too_few_lists", "lists_feed_each_other", "linkage_not_measured"]
    found = estimate_undocumented(two, poor)
    assert isinstance(found, Refusal)
    assert found.code == "too_few_lists"


def test_a_list_that_nobody_described_is_an_error() -> None:
    with pytest.raises(ValueError, match="the design does not describe church"):
        reasons_to_refuse(GOOD, replace(DESIGN, lists=DESIGN.lists[:2]))


def test_sources_declare_whom_they_use() -> None:
    assert set(get_facts("global-witness").uses) == {"cpt"}
    assert set(get_facts("lideres-colombia").uses) == {"documented_by"}


def test_a_source_uses_sources_that_there_are() -> None:
    known = {"documented_by", *(facts.slug for facts in list_sources())}
    assert {other for facts in list_sources() for other in facts.uses} <= known


def test_the_declared_uses_of_a_source_refuse_the_estimate() -> None:
    names = {"police": "global-witness", "press": "cpt", "church": "cpj"}
    design = replace(
        DESIGN, lists=tuple(ListFacts(n, TARGET, get_facts(n).uses) for n in names.values())
    )
    counted = GOOD.to_frame().rename(columns=names)
    assert codes(table_from_counts(counted), design) == ["lists_feed_each_other"]


def test_lists_of_a_source_that_rest_on_one_another_refuse_the_estimate() -> None:
    copied = get_facts("lideres-colombia").uses["documented_by"]
    assert codes(GOOD, replace(DESIGN, copied=copied)) == ["lists_feed_each_other"]


def test_an_estimate_is_said_with_its_assumption_and_whom_it_leaves_out() -> None:
    said = {name: str(s) for name, s in sentences_of_estimate(FOUND, DESIGN, "victims").items()}
    assert said == {
        "listed": "488 victims stand on at least one of 3 lists (Manila, 2016-2017).",
        "estimated": "With those who were never listed, the victims are estimated at 575, with an "
        "interval of 95 per cent from 534 to 639: 87 were on no list.",
        "assumption": "The estimate supposes that the victims are of a few groups, and that within a "
        "group one list finds a victim or misses them regardless of the others. No table can show "
        "whether that is so.",
        "excluded": "Killings that none of the lists could have reached, because nobody was left to "
        "tell of them or nobody dared to, are not in the estimate.",
        "linkage": "Of the pairs of entries that are one person, 94 per cent were recognized; of the "
        "pairs taken for one person, 98 per cent are (400 pairs read by two persons). Pairs that were "
        "missed make the estimate too high, false ones too low.",
    }


def test_an_estimate_over_drawn_links_says_that_it_makes_up_for_missed_ones() -> None:
    drawn = replace(FOUND, measures={"recall": 0.94})
    said = str(sentences_of_estimate(drawn, DESIGN, "victims")["linkage"])
    assert said.endswith(
        "make up for pairs that were missed and for false ones, as far as these shares tell."
    )


def test_a_lower_bound_is_said_with_its_low_end_alone() -> None:
    bound = replace(FOUND, method="Chao's lower bound")
    said = sentences_of_estimate(bound, DESIGN, "victims")
    assert str(said["estimated"]) == (
        "With those who were never listed, the victims are estimated at 534 at least."
    )
    assert said["assumption"].words.startswith("The figure is a lower bound if")


def test_numbers_in_notes_are_values_and_names_of_lists_stay() -> None:
    lists = (ListFacts("press 2016", TARGET), *DESIGN.lists)
    noted = replace(FOUND, notes=("1,050 to 1,060 persons are listed", "press 2016 stands apart"))
    said = sentences_of_estimate(noted, replace(DESIGN, lists=lists), "victims")["notes"]
    assert said.words == ("Note: {note_1} to {note_2} persons are listed; press 2016 stands apart.")
    assert str(said) == "Note: 1,050 to 1,060 persons are listed; press 2016 stands apart."


def test_every_number_of_a_sentence_is_a_value_of_it() -> None:
    target = replace(TARGET, period="the years of the campaign")
    design = Design(tuple(replace(f, target=target) for f in DESIGN.lists), Linkage(0.94, 0.98))
    for sentence in sentences_of_estimate(FOUND, design, "victims").values():
        assert re.findall(r"\d", sentence.words.replace("in 100", "")) == []


def test_a_refusal_is_said_with_what_would_be_needed() -> None:
    refused = reasons_to_refuse(table(40, 30, 20, 0, 0, 0, 0), DESIGN)[0]
    said = sentences_of_estimate(refused, DESIGN, "victims")
    assert str(said["refused"]) == (
        "How many victims were never listed cannot be estimated. No person stands on two lists."
    )
    assert str(said["needed"]) == refused.needed


def test_the_examples_of_the_page_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = Path(__file__).resolve().parents[1] / "docs" / "estimates.md"
    blocks = re.findall(r"(?:^    .+\n|^\n(?=    ))+", page.read_text("utf-8"), re.MULTILINE)
    on = np.random.default_rng(1).random((90, 4)) < 0.4
    people = pd.DataFrame(on[on.any(axis=1)] * 1, columns=["police", "press", "church", "families"])
    monkeypatch.setattr(pd, "read_csv", lambda _: people)
    monkeypatch.setattr(
        "hrdresearch.stats.estimates.latent_classes.sample_totals",
        lambda table, prior, iterations, chains, seed: np.random.default_rng(seed).poisson(
            table.listed + 9, (chains, iterations)
        ),
    )
    exec(textwrap.dedent("".join(blocks)), {})
    printed = capsys.readouterr().out
    assert re.search(r"^\d+ persons in all \(95 per cent interval from", printed)
    assert "the victims are estimated at" in printed
    assert "The number depends on the model" in printed
