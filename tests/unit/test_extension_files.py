"""The extension's files agree with each other, and it asks for no more than docs/permissions.md gives reasons for."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXTENSION = ROOT / "extension"
LANGUAGES = ("en", "fr", "de")
MANIFEST: dict[str, Any] = json.loads((EXTENSION / "manifest.json").read_text())
SOURCES = {
    path.relative_to(EXTENSION).as_posix(): path.read_text()
    for path in sorted(EXTENSION.rglob("*"))
    if path.suffix in {".js", ".html", ".css", ".json"} and "_locales" not in path.parts
}
WORDS: dict[str, dict[str, Any]] = {
    lang: json.loads((EXTENSION / "_locales" / lang / "messages.json").read_text()) for lang in LANGUAGES
}
# A key in the code: whole, or its beginning where the end is a value (`words_own_${step}`).
KEY = re.compile(r"[\"'`]((?:app|badge|state|popup|panel|card|glimpse|beside|words)_[a-z0-9_]*)(?=([\"'`]|\$\{))")


def test_the_extension_asks_for_five_permissions_and_two_hosts() -> None:
    assert MANIFEST["permissions"] == ["storage", "alarms", "sidePanel", "activeTab", "scripting"]
    assert MANIFEST["host_permissions"] == ["https://www.linkedin.com/*", "http://127.0.0.1/*"]
    assert {key for key in MANIFEST if "permissions" in key} == {"permissions", "host_permissions"}


def test_the_docs_give_a_reason_for_each_permission_and_for_no_other() -> None:
    table = re.findall(r"^\| `([^`]+)` \| (.+) \|$", (ROOT / "docs" / "permissions.md").read_text("utf-8"), re.MULTILINE)
    assert [permission for permission, _ in table] == MANIFEST["permissions"] + MANIFEST["host_permissions"]
    assert all(len(reason) > 40 for _, reason in table)


def test_nothing_can_be_seen_or_reached_from_a_web_page() -> None:
    assert not {"web_accessible_resources", "content_capabilities"} & MANIFEST.keys()


def test_only_pages_of_this_computer_may_speak_to_the_worker() -> None:
    # Without `ids`, no other extension may; a worker that listens judges by origin and port on top.
    assert MANIFEST["externally_connectable"] == {"matches": ["http://127.0.0.1/*", "http://sayso.localhost/*"]}


def test_pages_of_the_extension_run_its_own_files_and_speak_to_this_computer_alone() -> None:
    parts = MANIFEST["content_security_policy"]["extension_pages"].split(";")
    policy = dict(part.strip().split(" ", 1) for part in parts)
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["connect-src"] == "'self' http://127.0.0.1:*"


def test_the_key_gives_the_id_that_the_companion_lets_in() -> None:
    digest = hashlib.sha256(base64.b64decode(MANIFEST["key"])).hexdigest()[:32]
    extension_id = "".join(chr(ord("a") + int(digit, 16)) for digit in digest)
    assert extension_id == "imaeooecohggadgjmimghhoicnakipje"
    assert extension_id in json.loads((ROOT / "server" / "api" / "extension_ids.json").read_text()).values()


def manifest_paths() -> list[str]:
    """Every file that the manifest names."""
    scripts = [path for entry in MANIFEST["content_scripts"] for path in entry["js"] + entry["css"]]
    icons = [*MANIFEST["icons"].values(), *MANIFEST["action"]["default_icon"].values()]
    return [*scripts, *icons, MANIFEST["background"]["service_worker"], MANIFEST["action"]["default_popup"],
            MANIFEST["side_panel"]["default_path"]]


@pytest.mark.parametrize("path", manifest_paths())
def test_a_file_that_the_manifest_names_exists(path: str) -> None:
    assert (EXTENSION / path).is_file()


def test_every_script_of_the_compose_box_is_loaded() -> None:
    named = {path for path in manifest_paths() if path.startswith("compose/")}
    assert {f"compose/{path.name}" for path in (EXTENSION / "compose").iterdir()} == named


@pytest.mark.parametrize("path", [path for path in SOURCES if path.startswith(("background/", "popup/", "sidepanel/"))])
def test_what_a_module_or_page_refers_to_exists(path: str) -> None:
    folder = (EXTENSION / path).parent
    for found in re.findall(r"(?:from |import )\"(\./[^\"]+|\.\./[^\"]+)\"|(?:src|href)=\"([^\"]+)\"", SOURCES[path]):
        target = next(filter(None, found))
        assert (folder / target).is_file(), target


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_is_there_in_each_language(lang: str) -> None:
    assert WORDS[lang].keys() == WORDS["en"].keys()
    assert list(WORDS[lang]) == sorted(WORDS[lang])
    for key, entry in WORDS[lang].items():
        assert entry["message"].strip(), key
        values = set(re.findall(r"\$\d", entry["message"]))
        assert values == set(re.findall(r"\$\d", WORDS["en"][key]["message"])), key


def used_keys() -> tuple[set[str], set[str]]:
    """The keys written whole in the code, and the beginnings of those that are put together there."""
    found = [match for source in SOURCES.values() for match in KEY.findall(source)]
    whole = {key for key, end in found if end != "${"} | set(re.findall(r"__MSG_(\w+?)__", SOURCES["manifest.json"]))
    # A key that is handed to `counted` stands for its two forms.
    return whole, {key for key, end in found if end == "${"} | {f"{key}_" for key in whole if key not in WORDS["en"]}


def test_every_word_is_used() -> None:
    whole, beginnings = used_keys()
    unused = [key for key in WORDS["en"] if key not in whole and not key.startswith(tuple(beginnings))]
    assert unused == []


def test_every_word_that_the_code_asks_for_is_there() -> None:
    whole, beginnings = used_keys()
    missing = [key for key in whole | beginnings if not any(word.startswith(key) for word in WORDS["en"])]
    assert missing == []


@pytest.mark.parametrize("path", [path for path in SOURCES if path.endswith(".js")])
def test_scripts_make_no_markup_from_text_and_run_no_text(path: str) -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", SOURCES[path])


def test_only_the_wire_speaks_http() -> None:
    network = re.compile(r"\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|EventSource")
    reaching = {path for path, source in SOURCES.items() if network.search(source)}
    # The worker reads the extension's own style sheets by fetch.
    assert reaching == {"background/companion.js", "background/worker.js"}
    assert re.findall(r"fetch\(([^)]*)", SOURCES["background/worker.js"]) == ["chrome.runtime.getURL(file"]
