"""A companion that is killed while it writes: what was answered is there, every file is whole, the folder is free."""

import json
import random
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

import server
from server.store import Store
from tests.unit import store_child

ROOT = Path(server.__file__).parent.parent


def child(folder, kind, number):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.unit.store_child", str(folder), kind, str(number)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT)


def assert_whole(folder):
    for file in folder.rglob("*.json"):
        assert json.loads(file.read_bytes())["tables"] is not None, file


def kill_and_look(folder, rounds, chance):
    """Kill a writing child `rounds` times in one folder, after a few answers and a moment more."""
    answered = set()
    for round_ in range(rounds):
        with child(folder, "loop", 1 + round_ * 1000) as process:
            assert process.stdout.readline() == "open\n"
            for _ in range(chance.randrange(1, 8)):
                answered.add(process.stdout.readline().strip())
            # Not at once: the line was written between two writes, and the kill is to fall into one.
            until = time.perf_counter() + chance.uniform(0, 0.004)
            while time.perf_counter() < until:
                pass
            process.kill()
            answered.update(line.strip() for line in process.stdout if line.endswith("\n"))
        assert_whole(folder)
        with Store.open(folder) as store:
            assert store.notices == []
            assert answered <= {share.id for share in store.shares()}
        assert list(folder.rglob("*.writing")) == []
        assert list(folder.rglob("*.unreadable-*")) == []
    assert len(answered) >= rounds


def test_shares_that_were_answered_outlive_kills_in_the_middle_of_writing(tmp_path):
    kill_and_look(tmp_path / "data", rounds=5, chance=random.Random(5))


@pytest.mark.long
def test_shares_that_were_answered_outlive_a_thousand_kills(tmp_path):
    kill_and_look(tmp_path / "data", rounds=1000, chance=random.Random(1000))


def plain(store):
    """The shares without the times that the store sets."""
    return {share.id: replace(share, logged_at="", updated_at="") for share in store.shares()}


def states():
    """What the store holds after each step of the script, from none on."""
    store = Store.in_memory()
    found = [plain(store)]
    for change in store_child.SCRIPT:
        change(store)
        found.append(plain(store))
    return found


def die_at(folder, number):
    """Run the script in a child that dies before its `number`th call; True once it reached the end instead."""
    with child(folder, "script", number) as process:
        told = process.stdout.read().split()
    assert told[0] == "open"
    answered = len(told) - 1
    assert_whole(folder)
    with Store.open(folder) as store:
        found = plain(store)
        # The step that was under way may have been done or not; those that were answered are done.
        assert found in states()[answered:answered + 2], (number, answered)
        assert store.notices == []
        # And the store works: what was under way can be asked again.
        for change in store_child.SCRIPT[len(store_child.SCRIPT) - 1:]:
            change(store)
    with Store.open(folder) as store:
        assert store_child.a_share(4).id in plain(store)
    return answered == len(store_child.SCRIPT)


@pytest.mark.parametrize("number", [1, 2, 3, 5, 11, 14, 17, 20, 23, 31, 38, 44])
def test_a_death_at_a_step_of_a_write_leaves_the_state_before_or_after_it(tmp_path, number):
    assert die_at(tmp_path / "data", number) is False


@pytest.mark.long
def test_a_death_at_every_step_of_every_write_leaves_the_state_before_or_after_it(tmp_path):
    number = 1
    while not die_at(tmp_path / str(number), number):
        number += 1
    assert number > 50
