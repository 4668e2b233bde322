// The second store: a worker that keeps a copy of every record in the origin private file system, apart from IndexedDB, because one
// damaged byte there can open as an empty database without a word. Only a worker has the handle that writes and flushes. Records mean
// nothing here; they are sealed before they come.
//
// Two files, of which one counts. Each is a head of 16 bytes ("ENTF", version, generation, whether it is whole), then frames:
//     "ENTR" | u32 length | u32 CRC-32 of these 8 bytes | the batch | u32 CRC-32 of the batch
// A batch is added as one frame and flushed before it is answered, so it is there or it is not. A frame that is cut short, or whose
// numbers are wrong, is passed over, and reading goes on at the next one that is whole. When more than half of a file is of no more use
// the live records are written to the other one, which counts from the moment its head says that it is whole.
'use strict';

const kStores = ['hdr', 'head', 'snap', 'jrnl'];
const kHeadBytes = 16;
const kVersion = 1;
const kRoom = 8 * 1024 * 1024;  // of dead bytes, before a file is written anew
const kDone = 0, kConflict = 1, kFull = 2, kUnavailable = 3, kFailed = 4;

const crcs = new Uint32Array(256).map(function (_, value) {
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xEDB88320 : value >>> 1;
    return value;
});

function crc32(bytes) {
    let crc = 0xFFFFFFFF;
    for (let i = 0; i < bytes.length; i++) crc = crcs[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
    return (crc ^ 0xFFFFFFFF) >>> 0;
}

const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

// Reads a batch as src/platform/web/storage_web.cpp writes it, and throws (RangeError) where it is no batch.
function parse(batch) {
    const view = viewOf(batch);
    let at = 0;
    const u32 = () => view.getUint32((at += 4) - 4, true);
    const place = () => {
        const length = view.getUint8(at++);
        const store = String.fromCharCode(...batch.subarray(at, at += length));
        const low = u32();
        const key = u32() * 4294967296 + low;
        if (!kStores.includes(store) || key > Number.MAX_SAFE_INTEGER) throw new RangeError('not a record');
        return {store, key};
    };
    const record = () => {
        const one = place(), size = u32();
        if (size > batch.length - at) throw new RangeError('cut short');
        return {...one, at, value: batch.subarray(at, at += size)};
    };
    const many = (one) => {
        const out = [], count = u32();
        if (count > batch.length) throw new RangeError('too many');
        while (out.length < count) out.push(one());
        return out;
    };
    const parts = {expect: many(record), put: many(record), erase: many(place)};
    if (at !== batch.length) throw new RangeError('too long');
    return parts;
}

// A batch that puts one record.
function putting(store, key, value) {
    const bytes = new Uint8Array(4 + 4 + 1 + store.length + 12 + value.length + 4), view = viewOf(bytes);
    view.setUint32(4, 1, true);
    bytes[8] = store.length;
    for (let i = 0; i < store.length; i++) bytes[9 + i] = store.charCodeAt(i);
    const at = 9 + store.length;
    view.setUint32(at, key >>> 0, true);
    view.setUint32(at + 4, Math.floor(key / 4294967296), true);
    view.setUint32(at + 8, value.length, true);
    bytes.set(value, at + 12);
    return bytes;
}

function frame(batch) {
    const bytes = new Uint8Array(batch.length + 16), view = viewOf(bytes);
    bytes.set([0x45, 0x4E, 0x54, 0x52]);
    view.setUint32(4, batch.length, true);
    view.setUint32(8, crc32(bytes.subarray(0, 8)), true);
    bytes.set(batch, 12);
    view.setUint32(12 + batch.length, crc32(batch), true);
    return bytes;
}

function head(generation, whole) {
    const bytes = new Uint8Array(kHeadBytes), view = viewOf(bytes);
    bytes.set([0x45, 0x4E, 0x54, 0x46, kVersion, whole ? 1 : 0]);
    view.setUint32(8, generation, true);
    view.setUint32(12, crc32(bytes.subarray(0, 12)), true);
    return bytes;
}

// The browser writes less than it was asked to, or throws, where there is no room.
function writeAll(handle, bytes, at) {
    if (handle.write(bytes, {at}) !== bytes.length) throw new DOMException('not all of it was written', 'QuotaExceededError');
}

function readAll(handle, at, size) {
    const bytes = new Uint8Array(size);
    return bytes.subarray(0, handle.read(bytes, {at}));
}

class File {
    constructor(handle) {
        this.handle = handle;
        this.forget();
        const bytes = readAll(handle, 0, kHeadBytes);
        if (bytes.length < kHeadBytes || viewOf(bytes).getUint32(0, true) !== 0x46544E45) return;
        if (viewOf(bytes).getUint32(12, true) !== crc32(bytes.subarray(0, 12))) return;
        if (bytes[4] > kVersion) throw new DOMException('written by a newer version', 'NotSupportedError');
        this.generation = viewOf(bytes).getUint32(8, true);
        this.whole = bytes[5] === 1;
    }

    forget() {
        this.generation = 0;
        this.whole = false;
        this.end = kHeadBytes;
        this.live = 0;
        this.places = new Map(kStores.map((store) => [store, new Map()]));  // key -> [at, size]
    }

    // The parts of a batch that stands at `at`.
    take({put, erase}, at) {
        for (const one of put) this.place(one.store, one.key, at + one.at, one.value.length);
        for (const one of erase) this.place(one.store, one.key, 0, -1);
    }

    place(store, key, at, size) {
        const places = this.places.get(store), before = places.get(key);
        if (before) this.live -= before[1];
        if (size < 0) return void places.delete(key);
        places.set(key, [at, size]);
        this.live += size;
    }

    // Everything that is whole, in the order it was written.
    load() {
        const size = this.handle.getSize(), bytes = readAll(this.handle, 0, size), view = viewOf(bytes);
        this.end = kHeadBytes;
        let at = kHeadBytes;
        while (at + 16 <= bytes.length) {
            const length = view.getUint32(at + 4, true);
            const known = view.getUint32(at, true) === 0x52544E45 && view.getUint32(at + 8, true) === crc32(bytes.subarray(at, at + 8));
            if (!known) {
                at += 1;
                continue;
            }
            const end = at + 12 + length;
            if (end + 4 > bytes.length) {  // cut short while it was written, and never answered
                this.handle.truncate(at);
                this.end = at;
                return;
            }
            const batch = bytes.subarray(at + 12, end), sound = view.getUint32(end, true) === crc32(batch);
            // A record of a batch with a wrong number may be as good as ever: whoever reads it finds out.
            try {
                this.take(parse(batch), at + 12);
            } catch (error) {
                // Passed over.
            }
            at = sound ? end + 4 : at + 1;
        }
        this.end = size;  // what cannot be read is not written over
    }

    add(batch, parts) {
        const bytes = frame(batch), at = this.end;
        try {
            writeAll(this.handle, bytes, at);
            this.handle.flush();
        } catch (error) {
            try {
                this.handle.truncate(at);
            } catch (other) {
                // It is passed over when it is read.
            }
            throw error;
        }
        this.end = at + bytes.length;
        this.take(parts, at + 12);
    }

    value(store, key) {
        const place = this.places.get(store).get(key);
        return place ? readAll(this.handle, place[0], place[1]) : null;
    }
}

class Store {
    constructor(files) {
        this.files = files;
        const [a, b] = files.map((file) => (file.whole ? file.generation : 0));
        this.now = b > a ? 1 : 0;
        const file = this.file();
        if (file.whole) return void file.load();
        this.begin(file, 1);
        this.finish(file, 1);
    }

    file() { return this.files[this.now]; }

    begin(file, generation) {
        file.forget();
        file.handle.truncate(0);
        writeAll(file.handle, head(generation, false), 0);
        file.generation = generation;
    }

    finish(file, generation) {
        file.handle.flush();
        writeAll(file.handle, head(generation, true), 0);
        file.handle.flush();
        file.whole = true;
    }

    same(one) {
        const value = this.file().value(one.store, one.key);
        if (!value) return one.value.length === 0;
        return value.length === one.value.length && one.value.length > 0 && value.every((byte, i) => byte === one.value[i]);
    }

    commit(batch) {
        const parts = parse(batch);
        if (!parts.expect.every((one) => this.same(one))) return kConflict;
        this.file().add(batch, parts);
        if (this.file().end - this.file().live > this.file().live + kRoom) this.compact();
        return kDone;
    }

    // A failure here costs nothing: the file that counts stays.
    compact() {
        const from = this.file(), to = this.files[1 - this.now];
        try {
            this.begin(to, from.generation + 1);
            for (const [store, places] of from.places) {
                for (const key of places.keys()) {
                    const batch = putting(store, key, from.value(store, key)), bytes = frame(batch);
                    writeAll(to.handle, bytes, to.end);
                    to.take(parse(batch), to.end + 12);
                    to.end += bytes.length;
                }
            }
            this.finish(to, to.generation);
        } catch (error) {
            try {
                to.handle.truncate(0);
            } catch (other) {
                // Not whole: it is not read.
            }
            return;
        }
        this.now = 1 - this.now;
        from.handle.truncate(0);
        from.handle.flush();
        from.forget();
    }

    // As the page expects them: a count, then key, size and bytes of each.
    read(store, first, limit) {
        const file = this.file();
        const keys = [...file.places.get(store).keys()].filter((key) => key >= first).sort((a, b) => a - b).slice(0, limit);
        const values = keys.map((key) => file.value(store, key));
        const bytes = new Uint8Array(4 + values.reduce((sum, value) => sum + 12 + value.length, 0)), view = viewOf(bytes);
        view.setUint32(0, keys.length, true);
        let at = 4;
        keys.forEach((key, i) => {
            view.setUint32(at, key >>> 0, true);
            view.setUint32(at + 4, Math.floor(key / 4294967296), true);
            view.setUint32(at + 8, values[i].length, true);
            bytes.set(values[i], at + 12);
            at += 12 + values[i].length;
        });
        return bytes;
    }

    erase() {
        const generation = this.file().generation + 1;
        for (const file of this.files) {
            this.begin(file, generation);
            file.handle.flush();
        }
        this.now = 0;
        this.finish(this.file(), generation);
    }

    close() {
        for (const file of this.files) file.handle.close();
    }
}

let opened = null;   // the promise of the Store; it is asked for again after a failure, but not at once
let refusal = null;  // {error, until}
const kPause = 5000;

// A page that has just gone, or been loaded again, lets its files go a moment later.
async function handleOf(entry) {
    for (const pause of [20, 50, 100, 200, 400]) {
        try {
            return await entry.createSyncAccessHandle();
        } catch (error) {
            if (error.name !== 'NoModificationAllowedError') throw error;
            await new Promise((resolve) => { setTimeout(resolve, pause); });
        }
    }
    return entry.createSyncAccessHandle();
}

async function open(name) {
    const root = await navigator.storage.getDirectory(), handles = [];
    try {
        for (const half of ['a', 'b']) handles.push(await handleOf(await root.getFileHandle(`${name}.${half}`, {create: true})));
        return new Store(handles.map((handle) => new File(handle)));
    } catch (error) {
        for (const handle of handles) handle.close();
        throw error;
    }
}

// Whether anything was ever kept here. Where not, nothing is made before something is: the page can let the worker go.
async function isThere(name) {
    const root = await navigator.storage.getDirectory();
    for (const half of ['a', 'b']) {
        try {
            await root.getFileHandle(`${name}.${half}`);
            return true;
        } catch (error) {
            if (error.name !== 'NotFoundError') throw error;
        }
    }
    return false;
}

function statusOf(error) {
    if (error.name === 'QuotaExceededError') return kFull;
    return opened ? kFailed : kUnavailable;
}

async function answer({ticket, action, name, store, first, limit, batch}) {
    let status = kDone, bytes = new Uint8Array(0);
    try {
        if (!opened && refusal && Date.now() < refusal.until) throw refusal.error;
        if (!opened && action === 'read' && !await isThere(name)) {
            self.postMessage({ticket, status, bytes: new ArrayBuffer(4), resting: true});  // no records
            return;
        }
        opened = opened || open(name);
        const kept = await opened.catch((error) => {
            opened = null;
            refusal = {error, until: Date.now() + kPause};
            throw error;
        });
        if (action === 'commit') status = kept.commit(new Uint8Array(batch));
        if (action === 'read') bytes = kept.read(store, first, limit);
        if (action === 'erase') kept.erase();
        if (action === 'close') {
            kept.close();
            opened = null;
        }
    } catch (error) {
        status = statusOf(error);
        bytes = new TextEncoder().encode(error.name || String(error));
    }
    self.postMessage({ticket, status, bytes: bytes.buffer}, [bytes.buffer]);
}

// One after the other, in the order they were asked.
let last = Promise.resolve();
self.onmessage = (event) => { last = last.then(() => answer(event.data)); };
