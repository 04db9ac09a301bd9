"""Damaged and hostile archives, each made here from the bytes up, and what is said of each."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

SKILL = "---\nname: forms\ndescription: Fills forms. Use when the user asks to fill a form.\n---\n# Forms\n\nFill.\n"
OTHER = "---\nname: other\ndescription: Sorts numbers. Use when a list is to be in order.\n---\n# Other\n\nSort.\n"
TOP = "forms/SKILL.md"
Members = tuple[tuple[str | zipfile.ZipInfo, str | bytes], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """An archive, the rules that tell of it, words that one of them says, and the files that mending leaves."""

    data: bytes
    codes: frozenset[str]
    words: str
    mended: tuple[str, ...] = ()


def zipped(*members: tuple[str | zipfile.ZipInfo, str | bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in members:
            made.writestr(zipfile.ZipInfo(name) if isinstance(name, str) and "\\" in name else name, content)
    return held.getvalue()


def special(name: str, mode: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.create_system, made.external_attr = 3, mode << 16
    return made


def patched(data: bytes, mark: bytes, offset: int, change: bytes, *, after: int = 0) -> bytes:
    at = data.index(mark, after) + offset
    return data[:at] + change + data[at + len(change) :]


LINK = stat.S_IFLNK | 0o777
GOOD = zipped((TOP, SKILL))
CENTRAL, LOCAL, END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"
ENCRYPTED = patched(patched(GOOD, CENTRAL, 8, b"\x01"), LOCAL, 6, b"\x01")
BOMB = zipped((TOP, SKILL), ("forms/a", b"\0" * 8_000_000), method=zipfile.ZIP_DEFLATED)
OVERLAPPING = patched(
    zipped((TOP, SKILL), ("forms/a.md", SKILL)), CENTRAL, 42, struct.pack("<I", 0), after=GOOD.index(CENTRAL) + 200
)
DEFLATED = zipped((TOP, SKILL * 50), method=zipfile.ZIP_DEFLATED)
WHOLE = ("forms/SKILL.md",)


def case(codes: str, words: str, data: bytes, mended: tuple[str, ...] = ()) -> Case:
    return Case(data, frozenset(codes.split()), words, mended)


def beside(name: str | zipfile.ZipInfo, content: str | bytes = "x") -> bytes:
    return zipped((TOP, SKILL), (name, content))


def skilled(text: str) -> bytes:
    return zipped((TOP, text))


CASES: Mapping[str, Case] = {
    "nothing": case("SK601", "not a ZIP file", b""),
    "text": case("SK601", "not a ZIP file", b"no archive at all"),
    "cut-short": case("SK601", "not a ZIP file", GOOD[:-30]),
    "no-directory": case("SK601", "is damaged", patched(GOOD, END, 16, b"\xff\xff\xff\x7f")),
    "empty": case("SK605", "holds 0 SKILL.md", zipped()),
    "damaged": case("SK601", "is damaged", patched(GOOD, b"Fill.", 0, b"Kill.")),
    "damaged-stream": case("SK601", "is damaged", patched(DEFLATED, TOP.encode(), 30, b"\xff\xff\xff")),
    "size-that-lies": case("SK601", "is damaged", patched(DEFLATED, CENTRAL, 24, b"\x01\0\0\0")),
    "other-local-name": case("SK601", "is damaged", patched(GOOD, TOP.encode(), 0, b"other/SKILL.md")),
    "overlapping": case("SK601", "is damaged", OVERLAPPING),
    "encrypted": case("SK601", "is encrypted", ENCRYPTED),
    "unknown-method": case(
        "SK601", "neither of stored and deflated", patched(patched(GOOD, CENTRAL, 10, b"\x0e"), LOCAL, 8, b"\x0e")
    ),
    "twice-the-same": case("SK601", "more than once", beside(TOP, SKILL), WHOLE),
    "twice-another": case("SK601", "more than once", beside(TOP, SKILL + "Never.")),
    "bomb": case("SK603", "unpacks", BOMB),
    "too-many-bytes": case("SK603", "unpacks to", patched(GOOD, CENTRAL, 24, b"\xff\xff\xff\x7f")),
    "parent": case("SK602", "leaves the archive by `..`", beside("../escaped.md"), WHOLE),
    "parent-below": case("SK602", "leaves the archive by `..`", beside("forms/../../escaped.md"), WHOLE),
    "parent-of-windows": case("SK602", "leaves the archive by `..`", beside("..\\escaped.md"), WHOLE),
    "absolute": case("SK602", "absolute path", beside("/escaped.md"), WHOLE),
    "drive": case("SK602", "absolute path", beside("C:\\escaped.md"), WHOLE),
    "share": case("SK602", "absolute path", beside("\\\\host\\escaped.md"), WHOLE),
    "control": case("SK602", "control characters", beside("forms/a\x1b[2Jb.md")),
    "link-out": case("SK602", "symbolic link", beside(special("forms/link", LINK), "/etc/passwd")),
    "link-inside": case(
        "SK602",
        "symbolic link",
        beside(special("forms/link.md", LINK), "SKILL.md"),
        ("forms/SKILL.md", "forms/link.md"),
    ),
    "folder-that-is-a-link": case(
        "SK602 SK623", "symbolic link", zipped((TOP, SKILL), (special("forms/a", LINK), ".."), ("forms/a/b.md", "x"))
    ),
    "pipe": case("SK602", "special file", beside(special("forms/pipe", stat.S_IFIFO | 0o644))),
    "device": case("SK602", "special file", beside(special("forms/null", stat.S_IFCHR | 0o644))),
    "backslashes": case("SK602", "backslashes", zipped(("forms\\SKILL.md", SKILL)), WHOLE),
    "dots": case("SK602", "empty part or `.`", zipped(("./forms//SKILL.md", SKILL)), WHOLE),
    "at-the-top": case("SK606", "SKILL.md lies at SKILL.md", zipped(("SKILL.md", SKILL)), WHOLE),
    "too-deep": case("SK113 SK606", "lies at a/b/SKILL.md", zipped(("a/b/SKILL.md", SKILL)), WHOLE),
    "wrong-folder": case("SK113", "the folder 'other'", zipped(("other/SKILL.md", SKILL)), WHOLE),
    "beside-the-folder": case("SK604", "2 files and folders at its top", beside("README.md"), WHOLE),
    "several": case(
        "SK605",
        "holds 2 SKILL.md",
        zipped((f"a/{TOP}", SKILL), ("a/other/SKILL.md", OTHER)),
        ("forms/SKILL.md", "other/SKILL.md"),
    ),
    "several-of-one-name": case(
        "SK113 SK114 SK605", "holds 2 SKILL.md", zipped((f"a/{TOP}", SKILL), ("a/other/SKILL.md", SKILL))
    ),
    "no-skill": case("SK605", "holds 0 SKILL.md", zipped(("forms/README.md", "x"))),
    "other-letters": case("SK605", "forms/skill.md is written in other letters", zipped(("forms/skill.md", SKILL))),
    "plugin-inside": case(
        "SK607", "the plugin manifest", beside("forms/.claude-plugin/plugin.json", '{"name": "forms"}'), WHOLE
    ),
    "stray": case("SK610", "the archive holds forms/.env", beside("forms/.env"), WHOLE),
    "of-macos": case("SK610", "__MACOSX", beside("__MACOSX/forms/._SKILL.md"), WHOLE),
    "nested": case("SK620", "the archive forms/more.ZIP", beside("forms/more.ZIP")),
    "colon": case("SK608", "holds ':'", beside("forms/a:b.md"), ("forms/SKILL.md", "forms/a-b.md")),
    "other-alphabet": case("SK608", "holds", beside("forms/формы.md")),
    "accents": case("SK608", "holds", beside("forms/éte.md"), ("forms/SKILL.md", "forms/ete.md")),
    "mentioned-name": case("SK608", "holds ':'", zipped((TOP, f"{SKILL}See `a:b.md`.\n"), ("forms/a:b.md", "x"))),
    "space": case("SK621", "may refuse", beside("forms/a & b.md"), ("forms/SKILL.md", "forms/a-b.md")),
    "one-name": case("SK622", "one name where case", zipped((TOP, SKILL), ("forms/A.md", "x"), ("forms/a.md", "y"))),
    "in-the-way": case("SK623", "forms/a is a file", zipped((TOP, SKILL), ("forms/a", "x"), ("forms/a/b.md", "y"))),
    "long-name": case("SK624", "at most 255", beside(f"forms/{'a' * 300}.md")),
    "device-name": case(
        "SK625", "cannot be a file of Windows", beside("forms/aux.md"), ("forms/SKILL.md", "forms/aux.md")
    ),
    "foreign-key": case("SK611", "`model`", skilled(SKILL.replace("\n---\n#", "\nmodel: opus\n---\n#")), WHOLE),
    "no-name": case("SK110", "name", skilled(SKILL.replace("name: forms\n", ""))),
    "no-frontmatter": case("SK101", "frontmatter", skilled("# Forms\n")),
    "no-yaml": case("SK103", "Claude Code alone repairs", skilled(SKILL.replace("Use when", "Use: when"))),
    "not-utf8": case("SK004", "UTF-8", zipped((TOP, SKILL.encode() + b"\xff"))),
    "large": case("SK609", "at most 31,457,280", beside("forms/data.bin", b"\x01" * (30 * 1024 * 1024))),
}
