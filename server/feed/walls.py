"""Pages that answer as if all were well, yet hold something else: not found, a login, a question for consent."""

from __future__ import annotations

import re

from server.feed.markup import Markup, aside
from server.feed.model import FeedError, Missing

_MISSING = (
    "says that there is no such page, though its server calls that a success; check the address, or look for where the "
    "page has moved"
)
_ROBOT = (
    "shows a test for people (“are you a robot?”) instead of the page; use the site's feed, or add the page by hand "
    "from your browser"
)
_LOGIN = "asks for a login, which Sayso does not have; use an address that needs none, or add the page by hand"
_CONSENT = (
    "shows a question about cookies or consent instead of the page; use the site's feed, or add the page by hand from "
    "your browser"
)
_FAULT = "shows an error of its server instead of the page; try again later, or check the address in your browser"
_SCRIPT = (
    "shows nothing without its scripts, which Sayso does not run; use the site's feed, or add the page by hand from "
    "your browser"
)

_THING = r"(?:page|article|story|content|file|url|post|resource)s?"
_NUMBER = r"(?:error|fehler|erreur|http|oops|sorry|page)?\W{0,4}(?:404|410)\W{0,4}(?:error|fehler|erreur|page)?"
# What such a page is called, as its whole title or heading, or a part of it between dashes: English, German, French,
# Spanish, Italian, Portuguese, Dutch, Polish.
_CALLED: dict[str, tuple[str, ...]] = {
    _MISSING: (
        _NUMBER,
        rf"(?:{_NUMBER} )?(?:oops|sorry)?\W{{0,3}}(?:(?:the|this|that|your|requested) ?)*{_THING} (?:(?:you|that) .{{0,30}})?"
        r"(?:(?:was|is|are|has|could|can|cannot|can't|isn't|wasn't|doesn't|does|no longer|not|be|been) ?)+"
        r"(?:found|available|exists?|there|removed|deleted)",
        rf"(?:{_NUMBER} )?(?:{_THING} )?not found(?: {_NUMBER})?",
        r"(?:no|nothing) (?:page |results? )?found",
        r"(?:(?:die|diese|der|angeforderte|gesuchte) ?)*(?:seite|datei|beitrag|artikel) (?:(?:wurde|konnte|ist|existiert|leider) ?)*"
        r"nicht (?:mehr ?)?(?:gefunden|verfügbar|vorhanden)?(?: werden)?",
        r"(?:la |cette )?page (?:demandée )?(?:est )?(?:non trouvée|introuvable|n'existe (?:pas|plus)|inexistante)",
        r"(?:la )?p[áa]gina (?:solicitada )?(?:no (?:encontrada|existe|disponible)|n[ãa]o encontrada)",
        r"pagina (?:non trovata|niet gevonden)",
        r"nie znaleziono strony|strona nie (?:została )?znaleziona|strony nie znaleziono",
    ),
    _ROBOT: (
        r"are you (?:a )?(?:robot|human)|(?:(?:confirm|verify) )?(?:that )?you(?:'re| are) not a robot|robot (?:check|or human)",
        r"just a moment|attention required|one more step|pardon our interruption|client challenge|ddos-guard",
        r"(?:403 )?forbidden|403|access (?:to this page )?(?:has been |is )?(?:denied|restricted|blocked)|you have been blocked",
        r"(?:please )?verify(?:ing)? (?:that )?you(?:'re| are) (?:a )?human|(?:bot|human|security) (?:check|verification)|captcha",
        r"checking your browser.*|request (?:blocked|unsuccessful|rejected).*|unusual traffic.*|please wait",
        r"zugriff verweigert|sicherheitsüberprüfung|accès (?:refusé|interdit)|acceso denegado",
    ),
    _LOGIN: (
        r"(?:please )?(?:log|sign)[ -]?(?:in|on)(?: to .{0,40})?|login(?: page| required)?|sign up|create an account",
        r"log in or sign up.*|authentication required|authwall|single sign[ -]on|unauthorized|401",
        r"anmelden|anmeldung|einloggen|(?:se )?connecter|connexion|identifiez-vous|iniciar sesi[óo]n|accedi|inloggen|zaloguj się",
    ),
    _CONSENT: (
        r"before you continue.*|bevor (?:sie|du) .{0,40}(?:fortf|weiter).*|avant d'accéder.*|antes de continuar.*",
        r"(?:we value )?your privacy(?: choices)?|(?:.{0,30} )?privacy (?:gate|wall|consent)|ihre privatsphäre.*",
        r"cookie (?:consent|wall|settings)|cookie-?einstellungen|consent",
    ),
    _FAULT: (
        r"(?:http )?(?:error )?5(?:0[0234]|2[0-6]|30)\b.{0,60}|internal server error|bad gateway|gateway time-?out",
        r"(?:service|site|website) (?:temporarily )?unavailable|something went wrong|error establishing a database connection",
        r"(?:(?:fatal|server|database|application|runtime|unexpected) )?error(?: occurred)?|fehler|erreur",
        r"(?:site |website )?(?:under |down for |closed for |in )?(?:scheduled )?maintenance(?: mode)?|wartung(?:sarbeiten)?|en maintenance",
        r"(?:this )?account (?:has been )?suspended|domain (?:for sale|parked|default page)|[\w.-]{3,60}\.[a-z]{2,10} is for sale",
        r"apache2? .{0,20}default page.*|welcome to nginx!?|it works!?|index of /.*",
    ),
}
_TITLES = tuple((re.compile("|".join(patterns), re.IGNORECASE), message) for message, patterns in _CALLED.items())
# What such a page says, where it says little else.
_SAYS = (
    (
        r"enable javascript and cookies to continue|verify(?:ing)? (?:that )?you are (?:a )?human|not a robot"
        r"|unusual traffic from|your browser before accessing|complete the security check|why have i been blocked"
        r"|reference #\d+\.[0-9a-f]",
        _ROBOT,
    ),
    (
        r"(?:page|article) (?:you(?:'re| are| were)? (?:looking for|requested)|cannot be found|could not be found)|no such page"
        r"|seite (?:wurde|konnte|ist|existiert) (?:leider )?nicht"
        r"|page (?:que vous|demandée|recherchée) .{0,60}(?:n'existe|introuvable)",
        _MISSING,
    ),
)
_SPEECH = tuple((re.compile(pattern, re.IGNORECASE), message) for pattern, message in _SAYS)
_NEEDS_SCRIPTS = re.compile(
    r"(?:enable|activate|requires?|need|aktivieren|activer|turn on) (?:\w+ ){0,4}javascript"
    r"|javascript (?:\w+ ){0,4}(?:enabled?|required|aktivier\w*|disabled)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s+[|·•–—:»«/-]+\s+|\s*\|\s*|: ")
# Characters of running text: a page with so many is an article, one with so few says hardly anything.
_MUCH, _LITTLE = 1_500, 400
_SAID = 1_000  # characters of anything: with more, what is said may be said of a part of the page
_RUNNING = 80


def refuse_walls(page: Markup) -> None:
    """Raise FeedError, saying what to do, where a page is not the page that was asked for; Missing where there is none.

    It has to be called so in its title or first heading, and hold no article; or say so and hardly anything else.
    """
    running = sum(len(text) for text, tag in page.strings if len(text) >= _RUNNING and not aside(tag))
    if running >= _MUCH:
        return
    for tag in (page.soup.title, page.soup.find("h1")):
        name = " ".join(tag.get_text(" ").split())[:300].replace("’", "'") if tag else ""
        for part in {name, *_PARTS.split(name)}:
            for pattern, message in _TITLES:
                # Any page may have a box with the heading "Log in".
                if pattern.fullmatch(part.strip(" .!?…\"“”'")) and (tag.name == "title" or message in (_MISSING, _FAULT)):
                    raise _refusal(page.origin, message)
    said = " ".join(text for text, _ in page.strings).replace("’", "'")
    if running >= _LITTLE or len(said) >= _SAID:
        return
    for pattern, message in _SPEECH:
        if pattern.search(said):
            raise _refusal(page.origin, message)
    # Such a page may still say all that is needed in its head.
    if len(said) < _LITTLE and not page.said("og:title"):
        hidden = " ".join(tag.get_text(" ") for tag in page.soup.find_all("noscript"))[:2_000]
        if _NEEDS_SCRIPTS.search(said + " " + hidden):
            raise FeedError(page.origin, _SCRIPT)


def _refusal(origin: str, message: str) -> FeedError:
    return Missing(origin, message) if message == _MISSING else FeedError(origin, message)
