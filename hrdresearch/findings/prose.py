"""Numbers in prose: the small grammar of ``{{ claims }}`` in Markdown cells.

- ``{{ extent.victims }}`` prints the claim in UN style; ``|digits`` in numerals, as a table does;
  ``|of:victim`` with its noun in agreement ("one victim", "no victims");
  ``|agree:was:were`` prints only the word that agrees with the number; ``|none`` says "none" for
  zero; ``|bracketed`` prints " (58 per cent)", and nothing where there is no such number. Each
  rounded number of a restricted list is printed with "about" before it, except in brackets.
- ``{{> by_source }}`` prints the statements that a finding carries, a paragraph each.
- ``{{#if NAME}} ... {{else}} ... {{/if}}``, or ``{{#if NAME is zero}}`` (one, many, suppressed,
  missing, present; told: a finding that has sentences).
- ``{{#assert by_sex.female.share > 10}} ... {{/assert}}`` prints its text only where the condition
  (see ``findings.conditions``) holds; what is not printed is noted in ``NamesForProse.unprinted``.
- ``{{ exhibit.drafting }}`` is a link to the table or figure of a finding, by its number: "table 4".
- ``{{ footnote.sources }}`` is a footnote that cites the lists in use.
- ``{{ params.state_name }}`` is a parameter of the run, ``{{ published.KEY }}`` a published
  figure.
- ``{{ key_findings }}`` and ``{{ draft_recommendations }}`` print those of ``findings.questions``.
- ``{{ cited.KEY }}`` prints a statement of the ledger of citations, with its paragraphs.

Three things are errors: a name of a number that no finding has; a digit typed by hand (dates and the
defined terms of ``vocab/defined_terms.yml`` may be typed); and a sentence that says what a document or
the mandate says without ``cited``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from hrdresearch.findings.conditions import ConditionError
from hrdresearch.findings.guards import UnprintedSentence, check_guarded_sentence, claim_in_prose
from hrdresearch.findings.model import (
    CLAIM_NAME,
    PARAMETER,
    SCOPE,
    Claim,
    ClaimConflict,
    Finding,
    claims_by_name,
)
from hrdresearch.findings.numbers import (
    NONE,
    WORDS,
    noun_for_count,
    number_in_prose,
    number_in_table,
)
from hrdresearch.findings.old_names import current_name, why_given_up
from hrdresearch.findings.sentences import join_sentences_without_field
from hrdresearch.findings.typed_digits import TAG, find_typed_digits
from hrdresearch.findings.uncited_statements import find_uncited_statements
from hrdresearch.findings.whole_numbers import say_all
from hrdresearch.vocab.citations import CitationError, find_statement

IF = re.compile(r"#if\s+(?P<name>\S+)(?:\s+is\s+(?P<state>\w+))?\Z")
STATES = ("zero", "one", "many", "suppressed", "missing", "present", "told")
STYLES = ("", "digits", "of", "agree", "none", "bracketed")
ABOUT = "\N{WORD JOINER}about "  # marked until the words before it are known
THE_ABOUT = re.compile(rf"(?P<start>\A|[.!?]\s+|\n)?(?P<the>\b[Tt]he )?{ABOUT}")
SPAN = re.compile(
    r" ?\[\]\{\.see [^}]*\}|\[((?:[^\[\]\\]|\\.)*)\]\{[^}]*\}|\^\[(?:[^\[\]\\]|\\.)*\]"
)
ESCAPED = re.compile(r"\\(.)")
MARKDOWN_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+.!|<>~^$@\"'-])")


class ProseError(ValueError):
    """A sentence cannot be printed as written; the message names the cell and the remedy."""


@dataclass(frozen=True)
class NamesForProse:
    """What prose may name: claims and findings by name, footnotes by name, and whole texts.

    texts: template for each tag that stands for a whole text, such as ``{{ key_findings }}``.
    unprinted: guarded sentences that are not printed; ``fill_in_prose`` adds to this list.
    list_names: titles of lists, which are quoted as given: their digits are no numbers.
    """

    claims: Mapping[str, Claim]
    findings: Mapping[str, Finding]
    footnotes: Mapping[str, str]
    texts: Mapping[str, str] = field(default_factory=dict)
    unprinted: list[UnprintedSentence] = field(default_factory=list, compare=False)
    list_names: frozenset[str] = frozenset()


def names_for_prose(findings: Sequence[Finding]) -> NamesForProse:
    """Collect the claims, findings and footnotes of a page by name.

    Raises ProseError when one name has two contents.
    """
    named: dict[str, Finding] = {}
    for finding in findings:
        if finding.name in named and named[finding.name] != finding:
            raise ProseError(
                f"Two findings are called {finding.name!r} and differ: give each its own name, "
                "or ask with the same parameters"
            )
        named[finding.name] = finding
    try:
        claims = claims_by_name(claim for finding in findings for claim in finding.claims)
    except ClaimConflict as conflict:
        raise ProseError(str(conflict)) from conflict
    notes = {s.slug: s for f in findings for s in f.sources}
    footnotes = {"sources": "; ".join(n.citation.rstrip(".") for n in notes.values()) + "."}
    return NamesForProse(
        claims, named, footnotes, list_names=frozenset(note.title for note in notes.values())
    )


def fill_in_prose(markdown: str, context: NamesForProse, where: str = "this cell") -> str:
    """Replace every ``{{ }}`` of a text; the result is Pandoc Markdown with numbers as ``.claim`` spans.

    markdown: a cell of a notebook, or a sentence of a finding. where: the cell or finding, for
    messages. Raises ProseError for an unknown name, an ``{{#if}}`` without its end, a digit typed by
    hand, or a sentence that speaks for a document without a citation.
    """
    if uncited := find_uncited_statements(markdown):
        raise ProseError(
            f"In {where}, a document or the mandate is spoken for: {', '.join(map(repr, uncited))}. "
            "Write the statement into data/reference/citations.yml, and cite it as {{ cited.KEY }}"
        )
    return say_all(join_sentences_without_field(_filled(markdown, context, where)))


def _filled(markdown: str, context: NamesForProse, where: str) -> str:
    """Text of a cell, a finding or the ledger with every ``{{ }}`` replaced."""
    typed = find_typed_digits(markdown, context.list_names)
    if typed:
        raise ProseError(
            f"In {where}, digits are typed by hand: {', '.join(map(repr, typed))}. Numbers come "
            "from findings, as {{ name }}; dates may be typed"
        )
    pieces = TAG.split(markdown)  # text, tag, text, tag, ...
    out, rest = _branch(pieces, 0, context, where)
    if rest != len(pieces):
        raise ProseError(
            f"In {where}, {{{{{pieces[rest]}}}}} has no {{{{#if}}}} or {{{{#assert}}}} before it"
        )
    return THE_ABOUT.sub(_about, out)


def _about(found: re.Match[str]) -> str:
    """ "about" in place of its mark, with a capital at the beginning of a sentence; "the" is left out."""
    is_first = found["start"] is not None or (found["the"] or "").startswith("T")
    return f"{found['start'] or ''}{'About' if is_first else 'about'} "


def strip_markdown(markdown: str) -> str:
    """Plain text of filled-in Markdown, without its spans, marks and escapes.

    >>> strip_markdown('[1,733]{.claim data-claim="a"} were \\*documented\\*.')
    '1,733 were *documented*.'
    >>> strip_markdown('None was documented []{.see data-findings="extent"}.')
    'None was documented.'
    """
    text = SPAN.sub(lambda found: found[1] or "", markdown)
    return ESCAPED.sub(r"\1", re.sub(r"(?m)^(?:#+|\d+[.)]|[-*>]) |\*\*", "", text))


def mark_of_finding(name: str) -> str:
    """Markdown span that marks the beginning of a paragraph of a finding, so that links can lead to it."""
    return f'[]{{.from data-finding="{name}"}}'


def claim_in_markdown(claim: Claim, text: str) -> str:
    """Markdown span of a number, which carries the name of its claim."""
    return f'[{escape_markdown(text)}]{{.claim data-claim="{claim.name}"}}'


def escape_markdown(text: str) -> str:
    """Text in which every sign that Markdown would read as markup has a backslash before it."""
    return MARKDOWN_SPECIAL.sub(r"\\\1", text)


def _branch(pieces: list[str], start: int, context: NamesForProse, where: str) -> tuple[str, int]:
    """Resolve from ``start`` to the end, or to the tag that closes this branch."""
    out: list[str] = []
    i = start
    while i < len(pieces):
        if i % 2 == 0:
            out.append(pieces[i])
            i += 1
            continue
        tag = " ".join(pieces[i].split())
        if tag in ("else", "/if", "/assert"):
            return "".join(out), i
        if tag.startswith("#"):
            block = _guarded if tag.split()[0] == "#assert" else _conditional
            text, i = block(pieces, i, tag, context, where)
            out.append(text)
            continue
        out.append(_value(tag, context, where))
        i += 1
    return "".join(out), i


def _conditional(
    pieces: list[str], at: int, tag: str, context: NamesForProse, where: str
) -> tuple[str, int]:
    parsed = IF.match(tag)
    if not parsed:
        raise ProseError(f"In {where}, {{{{{tag}}}}} is no condition; write {{{{#if name}}}}")
    holds = _holds(parsed["name"], parsed["state"], context, where)
    # The branch that does not hold is skipped unread: it may name numbers that were not made.
    first_end = _matching(pieces, at + 1, "if", where)
    has_else = " ".join(pieces[first_end].split()) == "else"
    last_end = _matching(pieces, first_end + 1, "if", where) if has_else else first_end
    chosen = ""
    if holds:
        chosen, _ = _branch(pieces, at + 1, context, where)
    elif has_else:
        chosen, _ = _branch(pieces, first_end + 1, context, where)
    return chosen, last_end + 1


def _guarded(
    pieces: list[str], at: int, tag: str, context: NamesForProse, where: str
) -> tuple[str, int]:
    """Text whose condition holds; else nothing, and the note that it is not printed."""
    end = _matching(pieces, at + 1, "assert", where)
    try:
        unprinted = check_guarded_sentence(
            tag.removeprefix("#assert").strip(), context.claims, where
        )
    except ConditionError as error:
        raise ProseError(f"In {where}: {error}") from error
    if unprinted is not None:
        context.unprinted.append(unprinted)
        return "", end + 1
    text, stop = _branch(pieces, at + 1, context, where)
    if stop != end:
        raise ProseError(f"In {where}, {{{{{pieces[stop]}}}}} has no {{{{#if}}}} before it")
    return text, end + 1


def _matching(pieces: list[str], start: int, kind: str, where: str) -> int:
    """Index of the tag that closes the block (``if`` or ``assert``) which begins at ``start``."""
    open_blocks = [kind]
    for i in range(start, len(pieces)):
        tag = " ".join(pieces[i].split()) if i % 2 else ""
        opened, closed = re.match(r"#(if|assert)\b", tag), re.match(r"/(if|assert)\Z", tag)
        if opened:
            open_blocks.append(opened[1])
        elif closed and open_blocks.pop() != closed[1]:
            break
        elif not open_blocks or (tag == "else" and open_blocks == ["if"]):
            return i
    raise ProseError(f"In {where}, an {{{{#{kind}}}}} is not closed with {{{{/{kind}}}}}")


def _holds(name: str, state: str | None, context: NamesForProse, where: str) -> bool:
    if state is not None and state not in STATES:
        raise ProseError(f"In {where}, 'is {state}' is none of {', '.join(STATES)}")
    name = _name_today(name, context)
    if state in ("missing", "present"):
        return (name in context.claims or name in context.findings) == (state == "present")
    if state == "told":
        return name in context.findings and any(context.findings[name].statements)
    if name in context.findings and state is None:
        return bool(context.findings[name].rows)
    claim = _find(name, context, where)
    if state is None:
        return claim.status == "suppressed" or bool(claim.value)
    if state == "suppressed":
        return claim.status == "suppressed"
    if claim.status != "shown" or isinstance(claim.value, str):
        return False
    tests: dict[str, Callable[[float], bool]] = {
        "zero": lambda v: v == 0,
        "one": lambda v: v == 1,
        "many": lambda v: v > 1,
    }
    return tests[state](float(claim.value or 0))


def _value(tag: str, context: NamesForProse, where: str) -> str:
    if tag.startswith(">"):
        finding = context.findings.get(tag[1:].strip())
        if finding is None:
            raise ProseError(f"In {where}, no finding {tag[1:].strip()!r} was shown or cited")
        return "\n\n".join(
            mark_of_finding(finding.name) + fill_in_prose(s, context, f"finding {finding.name}")
            for s in finding.statements
        )
    if tag in context.texts:
        return _filled(context.texts[tag], context, tag)
    name, _, style = tag.partition("|")
    name, style = name.strip(), style.strip()
    if name.startswith("footnote."):
        note = context.footnotes.get(name.removeprefix("footnote."))
        if note is None:
            raise ProseError(f"In {where}, there is no footnote {name!r}")
        return f"^[{escape_markdown(note)}]"
    if name.startswith("exhibit."):
        finding = context.findings.get(name.removeprefix("exhibit."))
        if finding is None:
            raise ProseError(f"In {where}, no finding {name.removeprefix('exhibit.')!r} was shown")
        return f'[the annex]{{.exhibit-of data-finding="{finding.name}"}}'
    if name.startswith("cited."):
        try:
            return _filled(find_statement(name.removeprefix("cited.")).sentence, context, name)
        except CitationError as error:
            raise ProseError(f"In {where}, {error}") from error
    return _styled(_find(name, context, where), style, where)


def _find(name: str, context: NamesForProse, where: str) -> Claim:
    if not CLAIM_NAME.match(name):
        raise ProseError(f"In {where}, {name!r} is no name of a number")
    name = _name_today(name, context)
    if name not in context.claims:
        close = difflib.get_close_matches(name, context.claims, n=3)
        hint = f"; did you mean {' or '.join(close)}?" if close else ""
        hint = why_given_up(name) or hint
        raise ProseError(f"In {where}, no finding made a number called {name!r}{hint}")
    return context.claims[name]


def _name_today(name: str, context: NamesForProse) -> str:
    """The name as written where a number or a finding has it, else its name since a renaming."""
    return name if name in context.claims or name in context.findings else current_name(name)


def _styled(claim: Claim, style: str, where: str) -> str:
    kind, _, argument = style.partition(":")
    if kind == "agree":
        one, _, several = argument.partition(":")
        return one if claim.value == 1 else several
    if kind not in STYLES:
        raise ProseError(
            f"In {where}, there is no style {style!r}; there are {', '.join(STYLES[1:])}"
        )
    if kind == "bracketed":
        return (
            f" ({claim_in_markdown(claim, claim_in_prose(claim))})"
            if claim.status == "shown"
            else ""
        )
    if kind == "none" and claim.status != "shown" and not any(c.isdigit() for c in claim.text):
        return f"a number that is {claim_in_markdown(claim, claim.text)}"
    if claim.status != "shown" or isinstance(claim.value, str):
        count, text = None, claim.text
    elif claim.value is None:
        raise ProseError(f"In {where}, {claim.name!r} has no value")
    else:
        count = claim.value
        text = (number_in_table if kind == "digits" else number_in_prose)(count, claim.unit)
    if claim.measure in (PARAMETER, SCOPE):
        return escape_markdown(text)
    about = ABOUT if claim.is_rounded else ""
    if kind != "of":
        return about + claim_in_markdown(claim, NONE if kind == "none" and count == 0 else text)
    if claim.unit == "per_cent":
        return f"{about}{claim_in_markdown(claim, text)} of {noun_for_count(argument, None)}"
    if count == 0:
        text = WORDS[0]
    return f"{about}{claim_in_markdown(claim, text)} {_noun(claim, argument, count, where)}"


def _noun(claim: Claim, code: str, count: int | float | None, where: str) -> str:
    try:
        return noun_for_count(code, count)
    except KeyError as unknown:
        raise ProseError(
            f"In {where}, the noun {code!r} of {claim.name!r} is not in vocab/nouns.yml"
        ) from unknown
