from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from skillcheck.environments import lock_file, locked
from skillcheck.environments.locks import _pins as pins
from skillcheck.load import load
from skillcheck.model import Fault, FaultKind, File, Lock, Place, Requirement, Skill

SKILL = "---\nname: demo\ndescription: Shows things. Use when showing.\n---\n"
PINNED = "quart==0.22.0 --hash=sha256:00\n"
PYLOCK = """\
lock-version = "1.0"
created-by = "tests"
requires-python = ">=3.11"
default-groups = ["shown"]

[[packages]]
name = "quart"
version = "0.22.0"
marker = "python_full_version < '3.13'"
index = "https://index.example/simple"
sdist = { url = "https://index.example/quart-0.22.0.tar.gz", hashes = { sha256 = "aa" } }
wheels = [
  { url = "https://index.example/quart-0.22.0-py3-none-any.whl", hashes = { sha256 = "bb" } },
  { url = "https://index.example/quart-0.22.0-py4-none-any.whl", hashes = { sha256 = "cc", sha512 = "dd" } },
]

[[packages]]
name = "quart"
version = "0.23.1"
marker = "python_version >= '3.13' and implementation_version >= '3.13'"
wheels = [{ url = "https://index.example/quart-0.23.1-cp313-none-any.whl", hashes = { sha256 = "ee" } }]

[[packages]]
name = "tester"
version = "1.0"
marker = "'tests' in dependency_groups"
wheels = [{ url = "https://index.example/tester-1.0-py3-none-any.whl", hashes = { sha256 = "ff" } }]
"""
Read = Callable[[Mapping[str, str]], Skill]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    monkeypatch.chdir(tmp_path)

    def read(files: Mapping[str, str]) -> Skill:
        (tmp_path / "demo").mkdir(exist_ok=True)
        for name, text in ({"SKILL.md": SKILL} | dict(files)).items():
            (tmp_path / "demo" / name).write_text(text)
        return load(["demo"]).skills[0]

    return read


def lock(text: str, name: str = "pylock.toml") -> File:
    return File(name, Place(f"demo/{name}"), len(text), text.encode)


def told(text: str, version: str = "3.12.1", name: str = "pylock.toml") -> str:
    """The only fault of a lock."""
    (fault,) = pins(lock(text, name), version)
    assert isinstance(fault, Fault)
    assert fault.kind is FaultKind.BAD_REQUIREMENT
    return fault.fact


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({}, None),
        ({"requirements.txt": "quart>=0.22\n", "pylock.toml": PYLOCK, "requirements.lock": PINNED}, "pylock.toml"),
        ({"requirements.txt": PINNED, "requirements.lock": PINNED}, "requirements.lock"),
        ({"requirements.txt": PINNED}, "requirements.txt"),
        ({"requirements.txt": f"{PINNED}flask==3.*  --hash=sha256:00\n"}, None),
        ({"requirements.txt": f"{PINNED}flask==3.1\n"}, None),
        ({"requirements.txt": f"{PINNED}-r other.txt\n"}, None),
        ({"requirements.txt": "# nothing\n"}, None),
    ],
)
def test_a_skill_has_the_lock_that_lies_beside_its_requirements(
    read: Read, files: dict[str, str], expected: str | None
) -> None:
    found = lock_file(read(files))
    assert (found and found.path) == expected


def test_a_file_of_requirements_is_a_lock_if_each_names_a_release() -> None:
    text = "quart==0.22.0 ; python_version < '3.13' \\\n  --hash=sha256:00\n\nflask===3.1\n"
    assert [*pins(lock(text, "requirements.lock"), "3.12.1")] == [
        Requirement(
            "quart==0.22.0 ; python_version < '3.13'", Place("demo/requirements.lock", 1), hashes=("sha256:00",)
        ),
        Requirement("flask===3.1", Place("demo/requirements.lock", 4)),
    ]
    for loose in ("quart>=1", "quart", "quart==1.*", "quart~=1.0"):
        fact = told(loose, name="requirements.lock")
        assert fact == f"`{loose}` names no release, so requirements.lock is no lock"
    assert told("-r x", name="requirements.lock") == "`-r x` is an option of pip, which is not followed"


@pytest.mark.parametrize(
    ("version", "text", "hashes"),
    [
        ("3.12.1", "quart==0.22.0", ("sha256:bb", "sha256:cc", "sha512:dd")),
        ("3.13.0", "quart==0.23.1", ("sha256:ee",)),
    ],
)
def test_a_pylock_holds_what_its_markers_say_of_a_python(version: str, text: str, hashes: tuple[str, ...]) -> None:
    """Groups that nobody asks for stay out, and so do the addresses of files."""
    assert [*pins(lock(PYLOCK), version)] == [Requirement(text, Place("demo/pylock.toml"), hashes=hashes)]


@pytest.mark.parametrize(
    ("old", "new", "version", "fact"),
    [
        ("", "", "3.10.1", "pylock.toml cannot be used: python_full_version '3.10.1' in provided environment does not"),
        ("cp313", "cp314", "3.13.0", "pylock.toml cannot be used: No wheel"),
        ("1.0", "2.0", "3.12.1", "pylock.toml cannot be used: "),
        ("packages", "package", "3.12.1", "pylock.toml cannot be used: "),
        ('"1.0"', "1.0.0", "3.12.1", "pylock.toml cannot be used: "),
        ("py3", "py2", "3.12.1", "pylock.toml has no wheel of `quart`, and nothing else is installed"),
    ],
)
def test_a_pylock_that_cannot_be_used_is_told(old: str, new: str, version: str, fact: str) -> None:
    assert told(PYLOCK.replace(old, new), version).startswith(fact)


def test_what_a_pylock_takes_from_elsewhere_is_never_fetched() -> None:
    head = PYLOCK.partition("[[packages]]")[0]
    for source in ('vcs = { type = "git", url = "https://x", commit-id = "1" }', 'directory = { path = "../x" }'):
        fact = told(f'{head}[[packages]]\nname = "quart"\n{source}\n')
        assert fact == "pylock.toml has no wheel of `quart`, and nothing else is installed"


def test_a_pylock_that_cannot_be_read_is_told() -> None:
    def broken() -> bytes:
        raise OSError(5, "Input/output error")

    for read, reason in ((broken, "Input/output error"), (lambda: b"\xff", "decode")):
        (fault,) = pins(File("pylock.toml", Place("demo/pylock.toml"), 1, read), "3.12.1")
        assert isinstance(fault, Fault)
        assert reason in fault.fact


def test_a_lock_has_to_be_enough_for_what_is_declared(read: Read) -> None:
    skill = read({"requirements.txt": "quart>=0.22\n-r x\n", "pylock.toml": PYLOCK})
    lock = locked(skill, "3.13.0")
    assert isinstance(lock, Lock)
    assert [item.text for item in lock.pins] == ["quart==0.23.1"]
    assert lock.needs == (Requirement("quart>=0.22", Place("demo/requirements.txt", 1)),)
    broken = locked(read({"pylock.toml": "", "requirements.txt": ""}), "3.13.0")
    assert isinstance(broken, Fault)
    (Path("demo") / "pylock.toml").unlink()
    assert locked(read({}), "3.13.0") is None
