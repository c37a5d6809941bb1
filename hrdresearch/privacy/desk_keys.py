"""Keys of desks: where desks have keys, an approval is signed and needs the passphrase of its desk.

A label such as ``desk-4`` proves nothing, because one person can type two labels. The private half of a
desk's key (Ed25519) is encrypted with a passphrase and lies in ``$HRD_DESK_KEYS`` (for example a USB
stick), or else beside the public half in the folder ``desks`` of the keys. Once one desk has a key, no
desk can approve without a key.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pyrage  # type: ignore[import-untyped]
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from hrdresearch.privacy.identity import refuse_weak, write_private
from hrdresearch.privacy.keys import KeyProblem, keys_folder
from hrdresearch.privacy.release_key import DESK, PublicKey, read_public_key

_PRIVATE = "{}.key.age"


def read_desk_keys() -> list[PublicKey]:
    """Read the public keys of desks, also earlier ones; [] where desks approve by label alone."""
    return [read_public_key(path) for path in sorted(_public_folder().glob("*.pub"))]


def make_desk_key(desk: str, passphrase: str) -> PublicKey:
    """Make the key of a desk, or replace it; the public half of an earlier key stays.

    Raises KeyProblem for a label that is no desk and for the passphrase of another desk, VaultProblem
    for a passphrase that can be guessed.
    """
    if not DESK.fullmatch(desk):
        raise KeyProblem(f"{desk!r} is no desk: 'desk-' and small letters, digits or hyphens")
    refuse_weak(passphrase)
    for other in _private_folder().glob(_PRIVATE.format("*")):
        if other.name != _PRIVATE.format(desk) and _opened(other, passphrase) is not None:
            raise KeyProblem("This is the passphrase of another desk: each desk has one of its own")
    made = Ed25519PrivateKey.generate()
    key = PublicKey(desk, made.public_key().public_bytes_raw())
    for folder in (_public_folder(), _private_folder()):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sealed = bytes(pyrage.passphrase.encrypt(made.private_bytes_raw(), passphrase))
    write_private(_private_folder() / _PRIVATE.format(desk), sealed)
    public = _public_folder() / f"{desk}.{key.fingerprint.replace(' ', '')}.pub"
    write_private(public, f"{key.text}\n".encode())
    return key


def sign_as_desk(desk: str, said: str, passphrase: str) -> str:
    """Sign as a desk what it approves; the signature in hexadecimal, or "" where no desk has a key.

    said: text that is approved. Raises KeyProblem where other desks have keys and this one has none
    here, and for a wrong passphrase.
    """
    known = read_desk_keys()
    if not known:
        return ""
    path = _private_folder() / _PRIVATE.format(desk)
    if desk not in {key.role for key in known} or not path.is_file():
        raise KeyProblem(
            f"Desks approve with their keys here, and {desk} has none: hrdresearch key --desk {desk} "
            "makes it; if it lies on a stick, put that in and let HRD_DESK_KEYS name its folder"
        )
    secret = _opened(path, passphrase)
    if secret is None:
        raise KeyProblem(f"This is not the passphrase of {desk}: nothing was approved")
    return Ed25519PrivateKey.from_private_bytes(secret).sign(_message(desk, said)).hex()


def find_signer(desk: str, said: str, signature: str) -> PublicKey | None:
    """Find the public key of a desk that made a signature under ``said``; None where none fits."""
    return next(
        (k for k in read_desk_keys() if k.role == desk and signature_fits(k, said, signature)), None
    )


def signature_fits(key: PublicKey, said: str, signature: str) -> bool:
    """Whether a key made this signature under what its desk approved."""
    try:
        made = bytes.fromhex(signature)
        Ed25519PublicKey.from_public_bytes(key.raw).verify(made, _message(key.role, said))
    except (InvalidSignature, ValueError):
        return False
    return True


def signed_approvals(
    said: Mapping[str, str], signatures: Mapping[str, str], place: str
) -> dict[str, str]:
    """Approvals that are signed by the key of their desk; all approvals where no desk has a key.

    said: desk -> hash of what it approved. signatures: desk -> signature. place: the approved object,
    such as ``killings/restricted-list``, which the signature covers too.
    """
    if not read_desk_keys():
        return dict(said)
    return {
        desk: digest
        for desk, digest in said.items()
        if find_signer(desk, f"{place}/{digest}", signatures.get(desk, ""))
    }


def _opened(path: Path, passphrase: str) -> bytes | None:
    try:
        return bytes(pyrage.passphrase.decrypt(path.read_bytes(), passphrase))
    except pyrage.DecryptError:
        return None


def _public_folder() -> Path:
    return keys_folder() / "desks"


def _private_folder() -> Path:
    chosen = os.environ.get("HRD_DESK_KEYS")
    return Path(chosen) if chosen else _public_folder()


def _message(desk: str, said: str) -> bytes:
    return f"hrdresearch approval\n{desk}\n{said}".encode()
