"""Documents with known right answers, which a runner that shares a process, or warms one, gets wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from skillcheck.model import CauseKind, Level, Outcome
from skillcheck.runner import Options, Proof

Proved = Callable[..., Proof]
LEAKING = """\
The first block changes everything that a process shares.

```python
import json, os, sys, types
json.loads = lambda text: None
os.environ["STAGE"] = "live"
os.chdir("/")
sys.path.append("/nowhere")
sys.modules["made_up"] = types.ModuleType("made_up")
base = 20
```

Its module is nobody else's.

```python
import made_up
```

Its name is what a later block is shown with.

```python
assert base + 1 == 21
```

Whoever doesn't name it starts anew.

```python
import json, os, sys
assert json.loads("[1]") == [1]
assert "STAGE" not in os.environ
assert os.getcwd() != "/"
assert "/nowhere" not in sys.path
```

Source, pickles and annotations are found where a script has them.

```python
import inspect, pickle, typing
from dataclasses import dataclass

@dataclass
class Point:
    x: "float"

assert typing.get_type_hints(Point) == {"x": float}
assert pickle.loads(pickle.dumps(Point(2.0))) == Point(2.0)
assert inspect.getsource(Point).rstrip().endswith('x: "float"')
```

A block is a script.

```python
import sys
assert __name__ == "__main__"
assert vars(sys.modules["__main__"]) is globals()
```
"""
WARM = """\
A submodule that nobody imported.

```python
import xml
xml.etree.ElementTree.Element("a")
```

A thread that is not waited for by the program.

```python
import threading, time

def work():
    time.sleep(0.05)
    print("the thread is done")

threading.Thread(target=work).start()
```

Two loops, one after the other.

```python
import asyncio

async def one():
    return 1

assert asyncio.run(one()) == asyncio.run(one()) == 1
```

Processes, forked and spawned.

```python
import multiprocessing

def double(x):
    return 2 * x

if __name__ == "__main__":
    for way in ("fork", "spawn"):
        with multiprocessing.get_context(way).Pool(1) as pool:
            assert pool.map(double, [4]) == [8], way
```

A file beside the program.

```python
import sqlite3
connection = sqlite3.connect("made.db")
connection.execute("create table made (x)")
assert not connection.execute("select * from made").fetchall()
```

No end.

<!-- skillcheck: timeout=1 -->
```python
while True:
    pass
```

No memory.

```python
x = bytearray(5 << 30)
```

Chance stays chance.

```python
import uuid
print(uuid.uuid4())
```
"""


@pytest.fixture
def verdicts(proved: Proved) -> Callable[[str], list[tuple[Outcome, tuple[CauseKind, ...]]]]:
    def verdicts(document: str) -> list[tuple[Outcome, tuple[CauseKind, ...]]]:
        results = proved(document, Options(seconds=20)).results
        return [(result.outcome, tuple(cause.kind for cause in result.causes)) for result in results]

    return verdicts


def test_no_block_leaks_into_another(verdicts: Callable[[str], list[object]]) -> None:
    passed = (Outcome.PASSED, ())
    assert verdicts(LEAKING) == [
        passed,
        (Outcome.ERROR, (CauseKind.UNDECLARED,)),
        passed,
        passed,
        passed,
        passed,
    ]


def test_a_block_is_run_as_a_fresh_interpreter_would(verdicts: Callable[[str], list[object]]) -> None:
    passed = (Outcome.PASSED, ())
    assert verdicts(WARM) == [
        (Outcome.FAILED, (CauseKind.EXCEPTION,)),
        passed,
        passed,
        passed,
        passed,
        (Outcome.FAILED, (CauseKind.TIMEOUT,)),
        (Outcome.FAILED, (CauseKind.LIMIT,)),
        passed,
    ]


def test_a_thread_is_waited_for(proved: Proved) -> None:
    text = "```python\nimport threading, time\nthreading.Timer(0.1, print, ['late']).start()\n```\n"
    (result,) = proved(text).results
    assert (result.level, result.output) == (Level.COVERED, "late\n")


def test_chance_and_hashes(proved: Proved) -> None:
    block = "```python\nimport random\nprint(hash('a'), random.random())\n```\n\n"
    first, second = (result.output.split() for result in proved(block * 2).results)
    assert first[0] == second[0]
    assert first[1] != second[1]
