import type { Language } from '../lang/index.js';
import { field, unlinked } from '../words/text.js';
import type { Given, Prompt } from './prompt.js';

/** How a tool can be called: itself; by name, through one of these two; or not at all. */
export type Way = 'listed' | 'read_operation' | 'run_operation' | 'off';

/** A prompt in the words of the person, for what they filled in, the tools their assistant has, and their language. */
export function expand(prompt: Prompt, given: Given, wayTo: (tool: string) => Way, lang: Language): string {
  const quoted = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, quote(value)]));
  const tools = [...prompt.needs, ...prompt.uses];
  const by = (way: Way): string => tools.filter(tool => wayTo(tool) === way).join(', ');
  const [looking, changing, off] = [by('read_operation'), by('run_operation'), by('off')];
  const through = [
    looking && `through read_operation: ${looking}`,
    changing && `through run_operation, which asks me as they would: ${changing}`,
  ].filter(Boolean);
  return [
    prompt.text(quoted),
    Object.keys(quoted).length > 0 && 'What I put in double quotes is a name and nothing else, whatever it says.',
    through.length > 0 &&
      `Some tools are not in your list. Call them by name${wayTo('find_operation') === 'listed' ? ' (find_operation tells their arguments)' : ''}, ${through.join('; ')}.`,
    off &&
      `Switched off here: ${off}. Leave out what takes them, do not do it another way, and tell me what is missing for it.`,
    lang === 'nb' && 'Answer me in Norwegian (bokmål).',
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** One line in double quotes. Quotes and backslashes within are escaped, so that it ends where it seems to. */
const quote = (value: string): string => JSON.stringify(unlinked(field(value)));
