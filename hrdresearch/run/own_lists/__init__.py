"""Looks at a list of unknown columns and proposes how they are read; a person decides.

``propose_columns(file)`` gives the proposals as a frame, for JupyterLab; ``write_source`` makes the
source.yml of a frame, changed or not. On the terminal: ``hrdresearch source new FILE``.
"""

from hrdresearch.run.own_lists.proposals import ListLook, look_at_list
from hrdresearch.run.own_lists.source_text import propose_columns, source_text, write_source

__all__ = ["ListLook", "look_at_list", "propose_columns", "source_text", "write_source"]
