from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillcheck.model import Block, Finding, Place
from skillcheck.rules import judge


def told(text: str, language: str = "bash") -> list[Finding]:
    block = Block("SKILL.md", 0, language, language, text, 8, 3, Place("SKILL.md", 7))
    return [finding for finding in judge([block]) if finding.code == "SK430"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("git clone <url>\n", ["<url>"]),
        ("curl <host>/api -d a=<your key>\n", ["<host>", "<your key>"]),
        ("$ cp <a|b> x\n<not-a-command>\n", ["<a|b>"]),
        ("cat <<EOF\n<html>\nEOF\nrm <file>\n", ["<file>"]),
        ("a 'it' <b> # <c>\n", ["<b>"]),
        ("git tag v<version> && cp <name>_old x\n", ["<version>", "<name>"]),
    ],
)
def test_a_placeholder_is_told(text: str, found: list[str]) -> None:
    assert [each.message.split("`")[1] for each in told(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "sort < input.txt > output.txt\n",
        "sort <in>out\n",
        "diff <(ls a) <(ls b)\n",
        "cat <<EOF > f\n<html>\nEOF\n",
        "cat <<-'END'\n\t<html>\n\tEND\n",
        "echo \"<name>\" '<name>' \\<name\\>\n",
        'echo "a\n<name>"\n',
        "# <name>\n",
        "let 'a<b'\n",
        "grep a <<<b>c\n",
        "while read x; do :; done <file\n",
        "echo `a <b> c`\n",
    ],
)
def test_what_the_shell_means_itself_is_left(text: str) -> None:
    assert told(text) == []


def test_other_languages_are_left() -> None:
    assert told("git clone <url>\n", "html") == []


def test_its_place_and_its_remedy() -> None:
    (found,) = told("ls\ngit clone <repo-url> x\n")
    assert (str(found.place), found.place.end_column) == ("SKILL.md:9:13", 23)
    assert found.message == "the shell reads `<repo-url>` as a redirection from a file `repo-url`"
    assert found.fix == 'write it as `"<repo-url>"` or `"$REPO_URL"`'


@given(st.text("<>ab '\"#\\\n$`EOF-", max_size=60))
def test_no_text_raises(text: str) -> None:
    assert all(8 <= each.place.line <= 8 + text.count("\n") for each in told(text))
