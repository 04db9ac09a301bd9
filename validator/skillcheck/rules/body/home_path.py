"""Text -> home-path."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from skillcheck.model import Severity, Text
from skillcheck.rules.letters import found
from skillcheck.rules.lines import split
from skillcheck.rules.remembered import remembered
from skillcheck.rules.rule import Told, rule

_HOME = re.compile(r"(?<![\w./~}-])(?:/Users/|/home/|[A-Za-z]:[\\/]+Users[\\/]+)[A-Za-z][\w.-]*(?=[\\/])")
_FOLDERS = ("/home/", "Users/", "Users\\")
_ANYBODY = frozenset(
    (
        *("documents", "desktop", "downloads"),
        *("user", "users", "username", "name", "me", "myname", "you", "someone", "somebody"),
        *("public", "shared", "agent", "vscode", "ubuntu", "runner", "claude", "node", "app"),
        *("dev", "developer", "admin", "root", "ec2-user", "pi", "jovyan", "coder", "codespace"),
        *("git", "sandbox", "example", "alice", "bob", "carol", "jane", "john", "janedoe"),
        *("johndoe", "jdoe", "path", "foo", "bar", "test", "home", "x", "linuxbrew", "container"),
        *("build", "ci", "deploy", "www-data", "oracle", "centos", "debian"),
    )
)
_FENCE = re.compile(r"[ >]*(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
_PRINTED = frozenset({"", "text", "txt", "output", "log", "plaintext", "dockerfile", "docker"})  # or that of an image
_ANY = ("your", "my-", "user")
_KIND = "user"
_EXAMPLE = re.compile(r"\be\.g\.|\b(?:for (?:example|instance)|such as)\b", re.IGNORECASE)
_NEAR = 60  # letters before a path, in which is said that it is an example
_TRIED = re.compile(r"test_.*|conftest\.py|.*[._-](?:test|spec)\.\w+")  # files of tests, which read no such path


@rule("SK421", severity=Severity.WARNING)
def home_path(text: Text) -> Iterator[Told]:
    """A path leads into somebody's home folder.

    It exists on one machine alone. Elsewhere the command fails, or Claude looks for a file that is not there.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Read `/Users/mkowalski/forms/fields.md` first.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Read `~/forms/fields.md` first.
    ```
    """
    told = set()
    is_read = any(map(text.text.__contains__, _FOLDERS)) and not _TRIED.fullmatch(posixpath.basename(text.path))
    for place, line, path in found(text, _HOME) if is_read else ():
        name = re.split(r"[\\/]+", path)[-1]
        at = line.find(path)
        is_example = _EXAMPLE.search(line, max(0, at - _NEAR), at) is not None
        if name not in told and not _is_anybody(name.lower()) and not is_example and place.line not in _output(text):
            told.add(name)
            yield Told(
                place, f"`{path}` is the home folder of one user", "write `~`, a variable, or a path inside the skill"
            )


def _is_anybody(name: str) -> bool:
    """Return whether the name of a user stands for any."""
    return name.replace(".", "") in _ANYBODY or name.startswith(_ANY) or name.endswith(_KIND)


@remembered
def _output(text: Text) -> frozenset[int]:
    """Return the lines in fences that show what some program prints, or a tree."""
    inside: set[int] = set()
    fence = info = ""
    for number, line in enumerate(split(text.text), text.line):
        if fence and info in _PRINTED:
            inside.add(number)
        found = _FENCE.match(line)
        if found and not fence:
            fence, info = found["marks"], found["info"].strip().lower()
        elif found and found["marks"].startswith(fence) and not found["info"].strip():
            fence = ""
    return frozenset(inside)
