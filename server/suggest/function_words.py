"""Words that say how a sentence is built rather than what it is about, and words too general to make a fit.

Written for this project, in folded form (lower case, no accents). They also tell the language of a draft.
"""

from __future__ import annotations

BUILDING = {
    "en": frozenset("""
        about above after again against all also although always am among an and any are around as at back be
        because been before being below between both but by can cannot could couldn did didn do does doesn doing don
        done down during each either else ever every everyone everything few for from further get gets getting give
        gives go goes going gone got had hadn has hasn have haven having he her here hers him his how however if in
        into is isn it its itself just know let like ll many may me might mine more most much must my myself near
        never next no nor not nothing now of off often on once one only onto or other others our ours out over own
        perhaps put quite rather re really same see seen shall she should shouldn since so some someone something
        still such take takes than that the their theirs them then there these they thing things this those though
        through till to together too under until up upon us use used uses very via was wasn we well went were weren
        what whatever when where whether which while who whole whom whose why will with within without won would
        wouldn yes yet you your yours yourself ve
        """.split()),
    "fr": frozenset("""
        afin ai aient ainsi ait alors apres as assez au aucun aujourd aura aurait aussi autre autres aux avait avant
        avec avez avoir avons beaucoup bien car ce ceci cela celle celles celui ces cet cette ceux chacun chaque
        chez ci comme comment contre dans de deja depuis des dont du elle elles en encore entre es est et etaient
        etait etant ete etes etre eu eux fait faire faut fois font hui ici il ils je jusqu jusque la le les leur
        leurs lors lorsque lui ma mais me meme memes mes moi moins mon ne ni non nos notre nous on ont or ou par
        parce parfois pas pendant peu peut peuvent plus plusieurs plutot pour pourquoi pourtant puis puisque qu
        quand que quel quelle quelles quelque quelques quels qui quoi rien sa sans se selon sera serait ses
        seulement si sinon soi soit sommes son sont sous souvent suis sur ta tandis te tellement tes toi ton
        toujours tous tout toute toutes tres trop tu un une va vais vers voici voila vont vos votre vous vraiment vu
        """.split()),
    "de": frozenset("""
        aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bereits bin bis bist
        da dabei dadurch daher damit danach dann daran darauf darum das dass davon dazu dein deine dem den denn der
        des deshalb die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines
        einfach einige einmal er es etwas euch euer eure fast fur ganz gar gegen gehabt geht genau gerade gern gerne
        gibt hab habe haben hat hatte hatten her hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im
        immer in ins ist ja jede jedem jeden jeder jedes jetzt kann kannst kein keine keinem keinen keiner konnen
        konnte macht machen man manche mehr mein meine meinem meinen meiner mich mir mit muss mussen nach nachdem
        nicht nichts nie noch nun nur ob oder ohne schon sehr sein seine seinem seinen seiner seit selbst sich sie
        sind so sogar solche statt trotz wahrend wegen soll sollen sondern sonst sowie uber um und uns unser unsere
        unserem unseren unserer unter viel viele vom von vor war waren warum was weil weiter welche welcher wenn wer
        werde werden wie wieder will wir wird wirklich wo wurde wurden zu zum zur zwar zwischen
        """.split()),
}

GENERAL = {
    "en": frozenset("""
        amazing big come comes coming company day days excited favourite find first found good great happy help hour
        hours last little long look looking lot love made make makes making month months new nice old people place
        please post proud read say says share small start started still stop stopped stops stuff sure team thank
        thanks think time times today told three tomorrow tonight try two want way week weeks work working world
        year years yesterday
        """.split()),
    "fr": frozenset("""
        an annee annees ans beau belle besoin bon bonne bonjour chose choses deux entreprise equipe fier fiere grand
        grande heureux heureuse heure heures jour journee jours lire merci mieux mois monde nouveau nouveaux nouvel
        nouvelle nouvelles partager petit petite premier premiere semaine semaines temps travail trois veut veux
        """.split()),
    "de": frozenset("""
        arbeit beste besten bitte danke drei erste ersten freue freuen ganze gerade gross grosse gute guten heute
        jahr jahre jahren kleine klein kommen kommt leute lesen menschen monat monate morgen neu neue neuen neuer
        neues schone stunden tag tage tagen team teilen unternehmen viele welt woche wochen zeit zwei
        """.split()),
}

SILENT = {lang: BUILDING[lang] | GENERAL[lang] for lang in BUILDING}
