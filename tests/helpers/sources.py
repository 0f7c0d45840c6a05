"""The Python sources of the addons, read without being run: files, imports, models and words."""

import ast
import io
import re
import tokenize
from collections import defaultdict
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
ADDONS = ROOT / "addons"
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
# The comments of the files that are not Python.
COMMENTS = {
    ".js": r"/\*.*?\*/|(?<!:)//[^\n]*",
    ".scss": r"/\*.*?\*/|(?<!:)//[^\n]*",
    ".xml": r"<!--.*?-->",
}


class Model(NamedTuple):
    """A class that defines or extends a model."""

    name: str
    inherited: tuple
    is_defined: bool
    methods: tuple  # pairs of name and line
    line: int


class Source:
    """One Python file; its dotted name begins with the folder of its addon, or with ``tests``."""

    def __init__(self, path, root):
        self.path = path
        self.place = path.relative_to(ROOT).as_posix()
        self.name = ".".join(path.relative_to(root).with_suffix("").parts)
        self.is_package = path.stem == "__init__"
        if self.is_package:
            self.name = self.name.removesuffix(".__init__")
        self.text = path.read_text()
        self.tree = ast.parse(self.text, self.place)

    @cached_property
    def functions(self):
        """Every function with the lines that it has, its docstring included."""
        return [
            (node.name, node.lineno, node.end_lineno - node.lineno + 1)
            for node in ast.walk(self.tree)
            if isinstance(node, FUNCTIONS)
        ]

    @cached_property
    def imports(self):
        """Every imported name with its line; what is imported from a module follows its dots."""
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [(alias.name, node.lineno) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                base = ".".join(filter(None, [self._get_package(node.level), node.module]))
                found += [(f"{base}.{alias.name}", node.lineno) for alias in node.names]
        return [(name.removeprefix("odoo.addons."), line) for name, line in found]

    def _get_package(self, level):
        """Return the package that the dots of a relative import name, none without dots."""
        if not level:
            return None
        parts = self.name.split(".")
        return ".".join(parts[: len(parts) - level + self.is_package])

    @cached_property
    def models(self):
        classes = [node for node in self.tree.body if isinstance(node, ast.ClassDef)]
        return [model for model in map(_read_model, classes) if model]

    @cached_property
    def remarks(self):
        """Every docstring and comment with the line that it begins at."""
        nodes = (ast.Module, ast.ClassDef, *FUNCTIONS)
        found = [
            (node.body[0].lineno, text)
            for node in ast.walk(self.tree)
            if isinstance(node, nodes) and (text := ast.get_docstring(node))
        ]
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        comments = (each for each in tokens if each.type == tokenize.COMMENT)
        return found + [(each.start[0], each.string) for each in comments]


def _read_model(node):
    """Return the model of a class, None if it is none."""
    values = {}
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            values[statement.targets[0].id] = statement.value
    if not {"_name", "_inherit"} & set(values):
        return None
    inherit = ast.literal_eval(values["_inherit"]) if "_inherit" in values else ()
    inherited = (inherit,) if isinstance(inherit, str) else tuple(inherit)
    name = ast.literal_eval(values["_name"]) if "_name" in values else inherited[0]
    methods = [(each.name, each.lineno) for each in node.body if isinstance(each, FUNCTIONS)]
    return Model(name, inherited, "_name" in values, tuple(methods), node.lineno)


@lru_cache
def read_addons():
    """Return the Python files of all addons."""
    return [Source(path, ADDONS) for path in sorted(ADDONS.rglob("*.py"))]


@lru_cache
def read_tests():
    return [Source(path, ROOT) for path in sorted((ROOT / "tests").rglob("*.py"))]


def find_imports(sources):
    """Yield (source, imported source, line) for the imports among these sources."""
    known = {source.name: source for source in sources}
    for source in sources:
        found = {
            (known.get(name) or known.get(name.rpartition(".")[0]), line)
            for name, line in source.imports
        }
        found = [(target, line) for target, line in found if target not in (None, source)]
        for target, line in sorted(found, key=lambda each: (each[1], each[0].place)):
            yield source, target, line


def find_circle(sources):
    """Return the places of a circle of imports, the first one again at its end; or nothing."""
    arrows = defaultdict(list)
    for source, target, _line in find_imports(sources):
        arrows[source.place].append(target.place)
    done = set()

    def follow(place, way):
        if place in way:
            return [*way[way.index(place) :], place]
        if place in done:
            return []
        circle = next(filter(None, (follow(each, [*way, place]) for each in arrows[place])), [])
        done.add(place)
        return circle

    return next(filter(None, (follow(each, []) for each in sorted(arrows))), [])


def read_other_remarks():
    """Yield (place, line, comment) of the scripts, styles, views and templates of the addons."""
    for path in sorted(ADDONS.rglob("*")):
        if pattern := COMMENTS.get(path.suffix):
            text = path.read_text()
            for match in re.finditer(pattern, text, re.DOTALL):
                line = text.count("\n", 0, match.start()) + 1
                yield path.relative_to(ROOT).as_posix(), line, match[0]
