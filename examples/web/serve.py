"""Answer decisions over HTTP, and take a new table without a restart.

rpolc build ../policy -o policy.table
python serve.py policy.table 8000
"""

from __future__ import annotations

import json
import logging
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import rpol

MOST_BYTES = 64 * 1024
log = logging.getLogger("serve")


class CurrentTable:
    """The table of a file. A new file is taken on the next request; one that does not load is passed over.

    A table never changes, so a request that has begun keeps the one it has, and no lock is needed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = self._stamp()
        self.table = rpol.load(path)

    def refresh(self) -> rpol.Table:
        stamp = self._stamp()
        if stamp != self._seen:
            self._seen = stamp
            try:
                self.table = rpol.load(self._path)
                log.info("now deciding by %s", self.table.digest)
            except (OSError, rpol.RpolError) as error:
                log.error("the new table is not taken: %s", error)
        return self.table

    def _stamp(self) -> tuple[int, int]:
        try:
            status = self._path.stat()
        except OSError:
            return (0, 0)
        return status.st_mtime_ns, status.st_size


def answer(table: rpol.Table, body: bytes) -> tuple[int, dict[str, object]]:
    """Return the HTTP status and the answer to the JSON object `body`."""
    try:
        facts = json.loads(body)
        if not isinstance(facts, dict):
            return 400, {"error": "send one JSON object: attribute -> value, and a date"}
        return 200, table.decide(facts).to_dict()
    except (ValueError, RecursionError) as error:
        return 400, {"error": f"this is no JSON: {error}"}
    except rpol.RpolError as error:
        return 422, {"error": str(error)}


def handler(current: CurrentTable) -> type[BaseHTTPRequestHandler]:
    """Return a handler that decides by `current`."""

    class Decide(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            if not 0 < length <= MOST_BYTES:
                self._send(413, {"error": f"send between 1 and {MOST_BYTES} bytes"})
                return
            self._send(*answer(current.refresh(), self.rfile.read(length)))

        def _send(self, status: int, content: dict[str, object]) -> None:
            body = json.dumps(content, ensure_ascii=False).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Decide


def main() -> None:
    """Serve the table named on the command line, on this machine only."""
    logging.basicConfig(level=logging.INFO)
    path, port = Path(sys.argv[1]), int(sys.argv[2])
    ThreadingHTTPServer(("127.0.0.1", port), handler(CurrentTable(path))).serve_forever()


if __name__ == "__main__":
    main()
