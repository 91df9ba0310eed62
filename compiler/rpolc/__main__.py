"""`python -m rpolc` is the command `rpolc`."""

from rpolc.cli import main

main()
