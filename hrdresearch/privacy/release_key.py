"""The release key signs the manifest of each edition (Ed25519, RFC 8032).

Whoever changes a page and renews its hash in the manifest cannot renew the signature. The key is a
file ``release.key`` beside the keys of the studies, outside the folders of work and reports; it
belongs to a desk and names no person. Its public half, ``release.pub``, is for every reader. After
``rotate_release_key`` the public halves of earlier keys stay, so that earlier editions still pass.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from hrdresearch.privacy.keys import KeyProblem, keys_folder, read_or_make_secret

DESK = re.compile(r"desk-[a-z0-9-]{1,20}")  # never a person
RELEASE_DESK = "desk-release"
PUBLIC, EARLIER = "release.pub", "release-*.pub"
_LINE = re.compile(rf"({DESK.pattern}) ed25519 ([0-9a-f]{{64}})")


@dataclass(frozen=True)
class PublicKey:
    """The half of a release key that readers hold; role: the desk that it belongs to.

    >>> PublicKey("desk-4", bytes(32)).fingerprint
    '6668 7aad f862 bd77 6c8f'
    """

    role: str
    raw: bytes

    @property
    def fingerprint(self) -> str:
        """Short hash, to be compared over the telephone."""
        digest = hashlib.sha256(self.raw).hexdigest()[:20]
        return " ".join(digest[i : i + 4] for i in range(0, 20, 4))

    @property
    def text(self) -> str:
        """The line of its file."""
        return f"{self.role} ed25519 {self.raw.hex()}"

    def __str__(self) -> str:
        """As sentences name it."""
        return f"{self.role} (fingerprint {self.fingerprint})"


def read_public_key(path: Path) -> PublicKey:
    """The public key in a file; KeyProblem when there is none in it."""
    try:
        found = _LINE.fullmatch(path.read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        found = None
    if found is None:
        raise KeyProblem(f"{path} is no public key of reports: ask the desk for its {PUBLIC}")
    return PublicKey(found[1], bytes.fromhex(found[2]))


def known_public_keys() -> list[PublicKey]:
    """The public keys of this installation, today's and earlier ones; empty where it has none."""
    folder = keys_folder()
    return [read_public_key(path) for path in sorted([*folder.glob(PUBLIC), *folder.glob(EARLIER)])]


def read_or_make_release_key(outside: Iterable[Path] = (), role: str | None = None) -> PublicKey:
    """Read the public half of the release key; the key is made when there is none.

    outside: folders that others read; the keys may not lie in them. role: role of a new key. Raises
    KeyProblem when the keys lie in such a folder or can be read by others, ValueError for a role that is
    no desk (``desk-4``).
    """
    if role is not None and not DESK.fullmatch(role):
        raise ValueError(f"{role!r} is no role: 'desk-' and small letters, digits or hyphens")
    folder = keys_folder()
    for place in outside:
        if folder.resolve().is_relative_to(place.resolve()):
            raise KeyProblem(
                f"The keys stand in {folder}, inside {place}: whoever gets that folder could sign "
                "reports. Move them, and let HRD_KEYS point to their new place."
            )
    raw = _private().public_key().public_bytes_raw()
    path = folder / PUBLIC
    kept = read_public_key(path) if path.exists() else None
    key = PublicKey(role or (kept.role if kept else RELEASE_DESK), raw)
    if kept is not None and kept.raw != raw:
        path.replace(folder / f"release-{kept.fingerprint.replace(' ', '')}.pub")
        kept = None
    if kept is None:
        draft = folder / f".{PUBLIC}.{secrets.token_hex(8)}"
        draft.write_text(f"{key.text}\n", encoding="utf-8")
        draft.replace(path)
        return key
    return kept


def rotate_release_key(role: str | None = None) -> PublicKey:
    """Replace the release key by a new key and delete the private half of the old one; its public half."""
    kept = read_or_make_release_key(role=role)
    (keys_folder() / "release.key").unlink()
    return read_or_make_release_key(role=role or kept.role)


def sign_manifest(manifest: bytes) -> dict[str, str]:
    """Sign the content of a manifest; returns role, public key and signature, as in signature.json."""
    key = read_or_make_release_key()
    signature = _private().sign(_message(key.role, manifest))
    return {"role": key.role, "public_key": key.raw.hex(), "signature": signature.hex()}


def key_of_signature(manifest: bytes, signature: Mapping[str, str]) -> PublicKey | None:
    """Public key that made the signature of a manifest, known or not; None where it does not fit."""
    try:
        role, raw = signature["role"], bytes.fromhex(signature["public_key"])
        made = bytes.fromhex(signature["signature"])
        Ed25519PublicKey.from_public_bytes(raw).verify(made, _message(role, manifest))
    except (InvalidSignature, ValueError):
        return None
    return PublicKey(role, raw) if DESK.fullmatch(role) else None


def _private() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(read_or_make_secret(keys_folder() / "release.key"))


def _message(role: str, manifest: bytes) -> bytes:
    return b"hrdresearch edition\n" + role.encode() + b"\n" + manifest
