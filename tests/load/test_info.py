from __future__ import annotations

import pytest

from skillcheck.load.info import is_path, options_of


@pytest.mark.parametrize(
    ("info", "options"),
    [
        ("", {}),
        ("python", {}),
        ("python notest", {"skip": "", "reason": "`notest` in the info string"}),
        ("python,ignore", {"skip": "", "reason": "`ignore` in the info string"}),
        ("rust no_run", {"level": "resolved"}),
        ("{python norun}", {"level": "resolved"}),
        ("python continuation", {"after": ""}),
        ('python title="src/app.py"', {"file": "src/app.py"}),
        ("python filename=app.py {1,3}", {"file": "app.py"}),
        ("python {file=app.py}", {"file": "app.py"}),
        ("python:src/app.py", {"file": "src/app.py"}),
        ("python:src/app.py notest", {"file": "src/app.py", "skip": "", "reason": "`notest` in the info string"}),
        ('python title="How it is done."', {}),
        ('python title="Bad, skip"', {}),
        ("python title=../app.py", {}),
        ("python title=/etc/app.py", {}),
        ("python title='app.py", {}),
        ("skip", {}),
        ("http://example.com/a.py", {}),
    ],
)
def test_words_of_other_tools(info: str, options: dict[str, str]) -> None:
    assert options_of(info) == options


@pytest.mark.parametrize(("text", "expected"), [("a.py", True), ("a/b.py", True), ("Dockerfile", False), ("..", False)])
def test_a_path_has_a_suffix(text: str, expected: bool) -> None:  # noqa: FBT001 - the expected value
    assert is_path(text) is expected
