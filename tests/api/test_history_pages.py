"""The history's own pages: one share, what it was worth, imports, what is the person's to decide."""

from __future__ import annotations

import html
import json
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from server import clock
from server.companion import Companion
from server.shares.receipts import verified
from server.shares.weeks import monday, weeks
from server.store import Share
from server.store.records import Import
from server.web.frame import CSP, CSP_THAT_ASKS

from .conftest import Api
from .pages import LANGUAGES, SHARE, TEXT, Visitor, come_in, log_share

OTHER = "5f1d2c9a-6f0e-4b58-9a57-0d5c4b6f3a12"
READ = {"read_at": "2026-03-05T10:00:00Z", "where": "page", "impressions": 1200, "reactions": 40, "clicks": 12}
PATHS = (f"/history/{SHARE}", "/history/worth", "/history/imports", "/history/own", "/history/card")
PRICES = {"method": "clicks", "currency": "EUR", "cpc": "1.20", "low": "0.5", "high": "1.5", "source": "Ours"}
ARCHIVE = (
    "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\r\n"
    '2026-03-02 09:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7434000000000000001,"Brought along",,,MEMBER_NETWORK\r\n'
)


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return come_in(app)


def ago(**gone: float) -> str:
    return clock.stamp(clock.now() - timedelta(**gone))


def upload(visitor: Visitor, data: bytes | str, name: str = "Shares.csv") -> str:
    """What the page of imports says once a file was handed over."""
    reply = visitor.post("/history/imports", file=(BytesIO(data.encode() if isinstance(data, str) else data), name))
    assert reply.status_code in (303, 422)
    return html.unescape(reply.text) if reply.status_code == 422 else visitor.text("/history/imports")


# -- every page --


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_speaks_the_readers_language(companion: Companion, visitor: Visitor, path: str, language: str) -> None:
    log_share(companion, readings=(READ,), disclosure="present", findings=({"rule": "x", "level": "warning", "category": "copyright"},))
    reply = visitor.get(path, Accept_Language=language)
    assert reply.status_code == 200 and f'<html lang="{language}">' in reply.text
    assert re.findall(r'<a href="([^"]+)" aria-current="true">', reply.text) == ["/history"]
    assert reply.text.count("<h1") == 1 and " style=" not in reply.text
    assert reply.headers["Content-Security-Policy"] == (CSP_THAT_ASKS if path == "/history/imports" else CSP)


@pytest.mark.parametrize("path", [*PATHS, "/history/export.json", "/history/export.csv", f"/history/{SHARE}/receipt", "/history/card.json"])
def test_nothing_is_shown_without_a_visit(app: Flask, companion: Companion, path: str) -> None:
    log_share(companion)
    reply = Visitor(app.test_client()).get(path)
    assert reply.status_code == 401 and TEXT not in reply.text


# -- the list --


def test_filters_narrow_and_unknown_ones_count_for_nothing(companion: Companion, visitor: Visitor) -> None:
    log_share(companion, disclosure="missing", topics=("Craft",))
    log_share(companion, "My garden", id=OTHER, status="unconfirmed", about_work=False, topics=("Home",))
    for query, there, away in (
        ("disclosure=missing", TEXT, "My garden"), ("topic=craft", TEXT, "My garden"), ("about=company", TEXT, "My garden"),
        ("status=unconfirmed", "My garden", TEXT), ("about=other", "My garden", TEXT),
    ):
        listed = visitor.text(f"/history?{query}").partition('id="shares"')[2]
        assert there in listed and away not in listed and "1 share fits." in listed, query
    assert "2 shares fit." in visitor.text("/history?status=nonsense")
    assert "No share fits." in visitor.text("/history?topic=nonsense")


def test_the_weeks_are_drawn_and_told_in_a_table(companion: Companion, visitor: Visitor) -> None:
    posted = ago(days=7)
    log_share(companion, posted_at=posted, readings=({**READ, "read_at": ago(days=1), "where": "hand"},))
    log_share(companion, "Unread", id=OTHER, posted_at=ago(days=14))
    text = visitor.text("/history")
    row = re.search(r"<tr><th scope=\"row\">[^<]+</th><td>1</td><td>1,200</td><td>40</td>.*?</tr>", text, re.S)
    assert row and "by hand" in row[0]
    # The week of the post nobody read is a gap, not a zero.
    assert len(re.findall(r'class="ring" r="3.6"', text.partition('class="keys"')[0].partition('role="img"')[2])) == 1
    found = weeks(companion.store.shares(), 4)
    assert [week.figures["impressions"] for week in found if week.posts] == [None, 1200]


def test_weeks_begin_on_monday_here_and_hold_what_is_known() -> None:
    last = monday(datetime(2026, 11, 18, 12, tzinfo=UTC))
    noon = datetime(2026, 11, 9, 12, tzinfo=UTC)
    share = Share(SHARE, TEXT, clock.stamp(noon), readings=(
        {"read_at": "2026-11-10T10:00:00Z", "where": "page", "impressions": 0},
        {"read_at": "2026-11-11T10:00:00Z", "where": "import", "reactions": 3},
    ))
    found = weeks([share], 3, last)
    assert [(str(week.start), week.posts) for week in found] == [("2026-11-02", 0), ("2026-11-09", 1), ("2026-11-16", 0)]
    assert found[1].figures == {"impressions": 0, "reactions": 3, "comments": None, "reposts": None, "clicks": None}
    assert (found[1].read, found[1].where) == (1, "page")


def test_this_week_says_how_many_more_fit_the_programme(companion: Companion, visitor: Visitor) -> None:
    assert companion.policy.cadence_per_week == 3
    log_share(companion, posted_at=clock.stamp())
    assert "1 post. 2 more fit the programme." in re.sub(r"\s+", " ", visitor.text("/history"))


@pytest.mark.parametrize(("live", "said"), [("yes", "The share is in your history"), ("no", "taken out of your history")])
def test_an_unconfirmed_share_is_settled(companion: Companion, visitor: Visitor, live: str, said: str) -> None:
    log_share(companion, status="unconfirmed")
    assert "Did this one go out?" in visitor.text("/history")
    reply = visitor.post(f"/history/{SHARE}/settle", live=live)
    text = visitor.text(reply.headers["Location"])
    assert said in text and "Did this one go out?" not in text
    assert [share.status for share in companion.store.shares()] == (["confirmed"] if live == "yes" else [])
    if live == "no":
        visitor.post("/history/undo")
        assert companion.store.share(SHARE).status == "unconfirmed"


# -- one share --


def test_one_share_tells_what_the_check_said_and_how_it_went(companion: Companion, visitor: Visitor) -> None:
    finding = {"rule": "advertising-label", "level": "required", "category": "disclosure"}
    log_share(companion, disclosure="missing", findings=(finding,), own_words=0.7, readings=(READ,), dismissed=("x",), topics=("Craft",))
    text = visitor.text(f"/history/{SHARE}")
    for words in (TEXT, "Label missing", "Needed · Label", "Mostly yours", "1,200", "read on LinkedIn", "waved one rule away", "Topics: Craft"):
        assert words in text
    assert 'role="img"' in text and "not known" in text  # comments were never read


@pytest.mark.parametrize(("given", "count"), [("1,234", 1234), ("1.234", 1234), ("1 234", 1234), ("12K", 12_000), ("1,2 k", 1200), ("0", 0)])
def test_a_reading_is_written_as_linkedin_shows_it(companion: Companion, visitor: Visitor, given: str, count: int) -> None:
    log_share(companion)
    reply = visitor.post(f"/history/{SHARE}/readings", impressions=given, comments="–")
    assert reply.status_code == 303 and "Reading added." in visitor.text(reply.headers["Location"])
    (reading,) = companion.store.share(SHARE).readings
    assert {key: reading[key] for key in reading if key != "read_at"} == {"where": "hand", "impressions": count}


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"impressions": "many"}, "no whole number"), ({"impressions": "1,234K"}, "no whole number"), ({}, "no figure yet"),
        ({"impressions": "5", "read_at": "2999-01-01T10:00"}, "lies ahead"), ({"impressions": "5", "read_at": "2020-01-01T10:00"}, "before the post"),
        ({"impressions": "5", "read_at": "yesterday"}, "That is no time"), ({"clicks": "-3"}, "no whole number"),
    ],
)
def test_a_reading_that_cannot_be_is_refused_with_what_was_typed(
    companion: Companion, visitor: Visitor, form: dict[str, str], says: str
) -> None:
    log_share(companion)
    reply = visitor.post(f"/history/{SHARE}/readings", **form)
    text = html.unescape(reply.text)
    assert reply.status_code == 422 and says in text and 'aria-invalid="true"' in text
    for value in form.values():
        assert f'value="{value}"' in text
    assert companion.store.share(SHARE).readings == ()


def test_a_reading_is_taken_out_and_put_back(companion: Companion, visitor: Visitor) -> None:
    second = {"read_at": "2026-03-06T10:00:00Z", "where": "hand", "impressions": 1}
    log_share(companion, readings=(READ, second))
    reply = visitor.post(f"/history/{SHARE}/readings/0/remove", read_at=READ["read_at"])
    assert companion.store.share(SHARE).readings == (second,)
    assert "Reading taken out." in visitor.text(reply.headers["Location"])
    # A page that is behind takes no other reading out.
    visitor.post(f"/history/{SHARE}/readings/0/remove", read_at=READ["read_at"])
    assert companion.store.share(SHARE).readings == (second,)
    visitor.post("/history/undo")
    assert set(map(str, companion.store.share(SHARE).readings)) == {str(READ), str(second)}


def test_a_corrected_text_gets_its_own_receipt_and_one_changed_byte_breaks_it(companion: Companion, visitor: Visitor) -> None:
    assert companion.store.preferences().keep_text
    log_share(companion, disclosure="present")
    reply = visitor.post(f"/history/{SHARE}/text", text="First line.\r\nSecond line.")
    assert "receipt of its own" in visitor.text(reply.headers["Location"])
    assert companion.store.share(SHARE).text == "First line.\nSecond line."
    reply = visitor.get(f"/history/{SHARE}/receipt")
    assert reply.headers["Content-Disposition"].startswith("attachment;")
    document = json.loads(reply.data)
    assert [each["holds"] for each in verified(document)] == [True]
    assert [each["holds"] for each in verified({**document, "text": "First line.\nSecond line!"})] == [False]
    assert "does not prove the time to a stranger" in visitor.text(f"/history/{SHARE}")


@pytest.mark.parametrize("text", ["", " \r\n "])
def test_a_text_cannot_be_corrected_away(companion: Companion, visitor: Visitor, text: str) -> None:
    log_share(companion)
    reply = visitor.post(f"/history/{SHARE}/text", text=text)
    assert reply.status_code == 422 and "There is no text" in reply.text
    assert companion.store.share(SHARE).text == TEXT


def test_two_records_of_one_post_become_one_and_two_again(companion: Companion, visitor: Visitor) -> None:
    log_share(companion, readings=(READ,), urns=("urn:li:share:7434000000000000001",))
    log_share(companion, "The same, shortened", id=OTHER, urns=("urn:li:activity:7434000000000000002",), permalink="https://www.linkedin.com/x")
    log_share(companion, "A week later", id="6f1d2c9a-6f0e-4b58-9a57-0d5c4b6f3a13", posted_at="2026-03-12T10:00:00Z")
    before = companion.store.shares()
    text = visitor.text(f"/history/{SHARE}")
    assert "The same, shortened" in text and "A week later" not in text
    reply = visitor.post(f"/history/{SHARE}/merge", other=OTHER)
    kept = companion.store.share(SHARE)
    assert len(companion.store.shares()) == 2 and len(kept.urns) == 2 and kept.permalink and kept.readings == (READ,)
    assert "The two records are one now." in visitor.text(reply.headers["Location"])
    visitor.post("/history/undo")
    assert companion.store.shares() == before
    assert visitor.post(f"/history/{SHARE}/merge", other=SHARE).status_code == 303
    assert visitor.post(f"/history/{SHARE}/merge", other="nonsense").status_code == 404
    assert companion.store.shares() == before


# -- what it was worth --


def test_the_five_measures_give_no_figure_where_nothing_was_read(companion: Companion, visitor: Visitor) -> None:
    log_share(companion, posted_at=ago(hours=2))
    five = visitor.text("/history").partition('class="five"')[2].partition("</dl>")[0]
    assert five.count("nothing read yet") == 3 and five.count(">–<") == 4
    assert "No post has all it takes: impressions" in five


def test_the_value_is_a_band_with_how_many_it_is_of(companion: Companion, visitor: Visitor) -> None:
    visitor.post("/history/worth", **PRICES)
    log_share(companion, posted_at=ago(hours=2), readings=({**READ, "read_at": ago(hours=1)},))
    log_share(companion, "Unread", id=OTHER, posted_at=ago(hours=1))
    five = visitor.text("/history").partition('class="five"')[2].partition("</dl>")[0]
    assert "€7.20 to €21.60" in five and "for 1 of 2." in five and "impressions, read for 1 of 2" in five
    text = visitor.text("/history/worth")
    assert "clicks × CPC" in text and "€1.20" in text and "Ours" in text


def test_own_prices_come_before_the_programmes_and_can_be_dropped(companion: Companion, visitor: Visitor) -> None:
    theirs = companion.value_inputs()
    reply = visitor.post("/history/worth", **{**PRICES, "cpc": "1,20", "currency": "eur", "low": "0,7"})
    assert "Your prices are in use." in visitor.text(reply.headers["Location"])
    mine = companion.value_inputs()
    assert mine and (str(mine.cpc), mine.currency, str(mine.low)) == ("1.20", "EUR", "0.7")
    visitor.post("/history/worth", do="drop")
    assert companion.value_inputs() == theirs


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"cpc": ""}, "the price of a click"), ({"cpc": "dear"}, "the price of a click"), ({"currency": "Euro"}, "Three capitals"),
        ({"low": "2"}, "has to hold 1"), ({"method": "guess"}, "Choose how it is reckoned"), ({"cpc": "1.234,50"}, "the price of a click"),
    ],
)
def test_prices_that_do_not_fit_are_named(companion: Companion, visitor: Visitor, changes: dict[str, str], says: str) -> None:
    reply = visitor.post("/history/worth", **{**PRICES, **changes})
    assert reply.status_code == 422 and says in html.unescape(reply.text) and 'value="Ours"' in reply.text
    assert companion.store.preferences().value == {}


# -- imports --


def test_a_file_is_looked_at_before_it_is_taken_in_and_can_be_taken_out(companion: Companion, visitor: Visitor) -> None:
    text = upload(visitor, ARCHIVE)
    assert "What Shares.csv would bring" in text and "Brought along" in text and "Nothing has changed yet." in text
    assert companion.store.shares() == []
    visitor.post("/history/imports/take", do="take")
    assert [share.text for share in companion.store.shares()] == ["Brought along"]
    assert "Shares.csv is in." in visitor.text("/history/imports")
    assert "All of it is in your history already." in upload(visitor, ARCHIVE)
    visitor.post("/history/imports/take", do="drop")
    (done,) = companion.store.imports()
    reply = visitor.post(f"/history/imports/{done.id}/remove")
    assert "Taken out again." in visitor.text(reply.headers["Location"])
    assert companion.store.shares() == [] and companion.store.imports() == []


def test_what_was_looked_at_is_let_go(companion: Companion, visitor: Visitor) -> None:
    upload(visitor, ARCHIVE)
    visitor.post("/history/imports/take", do="drop")
    assert "would bring" not in visitor.text("/history/imports")
    reply = visitor.post("/history/imports/take", do="take")
    assert "more than ten minutes ago" in visitor.text(reply.headers["Location"])
    assert companion.store.shares() == []


def test_the_archive_of_another_member_is_taken_only_on_their_word(companion: Companion, visitor: Visitor) -> None:
    from tests.unit.test_imports import MONDAY, csv_of, profile, row, zipped

    companion.store.put_import(Import(OTHER, "archive", "mine.zip", member="another"))
    text = upload(visitor, zipped(Shares_csv=csv_of(row(MONDAY, "One")), Profile_csv=profile("Bo", "Lund")), "theirs.zip")
    assert "bears another name" in text
    visitor.post("/history/imports/take", do="take")
    assert companion.store.shares() == [] and "bears another name" in visitor.text("/history/imports")
    visitor.post("/history/imports/take", do="take", whoever="yes")
    assert len(companion.store.shares()) == 1


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [(b"PK\x03\x04half", "half.zip", "not a whole zip"), (b"", "empty.csv", "is empty"), (b"<html>", "page.zip", "web page"), (b"a,b\n1,2\n", "t.csv", "t.csv")],
)
def test_a_file_that_is_none_says_what_to_do(companion: Companion, visitor: Visitor, data: bytes, name: str, says: str) -> None:
    text = upload(visitor, data, name)
    assert "This file wasn’t taken." in text and says in text
    assert companion.store.shares() == []


def test_without_a_file_the_page_says_so(visitor: Visitor) -> None:
    reply = visitor.post("/history/imports")
    assert reply.status_code == 422 and "No file was chosen." in reply.text


def test_a_file_that_is_held_is_gone_when_everything_is_erased(companion: Companion, visitor: Visitor, app: Flask) -> None:
    upload(visitor, ARCHIVE)
    companion.erase()
    assert "would bring" not in come_in(app).text("/history/imports")


# -- what is the person's --


def test_what_is_kept_is_set_and_old_texts_go(companion: Companion, visitor: Visitor) -> None:
    log_share(companion)
    reply = visitor.post("/history/own", keep_days="30", log_all="yes")
    assert "Saved." in visitor.text(reply.headers["Location"])
    kept = companion.store.preferences()
    assert (kept.keep_text, kept.keep_days, kept.log_all) == (False, 30, True)
    assert companion.store.share(SHARE).text == ""
    assert "The text isn’t kept" in visitor.text("/history")
    visitor.post("/history/own", keep_text="yes", keep_days="")
    assert companion.store.preferences().keep_days is None


@pytest.mark.parametrize("days", ["0", "-1", "soon", "36501", "1.5", "٣"])
def test_days_that_are_none_change_nothing(companion: Companion, visitor: Visitor, days: str) -> None:
    log_share(companion)
    reply = visitor.post("/history/own", keep_days=days)
    assert reply.status_code == 422 and "A whole number from 1 to 36,500" in reply.text
    assert companion.store.preferences().keep_text and companion.store.share(SHARE).text == TEXT


def test_exports_are_files(companion: Companion, visitor: Visitor) -> None:
    log_share(companion, "=1+1")
    for path, kind, holds in (("export.json", "application/json", '"=1+1"'), ("export.csv", "text/csv", "'=1+1")):
        reply = visitor.get(f"/history/{path}")
        assert reply.mimetype == kind and holds in reply.text
        assert re.fullmatch(r'attachment; filename="sayso-\d{4}-\d\d-\d\d\.(json|csv)"', reply.headers["Content-Disposition"])


def shown_card(text: str) -> Any:
    return json.loads(html.unescape(text.partition("<pre")[2].partition(">")[2].partition("</pre>")[0]))


def test_the_card_is_empty_until_something_is_chosen_and_goes_as_it_is_shown(companion: Companion, visitor: Visitor) -> None:
    log_share(companion, topics=("Craft",), readings=(READ,))
    log_share(companion, "My garden", id=OTHER, about_work=False)
    days = "first=2026-03-01&last=2026-03-31"
    reply = visitor.get(f"/history/card?{days}").text
    assert shown_card(reply).keys() == {"format", "version", "from", "to"}
    query = f"{days}&part=activity&part=readings&text={SHARE}&text={OTHER}&part=nonsense"
    page = visitor.get(f"/history/card?{query}").text
    file = visitor.get("/history/card.json?" + query)
    assert shown_card(page) == json.loads(file.data)
    assert shown_card(page)["activity"]["posts"] == 1 and TEXT in file.text and "My garden" not in file.text
    link = html.unescape(re.search(r'href="(/history/card\.json[^"]+)"', page)[1])
    assert visitor.get(link).data == file.data
    assert 'href="mailto:stories@cobaltfinch.example?subject=' in page


def test_days_of_a_card_that_are_none_are_the_last_four_weeks(visitor: Visitor) -> None:
    card = shown_card(visitor.get("/history/card?first=soon&last=").text)
    assert datetime.fromisoformat(card["to"]) - datetime.fromisoformat(card["from"]) == timedelta(days=27)


def test_erasing_asks_says_what_and_says_when_it_is_done(companion: Companion, visitor: Visitor) -> None:
    log_share(companion, readings=(READ,))
    assert "1 share with its text and receipts" in visitor.text("/history/own")
    reply = visitor.post("/history/erase")
    assert reply.status_code == 422 and "Tick the box first" in reply.text and companion.store.shares()
    reply = visitor.post("/history/erase", sure="erase")
    text = html.unescape(reply.text)
    assert reply.status_code == 200 and "Everything is erased" in text and "1 share with its text" in text and "1 reading" in text
    assert not companion.store.shares() and not companion.store.items()
    assert visitor.get("/history").status_code == 401


# -- what the popup asks for --


def test_the_week_at_a_glance_is_small_and_whole(companion: Companion, api: Api) -> None:
    log_share(companion, posted_at=clock.stamp(), readings=(READ, {**READ, "read_at": clock.stamp()}))
    log_share(companion, "My garden", id=OTHER, posted_at=clock.stamp(), about_work=False)
    week = api("GET", "/week").json
    assert [each["posts"] for each in week["weeks"]] == [0] * 7 + [2] and (week["company"], week["per_week"]) == (1, 3)
    assert week["readings"] == 1
    last = week["weeks"][-1]
    assert (last["start"], last["impressions"], last["comments"], last["where"], last["read"]) == (str(monday()), 1200, None, "page", 1)
    # Whether figures may be read is asked about until it is answered, whatever the answer.
    assert week["ask"] is True
    assert api("PUT", "/preferences", {"takes_rewards": False, "read_pages": False}).status_code == 200
    assert api("GET", "/week").json["ask"] is False


def test_a_link_can_lead_to_the_history_or_one_share_and_nowhere_else(app: Flask, companion: Companion) -> None:
    for query, place in (
        ("to=history", "/history"), (f"share={SHARE}", f"/history/{SHARE}"), ("share=//evil.example", "/"), ("to=//evil.example", "/"), ("", "/"),
    ):
        reply = Visitor(app.test_client()).get(f"/enter?key={companion.pages.link_key()}&{query}")
        assert (reply.status_code, reply.headers["Location"]) == (303, place)


def again_at(api: Api, id: str) -> str:
    """When the item of a share may be shared again, as the list tells it."""
    return {share["id"]: share["again_at"] for share in api("GET", "/shares").json["shares"]}[id]


def test_a_share_tells_its_worth_and_when_its_item_fits_again(companion: Companion, api: Api, visitor: Visitor) -> None:
    (_, used) = companion.store.items()[:2]
    log_share(companion, item_id=used.id, readings=(READ,))
    more = api("GET", f"/shares/{SHARE}/more").json
    assert more["value"]["shares"] == 1 and more["link"].startswith(used.url.split("?")[0])
    assert again_at(api, SHARE) <= clock.stamp()
    page = visitor.text(f"/history/{SHARE}")
    assert "It fits again." in page and more["link"] in page and "https://www.linkedin.com/feed/?shareActive=true" in page
    # Shared this week: the next is the earliest.
    log_share(companion, "Again", id=OTHER, item_id=used.id, posted_at=clock.stamp())
    following = again_at(api, SHARE)
    assert following > clock.stamp() and monday(datetime.fromisoformat(following)) == monday() + timedelta(weeks=1)
    page = visitor.text(f"/history/{SHARE}")
    assert "Fits from " in page and "shareActive" not in page
    companion.store.update_share(OTHER, item_id=None, about_work=False)
    assert again_at(api, SHARE) <= clock.stamp() and again_at(api, OTHER) is None
    assert api("GET", f"/shares/{OTHER}/more").json == {"value": None, "link": None}
    assert "Fits from " not in visitor.text(f"/history/{OTHER}")


def test_a_full_week_puts_sharing_again_off(companion: Companion, api: Api) -> None:
    used = companion.store.items()[0]
    log_share(companion, item_id=used.id)
    for number in range(companion.policy.cadence_per_week or 0):
        log_share(companion, f"Post {number}", id=f"6f1d2c9a-6f0e-4b58-9a57-00000000000{number}", posted_at=clock.stamp())
    assert again_at(api, SHARE) > clock.stamp()


def test_a_reading_ahead_of_time_is_refused(companion: Companion, api: Api) -> None:
    log_share(companion)
    ahead = clock.stamp(clock.now() + timedelta(hours=1))
    reply = api("POST", f"/shares/{SHARE}/readings", {"impressions": 5, "read_at": ahead})
    assert (reply.status_code, reply.json["error"]["code"], reply.json["error"]["field"]) == (422, "future", "read_at")
    assert companion.store.share(SHARE).readings == ()
