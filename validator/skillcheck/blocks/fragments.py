"""Python whose blocks have no body -> the same with one, as far as nothing but a body was left out."""

from __future__ import annotations

import ast
import re
import textwrap

from skillcheck.blocks.parsing import parse

_HEADER = re.compile(
    r"(?P<code>(?P<indent>[ \t]*)"
    r"(?:async |if|elif|else|for|while|with|try|except|finally|def|class|match|case)\b[^#\n]*?:)"
    r"[ \t]*(?:#[^\n]*)?$"
)
_DECORATOR = re.compile(r"(?s).*(?:^|\n)(?P<indent>[ \t]*)@[^\n]+\s*$")


def margin(text: str) -> int:
    """Return by how many characters all of a text is set in, as what was cut out is; 0 where it does not parse so."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    width = len(first) - len(first.lstrip())
    if not width or parse(text) is not None:
        return 0
    bare = textwrap.dedent(text)
    return width if not bare.lstrip("\n").startswith((" ", "\t")) and parse(bare) is not None else 0


def is_signature(text: str) -> bool:
    """Whether a text is nothing but calls that end with `**kwargs`, as nobody calls what has these itself."""
    tree = parse(text)
    body = tree.body if tree else []
    return bool(body) and all(map(_is_signature, body))


def _is_signature(statement: ast.stmt) -> bool:
    match statement:
        case ast.Expr(value=ast.Call(keywords=[*_, ast.keyword(arg=None, value=ast.Name(id="kwargs"))])):
            return True
    return False


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
