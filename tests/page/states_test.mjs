// The page during slow requests, partial failures, and complete failures.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { visit } from './support.mjs';

let user;
let page;
const asked = []; // paths of requests to Personio

before(async () => {
  user = await visit();
  page = user.page;
  await user.connectPersonio();
  await user.tab('calendar');
});
after(() => user?.leave());

const slowly = (delay) => (request) =>
  request.url.includes('time-offs') || request.url.includes('absence-periods') ? { delay } : null;

test('slow steps show their progress', async () => {
  user.way.meet = slowly(1500);
  await page.evaluate(() => document.activeElement.blur());
  await page.click('#sync');
  assert.ok(await page.isDisabled('#sync'));
  await page.waitForSelector('#progress:has-text("Personio: absences")');
  assert.equal(await page.locator('#progress progress').count(), 1);
  await page.waitForSelector('#sync:not([disabled])');
  await user.settled();
  assert.equal(await page.locator('#progress progress').count(), 0);
});

test('a late reply never replaces a newer month', async () => {
  // May was never fetched and is slow; July is known.
  let met = 0;
  user.way.meet = () => {
    ++met;
    return { delay: 1500 };
  };
  await page.click('[data-move=before]');
  await page.click('[data-move=before]');
  await page.waitForSelector('#progress:has-text("Personio")');
  await page.click('[data-move=today]');
  await page.waitForSelector('main h2:has-text("July 2026")');
  await page.waitForTimeout(500);
  const metThen = met;
  await page.waitForTimeout(3500);
  assert.match(await page.textContent('main h2'), /July 2026/);
  assert.ok(await page.isHidden('#banner'), await page.textContent('#banner'));
  assert.ok((await page.locator('.month .mark').count()) > 0);
  assert.equal(met, metThen, 'the host has stopped requests whose results nobody needs');
  user.way.meet = () => null;
});

test('quick clicks add up', async () => {
  await page.evaluate(() => {
    for (let count = 0; count < 3; ++count) document.querySelector('[data-move=after]').click();
  });
  await page.waitForSelector('main h2:has-text("October 2026")');
  await page.click('[data-move=today]');
  await page.waitForSelector('main h2:has-text("July 2026")');
});

test('a failed part is named, and the rest is shown', async () => {
  user.way.meet = (request) =>
    request.url.includes('/time-offs/') || request.url.includes('balance') ? { status: 500 } : null;
  await page.click('#sync');
  await page.waitForSelector('#banner:has-text("balances")');
  assert.equal((await page.locator('.month .mark').count()) > 0, true);
  user.way.meet = () => null;
  await page.click('#sync');
  await page.waitForSelector('#banner', { state: 'hidden' });
});

test('while offline, the last known days are shown with their age', async () => {
  const before = await page.locator('.month .mark').allTextContents();
  user.way.meet = () => ({ reset: true });
  await page.click('#sync');
  await page.waitForSelector('#banner:has-text("Not up to date. Showing data as of")');
  assert.match(await page.textContent('#banner'), /Personio/);
  assert.deepEqual(await page.locator('.month .mark').allTextContents(), before);
  assert.deepEqual(await user.seriousFindings(), []);
  await user.shoot('offline');
  user.way.meet = () => null;
  await page.click('#sync');
  await page.waitForSelector('#banner', { state: 'hidden' });
});

test('after a rate limit, syncing pauses, with a countdown', async () => {
  user.way.meet = () => ({ status: 429, headers: { 'Retry-After': '61' } });
  await page.click('#sync');
  await page.waitForSelector('.countdown');
  assert.match(await page.textContent('.countdown'), /again in (1:0\d|0:5\d)/);
  assert.ok(await page.isDisabled('#sync'));
  await user.shoot('slow-down');
  const first = await page.textContent('.countdown');
  await page.waitForTimeout(2100);
  assert.notEqual(await page.textContent('.countdown'), first);
  user.way.meet = () => null;
  await page.reload();
  await user.settled();
  await page.click('#sync');
  await page.waitForSelector('#sync:not([disabled])');
  await page.waitForSelector('#banner', { state: 'hidden' });
});

test('after the countdown, syncing is possible again', async () => {
  user.way.meet = () => ({ status: 429, headers: { 'Retry-After': '40' } });
  await page.clock.install();
  await page.click('#sync');
  await page.waitForSelector('.countdown');
  user.way.meet = () => null;
  await page.clock.fastForward(45000);
  await page.waitForSelector('#sync:not([disabled])');
  await page.waitForSelector('.countdown', { state: 'detached' });
});

test('the periodic refresh fetches absences as well, and can be switched off', async () => {
  user.way.meet = (request) => {
    asked.push(request.url);
    return null;
  };
  await page.selectOption('#refresh', '5');
  await page.clock.fastForward(4 * 60000);
  await page.waitForTimeout(300);
  assert.equal(asked.length, 0);
  await page.clock.fastForward(61000);
  for (let turn = 0; turn < 100 && !asked.some((url) => url.includes('absence-periods')); ++turn)
    await page.waitForTimeout(50);
  assert.ok(
    asked.some((url) => url.includes('absence-periods')),
    asked.join(' '),
  );
  await page.waitForSelector('#sync:not([disabled])');
  await page.reload();
  await user.settled();
  assert.equal(await page.inputValue('#refresh'), '5', 'the choice is remembered');
  await page.selectOption('#refresh', '0');
  const before = asked.length;
  await page.clock.fastForward(61 * 60000);
  await page.waitForTimeout(500);
  assert.equal(asked.length, before);
});

test('a refresh does not replace a form', async () => {
  await user.connectionTab('moco');
  await page.fill('[name=domain]', 'half-typed');
  await page.selectOption('#refresh', '30');
  asked.length = 0;
  await page.clock.fastForward(30 * 60000 + 1000);
  for (let turn = 0; turn < 100 && !asked.some((url) => url.includes('balance')); ++turn)
    await page.waitForTimeout(50);
  await page.waitForSelector('#sync:not([disabled])');
  assert.equal(await page.inputValue('[name=domain]'), 'half-typed');
  await page.selectOption('#refresh', '0');
});

test('if the host has ended, the page reports it and keeps its content', async () => {
  await user.tab('calendar');
  const before = await page.locator('.month .mark').allTextContents();
  const problemsBefore = user.problems.length;
  await user.stopHost();
  await page.click('[data-move=after]');
  await page.waitForSelector('#banner:has-text("Start serve again")');
  assert.deepEqual(await page.locator('.month .mark').allTextContents(), before);
  // The browser itself reports the refused connection.
  assert.ok(
    user.problems.slice(problemsBefore).every((text) => text.includes('ERR_CONNECTION_REFUSED')),
    user.problems.join('\n'),
  );
  assert.equal(problemsBefore, 0, user.problems.join('\n'));
});
