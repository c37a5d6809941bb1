"""Review of a report: comments beside it, two different desks sign, a change voids what was signed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from invented_reports import write_edition
from lxml import html
from typer.testing import CliRunner

from hrdresearch.cli import app
from hrdresearch.privacy.build_names_index import NameEntry, build_index
from hrdresearch.privacy.desk_keys import make_desk_key
from hrdresearch.privacy.keys import KeyProblem, study_key
from hrdresearch.run.check import check
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import read_json
from hrdresearch.run.signoff import review_report
from hrdresearch.run.signoff.book import book_of, read_review, standing_of
from hrdresearch.run.signoff.review_report import close, comment, sign, status, take_back
from hrdresearch.run.site.make_site import make_site
from hrdresearch.run.take_down import take_down

FIRST, SECOND = "anchor bottle candle dragon", "feather garden hammer island"


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("HRD_KEYS", str(tmp_path / "keys"))
    return write_edition(tmp_path / "reports")


def standing(edition: Path):
    return standing_of(edition, read_json(edition / "manifest.json"))


def status_on_site(edition: Path) -> str:
    tree = html.fromstring(make_site(edition.parents[2]).read_text())
    [row] = tree.xpath("//li[contains(@class, 'row')]")
    return str(row[1].text_content()).strip()


def test_two_different_roles_make_it_signed_and_labels_are_said_to_prove_nothing(edition: Path):
    assert status_on_site(edition) == "Draft"
    told = sign(edition, "desk-4", None)
    assert told[0].startswith("Signed by label: no key shows who it was")
    assert told[-1] == "Not signed: 1 more desk(s) must sign"
    sign(edition, "desk-4", None)  # again: still one role
    assert not standing(edition).is_signed
    assert status_on_site(edition).startswith(
        "In review desk-4 has signed, one other desk is needed"
    )
    assert sign(edition.parent / "latest", "desk-7", None)[-1] == "Signed by 2 different desks"
    assert status_on_site(edition).startswith("Signed")
    assert check(edition, None).problems == ()  # the book lies outside what the run has signed
    assert take_back(edition, "desk-7") and not standing(edition).is_signed


@pytest.mark.parametrize("name", ["report.html", "claims.json"])
def test_a_change_of_the_page_or_of_a_number_voids_what_was_signed(edition: Path, name: str):
    sign(edition, "desk-4", None), sign(edition, "desk-7", None)
    (edition / name).write_text((edition / name).read_text() + " ")
    found = standing(edition)
    assert found.signed == {} and len(found.void) == 2
    assert "is void, because the report was changed after it" in found.waits_for
    with pytest.raises(RunError, match=f"does not pass check.*{name} is not the file"):
        sign(edition, "desk-4", None)


@pytest.mark.usefixtures("quick_passphrases")
def test_where_desks_have_keys_each_signs_with_its_own(edition: Path, monkeypatch):
    sign(edition, "desk-9", None)
    keys = [make_desk_key("desk-4", FIRST), make_desk_key("desk-7", SECOND)]
    assert "desks sign with their keys here" in standing(edition).void[0]
    with pytest.raises(KeyProblem, match="desk-9 has none"):
        sign(edition, "desk-9", None, FIRST)
    told = sign(edition, "desk-4", None, FIRST)
    assert (
        told[0] == f"desk-4 has signed, with a key of its own (fingerprint {keys[0].fingerprint})"
    )
    sign(edition, "desk-7", None, SECOND)
    assert standing(edition).is_signed
    monkeypatch.setenv("HRD_KEYS", str(edition.parents[3] / "reader"))  # no keys there
    assert {**standing(edition).signed}.keys() >= {"desk-4", "desk-7"}
    book = book_of(edition)
    forged = yaml.safe_load(book.read_text())
    for one in forged["signatures"]:
        if one["role"] == "desk-7":
            one.update(role="desk-8")  # a signature is that of its role
    forged["signatures"] = [s for s in forged["signatures"] if s["role"] != "desk-9"]
    book.write_text(yaml.safe_dump(forged))
    assert "does not fit its key" in standing(edition).void[0] and not standing(edition).is_signed


def test_a_comment_stands_beside_the_paragraph_until_it_is_closed(edition: Path):
    told = comment(edition, "2", "Which list says so?\nPlease cite it.", "desk-7", None)
    assert told[0].startswith("The comment was not searched for names")
    [kept] = read_review(edition).comments
    assert (kept.paragraph, kept.by, kept.text) == (
        "para-2", "desk-7", "Which list says so? Please cite it.",
    )  # fmt: skip
    assert kept.begins == "Of them, 24 per cent were"
    assert "text: Which list says so? Please cite it." in book_of(edition).read_text()
    tree = html.fromstring(make_site(edition.parents[2]).read_text())
    [link] = tree.xpath("//p[@class='comment']/a")
    assert link.get("href") == f"killings/all/{edition.name}/report.html#para-2"
    with pytest.raises(RunError, match=r"1 comment\(s\) are open, on para-2"):
        sign(edition, "desk-4", None)
    assert (
        "Comment 1 on para-2 (Of them, 24 per cent were ...), desk-7" in status(edition).lines[-1]
    )
    assert close(edition, 1, "desk-4") == "Comment 1 is closed by desk-4"
    with pytest.raises(RunError, match="no open comment 1"):
        close(edition, 1, "desk-4")
    assert sign(edition, "desk-4", None) and status(edition).is_signed is False


def test_what_cannot_be_is_refused_in_words(edition: Path):
    for paragraph, text, desk, why in (
        ("9", "x", "desk-4", "has no para-9: its paragraphs are 1 to 2"),
        ("1", " ", "desk-4", "comment is empty"),
        ("1", "x", "Ana", "names a desk and not a person"),
    ):
        with pytest.raises(RunError, match=why):
            comment(edition, paragraph, text, desk, None)
    with pytest.raises(RunError, match="desk-4 has not signed"):
        take_back(edition, "desk-4")
    internal = write_edition(edition.parents[2], slug="state-ken", is_internal=True)
    with pytest.raises(RunError, match="internal"):
        sign(internal, "desk-4", None)
    book_of(edition).write_text("comments: 3")
    with pytest.raises(RunError, match="changed by hand, or is damaged"):
        comment(edition, "1", "x", "desk-4", None)
    assert "review is damaged" in make_site(edition.parents[2]).read_text()


def test_a_comment_with_a_name_of_the_list_is_refused(edition: Path, monkeypatch):
    index = build_index([NameEntry("Zoraida Inventada Demo")], study_key("killings"), frozenset())
    monkeypatch.setattr(review_report, "find_build", lambda *_: None)
    monkeypatch.setattr(review_report, "read_index", lambda _: index)
    with pytest.raises(RunError, match="holds a name of a case list") as refused:
        comment(edition, "1", "Is Zoraida Inventada Demo counted?", "desk-4", edition.parent)
    assert "Zoraida" not in str(refused.value) and not book_of(edition).exists()
    [told] = comment(edition, "1", "Is the case of 2019 counted?", "desk-4", edition.parent)
    assert told == "Comment 1 on para-1 is kept; it is open until somebody closes it"


def test_what_is_taken_down_leaves_neither_a_review_nor_a_line_on_the_site(edition: Path):
    out = edition.parents[2]
    comment(edition, "1", "Canary", "desk-4", None)
    page = make_site(out)
    before = page.stat().st_mtime_ns
    (edition.parent / "changes.html").write_text("Canary")
    take_down([edition], out)
    assert sorted(p.name for p in out.rglob("*")) == ["index.html", "index.json"]
    assert "Canary" not in page.read_text() and edition.name not in (out / "index.json").read_text()
    assert page.stat().st_mtime_ns == before  # nothing tells when it was


def test_the_commands_stand_beside_the_review_of_what_was_coded(edition: Path):
    def said(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["review", *words])
        return done.exit_code, done.output + str(done.exception or "")

    where = str(edition / "report.html")
    code, text = said("comment", where, "A year is missing", "--paragraph", "1", "--desk", "desk-7")
    assert code == 0 and "Comment 1 on para-1 is kept" in text
    assert said("status", where)[0] == 1
    assert said("comment", where, "--close", "1", "--desk", "desk-7")[0] == 0
    assert "Not signed: 1 more desk" in said("sign", where, "--desk", "desk-4")[1]
    assert "2 different desks" in said("sign", where, "--desk", "desk-7")[1]
    assert said("status", where)[0] == 0
    assert said("comment", where, "text", "--desk", "desk-4")[0] == 2
    assert "has no review queue" in said("nonsense", "queue.xlsx")[1]
    assert "has no review queue" in said("--most", "3", "nonsense", "queue.xlsx")[1]
    assert all(word in said("--help")[1] for word in ("comment", "sign", "status", "queue"))
