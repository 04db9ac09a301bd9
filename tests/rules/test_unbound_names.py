from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from skillcheck.model import Finding

Told = Callable[[Mapping[str, str]], list[Finding]]
MAIN = "skills/forms/SKILL.md"
TOP = "---\nname: forms\ndescription: Fills forms. Use when the user asks to fill one.\n---\n\nRun `scripts/fill.py`.\n"


def said(told: Told, script: str, path: str = "scripts/fill.py") -> list[str]:
    found = told({MAIN: TOP, f"skills/forms/{path}": script})
    lines = script.split("\n")
    every = (each for each in found if each.code == "SK444")
    return [
        f"{each.place.line} {lines[each.place.line - 1][each.place.column - 1 : (each.place.end_column or 0) - 1]}"
        for each in every
    ]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("print(sys.argv)\n", ["1 sys"]),
        ("import os\n\n\ndef main():\n    print(os.sep, json, json)\n    return re\n\n\nmain()\n", ["5 json", "6 re"]),
        ("x = [one for one in many]\n", ["1 many"]),
        ("class A:\n    size = 1\n\n    def area(self):\n        return size\n", ["5 size"]),
        ("def f(given: Dict) -> None:\n    print(given)\n", ["1 Dict"]),
        ("print('é', nowhere)\n", ["1 nowhere"]),
        ("x = nowhere" + "+1" * 900 + "\n", ["1 nowhere"]),
        ("import os\n\n\n@nowhere\n@os.fspath\ndef f():\n    pass\n", ["4 nowhere"]),
        ("x = ﬁne\n", ["1 ﬁne"]),
        ("import sys\n\nif sys.argv:\n    x = (\n        1,\n        nowhere,\n    )\n", ["6 nowhere"]),
    ],
)
def test_a_name_that_nothing_binds(told: Told, script: str, expected: list[str]) -> None:
    assert said(told, script) == expected


@pytest.mark.parametrize(
    "script",
    [
        "import sys\nprint(sys.argv, __file__, __name__, len, WindowsError)\n",
        "def f():\n    global size\n    size = 1\n\n\nf()\nprint(size)\n",
        "def f():\n    return later\n\n\nlater = 1\n",
        "from os.path import *\nprint(join('a'))\n",
        "globals().update(size=1)\nprint(size)\n",
        "exec('size = 1')\nprint(size)\n",
        "try:\n    text = unicode\nexcept NameError:\n    text = str\n",
        "import sys\nif sys.version_info < (3,):\n    text = unicode\n",
        "from __future__ import annotations\n\n\ndef f(given: Dict) -> None:\n    print(given)\n",
        "@profile\ndef f():\n    pass\n",
        "print(snakemake.input)\n",
        "class A:\n    size = 1\n    double = size * 2\n",
        "import os\n\n\ndef outer():\n    x = 1\n\n    def inner():\n        return x, os\n\n    return inner\n",
        "print(1\n",
        "x = " + "-" * 100000 + "1\n",
    ],
)
def test_names_that_are_bound_or_that_nobody_can_tell(told: Told, script: str) -> None:
    assert said(told, script) == []


@pytest.mark.parametrize("path", ["scripts/fill.sh", "assets/fill.py", "templates/fill.py", "scripts/test_template.py"])
def test_what_is_no_script_to_run_is_passed_over(told: Told, path: str) -> None:
    assert said(told, "print(nowhere)\n", path) == []


def test_what_is_said_of_a_name(told: Told) -> None:
    found = told({MAIN: TOP, "skills/forms/scripts/fill.py": "print(json, nowhere)\n"})
    assert [(each.message, each.fix) for each in found if each.code == "SK444"] == [
        ("scripts/fill.py uses `json` and never binds it: a NameError", "import or define `json`"),
        ("scripts/fill.py uses `nowhere` and never binds it: a NameError", "import or define `nowhere`"),
    ]


def test_lines_end_as_python_ends_them(told: Told) -> None:
    found = told({MAIN: TOP, "skills/forms/scripts/fill.py": "import os\rprint(nowhere)\r"})
    assert [str(each.place.line) for each in found if each.code == "SK444"] == ["2"]
