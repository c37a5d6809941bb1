"""Online attacks: codes an archive in parts, and removes texts and handles.

The restricted review queue keeps the texts of its head, of the random sample, and of messages that a model
would learn most from; other messages can be found by their row number. The sample is stratified by band of
the queue, language and period. People's labels come from the source ``post-labels`` and from the review. A
model in ``decisions/model`` is used in addition to the rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from hrdresearch.privacy.build_names_index import NameEntry
from hrdresearch.privacy.keys import Key
from hrdresearch.privacy.vault import is_stored
from hrdresearch.run.archive.loading import Archive, Texts, load_archive, read_texts_again
from hrdresearch.run.errors import RunError
from hrdresearch.run.steps import Built
from hrdresearch.run.steps.online_events import LINKED_BY, events_table, linked_builds_of
from hrdresearch.run.steps.online_examples import approved_examples, ids_of_examples
from hrdresearch.run.steps.online_labels import (
    ids_labelled_for_training,
    labelled_record_ids,
    labels_table,
    labels_without_message,
)
from hrdresearch.run.steps.online_queue import choose_messages, queue_sheet
from hrdresearch.sources import Loaded
from hrdresearch.stats.sampling import draw_sample

SAMPLE = 800  # messages in the sample
RARE_LANGUAGE = 0.02  # languages with a smaller share of the archive form one stratum
MOST_STRATA = 40  # most strata of the sample; each must be labelled before a share is printed
LARGE = {"posts": load_archive}


def linked(files: Sequence[str], work: Path) -> Mapping[str, str]:
    """Builds of killings and imprisonment, if a crosswalk of persons is given: study -> build id."""
    return linked_builds_of(work) if LINKED_BY in files else {}


def steps(loaded: Sequence[Loaded], key: Key, decisions: Path) -> Built:
    """Make the tables ``posts``, ``post_labels`` and ``offline_events``, and the restricted queue."""
    archives = [x for x in loaded if isinstance(x, Archive)]
    if len(archives) != 1:
        raise RunError("A build of online-attacks needs exactly one archive: --source posts=FILE")
    archive = archives[0]
    parts, view = archive.parts, archive.parts.overview
    strata = _make_strata(view)
    kept = view["is_kept"].to_numpy()
    sampled = _draw_sample(view, strata, kept)
    chosen = choose_messages(
        parts, sampled, ids_labelled_for_training(decisions) | ids_of_examples(decisions)
    )
    about = parts.rows_at(chosen.places)
    texts = read_texts_again(
        archive, about["source_row"].to_numpy(dtype=np.int64), labelled_record_ids(loaded), key
    )
    examples, withheld = approved_examples(decisions, about, texts)
    events, facts, aside = events_table(loaded, key, decisions.parent.parent)
    return Built(
        tables={
            "posts": lambda: parts.pieces(key),
            "post_labels": labels_table(loaded, decisions, parts, texts, strata, sampled),
            "offline_events": events,
        },
        names=_names(loaded, texts),
        handles=_handles(loaded, texts),
        extras={
            "archive": _facts_of_archive(archive, strata, kept, sampled)
            | {"said": _messages_by_kinds(archive, strata, kept)},
            "linked": facts,
            "examples": {"shown": examples},
        },
        restricted={"queue": queue_sheet(about, texts, chosen, parts, strata)},
        notes={"posts": withheld},
        files={x.facts.slug: x.path.name for x in loaded},
        set_aside=pd.concat([aside, labels_without_message(loaded, texts)], ignore_index=True),
    )


def _make_strata(view: pd.DataFrame) -> pd.Series:
    """Stratum of each message (band, language and period), as a category to save memory.

    Rare languages form one stratum, and years are joined if there would be too many strata to label.
    """
    language = view["language_code"].cat
    share = view["language_code"].value_counts(normalize=True)
    groups = [c if share[c] >= RARE_LANGUAGE else "other" for c in language.categories]
    years = view["post_year"].cat
    bands = list(view["band_code"].cat.categories)
    most = max(1, MOST_STRATA // (len(bands) * len(set(groups))))
    counts = view["post_year"].value_counts().sort_index()
    periods = group_years({int(str(y)): int(n) for y, n in counts.items()}, most)
    names = (bands, groups, [periods[int(y)] for y in years.categories] + ["no year"])
    codes = (view["band_code"].cat.codes, language.codes, years.codes % len(names[2]))
    joined = np.zeros(len(view), dtype=np.int64)
    for numbers, words in zip(codes, names, strict=True):
        joined = joined * len(words) + numbers.to_numpy(dtype=np.int64)
    labels = ["|".join(words) for words in product(*names)]
    distinct = list(dict.fromkeys(labels))
    at = np.array([distinct.index(label) for label in labels])
    return pd.Series(pd.Categorical.from_codes(at[joined], pd.Index(distinct)))


def group_years(messages: Mapping[int, int], most: int) -> dict[int, str]:
    """Period of each year: the year itself, or joined years, so that periods have similar sizes.

    messages: number of messages in each year. most: most periods.

    >>> group_years({2020: 5, 2021: 5, 2022: 10}, 2)
    {2020: '2020–2021', 2021: '2020–2021', 2022: '2022'}
    """
    if len(messages) <= most:
        return {year: str(year) for year in messages}
    whole = sum(messages.values())
    groups: list[list[int]] = [[]]
    seen = 0
    for year in sorted(messages):
        if seen * most >= len(groups) * whole:
            groups.append([])
        groups[-1].append(year)
        seen += messages[year]
    return {
        year: str(group[0]) if len(group) == 1 else f"{group[0]}–{group[-1]}"
        for group in groups
        for year in group
    }


def _draw_sample(view: pd.DataFrame, strata: pd.Series, kept: np.ndarray) -> np.ndarray:
    """Draw the random sample: whether each message of the archive is in it."""
    sampled = np.zeros(len(view), dtype=bool)
    strata_kept = strata[kept].cat.remove_unused_categories()
    sampled[kept] = draw_sample(strata_kept, view.loc[kept, "draw_order"], SAMPLE).to_numpy()
    return sampled


def _names(loaded: Sequence[Loaded], texts: Texts) -> list[NameEntry]:
    """Names of two words or more among accounts and persons, for the names index."""
    names = _handles(loaded, texts)
    return [NameEntry(name, True, None) for name in sorted(names) if " " in name.strip()]


def _handles(loaded: Sequence[Loaded], texts: Texts) -> frozenset[str]:
    aside = frozenset().union(*(x.names_aside for x in loaded))
    return texts.handles | _persons(loaded) | {name.lstrip("@") for name in aside}


def _persons(loaded: Sequence[Loaded]) -> frozenset[str]:
    """Persons in the other lists of the build, as written there."""
    lists = [x.accepted["person"] for x in loaded if "person" in x.accepted]
    return frozenset(str(person) for persons in lists for person in persons)


def _messages_by_kinds(
    archive: Archive, strata: pd.Series, kept: np.ndarray
) -> dict[str, dict[str, int]]:
    """Number of messages: stratum -> kinds that the coder found -> number."""
    kinds = archive.parts.columns(["kind_codes"])["kind_codes"]
    messages = pd.DataFrame({"stratum": strata.array[kept], "kinds": kinds.array[kept]})
    return {
        str(stratum): {str(codes): int(n) for codes, n in cells.value_counts().items() if n}
        for stratum, cells in messages.groupby("stratum", observed=True)["kinds"]
    }


def _facts_of_archive(
    archive: Archive, strata: pd.Series, kept: np.ndarray, sampled: np.ndarray
) -> dict[str, object]:
    reading = archive.reading
    has_model = reading is not None and is_stored(reading.decisions / "model" / "model.json")
    counts = strata[kept].value_counts()
    taken = strata[sampled].value_counts()
    return {
        "messages": int(kept.sum()),
        "coder": "rules and model" if has_model else "rules",
        "strata": {str(s): int(n) for s, n in counts.items() if n},
        "sampled": {str(s): int(n) for s, n in taken.items() if n},
    }
