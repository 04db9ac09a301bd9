"""JSX: JavaScript by another name."""

from __future__ import annotations

from skillcheck.runner.languages import Language
from skillcheck.runner.languages.javascript import LANGUAGE as JAVASCRIPT

LANGUAGE = Language("jsx", JAVASCRIPT.parse)
