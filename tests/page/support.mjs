// Shared by the tests: the real host with its page, its sandbox, a proxy between the two that can fail, and Debian's
// Chromium.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

export const today = '2026-07-15';
const tomorrow = '2026-07-16';
const build = path.resolve(process.env.ROOTS_BUILD || '../../build/tests');
const program = path.join(build, 'bin/roots-host-stub');
const sandboxProgram = path.join(build, 'bin/roots-sandbox');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const screenshots = path.join(build, 'screenshots');

// Starts a program and resolves with the JSON document that it prints first.
function start(words, children, file = program) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, words, { stdio: ['ignore', 'pipe', 'inherit'] });
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
    child.on('error', reject);
  });
}

// A proxy between host and sandbox. meet(request) can return {status, headers, body}, {reset: true}, or {delay: ms}; null
// forwards the request.
class Way {
  meet = () => null;

  static async to(address) {
    const way = new Way();
    way.server = http.createServer((request, response) =>
      way.pass(new URL(request.url, address), request, response),
    );
    await new Promise((resolve) => way.server.listen(0, '127.0.0.1', resolve));
    way.url = 'http://127.0.0.1:' + way.server.address().port;
    return way;
  }

  async pass(url, request, response) {
    const trouble = this.meet(request) || {};
    if (trouble.delay) await new Promise((resolve) => setTimeout(resolve, trouble.delay));
    if (trouble.reset) return request.socket.resetAndDestroy();
    if (trouble.status) return response.writeHead(trouble.status, trouble.headers).end(trouble.body || '{}');
    const onward = http.request(url, { method: request.method, headers: request.headers }, (reply) => {
      response.writeHead(reply.statusCode, reply.headers);
      reply.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  }
}

// A user of the page. Call leave() at the end.
export async function visit() {
  const children = [];
  const home = mkdtempSync(path.join(tmpdir(), 'roots-page-'));
  mkdirSync(screenshots, { recursive: true });
  const sandbox = await start(['--today', today, '--json'], children, sandboxProgram);
  const way = await Way.to(sandbox.personio_url);
  const plugins = path.join(home, 'plugins'); // a separate folder, so that a test can add plugins
  cpSync(path.join(build, 'plugins'), plugins, { recursive: true });
  const hostWords = ['--home', path.join(home, 'home'), '--plugins', plugins, '--today', today, '--json'];
  const link = (await start([...hostWords, 'serve'], children)).link;
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const context = await browser.newContext({ locale: 'en-GB', bypassCSP: false, acceptDownloads: true });
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });

  // The page's content security policy forbids waitForFunction(), so tests wait for selectors.
  const settled = () => page.waitForSelector('#main:not([aria-busy])[data-shown]');
  const user = {
    sandbox,
    way,
    link,
    browser,
    page,
    problems,
    settled,
    plugins,
    shoot: (name) => page.screenshot({ path: path.join(screenshots, name + '.png'), fullPage: true }),
    tab: async (name) => {
      await page.click('#tab-' + name);
      await settled();
    },
    connectionTab: async (name) => {
      await user.tab('connections');
      await page.click('#connection-' + name);
      await settled();
    },
    stopHost: () =>
      new Promise((resolve) => {
        children[1].removeAllListeners('exit').on('exit', resolve).kill('SIGTERM');
      }),
    // After midnight: a host of the next day answers the page's calls, with the same home.
    nextDay: async () => {
      const words = hostWords.map((word) => (word === today ? tomorrow : word));
      const other = new URL((await start([...words, 'serve'], children)).link);
      await page.route('**/api/run', async (route) => {
        const headers = {
          ...route.request().headers(),
          origin: other.origin,
          host: other.host,
          'x-roots-token': other.hash.slice(1),
        };
        await route.fulfill({ response: await route.fetch({ url: other.origin + '/api/run', headers }) });
      });
    },
    // The same command on the command line.
    type: (...words) => run([...hostWords, ...words]),
    leave: async () => {
      await browser.close();
      for (const child of children) child.removeAllListeners('exit').kill('SIGTERM');
      way.server.closeAllConnections();
      way.server.close();
      rmSync(home, { recursive: true, force: true });
    },

    // Fills in the form of the Personio plugin, which must be enabled and shown.
    fillPersonio: async (changed = {}) => {
      const values = {
        client_id: sandbox.client_id,
        client_secret: sandbox.client_secret,
        email: 'Nele.Muster@example.com',
        base_url: way.url,
        ...changed,
      };
      if (!(await page.isVisible('[name=base_url]'))) await page.click('form summary');
      for (const [name, value] of Object.entries(values)) await page.fill('[name=' + name + ']', value);
    },
    enablePersonio: async () => {
      await user.connectionTab('plugins');
      await page.click('.plugins button:has-text("Enable")');
      await page.waitForSelector('[name=client_id]');
    },
    connectPersonio: async () => {
      await user.enablePersonio();
      await user.fillPersonio();
      await page.click('form button:has-text("Connect")');
      await page.click('dialog button:has-text("Connect")');
      await page.waitForSelector('text=connected: Nele Muster');
    },
    connectMoco: async () => {
      await user.connectionTab('moco');
      await page.fill('[name=domain]', sandbox.moco_domain);
      await page.fill('[name=api_key]', sandbox.moco_api_key);
      await page.click('form summary');
      await page.fill('[name=base_url]', sandbox.moco_url);
      await page.click('form button:has-text("Connect")');
      await page.waitForSelector('button:has-text("Disconnect")');
      await settled();
    },

    // With the keyboard alone: moves to the element with this selector.
    tabTo: async (selector) => {
      for (let count = 0; count < 80; ++count) {
        if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error('the keyboard does not reach ' + selector);
    },

    seriousFindings: async () => {
      // The page's content security policy forbids external scripts; a test needs one.
      await page.evaluate(axe);
      const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
      return found.violations
        .filter((one) => ['serious', 'critical'].includes(one.impact))
        .map((one) => one.id + ': ' + one.nodes.map((node) => node.html).join(' '));
    },
  };
  await page.goto(link);
  await settled();
  return user;
}

function run(words) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    child.stdout.on('data', (bytes) => {
      out += bytes;
    });
    child.on('exit', (code) =>
      code === 0 ? resolve(JSON.parse(out)) : reject(new Error(words.join(' ') + ': ' + out)),
    );
  });
}
