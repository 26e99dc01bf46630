// The page of roots: its layout and its keys. All data comes from commands of the host (host.js).
import { calendarView } from './calendar.js';
import { connectionsView } from './connections.js';
import { element, failureBox } from './elements.js';
import { run } from './host.js';
import { drawSync, refreshEvery } from './refresh.js';
import { settingsView } from './settings.js';
import { open, registerViews, show, viewNames } from './showing.js';
import { choose, state } from './state.js';
import { timelineView } from './timeline.js';
import { watchDate } from './today.js';
import { say } from './words.js';

const byId = (id) => document.getElementById(id);

function drawFrame() {
  document.documentElement.lang = state.language;
  byId('private-label').textContent = say('private');
  byId('private').checked = state.hidesSickness;
  byId('language').value = state.language;
  byId('language').setAttribute('aria-label', say('language'));
  byId('refresh-label').textContent = say('refresh');
  byId('refresh').replaceChildren(
    ...[0, 5, 30, 60].map((minutes) =>
      element(
        'option',
        { value: minutes, selected: minutes === state.refreshMinutes },
        minutes ? say('every', { n: minutes }) : say('off'),
      ),
    ),
  );
  drawSync();
  byId('tabs').replaceChildren(
    ...viewNames().map((name) =>
      element(
        'button',
        {
          type: 'button',
          role: 'tab',
          id: 'tab-' + name,
          'aria-selected': String(state.tab === name),
          'aria-controls': 'main',
          tabindex: state.tab === name ? 0 : -1,
          onclick: () => open(name).then(() => byId('tab-' + name).focus()),
        },
        say(name),
      ),
    ),
  );
}

registerViews(
  { calendar: calendarView, timeline: timelineView, settings: settingsView, connections: connectionsView },
  drawFrame,
);

byId('private').addEventListener('change', (event) => {
  state.hidesSickness = event.target.checked;
  choose('private', state.hidesSickness ? 'yes' : 'no');
  show();
});
byId('language').addEventListener('change', (event) => {
  state.language = event.target.value;
  choose('language', state.language);
  show();
});
byId('refresh').addEventListener('change', (event) => refreshEvery(Number(event.target.value)));

// Arrow keys move between tabs; Page Up, Page Down and Home between months, weeks or days.
document.addEventListener('keydown', (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const tab = event.target.closest('[role=tab]');
  if (!step || !tab) return;
  const tabs = [...tab.parentElement.querySelectorAll('[role=tab]')];
  tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length].click();
});
document.addEventListener('keydown', (event) => {
  if (event.target.closest('input, select, dialog')) return;
  const key = { PageUp: 'before', PageDown: 'after', Home: 'today' }[event.key];
  const button = key && document.querySelector('[data-move="' + key + '"]');
  if (!button) return;
  event.preventDefault();
  button.click();
});

// The host determines the current day where the person works; run() receives it.
async function renewToday() {
  const before = state.today;
  try {
    await run(['status']);
  } catch {
    return false;
  }
  if (state.today !== before && ['calendar', 'timeline'].includes(state.tab)) await show();
  return true;
}

drawFrame();
watchDate(renewToday);
run(['status']).then(
  (status) => {
    state.anythingConnected = status.connections.length > 0 || !!status.moco;
    refreshEvery(state.refreshMinutes);
    return show();
  },
  (error) => byId('main').replaceChildren(failureBox(error)),
);
