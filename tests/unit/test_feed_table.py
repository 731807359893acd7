"""Tables of items: columns, separators, encodings, and lines that cannot be taken."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from server.feed import Entry, Feed, FeedError, add_source, refresh
from server.feed.table import COLUMNS, read_table
from server.store import Store

HEAD = "title,url,summary,category,topics,lang,published_at"
LINE = "Über Brême,https://x.example/a?utm_source=mail,Café & thé,industry,wind|water,fr,2026-11-18"
DOCS = Path(__file__).parents[2] / "docs" / "sources.md"


def read(text: str, encoding: str = "utf-8") -> Feed:
    return read_table(text.encode(encoding), "/home/nell/items.csv")


def test_a_line_is_an_item_with_what_its_columns_say() -> None:
    feed = read(f"{HEAD}\n{LINE}\n")
    assert (feed.title, feed.found, feed.left_out) == ("items", 1, [])
    assert feed.entries == [
        Entry(
            title="Über Brême",
            url="https://x.example/a",
            summary="Café & thé",
            lang="fr",
            published_at="2026-11-18T00:00:00Z",
            topics=("wind", "water"),
            fields={"category": "industry"},
        )
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_spreadsheet_writes_the_same_table(encoding: str, separator: str, end: str) -> None:
    text = f"{HEAD}\n{LINE}".replace(",", separator).replace("\n", end) + end
    assert read(text, encoding).entries == read(f"{HEAD}\n{LINE}\n").entries


def test_a_separator_may_be_declared_and_empty_columns_and_lines_do_not_matter() -> None:
    assert len(read("sep=;\ntitle;url;;\nA, b and c;https://x.example/a;;\n;;;\n\n").entries) == 1


def test_names_of_columns_are_read_whatever_their_case_and_spaces() -> None:
    entry = read("Title,URL, Published at \nA,https://x.example/a,18.11.2026\n").entries[0]
    assert entry.published_at == "2026-11-18T00:00:00Z"


def test_a_cell_may_hold_separators_lines_and_quotation_marks() -> None:
    entry = read('title,url,text\n"A ""b"", c",https://x.example/a,"One.\n\nTwo, three."\n').entries[0]
    assert (entry.title, entry.variants) == ('A "b", c', (("One.\n\nTwo, three.", "en", "factual"),))


def test_further_lines_of_a_page_are_further_wordings_of_it() -> None:
    feed = read(
        "title,url,lang,voice,text\n"
        "A,https://x.example/a,en,factual,We did.\n"
        "A,https://x.example/a,fr,question,Qui l’a fait ?\n"
        "A,https://x.example/a,fr,question,Qui l’a fait ?\n"
    )
    assert feed.entries[0].variants == (("We did.", "en", "factual"), ("Qui l’a fait ?", "fr", "question"))
    assert feed.left_out == ["Line 4, “A”: it links to the same page as a line before it."]


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("title,link", "column “link” that is not known; did you mean “url”? The columns are: title and url"),
        ("titel,url", "did you mean “title”?"),
        ("title,summary", "lacks the column “url” in its first line. The columns are: title and url"),
        ("title,url,url", "names the column “url” twice"),
        ("Wind rose in May,https://x.example/a", "is not known. The columns are: title and url"),
        ("", "its first line has to name the columns: title and url"),
    ],
)
def test_a_wrong_first_line_is_refused_with_the_columns(head: str, words: str) -> None:
    with pytest.raises(FeedError) as caught:
        read(f"{head}\nA,https://x.example/a\n" if head else "")
    assert words in str(caught.value) and str(caught.value).startswith("/home/nell/items.csv: ")


@pytest.mark.parametrize(
    ("line", "reason", "words"),
    [
        (",https://x.example/b", "no_title", "Line 3: it has no title."),
        ("B,", "no_link", "Line 3, “B”: it has no url."),
        ("B,javascript:alert(1)", "bad_link", "Line 3, “B”: url: a web address (https://…) is wanted"),
        ("B,https://x.example/b,sport", "bad_value", "category: “sport” is not one of brand"),
        ("B,https://x.example/b,,01/12/2026", "bad_value", "published_at: a date such as 2026-12-01"),
        ("B,https://x.example/b,,2026-12-01,2026-11-01", "bad_value", "expires_at: lies before"),
        ("B, c,https://x.example/b,,,,", "bad_link", "url: a web address"),
        ("B,https://x.example/b,,,,x", "bad_value", "more cells than the first line names; put text with a comma in quotes"),
        ("A again,https://x.example/a", "same_page", "it links to the same page as a line before it."),
    ],
)
def test_a_line_that_cannot_be_taken_is_left_out_with_a_sentence(line: str, reason: str, words: str) -> None:
    feed = read(f"title,url,category,published_at,expires_at\nA,https://x.example/a\n{line}\n")
    assert [entry.title for entry in feed.entries] == ["A"]
    assert dict(feed.why) == {reason: 1} and words in feed.left_out[0]


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_line() -> None:
    with pytest.raises(FeedError, match="no proper table .line 3: .*quotation mark"):
        read('title,url\nA,https://x.example/a\n"B,https://x.example/b\n')


def test_what_is_no_text_at_all_is_refused() -> None:
    for data in (b"", codecs.BOM_UTF8, bytes(range(256)) * 10, b"\xff\xfe", b"\n\n"):
        with pytest.raises(FeedError, match="columns"):
            read_table(data, "/x.csv")
    for data in (b"%PDF-1.7", b"PK\x03\x04 of a new spreadsheet", b"\xd0\xcf\x11\xe0 of an old one", b"\x89PNG\r\n"):
        with pytest.raises(FeedError, match="save it as CSV"):
            read_table(data, "/x.csv")


def test_a_table_in_a_file_or_at_an_address_becomes_items_and_a_cleared_cell_clears(tmp_path: Path) -> None:
    file = tmp_path / "stories.csv"
    head = "id,title,url,category,campaign,tags\n"
    file.write_text(f"{head}1,A,https://x.example/a,employee,Harvest,wind\n2,B,https://x.example/b,,,\n", "utf-8")
    with Store.in_memory() as store:
        source = add_source(store, str(file), category="industry")
        assert (source.kind, source.entries, source.items) == ("csv", 2, 2)
        a, b = store.items()
        assert (a.category, a.campaign, a.tags, b.category) == ("employee", "Harvest", ("#wind",), "industry")
        file.write_text(f"{head}1,A,https://x.example/moved,,,\n", "utf-8")
        refresh(store, source.id)
        again = store.item(a.id)
        assert (again.url, again.category, again.campaign, again.tags) == ("https://x.example/moved", "industry", None, ())
        assert len(store.items()) == 2


def test_every_column_is_documented() -> None:
    text = DOCS.read_text("utf-8")
    assert [column for column in COLUMNS if f"`{column}`" not in text] == []
