"""What a program takes of the example project -> what of it no file of the project binds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from skillcheck.blocks.imports import module_of
from skillcheck.blocks.index import names_of
from skillcheck.blocks.names import Names
from skillcheck.model import Misuse, MisuseKind, Unit, Use


def lacking(uses: Sequence[Use], files: Sequence[Unit]) -> Iterator[Misuse]:
    """Yield the attributes that a module of the project does not have, as far as its text says all of them."""
    modules = {
        module: names_of(unit) for unit in files if unit.language == "python" and (module := module_of(unit.path or ""))
    }
    return (misuse for use in uses for misuse in _lacking(use, modules))


def _lacking(use: Use, modules: Mapping[str, Names]) -> Iterator[Misuse]:
    start = [*use.module.split("."), *filter(None, [use.start])]
    chain = [*start, *(part.name for part in use.parts)]
    for size in range(len(chain) - 1, 0, -1):
        module = ".".join(chain[:size])
        if module in modules:
            name, known = chain[size], modules[module]
            inside = any(f"{other}.".startswith(f"{module}.{name}.") for other in modules)
            certain = known.parsed and not known.stars and "__getattr__" not in known.gives
            if size >= len(start) and certain and not inside and not name.startswith("__") and name not in known.gives:
                near = get_close_matches(name, known.gives, 1)
                remedy = f"did you mean `{near[0]}`?" if near else "use what it binds"
                place = use.parts[size - len(start)].place
                yield Misuse(MisuseKind.ATTRIBUTE, place, f"`{module}` has no `{name}`", remedy)
            return
