"""Publishing and subscribing by command, as two people do it: real processes, two data folders, a real web server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.feeds.shelf import upload
from tests.feeds.site import FeedSite
from tests.support.companion import Companion
from tests.unit.test_bundle_subscribe import PATH, TEXT
from tests.unit.test_cli import sayso


@pytest.fixture
def manager(tmp_path: Path) -> Path:
    file = tmp_path / "programme.yaml"
    file.write_text(TEXT, "utf-8")
    ok("programme", "use", str(file), data=tmp_path / "manager")
    return tmp_path / "manager"


def ok(*arguments: str, data: Path) -> str:
    result = sayso(*arguments, data=data)
    assert result.returncode == 0, result.stderr
    return result.stdout


def published(data: Path, site: FeedSite, *more: str) -> dict[str, Any]:
    reply = json.loads(ok("programme", "publish", "--url", site.url(PATH), "--json", *more, data=data))
    upload(site, PATH, Path(reply["path"]).read_bytes())
    return reply


def test_published_from_one_companion_and_followed_by_another(manager: Path, tmp_path: Path) -> None:
    with FeedSite() as site, Companion.start(manager), Companion.start(tmp_path / "employee") as employee:
        reply = published(manager, site)
        words = ok("programme", "use", reply["link"], data=employee.data)
        assert "In use: Northlight (2 items, 1 source)." in words and "Whoever has the link can read the bundle" in words
        assert "key=" not in words
        assert {each["title"] for each in employee.call("GET", "/items")["items"]} == {
            "The pump that nobody hears", "How we test pumps"
        }  # fmt: skip
        file = tmp_path / "programme.yaml"
        file.write_text(TEXT.replace("How we test", "How they test").replace("[Whisper Pump]", "[Loud Pump]"), "utf-8")
        ok("programme", "use", str(file), data=manager)
        assert published(manager, site)["version"] == 2
        (own,) = employee.call("GET", "/sources")["sources"]
        employee.call("POST", f"/sources/{own['id']}/refresh")
        titles = {each["title"] for each in employee.call("GET", "/items")["items"]}
        assert "How they test pumps" in titles
        shown = employee.call("GET", "/programme")
        assert (shown["subscribed"], shown["version"], shown["origin"]) == (True, 2, site.url(PATH))
        assert "key=" not in json.dumps([shown, employee.call("GET", "/sources"), employee.call("GET", "/status")])
        site.answers.clear()
        employee.call("POST", f"/sources/{own['id']}/refresh")
        assert "404" in ok("programme", "show", data=employee.data)
        assert len(employee.call("GET", "/items")["items"]) == 2


def test_publish_says_what_was_made_and_where_to_put_it(manager: Path, tmp_path: Path) -> None:
    output = tmp_path / "www" / "programme.sayso"
    words = ok("programme", "publish", "--output", str(output), data=manager)
    assert "Version 1: 2 items" in words and str(output) in words and "--url ADDRESS" in words
    words = ok("programme", "publish", "--output", str(output), "--url", "https://x.example/p.sayso", data=manager)
    assert "Version 1 as before, since nothing has changed" in words
    assert "sayso programme use 'https://x.example/p.sayso#pin=" in words and "Whoever has the link" in words


def test_what_stops_publishing_is_named_and_the_exit_status_says_so(manager: Path, tmp_path: Path) -> None:
    result = sayso("programme", "publish", "--public", data=manager)
    assert result.returncode == 2 and "confidential words (1)" in result.stderr and "Heron" not in result.stderr
    file = tmp_path / "programme.yaml"
    file.write_text(TEXT.replace("Three winters of", "The Whisper Pump is the best in the world and guaranteed after"), "utf-8")
    ok("programme", "use", str(file), data=manager)
    result = sayso("programme", "publish", data=manager)
    assert result.returncode == 2 and "“The pump that nobody hears” (en, factual)" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_damaged_link_is_told_without_repeating_it(tmp_path: Path) -> None:
    result = sayso("programme", "use", "https://x.example/p.sayso#pin=abc&key=geheim", data=tmp_path / "new")
    assert result.returncode == 2 and "copy the whole link again" in result.stderr and "geheim" not in result.stderr


def test_the_board_is_written_down_as_a_programme(manager: Path, tmp_path: Path) -> None:
    out = tmp_path / "written.yaml"
    assert "2 items" in ok("programme", "write", "--output", str(out), data=manager)
    assert ok("programme", "write", data=manager).strip() == out.read_text("utf-8").strip()
    ok("programme", "use", str(out), data=tmp_path / "other")
    reply = json.loads(ok("programme", "show", "--json", data=tmp_path / "other"))
    assert (reply["name"], reply["items"], reply["subscribed"], reply["version"]) == ("Northlight", 2, False, None)


def test_a_subscriber_does_not_publish_over_the_publisher(manager: Path, tmp_path: Path) -> None:
    with FeedSite() as site:
        reply = published(manager, site)
        ok("programme", "use", reply["link"], data=tmp_path / "employee")
    result = sayso("programme", "publish", data=tmp_path / "employee")
    assert result.returncode == 2 and "sayso programme write --output FILE" in result.stderr
