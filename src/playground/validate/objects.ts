import { both, byType, type Check, fields, flag, law, list, oneOf, pattern, text } from './check.ts';

/** `plain_text` of 1 to `max` characters. */
export function plain(max: number): Check {
  return byType(() => ({ plain_text: fields({ text: text(1, max) }, { emoji: flag }) }));
}

/** `mrkdwn` of 1 to `max` characters. */
export function mrkdwn(max: number): Check {
  return byType(() => ({ mrkdwn: fields({ text: text(1, max) }, { verbatim: flag }) }));
}

/** Either text object of 1 to `max` characters. */
export function anyText(max: number): Check {
  return byType(() => ({
    plain_text: fields({ text: text(1, max) }, { emoji: flag }),
    mrkdwn: fields({ text: text(1, max) }, { verbatim: flag }),
  }));
}

/** An address for a link, https or http (Slack also takes mailto and tel in links). */
export const link: Check = both(text(1, 3000), pattern(/^(https?:\/\/|mailto:|tel:)\S+$/i, 'a valid url'));

/** An address of a picture: Slack fetches it, so it must be http(s). */
export const pictureUrl: Check = both(text(1, 3000), pattern(/^https?:\/\/\S+$/i, 'a valid url'));

/** The `confirm` object of buttons and selects. */
export const confirm: Check = fields(
  { text: anyText(300) },
  { title: plain(100), confirm: plain(30), deny: plain(30), style: oneOf('primary', 'danger') },
);

/** One option of a menu: text 75, value 150; `url` only inside an overflow menu. */
export function option(kind: 'plain' | 'any' | 'overflow'): Check {
  const words = kind === 'any' ? anyText(75) : plain(75);
  const more = { description: kind === 'any' ? anyText(75) : plain(75) };
  return fields({ text: words, value: text(1, 150) }, kind === 'overflow' ? { ...more, url: link } : more);
}

/** `options` or `option_groups`, never both, at most 100 options each. */
export const menu: Check = law((value) => {
  if (value.options === undefined && value.option_groups === undefined) return 'must have options or option_groups';
  if (value.options !== undefined && value.option_groups !== undefined) return 'only one of options and option_groups allowed';
  return undefined;
});

/** A group of options with a label of 75 characters. */
export const optionGroup: Check = fields({ label: plain(75), options: list(option('plain'), 1, 100) });

/** Where a picture comes from: `image_url`, or a `slack_file` with an id or a url. */
export const pictureFields: Record<string, Check> = {
  image_url: pictureUrl,
  slack_file: both(
    fields({}, { id: pattern(/^F[A-Z0-9]{8,}$/, 'a valid file id'), url: pictureUrl }),
    law((file) => ((file.id === undefined) === (file.url === undefined) ? 'must have id or url' : undefined)),
  ),
};

/** Exactly one source of a picture. */
export const onePicture: Check = law((value) =>
  (value.image_url === undefined) === (value.slack_file === undefined) ? 'must have image_url or slack_file' : undefined,
);

/** The picture inside contexts, cards and containers. */
export const pictureElement: Check = both(
  byType(() => ({ image: both(fields({ alt_text: text(1, 2000) }, pictureFields), onePicture) })),
);

/** `action_id`, at most 255 characters. */
export const actionId: Check = text(1, 255);
