"""Links from key findings and recommendations to the paragraphs that hold their numbers."""

from __future__ import annotations

from typing import Any

from hrdresearch.report import tree
from hrdresearch.report.references import link_to_exhibits, link_to_paragraphs


def paragraph(number: int, finding: str, *claims: str) -> dict[str, Any]:
    """A numbered paragraph that a finding wrote, with the numbers in it."""
    spans = [tree.span([], ["from"], data_finding=finding)]
    spans += [tree.span(tree.inlines_of("7"), ["claim"], data_claim=claim) for claim in claims]
    return tree.div([tree.para(spans)], ["numbered"], f"para-{number}", data_number=str(number))


def linked(findings: str, numbers: str = "") -> str:
    """What stands in the place of a span that asks for links, as text."""
    see = tree.span(
        [],
        ["see"],
        data_findings=findings,
        data_before="(",
        data_after=")",
        data_numbers=numbers,
    )
    return tree.text_of(link_to_paragraphs([tree.para([see])], BODY)).strip()


BODY = [
    paragraph(3, "extent", "by_source.a.victims"),
    paragraph(4, "extent", "by_source.b.victims", "by_source.b.states"),
    paragraph(9, "by_sex", "by_source.b.by_sex.female"),
]


def test_the_paragraph_with_most_of_the_numbers_is_meant() -> None:
    assert linked("extent", "by_source.b.victims by_source.b.states") == "(para. 4)"
    assert linked("extent", "by_source.a.victims") == "(para. 3)"
    both = "by_source.b.victims by_source.b.states by_source.a.victims"
    assert linked("extent", both) == "(paras. 3 and 4)"


def test_without_numbers_the_first_paragraph_of_each_finding_is_meant() -> None:
    assert linked("extent by_sex") == "(paras. 3 and 9)"


def test_a_finding_without_a_paragraph_leaves_nothing() -> None:
    assert linked("threats") == ""
    assert linked("threats by_sex", "x") == "(para. 9)"


def test_a_mark_for_an_exhibit_becomes_its_number_and_without_one_its_words_stay() -> None:
    def text(finding: str) -> str:
        mark = tree.span(tree.inlines_of("the annex"), ["exhibit-of"], data_finding=finding)
        return tree.text_of(
            link_to_exhibits([tree.para([mark])], {"asks": ("Figure 3", "figure-3")})
        )

    assert text("asks").strip() == "figure 3"
    assert text("women").strip() == "the annex"
