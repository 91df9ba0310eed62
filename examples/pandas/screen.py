"""Screen a data frame.

python screen.py ../policy ../shipments.csv
"""

from __future__ import annotations

import sys

import pandas

import rpol
import rpolc


def screen(table: rpol.Table, shipments: pandas.DataFrame) -> pandas.DataFrame:
    """Return the shipments, each with its outcome, the controls behind it and, if it is not decided, why."""
    rows = shipments.to_dict("records")
    return pandas.DataFrame(table.decide_many(rows), index=shipments.index)


def main() -> None:
    """Screen the file named on the command line, and count what came of it."""
    table = rpolc.compile(sys.argv[1])
    decided = screen(table, pandas.read_csv(sys.argv[2]))
    print(decided[["reference", "item", "destination", "outcome"]].to_string(index=False))
    print()
    print(decided["outcome"].value_counts().sort_index().to_string())
    for row in decided[decided["problem"].notna()].itertuples():
        print(f"\n{row.reference}: {row.problem}")


if __name__ == "__main__":
    main()
