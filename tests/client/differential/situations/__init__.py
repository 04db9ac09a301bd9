"""What a bundle has to hold where only one of the two may speak: one function for each written exception that needs it.

Each looks at the files itself, by the standard library or by a table of what documentation names, and asks no rule: a
rule that became too loud must not excuse itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import isfunction

from tests.client.differential.situations import files, frontmatters, markets, plugins
from tests.client.differential.situations.scene import Scene

SITUATIONS: Mapping[str, Callable[[Scene], bool]] = {
    name: function
    for module in (files, frontmatters, markets, plugins)
    for name, function in vars(module).items()
    if isfunction(function) and function.__module__ == module.__name__
}
"""Every function by its name, as the exceptions give it."""
