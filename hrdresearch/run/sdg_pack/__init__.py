"""A pack of candidate records for the custodian of SDG indicator 16.10.1, not the indicator's value."""

from hrdresearch.run.sdg_pack.pack_files import write_pack

__all__ = ["write_pack"]
