from __future__ import annotations

import errno

import pytest

from skillcheck.model import CauseKind
from skillcheck.runner.surroundings import asking, lacking, unbrought

OS = (("/usr/lib/python3.11/os.py", 679),)
LIBRARY = (("/w/demo_block.py", 3), ("/e/lib/python3.11/site-packages/x/y.py", 9), ("/p/lib/python3.11/json.py", 1))
BLOCK = (*LIBRARY, ("/w/demo_block.py", 7))


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
        (
            raised("E", "(2, 'No such file or directory')"),
            CauseKind.SURROUNDINGS,
            "a file or a program that isn't there",
        ),
        (
            raised("E", 'could not open file "/mnt/a.dmp"'),
            CauseKind.SURROUNDINGS,
            "a file or a program that isn't there",
        ),
        (
            raised("E", "Directory ./data does not exist."),
            CauseKind.SURROUNDINGS,
            "a file or a program that isn't there",
        ),
        (
            raised("E", 'IO Error: No files found that match the pattern "sales.parquet"'),
            *(CauseKind.SURROUNDINGS, "a file or a program that isn't there"),
        ),
        (
            raised("ValueError", "File path ./document.pdf is not a valid file or url"),
            *(CauseKind.SURROUNDINGS, "a file or a program that isn't there"),
        ),
        (raised("E", "Cannot open resource 'a.jpg'"), CauseKind.SURROUNDINGS, "a file or a program that isn't there"),
        (raised("PermissionError", errno=errno.EACCES), CauseKind.SURROUNDINGS, "rights that it isn't given"),
        (raised("EOFError", "EOF when reading a line"), CauseKind.SURROUNDINGS, "an answer on standard input"),
        (raised("KeyError", "'X'", frames=OS), CauseKind.SURROUNDINGS, "the environment variable 'X'"),
        (raised("E", "The api_key must be set"), CauseKind.SURROUNDINGS, "credentials"),
        (raised("KeyError", "'OPENAI_API_KEY'"), CauseKind.SURROUNDINGS, "credentials"),
        (raised("RuntimeError", "No CUDA here"), CauseKind.SURROUNDINGS, "a device that isn't there"),
        (raised("E", "Executable doesn't exist at x"), CauseKind.SURROUNDINGS, "a program that isn't there"),
        (raised("E", "No executable found for solver 'cbc'"), CauseKind.SURROUNDINGS, "a program that isn't there"),
        (
            raised("E", "Solver ipopt is not available (NotFound)", frames=LIBRARY),
            *(CauseKind.SURROUNDINGS, "something set up around it"),
        ),
        (raised("NoBrokersAvailable"), CauseKind.NETWORK, "the network"),
        (raised("E", "failed to connect to localhost:1"), CauseKind.NETWORK, "a server that isn't there"),
        (raised("E", "Please log in first"), CauseKind.SURROUNDINGS, "credentials"),
        (raised("E", "Model too large for size-limited license"), CauseKind.SURROUNDINGS, "credentials"),
        (raised("E", "set the environment variable X"), CauseKind.SURROUNDINGS, "a variable of the environment"),
        (raised("ValueError", "DATABASE_URL is not set"), CauseKind.SURROUNDINGS, "a variable of the environment"),
        (raised("E", "Is poppler installed and in PATH?"), CauseKind.SURROUNDINGS, "a program that isn't there"),
        (
            raised("ValueError", "Template not found: a.pdf"),
            CauseKind.SURROUNDINGS,
            "a file or a program that isn't there",
        ),
        (
            raised("TypeError", "expected str, not ellipsis", types=["TypeError"]),
            *(CauseKind.SURROUNDINGS, "what `...` stands for in it"),
        ),
        (raised("E", "No default input device"), CauseKind.SURROUNDINGS, "a device that isn't there"),
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
        raised("ValueError", "could not open file"),
    ],
)
def test_what_the_code_itself_may_be_at_fault_of(told: dict[str, object]) -> None:
    assert lacking(told) is None


def test_a_call_that_a_library_does_wrong_is_no_lack() -> None:
    told = raised("TypeError", "f() got an unexpected keyword argument 'api_key'", types=["TypeError"], frames=LIBRARY)
    assert lacking(told) is None


@pytest.mark.parametrize(
    ("told", "what"),
    [
        (
            raised("AssertionError", "No LM is loaded. Please configure it using `x.configure`"),
            "something set up around it",
        ),
        (raised("RuntimeError", "No active session found"), "something set up around it"),
        (raised("E", "Is the docker daemon running?"), "something set up around it"),
        (raised("NoRegionError", "You must say which"), "something set up around it"),
        (raised("ConfigMissingError", "the variable 'x' has no value"), "something set up around it"),
        (raised("E", "Missing required configuration variable 'x'"), "something set up around it"),
        (raised("TypeError", "Expected one of api_key or auth_token to be set", types=["TypeError"]), "credentials"),
        (raised("ImproperlyConfigured", "Requested setting X"), "something set up around it"),
        (
            raised("LookupError", "Resource punkt not found. Use the downloader to obtain it"),
            "a model or data that isn't there",
        ),
        (raised("OSError", "[E050] Can't find model 'en_core'."), "a model or data that isn't there"),
        (
            raised("OSError", "x is not a local folder and is not a valid model identifier"),
            "a model or data that isn't there",
        ),
    ],
)
def test_what_a_library_says_of_its_user_is_not_what_a_block_says(told: dict[str, object], what: str) -> None:
    found = lacking(told | {"frames": LIBRARY})
    assert found is not None
    assert found[:2] == (CauseKind.SURROUNDINGS, f"the block needs {what}: {told['type']}: {told['message']}")
    assert lacking(told | {"frames": BLOCK}) is None


@pytest.mark.parametrize(
    "told",
    [
        raised("NetworkXError", "Graph is not connected."),
        raised("NotFittedError", "This estimator instance is not fitted yet."),
        raised("RuntimeError", "This event loop is not open"),
        raised("ValueError", "please set a larger max_iter"),
        raised("KeyError", "'model'"),
        raised("ValueError", "cannot load a negative number"),
    ],
)
def test_what_a_library_says_of_the_code(told: dict[str, object]) -> None:
    assert lacking(told | {"frames": LIBRARY}) is None


IMPORT = ["ImportError", "Exception"]
MODULE = ["ModuleNotFoundError", *IMPORT]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            raised("ModuleNotFoundError", types=MODULE, name="zq", frames=LIBRARY),
            (CauseKind.UNDECLARED, "what the block uses needs `zq`, which is not installed"),
        ),
        (
            raised("ModuleNotFoundError", types=MODULE, name="sklearn", frames=LIBRARY),
            (CauseKind.UNDECLARED, "what the block uses needs `sklearn`, which is not installed"),
        ),
        (
            raised("ImportError", "Missing optional dependency 'x'. Use pip", types=IMPORT, frames=LIBRARY),
            (
                CauseKind.UNDECLARED,
                "what the block uses needs more to be installed: Missing optional dependency 'x'. Use pip",
            ),
        ),
        (
            raised("ImportError", "libGL.so.1: cannot open shared object file", types=IMPORT, frames=LIBRARY),
            (
                CauseKind.SURROUNDINGS,
                "the block needs a library of the system that isn't there: libGL.so.1: cannot open shared object file",
            ),
        ),
        (
            raised("ImportError", "zq library required", types=IMPORT, frames=BLOCK),
            (CauseKind.UNDECLARED, "what the block uses needs more to be installed: zq library required"),
        ),
        (
            raised("PydanticImportError", "`X` has been moved to the `y` package", types=IMPORT, frames=LIBRARY),
            (CauseKind.MISSING_ATTRIBUTE, "PydanticImportError: `X` has been moved to the `y` package"),
        ),
        (
            raised("ImportError", "X has been moved: pip install y", types=IMPORT, frames=LIBRARY),
            (CauseKind.UNDECLARED, "what the block uses needs more to be installed: X has been moved: pip install y"),
        ),
        (
            raised("ModuleNotFoundError", "No module named 'zq.old'", types=MODULE, name="zq.old", frames=LIBRARY),
            None,
        ),
        (raised("ModuleNotFoundError", "No module named 'zq'", types=MODULE, name="zq", frames=BLOCK), None),
        (raised("ImportError", "cannot import name 'x' from 'y'", types=IMPORT, frames=LIBRARY), None),
        (raised("ValueError", "please install x", frames=LIBRARY), None),
    ],
)
def test_what_is_installed_may_want_more_of_it(told: dict[str, object], expected: tuple[CauseKind, str] | None) -> None:
    found = unbrought(told)
    assert (found and found[:2]) == expected


def test_what_a_library_would_have_installed_is_not_there() -> None:
    said = "AWS glue support not installed: pip install 'pyiceberg[glue]'"
    told = raised("NotInstalledError", said, frames=LIBRARY)
    assert (lacking(told) or ())[:2] == (
        CauseKind.UNDECLARED,
        f"what the block uses needs more to be installed: {said}",
    )
    assert lacking(told | {"frames": BLOCK}) is None


def test_what_is_said_last_tells_why_a_program_gave_up() -> None:
    found = asking("Error: OPENAI_API_KEY not set")
    assert found is not None
    assert found[1] == "the block needs credentials: Error: OPENAI_API_KEY not set"
    assert asking("2 of 3 checks failed") is None


def test_what_has_no_message_is_told_by_its_type() -> None:
    found = lacking(raised("gaierror", ""))
    assert found is not None
    assert found[1] == "the block needs the network: gaierror"
