"""YAML, parsed by PyYAML without constructing a value."""

from __future__ import annotations

import re

import yaml

from skillcheck.runner.languages import ACCEPTED, Language, Verdict

TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<[A-Za-z][\w -]*>|^\s*(?:\.\.\.|…)\s*\S*$", re.MULTILINE)
LOADER: type[yaml.Loader] = getattr(yaml, "CLoader", yaml.Loader)


def parse(text: str) -> Verdict:
    """Return what PyYAML's scanner and parser say of `text`; one with template marks is shown only."""
    try:
        for _ in yaml.parse(text, Loader=LOADER):
            pass
    except yaml.MarkedYAMLError as error:
        if TEMPLATE.search(text):
            return Verdict(reason="a template: it holds placeholders")
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return Verdict(f"this is not YAML: {error.problem}", "correct it, or quote the value", line, column)
    except yaml.YAMLError as error:
        return Verdict(f"this is not YAML: {' '.join(str(error).split())}", "remove the character")
    return ACCEPTED


LANGUAGE = Language("yaml", parse)
