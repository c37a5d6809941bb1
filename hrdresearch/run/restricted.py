"""Restricted sources refuse to build without the vault."""

from __future__ import annotations

from pathlib import Path

from hrdresearch.sources import get_facts


def require_vault_for(slug: str, path: Path, work: Path, is_demo: bool) -> None:
    """Refuse a restricted list whose file lies open on the disk; demo lists are exempt."""
    facts = get_facts(slug)
    if facts.policy.public_by_name or is_demo or facts.is_demo:
        return
    from hrdresearch.privacy.vault import require_vault

    require_vault(True, path, work)
