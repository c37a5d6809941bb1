"""Says why a scheduled run has built a study again: a list, the code, or a decision has changed."""

from __future__ import annotations

from hrdresearch.run.build_files import files_of_build
from hrdresearch.studies.ground.build import Build

OTHER = "a correction, a decision, a consent or a setting has changed"


def why_built_again(before: Build | None, after: Build) -> str:
    """Reasons in words, with the slugs of changed lists; "" if there was no earlier build."""
    if before is None:
        return ""
    old, new = (
        {str(one["slug"]): one.get("sha256") for one in files_of_build(build.folder)}
        for build in (before, after)
    )
    reasons = []
    if lists := [slug for slug in new if new[slug] != old.get(slug)]:
        reasons.append(f"changed: {', '.join(lists)}")
    was, is_now = (build.extras("build") or {} for build in (before, after))
    if was.get("code") != is_now.get("code"):
        reasons.append("the code has changed")
    if was.get("key_fingerprint") != is_now.get("key_fingerprint"):
        reasons.append("the key is another one")
    return "; ".join(reasons) or OTHER
