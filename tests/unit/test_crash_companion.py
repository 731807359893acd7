"""A companion that is killed, or has no room, while shares are sent to it as the outbox sends them: until answered."""

from __future__ import annotations

import json
import random
import socket
import sys
import time
import uuid
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

from server.store import Store
from tests.support.companion import Companion, sayso
from tests.unit.store_folder import damaged


def a_share(number: int) -> dict[str, Any]:
    return {"id": str(uuid.UUID(int=number)), "text": f"Post {number} " + "about coffee " * 40, "status": "confirmed",
            "posted_at": f"2024-0{1 + number % 3}-21T09:00:00Z"}


def send(companion: Companion, share: dict[str, Any], patience: float) -> bool:
    """Send a share and kill the companion after `patience` seconds; whether the answer came before."""
    body = json.dumps(share).encode()
    secret = json.loads((companion.data / "companion.json").read_text())["secret"]
    head = (f"POST /api/v1/shares HTTP/1.1\r\nHost: 127.0.0.1:{companion.port}\r\nAuthorization: Bearer {secret}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n")
    with socket.create_connection(("127.0.0.1", companion.port)) as line:
        line.sendall(head.encode() + body)
        until = time.perf_counter() + patience
        while time.perf_counter() < until:
            pass
        companion.kill()
        answer = b""
        try:
            while part := line.recv(65_536):
                answer += part
        except ConnectionResetError:
            pass
    return answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201"))


def kill_in_turn(data: Path, rounds: int, chance: random.Random) -> None:
    waiting: list[dict[str, Any]] = []
    known: set[str] = set()
    for number in range(1, rounds + 1):
        companion = Companion.start(data)
        for share in waiting:  # what was not answered is sent again, and may be there already
            companion.call("POST", "/shares", share)
            known.add(share["id"])
        first, last = a_share(2 * number), a_share(2 * number + 1)
        companion.call("POST", "/shares", first)
        known.add(first["id"])
        if send(companion, last, chance.uniform(0, 0.03)):
            known.add(last["id"])
            waiting = []
        else:
            waiting = [last]
        with Store.open(data) as store:
            assert store.notices == []
            found = [share.id for share in store.shares()]
            assert known <= set(found) <= known | {last["id"]}
            assert len(found) == len(set(found))
        for file in data.rglob("*.json"):
            json.loads(file.read_bytes())


def test_a_companion_that_is_killed_has_each_answered_share_once(tmp_path: Path) -> None:
    kill_in_turn(tmp_path / "data", 2, random.Random(2))


@pytest.mark.long
def test_a_companion_that_is_killed_forty_times_has_each_answered_share_once(tmp_path: Path) -> None:
    kill_in_turn(tmp_path / "data", 40, random.Random(40))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes room from a process that runs")
def test_a_companion_without_room_says_so_and_takes_the_share_once_there_is_some(tmp_path: Path) -> None:
    import resource

    with Companion.start(tmp_path / "data") as companion:
        companion.call("POST", "/shares", a_share(3))
        _, most = resource.prlimit(companion.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(companion.pid, resource.RLIMIT_FSIZE, (900, most))
        with pytest.raises(HTTPError) as refused:
            companion.call("POST", "/shares", a_share(6))
        with refused.value as answer:
            assert answer.code == 507
            assert "Nothing was changed" in json.load(answer)["error"]["message"]
        assert companion.call("GET", "/shares")["total"] == 1
        resource.prlimit(companion.pid, resource.RLIMIT_FSIZE, (most, most))
        companion.call("POST", "/shares", a_share(6))
        assert companion.call("GET", "/shares")["total"] == 2
    with Store.open(tmp_path / "data") as store:
        assert [share.id for share in store.shares()] == [a_share(6)["id"], a_share(3)["id"]]
        assert list((tmp_path / "data").rglob("*.writing")) == []


def test_doctor_tells_what_was_recovered_and_what_was_set_aside(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Companion.start(data) as companion:
        for number in (3, 6, 9):
            companion.call("POST", "/shares", a_share(number))
    damaged(data / "shares/2024-01.json", "cut")
    with Companion.start(data) as companion:
        entries = json.loads(sayso(data, "doctor", "--json"))
        assert companion.call("GET", "/shares")["total"] == 2
    [recovered] = [each for each in entries if "is used instead" in each["what"]]
    assert "shares/2024-01.json could not be read" in recovered["what"] and not recovered["ok"] and recovered["do"]
    [backups] = [each for each in entries if each["what"].startswith("backups: 1 day, the newest 2")]
    assert backups["ok"]
    # The next start knows of it only by the file; the doctor still tells.
    [aside] = [each for each in json.loads(sayso(data, "doctor", "--json")) if "set aside" in each["what"]]
    assert aside["what"].startswith("shares/2024-01.json.unreadable-") and "delete it" in aside["do"]
