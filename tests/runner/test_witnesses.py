"""What confirms a failure has imported nothing that the program itself does not import first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from skillcheck.model import Environment, Outcome, Program
from skillcheck.runner import Proof, witnesses
from skillcheck.runner.sandbox import Sandbox
from skillcheck.runner.warm import Warm
from skillcheck.runner.witnesses import Witnesses, beginning

Laid = Callable[..., tuple[Program, ...]]


def fenced(*blocks: str) -> str:
    return "\n".join(f"# Part {number}\n\n```python\n{block}\n```\n" for number, block in enumerate(blocks))


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        ("import quart\nfrom a.b import c, d\nimport e.f as g, h\nx = 1\nimport late", ("quart", "a.b", "e.f", "h")),
        ('"""Shows."""\nfrom __future__ import annotations\nimport quart', ("quart",)),
        ("from . import a\nimport quart", ()),
        ("x = 1\nimport quart", ()),
        ("try:\n    import quart\nexcept ImportError:\n    pass", ()),
        ("import (", ()),
    ],
)
def test_a_program_begins_with_its_imports(text: str, modules: Sequence[str], laid: Laid) -> None:
    assert beginning(laid(fenced(text))[-1]) == modules


def test_a_program_begins_with_what_it_needs_of_earlier_blocks(laid: Laid) -> None:
    assert beginning(laid(fenced("import quart, os", "import json\nquart.Quart(json, os)"))[-1]) == (
        "quart",
        "os",
        "json",
    )
    assert beginning(laid(fenced("import quart\nquart.x()", "import json\nquart.Quart(json)"))[-1]) == ("quart",)


def test_a_program_begins_before_its_own_project(laid: Laid) -> None:
    text = fenced("# app/main.py\nx = 1", "import json\nfrom app.main import x\nimport quart")
    assert beginning(laid(text)[-1]) == ("json",)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> tuple[Witnesses, list[tuple[str, ...]]]:
    """Witnesses of which none is a process, and what each of them has imported."""
    found: list[tuple[str, ...]] = []

    def start(modules: Sequence[str]) -> Warm:
        found.append(tuple(modules))
        return object.__new__(Warm)

    monkeypatch.setattr(witnesses, "MOST", 2)
    return Witnesses(start), found


def test_from_the_second_on_those_that_begin_alike_share_a_process(
    started: tuple[Witnesses, list[tuple[str, ...]]], laid: Laid
) -> None:
    found, asked = started
    texts = ("import quart\n1 / 0", "import os, quart.json\n1 / 0", "import json\n1 / 0", "import os, quart\n2 / 0")
    one, other, plain, alike = laid(fenced(*texts))
    bare = found.of(one)
    assert asked == [()]
    assert found.of(other) is found.of(plain) is found.of(plain) is bare
    second = found.of(alike)
    assert second is not bare
    assert found.of(one) is second
    assert asked == [(), ("quart",)]
    assert found.of(other) not in {bare, second}
    assert asked == [(), ("quart",), ("quart.json",)]


def test_only_few_processes_are_kept(started: tuple[Witnesses, list[tuple[str, ...]]], laid: Laid) -> None:
    found, asked = started
    for program in laid(fenced(*(f"import framework_{number}\n1 / 0" for number in range(5)))):
        found.of(program)
        found.of(program)
    assert asked == [(), ("framework_0",), ("framework_1",)]


def test_what_begins_alike_is_confirmed_alike(proved: Callable[..., Proof], monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Sequence[str]] = []
    really = Warm.__init__

    def noted(self: Warm, sandbox: Sandbox, base: Path, preload: Sequence[str]) -> None:
        started.append(tuple(preload))
        really(self, sandbox, base, preload)

    monkeypatch.setattr(Warm, "__init__", noted)
    monkeypatch.setattr(witnesses, "_is_foreign", lambda _: True)
    proof = proved(fenced(*(f"import xml.dom\nassert not xml.dom.Node  # {number}" for number in range(4))))
    assert [result.outcome for result in proof.results] == [Outcome.FAILED] * 4
    assert {cause.fact for result in proof.results for cause in result.causes} == {"AssertionError"}
    assert started == [("xml.dom",), (), ("xml.dom",)]


def test_the_folder_of_a_warm_process_is_nobodys_home(proved: Callable[..., Proof], bare: Environment) -> None:
    (site,) = Path(bare.python).parent.parent.glob("lib/*/site-packages")
    module = site / "takes_its_home.py"
    module.write_text("from pathlib import Path\nHOME = Path.home()\n")
    texts = [f"import takes_its_home\n(takes_its_home.HOME / 'own{number}').mkdir()" for number in range(6)]
    try:
        results = proved(fenced(*texts)).results
    finally:
        module.unlink()
    assert [(result.outcome, result.causes) for result in results] == [(Outcome.PASSED, ())] * 6
