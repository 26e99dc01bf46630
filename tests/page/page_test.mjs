// A user walks through the page with mouse and keyboard: the real host, its sandbox, Debian's Chromium.
//   ROOTS_BUILD=build/tests node --test page_test.mjs
// Screenshots of the main states are written to $ROOTS_BUILD/screenshots.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const build = path.resolve(process.env.ROOTS_BUILD || '../../build/tests');
const host = path.join(build, 'bin/roots-host-stub');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const screenshots = path.join(build, 'screenshots');
const home = mkdtempSync(path.join(tmpdir(), 'roots-page-'));
const children = [];
let sandbox;
let link;
let browser;
let page;

// Starts a program and resolves with the JSON document that it prints first.
function start(words) {
  return new Promise((resolve, reject) => {
    const child = spawn(host, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    let printed = '';
    child.stdout.on('data', (bytes) => {
      printed += bytes;
      try {
        resolve(JSON.parse(printed));
      } catch {
        // more is to come
      }
    });
    child.on('exit', () => reject(new Error(words.join(' ') + ' ended: ' + printed)));
  });
}

const tab = (name) => page.click('#tab-' + name);
// The page's policy forbids what waitForFunction() does, so waiting is for selectors.
const settled = () => page.waitForSelector('#main:not([aria-busy])');
const shoot = (name) => page.screenshot({ path: path.join(screenshots, name + '.png'), fullPage: true });
const day = (date) => page.locator(`td:has([data-date="${date}"])`);

async function seriousFindings() {
  // The page's own policy lets no script in from outside; a test may.
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.filter((one) => ['serious', 'critical'].includes(one.impact))
    .map((one) => one.id + ': ' + one.nodes.map((node) => node.html).join(' '));
}

before(async () => {
  mkdirSync(screenshots, { recursive: true });
  sandbox = await start(['--today', '2026-07-15', 'sandbox', '--json']);
  link = (await start(['--home', home, '--plugins', path.join(build, 'plugins'), '--today', '2026-07-15', '--json', 'serve'])).link;
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  const context = await browser.newContext({ locale: 'en-GB', bypassCSP: false });
  page = await context.newPage();
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error') page.problems.push(message.text()); });
});

after(async () => {
  await browser?.close();
  for (const child of children) child.kill('SIGTERM');
  rmSync(home, { recursive: true, force: true });
});

test('the first run shows a calendar without anything, and the token leaves the address bar', async () => {
  await page.goto(link);
  await settled();
  assert.equal(new URL(page.url()).hash, '');
  assert.match(await page.textContent('main h2'), /July 2026/);
  assert.equal(await page.locator('.month td button').count(), 31);
  await shoot('first-run');
});

test('a user enables Personio, sees what becomes read-only, and is told what is wrong beside the field', async () => {
  await tab('connections');
  await settled();
  await page.click('text=Enable');
  await page.waitForSelector('[name=client_id]');
  assert.match(await page.textContent('main'), /these become read-only: weekly hours, absences/);
  assert.match(await page.textContent('main'), /never reads time entries/);
  await page.fill('[name=client_id]', 'papi-wrong');
  await page.fill('[name=client_secret]', 'not-the-secret');
  await page.fill('[name=email]', 'nele.muster@example.com');
  await page.click('details summary');
  await page.fill('[name=base_url]', sandbox.personio_url);
  await page.click('form button:has-text("Connect")');
  await page.waitForSelector('[role=alert]');
  assert.match(await page.textContent('[role=alert]'), /Authentication failed/);
  await shoot('refused');
});

test('an email in another spelling is refused beside its field, and the right one connects', async () => {
  await page.fill('[name=client_id]', sandbox.client_id);
  await page.fill('[name=client_secret]', sandbox.client_secret);
  await page.click('form button:has-text("Connect")');
  await page.waitForSelector('.field [role=alert]:has-text("Employee not found")');
  assert.match(await page.textContent('.field [role=alert]'), /must match the profile exactly, upper and lower case included/);
  await page.fill('[name=email]', 'Nele.Muster@example.com');
  await page.click('form button:has-text("Connect")');
  await page.waitForSelector('text=connected: Nele Muster');
  assert.deepEqual(await seriousFindings(), []);
  await shoot('connected');
});

test('the secret is sent and never comes back', async () => {
  const seen = await page.evaluate(() => document.documentElement.outerHTML + JSON.stringify(localStorage) + JSON.stringify(sessionStorage));
  assert.ok(!seen.includes(sandbox.client_secret));
});

test('Moco connects', async () => {
  await page.fill('[name=domain]', sandbox.moco_domain);
  await page.fill('[name=api_key]', sandbox.moco_api_key);
  await page.click('section:has(h2:text("Moco")) summary');
  await page.fill('section:has(h2:text("Moco")) [name=base_url]', sandbox.moco_url);
  await page.click('section:has(h2:text("Moco")) button:has-text("Connect")');
  await settled();
  await page.waitForSelector('section:has(h2:text("Moco")) button:has-text("Disconnect")');
});

test('the calendar shows absences, halves and holidays, and explains a day', async () => {
  await tab('calendar');
  await settled();
  const marks = await page.locator('.month .mark').allTextContents();
  assert.ok(marks.length > 0, 'the sandbox has absences around its day');
  assert.match(await page.textContent('section.card'), /Urlaub: .* days/);
  await page.click('[data-date="2026-07-14"]');
  await page.waitForSelector('dialog[open] p');
  assert.match(await page.textContent('dialog'), /planned/);
  assert.deepEqual(await seriousFindings(), []);
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
  await shoot('calendar');
});

test('sick leave can be shown as absent, in text and in colour', async () => {
  const found = await findKind('.month .mark.sick');
  assert.ok(found, 'the sandbox has a sick leave');
  await page.check('#private');
  await settled();
  assert.equal(await page.locator('.month .mark.sick').count(), 0);
  assert.ok((await page.locator('.month .mark.other').allTextContents()).some((text) => text.startsWith('Absent')));
  await page.uncheck('#private');
  await settled();
});

// Looks back for a month that has such a mark.
async function findKind(selector) {
  for (let count = 0; count < 12; ++count) {
    if (await page.locator(selector).count()) return true;
    await page.click('[data-move=before]');
    await settled();
  }
  return false;
}

test('the keyboard alone moves between months and tabs', async () => {
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('Home');
  await settled();
  assert.match(await page.textContent('main h2'), /July 2026/);
  await page.keyboard.press('PageDown');
  await settled();
  assert.match(await page.textContent('main h2'), /August 2026/);
  await page.focus('#tab-calendar');
  await page.keyboard.press('ArrowRight');
  await settled();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'tab-timeline');
});

test('the timeline adds up target, booked time and balance of a week', async () => {
  await page.click('[data-move=today]');
  await settled();
  assert.equal(await page.locator('.days tbody tr').count(), 7);
  const minutes = (text) => text.replace('−', '-').split(':').reduce((sum, part, index) => sum + (index ? Math.sign(parseFloat(text.replace('−', '-')) || 1) * Number(part) : Number(part) * 60), 0);
  const targets = await page.locator('.days tbody tr td:nth-child(2)').allTextContents();
  const total = await page.textContent('.days tfoot td:nth-child(2)');
  assert.equal(targets.reduce((sum, text) => sum + minutes(text), 0), minutes(total));
  assert.deepEqual(await seriousFindings(), []);
  await shoot('timeline');
});

test('connected, settings are locked with reason and name; disconnected, they are as they were and can be changed', async () => {
  await tab('settings');
  await settled();
  assert.ok(await page.isDisabled('[name=day0]'));
  assert.match(await page.textContent('main'), /Personio: Synced from Personio\. Disconnect to edit manually\./);
  assert.deepEqual(await seriousFindings(), []);
  await shoot('settings-locked');
  await tab('connections');
  await settled();
  await page.click('section:has(h2:text("Personio")) button:has-text("Disconnect")');
  await page.waitForSelector('[name=client_id]');
  await tab('settings');
  await settled();
  assert.equal(await page.inputValue('[name=day0]'), '8:00');
  await page.fill('[name=day4]', '6:30');
  await page.click('form button:has-text("Save")');
  await settled();
  await page.reload();
  await settled();
  await tab('settings');
  await settled();
  assert.equal(await page.inputValue('[name=day4]'), '6:30');
  await page.fill('[name=from]', '2026-07-20');
  await page.fill('[name=to]', '2026-07-21');
  await page.click('form button:has-text("Add")');
  await page.waitForSelector('main li');
  await tab('calendar');
  await settled();
  assert.match(await day('2026-07-20').textContent(), /Vacation/);
});

test('German is spoken, and a narrow window needs no sideways scrolling of the page', async () => {
  await page.selectOption('#language', 'de');
  await settled();
  assert.match(await page.textContent('main h2'), /Juli 2026/);
  assert.match(await page.textContent('.month thead'), /Mo/);
  await page.setViewportSize({ width: 360, height: 740 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  assert.equal(wide, false);
  await shoot('narrow');
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.selectOption('#language', 'en');
  await settled();
});

test('dark mode keeps its contrast', async () => {
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await seriousFindings(), []);
  await shoot('dark');
  await page.emulateMedia({ colorScheme: 'light' });
});

test('without the token of this start nothing is told', async () => {
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(link.split('#')[0]);
  await stranger.waitForSelector('[role=alert]');
  assert.match(await stranger.textContent('[role=alert]'), /Open the one that serve printed last/);
  await stranger.close();
});

test('the page can do what it shows, and nothing beyond', async () => {
  const [address, token] = link.split('/#');
  const ask = async (...words) => (await fetch(address + '/api/run', {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Roots-Token': token }, body: JSON.stringify({ words }) })).json();
  assert.equal((await ask('status')).exit_code, 0);
  for (const words of [['sandbox'], ['demo'], ['serve'], ['--home', '/tmp/elsewhere', 'status'], ['status', '--plugins', '/tmp'], ['status', '--help']]) {
    const answer = await ask(...words);
    assert.equal(answer.exit_code, 2, words.join(' '));
    assert.match(answer.notes, /The page cannot do this/);
  }
});

test('nothing went wrong unseen', () => {
  // The browser itself reports the refused call of the stranger only on the stranger's page.
  assert.deepEqual(page.problems, []);
});
