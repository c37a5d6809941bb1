"""How many were never listed: the public names of ``hrdresearch.stats.estimates``, for use by itself."""

from hrdresearch.stats.estimates import *  # noqa: F403
from hrdresearch.stats.estimates import __all__ as __all__
