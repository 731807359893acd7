"""What ties an author to the company by the grammar of a sentence, whatever the trade; and what only customers say."""

from __future__ import annotations

import pytest

from server.rules.disclosure.about import mentions
from server.rules.disclosure.livelihood import pay_ties
from server.rules.disclosure.making import makings
from server.rules.disclosure.relationship import says_relationship
from tests.unit.disclosure_scene import scene

X = "Cobalt & Finch"


def said(text: str, company: str = "finch") -> list[bool]:
    there = scene(text, company)
    return [outright for _, outright in says_relationship(there, mentions(there))]


@pytest.mark.parametrize(
    "text",
    [
        # Somebody does something at or for the company.
        f"I clean teeth at {X} four days a week, so ask me.",
        f"As I sweep the floors at {X}, I hear things.",
        f"I look after onboarding at {X}.",
        f"I plan the routes for {X} and eat the leftovers.",
        f"I'm on the phones at {X} all week.",
        f"I've been roasting for {X} since the flood.",
        f"I'm behind the counter in {X}'s Leeds branch.",
        f"My day job is writing labels at {X}.",
        f"I spent my whole career with {X}, and my career with {X} was long.",
        f"We're a team of nine at {X}.",
        f"I see patients on {X} three evenings a week.",
        f"Je remplis des sacs chez {X} depuis vingt ans.",
        f"Chez {X}, je m'occupe du support.",
        f"Moi qui pétris chez {X}, je vous le dis.",
        f"Moi, gestionnaire à la {X}, je vous assure que oui.",
        f"Ich sitze bei {X} am Schalter und höre alles.",
        f"Bei {X} plane ich die Küchen.",
        f"Beruflich plane ich Küchen, und zwar bei {X}.",
        f"Mein Schreibtisch steht bei {X}.",
        f"Instalo hornos para {X} por toda la provincia.",
        f"Inforno il pane da {X} ogni mattina con la nonna.",
        f"Rispondo ai clienti di {X} tutto il giorno.",
        f"Ik sta bij {X} achter de oven, al jaren.",
        f"Bij {X} vul ik elke ochtend de dozen.",
        # A sentence that leaves its subject out.
        f"Eight years dispatching for {X}, and I still like it.",
        f"Twelve years of fitting kitchens for {X}.",
        f"Been dispatching at {X} since the ice storm.",
        f"Huit ans à écrire du code pour {X}.",
        f"Zwölf Jahre Küchenmontage bei {X}, und es macht mir noch Spaß.",
        f"Diez años repartiendo para {X} y no me canso.",
        f"Vijftien jaar bezorgen voor {X}, en het went nooit.",
        f"Loan officer at {X} here.",
        f"Conseillère chez {X} depuis 2015, je connais la maison.",
        f"Hi from the {X} roasting crew!",
        f"{X} logistics, nine years and counting.",
        f"Proud {X} roaster here.",
        f"{X} SRE here.",
        f"As {X}'s newest apprentice I get to say it.",
        f"With my {X} badge on, I'll say it.",
        f"I moderate the {X} forum for a living.",
        f"We (the {X} packing folks) are throwing a party.",
        f"Our grinders at {X} don't take lunch.",
        f"Fourth year on the {X} packing team.",
        f"I'm the designer who picked the {X} colours.",
        f"I'm one of the two people who write the {X} labels.",
        f"From inside the {X} workshop: it is done.",
        f"{X} specialist speaking.",
        "I test Finch Roast for a living.",
        "im biased, obviously. Finch Roast is the best.",
        f"Yes, claims handler, {X}, eleven years.",
        # Beside the name, or by other signs.
        f"{X}, where I answer the phones, has a new bar.",
        f"{X} has had me on its night desk since 2017.",
        f"My badge says {X}.",
        f"I'm {X}'s newest apprentice.",
        f"Someone has to wash the cups at {X}, and that someone is me.",
        f"You're hearing this from the guy who answers the phone at {X}.",
        f"{X} makes my coffee. I'm a nurse there.",
    ],
)
def test_who_does_something_there_works_there(text):
    assert any(said(text))


@pytest.mark.parametrize(
    "text",
    [
        f"I shop at {X} every week.",
        f"I bank at {X}.",
        f"I've been a customer of {X} for years.",
        f"We keep our savings at {X}.",
        f"I bought my boots at {X}.",
        f"I met my wife at {X}.",
        f"I waited an hour at {X}.",
        f"We drink at {X} every Friday.",
        f"My sister roasts at {X} and I am proud of her.",
        f"If I roasted at {X}, I would sleep less.",
        f"I never roast at {X}.",
        f"I work nights at a hospital and {X} gets me through.",
        f"Five years with {X} and not one complaint.",
        f"I'm {X}'s biggest fan.",
        f"Je suis cliente chez {X} depuis dix ans.",
        f"J'achète ma farine chez {X} depuis toujours.",
        f"Dix ans chez {X} et jamais une panne.",
        f"Ich bin seit zehn Jahren Kunde bei {X}.",
        f"Wir haben unsere Küche bei {X} gekauft.",
        f"Ich hole meine Brötchen seit Jahren bei {X}.",
        f"Llevo nueve años asegurado en {X} y tan contento.",
        f"Desayuno en {X} cada mañana con mi padre.",
        f"Compriamo il pane da {X} da sempre.",
        f"I'm a big {X} lover here.",
        f"As {X}'s biggest fan I should know.",
        f"I write for a living, and {X} keeps me awake.",
        f"Our table at {X} was by the window.",
        f"I'm the customer who asked {X} for decaf.",
        f"I'm one of the people who love {X}.",
        f"The team at {X} is so nice.",
        "I spent all summer on Finch Roast and cake.",
        "Finch Roast pays my rent.",
        f"Ik heb mijn hypotheek bij {X} en dat is fijn.",
    ],
)
def test_what_customers_do_is_no_work(text):
    assert not any(said(text))


@pytest.mark.parametrize(
    "text",
    [
        f"{X} pays my rent.",
        f"{X} has been paying my mortgage since 2019.",
        f"My salary comes from {X}.",
        f"I get my wages from {X}.",
        f"{X} signs my payslip.",
        f"They sign my paychecks, {X} I mean.",
        f"Mein Gehalt kommt von {X}, das sage ich gleich.",
        f"{X} überweist mir jeden Monat mein Gehalt.",
        f"Mi nómina sale de {X}, lo digo por delante.",
        f"Mijn salaris komt van {X}, dat zeg ik er eerlijk bij.",
    ],
)
def test_whose_pay_one_lives_on(text):
    there = scene(text)
    assert list(pay_ties(there, mentions(there)))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Our small crew spent the spring teaching Finch Roast to behave.", True),
        ("It took our little brewery two years to get Finch Roast right.", True),
        ("Two of us wrote the label of Finch Roast.", True),
        ("We're eleven people making coffee. Finch Roast is out.", True),
        ("I've been roasting Finch Roast since March.", True),
        ("Ma petite équipe a passé deux ans à mettre au point le Finch Roast.", True),
        ("Unsere kleine Truppe hat drei Jahre an Finch Roast getüftelt.", True),
        ("We spent all summer on the new Finch Roast.", True),
        ("I spent all summer on Finch Roast.", False),
        ("We run our little bakery on Finch Roast.", False),
        ("We made our tiramisu with Finch Roast.", False),
        ("Our team loves Finch Roast.", False),
        ("We built a treehouse. It rained. We slept. Then we went home. I had a Finch Roast.", False),
    ],
)
def test_who_makes_it_is_no_customer(text, made):
    there = scene(text)
    assert bool(list(makings(there, mentions(there)))) is made


@pytest.mark.parametrize("size", [50, 800])
def test_a_draft_without_a_full_stop_costs_no_more_than_its_length(size):
    there = scene(f"I roast at {X} and " * size)
    assert len(mentions(there)) == size and said(f"I roast at {X} and " * size)
