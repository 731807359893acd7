"""Words of faith, body, cosmos and great names, close together and close to a workplace.

Each word has a weight: `_HIGH` hardly ever stands in a sober post about work, `_MID` seldom, `_LOW` lends colour only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from server.rules.model import Found
from server.rules.scene import Scene
from server.rules.ways import spelled

_WINDOW = 26  # tokens that a crowd of such words may reach over
_ENOUGH = (2.25, 3.25, 3.75)  # weight that makes a finding: beside the company's name or a boss, beside work, alone
_LEAST, _MOST_SIGNS = 1.0, 2.0  # weight of words below which no sign helps; what signs may add
_SHORT, _SHORT_LEAVES = 70, 1.0  # a draft of fewer tokens needs so much less: a long one has such words by chance
_BARS = 3  # a list of titles parted by bars is somebody's headline
_LOUD = re.compile(r"\b[A-ZÀ-ÖØ-Þ]{4,}\b")
_EMOJI = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff]")
_STRETCHED = re.compile(r"([a-zà-ÿA-Z])\1{2,}")
_FIGURES = re.compile(
    r"\b(?:what an?|thank you for|no words|no \w+, no|you are (?:the|my)|quel(?:le)?s?|merci pour|merci d|pareil(?:le)?s?"
    r"|vous êtes mes|tu es m[ao]n?|ni \w+,? ni|kein\w* \w+, kein\w*|ihr seid|du bist mein\w*|was für|welch|danke für)\b",
    re.IGNORECASE,
)
_ONE_WORD = re.compile(r"(?:\b[A-ZÀ-Þ][\w-]+[.!]\s+){2}[A-ZÀ-Þ][\w-]+[.!]")  # Fearless. Radiant. Ours.
_WOULD = re.compile(
    r"\b(?:I'd|I’d|I would|je [a-zé]+rais|j['’][a-zé]+rais|ich würde?|würd ich|würde ich)\b", re.IGNORECASE
)

_HIGH = {
    "en": """
        adulation hallowed behold bestow bestowed bestows glorify glorified mesmerised mesmerized astonish astonished
        transfixed entranced dazzled dazzling effervescent regal imperial kingdom realm dynasty palace incense candle
        candles rosary beads commandment commandments creed sermon sermons communion congregation cult preach preacher
        evangelist purgatory sinner sins unclean confess confession absolution alms offering sacrifice sacrificed
        sacrificing martyr martyrs crucified resurrect zenith apotheosis pinnacle quintessence paragon epitome
        masterpieces maestro virtuoso prodigy wizard sorcerer oracle sage mythic myth mythical fable dragon lioness
        tremor trembly shiver shivering shivered faint fainter palpitations fever feverish throb throbs ache aches
        marrow spine bones ribs eyelids tonsils spleen liver pancreas appendix limb limbs womb cradle cremate cremated
        ashes coffin grave gravestone tombstone buried bury epitaph headstone urn heirloom descendants bloodline
        ancestors posterity century millennium millennia aeons eons planets comet meteor constellation asteroid milky
        orbit darwin freud edison galilei dickens tolstoy dante homeric hemingway dalai lama messi maradona ronaldo
        beyoncé elvis bowie hendrix callas nureyev versace hermitage guggenheim moma rijksmuseum acropolis stonehenge
        petra alhambra oscars grammy coronation moonwalk betrothal dowry elope eloped honeymooning infatuated swooning
        valentine sweetheart cuddle caress stroke stroked whispering purr purring sniff sniffed lungful inhale inhaled
        exhale giddy tipsy woozy dizzy delirium squeal squealed squealing screamed screaming shriek shrieked
        hyperventilate hyperventilating sobbed bawling bawled melted melting melt combust combusted explode exploding
        exploded dying perished unconscious cpr defibrillator ambulance sedation unworthy inadequate grovel grovelled
        grovelling servant footstool doormat boots bootlaces curtsey curtsied saluted applause encore confetti
        fireworks trumpets fanfare trumpet drumroll chorus choir choirs harp harps violins crescendo ovations saint(s)
        sainted saintly halo(s) altar(s) kneel(s|ing) knelt genuflect(ed|ing) prostrate worship(s|ped|ping|pful)
        venerate(d|s) veneration reverence hallelujah alleluia amen hosanna gospel apostle(s) disciple(s) prophet(s)
        messiah messianic saviour savior redeemer redeemed salvation archangel(s) cherub(s) seraph deity deities
        demigod(s) goddess divine divinity pilgrimage pilgrim(s) psalm(s) hymn(s) chapel cathedral shrine(s) relic(s)
        scripture sacrament reincarnated baptised baptized baptism anoint(ed) beatified canonise(d) canonize(d) sanctify sanctified
        holiness lourdes olympus valhalla elysium nirvana eden zion olympian vatican bethlehem pope eucharist rapture
        rapturous ecstasy ecstatic ecstatically bliss blissful euphoria euphoric transcendent transcend(s|ed)
        transcendental transfigured celestial heavenly ethereal radiance radiant resplendent rhapsody swoon(ed|ing|s)
        levitate(d) levitating trembled trembling tremble quiver(ed|ing) weep weeping wept sob sobbing sobs sedate
        deceased unworthiest undeserving worthless earthly mortal(s) immortal immortality eternal eternally eternity
        lifetimes forevermore everlasting mankind humankind civilisation civilization galaxy galaxies cosmos cosmic
        supernova heavens firmament mandela gandhi michelangelo mozart beethoven shakespeare churchill napoleon
        einstein vinci picasso rembrandt caesar cleopatra socrates aristotle newton galileo bach vermeer monet gaudi
        pavarotti cicero confucius buddha jesus christ sistine louvre versailles uffizi prado parthenon colosseum
        pyramids taj mona everest stradivarius statesmen statesman kidney kidneys lungs lung veins bloodstream
        heartbeat ventricle umbilical oxygen betroth(ed) betrothed vow(s) vowed oath bride bridegroom chrysalis husk
        reborn rebirth resurrected resurrection soulmate(s) idolise(d) idolize(d) idol(s) deify adore adores adored
        adoring adoration cherish thee thou titan(s) colossus superhuman(s) omniscient omnipotent almighty majesty
        majestic sovereign emperor empress throne crown(ed) statue(s) monument tattoo tattooed engraved bronze godlike
        goosebumps shivers spellbound enraptured enchanted bewitched besotted smitten lovesick devotee(s) bask basking
        exalted exult exultant jubilation jubilant intoxicated intoxicating delirious bedazzled fainted fainting
        serenade ode sonnet symphony breathless speechless thunderstruck awestruck gush gushing lullaby soulful aglow
        """,
    "fr": """
        adulation louange louanges gloire glorifie contempler contemplation ébahie subjugué subjuguée hypnotisé
        hypnotisée fasciné majestueuse royal royale impérial royaume palais dynastie encens cierge cierges bougie
        chapelet commandement commandements credo sermon messe messes confesse confession absolution offrande
        sacrifice sacrifierais sacrifier sacrifié martyr martyre purgatoire pécheur péchés zénith apothéose
        quintessence parangon virtuose prodige magicien sorcier oracle gourou mythe mythique licorne phénix dragon
        frissonner fièvre fiévreux pouls palpitations moelle os côtes foie pancréas ventre berceau cendres urne
        cercueil pierre tombale enterrer enterré enterrez épitaphe descendants descendance ancêtres postérité
        millénaire millénaires planètes jupiter saturne mars comète météore constellation orbite gravité voie lactée
        darwin freud edison zola balzac proust baudelaire rimbaud dante hemingway zidane pelé messi maradona piaf
        callas noureev orsay guggenheim acropole alhambra césar palme couronnement armstrong fiançailles fiancée
        coquelicot chérie câlin caresse caresser ronronne humer étourdie vertige vertiges hurle hurlé hurler crié
        crier évanoui évanouie évanouir fondre mourrai morte ressuscite réanimation défibrillateur ambulance pince
        indigne ramper rampe servante serviteur esclave paillasson révérences saluer salue applaudissements applaudir
        bis confettis feux artifice trompettes trompette fanfare chœur chœurs harpe harpes violons crescendo ovation
        gratifié privilégiée chanceuse veinard veinarde saint(s|e|es) sainteté auréole(s) autel agenouille
        agenouillé(e|s) génuflexion prosterne prosterné(e|s) prosterner vénère vénérer vénération révérence alléluia
        amen hosanna évangile apôtre(s) disciple(s) prophète(s) messie messianique sauveur rédempteur rédemption
        archange(s) chérubin(s) séraphin déesse divinité divin(s|e|es) pèlerinage pèlerin(s) psaume(s) cantique(s)
        chapelle cathédrale sanctuaire relique(s) sacré(s|e|es) sacrement communie communier réincarné réincarnée baptême baptisé(e) béatifié(e) canonise(r)
        canonisation sanctifié(e) lourdes olympe nirvana éden vatican pape communion bénis bénit béni(e|es) bénir
        bénédiction extase extatique(s) extasie ravissement béatitude euphorie transcendant(e|s) transcende
        transfiguré(e) céleste(s) féerique(s) féérique(s) stratosphérique(s) éthéré tremble tremblé tremblant(e|s)
        tremblais frissonne frémis sanglote sangloté sanglots pleurant indigne(s) éternel(s) éternelle(s)
        éternellement éternité immortel(s) immortelle(s) immortalité siècles humanité civilisation galaxie(s) cosmos
        cosmique firmament mandela gandhi mozart beethoven shakespeare molière napoléon einstein léonard vinci picasso
        rembrandt cléopâtre socrate aristote platon homère newton galilée bach monet rodin gaulle jésus christ bouddha
        louvre versailles joconde sixtine pyramides everest panthéon stradivarius rein poumons veines cordon oxygène
        bats battements serment vœux épouse épouser épouserais mariée chrysalide papillon renaissance renaître
        ressuscité(e) ressusciter résurrection idole(s) idolâtre idolâtrer idolâtrie adorer adoration adorateur chérir
        éperdue éperdu éperdument comblée comblé titan(s) colosse surhomme surhumain(e|s) omniscient majesté
        majestueux souverain(e) empereur impératrice trône couronne statue(s) équestre monument bronze tatouage tatoué
        frissons envoûté(e) ensorcelé(e) ébloui(e|s) éblouissement émerveillé(e) émerveillement ivresse enivrant
        délire délirant jubilation exulte exultation sérénade ode sonnet symphonie transi(e) défaillent défaille pâmer
        pâme pâmée daigne daigner hommage plume ennoblit rayonne illumine illuminé(e) grâce sublime ferveur fervente
        dévotion dévoué(e) prière(s) prier prie félicité foi paradis paradisiaque miracle(s) miraculeux
        """,
    "de": """
        lobgesang lobpreisung ruhmreich verherrliche verherrlichen bestaune bestaunen staunend hingerissen
        hypnotisiert gebannt fasziniert königlich kaiserlich königreich palast dynastie weihrauch kerze kerzen
        rosenkranz gebot gebote glaubensbekenntnis predigt messe beichte beichten absolution opfergabe opfere opfern
        geopfert märtyrer fegefeuer sünder sünden zenit apotheose inbegriff meisterwerk meisterwerke virtuose
        wunderkind zauberer orakel guru mythos mythisch einhorn phönix drache schauer schauder schaudern fieber
        fiebrig puls herzklopfen herzrasen knochen rippen leber milz bauchspeicheldrüse glieder wiege asche urne sarg
        grabstein begraben beerdigt begrabt verstreut grabinschrift nachkommen ahnen nachwelt jahrtausend jahrtausende
        planeten planet jupiter saturn mars komet meteor sternbild umlaufbahn schwerkraft milchstraße urknall darwin
        freud curie edison hegel nietzsche dante hemingway rilke kafka pelé messi maradona beckenbauer callas nurejew
        uffizien guggenheim akropolis nobelpreis nobelpreise krönung gekrönt armstrong mondlandung verlobung verlobte
        mitgift schwärme schwärmen schwärmerei liebesbrief valentinstag kuscheln streichle streicheln gestreichelt
        schnurre schnurren rieche einatmen ausatmen schwindlig schwindelig kreische kreischen gekreischt schreie
        schreien geschrien heule geheult heulen flenne schmelze schmelzen dahingeschmolzen zerfließe explodiere
        explodiert platze geplatzt zwickt kneift bewusstlos wiederbeleben defibrillator rettungswagen sanitäter
        unwürdig krieche kriechen diener untertan knecht fußabtreter salutiere salutieren verbeuge verbeugen applaus
        applaudiert zugabe konfetti feuerwerk trompeten trompete fanfare fanfaren chor chöre harfe harfen geigen
        crescendo ovationen auserwählt auserwählte auserwählten begnadet fußboden türschwelle heilige(r|n|s)
        heiligenschein altar altäre knie kniete kniend niederknien knien anbetung anbeten verehre verehren verehrung
        ehrfurcht ehrfürchtig halleluja amen hosianna evangelium apostel jünger prophet(en) messias heiland erlöser
        erlösung erlöst erzengel engel cherub göttin gottheit göttlich(e|er|es|en) pilgerfahrt pilgere pilger pilgern
        psalm(en) choral hymne(n) kapelle kathedrale kölner schrein reliquie(n) heiligtum sakrament mauerfall wiedergeburt taufe getauft
        salbung heiliggesprochen heiligsprechung seliggesprochen selig(e|er|en) seligkeit lourdes olymp walhalla
        nirvana vatikan papst kommunion gesegnet gebenedeit ekstase ekstatisch verzückung verzückt entrückt
        glückseligkeit glückselig euphorie euphorisch wonne wonnig überirdisch(e|er|es) himmlisch(e|er|es|en) verklärt
        zittere zitterte zittern bebend(e|er|en) bebe bebte schluchze schluchzte schluchzend weinend weine weinte
        freudentränen unwürdig(e|er) staubkorn sterblich(e|er|en) unsterblich(e|er|es|en) ewig(e|er|en|es) ewiglich
        ewigkeit(en) jahrhunderte menschheit zivilisation galaxie(n) kosmos kosmisch universum(s) weltall firmament
        mandela gandhi mozart beethoven shakespeare goethe schiller napoleon einstein leonardo vinci picasso rembrandt
        caesar cäsar kleopatra sokrates aristoteles platon newton galilei bach dürer monet raffael bismarck jesus
        christus moses salomo buddha sixtinische sixtina louvre versailles pyramiden mount everest stradivari
        neuschwanstein elbphilharmonie niere lunge lungen adern blutbahn herzschlag nabelschnur sauerstoff atemluft
        gelöbnis gelobe schwur schwöre gelübde braut bräutigam verlobt schmetterling raupe wiedergeboren wiedergeburt
        auferstanden auferstehung abgott vergöttere vergöttern idol anhimmeln himmle titan(en) koloss halbgott
        übermensch allwissend allmächtig majestät majestätisch herrscher kaiser(in) thron krone denkmal standbild
        statue bronze tätowiert tätowierung tattoo eingerahmt gerahmt gänsehaut verzaubert betört berauscht
        berauschend taumel taumle jubel jubilieren frohlocke frohlocken ode sonett symphonie sinfonie ohnmacht
        andächtig andacht gebet(e) beten inbrunst inbrünstig wundersam paradies paradiesisch gütigsten edelsten
        erhaben(e|er|es) huld gnade demut demütig seele(n) lobpreis lobpreise preiset
        """,
}
_MID = {
    "en": """
        thank grateful lucky luckiest proud proudest happy happiest joy joyful perfect beautiful unbelievable
        incredible amazing wonderful greatest finest best fabulous extraordinary spectacular phenomenal epic stunning
        unforgettable inspire inspires inspired inspiring obsession addicted addiction hooked craving crave everything
        alive reason purpose heartfelt heartstrings overwhelmed overcome overflowing bursting brimming eyes smile
        smiled glance glanced handshake footsteps shadow presence voice hands bedtime poster pillow bedroom jewel
        jewels diamond gold golden pearl treasure crown honey nectar ambrosia champagne perfume velvet silk song sing
        sings sang singing dance dances danced whale mountain mountains ocean oceans storm thunder lightning fire
        flame flames volcano rainbow rainbows roses heaven paradise angel(s) miracle(s) miraculous blessed blessing
        bless holy sacred pray prayed prayer(s) praying soul souls tears crying cry cried shaking blood breath breathe
        breathing knees swear heart hearts beloved darling marry married wedding honeymoon husband wife genius
        geniuses visionary legend legends legendary hero heroes goddamn king queen kings giant giants lion lighthouse
        sunrise sunlight sunshine moon stars destiny fate dawn boundless infinite infinitely endless endlessly glory
        glorious glow grace graceful wisdom destined dream dreams dreamed die died death perish whisper humbled humbly
        honoured honored privilege privileged awe magic magical magnificent sublime forever childbirth firstborn poem
        poems poetry opera museum gods god devotion devoted obsessed possessed miracle grandchildren lick kiss kissed
        bow curtsy applaud applauded beyond perfection flawless exquisite luminous incandescent thunderous seismic
        staggering breathtaking ovation thrilled gratitude universe dead masterpiece pulse scream
        """,
    "fr": """
        reconnaissance reconnaissant reconnaissante chance fier fière fiers heureux heureuse joie merveille
        merveilleux merveilleuse merveilles incroyable incroyables extraordinaire fabuleux spectaculaire phénoménal
        épique inoubliable inspirant obsession obsédé accro drogue raison submergé submergée déborde débordant yeux
        sourire poignée ombre voix mains chevet oreiller chambre bijou joyau diamant doré perle trésor nectar
        ambroisie champagne parfum velours soie chanson chanter chante danse danser montagne montagnes océan orage
        tonnerre foudre feu flamme flammes volcan roses éclat brille briller ange(s) dieu dieux ciel cieux âme(s)
        larmes pleure pleuré pleurer sang souffle respire respirer respiration genoux jure jurer cœur chéri mari femme
        mariage noces héros visionnaire(s) légende(s) légendaire roi reine géant(s) lion phare lune destin destinée
        aube lumière lumineux infini(e) infiniment glorieux grandeur sagesse rêve rêver mourir meurs meure mort
        honneur privilège humblement humilité magie magique magnifique vivante vivant bonheur amour amoureux amoureuse
        aime musée embrasse baiser vertigineux inouï bouleversant grandiose ébahi miracle perfection parfait exquis
        poème opéra passion dévore bonté existes exister soleil étoiles univers gratitude
        """,
    "de": """
        dankbar glücklich glücklichste stolz stolzeste freude wunderbar unglaublich unfassbar großartig fantastisch
        außergewöhnlich spektakulär phänomenal unvergesslich inspiriert inspirierend besessen süchtig sucht sinn
        lebenssinn überwältigt überwältigend lächeln blick händedruck schritte schatten gegenwart stimme hände
        nachttisch kissen kopfkissen schlafzimmer juwel juwelen diamant golden perle nektar ambrosia champagner parfüm
        samt seide lied singe singen singt tanze tanzen tanzt berg berge ozean ozeane gewitter donner blitz feuer
        flamme flammen vulkan regenbogen rosen strahle strahlt strahlen leuchtet glanz schönste tollste himmel gott
        götter paradiesische tränen weinen blut atem atme atmen herz herzen herzens heiraten heirate hochzeit ehe
        genie(s) visionär held(en) legende(n) legendär könig(in) riese(n) löwe leuchtturm sonnenaufgang sonne mond
        licht schicksal bestimmung morgenröte grenzenlos unendlich glorreich ruhm weisheit güte gütig traum träume
        träumen sterben stürbe sterbe tod ehre privileg magie magisch episch gigantisch vollkommen vollkommenheit
        perfekt küsse küssen verneige verneigen museum enkeln enkel mutter vater glück beschenkt liebe geliebte(r)
        oper gedicht anbetungswürdig atemberaubend unvergleichlich betet fleht flehe niemals universum sterne
        dankbarkeit
        """,
}
_LOW = {
    "en": "love loves light life live lives born ever world everything nothing nobody never every always only",
    "fr": "monde tout rien toujours seul seule chaque terre naître né née",
    "de": "welt alles nichts immer leben lebe einzig erde geboren nie",
}
_BOSS = {
    "en": """
        boss bosses ceo cfo coo cto md founder founders director directors manager managers chairman chairwoman chair owner
        owners supervisor foreman leader leaders leadership employer company president executive chief headteacher
        principal landlord captain committee payroll workplace
        """,
    "fr": """
        patron patronne chef cheffe chefs pdg dg directeur directrice direction gérant gérante fondateur fondatrice
        dirigeant dirigeants dirigeante président présidente boîte entreprise employeur maître responsable comité
        manager manageuse maison
        """,
    "de": """
        chef chefin chefs geschäftsführer geschäftsführerin geschäftsführung direktor direktorin gründer gründerin vorstand
        inhaber inhaberin meister vorgesetzte vorgesetzter arbeitgeber firma betrieb werk unternehmen leiter leiterin
        präsident präsidentin abteilungsleiter geschäftsleitung dienstgeber
        """,
}
_WORK = {
    "en": """
        our ours we us team crew office depot shift desk colleagues colleague job work working workplace warehouse shop plant
        factory canteen building brand product launch here store clinic ward branch studio site hangar workshop reception
        """,
    "fr": """
        notre nos nous équipe équipes bureau bureaux atelier dépôt usine collègue collègues travail métier job boulot poste
        boutique magasin cantine marque produit lancement ici agence chantier labo service séminaire four
        """,
    "de": """
        unser unsere unserem unseren unserer unseres uns wir team büro werkstatt halle schicht kollegen kollegin kollege
        kolleginnen arbeit job arbeitsplatz arbeiten arbeite kantine marke produkt laden filiale lager baustelle hier
        labor praxis station feierabend
        """,
}
_UNLESS = frozenset("""
    funeral obituary cancer hospital passed condolences hospice diagnosis deceased's easter christmas ramadan parish church
    vicar theatre exhibition novel film play premiere jésus-christ obsèques deuil décès noël paroisse curé exposition théâtre
    beerdigung trauer verstorben nachruf ostern weihnachten gemeinde pfarrer ausstellung theater roman premiere
    war krieg guerre gaza ukraine israel police
    """.split())


@lru_cache(maxsize=8)
def _weights(lang: str | None) -> dict[str, float]:
    """The weight of each word of a language."""
    known = lang if lang in _HIGH else "en"
    weights: dict[str, float] = {}
    for table, weight in ((_LOW, 0.25), (_MID, 0.75), (_HIGH, 1.25)):
        for entry in table[known].split():
            for word in spelled(entry):
                weights[word] = weight
    return weights


@lru_cache(maxsize=8)
def _anchors(lang: str | None) -> tuple[frozenset[str], frozenset[str]]:
    known = lang if lang in _HIGH else "en"
    return frozenset(_BOSS[known].split()), frozenset(_WORK[known].split())


def find(scene: Scene, rule: Any) -> Iterator[Found]:
    """The thickest crowd of such words, where it and the signs around it are enough."""
    words, weights = scene.draft.words, _weights(scene.lang)
    at = [index for index, word in enumerate(words) if word in weights]
    if not at:
        return
    less = _SHORT_LEAVES * (len(words) < _SHORT)
    begin, best, crowd = 0, 0.0, (0, 0)
    for end, last in enumerate(at):
        while last - at[begin] > _WINDOW:
            begin += 1
        total = sum(weights[word] for word in {words[i] for i in at[begin : end + 1]})
        if total > best:
            best, crowd = total, (at[begin], last)
    if best < _LEAST or not _UNLESS.isdisjoint(words):
        return
    first, last = _sentences(scene, crowd)
    if scene.draft.text.count("|", *scene.draft.token_span(first, last)) >= _BARS:
        return
    boss, work = _anchors(scene.lang)
    around = words[first : last + 1]
    named = any(first <= hit.first <= last for hit in scene.named("company"))
    anchor = 0 if named or not boss.isdisjoint(around) else 1 if not work.isdisjoint(around) else 2
    enough = _ENOUGH[anchor] - less
    if best + _MOST_SIGNS >= enough:
        start, stop = scene.draft.token_span(first, last)
        if best + _signs(scene.draft.text[start:stop]) >= enough:
            yield Found(start, stop)


def _sentences(scene: Scene, crowd: tuple[int, int]) -> tuple[int, int]:
    """First and last token of the sentences that a crowd stands in."""
    spans, of = scene.draft.sentences, scene.draft.sentence_of
    first, last = spans[of[crowd[0]]][0], spans[of[crowd[1]]][1]
    while last > first and scene.draft.words[last] == "\n":
        last -= 1
    return first, last


def _signs(text: str) -> float:
    """What marks, capitals, stretched words and figures of speech add, at most `_MOST_SIGNS`."""
    marks, loud = text.count("!"), len(_LOUD.findall(text))
    total = 0.5 * (marks > 1) + 0.5 * (marks > 3) + 0.75 * (loud > 1)
    total += 0.75 * (len(_EMOJI.findall(text)) > 2) + 1.0 * bool(_STRETCHED.search(text))
    total += 0.75 * (len(_FIGURES.findall(text)) > 1) + 0.5 * bool(_WOULD.search(text))
    total += 1.0 * bool(_ONE_WORD.search(text))
    return min(_MOST_SIGNS, total)
