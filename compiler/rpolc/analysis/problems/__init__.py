"""The wording of what the analyses find: a function a problem, a module a family."""

from rpolc.analysis.problems import claims, clauses, gaps, undecided

__all__ = ["claims", "clauses", "gaps", "undecided"]
