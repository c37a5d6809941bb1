"""What a scheduled run did, in words: a file in the work folder, and where something failed an e-mail.

The e-mail leaves the machine: it names studies, parameters and the kind of each failure; no file, no message
of a notebook. ``HRD_MAIL_HOST`` (host or host:port), ``HRD_MAIL_TO`` (with commas), ``HRD_MAIL_FROM``, and
for a login ``HRD_MAIL_USER`` and ``HRD_MAIL_PASSWORD_FILE`` set it up; without a host nothing is sent.
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

from hrdresearch.run.batch import BatchItem
from hrdresearch.run.batch_over import report_in_words
from hrdresearch.run.drafts import study_or_draft
from hrdresearch.run.failures import ExitStatus
from hrdresearch.run.schedule.outcome import ScheduledRun

FOLDER = "schedule"  # in the work folder
SECONDS = 30  # for the mail server to answer
IMPLICIT_TLS = 465
CELL = re.compile(r"stopped in cell (\d+)")
STATUS_WORDS = {
    ExitStatus.DONE: "done",
    ExitStatus.NOTHING_NEW: "nothing new",
    ExitStatus.SOME_FAILED: "done, with failures",
    ExitStatus.LEAK_STOPPED: "a leak was stopped",
    ExitStatus.CANNOT_READ: "a list cannot be read",
    ExitStatus.NO_KEY: "a key is missing or wrong, or the vault is not open",
    ExitStatus.NO_BUILD: "what is on the schedule is not built",
    ExitStatus.WRONG_WORDS: "the schedule cannot be understood",
    ExitStatus.BUSY: "another scheduled run was at work",
    ExitStatus.FAILED: "it stopped",
    ExitStatus.FAULT: "a fault of the program",
    ExitStatus.STOPPED: "it was stopped from outside",
}
KINDS = {
    ExitStatus.WRONG_WORDS: "a parameter, a time or a file of the schedule cannot be understood",
    ExitStatus.CANNOT_READ: "a list cannot be read",
    ExitStatus.LEAK_STOPPED: "the scan found a name of a case list in the draft; nothing was published",
    ExitStatus.BUSY: "another run or build was at work",
    ExitStatus.NO_BUILD: "there is no build of its lists, or it is damaged",
    ExitStatus.NO_KEY: "a key is missing or wrong, or the vault is not open",
    ExitStatus.FAULT: "a fault of the program",
    ExitStatus.STOPPED: "it was stopped from outside",
}
WHAT_NEXT = {
    ExitStatus.BUSY: "Nothing is to be mended",
    ExitStatus.STOPPED: "Call it again: it goes on where it was stopped",
}
# Their messages are of files and settings: a notebook shows them, and an e-mail their kind alone.
OF_FILES = {
    ExitStatus.CANNOT_READ,
    ExitStatus.NO_BUILD,
    ExitStatus.NO_KEY,
    ExitStatus.WRONG_WORDS,
}
OTHER = "it stopped; its message stands in the digest on the machine that made it"


def digest_lines(done: ScheduledRun, in_full: bool, of_files: bool = False) -> Iterator[str]:
    """The digest, line by line.

    in_full: with all messages, for the work folder. of_files: with those on files and settings, for a
    notebook on the same machine. Else the kind of each failure alone.
    """
    told = set(ExitStatus) if in_full else OF_FILES if of_files else set()
    here = done.began.astimezone()
    yield (
        f"Scheduled run of {done.began:%Y-%m-%d %H:%M} UTC ({here:%H:%M} here): "
        f"{STATUS_WORDS[done.status]}"
    )
    yield f"Exit status {int(done.status)} (docs/how-to/schedule.md)"
    if done.error:
        again = WHAT_NEXT.get(done.status, "Call it again when this is mended")
        yield f"It ended early: {_why(done.error, done.status, told)}. {again}"
    for build in done.builds:
        if build.error:
            why = _why(build.error, build.status, told)
            yield f"Build of {build.study} failed: {why}. The build of before stands in its place"
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
        yield f"{_name(item)} failed: {why}. Its last edition, where it has one, stands in its place"


def _why(words: str, status: int, told: Collection[int]) -> str:
    return words.rstrip(". ") if status in told else kind_of_failure(words, status)


def kind_of_failure(words: str, status: int) -> str:
    """The kind of a failure, without what a message may hold of a file or a cell.

    >>> kind_of_failure("killings.ipynb stopped in cell 5: ValueError: some text", 1)
    'its notebook stopped in cell 5'
    """
    if status in KINDS:
        return KINDS[ExitStatus(status)]
    cell = CELL.search(words)
    return f"its notebook stopped in cell {cell[1]}" if cell else OTHER


def keep_digest(done: ScheduledRun, work: Path) -> Path:
    """Write the digest into ``WORK/schedule/``, readable for its owner alone; its path."""
    folder = work / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    path = _new_file(folder, f"{done.began:%Y%m%dT%H%M%SZ}")
    path.write_text("\n".join(digest_lines(done, in_full=True)) + "\n", encoding="utf-8")
    return path


def _new_file(folder: Path, stem: str) -> Path:
    """An empty file of that name, or with a number where another run began in the same second."""
    for ending in ("", *(f"-{number}" for number in range(2, 100))):
        path = folder / f"{stem}{ending}.txt"
        with suppress(FileExistsError):
            path.touch(mode=0o600, exist_ok=False)
            return path
    raise FileExistsError(folder / stem)


def send_digest(done: ScheduledRun) -> list[str]:
    """Send the digest of a run in which something failed; a line on what was done, or none.

    A mail server that does not answer fails no run: the line says so.
    """
    went_well = done.status in (ExitStatus.DONE, ExitStatus.NOTHING_NEW)
    text = "\n".join(digest_lines(done, in_full=False)) + "\n"
    return _send_mail(STATUS_WORDS[done.status], "" if went_well else text)


def send_trial() -> list[str]:
    """Send an e-mail that says that e-mails arrive; a line on what was done."""
    return _send_mail(
        "a trial", "This is how hrdresearch tells of a run in which something failed.\n"
    )


def _send_mail(subject: str, text: str) -> list[str]:
    """Send a text, or none where it is empty; a setting that is missing is told in any case."""
    host = os.environ.get("HRD_MAIL_HOST", "")
    if not host:
        return []
    to, sender = os.environ.get("HRD_MAIL_TO", ""), os.environ.get("HRD_MAIL_FROM", "")
    if not to or not sender:
        return ["E-mail is not set up: HRD_MAIL_TO and HRD_MAIL_FROM say to whom and from whom"]
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
    """Send over TLS; without it only to a server on this machine."""
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
    """A report as it is typed; of a path only the name of the file."""
    entry = study_or_draft(item.study)
    public = {
        p.name: p.public(item.parameters[p.name])
        for p in entry.parameters
        if p.name in item.parameters
    }
    return report_in_words(entry.slug, public)
