"""Gives findings the drawings of the page without importing the package ``report``.

Packages import in one direction only, and ``report`` imports ``findings``. So ``hrdresearch``, when it
is imported, registers a function that loads the drawings. ``Finding.plot`` and ``show`` call it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_loaders: list[Callable[[], Any]] = []


class PageDrawings(Protocol):
    """The module of ``report`` that draws the figure of a finding and writes it for JupyterLab."""

    def draw(self, finding: Any, ax: Axes | None = None, *, panel: str | None = None) -> Axes:
        """Draw a finding as the page does."""

    def finding_html(self, finding: Any, placement: str, others: Mapping[str, Any]) -> str:
        """HTML of a finding for JupyterLab.

        others: findings by name, whose numbers its sentences may print.
        """


def register_page_drawings(loader: Callable[[], Any]) -> None:
    """Register the function that loads the module with ``draw`` and ``finding_html``."""
    _loaders[:] = [loader]


def load_page_drawings() -> PageDrawings:
    """Load the registered module; RuntimeError where none is registered."""
    if not _loaders:
        raise RuntimeError("No drawings are registered: import hrdresearch first")
    module: PageDrawings = _loaders[0]()
    return module
