"""The files in a bundle: what is let in, and every trick of archives, each signed as if by the publisher."""

from __future__ import annotations

import io
import tarfile
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from server.bundle import BundleError, archive, content
from server.programme_file import load_programme
from server.strict import StrictError

HEAD = b'{"name":"X","policy":{}}'
TEN_GB = 10_000_000_000


def ours(*entries: tuple[str, bytes], change: Callable[[tarfile.TarInfo], None] = lambda entry: None) -> bytes:
    """An archive of anything, ending as ours do: after two empty blocks."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        for name, data in entries:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            change(entry)
            made.addfile(entry, io.BytesIO(data))
    return out.getvalue()[: made.offset]


def test_files_come_back_as_they_were_in_any_order() -> None:
    files = {"programme.json": HEAD, "items/0001.json": b"", "rules/coffee/no-cure.yaml": b"x" * 513}
    assert archive.unpack(archive.squeezed(archive.pack(files))) == files
    assert archive.pack(files) == archive.pack(dict(reversed(files.items())))


def kind(value: bytes, link: str = "") -> Callable[[tarfile.TarInfo], None]:
    def change(entry: tarfile.TarInfo) -> None:
        entry.type, entry.linkname, entry.size = value, link, 0

    return change


REFUSED = [
    ("a program", ours(("rules/x/evil.py", b"import os")), "“rules/x/evil.py”, which does not belong"),
    ("a program beside", ours(("programme.json", HEAD), ("setup.py", b"")), "setup.py"),
    ("upwards", ours(("../programme.json", HEAD)), "does not belong"),
    ("upwards inside", ours(("rules/../../x.yaml", b"")), "does not belong"),
    ("absolute", ours(("/etc/cron.d/x", b"")), "does not belong"),
    ("absolute on Windows", ours(("C:\\x.yaml", b"")), "does not belong"),
    ("backslashes", ours(("rules\\x\\y.yaml", b"")), "does not belong"),
    ("another name", ours(("programme.yaml", HEAD)), "does not belong"),
    ("other letters", ours(("items/٠٠٠١.json", HEAD)), "does not belong"),
    ("a line end in the name", ours(("programme.json\n", HEAD)), "does not belong"),
    ("a folder", ours(("rules/x/y.yaml", b""), change=kind(tarfile.DIRTYPE)), "does not belong"),
    ("a symbolic link", ours(("programme.json", b""), change=kind(tarfile.SYMTYPE, "/etc/passwd")), "does not belong"),
    ("a hard link", ours(("programme.json", b""), change=kind(tarfile.LNKTYPE, "items/0001.json")), "does not belong"),
    ("a device", ours(("programme.json", b""), change=kind(tarfile.CHRTYPE)), "does not belong"),
    ("a pipe", ours(("programme.json", b""), change=kind(tarfile.FIFOTYPE)), "does not belong"),
    ("a long name", ours(("rules/x/" + "a" * 300 + ".yaml", b"")), "does not belong"),
    ("twice the same name", ours(("programme.json", HEAD), ("programme.json", HEAD)), "holds programme.json twice"),
    ("no archive", b"PK\3\4" + bytes(2000), "cannot be read"),
    ("nothing", b"", "breaks off"),
    ("breaks off in a file", ours(("programme.json", HEAD * 100))[:1024], "breaks off"),
    ("more after the end", ours(("programme.json", HEAD)) + ours(("x.py", b"")), "more after its archive's end"),
]


@pytest.mark.parametrize(("name", "data", "words"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_does_not_belong_is_refused_whole(name: str, data: bytes, words: str) -> None:
    with pytest.raises(BundleError, match=words) as caught:
        archive.unpack(zlib.compress(data))
    assert "refused whole; tell whoever publishes the programme" in str(caught.value)


def test_ten_gigabytes_claimed_are_refused_unread() -> None:
    entry = tarfile.TarInfo("items/0001.json")
    entry.size = TEN_GB
    with pytest.raises(BundleError, match="items/0001.json, which is larger than 5,000,000 bytes"):
        archive.unpack(zlib.compress(entry.tobuf(tarfile.GNU_FORMAT)))


def _ten_real_gigabytes() -> bytes:
    """A zlib stream that unpacks to more than 10 GB of valid small files, made of one piece said again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    said, size = b"", 0
    for number in range(41):
        entry = tarfile.TarInfo(f"items/{number:04}.json")
        entry.size = 4_999_680
        said += packer.compress(entry.tobuf(tarfile.USTAR_FORMAT) + bytes(entry.size))
        size += 512 + entry.size
    said += packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + said * (TEN_GB // size + 1)


def test_ten_real_gigabytes_are_refused_before_they_are_there() -> None:
    data = _ten_real_gigabytes()
    tracemalloc.start()
    try:
        with pytest.raises(BundleError, match="unpacks to more than 200,000,000 bytes"):
            archive.unpack(data)
        assert tracemalloc.get_traced_memory()[1] < archive.MOST_UNPACKED * 1.5
    finally:
        tracemalloc.stop()


def test_a_small_bundle_that_grows_a_thousandfold_is_refused() -> None:
    grown = zlib.compress(ours(*((f"items/{number:04}.json", bytes(1_000_000)) for number in range(4))), 9)
    with pytest.raises(BundleError, match="unpacks to more than 1,000,000 bytes"):
        archive.unpack(grown)


def test_too_many_files_are_refused() -> None:
    many = ours(*((f"items/{number:04}.json", b"") for number in range(archive.MOST_FILES + 1)))
    with pytest.raises(BundleError, match="more than 5,000 files"):
        archive.unpack(zlib.compress(many, 0))


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data + b"x", lambda data: data[: len(data) // 2]])
def test_damaged_packing_is_refused(damage: Callable[[bytes], bytes]) -> None:
    packed = archive.squeezed(archive.pack({"programme.json": HEAD}))
    with pytest.raises(BundleError, match="refused whole"):
        archive.unpack(damage(packed))


CONTENTS = [
    ({}, "holds no programme.json"),
    ({"programme.json": b"name: X\n"}, "policy: is missing|unknown key"),
    ({"programme.json": b'{"name":"X","policy":{},"itms":[]}'}, "itms: unknown key"),
    ({"programme.json": b'{"name":"X","policy":{},"items":[{"title":"T","url":"https://x.example"}]}'}, "do not belong"),
    ({"programme.json": b'{"name":"X","policy":{},"sources":[{"url":"https://x.example/feed"}]}'}, "do not belong"),
    ({"programme.json": b'{"name":"X","policy":{},"sources":[{"file":"/etc/hostname"}]}'}, "file of this computer"),
    ({"programme.json": b'{"name":"X","policy":{},"rules":{"p":"/etc"}}'}, "folder of this computer"),
    ({"programme.json": b"\xff"}, "not UTF-8"),
    ({"programme.json": HEAD, "items/0001.json": b'{"items":[{"title":"T","url":"javascript:1"}]}'}, "items/0001.json"),
    ({"programme.json": HEAD, "items/0001.json": b"!!python/object/apply:os.system [id]"}, "mapping of keys"),
    ({"programme.json": HEAD, "items/0001.json": b"{}"}, "items: is missing"),
    (
        {"programme.json": HEAD} | {f"items/000{n}.json": b'{"items":[{"title":"T","url":"https://x.example"}]}' for n in (1, 2)},
        "holds https://x.example/ twice",
    ),
    ({"programme.json": HEAD, "rules/coffee/no-cure.yaml": b"kind: phrase\n"}, "rules/coffee/no-cure.yaml"),
    ({"programme.json": HEAD, "rules/claims/no-cure.yaml": b"kind: phrase\n"}, "is a built-in pack"),
    ({"programme.json": HEAD, "rules/coffee/code.yaml": b"kind: python\nmodule: os\n"}, "rules/coffee/code.yaml"),
]


@pytest.mark.parametrize(("files", "words"), CONTENTS)
def test_known_names_with_unknown_content_are_refused(files: dict[str, bytes], words: str) -> None:
    with pytest.raises((BundleError, StrictError), match=words):
        content.programme_of(files, "https://x.example/p.sayso")


def test_a_bundle_of_nothing_but_a_policy_is_a_programme() -> None:
    found, text = content.programme_of({"programme.json": HEAD}, "https://x.example/p.sayso")
    assert found.name == "X" and load_programme(text, "p") == found
