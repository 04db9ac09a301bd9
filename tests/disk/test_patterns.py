"""Regular expressions that were compiled before: the same, and compiled once."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillcheck.disk import known_patterns, patterns

COMPILER = importlib.import_module("re._compiler")
FLAGS = (re.IGNORECASE, re.MULTILINE, re.DOTALL, re.VERBOSE, re.ASCII)
TEXTS = (
    "",
    "a|bc|bd",
    r"(?P<year>\d{4})-(?P<month>\d\d)(-(?P<day>\d\d))?",
    r"(?<![\w./])(?:[^\W\d]\w*+)\s*(?i:Ünï|ß)(?=\b)",
    "[\ud800-\udfff\u2028\U0001f600]+",
    r"(a)(b)?(?(2)c|d)\1",
    r"(?x) spaced  # and told",
)
SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SKILLCHECK_CACHE", str(tmp_path))
    re.purge()
    yield
    re.purge()


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    re.purge()
    with patterns("test"):
        return re.compile(pattern, flags)


def refuse(*_: object) -> object:
    message = "compiled again"
    raise AssertionError(message)


@pytest.mark.parametrize("text", TEXTS)
def test_what_was_compiled_is_the_same_and_not_compiled_again(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = compiled(text)
    with monkeypatch.context() as patched:
        patched.setattr(COMPILER, "compile", refuse)
        again = compiled(text)
    re.purge()
    assert first == again == re.compile(text)
    assert again is not first
    assert (again.pattern, again.flags, again.groups, again.groupindex) == (
        first.pattern,
        first.flags,
        first.groups,
        first.groupindex,
    )


def test_groups_keep_their_names() -> None:
    compiled(TEXTS[2])
    found = compiled(TEXTS[2]).fullmatch("2026-11-30")
    assert found
    assert found.groupdict() == {"year": "2026", "month": "11", "day": "30"}
    assert found.lastgroup is None
    assert repr(compiled("(?P<it>x)").match("x").lastgroup) == "'it'"  # type: ignore[union-attr]


@pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::DeprecationWarning")
@SLOW
@given(
    text=st.lists(st.sampled_from([*r"ab\.[]()|?*+{}^$-<>=!:1P", *"éß\n"])).map("".join),
    flags=st.sets(st.sampled_from(FLAGS)),
)
def test_any_pattern_is_what_python_makes_of_it(text: str, flags: set[re.RegexFlag]) -> None:
    wanted = sum(flags)
    try:
        expected = re.compile(text, wanted)
    except re.error as error:
        with pytest.raises(re.error, match=re.escape(str(error))):
            compiled(text, wanted)
    else:
        assert compiled(text, wanted) == compiled(text, wanted) == expected


def test_flags_tell_patterns_apart() -> None:
    compiled("a")
    assert compiled("a", re.IGNORECASE).match("A")
    assert not compiled("a").match("A")


def test_patterns_of_bytes_and_patterns_themselves_are_left_to_python() -> None:
    made = re.compile("a")
    with patterns("test"):
        assert re.compile(b"a").match(b"a")
        assert re.compile(made) is made
    assert known_patterns().info().entries == 0


def test_what_is_no_longer_asked_for_is_forgotten_with_the_next_that_is_new() -> None:
    with patterns("test"):
        re.compile("old")
        re.compile("both")
    size = known_patterns().info().bytes
    compiled("both")
    assert known_patterns().info().bytes == size
    re.purge()
    with patterns("test"):
        re.compile("both")
        re.compile("new")
    (kept,) = known_patterns().folder.glob("*/*")
    assert [word in kept.read_text() for word in ("old", "both", "new")] == [False, True, True]


def test_kinds_of_calls_do_not_push_each_other_out() -> None:
    for kind in ("one", "other"):
        with patterns(kind):
            re.compile(kind)
    assert known_patterns().info().entries == 2


def test_re_is_as_it_was_afterwards() -> None:
    before = COMPILER.compile, COMPILER._sre
    with patterns("test"):
        assert COMPILER._sre.MAGIC == before[1].MAGIC
    with pytest.raises(ZeroDivisionError), patterns("test"):
        assert 1 / 0
    assert (COMPILER.compile, COMPILER._sre) == before


def test_code_that_the_matcher_refuses_is_compiled_anew() -> None:
    compiled("ab")
    (kept,) = known_patterns().folder.glob("*/*")
    body = kept.read_bytes().partition(b"\n")[2]
    code = re.findall(rb'"([0-9a-f]+)"', body)[0]
    known_patterns().put(kept.name, body.replace(code, b"ff" * 8))
    assert compiled("ab").match("ab")
    known_patterns().put(kept.name, body.replace(code, b"f" * 7))
    assert compiled("ab").match("ab")


def test_without_a_home_or_a_known_re_all_is_compiled_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.delattr(COMPILER, "_sre")
        with patterns("test"):
            pass
    monkeypatch.delenv("SKILLCHECK_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", classmethod(lambda _: refuse_home()))
    with patterns("test"):
        assert re.compile("a").match("a")


def refuse_home() -> Path:
    message = "no home"
    raise RuntimeError(message)


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "skillcheck").write_text("no folder")
    assert compiled("a") == compiled("a")


def test_the_command_compiles_none_of_its_own_twice(tmp_path: Path) -> None:
    program = """if True:
        import importlib, re, sys
        compiler = importlib.import_module("re._compiler")
        theirs = compiler.compile
        compiler.compile = lambda *given: print(len(str(given))) or theirs(*given)
        sys.argv = ["skillcheck", "check", "--help"]
        from skillcheck.__main__ import main
        re.purge()
        main()
    """
    command = [sys.executable, "-c", program]
    first, again = (
        subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path).stdout  # noqa: S603 - above
        for _ in range(2)
    )
    assert len(first.splitlines()) > len(again.splitlines()) + 200
    assert known_patterns().info().entries == 1
