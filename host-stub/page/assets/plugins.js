// The installed plugins: enabling, disabling, and diagnostics.
import { actionButton } from './actions.js';
import { button, card, element, hint, saveFile } from './elements.js';
import { run } from './host.js';
import { showBanner } from './notices.js';
import { state } from './state.js';
import { say } from './words.js';

function pluginItem(plugin) {
  const enable = (label) =>
    actionButton(say(label), ['plugins', 'enable', plugin.id], () => {
      state.connectionTab = plugin.id;
    });
  const changes = !plugin.enabled
    ? [enable('enable')]
    : [
        plugin.has_changed ? enable('enableAgain') : null,
        ' ',
        actionButton(say('disable'), ['plugins', 'disable', plugin.id]),
      ];
  return element(
    'li',
    {},
    element('strong', {}, plugin.name + ' ' + plugin.version),
    ' ' + plugin.description + ' ',
    plugin.has_changed ? hint(say('pluginHasChanged')) : null,
    ...changes,
  );
}

export function pluginsCard(plugins) {
  const saveDiagnostics = () =>
    run(['status', '--diagnostics']).then(
      (facts) => saveFile('roots-diagnostics.json', 'application/json', JSON.stringify(facts, null, 2)),
      (error) => showBanner({ notices: [error.message] }),
    );
  return card(
    say('plugins'),
    plugins.plugins.length
      ? element('ul', { class: 'plugins' }, ...plugins.plugins.map(pluginItem))
      : element('p', {}, say('noPlugin')),
    plugins.refused_plugins.length ? element('h3', {}, say('refused')) : null,
    plugins.refused_plugins.length
      ? element(
          'ul',
          { class: 'refused' },
          ...plugins.refused_plugins.map((one) => element('li', {}, one.folder + ': ' + one.reason)),
        )
      : null,
    button(say('diagnostics'), saveDiagnostics),
    hint(say('diagnosticsHint')),
  );
}
