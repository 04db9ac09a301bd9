"""Info string of a fence -> the options that it asks for in the words of other tools."""

from __future__ import annotations

import re
import shlex

_SKIP = {"notest", "ignore", "skip", "no-test", "no_test", "skip-test"}
_PARSE_ONLY = {"no_run", "no-run", "norun", "noexec", "no-exec"}
_FILE_KEYS = {"title", "file", "filename", "path"}
_PATH = re.compile(r"[\w@.+-]+(?:/[\w@.+-]+)*")
_AFTER_COLON = re.compile(r"[\w+#-]+:(?!//)(\S+)")
_BRACED = re.compile(r"\{([^{}]*)\}")


def options_of(info: str) -> dict[str, str]:
    """Return the directive options that an info string means, none for words that it does not know."""
    options: dict[str, str] = {}
    if not info or info.isalnum():  # a language alone, as nearly always
        return options
    if (colon := _AFTER_COLON.match(info)) and is_path(colon[1]):
        options["file"] = colon[1]
    for word in _words(info):
        key, _, value = word.partition("=")
        if word in _SKIP:
            options |= {"skip": "", "reason": f"`{word}` in the info string"}
        elif word in _PARSE_ONLY:
            options["level"] = "resolved"
        elif word == "continuation":
            options["after"] = ""
        elif key in _FILE_KEYS and is_path(value):
            options["file"] = value
    return options


def is_path(text: str) -> bool:
    """Whether a title is a relative path of a file, not a sentence."""
    name = text.rpartition("/")[2]
    return bool(_PATH.fullmatch(text)) and "." in name.strip(".") and ".." not in text.split("/")


def _words(info: str) -> list[str]:
    """Split what follows the language; a lone quote is taken as it stands."""
    text = _BRACED.sub(r" \1 ", info)
    try:
        words = shlex.split(text)
    except ValueError:
        words = text.split()
    return [part for word in words for part in re.split(r",(?!.*[\"'])", word) if part][1:]
