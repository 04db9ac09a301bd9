"""Dockerfiles, parsed by BuildKit's own parser."""

from __future__ import annotations

import difflib

import dockerfile

from skillcheck.runner.languages import ACCEPTED, Language, Verdict

# https://docs.docker.com/reference/dockerfile/#overview
INSTRUCTIONS = frozenset(
    {"ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER"}
    | {"ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"}
)


def parse(text: str) -> Verdict:
    """Return what BuildKit says of `text`, and the first instruction that it doesn't know."""
    try:
        commands = dockerfile.parse_string(text)
    except dockerfile.GoParseError as error:
        return Verdict(f"this is not a Dockerfile: {error}", "correct it, or tag the block `text`")
    for command in commands:
        given = command.cmd or "\\"  # a backslash alone is a command without a name
        name = given.upper()
        if name not in INSTRUCTIONS:
            near = difflib.get_close_matches(name, INSTRUCTIONS, 1)
            remedy = f"did you mean `{near[0]}`?" if near else "use one of Docker's instructions"
            return Verdict(f"`{given}` is not an instruction of a Dockerfile", remedy, command.start_line)
    return ACCEPTED


LANGUAGE = Language("dockerfile", parse)
