"""A program's segments, or its module → how it ended."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Callable
from types import CodeType, ModuleType, TracebackType
from typing import Any

CO_COROUTINE = 0x80
MESSAGE = 2000
Outcome = dict[str, Any]


def execute(job: dict[str, Any]) -> Outcome:
    """Run what `job` names to its end, threads and exit functions included; return how that went.

    The outcome has the key `raised` with the exception, or `exit` with the status that the program asked for.
    """
    sys.path[:0] = job["path"]
    os.chdir(job["directory"])
    work: Callable[[], None] = _importing(job) if job["kind"] == "module" else _segments(job)
    outcome = _guarded(work)
    _finish()
    return outcome


def _guarded(work: Callable[[], None]) -> Outcome:
    try:
        work()
    except SystemExit as stop:
        code = stop.code
        return {"exit": code if isinstance(code, int) else int(code is not None), "frames": _frames(stop.__traceback__)}
    except BaseException as error:  # noqa: BLE001 - whatever a program raises is its result
        return {"raised": _described(error)}
    return {}


def _importing(job: dict[str, Any]) -> Callable[[], None]:
    def work() -> None:
        if job.get("alone"):
            _empty_parents(job["module"], job["path"])
        __import__(job["module"])

    return work


def _empty_parents(module: str, path: list[str]) -> None:
    """Put empty packages where the module's own would be, so that it is imported without what these execute."""
    parts = module.split(".")[:-1]
    for count in range(1, len(parts) + 1):
        package = ModuleType(".".join(parts[:count]))
        package.__path__ = ["/".join([root, *parts[:count]]) for root in path]
        sys.modules[package.__name__] = package


def _segments(job: dict[str, Any]) -> Callable[[], None]:
    main = ModuleType("__main__")
    main.__file__ = job["segments"][-1]["file"]
    main.__dict__["__builtins__"] = __builtins__
    sys.modules["__main__"] = main
    sys.argv[:] = [main.__file__]

    def work() -> None:
        runner: Any = None
        for segment in job["segments"]:
            text = "\n" * (segment["line"] - 1) + segment["text"]
            code = compile(text, segment["file"], "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
            if code.co_flags & CO_COROUTINE:
                runner = runner or _loop()
                runner.run(_awaited(code, main))
            else:
                exec(code, main.__dict__)  # noqa: S102 - to execute it is the task
        if runner is not None:
            runner.close()

    return work


def _loop() -> Any:  # noqa: ANN401 - asyncio must not be loaded in programs that don't import it
    import asyncio  # noqa: PLC0415

    return asyncio.Runner()


async def _awaited(code: CodeType, main: ModuleType) -> None:
    await eval(code, main.__dict__)  # noqa: S307 - to execute it is the task


def _finish() -> None:
    threading = sys.modules.get("threading")
    for last in (getattr(threading, "_shutdown", None), getattr(sys.modules.get("atexit"), "_run_exitfuncs", None)):
        if last is not None:
            _guarded(last)
    for stream in (sys.stdout, sys.stderr):
        _guarded(stream.flush)


def _described(error: BaseException) -> dict[str, Any]:
    import traceback  # noqa: PLC0415 - only now, when the program has ended

    error = error.with_traceback(_own(error.__traceback__))
    _guarded(lambda: traceback.print_exception(error))
    leaf = error
    while isinstance(leaf, BaseExceptionGroup):
        leaf = leaf.exceptions[0]
    return {
        "type": type(leaf).__name__,
        "types": [kind.__name__ for kind in type(error).__mro__] + [kind.__name__ for kind in type(leaf).__mro__],
        "message": _text(leaf)[:MESSAGE],
        "name": _plain(getattr(leaf, "name", None)),
        "line": getattr(leaf, "lineno", None) if isinstance(leaf, SyntaxError) else None,
        "file": getattr(leaf, "filename", None) if isinstance(leaf, SyntaxError | OSError) else None,
        "errno": getattr(leaf, "errno", None) if isinstance(leaf, OSError) else None,
        "frames": _frames(leaf.__traceback__) or _frames(error.__traceback__),
    }


def _own(trace: TracebackType | None) -> TracebackType | None:
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    return trace


def _plain(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception as broken:  # noqa: BLE001 - the program's own __str__ may fail as well
        return f"<its __str__ raised {type(broken).__name__}>"


def _frames(trace: TracebackType | None) -> list[tuple[str, int]]:
    frames = []
    while trace is not None:
        frames.append((trace.tb_frame.f_code.co_filename, trace.tb_lineno))
        trace = trace.tb_next
    return frames
