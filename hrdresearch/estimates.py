"""Estimates how many persons no list holds: ``hrdresearch.stats.estimates``, usable without the rest."""

from hrdresearch.stats.estimates import *  # noqa: F403
from hrdresearch.stats.estimates import __all__ as __all__
