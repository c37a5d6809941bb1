"""Loads everything that all reports need: libraries, and the program's own data files.

It is done once in a process that is then forked, so that the forks need not load it. No list is opened.
"""

from __future__ import annotations

import importlib

from hrdresearch.run.lean_imports import import_nbformat

MODULES = (
    "IPython.core.completer",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "hrdresearch.findings.questions",
    "hrdresearch.privacy.release",
    "hrdresearch.privacy.scan",
    "hrdresearch.privacy.stories",
    "hrdresearch.report.charts",
    "hrdresearch.report.division_maps",
    "hrdresearch.report.front_matter",
    "hrdresearch.report.html",
    "hrdresearch.report.notebook_page",
    "hrdresearch.report.pdf",
    "hrdresearch.report.word",
    "hrdresearch.run.accepted_words",
    "hrdresearch.run.check",
    "hrdresearch.run.engine",
    "hrdresearch.run.execute",
    "hrdresearch.run.manifest",
    "hrdresearch.run.quotes",
    "pandas.core.methods.to_dict",
    "papermill",
    "pyarrow.parquet",
    "seaborn",
)
NOTEBOOKS = range(2, 6)  # minor versions of the format of notebooks, 4.2 to 4.5


def load_program() -> None:
    """Load libraries, the modules of all studies, vocabularies, facts of lists, and boundaries."""
    import_nbformat()
    from hrdresearch.run.registry import studies
    from hrdresearch.studies import study_module

    names = {name for entry in studies().values() for name in (entry.slug, *entry.studies)}
    for module in (*MODULES, *map(study_module, sorted(names))):
        importlib.import_module(module)
    _read_own_files()


def _read_own_files() -> None:
    """Read every file that the program caches for the life of a process."""
    from nbformat.validator import get_validator

    from hrdresearch.findings.conditions import EXAMPLE, condition_holds
    from hrdresearch.report.boundaries import load_boundaries
    from hrdresearch.report.tree import write
    from hrdresearch.report.word import empty_word_file
    from hrdresearch.run.version import code_parts, program_version
    from hrdresearch.sources import list_sources
    from hrdresearch.vocab import vocabulary, vocabulary_names
    from hrdresearch.vocab.labels import vocabulary_labels

    for name in vocabulary_names():
        vocabulary(name)
    list_sources()
    condition_holds(EXAMPLE, {})
    vocabulary_labels()
    load_boundaries()
    program_version()
    code_parts()
    write([], "html5")
    empty_word_file()
    for minor in NOTEBOOKS:
        get_validator(4, minor)  # type: ignore[no-untyped-call]
