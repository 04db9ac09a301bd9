# src/app/cpu.py
import asyncio
import json
import sys
from typing import Any

from quart import Quart, current_app

from app.errors import Busy

MAX_RUNNING = 2
MAX_WAITING = 8


class Failed(Exception):
    """The process ended with an error; its message is what it wrote."""


class Processes:
    def __init__(self) -> None:
        self._places = asyncio.Semaphore(MAX_RUNNING)
        self._asked = 0

    async def run(self, module: str, value: Any, seconds: float) -> Any:
        """Call `python -m module` with `value`; kill it when it takes too long or nobody waits any more."""
        if self._asked >= MAX_RUNNING + MAX_WAITING:
            raise Busy("Too much is being computed")
        self._asked += 1
        try:
            async with asyncio.timeout(seconds), self._places:
                return await self._once(module, value)
        finally:
            self._asked -= 1

    async def _once(self, module: str, value: Any) -> Any:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, stdin=pipe, stdout=pipe, stderr=pipe
        )
        try:
            output, problem = await process.communicate(json.dumps(value).encode())
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            raise Failed(problem.decode(errors="replace")[-1000:])
        return json.loads(output)


def current_processes() -> Processes:
    processes: Processes = current_app.extensions["processes"]
    return processes


def init_cpu(app: Quart) -> None:
    app.extensions["processes"] = Processes()
