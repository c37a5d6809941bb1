"""Links the persons of several lists in a build; the result is restricted and holds no names.

A study declares this in its steps: ``LINKED`` is the name of the table of persons. Rows that were removed
(withdrawn, not covered) and rows without a person's name are not linked. Lists shared in confidence are
linked in a second pass, so that no link between public lists depends on them. Of the second pass only the
pairs to decide and a column of the confidential lists' own rows are kept.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from hrdresearch.linkage.decisions import decisions_without_rows, row_key, standing_decisions
from hrdresearch.names.row_keys import row_keys
from hrdresearch.privacy.keys import Key
from hrdresearch.run.person_decisions import REVIEW, SIDES, carry_decisions
from hrdresearch.run.steps import Built, row_pseudonyms, table_of_persons
from hrdresearch.sources import Loaded
from hrdresearch.studies.ground.linked import CLUSTERS, ELSEWHERE, LIKELY, PAIRS, SURE
from hrdresearch.tables.table import CODE_SEPARATOR

NO_OTHER = "no_other_list"
if TYPE_CHECKING:
    from hrdresearch.linkage.persons import Links

DRAWS = 20  # random sets of clusters, drawn by the probabilities of links; used by estimates
COMPARED = (
    *("name_as_published", "event_date", "event_date_precision", "place_as_published"),
    *("admin1_name", "state_iso3", "age_years", "sex_code"),
)


def link_persons(
    study: str, built: Built, loaded: Sequence[Loaded], key: Key, decisions: Path
) -> Built:
    """Add three restricted sheets to the tables: pairs of rows, persons, and pairs to decide.

    Rows are identified by pseudonyms. ``person_pairs``: as ``Links.pairs``, with each level in words.
    ``person_clusters``: list, row, and the number of its person by sure links (``sure``), by all likely
    links (``likely``), and by random draws (``draw_1`` and so on). ``person_review``: pairs that a person
    should decide, with row numbers of the files. Nothing is added if fewer than two lists name persons.
    decisions: folder of decisions on pairs, which override the model. ContradictionError for decisions
    that contradict each other.
    """
    table = table_of_persons(study)
    if table is None or not isinstance(rows := built.tables.get(table), pd.DataFrame):
        return built
    kept = set(rows.loc[~rows["is_collective"] & ~rows["is_unidentified"], "victim_id"])
    named = {x.facts.slug: own for x in loaded if len(own := _named(x, key, kept))}
    public = {x.facts.slug: named[x.facts.slug] for x in loaded if _takes_part(x, named)}
    repeats = frozenset(x.facts.slug for x in loaded if x.facts.holds_duplicates)
    said, carried = carry_decisions(loaded, key, decisions)
    start = time.perf_counter()
    sheets: dict[str, pd.DataFrame] = {}
    review, lines, linked = [], list(built.lines), []
    if len(public) + bool(repeats & set(public)) >= 2:
        links = _links(public, repeats & set(public), said)
        sheets = {PAIRS: links.pairs_in_words(), CLUSTERS: _clusters(links, _recalls(loaded))}
        rows = add_listed_elsewhere(rows, sheets[CLUSTERS], public, public)
        review.append(_to_decide(links, rows))
        linked.append(links.clusters)
        lines.append(
            f"Persons linked across {len(public)} lists in {time.perf_counter() - start:.1f} s: "
            f"{len(sheets[CLUSTERS]):,} rows with a name, "
            f"{links.pairs['probability'].ge(LIKELY).sum():,} likely links"
        )
    if (shared := set(named) - set(public)) and len(named) > 1:
        links = _links(named, repeats & set(named), said)
        persons = links.clusters.rename(columns={"cluster": "likely"})
        rows = add_listed_elsewhere(rows, persons, public, shared)
        pairs = _to_decide(links, rows)
        of = [pairs[f"{side}_key"].map(lambda key: key.partition(":")[0]) for side in SIDES]
        review.insert(0, pairs[of[0].isin(shared) | of[1].isin(shared)])
        linked.append(links.clusters)
        lines.append(f"{len(shared)} lists shared in confidence were compared with all others")
    if not linked:
        return built
    sheets[REVIEW] = pd.concat(review, ignore_index=True)
    lines += (*_told(pd.concat(linked), said), *carried)
    tables = {**built.tables, table: rows}
    restricted = {**built.restricted, **sheets}
    return replace(built, tables=tables, restricted=restricted, lines=tuple(lines))


def _takes_part(loaded: Loaded, named: Mapping[str, pd.DataFrame]) -> bool:
    return loaded.facts.policy.public_by_name and loaded.facts.slug in named


def _links(lists: Mapping[str, pd.DataFrame], repeats: frozenset[str], said: pd.DataFrame) -> Links:
    """Links between rows, with decisions applied; in the result, rows are identified by pseudonyms."""
    from hrdresearch.linkage.persons import LinkSettings, link_same_persons

    found = link_same_persons(lists, LinkSettings(repeats, LIKELY))
    pseudonyms = {
        (name, str(k)): str(p) for name, own in lists.items() for k, p in own["pseudonym"].items()
    }
    return replace(
        found,
        pairs=_by_pseudonym(found.pairs, pseudonyms, "_a", "_b"),
        near=_by_pseudonym(found.near, pseudonyms, "_a", "_b"),
        clusters=_by_pseudonym(found.clusters, pseudonyms, ""),
    ).with_decisions(said)


def _to_decide(links: Links, rows: pd.DataFrame) -> pd.DataFrame:
    """Pairs that a person should decide, with row numbers of the files."""
    from hrdresearch.linkage.persons import pairs_to_decide

    pairs = pairs_to_decide(links)
    number = {
        row_key(source, victim): row
        for source, victim, row in rows[["source", "victim_id", "source_row"]].itertuples(
            index=False
        )
    }
    return pairs.assign(**{f"{side}_row": pairs[f"{side}_key"].map(number) for side in SIDES})


def _told(rows: pd.DataFrame, said: pd.DataFrame) -> Iterator[str]:
    """How many decisions were applied, and how many name a row that is not in this build."""
    standing = standing_decisions(said)
    if not len(standing):
        return
    gone = len(decisions_without_rows(said, rows))
    yield (
        f"{len(standing) - gone} decisions of persons on pairs were applied; {gone} name a row that is not "
        "in this build, and are kept"
    )


def _recalls(loaded: Sequence[Loaded]) -> dict[frozenset[str], float]:
    """The measured recall of links, by the slugs of two lists."""
    return {
        frozenset((x.facts.slug, other)): float(measured["recall"])
        for x in loaded
        for other, measured in x.facts.linked_with.items()
    }


def _clusters(links: Links, recalls: Mapping[frozenset[str], float]) -> pd.DataFrame:
    """The number of each row's person: by sure links, by all likely links, and by random draws."""
    clusters = links.clusters.rename(columns={"cluster": "likely"})
    clusters.insert(2, "sure", links.clusters_at(SURE))
    for number, drawn in enumerate(links.cluster_draws(DRAWS, recalls=recalls), start=1):
        clusters[f"draw_{number}"] = drawn
    return clusters


def _named(loaded: Loaded, key: Key, kept: set[str]) -> pd.DataFrame:
    """Rows of a list that name one person and are in the table; index: keys that need no secret."""
    rows = loaded.accepted[[c for c in COMPARED if c in loaded.accepted]]
    rows = rows.assign(pseudonym=row_pseudonyms(loaded, key)).set_axis(row_keys(loaded.accepted))
    is_person = loaded.accepted["name_is_person"].to_numpy(bool)
    return rows[is_person & rows["pseudonym"].isin(kept).to_numpy()]


def _by_pseudonym(
    frame: pd.DataFrame, pseudonyms: Mapping[tuple[str, str], str], *ends: str
) -> pd.DataFrame:
    """Replace row keys by pseudonyms; done after linking, so that no link depends on the secret key."""
    named = {
        f"row{end}": [
            pseudonyms[row] for row in zip(frame[f"list{end}"], frame[f"row{end}"], strict=True)
        ]
        for end in ends
    }
    return frame.assign(**named)


def add_listed_elsewhere(
    cases: pd.DataFrame, clusters: pd.DataFrame, public: Collection[str], told: Collection[str]
) -> pd.DataFrame:
    """Add codes of the vocabulary ``listed_elsewhere`` to the rows of some lists.

    clusters: list, row (``victim_id``), and the number of its person (``likely``). public: lists that are
    public by name. told: lists whose rows get codes; other rows are not changed.

    >>> cases = pd.DataFrame({"victim_id": ["a", "b", "c"], ELSEWHERE: "not_assessed"})
    >>> clusters = pd.DataFrame(
    ...     {"list": ["open", "own", "own"], "row": ["a", "b", "c"], "likely": [0, 0, 1]}
    ... )
    >>> add_listed_elsewhere(cases, clusters, {"open"}, {"own"})[ELSEWHERE].tolist()
    ['not_assessed', 'public_list', 'no_other_list']
    """
    persons = clusters[["list", "row", "likely"]]
    pairs = persons.merge(persons[["list", "likely"]], on="likely", suffixes=("", "_other"))
    pairs = pairs[pairs["list"] != pairs["list_other"]]
    kind = pairs["list_other"].isin(public).map({True: "public_list", False: "other_restricted"})
    joined = kind.groupby(pairs["row"]).agg(
        lambda k: CODE_SEPARATOR.join(sorted(set(k), reverse=True))
    )
    own = persons.loc[persons["list"].isin(told), "row"]
    codes = {row: joined.get(row, NO_OTHER) for row in own}
    found = cases["victim_id"].map(codes)
    return cases.assign(**{ELSEWHERE: found.where(found.notna(), cases[ELSEWHERE])})
