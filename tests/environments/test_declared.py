from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from skillcheck.environments import declared
from skillcheck.load import load
from skillcheck.model import Place, Requirement, Skill

FRONTMATTER = "---\nname: demo\ndescription: Shows things. Use when showing.\n---\n"
Read = Callable[..., Skill]


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    monkeypatch.chdir(tmp_path)

    def read(body: str, requirements: str | None = None) -> Skill:
        (tmp_path / "demo").mkdir(exist_ok=True)
        (tmp_path / "demo" / "SKILL.md").write_text(FRONTMATTER + body)
        if requirements is not None:
            (tmp_path / "demo" / "requirements.txt").write_text(requirements)
        return load(["demo"]).skills[0]

    return read


def texts(skill: Skill) -> list[str]:
    return [item.text if isinstance(item, Requirement) else f"! {item.fact}" for item in declared(skill)]


def shell(*lines: str) -> str:
    return "```bash\n" + "\n".join(lines) + "\n```\n"


def test_a_skill_may_declare_nothing(read: Read) -> None:
    assert declared(read("```python\nimport os\n```\n")) == ()


def test_a_requirements_file_comes_before_all_else(read: Read) -> None:
    skill = read(shell("pip install flask"), "quart>=0.22  # web\n\n# nothing\n  aiosqlite==0.20 --hash=sha256:00 \\\n")
    assert declared(skill) == (
        Requirement("quart>=0.22", Place("demo/requirements.txt", 1)),
        Requirement("aiosqlite==0.20", Place("demo/requirements.txt", 4, 3), hashes=("sha256:00",)),
    )
    assert declared(read(shell("pip install flask"), "")) == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("pip install quart", ["quart"]),
        ("$ pip install quart", ["quart"]),
        ("  python3.13 -m pip install -U 'quart[dotenv]>=0.22' aiosqlite", ["quart[dotenv]>=0.22", "aiosqlite"]),
        ("uv pip install quart  # the framework", ["quart"]),
        ("uv add quart hypercorn", ["quart", "hypercorn"]),
        ("!pip3 install quart", ["quart"]),
        ("%pip install quart", ["quart"]),
        ("pip install quart && python app.py", ["quart"]),
        ("pip install quart; python app.py", ["quart"]),
        ("pip install -r requirements.txt", []),
        ("pip install -r requirements.txt quart", ["quart"]),
        ("pip install --requirement dev.txt -c limits.txt quart", ["quart"]),
        ("pip install -e .", []),
        ("pip install -e ./package quart", ["quart"]),
        ("pip install .", []),
        ("pip install dist/demo-1.0-py3-none-any.whl", []),
        ("pip install demo-1.0-py3-none-any.whl demo.tar.gz", []),
        ("pip install --index-url https://example.org/simple quart", ["quart"]),
        ("pip install --target lib quart", ["quart"]),
        ("pip install git+https://example.org/x.git", []),
        ("pip install <package>", []),
        ("pip install 'unclosed", []),
        ("pip install quart > log.txt", ["quart"]),
        ("pip uninstall quart", []),
        ("git add file.py", []),
        ("npm install express", []),
        ("echo pip install quart", []),
        ("pip freeze", []),
    ],
)
def test_install_lines_declare_what_they_install(read: Read, line: str, expected: list[str]) -> None:
    assert texts(read(shell(line))) == expected


def test_install_lines_keep_their_places(read: Read) -> None:
    skill = read(shell("echo a", "pip install quart \\", "  aiosqlite \\", "  flask", "", "  uv add hypercorn"))
    found = [item for item in declared(skill) if isinstance(item, Requirement)]
    assert [(item.text, item.place.line, item.place.column) for item in found] == [
        ("quart", 7, 13),
        ("aiosqlite", 7, 13),
        ("flask", 7, 13),
        ("hypercorn", 11, 10),
    ]


def test_a_thing_is_declared_once(read: Read) -> None:
    assert texts(read(shell("pip install quart", "pip install quart flask"))) == ["quart", "flask"]


def test_other_blocks_install_nothing(read: Read) -> None:
    assert texts(read("```dockerfile\nRUN pip install quart\n```\n\n```text\npip install quart\n```\n")) == []


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ('# /// script\n# dependencies = ["quart>=0.22", "flask"]\n# ///', ["quart>=0.22", "flask"]),
        ('# /// script\n# dependencies = [\n#   "quart",\n#\n# ]\n# ///\nimport quart', ["quart"]),
        ('# /// script\n# requires-python = ">=3.11"\n# ///', []),
        ("# /// script\n# dependencies = 3\n# ///", []),
        ('# /// script\n# dependencies = ["quart"]', []),
        ('# /// other\n# dependencies = ["quart"]\n# ///', []),
        ('x = 1\n# /// script\n# dependencies = ["=1"]\n# ///', ["! `=1` is not a requirement"]),
        ("# /// script\n# dependencies = [\n# ///", ["! the script metadata is not TOML"]),
    ],
)
def test_inline_metadata_declares_its_dependencies(read: Read, metadata: str, expected: list[str]) -> None:
    found = texts(read(f"```python\n{metadata}\n```\n"))
    assert len(found) == len(expected)
    assert all(text.startswith(start) for text, start in zip(found, expected, strict=True))


def test_inline_metadata_keeps_its_place(read: Read) -> None:
    (item,) = declared(
        read('- item\n\n  ```py\n  x = 1\n  # /// script\n  # dependencies = ["quart"]\n  # ///\n  ```\n')
    )
    assert item.place == Place("demo/SKILL.md", 9, 3)
