"""The nouns of skillcheck: frozen dataclasses without I/O, which every room shares."""

from __future__ import annotations

from skillcheck.model.bundle import Archive, Bundle, Component, ComponentKind, Marketplace, Origin, Plugin
from skillcheck.model.data import Data, Json, Pointer
from skillcheck.model.document import Block, Directive, Document, Heading, Ignore, Link, UnusedIgnore
from skillcheck.model.environment import Environment, Lock, Refusal, Requirement, Trouble
from skillcheck.model.evidence import Claim, Evidence
from skillcheck.model.expectation import Expectation, Form, Mismatch
from skillcheck.model.fault import Fault, FaultKind
from skillcheck.model.file import File
from skillcheck.model.finding import About, Client, Edit, Finding, Severity
from skillcheck.model.matrix import Cell, Releases
from skillcheck.model.place import Place
from skillcheck.model.program import Bundled, Call, Import, Misuse, MisuseKind, Name, Program, Role, Segment, Unit, Use
from skillcheck.model.report import Packed, Report
from skillcheck.model.result import (
    Cause,
    CauseKind,
    Coverage,
    Level,
    Outcome,
    Result,
    TestFailure,
    TestOutcome,
    TestRun,
)
from skillcheck.model.skill import Frontmatter, Grant, Script, Skill
from skillcheck.model.snippet import Drift, DriftKind, Snippet
from skillcheck.model.text import Injection, Text

__all__ = [
    "About",
    "Archive",
    "Block",
    "Bundle",
    "Bundled",
    "Call",
    "Cause",
    "CauseKind",
    "Cell",
    "Claim",
    "Client",
    "Component",
    "ComponentKind",
    "Coverage",
    "Data",
    "Directive",
    "Document",
    "Drift",
    "DriftKind",
    "Edit",
    "Environment",
    "Evidence",
    "Expectation",
    "Fault",
    "FaultKind",
    "File",
    "Finding",
    "Form",
    "Frontmatter",
    "Grant",
    "Heading",
    "Ignore",
    "Import",
    "Injection",
    "Json",
    "Level",
    "Link",
    "Lock",
    "Marketplace",
    "Mismatch",
    "Misuse",
    "MisuseKind",
    "Name",
    "Origin",
    "Outcome",
    "Packed",
    "Place",
    "Plugin",
    "Pointer",
    "Program",
    "Refusal",
    "Releases",
    "Report",
    "Requirement",
    "Result",
    "Role",
    "Script",
    "Segment",
    "Severity",
    "Skill",
    "Snippet",
    "TestFailure",
    "TestOutcome",
    "TestRun",
    "Text",
    "Trouble",
    "Unit",
    "UnusedIgnore",
    "Use",
]
