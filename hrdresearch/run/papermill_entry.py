"""The entry point by which papermill finds the engine ``hrdresearch``.

It imports nothing of papermill: papermill loads it while it is being imported itself.
"""

from __future__ import annotations

from typing import Any


class EngineEntry:
    """Stands for ``run.engine.ForkedEngine`` until a notebook is executed."""

    @classmethod
    def execute_notebook(cls, *given: Any, **named: Any) -> Any:
        """Execute a notebook as ``ForkedEngine.execute_notebook`` does; the executed notebook."""
        from hrdresearch.run.engine import ForkedEngine

        return ForkedEngine.execute_notebook(*given, **named)
