"""Links the rows of one or several lists that are the same person, with a probability and the reasons.

    links = link_same_persons({"gw": defenders, "cpt": killings})

``prepare`` and ``name_table`` turn rows into numbers, each word and each value once. ``block`` selects the
pairs that are compared. ``facts`` has the levels of each fact (the same day, the same month ...), and
``model`` their weights. ``links`` makes pairs, clusters, explanations and the table of overlap.
``quality`` measures the links where identities are known.
"""

from hrdresearch.linkage.persons.compare import LinkSettings
from hrdresearch.linkage.persons.links import Links, link_same_persons, nearest_rows
from hrdresearch.linkage.persons.model import Model
from hrdresearch.linkage.persons.quality import threshold_curve
from hrdresearch.linkage.persons.to_decide import pairs_to_decide

__all__ = [
    "LinkSettings",
    "Links",
    "Model",
    "link_same_persons",
    "nearest_rows",
    "pairs_to_decide",
    "threshold_curve",
]
