"""Approvals of the figures of restricted lists: written into a manifest, and checked by readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hrdresearch.privacy.desk_keys import find_signer, signature_fits
from hrdresearch.privacy.release_key import PublicKey
from hrdresearch.studies.ground.build import Build
from hrdresearch.studies.ground.releases import approval_place, released


def approvals_told(builds: Sequence[Build]) -> list[dict[str, Any]]:
    """For each restricted list: its edition, the hash of its printed figures, and who approved them.

    Each desk comes with its signature and public key, or with neither if it has no key. Lists of
    invented cases are left out.
    """
    told = []
    for build in builds:
        for facts in build.facts():
            slug = str(facts["slug"])
            release = None if facts["is_demo"] else released(build, slug)
            if release is None:
                continue
            place = f"{approval_place(build.study, slug)}/{release.digest}"
            desks: dict[str, dict[str, str]] = {}
            for desk in sorted(d for d, said in release.approved.items() if said == release.digest):
                signature = release.signatures.get(desk, "")
                key = find_signer(desk, place, signature) if signature else None
                desks[desk] = {"key": key.raw.hex(), "signature": signature} if key else {}
            told.append({"of": place, "edition": release.edition, "desks": desks})
    return told


def approvals_in_words(manifest: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """A sentence on the approval of each restricted list, and whether its signatures are valid."""
    for one in manifest.get("approvals", ()):
        place, desks = str(one["of"]), one["desks"]
        about = f"Figures of {place.split('/')[1]} of {one['edition']}: approved by "
        if not all(desks.values()):
            yield (
                f"{about}{', '.join(desks)}, by label: no key shows that two persons looked",
                True,
            )
            continue
        keys = [PublicKey(desk, bytes.fromhex(held["key"])) for desk, held in desks.items()]
        signed = [signature_fits(key, place, desks[key.role]["signature"]) for key in keys]
        if not all(signed) or len({key.raw for key in keys}) < len(keys):
            yield f"{about}signatures that are not valid, or that come from one key", False
            continue
        told = " and ".join(f"{key.role} (fingerprint {key.fingerprint})" for key in keys)
        yield f"{about}{told}, each with a key of its own; compare the fingerprints with them", True
