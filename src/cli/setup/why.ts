import type { Why } from '../../clients/index.js';
import type { Messages } from '../../lang/index.js';

/** Why a file was left as it is, in words. */
export function whyWords(why: Why, words: Messages['setup']['why']): string {
  switch (why.kind) {
    case 'unparsable':
      return words.unparsable(why.line, why.column, why.what);
    case 'no table':
      return why.key === undefined ? words.noRoot : words.noTable(why.key);
    case 'taken':
      return words.taken(why.name, why.starts);
    case 'not editable':
      return words.notEditable;
    case 'not text':
      return words.notText;
    case 'list lost':
      return words.listLost(why.file);
    case 'out of reach':
      return words.outOfReach(why.code);
  }
}
