"""Makes one edition of a report from one set of parameters.

The steps: check parameters, execute the notebook with papermill, assemble the page, search it for names,
note its builds, move it to the folder of reports. Before the search has passed, nothing leaves the
work folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrdresearch.findings.model import KEPT_IN_VAULT, KEPT_OPEN
from hrdresearch.privacy.keys import keys_folder, study_key
from hrdresearch.privacy.release_key import PUBLIC, read_or_make_release_key, sign_manifest
from hrdresearch.run.consents import names_to_review, refuse_changed_consents
from hrdresearch.run.decisions import check_desk, read_decisions, write_questions
from hrdresearch.run.editions import (
    INTERNAL_FILES,
    PDF_FILES,
    SIGNATURE,
    edition_name,
    mark_replaced,
    promote,
)
from hrdresearch.run.errors import RunError
from hrdresearch.run.files import write_json
from hrdresearch.run.history import Stages, kept_in_history
from hrdresearch.run.internal import SCOPE, figures_that_wait, internal_folder, why_internal
from hrdresearch.run.invented import refuse_invented_beside_real
from hrdresearch.run.lineage import as_printed, forget_edition, mark_of, remember_builds
from hrdresearch.run.main_text import MainText
from hrdresearch.run.notebook import execute_notebook, keep_executed, keep_log
from hrdresearch.run.pending import publish, repair_pending
from hrdresearch.run.prepared_scan import read_index, scan_prepared
from hrdresearch.run.public_lists import refuse_unstated
from hrdresearch.run.registry import StudyEntry, parameter_slug, study_or_draft
from hrdresearch.run.releases import update_releases
from hrdresearch.run.run_folders import PENDING, scratch_in_memory, scratch_on_disk
from hrdresearch.run.sealed_lists import how_kept, is_any_sealed
from hrdresearch.run.site.failed_runs import keep_failure
from hrdresearch.studies.ground.build import Build, NoBuildError, current_build, report_build_id

if TYPE_CHECKING:
    from hrdresearch.privacy.stories import Story


@dataclass(frozen=True)
class RunResult:
    """The report that a run has made.

    claims: number of claims. names_checked: number of names searched for. main_text: length of the main
    text. unprinted: lines on conditional sentences that are not printed. speech: lines on sentences that
    break a rule of speech. repaired: lines on editions of interrupted runs that were first finished or
    discarded. signed_by: whose key signed it, and where the public key is; "" for an internal report.
    to_review: cases that are not named until their risk is reviewed for this edition.
    """

    study: str
    edition: str
    folder: Path
    claims: int
    names_checked: int
    main_text: MainText
    unprinted: tuple[str, ...] = ()
    speech: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()
    signed_by: str = ""
    to_review: int = 0
    is_internal: bool = False


@keep_failure
def run(
    study: str,
    given: Mapping[str, Any],
    work: Path,
    out: Path,
    operator: str | None = None,
    tell: Callable[[str], None] = lambda _: None,
    with_pdf: bool = True,
) -> RunResult:
    """Execute the notebook of a study, or a draft, and keep the report as a new edition.

    study: name of a study, or path of a draft made by ``draft new``. tell: called before the notebook
    runs, with a line for each list that makes the report internal. with_pdf: also write PDF copies.
    Raises ParameterError, RunError or LeakError; the last good edition then stays.
    """
    entry = study_or_draft(study)
    values = entry.parse(given)
    builds = builds_of_entry(entry, work)
    refuse_changed_consents(builds)
    refuse_invented_beside_real(builds, values)
    for build in builds:
        refuse_unstated(build.study, build.facts(), build.folder.parent)
    check_desk(operator)
    key = read_or_make_release_key(outside=(work, out))
    where = f"readers check it with {keys_folder() / PUBLIC}"
    with ExitStack() as turns:
        for build in sorted(builds, key=lambda build: build.study):
            turns.enter_context(_in_turn(build))
            list(update_releases(build))
        is_sealed, in_work = is_any_sealed(builds), work / builds[0].study
        # A brief leaves out lists that may not be shown for its State, so it is never internal.
        if reasons := [] if entry.whichever else why_internal(builds, values):
            internal_folder(
                in_work, is_sealed
            )  # RunError now, if it could not be written at the end
        for line in reasons or figures_that_wait(builds):
            tell(line)
        repaired = repair_editions(builds, work)
        with kept_in_history(entry, values, builds, work) as stages:
            made = _make_edition(entry, values, builds, work, out, operator, stages, with_pdf)
            stages.edition = made.edition
        signed = "" if made.is_internal else f"{key}; {where}"
        return replace(made, repaired=tuple(repaired), signed_by=signed)


def builds_of_entry(entry: StudyEntry, work: Path) -> list[Build]:
    """Current builds of the studies of a report; a brief takes those that exist.

    NoBuildError if one is missing, or if a brief has none.
    """
    found, missing = [], None
    for slug in entry.studies:
        try:
            found.append(current_build(slug, work))
        except NoBuildError as error:
            missing = missing or error
    if missing and (not found or not entry.whichever):
        raise missing
    return found


def repair_editions(builds: Sequence[Build], work: Path) -> list[str]:
    """Finish or discard editions that interrupted runs left half made; a sentence for each."""
    forget = [partial(forget_edition, build.folder.parent) for build in builds]
    return [line for build in builds for line in repair_pending(work, build.study, forget)]


def _make_edition(
    entry: StudyEntry,
    values: Mapping[str, Any],
    builds: Sequence[Build],
    work: Path,
    out: Path,
    operator: str | None,
    stages: Stages,
    with_pdf: bool,
) -> RunResult:
    for build in builds:
        read_index(build)  # without its key the page cannot be scanned: fail now, not at the end
    in_work = work / builds[0].study  # a draft has no folder of its own there
    # Scratch files may hold names: they stay in the work folder, or in memory for a sealed build.
    in_memory = is_any_sealed(builds)
    with scratch_in_memory() if in_memory else scratch_on_disk(in_work / "runs") as scratch:
        try:
            with stages.stage("notebook"):
                page = execute_to_page(entry, values, builds, work, scratch / "run.log")
            _ask_a_person(page, builds)
            is_internal = any(f.policy.get("is_internal") for f in page.findings)
            shown = list(builds) if is_internal else as_printed(builds)
            edition = edition_name(mark_of(report_build_id(shown)))
            prepared = scratch / "report"
            prepared.mkdir()
            with stages.stage("documents"):
                manifest = _write_report(
                    prepared, page, entry, values, shown, edition, operator, with_pdf
                )
            slug = parameter_slug(entry, values)
            with stages.stage("scan"):
                checked = scan_prepared(prepared, builds, page.stories, slug)
            is_public = all(f["policy"]["public_by_name"] for b in builds for f in b.facts())
            # The number of names in a restricted list must not leave the vault.
            manifest["names_checked"] = checked if is_public else _where_kept(builds)
            write_json(prepared / "manifest.json", manifest)
            keep_executed(scratch, in_work, builds, f"{entry.slug}--{slug}")
            # Exact numbers of a restricted list stay with the list and are never released.
            with stages.stage("publishing"):
                if manifest["is_internal"]:
                    home = internal_folder(in_work, in_memory, slug)
                    final = promote(prepared, home, edition, INTERNAL_FILES)
                    mark_replaced(home)
                    (home / SCOPE).write_text(f"{slug}\n", encoding="utf-8")
                else:
                    signature = sign_manifest((prepared / "manifest.json").read_bytes())
                    write_json(prepared / SIGNATURE, signature)
                    steps = [partial(remember_builds, builds)]
                    home = out / entry.slug / slug
                    final = publish(prepared, home, edition, in_work / PENDING, steps)
            lines = tuple(str(sentence) for sentence in page.unprinted)
            speech = tuple(str(fault) for fault in page.speech_faults)
            length = MainText(**manifest["main_text"])
            waiting = page.stories_to_review + names_to_review(builds)
            made = (entry.slug, edition, final, len(page.claims), checked, length, lines, speech)
            return RunResult(*made, to_review=waiting, is_internal=manifest["is_internal"])
        except Exception:
            keep_log(scratch, in_work, builds)
            raise


@contextmanager
def _in_turn(build: Build) -> Iterator[None]:
    """Make reports of a restricted list one at a time, so that its release is made only once."""
    from hrdresearch.privacy.policy import Policy

    if all(Policy.from_dict(f["policy"]).prints_exact_numbers for f in build.facts()):
        yield
        return
    from filelock import FileLock

    with FileLock(build.folder.parent / ".released.lock"):
        yield


def execute_to_page(
    entry: StudyEntry, values: Mapping[str, Any], builds: Sequence[Build], work: Path, log: Path
) -> Any:
    """Execute the notebook and return its page; modules for drawing are loaded at the same time.

    log: file for the log of the run. RunError if a cell fails, or the page shows something forbidden.
    """
    with ThreadPoolExecutor(1) as pool:
        executed = execute_notebook(entry, values, builds, work, log, pool)
    from hrdresearch.findings.prose import ProseError
    from hrdresearch.privacy.stories import StoryError, read_stories
    from hrdresearch.report.notebook_page import OutputError, page_from_notebook
    from hrdresearch.run.quotes import redact_quotes, refuse_unrecorded_quotes

    folder, build_id = builds[0].folder.parent, report_build_id(builds)
    try:
        decisions = read_decisions(folder, build_id)
        stories = redact_quotes(read_stories(entry.notebook), builds)
        page = page_from_notebook(executed, (), stories, decisions)
    except (OutputError, ProseError, StoryError) as wrong:
        raise RunError(f"{entry.notebook.name}: {wrong}") from wrong
    known = {*entry.studies, *([entry.draft_of or entry.slug] if entry.whichever else [])}
    if others := sorted({f.study for f in page.findings} - known):
        raise RunError(
            f"{entry.notebook.name} is a notebook of {', '.join(entry.studies)} but shows findings of "
            f"{', '.join(others)}, whose names would not be searched for: take these findings out"
        )
    if any(_is_withdrawn(story, build) for story in page.stories for build in builds):
        raise RunError(
            f"{entry.notebook.name} tells the story of a person who has withdrawn: take the story out"
        )
    refuse_unrecorded_quotes(page.stories, builds)
    return page


def _ask_a_person(page: Any, builds: Sequence[Build]) -> None:
    """Write the questions that a person must decide into the sheet of decisions."""
    from hrdresearch.findings.questions import questions_for_a_person

    asked = questions_for_a_person(page.findings)
    write_questions(builds[0].folder.parent, report_build_id(builds), asked)


def _is_withdrawn(story: Story, build: Build) -> bool:
    from hrdresearch.privacy.keys import name_digest
    from hrdresearch.privacy.withdraw import read_withdrawn

    marks = read_withdrawn(build.folder.parent)
    digest = name_digest(story.consent.public_name, study_key(build.study)) if marks else None
    return story.consent.person in marks or digest in marks


def _write_report(
    prepared: Path,
    page: Any,
    entry: StudyEntry,
    values: Mapping[str, Any],
    builds: Sequence[Build],
    edition: str,
    operator: str | None,
    with_pdf: bool,
) -> dict[str, Any]:
    from hrdresearch.report.document import WRITERS, assemble_document
    from hrdresearch.report.front_matter import front_matter
    from hrdresearch.run.manifest import claims_document, manifest_document

    now = datetime.now(UTC)
    front = front_matter(page, edition, now.date().isoformat())
    own = next((b.build_id for b in builds if b.study == front.study), front.build_id)
    front = replace(front, build_id=own, how_kept=how_kept(builds))
    document = assemble_document(page.blocks, front)
    # Each file is written by its own pandoc process; they run at the same time.
    files = [name for name in WRITERS if with_pdf or name not in PDF_FILES]
    with ThreadPoolExecutor(len(files)) as pool:
        writing = [
            pool.submit(WRITERS[name], document, page.claims, prepared / name) for name in files
        ]
        for written in writing:
            written.result()
    claims = claims_document(page.claims, page.findings, builds, document.printed_claims())
    write_json(prepared / "claims.json", claims)
    manifest = manifest_document(prepared, page, entry, values, builds, edition, now, operator)
    manifest["pictures"] = document.digests_of_pictures()
    write_json(prepared / "manifest.json", manifest)
    return manifest


def _where_kept(builds: Sequence[Build]) -> str:
    kept = {build.where_kept for build in builds}
    return KEPT_OPEN if KEPT_OPEN in kept else KEPT_IN_VAULT
