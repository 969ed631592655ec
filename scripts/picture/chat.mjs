// A conversation as SVG: system fonts, and colours for light and dark that are both legible on any page.
const WIDTH = 760;
const MARGIN = 24;
const LINE = 22;
/** Widths of a letter at 15 pixels, on the generous side: fonts differ. */
const LETTER = 7.6;
const MONO_LETTER = 8.2;

const STYLE = `
  svg { color-scheme: light dark; }
  text { font: 15px system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; fill: #1f2328; }
  .mono { font: 13.5px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
  .soft { fill: #59636e; }
  .middle { text-anchor: middle; }
  .strong { font-weight: 600; }
  .page { fill: #ffffff; stroke: #d1d9e0; }
  .person { fill: #0969da; }
  .person-text, .yes-text { fill: #ffffff; }
  .call { fill: #f0f3f6; stroke: #d1d9e0; }
  .question { fill: #fff8e5; stroke: #bf8700; }
  .yes { fill: #1a7f37; }
  .no { fill: none; stroke: #8c959f; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .soft { fill: #9198a1; }
    .page { fill: #0d1117; stroke: #3d444d; }
    .person { fill: #1f6feb; }
    .call { fill: #151b23; stroke: #3d444d; }
    .question { fill: #272115; stroke: #9e6a03; }
    .yes { fill: #238636; }
  }
`;

const escaped = text => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const box = (kind, x, y, width, height, radius = 10) =>
  `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"/>`;
const words = (x, y, text, kind = '') => `<text${kind && ` class="${kind}"`} x="${x}" y="${y}">${escaped(text)}</text>`;
const centred = (x, y, text, kind = '') => words(x, y, text, `middle ${kind}`.trim());
const widthOf = (text, letter = LETTER) => Math.round(text.length * letter);

/** Lines no longer than that many letters. */
function wrapped(text, letters) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line && line.length + 1 + word.length > letters) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}

/** Each draws one turn from a height on, and says how high it is. */
const TURNS = {
  person({ text }, y) {
    const width = widthOf(text) + 32;
    const x = WIDTH - MARGIN - width;
    return {
      height: 40,
      parts: [box('person', x, y, width, 40, 20), centred(x + width / 2, y + 25, text, 'person-text')],
    };
  },

  call({ name, args }, y) {
    const given = Object.entries(args)
      .map(([key, value]) => `${key}=${value}`)
      .join(' ');
    const width = widthOf(`${name} ${given}`, MONO_LETTER) + 32;
    return {
      height: 34,
      parts: [
        box('call', MARGIN, y, width, 34),
        `<text class="mono" x="${MARGIN + 14}" y="${y + 22}"><tspan class="strong">${escaped(name)}</tspan> <tspan class="soft">${escaped(given)}</tspan></text>`,
      ],
    };
  },

  answer({ text }, y) {
    const lines = wrapped(text, 82);
    return {
      height: lines.length * LINE,
      parts: lines.map((line, at) => words(MARGIN + 14, y + 16 + at * LINE, line)),
    };
  },

  question({ lines, yes }, y) {
    const shown = lines.flatMap(line => wrapped(line.replace(/^- /, '• '), 74));
    const buttons = y + 36 + (shown.length + 1) * LINE;
    const yesWidth = widthOf(yes) + 32;
    return {
      height: buttons - y + 32 + 14,
      parts: [
        box('question', MARGIN, y, 620, buttons - y + 32 + 14),
        words(MARGIN + 16, y + 27, 'The server asks you', 'soft'),
        ...shown.map((line, at) => words(MARGIN + 16, y + 27 + (at + 1) * LINE + 3, line, at === 0 ? 'strong' : '')),
        box('yes', MARGIN + 16, buttons, yesWidth, 32, 6),
        centred(MARGIN + 16 + yesWidth / 2, buttons + 21, yes, 'yes-text'),
        box('no', MARGIN + 28 + yesWidth, buttons, 52, 32, 6),
        centred(MARGIN + 54 + yesWidth, buttons + 21, 'No'),
      ],
    };
  },
};

/** How far a turn is from the one before. */
const gapBefore = ({ kind }) => (kind === 'answer' ? 8 : 16);

export function chat(turns) {
  let y = MARGIN - 16;
  const parts = turns.flatMap(turn => {
    y += gapBefore(turn);
    const drawn = TURNS[turn.kind](turn, y);
    y += drawn.height;
    return drawn.parts;
  });
  const height = y + MARGIN - 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="A session on the sandbox">
<style>${STYLE}</style>
${[box('page', 0.5, 0.5, WIDTH - 1, height - 1, 12), ...parts].join('\n')}
</svg>
`;
}
