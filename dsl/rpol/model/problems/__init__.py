"""The wording of what can be wrong with what a policy says: a function a problem, a module a subject."""

from rpol.model.problems import data, files, law, names, rules, values

__all__ = ["data", "files", "law", "names", "rules", "values"]
