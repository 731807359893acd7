"""A folder of Markdown: keys in front, the wording below."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from server.feed import FeedError, add_source, refresh
from server.feed.folder import read_folder, words_of
from server.store import Store

STORY = """---
title: A quieter pump
url: https://x.example/pump?utm_source=mail
lang: en
voice: first_person
topics: [pumps, noise]
tags: [QuietHarbour]
category: employee
embargo_until: 2026-12-01T09:00:00+01:00
---

I stood **next** to it and heard the [gulls](https://x.example/gulls).

* nine weeks
* four people
"""


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    return folder


def test_a_file_is_an_item_and_its_body_the_wording(tmp_path: Path) -> None:
    feed = read_folder(str(write(tmp_path, pump=STORY)))
    (entry,) = feed.entries
    assert (entry.title, entry.url, entry.topics, entry.guid) == ("A quieter pump", "https://x.example/pump", ("pumps", "noise"), "pump.md")
    assert entry.variants == (("I stood next to it and heard the gulls.\n\n• nine weeks\n• four people", "en", "first_person"),)
    assert entry.summary == "I stood next to it and heard the gulls."
    assert (entry.fields["category"], entry.fields["tags"], entry.fields["embargo_until"]) == ("employee", ("#QuietHarbour",), "2026-12-01T08:00:00Z")


def test_what_is_too_long_for_a_post_is_a_summary_only(tmp_path: Path) -> None:
    head = "---\ntitle: T\nurl: https://x.example/t\n---\n"
    (entry,) = read_folder(str(write(tmp_path, long=head + "Many words. " * 500))).entries
    assert entry.variants == () and entry.summary.startswith("Many words.") and len(entry.summary) <= 400


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Just words.", "it does not begin with a line ---"),
        ("---\ntitle: T\n---\n", "url: is missing"),
        ("---\ntitle: T\nurl: https://x.example/t\ntopic: x\n---\n", "b.md:4: topic: unknown key; did you mean “topics”?"),
        ("---\ntitle: T\ntitle: U\nurl: https://x.example/t\n---\n", "b.md:3: title: repeated key"),
        ("---\ntitle: [T]\nurl: https://x.example/t\n---\n", "b.md:2: title: text is wanted here"),
        ("---\ntitle: T\nurl: file:///etc/hostname\n---\n", "b.md:3: url: a web address"),
        ("---\ntitle: *x\nurl: https://x.example/t\n---\n", "aliases"),
        ("---\ntitle: T\nurl: https://x.example/pump\n---\n", "it links to the same page as a file before it."),
        ("x" * 1_000_001, "it is larger than 1 MB"),
    ],
)
def test_a_file_that_cannot_be_taken_is_left_out_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    feed = read_folder(str(write(tmp_path, a=STORY, b=text)))
    assert len(feed.entries) == 1 and feed.found == 2
    assert len(feed.left_out) == 1 and words in feed.left_out[0] and feed.left_out[0].startswith("b.md")


def test_hidden_files_and_links_to_other_places_are_not_read(tmp_path: Path) -> None:
    folder, other = tmp_path / "stories", tmp_path / "other"
    (folder / "deep").mkdir(parents=True)
    (folder / ".git").mkdir()
    other.mkdir()
    write(other, secret=STORY.replace("pump", "secret"))
    write(folder, a=STORY)
    write(folder / "deep", b=STORY.replace("pump", "deep"))
    write(folder / ".git", c=STORY.replace("pump", "git"))
    os.symlink(other, folder / "link")
    os.symlink(other / "secret.md", folder / "secret.md")
    assert sorted(entry.url for entry in read_folder(str(folder)).entries) == ["https://x.example/deep", "https://x.example/pump"]


def test_a_folder_is_added_and_read_again_only_once_it_changed(tmp_path: Path) -> None:
    with Store.in_memory() as store:
        with pytest.raises(FeedError, match="holds no Markdown file"):
            add_source(store, str(tmp_path))
        source = add_source(store, str(write(tmp_path, a=STORY)))
        assert (source.kind, source.items, source.title) == ("folder", 1, tmp_path.name)
        old = store.items()
        assert refresh(store, source.id).last_error is None and store.items() is old
        write(tmp_path, a=STORY.replace("x.example/pump", "x.example/moved"), b=STORY.replace("pump", "second"))
        assert refresh(store, source.id).items == 2
        assert store.item(old[0].id).url == "https://x.example/moved"
        (tmp_path / "a.md").unlink(), (tmp_path / "b.md").unlink(), tmp_path.rmdir()
        gone = refresh(store, source.id)
        assert "check the path" in (gone.last_error or "") and gone.items == 2


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("# Head\n\nOne\ntwo  \nthree", "Head\n\nOne two\nthree"),
        ("snake_case and 2 * 3 * 4", "snake_case and 2 * 3 * 4"),
        ("*a* _b_ __c__ `d` \\* e", "a b c d * e"),
        ("<!-- no --> ![pic](a.png) yes", "yes"),
        ("- one\n- two\n\n---\n\n> said", "• one\n• two\n\nsaid"),
        ("```\ncode\n```", "code"),
        ("#ad first", "#ad first"),
    ],
)
def test_markdown_becomes_the_words_of_a_post(markdown: str, words: str) -> None:
    assert words_of(markdown) == words
