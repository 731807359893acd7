"""What the API knows of a person: what suits them, what they declined, what they propose."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from server import clock
from server.companion import Companion
from server.store import Item, Proposal, Share, Variant
from tests.api.conftest import Api

PROGRAMME = """\
name: Cobalt & Finch
languages: [en, fr]
contact: content@cobaltfinch.example
personal_parameter: utm_term
utm: {source: linkedin, medium: employee, campaign: "{campaign}", content: "{voice}"}
policy:
  company: {name: Cobalt & Finch, products: [Finch Roast]}
  jurisdictions: [uk]
  rewarded: true
items:
  - title: Forty samples on one table
    url: https://www.cobaltfinch.example/forty
    topics: [cupping, Harvest]
    audience: [roastery]
    regions: [Scotland]
    campaign: harvest
    tags: [FinchHarvest]
    variants:
      - {lang: en, voice: first_person, text: "I cupped forty samples, and one of them stayed."}
      - {lang: en, voice: factual, text: "Forty samples of the new harvest were cupped. One stayed."}
      - {lang: fr, voice: factual, text: "Quarante échantillons, un seul est resté."}
  - title: The queue at seven in the morning
    url: https://www.cobaltfinch.example/queue
    category: industry
    topics: [harvest, queues]
    variants: [{lang: en, text: "What forty people in a queue taught us about grinders."}]
  - title: A word from Nora
    url: https://www.linkedin.com/feed/update/urn:li:activity:7130000000000000000/
    topics: [queues]
    variants: [{lang: en, text: "Nora says what I would have said."}]
  - title: Our second roastery opens in Leith
    url: https://www.cobaltfinch.example/leith
    embargo_until: 2099-01-01
    variants: [{lang: en, text: "Leith, here we come."}]
"""


@pytest.fixture
def ours(companion: Companion, tmp_path: Path) -> Companion:
    (tmp_path / "programme.yaml").write_text(PROGRAMME, "utf-8")
    companion.use_programme(str(tmp_path / "programme.yaml"))
    return companion


def suggested(api: Api, text: str = "", **more: Any) -> dict[str, dict[str, Any]]:
    reply = api("POST", "/suggestions", {"text": text, "limit": 20, **more})
    assert reply.status_code == 200, reply.json
    return {each["item"]["title"]: each for each in reply.json["suggestions"]}


def item_of(companion: Companion, title: str) -> Item:
    return next(item for item in companion.store.items() if item.title == title)


FORTY, QUEUE, NORA, LEITH = (
    "Forty samples on one table",
    "The queue at seven in the morning",
    "A word from Nora",
    "Our second roastery opens in Leith",
)


def test_a_suggestion_offers_each_voice_as_use_inserts_it(api: Api, ours: Companion) -> None:
    found = suggested(api, "We cupped forty samples", lang="en")[FORTY]
    assert {voice["voice"] for voice in found["voices"]} == {"first_person", "factual"}
    assert {voice["lang"] for voice in found["voices"]} == {"en"}
    first = found["voices"][0]
    assert found["variant"] == {key: first[key] for key in ("id", "lang", "voice")} and found["text"] == first["text"]
    for voice in found["voices"]:
        link = (
            "https://www.cobaltfinch.example/forty?utm_source=linkedin&utm_medium=employee&utm_campaign=harvest"
            f"&utm_content={voice['voice']}"
        )
        assert voice["text"].endswith(f"\n\n#FinchHarvest\n\n{link}")
        check = api("POST", "/checks", {"text": voice["text"], "item": found["item"]["id"], "variant": voice["id"]}).json
        assert check["disclosure"] in ("present", "not_required") and check["own_words"] == 0
        assert "tag-left-out" not in {each["rule"] for each in check["findings"]}
    assert found["link"] == first["text"].rpartition("\n")[2] and found["tags"] == ["#FinchHarvest"]
    assert found["reasons"] and all(part in found["reason"] or part[:1].upper() + part[1:] in found["reason"] for part in found["reasons"])


def test_an_existing_post_is_one_to_repost(api: Api, ours: Companion) -> None:
    found = suggested(api)
    assert found[NORA]["reshare"] and found[NORA]["link"] == item_of(ours, NORA).url
    assert not found[FORTY]["reshare"]
    assert "linkedin.com" not in found[NORA]["text"]


def test_a_wording_tells_the_label_with_which_it_begins(api: Api, ours: Companion) -> None:
    label = suggested(api)[FORTY]["voices"][0]["label"]
    assert label.strip() and label.endswith(" ")
    for found in suggested(api).values():
        for voice in found["voices"]:
            words = next(each.text for item in ours.store.items() for each in item.variants if each.id == voice["id"])
            assert voice["text"].startswith(voice["label"] + words)
    api("PUT", "/preferences", {"takes_rewards": False})
    assert {voice["label"] for found in suggested(api).values() for voice in found["voices"]} == {""}


def test_a_link_bears_a_mark_of_the_person_only_once_they_agreed(api: Api, ours: Companion) -> None:
    before = suggested(api)[FORTY]["link"]
    api("PUT", "/preferences", {"takes_rewards": True, "tell_clicks": True})
    marked = suggested(api)[FORTY]["link"]
    assert marked.startswith(f"{before}&utm_term=") and ours.store.preferences().dealt not in marked
    api("PUT", "/preferences", {"takes_rewards": True, "tell_clicks": False})
    assert suggested(api)[FORTY]["link"] == before


def test_a_lost_tag_is_told_and_comes_back_before_the_link(api: Api, ours: Companion) -> None:
    item = item_of(ours, FORTY)
    body = {"text": "I cupped forty samples on Friday.\n\nhttps://www.cobaltfinch.example/forty", "item": item.id}
    [finding] = [each for each in api("POST", "/checks", body).json["findings"] if each["rule"] == "tag-left-out"]
    assert finding["level"] == "suggestion"
    [edit] = finding["fixes"][0]["edits"]
    assert edit["text"] == "\n\n#FinchHarvest" and edit["start"] == body["text"].index("\n\nhttps")


def test_an_embargoed_item_is_not_shown_and_a_draft_that_names_it_is_flagged(api: Api, ours: Companion) -> None:
    assert LEITH not in suggested(api, "Leith roastery")
    for text in (f"Guess what. {LEITH}. Come by.", "See https://www.cobaltfinch.example/leith?a=1 for more."):
        [finding] = [each for each in api("POST", "/checks", {"text": text}).json["findings"] if each["rule"] == "embargoed"]
        assert finding["level"] == "required"
        assert "eith" not in finding["message"] + finding["why"]
    item = item_of(ours, LEITH)
    ours.store.update_item(item.id, embargo_until="2020-01-01T00:00:00Z")
    rules = {each["rule"] for each in api("POST", "/checks", {"text": f"Guess what. {LEITH}."}).json["findings"]}
    assert "embargoed" not in rules


def test_what_a_public_item_says_too_is_no_secret(api: Api, ours: Companion) -> None:
    item = item_of(ours, LEITH)
    ours.store.update_item(item.id, title=FORTY, campaign="harvest")
    found = api("POST", "/checks", {"text": f"{FORTY}: what a harvest it was."}).json["findings"]
    assert "embargoed" not in {each["rule"] for each in found}


def test_a_declined_item_goes_and_undo_brings_it_back(api: Api, ours: Companion) -> None:
    item = item_of(ours, QUEUE)
    assert api("POST", f"/items/{item.id}/decline").json == {"done": True}
    assert api("POST", f"/items/{item.id}/decline").json == {"done": True}
    [declined] = ours.store.preferences().declined
    assert (declined["item_id"], declined["topics"]) == (item.id, ["harvest", "queues"]) and declined["at"]
    assert QUEUE not in suggested(api) and QUEUE not in suggested(api, "a queue at the grinder")
    assert api("DELETE", f"/items/{item.id}/decline").json == {"done": True}
    assert api("DELETE", f"/items/{item.id}/decline").json == {"done": True}
    assert QUEUE in suggested(api) and ours.store.preferences().declined == ()
    assert api("POST", f"/items/{uuid.uuid4()}/decline").status_code == 404


def test_what_was_shared_is_not_suggested_again_and_comes_back_with_the_share_deleted(api: Api, ours: Companion) -> None:
    item, id = item_of(ours, QUEUE), str(uuid.uuid4())
    api("POST", "/shares", {"id": id, "text": "Mine.", "status": "confirmed", "item_id": item.id})
    assert QUEUE not in suggested(api)
    api("DELETE", f"/shares/{id}")
    assert QUEUE in suggested(api)


@pytest.mark.parametrize(
    ("text", "more", "kept", "about_work"),
    [
        ("My garden this spring, tomatoes above all.", {}, False, False),
        ("My garden this spring, tomatoes above all.", {"log_all": True}, True, False),
        ("My garden this spring, tomatoes above all.", {"item": True}, True, True),
        ("#ad You have to try this.", {"disclosure": "present"}, True, True),
        ("Finch Roast is here.", {"disclosure": "not_required"}, True, True),
        ("Proud of our new blend.", {}, True, True),
        ("Hiring two baristas from March.", {}, True, True),
        ("Mon équipe s’agrandit !", {}, True, True),
        ("Der Azubi hat heute allein geröstet.", {}, True, True),
        ("Frohes neues Jahr euch allen!", {}, False, False),
        ("Quel coucher de soleil sur le lac ce soir.", {}, False, False),
    ],
)
def test_a_post_that_is_not_about_work_is_kept_only_where_the_person_wants_so(
    api: Api, ours: Companion, text: str, more: dict[str, Any], kept: bool, about_work: bool
) -> None:
    if more.pop("log_all", False):
        api("PUT", "/preferences", {"takes_rewards": True, "log_all": True})
    if more.pop("item", False):
        more["item_id"] = item_of(ours, QUEUE).id
    share = {"id": str(uuid.uuid4()), "text": text, "status": "confirmed", "about_work": None, **more}
    assert api("POST", "/shares", share).status_code == (201 if kept else 200)
    assert [each["about_work"] for each in api("GET", "/shares").json["shares"]] == [about_work] * kept
    assert api("POST", "/shares", share).status_code == 200
    assert api("GET", "/week").json["company"] == (kept and about_work)
    # One that was kept, deleted and is brought back comes back as it was.
    if kept:
        api("PUT", "/preferences", {"takes_rewards": True, "log_all": False})
        deleted = api("DELETE", f"/shares/{share['id']}").json
        assert api("POST", "/shares", deleted).status_code == 201


def test_what_has_rested_as_long_as_the_programme_says_is_suggested_again(api: Api, ours: Companion, tmp_path: Path) -> None:
    now, item, id = clock.now(), item_of(ours, QUEUE), str(uuid.uuid4())
    rests = PROGRAMME.replace("  rewarded: true\n", "  rewarded: true\n  cadence: {per_week: 5, rest_days: 30}\n")
    (tmp_path / "resting.yaml").write_text(rests, "utf-8")
    ours.use_programme(str(tmp_path / "resting.yaml"))

    def shared(days_ago: float) -> str:
        posted_at = clock.stamp(now - timedelta(days=days_ago))
        api("POST", "/shares", {"id": id, "text": "Mine.", "status": "confirmed", "item_id": item.id, "posted_at": posted_at})
        (listed,) = api("GET", "/shares").json["shares"]
        return listed["again_at"]

    assert shared(29) == clock.stamp(now + timedelta(days=1)) and QUEUE not in suggested(api)
    assert api("DELETE", f"/shares/{id}").json.keys().isdisjoint({"again_at"})  # it comes back as it is, for undo
    assert shared(31) <= clock.stamp() and QUEUE in suggested(api)
    ours.store.delete_item(item.id)
    assert api("GET", "/shares").json["shares"][0]["again_at"] is None


def test_the_number_by_which_wordings_are_dealt_is_made_once_and_never_told(api: Api, ours: Companion) -> None:
    assert ours.store.preferences().dealt == ""
    first = suggested(api)
    dealt = ours.store.preferences().dealt
    assert len(dealt) == 32 and suggested(api).keys() == first.keys() and ours.store.preferences().dealt == dealt
    assert dealt not in api("GET", "/preferences").get_data(as_text=True) + str(first)


def test_topics_languages_roles_and_regions_to_choose_from(api: Api, ours: Companion) -> None:
    assert api("GET", "/topics").json == {
        "topics": [{"name": "Harvest", "items": 2}, {"name": "queues", "items": 2}, {"name": "cupping", "items": 1}],
        "languages": ["en", "fr"],
        "roles": ["roastery"],
        "regions": ["Scotland"],
        "personal_parameter": "utm_term",
        "shared": [],
    }
    ours.programme = replace(ours.programme, roles=("Sales", "Cafés"), regions=("EMEA",))
    for topics in (("queues", "Cupping"), ("queues",)):
        ours.store.add_share(Share(id=str(uuid.uuid4()), text="A post", posted_at=clock.stamp(), topics=topics))
    named = api("GET", "/topics").json
    assert (named["roles"], named["regions"], named["shared"]) == (["Sales", "Cafés"], ["EMEA"], ["Cupping", "queues"])


def test_preferences_keep_what_a_change_leaves_out(api: Api, ours: Companion) -> None:
    unset = {
        "takes_rewards": True, "dismissed_rules": [], "topics": [], "languages": [], "role": "", "region": "",
        "asked": False, "tell_clicks": False,
    }
    assert api("GET", "/preferences").json.items() >= unset.items()
    set_ = {"topics": ["Harvest"], "languages": ["fr", "en"], "role": "roastery", "region": "Scotland", "asked": True}
    assert api("PUT", "/preferences", {"takes_rewards": True, **set_}).json.items() >= set_.items()
    later = api("PUT", "/preferences", {"takes_rewards": False, "dismissed_rules": ["echo"]}).json
    assert later.items() >= {**set_, "takes_rewards": False, "dismissed_rules": ["echo"], "tell_clicks": False}.items()
    # What was read goes back as it is: that is how a browser changes one thing.
    assert api("PUT", "/preferences", later).json == later
    again = api("PUT", "/preferences", {**later, "topics": [], "role": "", "asked": False}).json
    assert (again["topics"], again["role"], again["asked"]) == ([], "", False)


@pytest.mark.parametrize(
    "wrong", [{"topics": [""]}, {"languages": ["english"]}, {"role": "x" * 101}, {"dealt": "a"}, {"tell_clicks": "x"}]
)
def test_preferences_of_another_form_are_refused(api: Api, ours: Companion, wrong: dict[str, Any]) -> None:
    before = ours.store.preferences()
    assert api("PUT", "/preferences", {"takes_rewards": True, **wrong}).status_code == 422
    assert ours.store.preferences() == before


def test_an_item_is_changed_in_all_its_fields_and_knows_which_a_person_set(api: Api, ours: Companion) -> None:
    item = item_of(ours, FORTY)
    changes = {
        "title": "Fifty samples", "audience": ["sales"], "regions": [], "tags": ["#Fifty"], "shelved": True,
        "variants": [{"text": "Fifty, then.", "lang": "en", "voice": "question", "draft": True}],
        "updated_at": item.updated_at,
    }
    changed = api("PATCH", f"/items/{item.id}", changes)
    assert changed.status_code == 200, changed.json
    kept = ours.store.item(item.id)
    assert (kept.title, kept.audience, kept.regions, kept.tags, kept.shelved) == ("Fifty samples", ("sales",), (), ("#Fifty",), True)
    [variant] = kept.variants
    assert variant == Variant(variant.id, "Fifty, then.", "en", "question", True)
    assert {"title", "audience", "regions", "tags", "variants"} <= set(kept.edited)
    assert kept.url == item.url and api("PATCH", f"/items/{item.id}", {"url": "https://a.example/"}).status_code == 422


def test_the_second_of_two_managers_is_told(api: Api, ours: Companion) -> None:
    item = item_of(ours, FORTY)
    api("PATCH", f"/items/{item.id}", {"title": "Fifty samples", "updated_at": item.updated_at})
    late = api("PATCH", f"/items/{item.id}", {"title": "Sixty samples", "updated_at": item.updated_at})
    assert (late.status_code, late.json["error"]["code"]) == (409, "changed_meanwhile")
    assert ours.store.item(item.id).title == "Fifty samples"


PAGE = {"url": "https://www.example.org/latte?utm_source=x", "title": "Latte and time", "why": "We had that on Saturday.", "lang": "en"}


def test_a_page_is_proposed_sent_and_taken_out(api: Api, ours: Companion) -> None:
    id = str(uuid.uuid4())
    made = api("POST", "/proposals", {"id": id, **PAGE})
    assert made.status_code == 201
    assert made.json.items() >= {"state": "queued", "url": "https://www.example.org/latte", "note": ""}.items()
    assert made.json["message"].startswith("mailto:content@cobaltfinch.example?subject=")
    assert made.json["file"]["name"] == "proposal-latte-and-time.json" and id in made.json["file"]["content"]
    assert api("POST", "/proposals", {"id": id, **PAGE}).status_code == 200
    assert api("POST", "/proposals", {"id": id, **PAGE, "url": "https://b.example/"}).json["error"]["code"] == "conflict"
    assert api("PATCH", f"/proposals/{id}", {"state": "sent"}).json["state"] == "sent"
    assert [each["id"] for each in api("GET", "/proposals?q=latte").json["proposals"]] == [id]
    assert api("DELETE", f"/proposals/{id}").json["id"] == id
    assert api("GET", "/proposals").json["total"] == 0


def test_an_answer_is_told_and_stays(api: Api, ours: Companion) -> None:
    id = str(uuid.uuid4())
    api("POST", "/proposals", {"id": id, **PAGE})
    ours.store.put_proposal(replace(ours.store.proposal(id), state="declined", note="Not ours."))
    told = api("PATCH", f"/proposals/{id}", {"state": "sent"}).json
    assert (told["state"], told["note"]) == ("declined", "Not ours.")
    taken = api("DELETE", f"/proposals/{id}").json
    assert api("POST", "/proposals", {"id": id, **PAGE}).json == taken == told


def test_what_reached_the_manager_is_not_among_ones_own(api: Api, ours: Companion) -> None:
    theirs = ours.store.put_proposal(Proposal(str(uuid.uuid4()), "https://a.example/", "Theirs", own=False))
    assert api("GET", "/proposals").json["total"] == 0
    assert api("DELETE", f"/proposals/{theirs.id}").status_code == 404
    assert api("POST", "/proposals", {"id": theirs.id, "url": theirs.url, "title": "Mine"}).status_code == 409
    assert ours.store.proposal(theirs.id) == theirs


def test_a_page_that_is_none_is_refused(api: Api, ours: Companion) -> None:
    for url in ("ftp://a.example/", "javascript:alert(1)", "https://", "https://user@a.example/"):
        assert api("POST", "/proposals", {"id": str(uuid.uuid4()), "url": url, "title": "A page"}).status_code == 422
    assert ours.store.proposals() == []
