"""Makes entries of the names index for aliases, contributors and places of restricted lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hrdresearch.names.spelling import folded_words
from hrdresearch.privacy.build_names_index import NameEntry
from hrdresearch.sources import Loaded, list_sources
from hrdresearch.sources.other_words import ALIAS, CONTRIBUTOR, PLACE


def other_entries(loaded: Sequence[Loaded]) -> Iterator[NameEntry]:
    """Entries for the scan: an alias is searched like a name, a contributor or place only as a whole.

    Publishers, and places of public lists in the same build, are not searched for, because a page may
    print them without revealing anything of the restricted list.
    """
    places = {
        folded_words(str(place))
        for x in loaded
        if x.facts.policy.public_by_name and "place_as_published" in x.accepted
        for place in x.accepted["place_as_published"].dropna().unique()
    }
    facts = [*(x.facts for x in loaded), *list_sources()]
    publishers = {folded_words(name) for f in facts for name in (f.publisher, f.full_name, f.title)}
    printed: dict[str, set[str]] = {ALIAS: set(), CONTRIBUTOR: publishers, PLACE: places}
    for kind, known in printed.items():
        found = {word for x in loaded for word in x.other_words.get(kind, ())}
        for word in sorted(found):
            if folded_words(word) and folded_words(word) not in known:
                yield NameEntry(word, only_whole=kind != ALIAS or len(word.split()) == 1)
