"""Where a draft asks its reader for something, and whether for the company; news, pay and names that are places."""

from __future__ import annotations

import pytest

from server.policy import Company, Policy
from server.rules import Engine
from server.rules.disclosure.about import mentions
from server.rules.disclosure.asking import asked_for, calls
from server.rules.disclosure.promotes import promotes
from tests.unit.disclosure_scene import engine, scene

X = "Cobalt & Finch"


@pytest.mark.parametrize(
    "text",
    [
        f"Call {X} and ask.",
        f"Cancel the canteen, switch your whole floor to {X}.",
        f"If your plan offers {X}, use it.",
        f"{X} did the lot. Ring them.",
        "Give Finch Roast a fortnight.",
        f"Bundle the truck and the house with {X}.",
        f"Every crew should be on {X} by spring.",
        "Finch Roast is back. Please get your friends on it.",
        f"Quittez votre torréfacteur, prenez {X}.",
        "Le Finch Roast est là. Goûtez-le.",
        f"Kündigt eurer alten Bank, geht zu {X}.",
        f"Wer eine Küche braucht: {X} anrufen, Kaffee trinken, und das war es.",
        f"Rufen Sie {X} an und fragen Sie nach den Bohnen.",
        f"Dejad de pagar de más y llamad a {X} ya.",
        f"Olvídate del resto y pásate a {X}, que es lo mejor.",
        f"Lasciate perdere gli altri, andate da {X} con calma.",
        f"{X} regelde alles in een week. Bel ze.",
        f"Ruil je oude koffie in voor {X} en proef het.",
    ],
)
def test_the_reader_is_asked_for_the_company(text):
    there = scene(text)
    assert asked_for(there, mentions(there), calls(there))


@pytest.mark.parametrize(
    "text",
    [
        f"Read the termination clause first, whoever you sign with. {X} is one of twelve.",
        f"Have you met the people of {X}?",
        f"Yesterday the van of {X} broke down.",
        f"Walking the dog past {X} is a joy.",
        f"Connaissez-vous la maison {X} ?",
        f"Heute steht die Maschine bei {X} still.",
        f"La película de ayer era de {X} y de su gente.",
        "Call your mum.",
    ],
)
def test_other_sentences_ask_for_something_else_or_nothing(text):
    there = scene(text)
    assert not asked_for(there, mentions(there), calls(there))


@pytest.mark.parametrize(
    "text",
    [
        # Named among others, or in the news.
        f"Good piece in the Journal on the twelve roasters raising prices, {X} among them. Read your contract first.",
        f"Eleven roasters had layoffs this quarter, {X} included. Save your reviews.",
        f"Die Zeitung listet zwanzig Röster in Schwierigkeiten auf, darunter {X}. Prüft die Garantie.",
        f"Le Monde a comparé neuf torréfacteurs, dont {X}. Lisez l'article jusqu'au bout.",
        # What one earns is one's own to tell.
        f"I make $118,400 as a senior analyst at {X}, plus a bonus. Ask the person next to you.",
        f"I'm on £29k as a roaster at {X}. The best thing you can do is tell them yours.",
        f"Ich verdiene bei {X} 3.400 brutto. Redet über Geld, es ist das Beste, was ihr tun könnt.",
        f"Je gagne 2 150 euros net chez {X}. Parlez-en, c'est le meilleur moyen d'avancer.",
        f"Ik verdien 3.650 bruto bij {X}, na zes jaar. Vraag je collega wat die krijgt.",
    ],
)
def test_news_and_pay_promote_nothing(text):
    there = scene(text)
    assert not promotes(there, mentions(there), True)


@pytest.mark.parametrize(
    ("text", "rewarded"),
    [
        (f"{X}'s the go. Roll over before June.", True),
        (f"Dinner at {X}, breakfast included. Order the big cup.", True),
        ("Seven months of Finch Roast fixed my mornings. Get scanned.", False),
        ("Finch Roast did it before lunch. Quit standing in line.", False),
        (f"Switch your whole floor to {X}. Truly the best lunch in town.", False),
        (f"My salary comes from {X}, but Finch Roast is the best. Try it.", False),
    ],
)
def test_advice_and_praise_promote(text, rewarded):
    there = scene(text)
    assert promotes(there, mentions(there), rewarded)


PLACES = {
    "Port": Company("Biscuiterie Port-Louis", ("Port-Louis",), products=("Sablé Marin",)),
    "Lake": Company("Muskoka Freight", ("Muskoka",), products=("Muskoka Board",)),
    "Bird": Company("Kauz", ("Kauz GmbH",), products=("Kauz Konto",)),
    "Fat": Company("Tallowmere Street", ("Tallowmere",), products=("Tallowmere Ledger",)),
}


def verdict(name: str, text: str) -> str:
    return Engine(Policy(PLACES[name], ("uk",), True)).check(text).disclosure


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Port", "Marché de Port-Louis ce matin : trois homards. Le meilleur moment, venez."),
        ("Port", "Les remparts de Port-Louis sous la pluie. Allez-y en novembre, c'est magnifique."),
        ("Lake", "Took the canoe up to Muskoka. Best loons on the continent. Bring bug spray."),
        ("Lake", "Ten days in the Muskoka, one perfect lake. Go in September."),
        ("Lake", "Rain on the Muskoka, a thermos, a borrowed hat. The best Sunday, go and see it."),
        ("Lake", "Muskoka Elementary needs crossing guards. Sign up, coffee is free."),
        ("Bird", "Im Kirchturm wohnt ein Kauz. Kommt nach Linum, im Mai ist es am schönsten."),
        ("Bird", "Herr Kauz wird neunzig. Kommt alle, es gibt den besten Kuchen."),
        ("Fat", "Candles from tallowmere fat smell unbelievable. Try it outdoors."),
    ],
)
def test_places_birds_and_people_of_the_same_name_are_left_alone(name, text):
    assert verdict(name, text) == "not_required"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Port", "Chez Port-Louis, les biscuits sont les meilleurs. Goûtez-les."),
        ("Lake", "Switched to Muskoka last month. Best decision ever, get a login."),
        ("Lake", "I found the best rate on the Muskoka site. Get a quote."),
        ("Bird", "Ich bin zu Kauz gewechselt. Das beste Konto der Welt, macht es auch."),
        ("Fat", "honestly tallowmere is the best, get it"),
    ],
)
def test_and_the_companies_are_known_all_the_same(name, text):
    assert verdict(name, text) == "missing"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("#Employee Finch Roast is in a glass jar. Four went yesterday.", "present"),
        ("Twelve years of roasting for Cobalt & Finch, and Finch Roast is what I'd pour my mum.", "present"),
        ("Finch Roast is in a glass jar. Four went yesterday.", "not_required"),
    ],
)
def test_who_speaks_up_unasked_is_taken_at_their_word(text, verdict):
    assert engine("finch", ("in",), False).check(text).disclosure == verdict


@pytest.mark.parametrize(
    "text",
    [
        "Publicidad pagada por Cobalt & Finch. El Finch Roast ya está en la tienda, pedidlo.",
        "Contenido patrocinado por Cobalt & Finch: el Finch Roast vuelve el lunes. Corred.",
        "Promoción pagada por Cobalt & Finch. Probad el Finch Roast, que es muy bueno.",
    ],
)
def test_a_spanish_label_may_name_who_paid(text):
    assert engine("finch", ("es",)).check(text).disclosure == "present"
