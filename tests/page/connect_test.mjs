// Connecting and disconnecting with the mouse: the connection manager and the settings that it locks.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

const steps = (state) => page.locator(`.steps li[data-state=${state}]`).evaluateAll((lines) => lines.map((line) => line.dataset.text));

test('at first nothing is connected, and the way to the connections is shown', async () => {
  assert.match(await page.textContent('main'), /Nothing is connected yet/);
  assert.equal(new URL(page.url()).hash, '', 'the token leaves the address bar');
  assert.match(await page.textContent('main h2 >> nth=1'), /July 2026/);
  assert.equal(await page.locator('.month td button').count(), 31);
  assert.deepEqual(await user.seriousFindings(), []);
  await user.shoot('first-run');
  await page.click('text=Open the connections');
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

test('hours that are none are refused with what would be right', async () => {
  await page.fill('[name=day0]', 'eight');
  await page.click('form button:has-text("Save")');
  await page.waitForSelector('[role=alert]');
  assert.match(await page.textContent('[role=alert]'), /hours/);
});

test('an enabled plugin has a tab of its own that says what it reads, what never, and what it locks', async () => {
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

test('who cannot be reached is not ticked', async () => {
  await user.fillPersonio({ base_url: 'http://127.0.0.1:9' });
  await page.click('form button:has-text("Connect")');
  await page.waitForSelector('[role=alert]');
  assert.match(await page.textContent('[role=alert]'), /cannot be reached/);
  assert.deepEqual(await steps('done'), []);
  assert.deepEqual(await steps('failed'), ['Personio: sign in', 'Reaching Personio']);
});

test('wrong credentials are crossed at the sign-in, with the cure', async () => {
  await user.fillPersonio({ client_secret: 'not-the-secret' });
  await page.click('form button:has-text("Connect")');
  await page.waitForSelector('[role=alert]');
  assert.match(await page.textContent('[role=alert]'), /Authentication failed.*Copy both again/);
  assert.deepEqual(await steps('done'), ['Reaching Personio']);
  assert.deepEqual(await steps('failed'), ['Personio: sign in', 'Signing in']);
  await user.shoot('refused');
});

test('an email in another spelling is refused beside its field', async () => {
  await user.fillPersonio({ email: 'nele.muster@example.com' });
  await page.click('form button:has-text("Connect")');
  await page.waitForSelector('.field:has([name=email]) [role=alert]');
  assert.match(await page.textContent('.field [role=alert]'), /must match the profile exactly, upper and lower case included/);
  assert.deepEqual(await steps('failed'), ['Personio: sign in', 'Looking for your profile']);
});

test('before anything becomes read-only a preview says what it will be, and declining changes nothing', async () => {
  await user.fillPersonio();
  await page.click('form button:has-text("Connect")');
  await page.waitForSelector('dialog[open]');
  const text = await page.textContent('dialog');
  assert.match(text, /knows you as Nele Muster/);
  assert.match(text, /Weekly hours become read-only, and will be:Mon.*8:00/);
  assert.match(text, /will be again after a disconnect:.*6:30/);
  assert.match(text, /Absences by hand: 1\. They are kept/);
  assert.deepEqual(await user.seriousFindings(), []);
  await user.shoot('preview');
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
  assert.equal((await user.type('status')).connections.length, 0);
  assert.equal((await user.type('settings', 'show')).weekday_minutes[4], 390);
});

test('agreeing connects, with a tick for each step', async () => {
  await page.click('form button:has-text("Connect")');
  await page.click('dialog button:has-text("Connect")');
  await page.waitForSelector('text=connected: Nele Muster');
  await user.settled();
  assert.deepEqual(await steps('failed'), []);
  const done = await steps('done');
  for (const text of ['Reaching Personio', 'Signing in', 'Looking for your profile', 'Personio: work schedule', 'Personio: absences', 'Reading hourly absences', 'Personio: balances'])
    assert.ok(done.includes(text), text + ' in ' + done.join(', '));
  assert.match(await page.textContent('#connection'), /Read-only: .*weekly hours/);
  assert.match(await page.textContent('#connection .days'), /8:00/);
  assert.deepEqual(await user.seriousFindings(), []);
  await user.shoot('connected');
});

test('the secret is sent and never comes back', async () => {
  const seen = await page.evaluate(() => document.documentElement.outerHTML + JSON.stringify(localStorage) + JSON.stringify(sessionStorage));
  assert.ok(!seen.includes(user.sandbox.client_secret));
  assert.equal(await page.inputValue('[name=email]'), 'Nele.Muster@example.com', 'what is no secret is offered again');
  assert.equal(await page.inputValue('[name=client_secret]'), '');
});

test('connected, settings are locked with reason and name', async () => {
  await user.tab('settings');
  assert.ok(await page.isDisabled('[name=day0]'));
  assert.ok(await page.isDisabled('[name=from]'));
  assert.ok(await page.isDisabled('button:has-text("Remove")'));
  assert.match(await page.textContent('main'), /Personio: Synced from Personio\. Disconnect to edit manually\./);
  assert.equal(await page.inputValue('[name=day4]'), '4:15');
  assert.deepEqual(await user.seriousFindings(), []);
  await user.shoot('settings-locked');
});

test('credentials that are revoked lead to a sign-in, which works without a preview', async () => {
  user.way.meet = () => ({ status: 403, headers: { 'Content-Type': 'application/json' }, body: '{"success":false,"error":{"code":0,"message":"x"}}' });
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

test('Moco connects, says who knows what, and can be left again', async () => {
  await user.connectMoco();
  assert.match(await page.textContent('#connection'), /Moco: time entries.*Moco: public holidays/s);
  await page.click('button:has-text("Disconnect")');
  await page.waitForSelector('[name=domain]');
});

test('disconnected, everything is as it was and can be changed', async () => {
  await user.connectionTab('roots-personio');
  await page.click('button:has-text("Disconnect")');
  await page.waitForSelector('button:has-text("Disconnect")', { state: 'detached' });
  await user.tab('settings');
  assert.equal(await page.inputValue('[name=day4]'), '6:30');
  await page.click('button:has-text("Remove")');
  await page.waitForSelector('main li', { state: 'detached' });
});

test('a plugin can be switched off', async () => {
  await user.connectionTab('plugins');
  await page.click('.plugins button:has-text("Disable")');
  await page.waitForSelector('.plugins button:has-text("Enable")');
  assert.equal(await page.locator('#connection-roots-personio').count(), 0);
});

test('a plugin that is refused is listed with its reason, and stops no other', async () => {
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
  const press = async (selector, key = 'Enter') => { await user.tabTo(selector); await page.keyboard.press(key); };
  await press('.plugins button');
  await page.waitForSelector('[name=client_id]');
  for (const [name, value] of [['client_id', user.sandbox.client_id], ['client_secret', user.sandbox.client_secret], ['email', 'Nele.Muster@example.com']]) {
    await user.tabTo('[name=' + name + ']');
    await page.keyboard.type(value);
  }
  await press('summary', 'Space');
  await user.tabTo('[name=base_url]');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(user.way.url);
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  assert.equal(await page.evaluate(() => document.activeElement.closest('dialog') !== null), true, 'the dialog has the keyboard');
  await press('dialog button');
  await page.waitForSelector('text=/^connected: Nele Muster/');
  await user.settled();
  await press('#connection button');
  await page.waitForSelector('text=Nele Muster', { state: 'detached' });
});

test('diagnostics can be saved, and name nobody', async () => {
  await user.connectionTab('plugins');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Save diagnostics')]);
  assert.equal(download.suggestedFilename(), 'roots-diagnostics.json');
  const text = readFileSync(await download.path(), 'utf8');
  assert.ok(JSON.parse(text).version || text.includes('version'));
  assert.ok(!/muster|client_secret/i.test(text));
});

test('nothing went wrong unseen', () => assert.deepEqual(user.problems, []));
