"""Trends of documented counts: change a year, reporting delay, breaks; each an estimate or a refusal."""

from hrdresearch.stats.trends.change import Break, Change, estimate_break, estimate_change
from hrdresearch.stats.trends.delay import Delay, estimate_delay
from hrdresearch.stats.trends.refusals import Refusal
from hrdresearch.stats.trends.states import change_within_states, changes_by_state

__all__ = [
    "Break",
    "Change",
    "Delay",
    "Refusal",
    "change_within_states",
    "changes_by_state",
    "estimate_break",
    "estimate_change",
    "estimate_delay",
]
