"""What can be wrong with the files of a policy."""

from __future__ import annotations

from rpol.model.problems.wording import error, mean, quoted
from rpol.text.diagnostic import Diagnostic
from rpol.text.source import Place


def no_such_path(path: str) -> Diagnostic:
    return error(
        "missing-file",
        None,
        f"There is no file or folder {quoted(path)}.",
        "Name a folder or a file ending in `.rpol`.",
    )


def unreadable_path(path: str, reason: str) -> Diagnostic:
    return error("unreadable-file", None, f"{quoted(path)} cannot be read: {reason}.")


def not_a_policy_file(path: str) -> Diagnostic:
    return error(
        "no-policy",
        None,
        f"{quoted(path)} is no policy: its name does not end in `.rpol`.",
        "Name a folder, or a file ending in `.rpol`.",
    )


def no_policy() -> Diagnostic:
    return error(
        "no-policy",
        None,
        "The folder holds no policy: no file in it ends in `.rpol`.",
        "All `.rpol` files below a folder are one policy. Hidden folders are not looked into.",
    )


def no_statement() -> Diagnostic:
    return error(
        "no-policy",
        None,
        "The policy says nothing: there is no statement in it.",
        "An empty policy would leave everything free. Write at least one `control`.",
    )


def path_outside(place: Place, path: str) -> Diagnostic:
    if not path.strip():
        return error("path-outside-folder", place, "Here stands no path.", "Write the path of a CSV file.")
    return error(
        "path-outside-folder",
        place,
        f"{quoted(path)} does not lie in the folder of the policy.",
        "Paths start at the folder of the policy and stay in it, as in `lists/parties.csv`.",
    )


def missing_file(place: Place, path: str, near: str | None) -> Diagnostic:
    advice = mean(near, "Paths start at the folder of the policy.")
    replacement = None if near is None else f'"{near}"'
    return error("missing-file", place, f"There is no file {quoted(path)}.", advice, replacement=replacement)


def unreadable_file(place: Place, path: str, reason: str) -> Diagnostic:
    return error("unreadable-file", place, f"{quoted(path)} cannot be read: {reason}.")
