"""Requirements → a ready interpreter, made by uv and kept in the user's cache."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from skillcheck.disk import cache_folder
from skillcheck.environments.behind import behind
from skillcheck.environments.installer import UvError, interpreter, said, sources, uv
from skillcheck.environments.parting import parted, plainer
from skillcheck.model import Environment, Lock, Place, Refusal, Releases, Requirement, Trouble

RESOLUTIONS = {Releases.LOWEST: "lowest-direct", Releases.LOCKED: "highest", Releases.NEWEST: "highest"}
READY = "skillcheck-environment.json"
LISTING = """\
import importlib.metadata, json, platform, sys
found = {f"{known.metadata['Name']}=={known.version}" for known in importlib.metadata.distributions()}
print(json.dumps([platform.python_version(), sorted(found, key=str.lower), sys.path]))
"""
Told = Callable[[Sequence[Requirement]], None]
# What decides how an environment is made, and what is noted of it: one that another state of it made is no answer.
SOURCES = sorted(Path(__file__).parent.glob("*.py"))
OWN = hashlib.sha256(b"".join(path.read_bytes() for path in SOURCES)).hexdigest()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be installed: requirements, in which releases, and the lock that these must keep to."""

    requirements: tuple[Requirement, ...]
    releases: Releases
    lock: Lock | None = None

    @property
    def key(self) -> str:
        """What tells it from all else that may be wanted."""
        held = [_lines(self.lock.pins), _lines(self.lock.needs)] if self.lock else []
        tools = _lines([known for known in self.requirements if known.tool])
        return json.dumps([_lines(self.requirements), tools, self.releases, held])


def prepare(  # noqa: PLR0913 - each is a choice of its own
    requirements: Sequence[Requirement],
    *,
    python: str | None = None,
    cache: Path | None = None,
    releases: Releases = Releases.NEWEST,
    lock: Lock | None = None,
    installing: Told = lambda _: None,
    partly: bool = False,
) -> Environment:
    """Return an interpreter that has exactly `requirements`, in the `releases` wanted, and what these need.

    Only wheels are installed, since building a source distribution executes its code; `installing` is told before. No
    other release is installed of what a `lock` holds. The same requirements give the same folder of the cache; a
    half-made one is made anew. `python` is a version request or a path for uv, by default the running interpreter. What
    uv refuses is told in `Environment.error`; `partly` leaves out the requirements that cannot be installed, or not in
    their newest release, and tells them in `Environment.refused`; what has extras is then installed without them.
    """
    request, wanted = python or sys.executable, Wanted(tuple(requirements), releases, lock)
    folder = (cache or cache_folder()) / "environments" / _key(wanted, request)

    def attempt(some: Sequence[Requirement]) -> None:
        _install(folder, some, releases, "--dry-run")

    try:
        with _locked(folder):
            try:
                made = _ready(folder, requirements) or _make(folder, wanted, request, installing)
                if not partly or not made.refused:
                    return replace(made, refused=())
                refused = made.refused
                old = {refusal.requirement for refusal in refused}
                kept = tuple(known for known in requirements if known not in old)
            except UvError as failure:
                if not partly or failure.trouble is not Trouble.REQUIREMENTS:
                    raise
                kept, refused = parted(requirements, attempt)
            if plain := plainer(refused):
                kept, _ = parted((*kept, *plain), attempt)
        made = prepare(kept, python=python, cache=cache, releases=releases)
        return replace(made, requirements=tuple(requirements), refused=refused)
    except UvError as failure:
        return _failed(requirements, failure)
    except OSError as failure:
        broken = _failed(requirements, UvError(str(failure), Trouble.CACHE))
        return replace(broken, place=Place(str(folder.parent)))


def present(requirements: Sequence[Requirement], *, python: str | None = None) -> Environment:
    """Return an interpreter as it is, with what happens to be installed: nothing is added to it."""
    try:
        path = interpreter(python) if python else sys.executable
        version, lock, modules = json.loads(said([path, "-I", "-c", LISTING], Trouble.PYTHON))
    except UvError as failure:
        return _failed(requirements, failure)
    return Environment(path, version, tuple(requirements), tuple(lock), installed=False, readable=tuple(modules))


def _failed(requirements: Sequence[Requirement], failure: UvError) -> Environment:
    return Environment("", requirements=tuple(requirements), error=str(failure), trouble=failure.trouble)


def _key(wanted: Wanted, python: str) -> str:
    stated = [wanted.key, python, sys.version, sys.platform, sources(), OWN]
    return hashlib.sha256(json.dumps(stated).encode()).hexdigest()[:24]


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go by the kernel when the process ends, however it ends
        yield


def _ready(folder: Path, requirements: Sequence[Requirement]) -> Environment | None:
    try:
        known = json.loads((folder / READY).read_text(encoding="utf-8"))
        found = Environment(known["python"], known["version"], tuple(requirements), tuple(known["lock"]))
        unbuilt = known.get("unbuilt", {})
        old = tuple(Refusal(each, unbuilt[each.text], unbuilt=True) for each in requirements if each.text in unbuilt)
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return replace(found, refused=old) if Path(found.python).exists() else None


def _install(folder: Path, requirements: Sequence[Requirement], releases: Releases, *options: str) -> None:
    wanted = folder / "requirements.txt"
    wanted.write_text("".join(f"{line}\n" for line in _lines(requirements)), encoding="utf-8")
    how = ("--only-binary", ":all:", "--resolution", RESOLUTIONS[releases], *options)
    uv("pip", "install", "--python", str(folder / "bin" / "python"), *how, "-r", str(wanted))


def _lines(requirements: Sequence[Requirement]) -> list[str]:
    """Return the requirements as a requirements file has them, each once, with the hashes that it must have."""
    return sorted({" ".join([known.text, *(f"--hash={one}" for one in known.hashes)]) for known in requirements})


def _install_lowest(folder: Path, wanted: Sequence[Requirement]) -> None:
    """Install the lowest of what is declared, and the newest tools that go with it."""
    _install(folder, [known for known in wanted if not known.tool], Releases.LOWEST, "--compile-bytecode")
    if tools := [known for known in wanted if known.tool]:
        _install(folder, tools, Releases.NEWEST, *_keeping(folder), "--compile-bytecode")


def _install_locked(folder: Path, wanted: Sequence[Requirement], lock: Lock) -> None:
    """Install what the lock holds, which must be enough for what it is for, and what else is wanted beside it."""
    _install(folder, lock.pins, Releases.LOCKED, "--compile-bytecode")
    held, keeping = _installed(folder), _keeping(folder)
    _install(folder, lock.needs, Releases.LOCKED, *keeping)
    if lacking := sorted({*_installed(folder)} - {*held}):
        message = f"the lock lacks {', '.join(lacking)}, which what is declared needs"
        raise UvError(message)
    _install(folder, wanted, Releases.LOCKED, *keeping, "--compile-bytecode")


def _keeping(folder: Path) -> tuple[str, str]:
    """Return the option that keeps what is installed as it is."""
    constraints = folder / "constraints.txt"
    constraints.write_text("".join(f"{line}\n" for line in _installed(folder)), encoding="utf-8")
    return "--constraint", str(constraints)


def _installed(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(uv("pip", "freeze", "--python", str(folder / "bin" / "python")).split()))


def _make(folder: Path, wanted: Wanted, request: str, installing: Told) -> Environment:
    shutil.rmtree(folder, ignore_errors=True)
    interpreter(request)
    uv("venv", "--no-project", "--python", request, str(folder), trouble=Trouble.CACHE)
    python = str(folder / "bin" / "python")
    if wanted.requirements:
        installing(wanted.requirements)
    if wanted.lock:
        _install_locked(folder, wanted.requirements, wanted.lock)
    elif wanted.releases is Releases.LOWEST:
        _install_lowest(folder, wanted.requirements)
    elif wanted.requirements:
        _install(folder, wanted.requirements, wanted.releases, "--compile-bytecode")
    lock = _installed(folder)
    version = said([python, "-I", "-c", "import platform; print(platform.python_version())"])
    old = (
        ()
        if wanted.lock or wanted.releases is not Releases.NEWEST
        else behind(wanted.requirements, lock, version, _trial(python, "--no-deps"), _trial(python))
    )
    unbuilt = {refusal.requirement.text: refusal.said for refusal in old}
    known = {"python": python, "version": version, "lock": lock, "unbuilt": unbuilt}
    (folder / READY).write_text(json.dumps(known), encoding="utf-8")
    return Environment(python, version, wanted.requirements, lock, refused=old)


def _trial(python: str, *more: str) -> Callable[..., str]:
    """Return what tries whether a single requirement could be installed; no release is newer before it is released."""
    how = ("--only-binary", ":all:", *more, "--dry-run", "--prerelease", "explicit")
    return lambda text, *options: uv("pip", "install", "--python", python, *how, *options, text)
