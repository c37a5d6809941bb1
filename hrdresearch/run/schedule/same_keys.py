"""Stops a scheduled run that would make new keys although builds or editions were made with other keys.

Without this check, a timer that does not know ``HRD_KEYS`` would silently make new keys: every pseudonym
would change, and every edition would be new.
"""

from __future__ import annotations

from pathlib import Path

from hrdresearch.privacy.keys import KeyProblem, keys_folder, study_key
from hrdresearch.privacy.release_key import known_public_keys
from hrdresearch.run.editions import SIGNATURE
from hrdresearch.run.files import read_json
from hrdresearch.run.registry import studies
from hrdresearch.studies.ground.build import DamagedBuildError, NoBuildError, current_build

WHAT_TO_DO = (
    "Nothing was made. Set HRD_KEYS to the folder of the keys "
    "('hrdresearch schedule' writes it into its files)"
)


def refuse_other_keys(work: Path, out: Path) -> None:
    """KeyProblem if the key of a build, or the key that signed the editions, is missing or another one."""
    folder = keys_folder()
    for study in studies():
        try:
            about = current_build(study, work).extras("build") or {}
        except (NoBuildError, DamagedBuildError):
            continue
        made_with = about.get("key_fingerprint")
        if made_with is None:
            continue
        by_hand = f"{WHAT_TO_DO}; if you want another key, build {study} in another work folder"
        if not folder.is_dir():
            raise KeyProblem(
                f"There is no folder {folder}, which should hold the keys of {study} and of others. "
                f"Connect the medium that holds it, or restore a copy. {WHAT_TO_DO}"
            )
        if not (folder / f"{study}.key").exists():
            raise KeyProblem(
                f"{study} is built, but its key is not in {folder}. A new key would change all "
                f"pseudonyms. {by_hand}"
            )
        if study_key(study, create=False).fingerprint != made_with:
            raise KeyProblem(f"{study} was built with another key than that in {folder}. {by_hand}")
    _refuse_other_release_key(folder, out)


def _refuse_other_release_key(folder: Path, out: Path) -> None:
    signed = sorted(out.glob(f"*/*/*/{SIGNATURE}"), key=lambda path: path.parent.name, reverse=True)
    if not signed:
        return
    known = {key.raw.hex() for key in known_public_keys()}
    is_ours = any(read_json(path).get("public_key") in known for path in signed)
    if is_ours and (folder / "release.key").exists():
        return
    raise KeyProblem(
        f"There are signed editions in {out}, but the key that signed them is not in {folder}. A new "
        f"key would sign the next editions, and readers could not check them. {WHAT_TO_DO}; if you want "
        "another release key, make one report by hand"
    )
