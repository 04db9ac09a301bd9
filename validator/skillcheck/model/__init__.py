"""The nouns of skillcheck: frozen dataclasses without I/O, which every room shares."""

from __future__ import annotations

from skillcheck.model.bundle import Archive, Bundle, Marketplace, Plugin
from skillcheck.model.data import Data, Json, Pointer
from skillcheck.model.document import Block, Directive, Document, Heading, Link
from skillcheck.model.environment import Environment, Requirement
from skillcheck.model.evidence import Claim, Evidence
from skillcheck.model.fault import Fault, FaultKind
from skillcheck.model.finding import Client, Finding, Severity
from skillcheck.model.place import Place
from skillcheck.model.program import Call, Import, Name, Program, Role, Segment, Unit
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
from skillcheck.model.skill import File, Frontmatter, Grant, Skill
from skillcheck.model.snippet import Drift, DriftKind, Snippet

__all__ = [
    "Archive",
    "Block",
    "Bundle",
    "Call",
    "Cause",
    "CauseKind",
    "Claim",
    "Client",
    "Coverage",
    "Data",
    "Directive",
    "Document",
    "Drift",
    "DriftKind",
    "Environment",
    "Evidence",
    "Fault",
    "FaultKind",
    "File",
    "Finding",
    "Frontmatter",
    "Grant",
    "Heading",
    "Import",
    "Json",
    "Level",
    "Link",
    "Marketplace",
    "Name",
    "Outcome",
    "Packed",
    "Place",
    "Plugin",
    "Pointer",
    "Program",
    "Report",
    "Requirement",
    "Result",
    "Role",
    "Segment",
    "Severity",
    "Skill",
    "Snippet",
    "TestFailure",
    "TestOutcome",
    "TestRun",
    "Unit",
]
