"""`sayso source` as it is used, and a companion that reads its sources by itself: real processes, a real site."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.feeds.site import FeedSite
from tests.support.companion import Companion
from tests.unit.test_cli import sayso

FEED = b"<rss version='2.0'><channel><title>News</title><item><title>Wrens nest early</title><link>https://x.example/a</link></item><item><title>No link</title></item></channel></rss>"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def use(data: Path, tmp_path: Path, sources: str = "") -> None:
    file = tmp_path / "programme.yaml"
    file.write_text(f"name: X\npolicy: {{}}\nallow_private: [127.0.0.1]\n{sources}", "utf-8")
    assert sayso("programme", "use", str(file), data=data).returncode == 0


def test_the_list_says_how_each_source_fares(data: Path, tmp_path: Path, site: FeedSite) -> None:
    use(data, tmp_path)
    added = sayso("source", "add", site.serve("/feed", FEED), "--category", "industry", data=data)
    assert "News: 1 item, last good just now, 1 of 2 entries left out: no link\n    Entry 2, “No link”: it has no link." in added.stdout
    site.serve("/feed", b"", status=404)
    id = added.stdout.partition(" ")[0]
    refreshed = sayso("source", "refresh", id, data=data)
    assert refreshed.returncode == 1 and "Could not be read" in refreshed.stdout
    listed = sayso("source", "list", data=data).stdout
    assert "News: 1 item, last good " in listed and "is not there (404); check the address" in listed


def test_a_page_without_a_feed_is_answered_with_the_kinds(data: Path, tmp_path: Path, site: FeedSite) -> None:
    use(data, tmp_path)
    refused = sayso("source", "add", site.serve("/news", b"<!doctype html><title>News</title><p>Nothing"), data=data)
    assert refused.returncode == 2 and "--kind page" in refused.stderr and "--kind newsroom" in refused.stderr
    assert sayso("source", "add", site.url("/news"), "--kind", "hand", data=data).returncode == 2


def test_tables_and_folders_are_added_by_their_path(data: Path, tmp_path: Path) -> None:
    table, folder = tmp_path / "stories.csv", tmp_path / "stories"
    table.write_bytes("title;url\r\nCafé à Brême;https://x.example/1\r\n".encode("cp1252"))
    folder.mkdir()
    (folder / "pump.md").write_text("---\ntitle: A quieter pump\nurl: https://x.example/pump\n---\nIt hums.\n", "utf-8")
    for place, kind in ((table, "csv"), (folder, "folder")):
        added = json.loads(sayso("source", "add", str(place), "--json", data=data).stdout)
        assert (added["kind"], added["items"]) == (kind, 1)
    table.write_text("name,address\nA,https://x.example/1\n", "utf-8")
    wrong = sayso("source", "add", str(table), data=data)
    assert wrong.returncode == 2 and "The columns are: title and url, which are needed, and id, summary" in wrong.stderr


def test_a_running_companion_reads_its_sources_by_itself(data: Path, tmp_path: Path, site: FeedSite) -> None:
    asked = threading.Event()

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("content-length", str(len(FEED)))
        request.end_headers()
        request.wfile.write(FEED)
        asked.set()

    site.answers["/feed"] = answer
    use(data, tmp_path, f"sources: [{{url: {site.url('/feed')}}}]\n")
    with Companion.start(data) as companion:
        assert asked.wait(60)
        # It may still be storing them: a refresh waits for the reading under way.
        source = next(each for each in companion.call("GET", "/sources")["sources"] if each["kind"] == "feed")
        assert companion.call("POST", f"/sources/{source['id']}/refresh")["items"] == 1


def test_a_companion_ends_at_once_while_a_server_keeps_it_waiting(data: Path, tmp_path: Path, site: FeedSite) -> None:
    asked, go = threading.Event(), threading.Event()

    def answer(_request: BaseHTTPRequestHandler) -> None:
        asked.set()
        go.wait(60)

    site.answers["/feed"] = answer
    use(data, tmp_path, f"sources: [{{url: {site.url('/feed')}}}]\n")
    try:
        with Companion.start(data) as companion:
            assert asked.wait(60)
            assert companion.stop() == 0
            assert not go.is_set()
    finally:
        go.set()


@pytest.mark.skipif(os.name != "posix", reason="a terminal of our own is made as POSIX does")
def test_on_a_terminal_it_says_what_it_reads(data: Path, tmp_path: Path, site: FeedSite) -> None:
    use(data, tmp_path)
    url = site.serve("/feed", FEED)
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "server.cli", "source", "add", url, "--data", str(data)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, stdin=subprocess.DEVNULL, timeout=60)
    os.close(theirs)
    said = os.read(ours, 10_000).decode()
    os.close(ours)
    assert done.returncode == 0 and f"Reading {url} …" in said


@pytest.mark.skipif(os.name == "nt", reason="terminals are made otherwise there")
def test_a_long_reading_tells_on_a_terminal_how_far_it_is(data: Path, tmp_path: Path, site: FeedSite) -> None:
    use(data, tmp_path)
    names = ("quiet-pump", "test-bench")
    cards = "".join(f'<article><h2><a href="/news/{name}">What we learned about the {name}</a></h2><time>4 March 2026</time></article>' for name in names)
    site.serve("/news", f"<!doctype html><title>News</title><main>{cards}</main>".encode(), content_type="text/html")
    told = threading.Event()
    for name in names:
        page = f"<!doctype html><title>About the {name}</title><p>Text".encode()

        def answer(request: BaseHTTPRequestHandler, page: bytes = page) -> None:
            assert told.wait(30)  # the second page is still to be read when the terminal shows how far it is
            request.send_response(200)
            request.send_header("content-type", "text/html")
            request.end_headers()
            request.wfile.write(page)

        site.answers[f"/news/{name}"] = answer
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "server.cli", "source", "add", site.url("/news"), "--kind", "newsroom", "--data", str(data)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs, text=True)
    os.close(theirs)
    seen = b""
    while b"1 of 2" not in seen:
        seen += os.read(ours, 1000)
    told.set()
    words, _ = process.communicate(timeout=60)
    os.close(ours)
    assert b"Reading http" in seen and process.returncode == 0 and "2 items" in words
