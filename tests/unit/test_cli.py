"""The `sayso` command as it is used: real processes on a real folder."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.companion import Companion

PATIENCE_S = 20
PRAISE = "Finch Roast is the best thing I have tasted all year. Get a bag today!"
POLICY = {"company": {"name": "Cobalt & Finch", "products": ["Finch Roast"]}, "jurisdictions": ["uk"], "rewarded": True}


def sayso(*arguments: str, data: Path, stdin: str | bytes = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "server.cli", *arguments, "--data", str(data)]
    given = stdin.encode("utf-8", "surrogateescape") if isinstance(stdin, str) else stdin
    result = subprocess.run(command, input=given, capture_output=True, timeout=60)
    return subprocess.CompletedProcess(command, result.returncode, result.stdout.decode(), result.stderr.decode())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def companion(data: Path) -> Iterator[Companion]:
    with Companion.start(data) as running:
        yield running


def test_serve_says_where_it_is_and_ends_cleanly(data: Path) -> None:
    with Companion.start(data) as companion:
        assert companion.pages.startswith(f"http://sayso.localhost:{companion.port}/enter?key=")
        assert companion.first_code.startswith(f"{companion.port}-")
        record = data / "companion.json"
        if os.name == "posix":
            assert stat.S_IMODE(record.stat().st_mode) == 0o600
            assert stat.S_IMODE(data.stat().st_mode) == 0o700
        assert companion.stop(signal.SIGINT) == 0
        assert not record.exists()


def test_second_companion_on_a_folder_is_told_who_holds_it(companion: Companion, data: Path) -> None:
    second = sayso("serve", "--port", "0", data=data)
    assert second.returncode == 2
    assert str(companion.pid) in second.stderr
    assert "Traceback" not in second.stderr


def test_port_that_is_taken_is_named(data: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = sayso("serve", "--port", str(port), data=data)
    assert result.returncode == 2
    assert f"port {port} is taken by another program" in result.stderr and "--port" in result.stderr


def test_port_of_another_companion_is_named(companion: Companion, tmp_path: Path) -> None:
    result = sayso("serve", "--port", str(companion.port), data=tmp_path / "other")
    assert result.returncode == 2
    assert "another Sayso companion" in result.stderr


def test_connections_that_a_page_leaves_open_keep_nobody_out(companion: Companion) -> None:
    with ExitStack() as open_ones:
        for number in range(260):
            line = open_ones.enter_context(socket.create_connection(("127.0.0.1", companion.port), PATIENCE_S))
            line.sendall(f"GET / HTTP/1.1\r\nHost: a{number}.localhost:{companion.port}\r\n\r\n".encode())
            assert line.recv(65_536).startswith(b"HTTP/1.1 400")
        assert companion.call("GET", "/status")["port"] == companion.port


def test_pair_gives_a_fresh_code_of_the_running_companion(companion: Companion, data: Path) -> None:
    reply = json.loads(sayso("pair", "--json", data=data).stdout)
    assert set(reply) == {"code", "expires_at", "port"} and reply["port"] == companion.port
    paired = httpx.post(f"{companion.address}/pairings", json={"code": reply["code"]}, trust_env=False)
    assert paired.status_code == 201
    stale = httpx.post(f"{companion.address}/pairings", json={"code": companion.first_code}, trust_env=False)
    assert stale.status_code == 403


def test_pair_without_a_companion_says_what_to_do(data: Path) -> None:
    result = sayso("pair", data=data)
    assert result.returncode == 2
    assert "sayso serve" in result.stderr


def programme(folder: Path, name: str = "Wren & Sons") -> Path:
    file = folder / "programme.yaml"
    file.write_text(json.dumps({"name": name, "policy": {**POLICY, "company": {"name": name}}}))
    return file


def test_commands_reach_a_running_companion_and_the_folder_without_one(data: Path, tmp_path: Path) -> None:
    file = programme(tmp_path)
    with Companion.start(data) as companion:
        used = sayso("programme", "use", str(file), data=data)
        assert used.returncode == 0, used.stderr
        assert json.loads(sayso("programme", "show", "--json", data=data).stdout)["name"] == "Wren & Sons"
        assert companion.call("GET", "/policy")["company"] == "Wren & Sons"
    assert json.loads(sayso("programme", "show", "--json", data=data).stdout)["name"] == "Wren & Sons"
    programme(tmp_path, "Heath Ltd")
    assert sayso("programme", "use", str(file), data=data).returncode == 0
    assert json.loads(sayso("programme", "show", "--json", data=data).stdout)["name"] == "Heath Ltd"


def test_broken_programme_changes_nothing(companion: Companion, data: Path, tmp_path: Path) -> None:
    before = companion.call("GET", "/policy")
    file = tmp_path / "programme.yaml"
    file.write_text("name: Wren\npolicy:\n  company:\n    nmae: Wren\n")
    result = sayso("programme", "use", str(file), data=data)
    assert result.returncode == 2
    assert ":4: policy.company.nmae: unknown key" in result.stderr
    assert companion.call("GET", "/policy") == before


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://wren.example/</link>
<item><title>Wrens nest early</title><link>https://wren.example/first</link></item>
<item><title>No link</title></item></channel></rss>"""


def test_source_is_added_listed_refreshed_and_removed(companion: Companion, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "news.xml"
    file.write_text(FEED)
    added = json.loads(sayso("source", "add", str(file), "--json", data=data).stdout)
    assert added["items"] == 1 and len(added["left_out"]) == 1
    assert any(each["id"] == added["id"] for each in json.loads(sayso("source", "list", "--json", data=data).stdout)["sources"])
    file.write_text("<html>not a feed</html>")
    again = sayso("source", "refresh", added["id"], data=data)
    assert again.returncode == 1 and "news.xml" in again.stdout
    assert companion.call("GET", "/items?q=wrens")["total"] == 1
    assert sayso("source", "remove", added["id"], data=data).returncode == 0
    assert companion.call("GET", "/items?q=wrens")["total"] == 0


def test_feed_that_cannot_be_read_names_the_source(data: Path, tmp_path: Path) -> None:
    missing = sayso("source", "add", str(tmp_path / "gone.xml"), data=data)
    assert missing.returncode == 2 and "gone.xml" in missing.stderr


@pytest.mark.parametrize(("text", "status"), [(PRAISE, 1), (f"#ad {PRAISE}", 0), ("We had lunch by the river.", 0), ("", 0)])
def test_check_tells_by_its_exit_status(data: Path, tmp_path: Path, text: str, status: int) -> None:
    policy = tmp_path / "policy.yaml"
    policy.write_text(json.dumps(POLICY))
    result = sayso("check", "--policy", str(policy), data=data, stdin=text)
    assert result.returncode == status, result.stdout + result.stderr
    assert not data.exists()  # nothing is kept, not even a folder


def test_a_draft_that_cannot_be_read_whole_never_passes(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "draft.txt"
    file.write_bytes("Großartiger Kaffee".encode("latin-1"))
    said = sayso("check", str(file), data=data)
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == f"sayso: {file} is not UTF-8; save it in that encoding\n"
    assert sayso("check", data=data, stdin=b"\xff").returncode == 2


def test_check_reads_files_and_prints_json(data: Path, tmp_path: Path) -> None:
    policy, draft = tmp_path / "policy.yaml", tmp_path / "draft.txt"
    policy.write_text(json.dumps(POLICY))
    draft.write_text("😀 " + PRAISE)
    reply = json.loads(sayso("check", "--json", "--policy", str(policy), str(draft), data=data).stdout)
    assert reply["disclosure"] == "missing" and reply["lang"] == "en"
    gone = sayso("check", str(tmp_path / "gone.txt"), data=data)
    assert gone.returncode == 2 and "gone.txt" in gone.stderr


def test_check_answers_line_by_line(data: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": PRAISE, "policy": POLICY, "tags": ["ignored"]}),
        json.dumps({"id": "b", "text": "#ad " + PRAISE, "policy": POLICY, "context": {"posts_this_week": 2}, "item": {"title": "x"}}),
        json.dumps({"id": "c", "text": PRAISE}),
        json.dumps({"id": "d", "text": "\ud800", "policy": {**POLICY, "rewarded": False}}),
    ]
    result = sayso("check", "--jsonl", data=data, stdin="\n".join(lines) + "\n")
    assert result.returncode == 0, result.stderr
    replies = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["id"] for each in replies] == ["a", "b", "c", "d"]
    assert [each["disclosure"] for each in replies[:3]] == ["missing", "present", "not_required"]
    assert set(replies[0]) == {"id", "disclosure", "jurisdiction", "lang", "findings", "ms"}


def test_line_that_cannot_be_answered_gets_an_error_and_the_rest_goes_on(data: Path) -> None:
    lines = ["{broken", json.dumps({"id": 2, "text": 7}), json.dumps({"id": 3, "text": "x", "policy": {"compny": {}}}), json.dumps({"id": 4, "text": "Fine."})]
    result = sayso("check", "--jsonl", data=data, stdin="\n".join(lines))
    assert result.returncode == 1
    replies = [json.loads(line) for line in result.stdout.splitlines()]
    assert [("error" in each) for each in replies] == [True, True, True, False]
    assert "compny" in replies[2]["error"]


def test_killed_companion_leaves_a_record_that_is_seen_through(data: Path) -> None:
    with Companion.start(data) as companion:
        companion.kill()
        assert (data / "companion.json").exists()
        assert sayso("programme", "show", data=data).returncode == 0


class Impostor(BaseHTTPRequestHandler):
    seen: list[tuple[str, dict[str, Any]]] = []

    def do_GET(self) -> None:
        Impostor.seen.append((self.path, dict(self.headers)))
        body = b'{"app": "sayso", "version": "0.1.0", "api": 1, "rules_loaded": 9, "proof": "00"}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PUT = do_GET

    def log_message(self, *_: Any) -> None:
        pass


def test_program_on_the_port_of_a_dead_companion_gets_no_secret(data: Path) -> None:
    Impostor.seen.clear()
    with Companion.start(data) as companion:
        companion.kill()
        with HTTPServer(("127.0.0.1", companion.port), Impostor) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            result = sayso("pair", data=data)
            server.shutdown()
            thread.join()
    assert result.returncode == 2
    assert Impostor.seen
    assert not any("Authorization" in headers for _, headers in Impostor.seen)


def test_history_is_taken_along_and_erased(data: Path, tmp_path: Path) -> None:
    share = {"id": "6f2b1c1e-3f0c-4b6e-9a57-7f3a6e1d2c3b", "text": "Schöne Bohnen 😀", "status": "confirmed"}
    file = tmp_path / "mine.json"
    with Companion.start(data) as companion:
        secret = json.loads((data / "companion.json").read_text())["secret"]
        headers = {"Authorization": f"Bearer {secret}"}
        assert httpx.post(f"{companion.address}/shares", json=share, headers=headers, trust_env=False).status_code == 201
        assert sayso("shares", "export", "--output", str(file), data=data).returncode == 0
        assert [each["text"] for each in json.loads(file.read_text("utf-8"))["shares"]] == [share["text"]]
        assert sayso("shares", "erase", data=data, stdin="n\n").returncode != 0
        assert companion.call("GET", "/shares")["total"] == 1
        assert sayso("shares", "erase", "--yes", data=data).returncode == 0
        assert sayso("pair", data=data).returncode == 0  # the companion is found again, though its key is another now
        assert companion.call("GET", "/shares")["total"] == 0
    assert not [path for path in data.rglob("*.json*") if "Schöne" in path.read_text("utf-8", "replace")]


def test_doctor_lists_what_is_set_up(data: Path) -> None:
    with Companion.start(data):
        entries = json.loads(sayso("doctor", "--json", data=data).stdout)
        assert all(set(each) == {"ok", "what", "do"} for each in entries)
        assert any(each["ok"] and "companion running" in each["what"] for each in entries)
        unpaired = next(each for each in entries if "paired" in each["what"])
        assert not unpaired["ok"] and "sayso pair" in unpaired["do"]
    words = sayso("doctor", data=data).stdout
    assert "no companion is running: sayso serve" in words


def test_doctor_makes_no_folder_and_joins_no_two_advices(data: Path, tmp_path: Path) -> None:
    assert f"nothing is in {data} yet: sayso serve" in sayso("doctor", data=data).stdout
    assert not data.exists()
    file = tmp_path / "file"
    file.touch()
    assert sayso("doctor", data=file).stdout.endswith("Choose another with --data.\n")


@pytest.mark.parametrize(("command", "listed_by"), [
    (("source", "remove", "news"), "sayso source list"),
    (("source", "refresh", "news"), "sayso source list"),
    (("shares", "receipt", "first"), "sayso shares list"),
    (("shares", "import", "--undo", "archive.zip"), "sayso shares import --list"),
])
def test_what_is_no_id_is_wrong_use(data: Path, command: tuple[str, ...], listed_by: str) -> None:
    said = sayso(*command, data=data)
    assert said.returncode == 2
    assert said.stderr.startswith("Usage: sayso ")
    assert f"{command[-1]} is no id. All there are: {listed_by}" in said.stderr


def test_terminated_companion_ends_cleanly_too(data: Path) -> None:
    with Companion.start(data) as companion:
        assert companion.stop(signal.SIGTERM) == 0
        assert not (data / "companion.json").exists()
