// The connection manager: a tab for each enabled provider, one for Moco, one for the plugins there are.
import { clock, timeInWords } from './dates.js';
import { ask, button, card, element, failureBox, formOf, hint, saveFile, textField } from './elements.js';
import { run } from './host.js';
import { showBanner } from './notices.js';
import { weekdays } from './settings.js';
import { show } from './showing.js';
import { state } from './state.js';
import { StepList } from './steps.js';
import { say } from './words.js';

const lastSteps = new Map(); // by connection: how connecting went, until the page is left

const inputTypes = { secret: 'password', email: 'email', url: 'url', integer: 'number' };

// kept: what was used before, without secrets.
function settingField(setting, kept) {
  return textField(setting.key, setting.label, { type: inputTypes[setting.type] || 'text', value: kept[setting.key] ?? setting.default, required: setting.required }, setting.hint);
}

function weekTable(minutes) {
  return element('table', { class: 'days' }, element('tbody', {},
    element('tr', {}, ...weekdays().map((name) => element('th', { scope: 'col', class: 'number' }, name))),
    element('tr', {}, ...minutes.map((one) => element('td', { class: 'number' }, clock(one))))));
}

// What will be read-only, and what it will be. Resolves with whether the user agrees.
async function agreesTo(preview, name) {
  const locks = preview.locks.map((lock) => lock.setting);
  const content = [element('p', {}, say('previewAccount', { name, account: preview.account.name }))];
  if (!locks.length) content.push(element('p', {}, say('previewNothing')));
  if (locks.includes('weekday_hours') && preview.weekday_minutes) {
    content.push(element('p', {}, say('previewHours')), weekTable(preview.weekday_minutes), element('p', {}, say('previewHoursNow')), weekTable(preview.manual_weekday_minutes));
  }
  if (locks.includes('absences')) content.push(element('p', {}, say('previewAbsences', { name })));
  if (preview.manual_absences) content.push(element('p', {}, say('previewKept', { n: preview.manual_absences })));
  content.push(...preview.notices.map(hint));
  return (await ask(say('previewTitle', { name }), content, [[say('connect'), 'connect'], [say('cancel'), '']])) === 'connect';
}

// What the user typed, as a command and the secrets beside it.
function connectCall(plugin, data) {
  const words = ['connect', plugin.id];
  const secrets = {};
  for (const setting of plugin.settings) {
    const value = data.get(setting.key) || '';
    if (!value) continue;
    if (setting.type === 'secret') secrets[setting.key] = value;
    else words.push('--setting', setting.key + '=' + value);
  }
  return { words, secrets };
}

// Shows the steps of connect(steps) in place; they stay beside the connection that it makes. It says whether it made one.
async function stepByStep(id, place, connect) {
  const steps = new StepList();
  place.replaceChildren(steps.shown);
  if (!(await connect(steps))) {
    place.replaceChildren();
    return;
  }
  lastSteps.set(id, steps.shown);
  await show();
}

function connectForm(plugin, connection) {
  const kept = connection?.settings || {};
  const fields = (advanced) => plugin.settings.filter((setting) => !!setting.advanced === advanced).map((setting) => settingField(setting, kept));
  const advanced = fields(true);
  const about = element('div', { class: 'about' }, element('p', {}, say('reads')), element('p', {}, say('neverReads')), element('p', {}, say('mayReadMore')),
    plugin.may_lock.length ? element('p', {}, say('willLock') + ' ' + plugin.may_lock.map((name) => say(name)).join(', ') + '.') : null);
  const connect = (data, place) => stepByStep(plugin.id, place, async (steps) => {
    const { words, secrets } = connectCall(plugin, data);
    const watch = (event) => steps.take(event);
    if (!connection?.locks.length) {
      const preview = await run([...words, '--preview'], { secrets, watch });
      if (!(await agreesTo(preview, plugin.name))) return false;
      steps.startAgain();
    }
    await run(words, { secrets, watch });
    return true;
  });
  return formOf([about, ...fields(false), advanced.length ? element('details', {}, element('summary', {}, say('advanced')), ...advanced) : null].filter(Boolean), say('connect'), connect);
}

function actionButton(label, words, after = () => {}) {
  const made = button(label, () => {
    made.disabled = true;
    run(words).then(() => { after(); return show(); }, (error) => { made.disabled = false; made.after(failureBox(error)); });
  });
  return made;
}

const disconnectButton = (id, words) => actionButton(say('disconnect'), words, () => lastSteps.delete(id));

// When each kind of data was fetched last, and why not since.
function freshnessTable(data) {
  const rows = Object.entries(data).map(([part, one]) => element('tr', {}, element('th', { scope: 'row' }, say(part)),
    element('td', {}, one.last_sync ? timeInWords(one.last_sync) : say('never')), element('td', {}, one.problem || '')));
  return element('div', { class: 'scroll' }, element('table', { class: 'days' },
    element('thead', {}, element('tr', {}, ...['part', 'lastSync', 'missing'].map((key) => element('th', { scope: 'col' }, say(key))))),
    element('tbody', {}, ...rows)));
}

function connectedParts(plugin, connection, settings) {
  const ownsHours = settings.weekday_minutes_source === plugin.id;
  return [
    element('p', {}, say(connection.state) + ': ' + connection.account.name),
    connection.problem ? failureBox({ message: connection.problem }) : null,
    lastSteps.get(plugin.id),
    ownsHours ? element('h3', {}, say('weekly') + (settings.is_estimate ? ' ' + say('estimate') : '')) : null,
    ownsHours ? weekTable(settings.weekday_minutes) : null,
    connection.locks.length ? element('p', {}, say('locked') + ': ' + connection.locks.map((lock) => say(lock.setting)).join(', ') + '.') : null,
    freshnessTable(connection.data), ...connection.notices.map(hint),
    disconnectButton(plugin.id, ['disconnect', plugin.id]),
    element('details', { open: connection.state === 'needs_sign_in' }, element('summary', {}, say('reconnect')), connectForm(plugin, connection)),
  ];
}

function providerCard(plugin, status, settings) {
  const connection = status.connections.find((one) => one.id === plugin.id);
  const failed = status.failed_connects.find((one) => one.id === plugin.id);
  const parts = connection ? connectedParts(plugin, connection, settings)
    : [failed ? failureBox({ message: failed.problem }) : null, connectForm(plugin)];
  return card(plugin.name, element('p', {}, plugin.description), ...parts);
}

function mocoCard(moco) {
  if (moco) {
    return card(say('moco'), element('p', {}, moco.domain + ': ' + say(moco.state)), moco.problem ? failureBox({ message: moco.problem }) : null,
      lastSteps.get('moco'), freshnessTable(moco.data), disconnectButton('moco', ['moco', 'disconnect']));
  }
  const connect = (data, place) => stepByStep('moco', place, async (steps) => {
    const address = data.get('base_url') ? ['--base-url', data.get('base_url')] : [];
    await run(['moco', 'connect', '--domain', data.get('domain'), ...address], { secrets: { api_key: data.get('api_key') }, watch: (event) => steps.take(event) });
    return true;
  });
  return card(say('moco'), formOf([
    element('p', { class: 'about' }, say('mocoReads')), textField('domain', say('domain'), {}, say('domainHint')), textField('api_key', say('api_key'), { type: 'password' }, say('apiKeyHint')),
    element('details', {}, element('summary', {}, say('advanced')), textField('base_url', say('address'), { type: 'url' })),
  ], say('connect'), connect));
}

function pluginItem(plugin) {
  const change = plugin.enabled ? actionButton(say('disable'), ['plugins', 'disable', plugin.id])
    : actionButton(say('enable'), ['plugins', 'enable', plugin.id], () => { state.connectionTab = plugin.id; });
  return element('li', {}, element('strong', {}, plugin.name + ' ' + plugin.version), ' ' + plugin.description + ' ', change);
}

function pluginsCard(plugins) {
  const saveDiagnostics = () => run(['status', '--diagnostics']).then((facts) => saveFile('roots-diagnostics.json', 'application/json', JSON.stringify(facts, null, 2)),
    (error) => showBanner({ notices: [error.message] }));
  return card(say('plugins'),
    plugins.plugins.length ? element('ul', { class: 'plugins' }, ...plugins.plugins.map(pluginItem)) : element('p', {}, say('noPlugin')),
    plugins.refused.length ? element('h3', {}, say('refused')) : null,
    plugins.refused.length ? element('ul', { class: 'refused' }, ...plugins.refused.map((one) => element('li', {}, one.folder + ': ' + one.reason))) : null,
    button(say('diagnostics'), saveDiagnostics), hint(say('diagnosticsHint')));
}

const tabId = (id) => 'connection-' + id.replace(/\W/g, '-');

async function choose(id) {
  state.connectionTab = id;
  await show();
  document.getElementById(tabId(id))?.focus();
}

export async function connectionsView(call) {
  const [plugins, status, settings] = await Promise.all([run(['plugins', 'list'], call), run(['status'], call), run(['settings', 'show'], call)]);
  showBanner({});
  state.anythingConnected = status.connections.length > 0 || !!status.moco;
  const cards = new Map(plugins.plugins.filter((plugin) => plugin.enabled).map((plugin) => [plugin.id, [plugin.name, () => providerCard(plugin, status, settings)]]));
  cards.set('moco', [say('moco'), () => mocoCard(status.moco)]).set('plugins', [say('plugins'), () => pluginsCard(plugins)]);
  if (!cards.has(state.connectionTab)) state.connectionTab = cards.size > 2 ? [...cards.keys()][0] : 'plugins';
  const tabs = [...cards].map(([id, [name]]) => button(name, () => choose(id),
    { role: 'tab', id: tabId(id), 'aria-selected': String(id === state.connectionTab), 'aria-controls': 'connection', tabindex: id === state.connectionTab ? 0 : -1 }));
  return [element('div', { class: 'tabs', role: 'tablist', 'aria-label': say('connections') }, ...tabs),
    element('div', { id: 'connection', role: 'tabpanel' }, cards.get(state.connectionTab)[1]())];
}
