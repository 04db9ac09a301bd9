"""A skill's own files, as its programs find them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from skillcheck.blocks import bundled as room
from skillcheck.blocks import programs, units
from skillcheck.model import Bundled, File, Place, Skill

MakeSkill = Callable[[str | Mapping[str, str]], Skill]


def shipped(*paths: str) -> list[File]:
    return [File(path, Place(f"demo/{path}"), 10, path.encode) for path in ("SKILL.md", *paths)]


def fenced(*texts: str, language: str = "python") -> str:
    return "\n".join(f"```{language}\n{text}\n```\n" for text in texts)


@pytest.fixture
def found(skill: MakeSkill) -> Callable[..., Bundled]:
    """Return what the last program of a document has of the files at these paths."""

    def found(document: str, *paths: str) -> Bundled:
        return programs(units(skill(document)), shipped(*paths))[-1].bundled

    return found


@pytest.mark.parametrize(
    ("text", "paths", "roots", "folders"),
    [
        ("from core.x import y", ["core/x.py"], ("core",), ("",)),
        ("from core import x", ["core/x.py"], ("core",), ("",)),
        ("from core import x", ["core/__init__.py"], ("core",), ("",)),
        ("import core", ["core/__init__.py"], ("core",), ("",)),
        ("import helper", ["helper.py"], ("helper",), ("",)),
        ("import helper", ["scripts/helper.py"], ("helper",), ("scripts",)),
        ("import helper", ["helper.py", "scripts/helper.py"], ("helper",), ("",)),
        ("import scripts.helper", ["scripts/helper.py"], ("scripts",), ("",)),
        ("import a\nimport b", ["a.py", "scripts/b.py"], ("a", "b"), ("", "scripts")),
        ("# as in assets/colours.py\nimport colours", ["assets/colours.py"], ("colours",), ("assets",)),
        ("import colours", ["assets/colours.py"], (), ()),
        ("import core", ["core/x.py", "core/data.json"], (), ()),
        ("from docx import Document", ["docx/template.docx", "docx/README.md"], (), ()),
        ("import json", ["json.py", "scripts/json.py"], (), ()),
        ("from . import helper", ["helper.py"], (), ()),
        ("import other", ["helper.py"], (), ()),
        ("import helper", [], (), ()),
    ],
)  # fmt: skip
def test_a_module_is_found_where_it_lies(
    found: Callable[..., Bundled], text: str, paths: list[str], roots: tuple[str, ...], folders: tuple[str, ...]
) -> None:
    bundled = found(fenced(text), *paths)
    assert (bundled.roots, bundled.folders) == (roots, folders)
    assert [file.path for file in bundled.files] == (paths if roots else [])


def test_what_context_and_project_import_is_found_too(found: Callable[..., Bundled]) -> None:
    assert found(fenced("import helper\nx = helper.x", "print(x)"), "helper.py").roots == ("helper",)
    app = "# src/app/main.py\nimport helper"
    assert found(fenced(app, "from app import main", "print(main)"), "helper.py").roots == ("helper",)
    assert found(fenced("import helper", "1 + 1"), "helper.py").roots == ()


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ('open("assets/x.json")', ["assets/x.json"]),
        ('open("./assets/x.json")', ["assets/x.json"]),
        ('run("python scripts/go.py --fast")', ["scripts/go.py"]),
        ('open(f"assets/{name}.json")', []),
        ('Path("assets")', []),
        ('open("SKILL.md")', []),
    ],
)
def test_a_file_that_a_block_names_lies_there(found: Callable[..., Bundled], text: str, data: list[str]) -> None:
    bundled = found(fenced(text), "assets/x.json", "scripts/go.py")
    assert ([file.path for file in bundled.data], bundled.files) == (data, ())


def test_a_file_of_the_project_stands_before_the_skills(found: Callable[..., Bundled]) -> None:
    shown = '# src/app/config.py\nvalue = "src/app/config.py"'
    assert found(fenced(shown, "from app.config import value"), "src/app/config.py").data == ()


def test_only_python_has_them(found: Callable[..., Bundled]) -> None:
    assert found(fenced('"assets/x.json"', language="json"), "assets/x.json") == Bundled()


def test_text_that_does_not_parse_names_files_in_comments_alone(found: Callable[..., Bundled]) -> None:
    bundled = found(fenced('open("a.json" # b.json'), "a.json", "b.json")
    assert [file.path for file in bundled.data] == ["b.json"]


def test_beyond_a_size_modules_stand_alone(found: Callable[..., Bundled], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LARGEST", 10)
    assert [file.path for file in found(fenced("import a"), "a.py", "b.bin").files] == ["a.py"]


def test_each_file_is_read_once(skill: MakeSkill) -> None:
    read: list[int] = []

    def once() -> bytes:
        read.append(1)
        return b""

    file = File("a.py", Place("demo/a.py"), 1, once)
    for program in programs(units(skill(fenced("import a", "import a"))), [file]):
        assert program.bundled.files[0].read() == b""
    assert read == [1]
