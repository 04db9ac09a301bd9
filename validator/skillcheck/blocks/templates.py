"""A block that its own language refuses -> why it was never meant to be accepted, if so."""

from __future__ import annotations

import ast
import json
import re
import tomllib
import warnings
from collections.abc import Callable, Iterator

import yaml

from skillcheck.blocks.fragments import with_bodies
from skillcheck.blocks.parsing import parse

_BLANK = re.compile(r"\$?\{\{[^{}]{0,400}\}\}|\{%[^{}\n]{0,200}%\}|<[^\W\d][\w.|/:-]{0,60}(?: [\w.|/:'-]{1,40}){0,8}>")
_BRACED = re.compile(r"\{([^\W\d]\w{0,60})\}")
_MAGIC = re.compile(r"(?m)^([ \t]*)(?:%%?[a-z]|![a-z])[^\n]*$")
_OTHERWISE = re.compile(r"\{%-?\s*el(?:se|if|sif)\b[^%]{0,200}%\}.{0,4000}?(?=\{%-?\s*end)", re.DOTALL)
_ANSWERED = re.compile(r"(?m)^[ \t]*(?:[→⇒←]|[-=]>|<-)[ \t]")
_BLANK_LINE = re.compile(r"(?m)^[ \t]*(?:\{\{.*\}\}|\{%.*%\}|<[^\W\d][^<>\n]*>)[ \t]*$\n?")
_DOTS = re.compile(r"\.\.\.|…")
_DOTS_LINE = re.compile(r"(?m)^([ \t]*)[\"'\[(]?(?:\.\.\.|…)[^\n]*$")
_DOTS_NEXT = re.compile(r",\s{0,80}(?:\.\.\.|…)")
_DOTS_FIRST = re.compile(r"(?:\.\.\.|…)\s{0,80},?")
_SHELL_QUOTED = re.compile(
    r"<<-?\s{0,9}(['\"]?)(?P<end>\w+)\1[^\n]*\n(?:.*\n){0,200}?\s{0,80}(?P=end)\b"
    r"|(?:^|(?<=\s))#[^\n]*|'[^']{0,2000}'|\"(?:\\.|[^\"\\]){0,2000}\"",
    re.MULTILINE,
)
_COMMENT = re.compile(
    r'("(?:\\.|[^"\\\n]){0,8000}")|//[^\n]*|/\*.{0,2000}?\*/|(?:(?<=\s)|^)#[^\n]*', re.DOTALL | re.MULTILINE
)
_LARGEST = 64_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def excuse(text: str, language: str) -> str:
    """Return why a block of that language need not parse, empty where it must (or does).

    A template is what parses once its blanks are filled in; a fragment what parses once it is enclosed. A block of
    more than 64,000 characters is taken as meant.
    """
    if len(text) > _LARGEST:
        return ""
    if language in {"bash", "dockerfile"}:
        return "a template" if _BLANK.search(_SHELL_QUOTED.sub("", text)) else ""
    accepts = _ACCEPTS.get(language)
    if accepts is None or accepts(text):
        return ""
    if any(accepts(filled) for filled in _filled(text, language)):
        return "a template"
    return {"python": _python_excuse, "json": _json_excuse}.get(language, lambda _: "")(text)


def _python_excuse(text: str) -> str:
    if _MAGIC.search(text) and _is_python(_MAGIC.sub(r"\1pass", text)):
        return "a notebook cell with magic commands"
    wholes = map(with_bodies, (text, *_filled(text, "python")))
    return "a fragment" if any(map(_compiles, wholes)) else ""


def _filled(text: str, language: str) -> Iterator[str]:
    """Yield the text with its blanks and ellipses replaced by what its language takes in their place."""
    value, statement = _FILLING[language]
    if _BLANK.search(text):
        yield _BLANK.sub(value, text)
        yield _BLANK.sub(value, _BLANK_LINE.sub("", _OTHERWISE.sub("", text)))
    if language == "python" and _BRACED.search(text):
        yield _BRACED.sub(r"\1", text)
    if _DOTS.search(text):
        blanks = _BLANK.sub(value, text)
        lines = _DOTS_LINE.sub(rf"\1{statement}", blanks)
        for candidate in (blanks, lines):
            yield _DOTS.sub(value, candidate)
            yield _DOTS.sub(value, _DOTS_NEXT.sub("", candidate))
            yield _DOTS_FIRST.sub("", _DOTS_NEXT.sub("", candidate))


def _json_excuse(text: str) -> str:
    """Return what JSON that is not one value is instead, empty where it is simply broken."""
    if _ANSWERED.search(text):
        return "a transcript"
    bare = _COMMENT.sub(lambda match: match[1] or "", text)
    if bare != text and any(map(_is_json, (bare, *_filled(bare, "json")))):
        return "json with comments"
    if bare.strip() and any(_is_json(form.format(bare.strip().rstrip(","))) for form in ("{{{}}}", "[{}]")):
        return "a fragment"
    lines = [line for line in bare.split("\n") if line.strip()]
    return "several values" if lines and all(map(_is_json, lines)) else ""


def _is_python(text: str) -> bool:
    return parse(text) is not None


def _compiles(text: str) -> bool:
    """Whether a text is whole: where a body is not indented, what follows may not stand alone."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(text, "<block>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_yaml(text: str) -> bool:
    try:
        for _ in yaml.parse(text, Loader=_LOADER):
            pass
    except (yaml.YAMLError, ValueError, RecursionError):
        return False
    return True


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


_ACCEPTS: dict[str, Callable[[str], bool]] = {
    "python": _is_python,
    "json": _is_json,
    "yaml": _is_yaml,
    "toml": _is_toml,
}
_FILLING = {
    "python": ("blank", "pass"),
    "json": ("null", ""),
    "yaml": ("blank", ""),
    "toml": ("0", ""),
}
