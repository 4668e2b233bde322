// A host that does not serve what the build made: a script that was changed on its way does not run, a kept file with another hash is not
// kept, an older release is refused; and no page asks anything of another origin.
import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {openBrowser} from './lib/browser.mjs';
import {site} from './lib/paths.mjs';
import {assert, eventually, run, test} from './lib/suite.mjs';
import {serve} from '../../scripts/serve.mjs';

const worker = (folder) => path.join(folder, 'service_worker.js');
const edit = (file, change) => writeFileSync(file, change(readFileSync(file, 'utf8')));

// The worker in charge says which release it is of by what it has put away.
const release = (page) => page.evaluate(async () => {
    const kept = await (await caches.open('entente-site')).match(new URL('release', location.href));
    return kept?.text();
});

async function asUpdate(page) {
    return page.evaluate(async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        let state = 'none';
        const seen = new Promise((resolve) => {
            registration.addEventListener('updatefound', () => {
                const fresh = registration.installing;
                fresh.addEventListener('statechange', () => {
                    state = fresh.state;
                    if (state === 'redundant' || state === 'installed') resolve();
                });
            });
        });
        await registration.update().catch(() => {});
        await Promise.race([seen, new Promise((resolve) => { setTimeout(resolve, 20000); })]);
        return state;
    });
}

test('the service worker keeps the release', async ({page, address, state}) => {
    await page.goto(address);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    state.release = await eventually(() => release(page), (text) => /^\d+\.\d+\.\d+$/.test(text ?? ''), 30000);
});

test('an older release is refused, and the one that is there stays', async ({page, folder, state}) => {
    const before = readFileSync(worker(folder), 'utf8');
    edit(worker(folder), (text) => text.replace(`"release": "${state.release}"`, '"release": "0.0.9"'));
    assert.notEqual(readFileSync(worker(folder), 'utf8'), before);
    assert.equal(await asUpdate(page), 'redundant');
    assert.equal(await release(page), state.release);
    writeFileSync(worker(folder), before);
});

test('a newer release whose files are not what it says is not taken', async ({page, folder, state}) => {
    const before = readFileSync(worker(folder), 'utf8'), words = path.join(folder, 'words.txt'), kept = readFileSync(words, 'utf8');
    edit(worker(folder), (text) => text.replace(`"release": "${state.release}"`, '"release": "9.0.0"')
        .replace(/("words\.txt": ")[0-9a-f]{64}/, `$1${'0'.repeat(64)}`));
    assert.equal(await asUpdate(page), 'redundant');
    assert.equal(await release(page), state.release);
    writeFileSync(worker(folder), before);
    assert.equal(readFileSync(words, 'utf8'), kept);
});

test('a script that was changed on its way does not run', async ({browser, folder, address}) => {
    edit(path.join(folder, 'first.js'), (text) => `${text}\nwindow.intruder = true;\n`);
    const page = await browser.context.newPage();
    const problems = [];
    page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
    await page.goto(`${address}words.txt`);
    await page.evaluate(async () => {
        for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
        await caches.delete('entente-site');
    });
    await page.goto(`${address}?fresh`);
    await eventually(() => problems.some((text) => /integrity/i.test(text) && text.includes('first.js')), true, 10000);
    assert.equal(await page.evaluate(() => window.intruder), undefined);
});

await run({
    before: async () => {
        const folder = mkdtempSync(path.join(os.tmpdir(), 'entente-host-'));
        cpSync(site, folder, {recursive: true});
        const server = await serve({root: folder});
        const browser = await openBrowser({colorScheme: 'dark'});
        const page = await browser.context.newPage();
        return {server, browser, page, folder, address: server.address, state: {}};
    },
    after: async ({browser, server, folder}) => {
        await browser.close();
        await server.close();
        rmSync(folder, {recursive: true, force: true});
    },
});
