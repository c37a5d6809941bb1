"""The page as a file: whole, safe, the same each time."""

from __future__ import annotations

import base64
import itertools
import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
import report_examples as example
from lxml import html

from hrdresearch.findings.model import Claim
from hrdresearch.report import lineage
from hrdresearch.report import tree as tree_
from hrdresearch.report.content_security import PLACE, with_content_security
from hrdresearch.report.document import Prose, ShownFinding, assemble_document, write_html
from hrdresearch.report.html import _Look


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "report.html"
    write_html(assemble_document(example.blocks(), example.meta()), example.claims(), path)
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tree(written: str) -> html.HtmlElement:
    return html.document_fromstring(written)


def test_the_page_asks_no_network(tree: html.HtmlElement):
    assert not tree.xpath("//link | //script[@src] | //img | //iframe | //*[@srcset]")
    assert "@import" not in tree.text_content()
    assert not re.search(r"url\((?!#)", html.tostring(tree, encoding="unicode"))


def test_the_policy_names_what_the_page_was_made_with_and_allows_nothing_else(
    tree: html.HtmlElement,
):
    [policy] = tree.xpath("/html/head/meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules.keys() == {
        "default-src", "script-src", "style-src", "img-src", "base-uri", "form-action"
    }  # fmt: skip
    for name, kind in (("script-src", "//script"), ("style-src", "//style")):
        texts = {element.text for element in tree.xpath(kind)}
        hashes = {base64.b64encode(sha256(text.encode()).digest()).decode() for text in texts}
        assert rules.pop(name).split() and hashes <= set(re.findall(r"sha256-([^']+)", policy))
    assert rules.pop("img-src") == "data:" and set(rules.values()) == {"'none'"}
    assert not tree.xpath("//@style | //@*[starts-with(name(), 'on')] | //form | //object")
    first = tree.xpath("(//style | //script | //meta[@http-equiv])[1]")[0]
    assert first.tag == "meta"


def test_a_style_that_would_load_or_escape_is_left_out_and_a_script_in_the_text_is_not_allowed():
    page = (
        f'{PLACE}<p style="background: url(https://example.org/x)">a</p>'
        '<p class="b" style="color: red">b</p><i style="color: red"></i>'
        '<p style="color: red} h1 {display: none">c</p><script>2</script>'
    )
    made = with_content_security(page, "1")
    assert "example.org" not in made and "display" not in made
    assert '<p class="look-2 b">b</p><i class="look-2"></i>' in made
    assert made.count("color: red") == 1 and made.count("script-src 'sha256-") == 1
    one, two = (base64.b64encode(sha256(text).digest()).decode() for text in (b"1", b"2"))
    assert one in made and two not in made
    with pytest.raises(ValueError, match="no place"):
        with_content_security("<p>a</p>", "")


def test_every_number_links_to_its_lineage_in_the_annex(tree: html.HtmlElement):
    links = tree.xpath("//a[contains(@class, 'claim')]")
    assert len(links) > 40
    assert all(tree.get_element_by_id(a.get("href")[1:]) is not None for a in links)


def test_lineage_gives_source_definition_count_build_and_hash(tree: html.HtmlElement):
    row = tree.get_element_by_id("lineage-by_sex.r0.c0").text_content()
    assert "31" in row and "Persons documented as killed" in row
    assert "Alpha list (invented) (file a1a1a1a1a1a1)" in row
    assert tree.xpath("//table[@data-build='0123abcd4567']")


def test_a_withheld_number_prints_its_text_and_reason_and_no_count(tree: html.HtmlElement):
    cells = tree.get_element_by_id("lineage-by_sex.r2.c0").xpath("./*")
    assert cells[0].text_content().startswith("fewer than 5")
    assert "fewer than five persons, or none" in cells[2].text_content()
    assert cells[3].text_content() == "not shown"


def test_no_id_stands_twice_and_every_link_inside_the_page_leads_somewhere(tree):
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {a[1:] for a in tree.xpath("//a/@href") if a.startswith("#")}
    assert targets <= set(ids)


def test_headings_go_down_one_level_at_a_time(tree: html.HtmlElement):
    levels = [int(h.tag[1]) for h in tree.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_footnotes_are_numbered_and_lead_back(tree: html.HtmlElement):
    marks = [a.text_content() for a in tree.xpath("//a[@role='doc-noteref']")]
    assert marks == ["1", "2"]
    assert len(tree.xpath("//a[@role='doc-backlink']")) == 2


def test_every_figure_has_a_description_and_a_data_table(tree: html.HtmlElement):
    figures = tree.xpath("//figure")
    assert len(figures) == 5
    for figure in figures:
        picture = figure.xpath(".//*[@role='img']")[0]
        alt = tree.get_element_by_id(picture.get("aria-labelledby")).text_content()
        assert re.search(r"(chart|map): .*\d", alt)
        assert tree.get_element_by_id(f"{figure.get('id')}-data").tag == "table"


def test_labels_in_charts_say_which_vocabulary_they_come_from(tree: html.HtmlElement):
    groups = tree.xpath("//*[local-name()='g'][@data-vocab='cause']")
    assert any("Environment" in g.text_content() for g in groups)


def test_markup_in_labels_parameters_and_code_stays_text(tmp_path: Path):
    evil = '<script>alert("x")</script>'
    finding = example.finding("evil", evil, [(evil, [12])], "bars", notes=(evil,), title=evil)
    meta = example.meta(
        title=evil,
        banner=evil + "</style>",
        parameters={evil: evil},
        notebook_code=(evil + "</code></details>",),
    )
    doc = assemble_document([Prose(f"# One {evil}\n\n{evil}"), ShownFinding(finding)], meta)
    write_html(doc, {c.name: c for c in finding.claims}, tmp_path / "x.html")
    text = (tmp_path / "x.html").read_text(encoding="utf-8")
    assert text.count("<script") == 1  # the page's own
    assert text.count("</style>") == len(re.findall(r"<style", text))


def test_the_same_document_gives_the_same_bytes(written: str, tmp_path: Path):
    write_html(
        assemble_document(example.blocks(), example.meta()),
        example.claims(),
        tmp_path / "again.html",
    )
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == written


def test_a_document_symbol_in_a_table_may_break_behind_each_stroke() -> None:
    cells = [[tree_.inlines_of(words)] for words in ("CCPR/C/901/D/1/2019", "and/or", "A/75/165")]
    look = _Look({}, set()).html(
        [tree_.table([], [tree_.inlines_of("Document")], cells, ["AlignLeft"], "t")]
    )
    assert look.count("<wbr>") == 7
    assert html.fromstring(look).text_content().count("CCPR/C/901/D/1/2019") == 1


def test_a_number_that_no_finding_made_stops_the_page(tmp_path: Path):
    doc = assemble_document([Prose('# One\n\n[9]{.claim data-claim="no.such"}')], example.meta())
    with pytest.raises(KeyError, match=r"no\.such"):
        write_html(doc, {}, tmp_path / "x.html")


def test_banner_title_parameters_code_and_sources_stand_on_the_page(tree: html.HtmlElement):
    text = tree.text_content()
    for expected in (
        "Demonstration: every person",
        "Draft: advance unedited version",
        "show(study.by_year())",
        "Parameter year_from",
        "Invented Beta Union, Register, 2021",
        "b2" * 32,
    ):
        assert expected in text


def test_a_number_that_is_no_count_of_rows_is_not_said_to_count_all_of_them() -> None:
    worked_out = Claim("ages.median", 7.4, "year", None, "7.4", "Median age", measure="computed",
                       table="visits")  # fmt: skip
    counted = replace(worked_out, measure="rows", rows=44)
    fate = replace(worked_out, measure="build", table="cases")
    told = [line.counted for claim in (worked_out, counted, fate)
            for line in lineage.lineage_lines([claim.name], {claim.name: claim}, ())]  # fmt: skip
    assert told == ["Worked out from rows of table visits, as the second column says",
                    "All rows of table visits", "Counted when the files were read"]  # fmt: skip


def test_annexes_fold_away_each_under_its_heading(tree: html.HtmlElement):
    folds = tree.xpath("//section[@class='annexes']/details[not(@open)]/summary/h2")
    assert [h.text_content().strip() for h in folds] == [
        "Annex I. Sources and definitions", "Annex II. How this report was made",
        "Annex III. Full tables", "Annex IV. Lineage of the numbers"]  # fmt: skip
