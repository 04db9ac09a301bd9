from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import replace

import pytest

from skillcheck.site import Entry, Listing
from skillcheck.site.install import commands, repository

NAMED = "---\nname: {}\ndescription: Fills.\n---\n# Forms\n"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/o/r", "o/r"),
        ("https://github.com/o/r.git", "o/r"),
        ("https://github.com/o/r/tree/main", "https://github.com/o/r/tree/main"),
        ("https://git.example/o/r", "https://git.example/o/r"),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_repositories(url: str, expected: str) -> None:
    assert repository(Listing((), repository=url)) == expected


def test_how_a_skill_is_installed(entry: Callable[..., Entry]) -> None:
    one = entry(NAMED.format("forms"), plugin="paper")
    listing = Listing((one,), repository="https://github.com/o/r", marketplace="market")
    found = commands(one, listing, "forms.zip")
    assert found.claude_code == ("claude plugin marketplace add o/r", "claude plugin install paper@market")
    assert found.npx == ("npx skills add o/r --skill forms",)
    unlisted = commands(replace(one, plugin=""), listing, "forms.zip")
    assert unlisted.claude_code == ("unzip forms.zip -d ~/.claude/skills",)
    assert commands(one, Listing((one,)), "forms.zip").claude_code == ("unzip forms.zip -d ~/.claude/skills",)
    assert commands(one, Listing((one,)), "") == type(found)((), ())


def test_a_hostile_name_stays_one_word(entry: Callable[..., Entry]) -> None:
    one = entry(NAMED.format('"x; rm -rf ~ `id` $(id) \\e[2J\\n\\u202e"'))
    (line,) = commands(one, Listing((one,), repository="https://github.com/o/r"), "").npx
    assert shlex.split(line) == ["npx", "skills", "add", "o/r", "--skill", "x; rm -rf ~ `id` $(id) [2J"]
