"""A requirements file, or one line of it → the requirements that it lists, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Parsed

from skillcheck.model import Fault, FaultKind, File, Place, Requirement

COMMENT = re.compile(r"(?:^|\s+)#.*$")
OPTIONS = re.compile(r"(?:^|\s+)-.*$")
HASH = re.compile(r"^--hash(?:\s*=\s*|\s+)(\w+:\w+)(?:\s+|$)")
OF_BUILDING = re.compile(r"^(?:--config-settings?|-C|--global-option)(?:\s*=\s*|\s+)\S+(?:\s+|$)")
DONE_ANYWAY = re.compile(r"^(?:--require-hashes|--prefer-binary|--only-binary(?:\s*=\s*|\s+)\S+)$")
Declared = Requirement | Fault


def parse(text: str, place: Place, origin: str = "") -> Declared:
    """Return the requirement that `text` states, or the fault that keeps it from being installed.

    `origin` says by what it is declared.
    """
    try:
        parsed = Parsed(text)
    except InvalidRequirement as error:
        reason = str(error).splitlines()[0].strip().rstrip(".")
        fact = f"`{text}` is not a requirement: {reason[:1].lower()}{reason[1:]}"
        return Fault(FaultKind.BAD_REQUIREMENT, place, fact, "write it as PEP 508 has it, such as `quart>=0.22`")
    if parsed.url:
        fact = f"`{text}` is installed from a URL, which is never fetched"
        return Fault(FaultKind.BAD_REQUIREMENT, place, fact, "name a release on the package index")
    return Requirement(text, place, origin)


def listed(file: File) -> Iterator[Declared]:
    """Yield what a requirements file lists, with the hashes that stand there.

    Options of pip are faults, since they are not followed, but for those that ask for what is done anyway.
    """
    try:
        text = file.read().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        yield Fault(FaultKind.UNREADABLE, file.place, f"{file.path} cannot be read: {error}", "save it as UTF-8")
        return
    for number, line in _joined(text):
        stripped = COMMENT.sub("", line).strip()
        if stripped and not DONE_ANYWAY.match(stripped):
            yield _line(stripped, Place(file.place.path, number, len(line) - len(line.lstrip()) + 1))


def _joined(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line as pip joins them, with the number of its first; a comment ends what a backslash goes on with."""
    begun, so_far = 0, ""
    for number, line in enumerate(text.splitlines(), 1):
        begun = begun or number
        comment = COMMENT.match(line)
        if line.endswith("\\") and not comment:
            so_far += line[:-1]
            continue
        yield begun, so_far + (f" {line}" if comment and so_far else line)
        begun, so_far = 0, ""
    if so_far:
        yield begun, so_far


def _line(text: str, place: Place) -> Declared:
    options = OPTIONS.search(text)
    rest = options[0].strip() if options else ""
    hashes: list[str] = []
    while match := HASH.match(rest) or OF_BUILDING.match(rest):
        hashes += match.groups()
        rest = rest[match.end() :]
    if rest or (options and not options.start()):
        fact = f"`{rest or text}` is an option of pip, which is not followed"
        return Fault(FaultKind.BAD_REQUIREMENT, place, fact, "list the requirements themselves")
    found = parse(OPTIONS.sub("", text), place)
    return replace(found, hashes=tuple(hashes)) if isinstance(found, Requirement) else found
