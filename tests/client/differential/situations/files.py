"""What a file or folder has to be, whatever is in its fields."""

from __future__ import annotations

import re

from tests.client.differential.client import MANIFEST, MARKET
from tests.client.differential.situations.scene import Scene

LIMIT = 1_048_576


def not_utf8(scene: Scene) -> bool:
    """The file is not UTF-8."""
    try:
        scene.content.decode()
    except UnicodeDecodeError:
        return True
    return is_wide(scene)


def is_wide(scene: Scene) -> bool:
    """The file has two or four bytes for each letter, which the client reads as UTF-8 all the same."""
    return scene.content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in scene.content[:8]


def begins_in_no_utf8(scene: Scene) -> bool:
    """The first bytes are none that open a frontmatter."""
    return not_utf8(scene) and not scene.content.removeprefix(b"\xef\xbb\xbf").startswith(b"---")


def in_another_folder(scene: Scene) -> bool:
    """The file is in none of the folders that are looked into without being named."""
    return not re.search(r"(?:^|/)(?:skills|agents|commands)/", scene.said.file)


def source_is_a_file(scene: Scene) -> bool:
    """The words are about something below a file."""
    return any(parent.is_file() for parent in scene.path.parents)


def shape_is_refused(scene: Scene) -> bool:
    """The other refuses the shape of the same file."""
    return any(other.file == scene.said.file and other.level == "error" for other in scene.others)


def holds_a_link(scene: Scene) -> bool:
    """The folder is a link or holds one."""
    return scene.path.is_symlink() or any(each.is_symlink() for each in scene.path.iterdir())


def is_a_link(scene: Scene) -> bool:
    """What is told is a link, or lies below one."""
    return any(each.is_symlink() for each in (scene.path, *scene.path.parents) if each.is_relative_to(scene.root))


def is_no_file(scene: Scene) -> bool:
    """A folder or a link stands where a file is read: there, or in a folder of skills."""
    read = [scene.path, *scene.path.glob("*/SKILL.md")]
    return any(each.is_symlink() or each.is_dir() for each in read if each.suffix)


def is_a_folder(scene: Scene) -> bool:
    """A folder stands where a file is read."""
    return scene.path.is_dir()


def beside_a_plugin(scene: Scene) -> bool:
    """What is told is a marketplace.json at the root of a plugin, which is all that the validator looks at."""
    at_the_root = scene.path.name == "marketplace.json" and scene.path.parent == scene.root
    return at_the_root and (scene.root / MANIFEST).exists() and not (scene.root / MARKET).exists()


def holds_a_large_file(scene: Scene) -> bool:
    """A file of the folder is larger than is read."""
    return any(each.is_file() and each.stat().st_size > LIMIT for each in scene.path.rglob("*"))


def is_large(scene: Scene) -> bool:
    """The file is larger than is read."""
    return len(scene.content) > LIMIT


def misnamed(scene: Scene) -> bool:
    """The file has the name of a skill's in other letters."""
    return scene.path.name != "SKILL.md" and scene.path.name.lower() == "skill.md"


def beside_its_place(scene: Scene) -> bool:
    """The file is a plugin's manifest that stands beside .claude-plugin."""
    return scene.path.name == "plugin.json" and scene.path.parent.name != ".claude-plugin"


def tokens_in_body(scene: Scene) -> bool:
    """The body holds a `$` or a command to be run at loading."""
    return "$" in scene.text or "!`" in scene.text


def skill_elsewhere(scene: Scene) -> bool:
    """The skill is in no folder of `skills`."""
    return not re.search(r"(?:^|/)skills/[^/]+/SKILL\.md$", scene.said.file)


def same_name_elsewhere(scene: Scene) -> bool:
    """The other file or folder that is told to have the same name is there, and is another."""
    told = re.search(r"(?:that of|skill in|that of the command in) (\S+)", scene.said.text)
    other = scene.root / told[1] if told else scene.path
    return other != scene.path and other.exists()


def says_nothing(scene: Scene) -> bool:
    """Nothing but headings, comments and blanks stands behind the frontmatter."""
    body = re.sub(r"<!--.*?-->", "", scene.text.partition(f"{scene.block}---")[2].partition("\n")[2], flags=re.DOTALL)
    return all(not line.strip("-") or line.startswith("#") for line in map(str.strip, body.split("\n")))


def stands_elsewhere(scene: Scene) -> bool:
    """The file or folder has no name that Claude Code looks for."""
    known = r"(?:skills/[^/]+/SKILL|(?:agents|commands)/.*|(?:^|/)(?:hooks/hooks|\.mcp|\.lsp))\.(?:md|json)$"
    return not re.search(known, scene.said.file)
