"""The kernel of a run, ``python -m hrdresearch.run.kernel``: it ends when its run has ended."""

from __future__ import annotations

import os

from hrdresearch.run.ending import PARENT, end_with

if __name__ == "__main__":
    end_with(int(os.environ[PARENT]))
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()
