from __future__ import annotations

import time
from pathlib import Path

import pytest

from skillcheck.config import Config
from skillcheck.lint import lint
from skillcheck.telling import is_static
from skillcheck.verify import Stages, verify

TOP = "---\nname: {name}\ndescription: Adds numbers. Use when numbers have to be added.\n---\n# Adding\n\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "adding").mkdir()
    return tmp_path


def codes(here: Path, text: str, *, name: str = "adding", ignore: tuple[str, ...] = ()) -> list[tuple[str, int]]:
    (here / "adding/SKILL.md").write_text(TOP.format(name=name) + text)
    found = lint(["adding"], Config(here, ignore=ignore)).findings
    return [(finding.code, finding.place.line) for finding in found]


def test_what_a_comment_ignores_is_not_told(here: Path) -> None:
    link = "[x](gone.md)\n"
    assert codes(here, link) == [("SK401", 7)]
    assert codes(here, f"<!-- skillcheck: ignore SK401 made later -->\n\n{link}") == []
    assert codes(here, f"<!-- skillcheck: ignore SK4 -->\n{link}\n{link}") == [("SK401", 10)]
    assert codes(here, "text\n", name="other # skillcheck: ignore SK113") == []


@pytest.mark.parametrize(
    "between", ["", "\n", "\n\n\n", "<!-- of the docs -->\n", "<!-- skillcheck: level=parsed -->\n"]
)
def test_comments_that_stand_together_are_about_what_is_below_them(here: Path, between: str) -> None:
    ignores = f"<!-- skillcheck: ignore SK404 a -->\n{between}<!-- skillcheck: ignore SK421 b -->\n"
    block = "```bash\npython ${CLAUDE_SKILL_DIR}/scripts/x.py /home/joe/x\n```\n"
    assert {code for code, _ in codes(here, block)} == {"SK404", "SK421"}
    assert codes(here, ignores + block) == []
    assert codes(here, f"{ignores}\n{block}") == []


def test_comments_of_the_frontmatter_that_stand_together_are_about_the_line_below_them(here: Path) -> None:
    name = "Other\n# skillcheck: ignore SK408 no\nlicense: x"
    ignores = "---\n# skillcheck: ignore SK111 a\n# of its day\n# skillcheck: ignore SK113 b\n"
    text = TOP.format(name=name).replace("---\n", ignores, 1) + "Add them.\n"
    (here / "adding/SKILL.md").write_text(text)
    found = lint(["adding"], Config(here)).findings
    assert [(finding.code, finding.place.line) for finding in found] == [("SK414", 6)]


def test_a_comment_at_the_end_is_about_nothing(here: Path) -> None:
    assert codes(here, "Add.\n\n<!-- skillcheck: ignore SK401 -->") == [("SK414", 9)]
    assert codes(here, "Add.\n\n<!-- skillcheck: ignore SK401 -->\n\n\n") == [("SK414", 9)]


def test_an_agent_or_a_command_may_ask_as_well(here: Path) -> None:
    (here / ".claude-plugin").mkdir()
    (here / "agents").mkdir()
    (here / ".claude-plugin/plugin.json").write_text(
        '{"name": "p", "version": "1.0.0", "description": "d", "author": {"name": "Ada"}}'
    )
    agent = "---\nname: a\ndescription: Adds numbers. Use when numbers have to be added.\n---\n\nSee [x](gone.md).{}\n"
    file = here / "agents/a.md"
    found = {}
    for comment in ("", " <!-- skillcheck: ignore SK558 later -->", " <!-- skillcheck: ignore SK401 later -->"):
        file.write_text(agent.format(comment))
        found[comment] = [finding.code for finding in lint(["."], Config(here)).findings]
    assert [*found.values()] == [["SK558"], [], ["SK558", "SK414"]]


def test_a_comment_that_ignores_nothing_is_told(here: Path) -> None:
    comment = "<!-- skillcheck: ignore SK401 -->\n\ntext\n"
    assert codes(here, comment) == [("SK414", 7)]
    assert codes(here, comment, ignore=("SK414",)) == []


def test_a_comment_is_used_whether_its_code_is_wanted_or_not(here: Path) -> None:
    assert codes(here, "<!-- skillcheck: ignore SK401 -->\n[x](gone.md)\n", ignore=("SK401",)) == []


def test_a_comment_about_what_was_not_looked_at_may_be_of_use(here: Path) -> None:
    assert codes(here, "<!-- skillcheck: ignore SK8 -->\n```python\nprint(1)\n```\n") == []
    assert codes(here, "<!-- skillcheck: ignore SK8 SK401 -->\n```python\nprint(1)\n```\n") == []
    unchecked = verify(["adding"], Config(here), Stages(check=False))
    assert unchecked.findings == ()
    checked = verify(["adding"], Config(here), Stages(run=False, pack=True))
    assert "SK414" not in {finding.code for finding in checked.findings}


@pytest.mark.parametrize(
    ("code", "static"), [("SK401", True), ("SK", True), ("SK8", False), ("SK802", False), ("SK530", False)]
)
def test_only_some_codes_come_of_reading(code: str, *, static: bool) -> None:
    assert is_static(code) is static


def test_time_does_not_grow_with_the_square_of_what_a_line_ignores(here: Path) -> None:
    begin = time.process_time()
    assert codes(here, f"a {'<!-- skillcheck: ignore SK401 why --> [x](gone.md) ' * 12_000}") == []
    assert time.process_time() - begin < 15  # seconds of the processor, of which it does not take five
