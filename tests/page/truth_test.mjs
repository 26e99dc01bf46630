// Correctness of the page: unknown values, the source of weekly hours, the current day, and external texts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { visit } from './support.mjs';

let user;
let page;

// eslint-disable-next-line no-control-regex -- the page must not contain control characters
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;
const hostile = 'Umzug\u001b[31m\u0007\u009b2J\u202e\u2066\u200b\nForged';

before(async () => {
  user = await visit();
  page = user.page;
});
after(() => user?.leave());

test('external text is shown without invisible characters, in lists, marks, tooltips, and names', async () => {
  await user.type(
    'absences',
    'add',
    '--type',
    'other',
    '--from',
    '2026-07-20',
    '--to',
    '2026-07-20',
    '--note',
    hostile,
  );
  await user.tab('settings');
  assert.match(await page.textContent('main li'), /Umzug␛\[31m/);
  await user.tab('calendar');
  await page.focus('[data-date="2026-07-20"]');
  await page.waitForSelector('#tip:not([hidden])');
  const { text, attributes } = await page.evaluate(() => ({
    text: document.documentElement.textContent,
    attributes: [...document.querySelectorAll('*')]
      .flatMap((one) => ['title', 'aria-label', 'abbr'].map((name) => one.getAttribute(name) || ''))
      .join('\n'),
  }));
  assert.match(text, /Umzug␛\[31m/);
  assert.match(attributes, /Umzug␛\[31m/);
  assert.doesNotMatch(text, unseen);
  assert.doesNotMatch(attributes, unseen);
  await user.type('absences', 'remove', 'manual-1');
});

test('without Moco, booked time and balance are a dash, never a number', async () => {
  await user.type('settings', 'set', 'weekday-hours', '6 6 6 6 6 0 0');
  await user.connectPersonio();
  await user.tab('timeline');
  const cells = await page.locator('.days tbody tr').first().locator('td.number').allTextContents();
  assert.deepEqual(cells.slice(1), ['–', '–']);
  assert.deepEqual(
    (await page.locator('.days tfoot tr').first().locator('td.number').allTextContents()).slice(1),
    ['–', '–'],
  );
  assert.match(await page.textContent('main'), /Days with unknown public holidays: 7\./);
  assert.deepEqual(await user.seriousFindings(), []);
  await user.shoot('timeline-unknown');
});

test('a month that cannot be fetched shows that its absences are unknown', async () => {
  user.way.meet = () => ({ reset: true });
  await user.tab('calendar');
  for (let count = 0; count < 4; ++count) {
    await page.click('[data-move=after]');
    await user.settled();
  }
  assert.match(await page.textContent('main'), /Days with unknown absences: 30\./);
  await user.shoot('month-unknown');
  user.way.meet = () => null;
  await page.click('[data-move=today]');
  await user.settled();
});

test('settings save the user’s own hours, not those of a provider', async () => {
  const told = await user.type('settings', 'show');
  assert.notDeepEqual(told.weekday_minutes, told.manual_weekday_minutes);
  // As if the lock had been removed meanwhile: the fields are editable, and only Monday is changed.
  await page.route('**/api/run', async (route) => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      body: (await response.text()).replace(/"locks":\[[^\]]*\]/g, '"locks":[]'),
    });
  });
  await user.tab('settings');
  const sent = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/run')) sent.push(JSON.parse(request.postData()).words);
  });
  await page.fill('[name=day0]', '5');
  await page.click('form button:has-text("Save")');
  await page.waitForSelector('[role=alert]');
  assert.deepEqual(
    sent.find((words) => words[1] === 'set'),
    ['settings', 'set', 'weekday-hours', '5 6:00 6:00 6:00 6:00 0:00 0:00'],
  );
  await page.unroute('**/api/run');
});

test('after midnight, an open page shows the new current day', async () => {
  await page.clock.install();
  await user.tab('timeline');
  assert.match(await page.textContent('tr.today th'), /15/);
  await user.tab('calendar');
  assert.equal(await page.locator('td.today [data-date="2026-07-15"]').count(), 1);
  await user.nextDay();
  await page.clock.fastForward(24 * 3600000 + 60000);
  await page.waitForSelector('td.today [data-date="2026-07-16"]');
  assert.equal(await page.locator('td.today').count(), 1);
  await user.tab('timeline');
  assert.match(await page.textContent('tr.today th'), /16/);
  await page.click('[data-mode=day]');
  await user.settled();
  await page.click('[data-move=today]');
  await user.settled();
  assert.match(await page.textContent('.bar h2'), /16 July 2026/);
});
