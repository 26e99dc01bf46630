// Shows a view. A late reply never replaces a newer view.
import { element, failureBox } from './elements.js';
import { announce, showBanner } from './notices.js';
import { state } from './state.js';
import { hideTip } from './tip.js';
import { say } from './words.js';

const views = {}; // name -> async (call) => elements
let current = new AbortController();
let drawFrame = () => {};

export function registerViews(given, frame) {
  Object.assign(views, given);
  drawFrame = frame;
}

export const viewNames = () => Object.keys(views);

// Shows the chosen view again. A pending older one is canceled, also at the host.
export async function show() {
  current.abort();
  const mine = (current = new AbortController());
  drawFrame();
  const main = document.getElementById('main');
  main.setAttribute('aria-busy', 'true');
  if (!main.childElementCount) main.append(element('p', {}, say('loading')));
  const call = {
    signal: mine.signal,
    watch: (event) => {
      if (mine === current) announce(event);
    },
  };
  let parts;
  try {
    parts = await views[state.tab](call);
  } catch (error) {
    parts = error;
  }
  if (mine !== current) return;
  announce(null);
  main.removeAttribute('aria-busy');
  hideTip();
  if (Array.isArray(parts)) {
    main.replaceChildren(...parts);
  } else if (parts.gone && main.dataset.shown) {
    showBanner({ notices: [parts.message] }); // the data shown may be stale, but there is no other
    return;
  } else {
    main.replaceChildren(failureBox(parts));
  }
  main.dataset.shown = state.tab;
}

export function open(tab) {
  state.tab = tab;
  return show();
}
