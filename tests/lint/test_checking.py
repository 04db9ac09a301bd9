from __future__ import annotations

import os
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from skillcheck.config import Config
from skillcheck.lint import judged, lint, report
from skillcheck.lint.reporting import finished
from skillcheck.load import load
from skillcheck.model import Bundle, Report
from skillcheck.rules import RULES, judge, nodes, outer_nodes

HEAD = "---\nname: {name}\ndescription: Shows things. Use when things have to be shown.\n---\n\n# Demo\n\n"
PAGES = {
    "a/one/SKILL.md": HEAD.format(name="same") + "[gone](gone.md) and [more](more.md)\n",
    "a/one/more.md": "# More\n\n[gone](away.md)\n\n<!-- skillcheck: ignore SK401 made later -->\n[gone](later.md)\n",
    "a/two/SKILL.md": HEAD.format(name="same").replace("name: same", "name: same # skillcheck: ignore SK114 meant")
    + "```python\nx\n",
    "a/outer/SKILL.md": HEAD.format(name="outer") + "Text. <!-- skillcheck: ignore SK409 short -->\n",
    "a/outer/inner/SKILL.md": HEAD.format(name="inner") + "[gone](gone.md)\n",
    "b/.claude-plugin/plugin.json": '{"name": "B C", "skills": ["./gone"]}',
    "b/skills/same/SKILL.md": HEAD.format(name="same") + "\r\nText\r\n",
    "d/.claude-plugin/plugin.json": '{"name": "d", "commands": ["./skills/twice/references"]}',
    "d/skills/twice/SKILL.md": HEAD.format(name="twice") + "Read `references/alike.md`.\n",
    "d/skills/twice/references/alike.md": "a\u200b line\n\na\u200b line\n",
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for path, text in PAGES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    with zipfile.ZipFile("c.zip", "w") as packed:
        for path in ("a/outer/SKILL.md", "a/outer/inner/SKILL.md"):
            packed.write(path, path.removeprefix("a/"))
    return tmp_path


def all_at_once(paths: list[str], config: Config) -> Report:
    bundle = load(paths)
    return finished(report(bundle, judged([*nodes(bundle), *config.faults], config, bundle), config))


@pytest.mark.parametrize("cores", [1, 2, 3])
@pytest.mark.parametrize("paths", [["a"], ["b", "a"], ["c.zip", "a", "b"], ["gone"], ["."]])
def test_skill_by_skill_the_same_is_told_as_of_all_at_once(
    paths: list[str], cores: int, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)))
    monkeypatch.setattr(sys.modules["skillcheck.lint.checking"], "TOGETHER", 1)
    config = Config(here)
    assert lint(paths, config) == all_at_once(paths, config)


def test_what_a_skill_and_its_plugin_both_hold_is_told_once(here: Path) -> None:
    found = [finding for finding in lint(["d"], Config(here)).findings if finding.name == "zero-width-text"]
    assert [finding.place.line for finding in found] == [1, 3]
    assert len({finding.fingerprint for finding in found}) == 2


def test_what_is_told_has_its_line_wherever_that_stands(here: Path) -> None:
    found = {finding.name: finding.excerpt for finding in lint(["a", "c.zip"], Config(here)).findings}
    assert found["nested-skill-file"] == "---"
    assert found["unclosed-fence"] == "```python"
    assert found["unused-ignore"].startswith("Text.")


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.name) for rule in RULES if rule.node is Bundle])
def test_a_rule_of_the_bundle_needs_no_more_of_a_skill_than_its_outline(
    rule: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (each,) = (known for known in RULES if known is rule)
    for number, example in enumerate(each.examples):
        folder = tmp_path / f"example-{number}"
        for path, text in example.files:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
        monkeypatch.chdir(folder)
        bundle = load(["."])
        outlined = replace(bundle, skills=tuple(skill.outline() for skill in bundle.skills))
        assert list(judge(outer_nodes(outlined), rules=[each])) == list(judge(nodes(bundle), rules=[each]))
