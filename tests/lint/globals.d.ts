/**
 * What content scripts share: the files of one manifest entry hand each other one object each on `globalThis`.
 * Their own JSDoc says what is in it.
 */
declare var SaysoAftermath: any;
declare var SaysoAuthor: any;
declare var SaysoBeside: any;
declare var SaysoBox: any;
declare var SaysoCard: any;
declare var SaysoComposer: any;
declare var SaysoEditorText: any;
declare var SaysoEvidence: any;
declare var SaysoFindings: any;
declare var SaysoFold: any;
declare var SaysoFollowing: any;
declare var SaysoGlimpse: any;
declare var SaysoHighlights: any;
declare var SaysoIcons: any;
declare var SaysoInPage: any;
declare var SaysoLeftOut: any;
declare var SaysoLinkedIn: any;
declare var SaysoMending: any;
declare var SaysoOwnFigures: any;
declare var SaysoPanel: any;
declare var SaysoPanelParts: any;
declare var SaysoPointing: any;
declare var SaysoPosting: any;
declare var SaysoPress: any;
declare var SaysoQuestion: any;
declare var SaysoSession: any;
declare var SaysoStateLine: any;
declare var SaysoStructure: any;
declare var SaysoView: any;
declare var SaysoWords: any;
declare var SaysoWorker: any;
