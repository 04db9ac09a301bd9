"""[tool.skillcheck] of pyproject.toml, or skillcheck.toml → Config."""

from __future__ import annotations

from skillcheck.config.bounded import astray
from skillcheck.config.codes import unknown_codes
from skillcheck.config.find import find
from skillcheck.config.scopes import scoped
from skillcheck.config.settings import Config, MarketplaceConfig, PathConfig, SkillConfig

__all__ = ["Config", "MarketplaceConfig", "PathConfig", "SkillConfig", "astray", "find", "scoped", "unknown_codes"]
