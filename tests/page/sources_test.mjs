// The sources of the page and of its tests are formatted by Prettier and have no findings of ESLint.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import * as prettier from 'prettier';

const here = path.dirname(fileURLToPath(import.meta.url));
const checkout = path.resolve(here, '../..');
const format = JSON.parse(readFileSync(path.join(here, '.prettierrc.json'), 'utf8'));
const eslint = new ESLint({ cwd: checkout, overrideConfigFile: path.join(here, 'eslint.config.mjs') });

const sourcesIn = (folder, endings) =>
  readdirSync(folder)
    .filter((name) => endings.includes(path.extname(name)))
    .map((name) => path.join(folder, name));
const sources = [
  ...sourcesIn(path.join(checkout, 'host-stub/page/assets'), ['.js', '.css', '.html']),
  ...sourcesIn(here, ['.mjs']),
];

for (const file of sources) {
  const name = path.relative(checkout, file);
  test(`${name} is formatted`, async () => {
    const isFormatted = await prettier.check(readFileSync(file, 'utf8'), { ...format, filepath: file });
    assert.ok(isFormatted, `Format ${name}: run "npm run format" in tests/page.`);
  });
  if (!/\.m?js$/.test(name)) continue;
  test(`${name} has no findings`, async () => {
    const [result] = await eslint.lintFiles([file]);
    const findings = result.messages.map(
      (finding) => `${name}:${finding.line}: ${finding.message} (${finding.ruleId})`,
    );
    assert.deepEqual(findings, []);
  });
}
