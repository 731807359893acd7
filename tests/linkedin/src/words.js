/**
 * The site's words by the account's language.
 *
 * Publicly noted for the real site: `start`, `title` (not fr), `editor`, `post`, and for German also `commentEditor`,
 * `media`, `addMedia`, `anyone`, `discard`, `saveDraft`, `scheduleCommit`. The rest of the German and French words are our own
 * translations: no test and no selector may rest on them.
 */
import { options } from "./page.js";

const WORDS = {
  en: {
    start: "Start a post", title: "Create a post", placeholderClassic: "What do you want to talk about?",
    placeholderSdui: "Share your thoughts ...", editor: "Text editor for creating content",
    commentEditor: "Text editor for creating comment", post: "Post", schedule: "Schedule post", media: "Media",
    addMedia: "Add media", emoji: "Open Emoji Keyboard", more: "More", scheduled: "Scheduled", anyone: "Post to Anyone",
    comments: "Comments: Anyone", dismiss: "Dismiss", discard: "Discard", saveDraft: "Save as draft",
    draftTitle: "Save this post as a draft?", draftText: "The post you started will be here when you come back.",
    posted: "Post successful.", view: "View post", failed: "Something went wrong. Please try again.",
    home: "Home", network: "My Network", jobs: "Jobs", messaging: "Messaging", notices: "Notifications", me: "Me",
    search: "Search", video: "Video", article: "Write article", like: "Like", comment: "Comment", replies: "comments", repost: "Repost",
    send: "Send", addComment: "Add a comment…", write: "Write a message…", now: "now", loading: "Loading",
    scheduleCommit: "Schedule", confirm: "Confirm", next: "Next", editorTitle: "Editor", repostThoughts: "Repost with your thoughts",
    menu: "Open control menu", editPost: "Edit post", save: "Save", edited: "Post updated.", later: "Post scheduled.",
    whoSees: "Who can see your post?", done: "Done", upsell: "Try Premium Page", notNow: "Not now", headline: "Title", articleText: "Article editor content", date: "Date", time: "Time",
  },
  de: {
    start: "Beitrag beginnen", title: "Beitrag erstellen", placeholderClassic: "Worüber möchten Sie sprechen?",
    placeholderSdui: "Teilen Sie Ihre Gedanken ...", editor: "Texteditor zum Erstellen von Inhalten",
    commentEditor: "Texteditor zum Erstellen von Kommentaren", post: "Posten", schedule: "Beitrag planen",
    media: "Medieninhalte", addMedia: "Mediendatei hinzufügen", emoji: "Emoji-Tastatur öffnen", more: "Mehr",
    scheduled: "Geplant", anyone: "Auf Alle posten", comments: "Kommentare: Alle", dismiss: "Verwerfen",
    discard: "Verwerfen", saveDraft: "Als Entwurf speichern", draftTitle: "Beitrag als Entwurf speichern?",
    draftText: "Der begonnene Beitrag ist hier, wenn Sie zurückkommen.", posted: "Beitrag veröffentlicht.",
    view: "Beitrag ansehen", failed: "Etwas ist schiefgegangen. Versuchen Sie es noch einmal.", home: "Start",
    network: "Ihr Netzwerk", jobs: "Jobs", messaging: "Nachrichten", notices: "Mitteilungen", me: "Sie", search: "Suche",
    video: "Video", article: "Artikel schreiben", like: "Gefällt mir", comment: "Kommentieren", replies: "Kommentare", repost: "Reposten",
    send: "Senden", addComment: "Kommentar hinzufügen …", write: "Nachricht verfassen …", now: "jetzt",
    loading: "Wird geladen",
    scheduleCommit: "Planen", confirm: "Bestätigen", next: "Weiter", editorTitle: "Editor", repostThoughts: "Mit eigenem Kommentar reposten",
    menu: "Kontrollmenü öffnen", editPost: "Beitrag bearbeiten", save: "Speichern", edited: "Beitrag aktualisiert.", later: "Beitrag geplant.",
    whoSees: "Wer kann Ihren Beitrag sehen?", done: "Fertig", upsell: "Premium testen", notNow: "Jetzt nicht", headline: "Titel", articleText: "Artikeltext", date: "Datum", time: "Uhrzeit",
  },
  fr: {
    start: "Commencer un post", title: "Créer un post", placeholderClassic: "De quoi souhaitez-vous parler ?",
    placeholderSdui: "Partagez vos idées ...", editor: "Éditeur de texte pour créer du contenu",
    commentEditor: "Éditeur de texte pour créer un commentaire", post: "Publier", schedule: "Programmer le post",
    media: "Média", addMedia: "Ajouter un média", emoji: "Ouvrir le clavier emoji", more: "Plus",
    scheduled: "Programmé", anyone: "Publier pour tout le monde", comments: "Commentaires : tout le monde",
    dismiss: "Fermer", discard: "Supprimer", saveDraft: "Enregistrer le brouillon",
    draftTitle: "Enregistrer ce post comme brouillon ?", draftText: "Vous retrouverez ici le post commencé.",
    posted: "Post publié.", view: "Voir le post", failed: "Une erreur s’est produite. Veuillez réessayer.",
    home: "Accueil", network: "Réseau", jobs: "Offres d’emploi", messaging: "Messagerie", notices: "Notifications",
    me: "Vous", search: "Rechercher", video: "Vidéo", article: "Rédiger un article", like: "J’aime",
    comment: "Commenter", replies: "commentaires", repost: "Republier", send: "Envoyer", addComment: "Ajouter un commentaire…",
    write: "Rédigez un message…", now: "maintenant", loading: "Chargement",
    scheduleCommit: "Programmer", confirm: "Confirmer", next: "Suivant", editorTitle: "Éditeur", repostThoughts: "Republier avec vos idées",
    menu: "Ouvrir le menu", editPost: "Modifier le post", save: "Enregistrer", edited: "Post modifié.", later: "Post programmé.",
    whoSees: "Qui peut voir votre post ?", done: "Terminé", upsell: "Essayer Premium", notNow: "Pas maintenant", headline: "Titre", articleText: "Texte de l’article", date: "Date", time: "Heure",
  },
};

// A language that nobody knows: every word spelt backwards.
WORDS.xx = Object.fromEntries(Object.entries(WORDS.en).map(([key, said]) => [key, [...said].reverse().join("")]));

export const words = WORDS[options.lang] ?? WORDS.en;
