"""The grammar of numbers in prose: what the other studies rely on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdresearch import __version__
from hrdresearch.findings import Claim, Finding, SourceNote
from hrdresearch.findings.model import ClaimConflict
from hrdresearch.findings.numbers import number_in_prose, number_in_table, numeral, printed_forms
from hrdresearch.findings.old_names import OLD_NAMES, current_name
from hrdresearch.findings.prose import (
    ProseError,
    fill_in_prose,
    names_for_prose,
    strip_markdown,
)
from hrdresearch.findings.sentences import count_with_share
from hrdresearch.findings.typed_digits import find_typed_digits


def claim(
    name: str, value: int | float | str | None, unit: str = "victim", **more: object
) -> Claim:
    text = more.pop("text", None) or (str(value) if isinstance(value, str) else "")
    return Claim(name, value, unit, None, str(text), "a definition", **more)  # type: ignore[arg-type]


def finding(*claims: Claim, name: str = "extent", **more: object) -> Finding:
    note = SourceNote("list-a", "List A", "List A, second edition.", "persons", "0" * 64)
    return Finding(
        name,
        "Extent",
        "victims",
        "2019–2021",
        "persons",
        (),
        (),
        claims,
        (note,),
        "killings",
        "b1",
        {},
        **more,  # type: ignore[arg-type]
    )


CONTEXT = names_for_prose(
    [
        finding(
            claim("a.none", 0),
            claim("a.one", 1),
            claim("a.nine", 9),
            claim("a.many", 1733),
            claim("a.share", 42.4, "per_cent"),
            claim("a.few", None, text="fewer than 5", status="suppressed"),
            claim("params.state_name", "Côte d'Ivoire", "text", measure="parameter"),
            statements=("List A documented {{ a.many }} {{ a.many|agree:person:persons }}.",),
        )
    ]
)


def plain(markdown: str) -> str:
    """Resolved prose without the spans around its numbers."""
    import re

    text = re.sub(r"\[((?:[^\]\\]|\\.)*)\]\{\.[^}]*\}", r"\1", fill_in_prose(markdown, CONTEXT))
    return re.sub(r"\\(.)", r"\1", text)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("{{ a.many }}", "1,733"),
        ("{{ a.nine }}", "nine"),
        ("{{ a.nine|digits }}", "9"),
        ("{{ a.none }}", "zero"),
        ("{{ a.share }}", "42 per cent"),
        ("{{ a.few }}", "fewer than 5"),
        ("{{ a.one|of:victim }}", "one victim"),
        ("{{ a.none|of:victim }}", "no victims"),
        ("{{ a.many|of:victim }}", "1,733 victims"),
        ("{{ a.few|of:victim }}", "fewer than 5 victims"),
        ("{{ a.one|agree:was:were }} {{ a.many|agree:was:were }}", "was were"),
        ("{{ params.state_name }}", "Côte d'Ivoire"),
        ("{{> extent}}", "List A documented 1,733 persons."),
        ("{{#if a.none}}some{{else}}none{{/if}}", "none"),
        ("{{#if a.few}}some{{else}}none{{/if}}", "some"),
        ("{{#if a.few is suppressed}}withheld{{/if}}", "withheld"),
        ("{{#if a.one is one}}one{{/if}}{{#if a.many is one}}x{{/if}}", "one"),
        ("{{#if a.many is many}}many{{/if}}", "many"),
        ("{{#if a.none is zero}}zero{{/if}}", "zero"),
        ("{{#if b.x is missing}}not made{{/if}}", "not made"),
        ("{{#if b.x is present}}{{ b.x }}{{else}}skipped unread{{/if}}", "skipped unread"),
        ("{{#if a.one}}a{{#if a.none}}b{{else}}c{{/if}}d{{else}}e{{/if}}", "acd"),
        ("{{#assert a.share > 10}}{{ a.share }}{{/assert}}", "42 per cent"),
        ("a{{#assert a.share > 50}}b{{ not.made }}{{/assert}}c", "ac"),
        ("{{#assert a.few > 0 or not.made = 1}}b{{/assert}}c", "c"),
        ("{{#assert a.one = 1}}a{{#if a.none}}b{{else}}c{{/if}}d{{/assert}}e", "acde"),
        ("{{#if a.none}}a{{#assert a.one = 1}}b{{/assert}}{{else}}c{{/if}}", "c"),
    ],
)
def test_a_sentence_prints_its_numbers_in_un_style(written: str, printed: str) -> None:
    assert plain(written) == printed


def test_a_guarded_sentence_that_is_not_printed_is_noted_with_the_numbers_of_today() -> None:
    context = names_for_prose(list(CONTEXT.findings.values()))

    fill_in_prose("{{#assert a.share > 40}}x{{/assert}}", context, "cell 1")
    fill_in_prose("{{#assert a.share > 50 and a.one = 1}}x{{/assert}}", context, "cell 2")
    fill_in_prose("{{#if a.none}}{{#assert a.one > 3}}x{{/assert}}{{/if}}", context, "cell 3")
    fill_in_prose("{{#assert a.few > 0 or a.shame = 1}}x{{/assert}}", context, "cell 4")

    assert [str(note) for note in context.unprinted] == [
        "cell 2: a.share > 50 and a.one = 1 no longer holds (a.share is 42 per cent; a.one is "
        "one); its sentence is not printed",
        "cell 4: a.few > 0 or a.shame = 1 is not known to hold (a.few is fewer than 5; a.shame is "
        "a number that no finding made (is it a.share?)); its sentence is not printed",
    ]


def test_a_number_is_tied_to_its_claim() -> None:
    assert fill_in_prose("{{ a.many }}", CONTEXT) == '[1,733]{.claim data-claim="a.many"}'


def test_a_footnote_cites_the_lists_in_use() -> None:
    assert fill_in_prose(
        "text.{{ footnote.sources }}", CONTEXT
    ) == r"text.^[List A, second edition\.]".replace("\\.", "\\.")


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("{{ a.missing }}", "no finding made a number called 'a.missing'"),
        ("{{ a.manny }}", "did you mean a.many"),
        ("{{ A.Many }}", "is no name of a number"),
        ("{{#if a.one}}open", "is not closed"),
        ("closed{{/if}}", "no {{#if}} or {{#assert}} before it"),
        ("{{#assert a.one > 0}}open", "{{#assert}} is not closed with {{/assert}}"),
        ("{{#assert a.one > 0}}{{#if a.one}}x{{/assert}}{{/if}}", "{{#assert}} is not closed"),
        ("{{#assert}}x{{/assert}}", "needs a condition"),
        ("{{#assert a.one => 0}}x{{/assert}}", "cannot be read at sign 8"),
        ("{{#assert a.one > 0}}x{{else}}y{{/assert}}", "{{else}} has no {{#if}} before it"),
        ("{{ a.one|shout }}", "there is no style 'shout'"),
        ("{{ a.one|of:unicorn }}", "is not in vocab/nouns.yml"),
        ("{{> nothing}}", "no finding 'nothing'"),
        ("{{#if a.one is purple}}x{{/if}}", "is none of"),
        ("There were 12 killings.", "'12'"),
        ("There were {{ a.one }} of 1,733.", "1,733"),
    ],
)
def test_a_sentence_that_cannot_be_printed_says_why(written: str, complaint: str) -> None:
    with pytest.raises(ProseError, match="cell 7") as error:
        fill_in_prose(written, CONTEXT, "cell 7")
    assert complaint in str(error.value)


@pytest.mark.parametrize(
    "written",
    [
        "On 16 July 2020 and in May 2021, and in 2019.",
        "See A/75/165, paras. 7 (c), 30 and 91 (b), and resolution 43/16.",
        "During the COVID-19 pandemic; indicator 16.10.1.",
        "Between 2016 and 2020, as at 2020-06-30.",
        "1. A list mark is no number.",
        "[a link](https://example.org/2021/12)",
    ],
)
def test_dates_symbols_and_defined_terms_may_be_typed(written: str) -> None:
    assert find_typed_digits(written) == []


def test_one_name_with_two_contents_is_an_error() -> None:
    with pytest.raises(ProseError, match=r"'a\.x' was made twice"):
        names_for_prose([finding(claim("a.x", 1)), finding(claim("a.x", 2), name="other")])
    with pytest.raises(ProseError, match="Two findings are called 'extent'"):
        names_for_prose([finding(claim("a.x", 1)), finding(claim("a.y", 1))])


def test_the_same_finding_shown_twice_is_no_error() -> None:
    one = finding(claim("a.x", 1))
    assert list(names_for_prose([one, one]).claims) == ["a.x"]


def test_a_finding_comes_back_from_its_carrier_as_it_went() -> None:
    import json

    from hrdresearch.findings.display import notebook_output
    from hrdresearch.findings.model import FINDING_MIME

    made = CONTEXT.findings["extent"]
    body = json.loads(json.dumps(notebook_output(made, "show")))[FINDING_MIME]
    assert body["placement"] == "show"
    assert Finding.from_json(body) == made


def test_readable_html_escapes_what_a_list_holds() -> None:
    from dataclasses import replace

    from hrdresearch.findings.display import finding_as_html

    made = replace(CONTEXT.findings["extent"], title="<script>alert()</script>")
    assert "<script>" not in finding_as_html(made, "show")


def test_a_suppressed_claim_cannot_carry_a_value() -> None:
    with pytest.raises(ValueError, match="carries a value"):
        claim("a.x", 3, status="suppressed")


@given(st.integers(min_value=10, max_value=10**9))
def test_numbers_from_ten_on_are_numerals_with_thousands(number: int) -> None:
    assert int(number_in_prose(number, "victim").replace(",", "")) == number


@given(st.integers(min_value=0, max_value=9))
def test_numbers_below_ten_are_words_in_prose_and_numerals_in_tables(number: int) -> None:
    assert number_in_prose(number, "victim").isalpha()
    assert number_in_table(number, "victim") == str(number)


def test_shares_are_rounded_half_up_and_not_to_even() -> None:
    assert [numeral(x) for x in (11.63, 39.5, 40.5, 0.4)] == ["12", "40", "41", "0"]


def test_a_share_of_some_is_not_printed_as_none_nor_of_most_as_all() -> None:
    shares = (0.0, 0.4, 0.5, 99.4, 99.8, 100.0)
    printed = ["0", "less than 1", "1", "99", "more than 99", "100"]
    assert [number_in_table(x, "per_cent") for x in shares] == printed
    assert number_in_prose(99.8, "per_cent") == "more than 99 per cent"
    assert "100" not in printed_forms(99.8, "per_cent", "more than 99")


def test_a_finding_in_which_one_name_has_two_contents_cannot_be_made() -> None:
    first, other = claim("extent.rows", 4854, "row"), claim("extent.rows", 926, "row")
    with pytest.raises(ClaimConflict, match=r"'extent\.rows' was made twice"):
        finding(first, other)
    assert finding(first, first).claims == (first,)


@pytest.mark.parametrize("study", ["", "imprisonment."])
def test_a_number_that_was_renamed_is_found_by_its_old_name_with_a_warning(study: str) -> None:
    new = names_for_prose([finding(claim(f"{study}tracked.at_least_5.persons", 7, "person"))])
    prose = "{{#if NAME is present}}In five: {{ NAME|of:person }}.{{/if}}"

    with pytest.warns(FutureWarning, match=rf"{study}tracked\.at_least_5\.persons"):
        found = fill_in_prose(prose.replace("NAME", f"{study}tracked.at_least_5.same_charge"), new)

    assert found == fill_in_prose(prose.replace("NAME", f"{study}tracked.at_least_5.persons"), new)
    assert "seven" in found


@pytest.mark.parametrize("study", ["", "killings."])
def test_a_name_that_said_its_list_twice_is_found(study: str) -> None:
    now = f"{study}by_source.cpj.accountability.complete.older.share"
    with pytest.warns(FutureWarning, match=now):
        assert current_name(now.replace("cpj.", "cpj.by_source.cpj.")) == now


def test_a_number_that_was_given_up_says_why() -> None:
    with pytest.raises(ProseError, match="promises no time in which a message is reviewed"):
        fill_in_prose("Within {{ acknowledgements.review_days|of:day }}.", CONTEXT)


def test_old_names_of_numbers_are_kept_for_one_version() -> None:
    """When this fails a new version has begun: take the old names of the version before away."""
    assert {old.since for old in OLD_NAMES} == {__version__}


def test_about_stands_before_each_rounded_number_and_not_in_brackets() -> None:
    known, women, share = (
        claim("sex.known", 80, is_rounded=True),
        claim("sex.female", 20, is_rounded=True),
        claim("sex.share", 30.0, "per_cent", is_rounded=True),
    )
    own = names_for_prose([finding(known, women, share, claim("exact", 7))])
    for template, printed in {
        "Of the {{ sex.known }} known, {{ sex.female|of:victim }}{{ sex.share|bracketed }} are.":
            "Of about 80 known, about 20 victims (30 per cent) are.",
        "{{ exact }}. The {{ sex.known }} are. {{ sex.female }} are.":
            "seven. About 80 are. About 20 are.",
        "It is {{ sex.share }} {{ sex.female|agree:man:men }}.": "It is about 30 per cent men.",
    }.items():  # fmt: skip
        assert strip_markdown(fill_in_prose(template, own)) == printed


def test_a_part_that_rounding_makes_larger_than_its_whole_is_nearly_all() -> None:
    whole, part, share = (
        claim(n, v, is_rounded=True) for n, v in (("w", 75), ("p", 80), ("s", 70))
    )
    assert count_with_share(part, None, whole) == "nearly all"
    assert count_with_share(share, None, whole) == "{{ s }}"
    assert count_with_share(whole, None, whole) == "all or nearly all"
    shown, hundred = claim("share", 80, "per_cent"), claim("h", 100, is_rounded=True)
    assert count_with_share(part, shown, hundred) == "{{ p }}"  # about 80 of about 100
    assert count_with_share(part, shown) == "{{ p }}{{ share|bracketed }}"
    assert count_with_share(share, shown, whole) == "{{ s }}{{ share|bracketed }}"
    assert count_with_share(claim("p", 80), None, whole) == "{{ p }}"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("in {{ a.nine }} of {{ b.nine|of:review }}", "in all nine reviews"),
        ("for {{ a.nine }}{{ b.all|bracketed }} of {{ b.nine }}", "for all nine"),
        ("It is so. {{ a.two }} of the {{ b.two }} are long.", "It is so. Both are long."),
        ("Of {{ a.nine|of:review }} (in all), {{ b.nine }}{{ b.all|bracketed }} were long.",
         "Of nine reviews (in all), all were long."),
        ("Of the {{ a.two|of:review }}, {{ b.two }} are long.", "Of the two reviews, both are long."),
        ("counts all {{ a.two }} as such", "counts both as such"),
        ("{{ a.nine|of:review }} were long, and we read {{ b.nine }} of them.",
         "nine reviews were long, and we read all of them."),
        ("{{ a.nine|of:review }} were long. We read {{ b.nine }} of these.",
         "nine reviews were long. We read nine of these."),
        # another whole, a rounded number, a number of something else, and one of one stay
        ("{{ a.one }} of {{ b.one }}, {{ a.two }} of {{ b.nine }}", "one of one, two of nine"),
        ("In {{ c.rounded }} of {{ d.rounded }}", "In about 60 of about 60"),
        ("Of {{ c.rounded }}, {{ d.rounded }} are long.", "Of about 60, about 60 are long."),
        ("Of {{ a.nine|of:review }}, with {{ b.nine|of:letter }}, {{ a.two }} were long.",
         "Of nine reviews, with nine letters, two were long."),
        ("Of {{ a.nine|of:review }}, {{ a.two }} are long, {{ b.nine }} are old.",
         "Of nine reviews, two are long, nine are old."),
    ],
)  # fmt: skip
def test_all_is_said_where_the_part_is_the_whole(written: str, said: str) -> None:
    numbers = {"one": 1, "two": 2, "nine": 9}
    claims = [claim(f"{of}.{key}", n, "review") for of in "ab" for key, n in numbers.items()]
    claims += [claim(f"{of}.rounded", 60, is_rounded=True) for of in "cd"]
    names = names_for_prose([finding(*claims, claim("b.all", 100.0, "per_cent"))])
    assert strip_markdown(fill_in_prose(written, names)) == said
