"""Regular expressions as Python compiled them for an earlier call: to compile them is a fourth of the start.

Python keeps the code of modules beside them, and that of regular expressions nowhere, though `re` works it out in
Python. What is kept is what its compiler hands to its matcher, for this very Python; the matcher looks itself whether
such code is sound.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from skillcheck.disk.folders import cache_folder
from skillcheck.disk.store import FORMAT, Cache

Made: TypeAlias = tuple[int, str, int, dict[str, int]]
"""All flags, the code in hexadecimal digits, the number of groups, and those that have names."""

_WORD: Final = "I"
"""Code is of 32 bits, whatever the machine."""


@contextlib.contextmanager
def patterns(calls: str) -> Iterator[None]:
    """Have what is compiled meanwhile taken from what `calls` of this kind compiled before; keep what is new.

    Where a Python's `re` is made otherwise, and without a cache of the user's, all is compiled as ever.
    """
    try:
        compiler: Any = importlib.import_module("re._compiler")
        matcher = importlib.import_module("_sre")
        cache, name = known_patterns(), _name(calls, matcher.MAGIC)
        theirs = compiler.compile, compiler._sre  # noqa: SLF001 - there is no other way in
    except (ImportError, AttributeError, RuntimeError):  # another `re`; no home
        yield
        return
    known = _known(cache.get(name))
    making = _Making(*theirs, known)
    compiler.compile, compiler._sre = making.made, making  # noqa: SLF001
    try:
        yield
    finally:
        compiler.compile, compiler._sre = theirs  # noqa: SLF001
    if making.is_more:
        cache.put(name, json.dumps([[*key, *made] for key, made in making.asked.items()]).encode())


def known_patterns() -> Cache:
    """Return the user's cache of compiled regular expressions."""
    return Cache(cache_folder() / "patterns")


@dataclass(slots=True)
class _Making:
    """What stands in for the compiler and, as far as that asks it, for the matcher; `asked` is all that was wanted."""

    theirs: Any
    matcher: Any
    known: dict[tuple[str, int], Made]
    asked: dict[tuple[str, int], Made] = field(default_factory=dict)
    is_more: bool = False
    last: Made = (0, "", 0, {})

    def made(self, pattern: Any, flags: int = 0) -> Any:  # noqa: ANN401 - as in `re`
        """Return the pattern, compiled now or before."""
        key = (pattern, int(flags))
        if type(pattern) is not str:  # one of bytes, or one that `re` has parsed already
            return self.theirs(pattern, flags)
        if key in self.known:
            self.asked[key] = self.known[key]
            with contextlib.suppress(RuntimeError, ValueError, OverflowError):  # what no compiler here has written
                return self.matcher.compile(pattern, *_given(*self.known[key]))
        compiled = self.theirs(pattern, flags)
        self.asked[key], self.is_more = self.last, True
        return compiled

    def compile(self, pattern: Any, flags: int, code: Sequence[int], *groups: Any) -> Any:  # noqa: ANN401
        """Note what the compiler hands to the matcher."""
        self.last = int(flags), array(_WORD, code).tobytes().hex(), groups[0], dict(groups[1])
        return self.matcher.compile(pattern, flags, code, *groups)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self.matcher, name)


def _given(flags: int, code: str, groups: int, named: dict[str, int]) -> tuple[object, ...]:
    """Return what the matcher takes after the pattern."""
    names: list[str | None] = [None] * (groups + 1)
    for name, number in named.items():
        names[number] = name
    return flags, array(_WORD, bytes.fromhex(code)).tolist(), groups, named, tuple(names)


def _known(kept: bytes | None) -> dict[tuple[str, int], Made]:
    return {(pattern, flags): (*made,) for pattern, flags, *made in json.loads(kept)} if kept else {}


def _name(calls: str, magic: int) -> str:
    return hashlib.sha256(repr((FORMAT, calls, sys.version, magic, sys.byteorder)).encode()).hexdigest()
