"""Put decisions beside the data, then ask in SQL.

python screen.py ../policy ../shipments.csv
"""

from __future__ import annotations

import sys

import duckdb

import rpol
import rpolc


def decide(database: duckdb.DuckDBPyConnection, table: rpol.Table) -> None:
    """Make a table `decisions` for the table `shipments`, joined by `reference`."""
    shipments = database.sql("select * from shipments")
    columns = dict(zip(shipments.columns, zip(*shipments.fetchall(), strict=True), strict=True))
    database.execute("create table decisions (reference text, outcome text, controls text[], problem text)")
    database.executemany(
        "insert into decisions values (?, ?, ?, ?)",
        [
            (row["reference"], row["outcome"], list(row["controls"] or ()), row["problem"])
            for row in table.decide_many(columns)
        ],
    )


def main() -> None:
    """Decide the file named on the command line, and count outcomes by destination."""
    database = duckdb.connect()
    database.execute("create table shipments as select * from read_csv(?, all_varchar = true)", [sys.argv[2]])
    decide(database, rpolc.compile(sys.argv[1]))
    counted = database.sql(
        """
        select outcome, count(*) as shipments, string_agg(destination, ' ' order by destination) as destinations
        from shipments join decisions using (reference)
        group by outcome order by outcome
        """
    )
    print(counted)


if __name__ == "__main__":
    main()
