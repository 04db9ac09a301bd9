"""Which files of a skill are read as its scripts."""

from __future__ import annotations

from skillcheck.load.limits import Limits
from skillcheck.load.scripts import scripts
from skillcheck.model import File, Place


def file(path: str, content: bytes | None = b"x = 1\n") -> File:
    def read() -> bytes:
        if content is None:
            raise OSError
        return content

    return File(path, Place(f"skill/{path}"), len(content or b""), read)


def test_scripts_and_settings_are_read() -> None:
    files = [
        file(path)
        for path in (
            "SKILL.md",
            "a.py",
            "b/c.sh",
            ".env",
            "d/.env.local",
            "e.png",
            ".npmrc",
            "id_rsa",
            "f/service-account.json",
            "g.json",
        )
    ]
    read = list(scripts(files, Limits()))
    assert [(script.relative, script.path, script.text) for script in read] == [
        (path, f"skill/{path}", "x = 1\n")
        for path in ("a.py", "b/c.sh", ".env", "d/.env.local", ".npmrc", "id_rsa", "f/service-account.json")
    ]


def test_what_cannot_be_read_or_is_too_much_is_left_out() -> None:
    files = [file("a.py", None), file("b.py", b"x" * 9), file("c.py"), file("d.py"), file("e.py")]
    read = list(scripts(files, Limits(max_file=8, max_scripts=4)))
    assert [script.relative for script in read] == ["c.py", "d.py"]
