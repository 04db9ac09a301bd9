"""Text -> misspelt-token."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillcheck.model import Severity, Text
from skillcheck.rules.letters import found
from skillcheck.rules.rule import CLAUDE_CODE, Told, rule
from skillcheck.rules.wording import closest

_SET = ("CLAUDE_SKILL_DIR", "CLAUDE_SESSION_ID", "CLAUDE_PLUGIN_ROOT", "CLAUDE_PLUGIN_DATA", "CLAUDE_PROJECT_DIR")
_NONE = rf"(?!(?:{'|'.join(_SET)}|CLAUDE_PLUGIN_OPTION_\w+)\b)CLAUDE_(?:SKILL|PLUGIN|SESSION|PROJECT)[A-Z_]*"
_TOKEN = re.compile(rf"\$(?:\{{{_NONE}\}}|{_NONE}\b)|\$ARGUMENT\b|\$\{{ARGUMENTS?\}}|\{{\{{ ?\$?ARGUMENTS? ?\}}\}}")

_TAKEN_BACK = re.compile(
    r"\b(?:not|never|avoid|replac(?:ed?|es|ing)|bann?(?:ed|ing)?|instead of)\b[^.]{0,40}$", re.IGNORECASE
)
_REFUSED = re.compile(r"\}?[`'\")]*\s+(?:should|must|may|does|is|are|can)(?: not|n['\u2019]t)\b")
_NEAR = 80  # letters before a token, in which is said that it is wrong


@rule(
    "SK437",
    severity=Severity.WARNING,
    clients=CLAUDE_CODE,
    source="https://code.claude.com/docs/en/skills#available-string-substitutions",
)
def misspelt_token(text: Text) -> Iterator[Told]:
    """A token that looks like one of Claude Code's is none.

    Nothing is put in its place: Claude reads the token, and a shell reads nothing at all.

    ```markdown bad path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill the form in $ARGUMENT.
    ```

    ```markdown good path=skills/pdf-forms/SKILL.md
    ---
    name: pdf-forms
    description: Fills PDF forms. Use when the user asks to fill a form.
    ---

    # PDF forms

    Fill the form in $ARGUMENTS.
    ```
    """
    if not text.path.endswith(".md") or not ("CLAUDE_" in text.text or "ARGUMENT" in text.text):
        return
    for place, line, token in found(text, _TOKEN):
        name, at = token.strip("${} "), line.find(token)
        is_meant = not _TAKEN_BACK.search(line, max(0, at - _NEAR), at) and not _REFUSED.match(line, at + len(token))
        if is_meant and f"{name}=" not in text.text:
            meant = "$ARGUMENTS" if name.startswith("ARGUMENT") else f"${{{closest(name, _SET) or _SET[0]}}}"
            yield Told(place, f"`{token}` is no token of Claude Code, and stays as it is", f"write `{meant}`")
