"""Defects that read like matters of text, by what they do; the number in a name is that of the defect."""

from __future__ import annotations

import asyncio
import builtins
import dis
import importlib
import importlib.util
import inspect
import os
import pkgutil
import shutil
import socket
import sys
import threading
import time
import types
import typing
from typing import TYPE_CHECKING, Any

import app as package
import pytest
import redis
from app import create_app
from app import tasks as tasks_module
from app.errors import AppError, EmailTaken, Unauthenticated
from app.security import read_token
from app.tasks import enqueue_welcome, make_broker, welcome
from jwt import InvalidTokenError
from live import PROJECT
from quart import Quart
from sqlalchemy.exc import IntegrityError
from taskiq import InMemoryBroker
from taskiq_redis import RedisAsyncResultBackend

from conftest import ADA, SECRET

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence
    from pathlib import Path

    from quart.typing import TestClientProtocol as Client


def modules() -> list[types.ModuleType]:
    """Every module of the skill's application but the one that is started."""
    found = pkgutil.walk_packages(package.__path__, "app.")
    return [importlib.import_module(module.name) for module in found if not module.name.endswith("__main__")]


def functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    for module in modules():
        for name, value in vars(module).items():
            owned = [value] if inspect.isfunction(value) else vars(value).values() if inspect.isclass(value) else []
            for one in owned:
                if inspect.isfunction(one) and one.__module__ == module.__name__:
                    yield f"{module.__name__}.{name}", one


def test_04_importing_builds_no_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "from quart import Quart\n" + "app = Quart('{0}'); app.config['NAME'] = '{0}'\n" * 3
    (tmp_path / "original.py").write_text(lines.format("production").replace("production", "testing", -1))
    monkeypatch.syspath_prepend(tmp_path)
    assert importlib.import_module("original").app.config["NAME"] == "testing"  # what a server would serve
    del sys.modules["original"]
    built = [name for module in (package, *modules()) for name, value in vars(module).items() if type(value) is Quart]
    assert built == []


def test_05_every_module_that_is_imported_exists() -> None:
    for missing in ("app.utils.security", "app.auth", "app.routes.api"):
        with pytest.raises(ModuleNotFoundError):
            importlib.import_module(missing)
    assert len(modules()) > 25


LOOKING = {"LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS"}


def looked_up(code: types.CodeType) -> set[str]:
    """Return the names that a function and those inside it look up among the module's and the built-in ones."""
    own = {step.argval for step in dis.get_instructions(code) if step.opname in LOOKING}
    return own.union(*(looked_up(inner) for inner in code.co_consts if isinstance(inner, types.CodeType)))


def test_08_no_function_needs_a_name_that_nobody_binds() -> None:
    with pytest.raises(NameError):
        eval(compile("process_user_message('hello')", "original", "eval"))  # noqa: S307 - as it was taught
    for name, function in functions():
        bound = vars(sys.modules[function.__module__]).keys() | vars(builtins).keys()
        assert looked_up(inspect.unwrap(function).__code__) <= bound, name


IMPORTED_IN_VAIN = """\
from quart import Blueprint, jsonify, request
from app.security import hash_password as unused

blueprint = Blueprint("users", __name__)

@blueprint.get("/")
async def index():
    return "hello"
"""


def imported_in_vain(text: str) -> set[str]:
    """Return the names that importing a module's text binds, and that nothing in its code ever looks up."""
    code = compile(text, "module", "exec", dont_inherit=True)
    bound: set[str] = set()
    is_import = False
    for step in dis.get_instructions(code):
        if step.opname == "STORE_NAME" and is_import:
            bound.add(str(step.argval).partition(".")[0])
        is_import = step.opname in {"IMPORT_NAME", "IMPORT_FROM"}
    return bound - looked_up(code)


def test_07_each_import_is_looked_up_by_something() -> None:
    assert imported_in_vain(IMPORTED_IN_VAIN) == {"jsonify", "request", "unused"}
    for path in sorted((PROJECT / "src").rglob("*.py")):
        assert imported_in_vain(path.read_text()) == set(), path


async def test_10_what_the_tests_post_to_is_a_route(client: Client) -> None:
    assert (await Quart("original").test_client().post("/users", json=ADA)).status_code == 404
    assert (await client.post("/users", json=ADA)).status_code == 201


def test_16_each_annotation_is_a_type() -> None:
    def original(resource_id: any) -> None:  # type: ignore[valid-type]
        """The builtin function, where a type was meant."""
        assert resource_id

    def is_function(hint: object) -> bool:
        return isinstance(hint, types.BuiltinFunctionType)

    assert is_function(typing.get_type_hints(original)["resource_id"])
    wrong = [name for name, each in functions() if any(map(is_function, typing.get_type_hints(each).values()))]
    assert wrong == []


async def test_17_an_error_keeps_its_cause(app: Quart, client: Client) -> None:
    causes: list[BaseException | None] = []

    def original() -> None:
        try:
            open("/no/such/file")  # noqa: PTH123, SIM115 - it fails
        except OSError:
            raise AppError("gone")  # noqa: B904, EM101 - as it was taught

    @app.errorhandler(EmailTaken)
    async def look(error: EmailTaken) -> tuple[str, int]:
        causes.append(error.__cause__)
        return "", 409

    with pytest.raises(AppError) as raised:
        original()
    assert raised.value.__cause__ is None
    for _ in range(2):
        await client.post("/users", json=ADA)
    assert [type(cause) for cause in causes] == [IntegrityError]
    async with app.app_context():
        with pytest.raises(Unauthenticated) as refused:
            read_token("nonsense")
    assert isinstance(refused.value.__cause__, InvalidTokenError)


SILENCE = 1.0


@pytest.fixture
def silent_redis() -> Iterator[str]:
    """What takes a connection, says nothing for a while, and hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))

    def keep_silent() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Timer(SILENCE, connection.close).start()

    thread = threading.Thread(target=keep_silent, daemon=True)
    thread.start()
    yield f"redis://127.0.0.1:{listener.getsockname()[1]}"
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(5)


async def longest_pause(work: Awaitable[object]) -> float:
    pauses: list[float] = []

    async def beat() -> None:
        while True:
            start = time.perf_counter()
            await asyncio.sleep(0.01)
            pauses.append(time.perf_counter() - start)

    heart = asyncio.create_task(beat())
    await asyncio.sleep(0.03)
    await work
    await asyncio.sleep(0.03)
    heart.cancel()
    return max(pauses)


async def test_36_enqueueing_does_not_block_the_loop(
    silent_redis: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def original() -> None:
        client = redis.Redis.from_url(silent_redis, retry=None)
        with pytest.raises(redis.RedisError):
            client.rpush("queue", "task")  # a synchronous client, as Celery's
        client.close()

    async def ours() -> None:
        broker = make_broker(silent_redis)
        task = broker.task(task_name="welcome")(welcome.original_func)
        monkeypatch.setattr(tasks_module, "welcome", task)
        await enqueue_welcome(1)
        await broker.shutdown()

    assert await longest_pause(original()) >= SILENCE
    assert await longest_pause(ours()) < SILENCE
    assert "no welcome for user 1" in caplog.text


async def test_37_a_task_is_async_has_a_time_limit_a_result_and_tries() -> None:
    assert inspect.iscoroutinefunction(welcome.original_func)
    assert welcome.labels == {"retry_on_error": True, "timeout": 30}
    assert isinstance(make_broker("redis://127.0.0.1").result_backend, RedisAsyncResultBackend)
    broker = InMemoryBroker(await_inplace=True)

    @broker.task(timeout=0.1)
    async def endless() -> None:
        await asyncio.sleep(60)

    result = await (await endless.kiq()).wait_result(timeout=5)
    assert result.is_err


def test_40_the_environment_has_no_switch_that_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUART_ENV", "production")
    assert Quart("original").config["ENV"] is None  # it was read up to Quart 0.19
    monkeypatch.setenv("QUART_SECRET_KEY", SECRET)
    one = create_app().config
    monkeypatch.delenv("QUART_ENV")
    two = create_app().config
    assert {name for name in one if one[name] != two[name]} == {"ENV"}


def copied(folder: Path, changes: dict[str, tuple[str, str]]) -> Path:
    """Copy the project, with some texts replaced by others."""
    for name in ("src", "tests"):
        shutil.copytree(PROJECT / name, folder / name)
    shutil.copy(PROJECT / "pyproject.toml", folder)
    for name, (old, new) in changes.items():
        text = (folder / name).read_text()
        assert old in text, (name, old)
        (folder / name).write_text(text.replace(old, new))
    return folder


PLUGIN = ("-p", "pytest_asyncio.plugin")  # no other one is needed, and some take long to import


async def is_green(folder: Path, *options: str, python: Sequence[str] = ()) -> bool:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *python, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *PLUGIN, *options),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await asyncio.wait_for(process.communicate(), 120)
    assert process.returncode in {0, 1, 3, 4}, output
    return process.returncode == 0


SABOTAGE = {
    "validation": {"src/app/schemas.py": ("Field(min_length=12, max_length=128)", "Field(max_length=128)")},
    "socket": {"src/app/sockets.py": ('authenticate(websocket.headers.get("Authorization"))', "1")},
    "job": {"src/app/routes/jobs.py": ('return "done", task.result()', 'return "done", None')},
}


async def test_44_the_tests_notice_what_is_broken(tmp_path: Path) -> None:
    """Failures, sockets and jobs are tested: each of these breaks one of them."""
    green = await asyncio.gather(*(is_green(copied(tmp_path / part, SABOTAGE[part])) for part in SABOTAGE))
    assert dict(zip(SABOTAGE, green, strict=True)) == dict.fromkeys(SABOTAGE, False)


FIXTURES_THAT_WARN = """\
import pytest
import pytest_asyncio
from quart import Quart

@pytest.fixture
def client():
    return Quart("original").test_client()

@pytest.mark.asyncio
async def test_an_unknown_page(client):
    assert (await client.get("/")).status_code == 404
"""
AT_ONCE = ("-W", "error::DeprecationWarning:pytest_asyncio.plugin")
"""While pytest 9.0 is being configured, its own `-W` does not hold yet."""
LOOP_SCOPE = 'asyncio_default_fixture_loop_scope = "function"\n'


async def test_43_no_fixture_warns(tmp_path: Path) -> None:
    original = tmp_path / "original"
    original.mkdir()
    (original / "pytest.ini").write_text("[pytest]\n")
    (original / "test_original.py").write_text(FIXTURES_THAT_WARN)
    unset = copied(tmp_path / "unset", {"pyproject.toml": (LOOP_SCOPE, "")})
    ours = copied(tmp_path / "ours", {})
    runs = [(original, "."), (unset, "tests/test_users.py"), (ours, "tests/test_users.py")]
    strict = [is_green(folder, "-W", "error", tests, python=AT_ONCE) for folder, tests in runs]
    assert await asyncio.gather(*strict, is_green(original)) == [False, False, True, True]


async def test_48_no_hook_is_run_for_nothing(app: Quart, client: Client) -> None:
    called: list[str] = []
    original = Quart("original")

    @original.before_request
    async def empty() -> None:
        called.append("for nothing")

    await original.test_client().get("/")
    assert called == ["for nothing"]
    assert app.before_request_funcs.get(None, []) == []
    assert (await client.get("/livez")).headers["X-Content-Type-Options"] == "nosniff"


def test_49_nothing_that_is_abandoned_is_needed() -> None:
    assert importlib.util.find_spec("quart_jwt_extended") is None
    assert modules()  # all of them import without it
