// The connection manager: a tab for each enabled provider, one for Moco, one that lists the installed plugins.
import { actionButton } from './actions.js';
import { timeInWords } from './dates.js';
import {
  ask,
  button,
  card,
  columnHeading,
  columnsTable,
  element,
  failureBox,
  formOf,
  hint,
  textField,
} from './elements.js';
import { run } from './host.js';
import { showBanner } from './notices.js';
import { pluginsCard } from './plugins.js';
import { weekTable } from './settings.js';
import { show } from './showing.js';
import { state } from './state.js';
import { StepList } from './steps.js';
import { say } from './words.js';

const lastSteps = new Map(); // by connection: the result of connecting, until the page is closed

const inputTypes = { secret: 'password', email: 'email', url: 'url', integer: 'number' };

// kept: the former values, without secrets.
function settingField(setting, kept) {
  return textField(
    setting.key,
    setting.label,
    {
      type: inputTypes[setting.type] || 'text',
      value: kept[setting.key] ?? setting.default,
      required: setting.required,
    },
    setting.hint,
  );
}

// Shows what becomes read-only, and its new values. Resolves with whether the user agrees.
async function agreesTo(preview, name) {
  const locks = preview.locks.map((lock) => lock.setting);
  const content = [];
  if (preview.account.name)
    content.push(element('p', {}, say('previewAccount', { name, account: preview.account.name })));
  if (!locks.length) content.push(element('p', {}, say('previewNothing')));
  if (locks.includes('weekday_hours') && preview.weekday_minutes) {
    content.push(
      element('p', {}, say('previewHours')),
      weekTable(preview.weekday_minutes),
      element('p', {}, say('previewHoursNow')),
      weekTable(preview.manual_weekday_minutes),
    );
  }
  if (locks.includes('absences')) content.push(element('p', {}, say('previewAbsences', { name })));
  if (preview.manual_absence_count)
    content.push(element('p', {}, say('previewKept', { n: preview.manual_absence_count })));
  content.push(...preview.notices.map(hint));
  return (
    (await ask(say('previewTitle', { name }), content, [
      [say('connect'), 'connect'],
      [say('cancel'), ''],
    ])) === 'connect'
  );
}

// The user's input as a command, with the secrets separate.
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

// Shows the steps of connect(steps) in place; they stay beside the new connection. Resolves with whether there is one.
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
  const fields = (advanced) =>
    plugin.settings
      .filter((setting) => !!setting.advanced === advanced)
      .map((setting) => settingField(setting, kept));
  const advanced = fields(true);
  const about = element(
    'div',
    { class: 'about' },
    element('p', {}, say('reads')),
    element('p', {}, say('neverReads')),
    element('p', {}, say('mayReadMore')),
    plugin.may_lock.length
      ? element('p', {}, say('willLock') + ' ' + plugin.may_lock.map((name) => say(name)).join(', ') + '.')
      : null,
  );
  const connect = (data, place) =>
    stepByStep(plugin.id, place, async (steps) => {
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
  return formOf(
    [
      about,
      ...fields(false),
      advanced.length ? element('details', {}, element('summary', {}, say('advanced')), ...advanced) : null,
    ].filter(Boolean),
    say('connect'),
    connect,
  );
}

// A connection can end while its credentials are still in a locked keyring: the view shows the current state.
const disconnectButton = (id, words) =>
  actionButton(
    say('disconnect'),
    words,
    () => lastSteps.delete(id),
    (error) => show().then(() => showBanner({ notices: [error.message] })),
  );

// The last fetch of each kind of data, and the reason of a later failure.
function freshnessTable(data) {
  const rows = Object.entries(data).map(([part, one]) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, say(part)),
      element('td', {}, one.last_sync ? timeInWords(one.last_sync) : say('never')),
      element('td', {}, one.problem || ''),
    ),
  );
  return columnsTable(
    ['part', 'lastSync', 'missing'].map((key) => columnHeading(say(key))),
    rows,
  );
}

function connectedParts(plugin, connection, settings) {
  const ownsHours = settings.weekday_minutes_source === plugin.id;
  return [
    element('p', {}, [say(connection.state), connection.account.name].filter(Boolean).join(': ')),
    connection.problem ? failureBox({ message: connection.problem }) : null,
    lastSteps.get(plugin.id),
    ownsHours ? element('h3', {}, say('weekly') + (settings.is_estimate ? ' ' + say('estimate') : '')) : null,
    ownsHours ? weekTable(settings.weekday_minutes) : null,
    connection.locks.length
      ? element(
          'p',
          {},
          say('locked') + ': ' + connection.locks.map((lock) => say(lock.setting)).join(', ') + '.',
        )
      : null,
    freshnessTable(connection.data),
    ...connection.notices.map(hint),
    disconnectButton(plugin.id, ['disconnect', plugin.id]),
    element(
      'details',
      { open: connection.state === 'needs_sign_in' },
      element('summary', {}, say('reconnect')),
      connectForm(plugin, connection),
    ),
  ];
}

function providerCard(plugin, status, settings) {
  const connection = status.connections.find((one) => one.id === plugin.id);
  const failed = status.failed_connects.find((one) => one.id === plugin.id);
  const parts = connection
    ? connectedParts(plugin, connection, settings)
    : [failed ? failureBox({ message: failed.problem }) : null, connectForm(plugin)];
  return card(plugin.name, element('p', {}, plugin.description), ...parts);
}

function mocoCard(moco) {
  if (moco) {
    return card(
      say('moco'),
      element('p', {}, moco.settings.domain + ': ' + say(moco.state)),
      moco.problem ? failureBox({ message: moco.problem }) : null,
      lastSteps.get('moco'),
      freshnessTable(moco.data),
      disconnectButton('moco', ['moco', 'disconnect']),
    );
  }
  const connect = (data, place) =>
    stepByStep('moco', place, async (steps) => {
      const address = data.get('base_url') ? ['--base-url', data.get('base_url')] : [];
      await run(['moco', 'connect', '--domain', data.get('domain'), ...address], {
        secrets: { api_key: data.get('api_key') },
        watch: (event) => steps.take(event),
      });
      return true;
    });
  return card(
    say('moco'),
    formOf(
      [
        element('p', { class: 'about' }, say('mocoReads')),
        textField('domain', say('domain'), {}, say('domainHint')),
        textField('api_key', say('api_key'), { type: 'password' }, say('apiKeyHint')),
        element(
          'details',
          {},
          element('summary', {}, say('advanced')),
          textField('base_url', say('address'), { type: 'url' }),
        ),
      ],
      say('connect'),
      connect,
    ),
  );
}

const tabId = (id) => 'connection-' + id.replace(/\W/g, '-');

async function choose(id) {
  state.connectionTab = id;
  await show();
  document.getElementById(tabId(id))?.focus();
}

export async function connectionsView(call) {
  const [plugins, status, settings] = await Promise.all([
    run(['plugins', 'list'], call),
    run(['status'], call),
    run(['settings', 'show'], call),
  ]);
  showBanner({});
  state.anythingConnected = status.connections.length > 0 || !!status.moco;
  const cards = new Map(
    plugins.plugins
      .filter((plugin) => plugin.enabled)
      .map((plugin) => [plugin.id, [plugin.name, () => providerCard(plugin, status, settings)]]),
  );
  cards
    .set('moco', [say('moco'), () => mocoCard(status.moco)])
    .set('plugins', [say('plugins'), () => pluginsCard(plugins)]);
  if (!cards.has(state.connectionTab))
    state.connectionTab = cards.size > 2 ? [...cards.keys()][0] : 'plugins';
  const tabs = [...cards].map(([id, [name]]) =>
    button(name, () => choose(id), {
      role: 'tab',
      id: tabId(id),
      'aria-selected': String(id === state.connectionTab),
      'aria-controls': 'connection',
      tabindex: id === state.connectionTab ? 0 : -1,
    }),
  );
  return [
    element('div', { class: 'tabs', role: 'tablist', 'aria-label': say('connections') }, ...tabs),
    element('div', { id: 'connection', role: 'tabpanel' }, cards.get(state.connectionTab)[1]()),
  ];
}
