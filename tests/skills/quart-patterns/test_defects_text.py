"""Defects that are a matter of text: our files must not have them. The number in a name is that of the defect."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from live import PROJECT

FILES = sorted((PROJECT / "src").rglob("*.py"))
TESTS = sorted((PROJECT / "tests").rglob("*.py"))
Tree = ast.Module


def trees(paths: list[Path] = FILES) -> list[tuple[Path, Tree]]:
    return [(path, ast.parse(path.read_text())) for path in paths]


def handlers(tree: Tree) -> list[ast.ExceptHandler]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)]


def calls(tree: Tree, name: str) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == name]


def is_module_level_app(tree: Tree) -> bool:
    return any(isinstance(node, ast.Assign) and "create_app(" in ast.unparse(node.value) for node in tree.body)


def swallows(tree: Tree) -> bool:
    wide = {"", "Exception", "BaseException", "asyncio.CancelledError"}
    kinds = {ast.unparse(handler.type) if handler.type else "" for handler in handlers(tree)}
    return not wide.isdisjoint(kinds)


def raises_without_cause(tree: Tree) -> bool:
    raised = [node for handler in handlers(tree) for node in ast.walk(handler) if isinstance(node, ast.Raise)]
    return any(node.exc is not None and node.cause is None for node in raised)


def has_empty_hook(tree: Tree) -> bool:
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef) and node.decorator_list]
    return any(len(each.body) == 1 and isinstance(each.body[0], ast.Pass) for each in functions)


def uses(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{word}\b")


BAD = {
    "row04-app-at-import": (is_module_level_app, "app = create_app('testing')"),
    "row06-48-empty-hook": (has_empty_hook, "@app.before_request\nasync def hook():\n    pass"),
    "row17-no-cause": (raises_without_cause, "try:\n    f()\nexcept OSError as e:\n    raise Gone()"),
    "row20-21-23-swallows": (swallows, "try:\n    f()\nexcept:\n    pass"),
}


@pytest.mark.parametrize("name", BAD)
def test_no_file_has_the_shape(name: str) -> None:
    is_bad, example = BAD[name]
    assert is_bad(ast.parse(example))
    assert [str(path) for path, tree in trees() if is_bad(tree)] == []


WORDS = {
    "row16-any": (r":\s*any\b", "resource_id: any"),
    "row27-current-object": (r"websocket\._get_current_object", "websocket._get_current_object()"),
    "row28-class": (r"class_=AsyncSession", "sessionmaker(engine, class_=AsyncSession)"),
    "row36-delay": (r"\.delay\(", "task.delay(1)"),
    "row39-dotenv": (r"load_dotenv", "load_dotenv()"),
    "row40-quart-env": (r"QUART_ENV", "os.getenv('QUART_ENV')"),
    "row45-xss": (r"X-XSS-Protection", "X-XSS-Protection: 1"),
    "row46-query-token": (r"args\.get\(.token", "websocket.args.get('token')"),
    "row47-f-string-log": (r"log(ger)?\.\w+\(f[\"']", "logger.error(f'{error}')"),
    "row49-jwt-extended": (r"quart_jwt_extended", "import quart_jwt_extended"),
}


@pytest.mark.parametrize("name", WORDS)
def test_no_file_has_the_words(name: str) -> None:
    pattern, example = WORDS[name]
    assert re.search(pattern, example)
    assert [str(path) for path in FILES if re.search(pattern, path.read_text())] == []


def defined(tree: Tree) -> set[str]:
    named = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    found = {node.name for node in ast.walk(tree) if isinstance(node, named)}
    stored = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    imported = {
        alias.asname or alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    return found | stored | imported


def test_row05_every_module_of_the_app_is_shown() -> None:
    shown = {".".join(path.relative_to(PROJECT / "src").with_suffix("").parts) for path in FILES}
    shown |= {name.removesuffix(".__init__") for name in shown}
    wanted = {
        node.module
        for _, tree in trees(FILES + TESTS)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("app")
    }
    assert wanted <= shown


def test_row07_nothing_is_imported_in_vain() -> None:
    for path, tree in trees():
        text = path.read_text()
        for node in tree.body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                for alias in node.names:
                    name = (alias.asname or alias.name).split(".")[0]
                    assert len(uses(name).findall(text)) > 1, (path, name)


def test_row08_every_name_is_bound() -> None:
    import builtins  # noqa: PLC0415 - its names are what is compared

    for path, tree in trees(FILES + TESTS):
        known = defined(tree) | set(dir(builtins)) | {"__name__", "__file__"}
        known |= {
            argument.arg
            for node in ast.walk(tree)
            if isinstance(node, ast.arguments)
            for argument in ast.walk(node)
            if isinstance(argument, ast.arg)
        }
        known |= {handler.name for handler in handlers(tree) if handler.name}
        known |= {node.name for node in ast.walk(tree) if isinstance(node, ast.MatchAs) and node.name}
        loaded = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        assert loaded <= known, path


def test_row10_the_tests_ask_for_routes_that_are_there() -> None:
    routes = "".join(path.read_text() for path in FILES)
    asked = set(
        re.findall(r"client\.(?:get|post|websocket)\(f?\"(/[a-z]+)", "".join(path.read_text() for path in TESTS))
    )
    assert asked
    for prefix in asked:
        assert f'"{prefix}"' in routes, prefix


def test_row19_no_socket_is_closed_before_it_is_accepted() -> None:
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.AsyncFunctionDef):
                lines = ast.unparse(node)
                closes, accepts = lines.find("websocket.close("), lines.find("websocket.accept(")
                assert closes < 0 or accepts < closes, (path, node.name)


def test_row37_a_queued_task_has_limits_and_is_async() -> None:
    text = (PROJECT / "src/app/tasks.py").read_text()
    for word in ("SimpleRetryMiddleware", "timeout=", "ResultBackend", "async def welcome"):
        assert word in text


def test_row43_the_loop_scope_is_set_and_fixtures_await() -> None:
    assert 'asyncio_default_fixture_loop_scope = "function"' in (PROJECT / "pyproject.toml").read_text()
    assert all("pytest_asyncio" not in path.read_text() for path in TESTS)


def test_row44_failures_sockets_and_jobs_are_tested() -> None:
    text = "".join(path.read_text() for path in TESTS)
    for word in ("422", "client.websocket(", "/jobs/"):
        assert word in text
