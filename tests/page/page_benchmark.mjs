// Load times of the page, beside the cost of the browser alone:
//   ROOTS_BUILD=build/tests npm run benchmark [-- --json]
import http from 'node:http';
import { visit } from './support.mjs';

const rounds = 15;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function firstPaint(browser, address) {
  const times = [];
  for (let round = 0; round < rounds; ++round) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(address);
    await page.waitForSelector('h1');
    times.push(
      await page.evaluate(
        () =>
          new Promise((resolve) => {
            const told = () => performance.getEntriesByName('first-contentful-paint')[0];
            if (told()) resolve(told().startTime);
            else
              new PerformanceObserver(() => told() && resolve(told().startTime)).observe({ type: 'paint' });
          }),
      ),
    );
    await context.close();
  }
  return median(times);
}

// In the browser: from the click to the new view, including two frames.
const change = (page, selector) =>
  page.evaluate(
    (wanted) =>
      new Promise((resolve) => {
        const main = document.getElementById('main');
        const start = performance.now();
        new MutationObserver((_, observer) => {
          if (main.hasAttribute('aria-busy')) return;
          observer.disconnect();
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - start)));
        }).observe(main, { attributes: true, attributeFilter: ['aria-busy'] });
        document.querySelector(wanted).click();
      }),
    selector,
  );

const twoFrames = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const start = performance.now();
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - start)));
      }),
  );

const user = await visit();
await user.connectPersonio();
await user.connectMoco();
await user.tab('calendar');
const bare = http.createServer((_, response) =>
  response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><h1>bare</h1>'),
);
await new Promise((resolve) => bare.listen(0, '127.0.0.1', resolve));

const months = [];
const years = [];
const frames = [];
for (let round = 0; round < rounds; ++round) {
  months.push(await change(user.page, round % 2 ? '[data-move=before]' : '[data-move=after]'));
  frames.push(await twoFrames(user.page));
}
await user.page.click('[data-mode=year]'); // fetches the year
await user.settled();
for (let round = 0; round < rounds; ++round) {
  await user.page.click('[data-mode=month]');
  await user.settled();
  years.push(await change(user.page, '[data-mode=year]'));
}
const figures = {
  'first contentful paint, page': await firstPaint(user.browser, user.link),
  'first contentful paint, one line of HTML': await firstPaint(
    user.browser,
    'http://127.0.0.1:' + bare.address().port,
  ),
  'month change, data known': median(months),
  'year, data known': median(years),
  'two frames of the browser': median(frames),
};
bare.close();
await user.leave();

if (process.argv.includes('--json')) {
  console.log(JSON.stringify(figures));
} else {
  console.log('| what (median of ' + rounds + ') | ms |\n|---|---:|');
  for (const [what, time] of Object.entries(figures))
    console.log('| ' + what + ' | ' + time.toFixed(1) + ' |');
}
