"""A small web site on 127.0.0.1 that serves what a test gives it, and answers as badly as a test asks it to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


class _Handler(BaseHTTPRequestHandler):
    server: FeedSite

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        self.server.asked.append((self.path, dict(self.headers)))
        answer = self.server.answers.get(self.path.partition("?")[0])
        try:
            if answer:
                answer(self)
            else:
                self.send_error(404)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the reader has had enough, which is what several tests are about
        self.close_connection = True

    def log_message(self, *_arguments: object) -> None:
        pass


class FeedSite(ThreadingHTTPServer):
    """`answers` maps a path to what is done for it; `asked` lists each request's path and headers."""

    daemon_threads = False
    block_on_close = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> FeedSite:
        self._thread.start()
        return self

    def __exit__(self, *_arguments: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def serve(self, path: str, body: bytes, status: int = 200, **headers: str) -> str:
        """Answer `path` with a body and headers (`content_type=…`); returns its address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in {"content-length": str(len(body)), **named}.items():
                request.send_header(name, value)
            request.end_headers()
            request.wfile.write(body)

        self.answers[path] = answer
        return self.url(path)

    def redirect(self, path: str, to: str) -> str:
        return self.serve(path, b"", status=302, location=to)

    def stream(self, path: str, piece: bytes, **headers: str) -> str:
        """Answer `path` with the same piece again and again, until the reader goes away."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            for name, value in headers.items():
                request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            while True:
                request.wfile.write(piece)

        self.answers[path] = answer
        return self.url(path)
