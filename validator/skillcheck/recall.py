"""The words of a call → what it answered before, if nothing has changed that the answer rests on.

An answer rests on the words, the working directory, all that lies below the paths and where links there lead, the
configuration, who asks, and ourselves: our sources and what is installed beside us. No other call is known.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from skillcheck.disk import FORMAT, Cache, State, cache_folder, state

TAKES_VALUE = {"--format": True, "--select": True, "--ignore": True, "--statistics": False, "--exit-zero": False}
"""The options that do nothing but shape the answer, and whether a value follows; with any other nothing is recalled."""

CONFIGURATION = ("skillcheck.toml", "pyproject.toml")
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
    """A call of `skillcheck check`, by the key of all that its answer rests on, and the state of what it is about."""

    key: str
    below: State
    own: State
    cache: Cache

    @classmethod
    def of(cls, words: Sequence[str]) -> Call | None:
        """Return the call of these words, None where its answer must not be known before."""
        paths = _paths(words)
        if paths is None or any(os.environ.get(name) for name in WRITTEN):
            return None
        try:
            cache, here = answers(), os.getcwd()  # noqa: PTH109 - done at each start
        except (OSError, RuntimeError):  # no home, or a folder that is gone
            return None
        own = state([PACKAGE], sys.path)
        above = sorted({*_above(paths)})
        below = state(map(_root, paths), [f"{folder}/{name}" for folder in above for name in CONFIGURATION])
        ends = [folder for folder in above if os.path.exists(f"{folder}/.git")]  # noqa: PTH110 - done at each start
        parts = (FORMAT, list(words), here, _asker(), own.digest, ends, below.digest)
        return cls(hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest(), below, own, cache)

    def answer(self) -> Answered | None:
        """Return what the call answered, None if that is not known."""
        kept = self.cache.get(self.key)
        if kept is None:
            return None
        status, _, text = kept.partition(b"\n")
        return Answered(int(status), zlib.decompress(text).decode("utf-8", "surrogatepass"))

    def keep(self, status: int, text: str) -> None:
        """Keep the answer, unless a change of what it rests on might not show."""
        if self.below.steady and self.own.steady and not _looks_into_passed_over(self.below):
            self.cache.put(self.key, b"%d\n" % status + zlib.compress(text.encode("utf-8", "surrogatepass"), 1))


def answers() -> Cache:
    """Return the user's cache of answers."""
    return Cache(cache_folder() / "answers")


def _paths(words: Sequence[str]) -> list[str] | None:
    """Return the paths among the words of a call, None if it asks for more than an answer."""
    paths: list[str] = []
    left = iter(words)
    for word in left:
        name, is_joined, _ = word.partition("=")
        if not word.startswith("-"):
            paths.append(word)
        elif name not in TAKES_VALUE or (is_joined and not TAKES_VALUE[name]):
            return None
        elif TAKES_VALUE[name] and not is_joined:
            next(left, None)
    return paths or ["."]


def _root(path: str) -> str:
    """Return the folder that is looked at for a path; of an archive it is the file alone."""
    if not os.path.isfile(path) or path.lower().endswith(ARCHIVES):  # noqa: PTH113 - done at each start
        return path
    folder = os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH120
    return os.path.dirname(folder) if os.path.basename(folder) == ".claude-plugin" else folder  # noqa: PTH119, PTH120


def _above(paths: Sequence[str]) -> Iterator[str]:
    """Yield the folders in which a configuration, or the end of the repository, is looked for."""
    for path in (*paths, "."):
        for start in (Path(path).absolute(), Path(os.path.abspath(path))):  # noqa: PTH100 - they differ by `..` and links
            yield from map(str, (start, *start.parents))


def _asker() -> tuple[object, ...]:
    """Return what of the process an answer rests on: who asks, in which Python, and what colours are wanted."""
    colours = (sys.stdout.isatty(), *(os.environ.get(name) for name in COLOURS))
    user = (os.geteuid(), os.getegid(), sorted(os.getgroups()))
    return (*colours, *user, sys.version, list(sys.path), sys.getfilesystemencoding(), sys.stdout.encoding)


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
