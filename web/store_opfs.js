// The second store: a worker that keeps a copy of every record in the origin private file system, apart from IndexedDB, because one
// damaged byte there can open as an empty database without a word. Only a worker has the handle that writes and flushes. Records mean
// nothing here; they are sealed before they come.
//
// Two files, of which one counts. Each is a head of 16 bytes ("ENTF", version, whether it is whole, generation, CRC-32), then frames:
//     "ENTR" | u32 length | u32 CRC-32 of these 8 bytes | the batch | u32 CRC-32 of the batch
// A batch is added as one frame and flushed before it is answered, so it is there or it is not. When more than half of a file is of no
// more use the live records are written to the other one, which counts from the moment its head says that it is whole.
//
// What can be wrong with a file, and what is done:
// - One bit of a head, of a frame or of a batch turned over: its CRC tells which, and it is turned back.
// - More of a head: a file is begun anew only where it is too short for a frame, or where its head can be read and says that it is not
//   whole. Else its frames are read all the same: they have their own numbers. Where nothing tells which of two files counts, nothing is
//   written at all.
// - More of a batch in the middle: its records are taken where no sound frame gives one of that name, since a turned bit may have
//   changed the name; who reads them finds out whether they are whole. What it erases is not erased.
// - The last frame, cut or not as it was written: most likely its batch was under way when the power went, and was never answered. Its
//   first records may be whole, but to take some of a batch and not others is what no batch may do, and here nothing tells a batch
//   that was answered, whose tail the disk has lost, from one that was not. That one is in the other store. The next batch is
//   written over it; until then nothing is changed.
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

// Which single bit of `bytes`, turned over, changes their CRC by `difference`: its number, -1 where the CRC itself is what changed, or
// null. No two bits do the same, in anything that fits into a frame.
function turned(bytes, difference) {
    if ((difference & (difference - 1)) === 0) return -1;
    const marks = Array.from({length: 8}, (_, bit) => crcs[1 << bit]);
    for (let at = bytes.length - 1; at >= 0; at--) {
        for (let bit = 0; bit < 8; bit++) {
            if (marks[bit] >>> 0 === difference) return at * 8 + bit;
            marks[bit] = crcs[marks[bit] & 255] ^ (marks[bit] >>> 8);
        }
    }
    return null;
}

// Whether the bytes are as they were when `crc` was made of them. A single bit that has turned over is turned back, and told to `mend`.
function isSound(bytes, crc, mend) {
    const difference = (crc32(bytes) ^ crc) >>> 0, bit = difference ? turned(bytes, difference) : -1;
    if (bit === null) return false;
    if (bit >= 0) {
        bytes[bit >> 3] ^= 1 << (bit & 7);
        mend(bit >> 3);
    }
    return true;
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

const kHeadMark = 0x46544E45, kFrameMark = 0x52544E45;

class File {
    constructor(handle) {
        this.handle = handle;
        this.forget();
        this.size = handle.getSize();
        const bytes = readAll(handle, 0, kHeadBytes);
        const sound = bytes.length === kHeadBytes && isSound(bytes.subarray(0, 12), viewOf(bytes).getUint32(12, true), () => {});
        if (!sound || viewOf(bytes).getUint32(0, true) !== kHeadMark) {
            this.unreadable = this.size > kHeadBytes;
            return;
        }
        if (bytes[4] > kVersion) throw new DOMException('written by a newer version', 'NotSupportedError');
        this.generation = viewOf(bytes).getUint32(8, true);
        this.whole = bytes[5] === 1;
    }

    forget() {
        this.generation = 0;
        this.whole = false;
        this.unreadable = false;  // it is longer than a head, and its own cannot be read
        this.size = 0;
        this.end = kHeadBytes;    // where the next frame goes
        this.frames = 0;          // that were read
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

    // The length of the batch of a frame that begins at `at`, or -1.
    lengthAt(view, at, mend) {
        const wrong = view.getUint32(at, true) ^ kFrameMark;
        if (wrong & (wrong - 1)) return -1;  // more than a bit of its mark
        const first = new Uint8Array(view.buffer, view.byteOffset + at, 8);
        if (!isSound(first, view.getUint32(at + 8, true), (byte) => mend(at + byte))) return -1;
        return view.getUint32(at, true) === kFrameMark ? view.getUint32(at + 4, true) : -1;
    }

    // A batch that was torn may by chance look like one with a turned bit, the likelier the longer it is: 1 in 170 for one of 3 MB, fewer
    // than 1 in 100,000 up to 4 KB. Where it may have been torn, at the end, only those are mended.
    isWhole(batch, crc, atEnd, mend) {
        return atEnd && batch.length > 4096 ? crc32(batch) === crc : isSound(batch, crc, mend);
    }

    // The batch of a frame, whole or not: see above.
    takeFrom(batch, at, sound) {
        this.frames += 1;
        try {
            const parts = parse(batch);
            this.take(sound ? parts : {put: parts.put.filter((one) => !this.places.get(one.store).has(one.key)), erase: []}, at);
        } catch (error) {
            // It is passed over.
        }
    }

    // Everything that is whole, in the order it was written.
    load() {
        const bytes = readAll(this.handle, 0, this.size), view = viewOf(bytes);
        const mend = (at) => {
            try {
                writeAll(this.handle, bytes.subarray(at, at + 1), at);
            } catch (error) {
                // As it is: who reads that record finds out.
            }
        };
        let at = kHeadBytes, last = -1, doubtful = [];
        while (at + 12 <= bytes.length) {
            const length = this.lengthAt(view, at, mend), start = at + 12, end = start + length;
            if (length < 0) {
                at += 1;
                continue;
            }
            const batch = bytes.subarray(start, end), mendBatch = (byte) => mend(start + byte);
            const sound = end + 4 <= bytes.length && this.isWhole(batch, view.getUint32(end, true), end + 4 === bytes.length, mendBatch);
            if (!sound) {
                doubtful.push([batch, start]);
                if (last < 0) last = at;
                at += 1;
                continue;
            }
            for (const one of doubtful) this.takeFrom(...one, false);
            doubtful = [];
            last = -1;
            this.takeFrom(batch, start, true);
            at = end + 4;
        }
        // What cannot be read at all is not written over.
        this.end = last < 0 ? Math.max(this.size, kHeadBytes) : last;
    }

    add(batch, parts) {
        const bytes = frame(batch), at = this.end;
        try {
            if (this.size > at) this.handle.truncate(at);
            writeAll(this.handle, bytes, at);
            this.handle.flush();
        } catch (error) {
            this.size = at + bytes.length;  // at most; what is there is taken away before anything else is written
            this.cut();
            throw error;
        }
        this.end = this.size = at + bytes.length;
        this.take(parts, at + 12);
    }

    cut() {
        try {
            this.handle.truncate(this.end);
            this.size = this.end;
        } catch (error) {
            // The next frame tries it again.
        }
    }

    // A head that could not be read, or that had a bit turned over, is written as it should be.
    mendHead() {
        const wanted = head(this.generation, true);
        if (readAll(this.handle, 0, kHeadBytes).every((byte, at) => byte === wanted[at])) return;
        try {
            writeAll(this.handle, wanted, 0);
            this.handle.flush();
        } catch (error) {
            // It is read all the same.
        }
    }

    value(store, key) {
        const place = this.places.get(store).get(key);
        return place ? readAll(this.handle, place[0], place[1]) : null;
    }
}

class Store {
    constructor(files) {
        this.files = files;
        this.unsettled = null;  // a file that must not count at the next start, and may
        const counts = this.choose();
        this.now = counts === files[1] ? 1 : 0;
        const file = this.file();
        if (counts) return void file.mendHead();
        this.begin(file, 1);
        this.finish(file, 1);
    }

    // The file that counts, loaded; null: nothing was ever kept.
    choose() {
        const [whole] = this.files.filter((file) => file.whole).sort((a, b) => b.generation - a.generation);
        if (whole) {
            whole.load();
            return whole;
        }
        const unreadable = this.files.filter((file) => file.unreadable);
        if (unreadable.length === 0) return null;
        for (const file of unreadable) file.load();
        const found = unreadable.filter((file) => file.frames > 0);
        if (found.length > 1) throw new DOMException('which of two files counts cannot be told', 'DataError');
        const counts = found[0] || unreadable[0];
        counts.generation = Math.max(...this.files.map((file) => file.generation)) + 1;
        counts.whole = true;
        return counts;
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

    // Throws until it is sure which file counts: what was answered would be gone if the other one did.
    settle() {
        if (!this.unsettled) return;
        this.unsettled.handle.truncate(0);
        this.unsettled.handle.flush();
        this.unsettled = null;
    }

    same(one) {
        const value = this.file().value(one.store, one.key);
        if (!value) return one.value.length === 0;
        return value.length === one.value.length && one.value.length > 0 && value.every((byte, i) => byte === one.value[i]);
    }

    commit(batch) {
        const parts = parse(batch);
        this.settle();
        if (!parts.expect.every((one) => this.same(one))) return kConflict;
        this.file().add(batch, parts);
        if (this.file().end - this.file().live > this.file().live + kRoom) this.compact();
        return kDone;
    }

    // A failure here costs nothing: the file that counts stays. Where it cannot be made sure that it does, no more is written: until then
    // both hold the same.
    compact() {
        const from = this.file(), to = this.files[1 - this.now];
        try {
            this.unsettled = to;
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
                to.forget();
                this.settle();
            } catch (other) {
                // The next batch tries it again.
            }
            return;
        }
        this.now = 1 - this.now;
        this.unsettled = null;
        from.forget();
        try {
            from.handle.truncate(0);
            from.handle.flush();
        } catch (error) {
            // Its generation is the lower one.
        }
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
        this.unsettled = null;
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
