// The second store (web/store_opfs.js) in real Chromium: what is answered is there for the next worker; what was cut short or altered in
// the files costs only itself; a file that grows is written anew; a second tab is told that it cannot have it.
import {openBrowser, watch} from './lib/browser.mjs';
import {site} from './lib/paths.mjs';
import {assert, figure, run, test} from './lib/suite.mjs';
import {serve} from '../../scripts/serve.mjs';

// In the page: a worker, and calls with plain values. Records are {store, key, value: bytes as an array}.
function install() {
    const pack = ({expect = [], put = [], erase = []}) => {
        const bytes = [];
        const u32 = (value) => bytes.push(value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24);
        const place = ({store, key}) => {
            bytes.push(store.length, ...[...store].map((letter) => letter.charCodeAt(0)));
            u32(key >>> 0);
            u32(Math.floor(key / 4294967296));
        };
        const record = (one) => {
            place(one);
            const value = one.filled ? new Uint8Array(one.filled).fill(one.with) : one.value;
            u32(value.length);
            for (let at = 0; at < value.length; at += 4096) bytes.push(...value.slice(at, at + 4096));
        };
        u32(expect.length);
        expect.forEach(record);
        u32(put.length);
        put.forEach(record);
        u32(erase.length);
        erase.forEach(place);
        return new Uint8Array(bytes).buffer;
    };
    const unpack = (buffer) => {
        const view = new DataView(buffer), records = [];
        let at = 4;
        for (let left = view.getUint32(0, true); left > 0; --left) {
            const key = view.getUint32(at, true) + view.getUint32(at + 4, true) * 4294967296, size = view.getUint32(at + 8, true);
            records.push({key, value: [...new Uint8Array(buffer, at + 12, size)]});
            at += 12 + size;
        }
        return records;
    };
    let worker, ticket = 0;
    const waiting = new Map();
    const ask = (request) => new Promise((resolve) => {
        waiting.set(++ticket, resolve);
        worker.postMessage({...request, ticket, name: 'test'});
    });
    window.twin = {
        start() {
            worker?.terminate();
            worker = new Worker(window.entente.storeAddress());
            worker.onmessage = ({data}) => waiting.get(data.ticket)(data);
        },
        stop: () => worker.terminate(),
        async commit(batch) { return (await ask({action: 'commit', batch: pack(batch)})).status; },
        async read(store, first = 0, limit = 1000) {
            const {status, bytes} = await ask({action: 'read', store, first, limit});
            return status === 0 ? unpack(bytes) : {status, why: new TextDecoder().decode(bytes)};
        },
        async erase() { return (await ask({action: 'erase'})).status; },
        // Lets the files go, so that they can be looked at and altered.
        async close() { await ask({action: 'close'}); },
        async file(half) {
            const root = await navigator.storage.getDirectory();
            return [...new Uint8Array(await (await (await root.getFileHandle(`test.${half}`)).getFile()).arrayBuffer())];
        },
        async put(half, bytes) {
            const root = await navigator.storage.getDirectory(), entry = await root.getFileHandle(`test.${half}`);
            let out;
            for (let tries = 0; !out; ++tries) {  // a handle that was closed lets its file go a moment later
                out = await entry.createWritable().catch((error) => {
                    if (tries > 50) throw error;
                });
                if (!out) await new Promise((resolve) => { setTimeout(resolve, 20); });
            }
            await out.write(new Uint8Array(bytes));
            await out.close();
        },
    };
    window.twin.start();
}

const record = (store, key, ...value) => ({store, key, value});
const call = (page, name, ...values) => page.evaluate(([n, v]) => window.twin[n](...v), [name, values]);
const keys = async (page, store) => (await call(page, 'read', store)).map((one) => one.key);

async function fresh(page) {
    await call(page, 'start');
    assert.equal(await call(page, 'erase'), 0);
}

// The files are closed, changed by `change` and opened by a new worker.
async function changed(page, change) {
    await call(page, 'close');
    const bytes = await call(page, 'file', 'a');
    await call(page, 'put', 'a', change(bytes));
    await call(page, 'start');
}

test('records are kept whole, in order, for the next worker; a batch that expects something else changes nothing', async ({page}) => {
    await fresh(page);
    const three = [record('hdr', 0, 1, 2), record('jrnl', 2 ** 40 + 1, 9), record('jrnl', 3, 4, 5, 6)];
    assert.equal(await call(page, 'commit', {put: three}), 0);
    assert.equal(await call(page, 'commit', {expect: [record('hdr', 0, 7)], put: [record('hdr', 1, 8)]}), 1);
    assert.equal(await call(page, 'commit', {expect: [record('hdr', 0, 1, 2), record('hdr', 1)], put: [record('hdr', 1, 8)]}), 0);
    assert.equal(await call(page, 'commit', {put: [record('hdr', 0, 3)], erase: [{store: 'jrnl', key: 77}]}), 0);
    await call(page, 'stop');
    await call(page, 'start');
    assert.deepEqual(await call(page, 'read', 'hdr'), [{key: 0, value: [3]}, {key: 1, value: [8]}]);
    assert.deepEqual(await call(page, 'read', 'jrnl'), [{key: 3, value: [4, 5, 6]}, {key: 2 ** 40 + 1, value: [9]}]);
    assert.deepEqual(await call(page, 'read', 'jrnl', 4, 10), [{key: 2 ** 40 + 1, value: [9]}]);
    assert.deepEqual(await call(page, 'read', 'jrnl', 0, 1), [{key: 3, value: [4, 5, 6]}]);
    assert.equal(await call(page, 'commit', {erase: [{store: 'jrnl', key: 3}]}), 0);
    assert.deepEqual(await keys(page, 'jrnl'), [2 ** 40 + 1]);
    assert.equal(await call(page, 'erase'), 0);
    assert.deepEqual(await call(page, 'read', 'hdr'), []);
});

test('a last frame that was cut at any byte is passed over; what is added after it is there', async ({page}) => {
    await fresh(page);
    for (const key of [1, 2]) await call(page, 'commit', {put: [record('jrnl', key, key, key)]});
    await call(page, 'close');
    const whole = await call(page, 'file', 'a');
    await call(page, 'start');
    const one = (whole.length - 16) / 2;
    for (let cut = whole.length - 1; cut > whole.length - one; cut -= 3) {
        await changed(page, () => whole.slice(0, cut));
        assert.deepEqual(await keys(page, 'jrnl'), [1], `cut at ${cut}`);
        await call(page, 'commit', {put: [record('jrnl', 3, 3)]});
        await call(page, 'start');
        assert.deepEqual(await keys(page, 'jrnl'), [1, 3], `cut at ${cut}, and one more`);
    }
});

test('a bit that turned over costs at most its own record', async ({page}) => {
    await fresh(page);
    for (const key of [1, 2, 3]) await call(page, 'commit', {put: [record('jrnl', key, key, key, key)]});
    await call(page, 'close');
    const whole = await call(page, 'file', 'a');
    const one = (whole.length - 16) / 3;
    let turned = 0;
    for (let bit = (16 + one) * 8; bit < (16 + 2 * one) * 8; bit += 5) {
        const bytes = [...whole];
        bytes[bit >> 3] ^= 1 << (bit & 7);
        await call(page, 'put', 'a', bytes);
        await call(page, 'start');
        const found = await call(page, 'read', 'jrnl');
        for (const key of [1, 3])
            assert.deepEqual(found.find((other) => other.key === key)?.value, [key, key, key], `bit ${bit}: record ${key}`);
        await call(page, 'close');
        ++turned;
    }
    figure('second store: bits turned over, the other records kept', turned);
    await call(page, 'start');
});

test('a bit of the head of either file, or of both, costs nothing', async ({page}) => {
    await fresh(page);
    for (const key of [1, 2, 3]) await call(page, 'commit', {put: [record('jrnl', key, key)]});
    await call(page, 'close');
    const files = {a: await call(page, 'file', 'a'), b: await call(page, 'file', 'b')};
    assert.equal(files.b.length, 16, 'of the other there is a head alone');
    const turn = (bytes, bit) => bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
    let turned = 0;
    for (let bit = 0; bit < 128; ++bit) {
        for (const halves of [['a'], ['b'], ['a', 'b']]) {
            for (const half of ['a', 'b']) await call(page, 'put', half, halves.includes(half) ? turn(files[half], bit) : files[half]);
            await call(page, 'start');
            assert.deepEqual(await keys(page, 'jrnl'), [1, 2, 3], `bit ${bit} of ${halves}`);
            await call(page, 'close');
            ++turned;
        }
    }
    figure('second store: bits turned over in heads, nothing lost', turned);
    await call(page, 'start');
});

test('a file that is mostly of no more use is written anew, and nothing live goes', async ({page}) => {
    await fresh(page);
    await call(page, 'commit', {put: [record('jrnl', 1, 1, 2, 3)]});
    const big = 1_000_000;
    for (let i = 0; i < 12; ++i) {
        assert.equal(await call(page, 'commit', {put: [{store: 'snap', key: 5, filled: big, with: i}]}), 0);
    }
    await call(page, 'close');
    const sizes = [];
    for (const half of ['a', 'b']) sizes.push(await page.evaluate(async (one) => (await window.twin.file(one)).length, half));
    assert.ok(Math.max(...sizes) < 9 * big, `${sizes} bytes`);
    await call(page, 'start');
    assert.ok(await page.evaluate(async (size) => {
        const [{key, value}] = await window.twin.read('snap');
        return key === 5 && value.length === size && value.every((byte) => byte === 11);
    }, big));
    assert.deepEqual(await call(page, 'read', 'jrnl'), [{key: 1, value: [1, 2, 3]}]);
});

test('of two files the one that is whole and newer counts; one of a newer version is not touched', async ({page}) => {
    await fresh(page);
    await call(page, 'commit', {put: [record('jrnl', 1, 1)]});
    await call(page, 'close');
    const now = await call(page, 'file', 'a');
    // A copy that was begun and never finished: its head does not say that it is whole.
    const begun = [...now.slice(0, 5), 0, ...now.slice(6)];
    await call(page, 'put', 'b', begun);
    await call(page, 'start');
    assert.deepEqual(await keys(page, 'jrnl'), [1]);
    await call(page, 'close');
    const newer_head = [...now.slice(0, 4), 2, ...now.slice(5, 12)];
    const crc = await page.evaluate((bytes) => {
        let value = 0xFFFFFFFF;
        for (const byte of bytes) {
            value ^= byte;
            for (let bit = 0; bit < 8; ++bit) value = value & 1 ? (value >>> 1) ^ 0xEDB88320 : value >>> 1;
        }
        return (value ^ 0xFFFFFFFF) >>> 0;
    }, newer_head);
    const newer = [...newer_head, crc & 255, (crc >>> 8) & 255, (crc >>> 16) & 255, crc >>> 24, ...now.slice(16)];
    await call(page, 'put', 'a', newer);
    await call(page, 'start');
    assert.deepEqual(await call(page, 'read', 'jrnl'), {status: 3, why: 'NotSupportedError'});
    assert.equal(await call(page, 'commit', {put: [record('jrnl', 2, 2)]}), 3);
    assert.deepEqual(await call(page, 'file', 'a'), newer);
    await call(page, 'put', 'a', now);
    await call(page, 'start');
    assert.deepEqual(await keys(page, 'jrnl'), [1]);
});

test('what is no batch changes nothing; a second tab cannot have the files while the first has them', async ({page, context, address}) => {
    const status = await page.evaluate(() => window.twin.commit({put: [{store: 'other', key: 1, value: [1]}]}));
    assert.equal(status, 4);
    const second = await context.newPage();
    await second.goto(address);
    await second.evaluate(`(${install})()`);
    assert.equal((await call(second, 'read', 'jrnl')).status, 3);
    assert.deepEqual(await keys(page, 'jrnl'), [1]);
    await call(page, 'close');
    assert.equal((await call(second, 'read', 'jrnl')).status, 3, 'not tried again at once: nobody waits for it at every call');
    await call(second, 'start');
    assert.deepEqual(await keys(second, 'jrnl'), [1], 'free again');
    await second.close();
});

test('nothing went wrong', ({watched}) => assert.deepEqual(watched.problems, []));

await run({
    before: async () => {
        const server = await serve({root: site});
        const browser = await openBrowser();
        const page = await browser.context.newPage();
        const watched = watch(page, server.address);
        await page.goto(server.address);
        await page.evaluate(`(${install})()`);
        return {server, browser, page, watched, context: browser.context, address: server.address};
    },
    after: async ({browser, server}) => {
        await browser.close();
        await server.close();
    },
});
