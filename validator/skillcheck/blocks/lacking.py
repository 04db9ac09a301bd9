"""What a program takes of the example project -> what of it no file of the project binds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from skillcheck.blocks.imports import module_of
from skillcheck.blocks.index import names_of
from skillcheck.blocks.names import Names
from skillcheck.model import Misuse, MisuseKind, Unit, Use


def modules_of(files: Sequence[Unit]) -> Mapping[str, Names]:
    """Return what the modules of a project bind, by their names."""
    return {
        module: names_of(unit) for unit in files if unit.language == "python" and (module := module_of(unit.path or ""))
    }


def lacking(uses: Sequence[Use], modules: Mapping[str, Names]) -> Iterator[Misuse]:
    """Yield the attributes that a module of the project does not have, as far as its text says all of them."""
    return (misuse for use in uses for misuse in _lacking(use, modules))


def _lacking(use: Use, modules: Mapping[str, Names]) -> Iterator[Misuse]:
    start = [*use.module.split("."), *filter(None, [use.start])]
    chain = [*start, *(part.name for part in use.parts)]
    for size in range(len(chain) - 1, 0, -1):
        module = ".".join(chain[:size])
        if module in modules:
            name, known = chain[size], modules[module]
            certain = known.parsed and not known.stars and "__getattr__" not in known.gives
            is_missing = certain and not name.startswith("__") and name not in known.gives
            if size >= len(start) and is_missing and not _is_inside(f"{module}.{name}.", modules):
                near = get_close_matches(name, known.gives, 1)
                remedy = f"did you mean `{near[0]}`?" if near else "use what it binds"
                place = use.parts[size - len(start)].place
                yield Misuse(MisuseKind.ATTRIBUTE, place, f"`{module}` has no `{name}`", remedy)
            return


def _is_inside(name: str, modules: Iterable[str]) -> bool:
    """Return whether a name that ends in a dot is a module's or a package's."""
    return any(f"{other}.".startswith(name) for other in modules)
