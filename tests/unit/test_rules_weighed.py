"""Rules of kind `weighed`: what the classes of words of a short draft say together."""

from __future__ import annotations

import pytest

from server.policy import Company, Policy
from server.rules import Engine
from server.rules.engine import built_in
from server.rules.kind import LONG
from server.rules.weighed import Weighed, named_slots
from server.strict import StrictError

ENGINE = Engine(Policy(Company("Brightloop"), ("eu",), False))
WEIGHED = [rule for rule in built_in().rules if isinstance(rule.finder, Weighed)]


def said(text):
    return [one for one in ENGINE.check(text).findings if one.rule.startswith("sounds-")]


@pytest.mark.parametrize("rule", WEIGHED, ids=[rule.id for rule in WEIGHED])
def test_it_speaks_of_short_drafts_alone_and_only_suggests(rule):
    flagged = rule.flags[0].text
    alone = ENGINE.check(flagged, alone=rule.id).findings
    assert {one.level for one in alone} <= {"suggestion"} and rule.level == "suggestion"
    long = flagged + " We sat in the sun and had tea." * (LONG // 8 + 1)
    assert not ENGINE.check(long, alone=rule.id).findings
    assert not ENGINE.check(flagged + " #tea", alone=rule.id).findings


@pytest.mark.parametrize("text", ["", "Tea.", "Good morning, Bristol.", "Bonjour à tous.", "Schönen Feierabend."])
def test_everyday_words_weigh_nothing(text):
    assert said(text) == []


def test_each_weight_is_of_a_class_that_is_there():
    from server.rules import weighed
    from server.rules.word_classes import shared

    base = built_in()
    known = {*named_slots({rule.id: rule.finder for rule in base.rules}, base.scanner), *shared().common}
    known |= {*weighed.PSEUDO, *weighed.MARKS, "BIAS"}
    for category, some in weighed.weights().items():
        assert category in {rule.category for rule in WEIGHED}
        assert set(some) <= known, "run python -m benchmarks.weigh"


def test_a_pack_of_a_company_cannot_weigh(tmp_path):
    folder = tmp_path / "house"
    folder.mkdir()
    (folder / "lean.yaml").write_text("kind: weighed\n", "utf-8")
    with pytest.raises(StrictError, match="weighed"):
        Engine(Policy(Company("Acme")), [folder])
