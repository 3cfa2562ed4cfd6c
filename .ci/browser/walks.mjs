// What is walked through, by name.

import { composing } from "./editing.mjs";
import { inPlace, onAPhone } from "./reading.mjs";
import { governing, translating, writing, writingOnAPhone } from "./roles.mjs";

export const walks = {
  "a reader with a phone, in Arabic, without JavaScript": onAPhone,
  "the listing changes in place": inPlace,
  "an editor and a moderator: news, a statement that is returned, a featured case": writing,
  "an editor with a phone, in Arabic": writingOnAPhone,
  "a translator: a statement into Arabic, approved": translating,
  "staff: a chapter, its first moderator, an item that is held": governing,
  "an editor composes a chapter's front, menu and footer in two languages": composing,
};
