"""The review queue: threats first, texts hidden, sittings limited; what is decided comes back."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.coding.attacks.training import train_model
from hrdresearch.run.attack_models import save_model
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.errors import RunError
from hrdresearch.run.reviews import online_attacks as review
from hrdresearch.run.reviews.online_page import PAUSE_MINUTES, SITTING, queue_page
from hrdresearch.studies.ground.build import Build, current_build

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
THREAT, FORMULA = "{}: we will kill you", "=HYPERLINK(1) you traitor {}"
NOUNS = [
    "river",
    "court",
    "school",
    "letter",
    "garden",
    "bridge",
    "market",
    "window",
    "paper",
    "stone",
]


def archive(folder: Path, messages: int) -> Path:
    """Threats, insults and plain words in turn, one in ten in Spanish."""
    words = [THREAT, FORMULA, "The hearing on the {}", "La audiencia sobre el {} empieza mañana"]
    chance = random.Random(1)
    rows = [
        {
            "id": f"m{i}",
            "time": "2022-03-01T10:00:00Z",
            "text": words[i % 4 if i % 10 else 3].format(" ".join(chance.choices(NOUNS, k=6))),
            "author": f"writer{i % 30}-demo",
            "target": f"person{i % 11}-demo",
        }
        for i in range(messages)
    ]
    file = folder / "posts.jsonl"
    file.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    folder = tmp_path_factory.mktemp("review")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HRD_KEYS", str(folder / "keys"))
        patch.setattr("hrdresearch.run.steps.online_attacks.SAMPLE", 120)
        build("online-attacks", [SourceFile("posts", archive(folder, 400), True)], folder / "work")
        yield current_build("online-attacks", folder / "work")


def test_threats_come_first_and_each_reviewer_has_about_half_of_them(built: Build) -> None:
    queue = review.make_queue(built)
    bands = queue["band_code"].map({"high": 0, "middle": 1, "low": 2})
    assert bands.is_monotonic_increasing
    threats = queue[(queue["band_code"] == "high") & (queue["coder"] == "first")]
    assert threats["reviewer"].value_counts(normalize=True).between(0.3, 0.7).all()


def test_a_part_of_the_sample_is_read_by_both_and_by_no_one_twice(built: Build) -> None:
    queue = review.make_queue(built)
    second = queue[queue["coder"] == "second"]
    assert 0 < len(second) < queue["is_sampled"].sum() / 2 and second["is_sampled"].all()
    assert not queue.duplicated(["post_id", "reviewer"]).any()


def test_the_same_text_is_read_once_but_for_the_sample(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.setattr("hrdresearch.run.steps.online_attacks.SAMPLE", 30)
    file = archive(tmp_path, 200)
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    told = [r | {"text": "You traitor" if i % 3 else r["text"]} for i, r in enumerate(rows)]
    file.write_text("".join(json.dumps(r) + "\n" for r in told), encoding="utf-8")
    build("online-attacks", [SourceFile("posts", file, True)], tmp_path / "work")
    made = current_build("online-attacks", tmp_path / "work")
    same = review.make_queue(made).query("text == 'You traitor' and not is_sampled")
    assert len(same) <= 1
    assert (review.next_to_label(made, 100)["text"] == "You traitor").sum() <= 1


def test_half_of_a_file_is_sample_and_half_the_head_of_the_queue(
    built: Build, tmp_path: Path
) -> None:
    assert review.export(built, tmp_path / "queue.csv", 20) == 20
    ids = pd.read_csv(tmp_path / "queue.csv")["post_id"]
    sampled = review.make_queue(built).drop_duplicates("post_id").set_index("post_id")["is_sampled"]
    assert int(sampled[ids].sum()) == 10
    assert (tmp_path / "queue.csv").stat().st_mode & 0o077 == 0


def test_evidence_is_told_of_the_head_of_the_queue_and_not_of_the_sample(
    built: Build, tmp_path: Path
) -> None:
    review.export(built, tmp_path / "queue.csv", 60)
    rows = pd.read_csv(tmp_path / "queue.csv", keep_default_na=False)
    told = review.make_queue(built).drop_duplicates("post_id").set_index("post_id")
    sampled = told["is_sampled"][rows["post_id"]].to_numpy()
    assert (rows.loc[sampled, "evidence"] == "").all()
    threats = rows[~sampled & (rows["severity"] == 5)]
    assert threats["evidence"].str.contains(r"threat_life \(severity 5, \w+\): ").all()


def test_a_text_that_looks_like_a_formula_is_not_run_by_a_spreadsheet(
    built: Build, tmp_path: Path
) -> None:
    review.export(built, tmp_path / "queue.csv", 500)
    texts = pd.read_csv(tmp_path / "queue.csv")["text"]
    assert not texts.str.startswith("=").any() and texts.str.startswith("'=").any()


def test_what_to_label_next_is_never_of_the_sample_and_in_all_languages(built: Build) -> None:
    chosen = review.next_to_label(built, 20)
    sample = set(review.make_queue(built).query("is_sampled")["post_id"])
    assert len(chosen) == 20 and not set(chosen["post_id"]) & sample
    assert set(chosen["language_code"]) >= {"en", "es"}
    assert set(chosen["coder"]) == {"training"}


def test_labels_for_training_come_back_as_a_set_and_never_as_labels_of_the_sample(
    built: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, file = built.folder.parent.parent, tmp_path / "next.csv"
    given = ["review", "online-attacks", str(file), "--work", str(work)]
    assert CliRunner().invoke(app, [*given, "--next-to-label", "12"]).exit_code == 0
    filled = pd.read_csv(file).assign(kinds="threat_life")
    filled.to_csv(file, index=False)
    assert CliRunner().invoke(app, [*given, "--feed"]).exit_code == 0
    decisions = built.folder.parent / "decisions"
    assert not (decisions / "labels.csv").exists()
    assert set(review.next_to_label(built, 12)["post_id"]).isdisjoint(filled["post_id"])

    out = tmp_path / "train.csv"
    given[2] = str(out)
    assert CliRunner().invoke(app, [*given, "--training-set"]).exit_code == 0
    made = pd.read_csv(out)
    assert list(made) == ["text", "kinds", "language"] and len(made) == 12
    assert set(made["kinds"]) == {"threat_life"}

    build("online-attacks", [SourceFile("posts", archive(tmp_path, 400), True)], work)
    assert current_build("online-attacks", work).table("post_labels").empty


def test_none_stands_alone_and_a_wrong_code_is_refused(tmp_path: Path) -> None:
    filled = tmp_path / "filled.csv"
    for kinds, words in (("none|smear", "none cannot be combined"), ("rude", "row 2")):
        filled.write_text(f"post_id,coder,kinds\na,first,{kinds}\n", encoding="utf-8")
        with pytest.raises(RunError, match=words):
            review.feed(filled, tmp_path / "decisions")


@pytest.fixture
def view(built: Build, tmp_path: Path) -> Iterator[Any]:
    """The page of the queue in a browser whose clock the test moves."""
    (tmp_path / "queue.html").write_text(queue_page(review.make_queue(built)), encoding="utf-8")
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync.sync_playwright() as p:
        chromium = p.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page()
        page.clock.install()
        page.goto((tmp_path / "queue.html").as_uri())
        yield page
        chromium.close()


def problems(view: Any) -> list[str]:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    return [violation["id"] for violation in axe.run(view).response["violations"]]


OPENED = "document.querySelector('section:not([hidden]) blockquote').getAttribute('aria-hidden')"
BLUR = "getComputedStyle(document.querySelector('section:not([hidden]) blockquote')).filter"


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_with_the_keyboard_alone_a_person_reads_labels_and_goes_back(view: Any) -> None:
    view.select_option("#who", "A")
    view.focus("#start")
    view.keyboard.press("Enter")
    heading = "document.activeElement.textContent"
    assert view.evaluate(heading).startswith(
        "It may be harmless"
    )  # the first thing that is read out
    assert "blur" in view.evaluate(BLUR) and view.evaluate(OPENED) == "true"
    assert problems(view) == []
    view.keyboard.press("t")
    assert view.evaluate(BLUR) == "none" and view.evaluate(OPENED) == "false"
    text = view.inner_text("section:visible blockquote")
    assert view.evaluate(heading) == text  # the opened text has the focus, so that it is read out
    assert problems(view) == []
    view.keyboard.press("Tab")
    view.keyboard.press("Space")
    assert view.is_checked("section:visible input[value=threat_life]")
    assert "1 decided" in view.inner_text("#count")
    view.keyboard.press("n")
    assert "Message 2 of" in view.inner_text("#count") and "1 decided" in view.inner_text("#count")
    assert view.evaluate(OPENED) == "true"
    view.keyboard.press("0")
    assert view.is_checked("section:visible input[value=none]")
    view.keyboard.press("b")
    assert view.is_checked("section:visible input[value=threat_life]")
    assert view.evaluate(OPENED) == "true"  # blurred again
    view.uncheck("#keys")
    view.keyboard.press("t")
    assert view.evaluate(OPENED) == "true"


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_click_opens_a_text_minutes_are_counted_and_a_break_is_offered_and_not_counted(
    view: Any,
) -> None:
    view.click("#start")
    view.click("section:visible blockquote")
    assert view.evaluate(OPENED) == "false"
    view.clock.run_for(10 * 60_000 + 2_000)
    assert "10 of 30" in view.inner_text("#minutes")
    assert "break" in view.inner_text("#offer")
    view.click("#stop")
    assert view.locator("section:visible").count() == 0
    view.clock.run_for(5 * 60_000)
    view.click("#start")
    assert "Message 1 of" in view.inner_text("#count")  # the message at which the break began
    view.clock.run_for(2_000)
    assert "10 of 30" in view.inner_text("#minutes")
    assert view.evaluate(OPENED) == "true"


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_who_reads_alone_reads_every_message_once(built: Build, view: Any) -> None:
    view.select_option("#who", "")
    view.click("#start")
    assert f"of {built_firsts(built)};" in view.inner_text("#count")


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_after_the_last_message_the_page_says_so_and_goes_back(view: Any) -> None:
    # The order is drawn: two messages of the first reader, of whom each message waits once.
    view.evaluate(
        "all.splice(0, all.length, ...all.filter(s => s.dataset.coder !== 'second').slice(0, 2))"
    )
    view.select_option("#who", "")
    view.click("#start")
    view.click("#next")
    view.keyboard.press("0")
    view.keyboard.press("n")
    assert "This was the last one; 1 decided" in view.inner_text("#rest")
    assert not view.locator("#next").is_visible()
    view.click("#back")
    assert "Message 2 of 2" in view.inner_text("#count")
    assert view.inner_text("#rest") == ""


def test_no_heading_of_the_sample_or_of_training_tells_what_the_coder_found(built: Build) -> None:
    queue = review.make_queue(built)
    queue = pd.concat([queue, review.next_to_label(built, 50)], ignore_index=True)
    headings = pd.Series(re.findall(r"<h2[^>]*>(.*?)</h2>", queue_page(queue)))
    is_blind = queue["is_sampled"] | (queue["coder"] == "training")
    assert headings[is_blind].nunique() == 1 and queue.loc[is_blind, "severity"].nunique() > 1
    assert headings[~is_blind].str.startswith("Severity").all()


def built_firsts(built: Build) -> int:
    return int((review.make_queue(built)["coder"] == "first").sum())


def test_a_first_estimate_needs_a_hundred_messages_of_which_some_are_of_every_group(
    built: Build, tmp_path: Path
) -> None:
    out = tmp_path / "sample.csv"
    given = ["review", "online-attacks", str(out), "--work", str(built.folder.parent.parent)]
    assert CliRunner().invoke(app, [*given, "--sample", "60"]).exit_code == 0
    chosen = pd.read_csv(out)
    assert len(chosen) == 60 and set(chosen["coder"]) == {"first"} and chosen["post_id"].is_unique
    posts = built.table("posts").set_index("post_id")
    groups = posts["band_code"] + posts["language_code"]
    assert set(groups[chosen["post_id"]]) == set(groups)
    head = review.make_queue(built).query("is_sampled and coder == 'first'").sort_values("order")
    assert set(chosen["post_id"]) == set(head["post_id"].head(60))


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_in_a_browser_texts_are_hidden_sittings_end_and_decisions_come_back(
    built: Build, tmp_path: Path
) -> None:
    queue = review.make_queue(built)
    (tmp_path / "queue.html").write_text(queue_page(queue), encoding="utf-8")
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync.sync_playwright() as p:
        chromium = p.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        view = chromium.new_page()
        said: list[str] = []
        view.on("console", lambda message: said.append(message.text))
        view.clock.install()
        view.goto((tmp_path / "queue.html").as_uri())
        assert view.locator("section:visible").count() == 0
        view.select_option("#who", "B")
        view.click("#start")
        assert view.locator("section:visible").count() == 1
        assert view.locator("section:visible .veiled").count() == 1
        view.click("section:visible .open")
        assert view.locator("section:visible .veiled").count() == 0
        axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
        assert [v["id"] for v in axe.run(view).response["violations"]] == []
        view.check("section:visible input[value=none]")
        view.check("section:visible input[value=threat_life]")
        for _ in range(SITTING):
            view.click("#next")
        assert "pause" in view.inner_text("#rest") and view.locator("section:visible").count() == 0
        assert not view.locator("#next").is_visible() and not view.locator("#start").is_visible()
        view.clock.fast_forward(PAUSE_MINUTES * 60_000 + 1000)
        view.click("#start")
        assert f"Message {SITTING + 1} of" in view.inner_text("#count")
        with view.expect_download() as saved:
            view.click("#save")
        saved.value.save_as(tmp_path / "decisions.csv")
        assert said == []  # the policy of the page stops nothing of this
        chromium.close()
    assert review.feed(tmp_path / "decisions.csv", tmp_path / "decisions") == 1
    kept = pd.read_csv(tmp_path / "decisions" / "labels.csv")
    first = queue[queue["reviewer"] == "B"].iloc[0]
    assert kept.to_numpy().tolist() == [[first["post_id"], first["coder"], "threat_life"]]


def test_with_a_model_what_to_label_next_is_what_it_is_least_sure_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.setattr("hrdresearch.run.steps.online_attacks.SAMPLE", 60)
    file = archive(tmp_path, 240)
    texts = [json.loads(line)["text"] for line in file.read_text(encoding="utf-8").splitlines()]
    attack = np.array(["kill" in t or "traitor" in t for t in texts])
    threat = np.array(["kill" in t for t in texts])
    model = train_model(texts, {"attack": attack, "threat": threat}, is_exclusive=False)
    save_model(model, tmp_path / "work" / "online-attacks" / "decisions" / "model")
    build("online-attacks", [SourceFile("posts", file, True)], tmp_path / "work")
    made = current_build("online-attacks", tmp_path / "work")
    assert made.extras("archive")["coder"] == "rules and model"
    held = pd.read_csv(made.folder / "restricted" / "queue.csv")
    chosen = review.next_to_label(made, 6)
    left = held[held["is_to_learn"] & ~held["post_id"].isin(chosen["post_id"])]
    for language, own in chosen.groupby("language_code"):
        others = left.loc[left["language_code"] == language, "unsure"]
        assert own["unsure"].max() <= others.min()
    assert len(chosen) == 6 and held["unsure"].between(0, 1).all()
