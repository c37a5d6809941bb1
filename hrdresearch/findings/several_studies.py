"""Findings of several studies on one page: every number then carries the name of its study.

``extent.victims`` of study killings becomes ``killings.extent.victims``; a page of one study keeps
the short names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from hrdresearch.findings.model import Cell, Claim, Finding
from hrdresearch.findings.typed_digits import TAG

NAME_IN_TAG = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+|(?<=#if )[a-z0-9_]+")


def studies_of(findings: Sequence[Finding]) -> list[str]:
    """Names of the studies that the findings come from, each once, in the order of the page."""
    return list(dict.fromkeys(finding.study for finding in findings))


def add_study_prefix(findings: Sequence[Finding]) -> list[Finding]:
    """Add the study to the names of findings and claims (``killings.extent.victims``).

    The findings are unchanged when all come from one study.
    """
    studies = studies_of(findings)
    if len(studies) < 2:
        return list(findings)
    claim_names = {s: {c.name for f in findings if f.study == s for c in f.claims} for s in studies}
    whole = {s: {f"{study_prefix(s)}{name}" for name in claim_names[s]} for s in studies}
    others = {s: set().union(*(whole[o] for o in studies if o != s)) for s in studies}
    return [
        _renamed(
            f, {name: _full_name(f.study, name, others[f.study]) for name in claim_names[f.study]}
        )
        for f in findings
    ]


def add_own_study_prefix(finding: Finding) -> Finding:
    """Add its study to the names of one finding and its claims, for a table over several studies."""
    claims = {claim.name for claim in finding.claims}
    return _renamed(finding, {name: f"{study_prefix(finding.study)}{name}" for name in claims})


def study_prefix(study: str) -> str:
    """Beginning of the names of findings and claims of a study.

    >>> study_prefix("online-attacks")
    'online_attacks.'
    """
    return f"{study.replace('-', '_')}."


def _full_name(study: str, name: str, others: Collection[str]) -> str:
    """The name with its study before it; a number of another study keeps its name.

    others: numbers of the other studies of the page, by their full names.
    """
    return name if name in others else f"{study_prefix(study)}{name}"


def _renamed(finding: Finding, names: Mapping[str, str]) -> Finding:
    known = finding.known
    return replace(
        finding,
        name=f"{study_prefix(finding.study)}{finding.name}",
        claims=tuple(_claim(claim, names) for claim in finding.claims),
        rows=tuple(tuple(_cell(cell, names) for cell in row) for row in finding.rows),
        known=known and replace(known, known=names[known.known], of=names[known.of]),
        statements=tuple(_statement(text, names) for text in finding.statements),
        key_sentences=tuple(_statement(text, names) for text in finding.key_sentences),
    )


def _claim(claim: Claim, names: Mapping[str, str]) -> Claim:
    kind, colon, parts = claim.measure.partition(":")
    measure = ":".join([kind, *(names.get(part, part) for part in parts.split(":"))])
    return replace(claim, name=names[claim.name], measure=measure if colon else claim.measure)


def _cell(cell: Cell, names: Mapping[str, str]) -> Cell:
    return replace(cell, claim=names[cell.claim]) if cell.claim else cell


def _statement(text: str, names: Mapping[str, str]) -> str:
    """A sentence whose tags name the study; words between the tags stay."""
    pieces = TAG.split(text)  # text, tag, text, tag, ...
    for i in range(1, len(pieces), 2):
        tag = NAME_IN_TAG.sub(lambda found: names.get(found[0], found[0]), pieces[i])
        pieces[i] = f"{{{{{tag}}}}}"
    return "".join(pieces)
