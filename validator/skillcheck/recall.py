"""The words of a call → what it answered before, if nothing has changed that the answer rests on.

An answer of `check` rests on the words, the working directory, all that lies below the paths and where links there
lead, the configuration, who asks, and ourselves: our sources and what is installed beside us.

An answer of `run` rests on more. The call knows this of it: all variables of its environment but those by which shells
count, the interpreter that we run in, the limits that programs inherit, what of the kernel decides by what programs are
held, and the folders that change where tools and libraries are installed. What only running tells is noted meanwhile
(`Grounds`): the environments and the tests, each as it was before it was used and still is behind it. Everything that
was measured has to be in the cache of results, which refuses what another run might give otherwise: timeouts, limits,
the network, what lacks its surroundings, anything that is held by less than it must be. The answer lasts no longer than
the oldest of these results. No answer is kept where requirements could not be installed or were not to be, or where a
runtime on PATH is asked for: which version stands behind a shim it tells alone.

No other call is known. What none of this shows is a file that is written though its time of change stays as it is, as
by writing to the disk below the file system; and a program in a folder of the system that is overwritten in its place.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from skillcheck.disk import FORMAT, MACHINE, OLDEST, Cache, Grounds, State, cache_folder, kernel, seen, state

SHAPING = {"--format": True, "--select": True, "--ignore": True, "--statistics": False, "--exit-zero": False}
TAKES_VALUE: Mapping[str, Mapping[str, bool]] = {
    "check": SHAPING,
    "run": SHAPING | dict.fromkeys(("--requirement", "-r", "--python", "--jobs", "-j"), True),
}
"""The options that do nothing but shape the answer, and whether a value follows; with any other nothing is recalled."""

COUNTING = frozenset({"_", "SHLVL", "PWD", "OLDPWD"})
"""Variables that shells change of themselves; nothing here reads them."""

CONFIGURATION = ("skillcheck.toml", "pyproject.toml", ".claude-plugin/plugin.json", ".claude-plugin/marketplace.json")
ARCHIVES = (".zip", ".skill")
WRITTEN = ("GITHUB_STEP_SUMMARY",)
COLOURS = ("NO_COLOR", "FORCE_COLOR")
PACKAGE = os.path.dirname(__file__)  # noqa: PTH120 - done at each start


@dataclass(frozen=True, slots=True)
class Answered:
    """What a call said on standard output, and the status it ended with."""

    status: int
    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call, by the key of all that is known of what its answer rests on, and the state of what it is about."""

    key: str
    below: State
    own: State
    cache: Cache

    @classmethod
    def of(cls, command: str, words: Sequence[str]) -> Call | None:
        """Return the call of a command with these words, None where its answer must not be known before."""
        paths = _paths(command, words)
        if paths is None or any(os.environ.get(name) for name in WRITTEN):
            return None
        running = _running() if command == "run" else ()
        if running is None:
            return None
        try:
            cache, here = answers(), os.getcwd()  # noqa: PTH109 - done at each start
        except (OSError, RuntimeError):  # no home, or a folder that is gone
            return None
        own = state([PACKAGE], [*sys.path, *(MACHINE if running else ())])
        above = sorted({*_above(paths)})
        below = state(map(_root, paths), [f"{folder}/{name}" for folder in above for name in CONFIGURATION])
        ends = [folder for folder in above if os.path.exists(f"{folder}/.git")]  # noqa: PTH110 - done at each start
        parts = (FORMAT, command, list(words), here, _asker(), running, own.digest, ends, below.digest)
        return cls(hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest(), below, own, cache)

    def answer(self) -> Answered | None:
        """Return what the call answered, None if that is not known."""
        kept = self.cache.get(self.key)
        if kept is None:
            return None
        head, _, text = kept.partition(b"\n")
        status, until, places = json.loads(head)
        if time.time() > until or any(seen(path, beside).digest != digest for path, beside, digest in places):
            return None
        return Answered(status, zlib.decompress(text).decode("utf-8", "surrogatepass"))

    def keep(self, status: int, text: str, grounds: Grounds | None = None) -> None:
        """Keep the answer, unless a change of what it rests on might not show."""
        grounds = grounds or Grounds()
        places = grounds.told()
        if places is None or not (self.below.steady and self.own.steady) or _looks_into_passed_over(self.below):
            return
        until = min([int(time.time()), *grounds.ages]) + OLDEST
        head = json.dumps([status, until, places]).encode()
        self.cache.put(self.key, head + b"\n" + zlib.compress(text.encode("utf-8", "surrogatepass"), 1))


def answers() -> Cache:
    """Return the user's cache of answers."""
    return Cache(cache_folder() / "answers")


def _paths(command: str, words: Sequence[str]) -> list[str] | None:
    """Return the paths among the words of a call, None if it asks for more than an answer."""
    paths: list[str] = []
    takes_value, left = TAKES_VALUE[command], iter(words)
    for word in left:
        name, is_joined, _ = word.partition("=")
        if not word.startswith("-"):
            paths.append(word)
        elif name not in takes_value or (is_joined and not takes_value[name]):
            return None
        elif takes_value[name] and not is_joined:
            next(left, None)
    return paths or ["."]


def _root(path: str) -> str:
    """Return the folder that is looked at for a path; of an archive it is the file alone."""
    if not os.path.isfile(path) or path.lower().endswith(ARCHIVES):  # noqa: PTH113 - done at each start
        return path
    folder = os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH120
    return os.path.dirname(folder) if os.path.basename(folder) == ".claude-plugin" else folder  # noqa: PTH119, PTH120


def _above(paths: Sequence[str]) -> Iterator[str]:
    """Yield the folders in which a configuration, a manifest, or the end of the repository is looked for."""
    for path in (*paths, "."):
        for start in (Path(path).absolute(), Path(os.path.abspath(path))):  # noqa: PTH100 - they differ by `..` and links
            yield from map(str, (start, *start.parents))


def _asker() -> tuple[object, ...]:
    """Return what of the process an answer rests on: who asks, in which Python, and what colours are wanted."""
    colours = (sys.stdout.isatty(), *(os.environ.get(name) for name in COLOURS))
    user = (os.geteuid(), os.getegid(), sorted(os.getgroups()))
    return (*colours, *user, sys.version, list(sys.path), sys.getfilesystemencoding(), sys.stdout.encoding)


def _running() -> tuple[object, ...] | None:
    """Return what an answer of `run` rests on beside the rest; None where the kernel does not tell."""
    held = kernel()
    if held is None:
        return None
    variables = sorted(pair for pair in os.environ.items() if pair[0] not in COUNTING)
    return held, variables, sys.executable, sys.prefix, sys.base_prefix


def _looks_into_passed_over(below: State) -> bool:
    """Return whether a manifest may name something in a folder that was passed over, so that its changes don't show."""
    if not below.passed_over:
        return False
    names = "|".join(map(re.escape, below.passed_over))
    named = re.compile(rf'["/](?:{names})["/]|\\u'.encode())
    try:
        return any(named.search(Path(manifest).read_bytes()) for manifest in below.manifests)
    except OSError:
        return True
