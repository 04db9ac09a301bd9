"""Text -> home-path."""

from __future__ import annotations

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
        *("johndoe", "jdoe", "foo", "bar", "test", "home", "x", "linuxbrew", "container"),
        *("build", "ci", "deploy", "www-data", "oracle", "centos", "debian"),
    )
)
_FENCE = re.compile(r"[ >]*(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
_PRINTED = frozenset({"", "text", "txt", "output", "log", "plaintext"})
_ANY = ("your", "my-", "user")
_KIND = "user"


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
    for place, _, path in found(text, _HOME) if any(map(text.text.__contains__, _FOLDERS)) else ():
        name = re.split(r"[\\/]+", path)[-1]
        if (
            name.lower() not in _ANYBODY
            and not name.lower().startswith(_ANY)
            and not name.lower().endswith(_KIND)
            and name not in told
            and place.line not in _output(text)
        ):
            told.add(name)
            yield Told(
                place, f"`{path}` is the home folder of one user", "write `~`, a variable, or a path inside the skill"
            )


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
