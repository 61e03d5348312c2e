"""Pages of somebody else on this machine: there, gone, and hostile in every way that an address can be."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from articles.delivery import requests

#: Answered with by both methods.
STATUSES = {"/there": 200, "/gone": 404, "/gone-too": 410, "/forbidden": 403, "/busy": 429, "/broken": 500, "/odd": 304}
REDIRECTS = {
    "/moved": "/there",
    "/moved-away": "/gone",
    "/loop": "/loop",
    "/to-a-cloud": "http://169.254.169.254/latest/meta-data/",
    "/to-a-network": "http://10.1.2.3/",
    "/to-itself": "http://[::1]:1/",
    "/to-a-file": "file:///etc/passwd",
    "/to-nothing": "http://[broken/",
}


@dataclass
class Pages:
    url: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # how whoever asked called themselves
    closing: threading.Event = field(default_factory=threading.Event)


class _Handler(BaseHTTPRequestHandler):
    pages: Pages

    def answer(self) -> None:
        self.pages.asked.append((self.command, self.path))
        self.pages.names.append(self.headers.get("User-Agent", ""))
        if self.path in REDIRECTS:
            self.send_response(302)
            self.send_header("Location", REDIRECTS[self.path])
            self.end_headers()
        elif self.path in STATUSES:
            self.send_response(STATUSES[self.path])
            self.end_headers()
        else:
            getattr(self, self.path.strip("/").replace("-", "_"))()

    do_HEAD = do_GET = answer  # noqa: N815 - as the base class calls them

    def no_head(self) -> None:
        self.send_response(405 if self.command == "HEAD" else 200)
        self.end_headers()

    def endless(self) -> None:
        self.no_head()
        while self.command == "GET" and not self.pages.closing.is_set():
            self.wfile.write(b"x" * 65_536)

    def silent(self) -> None:
        self.pages.closing.wait(20)

    def trickle(self) -> None:
        """A sign now and then: no single wait is long."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not self.pages.closing.is_set():
            self.wfile.write(b"x")
            time.sleep(0.05)

    def many_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-One: more\r\n" * 5_000 + b"\r\n")

    def huge_header(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 1_000_000 + b"\r\n\r\n")

    def no_http(self) -> None:
        self.wfile.write(b"\x00\xff" * 100 + b"\r\n\r\n")

    def nothing(self) -> None:
        """Closes without a word."""

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True  # whoever asked has heard enough

    def log_message(self, *_args: object) -> None:
        """Nothing."""


@contextmanager
def running_pages() -> Iterator[Pages]:
    pages = Pages()
    handler = type("Handler", (_Handler,), {"pages": pages})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    pages.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield pages
    finally:
        pages.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


def only_here_besides(address: str) -> bool:
    """In the place of `requests.is_public`: this machine's one address is asked, and nothing else that is private."""
    return address == "127.0.0.1" or _is_public(address)


_is_public = requests.is_public
