from __future__ import annotations

import base64
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from skillcheck.disk import cache_folder
from skillcheck.environments import build as room
from skillcheck.environments import prepare, present
from skillcheck.environments.behind import NEEDING, SAID
from skillcheck.model import Environment, Lock, Place, Refusal, Releases, Requirement, Trouble

SOURCE = "def greet():\n    return 'hello'\n"


def required(*texts: str) -> tuple[Requirement, ...]:
    return tuple(Requirement(text, Place("requirements.txt", number)) for number, text in enumerate(texts, 1))


def wheel(folder: Path, name: str, version: str, *needs: str, tag: str = "py3-none-any") -> None:
    """Write a wheel that holds one module."""
    info = f"{name}-{version}.dist-info"
    requires = "".join(f"Requires-Dist: {need}\n" for need in needs)
    files = {
        f"{name}.py": SOURCE,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{requires}",
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    record = "".join(f"{path},sha256={_digest(text)},{len(text)}\n" for path, text in files.items())
    with zipfile.ZipFile(folder / f"{name}-{version}-{tag}.whl", "w") as archive:
        for path, text in (files | {f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}).items():
            archive.writestr(path, text)


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels, the only place where uv looks."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setenv("UV_FIND_LINKS", str(folder))
    monkeypatch.setenv("UV_NO_INDEX", "1")
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "uv"))
    return folder


def said(environment: Environment, text: str) -> str:
    command = [environment.python, "-I", "-c", text]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - the interpreter just made
    return done.stdout.strip()


def test_no_requirements_give_a_bare_interpreter(tmp_path: Path) -> None:
    environment = prepare((), cache=tmp_path)
    assert (environment.error, environment.lock, environment.requirements) == ("", (), ())
    assert environment.version == ".".join(map(str, sys.version_info[:3]))
    assert said(environment, "import sys; print(sys.prefix)") == str(Path(environment.python).parent.parent)


def test_what_is_required_is_installed_with_what_it_needs(index: Path, tmp_path: Path) -> None:
    wheel(index, "greeting", "1.2", "politeness>=1")
    wheel(index, "politeness", "1.0")
    environment = prepare(required("greeting>=1", "greeting>=1"), cache=tmp_path / "cache")
    assert environment.error == ""
    assert environment.lock == ("greeting==1.2", "politeness==1.0")
    assert said(environment, "import greeting; print(greeting.greet())") == "hello"
    assert list(Path(environment.python).parent.parent.glob("lib/*/site-packages/__pycache__/greeting.*.pyc"))


def test_the_same_requirements_give_the_same_folder(index: Path, tmp_path: Path) -> None:
    wheel(index, "greeting", "1.2")
    wheel(index, "politeness", "1.0")
    cache = tmp_path / "cache"
    first = prepare(required("greeting", "politeness"), cache=cache)
    for path in index.iterdir():
        path.unlink()
    second = prepare(required("politeness", "greeting"), cache=cache)
    assert (second.python, second.lock, second.error) == (first.python, first.lock, "")
    assert [requirement.text for requirement in second.requirements] == ["politeness", "greeting"]
    assert prepare((), cache=cache).python != first.python


@pytest.mark.parametrize("spoilt", ["{", "[]", '{"python": 1}', '{"python": "/gone", "version": "", "lock": []}', None])
def test_a_half_made_environment_is_made_anew(tmp_path: Path, spoilt: str | None) -> None:
    made = Path(prepare((), cache=tmp_path).python).parent.parent
    (made / "stray").write_text("")
    if spoilt is None:
        (made / room.READY).unlink()
    else:
        (made / room.READY).write_text(spoilt)
    environment = prepare((), cache=tmp_path)
    assert environment.error == ""
    assert not (made / "stray").exists()
    assert json.loads((made / room.READY).read_text())["python"] == environment.python


def test_a_release_that_does_not_exist_is_told(index: Path, tmp_path: Path) -> None:
    wheel(index, "greeting", "1.2")
    environment = prepare(required("greeting>=2"), cache=tmp_path / "cache")
    assert (environment.python, environment.lock) == ("", ())
    assert "greeting" in environment.error
    assert environment.requirements == required("greeting>=2")


def test_a_source_distribution_is_never_built(index: Path, tmp_path: Path) -> None:
    setup = f"open({str(tmp_path / 'executed')!r}, 'w')\n".encode()
    with tarfile.open(index / "greeting-1.0.tar.gz", "w:gz") as archive:
        entry = tarfile.TarInfo("greeting-1.0/setup.py")
        entry.size = len(setup)
        archive.addfile(entry, io.BytesIO(setup))
    assert prepare(required("greeting"), cache=tmp_path / "cache").error
    assert not (tmp_path / "executed").exists()


@pytest.mark.parametrize("request_", ["/nowhere/python", "9.99"])
def test_an_interpreter_that_does_not_exist_is_told(tmp_path: Path, request_: str) -> None:
    for broken in (prepare((), python=request_, cache=tmp_path), present((), python=request_)):
        assert request_ in broken.error
        assert (broken.python, broken.trouble) == ("", Trouble.PYTHON)


def test_what_is_installed_is_told_before(index: Path, tmp_path: Path) -> None:
    wheel(index, "greeting", "1.2")
    told: list[object] = []
    for texts in ((), ("greeting",), ("greeting",)):
        assert prepare(required(*texts), cache=tmp_path / "cache", installing=told.append).error == ""
    assert told == [required("greeting")]


@pytest.mark.parametrize(
    "name", ["UV_INDEX", "UV_FIND_LINKS", "UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_EXTRA_INDEX_URL"]
)
def test_where_uv_looks_is_part_of_the_key_and_never_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(name, raising=False)
    keys = [room._key(room.Wanted((), Releases.NEWEST), sys.executable)]
    for value in ("https://user:hunter2@one.example/simple", "https://two.example/simple"):
        monkeypatch.setenv(name, value)
        keys.append(room._key(room.Wanted((), Releases.NEWEST), sys.executable))
    assert len(set(keys)) == 3
    assert all(set(key) <= set("0123456789abcdef") for key in keys)


def test_an_interpreter_is_taken_as_it_is() -> None:
    environment = present(required("nothing-of-that-name"))
    assert (environment.python, environment.error, environment.installed) == (sys.executable, "", False)
    assert f"pytest=={pytest.__version__}" in environment.lock
    assert environment.requirements == required("nothing-of-that-name")
    assert Path(present((), python=sys.executable).python).resolve() == Path(sys.executable).resolve()


def test_another_interpreter_is_another_environment(tmp_path: Path) -> None:
    nothing = room.Wanted((), Releases.NEWEST)
    assert room._key(nothing, sys.executable) != room._key(nothing, "3.13")
    assert prepare((), python=sys.executable, cache=tmp_path) == prepare((), cache=tmp_path)


def test_what_another_state_of_our_sources_made_is_no_answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = prepare((), cache=tmp_path)
    assert {"build.py", "behind.py", "parting.py", "installer.py"} <= {path.name for path in room.SOURCES}
    monkeypatch.setattr(room, "OWN", "another")
    assert prepare((), cache=tmp_path).python != made.python


def test_a_cache_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    environment = prepare((), cache=tmp_path / "file")
    assert (environment.python, environment.trouble) == ("", Trouble.CACHE)
    assert environment.place == Place(str(tmp_path / "file" / "environments"))
    assert str(tmp_path / "file") in environment.error


@pytest.mark.parametrize("there", [True, False])
def test_uvs_own_cache_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    folder = tmp_path / "uv"
    folder.write_text("")
    monkeypatch.setenv("UV_CACHE_DIR", str(folder if there else folder / "below"))
    environment = prepare((), cache=tmp_path / "cache")
    assert (environment.python, environment.trouble) == ("", Trouble.CACHE)
    assert str(folder) in environment.error


def test_the_cache_is_the_users(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("SKILLCHECK_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "skillcheck"
    monkeypatch.setenv("XDG_CACHE_HOME", "/x")
    assert cache_folder() == Path("/x/skillcheck")
    monkeypatch.setenv("SKILLCHECK_CACHE", "/s")
    assert cache_folder() == Path("/s/skillcheck")
    assert not Path("/s").exists()


def test_the_default_cache_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SKILLCHECK_CACHE", str(tmp_path))
    assert Path(prepare(()).python).is_relative_to(tmp_path / "skillcheck" / "environments")


def test_the_lowest_release_that_is_admitted_can_be_had(index: Path, tmp_path: Path) -> None:
    for version in ("1.0", "1.5", "2.0"):
        wheel(index, "greeting", version)
    asked, cache = required("greeting>=1.2"), tmp_path / "cache"
    assert prepare(asked, cache=cache, releases=Releases.LOWEST).lock == ("greeting==1.5",)
    assert prepare(asked, cache=cache, releases=Releases.NEWEST).lock == ("greeting==2.0",)


@pytest.mark.parametrize(
    ("declared", "lock"),
    [
        (("greeting>=1.2",), ("greeting==1.5", "meter==2.0")),
        (("greeting>=1.2", "meter==1.0"), ("greeting==1.5", "meter==1.0")),
        ((), ("meter==2.0",)),
    ],
)
def test_what_measures_is_no_lower_than_it_has_to_be(
    index: Path, tmp_path: Path, declared: tuple[str, ...], lock: tuple[str, ...]
) -> None:
    for name, version in (("greeting", "1.5"), ("greeting", "2.0"), ("meter", "1.0"), ("meter", "2.0")):
        wheel(index, name, version)
    meter = Requirement("meter>=1.0", Place("skillcheck"), tool=True)
    made = prepare((*required(*declared), meter), cache=tmp_path / "cache", releases=Releases.LOWEST)
    assert (made.error, made.lock) == ("", lock)
    other = prepare(
        (*required(*declared), replace(meter, tool=False)), cache=tmp_path / "cache", releases=Releases.LOWEST
    )
    assert other.python != made.python


def test_what_cannot_be_installed_can_be_left_out(index: Path, tmp_path: Path) -> None:
    wheel(index, "greeting", "1.2")
    made = prepare(required("nothing-of-that-name", "greeting"), cache=tmp_path / "cache", partly=True)
    assert (made.error, [line.partition("==")[0] for line in made.lock]) == ("", ["greeting"])
    assert [requirement.text for requirement in made.requirements] == ["nothing-of-that-name", "greeting"]
    (refusal,) = made.refused
    assert refusal.requirement.text == "nothing-of-that-name"
    assert "nothing-of-that-name" in refusal.said
    assert prepare(required("greeting"), python="/nowhere/python", cache=tmp_path / "cache", partly=True).error


def test_a_file_of_another_hash_is_not_installed(index: Path, tmp_path: Path) -> None:
    wheel(index, "greeting", "1.2")
    (file,) = index.iterdir()
    right = f"sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}"
    wrong = f"sha256:{'0' * 64}"
    for hashes, installed in (((wrong,), ()), ((wrong, right), ("greeting==1.2",)), ((), ("greeting==1.2",))):
        wanted = Requirement("greeting==1.2", Place("requirements.txt"), hashes=hashes)
        environment = prepare((wanted,), cache=tmp_path / "cache")
        assert environment.lock == installed
        assert ("hash" in environment.error.lower()) is not bool(installed)


def locked(*pins: str, needs: tuple[str, ...] = ("greeting",)) -> Lock:
    return Lock(required(*pins), required(*needs))


def test_of_what_a_lock_holds_no_other_release_is_installed(index: Path, tmp_path: Path) -> None:
    for name, version in (("greeting", "1.2"), ("greeting", "1.3"), ("politeness", "1.0"), ("politeness", "1.1")):
        wheel(index, name, version, *(["politeness>=1"] if name == "greeting" else []))
    wheel(index, "tester", "2.0", "politeness", "greeting")
    lock, cache = locked("greeting==1.2", "politeness==1.0"), tmp_path / "cache"
    for more, beside in (((), ()), (("tester",), ("tester==2.0",))):
        wanted = required("greeting", *more)
        environment = prepare(wanted, cache=cache, releases=Releases.LOCKED, lock=lock)
        assert (environment.error, environment.requirements) == ("", wanted)
        assert environment.lock == ("greeting==1.2", "politeness==1.0", *beside)
    assert prepare(required("greeting"), cache=cache).lock == ("greeting==1.3", "politeness==1.1")


def test_a_lock_that_lacks_what_is_needed_is_no_lock(index: Path, tmp_path: Path) -> None:
    wheel(index, "greeting", "1.2", "politeness>=1")
    wheel(index, "politeness", "1.0")
    for lock, lacking in (
        (locked("politeness==1.0"), "greeting==1.2"),
        (locked(), "greeting==1.2, politeness==1.0"),
    ):
        environment = prepare(required("greeting"), cache=tmp_path / "cache", releases=Releases.LOCKED, lock=lock)
        assert environment.error == f"the lock lacks {lacking}, which what is declared needs"


def test_a_lock_that_holds_what_is_not_admitted_is_told(index: Path, tmp_path: Path) -> None:
    for version in ("1.2", "1.3"):
        wheel(index, "greeting", version)
    lock = locked("greeting==1.2", needs=("greeting>=1.3",))
    environment = prepare(required("greeting>=1.3"), cache=tmp_path / "cache", releases=Releases.LOCKED, lock=lock)
    assert "greeting==1.2" in environment.error
    assert environment.lock == ()


def test_each_lock_has_an_environment_of_its_own() -> None:
    """Else what is locked would be told of the environment that another lock, or none, has left."""
    wanted = required("greeting")
    locks = (None, locked("greeting==1.2"), locked("greeting==1.3"), locked("greeting==1.2", needs=()))
    kinds = [room.Wanted(wanted, Releases.LOCKED, lock) for lock in locks]
    kinds += [room.Wanted(wanted, Releases.NEWEST), room.Wanted((), Releases.LOCKED)]
    assert len({room._key(kind, sys.executable) for kind in kinds}) == len(kinds)


def source(folder: Path, name: str, version: str) -> None:
    """Write a source distribution that nobody may build."""
    text = b"raise SystemExit(1)\n"
    with tarfile.open(folder / f"{name}-{version}.tar.gz", "w:gz") as archive:
        entry = tarfile.TarInfo(f"{name}-{version}/setup.py")
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text))


def test_an_older_release_is_no_proof_of_the_newest(index: Path, tmp_path: Path) -> None:
    wheel(index, "greeting", "1.2")
    wheel(index, "other", "1.0")
    source(index, "greeting", "2.0")
    wanted, cache = required("greeting", "other"), tmp_path / "cache"
    for _ in range(2):  # made, then ready
        made = prepare(wanted, cache=cache, partly=True)
        assert (made.lock, made.requirements) == (("other==1.0",), wanted)
        assert made.refused == (Refusal(wanted[0], SAID, unbuilt=True),)
        whole = prepare(wanted, cache=cache)
        assert (whole.lock, whole.refused) == (("greeting==1.2", "other==1.0"), ())


def test_what_is_not_released_or_for_later_pythons_is_no_newer_release(index: Path, tmp_path: Path) -> None:
    wheel(index, "early", "1.0")
    source(index, "early", "2.0b1")
    wheel(index, "later", "1.0")
    source(index, "later", "2.0")
    tag = f"cp3{sys.version_info.minor + 1}-none-any"
    wheel(index, "later", "2.0", tag=tag)
    made = prepare(required("early", "later"), cache=tmp_path / "cache", partly=True)
    assert (made.lock, made.refused) == (("early==1.0", "later==1.0"), ())


@pytest.mark.parametrize(("text", "releases"), [("greeting==1.2", Releases.NEWEST), ("greeting>=1", Releases.LOWEST)])
def test_who_asks_for_an_older_release_gets_it(index: Path, tmp_path: Path, text: str, releases: Releases) -> None:
    wheel(index, "greeting", "1.2")
    source(index, "greeting", "2.0")
    made = prepare(required(text), cache=tmp_path / "cache", releases=releases, partly=True)
    assert (made.lock, made.refused) == (("greeting==1.2",), ())


def test_what_has_no_wheel_at_all_is_unbuilt(index: Path, tmp_path: Path) -> None:
    wheel(index, "other", "1.0")
    source(index, "greeting", "2.0")
    made = prepare(required("greeting", "other", "nowhere"), cache=tmp_path / "cache", partly=True)
    assert [(refusal.requirement.text, refusal.unbuilt) for refusal in made.refused] == [
        ("greeting", True),
        ("nowhere", False),
    ]


def test_what_an_extra_needs_holds_nothing_back(index: Path, tmp_path: Path) -> None:
    wheel(index, "greeting", "1.2")
    wheel(index, "greeting", "2.0", "spark; extra == 'big'")
    wheel(index, "other", "1.0")
    source(index, "spark", "1.0")
    wanted, cache = required("greeting[big]", "other"), tmp_path / "cache"
    for _ in range(2):  # made, then ready
        made = prepare(wanted, cache=cache, partly=True)
        assert (made.lock, made.requirements) == (("greeting==2.0", "other==1.0"), wanted)
        assert made.refused == (Refusal(wanted[0], NEEDING, unbuilt=True),)


def test_what_goes_without_its_extras_alone_is_installed_without_them(index: Path, tmp_path: Path) -> None:
    wheel(index, "greeting", "2.0", "spark; extra == 'big'")
    source(index, "spark", "1.0")
    source(index, "other", "1.0")
    made = prepare(required("greeting[big]", "other[big]"), cache=tmp_path / "cache", partly=True)
    assert made.lock == ("greeting==2.0",)
    assert [refusal.requirement.text for refusal in made.refused] == ["greeting[big]", "other[big]"]
