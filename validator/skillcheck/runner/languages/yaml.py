"""YAML, parsed by PyYAML without constructing a value."""

from __future__ import annotations

import yaml

from skillcheck.runner.languages import ACCEPTED, Language, Verdict

LOADER: type[yaml.Loader] = getattr(yaml, "CLoader", yaml.Loader)


def parse(text: str) -> Verdict:
    """Return what PyYAML's scanner and parser say of `text`; one with template marks is shown only."""
    try:
        for _ in yaml.parse(text, Loader=LOADER):
            pass
    except yaml.MarkedYAMLError as error:
        mark = _mark(text, error)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return Verdict(f"this is not YAML: {error.problem}", "correct it, or quote the value", line, column)
    except yaml.YAMLError as error:
        return Verdict(f"this is not YAML: {' '.join(str(error).split())}", "remove the character")
    except RecursionError:
        return Verdict("this YAML is nested too deeply to be read", "show a flatter example")
    return ACCEPTED


def _mark(text: str, error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """Return where it was written: what is never closed, and what should be a key, is so where it begins."""
    context, problem = error.context_mark, error.problem_mark
    uneven = any(text.count(opener) > text.count(closer) for opener, closer in ("[]", "{}"))
    begins = ("while scanning a quoted", "while scanning a simple key", *(("while parsing a flow",) if uneven else ()))
    return context if context and str(error.context).startswith(begins) else problem or context


LANGUAGE = Language("yaml", parse)
