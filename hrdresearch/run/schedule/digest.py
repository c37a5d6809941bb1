"""Writes the digest of a scheduled run into the work folder, and sends an e-mail if something failed.

The e-mail leaves the machine, so it names only studies, parameters and the kind of each failure: no files
and no messages of notebooks. Settings: ``HRD_MAIL_HOST`` (host or host:port), ``HRD_MAIL_TO`` (separated by
commas), ``HRD_MAIL_FROM``; for a login ``HRD_MAIL_USER`` and ``HRD_MAIL_PASSWORD_FILE``. Without a host
nothing is sent.
"""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from collections.abc import Collection, Iterator
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from ipaddress import ip_address
from pathlib import Path

from hrdresearch.run.batch import BatchItem, report_in_words
from hrdresearch.run.failures import ExitStatus
from hrdresearch.run.registry import study_or_draft
from hrdresearch.run.schedule.outcome import ScheduledRun

FOLDER = "schedule"  # in the work folder
SECONDS = 30  # time for the mail server to answer
IMPLICIT_TLS = 465
CELL = re.compile(r"stopped in cell (\d+)")
STATUS_WORDS = {
    ExitStatus.DONE: "done",
    ExitStatus.NOTHING_NEW: "nothing new",
    ExitStatus.SOME_FAILED: "done, with failures",
    ExitStatus.LEAK_STOPPED: "a leak was stopped",
    ExitStatus.CANNOT_READ: "a list cannot be read",
    ExitStatus.NO_KEY: "a key is missing or wrong, or the vault is not open",
    ExitStatus.NO_BUILD: "a study on the schedule is not built",
    ExitStatus.WRONG_WORDS: "the schedule cannot be understood",
    ExitStatus.BUSY: "another scheduled run was running",
    ExitStatus.FAILED: "it stopped",
    ExitStatus.FAULT: "a fault of the program",
    ExitStatus.STOPPED: "it was stopped from outside",
}
KINDS = {
    ExitStatus.WRONG_WORDS: "a parameter, a time or a file of the schedule cannot be understood",
    ExitStatus.CANNOT_READ: "a list cannot be read",
    ExitStatus.LEAK_STOPPED: "the scan found a name of a case list in the draft; nothing was published",
    ExitStatus.BUSY: "another run or build was running",
    ExitStatus.NO_BUILD: "there is no build of its lists, or it is damaged",
    ExitStatus.NO_KEY: "a key is missing or wrong, or the vault is not open",
    ExitStatus.FAULT: "a fault of the program",
    ExitStatus.STOPPED: "it was stopped from outside",
}
WHAT_NEXT = {
    ExitStatus.BUSY: "Nothing has to be corrected",
    ExitStatus.STOPPED: "Run it again: it continues where it was stopped",
}
# Messages of these name files and settings: a notebook shows them, an e-mail only their kind.
OF_FILES = {
    ExitStatus.CANNOT_READ,
    ExitStatus.NO_BUILD,
    ExitStatus.NO_KEY,
    ExitStatus.WRONG_WORDS,
}
OTHER = "it stopped; its message is in the digest on the machine that ran it"


def digest_lines(done: ScheduledRun, in_full: bool, of_files: bool = False) -> Iterator[str]:
    """The lines of the digest.

    in_full: with all messages, for the work folder. of_files: with messages on files and settings, for a
    notebook on the same machine. Without both, only the kind of each failure.
    """
    told = set(ExitStatus) if in_full else OF_FILES if of_files else set()
    here = done.began.astimezone()
    yield (
        f"Scheduled run of {done.began:%Y-%m-%d %H:%M} UTC ({here:%H:%M} here): "
        f"{STATUS_WORDS[done.status]}"
    )
    yield f"Exit status {int(done.status)} (docs/how-to/schedule.md)"
    if done.error:
        again = WHAT_NEXT.get(done.status, "Correct this, then run it again")
        yield f"It ended early: {_why(done.error, done.status, told)}. {again}"
    for build in done.builds:
        if build.error:
            why = _why(build.error, build.status, told)
            yield f"Build of {build.study} failed: {why}. The earlier build is still used"
        elif build.is_new:
            yield f"Build of {build.study}: {build.in_words}"
    if done.error:
        return
    if done.left_out:
        yield f"No build yet, so no report: {', '.join(done.left_out)}"
    made, failed = len(done.reports.items), len(done.reports.failed)
    yield f"Reports: {made - failed} made, {done.reports.standing} stand as they were, {failed} failed"
    if in_full:
        yield from (f"Made: {_name(item)}" for item in done.reports.items if not item.error)
    for item in done.reports.failed:
        why = _why(str(item.error), item.status, told)
        yield f"{_name(item)} failed: {why}. Its last edition, if any, stays"


def _why(words: str, status: int, told: Collection[int]) -> str:
    return words.rstrip(". ") if status in told else kind_of_failure(words, status)


def kind_of_failure(words: str, status: int) -> str:
    """The kind of a failure, without its message, which may quote a file or a cell.

    >>> kind_of_failure("killings.ipynb stopped in cell 5: ValueError: some text", 1)
    'its notebook stopped in cell 5'
    """
    if status in KINDS:
        return KINDS[ExitStatus(status)]
    cell = CELL.search(words)
    return f"its notebook stopped in cell {cell[1]}" if cell else OTHER


def keep_digest(done: ScheduledRun, work: Path) -> Path:
    """Write the digest into ``WORK/schedule/``, readable by its owner only; returns its path."""
    folder = work / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    path = _new_file(folder, f"{done.began:%Y%m%dT%H%M%SZ}")
    path.write_text("\n".join(digest_lines(done, in_full=True)) + "\n", encoding="utf-8")
    return path


def _new_file(folder: Path, stem: str) -> Path:
    """Make an empty file of that name, with a number if another run began in the same second."""
    for ending in ("", *(f"-{number}" for number in range(2, 100))):
        path = folder / f"{stem}{ending}.txt"
        with suppress(FileExistsError):
            path.touch(mode=0o600, exist_ok=False)
            return path
    raise FileExistsError(folder / stem)


def send_digest(done: ScheduledRun) -> list[str]:
    """Send the digest of a run in which something failed; returns a line on what was done, or none.

    If the mail server does not answer, the line says so, and the run does not fail.
    """
    went_well = done.status in (ExitStatus.DONE, ExitStatus.NOTHING_NEW)
    text = "\n".join(digest_lines(done, in_full=False)) + "\n"
    return _send_mail(STATUS_WORDS[done.status], "" if went_well else text)


def send_trial() -> list[str]:
    """Send a test e-mail; returns a line on what was done, or none if e-mail is not set up."""
    return _send_mail(
        "a test", "This is how hrdresearch reports a scheduled run in which something failed.\n"
    )


def _send_mail(subject: str, text: str) -> list[str]:
    """Send a text, unless it is empty; a missing setting is reported in any case."""
    host = os.environ.get("HRD_MAIL_HOST", "")
    if not host:
        return []
    to, sender = os.environ.get("HRD_MAIL_TO", ""), os.environ.get("HRD_MAIL_FROM", "")
    if not to or not sender:
        return ["E-mail is not set up: set HRD_MAIL_TO and HRD_MAIL_FROM to addresses"]
    if not text:
        return []
    mail = EmailMessage()
    mail["Subject"] = f"hrdresearch: {subject}"
    mail["From"], mail["To"] = sender, to
    mail["Date"] = formatdate(localtime=True)
    mail["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2] or "localhost")
    mail.set_content(text)
    try:
        _send(mail, host)
    except (OSError, smtplib.SMTPException, ValueError) as failed:
        return [f"No e-mail was sent: {type(failed).__name__} from the mail server"]
    return ["An e-mail was sent"]


def _send(mail: EmailMessage, where: str) -> None:
    """Send over TLS; without TLS only to a server on this machine."""
    host, _, port = where.partition(":")
    number = int(port or smtplib.SMTP_PORT)
    safe = ssl.create_default_context()
    server: smtplib.SMTP
    if number == IMPLICIT_TLS:
        server = smtplib.SMTP_SSL(host, number, timeout=SECONDS, context=safe)
    else:
        server = smtplib.SMTP(host, number, timeout=SECONDS)
    with server:
        if number != IMPLICIT_TLS and not _is_here(host):
            server.starttls(context=safe)
        if user := os.environ.get("HRD_MAIL_USER"):
            kept = Path(os.environ.get("HRD_MAIL_PASSWORD_FILE", ""))
            server.login(user, kept.read_text(encoding="utf-8").strip())
        server.send_message(mail)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _name(item: BatchItem) -> str:
    """A report in words: study and parameters; for a path, only the name of the file."""
    entry = study_or_draft(item.study)
    public = {
        p.name: p.public(item.parameters[p.name])
        for p in entry.parameters
        if p.name in item.parameters
    }
    return report_in_words(entry.slug, public)
