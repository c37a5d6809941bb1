"""Keeps keyed hashes of the names of persons who withdrew, so that later reports are searched for them.

``WORK/<study>/withdrawn_names.index`` is a names index. It is beside the marks of withdrawn persons, is
sealed like them, and holds no names.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from hrdresearch.privacy.build_names_index import NameEntry, build_index
from hrdresearch.privacy.keys import Key, KeyProblem
from hrdresearch.privacy.names_index import NamesIndex
from hrdresearch.privacy.vault import is_stored, read_stored, sealed_name, write_stored
from hrdresearch.privacy.withdraw import WithdrawalError
from hrdresearch.run.page_words import words_of_pages
from hrdresearch.vocab.labels import vocabulary_labels

NAMES = "withdrawn_names.index"


def with_withdrawn_names(index: NamesIndex, home: Path, key: Key) -> NamesIndex:
    """Add the names of all persons who withdrew from a study to an index; home: ``WORK/<study>``.

    WithdrawalError if their file is damaged, VaultProblem while it is locked.
    """
    path = home / NAMES
    if not is_stored(path):
        return index
    data = read_stored(path)
    try:
        gone = NamesIndex.from_bytes(data, key, NAMES)
    except KeyProblem:
        raise
    except Exception as error:
        raise WithdrawalError(
            f"{NAMES} in {home} is damaged, or of another version: it holds hashes of the names of "
            "persons who withdrew. Restore it from a copy, or delete it and withdraw each person again by "
            "name"
        ) from error
    return index.with_names_of(gone)


def note_withdrawn_names(
    home: Path, names: Iterable[str], key: Key, recipient: str | None, is_public: bool
) -> None:
    """Note names of a person who withdrew; only keyed hashes of their spellings are written.

    recipient: public key to seal for, or None. is_public: whether all lists of the person are public.
    """
    entries = [NameEntry(name, is_public=is_public) for name in sorted(set(names))]
    if not entries:
        return
    made = build_index(entries, key, vocabulary_labels(), words_of_pages())
    path = home / NAMES
    draft = path.with_name(f".{NAMES}.new")
    written = write_stored(draft, with_withdrawn_names(made, home, key).to_bytes(), recipient)
    written.replace(sealed_name(path) if written != draft else path)
    if recipient is not None:
        path.unlink(missing_ok=True)
