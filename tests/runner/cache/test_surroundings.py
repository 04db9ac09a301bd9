"""Surroundings that differ where a result could, and are unknown where something in them is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from skillcheck import runner
from skillcheck.model import Environment, Program
from skillcheck.runner.cache import Around, Cache, Record, around, keys, remember
from skillcheck.runner.sandbox import Limits

Programs = Callable[..., Program]

HELD = ("namespaces", "landlock")
NAME = "0" * 64


def test_equal_inputs_in_other_places_have_one_key(
    tmp_path: Path, environment_in: Callable[[Path], Environment], program_of: Programs
) -> None:
    (tmp_path / "elsewhere").mkdir()
    found_keys = set()
    for name in ("one", "elsewhere/two"):
        tests = tmp_path / name / "tests"
        environment = environment_in(tmp_path / name)
        tests.mkdir()
        (tests / "test_app.py").write_text("def test(): ...\n", encoding="utf-8")
        found = around(environment, HELD, (tests,))
        found_keys.add(
            (found.program_key(program_of(), Limits()), found.suite_key("demo", "tests", program_of().files, Limits()))
        )
    ((program_key, suite_key),) = found_keys
    assert program_key is not None
    assert suite_key is not None


def changed(action: Callable[[Path], object]) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        action(folder)
        os.utime(folder / "lib" / "python3.11" / "site-packages", ns=(1, 1))

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
    environment: Environment, tmp_path: Path, change: Callable[[Path], object], program_of: Programs
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
        patch.setattr(f"skillcheck.runner.cache.surroundings.{where}", value)
        digest = around(environment, HELD).digest
    assert digest is not None
    assert digest != here.digest
    assert here.steady


def test_a_kernel_patch_level_is_no_part(environment: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    digests = set()
    for release in ("6.8.0-1015", "6.8.12-generic", "6.9.0"):
        told = os.uname_result(("Linux", release, release, "#1", "x86_64"))
        monkeypatch.setattr("skillcheck.runner.cache.surroundings.os.uname", lambda told=told: told)
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
    package = Path(runner.__file__).parents[1]
    known = {path.relative_to(package).as_posix() for path in sorted((package / "runner").rglob("*.py"))}
    parts = {path: keys.file_hash(package / path) for path in (*known, "blocks/slices.py", "model/result.py")}
    assert {"runner/inside/execute.py", "runner/cache/keys.py", "runner/sandbox.py"} <= known
    assert {path for path in parts if (package / path).is_file()} == set(parts)
    code = (
        "from skillcheck.runner.cache.surroundings import SOURCES, PACKAGE; "
        "print(*(s.relative_to(PACKAGE).as_posix() for s in SOURCES))"
    )
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


def piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


REFUSED = {
    "leads out": lambda folder: (folder / "link").symlink_to("/etc/hostname"),
    "loop": lambda folder: (folder / "link").symlink_to("link"),
    "no file": lambda folder: piped(folder / "test_a.py"),
    "gone": shutil.rmtree,
    "many": lambda folder: [(folder / f"{number}").touch() for number in range(20)],
    "large": lambda folder: (folder / "large").write_bytes(bytes(50_001)),
}


@pytest.mark.parametrize("change", REFUSED.values(), ids=REFUSED)
def test_a_folder_that_cannot_be_known_has_no_key(
    environment: Environment, tests_folder: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], object]
) -> None:
    monkeypatch.setattr(keys, "TREE_FILES", 16)
    monkeypatch.setattr(keys, "TREE_BYTES", 50_000)
    assert around(environment, HELD, (tests_folder,)).digest is not None
    change(tests_folder)
    found = around(environment, HELD, (tests_folder,)).digest
    loops = (tests_folder / "link").is_symlink() and found is not None and sys.version_info >= (3, 13)
    assert found is None or loops  # from 3.13 on a loop resolves to itself, which is inside
