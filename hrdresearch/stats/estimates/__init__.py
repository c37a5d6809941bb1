"""Multiple systems estimation: how many persons are on no list, from the overlap of lists.

It can be used by itself::

    from hrdresearch.estimates import estimate_latent_classes, table_from_rows

    found = estimate_latent_classes(table_from_rows(people))   # a row for each person, 0 and 1 by list

Every method returns an ``Estimate``, or a ``Refusal`` with its reason. docs/estimates.md says which
questions can be answered, and when.
"""

from hrdresearch.stats.estimates.chao import chao_lower_bound
from hrdresearch.stats.estimates.combine import (
    estimate_over_draws,
    estimate_undocumented,
    total_over_strata,
)
from hrdresearch.stats.estimates.compare_models import compare_models
from hrdresearch.stats.estimates.latent_classes import (
    PRIORS,
    Prior,
    compare_priors,
    estimate_latent_classes,
)
from hrdresearch.stats.estimates.loglinear import (
    LogLinearModels,
    estimate_log_linear,
    fit_log_linear,
)
from hrdresearch.stats.estimates.measured_links import draw_tables_of_measured_links
from hrdresearch.stats.estimates.overlap import (
    OverlapTable,
    table_from_counts,
    table_from_rows,
    tables_by_stratum,
)
from hrdresearch.stats.estimates.refusals import (
    Design,
    Linkage,
    ListFacts,
    Target,
    reasons_to_refuse,
)
from hrdresearch.stats.estimates.results import Estimate, Refusal
from hrdresearch.stats.estimates.wording import Sentence, range_over_models, sentences_of_estimate

__all__ = [
    "PRIORS",
    "Design",
    "Estimate",
    "Linkage",
    "ListFacts",
    "LogLinearModels",
    "OverlapTable",
    "Prior",
    "Refusal",
    "Sentence",
    "Target",
    "chao_lower_bound",
    "compare_models",
    "compare_priors",
    "draw_tables_of_measured_links",
    "estimate_latent_classes",
    "estimate_log_linear",
    "estimate_over_draws",
    "estimate_undocumented",
    "fit_log_linear",
    "range_over_models",
    "reasons_to_refuse",
    "sentences_of_estimate",
    "table_from_counts",
    "table_from_rows",
    "tables_by_stratum",
    "total_over_strata",
]
