/** Markup that is safe to put into a page as it stands. */
export class Html {
  constructor(readonly text: string) {}
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup with texts in it, each of them escaped. */
export const html = (markup: TemplateStringsArray, ...values: readonly (string | Html | readonly Html[])[]): Html =>
  new Html(
    String.raw(
      { raw: markup },
      ...values.map(value => {
        if (typeof value === 'string') return value.replace(/[&<>"']/g, character => ENTITIES[character] ?? '');
        return value instanceof Html ? value.text : value.map(({ text }) => text).join('');
      }),
    ),
  );
