"""`skillcheck run --update`: what is written, shown and left alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from skillcheck.cli import skillcheck
from skillcheck.config import find
from skillcheck.load import load
from skillcheck.verify import Settings, updating
from skillcheck.verify.proving import Proving
from skillcheck.verify.settings import Part

Project = Callable[..., Path]
FRONT = "---\nname: adding\ndescription: Adds numbers. Use when numbers have to be added.\n---\n"
TEXT = (
    FRONT
    + """\
# One@@

```python
def f(n):
    for i in range(n):
        print(i)
        #> 0
        #> 5
f(2)
print("unmarked")
print(f(0), "x")  #> None y
```

# Two

1. In a list

   ```python
   print("a: 10")
   # Output: a: 11
   print(1)
   ```

   ```output
   a: 10
   2
   ```

# Three

```python
import uuid
print(uuid.uuid4())
#> 1234
1 / 0
```

```python
import uuid
print(uuid.uuid4())
#> 1234
print("\\x1b[0m")
#> z
```
"""
)
DIFF = """\
--- a/skills/adding/SKILL.md
+++ b/skills/adding/SKILL.md
@@ -9,10 +9,10 @@
     for i in range(n):
         print(i)
         #> 0
-        #> 5
+        #> 1
 f(2)
 print("unmarked")
-print(f(0), "x")  #> None y
+print(f(0), "x")  #> None x
 ```

 # Two
@@ -21,13 +21,13 @@

    ```python
    print("a: 10")
-   # Output: a: 11
+   # Output: a: 10
    print(1)
    ```

    ```output
    a: 10
-   2
+   1
    ```

 # Three
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(skillcheck, ["run", "skills/adding", *arguments])


def codes(done: Result) -> list[tuple[str, int]]:
    return [(found["code"], found["line"]) for found in json.loads(done.output)["findings"] if found["code"] != "SK861"]


def written(root: Path, text: str) -> Path:
    path = root / "skills/adding/SKILL.md"
    path.write_bytes(text.encode())
    return path


def test_each_report_tells_it(project: Project) -> None:
    written(project(), TEXT)
    assert codes(run("--format", "json")) == [
        ("SK821", 12),
        ("SK821", 15),
        ("SK871", 24),
        ("SK821", 30),
        ("SK806", 39),
        ("SK872", 45),
        ("SK821", 47),
    ]
    assert "file=skills/adding/SKILL.md,line=12,col=9,title=SK821 wrong-output::`1` is printed, expected `5`" in run(
        "--format", "github"
    ).output.replace("::error ", "")
    assert "skills/adding/SKILL.md:12:9: error[SK821] `1` is printed, expected `5`\n" in run().output


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_what_is_printed_is_written(project: Project, end: str, mark: str) -> None:
    path = written(project(), mark + TEXT.replace("\n", end))
    run()  # what is remembered of it is what is written
    done = run("--update")
    assert done.exit_code == 1
    expected = TEXT.replace("#> 5", "#> 1").replace("None y", "None x").replace("a: 11", "a: 10")
    expected = expected.replace("   2\n   ```", "   1\n   ```")
    assert path.read_bytes().decode() == mark + expected.replace("\n", end)
    assert "note: skills/adding/SKILL.md: 4 expected outputs rewritten\n" in done.output
    assert (
        "note: skills/adding/SKILL.md:45:1: not rewritten, because another run prints something else\n" in done.output
    )
    assert (
        "note: skills/adding/SKILL.md:47:1: not rewritten, because what is printed cannot stand there\n" in done.output
    )
    if end == "\n":
        assert DIFF in "\n".join(map(str.rstrip, done.output.splitlines()))
    assert codes(run("--format", "json")) == [("SK806", 39), ("SK872", 45), ("SK821", 47)]
    again = path.read_bytes()
    assert "rewritten\n" not in run("--update").output.replace("not rewritten", "")
    assert path.read_bytes() == again


def test_a_second_run_is_clean(project: Project) -> None:
    path = written(project(), FRONT + "# A\n\n```python\nprint(1)\n#> 2\n```\n")
    done = run("--update", "--no-cache")
    assert done.exit_code == 0
    assert "note: skills/adding/SKILL.md: 1 expected output rewritten\n" in done.output
    assert path.read_text().endswith("print(1)\n#> 1\n```\n")
    assert run().exit_code == 0


SESSION = """\
1. So:

   ```pycon
   >>> [n * 2 for n in range(3)]
   [0, 2]
   >>> print("a", "", "b", sep="\\n")
   a
   b
   >>> int("x")
   Traceback (most recent call last):
     File "here", line 1
   ValueError: no number
   >>> 1 + 1
   2
   ```
"""


def test_the_answers_of_a_session_are_written(project: Project) -> None:
    path = written(project(), f"{FRONT}# A\n\n{SESSION}")
    assert run("--update", "--no-cache").exit_code == 0
    expected = SESSION.replace("[0, 2]", "[0, 2, 4]").replace("   a\n   b", "   a\n   <BLANKLINE>\n   b")
    expected = expected.replace("no number", "invalid literal for int() with base 10: 'x'")
    assert path.read_text() == f"{FRONT}# A\n\n{expected}"
    assert run().exit_code == 0


def test_without_expectations_nothing_is_run_for_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    root = project()
    monkeypatch.setattr(Proving, "blocks", None)
    (skill,) = load(["skills/adding"]).skills
    assert updating.updated(skill, find(root), Settings()) == Part()


def test_an_archive_is_not_rewritten(project: Project) -> None:
    path = written(project(), TEXT)
    with ZipFile("adding.zip", "w") as archive:
        archive.writestr("adding/SKILL.md", path.read_bytes())
    (skill,) = load(["adding.zip"]).skills
    (note,) = updating.updated(skill, find(Path.cwd()), Settings()).notes
    assert note == f"{skill.documents[0].path}: not rewritten, because it is not a UTF-8 file on this disk"


@pytest.mark.parametrize("content", [b"\xff" + TEXT.encode(), TEXT.encode() + b"more\n"])
def test_what_is_not_what_was_read_is_not_rewritten(project: Project, content: bytes) -> None:
    path = written(project(), TEXT)
    (skill,) = load(["skills/adding"]).skills
    path.write_bytes(content)
    assert updating.updated(skill, find(Path.cwd()), Settings()).diffs == ()
    assert path.read_bytes() == content
