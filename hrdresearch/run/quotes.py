"""Prepares quotes in a draft: without names and personal numbers, and only with a recorded consent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from hrdresearch.privacy.consent import answers_in_force
from hrdresearch.privacy.keys import record_digest, study_key
from hrdresearch.privacy.redaction import redact_marks, redact_names
from hrdresearch.privacy.stories import QUOTED, Story
from hrdresearch.run.build_files import read_names_index
from hrdresearch.run.consents import read_answers
from hrdresearch.run.errors import RunError
from hrdresearch.run.input_texts import restricted_rows
from hrdresearch.run.steps.submissions import INTAKE, TEXTS
from hrdresearch.studies.ground.build import Build


def redact_quotes(stories: Mapping[str, Story], builds: Sequence[Build]) -> dict[str, Story]:
    """Remove names of the builds, numbers and accounts from quotes; other stories are not changed."""
    quotes = {key: story for key, story in stories.items() if story.is_quote}
    for build in builds if quotes else ():
        index = read_names_index(build.folder)
        quotes = {k: replace(q, text=redact_names(q.text, index)) for k, q in quotes.items()}
    return {**stories, **{k: replace(q, text=redact_marks(q.text)) for k, q in quotes.items()}}


def refuse_unrecorded_quotes(
    stories: Iterable[Story], builds: Iterable[Build], today: dt.date | None = None
) -> None:
    """RunError for a quote from an input without a recorded consent to quote, or with a revoked one.

    An answer in the sheet of consents overrides the intake sheet.
    """
    day = today or dt.datetime.now(dt.UTC).date()
    for build in builds:
        quotes = [s for s in stories if s.is_quote] if build.study == INTAKE else []
        allowed = _quotable(build, day) if quotes else frozenset()
        for quote in quotes:
            if quote.consent.person not in allowed:
                raise RunError(
                    f"Quote {quote.key!r} may not be printed: its person is in no input of this build, or "
                    "no consent to quote is recorded, or it was revoked. Take the quote out, or record the "
                    "consent (hrdresearch consents)"
                )


def _quotable(build: Build, day: dt.date) -> frozenset[str]:
    """Pseudonyms of the inputs that may be quoted on a day."""
    key = study_key(build.study)
    inputs = build.table(INTAKE)
    allowed = set(inputs.loc[inputs["quote_consent_code"] == "yes", "submission_id"])
    given = (answer.consent for answer in read_answers(build.folder.parent, key))
    last = answers_in_force(given, QUOTED, day)
    held = set(inputs["submission_id"])
    for row in restricted_rows(build, TEXTS).to_dict("records") if last else ():
        digest, one = record_digest(row["source"], row["record_id"], key), row["submission_id"]
        if one in held and digest in last:
            (allowed.discard if last[digest] is None else allowed.add)(one)
    return frozenset(allowed)
