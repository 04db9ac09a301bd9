"""Jobs → how they ended, by a warm process that has imported what they share."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import secrets
import subprocess
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, InvalidStateError
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from skillcheck.runner.inside.importing import MOST
from skillcheck.runner.sandbox import GRACE, INSIDE, Ended, Sandbox, send
from skillcheck.runner.waiting import wait

START = 60.0
"""Seconds in which the process must have imported what programs share."""


class Warm:
    """A process that forks for each job; a context manager, safe to use from several threads.

    `base` is the folder below which all jobs have theirs. `loaded` are the modules that its programs find imported.
    """

    def __init__(self, sandbox: Sandbox, base: Path, preload: Sequence[str]) -> None:
        """Start the process; it imports `preload` while the caller goes on."""
        self._lock = threading.Lock()
        self._waiting: dict[int, Future[Mapping[str, Any]]] = {}
        self._numbers = itertools.count()
        self._hello: Future[Mapping[str, Any]] = Future()
        jobs, self._jobs = os.pipe()
        results, write_results = os.pipe()
        settings = sandbox.whole(base, {"preload": list(preload)}, 0.0)
        self._process = subprocess.Popen(
            [sandbox.python, "-P", "-s", str(INSIDE), str(write_results), json.dumps(settings)],
            stdin=jobs,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=sandbox.environ(base),
            pass_fds=(write_results,),
            start_new_session=True,
        )
        os.close(jobs)
        os.close(write_results)
        self._reader = threading.Thread(target=self._read, args=(os.fdopen(results, "rb"),), daemon=True)
        self._reader.start()

    @property
    def loaded(self) -> frozenset[str]:
        """The modules that programs find imported; none where the process is not fit to be forked."""
        return frozenset(self._greeting().get("loaded", ())) if self.usable else frozenset()

    @property
    def usable(self) -> bool:
        """Whether it started, and imported nothing that started threads: these would not be there after a fork."""
        return self._greeting().get("threads") == 1

    def _greeting(self) -> Mapping[str, Any]:
        try:
            return self._hello.result(START)
        except TimeoutError:
            return {}  # what it imports does not end; programs that import it will tell

    def run(self, sandbox: Sandbox, folder: Path, job: Mapping[str, Any]) -> Ended:
        """Do `job` as `sandbox` would, with `folder` as working directory; return how it ended."""
        seconds = sandbox.limits.seconds
        whole = sandbox.whole(folder, job, seconds) | {"seal": secrets.token_hex(16)}
        told: Future[Mapping[str, Any]] = Future()
        try:
            self._send(whole, told)
            answer = told.result(seconds + MOST + GRACE)
        except (OSError, TimeoutError):  # what it imported may have ended or stopped it; nothing is known of the job
            return Ended()
        outcome: dict[str, Any] = {}
        for line in answer.get("said", ()):
            outcome |= json.loads(line)
        return Ended.of(outcome, str(answer.get("output", "")))

    def _send(self, job: dict[str, Any], told: Future[Mapping[str, Any]]) -> None:
        with self._lock:
            number = next(self._numbers)
            self._waiting[number] = told
            send(self._jobs, job | {"id": number})

    def _read(self, results: IO[bytes]) -> None:
        with results:
            for line in results:
                with contextlib.suppress(ValueError, LookupError, TypeError, InvalidStateError):  # not written by us
                    answer = json.loads(line)
                    told = self._waiting.pop(answer["id"]) if "id" in answer else self._hello
                    told.set_result({**answer})
        for told in (self._hello, *self._waiting.values()):
            if not told.done():
                told.set_result({})

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process and all that it started."""
        os.close(self._jobs)
        try:
            wait(self._process, GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()
