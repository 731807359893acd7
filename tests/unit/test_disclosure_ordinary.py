"""Ordinary posts of people who have nothing to do with the company, whatever it is called, and awkward names."""

from __future__ import annotations

from functools import lru_cache

import pytest

from server.policy import Company, Policy
from server.rules import Engine

COMPANIES = {
    "Pear": Company("Pear", ("Pear Inc.",), products=("PearBook", "Pear Pencil")),
    "Tuesday": Company("Tuesday", ("tuesday.example",), products=("tuesday CRM",)),
    "Circle": Company("Circle", ("@circle",), products=("Circle Till",)),
    "Acacia": Company("Acacia & Sons", ("Acacia",), products=("Acacia Balm",)),
    "Garrigue": Company("Maison Garrigue", ("Garrigue",), products=("Olivier Pro",)),
    "Olive": Company("Olive", ("Olive SA",), products=("Olivebox",)),
    "Antenna": Company("Beacon", products=("Beacon Desktop",)),
    "Goal": Company("Goal", ("Goal Corp",), products=("Goal Club",)),
    "Somme": Company("Total", ("Total SE",), products=("Total Card",)),
    "Stunde": Company("Die Stunde", products=("Stunde Digital",)),
    "Emil": Company("Emil", ("Emil GmbH",), products=("Emil Plus",)),
    "Best": Company("Best", ("Best & Co",), products=("Best Brew",)),
    "Sonne": Company("Sonne", products=("Sonne Strom",)),
    "Vela": Company("Vela", products=("Vela Casa",)),
    "Haven": Company("Haven", ("Haven BV",), products=("Haven Agenda",)),
}
POSTS = [
    "Tuesday again! Coffee first, then the inbox.",
    "After eight years I am leaving my role as head of finance. Thank you to everyone who made it a joy.",
    "I'm delighted to announce that I have started as a nurse at St Thomas'.",
    "My mother died on Saturday. She taught me to listen. Rest in peace.",
    "We're hiring two engineers in Utrecht. Have a look and apply by Friday.",
    "We beat our goal three quarters in a row. Best team ever!",
    "Five lessons from my first failed start-up:\n\n1. Talk to customers\n2. Charge early\n3. Sleep",
    "Stop scrolling. Drink some water. Call a friend. Get outside.",
    "The best book I have read this year. Buy it, borrow it, read it.",
    "Join us on Thursday for a free webinar about supply chains. Register here: https://example.org/w",
    "Pears, walnuts, blue cheese: the best lunch in the world.",
    "Our circle of friends is small, loud and always hungry. Love them.",
    "Back to the beacon on the hill, in the rain, with the dogs. Magical.",
    "In total we planted nine hundred trees. Come and help next month!",
    "Olive, our cat, sat in on the board meeting. Everyone loved her.",
    "An acacia in flower outside the office. Everyone is sneezing.",
    "Best decision of my career: asking for help. Try it.",
    "Pay transparency works. Tell your colleagues what you earn.",
    "Recruiters, please put the salary in the advert.",
    "An ad on the bus made me cry this morning. Whoever wrote it deserves a prize.",
    "Use the code SPRING for 20% off my negotiation course. Link in the comments.",
    "My flight was six hours late and the crew were amazing throughout.",
    "A safe haven for everyone: that is what a good manager builds.",
    "Je cherche une alternance en communication à Rennes. Merci de partager !",
    "Notre service recrute un comptable en CDI. N'hésitez pas à m'écrire.",
    "Le total est juste, la comptable respire, nous aussi.",
    "Une olive, un verre d'eau, et la réunion peut reprendre.",
    "Trois jours de marche dans la garrigue, sans téléphone. Le bonheur.",
    "C'est avec tristesse que j'ai appris le décès de mon premier chef.",
    "La publicité est partout, même dans l'ascenseur. Qu'en pensez-vous ?",
    "Venez nombreux à la conférence de jeudi, entrée gratuite !",
    "Die Stunde der Wahrheit: meine Steuererklärung.",
    "Unser Emil ist jetzt Schulkind. Ich heule ein bisschen.",
    "Die Sonne scheint, die Bank ist frei, die Mittagspause kann beginnen.",
    "Wir suchen Verstärkung für unser Team in Kassel. Meldet euch gern.",
    "Ich freue mich riesig: ab Januar leite ich die Buchhaltung!",
    "Die Anzeige im Aufzug ist kaputt. Wir fahren auf gut Glück.",
    "Mein Buch ist da! Bestellt es in eurer Buchhandlung.",
    "In stiller Trauer nehmen wir Abschied von einem lieben Kollegen.",
    "Hoy es mi último día después de ocho años. Gracias a todos.",
    "La vela del abuelo sigue en el barco. Qué maravilla de domingo.",
    "Busco trabajo de administrativa en Cádiz. Gracias por compartir.",
    "Il miglior caffè? Quello con i colleghi alle undici.",
    "Una vela bianca all'orizzonte e il telefono spento. Perfetto.",
    "Cerchiamo un grafico a Torino. Scrivetemi!",
    "In de haven van Harlingen, met een broodje haring. Heerlijk.",
    "Vandaag mijn laatste dag. Bedankt voor tien mooie jaren, collega's.",
    "We zoeken een nieuwe collega in Arnhem. Bel me!",
]


@lru_cache(maxsize=None)
def engine(name: str, where: str, paid: bool) -> Engine:
    return Engine(Policy(COMPANIES[name], (where,), paid))


@pytest.mark.parametrize("name", COMPANIES)
def test_nothing_is_demanded_of_ordinary_posts(name):
    told = [
        (where, paid, text)
        for where, paid in (("uk", True), ("us", False), ("de", True), ("fr", True), ("nl", True))
        for text in POSTS
        for finding in engine(name, where, paid).check(text).findings
        if finding.category == "disclosure" and finding.level == "required"
    ]
    assert told == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Pear", "Switched to Pear last month. Go and see for yourself."),
        ("Pear", "My PearBook's battery is unreal. Get one."),
        ("Circle", "Every stall on our street runs on Circle. Ask me how to get set up."),
        ("Circle", "The Circle team made checkout a breeze. Try it."),
        ("Goal", "Tell Goal I sent you: the good tomatoes are two for five."),
        ("Goal", "Goal has the good tomatoes again, two for five. Run."),
        ("Olive", "Chez Olive, le technicien est venu un dimanche. Prenez la fibre."),
        ("Emil", "Mein Sofa von Emil kam in zwei Tagen. Schaut rein."),
        ("Garrigue", "Un couteau Garrigue se transmet. Le prochain est à −20 % ce week-end."),
        ("Tuesday", "tuesday CRM told me who to call. Start a free trial."),
        ("Antenna", "Took a while, but my family moved to Beacon. Download it, tell your uncle."),
        ("Acacia", "Acacia's new balm fixed my elbows. Grab a tin."),
    ],
)
def test_the_same_names_are_recognised_where_they_name_the_company(name, text):
    where = "fr" if name in ("Olive", "Garrigue") else "de" if name == "Emil" else "uk"
    assert engine(name, where, True).check(text).disclosure == "missing"
