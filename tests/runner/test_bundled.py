"""Blocks that import and read what lies beside their SKILL.md."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from skillcheck.blocks import programs, units
from skillcheck.load import load
from skillcheck.model import CauseKind, Environment, Level, Outcome, Result
from skillcheck.runner import Cache, Options, prove

FRONTMATTER = "---\nname: demo\ndescription: Shows things. Use when showing.\n---\n"
FILES = {
    "core/x.py": "class Y:\n    def __init__(self, size=1):\n        self.size = size\n",
    "core/other.py": "import PILLL\n",
    "scripts/helper.py": "from pathlib import Path\nDATA = (Path(__file__).parents[1] / 'assets/x.txt').read_text()\n",
    "assets/x.txt": "original",
}
Proved = Callable[..., tuple[Result, ...]]


@pytest.fixture
def proved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bare: Environment) -> Proved:
    """Prove the blocks of a skill that ships these files."""
    monkeypatch.chdir(tmp_path)

    def proved(*blocks: str, files: dict[str, str] | None = None, cache: Cache | None = None) -> tuple[Result, ...]:
        texts = FILES | (files or {}) | {"SKILL.md": FRONTMATTER + "".join(f"```python\n{b}\n```\n\n" for b in blocks)}
        for name, text in texts.items():
            (tmp_path / "demo" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "demo" / name).write_text(text, encoding="utf-8")
        skill = load(["demo"]).skills[0]
        found = units(skill)
        return prove("demo", found, programs(found, skill.files), bare, Options(seconds=20, cache=cache)).results

    return proved


def facts(results: Sequence[Result]) -> list[list[tuple[CauseKind, str]]]:
    return [[(cause.kind, cause.fact) for cause in result.causes] for result in results]


GOOD = ("from core.x import Y\nassert Y(size=2).size == 2", "import helper\nassert helper.DATA == 'original'")


@pytest.mark.parametrize("count", [1, 4])
def test_modules_beside_the_skill_are_found_cold_and_warm(proved: Proved, count: int) -> None:
    results = proved(*GOOD * count)
    assert facts(results) == [[]] * 2 * count
    assert {result.level for result in results} == {Level.COVERED}


@pytest.mark.parametrize("count", [1, 4])
def test_what_such_a_module_lacks_is_told_at_the_import(proved: Proved, count: int) -> None:
    results = proved("from core.x import Z", "from core.x import Y\nY(sise=1)", "import core.other", *GOOD * count)
    assert facts(results)[:3] == [
        [(CauseKind.MISSING_ATTRIBUTE, "`core.x` has no `Z`")],
        [(CauseKind.EXCEPTION, "`Y` takes no argument `sise`")],
        [(CauseKind.UNDECLARED, "`core.other` needs `PILLL`, which is not installed")],
    ]


def test_an_installed_module_and_the_standard_library_stand_first(proved: Proved, bare: Environment) -> None:
    (packages,) = Path(bare.python).parent.parent.glob("lib/*/site-packages")
    (packages / "installed.py").write_text("here = 1\n", encoding="utf-8")
    try:
        ours = {"installed.py": "raise SystemExit(3)\n", "json.py": "raise SystemExit(3)\n"}
        assert facts(proved("import helper, json, installed\njson.dumps(installed.here)", files=ours)) == [[]]
    finally:
        (packages / "installed.py").unlink()


def test_a_folder_of_data_hides_no_missing_requirement(proved: Proved) -> None:
    missing = (CauseKind.UNDECLARED, "`docx` is neither installed nor shown in a block")
    results = proved("import helper", "import helper\nfrom docx import Document", files={"docx/make.py": ""})
    assert facts(results) == [[], [missing]]


@pytest.mark.parametrize("count", [1, 4])
def test_a_file_named_by_its_path_is_a_copy(proved: Proved, tmp_path: Path, count: int) -> None:
    change = "path = 'assets/x.txt'\nassert open(path).read() == 'original'\nopen(path, 'w').write('changed')"
    assert facts(proved(*[change] * 2 * count)) == [[]] * 2 * count
    assert (tmp_path / "demo/assets/x.txt").read_text() == "original"


def test_shown_files_stand_beside_the_skills(proved: Proved) -> None:
    shown = "# core/z.py\nZ = 1"
    assert facts(proved(shown, "from core.x import Y\nfrom core.z import Z\nprint(Y, Z)")) == [[], []]


def test_a_file_that_went_away_is_missing(proved: Proved, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(path: str) -> bytes:
        raise FileNotFoundError(path)

    monkeypatch.setattr("skillcheck.blocks.bundled.cache", lambda _: lambda: gone("helper.py"))
    (told,) = facts(proved("import helper"))
    assert told == [(CauseKind.UNDECLARED, "`helper` is neither installed nor shown in a block")]


def test_a_trace_shows_the_skills_own_paths(proved: Proved) -> None:
    (result,) = proved("import broken", files={"broken.py": "1 / 0\n"})
    assert 'File "broken.py", line 1' in result.output


def test_a_changed_module_is_run_again(proved: Proved, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    assert facts(proved(GOOD[1], cache=cache)) == [[]]
    kept = cache.info().entries
    assert facts(proved(GOOD[1], cache=cache)) == [[]]
    assert cache.info().entries == kept
    told = facts(proved(GOOD[1], files={"scripts/helper.py": "import gone\n"}, cache=cache))
    assert told == [[(CauseKind.UNDECLARED, "`helper` needs `gone`, which is not installed")]]


def test_a_module_that_does_not_parse_is_told_once(proved: Proved) -> None:
    first, second = proved("import broken_one", "import broken_one as b", files={"scripts/broken_one.py": "x = (\n"})
    assert (first.outcome, first.reason) == (Outcome.FAILED, "")
    assert (second.outcome, second.reason) == (Outcome.BLOCKED, "")
    assert [cause.kind for cause in (*first.causes, *second.causes)] == [CauseKind.SYNTAX, CauseKind.BLOCKED]
    assert second.causes[0].fact.endswith("(broken_one.py, line 1), as told at demo/SKILL.md:6:1")
