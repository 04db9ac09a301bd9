"""What a program raised → what it needs around it that is not there, if that is all that is wrong."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from skillcheck.model import CauseKind

Raised = Mapping[str, Any]
Told = tuple[CauseKind, str, str]
UNREACHABLE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})
FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
SAY_SO = 'or say why it cannot run: `<!-- skillcheck: skip reason="…" -->`'
OF_THE_CODE = frozenset({"TypeError", "AttributeError", "NameError", "SyntaxError", "IndexError", "UnicodeError"})
_OFFLINE = re.compile(
    r"(?i)name resolution|name or service not known|network is unreachable|max retries exceeded|failed to resolve"
    r"|could not connect|couldn't connect|can't connect|cannot connect|connection (?:refused|error)|connecterror"
    r"|all connection attempts failed|no route to host|offline mode|could not reach|failed to establish"
)
_CREDENTIALS = re.compile(
    r"(?i)api[ _-]?key|credential|(?:access|auth|bearer)[ _-]?token|_token\b|secret[ _-]?key|not authenticated"
    r"|authentication required|\b[A-Z]+_(?:KEY|SECRET|TOKEN)\b"
)
_DEVICE = re.compile(r"\b(?:CUDA|cuda|GPU|NVIDIA|nvidia|MPS|TPU)\b|no \$DISPLAY|cannot open display|no display name")
_PROGRAM = re.compile(
    r"(?i)executable (?:doesn't exist|not found)|not found in (?:your )?\$?path|on your \$?path|is not installed or not"
    r"|command not found"
)
_ABSENT = re.compile(
    r"(?i)no such file|file (?:was )?not found|does not exist|not a file or folder|unable to open file"
)
_PATH = re.compile(r"\w/\w|[\w-]\.[a-z]\w{1,7}\b")


def lacking(raised: Raised) -> Told | None:
    """Return kind, fact and remedy of what is missing around a program, None where its own code may be at fault."""
    message = " ".join(str(raised["message"]).split())
    said = f"{raised['type']}: {message}" if message else str(raised["type"])
    return next((told for told in _known(raised, message, said)), None)


def _known(raised: Raised, message: str, said: str) -> Iterator[Told]:
    numbers = [(raised["type"], raised["errno"]), *raised.get("origins", ())]
    if any(name == "gaierror" or number in UNREACHABLE for name, number in numbers):
        yield _network(said)
    if raised["errno"] == errno.ECONNREFUSED:
        fact = f"the block needs a server that isn't there: {said}"
        yield CauseKind.NETWORK, fact, f"start one in it, {SAY_SO}"
    if raised["errno"] == errno.ENOENT or (raised["errno"] is None and "FileNotFoundError" in _kinds(raised)):
        yield _surroundings("a file or a program that isn't there", said, "show the file")
    if raised["errno"] in FORBIDDEN:
        yield _surroundings("rights that it isn't given", said, "write below the working directory")
    if raised["type"] == "EOFError" and "reading a line" in message:
        yield _surroundings("an answer on standard input", said, "bind the answer in it")
    if raised["type"] == "KeyError" and _is_of_environ(raised):
        yield _surroundings(f"the environment variable {message}", said, "set it in the block")
    if OF_THE_CODE.isdisjoint(_kinds(raised)):
        yield from _by_words(raised, message, said)


def _by_words(raised: Raised, message: str, said: str) -> Iterator[Told]:
    if _OFFLINE.search(said):
        yield _network(said)
    if _CREDENTIALS.search(message):
        yield _surroundings("credentials", said, "set them in the block")
    if _DEVICE.search(message):
        yield _surroundings("a device that isn't there", said, "ask for it only where it is")
    if _PROGRAM.search(message):
        yield _surroundings("a program that isn't there", said, "name it where it is installed")
    if raised["type"] not in {"AssertionError", "KeyError"} and _ABSENT.search(message) and _PATH.search(message):
        yield _surroundings("a file or a program that isn't there", said, "show the file")


def _kinds(raised: Raised) -> Sequence[str]:
    return tuple(raised.get("types", ()))


def _is_of_environ(raised: Raised) -> bool:
    return any(path.endswith(("/os.py", "<frozen os>")) for path, _ in raised.get("frames", ())[-1:])


def _network(said: str) -> Told:
    return CauseKind.NETWORK, f"the block needs the network: {said}", f"give it `network`, {SAY_SO}"


def _surroundings(what: str, said: str, deed: str) -> Told:
    return CauseKind.SURROUNDINGS, f"the block needs {what}: {said}", f"{deed}, {SAY_SO}"
