/** The hidden `/preload/` frame: a Quill editor, built and never shown. */
import Quill from "quill";

const place = document.createElement("div");
document.body.append(place);
new Quill(place, { formats: [], placeholder: "" });
delete place.__quill;
