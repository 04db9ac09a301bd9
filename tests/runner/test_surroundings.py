from __future__ import annotations

import errno

import pytest

from skillcheck.model import CauseKind
from skillcheck.runner.surroundings import lacking

OS = (("/usr/lib/python3.11/os.py", 679),)


def raised(type_: str, message: str = "m", **more: object) -> dict[str, object]:
    known = {"type": type_, "types": [type_, "Exception"], "message": message, "errno": None, "frames": []}
    return known | more


@pytest.mark.parametrize(
    ("told", "kind", "what"),
    [
        (raised("gaierror"), CauseKind.NETWORK, "the network"),
        (raised("OSError", errno=errno.ENETUNREACH), CauseKind.NETWORK, "the network"),
        (raised("ConnectError", "All connection attempts failed"), CauseKind.NETWORK, "the network"),
        (raised("E", origins=[("gaierror", None)]), CauseKind.NETWORK, "the network"),
        (raised("OSError", errno=errno.ECONNREFUSED), CauseKind.NETWORK, "a server that isn't there"),
        (raised("OSError", errno=errno.ENOENT), CauseKind.SURROUNDINGS, "a file or a program that isn't there"),
        (raised("FileNotFoundError"), CauseKind.SURROUNDINGS, "a file or a program that isn't there"),
        (raised("E", "No such file: a/b.csv"), CauseKind.SURROUNDINGS, "a file or a program that isn't there"),
        (raised("PermissionError", errno=errno.EACCES), CauseKind.SURROUNDINGS, "rights that it isn't given"),
        (raised("EOFError", "EOF when reading a line"), CauseKind.SURROUNDINGS, "an answer on standard input"),
        (raised("KeyError", "'X'", frames=OS), CauseKind.SURROUNDINGS, "the environment variable 'X'"),
        (raised("E", "The api_key must be set"), CauseKind.SURROUNDINGS, "credentials"),
        (raised("KeyError", "'OPENAI_API_KEY'"), CauseKind.SURROUNDINGS, "credentials"),
        (raised("RuntimeError", "No CUDA here"), CauseKind.SURROUNDINGS, "a device that isn't there"),
        (raised("E", "Executable doesn't exist at x"), CauseKind.SURROUNDINGS, "a program that isn't there"),
    ],
)
def test_what_is_missing_around_a_program(told: dict[str, object], kind: CauseKind, what: str) -> None:
    found = lacking(told)
    assert found is not None
    assert found[:2] == (kind, f"the block needs {what}: {told['type']}: {told['message']}")
    assert 'skip reason="' in found[2]


@pytest.mark.parametrize(
    "told",
    [
        raised("ValueError"),
        raised("ValueError", ""),
        raised("KeyError", "'name'"),
        raised("EOFError", "Ran out of input"),
        raised("TypeError", "f() got an unexpected keyword argument 'api_key'"),
        raised("AssertionError", "the file a.txt does not exist"),
        raised("ValueError", "the column does not exist"),
    ],
)
def test_what_the_code_itself_may_be_at_fault_of(told: dict[str, object]) -> None:
    assert lacking(told) is None


def test_what_has_no_message_is_told_by_its_type() -> None:
    found = lacking(raised("gaierror", ""))
    assert found is not None
    assert found[1] == "the block needs the network: gaierror"
