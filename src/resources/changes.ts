import { CHANGE_COLUMNS, changeRow } from '../guard/change-rows.js';
import { page } from '../words/table.js';
import { json, type Resource } from './resource.js';

export const changesResource: Resource = {
  name: 'changes',
  title: 'Changes',
  description:
    'The changes made, refused or declined through this server, newest first; the tool list_changes pages on with next_cursor.',
  uri: 'gigahost://changes',
  toolset: 'changes',
  mimeType: 'application/json',
  freshSeconds: 0,

  async read({ journal }) {
    const entries = await journal.read();
    return json(page(CHANGE_COLUMNS, entries.map(changeRow), { key: ['changes', {}] }));
  },
};
