import { Html } from './html.js';

export const STYLE = new Html(`
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --paper: #f3f5f8; --card: #fff; --line: #d7dde5;
  --field: #f3f5f8; --accent: #0b5cad; --on-accent: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa5b4; --paper: #11151b; --card: #1a2029;
  --line: #303945; --field: #11151b; --accent: #7ab8ff; --on-accent: #0b1420; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 34rem; padding: clamp(1.25rem, 5vw, 2.25rem); background: var(--card);
  border: 1px solid var(--line); border-radius: .75rem; overflow-wrap: anywhere; }
h1 { margin: 0 0 .75rem; font-size: 1.25rem; line-height: 1.35; }
p { margin: .75rem 0 0; color: var(--soft); }
form { margin: 1.5rem 0 1rem; }
button { font: inherit; font-weight: 600; padding: .6rem 1rem; border: 1px solid var(--accent); border-radius: .5rem;
  color: var(--accent); background: none; cursor: pointer; }
form button { width: 100%; padding: .8rem 1rem; color: var(--on-accent); background: var(--accent); }
label { display: block; margin-bottom: .35rem; font-size: .875rem; color: var(--soft); }
input { width: 100%; margin-bottom: .75rem; padding: .6rem .75rem; font: 1rem/1.5 ui-monospace, Menlo, Consolas, monospace;
  color: inherit; background: var(--field); border: 1px solid var(--line); border-radius: .5rem; }
input:focus-visible, button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
dl { margin: 1.25rem 0 1.5rem; }
dt { margin-top: 1rem; font-size: .875rem; color: var(--soft); }
dt::first-letter { text-transform: uppercase; }
dd { margin: .25rem 0 0; display: flex; gap: .5rem; align-items: start; }
code { flex: 1; min-width: 0; padding: .6rem .75rem; font: 1rem/1.5 ui-monospace, Menlo, Consolas, monospace;
  white-space: pre-wrap; word-break: break-all; background: var(--field); border: 1px solid var(--line); border-radius: .5rem; }
[hidden] { display: none; }
`);

/** Copies where the browser lets it, and else selects; what was shown goes when the page is left. */
export const SCRIPT = new Html(`
for (const button of document.querySelectorAll('dd button')) {
  const value = button.previousElementSibling;
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(value.textContent);
      button.textContent = button.dataset.done;
    } catch {
      getSelection().selectAllChildren(value);
    }
  });
}
addEventListener('pagehide', () => document.querySelector('dl')?.remove());
`);
