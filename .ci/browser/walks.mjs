// What is walked through, by name.

import { composing } from "./editing.mjs";
import { inPlace, onAPhone } from "./reading.mjs";

export const walks = {
  "a reader with a phone, in Arabic, without JavaScript": onAPhone,
  "the listing changes in place": inPlace,
  "an editor composes a chapter's front, menu and footer in two languages": composing,
};
