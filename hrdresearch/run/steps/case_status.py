"""Status of cases: replaces names by pseudonyms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from hrdresearch.privacy.keys import Key, pseudonym
from hrdresearch.run.steps import (
    Built,
    contributors_sheets,
    name_entries,
    persons_sheet,
    published_names,
    record_digests,
)
from hrdresearch.sources import Loaded
from hrdresearch.tables import TABLES


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:  # noqa: ARG001
    """Make the table ``case_outcomes`` without names."""
    columns = TABLES["case_outcomes"].columns
    rows = pd.concat(
        [
            x.accepted.assign(
                person_id=[pseudonym(key, x.facts.slug, p) for p in x.accepted["person_key"]]
            )[columns]
            for x in loaded
        ],
        ignore_index=True,
    )
    return Built(
        tables={"case_outcomes": rows},
        names=name_entries(loaded),
        restricted={
            "persons": persons_sheet(
                rows["person_id"], published_names(loaded), key, record_digests(loaded, key)
            ).drop_duplicates(),
            **contributors_sheets(loaded, key),
        },
        files={x.facts.slug: x.path.name for x in loaded},
    )
