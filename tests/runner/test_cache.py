"""Keys that differ where a result could; a folder from which only whole, own and fresh results come back."""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from skillcheck.model import (
    Block,
    Cause,
    CauseKind,
    Directive,
    Environment,
    Place,
    Program,
    Role,
    Segment,
    Unit,
    result,  # whose classes pytest would collect by their names
)
from skillcheck.runner import cache as cache_module
from skillcheck.runner.cache import (
    LEFT_OUT,
    OLDEST,
    Around,
    Cache,
    Record,
    around,
    key_of,
    recall,
    recall_answer,
    recall_tests,
    remember,
    remember_answer,
    remember_tests,
)
from skillcheck.runner.sandbox import Limits

HELD = ("namespaces", "landlock")
NAME = hashlib.sha256(b"a result").hexdigest()
LINES = {("SKILL.md", 1): {12, 13}, ("references/more.md", 0): set[int]()}
TESTS = result.TestRun("demo", Place("tests"), 3, duration=1.5)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXTS = st.text(st.characters(), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(autouse=True)
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give one file that stands for the runner's own, so that editing these does not disturb a test."""
    path = tmp_path / "sources.py"
    path.write_text("runner = 1\n", encoding="utf-8")
    monkeypatch.setattr(cache_module, "SOURCES", (path,))
    monkeypatch.setattr(cache_module, "BEGUN", cache_module._stamps((path,)))
    cache_module._distributions.cache_clear()
    return path


def environment_in(folder: Path) -> Environment:
    """Make what a virtual environment looks like to one who doesn't run it."""
    site = folder / "lib" / "python3.11" / "site-packages"
    info = site / "demo-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "RECORD").write_text("demo.py,sha256=abc,10\n../../../bin/demo,sha256=x,1\n", encoding="utf-8")
    (site / "virtual.pth").write_text("import virtual\n", encoding="utf-8")
    (folder / "pyvenv.cfg").write_text("include-system-site-packages = false\n", encoding="utf-8")
    (folder / "bin").mkdir()
    python = folder / "bin" / "python"
    python.write_bytes(b"interpreter")
    os.utime(python, ns=(10**18, 10**18))
    return Environment(str(python), "3.11.7", lock=("demo==1.0",))


def block(index: int, text: str, **options: str) -> Block:
    return Block(
        "SKILL.md", index, "python", "python", text, 10 + index, 1, Place("demo/SKILL.md"), (), "", Directive(options)
    )


def program_of(text: str = "print(x)\n", **options: str) -> Program:
    first = Unit(block(0, "x = 1\n"), Role.SCRIPT, "python", snippet="first.py")
    file = Unit(block(1, "y = 1\n"), Role.FILE, "python", "src/app.py")
    unit = Unit(block(2, text, **options), Role.CONTINUATION, "python", snippet="own.py")
    segments = tuple(Segment(part, "demo/SKILL.md", part.block.line, part.block.text) for part in (first, unit))
    return Program(unit, (first,), (file,), segments=segments)


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    return environment_in(tmp_path / "environment")


@pytest.fixture
def here(environment: Environment) -> Around:
    return around(environment, HELD)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def entry_path(cache: Cache, name: str = NAME) -> Path:
    return cache.folder / name[:2] / name


def plain_key(surroundings: Around, program: Program, limits: Limits | None = None) -> str:
    name = replace(surroundings, units={}).program_key(program, limits or Limits())
    assert name is not None
    return name


def variants(value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - any part of a program
    """Yield all that differs from `value` in one place, with that place's name."""
    match value:
        case StrEnum():
            yield from (("enum", other) for other in type(value) if other is not value)
        case None | str():
            yield "text", f"{value or ''}#"
        case int() | float():
            yield "number", value + 1
        case Mapping():
            yield "more", {**value, "raises": "ValueError"}
            yield from (("less", {k: v for k, v in value.items() if k != name}) for name in value)
            yield from (("other", {**value, name: f"{old}1"}) for name, old in value.items())
        case tuple():
            yield "doubled", (*value, *value) if value else ("new",)
            yield from (("without", value[:-1]) for _ in value[:1])
            for index, part in enumerate(value):
                yield from ((f"{index}/{w}", (*value[:index], o, *value[index + 1 :])) for w, o in variants(part))
        case _:
            yield from of_fields(value)


def of_fields(value: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    for part in fields(value):
        for where, other in variants(getattr(value, part.name)):
            yield f"{type(value).__name__}.{part.name}/{where}", replace(value, **{part.name: other})


def is_left_out(where: str) -> bool:
    return any(f"{kind.__name__}.{name}/" in where for kind, names in LEFT_OUT.items() for name in names)


def test_what_is_left_out_of_keys_is_only_what_no_run_sees() -> None:
    assert {kind.__name__: set(names) for kind, names in LEFT_OUT.items()} == {
        "Program": {"unbound", "imports", "calls"},
        "Unit": {"faults"},
        "Block": {"info", "headings", "intro", "closed", "in_container"},
        "Directive": {"faults", "place"},
        "Environment": {"python", "requirements", "modules"},
    }


def test_each_part_of_a_program_is_part_of_its_key(here: Around) -> None:
    program = program_of("print(x)\n", timeout="5")
    keys = {plain_key(here, program): "unchanged"}
    for where, other in variants(program):
        name = plain_key(here, other)
        if is_left_out(where):
            assert keys[name] == "unchanged", where
        else:
            assert name not in keys, (where, keys[name])
            keys[name] = where
    assert len(keys) > 80


@pytest.mark.parametrize(("where", "limits"), list(variants(Limits())))
def test_each_limit_is_part_of_the_key(here: Around, where: str, limits: Limits) -> None:
    assert plain_key(here, program_of(), limits) != plain_key(here, program_of()), where


def test_a_module_imported_without_its_package_has_a_key_of_its_own(here: Around) -> None:
    assert here.program_key(program_of(), Limits(), alone=True) != here.program_key(program_of(), Limits())


def test_what_asks_for_the_network_has_no_key(here: Around) -> None:
    assert here.program_key(program_of(network=""), Limits()) is None
    assert here.program_key(program_of(), Limits(), network=True) is None
    assert here.suite_key("demo", "tests", (), Limits(), network=True) is None


def test_equal_inputs_in_other_places_have_one_key(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    keys = set()
    for name in ("one", "elsewhere/two"):
        tests = tmp_path / name / "tests"
        environment = environment_in(tmp_path / name)
        tests.mkdir()
        (tests / "test_app.py").write_text("def test(): ...\n", encoding="utf-8")
        found = around(environment, HELD, (tests,))
        keys.add((plain_key(found, program_of()), found.suite_key("demo", "tests", program_of().files, Limits())))
    assert len(keys) == 1


@FEW
@given(text=TEXTS, options=st.dictionaries(st.sampled_from(["raises", "timeout", "after", "level"]), TEXTS))
def test_programs_built_apart_have_one_key(here: Around, text: str, options: dict[str, str]) -> None:
    program = program_of(text, **options)
    again = deepcopy(program_of(text, **dict(reversed(options.items()))))
    assert plain_key(here, program) == plain_key(here, again)
    assert here.program_key(program, Limits()) == here.program_key(program, Limits()) == plain_key(here, program)


@FEW
@given(first=st.dictionaries(TEXTS, JSON, max_size=3), second=st.dictionaries(TEXTS, JSON, max_size=3))
@example({"a": "\ud83d\ude00"}, {"a": "\U0001f600"})
@example({"a": "\ud800"}, {"a": "\ud801"})
@example({"a": 1}, {"a": 1.0})
@example({"a": 1}, {"a": True})
@example({"a": "1"}, {"a": 1})
@example({"a": ["b", "c"]}, {"a": ["b,c"]})
@example({"a": "b", "c": "d"}, {"c": "d", "a": "b"})
def test_keys_are_equal_exactly_if_the_parts_are(first: dict[str, Any], second: dict[str, Any]) -> None:
    def exact(value: object) -> object:
        match value:
            case dict():
                return {name: exact(part) for name, part in value.items()}
            case list():
                return [exact(part) for part in value]
        return type(value), repr(value)

    assert (key_of(first) == key_of(second)) == (exact(first) == exact(second))


def test_what_is_no_plain_value_is_refused() -> None:
    with pytest.raises(TypeError):
        cache_module._plain({"read": object()}, {})


def changed(action: Callable[[Path], object]) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        action(folder)
        os.utime(folder / "lib" / "python3.11" / "site-packages", ns=(1, 1))

    return change


def instead(deed: Callable[[Path], object]) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        deed(path)

    return change


SITE = "lib/python3.11/site-packages"
INFO = f"{SITE}/demo-1.0.dist-info"
OTHER = {
    "the interpreter's size": lambda folder: (folder / "bin/python").write_bytes(b"longer interpreter"),
    "the interpreter's time": lambda folder: os.utime(folder / "bin/python", ns=(1, 1)),
    "a distribution's content": changed(
        lambda folder: (folder / INFO / "RECORD").write_text("demo.py,sha256=abd,10\n", encoding="utf-8")
    ),
    "a distribution more": changed(lambda folder: shutil.copytree(folder / INFO, folder / SITE / "more-1.0.dist-info")),
    "a distribution less": changed(lambda folder: shutil.rmtree(folder / INFO)),
    "a module beside them": changed(lambda folder: (folder / SITE / "sitecustomize.py").touch()),
    "what runs at start": changed(lambda folder: (folder / SITE / "virtual.pth").write_text("import other\n")),
}


@pytest.mark.parametrize("change", OTHER.values(), ids=OTHER)
def test_another_environment_gives_another_key(
    environment: Environment, tmp_path: Path, here: Around, change: Callable[[Path], object]
) -> None:
    change(tmp_path / "environment")
    other = around(environment, HELD)
    assert other.digest is not None
    assert other.digest != here.digest
    assert not here.steady


SAME = {
    "scripts": lambda text: text.replace("sha256=x", "sha256=y"),
    "installer": lambda text: f"{text}demo-1.0.dist-info/uv_cache.json,sha256=z,2\n",
}


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_how_a_distribution_was_installed_does_not_matter(
    environment: Environment, tmp_path: Path, here: Around, change: Callable[[str], str]
) -> None:
    record = tmp_path / "environment" / INFO / "RECORD"
    changed(lambda _: record.write_text(change(record.read_text(encoding="utf-8"))))(tmp_path / "environment")
    assert around(environment, HELD).digest == here.digest


UNKNOWN = {
    "no interpreter": lambda folder: (folder / "bin/python").unlink(),
    "no settings": lambda folder: (folder / "pyvenv.cfg").unlink(),
    "the system's packages": lambda folder: (folder / "pyvenv.cfg").write_text("include-system-site-packages = true"),
    "no packages": lambda folder: shutil.rmtree(folder / SITE),
    "no record": changed(lambda folder: (folder / INFO / "RECORD").unlink()),
    "not text": changed(lambda folder: (folder / SITE / "virtual.pth").write_bytes(b"\xff")),
    "a folder elsewhere": changed(lambda folder: (folder / SITE / "virtual.pth").write_text("/somewhere\n")),
    "an editable": changed(
        lambda folder: (folder / INFO / "direct_url.json").write_text('{"dir_info": {"editable": true}}')
    ),
}


@pytest.mark.parametrize("change", UNKNOWN.values(), ids=UNKNOWN)
def test_what_cannot_be_known_has_no_key(
    environment: Environment, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    change(tmp_path / "environment")
    found = around(environment, HELD)
    assert found.digest is None
    assert found.program_key(program_of(), Limits()) is None
    assert found.suite_key("demo", "tests", (), Limits()) is None
    assert found.probe_key({}) is None
    assert not found.steady


def test_a_wheel_from_a_file_is_known_by_its_content(environment: Environment, tmp_path: Path, here: Around) -> None:
    origin = tmp_path / "environment" / INFO / "direct_url.json"
    changed(lambda _: origin.write_text('{"url": "file:///demo.whl"}'))(tmp_path / "environment")
    assert around(environment, HELD).digest == here.digest


@pytest.mark.parametrize("isolation", [(), ("landlock",), ("namespaces",), ("namespaces", "seccomp")])
def test_what_is_not_held_has_no_key(environment: Environment, isolation: tuple[str, ...]) -> None:
    assert around(environment, isolation).digest is None


def test_environment_isolation_and_inputs_are_parts(environment: Environment, tmp_path: Path) -> None:
    made = [
        around(environment, HELD),
        around(environment, ("landlock", "seccomp")),
        around(environment, (*HELD, "seccomp")),
        around(replace(environment, version="3.11.8"), HELD),
        around(replace(environment, lock=("demo==1.1",)), HELD),
        around(replace(environment, lock=()), HELD),
        around(environment, HELD, (tmp_path / "environment",)),
    ]
    digests = [found.digest for found in made]
    assert None not in digests
    assert len(set(digests)) == len(made)
    assert around(replace(environment, error="no wheel"), HELD).digest is None


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("OWN", "another runner"),
        ("FORMAT", 2),
        ("MACHINE", ("/",)),
        ("sys.version", "3.99"),
        ("sys.platform", "beos"),
        ("os.getuid", lambda: 4711),
        ("os.uname", lambda: os.uname_result(("Linux", "host", "1.2.3", "#1", "riscv64"))),
    ],
)
def test_runner_and_machine_are_parts(
    environment: Environment, here: Around, monkeypatch: pytest.MonkeyPatch, where: str, value: object
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(f"skillcheck.runner.cache.{where}", value)
        digest = around(environment, HELD).digest
    assert digest is not None
    assert digest != here.digest
    assert here.steady


def test_a_kernel_patch_level_is_no_part(environment: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    digests = set()
    for release in ("6.8.0-1015", "6.8.12-generic", "6.9.0"):
        told = os.uname_result(("Linux", release, release, "#1", "x86_64"))
        monkeypatch.setattr("skillcheck.runner.cache.os.uname", lambda told=told: told)
        digests.add(around(environment, HELD).digest)
    assert len(digests) == 2


def test_nothing_is_kept_once_the_runner_itself_was_edited(
    environment: Environment, sources: Path, cache: Cache, here: Around
) -> None:
    sources.write_text("runner = 22\n", encoding="utf-8")
    remember(cache, here, NAME, Record(isolation=HELD))
    assert cache.info().entries == 0
    assert around(environment, HELD).digest is None


def test_each_of_our_sources_is_part_of_our_own_digest() -> None:
    package = Path(cache_module.__file__).parents[1]
    known = {path.relative_to(package).as_posix() for path in sorted((package / "runner" / "inside").glob("*.py"))}
    parts = {path: cache_module._hash(package / path) for path in (*known, "blocks/slices.py", "model/result.py")}
    assert known
    assert {path for path in parts if (package / path).is_file()} == set(parts)
    code = "from skillcheck.runner.cache import SOURCES, PACKAGE; print(*(s.relative_to(PACKAGE) for s in SOURCES))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - own
    assert set(parts) <= set(done.stdout.split())


INPUTS = {
    "text": lambda folder: (folder / "test_a.py").write_text("b = 1\n"),
    "file": lambda folder: (folder / "more.py").touch(),
    "name": lambda folder: (folder / "test_a.py").rename(folder / "test_b.py"),
    "mode": lambda folder: (folder / "test_a.py").chmod(0o700),
    "deep": lambda folder: (folder / "deep" / "data.txt").write_text("2"),
    "folder": lambda folder: (folder / "empty").mkdir(),
    "link": lambda folder: (folder / "link").symlink_to("test_a.py"),
}


@pytest.fixture
def tests_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "tests"
    (folder / "deep").mkdir(parents=True)
    (folder / "test_a.py").write_text("a = 1\n", encoding="utf-8")
    (folder / "deep" / "data.txt").write_text("1", encoding="utf-8")
    return folder


@pytest.mark.parametrize("change", INPUTS.values(), ids=INPUTS)
def test_each_part_of_a_readable_folder_is_part(
    environment: Environment, tests_folder: Path, change: Callable[[Path], object]
) -> None:
    before = around(environment, HELD, (tests_folder,))
    assert before.steady
    change(tests_folder)
    after = around(environment, HELD, (tests_folder,))
    assert after.digest is not None
    assert after.digest != before.digest
    assert not before.steady


REFUSED = {
    "leads out": lambda folder: (folder / "link").symlink_to("/etc/hostname"),
    "loop": lambda folder: (folder / "link").symlink_to("link"),
    "no file": lambda folder: instead(os.mkfifo)(folder / "test_a.py"),
    "gone": shutil.rmtree,
    "many": lambda folder: [(folder / f"{number}").touch() for number in range(20)],
    "large": lambda folder: (folder / "large").write_bytes(bytes(50_001)),
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_a_folder_that_cannot_be_known_has_no_key(
    environment: Environment, tests_folder: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], object]
) -> None:
    monkeypatch.setattr(cache_module, "TREE_FILES", 16)
    monkeypatch.setattr(cache_module, "TREE_BYTES", 50_000)
    assert around(environment, HELD, (tests_folder,)).digest is not None
    change(tests_folder)
    found = around(environment, HELD, (tests_folder,)).digest
    loops = (tests_folder / "link").is_symlink() and found is not None and sys.version_info >= (3, 13)
    assert found is None or loops  # from 3.13 on a loop resolves to itself, which is inside


def test_each_part_of_a_session_is_part_of_its_key(here: Around) -> None:
    files = program_of().files
    keys = [
        here.suite_key("demo", "tests", files, Limits()),
        here.suite_key("other", "tests", files, Limits()),
        here.suite_key("demo", "other", files, Limits()),
        here.suite_key("demo", "tests", (), Limits()),
        here.suite_key("demo", "tests", files, Limits(seconds=11)),
        here.program_key(program_of(), Limits()),
    ]
    assert len(set(keys)) == len(keys)
    assert None not in keys


def test_what_was_put_comes_back(cache: Cache) -> None:
    assert cache.get(NAME) is None
    cache.put(NAME, b"one\ntwo")
    assert cache.get(NAME) == b"one\ntwo"
    assert entry_path(cache).stat().st_mode & 0o777 == 0o600
    cache.put(NAME, b"")
    assert cache.get(NAME) == b""


def test_a_result_does_not_serve_another_key(cache: Cache) -> None:
    cache.put(NAME, b"mine")
    other = NAME[:2] + NAME[2:][::-1]
    entry_path(cache).rename(entry_path(cache, other))
    assert cache.get(other) is None


@FEW
@given(data=st.data(), body=st.binary(max_size=40))
def test_a_flipped_bit_is_a_miss_and_is_removed(cache: Cache, data: st.DataObject, body: bytes) -> None:
    cache.put(NAME, body)
    path = entry_path(cache)
    entry = bytearray(path.read_bytes())
    entry[data.draw(st.integers(0, len(entry) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(entry)
    assert cache.get(NAME) is None
    assert not path.exists()


@FEW
@given(data=st.data())
def test_a_torn_or_foreign_entry_is_a_miss(cache: Cache, data: st.DataObject) -> None:
    cache.put(NAME, b"a result")
    whole = entry_path(cache).read_bytes()
    torn = st.integers(0, len(whole) - 1).map(lambda end: whole[:end])
    entry = data.draw(torn | st.binary(max_size=90) | st.just(whole + b"\0") | st.just(b"a b " + b"9" * 4000))
    entry_path(cache).write_bytes(entry)
    assert cache.get(NAME) is None


@pytest.mark.parametrize(("later", "kept"), [(OLDEST - 5, True), (OLDEST + 5, False), (-5, False)])
def test_a_result_ages(cache: Cache, monkeypatch: pytest.MonkeyPatch, later: int, kept: bool) -> None:  # noqa: FBT001
    now = time.time()
    cache.put(NAME, b"a result")
    monkeypatch.setattr(time, "time", lambda: now + later)
    assert (cache.get(NAME) == b"a result") is kept


def linked(path: Path) -> None:
    path.rename(path.with_name("moved"))
    path.symlink_to(path.with_name("moved"))


IN_THE_WAY: Mapping[str, Callable[[Path], object]] = {
    "a link to the result": linked,
    "a folder": instead(Path.mkdir),
    "a pipe": instead(os.mkfifo),
    "a linked bucket": lambda path: linked(path.parent),
    "a file for a bucket": lambda path: instead(Path.touch)(path.parent),
    "a file for the cache": lambda path: instead(Path.touch)(path.parents[1]),
    "too large": lambda path: path.write_bytes(bytes(MAXIMUM + 1)),
}
MAXIMUM = 2000


@pytest.mark.parametrize("change", IN_THE_WAY.values(), ids=IN_THE_WAY)
def test_what_lies_in_the_way_is_a_miss(cache: Cache, change: Callable[[Path], object]) -> None:
    cache = replace(cache, limit=MAXIMUM * 256)
    cache.put(NAME, b"a result")
    change(entry_path(cache))
    assert cache.get(NAME) is None
    cache.put(NAME, b"another")
    assert cache.get(NAME) in {None, b"another"}
    assert cache.info().entries == int(cache.get(NAME) is not None)
    assert cache.clear() in {0, 1}
    assert not [path for path in cache.folder.parent.rglob(".*") if path.is_file()]


def test_nothing_is_written_through_a_link(cache: Cache, tmp_path: Path) -> None:
    (tmp_path / "foreign").mkdir()
    cache.folder.mkdir()
    (cache.folder / NAME[:2]).symlink_to(tmp_path / "foreign")
    cache.put(NAME, b"a result")
    assert not list((tmp_path / "foreign").iterdir())
    (tmp_path / "foreign" / NAME).touch()
    assert cache.clear() == 0
    assert (tmp_path / "foreign" / NAME).exists()


def test_another_users_entry_is_a_miss(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.put(NAME, b"a result")
    monkeypatch.setattr("skillcheck.runner.cache.os.geteuid", lambda: os.getuid() + 1)
    assert cache.get(NAME) is None


def test_a_cache_that_cannot_be_written_is_read(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.put(NAME, b"a result")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "read-only")

    for deed in ("utime", "rename", "unlink"):
        monkeypatch.setattr(f"skillcheck.runner.cache.os.{deed}", refuse)
    cache.put(NAME, b"another")
    assert cache.get(NAME) == b"a result"
    assert cache.clear() == 0


def names(count: int, prefix: str = "") -> list[str]:
    found = (hashlib.sha256(str(number).encode()).hexdigest() for number in itertools.count())
    return [prefix + name[len(prefix) :] for name in itertools.islice(found, count)]


def test_it_never_grows_beyond_its_limit(cache: Cache) -> None:
    cache = replace(cache, limit=256 * 600)
    for name in names(1500):
        cache.put(name, bytes(100))
        assert cache.get(name) == bytes(100)
    assert 0 < cache.info().bytes <= cache.limit
    cache.put(NAME, bytes(600))
    assert cache.get(NAME) is None


def test_what_was_used_last_stays(cache: Cache) -> None:
    cache = replace(cache, limit=256 * 600)
    kept, *others = names(5, prefix="ab")
    cache.put(kept, bytes(100))
    for age, name in enumerate(others[:2]):
        cache.put(name, bytes(100))
        os.utime(entry_path(cache, name), ns=(10**18 + age, 10**18 + age))
    os.utime(entry_path(cache, kept), ns=(10**17, 10**17))
    assert cache.get(kept)
    for name in others[2:]:
        cache.put(name, bytes(100))
    assert [cache.get(name) is None for name in others] == [True, True, False, False]
    assert cache.get(kept)


def test_halves_of_killed_writers_are_removed_in_time(cache: Cache) -> None:
    cache.put(NAME, b"a result")
    folder = cache.folder / NAME[:2]
    old, new = folder / f".{NAME}.old", folder / f".{NAME}.new"
    old.touch()
    new.touch()
    os.utime(old, (1, 1))
    cache.put(NAME, b"again")
    assert sorted(path.name for path in folder.iterdir()) == [new.name, NAME]
    assert cache.info().entries == 1


def test_clearing_removes_results_and_nothing_else(cache: Cache) -> None:
    for name in names(10):
        cache.put(name, b"a result")
    (cache.folder / names(1)[0][:2] / "mine.txt").touch()
    assert cache.info().entries == 10
    assert cache.info().folder == cache.folder
    assert cache.clear() == 10
    assert [path.name for path in cache.folder.rglob("*") if path.is_file()] == ["mine.txt"]
    assert cache.info().entries == 0
    assert cache.info().bytes == 0


WRITER = """\
import hashlib, itertools, sys
from pathlib import Path
from skillcheck.runner.cache import Cache
cache = Cache(Path(sys.argv[1]), 256 * 40000)
for turn in itertools.count():
    for number in range(8):
        name = hashlib.sha256(str(number).encode()).hexdigest()
        cache.put(name, name.encode() * (1 + (turn * 37 + int(sys.argv[2])) % 500))
        found = cache.get(name)
        if found is not None and found != name.encode() * (len(found) // 64):
            sys.exit(3)
    if turn == 0:
        print("begun", flush=True)
    if turn == 60 and sys.argv[3] == "end":
        break
"""


def writer(cache: Cache, number: int, how: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, str(cache.folder), str(number), how]
    return subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603 - our own


def test_writers_at_the_same_time_never_give_a_torn_result(cache: Cache) -> None:
    started = [writer(cache, number, "end") for number in range(3)]
    for process in started:
        with process:
            process.communicate(timeout=60)
        assert process.returncode == 0
    assert cache.info().entries == 8


def test_a_killed_writer_leaves_a_cache_that_is_right(cache: Cache) -> None:
    for number in range(3):
        with writer(cache, number, "never") as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.01 * number)
            process.send_signal(signal.SIGKILL)
    cache = replace(cache, limit=256 * 40000)
    for name in names(8):
        found = cache.get(name)
        assert found is not None
        assert found == name.encode() * (len(found) // 64)
        cache.put(name, b"next")
        assert cache.get(name) == b"next"


def cause(kind: CauseKind, fact: str = "`x` is not bound") -> Cause:
    return Cause(kind, Place("demo/SKILL.md", 12, 3, 12, 4), fact, "bind it")


def record_of(told: Cause | None, owner: Unit | None = None) -> Record:
    return Record(told, owner, 0.25, "out\ud800\x00put", HELD, LINES)


@pytest.mark.parametrize("position", ["unit", "context", "files"])
@pytest.mark.parametrize(
    "told",
    [
        None,
        cause(CauseKind.UNBOUND_NAME),
        cause(CauseKind.SYNTAX),
        cause(CauseKind.MISSING_MODULE),
        cause(CauseKind.MISSING_ATTRIBUTE),
        cause(CauseKind.EXCEPTION, "TypeError: f() takes no argument `title`"),
        cause(CauseKind.EXCEPTION, "AttributeError"),
    ],
)
def test_passes_and_stable_failures_come_back_as_they_were(
    cache: Cache, here: Around, told: Cause | None, position: str
) -> None:
    program = program_of()
    units = {"unit": program.unit, "context": program.context[0], "files": program.files[0]}
    record = record_of(told, units[position] if told else None)
    remember(cache, here, NAME, record)
    assert recall(cache, NAME, program) == record


UNSTABLE = sorted(
    {*CauseKind} - {CauseKind.SYNTAX, CauseKind.UNBOUND_NAME, CauseKind.MISSING_MODULE, CauseKind.MISSING_ATTRIBUTE}
)


@pytest.mark.parametrize("kind", UNSTABLE)
def test_what_may_end_otherwise_is_not_kept(cache: Cache, here: Around, kind: CauseKind) -> None:
    for fact in ("TimeoutError", "the block needs a file that isn't there: FileNotFoundError: x", "KeyError: 'x'"):
        remember(cache, here, NAME, record_of(cause(kind, fact), program_of().unit))
    assert cache.info().entries == 0


def test_a_run_that_was_held_otherwise_is_not_kept(cache: Cache, here: Around) -> None:
    remember(cache, here, NAME, Record(isolation=("landlock",)))
    assert cache.info().entries == 0


def test_nothing_is_kept_of_what_changed_meanwhile(cache: Cache, environment: Environment, tests_folder: Path) -> None:
    found = around(environment, HELD, (tests_folder,))
    (tests_folder / "test_a.py").write_text("a = 2\n", encoding="utf-8")
    remember_tests(cache, found, NAME, TESTS, LINES)
    remember(cache, found, NAME, Record(isolation=HELD))
    assert cache.info().entries == 0


@pytest.mark.parametrize("body", [b"[]", b"{}", b"not json", b'{"owner": ["a", 9], "cause": null}', b"1"])
def test_what_is_no_record_is_a_miss(cache: Cache, body: bytes) -> None:
    assert recall(cache, NAME, program_of()) is None
    cache.put(NAME, body)
    assert recall(cache, NAME, program_of()) is None
    assert recall_tests(cache, NAME, "demo", Place("tests")) is None
    assert recall_answer(cache, NAME) is None


def test_sessions_that_passed_come_back_as_they_were(cache: Cache, here: Around) -> None:
    remember_tests(cache, here, NAME, TESTS, LINES)
    assert recall_tests(cache, NAME, "demo", Place("tests")) == (TESTS, LINES)


@pytest.mark.parametrize(
    "run",
    [
        replace(TESTS, error="pytest could not run"),
        replace(TESTS, skipped=1),
        replace(TESTS, passed=0),
        replace(TESTS, failures=(result.TestFailure("a", result.TestOutcome.FAILED, "assert", Place("tests")),)),
    ],
)
def test_sessions_that_did_not_pass_whole_are_not_kept(cache: Cache, here: Around, run: result.TestRun) -> None:
    remember_tests(cache, here, NAME, run, LINES)
    assert cache.info().entries == 0


SAID: Mapping[str, Any] = {"parsed": [{"statements": [[1, 1]]}], "resolved": [{}], "status": 0, "isolation": [*HELD]}


def test_each_part_of_a_probe_is_part_of_its_key(environment: Environment, here: Around) -> None:
    asked = {"module": "os", "attribute": None, "keywords": None}
    jobs: list[dict[str, Any]] = [
        {"kind": "probe", "sources": ["x = 1"], "wanted": [asked]},
        {"kind": "probe", "sources": ["x = 2"], "wanted": [asked]},
        {"kind": "probe", "sources": ["x = 1"], "wanted": [{**asked, "attribute": "x"}]},
        {"kind": "other", "sources": ["x = 1"], "wanted": [asked]},
    ]
    other = around(replace(environment, lock=()), HELD)
    keys = [here.probe_key(job) for job in jobs] + [other.probe_key(job) for job in jobs]
    assert len(set(keys)) == 8
    assert here.probe_key(deepcopy(jobs[0])) == keys[0]


def test_answers_come_back_as_they_were(cache: Cache, here: Around) -> None:
    remember_answer(cache, here, NAME, SAID)
    assert recall_answer(cache, NAME) == {"parsed": SAID["parsed"], "resolved": SAID["resolved"]}


@pytest.mark.parametrize(
    "part", [{"status": 1}, {"status": None}, {"isolation": []}, {"parsed": None}, {"resolved": None}]
)
def test_a_probe_that_did_not_end_well_is_not_kept(cache: Cache, here: Around, part: dict[str, Any]) -> None:
    remember_answer(cache, here, NAME, {**SAID, **part})
    assert cache.info().entries == 0


def test_an_answer_is_not_kept_once_something_changed(cache: Cache, here: Around, environment: Environment) -> None:
    Path(environment.python).write_bytes(b"another interpreter")
    remember_answer(cache, here, NAME, SAID)
    assert cache.info().entries == 0
