"""A bundle, and what was said of it -> what an exception's situation looks at."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.client.differential.manifests import Json
from tests.client.differential.verdict import Said

from skillcheck.load.placed_yaml import BadYamlError, parse
from skillcheck.load.repair import repaired
from skillcheck.load.source import Source


@dataclass(frozen=True)
class Scene:
    """A bundle on disk, what was said of it by one of the two, and all that the other said of the same case."""

    root: Path
    said: Said
    others: Sequence[Said]

    @property
    def path(self) -> Path:
        """What the words are about."""
        return self.root / self.said.file

    @cached_property
    def content(self) -> bytes:
        """The bytes of the file."""
        return self.path.read_bytes() if self.path.is_file() else b""

    @cached_property
    def text(self) -> str:
        """The text of the file as the client decodes it."""
        return self.content.decode("utf-8-sig", "replace")

    @cached_property
    def block(self) -> str:
        """The text between the first dashes and the next, wherever these stand."""
        found = re.match(r"---\s*\n([\s\S]*?)---", self.text)
        return found[1] if found else ""

    @cached_property
    def fields(self) -> Mapping[str, Json]:
        """The values of the frontmatter."""
        source = Source("", self.block)
        try:
            value = parse(source, 0, len(self.block)).value
        except BadYamlError:
            data = repaired(source, 0, len(self.block))
            value = data.value if data else None
        return value if isinstance(value, dict) else {}

    @cached_property
    def value(self) -> Json:
        """The value of the field of a JSON file that the words are about, as far as it goes."""
        return down(self.json, self.said.field.split("."))

    @cached_property
    def json(self) -> Json:
        """The JSON of the file."""
        return loaded(self.text)

    @cached_property
    def entry(self) -> Mapping[str, Json]:
        """The entry of the marketplace that the words are about."""
        found = down(self.json, self.said.field.split(".")[:2])
        return found if isinstance(found, dict) else {}

    @property
    def plugin(self) -> Path:
        """The folder that the entry's source names."""
        source, about = self.entry.get("source"), down(self.json, ["metadata"])
        if not isinstance(source, str):
            return self.root
        base = about.get("pluginRoot") if isinstance(about, dict) and not source.startswith(".") else None
        return self.root / base / source if isinstance(base, str) else self.root / source


def down(value: Json, steps: Sequence[str]) -> Json:
    """Return what stands at the end of the steps, as far as they lead."""
    for step in steps:
        if isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        elif isinstance(value, dict) and step in value:
            value = value[step]
        else:
            break
    return value


def loaded(text: str) -> Json:
    """Return the JSON of a text, None where it is none."""
    try:
        return json.loads(text)
    except ValueError:
        return None


def listed(value: Json) -> list[Json]:
    """Return a list, an empty one for anything else."""
    return value if isinstance(value, list) else []


def entries(market: Json) -> list[dict[str, Json]]:
    """Return the entries of a marketplace that are mappings."""
    plugins = market.get("plugins") if isinstance(market, dict) else None
    return [entry for entry in listed(plugins) if isinstance(entry, dict)]


def strings(value: Json) -> Iterator[str]:
    """Yield each text in a value."""
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(each)


def plain(key: str) -> str:
    """Return a key in small letters alone."""
    return re.sub(r"[\W_]", "", key).lower()


def leaves(path: str) -> bool:
    """Whether a path leads out of the folder that it begins in."""
    return posixpath.normpath(path).split("/")[0] == ".."
