"""The kernel of a run, ``python -m hrdresearch.run.kernel``: it ends when its run has ended."""

from __future__ import annotations

import os

from hrdresearch.run.parent_process import PARENT, end_with_parent

if __name__ == "__main__":
    end_with_parent(int(os.environ[PARENT]))
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()
