"""What a plugin declares -> what Claude Code refuses of it beyond what a schema can say."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category

from skillcheck.model import Data, Json, Pointer
from skillcheck.rules.monitors import namesakes
from skillcheck.rules.rule import Told
from skillcheck.rules.wording import shown, where

_LONGEST = 64
_UNSEEN = frozenset({"Cc", "Cf"})


def declared(data: Data, pointer: Pointer = ()) -> Iterator[Told]:
    """Yield what is to be said of a manifest, or of an entry, at a pointer: of its monitors and of what it asks."""
    for inner in (("monitors",), ("experimental", "monitors")):
        yield from namesakes(data, (*pointer, *inner))
    yield from _choices(data, (*pointer, "userConfig"))
    channels = data.at(*pointer, "channels")
    for index in range(len(channels) if isinstance(channels, list) else 0):
        yield from _choices(data, (*pointer, "channels", index, "userConfig"))


def _choices(data: Data, pointer: Pointer) -> Iterator[Told]:
    """Yield what is to be said of the `options` of the fields there, as far as these are texts."""
    fields = data.at(*pointer)
    for name, field in fields.items() if isinstance(fields, dict) else ():
        options = field.get("options") if isinstance(field, dict) else None
        texts = [text for text in options if isinstance(text, str)] if isinstance(options, list) else []
        if isinstance(field, dict) and isinstance(options, list) and len(texts) == len(options):
            yield from _of_field(data, (*pointer, name), field, texts)


def _of_field(data: Data, pointer: Pointer, field: dict[str, Json], texts: list[str]) -> Iterator[Told]:
    place, name = data.place(*pointer, "options"), where((*pointer, "options"))
    if field.get("type") != "string" or field.get("multiple") is True or field.get("sensitive") is True:
        message = f"`{name}` is for a field of type string alone that is neither multiple nor sensitive"
        yield Told(place, message, "remove `options`")
        return
    for index, text in enumerate(texts):
        if why := _unfit(text):
            yield Told(data.place(*pointer, "options", index), f"`{name}[{index}]` {why}", "write another text")
    if len({text.casefold() for text in texts}) < len(texts):
        yield Told(place, f"`{name}` holds one text twice, in whatever case", "write each text once")
    if "default" in field and field["default"] not in texts:
        message = f"`{where((*pointer, 'default'))}` is {shown(field['default'])}, expected one of the options"
        yield Told(data.place(*pointer, "default"), message, "make it one of the options")
    elif "default" not in field and field.get("required") is not True:
        message = f"`{name}` needs a default among them, or `required: true`"
        yield Told(place, message, 'add `"default"` or `"required": true`')


def _unfit(text: str) -> str:
    """Return what Claude Code has against an option, empty if nothing."""
    if not text:
        return "is empty"
    if text != text.strip():
        return "begins or ends with a space"
    if len(text) > _LONGEST:
        return f"has {len(text)} characters, at most {_LONGEST} are taken"
    return "holds a character that nobody sees" if any(category(char) in _UNSEEN for char in text) else ""
