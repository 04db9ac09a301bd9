"""What a program raised → what it needs around it that is not there, if that is all that is wrong."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from skillcheck import facts
from skillcheck.model import CauseKind
from skillcheck.runner import words

Raised = Mapping[str, Any]
Told = tuple[CauseKind, str, str]
UNREACHABLE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})
FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
MORE = "what the block uses needs more to be installed"
SAY_SO = 'or say why it cannot run: `<!-- skillcheck: skip reason="…" -->`'
OF_THE_CODE = frozenset({"TypeError", "AttributeError", "NameError", "SyntaxError", "IndexError", "UnicodeError"})
_ELLIPSIS = re.compile(r"(?i)\bellipsis\b")
_OF_PYTHON = re.compile(r"^<frozen |[/\\]lib[/\\]python3\.\d+[/\\](?!(?:site|dist)-packages)")
_INSTALLED = re.compile(r"[/\\](?:site|dist)-packages[/\\]")


def lacking(raised: Raised) -> Told | None:
    """Return kind, fact and remedy of what is missing around a program, None where its own code may be at fault."""
    message = " ".join(str(raised["message"]).split())
    said = f"{raised['type']}: {message}" if message else str(raised["type"])
    return next((told for told in _known(raised, message, said)), None)


def asking(said: str) -> Told | None:
    """Return the same of a program that exits with an error and `said` this at last."""
    if words.UNINSTALLED.search(said):
        return CauseKind.UNDECLARED, f"{MORE}: {said}", "declare it in requirements.txt"
    raised = {"type": "SystemExit", "types": (), "message": said, "errno": None}
    return next(_by_words(raised, said, said), None)


def may_come_of_nothing(raised: Raised) -> bool:
    """Whether a program may raise that because something that it asked for did not come.

    What says which values there are to choose from speaks of one that the program chose itself, unless that is None.
    """
    if of_none(raised):
        return OF_THE_CODE.isdisjoint(_kinds(raised)) or "NoneType" in str(raised["message"])
    return OF_THE_CODE.isdisjoint(_kinds(raised)) and not words.CHOICE.search(str(raised["message"]))


def of_none(raised: Raised) -> bool:
    """Whether a program raised that about None, which is what it gets for a variable that isn't set."""
    return re.search(r"\bNone(?:Type)?\b", str(raised["message"])) is not None


def may_come_of_none(raised: Raised) -> bool:
    """Whether a program may raise that because of what it searched for there is none: an empty list has no first."""
    return "IndexError" in _kinds(raised) or may_come_of_nothing(raised)


def is_of_library(raised: Raised) -> bool:
    """Whether what is installed raised it, perhaps by way of the standard library."""
    others = (path for path, _ in reversed(raised.get("frames", ())) if not _OF_PYTHON.search(path))
    return bool(_INSTALLED.search(next(others, "")))


def is_installed(path: str) -> bool:
    """Whether a file is of Python or of what is installed for it."""
    return bool(_INSTALLED.search(path) or _OF_PYTHON.search(path))


def unbrought(raised: Raised) -> Told | None:
    """Return kind, fact and remedy of what something asks for that is not installed, and imports.

    Who raises an ImportError in words of its own speaks of just that.
    """
    if "ImportError" not in _kinds(raised):
        return None
    message = " ".join(str(raised["message"]).split())
    name = str(raised.get("name") or "") if raised["type"] == "ModuleNotFoundError" else ""
    if words.SYSTEM.search(message):
        return _surroundings("a library of the system that isn't there", message, "say that it must be installed")
    if name and "." not in name and is_of_library(raised):
        known = facts.distribution(name)
        deed = f"declare `{known}`" if known else "declare the extra, or the distribution, that brings it,"
        fact = f"what the block uses needs `{name}`, which is not installed"
        return CauseKind.UNDECLARED, fact, f"{deed} in requirements.txt"
    if message and not words.OF_PYTHON.match(message):
        if words.MOVED.search(message) and not words.UNINSTALLED.search(message):
            fact = f"{raised['type']}: {message}"
            return CauseKind.MISSING_ATTRIBUTE, fact, "import what this release has, from where it says"
        return CauseKind.UNDECLARED, f"{MORE}: {message}", "declare it in requirements.txt"
    return None


def _known(raised: Raised, message: str, said: str) -> Iterator[Told]:
    numbers = [(raised["type"], raised["errno"]), *raised.get("origins", ())]
    if any(name == "gaierror" or number in UNREACHABLE for name, number in numbers):
        yield _network(said)
    if raised["errno"] == errno.ECONNREFUSED:
        yield _server(said)
    if raised["errno"] == errno.ENOENT or (raised["errno"] is None and "FileNotFoundError" in _kinds(raised)):
        yield _surroundings("a file or a program that isn't there", said, "show the file")
    if raised["errno"] in FORBIDDEN:
        yield _surroundings("rights that it isn't given", said, "write below the working directory")
    if words.BROUGHT.search(message) and is_of_library(raised):
        yield CauseKind.UNDECLARED, f"{MORE}: {message}", "declare it in requirements.txt"
    if raised["type"] == "EOFError" and "reading a line" in message:
        yield _surroundings("an answer on standard input", said, "bind the answer in it")
    if raised["type"] == "KeyError" and _is_of_environ(raised):
        yield _surroundings(f"the environment variable {message}", said, "set it in the block")
    if _ELLIPSIS.search(message):
        yield _surroundings("what `...` stands for in it", said, "show it whole")
    if OF_THE_CODE.isdisjoint(_kinds(raised)) or _is_of_settings(raised, message):
        yield from _by_words(raised, message, said)


def _is_of_settings(raised: Raised, message: str) -> bool:
    """Whether a library raised a TypeError in words of its own, which may be about what it was not given."""
    return raised["type"] == "TypeError" and is_of_library(raised) and not words.OF_CALLS.search(message)


def _by_words(raised: Raised, message: str, said: str) -> Iterator[Told]:
    if words.OFFLINE.search(said):
        yield _server(said) if words.LOCAL.search(message) else _network(said)
    known = (*words.ANYWHERE, *(words.BY_LIBRARY if is_of_library(raised) else ()))
    for pattern, what, deed in known:
        if pattern.search(message):
            yield _surroundings(what, said, deed)
    if raised["type"] not in {"AssertionError", "KeyError"} and _is_of_path(message):
        yield _surroundings("a file or a program that isn't there", said, "show the file")
    if words.OF_SETTINGS.search(raised["type"]) and is_of_library(raised):
        yield _surroundings("something set up around it", said, "set it up in the block")


def _is_of_path(message: str) -> bool:
    return bool(words.STRERROR.search(message) or (words.ABSENT.search(message) and words.PATH.search(message)))


def _kinds(raised: Raised) -> Sequence[str]:
    return tuple(raised.get("types", ()))


def _is_of_environ(raised: Raised) -> bool:
    return any(path.endswith(("/os.py", "<frozen os>")) for path, _ in raised.get("frames", ())[-1:])


def _server(said: str) -> Told:
    return CauseKind.NETWORK, f"the block needs a server that isn't there: {said}", f"start one in it, {SAY_SO}"


def _network(said: str) -> Told:
    return CauseKind.NETWORK, f"the block needs the network: {said}", f"give it `network`, {SAY_SO}"


def _surroundings(what: str, said: str, deed: str) -> Told:
    return CauseKind.SURROUNDINGS, f"the block needs {what}: {said}", f"{deed}, {SAY_SO}"
