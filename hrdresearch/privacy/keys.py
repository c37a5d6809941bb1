"""Keys, and what is made with them: pseudonyms, and digests by which a name or a row is known again.

A study has one secret key, kept outside the project.

Keys stand in ``$HRD_KEYS`` (by default the user's configuration folder), readable by their owner
only. They are made at the first build. A manifest carries the fingerprint, never the key. Without
the key nobody can test whether a name stands in a build (HMAC-SHA-256, RFC 2104).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_config_dir

from hrdresearch.names.spelling import digest_words
from hrdresearch.privacy.memory_folder import how_to_close

KEY_BYTES = 32
PSEUDONYM_CHARACTERS = 20
_STUDY = re.compile(r"[a-z0-9][a-z0-9-]*\Z")


class KeyProblem(RuntimeError):
    """A key is missing, damaged, or readable by others; says how to mend it."""


@dataclass(frozen=True)
class Key:
    """The key of one study; its bytes never show when it is printed."""

    study: str
    secret: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """Short hash for the manifest, which says only whether two builds used the same key."""
        return hmac.new(self.secret, b"hrdresearch fingerprint", hashlib.sha256).hexdigest()[:12]


def keys_folder() -> Path:
    """Folder of the keys: ``$HRD_KEYS``, else the user's configuration folder."""
    chosen = os.environ.get("HRD_KEYS")
    return Path(chosen) if chosen else Path(user_config_dir("hrdresearch")) / "keys"


def study_key(study: str, *, create: bool = True) -> Key:
    """Key of a study; it is made when there is none and ``create`` is True.

    Raises KeyProblem when the key or its folder can be read by others, when the file is damaged,
    or when there is none and ``create`` is False.
    """
    if not _STUDY.match(study):
        raise ValueError(f"{study!r} is no study: lower case, digits and '-'")
    folder = keys_folder()
    path = folder / f"{study}.key"
    if not create and not path.exists():
        raise KeyProblem(
            f"There is no key of study {study} in {folder}. Names can be checked only where "
            "the study was built, or with HRD_KEYS pointing to a copy of its keys."
        )
    return Key(study, read_or_make_secret(path))


def refuse_another_key(key: Key, fingerprint: str) -> None:
    """Raise KeyProblem when a build was made with another key, by the fingerprint of the key that made it."""
    if key.fingerprint != fingerprint:
        raise KeyProblem(
            f"The build of {key.study} was made with another key than that in {keys_folder()}, so the "
            "names on its pages cannot be checked. Set HRD_KEYS to the folder with the key of that build, "
            "or build in another work folder (--work FOLDER; make reports WORK=FOLDER)."
        )


def read_or_make_secret(path: Path) -> bytes:
    """Read the 32 bytes of a key; the file is made when there is none.

    Raises KeyProblem when others can read the key or its folder, or the file is damaged.
    """
    if not path.exists():
        _make(path.parent, path)
    refuse_keys_that_others_can_read(path.parent)
    secret = path.read_bytes()
    if len(secret) != KEY_BYTES:
        raise KeyProblem(f"Key {path} is damaged ({len(secret)} bytes, {KEY_BYTES} expected).")
    return secret


def refuse_keys_that_others_can_read(folder: Path) -> None:
    """Raise KeyProblem where others can read the folder of the keys, or a key; it names each of them."""
    if how := how_to_close([folder, *sorted(folder.glob("*.key"))] if folder.is_dir() else []):
        raise KeyProblem(
            f"Keys in {folder} can be read by others on this machine. Close them with: {how}. If others may "
            "have read a key, treat the pseudonyms made with it as broken: delete the key, rebuild, and "
            "withdraw the earlier editions."
        )


def pseudonym(key: Key, *parts: object) -> str:
    """Pseudonym of the parts (source, row, name ...), 20 hexadecimal characters (80 bits).

    The same parts under the same key give the same pseudonym. Among n pseudonyms the chance that
    any two of different parts agree is below n² / 2⁸¹: for a million rows less than one in two
    billion. Parts are kept apart, so ("ab", "c") and ("a", "bc") differ.
    """
    message = b"pseudonym"
    for part in parts:
        held = str(part).encode("utf-8")
        message += len(held).to_bytes(4, "big") + held
    return hmac.digest(key.secret, message, "sha256").hex()[:PSEUDONYM_CHARACTERS]


def account_id(handle: str, key: Key) -> str:
    """Pseudonym of an account, equal for ``@Handle`` and ``handle``."""
    return pseudonym(key, "account", handle.strip().lstrip("@").casefold())


def _make(folder: Path, path: Path) -> None:
    """Write a new key so that two builds at once end up with one and the same."""
    if not folder.exists():
        folder.mkdir(parents=True, mode=0o700)
        folder.chmod(0o700)
    draft = folder / f".{path.name}.{secrets.token_hex(8)}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, secrets.token_bytes(KEY_BYTES))
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another build was first: its key counts
    finally:
        draft.unlink()


def name_digest(name: str, key: Key) -> str | None:
    """Keyed digest of a name; accents, case and the order of its words make no difference.

    None for a name without a letter, because rows with blank names are not one person.
    """
    words = digest_words(name)
    return pseudonym(key, "name", *sorted(words)) if words else None


def record_digest(source: str, record: str, key: Key) -> str | None:
    """Keyed digest of the identifier that a list gives a row; None where it gives none."""
    held = record.strip()
    return pseudonym(key, "record", source, held) if held and held != "None" else None
