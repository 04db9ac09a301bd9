"""JavaScript or TypeScript → what it imports, binds and needs, whether it is a module; nothing is executed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from skillcheck.runner.languages.grammars import Grammar
from skillcheck.runner.languages.javascript import GRAMMAR as JAVASCRIPT
from skillcheck.runner.languages.typescript import GRAMMAR as TYPESCRIPT

if TYPE_CHECKING:
    from tree_sitter import Node

Spot = tuple[int, int]
GRAMMARS: dict[str, Grammar] = {"javascript": JAVASCRIPT, "typescript": TYPESCRIPT}
_TYPES = frozenset(
    {"type_annotation", "type_arguments", "type_parameters", "interface_declaration", "type_alias_declaration"}
    | {"ambient_declaration", "nested_type_identifier", "type_query", "function_type", "object_type", "index_signature"}
    | {"implements_clause", "function_signature", "method_signature", "abstract_method_signature"}
    | {"asserts_annotation", "type_predicate_annotation"}
)
"""What is erased before a program runs."""
_FUNCTIONS = frozenset(
    {"function_declaration", "function_expression", "arrow_function", "method_definition"}
    | {"generator_function_declaration", "generator_function", "class_static_block"}
)
_NAMED = frozenset(
    {"function_declaration", "function_expression", "generator_function_declaration", "generator_function"}
    | {"class_declaration", "class", "abstract_class_declaration", "enum_declaration", "internal_module"}
    | {"variable_declarator"}
)
_BINDING_FIELDS = {
    "arrow_function": "parameter",
    "catch_clause": "parameter",
    "for_in_statement": "left",
    "required_parameter": "pattern",
    "optional_parameter": "pattern",
}
_PATTERN_FIELDS = {"pair_pattern": "value", "assignment_pattern": "left", "object_assignment_pattern": "left"}
_NAMES = frozenset({"identifier", "shorthand_property_identifier_pattern", "type_identifier"})


@dataclass(slots=True)
class Reading:
    """What is known of a script before it runs; places are lines and columns of its text.

    `imports` are the modules that it names, `used` the names, `guarded` those it asks for with `typeof`. `declared` are
    what it binds anywhere, `assigned` what it gives a value without declaring it. `module` says that it can only be a
    module of ECMAScript, `elements` that it holds JSX, `decorators` that it has such, `values` that a bare `{…}` or
    `name: …` in it is meant as a value. `inert` says that nothing of it is left to run once its types are erased.
    """

    imports: dict[str, Spot] = field(default_factory=dict)
    used: dict[str, Spot] = field(default_factory=dict)
    declared: set[str] = field(default_factory=set)
    assigned: set[str] = field(default_factory=set)
    guarded: set[str] = field(default_factory=set)
    module: bool = False
    elements: bool = False
    decorators: bool = False
    values: bool = False
    inert: bool = False

    @property
    def free(self) -> dict[str, Spot]:
        """The names that it uses and does not bind, each with its first place."""
        bound = self.declared | self.assigned | self.guarded | {"arguments"}
        return {name: spot for name, spot in self.used.items() if name not in bound}


def read(text: str, language: str) -> Reading:
    """Return what a text that its grammar accepts says of itself."""
    grammar = GRAMMARS[language]
    modern = grammar.modern(text)
    root = grammar.trees(modern)[-1].root_node
    reading = Reading()
    lines = modern.encode(errors="replace").split(b"\n")
    reading.inert = all(map(_is_erased, root.named_children))
    bindings: set[int] = set()
    waiting = [(root, False)]
    while waiting:
        node, inner = waiting.pop()
        if node.type in _TYPES:
            continue
        _bind(reading, node, bindings)
        _note(reading, node, lines, inner=inner)
        if node.type in {"identifier", "shorthand_property_identifier"} and node.id not in bindings:
            reading.used.setdefault(_text(node), _spot(node, lines))
        inside = inner or node.type in _FUNCTIONS
        waiting.extend((child, inside) for child in reversed(node.children))
    return reading


def _is_erased(node: Node) -> bool:
    """Whether nothing of a statement is left to run."""
    if node.type == "export_statement":
        declared = node.child_by_field_name("declaration")
        return declared is not None and declared.type in _TYPES
    return node.type in _TYPES or node.type in {"comment", "hash_bang_line"}


def _bind(reading: Reading, node: Node, bindings: set[int]) -> None:
    for name in _bound(node):
        bindings.add(name.id)
        reading.declared.add(_text(name))
    if node.type == "assignment_expression":
        left = node.child_by_field_name("left")
        if left is not None and left.type == "identifier":
            reading.assigned.add(_text(left))


def _bound(node: Node) -> Iterator[Node]:
    """Yield the nodes that are names which this node binds, or that are no names of values at all."""
    if node.type in _NAMED:
        yield from _names(node.child_by_field_name("name"))
    elif node.type in _BINDING_FIELDS:
        yield from _names(node.child_by_field_name(_BINDING_FIELDS[node.type]))
    elif node.type == "formal_parameters":
        for child in node.named_children:
            yield from _names(child)
    elif node.type in {"import_clause", "namespace_import", "import_require_clause"}:
        yield from (child for child in node.named_children if child.type == "identifier")
    elif node.type == "import_specifier":
        yield from (child for child in node.named_children if child.type in _NAMES)


def _names(node: Node | None) -> Iterator[Node]:
    """Yield the names that a pattern binds."""
    if node is None:
        return
    if node.type in _NAMES:
        yield node
    elif node.type in _PATTERN_FIELDS:
        yield from _names(node.child_by_field_name(_PATTERN_FIELDS[node.type]))
    elif node.type in {"object_pattern", "array_pattern", "rest_pattern"}:
        for child in node.named_children:
            yield from _names(child)


def _note(reading: Reading, node: Node, lines: list[bytes], *, inner: bool) -> None:
    match node.type:
        case "import_statement" | "export_statement":
            reading.module = True
            _import(reading, node, lines)
        case "call_expression":
            _call(reading, node, lines)
        case "meta_property":
            reading.module = reading.module or _text(node).startswith("import")
        case "await_expression" | "await" if not inner:
            reading.module = True
        case "jsx_element" | "jsx_self_closing_element" | "jsx_opening_element":
            reading.elements = True
        case "decorator":
            reading.decorators = True
        case "expression_statement" | "labeled_statement" if _is_value(node):
            reading.values = True
        case "unary_expression" if node.children[0].type == "typeof":
            reading.guarded.update(_text(child) for child in node.named_children if child.type == "identifier")
        case "export_specifier":
            _exported(reading, node)


def _is_value(node: Node) -> bool:
    """Whether a statement is a value that stands alone, or a value with its name."""
    if node.type == "labeled_statement":
        return node.children[-1].type == "expression_statement"
    return node.children[0].type == "object"


def _import(reading: Reading, node: Node, lines: list[bytes]) -> None:
    source = node.child_by_field_name("source")
    if source is not None and not any(child.type == "type" for child in node.children):
        reading.imports.setdefault(_text(source)[1:-1], _spot(source, lines))


def _exported(reading: Reading, node: Node) -> None:
    """Take what is exported under another name, or out of another module, as no use of a name."""
    statement = node.parent.parent if node.parent else None
    again = statement is not None and statement.child_by_field_name("source") is not None
    names = [child for child in node.named_children if child.type == "identifier"]
    reading.guarded.update(_text(name) for name in (names if again else names[1:]))


def _call(reading: Reading, node: Node, lines: list[bytes]) -> None:
    """Take the module that `require("x")` or `import("x")` names."""
    called, given = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if called is None or given is None or _text(called) not in {"require", "import"}:
        return
    first = given.named_children[:1]
    if first and first[0].type == "string":
        reading.imports.setdefault(_text(first[0])[1:-1], _spot(first[0], lines))


def _text(node: Node) -> str:
    return (node.text or b"").decode(errors="replace")


def _spot(node: Node, lines: list[bytes]) -> Spot:
    row, column = node.start_point
    return row + 1, len(lines[row][:column].decode(errors="replace")) + 1
