"""How findings look on the page: the package ``report`` offers it, and findings import no report.

``hrdresearch`` registers, when it is imported, the function that loads the drawings. A method of a
finding and ``show`` ask for them here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_loaders: list[Callable[[], Any]] = []


class PageDrawings(Protocol):
    """What ``report`` offers: the figure of a finding, and the finding as a notebook shows it."""

    def draw(self, finding: Any, ax: Axes | None = None, *, panel: str | None = None) -> Axes:
        """Draw a finding as the page does."""

    def finding_html(self, finding: Any, placement: str, others: Mapping[str, Any]) -> str:
        """HTML of a finding for JupyterLab; others: findings by name that its sentences may name."""


def register_page_drawings(loader: Callable[[], Any]) -> None:
    """Register the function that loads the module with ``draw`` and ``finding_html``."""
    _loaders[:] = [loader]


def load_page_drawings() -> PageDrawings:
    """The registered module; RuntimeError where none is registered."""
    if not _loaders:
        raise RuntimeError("No drawings are registered: import hrdresearch first")
    module: PageDrawings = _loaders[0]()
    return module
