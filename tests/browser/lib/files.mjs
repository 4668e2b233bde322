// Files that can fail, and a worker (web/store_opfs.js) that keeps its records in them, without a browser: what was written and not
// flushed may be lost, half there, or there out of order after the power went.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

import {root} from './paths.mjs';

// `room`: how much of a file may be of no use before it is written anew.
const kRoom = /const kRoom = [^;]+;/;
const source = readFileSync(path.join(root, 'web/store_opfs.js'), 'utf8');
const compiled = (room) => vm.runInThisContext(`(function (self, navigator, setTimeout) {${source.replace(kRoom, room ?? '$&')}\n})`);
const begin = {true: compiled('const kRoom = 400;'), false: compiled()};

// Repeatable numbers (splitmix32): from 0 up to, and without, `below`.
export function randomNumbers(seed) {
    let state = seed >>> 0;
    return (below) => {
        state = (state + 0x9E3779B9) >>> 0;
        let z = state;
        z = Math.imul(z ^ (z >>> 16), 0x21F0AAAD);
        z = Math.imul(z ^ (z >>> 15), 0x735A2D97);
        return ((z ^ (z >>> 15)) >>> 0) % below;
    };
}

const changed = (bytes, {size, at, data}) => {
    const length = size ?? Math.max(bytes.length, at + data.length), next = new Uint8Array(length);
    next.set(bytes.subarray(0, length));
    if (data) next.set(data, at);
    return next;
};

// Names to bytes. `fail(what)` is asked before each change and each flush: 'no' does nothing and throws, 'late' does it and throws.
export class Disk {
    constructor(files = {}) {
        this.files = new Map(Object.entries(files).map(([name, bytes]) => [name, {seen: bytes.slice(), kept: bytes.slice(), open: []}]));
        this.fail = () => '';
    }

    bytes(name) { return this.files.get(name)?.seen ?? new Uint8Array(0); }

    // As after a loss of power: of what was not flushed, some.
    crash(random) {
        for (const file of this.files.values()) {
            for (const one of file.open) {
                const chance = random(4);
                if (chance === 0) continue;
                // Half there: the length is right, and what is behind some point was never written.
                const torn = chance === 1 && one.data;
                const half = (data) => data.map((byte, i) => (i < random(data.length) ? byte : 0));
                file.kept = changed(file.kept, torn ? {...one, data: half(one.data)} : one);
                if (torn && random(2)) file.kept = file.kept.slice(0, one.at + random(one.data.length));
            }
            file.open = [];
            file.seen = file.kept.slice();
        }
    }

    handle(name) {
        const file = this.files.get(name);
        const attempt = (what, act) => {
            const how = this.fail(`${what} ${name}`);
            if (how === 'no') throw new DOMException('no', 'QuotaExceededError');
            act();
            if (how === 'late') throw new DOMException('late', 'InvalidStateError');
        };
        const change = (one) => {
            file.seen = changed(file.seen, one);
            file.open.push(one);
        };
        return {
            getSize: () => file.seen.length,
            read: (into, {at}) => {
                const part = file.seen.subarray(at, at + into.length);
                into.set(part);
                return part.length;
            },
            write: (data, {at}) => {
                attempt('write', () => change({at, data: Uint8Array.from(data)}));
                return data.length;
            },
            truncate: (size) => attempt('truncate', () => change({size})),
            flush: () => attempt('flush', () => {
                file.kept = file.seen.slice();
                file.open = [];
            }),
            close: () => {},
        };
    }
}

// {store, key, value: bytes} as the page packs them.
export function pack({expect = [], put = [], erase = []}) {
    const bytes = [];
    const u32 = (value) => bytes.push(value & 255, (value >>> 8) & 255, (value >>> 16) & 255, value >>> 24);
    const place = ({store, key}) => {
        bytes.push(store.length, ...Buffer.from(store));
        u32(key >>> 0);
        u32(Math.floor(key / 2 ** 32));
    };
    const record = (one) => {
        place(one);
        u32(one.value.length);
        for (const byte of one.value) bytes.push(byte);
    };
    u32(expect.length);
    expect.forEach(record);
    u32(put.length);
    put.forEach(record);
    u32(erase.length);
    erase.forEach(place);
    return new Uint8Array(bytes);
}

// A worker of its own on that disk. `small`: it writes a file anew as soon as 400 bytes of it are of no use.
export function worker(disk, small = false) {
    const waiting = [];
    const folder = {
        getFileHandle: async (name, {create} = {}) => {
            if (!disk.files.has(name)) {
                if (!create) throw new DOMException('none', 'NotFoundError');
                disk.files.set(name, {seen: new Uint8Array(0), kept: new Uint8Array(0), open: []});
            }
            return {createSyncAccessHandle: async () => disk.handle(name)};
        },
    };
    const scope = {postMessage: (answer) => waiting.shift()(answer)};
    begin[small](scope, {storage: {getDirectory: async () => folder}}, setTimeout);
    const ask = (request) => new Promise((resolve) => {
        waiting.push(resolve);
        scope.onmessage({data: {ticket: 1, name: 'test', ...request}});
    });
    return {
        async commit(batch) { return (await ask({action: 'commit', batch: pack(batch).buffer})).status; },
        async erase() { return (await ask({action: 'erase'})).status; },
        // Of all stores: "jrnl 3" to its bytes as text; or the status, where it cannot be read.
        async all() {
            const found = {};
            for (const store of ['hdr', 'head', 'snap', 'jrnl']) {
                const {status, bytes} = await ask({action: 'read', store, first: 0, limit: 1e6});
                if (status !== 0) return {status, why: new TextDecoder().decode(bytes)};
                const view = new DataView(bytes.buffer ?? bytes);
                let at = 4;
                for (let left = view.getUint32(0, true); left > 0; --left) {
                    const key = view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32, size = view.getUint32(at + 8, true);
                    found[`${store} ${key}`] = Buffer.from(view.buffer, at + 12, size).toString('hex');
                    at += 12 + size;
                }
            }
            return found;
        },
    };
}
