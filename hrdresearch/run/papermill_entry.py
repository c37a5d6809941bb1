"""The entry point through which papermill finds the engine ``hrdresearch``.

It must not import papermill, because papermill loads it during its own import.
"""

from __future__ import annotations

from typing import Any


class EngineEntry:
    """Stands for ``run.engine.ForkedEngine`` until a notebook is executed."""

    @classmethod
    def execute_notebook(cls, *given: Any, **named: Any) -> Any:
        """Execute a notebook with ``ForkedEngine.execute_notebook`` and return it."""
        from hrdresearch.run.engine import ForkedEngine

        return ForkedEngine.execute_notebook(*given, **named)
