"""How large a body may be, with a real companion: two forms may bring 64 MB, everything else 2, told before it is sent."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from server.api.security import UPLOADS
from server.api.wire import BODY_LIMIT, UPLOAD_LIMIT
from tests.support.companion import Companion, sayso

PATIENCE_S = 20
BEGIN, END = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n', b"\r\n--x--\r\n"


class Visit:
    """A browser's visit to the pages of a running companion, spoken over a socket where the head alone counts."""

    def __init__(self, companion: Companion) -> None:
        url = urlsplit(json.loads(sayso(companion.data, "pages", "--json"))["url"])
        self.port = url.port or 0
        self.host = f"sayso.localhost:{self.port}"
        reply = httpx.get(f"http://127.0.0.1:{self.port}{url.path}?{url.query}", headers={"Host": self.host}, trust_env=False)
        self.cookie = reply.headers["Set-Cookie"].split(";")[0]
        self.headers = {"Host": self.host, "Origin": f"http://{self.host}", "Cookie": self.cookie}
        found = re.search(r'name="form_token" value="([^"]+)"', self.get("/check"))
        assert found
        self.token = found[1]

    def get(self, path: str) -> str:
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", headers=self.headers, trust_env=False).text

    def post(self, path: str, **more: object) -> httpx.Response:
        data = {"form_token": self.token, **more.pop("data", {})}  # type: ignore[dict-item]
        return httpx.post(
            f"http://127.0.0.1:{self.port}{path}", headers=self.headers, data=data, timeout=PATIENCE_S, trust_env=False, **more,  # type: ignore[arg-type]
        )

    def answer(self, path: str, length: int, *, body: bool, **changes: str | None) -> int:
        """The status of a POST whose head tells a body of that length; without `body` none of it is ever sent."""
        headers = {**self.headers, "Content-Type": "multipart/form-data; boundary=x", "Content-Length": str(length), **changes}
        head = f"POST {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value is not None)
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE_S) as line:
            line.sendall(f"{head}\r\n".encode())
            if body:
                line.sendall(BEGIN + b"x" * (length - len(BEGIN) - len(END)) + END)
            return int(line.recv(65_536).split()[1])


@pytest.fixture(scope="module")
def companion(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Companion]:
    running = Companion.start(tmp_path_factory.mktemp("uploads") / "data")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def visit(companion: Companion) -> Visit:
    return Visit(companion)


@pytest.mark.parametrize("path", UPLOADS.values())
def test_the_two_forms_take_64_mb_and_refuse_more_before_the_body_comes(visit: Visit, path: str) -> None:
    assert visit.answer(path, UPLOAD_LIMIT - 1, body=True) == 403  # there is no form token in it
    assert visit.answer(path, UPLOAD_LIMIT + 1_000_000, body=False) == 413


@pytest.mark.parametrize("path", ["/check", "/history/imports/take", "/history/own", "/sources/import", "/history/imports/", "/nothing"])
def test_every_other_form_takes_2_mb(visit: Visit, path: str) -> None:
    assert visit.answer(path, BODY_LIMIT - 1, body=True) in (403, 404)
    assert visit.answer(path, BODY_LIMIT + 1_000_000, body=False) == 413


def test_only_a_visit_of_our_own_page_may_bring_more(visit: Visit) -> None:
    larger, port = BODY_LIMIT + 1_000_000, visit.port
    for changes in (
        {"Cookie": None}, {"Cookie": f"sayso-{port}=forged"}, {"Cookie": "; =;"}, {"Origin": None}, {"Origin": "https://evil.example"},
        {"Host": f"127.0.0.1:{port}"}, {"Host": "evil.example"},
    ):
        assert visit.answer("/history/imports", larger, body=False, **changes) == 413, changes
    assert visit.answer("/api/v1/checks", larger, body=False, Host=f"127.0.0.1:{port}") == 413


def test_a_body_in_chunks_is_held_to_the_same_limits(visit: Visit) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(BODY_LIMIT // 65_536 + 16):
            yield b"x" * 65_536

    try:
        status = httpx.post(
            f"http://127.0.0.1:{visit.port}/check", headers={**visit.headers, "Content-Type": "application/x-www-form-urlencoded"},
            content=parts(), timeout=PATIENCE_S, trust_env=False,
        ).status_code
    except (httpx.WriteError, httpx.ReadError):  # cut off while it was still sending: refused as well
        status = 413
    assert status == 413


def test_an_archive_of_several_mb_is_taken_in(visit: Visit, companion: Companion) -> None:
    rows = "".join(
        f'2026-03-{1 + n % 28:02} 09:{n // 60 % 60:02}:{n % 60:02},,"Post {n}: {"word " * 180}",,,MEMBER_NETWORK\r\n' for n in range(5000)
    )
    data = f"Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\r\n{rows}".encode()
    assert len(data) > 2 * BODY_LIMIT
    reply = visit.post("/history/imports", files={"file": ("Shares.csv", data)})
    assert reply.status_code == 303
    assert "5,000" in visit.get("/history/imports")
    assert visit.post("/history/imports/take", data={"do": "take"}).status_code == 303
    # Until it is over, each answer tells how far it is.
    while "data-taking" in (page := visit.get("/history/imports")):
        assert re.search(r"Taking in: [\d,]+ of 5,000\.", page)
    assert "5,000 new posts." in page
    assert companion.call("GET", "/shares?limit=1")["total"] == 5000


def test_a_form_token_is_still_asked_for(visit: Visit, companion: Companion) -> None:
    before = companion.call("GET", "/imports")
    reply = visit.post("/history/imports", data={"form_token": "wrong"}, files={"file": ("Shares.csv", b"x" * (BODY_LIMIT + 5))})
    assert reply.status_code == 403
    assert companion.call("GET", "/imports") == before
