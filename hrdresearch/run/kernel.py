"""Executes the cells of a run with IPython, in the child process.

The child is a fork of the run, or a new Python (``python -P -m hrdresearch.run.kernel``). Everything that
a cell shows, prints or raises is sent to the run as outputs of a notebook, in JSON.
"""

from __future__ import annotations

import base64
import importlib
import json
import os
import sys
import tempfile
from multiprocessing.connection import Connection
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from hrdresearch.run.parent_process import end_with_parent

STREAMS = {"stdout": 1, "stderr": 2}


class _Publisher(DisplayPublisher):
    def publish(self, data: Any, metadata: Any = None, *_: Any, **named: Any) -> None:
        if not named.get(
            "update"
        ):  # an update of an earlier output: the notebook keeps that output
            self.shell.tell_output("display_data", data=data, metadata=metadata or {})


class _Hook(DisplayHook):
    def write_output_prompt(self) -> None: ...

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        shell: Any = self.shell
        held = {"data": format_dict, "metadata": md_dict or {}}
        shell.tell_output("execute_result", execution_count=self.prompt_count, **held)

    def finish_displayhook(self) -> None:
        self._is_active = False


class Cells(InteractiveShell):
    """An IPython shell that sends its outputs through a pipe."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def tell_output(self, kind: str, **held: Any) -> None:
        """Send the text printed so far, then this output; ``kind`` "": only the text."""
        for name, file in self.printed.items():
            if text := file.take():
                self.tell({"output": {"output_type": "stream", "name": name, "text": text}})
        if kind:
            self.tell({"output": {"output_type": kind, **held}})

    def tell(self, message: Any) -> None:
        """Send a message to the run."""
        self.pipe.send_bytes(json.dumps(message, default=_as_text).encode())

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        name = etype if isinstance(etype, str) else etype.__name__
        self.tell_output("error", ename=name, evalue=str(evalue), traceback=list(stb))

    pipe: Connection
    printed: dict[str, _Printed]


class _Printed:
    """Collects what Python or a library prints to a file descriptor, in memory only."""

    def __init__(self, number: int) -> None:
        if hasattr(os, "memfd_create"):
            self.held = os.fdopen(os.memfd_create("printed"), "r+b", buffering=0)
        else:
            self.held = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        os.dup2(self.held.fileno(), number)

    def take(self) -> str:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        self.held.seek(0)
        text = self.held.read()
        self.held.seek(0)
        self.held.truncate()
        return text.decode("utf-8", "replace")


def execute_cells(pipe: Connection) -> None:
    """Execute the cells that the run sends, until the pipe is closed."""
    begin = json.loads(pipe.recv_bytes())
    os.environ.update(begin["environment"])
    os.chdir(begin["folder"])
    for module in begin["modules"]:
        importlib.import_module(module)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    printed = {name: _Printed(number) for name, number in STREAMS.items()}
    for name, number in STREAMS.items():
        stream = open(number, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    # No history: cells may hold parameters, or what somebody wrote about a case.
    config = Config(
        {"HistoryManager": {"enabled": False}, "InteractiveShell": {"colors": "nocolor"}}
    )
    InteractiveShell.clear_instance()
    shell = Cells.instance(config=config)
    shell.pipe, shell.printed = pipe, printed
    while True:
        try:
            source = json.loads(pipe.recv_bytes())["source"]
        except EOFError:
            return
        count = shell.execution_count
        result = shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        shell.tell_output("")
        shell.tell({"executed": count, "is_good": bool(result.success)})


def _as_text(value: Any) -> str:
    """Pictures as base64, as in notebooks; any other value that JSON does not know, as text."""
    return base64.b64encode(value).decode() if isinstance(value, bytes) else str(value)


if __name__ == "__main__":
    end_with_parent(int(sys.argv[2]))
    execute_cells(Connection(int(sys.argv[1])))
