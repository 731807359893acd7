"""LinkedIn's exports and one's own, as files are downloaded: what they bring, what is known already, what goes wrong."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from server import clock
from server.shares.export import export
from server.shares.imports import Found, ImportProblem, carry_out, plan, read, undo
from server.shares.numbers import count_of
from server.store import Preferences, Proposal, Share, Store

HEAD = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\r\n"
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def number(moment: datetime) -> int:
    """A LinkedIn id that was made at a moment."""
    return int(moment.timestamp() * 1000) << 22 | 4711


def urn(moment: datetime, kind: str = "share") -> str:
    return f"urn:li:{kind}:{number(moment)}"


def link(moment: datetime, kind: str = "share") -> str:
    return f"https://www.linkedin.com/feed/update/{urn(moment, kind).replace(':', '%3A')}"


def row(moment: datetime, commentary: str) -> str:
    quoted = commentary.replace('"', '""')
    return f'{moment:%Y-%m-%d %H:%M:%S},{link(moment)},"{quoted}",,,MEMBER_NETWORK\r\n'


def csv_of(*rows: str) -> bytes:
    return (HEAD + "".join(rows)).encode()


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name.replace("__", "/").replace("_csv", ".csv"), data)
    return out.getvalue()


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for each in rows:
            sheet.append(each)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def store() -> Store:
    return Store.in_memory()


def take(store: Store, data: bytes, name: str = "Shares.csv"):
    return carry_out(store, plan(store, read(data, name)))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0", 0), ("7", 7), ("1,234", 1234), ("1.234", 1234), ("1 234", 1234), ("1\u202f234\u202f567", 1234567),
        ("12K", 12000), ("1,2 k", 1200), ("1.2K", 1200), ("3 Mio.", 3_000_000), ("1,5 M", 1_500_000), ("2 Tsd.", 2000),
        ("1’234", 1234), ("12.0", 12), ("", None), ("–", None), ("n/a", None), ("12.5", None), ("1,234K", None),
        ("1.234,5", None), ("-3", None), ("1,23,456", None), ("٣", 3), ("9" * 20, None),
    ],
)
def test_numbers_as_people_read_them(text: str, count: int | None) -> None:
    assert count_of(text) == count


def test_an_archive_brings_posts_with_their_lines_and_quotes(store: Store) -> None:
    # As the export writes it: each line of a text in quotation marks, its own doubled once more.
    several = 'We shipped."\n""\n"She said ""thank you"" twice.'
    data = csv_of(row(MONDAY, several), row(MONDAY + timedelta(days=1), 'One line, with a "word" in it.'))
    done = take(store, data)
    texts = [share.text for share in store.shares()]
    assert texts == ['One line, with a "word" in it.', 'We shipped.\n\nShe said "thank you" twice.']
    oldest = store.shares()[-1]
    assert oldest.posted_at == "2026-03-02T09:00:00Z" and oldest.urns == (urn(MONDAY),)
    assert oldest.permalink == f"https://www.linkedin.com/feed/update/{urn(MONDAY)}"
    assert oldest.import_id == done.id and oldest.disclosure is None and oldest.readings == ()


def test_the_line_break_is_read_where_it_was_not_escaped_either(store: Store) -> None:
    bare = f'{MONDAY:%Y-%m-%d %H:%M:%S},{link(MONDAY)},"First"\n""\n"Second",,,MEMBER_NETWORK\n'
    take(store, csv_of(bare, row(MONDAY + timedelta(hours=1), "Next")))
    assert [share.text for share in store.shares()] == ["Next", "First\n\nSecond"]


def test_the_same_archive_again_brings_nothing_and_a_later_one_only_what_is_new(store: Store) -> None:
    take(store, csv_of(row(MONDAY, "One")))
    again = plan(store, read(csv_of(row(MONDAY, "One"), row(MONDAY + timedelta(days=9), "Two")), "Shares.csv"))
    assert (len(again.new), again.known) == (1, 1)
    carry_out(store, again)
    assert len(store.shares()) == 2


def test_a_post_that_was_made_with_sayso_is_recognised_and_confirmed(store: Store) -> None:
    share = Share("3f2b8c1e-0d5a-4c7e-9f61-2a4b6c8d0e1f", "#ad  Look at\nthis", "2026-03-02T09:00:41Z", "unconfirmed",
                  disclosure="present")
    store.add_share(share)
    planned = plan(store, read(csv_of(row(MONDAY, "#ad Look at this")), "Shares.csv"))
    assert (len(planned.new), len(planned.changed)) == (0, 1)
    carry_out(store, planned)
    (kept,) = store.shares()
    assert kept.id == share.id and kept.status == "confirmed" and kept.urns == (urn(MONDAY),)
    assert kept.disclosure == "present" and kept.text == share.text


def test_a_zip_is_read_as_it_was_downloaded(store: Store) -> None:
    data = zipped(Basic__Shares_17529409_csv=csv_of(row(MONDAY, "One")), Connections_csv=b"x")
    take(store, data, "Complete_LinkedInDataExport.zip")
    assert [share.text for share in store.shares()] == ["One"]


def profile(first: str, last: str) -> bytes:
    return f"First Name,Last Name,Birth Date\n{first},{last},\n".encode()


def test_the_archive_of_another_member_is_refused_until_one_insists(store: Store) -> None:
    take(store, zipped(Shares_csv=csv_of(row(MONDAY, "One")), Profile_csv=profile("Ana", "Ruiz")), "mine.zip")
    other = zipped(Shares_csv=csv_of(row(MONDAY, "Two")), Profile_csv=profile("Bo", "Lund"))
    with pytest.raises(ImportProblem, match="another member"):
        plan(store, read(other, "theirs.zip"))
    assert plan(store, read(other, "theirs.zip"), whoever=True)
    assert "Ana" not in json.dumps([done.member for done in store.imports()])


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.csv", b"", "is empty"),
        ("half.zip", zipped(Shares_csv=csv_of(row(MONDAY, "One")))[:-40], "not a whole zip"),
        ("no.zip", zipped(Messages_csv=b"x"), "no Shares.csv"),
        ("Comments.csv", b"Date,Link,Message\n", "lacks the column ShareLink"),
        ("excel.csv", HEAD.encode() + "2026-03-02 09:00:00,,Café,,,\n".encode("cp1252"), "not UTF-8 (line 2)"),
        ("page.zip", b"<!doctype html><title>Sign in</title>", "web page"),
        ("old.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 90, "old or locked Excel"),
        ("other.json", b'{"format": "something"}', "no export of Sayso's"),
        ("cut.json", b'{"format": "sayso-export", "sha', "not whole JSON (line 1)"),
        ("notes.xlsx", workbook(Sheet=[["a", 1]]), "names no post"),
    ],
)
def test_what_is_no_export_is_refused_with_what_to_do(name: str, data: bytes, says: str) -> None:
    with pytest.raises(ImportProblem) as caught:
        read(data, name)
    assert says in str(caught.value) and name in str(caught.value)


def test_a_zip_bomb_is_refused_before_it_bursts() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        with packed.open("Shares.csv", "w", force_zip64=True) as entry:
            for _ in range(101):
                entry.write(b"\0" * 1_000_000)
    with pytest.raises(ImportProblem, match="more than 100 MB"):
        read(out.getvalue(), "bomb.zip")


def test_rows_that_cannot_be_used_are_named_and_the_rest_is_taken(store: Store) -> None:
    later = clock.now() + timedelta(days=30)
    data = csv_of(
        row(MONDAY, "Good"),
        "yesterday,,Words,,,\r\n",
        f"{later:%Y-%m-%d %H:%M:%S},,Words,,,\r\n",
        row(MONDAY + timedelta(days=1), ""),
        "2026-03-02\r\n",
    )
    planned = plan(store, read(data, "Shares.csv"))
    assert [share.text for share in planned.new] == ["Good"]
    assert [problem.split(":")[0] for problem in planned.problems] == ["Line 3", "Line 4", "Line 5", "Line 6"]


def test_a_share_without_a_link_is_taken_and_recognised_again(store: Store) -> None:
    data = csv_of("2026-03-02 09:00:00,,Words of mine,,,\r\n")
    take(store, data)
    (share,) = store.shares()
    assert share.permalink is None and share.urns == ()
    assert plan(store, read(data, "Shares.csv")).known == 1


TUESDAY = MONDAY + timedelta(days=1)


def top_posts(day: str, *, heads: tuple[str, ...] = ("Post URL", "Post publish date", "Engagements", "Impressions")) -> list[list[object]]:
    url, when, sums, seen = heads
    a, b = (f"https://www.linkedin.com/feed/update/{urn(moment, 'activity')}" for moment in (MONDAY, TUESDAY))
    return [
        ["Maximum of 50 posts available to include in this list"],
        [],
        [url, when, sums, None, url, when, seen],
        [b, day, 12, None, a, day, "1,204"],
        [a, day, 7, None, b, day, 0],
    ]


def test_analytics_bring_dated_readings_and_leave_sums_out(store: Store) -> None:
    take(store, csv_of(row(MONDAY, "One"), row(TUESDAY, "Two")))
    data = workbook(DISCOVERY=[["Overall Performance", "3/1/2026 - 3/31/2026"], ["Impressions", 9]], TOP_POSTS=top_posts("3/2/2026"))
    planned = plan(store, read(data, "Content_2026-03-01_2026-03-31_Ana.xlsx"))
    carry_out(store, planned)
    newest, oldest = store.shares()
    assert [(row["read_at"], row["where"], row["impressions"]) for row in oldest.readings] == [("2026-03-31T23:59:59Z", "import", 1204)]
    assert newest.readings[0]["impressions"] == 0 and "reactions" not in newest.readings[0]
    assert any("Engagements are a sum" in problem for problem in planned.problems)
    again = plan(store, read(data, "Content_2026-03-01_2026-03-31_Ana.xlsx"))
    assert (again.readings, again.known) == (0, 2)


def test_analytics_saved_by_a_french_excel_are_read(store: Store) -> None:
    moment = datetime(2026, 3, 17, 9, tzinfo=UTC)
    take(store, csv_of(row(moment, "Un")))
    address = f"https://www.linkedin.com/feed/update/{urn(moment, 'activity')}"
    sheet = [["URL de la publication", "Date de publication", "Impressions"], [address, "17/03/2026", "1\u202f204"]]
    data = workbook(Performances=[["Performances globales", "01/03/2026 - 05/04/2026"]], Meilleures=sheet)
    take(store, data, "Contenu.xlsx")
    (reading,) = store.shares()[0].readings
    assert (reading["impressions"], reading["read_at"]) == (1204, "2026-04-05T23:59:59Z")


def test_the_analytics_of_one_post_bring_each_kind(store: Store) -> None:
    take(store, csv_of(row(MONDAY, "One")))
    sheet = [
        ["Post URL", link(MONDAY)], ["Post Date", "Mar 2, 2026"], ["Impressions", "12K"], ["Members reached", 900],
        ["Reactions", 31], ["Comments", 0], ["Reposts", "2"], ["Engagements", 40],
    ]
    take(store, workbook(PERFORMANCE=sheet), "PostAnalytics_2026-03-09.xlsx")
    (reading,) = store.shares()[0].readings
    assert {key: reading.get(key) for key in ("impressions", "reactions", "comments", "reposts", "clicks")} == {
        "impressions": 12000, "reactions": 31, "comments": 0, "reposts": 2, "clicks": None}


def test_a_period_that_begins_after_a_post_gives_no_figures_for_it(store: Store) -> None:
    take(store, csv_of(row(MONDAY, "One"), row(TUESDAY, "Two")))
    data = workbook(DISCOVERY=[["Overall Performance", "3/3/2026 - 3/31/2026"]], TOP_POSTS=top_posts("3/2/2026"))
    planned = plan(store, read(data, "x.xlsx"))
    assert planned.readings == 1 and any("(2026-03-03 to 2026-03-31): 1." in problem for problem in planned.problems)


def test_analytics_from_the_future_and_of_unknown_posts_are_refused_or_named(store: Store) -> None:
    ahead = (clock.now() + timedelta(days=40)).date()
    data = workbook(DISCOVERY=[["Overall Performance", f"3/1/2026 - {ahead.month}/{ahead.day}/{ahead.year}"]], TOP_POSTS=top_posts("3/2/2026"))
    with pytest.raises(ImportProblem, match="future"):
        read(data, "x.xlsx")
    good = workbook(DISCOVERY=[["Overall Performance", "3/1/2026 - 3/31/2026"]], TOP_POSTS=top_posts("3/2/2026"))
    assert "not in your history" in plan(store, read(good, "x.xlsx")).problems[-1]


def test_contradicting_readings_are_both_kept(store: Store) -> None:
    take(store, csv_of(row(MONDAY, "One")))
    store.add_reading(store.shares()[0].id, {"read_at": "2026-03-31T23:59:59Z", "where": "hand", "impressions": 9})
    take(store, workbook(DISCOVERY=[["Overall Performance", "3/1/2026 - 3/31/2026"]], TOP_POSTS=top_posts("3/2/2026")), "x.xlsx")
    assert [row["impressions"] for row in store.shares()[0].readings] == [9, 1204]


def test_a_whole_import_can_be_undone_but_for_what_was_changed_since(store: Store) -> None:
    done = take(store, csv_of(row(MONDAY, "One"), row(TUESDAY, "Two")))
    readings = take(store, workbook(DISCOVERY=[["Overall Performance", "3/1/2026 - 3/31/2026"]], TOP_POSTS=top_posts("3/2/2026")), "x.xlsx")
    undo(store, readings.id)
    assert [share.readings for share in store.shares()] == [(), ()]
    store.update_share(store.shares()[0].id, text="Two, corrected")
    undo(store, done.id)
    assert [share.text for share in store.shares()] == ["Two, corrected"] and store.imports() == []


def test_one_s_whole_history_moves_to_a_new_computer(store: Store, tmp_path: Path) -> None:
    take(store, csv_of(*(row(MONDAY + timedelta(days=day), f"Post {day}") for day in range(70))))
    store.add_reading(store.shares()[3].id, {"read_at": "2026-05-01T00:00:00Z", "where": "hand", "clicks": 0})
    store.set_preferences(Preferences(takes_rewards=False))
    mine = store.put_proposal(Proposal("0d4f4f7e-59a2-4b52-8a0e-6f8f4c1f9f10", "https://x.example/a", "A", state="declined", note="No"))
    store.put_proposal(Proposal("1d4f4f7e-59a2-4b52-8a0e-6f8f4c1f9f10", "https://x.example/b", "Another's", own=False))
    document = json.dumps(export(store)).encode()
    with Store.open(tmp_path / "new") as new:
        new.set_preferences(Preferences(dealt="a number made by itself"))
        done = take(new, document, "sayso.json")
        bare = [(share.id, share.text, share.posted_at, share.readings, share.urns) for share in new.shares()]
        assert bare == [(share.id, share.text, share.posted_at, share.readings, share.urns) for share in store.shares()]
        assert new.preferences() == store.preferences() and new.proposals() == [mine]
        again = plan(new, read(document, "sayso.json"))
        assert again.known == 70 and not again.brings
        undo(new, done.id)
        assert new.shares() == []


def test_settings_of_ones_own_are_not_overwritten_by_an_export(store: Store) -> None:
    take(store, csv_of(row(MONDAY, "One")))
    store.set_preferences(Preferences(takes_rewards=False))
    document, here = json.dumps(export(store)).encode(), Store.in_memory()
    here.set_preferences(Preferences(keep_days=30))
    planned = plan(here, read(document, "sayso.json"))
    assert planned.problems == ("The settings in the file were left out: here some are set already.",)
    carry_out(here, planned)
    assert here.preferences() == Preferences(keep_days=30) and len(here.shares()) == 1
    assert plan(store, read(document, "sayso.json")).problems == ()


def test_an_export_edited_by_hand_is_taken_as_far_as_it_holds(store: Store) -> None:
    take(store, csv_of(row(MONDAY, "One"), row(TUESDAY, "Two"), row(TUESDAY + timedelta(days=1), "Three")))
    document = export(store)
    document["shares"][0]["posted_at"] = "sometime"
    document["shares"][1]["readings"] = [{"read_at": "2199-01-01T00:00:00Z", "where": "hand", "clicks": 1}]
    found: Found = read(json.dumps(document).encode(), "mine.json")
    assert [share.text for share in found.kept] == ["One"]
    assert [problem.split(" was")[0] for problem in found.problems] == ["Share 1", "Share 2"]
    assert "future" in found.problems[1]
