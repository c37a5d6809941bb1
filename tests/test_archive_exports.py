"""Exports of platforms as they are. Every account, message and number in this file is invented.

The shapes are those that the platforms and the makers of the tools document.
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.privacy.keys import Key
from hrdresearch.run.archive.coding import code_chunk
from hrdresearch.run.own_lists.shown_rows import rows_as_read
from hrdresearch.sources import check_file, identify
from hrdresearch.sources.errors import SourceError, SourceFactsError, UnknownLayoutError
from hrdresearch.sources.posts import json_records
from hrdresearch.sources.posts.archive_reader import read_chunks

KEY = Key("online-attacks", b"k" * 32)
JOINED = {
    "id": 1,
    "type": "service",
    "date": "2023-05-04T19:00:00",
    "date_unixtime": "1683219600",
    "actor": "Demo Writer",
    "actor_id": "user701",
    "action": "create_group",
    "members": ["Demo Writer"],
    "text": "",
    "text_entities": [],
}
SAID = {
    "id": 2,
    "type": "message",
    "date": "2023-05-04T19:20:00",
    "date_unixtime": "1683220800",
    "from": "Demo Writer",
    "from_id": "user701",
    "reply_to_message_id": 1,
    "text": ["a < b & c, see ", {"type": "link", "text": "https://news.example/a"}],
    "text_entities": [
        {"type": "plain", "text": "a < b & c, see "},
        {"type": "link", "text": "https://news.example/a"},
    ],
}
PICTURE = {**SAID, "id": 3, "photo": "(File not included.)", "text": "", "text_entities": []}
SAID_TEXT = "a < b & c, see https://news.example/a"
CHAT = {
    "name": "Demo group",
    "type": "private_group",
    "id": 55,
    "messages": [JOINED, SAID, PICTURE],
}
ACCOUNT = {
    "about": "Here is the data you requested.",
    "personal_information": {"user_id": 701, "first_name": "Demo"},
    "contacts": {"about": "", "list": []},
    "chats": {
        "about": "This page lists all chats from this export.",
        "list": [CHAT, {**CHAT, "id": 56, "messages": [{**SAID, "from_id": "user702"}]}],
    },
}
VIEW = {
    "uri": "at://did:plc:writerdemo/app.bsky.feed.post/3kdemo",
    "cid": "bafydemo",
    "author": {"did": "did:plc:writerdemo", "handle": "writer-demo.example"},
    "record": {
        "$type": "app.bsky.feed.post",
        "text": "an answer",
        "createdAt": "2023-05-04T17:20:00.000Z",
        "langs": ["en"],
        "reply": {
            "root": {"uri": "at://did:plc:persondemo/app.bsky.feed.post/3k1"},
            "parent": {"uri": "at://did:plc:persondemo/app.bsky.feed.post/3k1"},
        },
    },
    "likeCount": 2,
    "repostCount": 1,
    "replyCount": 0,
    "quoteCount": 0,
    "indexedAt": "2023-05-04T17:20:01.000Z",
}
RECORDS = {
    "records": [
        {"uri": VIEW["uri"], "cid": "bafydemo", "value": VIEW["record"]},
        {
            "uri": "at://did:plc:writerdemo/app.bsky.feed.like/3kdemo",
            "cid": "bafydemo2",
            "value": {"$type": "app.bsky.feed.like", "createdAt": "2023-05-04T17:20:00.000Z"},
        },
    ],
    "cursor": "3kdemo",
}
OUTBOX = {
    "@context": "https://www.w3.org/ns/activitystreams",
    "id": "outbox.json",
    "type": "OrderedCollection",
    "totalItems": 2,
    "orderedItems": [
        {
            "id": "https://server.example/users/writer-demo/statuses/1/activity",
            "type": "Create",
            "actor": "https://server.example/users/writer-demo",
            "published": "2023-05-04T17:20:00Z",
            "object": {
                "id": "https://server.example/users/writer-demo/statuses/1",
                "type": "Note",
                "inReplyTo": "https://server.example/users/person-demo/statuses/9",
                "published": "2023-05-04T17:20:00Z",
                "attributedTo": "https://server.example/users/writer-demo",
                "content": "<p>one<br />two &amp; three</p>",
                "tag": [
                    {"type": "Hashtag", "name": "#water"},
                    {"type": "Mention", "name": "@person-demo@server.example"},
                ],
            },
        },
        {
            "id": "https://server.example/users/writer-demo/statuses/2/activity",
            "type": "Announce",
            "actor": "https://server.example/users/writer-demo",
            "published": "2023-05-04T17:20:00Z",
            "object": "https://server.example/users/person-demo/statuses/9",
        },
    ],
}
THREADS = {
    "kind": "youtube#commentThreadListResponse",
    "items": [
        {
            "kind": "youtube#commentThread",
            "id": "UgDemo",
            "snippet": {
                "videoId": "demo",
                "totalReplyCount": 1,
                "topLevelComment": {
                    "kind": "youtube#comment",
                    "id": "UgDemo",
                    "snippet": {
                        "textDisplay": "one<br>two &amp; three",
                        "authorDisplayName": "@writer-demo",
                        "authorChannelId": {"value": "UCdemo1"},
                        "likeCount": 2,
                        "publishedAt": "2023-05-04T17:20:00Z",
                    },
                },
            },
            "replies": {
                "comments": [
                    {
                        "kind": "youtube#comment",
                        "id": "UgDemo.1",
                        "snippet": {
                            "textDisplay": "an answer",
                            "parentId": "UgDemo",
                            "authorDisplayName": "@person-demo",
                            "authorChannelId": {"value": "UCdemo2"},
                            "publishedAt": "2023-05-04T17:21:00Z",
                        },
                    }
                ]
            },
        }
    ],
}
META = """id,content_type,creation_time,lang,post_owner.id,post_owner.name,post_owner.username,\
statistics.reaction_count,statistics.share_count,statistics.comment_count,surface.username,text
9001,status,2023-05-04T17:20:00+00:00,en,77,Demo Page,demo.page,5,1,2,,"first line
second line"
9002,photo,2023-05-04T17:20:00+00:00,en,77,Demo Page,demo.page,5,1,2,,
"""
META_COMMENTS = """id,post_id,parent_comment_id,creation_time,lang,owner.type,owner.id,owner.name,text
9003,9001,,2023-05-04T17:20:00+00:00,en,profile,78,Demo Writer,an answer
9004,9001,9003,2023-05-04T17:20:00+00:00,en,private,,,another
"""
TAKEOUT = """Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text
UgDemo,UCdemo1,2023-05-04T17:20:00.123456+00:00,0,,demo,\
"{""takeoutSegments"":[{""text"":""one ""},{""text"":""two""}]}"
UgDemo.1,UCdemo1,2023-05-04T17:20:00+00:00,0,UgDemo,demo,"{""text"":""three ""},{""text"":""four""}"
"""
TAKEOUT_LATER = TAKEOUT.replace("Comment Create Timestamp", "Comment create timestamp").replace(
    "Video ID,Comment Text", "Video ID,Comment text"
)
DATA_TOOLS = """id,replyCount,likeCount,publishedAt,authorName,text,authorChannelId,authorChannelUrl,isReply,\
isReplyTo,isReplyToName
UgDemo,1,2,2023-05-04T17:20:00Z,@writer-demo,first,UCdemo1,http://channel.example/1,0,,
UgDemo.1,,0,2023-05-04T17:20:00Z,@person-demo,second,UCdemo2,http://channel.example/2,1,UgDemo,@writer-demo
"""
FROM_API = """videoId,textDisplay,textOriginal,authorDisplayName,authorChannelId.value,likeCount,\
publishedAt,id,parentId
demo,a &amp; b,a & b,@writer-demo,UCdemo1,2,2023-05-04T17:20:00Z,UgDemo,
"""
DOWNLOADED = {
    "cid": "UgDemo",
    "text": "first",
    "time": "2 years ago",
    "time_parsed": 1683220800.0,
    "author": "@writer-demo",
    "channel": "UCdemo1",
    "votes": "2",
    "replies": "",
    "photo": "https://picture.example/1",
    "heart": False,
    "reply": False,
}
ANDROID = """\
5/4/23, 17:00 - Messages and calls are end-to-end encrypted. Tap to learn more.
5/4/23, 17:20 - Demo Writer: first line
second line: still the same
5/4/23, 17:21 - +00 000 000: <Media omitted>
5/13/23, 17:22 - Demo Writer: ok
5/13/23, 17:22 - Demo Writer: ok
"""
IOS = """\
[04/05/2023, 5:00:01\u202fPM] Demo group: \u200eMessages and calls are end-to-end encrypted.
[04/05/2023, 5:20:00\u202fPM] ~\u202fDemo Writer: first line
second line: still the same
\u200e[04/05/2023, 5:21:00\u202fPM] Demo Writer: \u200eimage omitted
\u200e[13/05/2023, 5:22:00\u202fPM] Demo Writer: look \u200e<attached: 00000004-PHOTO-2023.jpg>
"""
_DIRECT = {"senderId": "701", "recipientId": "702", "createdAt": "2023-05-04T17:20:00.000Z"}
DIRECT_MESSAGES = "window.YTD.direct_messages.part0 = " + json.dumps(
    [
        {
            "dmConversation": {
                "conversationId": "701-702",
                "messages": [
                    {"messageCreate": {**_DIRECT, "id": "1", "text": "a first one", "urls": []}},
                    {"messageCreate": {**_DIRECT, "id": "2", "text": "a second one", "urls": []}},
                    {"joinConversation": {"initiatingUserId": "701"}},
                ],
            }
        }
    ]
)
_OWN = {"created_at": "Thu May 04 17:20:00 +0000 2023", "favorite_count": "2", "retweet_count": "1"}
_MENTION = {"entities": {"user_mentions": [{"screen_name": "demo_b"}], "urls": []}}
_QUOTE = {"entities": {"urls": [{"expanded_url": "https://x.com/demo_b/status/5"}]}}
OWN_POSTS = "window.YTD.tweets.part0 = " + json.dumps(
    [
        {"tweet": {**_OWN, "id_str": "1", "full_text": "@demo_b &amp; all", **_MENTION}},
        {"tweet": {**_OWN, "id_str": "2", "full_text": "RT @demo_c: one", "entities": {}}},
        {"tweet": {**_OWN, "id_str": "3", "full_text": "no", "in_reply_to_screen_name": "demo_b"}},
        {"tweet": {**_OWN, "id_str": "4", "full_text": "see", **_QUOTE}},
        {"tweet": {**_OWN, "id_str": "5", "full_text": ""}},
    ]
)
_BEGINS = "@demo_b Tom &amp; all that we have to say of this invented long matter of ours, in so many words"
NOTES = [
    ("91", "2023-05-04T17:20:00.000Z", f"{_BEGINS.replace('@demo_b ', '')}, up to its end."),
    ("92", "2023-05-04T17:21:00.000Z", f"{_BEGINS}, another end."),
]
LONG_POSTS = "window.YTD.note_tweet.part0 = " + json.dumps(
    [
        {
            "noteTweet": {
                "noteTweetId": number,
                "createdAt": time,
                "core": {"text": text, "urls": [], "mentions": [{"screenName": "demo_b"}]},
            }
        }
        for number, time, text in NOTES
    ]
)
SHORTENED = "window.YTD.tweets.part0 = " + json.dumps(
    [
        {"tweet": {**_OWN, "id_str": "6", "full_text": f"{_BEGINS}… https://t.co/a", **_MENTION}},
        {"tweet": {**_OWN, "id_str": "7", "full_text": "short"}},
    ]
)
FACEBOOK = """<!DOCTYPE html><html><head><title>Comments</title></head><body><div class="_a70e">Comments</div>
<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder">
<h2 class="_3-95 _2pim _a6-h _a6-i">Demo Writer commented on Demo Person's post.</h2>
<div class="_2ph_ _a6-p"><div><div class="_2pin"><div>first line<br />second &amp; last</div></div>
</div></div><div class="_3-94 _a6-o"><a href="https://page.example">
<div class="_a72d">May 4, 2023 5:20:00 pm</div></a></div></div>
<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder">
<h2 class="_3-95 _2pim _a6-h _a6-i">Demo Writer replied to Other Person's comment.</h2>
<div class="_2ph_ _a6-p"><div></div></div>
<div class="_3-94 _a6-o"><div class="_a72d">May 4, 2023 5:21:00 pm</div></div></div></body></html>"""


def written(folder: Path, name: str, content: Any) -> Path:
    file = folder / name
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def read(file: Path, size: int = 2) -> tuple[pd.DataFrame, list[tuple[int, str]], int]:
    """Messages that are used, rows set aside with their reason, and the number of rows."""
    chunks = list(read_chunks(file, size))
    messages = pd.concat([chunk.messages() for chunk in chunks])
    books = [code_chunk(chunk, KEY, None)[1] for chunk in chunks]
    aside = [tuple(a) for book in books for a in book["aside"]]
    rows = sum(book["rows_in"] for book in books)
    assert rows == sum(book["coded"] for book in books) + len(aside)
    return messages.drop(index=[row for row, _ in aside], errors="ignore"), aside, rows


@pytest.mark.parametrize(
    ("name", "content", "layout", "rows", "aside", "first"),
    [
        ("result.json", CHAT, "chat_export", 3, 2, ("user701", "", "reply", SAID_TEXT, None)),
        ("result.json", ACCOUNT, "chat_export", 4, 2, ("user701", "", "reply", SAID_TEXT, None)),
        (
            "search.json",
            {"posts": [VIEW]},
            "bluesky_views",
            1,
            0,
            ("writer-demo.example", "did:plc:persondemo", "reply", "an answer", 3),
        ),
        (
            "feed.jsonl",
            {"feed": [{"post": VIEW}]},
            "bluesky_views",
            1,
            0,
            ("writer-demo.example", "did:plc:persondemo", "reply", "an answer", 3),
        ),
        (
            "repo.json",
            RECORDS,
            "bluesky_records",
            2,
            1,
            ("did:plc:writerdemo", "did:plc:persondemo", "reply", "an answer", None),
        ),
        (
            "outbox.json",
            OUTBOX,
            "federated_outbox",
            2,
            1,
            (
                "https://server.example/users/writer-demo",
                "person-demo@server.example",
                "reply",
                "one\ntwo & three",
                None,
            ),
        ),
        (
            "threads.json",
            THREADS,
            "youtube_threads",
            2,
            0,
            ("UCdemo1", "", "original", "one\ntwo & three", 3),
        ),
        (
            "meta.csv",
            META,
            "meta_content_library",
            2,
            1,
            ("demo.page", "", "original", "first line\nsecond line", 8),
        ),
        (
            "comments.csv",
            META_COMMENTS,
            "meta_content_library",
            2,
            1,
            ("Demo Writer", "", "reply", "an answer", None),
        ),
        (
            "comments.csv",
            TAKEOUT,
            "youtube_takeout",
            2,
            0,
            ("UCdemo1", "", "original", "one two", None),
        ),
        (
            "comments.csv",
            TAKEOUT_LATER,
            "youtube_takeout",
            2,
            0,
            ("UCdemo1", "", "original", "one two", None),
        ),
        (
            "tools.csv",
            DATA_TOOLS,
            "youtube_data_tools",
            2,
            0,
            ("UCdemo1", "", "original", "first", 3),
        ),
        (
            "api.csv",
            FROM_API,
            "youtube_comments_table",
            1,
            0,
            ("UCdemo1", "", "original", "a & b", 2),
        ),
        (
            "video.jsonl",
            DOWNLOADED,
            "youtube_downloaded",
            1,
            0,
            ("UCdemo1", "", "original", "first", 2),
        ),
        (
            "WhatsApp Chat with Demo.txt",
            ANDROID,
            "chat_text",
            5,
            2,
            ("Demo Writer", "", "not_recorded", "first line\nsecond line: still the same", None),
        ),
        (
            "_chat.txt",
            IOS,
            "chat_text",
            4,
            2,
            ("Demo Writer", "", "not_recorded", "first line\nsecond line: still the same", None),
        ),
        (
            "direct-messages.js",
            DIRECT_MESSAGES,
            "platform_archive_messages",
            3,
            1,
            ("701", "702", "original", "a first one", None),
        ),
        (
            "tweets.js",
            OWN_POSTS,
            "platform_archive_posts",
            5,
            1,
            ("account of the archive", "demo_b", "original", "@demo_b & all", 3),
        ),
        (
            "comments.html",
            FACEBOOK,
            "facebook_page",
            2,
            1,
            ("Demo Writer", "Demo Person", "original", "first line\nsecond & last", None),
        ),
    ],
)
def test_an_export_is_read_as_it_is(
    tmp_path: Path,
    name: str,
    content: Any,
    layout: str,
    rows: int,
    aside: int,
    first: tuple[Any, ...],
) -> None:
    file = written(tmp_path, name, content)
    messages, left, rows_in = read(file)
    assert (rows_in, len(left)) == (rows, aside)
    row = messages.iloc[0]
    engagement = None if pd.isna(row["engagement"]) else row["engagement"]
    assert (row["author"], row["target"], row["relation_code"], row["text"], engagement) == first
    assert row["posted_at"].floor("s") == pd.Timestamp("2023-05-04 17:20:00")
    told = check_file(file)
    assert (told.slug, told.layout, told.rows_in) == ("posts", layout, rows), told.error


def test_posts_of_an_archived_account_are_told_apart(tmp_path: Path) -> None:
    messages, _, _ = read(written(tmp_path, "deleted-tweets.js", OWN_POSTS))
    assert [*messages["relation_code"]] == ["original", "repost", "reply", "quote"]


def zipped(folder: Path, **files: str) -> Path:
    file = folder / "archive.zip"
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in files.items():
            packed.writestr(f"data/{name.replace('_', '-')}.js", content)
    return file


def test_a_long_post_is_read_whole_beside_its_shortened_form(tmp_path: Path) -> None:
    file = zipped(tmp_path, tweets=SHORTENED, note_tweet=LONG_POSTS, account="no JSON")
    messages, aside, rows = read(file)
    first, second, alone = messages.to_dict("records")
    assert (rows, aside) == (3, [])
    assert first["text"].startswith("Tom & all") and first["text"].endswith("up to its end.")
    assert (first["record_id"], first["relation_code"], first["engagement"]) == ("6", "original", 3)
    assert second["text"] == "short"
    # The shortened form of the other one is not there: whether it is an answer is not known.
    assert (alone["record_id"], alone["relation_code"], alone["target"]) == (
        *("92", "not_recorded", "demo_b"),
    )
    assert check_file(file).layout == "platform_archive_posts"
    sealed = file.rename(tmp_path / "archive.zip.age")
    chunks = list(read_chunks(sealed, 2, lambda path: path.open("rb")))
    assert [number for chunk in chunks for number in chunk.cells["id"]] == ["6", "7", "92"]


def test_long_posts_alone_are_messages(tmp_path: Path) -> None:
    messages, _, _ = read(written(tmp_path, "note-tweet.js", LONG_POSTS))
    assert [text[-4:] for text in messages["text"]] == ["end.", "end."]
    assert {*messages["relation_code"]} == {"not_recorded"}
    in_a_zip, _, _ = read(zipped(tmp_path, note_tweet=LONG_POSTS))
    pd.testing.assert_frame_equal(in_a_zip, messages)


@pytest.mark.parametrize("files", [{}, {"like": "[]"}])
def test_a_zip_without_posts_says_what_was_expected(tmp_path: Path, files: dict[str, str]) -> None:
    with pytest.raises(SourceError, match=r"expected a ZIP with tweets\.js"):
        read(zipped(tmp_path, **files))


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="the ZIP is damaged"):
        read(written(tmp_path, "archive.zip", "PK no ZIP"))


def test_who_wrote_is_not_assumed_of_another_file_with_the_same_members(tmp_path: Path) -> None:
    content = OWN_POSTS.removeprefix("window.YTD.tweets.part0 = ")
    with pytest.raises(UnknownLayoutError):
        read(written(tmp_path, "collected.json", content))


def test_an_answer_knows_what_it_answers(tmp_path: Path) -> None:
    answers = [
        read(written(tmp_path, "threads.json", THREADS))[0].iloc[1],
        read(written(tmp_path, "comments.csv", TAKEOUT))[0].iloc[1],
        read(written(tmp_path, "tools.csv", DATA_TOOLS))[0].iloc[1],
    ]
    assert [a["relation_code"] for a in answers] == ["reply"] * 3
    assert answers[1]["text"] == "three four"
    assert answers[2]["target"] == "writer-demo"


def test_what_is_no_message_is_set_aside_with_its_reason(tmp_path: Path) -> None:
    chat = dict(read(written(tmp_path, "result.json", CHAT))[1])
    assert "notice of the service" in chat[2] and chat[4] == "The message has no text."
    account = written(tmp_path, "result.json", {**CHAT, "messages": [JOINED, SAID]})
    assert "user701" in next(iter(read_chunks(account, 10))).accounts_aside
    android = dict(read(written(tmp_path, "chat.txt", ANDROID))[1])
    assert "notice" in android[1] and "picture" in android[4]
    ios = dict(read(written(tmp_path, "chat.txt", IOS))[1])
    assert "notice" in ios[1] and "picture" in ios[4]
    private = dict(read(written(tmp_path, "comments.csv", META_COMMENTS))[1])
    assert private == {3: "The message has no author."}
    told = check_file(written(tmp_path, "result.json", CHAT)).problems
    assert told["what"].str.contains("notice of the service").any()
    assert not told["what"].str.contains("cells|delimiter").any()


def test_a_check_prints_no_text_and_no_account(tmp_path: Path) -> None:
    for name, content in (("result.json", CHAT), ("chat.txt", ANDROID), ("c.html", FACEBOOK)):
        lines = "\n".join(rows_as_read("posts", written(tmp_path, name, content)))
        assert "***" in lines and "Every value has a code." in lines
        for told in ("user701", "Demo", "line", "hearing", "https://"):
            assert told not in lines


def test_the_same_number_in_two_chats_of_an_account_is_not_the_same_message(tmp_path: Path) -> None:
    messages, _, _ = read(written(tmp_path, "result.json", ACCOUNT))
    assert messages["record_id"].tolist() == ["55/2", "56/2"]


def test_the_same_words_twice_in_a_chat_are_two_messages(tmp_path: Path) -> None:
    messages, _, _ = read(written(tmp_path, "chat.txt", ANDROID))
    assert messages["text"].tolist()[1:] == ["ok", "ok"]
    assert messages["record_id"].is_unique


@pytest.mark.parametrize(
    ("line", "time"),
    [
        ("13/05/2023, 17:22 - A: t", "2023-05-13 17:22:00"),
        ("5/13/23, 5:22 PM - A: t", "2023-05-13 17:22:00"),
        ("2023/05/13, 17:22 - A: t", "2023-05-13 17:22:00"),
        ("13.05.23, 17:22 - A: t", "2023-05-13 17:22:00"),
        ("13-05-2023 5:22 p. m. - A: t", "2023-05-13 17:22:00"),
        ("[13.05.23, 12:22:09 AM] A: t", "2023-05-13 00:22:09"),
        ("[2023-05-13, 12:22:09 p.m.] A: t", "2023-05-13 12:22:09"),
        ("\u200f١٣\u200f/٥\u200f/٢٠٢٣، ٥:٢٢ م - A: t", "2023-05-13 17:22:00"),
        ("2023/5/13 下午5:22 - A: t", "2023-05-13 17:22:00"),
        ("2023/5/13 夜5:22 - A: t", None),  # half of the day in unknown words
        ("4/5/23, 17:22 - A: t", None),  # the fourth of May or the fifth of April
    ],
)
def test_dates_of_a_chat_are_read_or_left_empty_and_never_guessed(
    tmp_path: Path, line: str, time: str | None
) -> None:
    messages, _, _ = read(written(tmp_path, "chat.txt", line + "\n"))
    found = messages["posted_at"].iloc[0]
    assert (None if pd.isna(found) else str(found)) == time
    assert not messages["has_zone"].iloc[0]


def test_the_order_of_day_and_month_is_told_by_the_chat_as_a_whole(tmp_path: Path) -> None:
    lines = ["1/2/23, 10:00 - A: t", "2/2/23, 10:00 - A: t", "1/3/23, 10:00 - A: t"]
    messages, _, _ = read(written(tmp_path, "chat.txt", "\n".join(lines)))
    assert messages["posted_at"].dt.month.tolist() == [2, 2, 3]


def test_a_text_file_that_is_no_chat_is_a_table(tmp_path: Path) -> None:
    table = "id;time;text;author\n1;2023-05-04T17:20:00Z;see 5/4/23, 17:00 - yes: no;a\n"
    assert read(written(tmp_path, "posts.txt", table))[0]["author"].tolist() == ["a"]


@pytest.mark.parametrize("piece", [1, 7, 64, 1 << 20])
def test_a_json_file_read_in_pieces_gives_the_messages_of_the_whole(
    piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_records, "PIECE", piece)
    for value in (CHAT, ACCOUNT, [VIEW, VIEW], RECORDS, OUTBOX, THREADS, {"a": 12345}, [], 17):
        stream = io.BytesIO(json.dumps(value, ensure_ascii=False, indent=1).encode())
        found = list(json_records.records_of_value(stream))
        wanted = list(json_records.messages_in(value))
        without = [
            {k: v for k, v in m.items() if k != "within"} if isinstance(m, dict) else m
            for m in found
        ]
        assert without == wanted


@pytest.mark.parametrize(
    "broken", ['{"messages": [{"id": 1}', '{"messages": [1 2]}', "[1]x", "{1: 2}"]
)
def test_a_broken_json_file_is_an_error(tmp_path: Path, broken: str) -> None:
    with pytest.raises(SourceError, match=r"a\.json"):
        list(read_chunks(written(tmp_path, "a.json", broken), 10))


def test_an_archive_of_unknown_columns_is_read_by_a_layout_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    (tmp_path / "sources").mkdir()
    table = written(
        tmp_path, "forum.csv", "nr,sent,body,nick\n7,2023-05-04T17:20:00Z,a text,a-demo\n"
    )
    objects = written(
        tmp_path, "forum.json", [{"nr": 7, "sent": "", "body": "a text", "nick": "a-demo"}]
    )
    with pytest.raises(SourceError, match="source new"):
        list(read_chunks(table, 10))
    own = tmp_path / "sources" / "posts.yml"
    layout = (
        "layouts: {forum: {platform: forum, columns: {id: nr, time: sent, text: body, author: %s}}}"
    )
    own.write_text(layout % "nick", encoding="utf-8")
    for file in (table, objects):
        row = read(file)[0].iloc[0]
        assert (row["record_id"], row["text"], row["author"]) == ("7", "a text", "a-demo")
        assert row["platform_name"] == "forum"
    assert check_file(table).layout == "forum"
    for wrong, words in (("'?'", "author"), ("nick, colour: c", "colour"), ("nick}, x: {", "x")):
        own.write_text(layout % wrong, encoding="utf-8")
        with pytest.raises(SourceFactsError, match=words):
            list(read_chunks(table, 10))


def test_a_layout_of_ones_own_is_proposed_and_what_is_not_clear_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    table = written(
        tmp_path, "foro.csv", "nr;fecha;mensaje;quien\n7;2023-05-04T17:20:00Z;hola;a-demo\n"
    )
    given = ["source", "new", str(table), "--table", "messages"]
    told = CliRunner().invoke(app, given)
    assert told.exit_code == 0 and "text <- mensaje" in told.output and "author <- ?" in told.output
    assert "hola" not in told.output
    with pytest.raises(SourceFactsError, match="author"):
        list(read_chunks(table, 10))
    with pytest.raises(SourceFactsError, match="foro: say which column of the archive is author"):
        identify(table)
    assert read(written(tmp_path, "result.json", CHAT))[0]["text"].tolist() == [SAID_TEXT]
    own = tmp_path / "sources" / "posts.yml"
    own.write_text(own.read_text().replace("'?'", "quien"), encoding="utf-8")
    assert read(table)[0]["author"].tolist() == ["a-demo"]
    assert "already" in str(CliRunner().invoke(app, given).exception)

    objects = written(
        tmp_path, "forum.json", [{"key": 1, "body": "t", "user": {"login": "a-demo"}}]
    )
    CliRunner().invoke(app, ["source", "new", str(objects), "--table", "messages"])
    assert "author: user.login" in own.read_text()
    topics = [{"topic": {"entries": [{"body": "t", "author": {"login": "a-demo"}}]}}]
    nested = written(tmp_path, "nested.json", topics)
    CliRunner().invoke(app, ["source", "new", str(nested), "--table", "messages"])
    assert "text: topic.entries[].body" in own.read_text()
    assert read(nested)[0]["author"].tolist() == ["a-demo"]


def own_layout(folder: Path, columns: str) -> None:
    (folder / "sources").mkdir(exist_ok=True)
    text = f"layouts: {{own: {{columns: {columns}}}}}"
    (folder / "sources" / "posts.yml").write_text(text, encoding="utf-8")


def test_each_object_of_an_inner_list_is_a_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    own_layout(
        tmp_path, "{id: 'page.posts[].nr', text: 'page.posts[].said', author: 'page.posts[].by'}"
    )
    posts = [{"nr": n, "said": f"text {n}", "by": f"w{n}-demo"} for n in range(3)]
    file = written(
        tmp_path, "a.json", [{"page": {"posts": posts}}, {"page": {"posts": []}}, {"page": None}]
    )
    messages, _, rows_in = read(file)
    assert messages["text"].tolist()[:3] == ["text 0", "text 1", "text 2"]
    assert messages["author"].tolist()[:3] == ["w0-demo", "w1-demo", "w2-demo"]
    told = check_file(file)
    assert (told.rows_in, rows_in) == (5, 5)


@pytest.mark.parametrize(
    ("dates", "read_as"),
    [
        (["04/05/2023 17:20", "13/05/2023 9:00"], ["2023-05-04 17:20", "2023-05-13 09:00"]),
        (["04/05/1998", "05/13/2023"], ["1998-04-05", "2023-05-13"]),
        (["04/05/2023", "05/06/2023"], [None, None]),
        (["13/05/2023", "05/13/2023"], [None, None]),
        (["2023-05-04", "04/05/2023", "31/05/2023"], ["2023-05-04", "2023-05-04", "2023-05-31"]),
    ],
)
def test_the_order_of_day_and_month_is_told_by_the_whole_column(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dates: list[str], read_as: list[str | None]
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    own_layout(tmp_path, "{time: visto, text: dijo, author: cuenta}")
    rows = "".join(f"{date};hola;a-demo\n" for date in dates)
    file = written(tmp_path, "a.csv", f"visto;dijo;cuenta\n{rows}")
    found = pd.concat([chunk.messages() for chunk in read_chunks(file, 1)])["posted_at"]
    pd.testing.assert_series_equal(
        found.reset_index(drop=True),
        pd.Series(pd.to_datetime(read_as, format="ISO8601"), dtype="datetime64[ns]"),
        check_names=False,
    )


def test_columns_are_guessed_by_what_they_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRD_SOURCES", str(tmp_path / "sources"))
    row = "a-demo;hola a todas las demás;04/05/2023;Demo\n"
    table = written(tmp_path, "f.csv", f"Cuenta agresora;Lo que dijo;Visto el;Defensora\n{row * 3}")
    told = CliRunner().invoke(app, ["source", "new", str(table), "--table", "messages"]).output
    for words in ("text <- Lo que dijo", "time <- Visto el", "author <- Cuenta", "target <- Def"):
        assert words in told
    assert "hola" not in told


def test_a_page_that_a_browser_saved_is_refused_with_what_to_export(tmp_path: Path) -> None:
    page = written(tmp_path, "a.html", "<html><body><div>Demo Person: hello</div></body></html>")
    with pytest.raises(SourceError) as refused:
        read(page)
    for told in (check_file(page).error, str(refused.value)):
        assert "Download your information" in told and "Demo Person" not in told
