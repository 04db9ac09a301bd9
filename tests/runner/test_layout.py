from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillcheck.model import Program, Role
from skillcheck.runner.layout import import_paths, key, lay_out, module_name, place, write_project

Laid = Callable[..., tuple[Program, ...]]
APP = """\
```python
# src/app/config.py
value = 1
```

```python
from app.config import value
```

```python
print(value)
```
"""


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("app.py", "app"),
        ("src/app/config.py", "app.config"),
        ("src/app/__init__.py", "app"),
        ("tests/test_app.py", "tests.test_app"),
        ("src.py", "src"),
        ("__init__.py", "__init__"),
        ("src/__init__.py", "__init__"),
        ("my-app/run.py", None),
        ("run it.py", None),
        ("", None),
    ],
)
def test_a_path_is_imported_under_a_dotted_name(path: str, name: str | None) -> None:
    assert module_name(path) == name


def test_a_projects_modules_are_found_in_src_first(tmp_path: Path) -> None:
    assert import_paths(tmp_path) == [str(tmp_path)]
    (tmp_path / "src").mkdir()
    assert import_paths(tmp_path) == [str(tmp_path / "src"), str(tmp_path)]


def test_a_project_is_written_and_known_by_its_paths(laid: Laid, tmp_path: Path) -> None:
    (unit,) = laid(APP)[0].files
    folder = tmp_path / "project"
    assert write_project(folder, [unit]) == {str(folder / "src/app/config.py"): (unit,)}
    assert (folder / "src/app/config.py").read_text() == "# src/app/config.py\nvalue = 1\n"


def test_a_file_in_the_way_of_a_folder_keeps_its_place(laid: Laid, tmp_path: Path) -> None:
    text = "```python\n# app.py\nx = 1\n```\n\n```python\n# app.py/part.py\ny = 2\n```\n"
    files = [program.unit for program in laid(text)]
    assert [unit.role for unit in files] == [Role.FILE, Role.FILE]
    assert [units[0].path for units in write_project(tmp_path / "p", files).values()] == ["app.py"]


def test_a_script_has_its_context_above_it_on_the_lines_of_the_markdown(laid: Laid, tmp_path: Path) -> None:
    program = laid(APP)[2]
    layout = lay_out(tmp_path, program)
    path = str(tmp_path / "demo_SKILL_block.py")
    text = Path(path).read_text().split("\n")
    assert [(segment["file"], text[segment["line"] - 1]) for segment in layout.job["segments"]] == [
        (path, "from app.config import value"),
        (path, "print(value)"),
    ]
    assert layout.job["path"] == [str(tmp_path / "src"), str(tmp_path)]
    assert layout.job["watch"] == [f"{tmp_path}/"]


def test_a_line_leads_back_to_its_unit(laid: Laid, tmp_path: Path) -> None:
    program = laid(APP)[2]
    layout = lay_out(tmp_path, program)
    script, module = str(tmp_path / "demo_SKILL_block.py"), str(tmp_path / "src/app/config.py")
    (context,), (file,) = program.context, program.files
    assert layout.origin(script, context.block.line) == (context, context.block.line)
    assert layout.origin(script, program.unit.block.line) == (program.unit, program.unit.block.line)
    assert layout.origin(module, 2) == (file, file.block.line + 1)
    assert layout.origin(script, 1) is None
    assert layout.origin("/elsewhere.py", 1) is None


def test_private_paths_are_told_as_the_documents_they_come_from(laid: Laid, tmp_path: Path) -> None:
    layout = lay_out(tmp_path, laid(APP)[2])
    text = f'"{tmp_path}/demo_SKILL_block.py" "{tmp_path}/src/app/config.py" "{tmp_path}/made.txt"'
    assert layout.retold(text) == '"demo/SKILL.md" "src/app/config.py" "made.txt"'


def test_a_file_that_has_a_name_is_imported(laid: Laid, tmp_path: Path) -> None:
    job = lay_out(tmp_path, laid(APP)[0]).job
    assert (job["kind"], job["module"]) == ("module", "app.config")


def test_a_file_without_a_name_is_executed(laid: Laid, tmp_path: Path) -> None:
    (program,) = laid("```python\n# my-app/run.py\nx = 1\n```\n")
    layout = lay_out(tmp_path, program)
    path = str(tmp_path / "my-app/run.py")
    assert layout.job["segments"] == [{"file": path, "line": 1, "text": "# my-app/run.py\nx = 1\n"}]
    assert layout.origin(path, 2) == (program.unit, program.unit.block.line + 1)


def test_what_a_context_raises_by_design_goes_with_it(laid: Laid, tmp_path: Path) -> None:
    text = (
        "<!-- skillcheck: raises=ValueError -->\n```python\nx = 1\nraise ValueError\n```\n\n```python\nprint(x)\n```\n"
    )
    job = lay_out(tmp_path, laid(text)[1]).job
    assert [segment["raises"] for segment in job["segments"]] == ["ValueError", None]


def test_documents_of_the_same_name_have_scripts_of_their_own(laid: Laid, tmp_path: Path) -> None:
    linked = "[a](a/more.md) [b](b/more.md)\n"
    block = "# Setup\n\n```python\nvalue = 1\n```\n"
    programs = laid({"SKILL.md": linked, "a/more.md": block, "b/more.md": block})
    scripts = {lay_out(tmp_path, program).job["segments"][0]["file"] for program in programs}
    assert len(scripts) == 2


def test_a_place_is_at_the_blocks_own_column(laid: Laid) -> None:
    (program,) = laid("- item\n\n  ```python\n  x = 1\n  ```\n")
    found = place(program.unit, 9, 3)
    assert (found.path, found.line, found.column) == ("demo/SKILL.md", 9, 5)


LINE = st.sampled_from(["x = 1", "y = x", "", "# note", "print(x, y)", "text = '''\n\n'''", "def f():\n    return x"])


@given(blocks=st.lists(st.lists(LINE, min_size=1, max_size=4), min_size=1, max_size=5), gap=st.integers(1, 4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_laid_out_leads_back_line_by_line(
    laid: Laid, tmp_path: Path, blocks: list[list[str]], gap: int
) -> None:
    fences = ["```python\n" + "\n".join(lines) + "\n```\n" + "\n" * gap for lines in blocks]
    programs = laid("".join(fences))
    markdown = (tmp_path / "demo" / "SKILL.md").read_text().split("\n")
    for program in programs:
        layout = lay_out(tmp_path / "demo", program)
        for segment in layout.job["segments"]:
            ast.parse(Path(segment["file"]).read_text())
            written = Path(segment["file"]).read_text().split("\n")
            for offset, line in enumerate(segment["text"].rstrip("\n").split("\n")):
                number = segment["line"] + offset
                assert written[number - 1] == line == markdown[number - 1]
                origin = layout.origin(segment["file"], number)
                assert origin is not None
                assert origin[1] == number
                assert key(origin[0]) in {key(unit) for unit in (*program.context, program.unit)}


def test_json_is_written_without_the_comment_that_names_it(laid: Laid, tmp_path: Path) -> None:
    text = '```json\n// data/a.json\n{"b": 1}\n```\n\n```jsonc\n// tsconfig.jsonc\n{}\n```\n'
    lay_out(tmp_path, laid(f"{text}\n```python\nx = 1\n```\n")[-1])
    assert (tmp_path / "data/a.json").read_text() == '\n{"b": 1}\n'
    assert (tmp_path / "tsconfig.jsonc").read_text().startswith("//")
