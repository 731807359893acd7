"""Three or more words of praise close together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server.rules.model import Found
from server.rules.scene import Scene

_WINDOW, _LEAST = 14, 3
_WORDS = frozenset("""
    incredible amazing awesome unbelievable phenomenal outstanding fantastic brilliant wonderful extraordinary
    superb magnificent spectacular stunning breathtaking astonishing sensational marvellous marvelous unparalleled
    exceptional revolutionary groundbreaking legendary epic insane perfect flawless unmatched incroyable incroyables
    génial géniale géniaux géniales extraordinaire extraordinaires exceptionnel exceptionnelle exceptionnels
    exceptionnelles formidable formidables magnifique magnifiques fantastique fantastiques sublime sublimes
    époustouflant époustouflante merveilleux merveilleuse parfait parfaite fabuleux fabuleuse grandiose
    großartig großartige großartiges großartiger großartigen fantastisch fantastische fantastisches fantastischer
    unglaublich unglaubliche unglaubliches unglaublicher sensationell sensationelle sensationelles genial geniale
    geniales einmalig einmalige einmaliges einzigartig einzigartige einzigartiges phänomenal phänomenale überragend
    überragende wunderbar wunderbare wunderbares perfekt perfekte perfektes herausragend herausragende
    herausragendes increíble increíbles espectacular espectaculares fantástico fantástica extraordinario
    extraordinaria maravilloso maravillosa impresionante perfecto perfecta incredibile incredibili fantastico
    fantastica straordinario straordinaria meraviglioso meravigliosa spettacolare perfetto perfetta eccezionale
    stupendo stupenda geweldig geweldige fantastische ongelofelijk ongelofelijke fenomenaal fenomenale briljant
    briljante prachtig prachtige perfect perfecte uitstekend uitstekende
    magical gigantic stellar dazzling unforgettable sublime heroic divine glorious majestic iconic epochal
    visionary inspirational inspiring transformational exhilarating mesmerising mesmerizing unreal
    géantes géants magique magiques inoubliable inoubliables légendaire légendaires grandioses divin divine hallucinant
    hallucinante bluffant bluffante somptueux somptueuse phénoménal phénoménale stupéfiant stupéfiante époustouflants
    inégalable inégalé unfassbar unfassbare unfassbares gigantisch gigantische gigantisches legendär legendäre
    legendäres legendärer göttlich göttliche göttliches magisch magische magisches traumhaft traumhafte traumhaftes
    grandios grandiose grandioses spektakulär spektakuläre spektakuläres umwerfend umwerfende umwerfendes grandioser
    überwältigend überwältigende mega hammer bombastisch bombastische epochal epochale unvergesslich unvergessliche
    brillant brillante brillantes weltklasse exzellent exzellente maravillosos maravillosas únicos increíblemente
    magnífico magnífica inolvidable inolvidables brutal impresionantes fenomenal insuperable genial geniales único única
    fenomenale magico magica indimenticabile unico unica magnifico magnifica favoloso favolosa grandioso geniale
    fantastici fantastiche splendido splendida sublime waanzinnig waanzinnige onvergetelijk onvergetelijke magisch
    spellbinding mind-blowing jaw-dropping otherworldly awe-inspiring heavenly once-in-a-lifetime glorious wondrous
    féerique féeriques céleste célestes prodigieux prodigieuse renversant renversante fabuleuses éblouissant éblouissante
    zauberhaft zauberhafte zauberhaftes märchenhaft märchenhafte märchenhaftes sagenhaft sagenhafte sagenhaftes
    fabelhaft fabelhafte fabelhaftes himmlisch himmlische himmlisches atemberaubend atemberaubende atemberaubendes
    hinreißend hinreißende hinreißendes überirdisch überirdische gottgleich
    magische subliem sublieme uniek unieke fenomenale schitterend schitterende weergaloos weergaloze
    """.split())


def find(scene: Scene, rule: Any) -> Iterator[Found]:
    """The first crowd of praise; its words counted as long as they keep close."""
    words = scene.draft.words
    if len(_WORDS.intersection(words)) < 2:
        return
    at = [index for index, word in enumerate(words) if word in _WORDS]
    for begin in range(len(at) - _LEAST + 1):
        end = begin
        while end + 1 < len(at) and at[end + 1] - at[end] <= _WINDOW // 2 and at[end + 1] - at[begin] <= _WINDOW * 2:
            end += 1
        if end - begin + 1 >= _LEAST and at[begin + _LEAST - 1] - at[begin] <= _WINDOW:
            start, stop = scene.draft.token_span(at[begin], at[end])
            yield Found(start, stop, {"count": end - begin + 1})
            return
