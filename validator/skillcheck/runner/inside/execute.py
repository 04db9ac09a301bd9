"""A program's segments, or its module → how it ended."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Callable
from types import CodeType, ModuleType, TracebackType
from typing import Any

import printed  # type: ignore[import-not-found] # run as a folder, this one is on sys.path
from near import near  # type: ignore[import-not-found]

CO_COROUTINE = 0x80
MESSAGE = 2000
CHAIN = 16
Outcome = dict[str, Any]


def execute(job: dict[str, Any]) -> Outcome:
    """Run what `job` names to its end, threads and exit functions included; return how that went.

    The outcome has the key `raised` with the exception, or `exit` with the status that the program asked for. Where
    `job` has spans, `printed` is what was printed for each.
    """
    sys.path[:0] = job["path"]
    sys.path.extend(job.get("last", ()))
    os.chdir(job["directory"])
    sys.set_coroutine_origin_tracking_depth(1)  # where one is dropped says little of where it is forgotten
    recorder = printed.Recorder(job["file"], job["spans"]) if job.get("spans") else None
    if recorder is not None:
        recorder.install()
    work: Callable[[], None] = _importing(job, recorder) if job["kind"] == "module" else _segments(job, recorder)
    outcome = _guarded(work)
    _finish()
    return outcome if recorder is None else outcome | {"printed": recorder.told()}


def _guarded(work: Callable[[], object]) -> Outcome:
    try:
        work()
    except SystemExit as stop:
        code = stop.code
        if code is not None and not isinstance(code, int):
            _guarded(lambda: sys.stderr.write(f"{code}\n"))  # as Python does
        return {"exit": code if isinstance(code, int) else int(code is not None), "frames": _frames(stop.__traceback__)}
    except BaseException as error:  # noqa: BLE001 - whatever a program raises is its result
        return {"raised": _described(error)}
    return {}


def _importing(job: dict[str, Any], recorder: Any) -> Callable[[], None]:  # noqa: ANN401 - of a module beside this one
    def work() -> None:
        if recorder is not None:
            recorder.listening = True
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


def _segments(job: dict[str, Any], recorder: Any) -> Callable[[], None]:  # noqa: ANN401 - as above
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
            if recorder is not None:
                recorder.listening = segment is job["segments"][-1]
            try:
                if code.co_flags & CO_COROUTINE:
                    runner = runner or _loop()
                    runner.run(_awaited(code, main, recorder))
                else:
                    exec(code, main.__dict__)  # noqa: S102 - to execute it is the task
            except BaseException as error:
                if segment is job["segments"][-1] or not _is_meant(error, segment):
                    raise
        if runner is not None:
            runner.close()

    return work


def _is_meant(error: BaseException, segment: dict[str, Any]) -> bool:
    """Whether a segment of the context ends as it should, so that what follows is still to be run."""
    if isinstance(error, SystemExit):
        return error.code in {None, 0}
    return str(segment.get("raises")).rpartition(".")[2] in _kinds(error)


def _loop() -> Any:  # noqa: ANN401 - asyncio must not be loaded in programs that don't import it
    import asyncio  # noqa: PLC0415

    return asyncio.Runner()


async def _awaited(code: CodeType, main: ModuleType, recorder: Any) -> None:  # noqa: ANN401 - as above
    running = eval(code, main.__dict__)  # noqa: S307 - to execute it is the task
    if recorder is not None:
        recorder.coroutine = running
    await running


def _finish() -> None:
    threading = sys.modules.get("threading")
    shutdown = getattr(threading, "_shutdown", None)
    functions = getattr(sys.modules.get("atexit"), "_run_exitfuncs", None)
    flushes = (getattr(getattr(sys, name, None), "flush", None) for name in ("stdout", "stderr"))
    for last in (shutdown, functions, *flushes):
        if last is not None:
            _guarded(last)


def _described(error: BaseException) -> dict[str, Any]:
    error = error.with_traceback(_own(error.__traceback__))
    _print(error)
    leaf = _leaf(error)
    return {
        "type": type(leaf).__name__,
        "types": _kinds(error),
        "message": _text(leaf)[:MESSAGE],
        "name": _plain(getattr(leaf, "name", None)),
        "near": _near(leaf) if isinstance(leaf, AttributeError) else None,
        "line": _number(leaf.lineno) if isinstance(leaf, SyntaxError) else None,
        "file": _plain(leaf.filename) if isinstance(leaf, SyntaxError) else None,
        "errno": _number(leaf.errno) if isinstance(leaf, OSError) else None,
        "origins": _origins(leaf),
        "frames": _frames(leaf.__traceback__) or _frames(error.__traceback__),
    }


def _near(error: AttributeError) -> str | None:
    """Return the attribute that an object has and that may be meant; of a package, a module may have to be imported."""
    import contextlib  # noqa: PLC0415 - only now, when the program has ended

    with contextlib.suppress(BaseException):  # an object may say in a way of its own what it has
        name = str(error.name)
        names = [known for known in dir(error.obj) if known.startswith("_") <= name.startswith("_")]
        return None if hasattr(error.obj, "__path__") else _plain(near(name, names))
    return None


def _origins(error: BaseException) -> list[tuple[str, int | None]]:
    """Return type and error number of what led to `error`, itself first."""
    found: list[tuple[str, int | None]] = []
    cause: BaseException | None = error
    while cause is not None and len(found) < CHAIN:
        number = getattr(cause, "errno", None)
        found.append((type(cause).__name__, number if isinstance(number, int) else None))
        cause = cause.__cause__ or cause.__context__
    return found


def _print(error: BaseException) -> None:
    import contextlib  # noqa: PLC0415 - only now, when the program has ended

    with contextlib.suppress(BaseException):  # the program may have replaced the module, or its own error stream
        import traceback  # noqa: PLC0415

        traceback.print_exception(error)


def _leaf(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _kinds(error: BaseException) -> list[str]:
    return [kind.__name__ for raised in (error, _leaf(error)) for kind in type(raised).__mro__]


def _own(trace: TracebackType | None) -> TracebackType | None:
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    return trace


def _plain(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None


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
