from __future__ import annotations

from collections.abc import Callable

import pytest

from skillcheck.blocks.imports import imports, module_of
from skillcheck.blocks.role import unit
from skillcheck.model import Import, Skill

MakeSkill = Callable[[str], Skill]


@pytest.fixture
def read(skill: MakeSkill) -> Callable[[str], tuple[Import, ...]]:
    return lambda text: imports(unit(skill(f"```python\n{text}\n```").documents[0].blocks[0]))


@pytest.mark.parametrize(
    ("path", "module"),
    [
        ("src/app/db.py", "app.db"),
        ("src/app/__init__.py", "app"),
        ("app.py", "app"),
        ("a/b/c.py", "a.b.c"),
        ("my-app.py", None),
        ("a.toml", None),
        ("__init__.py", None),
        ("src/__init__.py", None),
    ],
)
def test_a_file_has_a_module(path: str, module: str | None) -> None:
    assert module_of(path) == module


def test_each_import_has_its_place(read: Callable[[str], tuple[Import, ...]]) -> None:
    found = read(
        "import os, a.b as c\ndef f():\n    from x import (\n        y,\n        z as w,\n    )\nfrom m import *"
    )
    assert [(entry.module, entry.attribute, str(entry.place), entry.place.end_column) for entry in found] == [
        ("os", None, "demo/SKILL.md:2:8", 10),
        ("a.b", None, "demo/SKILL.md:2:12", 15),
        ("x", "y", "demo/SKILL.md:5:9", 10),
        ("x", "z", "demo/SKILL.md:6:9", 10),
        ("m", None, "demo/SKILL.md:8:15", 16),
    ]


@pytest.mark.parametrize(
    ("path", "text", "module"),
    [
        ("src/app/db.py", "from .models import X", "app.models"),
        ("src/app/db.py", "from . import X", "app"),
        ("src/app/a/b.py", "from ..x.y import X", "app.x.y"),
        ("src/app/__init__.py", "from .db import X", "app.db"),
        ("src/app/__init__.py", "from . import X", "app"),
        ("src/app/db.py", "from ..other import X", "..other"),
        ("app.py", "from .db import X", ".db"),
        ("my-app.py", "from .db import X", ".db"),
    ],
)
def test_a_relative_import_starts_at_its_file(
    read: Callable[[str], tuple[Import, ...]], path: str, text: str, module: str
) -> None:
    assert [entry.module for entry in read(f"# {path}\n{text}")] == [module]


def test_a_script_has_nothing_to_be_relative_to(read: Callable[[str], tuple[Import, ...]]) -> None:
    assert [entry.module for entry in read("from .db import X")] == [".db"]


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    import x\nexcept ImportError:\n    x = None",
        "try:\n    pass\nexcept (KeyError, ModuleNotFoundError):\n    import x",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import x",
        "import typing\nif typing.TYPE_CHECKING:\n    import x",
        "import sys\nif sys.platform == 'win32':\n    import x",
        "import sys\nif sys.version_info < (3, 11):\n    pass\nelse:\n    import x",
        "import os\nif os.name == 'nt':\n    import x",
        "import contextlib\nwith contextlib.suppress(ImportError):\n    import x",
        "import importlib.util\nif importlib.util.find_spec('x'):\n    import x",
    ],
)
def test_an_import_whose_failure_is_provided_for_is_guarded(
    read: Callable[[str], tuple[Import, ...]], text: str
) -> None:
    assert [entry.guarded for entry in read(text)][-1]
    assert not any(entry.guarded for entry in read(text)[:-1])


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    import x\nexcept ValueError:\n    pass",
        "try:\n    import x\nfinally:\n    pass",
        "try:\n    import x\nexcept:\n    pass",
        "if debug.name:\n    import x",
        "with open('f'):\n    import x",
    ],
)
def test_any_other_import_is_not(read: Callable[[str], tuple[Import, ...]], text: str) -> None:
    assert [entry.guarded for entry in read(text)] == [False]


def test_what_does_not_parse_imports_nothing(read: Callable[[str], tuple[Import, ...]]) -> None:
    assert read("import x\n(") == ()
