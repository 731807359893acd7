"""What can be said of the extension's code without running it: its types, the faults a linter sees, its zip."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.lint.node import HERE, MODULES, node
from tools import package_extension
from tools.package_extension import EPOCH, MOST_BYTES, Unfit, contents, packed

ROOT = Path(__file__).resolve().parents[2]
EXTENSION = ROOT / "extension"
# A type told in another content script: each is a scope of its own, so only people can look it up.
BETWEEN_SCRIPTS = re.compile(r"error TS(2306|2694): .*(?:is not a module|has no exported member)")


@pytest.mark.parametrize("project", ["tsconfig.json", "tsconfig.page.json"])
def test_types_told_in_comments_hold(project: str) -> None:
    done = node(MODULES / "typescript" / "bin" / "tsc", "--pretty", "false", "-p", HERE / project)
    assert "error TS" in done.stdout or done.returncode == 0, done.stdout + done.stderr
    wrong = [line for line in done.stdout.splitlines() if "error TS" in line and not BETWEEN_SCRIPTS.search(line)]
    assert wrong == []


def test_a_linter_sees_no_fault() -> None:
    done = node(MODULES / "eslint" / "bin" / "eslint.js", "--config", HERE / "eslint.config.js", ".", cwd=EXTENSION)
    assert done.returncode == 0, done.stdout + done.stderr


def test_lock_files_name_no_host() -> None:
    for lock in [*ROOT.glob("tests/*/package-lock.json"), ROOT / "tools" / "package-lock.json"]:
        content = json.loads(lock.read_text())
        assert not [name for name, entry in content["packages"].items() if "resolved" in entry], lock
        assert all("integrity" in entry for name, entry in content["packages"].items() if name), lock


# -- the zip for the store --


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension as it stands now, whoever works on it meanwhile."""
    return shutil.copytree(EXTENSION, tmp_path_factory.mktemp("ours") / "extension")


@pytest.fixture(scope="module")
def made(ours: Path) -> bytes:
    return packed(contents(ours))


@pytest.fixture
def archive(made: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(made))


def test_two_runs_give_the_same_bytes(ours: Path, made: bytes) -> None:
    assert packed(contents(ours)) == made


def test_order_times_and_modes_are_fixed(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    assert {(entry.date_time, entry.external_attr >> 16, entry.create_system) for entry in entries} == {(EPOCH, 0o100644, 3)}


def test_the_zip_is_as_small_as_promised_and_holds_every_file(ours: Path, made: bytes, archive: zipfile.ZipFile) -> None:
    assert len(made) <= MOST_BYTES == 100_000
    there = {path.relative_to(ours).as_posix() for path in ours.rglob("*") if path.is_file()}
    part = imported_in(ours) | {name for run in joined_in(ours) for name in run[1:]}
    assert set(archive.namelist()) == there - part and part < there


def test_the_manifest_in_the_zip_is_ours_without_its_key(ours: Path, archive: zipfile.ZipFile) -> None:
    manifest = json.loads((ours / "manifest.json").read_text())
    there = json.loads(archive.read("manifest.json"))
    scripts, packed_scripts = (each["content_scripts"][0].pop("js") for each in (manifest, there))
    assert there == {name: value for name, value in manifest.items() if name != "key"}
    assert "key" in manifest
    # The order in which they are run is the same.
    assert [name for run in joined_in(ours) for name in run] == scripts
    assert [run[0] for run in joined_in(ours)] == packed_scripts


def imported_in(ours: Path) -> set[str]:
    """The modules that are part of another's file in the zip."""
    return {
        (path.parent / source).resolve().relative_to(ours.resolve()).as_posix()
        for path in ours.rglob("*.js")
        for source in re.findall(r'^(?:import|\}) .*?from "(\.[^"]+)";$', path.read_text(), re.M)
    }


def joined_in(ours: Path) -> list[list[str]]:
    """The content scripts that are one file each in the zip."""
    files = {path.relative_to(ours).as_posix(): path.read_bytes() for path in ours.rglob("*") if path.is_file()}
    return package_extension.runs(files)


def test_a_page_in_the_zip_loads_the_same_scripts_and_no_other(ours: Path, archive: zipfile.ZipFile) -> None:
    of = {name: run[0] for run in joined_in(ours) for name in run}
    held = {run[0]: run for run in joined_in(ours)}
    assert any(len(run) > 1 for run in held.values())
    pages = [path.relative_to(ours).as_posix() for path in ours.rglob("*.html")]
    assert len(pages) > 1
    for page in pages:
        here, there = (re.findall(r'<script src="\.\./([^"]+)"', text) for text in (
            (ours / page).read_text(), archive.read(page).decode()))
        assert there == list(dict.fromkeys(of[name] for name in here))
        assert sorted(name for first in there for name in held[first]) == sorted(here)


def test_words_are_whole_and_notes_beside_them_are_gone(ours: Path, archive: zipfile.ZipFile) -> None:
    for path in ours.glob("_locales/*/messages.json"):
        there = json.loads(archive.read(path.relative_to(ours).as_posix()))
        here = json.loads(path.read_text("utf-8"))
        assert {key: entry["message"] for key, entry in there.items()} == {key: entry["message"] for key, entry in here.items()}
    content = {"a": {"message": "b", "description": "c", "placeholders": {}}}
    assert json.loads(package_extension.messages(json.dumps(content))) == {"a": {"message": "b", "placeholders": {}}}


def test_what_is_made_small_does_what_it_did(tmp_path: Path) -> None:
    sources = {
        "far/names.js": "const own = 'names';\nexport const LIST = [];\nexport function note(word) {\n  LIST.push(`${own}:${word}`);\n}\n",
        "far/one.js": 'import {\n  note,\n  LIST as list,\n} from "./names.js";\nconst own = "one";\nnote(own);\nexport async function far() {\n  return list.length;\n}\n',
        "main.js": 'import * as names from "./far/names.js";\nimport { far } from "./far/one.js";\nconst own = "main";\nnames.note(own);\nconst n = await far();\nconsole.log(names.LIST.join(), n);\n',
        "a.js": "globalThis.A = (() => {\n  const word = (/** @type {string} */ one) => `a${`${one}`}`; // a note\n  return { word };\n})();\n",
        "b.js": "// the last word\nconsole.log(globalThis.A.word('é'))\n",
    }
    for name, code in sources.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(code)
    (tmp_path / "manifest.json").write_text(json.dumps({
        "minimum_chrome_version": "123", "background": {"service_worker": "main.js"}, "content_scripts": [{"js": ["a.js", "b.js"]}]}))
    made = contents(tmp_path)
    assert set(made) == {"manifest.json", "main.js", "a.js"} and b"note" not in made["a.js"]
    (tmp_path / "out").mkdir()
    for name in ("main.mjs", "a.cjs"):
        (tmp_path / "out" / name).write_bytes(made[f"{name[:-4]}.js"])
    assert node(tmp_path / "out" / "main.mjs").stdout == "names:one,names:main 2\n"
    assert node(tmp_path / "out" / "a.cjs").stdout == "aé\n"


def test_what_is_no_code_is_refused_by_its_place(ours: Path, tmp_path: Path) -> None:
    wrong = shutil.copytree(ours, tmp_path / "wrong")
    (wrong / "popup" / "popup.js").write_text('import { t } from "./no-such.js";\n')
    with pytest.raises(Unfit, match=r"popup/popup\.js:1: .*no-such"):
        contents(wrong)
    (wrong / "popup" / "popup.js").write_text("const = 1;\n")
    with pytest.raises(Unfit, match=r"popup/popup\.js:1: "):
        contents(wrong)


def test_nothing_in_the_zip_is_loaded_from_elsewhere_or_run_from_text(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        if name.endswith(".png"):
            continue
        text = archive.read(name).decode()
        assert "chrome-extension://" not in text, name
        assert not re.search(r"\beval\(|new Function|importScripts|https?://[^\s\"'`]*\.(?:m?js|wasm)\b", text), name
        assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//|@import|import\([\"'`]?https?:|sourceMappingURL", text), name


def test_a_stray_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(Unfit, match="notes.txt is no file of the extension"):
        contents(tmp_path)
    (tmp_path / "notes.txt").rename(tmp_path / ".hidden.js")
    with pytest.raises(Unfit, match=".hidden.js"):
        contents(tmp_path)


def test_a_zip_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_extension, "MOST_BYTES", 10)
    with pytest.raises(Unfit, match="10 are promised"):
        packed({"a.js": b"x"})
