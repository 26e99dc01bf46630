// Connecting and disconnecting with the mouse: the connection manager and the settings that it locks.
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { visit } from './support.mjs';

let user;
let page;

before(async () => {
  user = await visit();
  page = user.page;
});
after(() => user?.leave());

const steps = (state) =>
  page
    .locator(`.steps li[data-state=${state}]`)
    .evaluateAll((lines) => lines.map((line) => line.dataset.text));

test('before any connection, the page links to Connections', async () => {
  assert.match(await page.textContent('main'), /Nothing is connected yet/);
  assert.equal(new URL(page.url()).hash, '', 'the token leaves the address bar');
  assert.match(await page.textContent('main h2 >> nth=1'), /July 2026/);
  assert.equal(await page.locator('.month td button').count(), 31);
  assert.deepEqual(await user.seriousFindings(), []);
  await user.shoot('first-run');
  await page.click('text=Go to Connections');
  await user.settled();
  assert.match(await page.textContent('#connection'), /Personio/);
});

test('weekly hours and absences by hand can be entered', async () => {
  await user.tab('settings');
  await page.fill('[name=day4]', '6:30');
  await page.click('form button:has-text("Save")');
  await user.settled();
  await page.fill('[name=from]', '2026-07-20');
  await page.selectOption('[name=extent]', 'second_half');
  await page.click('form button:has-text("Add")');
  await page.waitForSelector('main li');
  assert.match(await page.textContent('main li'), /2026-07-20, Vacation \(second half\)/);
  await page.reload();
  await user.settled();
  await user.tab('settings');
  assert.equal(await page.inputValue('[name=day4]'), '6:30');
});

test('invalid hours are refused with a description of valid ones', async () => {
  await page.fill('[name=day0]', 'eight');
  await page.click('form button:has-text("Save")');
  await page.waitForSelector('[role=alert]');
  assert.match(await page.textContent('[role=alert]'), /hours/);
});

test('an enabled plugin has a tab that shows what it reads, what it never reads, and what it locks', async () => {
  await user.enablePersonio();
  const text = await page.textContent('.about');
  assert.match(text, /approved absences/);
  assert.match(text, /never reads time entries/);
  assert.match(text, /other people’s data/);
  assert.match(text, /these become read-only: weekly hours, absences/);
  assert.equal(await page.getAttribute('[name=client_secret]', 'type'), 'password');
  assert.equal(await page.isVisible('[name=base_url]'), false, 'advanced settings are folded');
  assert.deepEqual(await user.seriousFindings(), []);
});

test('an unreachable service gets no check mark', async () => {
  await user.fillPersonio({ base_url: 'http://127.0.0.1:9' });
  await page.click('form button:has-text("Connect")');
  await page.waitForSelector('[role=alert]');
  assert.match(await page.textContent('[role=alert]'), /cannot be reached/);
  assert.deepEqual(await steps('done'), []);
  assert.deepEqual(await steps('failed'), ['Personio: sign in', 'Connecting to Personio']);
});

test('wrong credentials fail at the sign-in step, with the solution', async () => {
  await user.fillPersonio({ client_secret: 'not-the-secret' });
  await page.click('form button:has-text("Connect")');
  await page.waitForSelector('[role=alert]');
  assert.match(await page.textContent('[role=alert]'), /Authentication failed.*Copy both again/);
  assert.deepEqual(await steps('done'), ['Connecting to Personio']);
  assert.deepEqual(await steps('failed'), ['Personio: sign in', 'Signing in']);
  await user.shoot('refused');
});

test('an email with different capitalization is refused beside its field', async () => {
  await user.fillPersonio({ email: 'nele.muster@example.com' });
  await page.click('form button:has-text("Connect")');
  await page.waitForSelector('.field:has([name=email]) [role=alert]');
  assert.match(
    await page.textContent('.field [role=alert]'),
    /must match the profile exactly, upper and lower case included/,
  );
  assert.deepEqual(await steps('failed'), ['Personio: sign in', 'Looking for your profile']);
});

test('a preview shows the new values before anything becomes read-only, and declining changes nothing', async () => {
  await user.fillPersonio();
  await page.click('form button:has-text("Connect")');
  await page.waitForSelector('dialog[open]');
  const text = await page.textContent('dialog');
  assert.match(text, /Your account in Personio: Nele Muster/);
  assert.match(text, /Weekly hours become read-only, with these values:Mon.*8:00/);
  assert.match(text, /Your own weekly hours, restored after you disconnect:.*6:30/);
  assert.match(text, /Absences that you entered: 1\. They are kept/);
  assert.deepEqual(await user.seriousFindings(), []);
  await user.shoot('preview');
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
  assert.equal((await user.type('status')).connections.length, 0);
  assert.equal((await user.type('settings', 'show')).weekday_minutes[4], 390);
});

test('confirming connects, with a check mark for each step', async () => {
  await page.click('form button:has-text("Connect")');
  await page.click('dialog button:has-text("Connect")');
  await page.waitForSelector('text=connected: Nele Muster');
  await user.settled();
  assert.deepEqual(await steps('failed'), []);
  const done = await steps('done');
  for (const text of [
    'Connecting to Personio',
    'Signing in',
    'Looking for your profile',
    'Personio: work schedule',
    'Personio: absences',
    'Reading hourly absences',
    'Personio: balances',
  ])
    assert.ok(done.includes(text), text + ' in ' + done.join(', '));
  assert.match(await page.textContent('#connection'), /Read-only: .*weekly hours/);
  assert.match(await page.textContent('#connection .days'), /8:00/);
  assert.deepEqual(await user.seriousFindings(), []);
  await user.shoot('connected');
});

test('the secret is sent and never returned', async () => {
  const seen = await page.evaluate(
    () => document.documentElement.outerHTML + JSON.stringify(localStorage) + JSON.stringify(sessionStorage),
  );
  assert.ok(!seen.includes(user.sandbox.client_secret));
  assert.equal(
    await page.inputValue('[name=email]'),
    'Nele.Muster@example.com',
    'settings that are not secret are filled in again',
  );
  assert.equal(await page.inputValue('[name=client_secret]'), '');
});

test('while connected, settings are locked, with the reason and the provider', async () => {
  await user.tab('settings');
  assert.ok(await page.isDisabled('[name=day0]'));
  assert.ok(await page.isDisabled('[name=from]'));
  assert.ok(await page.isDisabled('button:has-text("Remove")'));
  assert.match(
    await page.textContent('main'),
    /Personio: Synced from Personio\. Disconnect to edit manually\./,
  );
  // The fields are the user's own hours; the provider's, which are in effect, are shown beside them.
  assert.equal(await page.inputValue('[name=day4]'), '6:30');
  assert.match(
    await page.textContent('main'),
    /In effect, from Personio:.*4:15.*Your own, in effect again after you disconnect:/s,
  );
  assert.deepEqual(await user.seriousFindings(), []);
  await user.shoot('settings-locked');
});

test('revoked credentials require a new sign-in, which works without a preview', async () => {
  user.way.meet = () => ({
    status: 403,
    headers: { 'Content-Type': 'application/json' },
    body: '{"success":false,"error":{"code":0,"message":"x"}}',
  });
  await page.click('#sync');
  await page.waitForSelector('#banner:not([hidden])');
  user.way.meet = () => null;
  await user.connectionTab('roots-personio');
  assert.match(await page.textContent('#connection'), /needs to sign in again: Nele Muster/);
  await user.shoot('needs-sign-in');
  await user.fillPersonio();
  await page.click('form button:has-text("Connect")');
  await page.waitForSelector('text=/^connected: Nele Muster/');
  assert.equal(await page.locator('dialog').count(), 0);
});

test('Moco connects, shows its data, and can be disconnected', async () => {
  await user.connectMoco();
  assert.match(await page.textContent('#connection'), /Moco: time entries.*Moco: public holidays/s);
  await page.click('button:has-text("Disconnect")');
  await page.waitForSelector('[name=domain]');
});

test('a plugin whose library was replaced can be enabled again, and stays connected', async () => {
  const folder = path.join(user.plugins, 'roots.personio');
  appendFileSync(
    path.join(
      folder,
      readdirSync(folder).find((name) => name.endsWith('.so')),
    ),
    'another build',
  );
  await user.connectionTab('plugins');
  assert.match(await page.textContent('.plugins'), /has changed since it was enabled/);
  assert.equal(await page.locator('.plugins button:has-text("Disable")').count(), 1);
  assert.deepEqual(await user.seriousFindings(), []);
  await page.click('.plugins button:has-text("Enable again")');
  await page.waitForSelector('text=/^connected: Nele Muster/');
  await user.connectionTab('plugins');
  assert.equal(await page.locator('.plugins button:has-text("Enable again")').count(), 0);
});

test('after disconnecting, everything is restored and editable', async () => {
  await user.connectionTab('roots-personio');
  await page.click('button:has-text("Disconnect")');
  await page.waitForSelector('button:has-text("Disconnect")', { state: 'detached' });
  await user.tab('settings');
  assert.equal(await page.inputValue('[name=day4]'), '6:30');
  await page.click('button:has-text("Remove")');
  await page.waitForSelector('main li', { state: 'detached' });
});

test('a plugin can be disabled', async () => {
  await user.connectionTab('plugins');
  await page.click('.plugins button:has-text("Disable")');
  await page.waitForSelector('.plugins button:has-text("Enable")');
  assert.equal(await page.locator('#connection-roots-personio').count(), 0);
});

test('a refused plugin is listed with its reason, and does not affect others', async () => {
  mkdirSync(path.join(user.plugins, 'example.broken'));
  writeFileSync(path.join(user.plugins, 'example.broken', 'manifest.json'), '{');
  await user.connectionTab('plugins');
  assert.match(await page.textContent('.refused'), /example\.broken: Its manifest\.json is broken\./);
  assert.match(await page.textContent('.plugins'), /Personio/);
  assert.deepEqual(await user.seriousFindings(), []);
  await user.shoot('plugins');
});

test('enabling, connecting and disconnecting work with the keyboard alone', async () => {
  await page.evaluate(() => document.activeElement.blur());
  const press = async (selector, key = 'Enter') => {
    await user.tabTo(selector);
    await page.keyboard.press(key);
  };
  await press('.plugins button');
  await page.waitForSelector('[name=client_id]');
  for (const [name, value] of [
    ['client_id', user.sandbox.client_id],
    ['client_secret', user.sandbox.client_secret],
    ['email', 'Nele.Muster@example.com'],
  ]) {
    await user.tabTo('[name=' + name + ']');
    await page.keyboard.type(value);
  }
  await press('summary', 'Space');
  await user.tabTo('[name=base_url]');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(user.way.url);
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  assert.equal(
    await page.evaluate(() => document.activeElement.closest('dialog') !== null),
    true,
    'the dialog has the keyboard',
  );
  await press('dialog button');
  await page.waitForSelector('text=/^connected: Nele Muster/');
  await user.settled();
  await press('#connection button');
  await page.waitForSelector('text=Nele Muster', { state: 'detached' });
});

test('diagnostics can be saved, and contain no names', async () => {
  await user.connectionTab('plugins');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Save diagnostics')]);
  assert.equal(download.suggestedFilename(), 'roots-diagnostics.json');
  const text = readFileSync(await download.path(), 'utf8');
  assert.ok(JSON.parse(text).version || text.includes('version'));
  assert.ok(!/muster|client_secret/i.test(text));
});

test('the browser reported no errors', () => assert.deepEqual(user.problems, []));
