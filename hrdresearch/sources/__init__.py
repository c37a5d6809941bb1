"""Sources: a folder for each published list, with its source.yml and its code; new ones are found."""

from hrdresearch.sources.check import CheckResult, check_file, check_path
from hrdresearch.sources.corrections import read_corrections
from hrdresearch.sources.errors import SourceError
from hrdresearch.sources.loading import load
from hrdresearch.sources.model import Loaded, SourceFacts
from hrdresearch.sources.registry import get_facts, identify, is_own, list_layouts, list_sources

__all__ = [
    "CheckResult",
    "Loaded",
    "SourceError",
    "SourceFacts",
    "check_file",
    "check_path",
    "get_facts",
    "identify",
    "is_own",
    "list_layouts",
    "list_sources",
    "load",
    "read_corrections",
]
