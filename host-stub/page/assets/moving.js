// Shared by calendar and timeline: navigation to other days and spans, and the hint when nothing is connected yet.
import { timeInWords } from './dates.js';
import { button, card, element, hint } from './elements.js';
import { open, show } from './showing.js';
import { state } from './state.js';
import { say } from './words.js';

// to: () => day. Called at the click, so that quick clicks add up.
export function mover(key, to) {
  return button(
    say(key),
    () => {
      state.day = to();
      show();
    },
    { 'data-move': key },
  );
}

export function modes(names, current, choose) {
  return element(
    'span',
    { class: 'modes', role: 'group' },
    ...names.map((name) =>
      button(
        say(name),
        () => {
          choose(name);
          show();
        },
        { 'data-mode': name, 'aria-pressed': String(name === current) },
      ),
    ),
  );
}

export function welcome() {
  if (state.anythingConnected) return null;
  return card(
    say('welcome'),
    element('p', {}, say('welcomeText')),
    button(say('openConnections'), () => open('connections')),
  );
}

export const ageOf = (reply) => (reply.as_of ? hint(say('asOf', { time: timeInWords(reply.as_of) })) : null);
