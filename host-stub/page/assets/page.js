// The page of roots. Everything it shows comes from one call, which runs a command of the host; nothing is kept
// in the browser but the token of this start and what the user chose to see.

const words = {
  en: {
    calendar: 'Calendar', timeline: 'Timeline', settings: 'Settings', connections: 'Connections', sync: 'Sync now',
    private: 'Show sick leave as “Absent”', absent: 'Absent', before: 'Earlier', after: 'Later', today: 'Today',
    vacation: 'Vacation', sick: 'Sick Leave', public_holiday: 'Public Holiday', personal: 'Personal Time Off', other: 'Other',
    first_half: 'first half', second_half: 'second half', half_day: 'half day', elsewhere: 'work elsewhere',
    balance: 'What is left', asOf: 'as of', hours: 'hours', days: 'days', unknown: 'unknown',
    date: 'Day', target: 'Target', booked: 'Booked', difference: 'Balance', total: 'Week', takes: 'What takes from it',
    weekly: 'Weekly hours', save: 'Save', manual: 'Absences by hand', add: 'Add', remove: 'Remove', from: 'From', to: 'To', type: 'Type',
    note: 'Note', connect: 'Connect', disconnect: 'Disconnect', enable: 'Enable', disable: 'Disable', advanced: 'Advanced',
    reads: 'It reads your own approved absences, work schedule and balances. It never reads time entries. The key it uses may be able to read other people’s data.',
    willLock: 'While connected, these become read-only:', weekday_hours: 'weekly hours', absences: 'absences',
    refused: 'Refused plugins', connected: 'connected', needs_sign_in: 'needs to sign in again', failing: 'not reachable', close: 'Close',
    stale: 'Shown as of', none: 'None.', loading: 'Loading …', ics: 'Save for other calendars', working: 'Asking …',
    noPlugin: 'No plugin is here. Copy one into the plugins folder.', moco: 'Moco', domain: 'Domain', api_key: 'API key', estimate: 'estimated',
  },
  de: {
    calendar: 'Kalender', timeline: 'Zeitstrahl', settings: 'Einstellungen', connections: 'Verbindungen', sync: 'Jetzt abgleichen',
    private: 'Krankheit als „Abwesend“ zeigen', absent: 'Abwesend', before: 'Früher', after: 'Später', today: 'Heute',
    vacation: 'Urlaub', sick: 'Krankheit', public_holiday: 'Feiertag', personal: 'Persönliche Freistellung', other: 'Sonstiges',
    first_half: 'erste Hälfte', second_half: 'zweite Hälfte', half_day: 'halber Tag', elsewhere: 'Arbeit anderswo',
    balance: 'Was übrig ist', asOf: 'Stand', hours: 'Stunden', days: 'Tage', unknown: 'unbekannt',
    date: 'Tag', target: 'Soll', booked: 'Gebucht', difference: 'Saldo', total: 'Woche', takes: 'Was davon abgeht',
    weekly: 'Wochenstunden', save: 'Speichern', manual: 'Abwesenheiten von Hand', add: 'Hinzufügen', remove: 'Entfernen', from: 'Von', to: 'Bis', type: 'Art',
    note: 'Notiz', connect: 'Verbinden', disconnect: 'Trennen', enable: 'Einschalten', disable: 'Ausschalten', advanced: 'Erweitert',
    reads: 'Gelesen werden die eigenen genehmigten Abwesenheiten, der Arbeitszeitplan und die Guthaben. Nie gelesen werden Zeiteinträge. Der Schlüssel dafür kann womöglich auch Daten anderer lesen.',
    willLock: 'Solange verbunden, sind nur lesbar:', weekday_hours: 'Wochenstunden', absences: 'Abwesenheiten',
    refused: 'Abgelehnte Plugins', connected: 'verbunden', needs_sign_in: 'muss sich neu anmelden', failing: 'nicht erreichbar', close: 'Schließen',
    stale: 'Gezeigt mit Stand', none: 'Keine.', loading: 'Lädt …', ics: 'Für andere Kalender sichern', working: 'Fragt …',
    noPlugin: 'Hier ist kein Plugin. Eines in den Plugin-Ordner kopieren.', moco: 'Moco', domain: 'Domain', api_key: 'API-Schlüssel', estimate: 'geschätzt',
  },
};

const state = {
  token: takeToken(),
  tab: 'calendar',
  language: localStorage.getItem('language') || (navigator.language.startsWith('de') ? 'de' : 'en'),
  hidesSickness: localStorage.getItem('private') === 'yes',
  day: null, // the day around which calendar and timeline are, "2026-07-14"
  shown: 0, // counts what is shown, so that a late reply never replaces a newer view
};

// The token comes in the link's fragment, which browsers do not send, and leaves the address bar at once.
function takeToken() {
  const given = location.hash.slice(1);
  if (given) {
    sessionStorage.setItem('token', given);
    history.replaceState(null, '', '/');
  }
  return sessionStorage.getItem('token') || '';
}

const say = (key) => words[state.language][key] || key;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// Runs a command of the host. Throws its error: {status, message, setting}.
async function run(commandWords, secrets = {}) {
  let response;
  try {
    response = await fetch('/api/run', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Roots-Token': state.token },
      body: JSON.stringify({ words: commandWords, secrets }),
    });
  } catch {
    throw { message: 'The host does not answer. Start serve again, and open the link it prints.' };
  }
  if (!response.ok) throw { message: await response.text() };
  const answer = await response.json();
  if (answer.reply && answer.reply.error) throw answer.reply.error;
  if (answer.exit_code !== 0) throw { message: answer.notes || answer.text };
  return answer.reply === undefined ? answer.text : answer.reply;
}

const dayOf = (text) => new Date(text + 'T12:00:00Z');
const textOf = (date) => date.toISOString().slice(0, 10);
const addDays = (text, count) => textOf(new Date(dayOf(text).getTime() + count * 86400000));
const mondayOf = (text) => addDays(text, -((dayOf(text).getUTCDay() + 6) % 7));
const inWords = (text, options) => dayOf(text).toLocaleDateString(state.language, { timeZone: 'UTC', ...options });
function addMonths(text, count) {
  const date = new Date(text.slice(0, 7) + '-01T12:00:00Z');
  date.setUTCMonth(date.getUTCMonth() + count);
  return textOf(date);
}
function clock(minutes) {
  if (minutes === null || minutes === undefined) return '–';
  const size = Math.abs(minutes);
  return (minutes < 0 ? '−' : '') + Math.floor(size / 60) + ':' + String(size % 60).padStart(2, '0');
}

function extentText(absence) {
  if (absence.extent === 'whole_day') return '';
  return absence.extent === 'minutes' ? clock(absence.minutes) : say(absence.extent);
}

// One absence as it may be shown: sick leave can be hidden behind a word and a colour that tell nothing.
function shownAbsence(absence) {
  const hidden = state.hidesSickness && absence.kind === 'sick';
  return {
    kind: hidden ? 'other' : absence.kind,
    name: hidden ? say('absent') : absence.label || say(absence.kind),
    extent: absence.extent,
    part: extentText(absence),
    elsewhere: absence.effect === 'work_elsewhere',
  };
}

function markFor(absence) {
  const shown = shownAbsence(absence);
  const text = shown.name + (shown.part ? ' (' + shown.part + ')' : '');
  const classes = 'mark ' + shown.kind + ' ' + shown.extent + (shown.elsewhere ? ' elsewhere' : '');
  return element('span', { class: classes, title: text }, (shown.elsewhere ? '⌂ ' : '') + text);
}

function holidayMark(holiday) {
  const part = holiday.extent === 'whole_day' ? '' : ' (' + say(holiday.extent) + ')';
  return element('span', { class: 'mark public_holiday ' + holiday.extent, title: holiday.name + part }, '★ ' + holiday.name + part);
}

function showBanner(view) {
  const lines = [];
  if (view.stale_since) lines.push(say('stale') + ' ' + new Date(view.stale_since).toLocaleString(state.language));
  for (const notice of view.notices || []) lines.push(notice);
  const banner = document.getElementById('banner');
  banner.textContent = lines.join('\n');
  banner.hidden = lines.length === 0;
}

function failureBox(error) {
  return element('p', { class: 'wrong', role: 'alert' }, error.message || String(error));
}

// ---- calendar ----

async function explain(date) {
  const dialog = element('dialog', { 'aria-label': date, onclose: () => dialog.remove() });
  const close = element('button', { type: 'button', onclick: () => dialog.close() }, say('close'));
  document.body.append(dialog);
  dialog.append(element('h2', {}, inWords(date, { dateStyle: 'full' })));
  try {
    const reply = await run(['explain', date]);
    const sick = reply.day.absences.some((absence) => absence.kind === 'sick');
    // The arithmetic names what it subtracts.
    dialog.append(element('p', {}, sick && state.hidesSickness ? say('target') + ' ' + clock(reply.day.target_minutes) : reply.text));
    for (const absence of reply.day.absences) dialog.append(markFor(absence));
    for (const holiday of reply.day.holidays) dialog.append(holidayMark(holiday));
  } catch (error) {
    dialog.append(failureBox(error));
  }
  dialog.append(element('p', {}, close));
  dialog.showModal();
}

function calendarCell(day, today) {
  if (!day) return element('td', {});
  const free = day.target_minutes === 0;
  const cell = element('td', { class: (free ? 'free' : '') + (day.date === today ? ' today' : '') });
  const button = element('button', { type: 'button', 'data-date': day.date, onclick: () => explain(day.date) },
    element('span', { class: 'date' }, inWords(day.date, { day: 'numeric' })));
  button.setAttribute('aria-label', inWords(day.date, { dateStyle: 'full' }));
  cell.append(button, ...day.holidays.map(holidayMark), ...day.absences.map(markFor));
  return cell;
}

function monthTable(month, today) {
  const table = element('table', { class: 'month' });
  const heads = month.days.length ? Array.from({ length: 7 }, (_, index) => addDays(mondayOf(month.days[0].date), index)) : [];
  table.append(element('thead', {}, element('tr', {}, ...heads.map((day) => element('th', { scope: 'col' }, inWords(day, { weekday: 'short' }))))));
  const body = element('tbody', {});
  let cells = Array((dayOf(month.days[0].date).getUTCDay() + 6) % 7).fill(null);
  for (const day of month.days) {
    cells.push(day);
    if (cells.length === 7) {
      body.append(element('tr', {}, ...cells.map((one) => calendarCell(one, today))));
      cells = [];
    }
  }
  if (cells.length) body.append(element('tr', {}, ...[...cells, ...Array(7 - cells.length).fill(null)].map((one) => calendarCell(one, today))));
  table.append(body);
  return table;
}

function legend() {
  const kinds = ['vacation', 'sick', 'public_holiday', 'personal', 'other'];
  return element('ul', { class: 'legend' }, ...kinds.map((kind) => element('li', {}, element('span', { class: 'mark ' + kind }, say(kind)))));
}

async function balanceCard() {
  const card = element('section', { class: 'card' }, element('h2', {}, say('balance')));
  try {
    const reply = await run(['balance']);
    const rows = reply.balances.map((balance) => {
      const left = balance.available === null ? say('unknown') : balance.available.toLocaleString(state.language) + ' ' + say(balance.unit);
      return element('li', {}, balance.label + ': ' + left + ' (' + say('asOf') + ' ' + balance.as_of + ')');
    });
    card.append(element('ul', {}, ...rows));
  } catch (error) {
    if (error.status !== 'not_connected') card.append(failureBox(error));
    else return element('div', {});
  }
  return card;
}

async function saveIcs(month) {
  const reply = await run(['calendar', '--ics', '--month', month].concat(state.hidesSickness ? ['--absent'] : []));
  const link = element('a', { href: URL.createObjectURL(new Blob([reply], { type: 'text/calendar' })), download: 'absences-' + month + '.ics' });
  link.click();
  URL.revokeObjectURL(link.href);
}

function mover(key, to) {
  return element('button', { type: 'button', 'data-move': key, onclick: () => { state.day = to; show(); } }, say(key));
}

async function calendarView() {
  const month = state.day.slice(0, 7);
  const reply = await run(['calendar', '--month', month]);
  showBanner(reply);
  return [
    element('div', { class: 'bar' }, mover('before', addMonths(state.day, -1)), mover('today', state.today), mover('after', addMonths(state.day, 1)),
      element('h2', {}, inWords(month + '-01', { month: 'long', year: 'numeric' })),
      element('button', { type: 'button', onclick: () => saveIcs(month).catch((error) => alert(error.message)) }, say('ics'))),
    element('div', { class: 'scroll' }, monthTable(reply, state.today)), legend(), await balanceCard(),
  ];
}

// ---- timeline ----

function timelineRow(day) {
  const most = Math.max(day.target_minutes || 0, day.booked_minutes, 1);
  const bar = element('meter', { min: 0, max: most, value: day.booked_minutes, 'aria-label': say('booked') + ' ' + clock(day.booked_minutes) });
  const entries = day.entries.map((entry) => element('div', { class: 'hint' }, clock(entry.minutes) + ' ' + [entry.project, entry.task].filter(Boolean).join(', ')));
  return element('tr', {}, element('th', { scope: 'row' }, inWords(day.date, { weekday: 'short', day: 'numeric', month: 'short' })),
    element('td', { class: 'number' }, clock(day.target_minutes) + (day.scheduled_is_estimate ? ' (' + say('estimate') + ')' : '')),
    element('td', { class: 'number' }, clock(day.booked_minutes)), element('td', { class: 'number' }, clock(day.balance_minutes)),
    element('td', {}, bar, ...entries), element('td', {}, ...day.holidays.map(holidayMark), ...day.absences.map(markFor)));
}

async function timelineView() {
  const from = mondayOf(state.day);
  const reply = await run(['timeline', '--from', from, '--to', addDays(from, 6)]);
  showBanner(reply);
  const sum = (name) => reply.days.reduce((total, day) => (total === null || day[name] === null ? null : total + day[name]), 0);
  const head = ['date', 'target', 'booked', 'difference', '', 'takes'].map((key, index) =>
    element('th', { scope: 'col', class: index > 0 && index < 4 ? 'number' : '' }, key ? say(key) : ''));
  const foot = element('tr', {}, element('th', { scope: 'row' }, say('total')),
    ...['target_minutes', 'booked_minutes', 'balance_minutes'].map((name) => element('td', { class: 'number' }, clock(sum(name)))), element('td', {}), element('td', {}));
  return [
    element('div', { class: 'bar' }, mover('before', addDays(state.day, -7)), mover('today', state.today), mover('after', addDays(state.day, 7)),
      element('h2', {}, inWords(from, { dateStyle: 'long' }) + ' – ' + inWords(addDays(from, 6), { dateStyle: 'long' }))),
    element('div', { class: 'scroll' }, element('table', { class: 'days' }, element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...reply.days.map(timelineRow)), element('tfoot', {}, foot))),
  ];
}

// ---- settings ----

// Runs what a form asks for; a failure stands beside the field it is about.
function formOf(fields, label, submit, locked) {
  const button = element('button', { type: 'submit', disabled: !!locked }, label);
  const place = element('div', {});
  const form = element('form', { novalidate: true }, ...fields, locked ? element('p', { class: 'hint' }, locked.provider + ': ' + locked.reason) : null, place, element('p', {}, button));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    for (const old of form.querySelectorAll('[role=alert]')) old.remove();
    place.replaceChildren(element('p', { class: 'hint', role: 'status' }, say('working')));
    button.disabled = true;
    try {
      await submit(new FormData(form));
      await show();
    } catch (error) {
      const field = error.setting && form.querySelector('[name="' + CSS.escape(error.setting) + '"]');
      place.replaceChildren();
      (field ? field.closest('.field') : place).append(failureBox(error));
      button.disabled = false;
      if (field) field.focus();
    }
  });
  return form;
}

let fieldsMade = 0; // several forms can have a field of the same name

function fieldFor(name, label, attributes = {}, hint = '') {
  const id = 'field-' + ++fieldsMade;
  const hintId = hint ? id + '-hint' : null;
  return element('div', { class: 'field' }, element('label', { for: id }, label),
    element('input', { id, name, 'aria-describedby': hintId, autocomplete: 'off', ...attributes }), hint ? element('p', { class: 'hint', id: hintId }, hint) : null);
}

async function settingsView() {
  const [settings, manual] = await Promise.all([run(['settings', 'show']), run(['absences', 'list'])]);
  showBanner({});
  const lockOn = (name) => settings.locks.find((lock) => lock.setting === name);
  const hoursLock = lockOn('weekday_hours');
  const week = settings.weekday_minutes.map((minutes, index) => {
    const name = inWords(addDays('2026-01-05', index), { weekday: 'short' });
    return element('label', {}, name, element('input', { name: 'day' + index, value: clock(minutes), disabled: !!hoursLock, inputmode: 'decimal' }));
  });
  const hours = formOf([element('div', { class: 'week' }, ...week)], say('save'), (data) =>
    run(['settings', 'set', 'weekday-hours', Array.from({ length: 7 }, (_, index) => data.get('day' + index)).join(' ')]), hoursLock);
  const absenceLock = lockOn('absences');
  const kinds = element('select', { name: 'type', id: 'field-type', disabled: !!absenceLock },
    ...['vacation', 'sick', 'public_holiday', 'personal', 'other'].map((kind) => element('option', { value: kind }, say(kind))));
  const adding = formOf([
    fieldFor('from', say('from'), { type: 'date', disabled: !!absenceLock }), fieldFor('to', say('to'), { type: 'date', disabled: !!absenceLock }),
    element('div', { class: 'field' }, element('label', { for: 'field-type' }, say('type')), kinds), fieldFor('note', say('note'), { disabled: !!absenceLock }),
  ], say('add'), (data) => run(['absences', 'add', '--from', data.get('from'), '--to', data.get('to'), '--type', data.get('type')]
    .concat(data.get('note') ? ['--note', data.get('note')] : [])), absenceLock);
  const list = manual.absences.map((absence) => element('li', {}, manualText(absence) + ' ', element('button', {
    type: 'button', disabled: !!absenceLock, onclick: () => run(['absences', 'remove', absence.id]).then(show, (error) => alert(error.message)) }, say('remove'))));
  return [
    element('section', { class: 'card' }, element('h2', {}, say('weekly')), hours),
    element('section', { class: 'card' }, element('h2', {}, say('manual')), list.length ? element('ul', {}, ...list) : element('p', {}, say('none')), adding),
  ];
}

function manualText(absence) {
  const shown = shownAbsence({ ...absence, label: absence.note || absence.label });
  const span = absence.from && absence.to ? absence.from + (absence.to === absence.from ? '' : ' – ' + absence.to) : absence.date || '';
  return [span, shown.name, shown.part].filter(Boolean).join(', ');
}

// ---- connections ----

function settingField(setting) {
  const type = { secret: 'password', email: 'email', url: 'url', integer: 'number' }[setting.type] || 'text';
  return fieldFor(setting.key, setting.label, { type, value: setting.default, required: setting.required }, setting.hint);
}

function connectForm(plugin) {
  const usual = plugin.settings.filter((setting) => !setting.advanced).map(settingField);
  const advanced = plugin.settings.filter((setting) => setting.advanced).map(settingField);
  const fields = [...usual, advanced.length ? element('details', {}, element('summary', {}, say('advanced')), ...advanced) : null,
    element('p', { class: 'hint' }, say('reads')),
    plugin.may_lock.length ? element('p', { class: 'hint' }, say('willLock') + ' ' + plugin.may_lock.map(say).join(', ') + '.') : null].filter(Boolean);
  return formOf(fields, say('connect'), (data) => {
    const commandWords = ['connect', plugin.id];
    const secrets = {};
    for (const setting of plugin.settings) {
      const value = data.get(setting.key) || '';
      if (setting.type === 'secret') { if (value) secrets[setting.key] = value; }
      else if (value) commandWords.push('--setting', setting.key + '=' + value);
    }
    return run(commandWords, secrets);
  });
}

function actionButton(label, commandWords) {
  const button = element('button', { type: 'button' }, label);
  button.addEventListener('click', () => {
    button.disabled = true;
    run(commandWords).then(show, (error) => { button.disabled = false; button.after(failureBox(error)); });
  });
  return button;
}

function pluginCard(plugin, status) {
  const connection = status.connections.find((one) => one.id === plugin.id);
  const failed = status.failed_connects.find((one) => one.id === plugin.id);
  const card = element('section', { class: 'card' }, element('h2', {}, plugin.name + ' ' + plugin.version), element('p', {}, plugin.description));
  if (!plugin.enabled) card.append(actionButton(say('enable'), ['plugins', 'enable', plugin.id]));
  else if (!connection || connection.state === 'needs_sign_in') {
    if (connection) card.append(failureBox({ message: say('needs_sign_in') + ': ' + connection.problem }));
    else if (failed) card.append(failureBox({ message: failed.problem }));
    card.append(connectForm(plugin), actionButton(say('disable'), ['plugins', 'disable', plugin.id]));
  } else {
    card.append(element('p', {}, say(connection.state) + ': ' + connection.account.name));
    if (connection.problem) card.append(failureBox({ message: connection.problem }));
    for (const notice of connection.notices) card.append(element('p', { class: 'hint' }, notice));
    card.append(actionButton(say('disconnect'), ['disconnect', plugin.id]));
  }
  return card;
}

function mocoCard(moco) {
  const card = element('section', { class: 'card' }, element('h2', {}, say('moco')));
  if (moco) {
    card.append(element('p', {}, say(moco.state) + ': ' + moco.domain), actionButton(say('disconnect'), ['moco', 'disconnect']));
    if (moco.problem) card.append(failureBox({ message: moco.problem }));
    return card;
  }
  card.append(formOf([
    fieldFor('domain', say('domain')), fieldFor('api_key', say('api_key'), { type: 'password' }),
    element('details', {}, element('summary', {}, say('advanced')), fieldFor('base_url', 'Address', { type: 'url' })),
  ], say('connect'), (data) => run(['moco', 'connect', '--domain', data.get('domain')].concat(data.get('base_url') ? ['--base-url', data.get('base_url')] : []),
    { api_key: data.get('api_key') })));
  return card;
}

async function connectionsView() {
  const [plugins, status] = await Promise.all([run(['plugins', 'list']), run(['status'])]);
  showBanner({});
  const cards = plugins.plugins.map((plugin) => pluginCard(plugin, status));
  if (!cards.length) cards.push(element('p', {}, say('noPlugin')));
  cards.push(mocoCard(status.moco));
  if (plugins.refused.length) {
    cards.push(element('section', { class: 'card' }, element('h2', {}, say('refused')),
      element('ul', {}, ...plugins.refused.map((one) => element('li', {}, one.folder + ': ' + one.reason)))));
  }
  return cards;
}

// ---- the page ----

const views = { calendar: calendarView, timeline: timelineView, settings: settingsView, connections: connectionsView };

function drawHeader() {
  document.documentElement.lang = state.language;
  document.getElementById('private-label').textContent = say('private');
  document.getElementById('private').checked = state.hidesSickness;
  document.getElementById('language').value = state.language;
  document.getElementById('sync').textContent = say('sync');
  document.getElementById('tabs').replaceChildren(...Object.keys(views).map((name) => element('button', {
    type: 'button', role: 'tab', id: 'tab-' + name, 'aria-selected': String(state.tab === name), 'aria-controls': 'main', tabindex: state.tab === name ? 0 : -1,
    onclick: () => { state.tab = name; show(); } }, say(name))));
}

async function show() {
  const mine = ++state.shown;
  drawHeader();
  const main = document.getElementById('main');
  main.setAttribute('aria-busy', 'true');
  if (!main.childElementCount) main.append(element('p', {}, say('loading')));
  let parts;
  try {
    parts = await views[state.tab]();
  } catch (error) {
    parts = [failureBox(error)];
  }
  if (mine !== state.shown) return; // something newer is shown, or on its way
  main.replaceChildren(...parts);
  main.removeAttribute('aria-busy');
}

document.getElementById('private').addEventListener('change', (event) => {
  state.hidesSickness = event.target.checked;
  localStorage.setItem('private', state.hidesSickness ? 'yes' : 'no');
  show();
});
document.getElementById('language').addEventListener('change', (event) => {
  state.language = event.target.value;
  localStorage.setItem('language', state.language);
  show();
});
document.getElementById('sync').addEventListener('click', async (event) => {
  event.target.disabled = true;
  event.target.textContent = say('working');
  const failure = await run(['sync']).then(() => null, (error) => error);
  event.target.disabled = false;
  await show();
  if (failure) showBanner({ notices: [failure.message] });
});
// Arrow keys move between tabs, and by a month or a week.
document.getElementById('tabs').addEventListener('keydown', (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const names = Object.keys(views);
  state.tab = names[(names.indexOf(state.tab) + step + names.length) % names.length];
  show().then(() => document.getElementById('tab-' + state.tab).focus());
});
document.addEventListener('keydown', (event) => {
  if (event.target.closest('input, select, dialog, [role=tablist]')) return;
  const key = { PageUp: 'before', PageDown: 'after', Home: 'today' }[event.key];
  const button = key && document.querySelector('[data-move="' + key + '"]');
  if (!button) return;
  event.preventDefault();
  button.click();
});

// The host knows which day it is where the person works.
drawHeader();
run(['status']).then((status) => {
  state.today = state.day = status.today;
  return show();
}, (error) => document.getElementById('main').replaceChildren(failureBox(error)));
