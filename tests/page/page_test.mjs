// The connected page: calendar, timeline, explanations, keyboard, languages, narrow windows, print.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { visit } from './support.mjs';

let user;
let page;

before(async () => {
  user = await visit();
  page = user.page;
  await user.connectPersonio();
  await user.connectMoco();
});
after(() => user?.leave());

const day = (date) => page.locator(`td:has([data-date="${date}"])`);

test('the month shows absences, half-days, and holidays, each with a mark and a word', async () => {
  await user.tab('calendar');
  const told = (await user.type('calendar', '--month', '2026-07')).days;
  const expected = told.flatMap((one) => [
    ...one.holidays.map((holiday) => holiday.name),
    ...one.absences.map((absence) => absence.label),
  ]);
  const shown = await page.locator('.month .mark').allTextContents();
  assert.ok(expected.length > 5);
  assert.equal(shown.length, expected.length);
  for (const [index, name] of expected.entries()) assert.ok(shown[index].includes(name), shown[index]);
  assert.match(
    await page.textContent('.legend'),
    /Vacation.*Sick Leave.*Public Holiday.*Personal Time Off.*Other.*first half.*second half/,
  );
  assert.deepEqual(await user.seriousFindings(), []);
  await user.shoot('calendar');
});

test('the five kinds differ in pattern, not only in color', async () => {
  const patterns = await page
    .locator('.legend li:nth-child(-n+5) .swatch')
    .evaluateAll((all) =>
      all.map((one) => getComputedStyle(one).backgroundImage.replace(/rgba?\([^)]*\)/g, 'colour')),
    );
  assert.equal(new Set(patterns).size, 5);
});

test('a half-day fills half of its mark', async () => {
  const sizes = await page
    .locator('.legend li:nth-child(n+6) .swatch')
    .evaluateAll((all) =>
      all.map((one) => getComputedStyle(one).backgroundSize + ' ' + getComputedStyle(one).backgroundPosition),
    );
  assert.match(sizes[0], /^50% 100% 0%/);
  assert.match(sizes[1], /^50% 100% 100%/);
  assert.match(sizes[2], /^100% 50%/);
});

test('the tooltip of a day shows label, extent, source, and calculation, for mouse and keyboard', async () => {
  await page.hover('[data-date="2026-07-14"]');
  await page.waitForSelector('#tip:not([hidden])');
  const byMouse = await page.textContent('#tip');
  assert.match(byMouse, /planned/);
  await page.mouse.move(0, 0);
  await page.waitForSelector('#tip', { state: 'hidden' });
  await page.focus('[data-date="2026-07-14"]');
  assert.equal(await page.textContent('#tip'), byMouse);
  assert.equal(await page.getAttribute('[data-date="2026-07-14"]', 'aria-describedby'), 'tip');
  await page.keyboard.press('Escape');
  await page.waitForSelector('#tip', { state: 'hidden' });
});

test('the tooltip of each day of the year has the words of the command explain', async () => {
  await page.click('[data-mode=year]');
  await user.settled();
  const days = await page
    .locator('.year [data-date]')
    .evaluateAll((all) => all.map((one) => one.dataset.date));
  assert.equal(days.length, 365);
  const marked = await page
    .locator('.year td:has(.swatch) [data-date]')
    .evaluateAll((all) => all.map((one) => one.dataset.date));
  for (const kind of ['vacation', 'sick', 'public_holiday', 'personal', 'other'])
    assert.ok(await page.locator('.year .month .swatch.' + kind).count(), kind);
  assert.ok(marked.length > 20, 'the sandbox has a year of absences');
  for (const date of [...marked, ...days.filter((_, index) => index % 31 === 0)]) {
    await page.evaluate((wanted) => document.querySelector(`[data-date="${wanted}"]`).focus(), date);
    assert.equal(await page.textContent('#tip .arithmetic'), (await user.type('explain', date)).text, date);
  }
});

test('a year has the balance up to yesterday, and future target hours separately', async () => {
  const { totals } = await user.type('timeline', '--from', '2026-01-01', '--to', '2026-12-31');
  const rows = page.locator('.totals tbody tr');
  assert.deepEqual(await rows.locator('th').allTextContents(), ['To yesterday', 'Today', 'Ahead']);
  const cells = await rows.locator('td.number').allTextContents();
  const clock = (minutes) =>
    (minutes < 0 ? '−' : '') +
    Math.floor(Math.abs(minutes) / 60) +
    ':' +
    String(Math.abs(minutes) % 60).padStart(2, '0');
  assert.equal(cells[0], clock(totals.to_yesterday.target_minutes));
  assert.equal(cells[2].replace('+', ''), clock(totals.to_yesterday.balance_minutes));
  assert.equal(cells[6], clock(totals.ahead.target_minutes));
  assert.equal(cells[8], '');
});

test('the year shows twelve months on one page', async () => {
  assert.equal(await page.locator('.year section').count(), 12);
  assert.match(await page.textContent('main h2'), /^2026$/);
  assert.deepEqual(await user.seriousFindings(), []);
  await page.evaluate(() => document.activeElement.blur());
  await user.shoot('year');
  await page.keyboard.press('PageDown');
  await user.settled();
  assert.match(await page.textContent('main h2'), /^2027$/);
  await page.click('[data-move=today]');
  await user.settled();
  await page.click('[data-mode=month]');
  await user.settled();
});

test('a click opens the day, Escape closes it', async () => {
  await page.click('[data-date="2026-07-14"]');
  await page.waitForSelector('dialog[open]');
  assert.match(await page.textContent('dialog'), /Tuesday.*14 July 2026.*planned/s);
  assert.deepEqual(await user.seriousFindings(), []);
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog', { state: 'detached' });
});

test('remaining leave is shown as available, planned, and taken, as far as known', async () => {
  const table = page.locator('.card:has-text("Remaining leave")');
  assert.match(await table.textContent(), /available.*planned.*taken.*Urlaub.*days.*unknown/s);
  const told = (await user.type('balance')).balances[0];
  const cells = await table.locator('tbody tr:first-child td').allTextContents();
  assert.equal(parseFloat(cells[0]), told.available);
  assert.equal(parseFloat(cells[1]), Math.round((told.current - told.available) * 100) / 100);
});

test('sick leave can be shown as absent, in text, pattern, and export', async () => {
  assert.ok(await findSickness(), 'the sandbox has a sick leave');
  await page.check('#private');
  await user.settled();
  assert.equal(await page.locator('.swatch.sick').count(), 1, 'the legend alone');
  const marked = page.locator('.month .mark:has-text("Absent")').first();
  const date = await marked.locator('xpath=..').locator('[data-date]').getAttribute('data-date');
  await page.focus(`[data-date="${date}"]`);
  assert.ok(!/sick/i.test(await page.textContent('#tip')), await page.textContent('#tip'));
  assert.ok(!/sick/i.test(await day(date).innerHTML()));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.click('text=Save for other calendars'),
  ]);
  const text = readFileSync(await download.path(), 'utf8');
  assert.match(text, /BEGIN:VCALENDAR[\s\S]*SUMMARY:Absent/);
  assert.ok(!/sick/i.test(text));
  await page.uncheck('#private');
  await user.settled();
});

// Goes back to a month that has such a mark.
async function findSickness() {
  for (let count = 0; count < 12; ++count) {
    if (await page.locator('.month .swatch.sick').count()) return true;
    await page.click('[data-move=before]');
    await user.settled();
  }
  return false;
}

test('the keyboard alone moves between days, months, and tabs', async () => {
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('Home');
  await user.settled();
  assert.match(await page.textContent('main h2'), /July 2026/);
  await page.keyboard.press('PageDown');
  await user.settled();
  assert.match(await page.textContent('main h2'), /August 2026/);
  await page.focus('[data-date="2026-08-31"]');
  await page.keyboard.press('ArrowRight');
  await page.waitForSelector('[data-date="2026-09-01"]:focus');
  await page.keyboard.press('ArrowUp');
  await page.waitForSelector('[data-date="2026-08-25"]:focus');
  await page.keyboard.press('Enter');
  await page.waitForSelector('dialog[open]');
  await page.keyboard.press('Escape');
  await page.focus('#tab-calendar');
  await page.keyboard.press('ArrowRight');
  await page.waitForSelector('#tab-timeline:focus');
});

test('the timeline sums target, booked time, and balance of a week, and names the deductions', async () => {
  await page.click('[data-move=today]');
  await user.settled();
  assert.equal(await page.locator('.days tbody tr').count(), 7);
  const week = await user.type('timeline', '--from', '2026-07-13', '--to', '2026-07-19');
  const sum = (days, name) => days.reduce((total, one) => total + one[name], 0);
  const minutesOf = (text) => {
    const [hours, minutes] = text.replace(/[−+]/, '').split(':').map(Number);
    return (text.startsWith('−') ? -1 : 1) * (hours * 60 + minutes);
  };
  const shown = await page.locator('.days tfoot td.number').allTextContents();
  // Up to yesterday, today, and ahead, separately; days ahead have no balance.
  const [over, now, ahead] = [week.days.slice(0, 2), week.days.slice(2, 3), week.days.slice(3)];
  const rowOf = (days) =>
    ['target_minutes', 'booked_minutes', 'balance_minutes'].map((name) => sum(days, name));
  assert.deepEqual(shown.slice(0, 6).map(minutesOf), [...rowOf(over), ...rowOf(now)]);
  assert.equal(minutesOf(shown[6]), sum(ahead, 'target_minutes'));
  assert.equal(shown[8], '');
  assert.equal(
    await page.locator('.days tbody tr:nth-child(5) td.number').last().textContent(),
    '',
    'a day ahead has no balance',
  );
  assert.deepEqual(await page.locator('.days tfoot th').allTextContents(), [
    'To yesterday',
    'Today',
    'Ahead',
  ]);
  const taken = week.days.flatMap((one) => one.reductions).reduce((total, one) => total + one.minutes, 0);
  const named = (await page.locator('.days tfoot .takes').allTextContents()).map((text) =>
    minutesOf(text.split(' ')[0]),
  );
  assert.ok(taken > 0);
  assert.equal(
    named.reduce((total, minutes) => total + minutes, 0),
    -taken,
  );
  assert.deepEqual(await user.seriousFindings(), []);
  await page.mouse.move(0, 0);
  await user.shoot('timeline');
});

test('bars have the length of booked time, bands that of deductions', async () => {
  const week = await user.type('timeline', '--from', '2026-07-13', '--to', '2026-07-19');
  const one = week.days.find((candidate) => candidate.entries.length > 0);
  const scale = Math.max(
    ...week.days.map((candidate) => Math.max(candidate.scheduled_minutes, candidate.booked_minutes)),
  );
  const widths = await page
    .locator(`.track[data-date="${one.date}"] .entry`)
    .evaluateAll((all) => all.map((bar) => parseFloat(bar.style.width)));
  assert.deepEqual(
    widths.map((width) => Math.round((width * scale) / 100)),
    one.entries.map((entry) => entry.minutes),
  );
  const free = week.days.find((candidate) => candidate.reductions.some((reduction) => reduction.minutes > 0));
  assert.ok(await page.locator(`.track[data-date="${free.date}"] .band`).count());
});

test('a day of the timeline lists its entries', async () => {
  await page.click('[data-mode=day]');
  await user.settled();
  assert.equal(await page.locator('.days:not(.entries) tbody tr').count(), 1);
  await page.click('[data-move=before]');
  await user.settled();
  const told = (await user.type('timeline', '--from', '2026-07-14', '--to', '2026-07-14')).days[0];
  assert.equal(await page.locator('.entries tbody tr').count(), told.entries.length);
  assert.deepEqual(await user.seriousFindings(), []);
  await user.shoot('timeline-day');
  await page.click('[data-mode=week]');
  await user.settled();
});

test('the German page has German dates, and weeks that start on Monday', async () => {
  await page.selectOption('#language', 'de');
  await user.tab('calendar');
  await page.click('[data-move=today]');
  await user.settled();
  assert.match(await page.textContent('main h2'), /Juli 2026/);
  assert.match(await page.textContent('.month thead'), /^Mo.*So$/);
  await page.focus('[data-date="2026-07-14"]');
  assert.match(await page.textContent('#tip'), /Dienstag, 14\. Juli 2026.*geplant/);
  for (const name of ['timeline', 'settings', 'connections']) {
    await user.tab(name);
    assert.equal(await page.locator('text=/^(Save|Connect|Disconnect|Day|Week)$/').count(), 0, name);
  }
  await user.tab('calendar');
});

test('a narrow window needs no horizontal scrolling', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const name of ['timeline', 'settings', 'connections', 'calendar']) {
    await user.tab(name);
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    assert.equal(wide, false, name);
  }
  await user.shoot('narrow');
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.selectOption('#language', 'en');
  await user.settled();
});

test('dark mode keeps its contrast', async () => {
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const name of ['calendar', 'timeline', 'connections', 'settings']) {
    await user.tab(name);
    assert.deepEqual(await user.seriousFindings(), [], name);
  }
  await user.tab('calendar');
  await user.shoot('dark');
  await page.emulateMedia({ colorScheme: 'light' });
});

test('print shows the calendar without controls', async () => {
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.isVisible('#tabs'), false);
  assert.equal(await page.isVisible('#sync'), false);
  assert.equal(await page.isVisible('[data-move=before]'), false);
  assert.equal(await page.isVisible('.month'), true);
  await user.shoot('paper');
  await page.emulateMedia({ media: 'screen' });
});

test('without the token of this start, requests are refused', async () => {
  const other = await (await user.browser.newContext()).newPage();
  await other.goto(user.link.split('#')[0]);
  await other.waitForSelector('[role=alert]');
  assert.match(await other.textContent('[role=alert]'), /Open the link that serve printed last/);
  await other.close();
});

test('the page can run only the commands that it shows', async () => {
  const [address, token] = user.link.split('/#');
  const ask = async (...words) =>
    (
      await fetch(address + '/api/run', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Roots-Token': token },
        body: JSON.stringify({ words }),
      })
    ).json();
  assert.equal((await ask('status')).exit_code, 0);
  for (const words of [
    ['demo'],
    ['serve'],
    ['--home', '/tmp/elsewhere', 'status'],
    ['status', '--plugins', '/tmp'],
    ['status', '--help'],
  ]) {
    const answer = await ask(...words);
    assert.equal(answer.exit_code, 2, words.join(' '));
    assert.match(answer.notes, /The page cannot do this/);
  }
  for (const words of [
    ['serve', '--home'],
    ['demo', '--home'],
    ['status', '--home'],
  ]) {
    const answer = await ask(...words);
    assert.equal(answer.exit_code, 2, words.join(' '));
    assert.match(answer.reply.error.message, /--home needs a value/);
  }
});

test('the browser reported no errors', () => assert.deepEqual(user.problems, []));
