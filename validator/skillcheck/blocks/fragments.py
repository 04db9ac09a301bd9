"""Python whose blocks have no body -> the same with one, as far as nothing but a body was left out."""

from __future__ import annotations

import re

_HEADER = re.compile(
    r"(?P<code>(?P<indent>[ \t]*)"
    r"(?:async |if|elif|else|for|while|with|try|except|finally|def|class|match|case)\b[^#\n]*?:)"
    r"[ \t]*(?:#[^\n]*)?$"
)
_DECORATOR = re.compile(r"(?s).*(?:^|\n)(?P<indent>[ \t]*)@[^\n]+\s*$")


def with_bodies(text: str) -> str:
    """Return the text, with a body for each header that ends its paragraph or has comments alone below it.

    Where code follows on the very next line, its indentation may be what is wrong: that is left as it is.
    """
    lines = text.rstrip().split("\n")
    made = [_with_body(lines, number) for number in range(len(lines))]
    found = _DECORATOR.match("\n".join(made))
    if found:
        made.append(f"{found['indent']}def blank(): pass")
    return "\n".join(made) + "\n"


def _with_body(lines: list[str], number: int) -> str:
    header = _HEADER.match(lines[number])
    if header is None:
        return lines[number]
    below = [line for line in lines[number + 1 :] if line.strip() and not line.lstrip().startswith("#")]
    indent = len(header["indent"])
    if below and len(below[0]) - len(below[0].lstrip()) > indent:
        return lines[number]
    following = lines[number + 1] if number + 1 < len(lines) else ""
    is_left_out = not following.strip() or following.lstrip().startswith("#") or _HEADER.match(following)
    return f"{header['code']} pass" if is_left_out else lines[number]
