// A host that does not serve what the build made: a script, a module or a typeface that was changed on its way does not run; a kept file
// with another hash is not kept, nor one fetched again; an older version is refused; and a person hears of it.
import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import {axeViolations, openBrowser} from './lib/browser.mjs';
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
        // The browser looks for a new version by itself too, after a page was loaded: that one is let go first.
        while (registration.installing) await new Promise((resolve) => { setTimeout(resolve, 50); });
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
    state.release = await eventually(() => release(page), (text) => /^\d+\.\d+\.\d+\+\d+$/.test(text ?? ''), 30000);
});

const notice = (page, wanted) => eventually(() => page.locator('#refused').textContent({timeout: 100}).catch(() => ''),
    (text) => wanted.test(text), 10000);

test('an older version is refused, by its release and by its build, and the one that is there stays; a person hears of it',
    async ({page, folder, state}) => {
        const before = readFileSync(worker(folder), 'utf8');
        const older = [[/"release": "[^"]+"/, '"release": "0.0.9"'], [/"build": \d+/, '"build": 1']];
        for (const [pattern, text] of older) {
            writeFileSync(worker(folder), before.replace(pattern, text));
            assert.notEqual(readFileSync(worker(folder), 'utf8'), before);
            assert.equal(await asUpdate(page), 'redundant');
            assert.equal(await release(page), state.release);
            await notice(page, /older version.*stays in use/);
            await page.reload();
        }
        // The same build with other bytes is taken: who builds twice between two commits is not stopped.
        writeFileSync(worker(folder), `${before}// again\n`);
        await eventually(() => asUpdate(page), 'installed', 60000);
        assert.equal(await page.locator('#refused').count(), 0);
        writeFileSync(worker(folder), before);
        assert.match(await asUpdate(page), /installed|none/);
    });

test('a newer release whose files are not what it says is not taken', async ({page, folder, state}) => {
    const before = readFileSync(worker(folder), 'utf8'), words = path.join(folder, 'words.txt'), kept = readFileSync(words, 'utf8');
    edit(worker(folder), (text) => text.replace(`"release": "${state.release}"`, '"release": "9.0.0"')
        .replace(/("words\.txt": ")[0-9a-f]{64}/, `$1${'0'.repeat(64)}`));
    assert.equal(await asUpdate(page), 'redundant');
    assert.equal(await release(page), state.release);
    await notice(page, /not as it was made: words\.txt\. That version was not put into this browser/);
    await page.getByLabel('Cymraeg').check();
    await notice(page, /nad yw fel y'i gwnaed: words\.txt/);
    writeFileSync(worker(folder), before);
    assert.equal(readFileSync(words, 'utf8'), kept);
});

// A first visit to a host that serves something else for one file. `use` gets the page and what the console said.
async function altered(name, change, use, options = {}) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'entente-host-'));
    cpSync(site, folder, {recursive: true});
    const server = await serve({root: folder}), browser = await openBrowser(options);
    try {
        writeFileSync(path.join(folder, name), change(readFileSync(path.join(folder, name))));
        const page = await browser.context.newPage(), said = [];
        page.on('console', (message) => { if (message.type() === 'error') said.push(message.text()); });
        await page.goto(server.address);
        await use(page, said, server.address, folder);
    } finally {
        await browser.close();
        await server.close();
        rmSync(folder, {recursive: true, force: true});
    }
}

// One byte more in a module that is else as good as before: without a check it would start.
const withMore = (bytes) => Buffer.concat([bytes, Buffer.from([0, 2, 1, 0x78])]);
const refusedBy = (said, name) => eventually(() => said.some((text) => /integrity/i.test(text) && text.includes(name)), true, 15000);

test('a script that was changed on its way does not run', async () => {
    for (const name of ['first.js', 'app.js']) {
        await altered(name, (bytes) => `${bytes}\nwindow.intruder = true;\n`, async (page, said) => {
            await refusedBy(said, name);
            assert.equal(await page.evaluate(() => window.intruder), undefined);
        });
    }
});

test('nor does the module, with the service worker or without; it is said that it is not the program', async () => {
    for (const serviceWorkers of ['allow', 'block']) {
        await altered('app.wasm', withMore, async (page, said) => {
            await refusedBy(said, 'app.wasm');
            await page.getByRole('alert').filter({hasText: 'not the program that belongs to this page'}).waitFor();
            assert.equal(await page.evaluate(() => typeof window.entente.stats), 'undefined', 'it has not started');
        }, {serviceWorkers});
    }
    await altered('status.wasm', withMore, async (page, said, address) => {
        await page.goto(`${address}status.html`);
        await page.getByRole('heading', {name: 'Status'}).waitFor();
        await page.getByText('This page could not start').waitFor();
        await refusedBy(said, 'status.wasm');
    }, {serviceWorkers: 'block'});
});

test('a list of words and a typeface are checked too', async () => {
    await altered('words.txt', () => 'one two\n', async (page) => {
        await page.getByRole('button', {name: 'Offer six words'}).click();
        await page.getByText('The list of words could not be loaded.').waitFor();
    }, {serviceWorkers: 'block'});
    await altered('fonts/inter-400.ttf', (bytes) => Buffer.concat([bytes, Buffer.from([0])]), async (page) => {
        await page.getByRole('alert').filter({hasText: 'could not be loaded'}).waitFor();
    }, {serviceWorkers: 'block'});
});

test('a worker that was changed: nothing is kept, and a person is warned of their passphrase, not stopped', async () => {
    for (const name of ['worker.js', 'store_opfs.js', 'worker.wasm']) {
        await altered(name, (bytes) => (name.endsWith('.js') ? `${bytes}\n// another\n` : withMore(bytes)), async (page) => {
            await notice(page, new RegExp(`not as it was made: ${name.replace('.', '\\.')}.*Better not to enter a passphrase`));
            assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
            assert.equal(await page.getByRole('button', {name: 'Make workspace'}).isEnabled(), true);
            assert.deepEqual(await axeViolations(page), []);
        });
    }
});

// `script` in a worker of the page: what comes back first, or how it failed.
const fromWorker = (page, which) => page.evaluate((name) => new Promise((resolve) => {
    const one = new Worker(window.entente[name]());
    one.onmessage = (event) => resolve(`message ${event.data.byteLength ?? event.data}`);
    one.onerror = () => resolve('error');
    one.postMessage(new Uint8Array([1]).buffer);
}), which);

test('the module of a worker is checked by the worker', async () => {
    await altered('worker.wasm', withMore, async (page) => {
        assert.equal(await fromWorker(page, 'workerAddress'), 'message 0', 'the empty answer of a worker that cannot start');
    }, {serviceWorkers: 'block'});
});

test('a kept file that has gone is fetched again and checked again, and the worker of the page comes from what is kept', async () => {
    await altered('words.txt', (bytes) => bytes, async (page, said, address, folder) => {
        await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
        await eventually(() => page.evaluate(() => navigator.serviceWorker.controller !== null), true, 10000);
        const evict = (name) => page.evaluate(async (file) => {
            const store = await caches.open('entente-site');
            for (const request of await store.keys()) if (request.url.includes(`/${file}?`)) await store.delete(request);
            return (await store.keys()).filter((request) => request.url.includes(`/${file}?`)).length;
        }, name);
        const read = (name) => page.evaluate((file) => fetch(file).then((answer) => answer.text(), (error) => error.name), name);
        const whole = await read('words.txt');
        assert.equal(await evict('words.txt'), 0);
        assert.equal(await read('words.txt'), whole);
        assert.equal(await page.evaluate(async () => {
            const store = await caches.open('entente-site');
            return (await store.keys()).filter((request) => request.url.includes('/words.txt?')).length;
        }), 1, 'kept again');
        writeFileSync(path.join(folder, 'words.txt'), 'one two\n');
        writeFileSync(path.join(folder, 'worker.js'), 'self.postMessage("intruder");');
        assert.equal(await read('words.txt'), whole, 'from what is kept');
        await evict('words.txt');
        assert.equal(await read('words.txt'), 'TypeError');
        assert.notEqual(await fromWorker(page, 'workerAddress'), 'message intruder', 'from what is kept');
        await evict('worker.js');
        assert.equal(await fromWorker(page, 'workerAddress'), 'error');
        writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Another</title>');
        await evict('index.html');
        await page.goto(`${address}?again`);
        assert.match(await page.evaluate(() => document.body.innerText), /not here as it was made/);
        assert.ok(said.length > 0);
    });
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
