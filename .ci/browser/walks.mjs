// What is walked through, by name.

import { composing } from "./editing.mjs";
import { inPlace, onAPhone } from "./reading.mjs";
import { governing, working, writingOnAPhone } from "./roles.mjs";

export const walks = {
  "a reader with a phone, in Arabic, without JavaScript": onAPhone,
  "the listing changes in place": inPlace,
  "an editor, a moderator and a translator: news, a statement that is returned and translated, a featured case": working,
  "an editor with a phone, in Arabic": writingOnAPhone,
  "staff: a chapter, its first moderator, an item that is held": governing,
  "an editor composes a chapter's front, menu and footer in two languages": composing,
};
