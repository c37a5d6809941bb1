"""Published sentences: read with their numbers, and found again in a later text."""

from __future__ import annotations

from hrdresearch.run.recheck.matched import match_sentences
from hrdresearch.run.recheck.printed import Sentence, read_sentences

PAGE = """<main>
<section class="summary"><h2>Summary</h2>
<p>At least <a class="claim" data-claim="extent.victims">1,200</a> were killed (para. <a
href="#para-1">1</a>).</p>
</section>
<div class="body"><h2><span class="heading-number">I.</span> Extent</h2>
<div id="para-1" class="numbered"><a class="para-number" href="#para-1">1.</a>
<p><span class="from" data-finding="extent"></span>The list documented
<a class="claim" data-claim="extent.victims">1,200</a> cases in
<a class="claim" data-claim="extent.states">nine</a> States (see <a href="#table-1">table 1</a>).<a
class="footnote-ref" href="#fn1"><sup>1</sup></a> No rise is stated.</p></div>
<figure><p>A caption.</p></figure>
<div class="note"><p>Note: as recorded.</p></div>
</div></main>"""


def sentence(text: str, place: str = "Extent", **numbers: str) -> Sentence:
    """A sentence whose numbers stand in it as ``{claim}``."""
    named = tuple(numbers.items())
    filled = text.format(**numbers) if numbers else text
    return Sentence("para-1", place, "", filled, named, text)


def test_sentences_are_read_with_their_place_their_numbers_and_their_template() -> None:
    found = read_sentences(PAGE)

    assert [(s.where, s.finding, s.is_note, s.text) for s in found] == [
        ("Summary", "", False, "At least 1,200 were killed (para. 1)."),
        (
            "para. 1",
            "extent",
            False,
            "The list documented 1,200 cases in nine States (see table 1).",
        ),
        ("para. 1", "extent", False, "No rise is stated."),
        ("Extent", "", True, "Note: as recorded."),
    ]
    assert found[1].numbers == (("extent.victims", "1,200"), ("extent.states", "nine"))
    assert [s.template for s in found[:2]] == [
        "At least {extent.victims} were killed.",
        "The list documented {extent.victims} cases in {extent.states} States (see {reference}).",
    ]


def test_a_sentence_holds_has_other_numbers_or_other_words_or_is_no_longer_said() -> None:
    before = [
        sentence("Of {a} cases {b} are known.", a="10", b="five"),
        sentence("The list documented {c} cases from {d} to {e}.", c="7", d="2001", e="2009"),
        sentence("The file has no field for this."),
        sentence("No rise or fall is stated."),
    ]
    after = [
        sentence("No rise or fall is stated.", place="Elsewhere"),
        sentence(
            "The list documented at least {c} cases from {d} to {e}.", c="8", d="2001", e="2010"
        ),
        sentence("Of {a} cases {b} are known.", a="12", b="five"),
        sentence("Sex is recorded for {f}.", f="six"),
    ]

    found = match_sentences(before, after)

    assert [one.verdict for one in found] == [
        "other numbers",
        "other words",
        "no longer said",
        "holds",
        "new",
    ]
    assert found[0].changed_numbers() == [("a", "10", "12")]
    assert found[1].changed_numbers() == [("c", "7", "8"), ("e", "2009", "2010")]
    assert found[1].now == after[1]
    assert found[4].now == after[3]


def test_the_same_words_twice_are_two_sentences_and_one_of_them_may_go() -> None:
    twice = [sentence("Not decided yet."), sentence("Not decided yet.")]

    found = match_sentences(twice, twice[:1])

    assert [one.verdict for one in found] == ["holds", "no longer said"]


def test_sentences_that_share_no_number_are_not_taken_for_one_because_their_words_are_alike() -> (
    None
):
    was = sentence("The kind of perpetrator is given for {a}.", a="10")
    now = sentence("The kind of weapon is given for {b}.", b="10")

    assert [one.verdict for one in match_sentences([was], [now])] == ["no longer said", "new"]
