"""The four kinds of blocks in the corpus, as templates: `$n` is the block's own number."""

from __future__ import annotations

from enum import StrEnum
from string import Template
from typing import Final


class Kind(StrEnum):
    """What a block does."""

    TRIVIAL = "trivial"
    ASYNCIO = "asyncio"
    QUART = "quart"
    FAILING = "failing"


SHARES: Final = {Kind.TRIVIAL: 0.5, Kind.ASYNCIO: 0.25, Kind.QUART: 0.2, Kind.FAILING: 0.05}
"""How large a part of the corpus each kind is."""

TRIVIAL = (
    """\
prices = [$n, $n + 1, $n + 2]
total = sum(prices)
assert total == 3 * $n + 3
""",
    """\
from dataclasses import dataclass


@dataclass
class Order:
    number: int
    paid: bool = False


order = Order($n)
assert not order.paid
""",
    """\
import json

text = json.dumps({"id": $n, "tags": ["new", "sale"]})
assert json.loads(text)["id"] == $n
""",
    """\
from collections import Counter

words = "to be or not to be $n".split()
assert Counter(words).most_common(1)[0][1] == 2
""",
    """\
def greeting(name: str) -> str:
    return f"Hello, {name}!"


print(greeting("reader $n"))
""",
    """\
from pathlib import Path

path = Path("notes-$n.txt")
path.write_text("kept", encoding="utf-8")
assert path.read_text(encoding="utf-8") == "kept"
path.unlink()
""",
)

ASYNCIO = (
    """\
import asyncio


async def double(number: int) -> int:
    await asyncio.sleep(0)
    return 2 * number


async def main() -> None:
    assert await asyncio.gather(double($n), double(1)) == [2 * $n, 2]


asyncio.run(main())
""",
    """\
import asyncio


async def main() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        group.create_task(queue.put($n))
        got = group.create_task(queue.get())
    assert got.result() == $n


asyncio.run(main())
""",
    """\
import asyncio


async def main() -> str:
    try:
        async with asyncio.timeout(0.001):
            await asyncio.Event().wait()
    except TimeoutError:
        return "late $n"
    return "in time"


assert asyncio.run(main()) == "late $n"
""",
    """\
import asyncio

limit = asyncio.Semaphore(2)


async def work(number: int) -> int:
    async with limit:
        return await asyncio.to_thread(abs, -number)


async def main() -> None:
    assert await asyncio.gather(*(work(number) for number in range(4))) == [0, 1, 2, 3]
    assert await work($n) == $n


asyncio.run(main())
""",
)

QUART = (
    """\
import asyncio

from quart import Quart

app = Quart(__name__)


@app.get("/items/<int:number>")
async def item(number: int) -> dict[str, int]:
    return {"number": number}


async def main() -> None:
    response = await app.test_client().get("/items/$n")
    assert await response.get_json() == {"number": $n}


asyncio.run(main())
""",
    """\
import asyncio

from quart import Blueprint, Quart, request

api = Blueprint("api", __name__, url_prefix="/api")


@api.post("/echo")
async def echo() -> dict[str, object]:
    return {"sent": await request.get_json()}


def create_app() -> Quart:
    app = Quart(__name__)
    app.register_blueprint(api)
    return app


async def main() -> None:
    response = await create_app().test_client().post("/api/echo", json=[$n])
    assert await response.get_json() == {"sent": [$n]}


asyncio.run(main())
""",
    """\
import asyncio

from quart import Quart, abort

app = Quart(__name__)


@app.errorhandler(404)
async def missing(error: Exception) -> tuple[dict[str, str], int]:
    return {"error": "no item $n"}, 404


@app.get("/")
async def index() -> None:
    abort(404)


async def main() -> None:
    response = await app.test_client().get("/")
    assert response.status_code == 404


asyncio.run(main())
""",
    """\
import asyncio

from quart import Quart, websocket

app = Quart(__name__)


@app.websocket("/ws")
async def echo() -> None:
    await websocket.send(await websocket.receive())


async def main() -> None:
    async with app.test_client().websocket("/ws") as socket:
        await socket.send("ping $n")
        assert await socket.receive() == "ping $n"


asyncio.run(main())
""",
)

FAILING = (
    'raise ValueError("no order $n")\n',
    "total = price_$n * 3\n",
    "from json import parse_$n\n",
    "import no_such_library_$n\n",
    "import asyncio\n\nasyncio.launch_$n()\n",
    "assert sum([$n, 1]) == $n\n",
    'from quart import Quart\n\napp = Quart(__name__, title="shop $n")\n',
    """\
import asyncio


async def main() -> None:
    await asyncio.sleep(0)
    print({}["order $n"])


asyncio.run(main())
""",
    """\
import asyncio

from quart import Quart

app = Quart(__name__)


async def main() -> None:
    response = await app.test_client().get("/orders/$n")
    assert response.status_code == 200


asyncio.run(main())
""",
    "def order_$n(:\n    return None\n",
)

TEMPLATES: Final = {
    Kind.TRIVIAL: TRIVIAL,
    Kind.ASYNCIO: ASYNCIO,
    Kind.QUART: QUART,
    Kind.FAILING: FAILING,
}


def sample(kind: Kind, turn: int, number: int) -> str:
    """Return the Python of block `number`, by the `turn`-th template of its kind, counted round."""
    templates = TEMPLATES[kind]
    return Template(f"# block $n\n{templates[turn % len(templates)]}").substitute(n=number)
