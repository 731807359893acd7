"""What the API does for a paired browser."""

from __future__ import annotations

import json
import logging
import uuid
from typing import Any

import pytest

from server.charter import good
from tests.api.conftest import Api

PRAISE = "Finch Roast is the best thing I have tasted all year. Go and get a bag, it is in the shops today!"


def test_praise_of_the_own_product_misses_its_label_and_the_fix_mends_it(api: Api) -> None:
    check = api("POST", "/checks", {"text": PRAISE}).json
    assert check["disclosure"] == "missing"
    finding = next(each for each in check["findings"] if each["category"] == "disclosure")
    assert finding["level"] == "required" and finding["jurisdiction"] == "uk" and finding["why"]
    text = apply(PRAISE, finding["fixes"][0]["edits"])
    assert api("POST", "/checks", {"text": text}).json["disclosure"] == "present"


def apply(text: str, edits: list[dict[str, Any]]) -> str:
    units = text.encode("utf-16-le", "surrogatepass")
    for edit in sorted(edits, key=lambda each: -each["start"]):
        units = units[: edit["start"] * 2] + edit["text"].encode("utf-16-le") + units[edit["end"] * 2 :]
    return units.decode("utf-16-le")


def test_offsets_are_utf_16_units(api: Api) -> None:
    plain = api("POST", "/checks", {"text": "Coffee! " + PRAISE + " Globex Coffee tastes like dishwater."}).json
    emoji = api("POST", "/checks", {"text": "😀😀😀😀 " + PRAISE + " Globex Coffee tastes like dishwater."}).json
    find = lambda check: next(each["start"] for each in check["findings"] if each["category"] == "competitor_disparagement")
    assert find(emoji) == find(plain) + 1  # four emoji are eight units, `Coffee!` seven


@pytest.mark.parametrize("text", ["", "\ud800 half a pair", "\u200b\u200d\ufeff", "a" * 100_000, "😀" * 1000, "\x00"])
def test_any_text_is_checked(api: Api, text: str) -> None:
    response = api("POST", "/checks", data=json.dumps({"text": text}), content_type="application/json")
    assert response.status_code == 200, response.get_data(as_text=True)[:200]


def test_finding_shows_a_good_way_to_say_it_in_the_readers_language(api: Api) -> None:
    text = "Globex Coffee tastes like dishwater."
    for language in ("en", "fr", "de"):
        [finding] = api("POST", "/checks", {"text": text}, headers={"Accept-Language": language}).json["findings"][:1]
        assert finding["category"] == "competitor_disparagement"
        assert finding["example"] == good()[finding["rule"]][language]


def test_platforms_own_label_is_enough_only_where_it_is_accepted(api: Api, companion: Any, tmp_path: Any) -> None:
    text = "Finch Roast est le meilleur café de l’année. Venez le goûter !"
    assert api("POST", "/checks", {"text": text, "platform_label": True}).json["disclosure"] == "missing"  # the UK
    file = tmp_path / "programme.yaml"
    file.write_text('{"name": "F", "policy": {"company": {"name": "F", "products": ["Finch Roast"]}, "jurisdictions": ["fr"], "rewarded": true}}')
    companion.use_programme(str(file))
    missing = api("POST", "/checks", {"text": text}).json
    assert missing["disclosure"] == "missing"
    assert [fix for fix in missing["findings"][0]["fixes"] if not fix["edits"]]
    assert api("POST", "/checks", {"text": text, "platform_label": True}).json["disclosure"] == "present"


def test_message_follows_the_readers_language_and_the_fix_the_posts(api: Api) -> None:
    french = api("POST", "/checks", {"text": PRAISE}, headers={"Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5"}).json
    english = api("POST", "/checks", {"text": PRAISE}, headers={"Accept-Language": "it"}).json
    assert french["findings"][0]["message"] != english["findings"][0]["message"]
    assert french["findings"][0]["fixes"][0]["edits"] == english["findings"][0]["fixes"][0]["edits"]


def test_draft_is_in_no_log_even_where_we_crash(api: Api, companion: Any, caplog: pytest.LogCaptureFixture, monkeypatch: Any) -> None:
    def crash(text: str, **_: Any) -> None:
        raise RuntimeError(text)

    monkeypatch.setattr(companion.engine, "check", crash)
    with caplog.at_level(logging.DEBUG):
        response = api("POST", "/checks", {"text": "the-secret-of-my-draft"})
    assert response.status_code == 500 and response.json["error"]["code"] == "internal"
    assert "RuntimeError" in caplog.text
    assert "the-secret" not in caplog.text + response.get_data(as_text=True)


def test_refusal_does_not_repeat_what_was_sent(api: Api) -> None:
    response = api("POST", "/checks", {"text": "fine", "lang": "the-secret-of-my-draft"})
    assert response.status_code == 422
    assert "the-secret" not in response.get_data(as_text=True)


def test_suggestions_bear_their_label_where_a_reward_makes_it_due(api: Api, companion: Any) -> None:
    reply = api("POST", "/suggestions", {"text": "", "limit": 20}).json
    assert reply["total"] >= len(reply["suggestions"]) >= 5
    rewarded = [each for each in reply["suggestions"] if each["item"]["reward"] not in (None, "none")]
    assert rewarded
    for each in rewarded:
        check = api("POST", "/checks", {"text": each["text"], "item": each["item"]["id"], "variant": each["variant"]["id"]}).json
        assert check["disclosure"] in ("present", "not_required"), each
        assert check["own_words"] == 0
    assert all(each["reason"] for each in reply["suggestions"])


def share(**more: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "text": "#ad Finch Roast is here.", "status": "confirmed", **more}


def test_share_is_logged_once(api: Api) -> None:
    body = share(permalink="https://www.linkedin.com/feed/update/urn:li:share:7/", urns=["urn:li:share:7"], disclosure="present")
    first = api("POST", "/shares", body)
    assert first.status_code == 201
    assert api("POST", "/shares", body).status_code == 200
    other = api("POST", "/shares", {**body, "text": "Something else."})
    assert (other.status_code, other.json["error"]["code"]) == (409, "conflict")
    assert api("GET", "/shares").json["total"] == 1
    assert api("GET", f"/shares/{body['id']}").json == first.json


def test_share_of_an_item_gets_title_and_own_words(api: Api, companion: Any) -> None:
    item = next(each for each in companion.store.items() if each.variants)
    body = share(text=f"My own words before it. {item.variants[0].text}", item_id=item.id, variant_id=item.variants[0].id)
    kept = api("POST", "/shares", body).json
    assert kept["item_title"] == item.title
    assert 0 < kept["own_words"] < 1


def test_deleted_share_comes_back_by_posting_it_again(api: Api) -> None:
    body = share(disclosure="present", findings=[{"rule": "praise", "level": "suggestion", "category": "authenticity"}])
    api("POST", "/shares", body)
    api("POST", f"/shares/{body['id']}/readings", {"impressions": 0, "read_at": "2026-11-20T10:00:00Z"})
    deleted = api("DELETE", f"/shares/{body['id']}").json
    assert deleted["readings"] == [{"where": "hand", "impressions": 0, "read_at": "2026-11-20T10:00:00Z"}]
    assert api("GET", f"/shares/{body['id']}").status_code == 404
    assert api("POST", "/shares", deleted).status_code == 201
    assert api("GET", f"/shares/{body['id']}").json == deleted


def test_share_is_settled_and_searched(api: Api) -> None:
    body = share(text="Café notes from the Huila valley", status="unconfirmed")
    api("POST", "/shares", body)
    api("POST", "/shares", share())
    assert api("PATCH", f"/shares/{body['id']}", {"status": "confirmed"}).json["status"] == "confirmed"
    found = api("GET", "/shares?q=cafe+huila").json
    assert [each["id"] for each in found["shares"]] == [body["id"]]


def test_share_with_half_a_surrogate_is_kept_readable(api: Api) -> None:
    body = share()
    raw = json.dumps({**body, "text": "half \ud83d here"})
    assert api("POST", "/shares", data=raw, content_type="application/json").status_code == 201
    assert api("GET", f"/shares/{body['id']}").json["text"] == "half \ufffd here"


def test_items_and_sources_are_listed_changed_and_removed(api: Api) -> None:
    items = api("GET", "/items?limit=3").json
    assert len(items["items"]) == 3 and items["next"]
    more = api("GET", f"/items?limit=200&cursor={items['next']}").json
    assert len(more["items"]) == items["total"] - 3
    one = items["items"][0]["id"]
    assert api("PATCH", f"/items/{one}", {"category": "industry", "expires_at": "2100-01-01T00:00:00+01:00"}).json["category"] == "industry"
    assert api("GET", f"/items/{one}").json["expires_at"] == "2099-12-31T23:00:00Z"
    assert api("DELETE", f"/items/{one}").status_code == 200
    assert api("GET", f"/items/{one}").status_code == 404
    assert api("GET", "/sources").json["sources"]


def test_source_at_a_private_address_is_refused_with_its_name(api: Api) -> None:
    response = api("POST", "/sources", {"url": "http://127.0.0.1:9/feed.xml"})
    assert response.status_code == 422
    assert "127.0.0.1" in response.json["error"]["message"]
    assert api("GET", "/sources").json["sources"][-1]["url"] != "http://127.0.0.1:9/feed.xml"


def test_browser_may_not_name_a_file(api: Api) -> None:
    response = api("POST", "/sources", {"file": "/etc/hostname"})
    assert (response.status_code, response.json["error"]["code"]) == (403, "local_only")


def test_policy_keeps_confidential_words_to_itself(api: Api) -> None:
    policy = api("GET", "/policy")
    assert policy.json["company"] == "Cobalt & Finch" and policy.json["ask"]["required"] == "confirm"
    assert "Heron" not in policy.get_data(as_text=True)


def test_preferences_decide_on_rewards(api: Api) -> None:
    api("PUT", "/preferences", {"takes_rewards": False})
    assert api("GET", "/preferences").json["takes_rewards"] is False


def test_a_rule_always_left_out_is_left_out_unless_it_is_required(api: Api) -> None:
    text = f"{PRAISE} The BEST product EVER!!! Everyone knows it, it changes everything!!!"
    before = api("POST", "/checks", {"text": text}).json
    levels = {each["level"] for each in before["findings"]}
    assert "required" in levels and levels & {"warning", "suggestion"}
    rules = sorted({each["rule"] for each in before["findings"]})
    api("PUT", "/preferences", {"takes_rewards": True, "dismissed_rules": rules})
    after = api("POST", "/checks", {"text": text}).json
    assert after["findings"] == [each for each in before["findings"] if each["level"] == "required"]
    assert after["disclosure"] == before["disclosure"] == "missing"
    api("PUT", "/preferences", {"takes_rewards": True, "dismissed_rules": rules[:1]})
    assert all(each["rule"] != rules[0] or each["level"] == "required"
               for each in api("POST", "/checks", {"text": text}).json["findings"])
    api("PUT", "/preferences", {"takes_rewards": True, "dismissed_rules": []})
    assert api("POST", "/checks", {"text": text}).json["findings"] == before["findings"]


def test_stats_and_export(api: Api) -> None:
    api("POST", "/shares", share())
    assert api("GET", "/stats?from=2020-01-01T00:00:00Z").status_code == 200
    assert "#ad Finch Roast is here." in api("GET", "/export").get_data(as_text=True)


def test_erase_takes_everything_and_this_pairing(api: Api, companion: Any) -> None:
    api("POST", "/shares", share())
    assert api("DELETE", "/everything", {"confirm": "yes"}).status_code == 422
    assert api("DELETE", "/everything", {"confirm": "erase"}).json == {"done": True}
    assert not companion.store.shares() and not companion.store.items()
    assert api("GET", "/shares").status_code == 401
