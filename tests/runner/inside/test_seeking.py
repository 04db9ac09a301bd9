from __future__ import annotations

import glob  # noqa: F401 - what looks for files has it loaded
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from skillcheck.runner.sandbox import Ended

Inside = Callable[[str], ModuleType]
Ran = Callable[..., Ended]


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("import glob\nglob.glob('data/*.csv')", "data/*.csv"),
        ("import glob\nglob.glob('*.csv')\nglob.glob('*.txt')", "*.csv"),
        ("import glob\nglob.glob('**/*.csv', recursive=True, root_dir='.')", "**/*.csv"),
        ("from pathlib import Path\nlist(Path('data').glob('*.csv'))", "data/*.csv"),
        ("from pathlib import Path\nlist(Path('data').rglob('*.csv'))", "data/*.csv"),
        ("from pathlib import Path\nlist(Path.home().glob('*.csv'))", "*.csv"),
        ("import os\nlist(os.walk('data'))", "data"),
        ("import os\nlist(os.walk('.'))", None),
        ("import glob\nopen('a.csv', 'w').close()\nglob.glob('*.csv')", None),
        ("from pathlib import Path\nPath('a.csv').touch()\nlist(Path('.').rglob('*.csv'))", None),
    ],
)
def test_what_a_program_seeks_in_vain_is_told(ran: Ran, text: str, sought: str | None) -> None:
    ended = ran(text)
    assert "raised" not in ended.said, ended.output
    assert ended.said.get("sought") == sought


@pytest.mark.parametrize(
    ("text", "unset"),
    [
        ("import os\nos.environ.get('TOKEN')\nos.getenv('OTHER')", "TOKEN"),
        ("import os\nos.getenv('TOKEN', None)", "TOKEN"),
        ("import os\n[os.environ.get(name, '') for name in ('HOME', 'TOKEN')]", "TOKEN"),
        ("import os\ntry: os.environ['TOKEN']\nexcept KeyError: pass", "TOKEN"),
        ("import os\nos.getenv('TOKEN', 'none')\nos.environ.setdefault('LEVEL', '1')\n'OTHER' in os.environ", None),
        ("import os\nos.environ['TOKEN'] = 'x'\nos.environ.get('TOKEN')\nos.environ.pop('TOKEN')", None),
        ("import os, tempfile\nos.environ.get('HOME')\ntempfile.gettempdir()\ndict(os.environ)", None),
    ],
)
def test_a_variable_that_is_not_set_is_told(ran: Ran, text: str, unset: str | None) -> None:
    ended = ran(text)
    assert "raised" not in ended.said, ended.output
    assert ended.said.get("unset") == unset


class Frame:
    """A frame as far as it is looked at: of a function in a file, called by another."""

    def __init__(self, path: str, name: str, back: Frame | None = None, **found: object) -> None:
        self.f_code = SimpleNamespace(co_filename=path, co_name=name)
        self.f_back, self.f_locals = back, found


@pytest.mark.parametrize(
    ("calls", "wanted"),
    [
        ([("/own/block.py", "<module>")], True),
        ([("/own/block.py", "<module>"), ("<frozen _collections_abc>", "get", None)], True),
        (
            [
                ("/own/block.py", "<module>"),
                ("<frozen os>", "getenv", None),
                ("<frozen _collections_abc>", "get", None),
            ],
            True,
        ),
        ([("/own/block.py", "<module>"), ("<frozen _collections_abc>", "get", "x")], False),
        ([("/own/block.py", "<module>"), ("<frozen _collections_abc>", "__contains__", None)], False),
        ([("/lib/site-packages/library.py", "<module>")], False),
        ([("<frozen os>", "getenv", None)], False),
    ],
)
def test_whose_variable_it_is(inside: Inside, calls: list[tuple[str, ...]], *, wanted: bool) -> None:
    seeking = inside("seeking")
    frame = None
    for path, name, *default in calls:
        frame = Frame(
            path.replace("<frozen os>", os.getenv.__code__.co_filename), name, frame, default=[*default, None][0]
        )
    assert seeking.is_wanted(Frame("os", "__getitem__", frame), "/own/") is wanted
    assert not seeking.is_wanted(Frame("os", "__setitem__", frame), "/own/")
    assert not seeking.is_wanted(None, "/own/")


def test_whose_search_it_is(inside: Inside) -> None:
    seeking = inside("seeking")
    found: list[bool] = []

    def frame(path: str, then: str = "look()") -> None:
        names = {"look": lambda: found.append(seeking.is_its_own(seeking.sys._getframe(1), "/own/")), "frame": frame}
        exec(compile(then, path, "exec"), names)  # noqa: S102 - it stands for a file of that name

    frame("/own/block.py")
    frame("/lib/site-packages/lib.py")
    frame(f"{seeking.LIBRARY}/site-packages/lib.py")
    assert found == [True, False, False]
    assert seeking.is_its_own(Frame(f"{seeking.LIBRARY}/glob.py", "glob", Frame("/own/block.py", "<module>")), "/own/")
    assert not seeking.is_its_own(None, "/own/")
    assert seeking._is_of_python(f"{seeking.LIBRARY}/glob.py")
    assert seeking._is_of_python("<frozen os>")


def test_what_cannot_be_searched_was_not_sought_in_vain(inside: Inside, tmp_path: Path) -> None:
    seeking = inside("seeking")
    assert seeking.vain("os.walk", ()) == ""
    assert seeking.vain("os.walk", (str(tmp_path), True, None, False)) == ""
    assert seeking.vain("pathlib.Path.glob", (None, "*")) == ""
    assert seeking.vain("pathlib.Path.rglob", (tmp_path, "*.csv")) == os.fspath(tmp_path / "*.csv")
    assert seeking.vain("pathlib.Path.glob", (tmp_path, "*.csv")) == os.fspath(tmp_path / "*.csv")
    assert seeking.vain("glob.glob/2", ("*.csv", False, str(tmp_path), None)) == "*.csv"
    (tmp_path / "a.csv").touch()
    assert seeking.vain("glob.glob/2", ("*.csv", False, str(tmp_path), None)) == ""
